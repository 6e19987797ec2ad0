package org.loopcert.ring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.loopcert.exact.Fraction;

/** Denominators that are powers of two, or these times something short, are reduced as all others. */
class RationalFieldTest {
    @Property(tries = 200)
    void quotientsAreReduced(
            @ForAll long odd,
            @ForAll @IntRange(min = 0, max = 90) int above,
            @ForAll @IntRange(min = 0, max = 90) int e,
            @ForAll @IntRange(min = 0, max = 40) int bits) {
        BigInteger p = BigInteger.valueOf(odd).shiftLeft(above);
        BigInteger q = BigInteger.valueOf((odd >>> 1 & (1L << bits) - 1) + 1).shiftLeft(e);
        requireReduced(p, q);
    }

    @Property(tries = 200)
    void quotientsOfLongDenominatorsAreReduced(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 90) int above,
            @ForAll @IntRange(min = 0, max = 90) int e,
            @ForAll @IntRange(min = 0, max = 300) int bits) {
        Random random = new Random(seed);
        BigInteger shared = new BigInteger(bits, random).setBit(0);
        BigInteger p = new BigInteger(200, random).setBit(0).multiply(shared).shiftLeft(above);
        BigInteger q = new BigInteger(200, random).setBit(0).multiply(shared).shiftLeft(e);
        requireReduced(p, q);
        requireReduced(p.negate(), q);
    }

    @Property(tries = 100)
    void signsStandAboveTheLine(@ForAll @IntRange(min = 0, max = 90) int e, @ForAll long seed) {
        Random random = new Random(seed);
        BigInteger p = new BigInteger(90, random).add(BigInteger.ONE);
        BigInteger q = new BigInteger(90, random).add(BigInteger.ONE).shiftLeft(e);
        assertThat(RationalField.of(p, q.negate())).isEqualTo(RationalField.of(p.negate(), q));
        assertThat(RationalField.of(p.negate(), q.negate())).isEqualTo(RationalField.of(p, q));
    }

    private static void requireReduced(BigInteger p, BigInteger q) {
        BigInteger gcd = p.gcd(q);
        BigRational reduced = RationalField.of(p, q);
        assertThat(reduced.getNumeratorBigInteger()).isEqualTo(p.divide(gcd));
        assertThat(reduced.getDenominatorBigInteger()).isEqualTo(q.divide(gcd));
        BigRational canonical = RationalField.canonical(BigRational.valueOf(p, q));
        assertThat(canonical.getNumeratorBigInteger()).isEqualTo(p.divide(gcd));
        assertThat(canonical.getDenominatorBigInteger()).isEqualTo(q.divide(gcd));
        assertThat(canonical).isEqualTo(reduced);
        Fraction fraction = Fraction.of(p, q);
        assertThat(fraction.numerator()).isEqualTo(p.divide(gcd));
        assertThat(fraction.denominator()).isEqualTo(q.divide(gcd));
    }
}
