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
        BigDecimal lower = decimal(Exponential.lower(x));
        BigDecimal upper = decimal(Exponential.upper(x));
        BigDecimal slack = exact.scaleByPowerOfTen(-20);
        BigDecimal oracle = exact.scaleByPowerOfTen(-50);
        assertThat(lower).isLessThanOrEqualTo(exact.add(oracle)).isGreaterThanOrEqualTo(exact.subtract(slack));
        assertThat(upper).isGreaterThanOrEqualTo(exact.subtract(oracle)).isLessThanOrEqualTo(exact.add(slack));
        assertThat(Exponential.lower(x).atMost(Exponential.upper(x))).isTrue();
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
        assertThat(Exponential.lower(Fraction.ZERO)).isEqualTo(Fraction.ONE);
        assertThat(Exponential.upper(Fraction.ZERO)).isEqualTo(Fraction.ONE);
    }

    @Test
    void hugeArgumentsGiveZeroBelowAndATinyNumberAbove() {
        for (long x : new long[] {3_000, 1_000_000, 500_000_000_000L}) {
            assertThat(Exponential.lower(Fraction.of(x))).isEqualTo(Fraction.ZERO);
            assertThat(Exponential.upper(Fraction.of(x)))
                    .isEqualTo(Fraction.of(BigInteger.ONE, BigInteger.ONE.shiftLeft(4096)));
        }
    }
}
