package org.loopcert.spectrum;

import java.math.BigInteger;
import java.util.Optional;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.exact.IntegerVector;

/**
 * On which side of 2 the number eta lambda_max lies for a constant step eta &gt; 0, decided
 * exactly, with the witness that proves it.
 */
public sealed interface StepRegime {

    /**
     * eta lambda_max &lt; 2: gradient descent contracts on the row space.
     *
     * @param smoothness a dyadic L' with lambda_max &le; L' &lt; 2/eta
     * @param witness that {@link Spectra#upperMatrix} at L' is positive semidefinite
     */
    record Contracting(Fraction smoothness, FactorWitness witness) implements StepRegime {}

    /**
     * eta lambda_max = 2: the component along v keeps its length for ever.
     *
     * @param vector an exact integer eigenvector of lambda_max = 2/eta
     */
    record Boundary(IntegerVector vector) implements StepRegime {}

    /**
     * eta lambda_max &gt; 2: some component grows without bound.
     *
     * @param vector v != 0 with eta v'Gv &ge; 2 v'v
     */
    record Diverging(IntegerVector vector) implements StepRegime {}

    /**
     * Decides the regime.
     *
     * @throws IllegalArgumentException if eta is not positive
     */
    static StepRegime decide(Gram gram, Fraction eta) {
        if (eta.signum() <= 0) {
            throw new IllegalArgumentException("expected a positive step size, got " + eta);
        }
        Fraction limit = Fraction.of(2, 1).divide(eta);
        if (gram.gi().isZero()) {
            Fraction quarter = limit.multiply(Fraction.of(1, 4));
            Fraction smoothness = ShortDyadic.between(quarter, limit.subtract(quarter));
            return new Contracting(
                    smoothness,
                    FactorWitness.find(Spectra.upperMatrix(gram, smoothness)).orElseThrow());
        }
        Extremes extremes = Extremes.of(gram);
        int order = Comparison.largest(extremes, limit);
        if (order < 0) {
            return contracting(extremes, limit);
        }
        IntegerVector vector = RayleighSearch.atLeast(extremes, limit)
                .orElseThrow(() -> new IllegalStateException("comparison and Rayleigh quotient contradict"));
        return order == 0 ? new Boundary(vector) : new Diverging(vector);
    }

    private static Contracting contracting(Extremes extremes, Fraction limit) {
        BigInteger denominator = extremes.gram().gDen();
        int bits = RayleighSearch.FIRST_BITS;
        while (true) {
            Eigenpair pair = extremes.largest(bits);
            Fraction value = pair.value(denominator);
            // L' in the middle half of the gap, but not needlessly far above lambda_max
            Fraction high = limit;
            Fraction twice = value.add(value);
            if (twice.compareTo(high) < 0) {
                high = twice;
            }
            Fraction quarter = high.subtract(value).multiply(Fraction.of(1, 4));
            if (quarter.compareTo(pair.uncertainty(denominator).multiply(Fraction.of(1 << 16, 1))) > 0) {
                Fraction smoothness = ShortDyadic.between(value.add(quarter), high.subtract(quarter));
                Optional<FactorWitness> witness = new FactorSearch(extremes.upper(smoothness)).find();
                if (witness.isPresent()) {
                    return new Contracting(smoothness, witness.get());
                }
            }
            bits = PrecisionLimitException.twice(bits);
        }
    }
}
