package org.loopcert.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
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
