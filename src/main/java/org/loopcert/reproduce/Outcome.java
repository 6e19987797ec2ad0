package org.loopcert.reproduce;

import java.util.Collection;
import java.util.Locale;
import org.loopcert.ring.Interval;

/** Whether an observation holds, decided on enclosures; where they overlap it stays open. */
public enum Outcome {
    HOLDS,
    FAILS,
    UNDECIDED;

    /** Whether a number is at most another. */
    static Outcome atMost(Interval value, Interval bound) {
        if (value.upper().compareTo(bound.lower()) <= 0) {
            return HOLDS;
        }
        return value.lower().compareTo(bound.upper()) > 0 ? FAILS : UNDECIDED;
    }

    /** Whether a number is less than another. */
    static Outcome less(Interval value, Interval bound) {
        return atMost(bound, value).negated();
    }

    /** All of some: fails where one fails, and is open where none fails and one is open. */
    static Outcome all(Collection<Outcome> outcomes) {
        if (outcomes.contains(FAILS)) {
            return FAILS;
        }
        return outcomes.contains(UNDECIDED) ? UNDECIDED : HOLDS;
    }

    Outcome negated() {
        return switch (this) {
            case HOLDS -> FAILS;
            case FAILS -> HOLDS;
            case UNDECIDED -> UNDECIDED;
        };
    }

    /** The word in results. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
