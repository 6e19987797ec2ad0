package org.loopcert.reproduce;

import java.util.List;
import org.loopcert.ring.Interval;

/** What the lines "Theory" and "Emp" of CHEN2024, Figure 1, may be. The caption names Theorem 4.4, the axis the squared error. */
enum Reading {
    THEOREM_5_8("exp(-t/kappa), squared error", "exp(-t/kappa) beside the squared error (Theorem 5.8)", 1, true),
    FIGURE(
            "exp(-t/(2 kappa)), squared error",
            "exp(-t/(2 kappa)) beside the squared error (the line of Theorem 4.4 over the axis of the figure)",
            2,
            true),
    THEOREM_4_4("exp(-t/(2 kappa)), task error", "exp(-t/(2 kappa)) beside the task error (Theorem 4.4)", 2, false);

    private final String brief;
    private final String words;
    private final long divisor;
    private final boolean squared;

    Reading(String brief, String words, long divisor, boolean squared) {
        this.brief = brief;
        this.words = words;
        this.divisor = divisor;
        this.squared = squared;
    }

    /** For tables. */
    String brief() {
        return brief;
    }

    String words() {
        return words;
    }

    List<Interval> theory(Interval kappa, int loops) {
        return Bound.exponential(kappa, divisor, loops);
    }

    List<Interval> empirical(Series series) {
        return squared ? series.squared() : series.task();
    }

    /** What -1/(divisor kappa) is the slope of, on the logarithmic axis. */
    long divisor() {
        return divisor;
    }

    /**
     * The growth of the gap per loop at the end, where the smallest eigenvalue alone is left: the logarithm of
     * exp(-1/(divisor kappa)) / (1 - 1/kappa)^p, p = 2 for the squared error. It increases in 1/kappa on (0, 1), because
     * its derivative there is p/(1 - 1/kappa) - 1/divisor > 0.
     */
    Interval finalGapGrowth(Interval kappa) {
        Interval inverse = Reals.divide(Reals.ONE, kappa);
        Interval rate = Reals.log(Reals.subtract(Reals.ONE, inverse));
        Interval fall = squared ? Reals.multiply(Reals.of(2), rate) : rate;
        return Reals.subtract(Reals.RING.negate(fall), Reals.divide(inverse, Reals.of(divisor)));
    }
}
