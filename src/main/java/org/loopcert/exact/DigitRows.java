package org.loopcert.exact;

import java.math.BigInteger;

/**
 * Rows of exact numbers, each an integer times a power of two, that can be taken apart into balanced
 * binary digits.
 */
interface DigitRows {
    /** What {@link #lowest} says of a row of zeros. */
    int NO_EXPONENT = Integer.MAX_VALUE;

    int rows();

    int columns();

    /** The largest e such that all entries of a row are multiples of 2^e, {@link #NO_EXPONENT} if all are zero. */
    int lowest(int row);

    /** The least of all rows. */
    default int lowest() {
        int least = NO_EXPONENT;
        for (int i = 0; i < rows(); i++) {
            least = Math.min(least, lowest(i));
        }
        return least;
    }

    /** An e such that all entries of all rows are at most 2^e in magnitude. */
    int highest();

    /**
     * Writes the digits of a row: entry j becomes the sum of planes[p][at][j] 2^(shift + p bits), each
     * digit an integer of magnitude at most 2^(bits - 1), but for the highest where planes are few.
     *
     * @param shift at most the row's lowest exponent
     * @param bits of the base, 1 to 30
     * @param planes as many as make the highest digit a double: highest() - shift &lt; bits * (planes.length - 1) + 53
     */
    void write(int row, int shift, int bits, double[][][] planes, int at);

    /** Rows of integers. */
    static DigitRows of(BigInteger[][] rows) {
        return new Integers(rows);
    }

    /**
     * The exact values of doubles, row by row in the first rows * columns entries of an array.
     *
     * @throws IllegalArgumentException if one is not finite
     */
    static DigitRows of(double[] entries, int rows, int columns) {
        return new Doubles(entries, rows, columns);
    }

    /** Integers, row by row in the first rows * columns entries of an array. */
    static DigitRows of(long[] entries, int rows, int columns) {
        return new Longs(entries, rows, columns);
    }

    /** Short integers, not copied. */
    final class Longs implements DigitRows {
        private final long[] entries;
        private final int rows;
        private final int columns;
        private final int highest;

        private Longs(long[] entries, int rows, int columns) {
            this.entries = entries;
            this.rows = rows;
            this.columns = columns;
            long all = 0;
            for (int i = 0; i < rows * columns; i++) {
                all |= entries[i] ^ entries[i] >> Long.SIZE - 1;
            }
            this.highest = Long.SIZE - Long.numberOfLeadingZeros(all);
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
            long all = 0;
            for (int i = row * columns, end = i + columns; i < end; i++) {
                all |= entries[i];
            }
            return all == 0 ? NO_EXPONENT : Long.numberOfTrailingZeros(all);
        }

        @Override
        public int highest() {
            return highest;
        }

        @Override
        public void write(int row, int shift, int bits, double[][][] planes, int at) {
            for (int j = 0; j < columns; j++) {
                BalancedDigits.write(entries[row * columns + j] >> shift, 0, bits, planes, at, j);
            }
        }
    }

    /** Rows of integers, not copied. */
    final class Integers implements DigitRows {
        private final BigInteger[][] entries;
        private final int highest;

        private Integers(BigInteger[][] entries) {
            this.entries = entries;
            int longest = 0;
            for (BigInteger[] row : entries) {
                for (BigInteger entry : row) {
                    longest = Math.max(longest, entry.bitLength());
                }
            }
            this.highest = longest;
        }

        @Override
        public int rows() {
            return entries.length;
        }

        @Override
        public int columns() {
            return entries[0].length;
        }

        @Override
        public int lowest(int row) {
            int lowest = NO_EXPONENT;
            for (BigInteger entry : entries[row]) {
                if (entry.signum() != 0) {
                    lowest = Math.min(lowest, entry.getLowestSetBit());
                }
            }
            return lowest;
        }

        @Override
        public int highest() {
            return highest;
        }

        @Override
        public void write(int row, int shift, int bits, double[][][] planes, int at) {
            BigInteger[] source = entries[row];
            double[] digits = new double[planes.length];
            for (int j = 0; j < source.length; j++) {
                if (source[j].bitLength() < Long.SIZE) {
                    BalancedDigits.write(
                            source[j].longValue() >> Math.min(shift, Long.SIZE - 1), 0, bits, planes, at, j);
                } else {
                    BalancedDigits.write(source[j], shift, bits, digits.length, digits, 0, 1);
                    for (int k = 0; k < digits.length; k++) {
                        planes[k][at][j] = digits[k];
                    }
                }
            }
        }
    }

    /** Doubles, not copied. */
    final class Doubles implements DigitRows {
        private static final int FRACTION_BITS = 52;
        private static final int EXPONENT_MASK = 0x7ff;
        private static final int BIAS = 1075; // of a mantissa taken as an integer

        private final double[] entries;
        private final int rows;
        private final int columns;
        private final int highest;

        private Doubles(double[] entries, int rows, int columns) {
            this.entries = entries;
            this.rows = rows;
            this.columns = columns;
            double largest = 0;
            for (int i = 0; i < rows * columns; i++) {
                largest = Math.max(largest, Math.abs(entries[i])); // not a number prevails
            }
            if (!(largest <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("expected finite numbers, got " + largest);
            }
            this.highest = Math.getExponent(largest) + 1;
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
            int lowest = NO_EXPONENT;
            for (int i = row * columns, end = i + columns; i < end; i++) {
                long bits = Double.doubleToRawLongBits(entries[i]);
                long mantissa = mantissa(bits);
                if (mantissa != 0) {
                    lowest = Math.min(lowest, exponent(bits) + Long.numberOfTrailingZeros(mantissa));
                }
            }
            return lowest;
        }

        @Override
        public int highest() {
            return highest;
        }

        @Override
        public void write(int row, int shift, int bits, double[][][] planes, int at) {
            for (int j = 0; j < columns; j++) {
                long raw = Double.doubleToRawLongBits(entries[row * columns + j]);
                long mantissa = mantissa(raw);
                if (mantissa == 0) {
                    BalancedDigits.write(0, 0, bits, planes, at, j);
                    continue;
                }
                long signed = raw < 0 ? -mantissa : mantissa;
                int exponent = exponent(raw) - shift;
                if (exponent >= 0) {
                    BalancedDigits.write(signed, exponent, bits, planes, at, j);
                } else {
                    BalancedDigits.write(signed >> -exponent, 0, bits, planes, at, j);
                }
            }
        }

        /**
         * Row i as odd magnitudes, with the sign of the entry, times powers of two; zero is 0.
         *
         * @param odd receives integers below 2^53 in magnitude
         */
        void read(int row, long[] odd, int[] exponents) {
            for (int j = 0; j < columns; j++) {
                long raw = Double.doubleToRawLongBits(entries[row * columns + j]);
                long mantissa = mantissa(raw);
                int zeros = mantissa == 0 ? 0 : Long.numberOfTrailingZeros(mantissa);
                odd[j] = raw < 0 ? -(mantissa >> zeros) : mantissa >> zeros;
                exponents[j] = exponent(raw) + zeros;
            }
        }

        private static int exponent(long raw) {
            return Math.max((int) (raw >>> FRACTION_BITS) & EXPONENT_MASK, 1) - BIAS;
        }

        private static long mantissa(long raw) {
            long fraction = raw & (1L << FRACTION_BITS) - 1;
            return (raw >>> FRACTION_BITS & EXPONENT_MASK) == 0 ? fraction : fraction | 1L << FRACTION_BITS;
        }
    }
}
