package org.loopcert.derivation;

/**
 * Why a term has no entries here: it is undefined at this shape or point, it is outside what is expanded, or it costs
 * more than the budget. A statement about the computation, not a fault of the program.
 */
@SuppressWarnings("serial")
final class EntryFailure extends RuntimeException {
    /** What kind of obstacle. */
    enum Cause {
        /** Division by zero, an index outside, an empty matrix: the term says nothing here. */
        UNDEFINED,
        /** The value is not rational at this point. */
        IRRATIONAL,
        /** A name or construction that the expansion does not know. */
        UNSUPPORTED,
        /** More indeterminates than the field has. */
        CAPACITY,
        /** More work than the budget allows. */
        BUDGET
    }

    private final Cause kind;

    EntryFailure(Cause kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    Cause kind() {
        return kind;
    }

    static EntryFailure undefined(String message) {
        return new EntryFailure(Cause.UNDEFINED, message);
    }

    static EntryFailure irrational(String message) {
        return new EntryFailure(Cause.IRRATIONAL, message);
    }

    static EntryFailure unsupported(String message) {
        return new EntryFailure(Cause.UNSUPPORTED, message);
    }
}
