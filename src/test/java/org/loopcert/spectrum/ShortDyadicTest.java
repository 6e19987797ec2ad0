package org.loopcert.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.loopcert.exact.Fraction;

class ShortDyadicTest {
    @Property
    void noMultipleOfALargerPowerIsInTheInterval(
            @ForAll @LongRange(min = 1) long p,
            @ForAll @LongRange(min = 1) long q,
            @ForAll @LongRange(min = 1) long width,
            @ForAll @IntRange(min = -200, max = 200) int shift) {
        Fraction scale = Fraction.dyadic(BigInteger.ONE, shift);
        Fraction low = Fraction.of(p, q).multiply(scale);
        Fraction high = low.add(Fraction.of(width, Long.MAX_VALUE).multiply(scale));
        Fraction found = ShortDyadic.between(low, high);
        assertThat(found).isBetween(low, high);
        int e = found.numerator().getLowestSetBit() - found.denominator().bitLength() + 1;
        assertThat(found.denominator().bitCount()).isEqualTo(1);
        Fraction larger = Fraction.dyadic(ShortDyadic.scale(low, -e - 1).ceiling(), e + 1);
        assertThat(larger).isGreaterThan(high);
    }

    @Example
    void aPointIsFoundWhereItIsDyadic() {
        Fraction point = Fraction.of(5, 64);
        assertThat(ShortDyadic.between(point, point)).isEqualTo(point);
        Fraction third = Fraction.of(1, 3);
        assertThatThrownBy(() -> ShortDyadic.between(third, third)).isInstanceOf(IllegalArgumentException.class);
    }

    @Example
    void farApartEndsAreNoMoreWork() {
        Fraction tiny = Fraction.dyadic(BigInteger.ONE, -100_000);
        Fraction low = Fraction.ONE.add(tiny);
        Fraction high = low.add(tiny);
        assertThat(ShortDyadic.between(low, high)).isEqualTo(high);
    }
}
