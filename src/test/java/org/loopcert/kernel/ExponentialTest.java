package org.loopcert.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import ch.obermuhlner.math.big.BigDecimalMath;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.loopcert.kernel.ValueRules.Exponential;

/** The kernel's exp(-x) against the one of big-math, which the kernel must not use. */
class ExponentialTest {
    private static final MathContext CONTEXT = new MathContext(60);

    @Provide
    Arbitrary<Fraction> arguments() {
        Arbitrary<BigInteger> p = Arbitraries.bigIntegers().between(BigInteger.ZERO, BigInteger.TEN.pow(30));
        Arbitrary<BigInteger> q = Arbitraries.bigIntegers().between(BigInteger.ONE, BigInteger.TEN.pow(30));
        return Combinators.combine(p, q).as(Fraction::of).filter(x -> x.below(Fraction.of(2_800)));
    }

    private static BigDecimal decimal(Fraction x) {
        return new BigDecimal(x.numerator()).divide(new BigDecimal(x.denominator()), CONTEXT);
    }

    private static void assertEncloses(Fraction x) {
        BigDecimal exact = BigDecimalMath.exp(decimal(x).negate(), CONTEXT);
        BigDecimal lower = decimal(Exponential.bound(x, true));
        BigDecimal upper = decimal(Exponential.bound(x, false));
        BigDecimal slack = exact.scaleByPowerOfTen(-20);
        BigDecimal oracle = exact.scaleByPowerOfTen(-50);
        assertThat(lower).isLessThanOrEqualTo(exact.add(oracle)).isGreaterThanOrEqualTo(exact.subtract(slack));
        assertThat(upper).isGreaterThanOrEqualTo(exact.subtract(oracle)).isLessThanOrEqualTo(exact.add(slack));
        assertThat(Exponential.bound(x, true).atMost(Exponential.bound(x, false)))
                .isTrue();
    }

    @Property(tries = 300)
    void enclosesTightly(@ForAll("arguments") Fraction x) {
        assertEncloses(x);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 100, 1000, 2000, 2800})
    void enclosesIntegers(long x) {
        assertEncloses(Fraction.of(x));
        assertEncloses(Given.q(1, x));
    }

    @Test
    void isExactlyOneAtZero() {
        assertThat(Exponential.bound(Fraction.ZERO, true)).isEqualTo(Fraction.ONE);
        assertThat(Exponential.bound(Fraction.ZERO, false)).isEqualTo(Fraction.ONE);
    }

    @Test
    void hugeArgumentsGiveZeroBelowAndATinyNumberAbove() {
        for (long x : new long[] {3_000, 1_000_000, 500_000_000_000L}) {
            assertThat(Exponential.bound(Fraction.of(x), true)).isEqualTo(Fraction.ZERO);
            assertThat(Exponential.bound(Fraction.of(x), false))
                    .isEqualTo(Fraction.of(BigInteger.ONE, BigInteger.ONE.shiftLeft(4096)));
        }
    }

    private static BigInteger power(int exponent) {
        return BigInteger.ONE.shiftLeft(exponent);
    }

    /** 128 bits are kept over a few squarings. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 7, 8})
    void roundsTo35Digits(long x) {
        for (Fraction each : new Fraction[] {Fraction.of(x), Given.q(x, 8), Given.q(2 * x + 1, 2)}) {
            Fraction lower = Exponential.bound(each, true);
            Fraction width = Exponential.bound(each, false).subtract(lower);
            assertThat(width.signum()).isPositive();
            assertThat(width.atMost(lower.divide(Fraction.of(BigInteger.TEN.pow(35)))))
                    .isTrue();
        }
    }

    /** exp(-2839) = 2^-4095.8..., exp(-2839.5) = 2^-4096.5...; beyond that only 0 and 2^-4096 are known. */
    @Test
    void endsAtItsLeastValue() {
        Fraction least = Fraction.of(BigInteger.ONE, power(4096));
        Fraction middle = Given.q(5679, 2);
        assertThat(least.below(Exponential.bound(Fraction.of(2839), true))).isTrue();
        assertThat(least.below(Exponential.bound(Fraction.of(2839), false))).isTrue();
        assertThat(Exponential.bound(middle, true)).isEqualTo(Fraction.ZERO);
        assertThat(Exponential.bound(middle, false).below(least)).isTrue();
        assertThat(Exponential.bound(Fraction.of(2840), true)).isEqualTo(Fraction.ZERO);
        assertThat(Exponential.bound(Fraction.of(2840), false)).isEqualTo(least);
    }

    /** A quotient that is rounded the wrong way would give 1 or less for exp(2^-300). */
    @Test
    void theSeriesIsRoundedUpForALowerBound() {
        Fraction lower = Exponential.bound(Fraction.of(BigInteger.ONE, power(300)), true);
        assertThat(lower).isEqualTo(Fraction.of(power(127), power(127).add(BigInteger.ONE)));
    }

    /** exp(2^-127 - 2^-255) is 2^-382 below 1 + 2^-127, and the series stays below it. */
    @Test
    void theSeriesIsRoundedDownForAnUpperBound() {
        Fraction x = Fraction.of(power(128).subtract(BigInteger.ONE), power(255));
        assertThat(Exponential.bound(x, false)).isEqualTo(Fraction.ONE);
    }

    /** 60 terms of (2^129 - 60)/2^256 add up to just 2^129 units; the rest makes it one more in the last place. */
    @Test
    void theRestOfTheSeriesIsAdded() {
        Fraction x = Fraction.of(power(129).subtract(BigInteger.valueOf(60)), power(256));
        assertThat(Exponential.bound(x, true))
                .isEqualTo(Fraction.of(power(127), power(127).add(BigInteger.TWO)));
    }
}
