package org.loopcert.exact;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Integers as balanced digits of base 2^23 in double arrays, least significant first, two digits to a <em>place</em> of base
 * 2^46: the low digits in one array, the high digits in another. And the loops on them.
 *
 * <p>Place l has the index {@link #FRONT} + l. What lies in front is always zero, so that loops may begin there, where
 * vectors do (see {@link Room}).
 *
 * <p>All doubles here are integers of at most 2^53 in size, and so is every sum that is formed of them: all arithmetic is
 * exact. A digit is <em>reduced</em> if its size is at most {@link #REDUCED}.
 *
 * <p>The loops have the form that the compiler of Java 17 turns into vector instructions: every array is indexed by the
 * loop variable itself, and a body holds at most eight products.
 */
final class Digits {
    static final int BITS = 23;

    static final int PLACE_BITS = 2 * BITS;

    /** The index of the lowest place in every array. */
    static final int FRONT = 8;

    /** So many zeros a loop may read and write beyond the places that it is about. */
    private static final int BEYOND = 16;

    /** Largest size of a reduced digit. */
    static final int REDUCED = (1 << 22) + (1 << 9);

    /** No sum may be larger: it and a carry, of at most 2^30, are a double. */
    static final long LARGEST = (1L << 53) - (1L << 30);

    /** Largest size of a digit after one round of carries. */
    static final long CARRIED = (1L << 30) + REDUCED;

    private static final double BASE = 0x1p23;
    private static final double INVERSE_BASE = 0x1p-23;

    /** Adding this and subtracting it again rounds a number below 2^51 to an integer. */
    private static final double TO_INTEGER = 0x1.8p52;

    private static final int WARM_UP_LOOPS = 1_000;
    private static final int WARM_UP_PLACES = 512;

    /** Shorter products have a loop of their own, so that those of {@link #multiplyAdd} are always seen to be long. */
    private static final int SHORT = 24;

    static {
        // the compiler chooses the width of vectors by the lengths it has seen, and a replay begins with short ones
        double[][] zeros = new double[6][WARM_UP_PLACES];
        double[] a = zeros[0];
        double[] b = zeros[1];
        double[] c = zeros[2];
        double[] d = zeros[3];
        double[] x = zeros[4];
        double[] y = zeros[5];
        int to = WARM_UP_PLACES - 2;
        for (int k = 0; k < WARM_UP_LOOPS; k++) {
            multiplyAdd(a, b, c, d, x, y, 1, 1, 1, 1, 1, 1, 1, 1, 0, to);
            multiply(a, b, c, d, x, y, 1, 1, 1, 1, 1, 1, 1, 1, 0, to);
            interpolateAdd(a, b, c, d, x, y, 0, to);
            prepareReduction(a, b, 0, to, x, y);
            addCarries(a, b, y, c, d, 0, to);
        }
    }

    private Digits() {}

    /** How many balanced digits an integer of this bit length (the sign not counted) needs at most. */
    static int count(long bits) {
        return Math.toIntExact((bits + 1) / BITS + 1);
    }

    /** How many places an integer of this bit length (the sign not counted) needs at most. */
    static int places(long bits) {
        return count(bits) / 2 + 1;
    }

    /**
     * How long arrays for so many places are. With its header of 16 bytes an array is a multiple of 64 bytes long: arrays
     * that lie one after the other then all have their cache lines at the same places, which vector instructions are faster
     * on.
     */
    static int capacity(int places) {
        int length = Math.addExact(places, FRONT + BEYOND);
        return Math.addExact(length, Math.floorMod(6 - length, 8));
    }

    /** The digits of an integer, each in [-2^22, 2^22), without zeros at the top. */
    static double[] of(BigInteger value) {
        double[] digits = new double[count(value.bitLength())];
        BalancedDigits.write(value, 0, BITS, digits.length, digits, 0, 1);
        int top = digits.length;
        while (top > 0 && digits[top - 1] == 0) {
            top--;
        }
        return top == digits.length ? digits : Arrays.copyOf(digits, top);
    }

    /** Writes an integer's digits from place offset on, and returns how many places they take. */
    static int write(BigInteger value, double[] low, double[] high, int offset) {
        double[] digits = of(value);
        for (int k = 0; k < digits.length; k++) {
            ((k & 1) == 0 ? low : high)[FRONT + offset + k / 2] = digits[k];
        }
        return (digits.length + 1) / 2;
    }

    /** The integer that digits of at most 2^53 stand for. */
    static BigInteger read(double[] low, double[] high, int places) {
        BalancedDigits.Sum sum = new BalancedDigits.Sum(BITS, 2 * places);
        for (int l = FRONT; l < FRONT + places; l++) {
            sum.add((long) low[l]);
            sum.add((long) high[l]);
        }
        return sum.value();
    }

    /** Whether two numbers are equal whose digits differ by less than 2^53. */
    static boolean equal(double[] low, double[] high, double[] otherLow, double[] otherHigh, int places) {
        int end = FRONT + places;
        if (Arrays.equals(low, FRONT, end, otherLow, FRONT, end)
                && Arrays.equals(high, FRONT, end, otherHigh, FRONT, end)) {
            return true;
        }
        // reduced digits are not unique
        long carry = 0;
        for (int k = 0; k < 2 * places; k++) {
            boolean even = (k & 1) == 0;
            int l = FRONT + k / 2;
            carry += (long) ((even ? low : high)[l] - (even ? otherLow : otherHigh)[l]);
            if ((carry & (1 << BITS) - 1) != 0) {
                return false;
            }
            carry >>= BITS;
        }
        return carry == 0;
    }

    /** a = a0 x + a1 y, b = b0 x + b1 y, c = c0 x + c1 y, d = d0 x + d1 y at the places from, ..., to - 1. */
    static void multiply(
            double[] a,
            double[] b,
            double[] c,
            double[] d,
            double[] x,
            double[] y,
            double a0,
            double a1,
            double b0,
            double b1,
            double c0,
            double c1,
            double d0,
            double d1,
            int from,
            int to) {
        for (int l = from; l < to; l++) {
            double u = x[l];
            double v = y[l];
            a[l] = Math.fma(a0, u, a1 * v);
            b[l] = Math.fma(b0, u, b1 * v);
            c[l] = Math.fma(c0, u, c1 * v);
            d[l] = Math.fma(d0, u, d1 * v);
        }
    }

    /** a += a0 x + a1 y, b += b0 x + b1 y, c += c0 x + c1 y, d += d0 x + d1 y at the places from, ..., to - 1. */
    static void multiplyAdd(
            double[] a,
            double[] b,
            double[] c,
            double[] d,
            double[] x,
            double[] y,
            double a0,
            double a1,
            double b0,
            double b1,
            double c0,
            double c1,
            double d0,
            double d1,
            int from,
            int to) {
        if (to - from < SHORT) {
            multiplyAddShort(a, b, c, d, x, y, a0, a1, b0, b1, c0, c1, d0, d1, from, to);
            return;
        }
        for (int l = from; l < to; l++) {
            double u = x[l];
            double v = y[l];
            a[l] = Math.fma(a0, u, Math.fma(a1, v, a[l]));
            b[l] = Math.fma(b0, u, Math.fma(b1, v, b[l]));
            c[l] = Math.fma(c0, u, Math.fma(c1, v, c[l]));
            d[l] = Math.fma(d0, u, Math.fma(d1, v, d[l]));
        }
    }

    private static void multiplyAddShort(
            double[] a,
            double[] b,
            double[] c,
            double[] d,
            double[] x,
            double[] y,
            double a0,
            double a1,
            double b0,
            double b1,
            double c0,
            double c1,
            double d0,
            double d1,
            int from,
            int to) {
        for (int l = from; l < to; l++) {
            double u = x[l];
            double v = y[l];
            a[l] = Math.fma(a0, u, Math.fma(a1, v, a[l]));
            b[l] = Math.fma(b0, u, Math.fma(b1, v, b[l]));
            c[l] = Math.fma(c0, u, Math.fma(c1, v, c[l]));
            d[l] = Math.fma(d0, u, Math.fma(d1, v, d[l]));
        }
    }

    /** a += a0 x. */
    static void multiplyAdd(double[] a, double[] x, double a0, int from, int to) {
        for (int l = from; l < to; l++) {
            a[l] = Math.fma(a0, x[l], a[l]);
        }
    }

    /** a = a0 a. */
    static void scale(double[] a, double a0, int from, int to) {
        for (int l = from; l < to; l++) {
            a[l] = a0 * a[l];
        }
    }

    static void add(double[] a, double[] x, int from, int to) {
        for (int l = from; l < to; l++) {
            a[l] += x[l];
        }
    }

    /** a += x, b += y. */
    static void addBoth(double[] a, double[] x, double[] b, double[] y, int from, int to) {
        for (int l = from; l < to; l++) {
            a[l] += x[l];
            b[l] += y[l];
        }
    }

    static void add(double[] sum, double[] x, double[] y, int from, int to) {
        for (int l = from; l < to; l++) {
            sum[l] = x[l] + y[l];
        }
    }

    static void subtract(double[] difference, double[] x, double[] y, int from, int to) {
        for (int l = from; l < to; l++) {
            difference[l] = x[l] - y[l];
        }
    }

    /** (a_0 + a_1 z) (v_0 + v_1 z) from its values at 0, 1 and infinity: the middle coefficient in the place of the second. */
    static void interpolate(double[] atZero, double[] atOne, double[] leading, int from, int to) {
        for (int l = from; l < to; l++) {
            atOne[l] = atOne[l] - atZero[l] - leading[l];
        }
    }

    /**
     * (a_0 + a_1 z + a_2 z^2) (v_0 + v_1 z) from its values at 0, 1, -1 and infinity: the coefficients of z and z^2 in the
     * places of the second and the third. The sum and the difference of the two are even, and so below 2^54 still doubles.
     */
    static void interpolate(double[] atZero, double[] atOne, double[] atMinusOne, double[] leading, int from, int to) {
        for (int l = from; l < to; l++) {
            double even = 0.5 * (atOne[l] + atMinusOne[l]);
            double odd = 0.5 * (atOne[l] - atMinusOne[l]);
            atOne[l] = odd - leading[l];
            atMinusOne[l] = even - atZero[l];
        }
    }

    /** As {@link #interpolate}, but the coefficients of 1 and z are added to low and high digits. */
    static void interpolateAdd(
            double[] low,
            double[] high,
            double[] atZero,
            double[] atOne,
            double[] atMinusOne,
            double[] leading,
            int from,
            int to) {
        for (int l = from; l < to; l++) {
            double even = 0.5 * (atOne[l] + atMinusOne[l]);
            double odd = 0.5 * (atOne[l] - atMinusOne[l]);
            low[l] += atZero[l];
            high[l] += odd - leading[l];
            atMinusOne[l] = even - atZero[l];
        }
    }

    /**
     * Takes the carries out of digits of at most {@link #LARGEST}: those of low digits go to the high ones, those of high
     * digits belong one place higher; rests of at most 2^22 stay. A rounded quotient is exact after one rounding of the fma,
     * and so is the rest, being below 2^53.
     */
    private static void takeCarries(double[] low, double[] high, double[] carries, int from, int to) {
        for (int l = from; l < to; l++) {
            double digit = low[l];
            double carry = Math.fma(digit, INVERSE_BASE, TO_INTEGER) - TO_INTEGER;
            double next = high[l] + carry;
            double nextCarry = Math.fma(next, INVERSE_BASE, TO_INTEGER) - TO_INTEGER;
            carries[l] = nextCarry;
            low[l] = Math.fma(carry, -BASE, digit);
            high[l] = Math.fma(nextCarry, -BASE, next);
        }
    }

    /** Takes the carries out of digits of at most 2^53. */
    static void takeCarries(double[] digits, double[] carries) {
        for (int l = 0; l < digits.length; l++) {
            carries[l] = Math.fma(digits[l], INVERSE_BASE, TO_INTEGER) - TO_INTEGER;
            digits[l] = Math.fma(carries[l], -BASE, digits[l]);
        }
    }

    /**
     * Adds carries of at most 2^30 to low digits of at most 2^22, and what becomes too much, at most 2^8, to the high digits.
     */
    static void addCarries(double[] low, double[] high, double[] carries, int from, int to) {
        for (int l = from; l < to; l++) {
            double digit = low[l] + carries[l];
            double carry = Math.fma(digit, INVERSE_BASE, TO_INTEGER) - TO_INTEGER;
            low[l] = Math.fma(carry, -BASE, digit);
            high[l] += carry;
        }
    }

    /** As the other, and sum = low + high. */
    static void addCarries(double[] low, double[] high, double[] carries, double[] sum, int from, int to) {
        for (int l = from; l < to; l++) {
            double digit = low[l] + carries[l];
            double carry = Math.fma(digit, INVERSE_BASE, TO_INTEGER) - TO_INTEGER;
            double rest = Math.fma(carry, -BASE, digit);
            double next = high[l] + carry;
            low[l] = rest;
            high[l] = next;
            sum[l] = rest + next;
        }
    }

    /** As the others, and sum = low + high, difference = low - high. */
    static void addCarries(
            double[] low, double[] high, double[] carries, double[] sum, double[] difference, int from, int to) {
        for (int l = from; l < to; l++) {
            double digit = low[l] + carries[l];
            double carry = Math.fma(digit, INVERSE_BASE, TO_INTEGER) - TO_INTEGER;
            double rest = Math.fma(carry, -BASE, digit);
            double next = high[l] + carry;
            low[l] = rest;
            high[l] = next;
            sum[l] = rest + next;
            difference[l] = rest - next;
        }
    }

    /**
     * Takes one round of carries out of digits of at most {@link #LARGEST}; none is larger than {@link #CARRIED} afterwards.
     *
     * @param from index of a lowest digit; what is below is zero
     * @param to index behind a highest digit that is zero
     * @param carries room for numbers at as many indices, as the next
     */
    static void carry(double[] low, double[] high, int from, int to, double[] carries, double[] shifted) {
        prepareReduction(low, high, from, to, carries, shifted);
        add(low, shifted, from, to);
    }

    /** The first of the two steps of reducing digits; {@link #addCarries} of what is shifted is the other. As {@link #carry}. */
    static void prepareReduction(double[] low, double[] high, int from, int to, double[] carries, double[] shifted) {
        takeCarries(low, high, carries, from, to);
        shifted[from] = 0;
        System.arraycopy(carries, from, shifted, from + 1, to - from - 1);
    }
}
