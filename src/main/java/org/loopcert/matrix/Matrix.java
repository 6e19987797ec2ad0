package org.loopcert.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.loopcert.ring.Arithmetic;
import org.loopcert.ring.Ring;

/**
 * An immutable matrix of at least one row and one column. Operations are given the ring; sums run
 * in the order of the indices, no term is skipped or regrouped, so that the result is determined
 * also where addition is not associative. The only terms ever left out are those that a {@link
 * Mask} sets to zero.
 *
 * @param <E> the entry type, an immutable value
 */
public final class Matrix<E> {
    private final int columns;
    private final List<List<E>> rows;

    private Matrix(List<List<E>> rows) {
        this.rows = rows;
        this.columns = rows.get(0).size();
    }

    /** Computes an entry from its indices. */
    @FunctionalInterface
    public interface Entry<E> {
        /** The entry at the indices, not null. */
        E at(int row, int column);
    }

    /**
     * The matrix of the given rows.
     *
     * @throws IllegalArgumentException unless there is at least one row, at least one column, and all
     *     rows have one length
     * @throws NullPointerException if an entry is null
     */
    public static <E> Matrix<E> of(List<? extends List<? extends E>> rows) {
        if (rows.isEmpty() || rows.get(0).isEmpty()) {
            throw new IllegalArgumentException("expected at least one row and one column, got none");
        }
        int columns = rows.get(0).size();
        List<List<E>> copy = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).size() != columns) {
                throw new IllegalArgumentException("expected " + columns + " columns in row " + i + ", got "
                        + rows.get(i).size());
            }
            copy.add(List.copyOf(rows.get(i)));
        }
        return new Matrix<>(List.copyOf(copy));
    }

    /**
     * The matrix whose entries are computed from their indices, row by row.
     *
     * @throws IllegalArgumentException unless both sizes are positive
     */
    public static <E> Matrix<E> of(int rows, int columns, Entry<? extends E> entry) {
        requireSize(rows, columns);
        List<List<E>> list = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            List<E> row = new ArrayList<>(columns);
            for (int j = 0; j < columns; j++) {
                row.add(Objects.requireNonNull(entry.at(i, j), "entry"));
            }
            list.add(List.copyOf(row));
        }
        return new Matrix<>(List.copyOf(list));
    }

    /** The zero matrix. */
    public static <E> Matrix<E> zero(Ring<E> ring, int rows, int columns) {
        E zero = ring.zero();
        return of(rows, columns, (i, j) -> zero);
    }

    /** The identity matrix. */
    public static <E> Matrix<E> identity(Ring<E> ring, int size) {
        return diagonal(ring, Vector.constant(size, ring.one()));
    }

    /** The square matrix with the given diagonal and zeros elsewhere. */
    public static <E> Matrix<E> diagonal(Ring<E> ring, Vector<E> diagonal) {
        E zero = ring.zero();
        return of(diagonal.size(), diagonal.size(), (i, j) -> i == j ? diagonal.get(i) : zero);
    }

    /** The matrix with this vector as its only column. */
    public static <E> Matrix<E> column(Vector<E> vector) {
        return of(vector.size(), 1, (i, j) -> vector.get(i));
    }

    /** The matrix with this vector as its only row. */
    public static <E> Matrix<E> row(Vector<E> vector) {
        return of(1, vector.size(), (i, j) -> vector.get(j));
    }

    /**
     * The matrix assembled from blocks, given row of blocks by row of blocks.
     *
     * @throws IllegalArgumentException unless blocks side by side have equally many rows and all rows
     *     of blocks have equally many columns in total
     */
    public static <E> Matrix<E> blockMatrix(List<? extends List<Matrix<E>>> blocks) {
        List<List<E>> rows = new ArrayList<>();
        for (List<Matrix<E>> band : blocks) {
            int height = band.isEmpty() ? 0 : band.get(0).rows();
            for (Matrix<E> block : band) {
                if (block.rows() != height) {
                    throw new IllegalArgumentException("expected a block of " + height + " rows, got " + block.rows());
                }
            }
            for (int i = 0; i < height; i++) {
                List<E> row = new ArrayList<>();
                for (Matrix<E> block : band) {
                    row.addAll(block.rows.get(i));
                }
                rows.add(row);
            }
        }
        return of(rows);
    }

    /** The number of rows. */
    public int rows() {
        return rows.size();
    }

    /** The number of columns. */
    public int columns() {
        return columns;
    }

    /**
     * The entry at indices from zero.
     *
     * @throws IndexOutOfBoundsException outside the matrix
     */
    public E get(int row, int column) {
        requireIndex(row, column, rows(), columns);
        return rows.get(row).get(column);
    }

    /** A row as a vector. */
    public Vector<E> row(int row) {
        return Vector.of(rows.get(row));
    }

    /** A column as a vector. */
    public Vector<E> column(int column) {
        List<E> entries = new ArrayList<>(rows());
        for (int i = 0; i < rows(); i++) {
            entries.add(get(i, column));
        }
        return Vector.of(entries);
    }

    /** The rows, unmodifiable. */
    public List<List<E>> toLists() {
        return rows;
    }

    /**
     * The block of rows {@code fromRow} (inclusive) to {@code toRow} (exclusive), and likewise for
     * columns.
     *
     * @throws IndexOutOfBoundsException if the block is not inside the matrix
     * @throws IllegalArgumentException if it is empty
     */
    public Matrix<E> block(int fromRow, int toRow, int fromColumn, int toColumn) {
        Objects.checkFromToIndex(fromRow, toRow, rows());
        Objects.checkFromToIndex(fromColumn, toColumn, columns);
        return of(toRow - fromRow, toColumn - fromColumn, (i, j) -> get(fromRow + i, fromColumn + j));
    }

    /** The entrywise image. */
    public <F> Matrix<F> map(Function<? super E, ? extends F> function) {
        return of(rows(), columns, (i, j) -> function.apply(get(i, j)));
    }

    /** The sum of two matrices of one size. */
    public Matrix<E> add(Arithmetic<E> ring, Matrix<E> other) {
        requireSameSize(other.rows(), other.columns());
        return of(rows(), columns, (i, j) -> ring.add(get(i, j), other.get(i, j)));
    }

    /** The difference of two matrices of one size. */
    public Matrix<E> subtract(Arithmetic<E> ring, Matrix<E> other) {
        requireSameSize(other.rows(), other.columns());
        return of(rows(), columns, (i, j) -> ring.subtract(get(i, j), other.get(i, j)));
    }

    /** The additive inverse. */
    public Matrix<E> negate(Arithmetic<E> ring) {
        return map(ring::negate);
    }

    /** The factor times every entry, the factor on the left. */
    public Matrix<E> scale(Arithmetic<E> ring, E factor) {
        return map(entry -> ring.multiply(factor, entry));
    }

    /**
     * The matrix product.
     *
     * @throws IllegalArgumentException unless this has as many columns as the other has rows
     */
    public Matrix<E> multiply(Arithmetic<E> ring, Matrix<E> other) {
        requireFactor(columns, other.rows());
        return of(rows(), other.columns(), (i, j) -> {
            E sum = ring.multiply(get(i, 0), other.get(0, j));
            for (int k = 1; k < columns; k++) {
                sum = ring.add(sum, ring.multiply(get(i, k), other.get(k, j)));
            }
            return sum;
        });
    }

    /** The product with a column vector on the right. */
    public Vector<E> multiply(Arithmetic<E> ring, Vector<E> vector) {
        return multiply(ring, column(vector)).column(0);
    }

    /** The transpose; entries are transposed too, which changes nothing for scalars. */
    public Matrix<E> transpose(Arithmetic<E> ring) {
        return of(columns, rows(), (i, j) -> ring.transpose(get(j, i)));
    }

    /** The Gram matrix: the transpose of this times this. */
    public Matrix<E> gram(Arithmetic<E> ring) {
        return transpose(ring).multiply(ring, this);
    }

    /** The entrywise product with a mask: zero of the entry's shape where the mask is zero. */
    public Matrix<E> hadamard(Arithmetic<E> ring, Mask mask) {
        requireSameSize(mask.rows(), mask.columns());
        return of(rows(), columns, (i, j) -> mask.isOne(i, j) ? get(i, j) : ring.zero(ring.shape(get(i, j))));
    }

    /** The entrywise product of two matrices of one size. */
    public Matrix<E> hadamard(Arithmetic<E> ring, Matrix<E> other) {
        requireSameSize(other.rows(), other.columns());
        return of(rows(), columns, (i, j) -> ring.multiply(get(i, j), other.get(i, j)));
    }

    /** Whether the sizes and, in the ring, all entries agree. */
    public boolean equal(Arithmetic<E> ring, Matrix<E> other) {
        if (rows() != other.rows() || columns != other.columns()) {
            return false;
        }
        for (int i = 0; i < rows(); i++) {
            for (int j = 0; j < columns; j++) {
                if (!ring.equal(get(i, j), other.get(i, j))) {
                    return false;
                }
            }
        }
        return true;
    }

    static void requireSize(int rows, int columns) {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException(
                    "expected at least one row and one column, got " + rows + " x " + columns);
        }
    }

    static void requireIndex(int row, int column, int rows, int columns) {
        Objects.checkIndex(row, rows);
        Objects.checkIndex(column, columns);
    }

    private static void requireFactor(int columns, int rows) {
        if (columns != rows) {
            throw new IllegalArgumentException("expected a factor of " + columns + " rows, got " + rows + " rows");
        }
    }

    private void requireSameSize(int otherRows, int otherColumns) {
        if (rows() != otherRows || columns != otherColumns) {
            throw new IllegalArgumentException(
                    "expected size " + rows() + " x " + columns + ", got " + otherRows + " x " + otherColumns);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Matrix<?> matrix && rows.equals(matrix.rows);
    }

    @Override
    public int hashCode() {
        return rows.hashCode();
    }

    @Override
    public String toString() {
        return rows.toString();
    }
}
