package org.loopcert.spectrum;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.exact.IntegerLinearAlgebra;
import org.loopcert.exact.IntegerMatrix;
import org.loopcert.exact.IntegerVector;

/**
 * Finds short integer vectors whose exact Rayleigh quotient bounds an extreme eigenvalue from the
 * inside.
 */
public final class RayleighSearch {
    /** Leading bits of the first approximation of an eigenvalue; doubled until a witness verifies. */
    static final int FIRST_BITS = 80;

    private RayleighSearch() {}

    /**
     * An integer vector v != 0 with v'Gv &ge; (p/q) v'v, which proves lambda_max &ge; p/q. Empty
     * exactly when lambda_max &lt; p/q.
     */
    public static Optional<IntegerVector> atLeast(Gram gram, Fraction bound) {
        if (gram.gi().isZero()) {
            return bound.signum() > 0 ? Optional.empty() : Optional.of(ones(gram));
        }
        return atLeast(Extremes.of(gram), bound);
    }

    static Optional<IntegerVector> atLeast(Extremes extremes, Fraction bound) {
        if (bound.signum() <= 0) {
            return Optional.of(ones(extremes.gram()));
        }
        Optional<IntegerVector> early = extremes.vectorAtLeast(FIRST_BITS, bound);
        if (early.isPresent()) {
            return early;
        }
        int order = Comparison.largest(extremes, bound);
        if (order < 0) {
            return Optional.empty();
        }
        if (order == 0) {
            return Optional.of(nullVector(Spectra.upperMatrix(extremes.gram(), bound)));
        }
        return search(bits -> extremes.vectorAtLeast(bits, bound));
    }

    /**
     * An integer vector w such that v = GI w is not zero and v'Gv &le; (p/q) v'v. As v lies in the
     * row space of X, the smallest positive eigenvalue is at most p/q. Empty exactly when it is
     * larger, or when G = 0.
     */
    public static Optional<IntegerVector> rowSpaceAtMost(Gram gram, Fraction bound) {
        return gram.gi().isZero() || bound.signum() <= 0 ? Optional.empty() : rowSpaceAtMost(Extremes.of(gram), bound);
    }

    static Optional<IntegerVector> rowSpaceAtMost(Extremes extremes, Fraction bound) {
        Optional<IntegerVector> early = extremes.preimageAtMost(FIRST_BITS, bound);
        if (early.isPresent()) {
            return early;
        }
        int order = Comparison.smallest(extremes, bound);
        if (order > 0) {
            return Optional.empty();
        }
        if (order == 0) {
            return Optional.of(nullVector(Spectra.lowerMatrix(extremes.gram(), bound, List.of(), BigInteger.ZERO)));
        }
        return search(bits -> extremes.preimageAtMost(bits, bound));
    }

    /** Any vector will do where every one has a quotient that is large enough. */
    private static IntegerVector ones(Gram gram) {
        BigInteger[] entries = new BigInteger[gram.features()];
        Arrays.fill(entries, BigInteger.ONE);
        return IntegerVector.of(entries);
    }

    /** Whether v is not zero and v'Gv &ge; (p/q) v'v. */
    public static boolean isAtLeast(Gram gram, IntegerVector v, Fraction bound) {
        return !v.isZero() && compareQuotient(gram, v, bound) >= 0;
    }

    /** Whether v = GI w is not zero and v'Gv &le; (p/q) v'v. */
    public static boolean isRowSpaceAtMost(Gram gram, IntegerVector w, Fraction bound) {
        IntegerVector v = gram.gi().multiply(w);
        return !v.isZero() && compareQuotient(gram, v, bound) <= 0;
    }

    /** Only called where an eigenvector strictly inside the bound exists, so it ends. */
    private static Optional<IntegerVector> search(IntFunction<Optional<IntegerVector>> attempt) {
        int bits = FIRST_BITS;
        Optional<IntegerVector> found = Optional.empty();
        while (found.isEmpty()) {
            bits = PrecisionLimitException.twice(bits);
            found = attempt.apply(bits);
        }
        return found;
    }

    private static int compareQuotient(Gram gram, IntegerVector v, Fraction bound) {
        return gram.gi()
                .quadraticForm(v)
                .multiply(bound.denominator())
                .compareTo(bound.numerator().multiply(gram.gDen()).multiply(v.dot(v)));
    }

    /** The shortest vector of the echelon basis of the null space of a singular matrix. */
    private static IntegerVector nullVector(IntegerMatrix singular) {
        return IntegerLinearAlgebra.nullSpace(singular).stream()
                .min(Comparator.comparingInt(IntegerVector::bitLength))
                .orElseThrow(() -> new IllegalStateException("the matrix is not singular"));
    }
}
