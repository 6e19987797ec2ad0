package org.loopcert.ring;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.Objects;

/**
 * The number mantissa * 2^exponent. Canonical: the mantissa is odd, or zero with exponent zero; any
 * other spelling is brought to this form at construction.
 *
 * @param mantissa the odd part with its sign
 * @param exponent the power of two
 */
public record Dyadic(BigInteger mantissa, int exponent) implements Comparable<Dyadic> {
    /** Zero. */
    public static final Dyadic ZERO = new Dyadic(BigInteger.ZERO, 0);

    /** One. */
    public static final Dyadic ONE = new Dyadic(BigInteger.ONE, 0);

    private static final int BINARY64_LEAST_EXPONENT = -1074;

    /**
     * Brings the number to canonical form.
     *
     * @throws ArithmeticException if the exponent leaves the range of an int
     */
    public Dyadic {
        Objects.requireNonNull(mantissa, "mantissa");
        if (mantissa.signum() == 0) {
            exponent = 0;
        } else {
            int twos = mantissa.getLowestSetBit();
            if (twos > 0) {
                mantissa = mantissa.shiftRight(twos);
                exponent = Math.addExact(exponent, twos);
            }
        }
    }

    /** The integer as a dyadic. */
    public static Dyadic of(BigInteger value) {
        return new Dyadic(value, 0);
    }

    /**
     * The exact value of a binary64 number; both zeros give zero.
     *
     * @throws ArithmeticException on NaN and infinities
     */
    public static Dyadic of(double value) {
        if (!Double.isFinite(value)) {
            throw new ArithmeticException("dyadics: expected a finite binary64 number, got " + value);
        }
        long bits = Double.doubleToRawLongBits(value);
        int biased = (int) ((bits >>> 52) & 0x7ff);
        long fraction = bits & 0xf_ffff_ffff_ffffL;
        long magnitude = biased == 0 ? fraction : fraction | 0x10_0000_0000_0000L;
        int power = BINARY64_LEAST_EXPONENT + (biased == 0 ? 0 : biased - 1);
        return new Dyadic(BigInteger.valueOf(bits < 0 ? -magnitude : magnitude), power);
    }

    /** The same number as a reduced fraction. */
    public BigRational toRational() {
        return exponent >= 0
                ? BigRational.valueOf(mantissa.shiftLeft(exponent))
                : RationalField.of(mantissa, BigInteger.ONE.shiftLeft(Math.negateExact(exponent)));
    }

    /** The sign: -1, 0 or 1. */
    public int signum() {
        return mantissa.signum();
    }

    /** The sum, exact: as many bits as lie between the highest and the lowest bit of both. */
    public Dyadic add(Dyadic other) {
        if (signum() == 0) {
            return other;
        }
        if (other.signum() == 0) {
            return this;
        }
        int least = Math.min(exponent, other.exponent);
        return new Dyadic(at(least).add(other.at(least)), least);
    }

    /** The additive inverse. */
    public Dyadic negate() {
        return new Dyadic(mantissa.negate(), exponent);
    }

    /** The product, exact. */
    public Dyadic multiply(Dyadic other) {
        if (signum() == 0 || other.signum() == 0) {
            return ZERO;
        }
        return new Dyadic(mantissa.multiply(other.mantissa), Math.addExact(exponent, other.exponent));
    }

    /** The greatest number of at most {@code bits} mantissa bits that is not above this one. */
    public Dyadic roundDown(int bits) {
        requireBits(bits);
        int drop = mantissa.bitLength() - bits;
        // shiftRight is the floor, for negative mantissas too
        return drop <= 0 ? this : new Dyadic(mantissa.shiftRight(drop), Math.addExact(exponent, drop));
    }

    /** The least number of at most {@code bits} mantissa bits that is not below this one. */
    public Dyadic roundUp(int bits) {
        return negate().roundDown(bits).negate();
    }

    /**
     * A dyadic of at most {@code bits} mantissa bits that is not above numerator / denominator,
     * within one unit in its last place.
     *
     * @throws ArithmeticException if the denominator is zero
     */
    public static Dyadic quotientDown(BigInteger numerator, BigInteger denominator, int bits) {
        requireBits(bits);
        if (denominator.signum() == 0) {
            throw new ArithmeticException("dyadics: expected a nonzero divisor, got 0");
        }
        BigInteger p = denominator.signum() < 0 ? numerator.negate() : numerator;
        BigInteger q = denominator.abs();
        int shift = Math.max(0, Math.addExact(bits + 1, q.bitLength() - p.bitLength()));
        BigInteger[] quotient = p.shiftLeft(shift).divideAndRemainder(q);
        BigInteger floor = quotient[1].signum() < 0 ? quotient[0].subtract(BigInteger.ONE) : quotient[0];
        return new Dyadic(floor, -shift).roundDown(bits);
    }

    /** As {@link #quotientDown}, not below the quotient. */
    public static Dyadic quotientUp(BigInteger numerator, BigInteger denominator, int bits) {
        return quotientDown(numerator.negate(), denominator, bits).negate();
    }

    @Override
    public int compareTo(Dyadic other) {
        if (signum() != other.signum()) {
            return Integer.compare(signum(), other.signum());
        }
        if (signum() == 0) {
            return 0;
        }
        // different magnitudes are told apart without shifting by a possibly huge exponent
        long top = (long) mantissa.abs().bitLength() + exponent;
        long otherTop = (long) other.mantissa.abs().bitLength() + other.exponent;
        if (top != otherTop) {
            return signum() * Long.compare(top, otherTop);
        }
        int least = Math.min(exponent, other.exponent);
        return at(least).compareTo(other.at(least));
    }

    private BigInteger at(int least) {
        return mantissa.shiftLeft(Math.subtractExact(exponent, least));
    }

    private static void requireBits(int bits) {
        if (bits < 2) {
            throw new IllegalArgumentException("expected a precision of at least 2 bits, got " + bits);
        }
    }

    @Override
    public String toString() {
        return exponent == 0 ? mantissa.toString() : mantissa + "*2^" + exponent;
    }
}
