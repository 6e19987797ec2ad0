package org.loopcert.spectrum;

import java.math.BigInteger;
import java.util.Optional;
import org.loopcert.exact.IntegerMatrix;

/**
 * A rounded Cholesky factor: an upper triangular integer matrix R with R'R near 4^k A - D I, in doubles.
 *
 * <p>All numbers are scaled so that entries of R are at most one. Those longer than a double are cut into slices of 24
 * bits and a tail of at most 46; sums of products of slices are kept apart by their place, so that each is exact or nearly
 * so, and only products with a tail are rounded. Each entry is rounded from what is left after all rounded ones before it,
 * and the residual is therefore hardly more than half a unit times the pivot of its row. A proposal: {@link Residual}
 * decides.
 */
final class SlicedCholesky {
    /** Entries of R with so many bits need no slices: their products are rounded far below one unit times a pivot. */
    static final int TAIL_BITS = 46;

    /** Beyond, products of tails approach the range of doubles. */
    static final int MAX_BITS = 430;

    private static final int SLICE = 24;

    /** Entries of R so long fit a long with room for sums. */
    private static final int SHORT_BITS = 60;

    private static final double NEGLIGIBLE = 0x1p-1000;

    private final SymmetricWords matrix;
    private final int size;
    private final int scale;
    private final int bits;
    private final int slices;
    private final BigInteger shift;

    /** By slice and row. */
    private final double[][][] slice;

    /** By w and row: the sum of slices from w on and of the tail; 0 is R itself, the last the tail. */
    private final double[][][] rest;

    /** The row being made, by place, the last for what is rounded. */
    private final double[][] left;

    private int failed = -1;

    private SlicedCholesky(SymmetricWords matrix, int scale, int bits, BigInteger shift) {
        this.matrix = matrix;
        this.size = matrix.size();
        this.scale = scale;
        this.bits = bits;
        this.slices = Math.max(0, (bits - TAIL_BITS + SLICE - 1) / SLICE);
        this.shift = shift;
        this.slice = new double[slices][size][];
        this.rest = new double[slices + 1][size][];
        this.left = new double[slices + 1][size];
    }

    /**
     * Factors 4^scale A - shift I.
     *
     * @param scale k, of either sign
     * @param bits no entry of R is longer
     */
    static SlicedCholesky of(SymmetricWords matrix, int scale, int bits, BigInteger shift) {
        SlicedCholesky result = new SlicedCholesky(matrix, scale, bits, shift);
        for (int i = 0; i < result.size && result.failed < 0; i++) {
            result.row(i);
        }
        return result;
    }

    boolean exists() {
        return failed < 0;
    }

    private void row(int i) {
        start(i);
        for (int l = 0; l < i; l += 4) {
            int count = Math.min(4, i - l);
            for (int u = 0; u < slices; u++) {
                for (int v = 0; u + v < slices; v++) {
                    subtract(left[u + v], slice[u], slice[v], l, count, i);
                }
                subtract(left[slices], slice[u], rest[slices - u], l, count, i);
            }
            subtract(left[slices], rest[slices], rest[0], l, count, i);
        }
        for (int w = 0; w < slices; w++) {
            slice[w][i] = new double[size];
        }
        for (int w = 0; w <= slices; w++) {
            rest[w][i] = new double[size];
        }
        if (pivot(i)) {
            divide(i);
        } else {
            failed = i;
        }
    }

    /** The entries of row i of 4^k A, cut. */
    private void start(int i) {
        int top = 2 * bits - 2 * scale;
        for (int j = i; j < size; j++) {
            int index = matrix.index(i, j);
            if (slices == 0) {
                left[0][j] = matrix.leading(index, top);
                continue;
            }
            int place = top - 2 * SLICE;
            double unit = 0x1p-48;
            left[0][j] = matrix.window(index, place) * unit;
            for (int t = 1; t < slices; t++) {
                place -= SLICE;
                unit *= 0x1p-24;
                left[t][j] = (matrix.window(index, place) & 0xffffff) * unit;
            }
            left[slices][j] = (matrix.window(index, place - 62) & (-1L >>> 2)) * (unit * 0x1p-62);
        }
    }

