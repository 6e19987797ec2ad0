package org.loopcert.drift;

import java.util.Objects;
import org.loopcert.ring.RoundingFormat;

/**
 * In which arithmetic an instance is run. Inputs and step sizes are rounded to the working format first, and every
 * operation is rounded to nearest, ties to even. The products of a sum and its partial sums are rounded to the
 * accumulator's format, and the finished sum once to the working format; everything else happens in the working format.
 *
 * @param format the working format
 * @param accumulator the format of products and partial sums, the working format or a wider one
 * @param fused whether products are fused: into the partial sum they are added to (with pairwise summation the second
 *     product of each pair, into the first), and eta * g into the update
 * @param summation how sums are brought together
 * @param order the order of operations
 */
public record RunConfiguration(
        RoundingFormat format, RoundingFormat accumulator, boolean fused, Summation summation, SummationOrder order) {
    /**
     * Checks the accumulator.
     *
     * @throws IllegalArgumentException if the accumulator's format lacks numbers of the working format
     */
    public RunConfiguration {
        Objects.requireNonNull(summation, "summation");
        Objects.requireNonNull(order, "order");
        if (!accumulator.contains(format)) {
            throw new IllegalArgumentException(
                    "expected an accumulator that holds all numbers of " + format + ", got " + accumulator);
        }
    }

    /** One format throughout, nothing fused, sums from left to right. */
    public static RunConfiguration of(RoundingFormat format, SummationOrder order) {
        return new RunConfiguration(format, format, false, Summation.SEQUENTIAL, order);
    }

    /** Java's double arithmetic in the given order: nothing fused, sums from left to right. */
    public static RunConfiguration binary64(SummationOrder order) {
        return of(RoundingFormat.BINARY64, order);
    }

    /** The same with another accumulator. */
    public RunConfiguration accumulating(RoundingFormat wider) {
        return new RunConfiguration(format, wider, fused, summation, order);
    }

    /** The same with products fused into what they are added to. */
    public RunConfiguration fusing() {
        return new RunConfiguration(format, accumulator, true, summation, order);
    }

    /** The same with another summation. */
    public RunConfiguration summing(Summation other) {
        return new RunConfiguration(format, accumulator, fused, other, order);
    }

    /** Whether sums are kept in another format than their terms. */
    boolean converts() {
        return accumulator != format;
    }

    /** Whether the fast loops of {@link RoundedSteps} follow this configuration. */
    boolean isPlain() {
        return !fused && !converts() && summation instanceof Summation.Sequential;
    }
}
