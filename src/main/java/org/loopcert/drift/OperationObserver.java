package org.loopcert.drift;

import ch.obermuhlner.math.big.BigRational;
import org.loopcert.ring.RoundingFormat;

/** Sees every rounding of a run as it happens. Runs without an observer take a faster path to the same bits. */
@FunctionalInterface
public interface OperationObserver {
    /** An operation has been performed. */
    void performed(RoundedOperation operation);

    /**
     * An input has been rounded to the working format.
     *
     * @param loop the loop whose iterate is being formed; 0 for all but step sizes
     * @param operation which input
     * @param row its row, -1 where it has none
     * @param column its column, -1 where it has none
     * @param exact the input
     * @param format the working format
     * @param result what it was rounded to
     */
    default void rounded(
            int loop,
            Operation operation,
            int row,
            int column,
            BigRational exact,
            RoundingFormat format,
            double result) {}
}
