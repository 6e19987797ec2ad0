package org.loopcert.exact;

import java.math.BigInteger;

/**
 * Integers as balanced digits of base 2^24 in double arrays, least significant first, and the loops on them.
 *
 * <p>All doubles here are integers of at most 2^53 in size, and so is every sum that is formed of them: all arithmetic is
 * exact. A digit is <em>reduced</em> if its size is at most 2^23 + 2^12, and the digits of a coefficient are at most 2^23,
 * so that {@link #TERMS} + 1 products of the two and a rest of 2^24 add up to less than 2^53.
 *
 * <p>The loops have the form that the compiler of Java 17 turns into vector instructions: every array is indexed by the
 * loop variable itself, and a body holds at most six products.
 */
final class Digits {
    static final int BITS = 24;

    /** How many products of a coefficient's digit and a reduced digit may be added up before carries are taken out. */
    static final int TERMS = 126;

    /** Largest size of a reduced digit. */
    static final int REDUCED = (1 << 23) + (1 << 12);

    private static final double BASE = 0x1p24;
    private static final double INVERSE_BASE = 0x1p-24;

    /** Adding this and subtracting it again rounds a number below 2^51 to an integer. */
    private static final double TO_INTEGER = 0x1.8p52;

    private static final int WARM_UP_LOOPS = 1_000;
    private static final int WARM_UP_DIGITS = 512;

    static {
        // the compiler chooses the width of vectors by the lengths it has seen, and a replay begins with short ones
        double[][] zeros = new double[5][WARM_UP_DIGITS];
        for (int k = 0; k < WARM_UP_LOOPS; k++) {
            multiplyAdd(zeros[0], zeros[1], zeros[2], zeros[3], zeros[4], 1, 1, 1, 1, 1, 1, 0, WARM_UP_DIGITS);
        }
    }

    private Digits() {}

    /** How many balanced digits an integer of this bit length (the sign not counted) needs at most. */
    static int count(long bits) {
        return Math.toIntExact((bits + 1) / BITS + 1);
    }

    /**
     * The next length that makes an array, with its header of 16 bytes, a multiple of 64 bytes long: arrays that lie one
     * after the other then all have their cache lines at the same places, which vector instructions are faster on.
     */
    static int padded(int length) {
        return Math.addExact(length, Math.floorMod(6 - length, 8));
    }

    /** Writes the digits of an integer from offset on, each in [-2^23, 2^23), and returns how many they are. */
    static int write(BigInteger value, double[] to, int offset) {
        byte[] bytes = value.toByteArray();
        int sign = value.signum() < 0 ? 0xff : 0;
        int digits = count(value.bitLength());
        int carry = 0;
        for (int k = 0; k < digits; k++) {
            int at = bytes.length - 1 - 3 * k;
            int digit = carry + (at >= 0 ? bytes[at] & 0xff : sign);
            digit += (at >= 1 ? bytes[at - 1] & 0xff : sign) << 8;
            digit += (at >= 2 ? bytes[at - 2] & 0xff : sign) << 16;
            carry = digit >> (BITS - 1) == 0 ? 0 : 1;
            to[offset + k] = digit - (carry << BITS);
        }
        return digits;
    }

    /** The integer that digits of at most 2^53 stand for. */
    static BigInteger read(double[] from, int length) {
        byte[] bytes = new byte[3 * length + Long.BYTES];
        long carry = 0;
        int at = bytes.length;
        for (int k = 0; k < length; k++) {
            carry += (long) from[k];
            for (int b = 0; b < 3; b++) {
                bytes[--at] = (byte) carry;
                carry >>= Byte.SIZE;
            }
        }
        while (at > 0) {
            bytes[--at] = (byte) carry;
            carry >>= Byte.SIZE;
        }
        return new BigInteger(bytes);
    }

    /** The number of digits without zeros at the top, at most length. */
    static int trimmed(double[] digits, int length) {
        int top = length;
        while (top > 0 && digits[top - 1] == 0) {
            top--;
        }
        return top;
    }

    /** a += a0 x + a1 y, b += b0 x + b1 y, c += c0 x + c1 y at the places from, ..., to - 1. */
    static void multiplyAdd(
            double[] a,
            double[] b,
            double[] c,
            double[] x,
            double[] y,
            double a0,
            double a1,
            double b0,
            double b1,
            double c0,
            double c1,
            int from,
            int to) {
        for (int l = from; l < to; l++) {
            double u = x[l];
            double v = y[l];
            a[l] = Math.fma(a0, u, Math.fma(a1, v, a[l]));
            b[l] = Math.fma(b0, u, Math.fma(b1, v, b[l]));
            c[l] = Math.fma(c0, u, Math.fma(c1, v, c[l]));
        }
    }

    /** a += a0 x. */
    static void multiplyAdd(double[] a, double[] x, double a0, int from, int to) {
        for (int l = from; l < to; l++) {
            a[l] = Math.fma(a0, x[l], a[l]);
        }
    }

    /** a += a0 x, the digits from, ..., to - 1 of x so many places higher. */
    static void multiplyAdd(double[] a, double[] x, double a0, int places, int from, int to, double[] shifted) {
        if (places == 0) {
            multiplyAdd(a, x, a0, from, to); // and the first number of the shifted ones stays zero, see reduce
        } else {
            System.arraycopy(x, from, shifted, from + places, to - from);
            multiplyAdd(a, shifted, a0, from + places, to + places);
        }
    }

    static void add(double[] a, double[] x, int from, int to) {
        for (int l = from; l < to; l++) {
            a[l] += x[l];
        }
    }

    /**
     * Takes the carries, which belong one place higher, out of digits below 2^53; rests of at most 2^23 stay. The rounded
     * quotient is exact after one rounding of the fma, and so is the rest, being below 2^53.
     */
    static void takeCarries(double[] digits, double[] carries, int from, int to) {
        for (int l = from; l < to; l++) {
            double digit = digits[l];
            double carry = Math.fma(digit, INVERSE_BASE, TO_INTEGER) - TO_INTEGER;
            carries[l] = carry;
            digits[l] = Math.fma(carry, -BASE, digit);
        }
    }

    /** Adds the carries from below and takes new ones out. */
    private static void passCarries(double[] digits, double[] below, double[] carries, int from, int to) {
        for (int l = from; l < to; l++) {
            double digit = digits[l] + below[l];
            double carry = Math.fma(digit, INVERSE_BASE, TO_INTEGER) - TO_INTEGER;
            carries[l] = carry;
            digits[l] = Math.fma(carry, -BASE, digit);
        }
    }

    /**
     * Reduces digits below 2^53 in size. The first carries are at most 2^29, those of the second round at most 2^5 + 1.
     *
     * @param length how many there are; two places more are written
     * @param carries room for length + 2 numbers
     * @param shifted room for length + 3 numbers, the first of which is zero and stays so
     */
    static void reduce(double[] digits, int length, double[] carries, double[] shifted) {
        takeCarries(digits, carries, 0, length);
        System.arraycopy(carries, 0, shifted, 1, length);
        passCarries(digits, shifted, carries, 0, length + 1);
        System.arraycopy(carries, 0, shifted, 1, length + 1);
        add(digits, shifted, 0, length + 2);
    }
}
