package org.loopcert.drift;

import ch.obermuhlner.math.big.BigRational;
import java.util.List;

/**
 * A guaranteed upper bound of the distance between a rounded and the exact theta(loop).
 *
 * @param loop t
 * @param entries upper bounds of the distance of each entry
 * @param maxNorm an upper bound of the largest of them
 * @param euclidean an upper bound of the Euclidean distance
 */
public record ErrorBound(int loop, List<BigRational> entries, BigRational maxNorm, BigRational euclidean) {
    /** Copies the entries. */
    public ErrorBound {
        entries = List.copyOf(entries);
    }
}
