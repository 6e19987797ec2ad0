package org.loopcert.ring;

import java.util.Objects;

/**
 * The shape of an element: {@code "1"} by {@code "1"} for a scalar, symbolic dimension names such
 * as {@code "n"} by {@code "d"} for a dimension-free matrix word.
 *
 * @param rows name of the row dimension
 * @param columns name of the column dimension
 */
public record Shape(String rows, String columns) {
    /** The shape of every element of a ring of scalars. */
    public static final Shape SCALAR = new Shape("1", "1");

    /** Checks that both names are present. */
    public Shape {
        if (Objects.requireNonNull(rows, "rows").isBlank()
                || Objects.requireNonNull(columns, "columns").isBlank()) {
            throw new IllegalArgumentException("expected two dimension names, got a blank one");
        }
    }

    /** The shape with rows and columns exchanged. */
    public Shape transpose() {
        return new Shape(columns, rows);
    }

    @Override
    public String toString() {
        return rows + " x " + columns;
    }
}
