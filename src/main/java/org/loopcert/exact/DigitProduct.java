package org.loopcert.exact;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * The exact product A'B, or A'A, of tall matrices of exact numbers, added up block by block of rows
 * in memory that does not grow with their number.
 *
 * <p>Entries are taken apart into balanced digits, one matrix of doubles for each place, a
 * <em>plane</em>. Products of planes are products of matrices of doubles whose sums stay within
 * 2^53, hence exact, and of the four products of two pairs of places one is saved (Karatsuba and
 * Ofman 1962): with m places, m(m+1)/2 products of planes. Sums go into fixed-point numbers long
 * enough for the result. Rows whose entries end early, as most rows of doubles do, take fewer
 * places than the few others.
 */
final class DigitProduct {
    /** Longer digits would leave room for too few products in a sum of doubles. */
    private static final int MOST_BITS = 22;

    private static final int EXACT_BITS = 53;

    /** Rows taken together at most, and digits of them, for the sake of memory. */
    private static final int MOST_ROWS = 1024;

    private static final int MOST_DIGITS = 1 << 22;

    /** Doubles of a product that leave room for the factors in the first cache. */
    private static final int CACHED = 1 << 11;

    /** Beyond so many products of planes, products of doubles one by one are faster. */
    private static final int MOST_PLANES = 48;

    private static final int LEAST_PRODUCTS = 400;
    private static final int BITS_PER_COLUMN = 16;
    private static final int LONGEST = 2048;

    private final int height;
    private final int width;
    private final boolean symmetric;
    private final FixedPointMatrix sum;
    private final double[][] product; // of two planes

    /** A vector to be multiplied by A' beside a symmetric product, and its product; null if there is none. */
    private DigitRows vector;

    private FixedPointMatrix moment;

    private DigitProduct(int height, int width, boolean symmetric, FixedPointMatrix sum) {
        this.height = height;
        this.width = width;
        this.symmetric = symmetric;
        this.sum = sum;
        this.product = new double[height][width];
    }

    /** An empty sum of products A'A for A of so many columns, whose bits lie within the range. */
    static DigitProduct gram(int columns, int lowest, int highest) {
        return new DigitProduct(columns, columns, true, FixedPointMatrix.symmetric(columns, lowest, highest));
    }

    /** An empty sum of products A'B for A and B of so many columns, whose bits lie within the range. */
    static DigitProduct of(int columns, int otherColumns, int lowest, int highest) {
        return new DigitProduct(
                columns, otherColumns, false, FixedPointMatrix.of(columns, otherColumns, lowest, highest));
    }

    /** Whether an A'B of so many rows and columns and bits is faster this way than by the definition. */
    static boolean pays(int rows, int columns, int otherColumns, int bits, int otherBits) {
        // measured: work in numbers of digits grows faster than in long multiplication, unless lines are long
        long products = (long) rows * columns * otherColumns;
        int mean = (bits + otherBits) / 2;
        return products >= LEAST_PRODUCTS
                && mean <= LONGEST
                && mean <= BITS_PER_COLUMN * Math.max(columns, otherColumns);
    }

    /** A'A divided by 2^(2 exponent), for rows that are multiples of 2^exponent. */
    static BigInteger[][] gram(DigitRows rows, int exponent) {
        DigitProduct product =
                gram(rows.columns(), 2 * exponent, 2 * Math.max(rows.highest(), exponent) + length(rows.rows()));
        product.add(rows, rows);
        return product.sum.integers(2 * exponent);
    }

    /** A'A and A'v of integers, for A taken apart once. */
    record WithVector(PackedSymmetric gram, BigInteger[] moment) {}

    /** A'A and A'v, for a v of one column. */
    static WithVector gramAndMoment(DigitRows a, DigitRows v) {
        int d = a.columns();
        int length = length(a.rows());
        DigitProduct product = gram(d, 0, 2 * a.highest() + length);
        product.vector = v;
        product.moment = FixedPointMatrix.of(1, d, 0, a.highest() + v.highest() + length);
        product.add(a, a);
        return new WithVector(product.sum.packed(), product.moment.integers(0)[0]);
    }

