package org.loopcert.exact;

import java.math.BigInteger;

/**
 * An enclosure of a real symmetric matrix A: a symmetric centre C of fixed-point entries, a radius R with |A - C| &le; R
 * and a bound |A| &le; N, both in the Euclidean operator norm. Immutable.
 *
 * <p>As with {@link BallVector}, how many digits there are decides how wide an enclosure is, never whether it holds.
 */
public final class BallMatrix {
    /** Columns that are worked on together, so that one row of them is a loop of a few hundred products. */
    private static final int COLUMNS = 48;

    private final DigitFormat format;
    private final int size;

    /** Digit a of the entry in row j and column start(block) + l: rows[block][j][a span(block) + l]; rows of zeros pad. */
    private final double[][][] rows;

    private final long position;
    private final double radius;

    /** In units of the position above the leading digit. */
    private final double norm;

    /** The largest sum of squares of a row of C, in squares of the unit of the second leading digit. */
    private final double largestRow;

    /** What an entry of C is off by rounding, in units of the lowest digit. */
    private final double rounding;

    private BallMatrix(
            DigitFormat format,
            int size,
            double[][][] rows,
            long position,
            double radius,
            double certified,
            double rounding) {
        this.format = format;
        this.size = size;
        this.rows = rows;
        this.position = position;
        this.radius = radius;
        this.rounding = rounding;
        double all = 0;
        double largest = 0;
        double longest = 0;
        for (int i = 0; i < size; i++) {
            double squares = 0;
            double sum = 0;
            for (int block = 0; block < rows.length; block++) {
                for (int l = 0; l < span(block); l++) {
                    double entry = magnitude(block, i, l);
                    squares += entry * entry;
                    sum += entry;
                }
            }
            all += squares;
            largest = Math.max(largest, squares);
            longest = Math.max(longest, sum);
        }
        this.largestRow = Upward.sum(largest);
        // the largest sum of a row of a symmetric matrix bounds its norm, as Frobenius' norm does
        double second = Math.min(Upward.sqrt(Upward.sum(all)), Upward.sum(longest));
        double computed = Upward.add(format.shift(second, -2, 0), format.shift(radius, -format.count(), 0));
        this.norm = Math.min(certified, computed);
    }

    /**
     * The enclosure of an exactly known symmetric matrix.
     *
     * @param bits precision below the leading digit of its largest entry
     */
    public static BallMatrix of(ScaledMatrix matrix, int bits) {
        return of(DigitFormat.of(matrix.rows(), bits), matrix, Double.POSITIVE_INFINITY);
    }

