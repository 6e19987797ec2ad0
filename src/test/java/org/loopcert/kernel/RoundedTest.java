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
}
