package org.loopcert.kernel;

import java.math.BigInteger;

/**
 * A nonnegative number mantissa * 2^exponent that keeps 128 bits and rounds in one direction, so
 * that long products stay short.
 */
record Rounded(BigInteger mantissa, long exponent, boolean up) {
    private static final int BITS = 128;

    static Rounded one(boolean up) {
        return new Rounded(BigInteger.ONE, 0, up);
    }

    /** This number times numerator/denominator >= 0, rounded. */
    Rounded times(BigInteger numerator, BigInteger denominator) {
        long shift = Math.max(0, denominator.bitLength() + (long) BITS - numerator.bitLength());
        BigInteger scaled = numerator.shiftLeft(Math.toIntExact(shift));
        BigInteger quotient = scaled.divide(denominator);
        if (up && !quotient.multiply(denominator).equals(scaled)) {
            quotient = quotient.add(BigInteger.ONE);
        }
        return normal(mantissa.multiply(quotient), Math.subtractExact(exponent, shift));
    }

    Rounded square() {
        return normal(mantissa.multiply(mantissa), Math.multiplyExact(exponent, 2L));
    }

    private Rounded normal(BigInteger value, long power) {
        if (value.signum() == 0) {
            return new Rounded(value, 0, up);
        }
        int excess = Math.max(0, value.bitLength() - BITS);
        BigInteger kept = value.shiftRight(excess);
        if (up && value.getLowestSetBit() < excess) {
            kept = kept.add(BigInteger.ONE);
        }
        return new Rounded(kept, Math.addExact(power, excess), up);
    }

    boolean below(Rounded other) {
        if (mantissa.signum() == 0 || other.mantissa.signum() == 0) {
            return mantissa.signum() < other.mantissa.signum();
        }
        long lengths = (mantissa.bitLength() + exponent) - (other.mantissa.bitLength() + other.exponent);
        if (lengths != 0) {
            return lengths < 0;
        }
        // equally long numbers of at most 129 kept bits: the exponents differ by at most 128
        long low = Math.min(exponent, other.exponent);
        BigInteger left = mantissa.shiftLeft(Math.toIntExact(exponent - low));
        return left.compareTo(other.mantissa.shiftLeft(Math.toIntExact(other.exponent - low))) < 0;
    }

    /** The exact value; numbers that round up are first raised to at least 2^-4096. */
    Fraction value(Limits.Meter meter) throws Refusal {
        if (exponent > 0) {
            meter.bits(exponent);
            return Fraction.of(mantissa.shiftLeft(Math.toIntExact(exponent)));
        }
        if (up && mantissa.bitLength() + exponent < -4096) {
            return Fraction.of(BigInteger.ONE, BigInteger.ONE.shiftLeft(4096)); // zero has the exponent 0
        }
        meter.bits(-exponent);
        return Fraction.of(mantissa, BigInteger.ONE.shiftLeft(Math.toIntExact(-exponent)));
    }
}
