package org.loopcert.exact;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The product of a constant integer matrix with a vector of long integers.
 *
 * <p>With the digits a_0, a_1, ... of the matrix, the digits of the product before carries are the convolutions of their
 * digits with those of the vector: sums over the columns for each digit place of the matrix, collected apart and added up
 * one place higher each. A sum of at most {@link Digits#TERMS} products is exact, and carries are taken out of it before
 * it would have more. Sums are worked on three at a time, for two columns at a time, in blocks of digits and columns that fit the caches.
 *
 * <p>Where only few entries of the matrix have low bits, as with doubles of which few are tiny, the matrix is split in
 * 2^e H + L with a sparse L, if H has a digit less.
 */
final class ConstantMatrix {
    private static final int BLOCK = 512;
    private static final int TILE = Digits.TERMS;
    private static final int GROUP = 3;

    /** An L with more entries, relatively, is not worth a digit less. */
    private static final double SPARSE = 0.02;

    /** Largest e. */
    private static final int MAX_LOW_BITS = 12;

    /**
     * How many parts a sum has at most, for each place and tile one with its carries of 2^29, in units of 2^e: 2^22 of them
     * and as many products as {@link Digits#TERMS} / 2 stay below 2^53. So do entries of L, fewer than {@link #MAX_LOW} a row.
     */
    private static final long MAX_PARTS = 1 << 22;

    private static final int MAX_LOW = 1 << 15;

    private final int columns;
    private final int places;

    /** The digits of H [row][place][column], or null where a row has only zeros at a place. */
    private final double[][][] coefficients;

    /** 2^e. */
    private final double unit;

    /** L, row by row. */
    private final Entry[][] low;

    private record Entry(int column, double value) {}

    private ConstantMatrix(int columns, int places, double[][][] coefficients, double unit, Entry[][] low) {
        this.columns = columns;
        this.places = places;
        this.coefficients = coefficients;
        this.unit = unit;
        this.low = low;
    }

    /** Room for one thread's intermediate sums. */
    static final class Room {
        /** How many arrays it takes. */
        static final int ARRAYS = 2 * GROUP + 2;

        private final double[][] sums;
        private final double[][] carries;
        private final double[] zeros;
        private final double[] shifted;

        Room(double[][] arrays) {
            sums = Arrays.copyOfRange(arrays, 0, GROUP);
            carries = Arrays.copyOfRange(arrays, GROUP, 2 * GROUP);
            zeros = arrays[2 * GROUP];
            shifted = arrays[2 * GROUP + 1];
        }

        /** See {@link Digits#reduce}. */
        void reduce(double[] digits, int length) {
            Digits.reduce(digits, length, carries[0], shifted);
        }

        /** See {@link Digits#multiplyAdd(double[], double[], double, int, int, int, double[])}. */
        void multiplyAdd(double[] a, double[] x, double a0, int places, int from, int to) {
            Digits.multiplyAdd(a, x, a0, places, from, to, shifted);
        }
    }

    static ConstantMatrix of(IntegerMatrix matrix) {
        int bits = matrix.bitLength();
        int places = Digits.count(bits);
        int lowBits = places == 1 ? 0 : bits - ((places - 1) * Digits.BITS - 2);
        Entry[][] low = new Entry[matrix.rows()][0];
        long parts = (long) places * (matrix.columns() / TILE + 1);
        if (parts > MAX_PARTS) {
            throw new IllegalArgumentException("a row of " + matrix.columns() + " entries is too long");
        }
        if (lowBits <= MAX_LOW_BITS && parts << lowBits <= MAX_PARTS && share(matrix, lowBits) <= SPARSE) {
            for (int i = 0; i < low.length; i++) {
                low[i] = low(matrix, i, lowBits);
            }
        } else {
            lowBits = 0;
        }
        double[] digits = new double[places];
        double[][][] coefficients = new double[matrix.rows()][places][matrix.columns()];
        int used = 1;
        for (int i = 0; i < matrix.rows(); i++) {
            int next = 0;
            for (int j = 0; j < matrix.columns(); j++) {
                BigInteger value = matrix.get(i, j);
                if (next < low[i].length && low[i][next].column() == j) {
                    value = value.subtract(BigInteger.valueOf((long) low[i][next].value()));
                    next++;
                }
                int length = Digits.trimmed(digits, Digits.write(value.shiftRight(lowBits), digits, 0));
                used = Math.max(used, length);
                for (int k = 0; k < length; k++) {
                    coefficients[i][k][j] = digits[k];
                }
            }
        }
        for (double[][] row : coefficients) {
            for (int k = 0; k < places; k++) {
                if (Digits.trimmed(row[k], row[k].length) == 0) {
                    row[k] = null;
                }
            }
        }
        return new ConstantMatrix(matrix.columns(), used, coefficients, 1 << lowBits, low);
    }

    /** The share of entries that 2^bits does not divide; 1 where a row has more than {@link #MAX_LOW} of them. */
    private static double share(IntegerMatrix matrix, int bits) {
        long count = 0;
        for (int i = 0; i < matrix.rows(); i++) {
            long before = count;
            for (int j = 0; j < matrix.columns(); j++) {
                if (isLow(matrix.get(i, j), bits)) {
                    count++;
                }
            }
            if (count - before > MAX_LOW) {
                return 1; // too many for one sum
            }
        }
        return (double) count / ((long) matrix.rows() * matrix.columns());
    }

    private static boolean isLow(BigInteger value, int bits) {
        return value.signum() != 0 && value.getLowestSetBit() < bits;
    }

    /** The remainders of least size modulo 2^bits in a row. */
    private static Entry[] low(IntegerMatrix matrix, int i, int bits) {
        return IntStream.range(0, matrix.columns())
                .filter(j -> isLow(matrix.get(i, j), bits))
                .mapToObj(j -> {
                    int rest = matrix.get(i, j).intValue() & ((1 << bits) - 1);
                    return new Entry(j, rest >= 1 << (bits - 1) ? rest - (1 << bits) : rest);
                })
                .toArray(Entry[]::new);
    }

    /** Digits of the longest entry, at most. */
    int places() {
        return places + 1;
    }

    /**
     * Rows first, ..., last - 1 of sums += matrix * vector, reduced.
     *
     * @param sums what the product is added to: sums of at most {@code terms} products of digits, zero from {@code total} on
     * @param total at least length + {@link #places()} + 1; two digits more are written
     * @param vector reduced digits of as many integers as the matrix has columns
     * @param length they are zero from here on
     */
    void addTo(double[][] sums, int terms, int total, double[][] vector, int length, Room room, int first, int last) {
        // the sums of all places of a row are added up as they are if even together they have few enough terms
        boolean few = terms + columns * places * unit + columns <= Digits.TERMS;
        int blocks = Math.max(1, (length + BLOCK - 1) / BLOCK);
        int width = (length + blocks - 1) / blocks;
        int tiles = (columns + TILE - 1) / TILE;
        int tile = ((columns + tiles - 1) / tiles + 1) & ~1;
        int[] row = new int[GROUP];
        int[] place = new int[GROUP];
        for (int from = 0; from < length; from += width) {
            int to = Math.min(length, from + width);
            for (int column = 0; column < columns; column += tile) {
                int count = 0;
                for (int i = first; i < last; i++) {
                    for (int k = 0; k < places; k++) {
                        if (coefficients[i][k] != null) {
                            row[count] = i;
                            place[count] = k;
                            count++;
                        }
                        if (count == GROUP || count > 0 && i == last - 1 && k == places - 1) {
                            int end = Math.min(columns, column + tile);
                            group(sums, few, row, place, count, vector, column, end, from, to, room);
                            count = 0;
                        }
                    }
                }
            }
            for (int i = first; i < last; i++) {
                for (Entry entry : low[i]) {
                    Digits.multiplyAdd(sums[i], vector[entry.column()], entry.value(), from, to);
                }
            }
        }
        for (int i = first; i < last; i++) {
            room.reduce(sums[i], total);
        }
    }

    /** Adds the products at up to three pairs of a row and a place, on one block of the columns and the vector's digits. */
    private void group(
            double[][] sums,
            boolean few,
            int[] row,
            int[] place,
            int count,
            double[][] vector,
            int firstColumn,
            int lastColumn,
            int from,
            int to,
            Room room) {
        double[] a = coefficients[row[0]][place[0]];
        double[] b = count > 1 ? coefficients[row[1]][place[1]] : a;
        double[] c = count > 2 ? coefficients[row[2]][place[2]] : a;
        for (double[] sum : room.sums) {
            Arrays.fill(sum, from, to, 0);
        }
        for (int j = firstColumn; j < lastColumn; j += 2) {
            boolean two = j + 1 < lastColumn;
            Digits.multiplyAdd(
                    room.sums[0],
                    room.sums[1],
                    room.sums[2],
                    vector[j],
                    two ? vector[j + 1] : room.zeros,
                    a[j],
                    two ? a[j + 1] : 0,
                    b[j],
                    two ? b[j + 1] : 0,
                    c[j],
                    two ? c[j + 1] : 0,
                    from,
                    to);
        }
        if (!few) {
            for (int k = 0; k < count; k++) {
                Digits.takeCarries(room.sums[k], room.carries[k], from, to);
            }
        }
        for (int k = 0; k < count; k++) {
            room.multiplyAdd(sums[row[k]], room.sums[k], unit, place[k], from, to);
            if (!few) {
                room.multiplyAdd(sums[row[k]], room.carries[k], unit, place[k] + 1, from, to);
            }
        }
    }
}
