package org.loopcert.exact;

import java.math.BigInteger;

/**
 * Integers as balanced digits of base 2^width, each an integral double of at most 2^(width - 1) in absolute value, the
 * lowest digit first. An array of several integers holds all lowest digits, then all second ones, and so on, so that one
 * digit of a vector is contiguous.
 *
 * <p>Products of digits are at most 2^(2 width - 2). The width is chosen so that every sum of {@code count * terms} of
 * them stays below 2^52: all sums here are integers below 2^53, where arithmetic of doubles is exact.
 *
 * @param width bits of a digit
 * @param count digits of a number, at least 2
 */
record DigitFormat(int width, int count) {
    private static final int WIDEST = 24;
    private static final int NARROWEST = 12;

    /** Adding and subtracting 3 2^51 rounds a double below 2^51 to an integer. */
    private static final double INTEGERS = 0x1.8p52;

    /** For sums of so many terms, and at least so many bits below the leading digit. */
    static DigitFormat of(int terms, int bits) {
        for (int width = WIDEST; width >= NARROWEST; width--) {
            int count = Math.toIntExact(((long) bits + width - 1) / width + 1);
            if ((long) count * padded(terms) <= 1L << (54 - 2 * width)) {
                return new DigitFormat(width, count);
            }
        }
        throw new ArithmeticException("sums of " + terms + " products of " + bits + " bits are beyond this arithmetic");
    }

    /** Rounded up to a multiple of the four products that are added at once. */
    static int padded(int terms) {
        return (terms + 3) & ~3;
    }

    /** A bound in units of position {@code from}, in units of position {@code to}. */
    double shift(double bound, long from, long to) {
        return Upward.scale(bound, (from - to) * width);
    }

    /**
     * What an entry is off, in units of its lowest digit, where the products of digits below {@code low} were left out of
     * a sum of so many terms, and the digit at {@code low} was rounded away with all that was added below it.
     *
     * <p>Of the terms' digits at most min(s + 1, count) pairs have a + b = s, each with a product of at most
     * 2^(2 width - 2). Those with s &lt; low add up to less than min(low, count) terms 2^(2 width - 2) 2^(width (low -
     * 1)) / (1 - 2^-width), a quarter of min(low, count) terms and a little in units of the digit at low + 1. Rounding
     * the digit at low away costs one half; the slack of 0.02 pays for what digits of summands below low are worth.
     */
    double rounding(int terms, int low) {
        return 0.2501 * terms * Math.min(low, count) + 0.52;
    }

    /** sums[(a + b - low) span + l] += sum over j of rows[j][a span + l] x[b stride + j], for a + b >= low. */
    void accumulate(double[][] rows, int span, double[] x, int stride, int low, double[] sums) {
        int end = count * span;
        for (int j = 0; j < stride; j += 4) {
            double[] r0 = rows[j];
            double[] r1 = rows[j + 1];
            double[] r2 = rows[j + 2];
            double[] r3 = rows[j + 3];
            for (int b = 0; b < count; b++) {
                int at = b * stride + j;
                int from = Math.max(0, low - b) * span;
                add(sums, (b - low) * span, r0, x[at], r1, x[at + 1], r2, x[at + 2], r3, x[at + 3], from, end);
            }
        }
    }

    // products and sums are exact: see above. Written without fused operations, which not every processor has
    private static void add(
            double[] sums,
            int shift,
            double[] r0,
            double x0,
            double[] r1,
            double x1,
            double[] r2,
            double x2,
            double[] r3,
            double x3,
            int from,
            int end) {
        for (int l = from; l < end; l++) {
            sums[l + shift] += (r0[l] * x0 + r1[l] * x1) + (r2[l] * x2 + r3[l] * x3);
        }
    }

    /** sums[(a + b - low) span + l] += row[a span + l] x[b], for a + b >= low. */
    void accumulate(double[] row, int span, double[] x, int low, double[] sums) {
        for (int b = 0; b < count; b++) {
            int shift = (b - low) * span;
            double factor = x[b];
            for (int l = Math.max(0, low - b) * span; l < count * span; l++) {
                sums[l + shift] += row[l] * factor;
            }
        }
    }

    /**
     * Carries sums through to balanced digits and writes the count digits from position {@code first} on.
     *
     * @param sums positions x span; its upper positions may be empty but must hold all carries
     * @param first may be negative: digits below position 0 are zero
     * @param target receives digit a of entry l at offset + a stride + l
     * @throws IllegalStateException if digits above the window are not zero, which bounds of the sums exclude
     */
    void normalize(double[] sums, int span, int first, double[] target, int offset, int stride) {
        double base = Math.scalb(1.0, width);
        double inverse = Math.scalb(1.0, -width);
        double[] carry = new double[span];
        double[] dropped = new double[span];
        double above = 0;
        for (int position = 0; position * span < sums.length; position++) {
            int at = position - first;
            boolean kept = at >= 0 && at < count;
            carry(
                    sums,
                    position * span,
                    carry,
                    kept ? target : dropped,
                    kept ? offset + at * stride : 0,
                    base,
                    inverse);
            if (at >= count) {
                above += largest(dropped);
            }
        }
        if (above + largest(carry) != 0) {
            throw new IllegalStateException("a digit above the leading one: a bound of the sum does not hold");
        }
    }

    private static void carry(
            double[] sums, int from, double[] carry, double[] target, int to, double base, double inverse) {
        for (int l = 0; l < carry.length; l++) {
            double sum = sums[from + l] + carry[l];
            double next = (sum * inverse + INTEGERS) - INTEGERS;
            carry[l] = next;
            target[to + l] = sum - next * base;
        }
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /**
     * Writes the digits of an integer below 2^(width count - 2) in absolute value.
     *
     * @param target receives digit a at offset + a stride
     */
    void encode(BigInteger value, double[] target, int offset, int stride) {
        BalancedDigits.write(value, 0, width, count, target, offset, stride);
    }

    /** The integer of the digits at offset + a stride. */
    BigInteger decode(double[] source, int offset, int stride) {
        BalancedDigits.Sum sum = new BalancedDigits.Sum(width, count);
        for (int a = 0; a < count; a++) {
            sum.add((long) source[offset + a * stride]);
        }
        return sum.value();
    }
}
