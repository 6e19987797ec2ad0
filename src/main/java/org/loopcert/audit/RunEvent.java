package org.loopcert.audit;

import java.util.OptionalInt;

/**
 * Something that a rounded run does and the exact one does not, or that it does not do it.
 *
 * @param kind what
 * @param at the first loop; empty where it does not happen or is not known
 * @param text what happens, in a sentence without its end
 * @param brief the same in the cell of a table
 */
public record RunEvent(Kind kind, OptionalInt at, String text, String brief) {
    /** What a run may do. */
    public enum Kind {
        /** An iterate is no closer to the solution than the one before it. */
        STOPS_CONTRACTING("stops contracting"),
        /** The iterates repeat from here on. */
        STAGNATES("repeats itself"),
        /** The bound rho^t of the exact run does not hold for the rounded one. */
        LEAVES_BOUND("leaves the exact bound \u03C1\u1D57"),
        /** The same for the bound of CHEN2024, Lemma 5.6. */
        LEAVES_PAPER_BOUND("leaves Lemma 5.6"),
        /** An operation gives an infinity or NaN. */
        NOT_FINITE("is not finite");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        /** What the run does, after its name. */
        public String title() {
            return title;
        }
    }
}
