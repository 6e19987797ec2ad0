package org.loopcert.model;

import org.loopcert.matrix.Matrix;
import org.loopcert.ring.Arithmetic;

/**
 * Linear attention whose mask is a factor, in the row convention: Attn(Z) = (Z Q Z') N Z P. The transpose of {@link
 * PreconditionedAttention} with Q', P' and N', beside {@link LinearAttention}, whose mask acts entrywise.
 *
 * <p>For hidden states of (n+1) x (d+1): Q and P are (d+1) x (d+1), N is (n+1) x (n+1).
 *
 * @param keyQuery Q
 * @param valueOutput P
 * @param mask N
 * @param <E> the element type
 */
public record ProductMaskedAttention<E>(Matrix<E> keyQuery, Matrix<E> valueOutput, Matrix<E> mask)
        implements Attention<E> {
    /** Checks that all are square and that Q and P have one size. */
    public ProductMaskedAttention {
        requireSquare("key-query matrix", keyQuery);
        requireSquare("value-output matrix", valueOutput);
        requireSquare("mask", mask);
        if (keyQuery.rows() != valueOutput.rows()) {
            throw new IllegalArgumentException(
                    "expected a value-output matrix of " + keyQuery.rows() + " rows, got " + valueOutput.rows());
        }
    }

    @Override
    public E entry(Arithmetic<E> ring, Matrix<E> hiddenState, int row, int column) {
        requireFits(hiddenState);
        return row(ring, hiddenState, Matrix.row(hiddenState.row(row)))
                .multiply(ring, Matrix.column(valueOutput.column(column)))
                .get(0, 0);
    }

    @Override
    public Matrix<E> apply(Arithmetic<E> ring, Matrix<E> hiddenState) {
        requireFits(hiddenState);
        return row(ring, hiddenState, hiddenState).multiply(ring, valueOutput);
    }

    /** Some rows of (Z Q Z') N Z. */
    private Matrix<E> row(Arithmetic<E> ring, Matrix<E> z, Matrix<E> queries) {
        return queries.multiply(ring, keyQuery)
                .multiply(ring, z.transpose(ring))
                .multiply(ring, mask)
                .multiply(ring, z);
    }

    private void requireFits(Matrix<E> hiddenState) {
        if (hiddenState.rows() != mask.rows() || hiddenState.columns() != keyQuery.rows()) {
            throw new IllegalArgumentException("expected a hidden state of " + mask.rows() + " x " + keyQuery.rows()
                    + ", got " + hiddenState.rows() + " x " + hiddenState.columns());
        }
    }

    private static void requireSquare(String what, Matrix<?> matrix) {
        if (matrix.rows() != matrix.columns() || matrix.rows() < 2) {
            throw new IllegalArgumentException("expected a square " + what + " of at least 2 x 2, got " + matrix.rows()
                    + " x " + matrix.columns());
        }
    }
}
