package org.loopcert.report;

import java.util.Objects;

/**
 * A verdict in a word: its text says it all, its colour only repeats it.
 *
 * @param text the word
 * @param tone what it means for the reader
 */
public record Badge(String text, Tone tone) implements Cell {
    /** What a verdict means for the reader. */
    public enum Tone {
        /** It holds. */
        GOOD,
        /** It does not hold. */
        BAD,
        /** It is not known whether it holds. */
        OPEN,
        /** It is a measurement or a remark. */
        PLAIN
    }

    /** Requires both. */
    public Badge {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(tone, "tone");
    }
}
