package org.loopcert.reproduce;

import java.util.List;
import org.loopcert.ring.Interval;

/** The lines that an error is held against, as functions of t. */
enum Bound {
    LEMMA_5_6("lemma-5.6", "squared error <= (1 - eta mu)^t (Lemma 5.6)", true, false),
    THEOREM_5_8("theorem-5.8", "squared error <= exp(-t/kappa) (Theorem 5.8)", true, false),
    HALF_EXPONENT(
            "half-exponent",
            "squared error <= exp(-t/(2 kappa)) (the bound of Theorem 4.4 laid over the squared error)",
            true,
            false),
    TIGHT_SQUARED("tight-squared", "squared error <= (1 - eta mu)^(2t) (stronger than the paper)", true, true),
    THEOREM_4_4("theorem-4.4", "task error <= |alpha| exp(-t/(2 kappa)) (Theorem 4.4)", false, false),
    DOUBLED("doubled-exponent", "task error <= |alpha| exp(-t/kappa) (stronger than the paper)", false, true),
    TIGHT_TASK("tight-task", "task error <= |alpha| (1 - eta mu)^t (stronger than the paper)", false, true);

    private final String id;
    private final String words;
    private final boolean squared;
    private final boolean own;

    Bound(String id, String words, boolean squared, boolean own) {
        this.id = id;
        this.words = words;
        this.squared = squared;
        this.own = own;
    }

    String id() {
        return id;
    }

    String words() {
        return words;
    }

    /** Whether it is not the paper's. */
    boolean own() {
        return own;
    }

    /** The error it bounds. */
    List<Interval> error(Series series) {
        return squared ? series.squared() : series.task();
    }

    /**
     * The line for t = 0, ..., T.
     *
     * @param rate 1 - eta mu
     * @param kappa at least 1
     */
    List<Interval> line(Interval rate, Interval kappa, int loops) {
        return switch (this) {
            case LEMMA_5_6, TIGHT_TASK -> Reals.powers(Reals.notNegative(rate), loops);
            case TIGHT_SQUARED -> Reals.powers(Reals.notNegative(Reals.multiply(rate, rate)), loops);
            case THEOREM_5_8, DOUBLED -> exponential(kappa, 1, loops);
            case HALF_EXPONENT, THEOREM_4_4 -> exponential(kappa, 2, loops);
        };
    }

    /** exp(-t/(divisor kappa)). */
    static List<Interval> exponential(Interval kappa, long divisor, int loops) {
        return Reals.powers(
                Reals.expOfNegative(Reals.divide(Reals.ONE, Reals.multiply(Reals.of(divisor), kappa))), loops);
    }
}