    /**
     * The enclosure of an exactly known symmetric matrix.
     *
     * @param norm an upper bound of its norm, infinite where nothing is known
     */
    static BallMatrix of(DigitFormat format, ScaledMatrix matrix, double norm) {
        if (!matrix.numerators().isSymmetric()) {
            throw new IllegalArgumentException("expected a symmetric matrix");
        }
        int size = matrix.rows();
        BigInteger denominator = matrix.denominator();
        int length = matrix.numerators().bitLength() - denominator.bitLength() + 1;
        long position = Math.floorDiv(length + 1L + format.width(), (long) format.width()) - format.count();
        double[][][] rows = empty(format, size);
        int span = rows[0][0].length / format.count();
        boolean inexact = false;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                BigInteger[] parts = BallVector.quotient(
                        matrix.numerators().get(i, j), denominator, Math.multiplyExact(position, (long)
                                format.width()));
                inexact |= parts[1].signum() != 0;
                format.encode(parts[0], rows[j / span][i], j % span, span(format, rows, j / span));
                format.encode(parts[0], rows[i / span][j], i % span, span(format, rows, i / span));
            }
        }
        // every entry is off by less than 1, and Frobenius' norm bounds the norm
        return new BallMatrix(
                format,
                size,
                rows,
                position,
                inexact ? size : 0,
                format.shift(norm, 0, position + format.count()),
                inexact ? 1 : 0);
    }

    private static double[][][] empty(DigitFormat format, int size) {
        int span = (size + blocks(size, COLUMNS) - 1) / blocks(size, COLUMNS);
        int count = blocks(size, span);
        double[][][] rows = new double[count][DigitFormat.padded(size)][];
        for (int block = 0; block < count; block++) {
            int columns = Math.min(span, size - block * span);
            for (int j = 0; j < rows[block].length; j++) {
                rows[block][j] = new double[format.count() * columns];
            }
        }
        return rows;
    }

    private static int blocks(int size, int span) {
        return (size + span - 1) / span;
    }

    /** d. */
    public int size() {
        return size;
    }

    /** e: centre and radius count multiples of 2^e. */
    public long exponent() {
        return Math.multiplyExact(position, (long) format.width());
    }

    /** An upper bound of the norm of A - C, in multiples of 2^exponent; may be infinite. */
    public double radius() {
        return radius;
    }

    /** What every entry of the centre is off the exact result on the factors' centres, in units of 2^-bits. */
    double rounding(int bits) {
        return Upward.scale(rounding, exponent() + bits);
    }

    /** Upper bounds of the absolute values of the centre's entries, row by row. */
    double[] magnitudes() {
        double[] magnitudes = new double[size * size];
        for (int i = 0; i < size; i++) {
            for (int block = 0; block < rows.length; block++) {
                for (int l = 0; l < span(block); l++) {
                    magnitudes[i * size + start(block) + l] =
                            format.shift(magnitude(block, i, l), position + format.count() - 2, 0);
                }
            }
        }
        return magnitudes;
    }

    DigitFormat format() {
        return format;
    }

    long position() {
        return position;
    }

    /** An upper bound of |A|, in units of the position above the leading digit. */
    double norm() {
        return norm;
    }

    /** An upper bound of |A|, exactly. */
    Fraction normBound() {
        int lowest = Math.getExponent(norm) - 52;
        BigInteger mantissa = BigInteger.valueOf((long) Math.scalb(norm, -lowest));
        return Fraction.dyadic(mantissa, Math.toIntExact(lowest + (position + format.count()) * format.width()));
    }

    int blocks() {
        return rows.length;
    }

    int start(int block) {
        return block * span(0);
    }

    int span(int block) {
        return span(format, rows, block);
    }

    private static int span(DigitFormat format, double[][][] rows, int block) {
        return rows[block][0].length / format.count();
    }

    double[][] rows(int block) {
        return rows[block];
    }

    /** An upper bound of an entry of |C|, in units of the second leading digit: all lower ones are worth less than 1. */
    private double magnitude(int block, int row, int column) {
        double[] digits = rows[block][row];
        int top = digits.length - span(block) + column;
        return Math.abs(digits[top] * Math.scalb(1.0, format.width()) + digits[top - span(block)]) + 1;
    }

    /**
     * The enclosure of I - s A.
     *
     * @param scalar s, a vector of one entry
     * @param contraction an upper bound of |I - s A|, infinite where nothing is known
     */
    public BallMatrix identityMinus(BallVector scalar, double contraction) {
        double centre = format.shift(Upward.add(norm, format.shift(radius, -format.count(), 0)), 2, 0);
        BallVector negative = scalar.negate();
        Window window = BallVector.scaled(Upward.sqrt(largestRow), centre, radius, position, negative, new Bound(1, 0));
        double[][][] result = empty(format, size);
        double[] factor = negative.entry();
        for (int block = 0; block < rows.length; block++) {
            int columns = span(block);
            for (int i = 0; i < size; i++) {
                double[] sums = new double[window.positions() * columns];
                format.accumulate(rows[block][i], columns, factor, window.low(), sums);
                int diagonal = i - start(block);
                if (diagonal >= 0 && diagonal < columns && window.lowest() <= 0) {
                    sums[Math.toIntExact(-window.lowest()) * columns + diagonal] += 1;
                }
                format.normalize(sums, columns, window.first(), result[block][i], 0, columns);
            }
        }
        double entry = format.rounding(1, window.low());
        return new BallMatrix(
                format,
                size,
                result,
                window.position(),
                window.radius(Upward.multiply(size, entry)),
                format.shift(contraction, 0, window.position() + format.count()),
                entry);
    }

    /**
     * The enclosure of A^2.
     *
     * <p>With E = A - C, A^2 - C^2 = A E + E A - E^2, of norm at most 2 N R + R^2; the products that are left out and the
     * rounding are off by the same in every entry, hence by d times that in Frobenius' norm.
     */
    public BallMatrix square() {
        int count = format.count();
        long product = 2 * position;
        Bound carried = new Bound(Upward.multiply(Upward.multiply(2, norm), radius), product + count)
                .add(format, new Bound(Upward.multiply(radius, radius), product));
        // by Cauchy and Schwarz no entry of C^2 is larger than the largest sum of squares of a row
        Window window = Window.of(
                format, product, product + 2L * count, new Bound(largestRow, product + 2L * count - 4), carried);
        double[][][] result = empty(format, size);
        int stride = DigitFormat.padded(size);
        double[] row = new double[count * stride];
        for (int i = 0; i < size; i++) {
            for (int block = 0; block < rows.length; block++) {
                for (int a = 0; a < count; a++) {
                    System.arraycopy(rows[block][i], a * span(block), row, a * stride + start(block), span(block));
                }
            }
            // C^2 is symmetric: columns up to those of the diagonal are enough
            for (int block = 0; block * span(0) <= i; block++) {
                double[] sums = new double[window.positions() * span(block)];
                format.accumulate(rows[block], span(block), row, stride, window.low(), sums);
                format.normalize(sums, span(block), window.first(), result[block][i], 0, span(block));
                mirror(result, block, i);
            }
        }
        double entry = format.rounding(size, window.low());
        double squared = Upward.multiply(norm, norm);
        return new BallMatrix(
                format,
                size,
                result,
                window.position(),
                window.radius(Upward.multiply(size, entry)),
                format.shift(squared, product + 2L * count, window.position() + count),
                entry);
    }

    /** Copies row i of a block below the diagonal to column i. */
    private void mirror(double[][][] result, int block, int i) {
        int own = i / span(0);
        if (own == block) {
            return;
        }
        double[] source = result[block][i];
        int column = i - start(own);
        for (int l = 0; l < span(block); l++) {
            double[] target = result[own][start(block) + l];
            for (int a = 0; a < format.count(); a++) {
                target[a * span(own) + column] = source[a * span(block) + l];
            }
        }
    }
}
