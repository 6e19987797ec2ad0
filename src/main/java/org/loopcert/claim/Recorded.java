package org.loopcert.claim;

import java.util.Optional;
import org.loopcert.derivation.LineReport;

/**
 * What is recorded of a line of a derivation that is not proved.
 *
 * @param rule what a rule would have to do; empty unless open, and where the line only waits for others
 */
public record Recorded(State state, Optional<String> rule) {
    private static final String RULE = "open: ";

    /** What a line can be. */
    public enum State {
        PROVED,
        /** Neither proved nor refuted. */
        OPEN,
        /** False at given values. */
        REFUTED,
        ILL_TYPED;

        public String word() {
            return this == ILL_TYPED ? "ill-typed" : name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Reads {@code refuted}, {@code ill-typed}, {@code open} or {@code open: RULE}. */
    static Optional<Recorded> of(String text) {
        if (text.startsWith(RULE) && !text.substring(RULE.length()).isBlank()) {
            return Optional.of(new Recorded(State.OPEN, Optional.of(text.substring(RULE.length()))));
        }
        for (State each : new State[] {State.OPEN, State.REFUTED, State.ILL_TYPED}) {
            if (each.word().equals(text)) {
                return Optional.of(new Recorded(each, Optional.empty()));
            }
        }
        return Optional.empty();
    }

    /** What a line is now. */
    public static State state(LineReport line) {
        switch (line.verdict()) {
            case PROVED:
                return State.PROVED;
            case ILL_TYPED:
                return State.ILL_TYPED;
            default:
                return line.counterexample().isPresent() ? State.REFUTED : State.OPEN;
        }
    }

    /** How a line is named: what it belongs to and its number in that. */
    public static String key(LineReport line) {
        return line.part() + "." + line.step();
    }
}
