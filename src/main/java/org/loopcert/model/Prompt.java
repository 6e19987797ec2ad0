package org.loopcert.model;

import java.util.List;
import java.util.Objects;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.Arithmetic;

/**
 * The input data Z = [[X, y], [q', alpha]] (CHEN2024, Definition 3.4).
 *
 * @param examples X, n x d, one in-context example a row
 * @param labels y, n entries
 * @param queryVector q, d entries; the part that the loop updates
 * @param query alpha; nonzero where a solution is to be read off
 * @param <E> the element type
 */
public record Prompt<E>(Matrix<E> examples, Vector<E> labels, Vector<E> queryVector, E query) {
    /** Checks that the sizes fit. */
    public Prompt {
        Objects.requireNonNull(query, "query");
        if (labels.size() != examples.rows()) {
            throw new IllegalArgumentException(
                    "expected " + examples.rows() + " labels, one per example, got " + labels.size());
        }
        if (queryVector.size() != examples.columns()) {
            throw new IllegalArgumentException("expected a query vector of "
                    + examples.columns()
                    + " entries, one per feature, got "
                    + queryVector.size());
        }
    }

    /**
     * The prompt in a hidden state.
     *
     * @param hiddenState Z, at least 2 x 2
     */
    public static <E> Prompt<E> of(Arithmetic<E> ring, Matrix<E> hiddenState) {
        int n = hiddenState.rows() - 1;
        int d = hiddenState.columns() - 1;
        if (n < 1 || d < 1) {
            throw new IllegalArgumentException("expected a hidden state of at least 2 x 2, got "
                    + hiddenState.rows()
                    + " x "
                    + hiddenState.columns());
        }
        return new Prompt<>(
                hiddenState.block(0, n, 0, d),
                hiddenState.block(0, n, d, d + 1).column(0),
                hiddenState.block(n, n + 1, 0, d).row(0).map(ring::transpose),
                hiddenState.get(n, d));
    }

    /** The number n of examples. */
    public int exampleCount() {
        return examples.rows();
    }

    /** The number d of features. */
    public int featureCount() {
        return examples.columns();
    }

    /** The matrix Z, (n+1) x (d+1). */
    public Matrix<E> asMatrix(Arithmetic<E> ring) {
        return Matrix.blockMatrix(List.of(
                List.of(examples, Matrix.column(labels)),
                List.of(Matrix.row(queryVector.map(ring::transpose)), Matrix.row(Vector.of(List.of(query))))));
    }

    /** The gram matrix G = X'X, d x d. */
    public Matrix<E> gram(Arithmetic<E> ring) {
        return examples.gram(ring);
    }

    /** The moment b = X'y, d entries. */
    public Vector<E> moment(Arithmetic<E> ring) {
        return examples.transpose(ring).multiply(ring, labels);
    }
}
