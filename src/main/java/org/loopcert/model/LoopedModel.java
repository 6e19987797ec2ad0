package org.loopcert.model;

import java.util.ArrayList;
import java.util.List;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.Arithmetic;

/**
 * A model that repeats one layer. What it does in a step and what it answers in the end are
 * separate, so that both can be compared with gradient descent.
 *
 * @param <E> the element type
 */
public interface LoopedModel<E> {
    /** The hidden state after one loop with this step size. */
    Matrix<E> step(Arithmetic<E> ring, Matrix<E> hiddenState, E stepSize);

    /** The answer read off a hidden state, d entries. */
    Vector<E> read(Arithmetic<E> ring, Matrix<E> hiddenState);

    /** The hidden states Z(0), ..., Z(T), where T is the length of the schedule. */
    default List<Matrix<E>> hiddenStates(Arithmetic<E> ring, Prompt<E> prompt, List<E> schedule) {
        List<Matrix<E>> states = new ArrayList<>();
        Matrix<E> state = prompt.asMatrix(ring);
        states.add(state);
        for (E stepSize : schedule) {
            state = step(ring, state, stepSize);
            states.add(state);
        }
        return List.copyOf(states);
    }

    /** The answer after all loops. */
    default Vector<E> output(Arithmetic<E> ring, Prompt<E> prompt, List<E> schedule) {
        Matrix<E> state = prompt.asMatrix(ring);
        for (E stepSize : schedule) {
            state = step(ring, state, stepSize);
        }
        return read(ring, state);
    }
}
