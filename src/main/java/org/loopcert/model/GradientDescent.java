package org.loopcert.model;

import java.util.ArrayList;
import java.util.List;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.Arithmetic;
import org.loopcert.ring.Field;

/**
 * Gradient descent on the least-squares loss 1/2 |y - X theta|^2: theta(t+1) = theta(t) - eta_t (G
 * theta(t) - b) with G = X'X and b = X'y (CHEN2024, Definition 3.8 and Equation 2).
 *
 * @param gram G, d x d
 * @param moment b, d entries
 * @param <E> the element type
 */
public record GradientDescent<E>(Matrix<E> gram, Vector<E> moment) {
    /** Checks that the sizes fit. */
    public GradientDescent {
        if (gram.rows() != gram.columns() || gram.rows() != moment.size()) {
            throw new IllegalArgumentException("expected a square gram matrix and a moment of its size, got "
                    + gram.rows()
                    + " x "
                    + gram.columns()
                    + " and "
                    + moment.size());
        }
    }

    /** Gradient descent on the loss of a prompt's examples and labels. */
    public static <E> GradientDescent<E> of(Arithmetic<E> ring, Prompt<E> prompt) {
        return new GradientDescent<>(prompt.gram(ring), prompt.moment(ring));
    }

    /**
     * The start theta(0) = -q/alpha that a prompt stands for (CHEN2024, Theorem 4.2).
     *
     * @throws ArithmeticException if alpha is zero
     */
    public static <E> Vector<E> start(Field<E> field, Prompt<E> prompt) {
        return prompt.queryVector().map(q -> field.negate(field.divide(q, prompt.query())));
    }

    /** The gradient G theta - b, d entries. */
    public Vector<E> gradient(Arithmetic<E> ring, Vector<E> theta) {
        return gram.multiply(ring, theta).subtract(ring, moment);
    }

    /** The next iterate. */
    public Vector<E> step(Arithmetic<E> ring, Vector<E> theta, E stepSize) {
        return theta.subtract(ring, gradient(ring, theta).scale(ring, stepSize));
    }

    /** The iterates theta(0), ..., theta(T), where T is the length of the schedule. */
    public List<Vector<E>> iterates(Arithmetic<E> ring, Vector<E> start, List<E> schedule) {
        List<Vector<E>> iterates = new ArrayList<>();
        Vector<E> theta = start;
        iterates.add(theta);
        for (E stepSize : schedule) {
            theta = step(ring, theta, stepSize);
            iterates.add(theta);
        }
        return List.copyOf(iterates);
    }
}
