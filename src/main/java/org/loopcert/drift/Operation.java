package org.loopcert.drift;

/**
 * The parts of a rounded run's program, to say where a value stopped being finite or was rounded. With pairwise and
 * blocked sums an addition of partial sums belongs to the place of the last product before it.
 */
public enum Operation {
    /** Rounding X[row][column]. */
    ROUND_EXAMPLE,
    /** Rounding y[row]. */
    ROUND_LABEL,
    /** Rounding entry [column] of the start, theta(0) or q(0). */
    ROUND_START,
    /** Rounding the query alpha; also an alpha that rounds to zero. */
    ROUND_QUERY,
    /** Rounding the step size. */
    ROUND_STEP_SIZE,
    /** A product or sum of H[row][column]. */
    GRAM_ENTRY,
    /** A product or sum of b[column]. */
    GRAM_LABEL,
    /** A product or sum of the prediction of example row, at column. */
    PREDICTION,
    /** The product alpha * y[row] or its addition. */
    QUERY_LABEL,
    /** Subtracting y[row], or b[row]. */
    RESIDUAL,
    /** A product or sum of the gradient's entry column, at row. */
    GRADIENT,
    /** eta times the gradient's entry column; where that is fused, part of UPDATE. */
    STEP,
    /** Subtracting the step from entry column. */
    UPDATE,
    /** Reading theta[column] = -(q[column] / alpha). */
    READ_OUT
}
