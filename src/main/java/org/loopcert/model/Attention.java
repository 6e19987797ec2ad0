package org.loopcert.model;

import org.loopcert.matrix.Matrix;
import org.loopcert.ring.Arithmetic;

/**
 * One layer without its residual connection: a map of hidden states to updates of the same size.
 *
 * @param <E> the element type
 */
public interface Attention<E> {
    /**
     * One entry of the update.
     *
     * @param hiddenState Z, (n+1) x (d+1)
     */
    E entry(Arithmetic<E> ring, Matrix<E> hiddenState, int row, int column);

    /** The whole update, of the size of the hidden state. */
    default Matrix<E> apply(Arithmetic<E> ring, Matrix<E> hiddenState) {
        return Matrix.of(hiddenState.rows(), hiddenState.columns(), (i, j) -> entry(ring, hiddenState, i, j));
    }
}