    /** row -= sum of a[l][i] b[l] over up to four l. */
    private static void subtract(double[] row, double[][] a, double[][] b, int l, int count, int i) {
        if (count == 4) {
            subtractFour(row, a[l][i], b[l], a[l + 1][i], b[l + 1], a[l + 2][i], b[l + 2], a[l + 3][i], b[l + 3], i);
            return;
        }
        for (int m = l; m < l + count; m++) {
            subtractOne(row, a[m][i], b[m], i);
        }
    }

    private static void subtractFour(
            double[] row,
            double a0,
            double[] b0,
            double a1,
            double[] b1,
            double a2,
            double[] b2,
            double a3,
            double[] b3,
            int from) {
        for (int j = from; j < row.length; j++) {
            row[j] = Math.fma(-a0, b0[j], Math.fma(-a1, b1[j], Math.fma(-a2, b2[j], Math.fma(-a3, b3[j], row[j]))));
        }
    }

    private static void subtractOne(double[] row, double a, double[] b, int from) {
        for (int j = from; j < row.length; j++) {
            row[j] = Math.fma(-a, b[j], row[j]);
        }
    }

    /** The diagonal entry, rounded down; false where it is not positive. */
    private boolean pivot(int i) {
        if (slices == 0) {
            double square = left[0][i] - Math.scalb(shift.doubleValue(), -2 * bits);
            double root = Math.floor(Math.scalb(Math.sqrt(Math.max(0, square)), bits));
            rest[0][i][i] = Math.scalb(root, -bits);
            return root > 0;
        }
        BigInteger square = Roundings.toInteger(left[slices][i], 2 * bits).subtract(shift);
        for (int t = 0; t < slices; t++) {
            square = square.add(Roundings.toInteger(left[t][i], 2 * bits));
        }
        if (square.signum() <= 0) {
            return false;
        }
        BigInteger root = square.sqrt();
        for (int t = 0; t < slices; t++) {
            int place = bits - SLICE * (t + 1);
            BigInteger digit = root.add(BigInteger.ONE.shiftLeft(place - 1)).shiftRight(place);
            slice[t][i][i] = Math.scalb(digit.doubleValue(), -SLICE * (t + 1));
            root = root.subtract(digit.shiftLeft(place));
        }
        rest[slices][i][i] = Math.scalb(root.doubleValue(), -bits);
        for (int w = slices - 1; w >= 0; w--) {
            rest[w][i][i] = rest[w + 1][i][i] + slice[w][i][i];
        }
        return true;
    }

    /** The entries of row i right of the diagonal: what is left over the pivot, rounded slice by slice. */
    private void divide(int i) {
        double reciprocal = 1 / rest[0][i][i];
        double[] total = new double[size];
        for (int t = 0; t < slices; t++) {
            double[] target = slice[t][i];
            sum(total, i + 1);
            quotients(total, reciprocal, Math.scalb(1.0, SLICE * (t + 1)), target, i + 1);
            for (int u = 0; t + u < slices; u++) {
                subtractOne(left[t + u], slice[u][i][i], target, i + 1);
            }
            subtractOne(left[slices], rest[slices - t][i][i], target, i + 1);
        }
        sum(total, i + 1);
        quotients(total, reciprocal, Math.scalb(1.0, bits), rest[slices][i], i + 1);
        for (int w = slices - 1; w >= 0; w--) {
            for (int j = i + 1; j < size; j++) {
                rest[w][i][j] = rest[w + 1][i][j] + slice[w][i][j];
            }
        }
    }

    /** What is left of the row, the leading places first, which cancel exactly. */
    private void sum(double[] total, int from) {
        System.arraycopy(left[0], from, total, from, size - from);
        for (int t = 1; t <= slices; t++) {
            double[] part = left[t];
            for (int j = from; j < size; j++) {
                total[j] += part[j];
            }
        }
    }

