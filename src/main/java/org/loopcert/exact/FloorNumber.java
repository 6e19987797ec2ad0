package org.loopcert.exact;

import java.math.BigInteger;

/**
 * A lower bound m 2^e of a nonnegative number, m of at most 64 bits: products of many factors stay short. Each rounding
 * takes off at most a part in 2^63.
 */
record FloorNumber(BigInteger mantissa, long exponent) {
    private static final int BITS = 64;

    /** The largest such number not above the fraction, which is not negative. */
    static FloorNumber of(Fraction value) {
        if (value.signum() < 0) {
            throw new IllegalArgumentException("expected a number of at least zero, got " + value);
        }
        int shift = BITS + value.denominator().bitLength() - value.numerator().bitLength();
        BigInteger quotient = shift >= 0
                ? value.numerator().shiftLeft(shift).divide(value.denominator())
                : value.numerator().divide(value.denominator().shiftLeft(-shift));
        return shortened(quotient, -(long) shift);
    }

    FloorNumber multiply(FloorNumber other) {
        return shortened(mantissa.multiply(other.mantissa), exponent + other.exponent);
    }

    /** Whether n 2^f &lt;= this number. */
    boolean isAtLeast(BigInteger n, long f) {
        if (n.signum() == 0) {
            return true;
        }
        // compared by the places of the top bits first, so that no shift is long
        long top = n.bitLength() + f;
        long own = mantissa.bitLength() + exponent;
        if (mantissa.signum() == 0 || top != own) {
            return mantissa.signum() > 0 && top < own;
        }
        long shift = f - exponent;
        return shift >= 0
                ? n.shiftLeft(Math.toIntExact(shift)).compareTo(mantissa) <= 0
                : n.compareTo(mantissa.shiftLeft(Math.toIntExact(-shift))) <= 0;
    }

    private static FloorNumber shortened(BigInteger mantissa, long exponent) {
        int excess = Math.max(0, mantissa.bitLength() - BITS);
        return new FloorNumber(mantissa.shiftRight(excess), exponent + excess);
    }
}
