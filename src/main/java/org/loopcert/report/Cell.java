package org.loopcert.report;

import java.util.Objects;

/** What stands in a table. */
public sealed interface Cell permits Badge, Cell.Text {
    /**
     * A text or a number.
     *
     * @param text as shown
     */
    record Text(String text) implements Cell {
        /** Requires the text. */
        public Text {
            Objects.requireNonNull(text, "text");
        }
    }

    /** A text or a number. */
    static Cell of(String text) {
        return new Text(text);
    }
}
