package org.loopcert.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DivisorTest {
    private static final int[] BITS = {1, 2, 53, 64, 127, 128, 129, 200};

    private static void requireAsByLongDivision(BigInteger p, BigInteger q) {
        Divisor divisor = new Divisor(q);
        for (int bits : BITS) {
            Divisor.Bounds bounds = divisor.around(p, bits);
            assertThat(bounds.down()).isEqualByComparingTo(Dyad.down(p, q, bits));
            assertThat(bounds.up()).isEqualByComparingTo(Dyad.up(p, q, bits));
        }
    }

    @Property(tries = 300)
    void quotientsAreThoseOfLongDivision(
            @ForAll @IntRange(min = 0, max = 2000) int above,
            @ForAll @IntRange(min = 1, max = 2000) int below,
            @ForAll long seed) {
        Random random = new Random(seed);
        requireAsByLongDivision(new BigInteger(above, random), new BigInteger(below, random).setBit(below - 1));
    }

    /** Quotients that have few bits, and those that are off one of these by one part in the denominator. */
    @Property(tries = 300)
    void closeCallsAreThoseOfLongDivision(
            @ForAll @IntRange(min = 1, max = 135) int length,
            @ForAll @IntRange(min = 1, max = 600) int below,
            @ForAll @IntRange(min = -400, max = 400) int shift,
            @ForAll long seed) {
        Random random = new Random(seed);
        BigInteger q = new BigInteger(below, random).setBit(below - 1);
        BigInteger scaled = q.shiftLeft(Math.max(0, -shift));
        BigInteger exact = q.multiply(new BigInteger(length, random).setBit(0)).shiftLeft(Math.max(0, shift));
        requireAsByLongDivision(exact, scaled);
        requireAsByLongDivision(exact.add(BigInteger.ONE), scaled);
        requireAsByLongDivision(exact.subtract(BigInteger.ONE), scaled);
    }

    @Test
    void theEndsOfTheRangeAreThoseOfLongDivision() {
        BigInteger three = BigInteger.valueOf(3);
        for (int exponent = Dyad.FLOOR - 700; exponent < Dyad.FLOOR + 700; exponent += 100) {
            requireAsByLongDivision(BigInteger.ONE, three.shiftLeft(exponent));
            requireAsByLongDivision(BigInteger.ONE.shiftLeft(exponent), three);
        }
        assertThatThrownBy(() -> new Divisor(BigInteger.ONE).around(BigInteger.ONE.shiftLeft(Dyad.CEILING), 64))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Divisor(BigInteger.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
