package org.loopcert.drift;

import java.util.Arrays;

/** An {@link ErrorBound} in binary fractions, as it was found. */
record DyadBound(int loop, Dyad[] entries, Dyad maxNorm, Dyad euclidean) {
    /** Lets the bounds of the entries and of the Euclidean distance cap each other. */
    static DyadBound of(int loop, Dyad[] entries, Dyad euclidean) {
        Dyad[] capped = Arrays.stream(entries).map(e -> Dyad.min(e, euclidean)).toArray(Dyad[]::new);
        Dyad norm = Dyad.min(euclidean, ErrorPropagation.norm(capped));
        return new DyadBound(loop, capped, ErrorPropagation.largest(capped), norm);
    }

    ErrorBound toErrorBound() {
        return new ErrorBound(
                loop,
                Arrays.stream(entries).map(Dyad::toRational).toList(),
                maxNorm.toRational(),
                euclidean.toRational());
    }
}
