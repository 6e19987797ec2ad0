package org.loopcert.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.loopcert.exact.Fraction;

class ChebyshevScheduleTest {
    private static final Fraction MU = Fraction.of(3, 7);
    private static final Fraction L = Fraction.of(1000, 3);

    @Test
    void orderIsLebedevAndFinogenovsForPowersOfTwo() {
        assertThat(ChebyshevSchedule.order(4)).containsExactly(1, 7, 3, 5);
        assertThat(ChebyshevSchedule.order(8)).containsExactly(1, 15, 7, 9, 3, 13, 5, 11);
    }

    @Test
    void orderUsesEveryRootOnce() {
        for (int loops = 1; loops <= 100; loops++) {
            long[] order = ChebyshevSchedule.order(loops);
            Arrays.sort(order);
            assertThat(order)
                    .isEqualTo(LongStream.range(0, loops).map(i -> 2 * i + 1).toArray());
        }
    }

    @Test
    void piAndCosineAreRight() {
        String digits = "3.14159265358979323846264338327950288419716939937510582097494459230781640628";
        BigDecimal pi = new BigDecimal(ChebyshevSchedule.pi(300)).divide(new BigDecimal(BigInteger.TWO.pow(300)));
        assertThat(pi.toPlainString()).startsWith(digits);
        // cos(pi/4)^2 = 1/2 and cos(pi/6)^2 = 3/4 to 2^-290
        BigInteger pi300 = ChebyshevSchedule.pi(300);
        BigInteger quarter = ChebyshevSchedule.cosine(1, 2, pi300, 300).pow(2);
        BigInteger sixth = ChebyshevSchedule.cosine(1, 3, pi300, 300).pow(2);
        assertThat(quarter.subtract(BigInteger.TWO.pow(599)).abs()).isLessThan(BigInteger.TWO.pow(310));
        assertThat(sixth.subtract(BigInteger.valueOf(3).shiftLeft(598)).abs()).isLessThan(BigInteger.TWO.pow(310));
    }

    /** The residual polynomial is the scaled Chebyshev polynomial up to rounding, at any point. */
    @Test
    void residualPolynomialIsTheChebyshevPolynomial() {
        for (int loops : new int[] {1, 2, 3, 5, 8, 13, 16}) {
            List<Fraction> steps = ChebyshevSchedule.choose(loops, MU, L);
            assertThat(steps).hasSize(loops);
            Fraction worst = Fraction.ZERO;
            for (int i = 0; i <= 24; i++) {
                Fraction x = MU.add(L.subtract(MU).multiply(Fraction.of(i, 24)));
                Fraction p = Fraction.ONE;
                for (Fraction step : steps) {
                    p = p.multiply(Fraction.ONE.subtract(step.multiply(x)));
                }
                Fraction expected = chebyshev(loops, argument(x)).divide(chebyshev(loops, argument(Fraction.ZERO)));
                Fraction error = p.subtract(expected);
                worst = max(worst, error.signum() < 0 ? error.negate() : error);
            }
            assertThat(worst).isLessThan(Fraction.of(BigInteger.ONE, BigInteger.TWO.pow(44)));
        }
    }

    @Test
    void stepsAreSixtyFourBitDyadicsAndExtremeConditionNumbersKeepTheirDigits() {
        Fraction tiny = Fraction.of(BigInteger.ONE, BigInteger.TEN.pow(31));
        for (Fraction step : ChebyshevSchedule.choose(33, tiny, Fraction.ONE)) {
            assertThat(step.numerator().bitLength()).isLessThanOrEqualTo(64);
            assertThat(step.denominator().bitCount()).isEqualTo(1);
            assertThat(step).isGreaterThan(Fraction.of(1, 2)).isLessThan(Fraction.ONE.divide(tiny));
        }
        // T = 2: both steps are roots of T_2, computable with a square root alone
        List<Fraction> two = ChebyshevSchedule.choose(2, tiny, Fraction.ONE);
        for (int i = 0; i < 2; i++) {
            Fraction y = argument(Fraction.ONE.divide(two.get(i)), tiny, Fraction.ONE);
            Fraction square = y.multiply(y).subtract(Fraction.of(1, 2));
            assertThat(square.signum() < 0 ? square.negate() : square)
                    .isLessThan(Fraction.of(BigInteger.ONE, BigInteger.TWO.pow(60)));
        }
    }

    @Test
    void oneConditionNumberNeedsOneStepSize() {
        assertThat(ChebyshevSchedule.choose(3, Fraction.of(4, 1), Fraction.of(4, 1)))
                .containsOnly(Fraction.of(1, 4));
        assertThatThrownBy(() -> ChebyshevSchedule.choose(0, MU, L)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ChebyshevSchedule.choose(3, Fraction.ZERO, L))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ChebyshevSchedule.choose(3, L, MU)).isInstanceOf(IllegalArgumentException.class);
    }

    /** (L + mu - 2x) / (L - mu). */
    private static Fraction argument(Fraction x, Fraction mu, Fraction smoothness) {
        return smoothness.add(mu).subtract(x.add(x)).divide(smoothness.subtract(mu));
    }

    private static Fraction argument(Fraction x) {
        return argument(x, MU, L);
    }

    private static Fraction chebyshev(int degree, Fraction x) {
        Fraction before = Fraction.ONE;
        Fraction now = x;
        for (int k = 1; k < degree; k++) {
            Fraction next = x.add(x).multiply(now).subtract(before);
            before = now;
            now = next;
        }
        return now;
    }

    private static Fraction max(Fraction a, Fraction b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
