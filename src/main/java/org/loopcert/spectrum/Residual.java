package org.loopcert.spectrum;

import java.math.BigInteger;
import java.util.Arrays;
import org.loopcert.exact.IntegerMatrix;

/**
 * The exact residual E = 4^k A - R'R of an upper triangular integer matrix R, and whether it is diagonally dominant with
 * a nonnegative diagonal.
 *
 * <p>R, without the power of two common to its entries, is cut into balanced digits of base 2^24: products of two are at
 * most 2^46, and as no more than {@value #TERMS} are summed before the sum is moved to a long, every double operation is
 * exact. Entries of E are then known to a small part of their size, which nearly always decides; else BigIntegers do.
 */
final class Residual {
    private static final int TERMS = 120;
    private static final int DIGIT = 24;
    private static final int BLOCK = 4;

    /** Longer factors are checked without digits: one block of rows would already exceed the terms allowed. */
    private static final int MAX_BITS = 700;

    /** Bits of E kept below the length of R. */
    private static final int KEPT = 26;

    private final SymmetricWords matrix;
    private final int size;
    private final int scale;
    private final IntegerMatrix factor;

    /** The power of two left out of R. */
    private int zeros;

    private int bits;

    /** By place, row and column. */
    private double[][][] digits;

    /** The row of E at hand by place, and what is carried from there. */
    private long[][] e;

    private long[] carry;
    private long[] none;

    private Residual(SymmetricWords matrix, int scale, IntegerMatrix factor) {
        this.matrix = matrix;
        this.size = matrix.size();
        this.scale = scale;
        this.factor = factor;
    }

    static boolean isDominant(SymmetricWords matrix, int scale, IntegerMatrix factor) {
        return new Residual(matrix, scale, factor).decide();
    }

    private boolean decide() {
        zeros = factor.lowestSetBit();
        bits = factor.bitLength() - zeros;
        if (bits <= 0 || bits > MAX_BITS) {
            return exactly();
        }
        digits = factor.digits(zeros, DIGIT, bits / DIGIT + 1);
        long[] least = new long[size];
        long[] most = new long[size];
        long[][] product = new long[2 * digits.length - 1][size];
        double[][] sums = new double[product.length][size];
        e = new long[Math.max(product.length + 1, (matrix.bits() - 2 * zeros + 2 * scale) / DIGIT + 2)][size];
        carry = new long[size];
        none = new long[size];
        for (int i = 0; i < size; i++) {
            multiply(i, sums, product);
            if (!add(i, product, least, most)) {
                return exactly();
            }
        }
        boolean proved = true;
        for (int i = 0; i < size; i++) {
            if (most[i] < 0) {
                return false;
            }
            proved &= least[i] >= 0;
        }
        return proved || exactly();
    }

    /** Row i of R'R from the diagonal on, by place. */
    private void multiply(int i, double[][] sums, long[][] product) {
        int n = digits.length;
        for (int t = 0; t < product.length; t++) {
            Arrays.fill(product[t], i, size, 0);
        }
        int terms = 0;
        for (int l = 0; l <= i; l += BLOCK) {
            if (terms + BLOCK * n > TERMS) {
                flush(i, sums, product);
                terms = 0;
            }
            // rows below i have zeros in column i
            int count = Math.min(BLOCK, size - l);
            for (int p = 0; p < n; p++) {
                for (int q = 0; q < n; q++) {
                    add(sums[p + q], digits[p], digits[q], l, count, i);
                }
            }
            terms += BLOCK * n;
        }
        flush(i, sums, product);
    }

    private static void add(double[] sum, double[][] a, double[][] b, int l, int count, int i) {
        if (count == BLOCK) {
            addFour(sum, a[l][i], b[l], a[l + 1][i], b[l + 1], a[l + 2][i], b[l + 2], a[l + 3][i], b[l + 3], i);
            return;
        }
        for (int m = l; m < l + count; m++) {
            double factor = a[m][i];
            double[] row = b[m];
            for (int j = i; j < sum.length; j++) {
                sum[j] = Math.fma(factor, row[j], sum[j]);
            }
        }
    }

    private static void addFour(
            double[] sum,
            double a0,
            double[] b0,
            double a1,
            double[] b1,
            double a2,
            double[] b2,
            double a3,
            double[] b3,
            int from) {
        for (int j = from; j < sum.length; j++) {
            sum[j] = Math.fma(a0, b0[j], Math.fma(a1, b1[j], Math.fma(a2, b2[j], Math.fma(a3, b3[j], sum[j]))));
        }
    }

    private void flush(int from, double[][] sums, long[][] product) {
        for (int t = 0; t < sums.length; t++) {
            double[] sum = sums[t];
            long[] total = product[t];
            for (int j = from; j < size; j++) {
                total[j] += (long) sum[j];
                sum[j] = 0;
            }
        }
    }

    /**
     * Adds row i of E, cut below, to bounds of what the diagonal has above the other entries of each row; false where an
     * entry is too long for that.
     */
    private boolean add(int i, long[][] product, long[] least, long[] most) {
        int offset = 2 * zeros - 2 * scale;
        int low = Math.max(0, bits - KEPT);
        int count = e.length;
        Arrays.fill(carry, 0);
        for (int t = 0; t < count; t++) {
            matrix.windows(i, DIGIT * t + offset, e[t]);
            long mask = t == count - 1 ? -1 : 0xffffff;
            long[] subtrahend = t < product.length ? product[t] : none;
            carry(e[t], mask, subtrahend, carry, i);
        }
        for (int j = i; j < size; j++) {
            // what is left over is the part of E from place count on
            long value = carry[j];
            int place = DIGIT * count;
            for (int t = count - 1; place > low && t >= 0; t--) {
                if (value >= 1L << 38 || value < -1L << 38) {
                    return false;
                }
                int wanted = Math.min(DIGIT, place - low);
                value = value << wanted | e[t][j] >> (DIGIT - wanted);
                place -= wanted;
            }
            if (value >= 1L << 50 || value < -1L << 50) {
                return false;
            }
            // E / 4^zeros / 2^low lies in [value, value + 1]
            if (j == i) {
                least[i] += value;
                most[i] += value + 1;
            } else {
                long small = value >= 0 ? value : -value - 1;
                least[i] -= small + 1;
                least[j] -= small + 1;
                most[i] -= small;
                most[j] -= small;
            }
        }
        return true;
    }

    /** Leaves in place of the digits those of the difference and what came before. */
    private static void carry(long[] digits, long mask, long[] subtrahend, long[] carry, int from) {
        for (int j = from; j < digits.length; j++) {
            long sum = carry[j] + (digits[j] & mask) - subtrahend[j];
            digits[j] = sum & 0xffffff;
            carry[j] = sum >> DIGIT;
        }
    }

    private boolean exactly() {
        BigInteger[] slack = new BigInteger[size];
        Arrays.fill(slack, BigInteger.ZERO);
        for (int i = 0; i < size; i++) {
            for (int j = i; j < size; j++) {
                BigInteger residual = matrix.get(matrix.index(i, j)).shiftLeft(2 * scale);
                for (int l = 0; l <= i; l++) {
                    residual = residual.subtract(factor.get(l, i).multiply(factor.get(l, j)));
                }
                if (i == j) {
                    slack[i] = slack[i].add(residual);
                } else {
                    slack[i] = slack[i].subtract(residual.abs());
                    slack[j] = slack[j].subtract(residual.abs());
                }
            }
        }
        return Arrays.stream(slack).allMatch(s -> s.signum() >= 0);
    }
}
