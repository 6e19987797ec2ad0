package org.loopcert.spectrum;

import java.math.BigInteger;
import java.util.Optional;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
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
        Fraction width = require(relativeWidth);
        return gram.gi().isZero() ? new ZeroMatrix() : find(Reduction.of(gram), width, BigInteger.ONE);
    }

    private static Fraction require(Fraction relativeWidth) {
        if (relativeWidth.signum() <= 0) {
            throw new IllegalArgumentException("expected a positive width, got " + relativeWidth);
        }
        return relativeWidth.compareTo(WIDEST) > 0 ? WIDEST : relativeWidth;
    }

    /** As {@link #find(Gram, Fraction)}, with factors for a positive multiple of the matrices. */
    public static SpectrumEnclosure find(Reduction reduction, Fraction relativeWidth, BigInteger multiple) {
        Fraction width = require(relativeWidth);
        Extremes extremes = new Extremes(reduction);
        Optional<Side> largest = Optional.empty();
        Optional<Side> smallest = Optional.empty();
        int bits = Math.max(EXACT_BITS + 16, 8 - ShortDyadic.exponent(width));
        while (true) {
            if (largest.isEmpty()) {
                largest = largest(extremes, bits, width, multiple);
            }
            if (smallest.isEmpty()) {
                smallest = smallest(extremes, bits, width, multiple);
            }
            if (largest.isPresent() && smallest.isPresent()) {
                return new SpectrumEnclosure(
                        extremes.rank(),
                        largest.get().lower(),
                        largest.get().upper(),
                        smallest.get().lower(),
                        smallest.get().upper(),
                        largest.get().factor(),
                        largest.get().vector(),
                        smallest.get().factor(),
                        smallest.get().vector(),
                        extremes.nullSpace(),
                        Spectra.nullSpaceWeight(smallest.get().lower()),
                        multiple);
            }
            bits = PrecisionLimitException.twice(bits);
        }
    }

    private static Optional<Side> largest(Extremes extremes, int bits, Fraction width, BigInteger multiple) {
        Eigenpair pair = extremes.largest(bits);
        Fraction value = pair.value(extremes.gram().gDen());
        Fraction error = pair.uncertainty(extremes.gram().gDen());
        if (!resolves(value, error, width)) {
            return Optional.empty();
        }
        Optional<Fraction> exact = shortDyadicNear(value, error).filter(c -> Comparison.largest(extremes, c) == 0);
        if (exact.isPresent()) {
            Fraction c = exact.get();
            return RayleighSearch.atLeast(extremes, c).map(v -> new Side(c, c, Optional.empty(), v));
        }
        Fraction upper = above(value, width);
        Fraction lower = below(value, width);
        Optional<IntegerVector> vector = extremes.vectorAtLeast(bits, lower);
        if (vector.isEmpty()) {
            return Optional.empty();
        }
        return new FactorSearch(extremes.upper(upper, multiple))
                .find()
                .map(factor -> new Side(lower, upper, Optional.of(factor), vector.get()));
    }

    private static Optional<Side> smallest(Extremes extremes, int bits, Fraction width, BigInteger multiple) {
        Eigenpair pair = extremes.smallest(bits);
        Fraction value = pair.value(extremes.gram().gDen());
        Fraction error = pair.uncertainty(extremes.gram().gDen());
        if (!resolves(value, error, width)) {
            return Optional.empty();
        }
        Optional<Fraction> exact = shortDyadicNear(value, error).filter(c -> Comparison.smallest(extremes, c) == 0);
        if (exact.isPresent()) {
            Fraction c = exact.get();
            return RayleighSearch.rowSpaceAtMost(extremes, c).map(w -> new Side(c, c, Optional.empty(), w));
        }
        Fraction upper = above(value, width);
        Fraction lower = below(value, width);
        Optional<IntegerVector> preimage = extremes.preimageAtMost(bits, upper);
        if (preimage.isEmpty()) {
            return Optional.empty();
        }
        return new FactorSearch(extremes.lower(lower, multiple))
                .find()
                .map(factor -> new Side(lower, upper, Optional.of(factor), preimage.get()));
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
