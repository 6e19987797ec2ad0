package org.loopcert.spectrum;

import java.util.List;
import java.util.Optional;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.exact.IntegerLinearAlgebra;
import org.loopcert.exact.IntegerVector;

/**
 * Finds enclosures of lambda_max and of the smallest positive eigenvalue, each verified by an exact
 * witness before it is returned. Precision is doubled until the witnesses verify.
 */
public final class Enclosures {
    /** An eigenvalue with a dyadic numerator longer than this is not looked for. */
    private static final int EXACT_BITS = 64;

    private static final Fraction WIDEST = Fraction.of(1, 8);

    private Enclosures() {}

    private record Side(Fraction lower, Fraction upper, Optional<FactorWitness> factor, IntegerVector vector) {}

    /**
     * Encloses both eigenvalues, each side to (upper - lower) / lower &le; relativeWidth (at most 1/8
     * is used). Bounds are dyadic with about as many bits as the width needs.
     *
     * @throws IllegalArgumentException if the width is not positive
     * @throws PrecisionLimitException if the condition number is beyond any precision allowed
     */
    public static Spectrum find(Gram gram, Fraction relativeWidth) {
        if (relativeWidth.signum() <= 0) {
            throw new IllegalArgumentException("expected a positive width, got " + relativeWidth);
        }
        Fraction width = relativeWidth.compareTo(WIDEST) > 0 ? WIDEST : relativeWidth;
        List<IntegerVector> nullSpace = IntegerLinearAlgebra.nullSpace(gram.gi());
        int rank = gram.features() - nullSpace.size();
        if (rank == 0) {
            return new ZeroMatrix();
        }
        Optional<Side> largest = Optional.empty();
        Optional<Side> smallest = Optional.empty();
        int precision = Math.addExact(RayleighSearch.START_PRECISION, -2 * ShortDyadic.exponent(width));
        while (true) {
            EigenApproximation eigen = EigenApproximation.of(gram.gi(), precision);
            if (largest.isEmpty()) {
                largest = largest(gram, eigen, width);
            }
            if (smallest.isEmpty()) {
                smallest = smallest(gram, eigen, width, rank, nullSpace);
            }
            if (largest.isPresent() && smallest.isPresent()) {
                return new SpectrumEnclosure(
                        rank,
                        largest.get().lower(),
                        largest.get().upper(),
                        smallest.get().lower(),
                        smallest.get().upper(),
                        largest.get().factor(),
                        largest.get().vector(),
                        smallest.get().factor(),
                        smallest.get().vector(),
                        nullSpace,
                        Spectra.nullSpaceWeight(smallest.get().lower()));
            }
            precision = PrecisionLimitException.twice(precision);
        }
    }

    private static Optional<Side> largest(Gram gram, EigenApproximation eigen, Fraction width) {
        Fraction value = eigen.value(0, gram.gDen());
        Fraction error = eigen.uncertainty(gram.gDen());
        if (!resolves(value, error, width)) {
            return Optional.empty();
        }
        Optional<Fraction> exact = shortDyadicNear(value, error).filter(c -> Spectra.compareLargest(gram, c) == 0);
        if (exact.isPresent()) {
            Fraction c = exact.get();
            return RayleighSearch.atLeast(gram, c).map(v -> new Side(c, c, Optional.empty(), v));
        }
        Fraction upper = above(value, width);
        Fraction lower = below(value, width);
        Optional<FactorWitness> factor = FactorWitness.find(Spectra.upperMatrix(gram, upper));
        Optional<IntegerVector> vector =
                RayleighSearch.rounded(eigen, 0, v -> RayleighSearch.isAtLeast(gram, v, lower));
        return factor.isPresent() && vector.isPresent()
                ? Optional.of(new Side(lower, upper, factor, vector.get()))
                : Optional.empty();
    }

    private static Optional<Side> smallest(
            Gram gram, EigenApproximation eigen, Fraction width, int rank, List<IntegerVector> nullSpace) {
        Fraction value = eigen.value(rank - 1, gram.gDen());
        Fraction error = eigen.uncertainty(gram.gDen());
        if (!resolves(value, error, width)) {
            return Optional.empty();
        }
        Optional<Fraction> exact =
                shortDyadicNear(value, error).filter(c -> Spectra.compareSmallestPositive(gram, c, rank) == 0);
        if (exact.isPresent()) {
            Fraction c = exact.get();
            return RayleighSearch.rowSpaceAtMost(gram, c).map(w -> new Side(c, c, Optional.empty(), w));
        }
        Fraction upper = above(value, width);
        Fraction lower = below(value, width);
        Optional<FactorWitness> factor =
                FactorWitness.find(Spectra.lowerMatrix(gram, lower, nullSpace, Spectra.nullSpaceWeight(lower)));
        if (factor.isEmpty()) {
            return Optional.empty();
        }
        return RayleighSearch.rounded(eigen, rank - 1, w -> RayleighSearch.isRowSpaceAtMost(gram, w, upper))
                .map(w -> new Side(lower, upper, factor, w));
    }

    /** Whether the approximation is worth an exact check: its error is far below the margins. */
    private static boolean resolves(Fraction value, Fraction error, Fraction width) {
        return value.signum() > 0 && error.multiply(Fraction.of(64, 1)).compareTo(value.multiply(width)) < 0;
    }

    private static Fraction above(Fraction value, Fraction width) {
        return ShortDyadic.between(
                value.add(value.multiply(width).multiply(Fraction.of(1, 8))),
                value.add(value.multiply(width).multiply(Fraction.of(7, 16))));
    }

    private static Fraction below(Fraction value, Fraction width) {
        return ShortDyadic.between(
                value.subtract(value.multiply(width).multiply(Fraction.of(7, 16))),
                value.subtract(value.multiply(width).multiply(Fraction.of(1, 8))));
    }

    /**
     * A dyadic number within the error whose numerator is much shorter than chance allows: probably
     * the eigenvalue itself.
     */
    private static Optional<Fraction> shortDyadicNear(Fraction value, Fraction error) {
        Fraction candidate = ShortDyadic.between(value.subtract(error), value.add(error));
        int chance = -ShortDyadic.exponent(error.divide(value));
        int bits = candidate.numerator().bitLength();
        return bits <= EXACT_BITS && bits < chance - 8 ? Optional.of(candidate) : Optional.empty();
    }
}
