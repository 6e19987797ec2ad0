package org.loopcert.drift;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import org.loopcert.ring.RationalField;

/**
 * The rounding format binary64 of IEEE 754-2019: correct rounding of exact rationals, exact values,
 * units in the last place and hexadecimal literals. Integers decide everything.
 */
public final class Binary64 {
    /** The number of significant bits. */
    public static final int PRECISION = 53;

    /** The exponent of the smallest positive (subnormal) number. */
    public static final int MINIMUM_EXPONENT = -1074;

    /** The exponent of the largest binade. */
    public static final int MAXIMUM_EXPONENT = 1023;

    private Binary64() {}

    /**
     * The nearest double, ties to even; an infinity of the right sign where rounding overflows, and
     * +0 for values that round to zero from either side of it (a rational has no sign of zero).
     */
    public static double nearest(BigRational value) {
        BigRational reduced = RationalField.canonical(value);
        return nearest(reduced.getNumeratorBigInteger(), reduced.getDenominatorBigInteger());
    }

    static double nearest(BigInteger numerator, BigInteger denominator) {
        if (numerator.signum() == 0) {
            return 0.0;
        }
        BigInteger p = numerator.abs();
        int exponent = ulpExponent(p, denominator);
        BigInteger n = exponent < 0 ? p.shiftLeft(-exponent) : p;
        BigInteger d = exponent > 0 ? denominator.shiftLeft(exponent) : denominator;
        BigInteger[] parts = n.divideAndRemainder(d);
        int half = parts[1].shiftLeft(1).compareTo(d);
        BigInteger mantissa = parts[0];
        if (half > 0 || half == 0 && mantissa.testBit(0)) {
            mantissa = mantissa.add(BigInteger.ONE);
        }
        if (mantissa.bitLength() + (long) exponent > MAXIMUM_EXPONENT + 1) {
            return numerator.signum() < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (mantissa.signum() == 0) {
            return 0.0;
        }
        // at most 53 bits (or 2^53) and an exponent of at least -1074: both conversions are exact
        double result = Math.scalb((double) mantissa.longValueExact(), exponent);
        return numerator.signum() < 0 ? -result : result;
    }

    /**
     * The exact value of a finite double, reduced.
     *
     * @throws IllegalArgumentException for an infinity or a NaN
     */
    public static BigRational exact(double value) {
        return Dyad.of(value).toRational();
    }

    /**
     * The unit in the last place of an exact value: 2^max(floor(log2 |value|) - 52, -1074), and
     * 2^-1074 at zero. Beyond the largest double the exponents go on as if unbounded.
     */
    public static BigRational ulp(BigRational value) {
        BigRational reduced = RationalField.canonical(value);
        return Dyad.powerOfTwo(ulpExponent(reduced.getNumeratorBigInteger().abs(), reduced.getDenominatorBigInteger()))
                .toRational();
    }

    /** The exponent of the unit in the last place of a nonnegative quotient. */
    static int ulpExponent(BigInteger numerator, BigInteger denominator) {
        if (numerator.signum() == 0) {
            return MINIMUM_EXPONENT;
        }
        int log = numerator.bitLength() - denominator.bitLength();
        boolean below = log >= 0
                ? numerator.compareTo(denominator.shiftLeft(log)) < 0
                : numerator.shiftLeft(-log).compareTo(denominator) < 0;
        return Math.max((below ? log - 1 : log) - (PRECISION - 1), MINIMUM_EXPONENT);
    }

    /** The hexadecimal literal of C99 and Java, for instance {@code 0x1.8p0}. */
    public static String toHex(double value) {
        return Double.toHexString(value);
    }
}
