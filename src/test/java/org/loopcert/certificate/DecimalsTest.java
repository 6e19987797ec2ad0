package org.loopcert.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.loopcert.kernel.Fraction;

class DecimalsTest {
    private static Fraction read(String decimal) {
        BigDecimal value = new BigDecimal(decimal);
        return value.scale() >= 0
                ? Fraction.of(value.unscaledValue(), BigInteger.TEN.pow(value.scale()))
                : Fraction.of(value.toBigIntegerExact());
    }

    @Property
    void decimalsAreOnTheirSideAndClose(
            @ForAll @BigRange(min = "-1000000000000000000000", max = "1000000000000000000000") BigInteger p,
            @ForAll @BigRange(min = "1", max = "1000000000000000000000") BigInteger q,
            @ForAll @IntRange(min = -2000, max = 2000) int twos,
            @ForAll @IntRange(min = 2, max = 20) int digits) {
        Fraction scale = Fraction.of(BigInteger.ONE.shiftLeft(Math.abs(twos)));
        Fraction value = Fraction.of(p, q);
        value = twos < 0 ? value.divide(scale) : value.multiply(scale);
        Fraction low = read(Decimals.down(value, digits));
        Fraction high = read(Decimals.up(value, digits));
        assertThat(low.atMost(value)).isTrue();
        assertThat(value.atMost(high)).isTrue();
        Fraction width = Fraction.of(BigInteger.ONE, BigInteger.TEN.pow(digits - 1));
        assertThat(high.subtract(low).atMost(value.abs().multiply(width))).isTrue();
    }

    /** The same text as by division of BigDecimal. */
    @Property
    void areSpelledAsBigDecimalDoes(
            @ForAll @BigRange(min = "1", max = "1000000000000000000000") BigInteger p,
            @ForAll @BigRange(min = "1", max = "1000000000000000000000") BigInteger q,
            @ForAll @IntRange(min = -40, max = 40) int tens,
            @ForAll @IntRange(min = 1, max = 20) int digits) {
        for (BigInteger numerator : List.of(p, p.multiply(q), BigInteger.ONE)) {
            BigDecimal scaled = new BigDecimal(numerator).scaleByPowerOfTen(tens);
            Fraction value = read(scaled.toString()).divide(Fraction.of(q));
            assertThat(Decimals.down(value, digits)).isEqualTo(spelled(scaled, q, digits, RoundingMode.FLOOR));
            assertThat(Decimals.up(value, digits)).isEqualTo(spelled(scaled, q, digits, RoundingMode.CEILING));
        }
    }

    private static String spelled(BigDecimal p, BigInteger q, int digits, RoundingMode mode) {
        BigDecimal plain =
                p.divide(new BigDecimal(q), new MathContext(digits, mode)).stripTrailingZeros();
        return plain.scale() <= 0 && plain.precision() - plain.scale() <= digits
                ? plain.toPlainString()
                : plain.toString();
    }

    @Test
    void shortValuesStayExact() {
        assertThat(Decimals.up(Fraction.ZERO, 5)).isEqualTo("0");
        assertThat(Decimals.up(Fraction.of(-3), 5)).isEqualTo("-3");
        assertThat(Decimals.down(Fraction.of(1000000), 10)).isEqualTo("1000000");
        assertThat(Decimals.up(Fraction.of(BigInteger.ONE, BigInteger.valueOf(3)), 4))
                .isEqualTo("0.3334");
        assertThat(Decimals.down(Fraction.of(BigInteger.ONE.negate(), BigInteger.valueOf(3)), 4))
                .isEqualTo("-0.3334");
    }
}
