package org.loopcert.model;

import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.Arithmetic;

/**
 * Gradient descent whose gradient is multiplied by a fixed matrix: theta(t+1) = theta(t) - eta_t A (G
 * theta(t) - b).
 *
 * @param descent the loss, by G and b
 * @param preconditioner A, d x d, of any kind: neither symmetric nor definite
 * @param <E> the element type
 */
public record PreconditionedGradientDescent<E>(GradientDescent<E> descent, Matrix<E> preconditioner) {
    /** Checks that the sizes fit. */
    public PreconditionedGradientDescent {
        int d = descent.moment().size();
        if (preconditioner.rows() != d || preconditioner.columns() != d) {
            throw new IllegalArgumentException("expected a preconditioner of " + d + " x " + d + ", got "
                    + preconditioner.rows() + " x " + preconditioner.columns());
        }
    }

    /** The next iterate. */
    public Vector<E> step(Arithmetic<E> ring, Vector<E> theta, E stepSize) {
        Vector<E> direction = preconditioner.multiply(ring, descent.gradient(ring, theta));
        return theta.subtract(ring, direction.scale(ring, stepSize));
    }
}
