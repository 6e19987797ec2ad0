package org.loopcert.ring;

import ch.obermuhlner.math.big.BigRational;
import java.util.Objects;

/**
 * The closed interval of reals between two dyadics.
 *
 * @param lower the least member
 * @param upper the greatest member
 */
public record Interval(Dyadic lower, Dyadic upper) {
    /** Checks the order of the ends. */
    public Interval {
        Objects.requireNonNull(lower, "lower");
        Objects.requireNonNull(upper, "upper");
        if (lower.compareTo(upper) > 0) {
            throw new IllegalArgumentException("expected lower <= upper, got [" + lower + ", " + upper + "]");
        }
    }

    /** The interval with one member. */
    public static Interval of(Dyadic value) {
        return new Interval(value, value);
    }

    /** Whether the rational is a member. */
    public boolean contains(BigRational value) {
        RationalField rationals = RationalField.INSTANCE;
        return rationals.compare(lower.toRational(), value) <= 0 && rationals.compare(value, upper.toRational()) <= 0;
    }

    /** Whether every member of the other interval is a member of this one. */
    public boolean contains(Interval other) {
        return lower.compareTo(other.lower) <= 0 && other.upper.compareTo(upper) <= 0;
    }

    /** Upper minus lower, exact. */
    public Dyadic width() {
        return upper.add(lower.negate());
    }

    @Override
    public String toString() {
        return "[" + lower + ", " + upper + "]";
    }
}