    private static void quotients(double[] total, double reciprocal, double unit, double[] target, int from) {
        double inverse = 1 / unit;
        for (int j = from; j < total.length; j++) {
            target[j] = Math.rint(total[j] * reciprocal * unit) * inverse;
        }
    }

    /** R times 2^up. */
    IntegerMatrix factor(int up) {
        if (bits < SHORT_BITS) {
            return IntegerMatrix.ofScaled(shortEntries(), up);
        }
        BigInteger[][] r = new BigInteger[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                r[i][j] = j < i ? BigInteger.ZERO : entry(i, j).shiftLeft(up);
            }
        }
        return IntegerMatrix.of(r);
    }

    /** The entries of R, sums of integers of at most its bits. */
    private long[] shortEntries() {
        long[] numbers = new long[Math.multiplyExact(size, size)];
        double unit = Math.scalb(1.0, bits);
        for (int i = 0; i < size; i++) {
            for (int j = i; j < size; j++) {
                numbers[i * size + j] = (long) (rest[slices][i][j] * unit);
            }
        }
        for (int t = 0; t < slices; t++) {
            double base = Math.scalb(1.0, SLICE * (t + 1));
            for (int i = 0; i < size; i++) {
                for (int j = i; j < size; j++) {
                    numbers[i * size + j] += (long) (slice[t][i][j] * base) << bits - SLICE * (t + 1);
                }
            }
        }
        return numbers;
    }

    private BigInteger entry(int i, int j) {
        BigInteger result = BigInteger.valueOf((long) Math.scalb(rest[slices][i][j], bits));
        for (int t = 0; t < slices; t++) {
            long digit = (long) Math.scalb(slice[t][i][j], SLICE * (t + 1));
            result = result.add(BigInteger.valueOf(digit).shiftLeft(bits - SLICE * (t + 1)));
        }
        return result;
    }

    /** About the smallest eigenvalue of A over 4^(bits - scale), by inverse iteration with R, where it exists. */
    double smallestEigenvalue() {
        double[] x = new double[size];
        for (int i = 0; i < size; i++) {
            x[i] = 1 + i / (2.0 * size);
        }
        double growth = 1;
        for (int iteration = 0; iteration < 6; iteration++) {
            Tridiagonal.normalise(x);
            solveTransposed(x, size);
            solve(x, size);
            double square = 0;
            for (double entry : x) {
                square += entry * entry;
            }
            growth = Math.sqrt(square);
        }
        return 1 / growth + Math.scalb(shift.doubleValue(), -2 * bits);
    }

    /** Where there is no factor, a vector on which 4^k A - D I takes the pivot that failed. */
    Optional<BigInteger[]> failure() {
        double[] x = new double[size];
        double largest = 1;
        for (int j = 0; j < failed; j++) {
            x[j] = -rest[0][j][failed];
        }
        solve(x, failed);
        x[failed] = 1;
        for (double entry : x) {
            largest = Math.max(largest, Math.abs(entry));
        }
        if (!(largest < 1 / NEGLIGIBLE)) {
            return Optional.empty();
        }
        BigInteger[] result = new BigInteger[size];
        for (int j = 0; j < size; j++) {
            result[j] = BigInteger.valueOf(Math.round(Math.scalb(x[j] / largest, 60)));
        }
        return Optional.of(result);
    }

    /** x = R'^-1 x on the first places. */
    private void solveTransposed(double[] x, int count) {
        for (int i = 0; i < count; i++) {
            double[] row = rest[0][i];
            double value = x[i] / row[i];
            x[i] = value;
            for (int j = i + 1; j < count; j++) {
                x[j] = Math.fma(-value, row[j], x[j]);
            }
        }
    }

    /** x = R^-1 x on the first places. */
    private void solve(double[] x, int count) {
        for (int i = count - 1; i >= 0; i--) {
            double[] row = rest[0][i];
            double value = x[i];
            for (int j = i + 1; j < count; j++) {
                value -= row[j] * x[j];
            }
            x[i] = value / row[i];
        }
    }
}
