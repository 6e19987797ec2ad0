package org.loopcert.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ch.obermuhlner.math.big.BigDecimalMath;
import ch.obermuhlner.math.big.BigRational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoordinateTest {
    private static final MathContext CONTEXT = new MathContext(40);

    @Property(tries = 300)
    void logarithmAgreesWithBigMathsAtAnyScale(
            @ForAll @LongRange(min = 1) long p,
            @ForAll @LongRange(min = 1) long q,
            @ForAll @IntRange(min = -5000, max = 5000) int twos) {
        BigInteger power = BigInteger.ONE.shiftLeft(Math.abs(twos));
        BigInteger numerator = BigInteger.valueOf(p).multiply(twos > 0 ? power : BigInteger.ONE);
        BigInteger denominator = BigInteger.valueOf(q).multiply(twos > 0 ? BigInteger.ONE : power);
        BigDecimal expected =
                BigDecimalMath.log10(new BigDecimal(numerator).divide(new BigDecimal(denominator), CONTEXT), CONTEXT);
        double actual =
                Coordinate.of(BigRational.valueOf(numerator, denominator)).log10();
        assertThat(actual).isCloseTo(expected.doubleValue(), within(1e-11));
    }

    @Property(tries = 1000)
    void aDoubleStaysItself(@ForAll double value) {
        assertThat(Coordinate.of(value).toDouble()).isCloseTo(value, within(Math.ulp(value)));
    }

    @Property
    void quotientsAreRoundedToAFewUlps(@ForAll long p, @ForAll @LongRange(min = 1) long q) {
        double expected = new BigDecimal(p).divide(new BigDecimal(q), CONTEXT).doubleValue();
        double actual = Coordinate.of(SampleReport.rational(p, q)).toDouble();
        assertThat(actual).isCloseTo(expected, within(2 * Math.ulp(expected)));
    }

    @Test
    void magnitudesBeyondTheDoublesAreNoFault() {
        BigRational tiny = BigRational.TEN.pow(400).reciprocal();
        assertThat(Coordinate.of(tiny).toDouble()).isZero();
        assertThat(Coordinate.of(tiny).log10()).isCloseTo(-400, within(1e-12));
        assertThat(Coordinate.of(tiny.reciprocal()).toDouble()).isInfinite();
        assertThat(Coordinate.of(tiny.reciprocal().negate()).toDouble()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatIsNotFiniteHasNoValue(double value) {
        Coordinate coordinate = Coordinate.of(value);
        assertThat(coordinate.value()).isEmpty();
        assertThat(coordinate.isInteger()).isFalse();
        assertThat(coordinate).hasToString(Double.toString(value)).isEqualTo(Coordinate.of(value));
    }

    @Test
    void textsAreExactAndBriefOnesSayWhenTheyAreNot() {
        assertThat(Coordinate.of(0.1)).hasToString("3602879701896397/36028797018963968");
        assertThat(Coordinate.of(0.1).brief()).isEqualTo("about 0.1");
        assertThat(Coordinate.of(SampleReport.rational(-6, 4))).hasToString("-3/2");
        assertThat(Coordinate.of(SampleReport.rational(-6, 4)).brief()).isEqualTo("-3/2");
        assertThat(Coordinate.of(BigRational.TEN.pow(60).reciprocal()).brief()).isEqualTo("1E-60");
    }

    @Test
    void onlyPositiveNumbersHaveALogarithm() {
        assertThatThrownBy(() -> Coordinate.of(0.0).log10())
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("expected a positive number, got 0");
    }
}
