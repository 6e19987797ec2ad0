package org.loopcert.drift;

import java.util.Objects;

/**
 * Where a rounded run first produced an infinity or a NaN.
 *
 * @param loop the loop whose iterate could not be formed; 0 for the inputs, the Gram matrix and the
 *     start
 * @param operation the operation that was not finite
 * @param row the row it belongs to, as {@link Operation} says, -1 where it has none
 * @param column the column it belongs to, -1 where it has none
 * @param value the infinity or NaN, or the zero that alpha was rounded to
 */
public record NonFinite(int loop, Operation operation, int row, int column, double value) {
    /** Requires an operation. */
    public NonFinite {
        Objects.requireNonNull(operation, "operation");
    }

    @Override
    public String toString() {
        return "loop "
                + loop
                + ": "
                + operation
                + (row < 0 ? "" : " row " + row)
                + (column < 0 ? "" : " column " + column)
                + " gave "
                + value;
    }
}
