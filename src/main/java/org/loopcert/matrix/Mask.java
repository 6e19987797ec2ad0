package org.loopcert.matrix;

import java.util.BitSet;

/**
 * A matrix of zeros and ones to be multiplied entrywise (CHEN2024, Definition 3.5). An immutable
 * value.
 */
public final class Mask {
    private final int rows;
    private final int columns;
    private final BitSet ones;

    private Mask(int rows, int columns, BitSet ones) {
        this.rows = rows;
        this.columns = columns;
        this.ones = ones;
    }

    /** Decides which entries are one. */
    @FunctionalInterface
    public interface Pattern {
        /** Whether the entry is one. */
        boolean isOne(int row, int column);
    }

    /**
     * The mask with a one exactly where the pattern says so.
     *
     * @throws IllegalArgumentException unless both sizes are positive
     */
    public static Mask of(int rows, int columns, Pattern pattern) {
        Matrix.requireSize(rows, columns);
        BitSet ones = new BitSet(Math.multiplyExact(rows, columns));
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                ones.set(i * columns + j, pattern.isOne(i, j));
            }
        }
        return new Mask(rows, columns, ones);
    }

    /** The mask that keeps everything. */
    public static Mask ones(int rows, int columns) {
        return of(rows, columns, (i, j) -> true);
    }

    /** The number of rows. */
    public int rows() {
        return rows;
    }

    /** The number of columns. */
    public int columns() {
        return columns;
    }

    /**
     * Whether the entry is one.
     *
     * @throws IndexOutOfBoundsException outside the mask
     */
    public boolean isOne(int row, int column) {
        Matrix.requireIndex(row, column, rows, columns);
        return ones.get(row * columns + column);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mask mask && rows == mask.rows && columns == mask.columns && ones.equals(mask.ones);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * rows + columns) + ones.hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            text.append(i == 0 ? "" : "\n");
            for (int j = 0; j < columns; j++) {
                text.append(isOne(i, j) ? '1' : '0');
            }
        }
        return text.toString();
    }
}
