package org.loopcert.model;

import java.util.List;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.Field;
import org.loopcert.ring.Property;

/**
 * Step equivalence by running both sides (CHEN2024, Theorem 4.2): the loop and gradient descent
 * take the same steps, and q(t) = -alpha theta(t) with X, y and alpha unchanged is compared after
 * each one, and TF = alpha theta(T) in the end. Establishes the one run it replays.
 */
public final class ReplayCheck {
    private ReplayCheck() {}

    /** The answer; what is not {@link Equal} says where and why. */
    public sealed interface Result permits Equal, IterateDiffers, ContextChanged, OutputDiffers {}

    /**
     * All states and the answer agree.
     *
     * @param loops the number T of steps replayed
     */
    public record Equal(int loops) implements Result {}

    /**
     * The first t where q(t) is not -alpha theta(t).
     *
     * @param loop t
     * @param coordinate the coordinate, from zero
     * @param expected that of -alpha theta(t), in exact notation
     * @param found that of q(t)
     */
    public record IterateDiffers(int loop, int coordinate, String expected, String found) implements Result {}

    /**
     * The first t where the hidden state no longer holds the X, y and alpha of the prompt.
     *
     * @param loop t
     * @param row the row, from zero
     * @param column the column, from zero
     * @param expected the entry of the prompt, in exact notation
     * @param found the entry of Z(t)
     */
    public record ContextChanged(int loop, int row, int column, String expected, String found) implements Result {}

    /**
     * All states agree, and the answer is not alpha theta(T).
     *
     * @param coordinate the coordinate, from zero
     * @param expected that of alpha theta(T), in exact notation
     * @param found that of the answer
     */
    public record OutputDiffers(int coordinate, String expected, String found) implements Result {}

    /**
     * Replays a schedule.
     *
     * @param schedule the step sizes eta_0, ..., eta_{T-1}
     * @throws IllegalArgumentException if the field is not exact, or sizes do not fit
     * @throws ArithmeticException if alpha is zero
     */
    public static <E> Result check(Field<E> field, LoopedModel<E> model, Prompt<E> prompt, List<E> schedule) {
        if (!field.has(Property.EXACT) || !field.has(Property.FIELD)) {
            throw new IllegalArgumentException("expected an exact field, got " + field.name());
        }
        GradientDescent<E> descent = GradientDescent.of(field, prompt);
        Vector<E> theta = GradientDescent.start(field, prompt);
        Matrix<E> initial = prompt.asMatrix(field);
        Matrix<E> state = initial;
        E minusAlpha = field.negate(prompt.query());
        for (int t = 0; t <= schedule.size(); t++) {
            if (t > 0) {
                E stepSize = schedule.get(t - 1);
                theta = descent.step(field, theta, stepSize);
                state = model.step(field, state, stepSize);
            }
            Matrix<E> expected = withLastRow(initial, theta.scale(field, minusAlpha));
            for (int i = 0; i < expected.rows(); i++) {
                for (int j = 0; j < expected.columns(); j++) {
                    if (!field.equal(expected.get(i, j), state.get(i, j))) {
                        String wanted = field.show(expected.get(i, j));
                        String got = field.show(state.get(i, j));
                        return i == expected.rows() - 1 && j < theta.size()
                                ? new IterateDiffers(t, j, wanted, got)
                                : new ContextChanged(t, i, j, wanted, got);
                    }
                }
            }
        }
        Vector<E> answer = model.output(field, prompt, schedule);
        Vector<E> expected = theta.scale(field, prompt.query());
        if (answer.size() != expected.size()) {
            throw new IllegalArgumentException(
                    "expected an answer of " + expected.size() + " entries, got " + answer.size());
        }
        for (int j = 0; j < expected.size(); j++) {
            if (!field.equal(expected.get(j), answer.get(j))) {
                return new OutputDiffers(j, field.show(expected.get(j)), field.show(answer.get(j)));
            }
        }
        return new Equal(schedule.size());
    }

    private static <E> Matrix<E> withLastRow(Matrix<E> initial, Vector<E> queryVector) {
        int n = initial.rows() - 1;
        int d = queryVector.size();
        return Matrix.of(n + 1, d + 1, (i, j) -> i == n && j < d ? queryVector.get(j) : initial.get(i, j));
    }
}