    /** A'B of integers, also where B is A: nothing is taken from symmetry. */
    static BigInteger[][] transposeMultiply(DigitRows a, DigitRows b) {
        if (a.columns() > b.columns()) {
            return transpose(transposeMultiply(b, a)); // the inner loop runs along the columns of B
        }
        DigitProduct product = of(a.columns(), b.columns(), 0, a.highest() + b.highest() + length(a.rows()));
        product.add(a, b);
        return product.integers();
    }

    private static BigInteger[][] transpose(BigInteger[][] a) {
        BigInteger[][] result = new BigInteger[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[i].length; j++) {
                result[j][i] = a[i][j];
            }
        }
        return result;
    }

    private static int length(int count) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(count);
    }

    /** The sum, which the range made sure is one of integers. */
    BigInteger[][] integers() {
        return sum.integers(0);
    }

    /** The sum so far. */
    FixedPointMatrix sum() {
        return sum;
    }

    /** Adds A'B; for a symmetric product both are the same. */
    void add(DigitRows a, DigitRows b) {
        Places left = Places.of(a);
        Places right = symmetric ? left : Places.of(b);
        // the common case takes as few places as make the whole cheapest
        int[] best = {left.most(), right.most()};
        long least = Long.MAX_VALUE;
        for (int p = 1; p <= left.most(); p++) {
            for (int q = symmetric ? p : 1; q <= (symmetric ? p : right.most()); q++) {
                long fitting = fitting(left, right, p, q);
                long cost = fitting * cost(p, q) + (a.rows() - fitting) * cost(left.most(), right.most());
                if (cost < least) {
                    least = cost;
                    best[0] = p;
                    best[1] = q;
                }
            }
        }
        boolean sparse = symmetric && vector == null && least > (long) MOST_PLANES * a.rows();
        if (sparse && a instanceof DigitRows.Doubles doubles) {
            addSquares(doubles);
            return;
        }
        add(a, b, left, right, best, true);
        add(a, b, left, right, best, false);
    }

    /** Numbers of such different size that nearly all digits are zero. */
    private void addSquares(DigitRows.Doubles rows) {
        long[] odd = new long[width];
        int[] exponents = new int[width];
        for (int i = 0; i < rows.rows(); i++) {
            rows.read(i, odd, exponents);
            sum.addSquare(odd, exponents);
        }
    }

    private static long fitting(Places left, Places right, int p, int q) {
        long count = 0;
        for (int i = 0; i < left.needed.length; i++) {
            count += left.needed[i] <= p && right.needed[i] <= q ? 1 : 0;
        }
        return count;
    }

    private static long cost(int p, int q) {
        int common = Math.min(p, q);
        return common * (common + 1L) / 2 + (Math.max(p, q) - common) * (long) common;
    }

    /** Adds the rows that fit the common case, or the others. */
    private void add(DigitRows a, DigitRows b, Places left, Places right, int[] common, boolean fitting) {
        int[] rows = new int[a.rows()];
        int count = 0;
        for (int i = 0; i < rows.length; i++) {
            boolean zero = left.needed[i] == 0 || right.needed[i] == 0;
            if (!zero && (left.needed[i] <= common[0] && right.needed[i] <= common[1]) == fitting) {
                rows[count++] = i;
            }
        }
        if (count == 0) {
            return;
        }
        int lowA = left.lowest(rows, count);
        int lowB = right.lowest(rows, count);
        int bitsA = left.highest - lowA + 1;
        int bitsB = right.highest - lowB + 1;
        int placesA = Places.count(bitsA);
        int placesB = Places.count(bitsB);
        // the shortest digits that need no more places leave room for the longest sums
        int bits = Math.max(ceiling(bitsA, placesA), ceiling(bitsB, placesB));
        int block = (int) Math.min(MOST_ROWS, 1L << EXACT_BITS - 2 * bits);
        block = Math.min(block, MOST_DIGITS / (placesA * height + placesB * width));
        // products take four rows at a time
        block = Math.min(Math.max(4, block / 4 * 4), ceiling(count, 4) * 4);
        Planes planesA = new Planes(placesA, block, height);
        Planes planesB = symmetric ? planesA : new Planes(placesB, block, width);
        for (int from = 0; from < count; from += block) {
            int length = Math.min(block, count - from);
            planesA.fill(a, rows, from, length, lowA, bits);
            if (!symmetric) {
                planesB.fill(b, rows, from, length, lowB, bits);
            }
            multiply(planesA, planesB, length, lowA + lowB, bits);
            if (vector != null) {
                addMoment(planesA, rows, from, length, lowA, bits);
            }
        }
    }

    /** Adds the product of the first rows of A's planes, transposed, with the vector, whose digits are no longer. */
    private void addMoment(Planes a, int[] rows, int from, int length, int lowA, int bits) {
        int low = DigitRows.NO_EXPONENT;
        for (int k = from; k < from + length; k++) {
            low = Math.min(low, vector.lowest(rows[k]));
        }
        if (low == DigitRows.NO_EXPONENT) {
            return;
        }
        Planes v = new Planes(ceiling(vector.highest() - low + 1, bits), ceiling(length, 4) * 4, 1);
        v.fill(vector, rows, from, length, low, bits);
        double[] sum = new double[height];
        long[] values = new long[height];
        for (int p = 0; p < a.count; p++) {
            double[][] plane = a.digits[p];
            for (int q = 0; q < v.count; q++) {
                double[][] factor = v.digits[q];
                Arrays.fill(sum, 0);
                for (int k = 0; k < length; k += 4) {
                    addMultiples(
                            sum,
                            factor[k][0],
                            plane[k],
                            factor[k + 1][0],
                            plane[k + 1],
                            factor[k + 2][0],
                            plane[k + 2],
                            factor[k + 3][0],
                            plane[k + 3],
                            0);
                }
                for (int j = 0; j < height; j++) {
                    values[j] = (long) sum[j]; // an integer within 2^53, by the choice of the digits
                }
                moment.add(values, lowA + low + (p + q) * bits);
            }
        }
    }

    private static int ceiling(int a, int b) {
        return (a + b - 1) / b;
    }

    /** Adds the product of the first rows of two sets of planes. */
    private void multiply(Planes a, Planes b, int rows, int exponent, int bits) {
        int common = Math.min(a.count, b.count);
        long[][] diagonal = new long[common][height * width];
        for (int p = 0; p < common; p++) {
            multiply(a.digits[p], b.digits[p], rows);
            collect(diagonal[p]);
            sum.add(diagonal[p], exponent + 2 * p * bits);
        }
        long[] mixed = new long[height * width];
        for (int p = 0; p < a.count; p++) {
            for (int q = p < common ? p + 1 : 0; q < b.count; q++) {
                if (p < common && q < common) {
                    // a_p b_q + a_q b_p = (a_p + a_q)(b_p + b_q) - a_p b_p - a_q b_q
                    double[][] sumA = a.sum(p, q, rows);
                    multiply(sumA, symmetric ? sumA : b.sum(p, q, rows), rows);
                    collect(mixed);
                    subtract(mixed, diagonal[p], diagonal[q]);
                } else {
                    multiply(a.digits[p], b.digits[q], rows);
                    collect(mixed);
                }
                sum.add(mixed, exponent + (p + q) * bits);
            }
        }
    }

    /** The product of planes: integers within 2^53 by the choice of the digits, so that the cast is exact. */
    private void collect(long[] target) {
        for (int i = 0; i < height; i++) {
            double[] row = product[i];
            for (int j = symmetric ? i : 0; j < width; j++) {
                target[i * width + j] = (long) row[j];
            }
        }
    }

    private static void subtract(long[] from, long[] first, long[] second) {
        for (int i = 0; i < from.length; i++) {
            from[i] -= first[i] + second[i];
        }
    }

    /** A'B of integers in doubles, four rows at a time, exact as no sum of magnitudes exceeds 2^53. */
    private void multiply(double[][] a, double[][] b, int rows) {
        for (double[] row : product) {
            Arrays.fill(row, 0);
        }
        // so many rows of the product at a time as stay in the first cache
        int step = Math.max(1, CACHED / width);
        for (int first = 0; first < height; first += step) {
            int end = Math.min(height, first + step);
            for (int k = 0; k < rows; k += 4) {
                double[] a0 = a[k];
                double[] a1 = a[k + 1];
                double[] a2 = a[k + 2];
                double[] a3 = a[k + 3];
                int i = first;
                for (; i + 3 < end; i += 4) {
                    int from = symmetric ? i : 0;
                    addToFour(product, i, b[k], a0, b[k + 1], a1, from);
                    addToFour(product, i, b[k + 2], a2, b[k + 3], a3, from);
                }
                for (; i < end; i++) {
                    int from = symmetric ? i : 0;
                    addMultiples(product[i], a0[i], b[k], a1[i], b[k + 1], a2[i], b[k + 2], a3[i], b[k + 3], from);
                }
            }
        }
    }

    /** Adds the products of four entries of two rows with these rows to four rows of the product. */
    private static void addToFour(
            double[][] product, int i, double[] b0, double[] a0, double[] b1, double[] a1, int from) {
        addMultiples(
                product[i],
                product[i + 1],
                product[i + 2],
                product[i + 3],
                b0,
                b1,
                a0[i],
                a1[i],
                a0[i + 1],
                a1[i + 1],
                a0[i + 2],
                a1[i + 2],
                a0[i + 3],
                a1[i + 3],
                from);
    }

    /** The loop that takes the time; plain enough for the compiler to use vector registers. */
    private static void addMultiples(
            double[] p,
            double[] q,
            double[] r,
            double[] s,
            double[] x,
            double[] y,
            double p0,
            double p1,
            double q0,
            double q1,
            double r0,
            double r1,
            double s0,
            double s1,
            int from) {
        for (int j = from; j < p.length; j++) {
            double u = x[j];
            double v = y[j];
            p[j] = Math.fma(p0, u, Math.fma(p1, v, p[j]));
            q[j] = Math.fma(q0, u, Math.fma(q1, v, q[j]));
            r[j] = Math.fma(r0, u, Math.fma(r1, v, r[j]));
            s[j] = Math.fma(s0, u, Math.fma(s1, v, s[j]));
        }
    }

    /** The same for one row and four others. */
    static void addMultiples(
            double[] c,
            double a0,
            double[] b0,
            double a1,
            double[] b1,
            double a2,
            double[] b2,
            double a3,
            double[] b3,
            int from) {
        for (int j = from; j < c.length; j++) {
            c[j] = Math.fma(a0, b0[j], Math.fma(a1, b1[j], Math.fma(a2, b2[j], Math.fma(a3, b3[j], c[j]))));
        }
    }

    /** Which binary places the rows of a matrix take. */
    private static final class Places {
        final int highest;
        final int[] lowest;
        final int[] needed; // digits of MOST_BITS, none for a row of zeros

        private Places(DigitRows rows) {
            this.highest = rows.highest();
            this.lowest = new int[rows.rows()];
            this.needed = new int[rows.rows()];
            for (int i = 0; i < lowest.length; i++) {
                lowest[i] = rows.lowest(i);
                needed[i] = lowest[i] == DigitRows.NO_EXPONENT ? 0 : count(highest - lowest[i] + 1);
            }
        }

        static Places of(DigitRows rows) {
            return new Places(rows);
        }

        static int count(int bits) {
            return Math.max(1, ceiling(bits, MOST_BITS));
        }

        int most() {
            return Math.max(1, Arrays.stream(needed).max().orElse(1));
        }

        int lowest(int[] rows, int count) {
            int least = Integer.MAX_VALUE;
            for (int i = 0; i < count; i++) {
                least = Math.min(least, lowest[rows[i]]);
            }
            return least;
        }
    }

    /** The digits of a block of rows, place by place, and room for the sums of two places. */
    private static final class Planes {
        final int count;
        final double[][][] digits;
        final double[][] sum;

        Planes(int count, int rows, int columns) {
            this.count = count;
            this.digits = new double[count][rows][columns];
            this.sum = new double[rows][columns];
        }

        void fill(DigitRows source, int[] rows, int from, int length, int shift, int bits) {
            for (int k = 0; k < length; k++) {
                source.write(rows[from + k], shift, bits, digits, k);
            }
            for (int k = length; k % 4 != 0; k++) {
                for (double[][] plane : digits) {
                    Arrays.fill(plane[k], 0);
                }
            }
        }

        double[][] sum(int p, int q, int rows) {
            for (int k = 0; k < ceiling(rows, 4) * 4; k++) {
                add(digits[p][k], digits[q][k], sum[k]);
            }
            return sum;
        }

        private static void add(double[] v, double[] w, double[] total) {
            for (int j = 0; j < total.length; j++) {
                total[j] = v[j] + w[j];
            }
        }
    }
}
