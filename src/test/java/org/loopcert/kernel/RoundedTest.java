package org.loopcert.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RoundedTest {
    @Provide
    Arbitrary<Fraction> factors() {
        Arbitrary<BigInteger> p = Arbitraries.bigIntegers().between(BigInteger.ZERO, BigInteger.TEN.pow(60));
        Arbitrary<BigInteger> q = Arbitraries.bigIntegers().between(BigInteger.ONE, BigInteger.TEN.pow(60));
        return Combinators.combine(p, q).as(Fraction::of);
    }

    private static Rounded product(List<Fraction> factors, boolean up) {
        Rounded product = Rounded.one(up);
        for (Fraction factor : factors) {
            product = product.times(factor.numerator(), factor.denominator());
        }
        return product;
    }

    /** Each factor rounds twice, each time by at most one part in 2^127. */
    @Property(tries = 500)
    void enclosesProductsTightly(@ForAll @Size(max = 20) List<@From("factors") Fraction> factors) throws Refusal {
        Fraction exact = factors.stream().reduce(Fraction.ONE, Fraction::multiply);
        Fraction above = product(factors, true).value(Given.meter());
        Fraction below = product(factors, false).value(Given.meter());
        assertThat(below.atMost(exact)).isTrue();
        assertThat(exact.atMost(above)).isTrue();
        Fraction slack = exact.multiply(Fraction.of(BigInteger.ONE, BigInteger.ONE.shiftLeft(120)));
        assertThat(above.subtract(below).atMost(slack)).isTrue();
    }

    @Property(tries = 500)
    void comparesAsItsValues(
            @ForAll @Size(max = 3) List<@From("factors") Fraction> a,
            @ForAll @Size(max = 3) List<@From("factors") Fraction> b)
            throws Refusal {
        Rounded x = product(a, true);
        Rounded y = product(b, true);
        assertThat(x.below(y)).isEqualTo(x.value(Given.meter()).below(y.value(Given.meter())));
        assertThat(x.below(x)).isFalse();
        assertThat(x.square().below(x.square())).isFalse();
    }

    @Property(tries = 300)
    void squaresInItsDirection(@ForAll @Size(max = 5) List<@From("factors") Fraction> factors) throws Refusal {
        for (boolean up : new boolean[] {true, false}) {
            Rounded x = product(factors, up);
            Fraction value = x.value(Given.meter());
            int order = x.square().value(Given.meter()).compareTo(value.multiply(value));
            assertThat(up ? order >= 0 : order <= 0).isTrue();
        }
    }

    @Test
    void tinyValuesAreRaisedAndNeverLowered() throws Refusal {
        Rounded up = Rounded.one(true);
        Rounded down = Rounded.one(false);
        for (int i = 0; i < 5000; i++) {
            up = up.times(BigInteger.ONE, BigInteger.TWO);
            down = down.times(BigInteger.ONE, BigInteger.TWO);
        }
        assertThat(up.value(Given.meter())).isEqualTo(Fraction.of(BigInteger.ONE, BigInteger.ONE.shiftLeft(4096)));
        assertThat(down.value(Given.meter())).isEqualTo(Fraction.of(BigInteger.ONE, BigInteger.ONE.shiftLeft(5000)));
        assertThat(Rounded.one(true).times(BigInteger.ZERO, BigInteger.ONE).value(Given.meter()))
                .isEqualTo(Fraction.ZERO);
    }

    @Test
    void hugeValuesAreLeftUndecided() {
        Rounded x = Rounded.one(true).times(BigInteger.ONE.shiftLeft(1000), BigInteger.ONE);
        for (int i = 0; i < 20; i++) {
            x = x.square();
        }
        Rounded huge = x;
        assertThatThrownBy(() -> huge.value(Given.meter()))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason).isEqualTo(Verdict.Reason.LIMIT));
    }

    private static BigInteger power(int exponent) {
        return BigInteger.ONE.shiftLeft(exponent);
    }

    /** 1/3 has 128 bits after one division at 129 or 130 bits, and 2^128 + 1 has one bit too many. */
    @Test
    void keeps128BitsAndRoundsInItsDirection() {
        BigInteger third = power(128).divide(BigInteger.valueOf(3)); // 0.3 * 2^128, 127 bits
        Rounded below = Rounded.one(false).times(BigInteger.ONE, BigInteger.valueOf(3));
        Rounded above = Rounded.one(true).times(BigInteger.ONE, BigInteger.valueOf(3));
        assertThat(below).isEqualTo(new Rounded(third.shiftLeft(1), -129, false));
        assertThat(above).isEqualTo(new Rounded(third.shiftLeft(1).add(BigInteger.ONE), -129, true));
        BigInteger wide = power(128).add(BigInteger.ONE);
        assertThat(Rounded.one(false).times(wide, BigInteger.ONE).mantissa()).isEqualTo(power(127));
        assertThat(Rounded.one(true).times(wide, BigInteger.ONE).mantissa())
                .isEqualTo(power(127).add(BigInteger.ONE));
    }

    /** What fits is not rounded: the lowest bit that is set is the lowest one that is kept. */
    @Test
    void exactProductsStayExact() throws Refusal {
        BigInteger full = power(127).add(BigInteger.ONE);
        Rounded exact = Rounded.one(true).times(full, BigInteger.ONE);
        assertThat(exact.value(Given.meter())).isEqualTo(Fraction.of(full));
        Rounded shifted = Rounded.one(true).times(full.shiftLeft(7), BigInteger.ONE);
        assertThat(shifted).isEqualTo(new Rounded(full, 7, true));
        Rounded half = Rounded.one(true).times(BigInteger.ONE, BigInteger.TWO);
        assertThat(half.value(Given.meter())).isEqualTo(Given.q(1, 2));
        assertThat(half.square().value(Given.meter())).isEqualTo(Given.q(1, 4));
        assertThat(half.square().mantissa()).isEqualTo(power(127));
    }

    private static void assertOrder(Rounded smaller, Rounded larger) {
        assertThat(smaller.below(larger)).isTrue();
        assertThat(larger.below(smaller)).isFalse();
        assertThat(smaller.below(smaller)).isFalse();
        assertThat(larger.below(larger)).isFalse();
    }

    @Test
    void comparesAcrossAllExponents() {
        Rounded zero = new Rounded(BigInteger.ZERO, 0, true);
        Rounded one = Rounded.one(true);
        Rounded tiny = new Rounded(BigInteger.ONE, -3_000_000_000L, true);
        Rounded huge = new Rounded(BigInteger.ONE, 3_000_000_000L, true);
        assertOrder(zero, tiny);
        assertOrder(zero, one);
        assertOrder(zero, huge);
        assertOrder(tiny, one);
        assertOrder(tiny, huge);
        assertOrder(one, huge);
        // 5, 6 and 7 with other mantissas
        Rounded five = new Rounded(BigInteger.valueOf(5), 0, true);
        Rounded six = new Rounded(BigInteger.valueOf(3), 1, true);
        Rounded seven = new Rounded(BigInteger.valueOf(56), -3, true);
        assertOrder(five, six);
        assertOrder(six, seven);
        assertOrder(five, seven);
        assertOrder(five, new Rounded(BigInteger.ONE, 3, true));
        assertOrder(new Rounded(BigInteger.ONE, 2, true), five);
        Rounded twelveHalves = new Rounded(BigInteger.valueOf(12), -1, true);
        assertThat(six.below(twelveHalves) || twelveHalves.below(six)).isFalse();
    }

    /** 2^-4097 has the length -4096 and is kept; what is shorter is raised to 2^-4096. */
    @Test
    void isRaisedOnlyBelowItsLeastValue() throws Refusal {
        Fraction least = Fraction.of(BigInteger.ONE, power(4096));
        Fraction half = Fraction.of(BigInteger.ONE, power(4097));
        assertThat(new Rounded(BigInteger.ONE, -4097, true).value(Given.meter()))
                .isEqualTo(half);
        assertThat(new Rounded(BigInteger.ONE, -4098, true).value(Given.meter()))
                .isEqualTo(least);
        assertThat(new Rounded(BigInteger.ONE, -4098, false).value(Given.meter()))
                .isEqualTo(half.divide(Fraction.TWO));
        assertThat(new Rounded(BigInteger.valueOf(3), 2, true).value(Given.meter()))
                .isEqualTo(Fraction.of(12));
        assertThat(new Rounded(BigInteger.valueOf(3), 0, true).value(Given.meter()))
                .isEqualTo(Fraction.of(3));
    }
}
