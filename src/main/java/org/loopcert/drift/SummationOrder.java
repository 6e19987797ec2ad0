package org.loopcert.drift;

/**
 * The order of operations of a rounded step. Every operation is rounded to nearest even; the terms of
 * a sum come in ascending index, and are brought together as {@link RunConfiguration} says. Another
 * order gives other bits.
 */
public enum SummationOrder {
    /**
     * Gradient descent through the residual: a_i = sum_j X_ij theta_j, r_i = a_i - y_i, g_j = sum_i
     * X_ij r_i, theta_j = theta_j - (eta * g_j).
     */
    RESIDUAL,
    /**
     * Gradient descent through the Gram matrix: once, H_ij = sum over examples k of X_ki X_kj and b_j
     * = sum over k of X_kj y_k; then g_i = (sum_j H_ij theta_j) - b_i, theta_i = theta_i - (eta *
     * g_i).
     */
    GRAM,
    /**
     * The literal loop of linear attention (CHEN2024, Definitions 3.6 to 3.8) on the query vector,
     * with the exact multiplications by the zeros and ones of Q = I, P and M left out: q(0) = the
     * rounded -alpha theta(0); s_i = sum_j q_j X_ij + alpha * y_i, one sum of d + 1 products, the last
     * row of Z Z'; g_j = sum_i s_i X_ij; q_j = q_j - (eta * g_j). Its iterate is read as theta_j = -(q_j / alpha).
     */
    ATTENTION;

    /** Whether the run iterates on the query vector q = -alpha theta instead of theta. */
    boolean iteratesOnQuery() {
        return this == ATTENTION;
    }
}
