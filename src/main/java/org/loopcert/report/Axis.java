package org.loopcert.report;

import ch.obermuhlner.math.big.BigRational;
import java.util.Objects;
import java.util.Optional;

/**
 * An axis of a plot.
 *
 * @param title what is measured, with its unit if it has one
 * @param scale how values are spread
 * @param floor on a logarithmic axis, the positive value at which smaller positive ones are drawn; none by default, for
 *     values of any size have their place
 */
public record Axis(String title, Scale scale, Optional<BigRational> floor) {
    /** How values are spread over an axis. */
    public enum Scale {
        /** In proportion to their differences. */
        LINEAR,
        /** In proportion to their ratios, with a mark at powers of ten; zero and negative numbers have no place. */
        LOG10
    }

    /**
     * Checks the floor.
     *
     * @throws IllegalArgumentException if there is one and the axis is linear or it is not positive
     */
    public Axis {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(scale, "scale");
        if (floor.isPresent() && (scale == Scale.LINEAR || floor.get().signum() <= 0)) {
            throw new IllegalArgumentException(
                    "expected a positive floor of a logarithmic axis, got " + floor.get() + ", " + scale);
        }
    }

    /** A linear axis. */
    public static Axis linear(String title) {
        return new Axis(title, Scale.LINEAR, Optional.empty());
    }

    /** A logarithmic axis. */
    public static Axis log10(String title) {
        return new Axis(title, Scale.LOG10, Optional.empty());
    }

    /** The same logarithmic axis, with positive values below the floor drawn at the floor. */
    public Axis withFloor(BigRational value) {
        return new Axis(title, scale, Optional.of(value));
    }

    boolean isLogarithmic() {
        return scale == Scale.LOG10;
    }
}
