package org.loopcert.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.loopcert.kernel.Fraction;

class MagnitudeTest {
    private static final Fraction NARROW = Fraction.of(BigInteger.ONE, BigInteger.ONE.shiftLeft(200));

    private static Fraction fraction(long p, long q) {
        return Fraction.of(BigInteger.valueOf(p), BigInteger.valueOf(q));
    }

    private static void assertEncloses(Magnitude magnitude, Fraction value) {
        assertThat(magnitude.lower().atMost(value)).isTrue();
        assertThat(value.atMost(magnitude.upper())).isTrue();
        assertThat(magnitude.upper().subtract(magnitude.lower()).atMost(value.multiply(NARROW)))
                .isTrue();
    }

    @Property(tries = 200)
    void powersHoldTheExactPower(
            @ForAll @LongRange(min = 1, max = 1_000_000_000_000L) long p,
            @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long more,
            @ForAll @IntRange(min = 0, max = 800) int loops) {
        Fraction base = fraction(p, p + more);
        Fraction exact =
                Fraction.of(base.numerator().pow(loops), base.denominator().pow(loops));
        Magnitude power = Magnitude.power(base, loops);
        if (power.isExact()) {
            assertThat(power.lower()).isEqualTo(exact);
        } else if (power.lower().signum() > 0) {
            assertEncloses(power, exact);
        } else {
            assertThat(exact.atMost(power.upper())).isTrue();
        }
    }

    @Property(tries = 50)
    void longProductsAreEnclosed(@ForAll @IntRange(min = 0, max = 900) int count) {
        List<Fraction> factors = new ArrayList<>();
        BigInteger numerator = BigInteger.ONE;
        BigInteger denominator = BigInteger.ONE;
        for (int k = 1; k <= count; k++) {
            Fraction factor = fraction(1_000_003L * k, 1_000_003L * k + 7 * k % 11 + 1);
            factors.add(factor);
            numerator = numerator.multiply(factor.numerator());
            denominator = denominator.multiply(factor.denominator());
        }
        Fraction exact = Fraction.of(numerator, denominator);
        Magnitude product = Magnitude.product(factors);
        assertThat(product.isExact()).isEqualTo(product.lower().equals(exact));
        assertEncloses(product, exact);
    }

    @Property
    void rootsAreEnclosed(
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long p,
            @ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long q) {
        Fraction square = fraction(p, q);
        Magnitude root = Magnitude.root(square);
        assertThat(root.lower().multiply(root.lower()).atMost(square)).isTrue();
        assertThat(square.atMost(root.upper().multiply(root.upper()))).isTrue();
        assertThat(root.upper().subtract(root.lower()).atMost(root.upper().multiply(NARROW)))
                .isTrue();
    }

    @Test
    void squaresHaveExactRoots() {
        assertThat(Magnitude.root(fraction(9, 16))).isEqualTo(Magnitude.exact(fraction(3, 4)));
        assertThat(Magnitude.root(Fraction.ZERO).isExact()).isTrue();
    }

    @Test
    void aBillionLoopsStayShort() {
        Magnitude power = Magnitude.power(fraction(999_999, 1_000_000), 1_000_000_000L);
        assertThat(power.isExact()).isFalse();
        // exp(-1000.0005) = 5.07342...e-435
        assertThat(Decimals.down(power.lower(), 5)).isEqualTo("5.0734E-435").isEqualTo(Decimals.down(power.upper(), 5));
        Magnitude tiny = Magnitude.power(fraction(1, 3), 1_000_000_000_000L);
        assertThat(tiny.lower().signum()).isZero();
        assertThat(tiny.upper()).isEqualTo(Fraction.of(BigInteger.ONE, BigInteger.ONE.shiftLeft(4096)));
        assertThat(Magnitude.power(Fraction.ZERO, 0)).isEqualTo(Magnitude.exact(Fraction.ONE));
        assertThat(Magnitude.power(Fraction.ZERO, 1_000_000_000_000L)).isEqualTo(Magnitude.exact(Fraction.ZERO));
        assertThat(Magnitude.power(Fraction.ONE, 1_000_000_000_000L)).isEqualTo(Magnitude.exact(Fraction.ONE));
    }
}
