package org.loopcert.drift;

import java.math.BigInteger;
import java.util.Optional;

/**
 * Numbers that are not negative and have at most 64 bits, as {@link Dyad} has them after rounding, in primitive arrays:
 * number i is bits[i] 2^exponents[i], where bits[i] is unsigned and begins with a one, or 0.
 */
record Positives(long[] bits, int[] exponents) {
    private static final int WORD = Long.SIZE;

    /** The numbers; empty if one of them is longer. */
    static Optional<Positives> of(Dyad[] values) {
        Positives result = new Positives(new long[values.length], new int[values.length]);
        for (int i = 0; i < values.length; i++) {
            BigInteger mantissa = values[i].mantissa();
            if (mantissa.signum() == 0) {
                continue;
            }
            int excess = mantissa.bitLength() - WORD;
            if (mantissa.signum() < 0 || excess > mantissa.getLowestSetBit()) {
                return Optional.empty();
            }
            result.bits[i] = mantissa.shiftRight(excess).longValue();
            result.exponents[i] = Math.addExact(values[i].exponent(), excess);
        }
        return Optional.of(result);
    }

    Dyad get(int i) {
        if (bits[i] == 0) {
            return Dyad.ZERO;
        }
        BigInteger low = BigInteger.valueOf(bits[i] & Long.MAX_VALUE);
        return new Dyad(bits[i] < 0 ? low.setBit(WORD - 1) : low, exponents[i]);
    }

    /**
     * Adds left_j right_j for one number after the other to the number at a place, and after each of them rounds up to 64
     * bits as {@link Dyad#up} does.
     *
     * @param from the first of left's numbers
     * @param first the first of right's numbers, which are all used from there on
     * @throws ArithmeticException if a sum is beyond 2^{@value Dyad#CEILING}
     */
    void addProducts(int at, Positives left, int from, Positives right, int first) {
        long sum = bits[at];
        int exponent = exponents[at];
        for (int j = first; j < right.bits.length; j++) {
            long a = left.bits[from + j];
            long b = right.bits[j];
            if (a == 0 || b == 0) {
                continue;
            }
            boolean inexact = false;
            // the unsigned product has its highest bit in one of the two highest places
            long high = Math.multiplyHigh(a, b) + (a >> WORD - 1 & b) + (b >> WORD - 1 & a);
            long low = a * b;
            int scale = left.exponents[from + j] + right.exponents[j];
            if (sum != 0) {
                // of two numbers of 128 places the one with the larger exponent is the larger, or half of it at least
                int off = exponent - WORD - scale;
                boolean beyond;
                if (off >= 0) {
                    inexact = isCut(high, low, off);
                    low = shifted(high, low, off);
                    high = off < WORD ? high >>> off : 0;
                    scale += off;
                    high += sum;
                    exponent = scale;
                    beyond = Long.compareUnsigned(high, sum) < 0;
                } else {
                    inexact = isCut(sum, 0, -off);
                    long least = shifted(sum, 0, -off);
                    long most = -off < WORD ? sum >>> -off : 0;
                    low += least;
                    long carry = Long.compareUnsigned(low, least) < 0 ? 1 : 0;
                    // below 2^64 both times, since the shift is at least by one place
                    long before = high;
                    high += most + carry;
                    exponent = scale;
                    beyond = Long.compareUnsigned(high, before) < 0;
                }
                if (beyond) {
                    inexact |= (low & 1) != 0;
                    low = high << WORD - 1 | low >>> 1;
                    high = high >>> 1 | Long.MIN_VALUE;
                    exponent++;
                }
            } else {
                exponent = scale;
            }
            if (high >= 0) {
                high = high << 1 | low >>> WORD - 1;
                low <<= 1;
                exponent--;
            }
            exponent += WORD;
            sum = high;
            int magnitude = exponent + WORD;
            if (magnitude > Dyad.CEILING) {
                throw Dyad.beyond(magnitude);
            }
            if (magnitude <= -Dyad.FLOOR) {
                sum = Long.MIN_VALUE;
                exponent = -Dyad.FLOOR - (WORD - 1);
            } else if (low != 0 || inexact) {
                sum++;
                if (sum == 0) {
                    sum = Long.MIN_VALUE;
                    exponent++;
                }
            }
        }
        bits[at] = sum;
        exponents[at] = exponent;
    }

    /** The lower word of 128 places shifted right. */
    private static long shifted(long high, long low, int places) {
        if (places == 0) {
            return low;
        }
        if (places < WORD) {
            return low >>> places | high << WORD - places;
        }
        return places < 2 * WORD ? high >>> places - WORD : 0;
    }

    /** Whether such a shift loses ones. */
    private static boolean isCut(long high, long low, int places) {
        if (places == 0) {
            return false;
        }
        if (places < WORD) {
            return low << WORD - places != 0;
        }
        boolean lower = low != 0;
        if (places == WORD) {
            return lower;
        }
        return places < 2 * WORD ? lower || high << 2 * WORD - places != 0 : lower || high != 0;
    }
}
