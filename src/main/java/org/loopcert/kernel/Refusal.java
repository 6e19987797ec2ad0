package org.loopcert.kernel;

import org.loopcert.kernel.Verdict.Reason;

/** Carries the end of a check to {@link Kernel#check}, which turns it into a {@link Verdict}. */
@SuppressWarnings("serial")
final class Refusal extends Exception {
    enum Kind {
        REJECTED,
        UNDECIDED,
        MALFORMED
    }

    final Kind kind;
    final Reason reason;
    final int offset;
    final String expected;
    final String found;

    private Refusal(Kind kind, Reason reason, int offset, String expected, String found) {
        super(expected, null, false, false);
        this.kind = kind;
        this.reason = reason;
        this.offset = offset;
        this.expected = expected;
        this.found = found;
    }

    static Refusal rejected(Reason reason, String expected, String found) {
        return new Refusal(Kind.REJECTED, reason, 0, expected, found);
    }

    static Refusal undecided(Reason reason, String missing) {
        return new Refusal(Kind.UNDECIDED, reason, 0, missing, "");
    }

    static Refusal limit(String limit, String found) {
        return new Refusal(Kind.UNDECIDED, Reason.LIMIT, 0, "limit " + limit + ", needed " + found, "");
    }

    static Refusal malformed(int offset, String expected, String found) {
        return new Refusal(Kind.MALFORMED, null, offset, expected, found);
    }

    /** Rejects with this reason unless the condition holds. */
    static void require(boolean condition, Reason reason, String expected, Object found) throws Refusal {
        if (!condition) {
            throw rejected(reason, expected, String.valueOf(found));
        }
    }

    /** Rejects with this reason unless the condition, which the text describes, holds. */
    static void require(boolean condition, Reason reason, String expected) throws Refusal {
        require(condition, reason, expected, "not so");
    }
}
