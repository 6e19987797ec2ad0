package org.loopcert.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.exact.Inertia;
import org.loopcert.exact.IntegerMatrix;
import org.loopcert.exact.IntegerVector;

class StepRegimeTest {
    private static final Fraction TINY = Fraction.of(BigInteger.ONE, BigInteger.TWO.pow(200));

    static void assertHolds(Gram gram, Fraction eta, StepRegime regime) {
        Fraction limit = Fraction.of(2, 1).divide(eta);
        if (regime instanceof StepRegime.Contracting contracting) {
            assertThat(contracting.smoothness()).isLessThan(limit);
            SpectrumChecks.assertProves(contracting.witness(), Spectra.upperMatrix(gram, contracting.smoothness()));
        } else if (regime instanceof StepRegime.Boundary boundary) {
            IntegerVector v = boundary.vector();
            assertThat(v.isZero()).isFalse();
            // G v = (2/eta) v
            assertThat(gram.gi().multiply(v).multiply(limit.denominator()))
                    .isEqualTo(v.multiply(limit.numerator().multiply(gram.gDen())));
        } else if (regime instanceof StepRegime.Diverging diverging) {
            assertThat(SpectrumChecks.quotient(gram, diverging.vector())).isGreaterThanOrEqualTo(limit);
        }
    }

    static void assertAutomatic(Gram gram) {
        Fraction eta = AutoStep.choose(gram).orElseThrow();
        assertThat(eta.denominator().bitCount()).isEqualTo(1);
        assertThat(oneMinus(gram, eta).negative()).isZero();
        int bits = 64;
        while (!resolves(gram, roundedDown(eta, bits), bits)) {
            assertThat(bits).isLessThan(4096);
            bits *= 2;
        }
        assertThat(roundedDown(eta, bits)).isEqualTo(eta);
        int exponent = eta.numerator().bitLength() - bits - eta.denominator().bitLength() + 1;
        assertThat(oneMinus(gram, eta.add(Fraction.dyadic(BigInteger.ONE, exponent)))
                        .negative())
                .isPositive();
    }

    /** The step with only its first bits kept. */
    private static Fraction roundedDown(Fraction eta, int bits) {
        int drop = Math.max(0, eta.numerator().bitLength() - bits);
        return Fraction.of(eta.numerator().shiftRight(drop).shiftLeft(drop), eta.denominator());
    }

    /** Whether no positive eigenvalue of G is below 2^(16 - bits) / eta. */
    private static boolean resolves(Gram gram, Fraction eta, int bits) {
        Fraction bound = Fraction.dyadic(BigInteger.ONE, 16 - bits).divide(eta);
        Inertia shifted = Inertia.of(gram.gi()
                .multiply(bound.denominator())
                .addToDiagonal(bound.numerator().multiply(gram.gDen()).negate()));
        return shifted.negative() == Inertia.of(gram.gi()).zero();
    }

    /** Inertia of I - eta G. */
    private static Inertia oneMinus(Gram gram, Fraction eta) {
        return Inertia.of(gram.gi()
                .multiply(eta.numerator().negate())
                .addToDiagonal(eta.denominator().multiply(gram.gDen())));
    }

    private static Gram wellConditioned() {
        return SpectrumChecks.gramOf(IntegerMatrix.of(new long[][] {{3, 1}, {4, -1}, {0, 1}}), 3);
    }

    @Test
    void decidesAroundTwoOverARationalLambdaMax() {
        Gram gram = SpectrumChecks.gramOf(IntegerMatrix.of(new long[][] {{3, 4}, {4, -3}, {5, 5}}), 3);
        // G = [[50, 25], [25, 50]] / 9: eigenvalues 75/9 and 25/9
        Fraction critical = Fraction.of(2 * 9, 75);
        decidesAround(gram, critical);
    }

    @Test
    void decidesAroundTwoOverARepeatedLambdaMax() {
        Gram gram = SpectrumChecks.gramWith(
                IntegerMatrix.of(new long[][] {{7, 0, 0, 0}, {0, 7, 0, 0}, {0, 0, 3, 1}, {0, 0, 1, 3}}),
                BigInteger.valueOf(11));
        decidesAround(gram, Fraction.of(22, 7));
        decidesAround(SpectrumChecks.gramOf(IntegerMatrix.identity(5), 7), Fraction.of(98, 1));
    }

    @Test
    void decidesAroundTwoOverLambdaMaxOfADeficientMatrix() {
        Gram gram = SpectrumChecks.gramOf(IntegerMatrix.of(new long[][] {{1, 2, 2}, {2, 4, 4}}), 1);
        decidesAround(gram, Fraction.of(2, 45));
    }

