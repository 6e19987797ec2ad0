package org.loopcert.drift;

import ch.obermuhlner.math.big.BigRational;
import java.util.Arrays;
import java.util.List;

/**
 * A guaranteed upper bound of the distance between a rounded and the exact theta(loop).
 *
 * @param loop t
 * @param entries upper bounds of the distance of each entry
 * @param maxNorm an upper bound of the largest of them
 * @param euclidean an upper bound of the Euclidean distance
 */
public record ErrorBound(int loop, List<BigRational> entries, BigRational maxNorm, BigRational euclidean) {
    /** Copies the entries. */
    public ErrorBound {
        entries = List.copyOf(entries);
    }

    static ErrorBound of(int loop, Dyad[] entries, Dyad euclidean) {
        Dyad[] capped = Arrays.stream(entries).map(e -> Dyad.min(e, euclidean)).toArray(Dyad[]::new);
        Dyad norm = Dyad.min(euclidean, ErrorPropagation.norm(capped));
        return new ErrorBound(
                loop,
                Arrays.stream(capped).map(Dyad::toRational).toList(),
                ErrorPropagation.largest(capped).toRational(),
                norm.toRational());
    }
}
