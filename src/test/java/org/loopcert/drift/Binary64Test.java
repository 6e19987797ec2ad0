package org.loopcert.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.loopcert.ring.RationalField;

class Binary64Test {
    private static final RationalField Q = RationalField.INSTANCE;

    @Property
    void everyFiniteDoubleIsItsOwnNearest(@ForAll long bits) {
        double value = Double.longBitsToDouble(bits);
        if (Double.isFinite(value)) {
            // a rational zero has no sign
            assertThat(Binary64.nearest(Binary64.exact(value))).isEqualTo(value + 0.0);
            assertThat(Binary64.exact(value))
                    .isEqualTo(RationalField.canonical(BigRational.valueOf(new BigDecimal(value))));
            assertThat(Binary64.exact(Math.ulp(value))).isEqualTo(Binary64.ulp(Binary64.exact(value)));
        }
    }

    @Property
    void decimalsRoundAsTheLanguageRoundsThem(
            @ForAll @BigRange(min = "-1e40", max = "1e40") BigInteger digits,
            @ForAll @IntRange(min = -370, max = 300) int scale) {
        String text = digits + "E" + scale;
        BigInteger power = BigInteger.TEN.pow(Math.abs(scale));
        BigRational exact =
                scale < 0 ? RationalField.of(digits, power) : RationalField.of(digits.multiply(power), BigInteger.ONE);
        assertThat(Binary64.nearest(exact)).isEqualTo(Double.parseDouble(text) + 0.0);
    }

    @Test
    void tiesGoToEven() {
        BigRational half = Binary64.exact(0x1p-53);
        BigRational one = BigRational.ONE;
        assertThat(Binary64.nearest(Q.add(one, half))).isEqualTo(1.0);
        assertThat(Binary64.nearest(Q.add(Binary64.exact(1 + 0x1p-52), half))).isEqualTo(1 + 0x1p-51);
        BigRational crumb = Binary64.exact(0x1p-900);
        assertThat(Binary64.nearest(Q.add(Q.add(one, half), crumb))).isEqualTo(1 + 0x1p-52);
        BigRational halfTiny = Q.divide(Binary64.exact(Double.MIN_VALUE), BigRational.TWO);
        assertThat(Binary64.nearest(halfTiny)).isEqualTo(0.0);
        assertThat(Binary64.nearest(Q.multiply(halfTiny, BigRational.valueOf(3))))
                .isEqualTo(2 * Double.MIN_VALUE);
    }

    @Test
    void overflowStartsHalfAnUlpBeyondTheLargest() {
        BigRational largest = Binary64.exact(Double.MAX_VALUE);
        BigRational half = Binary64.exact(0x1p970);
        BigRational below = Q.subtract(Q.add(largest, half), BigRational.ONE);
        assertThat(Binary64.nearest(below)).isEqualTo(Double.MAX_VALUE);
        assertThat(Binary64.nearest(Q.add(largest, half))).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Binary64.nearest(Q.negate(Q.add(largest, half)))).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void unitsAndLiterals() {
        assertThat(Binary64.ulp(BigRational.ZERO)).isEqualTo(Binary64.exact(Double.MIN_VALUE));
        assertThat(Binary64.ulp(RationalField.of(-1, 3))).isEqualTo(Binary64.exact(0x1p-54));
        assertThat(Binary64.toHex(1.5)).isEqualTo("0x1.8p0");
        assertThatThrownBy(() -> Binary64.exact(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
