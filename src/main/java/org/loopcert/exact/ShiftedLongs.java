package org.loopcert.exact;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.loopcert.matrix.DyadicMatrix;

/** Rows of integers m 2^s with an m of 64 bits and s &ge; 0, without an object per entry. */
final class ShiftedLongs implements DigitRows {
    private final int rows;
    private final int columns;
    private final long[] numbers;
    private final int[] shifts;
    private final int[] lowest;
    private final int highest;

    /** Keeps the arrays, which hold the entries row by row. */
    ShiftedLongs(int rows, int columns, long[] numbers, int[] shifts) {
        this.rows = rows;
        this.columns = columns;
        this.numbers = numbers;
        this.shifts = shifts;
        this.lowest = new int[rows];
        int longest = 0;
        for (int at = 0, i = 0; i < rows; i++) {
            int least = NO_EXPONENT;
            for (int j = 0; j < columns; j++, at++) {
                long number = numbers[at];
                if (number != 0) {
                    least = Math.min(least, shifts[at] + Long.numberOfTrailingZeros(number));
                    // as BigInteger.bitLength
                    longest = Math.max(
                            longest,
                            shifts[at] + Long.SIZE - Long.numberOfLeadingZeros(number ^ number >> Long.SIZE - 1));
                }
            }
            lowest[i] = least;
        }
        this.highest = longest;
    }

    /** Keeps the array, which holds the entries over 2^shift row by row. */
    ShiftedLongs(int rows, int columns, long[] numbers, int shift) {
        this(rows, columns, numbers, filled(numbers.length, shift));
    }

    private static int[] filled(int count, int shift) {
        int[] shifts = new int[count];
        Arrays.fill(shifts, shift);
        return shifts;
    }

    /** The numerators over the least common denominator. */
    static ShiftedLongs of(DyadicMatrix matrix) {
        int columns = matrix.columns();
        long[] numbers = new long[matrix.rows() * columns];
        int[] shifts = new int[numbers.length];
        for (int at = 0, i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < columns; j++, at++) {
                numbers[at] = matrix.numerator(i, j);
                shifts[at] = matrix.exponent() - matrix.exponent(i, j);
            }
        }
        return new ShiftedLongs(matrix.rows(), columns, numbers, shifts);
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public int lowest(int row) {
        return lowest[row];
    }

    @Override
    public int highest() {
        return highest;
    }

    @Override
    public void write(int row, int shift, int bits, double[][][] planes, int at) {
        for (int j = 0, index = row * columns; j < columns; j++, index++) {
            int exponent = shifts[index] - shift;
            if (exponent >= 0) {
                BalancedDigits.write(numbers[index], exponent, bits, planes, at, j);
            } else {
                // exact, as all entries of the row are multiples of 2^shift
                BalancedDigits.write(numbers[index] >> Math.min(-exponent, Long.SIZE - 1), 0, bits, planes, at, j);
            }
        }
    }

    /** The entries m 2^s, with their m and s. */
    long number(int i, int j) {
        return numbers[i * columns + j];
    }

    int shift(int i, int j) {
        return shifts[i * columns + j];
    }

    BigInteger get(int i, int j) {
        int at = i * columns + j;
        return BigInteger.valueOf(numbers[at]).shiftLeft(shifts[at]);
    }

    BigInteger[][] toArray() {
        BigInteger[][] result = new BigInteger[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                result[i][j] = get(i, j);
            }
        }
        return result;
    }

    /** The entries modulo a prime, row by row. */
    long[] residues(PrimeModulus modulus) {
        long[] residues = new long[numbers.length];
        for (int at = 0; at < residues.length; at++) {
            residues[at] = modulus.reduceShifted(numbers[at], shifts[at]);
        }
        return residues;
    }

    /** Whether all sums in a product with a vector of entries of so many bits fit two words. */
    boolean fits(int bits) {
        return bits < Long.SIZE
                && (long) highest + bits + Integer.SIZE - Integer.numberOfLeadingZeros(columns) < 2 * Long.SIZE - 1;
    }

    /** The product with a vector of short integers that {@link #fits}. */
    BigInteger[] multiply(IntegerVector vector) {
        long[] factors = new long[columns];
        for (int j = 0; j < columns; j++) {
            factors[j] = vector.get(j).longValueExact();
        }
        BigInteger[] result = new BigInteger[rows];
        for (int at = 0, i = 0; i < rows; i++) {
            long low = 0;
            long high = 0;
            for (int j = 0; j < columns; j++, at++) {
                long productLow = numbers[at] * factors[j];
                long productHigh = Math.multiplyHigh(numbers[at], factors[j]);
                int shift = shifts[at];
                if (shift >= Long.SIZE) {
                    productHigh = productLow << shift - Long.SIZE; // no longer than the sum may be
                    productLow = 0;
                } else if (shift > 0) {
                    productHigh = productHigh << shift | productLow >>> Long.SIZE - shift;
                    productLow <<= shift;
                }
                low += productLow;
                high += productHigh + (Long.compareUnsigned(low, productLow) < 0 ? 1 : 0);
            }
            result[i] = new BigInteger(ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(high)
                    .putLong(low)
                    .array());
        }
        return result;
    }
}
