package org.loopcert.exact;

import java.math.BigInteger;

/**
 * Upper bounds in doubles. Every operation is correctly rounded by IEEE 754, so that the next larger double of its
 * result is at least the true one; that holds where a result underflows too. Zero stays zero, and infinity bounds
 * everything. All arguments are at least 0.
 */
final class Upward {
    private Upward() {}

    static double add(double a, double b) {
        if (a == 0 || b == 0) {
            return a + b;
        }
        return Math.nextUp(a + b);
    }

    /** At least a b; 0 if one factor is 0, since bounds of infinity belong to finite numbers. */
    static double multiply(double a, double b) {
        return a == 0 || b == 0 ? 0 : Math.nextUp(a * b);
    }

    static double sqrt(double a) {
        return a == 0 ? 0 : Math.nextUp(Math.sqrt(a));
    }

    /** At least a 2^exponent. */
    static double scale(double a, long exponent) {
        if (a == 0) {
            return 0;
        }
        // beyond 2^2200 every finite double over- or underflows
        int shift = (int) Math.max(-2_200, Math.min(2_200, exponent));
        double scaled = Math.scalb(a, shift);
        // a power of two is exact unless the result is subnormal
        return scaled < Double.MIN_NORMAL ? Math.nextUp(scaled) : scaled;
    }

    /** At least the exact sum of n nonnegative doubles that was added up in any order, n below 2^20. */
    static double sum(double computed) {
        // n additions err by at most n 2^-53 relatively, and so do the products in them
        return computed * (1 + 0x1p-30);
    }

    /** At least a rational number; infinity beyond the doubles. */
    static double of(Fraction value) {
        if (value.signum() == 0) {
            return 0;
        }
        int shift = 60 - value.numerator().bitLength() + value.denominator().bitLength();
        BigInteger p = shift > 0 ? value.numerator().shiftLeft(shift) : value.numerator();
        BigInteger q = shift < 0 ? value.denominator().shiftLeft(-shift) : value.denominator();
        // at most 2^61, and rounded to the nearest double
        return scale(Math.nextUp((double) p.divide(q).add(BigInteger.ONE).longValueExact()), -shift);
    }

    /** An integer e with a at most 2^e. */
    static long exponent(double a) {
        return Math.getExponent(a) + 1L;
    }
}
