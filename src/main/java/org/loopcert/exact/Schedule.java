package org.loopcert.exact;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/** The step sizes eta_0, eta_1, ...: one constant for any number of loops, or a finite list. */
public final class Schedule {
    private final List<Fraction> steps;
    private final boolean constant;

    private Schedule(List<Fraction> steps, boolean constant) {
        this.steps = steps;
        this.constant = constant;
    }

    /** The same step size in every loop. */
    public static Schedule constant(Fraction stepSize) {
        return new Schedule(List.of(stepSize), true);
    }

    /** One step size per loop; an empty list serves zero loops. */
    public static Schedule of(List<Fraction> stepSizes) {
        return new Schedule(List.copyOf(stepSizes), false);
    }

    public boolean isConstant() {
        return constant;
    }

    /** How many loops the list serves; empty for a constant schedule, which serves any number. */
    public OptionalInt length() {
        return constant ? OptionalInt.empty() : OptionalInt.of(steps.size());
    }

    /**
     * eta_t.
     *
     * @throws IndexOutOfBoundsException if t is negative or beyond a listed schedule
     */
    public Fraction step(int t) {
        return steps.get(constant && t >= 0 ? 0 : t);
    }

    /**
     * Refuses a listed schedule that is shorter than the number of loops.
     *
     * @throws IllegalArgumentException in that case, or for a negative number of loops
     */
    void requireLoops(int loops) {
        if (loops < 0) {
            throw new IllegalArgumentException("loops must not be negative, got " + loops);
        }
        if (!constant && steps.size() < loops) {
            throw new IllegalArgumentException(
                    "the schedule lists " + steps.size() + " steps, but " + loops + " loops were asked");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Schedule schedule && constant == schedule.constant && steps.equals(schedule.steps);
    }

    @Override
    public int hashCode() {
        return Objects.hash(steps, constant);
    }

    @Override
    public String toString() {
        return constant ? "constant " + steps.get(0) : steps.toString();
    }
}
