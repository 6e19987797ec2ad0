package org.loopcert.model;

import java.util.List;
import java.util.Objects;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.Arithmetic;

/**
 * The input data Z = [[X, x], [y', c]] of loops in the column convention (Gatmiry et al. 2024): one
 * example a column, and in the last column the query whose label is asked for, with c = 0 at first.
 *
 * @param examples X, d x n
 * @param labels y, n entries; the part that the loop updates, with c
 * @param query x, d entries
 * @param slot c; minus the prediction
 * @param <E> the element type
 */
public record ColumnPrompt<E>(Matrix<E> examples, Vector<E> labels, Vector<E> query, E slot) {
    /** Checks that the sizes fit. */
    public ColumnPrompt {
        Objects.requireNonNull(slot, "slot");
        if (labels.size() != examples.columns()) {
            throw new IllegalArgumentException(
                    "expected " + examples.columns() + " labels, one per example, got " + labels.size());
        }
        if (query.size() != examples.rows()) {
            throw new IllegalArgumentException(
                    "expected a query of " + examples.rows() + " entries, one per feature, got " + query.size());
        }
    }

    /**
     * The prompt in a hidden state.
     *
     * @param hiddenState Z, at least 2 x 2
     */
    public static <E> ColumnPrompt<E> of(Arithmetic<E> ring, Matrix<E> hiddenState) {
        int d = hiddenState.rows() - 1;
        int n = hiddenState.columns() - 1;
        if (n < 1 || d < 1) {
            throw new IllegalArgumentException("expected a hidden state of at least 2 x 2, got "
                    + hiddenState.rows()
                    + " x "
                    + hiddenState.columns());
        }
        return new ColumnPrompt<>(
                hiddenState.block(0, d, 0, n),
                hiddenState.block(d, d + 1, 0, n).row(0).map(ring::transpose),
                hiddenState.block(0, d, n, n + 1).column(0),
                hiddenState.get(d, n));
    }

    /** The matrix Z, (d+1) x (n+1). */
    public Matrix<E> asMatrix(Arithmetic<E> ring) {
        return Matrix.blockMatrix(List.of(
                List.of(examples, Matrix.column(query)),
                List.of(Matrix.row(labels.map(ring::transpose)), Matrix.row(Vector.of(List.of(slot))))));
    }

    /** The prediction of the query's label, minus the last entry of Z. */
    public E prediction(Arithmetic<E> ring) {
        return ring.negate(slot);
    }

    /** Gradient descent on 1/2 |y - X'w|^2: G = XX', b = Xy. */
    public GradientDescent<E> descent(Arithmetic<E> ring) {
        return new GradientDescent<>(
                examples.multiply(ring, examples.transpose(ring)), examples.multiply(ring, labels));
    }
}
