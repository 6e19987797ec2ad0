package org.loopcert.kernel.proof;

import java.util.Locale;

/** A rule does not derive what it was asked for. Says nothing about whether it is true. */
@SuppressWarnings("serial")
public final class NotProved extends Exception {
    /** Why. */
    public enum Reason {
        /** The two sides have different normal forms. */
        NOT_EQUAL,
        /** An operation is not known to be defined: a divisor, a root, an inverse. */
        UNDEFINED,
        /** The premises have not the form that the rule needs, or belong to another statement. */
        PREMISE,
        /** A sign that the rule needs is not known. */
        SIGN,
        /** An index lies outside its range, or is not known to lie inside. */
        RANGE,
        /** Blocks cannot be aligned, since their sizes cannot be compared. */
        BLOCKS,
        /** A variable that must be arbitrary occurs in an assumption. */
        NOT_ARBITRARY,
        /** A symbol is not declared, or used against its declaration. */
        NAME,
        /** Too many rewriting steps or too large an intermediate result. */
        LIMIT;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Reason reason;
    private final String expected;
    private final String found;

    private NotProved(Reason reason, String expected, String found) {
        super(reason.code() + ": expected " + expected + ", found " + found, null, false, false);
        this.reason = reason;
        this.expected = expected;
        this.found = found;
    }

    public Reason reason() {
        return reason;
    }

    public String expected() {
        return expected;
    }

    public String found() {
        return found;
    }

    public static NotProved of(Reason reason, String expected, Object found) {
        return new NotProved(reason, expected, String.valueOf(found));
    }

    static void require(boolean condition, Reason reason, String expected, Object found) throws NotProved {
        if (!condition) {
            throw of(reason, expected, found);
        }
    }
}
