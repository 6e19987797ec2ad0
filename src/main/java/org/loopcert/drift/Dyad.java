package org.loopcert.drift;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import org.loopcert.ring.RationalField;

/**
 * A number mantissa * 2^exponent, with exact operations and directed rounding to a number of bits.
 * It keeps the bounds of this package short: a sum over a million steps stays at a fixed size.
 *
 * <p>Directed rounding never leaves [2^-{@value #FLOOR}, 2^{@value #CEILING}]: smaller magnitudes
 * are rounded outward to zero or to the floor, larger ones are refused, so that aligning two
 * exponents can never demand an absurd amount of memory.
 */
record Dyad(BigInteger mantissa, int exponent) implements Comparable<Dyad> {
    static final int FLOOR = 1 << 16;
    static final int CEILING = 1 << 22;
    static final Dyad ZERO = new Dyad(BigInteger.ZERO, 0);
    static final Dyad ONE = new Dyad(BigInteger.ONE, 0);

    /** The exact value of a finite double. */
    static Dyad of(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("expected a finite double, got " + value);
        }
        long bits = Double.doubleToRawLongBits(value);
        int biased = (int) ((bits >>> 52) & 0x7ff);
        long fraction = bits & 0xfffffffffffffL;
        long magnitude = biased == 0 ? fraction : fraction | 0x10000000000000L;
        return new Dyad(BigInteger.valueOf(bits < 0 ? -magnitude : magnitude), Math.max(biased, 1) - 1075);
    }

    static Dyad powerOfTwo(int exponent) {
        return new Dyad(BigInteger.ONE, exponent);
    }

    /** The quotient rounded toward plus infinity to the given number of bits. */
    static Dyad up(BigInteger numerator, BigInteger denominator, int bits) {
        return quotient(numerator, denominator, bits, true);
    }

    /** The quotient rounded toward minus infinity to the given number of bits. */
    static Dyad down(BigInteger numerator, BigInteger denominator, int bits) {
        return quotient(numerator, denominator, bits, false);
    }

    static Dyad up(BigRational value, int bits) {
        BigRational reduced = RationalField.canonical(value);
        return up(reduced.getNumeratorBigInteger(), reduced.getDenominatorBigInteger(), bits);
    }

    static Dyad down(BigRational value, int bits) {
        BigRational reduced = RationalField.canonical(value);
        return down(reduced.getNumeratorBigInteger(), reduced.getDenominatorBigInteger(), bits);
    }

    private static Dyad quotient(BigInteger numerator, BigInteger denominator, int bits, boolean upward) {
        if (denominator.signum() <= 0) {
            throw new IllegalArgumentException("expected a positive denominator, got " + denominator);
        }
        // one bit more than asked, so that the second rounding sees at least the wanted length
        int shift = bits + 1 - (numerator.bitLength() - denominator.bitLength());
        BigInteger n = shift > 0 ? numerator.shiftLeft(shift) : numerator;
        BigInteger d = shift < 0 ? denominator.shiftLeft(-shift) : denominator;
        BigInteger[] parts = n.divideAndRemainder(d);
        BigInteger q = parts[0];
        if (parts[1].signum() > 0 && upward) {
            q = q.add(BigInteger.ONE);
        } else if (parts[1].signum() < 0 && !upward) {
            q = q.subtract(BigInteger.ONE);
        }
        return new Dyad(q, -shift).round(bits, upward);
    }

    /** The least number of at most the given bits that is not below this one. */
    Dyad up(int bits) {
        return round(bits, true);
    }

    /** The greatest number of at most the given bits that is not above this one. */
    Dyad down(int bits) {
        return round(bits, false);
    }

    private Dyad round(int bits, boolean upward) {
        if (mantissa.signum() == 0) {
            return ZERO;
        }
        long magnitude = (long) exponent + mantissa.bitLength();
        if (magnitude > CEILING) {
            throw beyond(magnitude);
        }
        if (magnitude <= -FLOOR) {
            if (upward == mantissa.signum() < 0) {
                return ZERO;
            }
            return new Dyad(BigInteger.valueOf(mantissa.signum()), -FLOOR);
        }
        int excess = mantissa.bitLength() - bits;
        if (excess <= 0) {
            return this;
        }
        // shiftRight of a BigInteger is a floor for both signs
        BigInteger floor = mantissa.shiftRight(excess);
        boolean inexact = mantissa.getLowestSetBit() < excess;
        return new Dyad(upward && inexact ? floor.add(BigInteger.ONE) : floor, Math.addExact(exponent, excess));
    }

    static ArithmeticException beyond(long magnitude) {
        return new ArithmeticException("expected a magnitude of at most 2^" + CEILING + ", got about 2^" + magnitude);
    }

    Dyad add(Dyad other) {
        if (mantissa.signum() == 0) {
            return other;
        }
        if (other.mantissa.signum() == 0) {
            return this;
        }
        int common = Math.min(exponent, other.exponent);
        return new Dyad(at(common).add(other.at(common)), common);
    }

    Dyad subtract(Dyad other) {
        return add(other.negate());
    }

    Dyad multiply(Dyad other) {
        return mantissa.signum() == 0 || other.mantissa.signum() == 0
                ? ZERO
                : new Dyad(mantissa.multiply(other.mantissa), Math.addExact(exponent, other.exponent));
    }

    Dyad negate() {
        return new Dyad(mantissa.negate(), exponent);
    }

    Dyad abs() {
        return mantissa.signum() < 0 ? negate() : this;
    }

    int signum() {
        return mantissa.signum();
    }

    /** The mantissa this number has over a smaller or equal exponent. */
    BigInteger at(int smallerExponent) {
        return mantissa.shiftLeft(Math.subtractExact(exponent, smallerExponent));
    }

    /** An upper bound of the square root, good to about the given number of bits. */
    Dyad sqrtUp(int bits) {
        if (mantissa.signum() < 0) {
            throw new ArithmeticException("expected a number that is not negative");
        }
        if (mantissa.signum() == 0) {
            return ZERO;
        }
        int shift = Math.max(0, 2 * bits + 2 - mantissa.bitLength());
        if (Math.floorMod(exponent - shift, 2) != 0) {
            shift++;
        }
        BigInteger[] root = mantissa.shiftLeft(shift).sqrtAndRemainder();
        BigInteger above = root[1].signum() == 0 ? root[0] : root[0].add(BigInteger.ONE);
        return new Dyad(above, (exponent - shift) / 2).up(bits);
    }

    static Dyad max(Dyad left, Dyad right) {
        return left.compareTo(right) >= 0 ? left : right;
    }

    static Dyad min(Dyad left, Dyad right) {
        return left.compareTo(right) <= 0 ? left : right;
    }

    @Override
    public int compareTo(Dyad other) {
        int signs = Integer.compare(signum(), other.signum());
        if (signs != 0 || signum() == 0) {
            return signs;
        }
        long left = (long) exponent + mantissa.bitLength();
        long right = (long) other.exponent + other.mantissa.bitLength();
        // for a negative number bitLength may be one short at a power of two: leave a margin
        if (Math.abs(left - right) > 1) {
            return (left > right) == (signum() > 0) ? 1 : -1;
        }
        int common = Math.min(exponent, other.exponent);
        return at(common).compareTo(other.at(common));
    }

    /** The exact value as a reduced rational. */
    BigRational toRational() {
        return exponent >= 0
                ? BigRational.valueOf(mantissa.shiftLeft(exponent))
                : RationalField.of(mantissa, BigInteger.ONE.shiftLeft(-exponent));
    }
}
