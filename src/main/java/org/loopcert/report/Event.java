package org.loopcert.report;

import java.util.Objects;

/**
 * Something that happens at one abscissa: a vertical line with a letter, which the notes of the figure explain.
 *
 * @param x where
 * @param text what, as the end of "a: at loop t = 17, ..."
 */
public record Event(Coordinate x, String text) {
    /** Requires both. */
    public Event {
        Objects.requireNonNull(x, "x");
        Objects.requireNonNull(text, "text");
    }
}
