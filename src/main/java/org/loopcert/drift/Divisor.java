package org.loopcert.drift;

import java.math.BigInteger;

/**
 * Divides many numbers by one, rounded as {@link Dyad#down(BigInteger, BigInteger, int)} and {@link Dyad#up(BigInteger,
 * BigInteger, int)} round, by one reciprocal of its leading bits; the long division is left for where those do not decide.
 */
final class Divisor {
    /** The most bits asked for. */
    private static final int MOST_BITS = 128;

    /** Leading bits that are looked at; they leave a quotient open once in 2^60 times, if it has more bits than asked for. */
    private static final int LEADING = MOST_BITS + 64;

    /** A bound of the error of a product of leading bits with the reciprocal, see {@link #around}. */
    private static final BigInteger ERROR = BigInteger.ONE.shiftLeft(LEADING + 2);

    /** Quotients within 2^-SAFE and 2^SAFE are far from the ends of what a {@link Dyad} is rounded to. */
    private static final int SAFE = Dyad.FLOOR - 2 * LEADING;

    private final BigInteger denominator;
    private final BigInteger reciprocal;

    /** Takes a positive denominator. */
    Divisor(BigInteger denominator) {
        if (denominator.signum() <= 0) {
            throw new IllegalArgumentException("expected a positive denominator, got " + denominator);
        }
        this.denominator = denominator;
        this.reciprocal = BigInteger.ONE.shiftLeft(2 * LEADING).divide(leading(denominator));
    }

    /** Two bounds of a quotient: the closest of a number of bits. */
    record Bounds(Dyad down, Dyad up) {}

    BigInteger denominator() {
        return denominator;
    }

    private static BigInteger leading(BigInteger value) {
        return value.shiftRight(value.bitLength() - LEADING);
    }

    /** Both bounds of numerator / denominator, for a numerator that is not negative and at most {@value #MOST_BITS} bits. */
    Bounds around(BigInteger numerator, int bits) {
        int scale = numerator.bitLength() - denominator.bitLength();
        if (numerator.signum() > 0 && bits <= MOST_BITS && Math.abs(scale) < SAFE) {
            // With N, D < 2^L leading bits, R the reciprocal and 0 <= e, d, r < 1, the quotient times 2^(2L - scale) is
            // (N + e) / (D + d) 2^(2L), where 2^(2L) / D = R + r and R <= 2^(L+1):
            // at most (N + 1)(R + 1) <= NR + 2^(L+2), at least NR (1 - 1/D) >= NR - 2^(L+2).
            BigInteger product = leading(numerator).multiply(reciprocal);
            BigInteger low = product.subtract(ERROR);
            BigInteger high = product.add(ERROR);
            int excess = low.bitLength() - bits;
            BigInteger floor = low.shiftRight(excess);
            if (floor.equals(high.shiftRight(excess)) && low.getLowestSetBit() < excess) {
                int exponent = excess + scale - 2 * LEADING;
                return new Bounds(new Dyad(floor, exponent), new Dyad(floor.add(BigInteger.ONE), exponent));
            }
        }
        return new Bounds(Dyad.down(numerator, denominator, bits), Dyad.up(numerator, denominator, bits));
    }
}