    private static void decidesAround(Gram gram, Fraction critical) {
        StepRegime at = StepRegime.decide(gram, critical);
        assertThat(at).isInstanceOf(StepRegime.Boundary.class);
        assertHolds(gram, critical, at);
        Fraction below = critical.multiply(Fraction.ONE.subtract(TINY));
        StepRegime contracting = StepRegime.decide(gram, below);
        assertThat(contracting).isInstanceOf(StepRegime.Contracting.class);
        assertHolds(gram, below, contracting);
        Fraction above = critical.multiply(Fraction.ONE.add(TINY));
        StepRegime diverging = StepRegime.decide(gram, above);
        assertThat(diverging).isInstanceOf(StepRegime.Diverging.class);
        assertHolds(gram, above, diverging);

        Fraction half = critical.divide(Fraction.of(2, 1));
        assertThat(Spectra.compareStep(gram, half, 1)).isZero();
        assertThat(Spectra.compareStep(gram, half.multiply(Fraction.ONE.add(TINY)), 1))
                .isPositive();
        assertThat(Spectra.compareStep(gram, half.multiply(Fraction.ONE.subtract(TINY)), 1))
                .isNegative();
    }

    @Test
    void decidesAroundTwoOverAnIrrationalLambdaMax() {
        // eigenvalues (3 +- sqrt 5) / 2; 2 / lambda_max = 3 - sqrt 5, bracketed to 2^-210
        Gram gram = SpectrumChecks.gramWith(IntegerMatrix.of(new long[][] {{2, 1}, {1, 1}}), BigInteger.ONE);
        BigInteger root = BigInteger.valueOf(5).shiftLeft(420).sqrt();
        BigInteger three = BigInteger.valueOf(3).shiftLeft(210);
        Fraction above = Fraction.of(three.subtract(root), BigInteger.TWO.pow(210));
        Fraction below = Fraction.of(three.subtract(root).subtract(BigInteger.ONE), BigInteger.TWO.pow(210));
        StepRegime diverging = StepRegime.decide(gram, above);
        assertThat(diverging).isInstanceOf(StepRegime.Diverging.class);
        assertHolds(gram, above, diverging);
        StepRegime contracting = StepRegime.decide(gram, below);
        assertThat(contracting).isInstanceOf(StepRegime.Contracting.class);
        assertHolds(gram, below, contracting);
    }

    @Test
    void everyStepContractsForTheZeroMatrixAndTinyStepsAlways() {
        Gram zero = SpectrumChecks.gramOf(IntegerMatrix.of(new long[][] {{0, 0}}), 1);
        for (Fraction eta : new Fraction[] {Fraction.of(1000, 1), TINY}) {
            assertHolds(zero, eta, StepRegime.decide(zero, eta));
            assertThat(StepRegime.decide(zero, eta)).isInstanceOf(StepRegime.Contracting.class);
        }
        assertHolds(wellConditioned(), TINY, StepRegime.decide(wellConditioned(), TINY));
        assertThatThrownBy(() -> StepRegime.decide(zero, Fraction.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void automaticStepIsCanonicalAlsoAtPowersOfTwo() {
        for (long denominator : new long[] {1, 2, 3, 7}) {
            assertAutomatic(SpectrumChecks.gramOf(IntegerMatrix.identity(3), denominator));
            assertAutomatic(SpectrumChecks.gramOf(IntegerMatrix.of(new long[][] {{3, 1}, {4, -1}}), denominator));
        }
        assertThat(AutoStep.choose(SpectrumChecks.gramOf(IntegerMatrix.identity(3), 2)))
                .contains(Fraction.of(4, 1));
        // lambda_max = d + s of s I + 11', often a power of two, found from either side
        for (int d = 2; d <= 8; d++) {
            for (int ridge = 1; ridge <= 16; ridge++) {
                BigInteger[][] g = new BigInteger[d][d];
                for (BigInteger[] row : g) {
                    Arrays.fill(row, BigInteger.ONE);
                }
                Gram gram = SpectrumChecks.gramWith(
                        IntegerMatrix.of(g).addToDiagonal(BigInteger.valueOf(ridge)), BigInteger.ONE);
                assertAutomatic(gram);
                if (Integer.bitCount(d + ridge) == 1) {
                    assertThat(AutoStep.choose(gram)).contains(Fraction.of(1, d + ridge));
                }
            }
        }
        // 1/lambda_max = 2^-3 (1 - 2^-200) lies just below a power of two
        BigInteger big = BigInteger.TWO.pow(200);
        Gram close = SpectrumChecks.gramWith(
                IntegerMatrix.of(new BigInteger[][] {{big.shiftLeft(3)}}), big.subtract(BigInteger.ONE));
        assertAutomatic(close);
        assertThat(AutoStep.choose(close).orElseThrow())
                .isEqualTo(Fraction.dyadic(BigInteger.TWO.pow(64).subtract(BigInteger.ONE), -3 - 64));
        assertThat(AutoStep.choose(SpectrumChecks.gramOf(IntegerMatrix.of(new long[][] {{0}}), 1)))
                .isEmpty();
    }
}
