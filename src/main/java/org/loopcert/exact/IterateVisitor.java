package org.loopcert.exact;

/** Receives chosen iterates of a replay, in order of t. */
@FunctionalInterface
public interface IterateVisitor {
    /**
     * Called with theta(t).
     *
     * @param t number of loops done
     * @param theta the exact iterate
     */
    void visit(int t, ScaledVector theta);
}
