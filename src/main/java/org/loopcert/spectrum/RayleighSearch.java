package org.loopcert.spectrum;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
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
    /** About 40 decimal digits; doubled until a witness verifies. */
    static final int START_PRECISION = 133;

    private RayleighSearch() {}

    /**
     * An integer vector v != 0 with v'Gv &ge; (p/q) v'v, which proves lambda_max &ge; p/q. Empty
     * exactly when lambda_max &lt; p/q.
     */
    public static Optional<IntegerVector> atLeast(Gram gram, Fraction bound) {
        Optional<IntegerVector> early =
                rounded(EigenApproximation.of(gram.gi(), START_PRECISION), 0, v -> isAtLeast(gram, v, bound));
        if (early.isPresent()) {
            return early;
        }
        int order = Spectra.compareLargest(gram, bound);
        if (order < 0) {
            return Optional.empty();
        }
        if (order == 0) {
            return Optional.of(nullVector(Spectra.upperMatrix(gram, bound)));
        }
        return search(gram, 0, v -> isAtLeast(gram, v, bound));
    }

    /**
     * An integer vector w such that v = GI w is not zero and v'Gv &le; (p/q) v'v. As v lies in the
     * row space of X, the smallest positive eigenvalue is at most p/q. Empty exactly when it is
     * larger, or when G = 0.
     */
    public static Optional<IntegerVector> rowSpaceAtMost(Gram gram, Fraction bound) {
        int rank = IntegerLinearAlgebra.rank(gram.gi());
        if (rank == 0 || bound.signum() <= 0) {
            return Optional.empty();
        }
        Optional<IntegerVector> early = rounded(
                EigenApproximation.of(gram.gi(), START_PRECISION), rank - 1, w -> isRowSpaceAtMost(gram, w, bound));
        if (early.isPresent()) {
            return early;
        }
        int order = Spectra.compareSmallestPositive(gram, bound, rank);
        if (order > 0) {
            return Optional.empty();
        }
        if (order == 0) {
            return Optional.of(nullVector(Spectra.lowerMatrix(gram, bound, List.of(), BigInteger.ZERO)));
        }
        return search(gram, rank - 1, w -> isRowSpaceAtMost(gram, w, bound));
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

    /** The shortest rounding of the i-th eigenvector that passes, among some lengths. */
    static Optional<IntegerVector> rounded(EigenApproximation eigen, int i, Predicate<IntegerVector> passes) {
        for (int bits = 2; bits <= eigen.precision(); bits += 1 + bits / 6) {
            IntegerVector v = eigen.eigenvector(i, bits).primitive();
            if (passes.test(v)) {
                return Optional.of(v);
            }
        }
        return Optional.empty();
    }

    /** Only called where an eigenvector strictly inside the bound exists, so it ends. */
    private static Optional<IntegerVector> search(Gram gram, int index, Predicate<IntegerVector> passes) {
        int precision = START_PRECISION;
        Optional<IntegerVector> found = Optional.empty();
        while (found.isEmpty()) {
            precision = PrecisionLimitException.twice(precision);
            found = rounded(EigenApproximation.of(gram.gi(), precision), index, passes);
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
