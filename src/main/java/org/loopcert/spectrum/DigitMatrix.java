package org.loopcert.spectrum;

import java.math.BigInteger;
import java.util.Arrays;
import org.loopcert.exact.IntegerMatrix;
import org.loopcert.exact.IntegerVector;

/**
 * A symmetric integer matrix in digits of base 2^24, held as doubles, for exact products with vectors.
 *
 * <p>Digits of the matrix lie in [0, 2^24), the leading one in [-2^23, 2^23); those of vectors in [-2^23, 2^23]. A product
 * of two is at most 2^47 and at most {@value #TERMS} are summed before the sum is moved to a long, so that every double
 * operation is exact.
 */
final class DigitMatrix {
    static final int DIGIT = 24;

    private static final int TERMS = 60;

    /** So many products of two digits, each at most 2^47, and what carries leave stay below 2^63 in a long. */
    private static final int LONG_TERMS = 1 << 15;

    private static final int BLOCK = 4;

    /** A long reaches over three digits. */
    private static final int CARRIES = 3;

    private final int size;
    private final double[][] planes;

    private DigitMatrix(int size, double[][] planes) {
        this.size = size;
        this.planes = planes;
    }

    static DigitMatrix of(SymmetricWords matrix) {
        int d = matrix.size();
        int count = matrix.bits() / DIGIT + 1;
        double[][] planes = new double[count][d * d];
        int index = 0;
        for (int i = 0; i < d; i++) {
            for (int j = i; j < d; j++) {
                for (int t = 0; t < count; t++) {
                    long window = matrix.window(index, DIGIT * t);
                    double digit = t == count - 1 ? window << 40 >> 40 : window & 0xffffff;
                    planes[t][i * d + j] = digit;
                    planes[t][j * d + i] = digit;
                }
                index++;
            }
        }
        return new DigitMatrix(d, planes);
    }

    /** The exact product with a vector. */
    BigInteger[] multiply(BigInteger[] vector) {
        IntegerMatrix row = IntegerMatrix.of(new BigInteger[][] {vector});
        double[][][] v = row.digits(0, DIGIT, row.bitLength() / DIGIT + 1);
        double[][] sums = new double[planes.length + v.length - 1][size];
        long[][] total = new long[sums.length + CARRIES][size];
        int terms = 0;
        int longTerms = 0;
        for (int j = 0; j < size; j += BLOCK) {
            for (int t = 0; t < planes.length; t++) {
                // each plane of the result has at most one pair of planes for this t
                if (terms + BLOCK > TERMS) {
                    flush(sums, total);
                    terms = 0;
                    if (longTerms + TERMS > LONG_TERMS) {
                        passCarries(total);
                        longTerms = 0;
                    }
                }
                for (int u = 0; u < v.length; u++) {
                    addRows(sums[t + u], planes[t], v[u][0], j);
                }
                terms += BLOCK;
                longTerms += BLOCK;
            }
        }
        flush(sums, total);
        return IntegerVector.ofDigits(total, DIGIT).toArray();
    }

    /** Adds rows j to j + 3, which are columns as well, times entries of v. */
    private void addRows(double[] sum, double[] plane, double[] v, int j) {
        int d = size;
        int at = j * d;
        if (j + BLOCK <= d) {
            double v0 = v[j];
            double v1 = v[j + 1];
            double v2 = v[j + 2];
            double v3 = v[j + 3];
            for (int i = 0; i < d; i++) {
                sum[i] = Math.fma(
                        v0,
                        plane[at + i],
                        Math.fma(
                                v1,
                                plane[at + d + i],
                                Math.fma(v2, plane[at + 2 * d + i], Math.fma(v3, plane[at + 3 * d + i], sum[i]))));
            }
            return;
        }
        for (int l = j; l < d; l++) {
            double factor = v[l];
            for (int i = 0; i < d; i++) {
                sum[i] = Math.fma(factor, plane[l * d + i], sum[i]);
            }
        }
    }

    private static void flush(double[][] sums, long[][] total) {
        for (int t = 0; t < sums.length; t++) {
            for (int i = 0; i < sums[t].length; i++) {
                total[t][i] += (long) sums[t][i];
            }
            Arrays.fill(sums[t], 0);
        }
    }

    /** Leaves digits of the base, but for the highest, which carries reach as those of all other totals do. */
    private static void passCarries(long[][] total) {
        for (int t = 0; t + 1 < total.length; t++) {
            for (int i = 0; i < total[t].length; i++) {
                long carry = total[t][i] >> DIGIT;
                total[t][i] -= carry << DIGIT;
                total[t + 1][i] += carry;
            }
        }
    }
}
