package org.loopcert.exact;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Rationals brought to their least common denominator. Powers of two, the denominators of doubles,
 * are kept as exponents and take shifts alone.
 */
final class CommonDenominator {
    private final BigInteger[] numerators; // in lowest terms
    private final BigInteger[] odds; // odd parts of the denominators
    private final int[] twos; // exponents of two in the denominators
    private int count;
    private BigInteger odd = BigInteger.ONE;
    private int two;

    CommonDenominator(int capacity) {
        this.numerators = new BigInteger[capacity];
        this.odds = new BigInteger[capacity];
        this.twos = new int[capacity];
    }

    /** Adds a rational, the next in order. */
    void add(BigRational value) {
        BigDecimal above = value.getNumerator();
        BigDecimal below = value.getDenominator();
        BigInteger p;
        BigInteger q;
        if (above.scale() == 0 && below.scale() == 0 && isPowerOfTwo(q = below.toBigInteger())) {
            p = above.toBigInteger();
            int exponent = q.bitLength() - 1;
            int shared = p.signum() == 0 ? exponent : Math.min(exponent, p.getLowestSetBit());
            add(p.shiftRight(shared), BigInteger.ONE, exponent - shared);
            return;
        }
        add(Fraction.of(value));
    }

    /** As {@link #add(BigRational)}. */
    void add(Fraction fraction) {
        BigInteger q = fraction.denominator();
        int exponent = q.getLowestSetBit();
        add(fraction.numerator(), q.shiftRight(exponent), exponent);
    }

    private static boolean isPowerOfTwo(BigInteger q) {
        return q.signum() > 0 && q.bitCount() == 1;
    }

    private void add(BigInteger numerator, BigInteger oddPart, int exponent) {
        numerators[count] = numerator;
        odds[count] = oddPart;
        twos[count] = exponent;
        count++;
        two = Math.max(two, exponent);
        if (!oddPart.equals(odd) && !oddPart.equals(BigInteger.ONE)) {
            odd = ScaledVector.lcm(odd, oddPart);
        }
    }

    /** The least common denominator of what was added. */
    BigInteger denominator() {
        return odd.shiftLeft(two);
    }

    /** The numerator of a rational over the common denominator, by its place in the order. */
    BigInteger numerator(int i) {
        BigInteger scaled = numerators[i].shiftLeft(two - twos[i]);
        return odds[i].equals(odd) ? scaled : scaled.multiply(odd.divide(odds[i]));
    }
}
