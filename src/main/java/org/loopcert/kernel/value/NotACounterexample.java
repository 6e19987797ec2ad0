package org.loopcert.kernel.value;

import java.util.Locale;

/** Values do not show that a line is false. Says nothing about whether it is true. */
@SuppressWarnings("serial")
public final class NotACounterexample extends Exception {
    /** Why. */
    public enum Reason {
        /** The line or an assumption does not fit its context. */
        ILL_TYPED,
        /** A value of a name that is not declared, or declared as something else. */
        NAME,
        /** Something needed has no value. */
        MISSING,
        /** A value has another shape than its name, or is not given exactly. */
        SHAPE,
        /** An integer or a dimension lies below its lower bound. */
        RANGE,
        /** An operation is undefined at the values: a divisor, a root, an inverse, an index. */
        UNDEFINED,
        /** A hypothesis, assumption or condition is false at the values. */
        NOT_MET,
        /** A hypothesis, assumption or condition is not decided by enclosures. */
        NOT_DECIDED,
        /** A statement about infinitely many values that says not what a sequence or function is. */
        QUANTIFIER,
        /** What should define a sequence or function refers to values that are not there before. */
        CIRCULAR,
        /** The line is true at the values. */
        LINE_TRUE,
        /** The line is not decided by enclosures. */
        LINE_NOT_DECIDED,
        /** An enclosure is too wide to go on. */
        PRECISION,
        /** Too large, too many or too long. */
        LIMIT;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Reason reason;
    private final String where;
    private final String expected;
    private final String found;

    private NotACounterexample(Reason reason, String where, String expected, String found) {
        super(reason.code() + (where.isEmpty() ? "" : " in " + where) + ": expected " + expected + ", found " + found);
        this.reason = reason;
        this.where = where;
        this.expected = expected;
        this.found = found;
    }

    static NotACounterexample of(Reason reason, String expected, Object found) {
        return new NotACounterexample(reason, "", expected, String.valueOf(found));
    }

    static void require(boolean condition, Reason reason, String expected, Object found) throws NotACounterexample {
        if (!condition) {
            throw of(reason, expected, found);
        }
    }

    /** The same, met in this part of what was checked. */
    NotACounterexample in(String part) {
        return new NotACounterexample(reason, part, expected, found);
    }

    public Reason reason() {
        return reason;
    }

    /** {@code values}, {@code line}, {@code hypothesis 2}, {@code assumption 1}, {@code condition 1}: counted from one. */
    public String where() {
        return where;
    }

    public String expected() {
        return expected;
    }

    public String found() {
        return found;
    }
}
