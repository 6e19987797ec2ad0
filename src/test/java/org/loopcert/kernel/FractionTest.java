package org.loopcert.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FractionTest {
    @Provide
    Arbitrary<Fraction> fractions() {
        Arbitrary<BigInteger> p =
                Arbitraries.bigIntegers().between(BigInteger.TEN.pow(40).negate(), BigInteger.TEN.pow(40));
        Arbitrary<BigInteger> q = Arbitraries.bigIntegers().between(BigInteger.ONE, BigInteger.TEN.pow(30));
        return Combinators.combine(p, q).as(Fraction::of);
    }

    private static BigRational oracle(Fraction x) {
        return BigRational.valueOf(x.numerator()).divide(BigRational.valueOf(x.denominator()));
    }

    private static Fraction read(String text) throws Refusal {
        return Fraction.read(new Json.Str(0, text), Given.meter());
    }

    @Property(tries = 500)
    void agreesWithBigRational(@ForAll("fractions") Fraction x, @ForAll("fractions") Fraction y) {
        assertThat(oracle(x.add(y)).compareTo(oracle(x).add(oracle(y)))).isZero();
        assertThat(oracle(x.subtract(y)).compareTo(oracle(x).subtract(oracle(y))))
                .isZero();
        assertThat(oracle(x.multiply(y)).compareTo(oracle(x).multiply(oracle(y))))
                .isZero();
        if (y.signum() != 0) {
            assertThat(oracle(x.divide(y)).compareTo(oracle(x).divide(oracle(y))))
                    .isZero();
        }
        assertThat(x.compareTo(y)).isEqualTo(oracle(x).compareTo(oracle(y)));
        assertThat(x.below(y)).isEqualTo(oracle(x).compareTo(oracle(y)) < 0);
        assertThat(x.atMost(y)).isEqualTo(oracle(x).compareTo(oracle(y)) <= 0);
        assertThat(x.max(y)).isEqualTo(x.below(y) ? y : x);
        assertThat(x.min(y)).isEqualTo(x.below(y) ? x : y);
        assertThat(x.abs().signum()).isEqualTo(Math.abs(x.signum()));
    }

    @Property(tries = 300)
    void readsBackWhatItWrites(@ForAll("fractions") Fraction x) throws Refusal {
        assertThat(read(x.toString())).isEqualTo(x);
    }

    @Test
    void refusesWhatIsNotInLowestTerms() {
        assertThatThrownBy(() -> new Fraction(BigInteger.TWO, BigInteger.valueOf(4)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Fraction(BigInteger.ONE, BigInteger.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Fraction(BigInteger.ONE, BigInteger.ONE.negate()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Fraction.of(BigInteger.ONE, BigInteger.ZERO)).isInstanceOf(ArithmeticException.class);
        assertThat(Fraction.of(BigInteger.TWO, BigInteger.valueOf(-4))).isEqualTo(Given.q(-1, 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "-", "+1", "-0", "00", "01", "-01", "1/", "/2", "1/1", "1/0", "0/2", "2/4", "1/-2", "1/02", "1/2/3",
                "1.5", "1e3", " 1", "1 ", "0x1", "NaN", "1/2 ", "--1", "\u0661"
            })
    void refusesOtherSpellings(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.kind)
                .isEqualTo(Refusal.Kind.MALFORMED));
    }

    @Test
    void countsDigitsBeforeItConverts() throws Refusal {
        assertThatThrownBy(() -> read("9".repeat(10_001)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason).isEqualTo(Verdict.Reason.LIMIT));
        Limits.Meter meter = Given.meter();
        Fraction.read(new Json.Str(0, "-12345/100001"), meter);
        Fraction.read(new Json.Str(0, "7"), meter);
        assertThat(meter.longest()).isEqualTo(6);
    }

    /** Fixed cases of every operation, among them both orders and both signs. */
    @Test
    void computesExactly() {
        Fraction half = Given.q(1, 2);
        Fraction third = Given.q(1, 3);
        assertThat(half.add(third)).isEqualTo(Given.q(5, 6));
        assertThat(third.subtract(half)).isEqualTo(Given.q(-1, 6));
        assertThat(half.multiply(Given.q(-2, 3))).isEqualTo(Given.q(-1, 3));
        assertThat(half.divide(Given.q(-1, 3))).isEqualTo(Given.q(-3, 2));
        assertThat(half.negate()).isEqualTo(Given.q(-1, 2));
        assertThat(half.abs()).isEqualTo(half);
        assertThat(half.negate().abs()).isEqualTo(half);
        assertThat(Fraction.ZERO.abs()).isEqualTo(Fraction.ZERO);
        assertThat(half.max(third)).isEqualTo(half);
        assertThat(third.max(half)).isEqualTo(half);
        assertThat(half.min(third)).isEqualTo(third);
        assertThat(third.min(half)).isEqualTo(third);
        assertThat(half.signum()).isEqualTo(1);
        assertThat(half.negate().signum()).isEqualTo(-1);
        assertThat(Fraction.ZERO.signum()).isZero();
        assertThat(Fraction.of(BigInteger.TEN, BigInteger.valueOf(-4)).toString())
                .isEqualTo("-5/2");
        assertThat(Fraction.of(-7).toString()).isEqualTo("-7");
    }

    @Test
    void comparesExactly() {
        Fraction half = Given.q(1, 2);
        Fraction third = Given.q(1, 3);
        assertThat(third.below(half) && third.atMost(half)).isTrue();
        assertThat(half.below(third) || half.atMost(third)).isFalse();
        assertThat(half.atMost(Given.q(1, 2))).isTrue();
        assertThat(half.below(Given.q(1, 2))).isFalse();
        assertThat(half.compareTo(third)).isPositive();
        assertThat(third.compareTo(half)).isNegative();
        assertThat(half.compareTo(Given.q(1, 2))).isZero();
        assertThat(half.negate().below(third.negate())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "7", "-7", "10", "1/2", "-1/2", "10/21", "109/100"})
    void readsItsCanonicalSpellings(String text) throws Refusal {
        assertThat(read(text).toString()).isEqualTo(text);
    }

    @Test
    void coprimeToAPowerOfTwoOrNot() {
        for (int p : new int[] {-9, -2, 0, 1, 6, 9}) {
            for (int q : new int[] {1, 2, 8, 12, 15, 24}) {
                BigInteger numerator = BigInteger.valueOf(p);
                BigInteger denominator = BigInteger.valueOf(q);
                if (numerator.gcd(denominator).equals(BigInteger.ONE)) {
                    assertThat(new Fraction(numerator, denominator)).isEqualTo(Fraction.of(numerator, denominator));
                } else {
                    assertThatThrownBy(() -> new Fraction(numerator, denominator))
                            .hasMessage("not in lowest terms: " + p + "/" + q);
                }
            }
        }
    }

    @Test
    void numbersOfAnotherClassAreRefused() {
        @SuppressWarnings("serial")
        BigInteger three = new BigInteger("3") {};
        assertThatThrownBy(() -> new Fraction(three, BigInteger.TWO)).hasMessageStartingWith("not a BigInteger");
        assertThatThrownBy(() -> new Fraction(BigInteger.TWO, three)).hasMessageStartingWith("not a BigInteger");
    }
}
