package org.loopcert.drift;

/**
 * When a rounded run stops satisfying |theta^(t) - tt|^2 <= rho^(2t) |theta(0) - tt|^2, which the
 * exact run satisfies; decided exactly.
 */
public sealed interface BoundExit {
    /**
     * The first loop at which the rounded run violates the bound.
     *
     * @param loop t
     */
    record LeavesAt(int loop) implements BoundExit {}

    /**
     * The rounded run satisfies the bound at every loop.
     *
     * @param throughLoop the last loop, T
     */
    record StaysWithin(int throughLoop) implements BoundExit {}

    /**
     * The bound holds before the loop, and at the loop the two sides are too close.
     *
     * @param loop t
     * @param why what was missing
     */
    record Undecided(int loop, String why) implements BoundExit {}
}
