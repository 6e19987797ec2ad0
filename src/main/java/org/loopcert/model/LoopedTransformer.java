package org.loopcert.model;

import java.util.Objects;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.Arithmetic;

/**
 * The linear looped Transformer Z(t+1) = Z(t) - eta_t Attn(Z(t)), whose answer TF is minus the last
 * row of Z(T) without its last entry (CHEN2024, Definition 3.6).
 *
 * @param attention the layer that is repeated
 * @param <E> the element type
 */
public record LoopedTransformer<E>(Attention<E> attention) implements LoopedModel<E> {
    /** Checks that there is a layer. */
    public LoopedTransformer {
        Objects.requireNonNull(attention, "attention");
    }

    @Override
    public Matrix<E> step(Arithmetic<E> ring, Matrix<E> hiddenState, E stepSize) {
        return hiddenState.subtract(ring, attention.apply(ring, hiddenState).scale(ring, stepSize));
    }

    @Override
    public Vector<E> read(Arithmetic<E> ring, Matrix<E> hiddenState) {
        return Prompt.of(ring, hiddenState).queryVector().negate(ring);
    }
}
