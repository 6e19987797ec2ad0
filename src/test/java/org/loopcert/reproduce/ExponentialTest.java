package org.loopcert.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.loopcert.certify.Bracket;
import org.loopcert.certify.ExponentialBracket;
import org.loopcert.ring.Dyadic;
import org.loopcert.ring.Interval;
import org.loopcert.ring.RationalField;

class ExponentialTest {
    private static final RationalField Q = RationalField.INSTANCE;

    /** The oracle encloses exp(-x): the product of both enclosures must contain 1. */
    @Property(tries = 60)
    void meetsTheOracleOfTheOppositeSign(
            @ForAll @IntRange(max = 60) int p,
            @ForAll @IntRange(min = 1, max = 200) int q,
            @ForAll @IntRange(min = 1, max = 600) int bits) {
        BigRational x = RationalField.of(p, q);
        Interval found = Exponential.of(x, bits);
        Bracket opposite = ExponentialBracket.at(x, 150);
        assertThat(Q.compare(Q.multiply(found.lower().toRational(), opposite.low()), BigRational.ONE))
                .isNotPositive();
        assertThat(Q.compare(Q.multiply(found.upper().toRational(), opposite.high()), BigRational.ONE))
                .isNotNegative();
    }

    @Property(tries = 100)
    void isAsNarrowAsAsked(
            @ForAll @IntRange(max = 3000) int p,
            @ForAll @IntRange(min = 1, max = 300) int q,
            @ForAll @IntRange(min = 1, max = 3000) int bits) {
        Interval found = Exponential.of(RationalField.of(p, q), bits);
        BigRational tolerated = Q.divide(found.lower().toRational(), BigRational.TWO.pow(bits));
        assertThat(Q.compare(found.width().toRational(), tolerated)).isNotPositive();
    }

    /** The partial sums of 1/k! lie below e, and above with 1/(K K!) added. */
    @Test
    void enclosesE() {
        BigInteger factorial = BigInteger.ONE;
        BigRational sum = BigRational.ONE;
        for (int k = 1; k <= 60; k++) {
            factorial = factorial.multiply(BigInteger.valueOf(k));
            sum = Q.add(sum, RationalField.of(BigInteger.ONE, factorial));
        }
        BigRational above = Q.add(sum, RationalField.of(BigInteger.ONE, factorial.multiply(BigInteger.valueOf(60))));
        Interval found = Exponential.of(BigRational.ONE, 200);
        assertThat(Q.compare(found.lower().toRational(), above)).isNegative();
        assertThat(Q.compare(found.upper().toRational(), sum)).isPositive();
    }

    @Test
    void isExactAtZeroAndRefusesWhatItCannot() {
        assertThat(Exponential.of(BigRational.ZERO, 1)).isEqualTo(Interval.of(Dyadic.ONE));
        assertThatThrownBy(() -> Exponential.of(RationalField.of(-1, 2), 10)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Exponential.of(BigRational.ONE, 0)).isInstanceOf(ArithmeticException.class);
    }
}
