package org.loopcert.derivation;

/** A refutation of a line that is not accepted. */
@SuppressWarnings("serial")
public final class NotRefuted extends Exception {
    /** How the answer is counted. */
    public enum Kind {
        /** The text is no derivation. */
        MALFORMED,
        /** The line is not refuted by the values. */
        REJECTED,
        /** The values do not tell, or a limit is reached. */
        UNDECIDED
    }

    private final Kind kind;
    private final String reason;
    private final String where;
    private final String expected;
    private final String found;

    NotRefuted(Kind kind, String reason, String where, String expected, String found) {
        super(reason + " in " + where + ": expected " + expected + ", found " + found, null, false, false);
        this.kind = kind;
        this.reason = reason;
        this.where = where;
        this.expected = expected;
        this.found = found;
    }

    public Kind kind() {
        return kind;
    }

    /** The code used in results and in the corpus manifests. */
    public String reason() {
        return reason;
    }

    /** {@code text}, {@code line}, {@code values}, or a hypothesis, an assumption or a condition. */
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
