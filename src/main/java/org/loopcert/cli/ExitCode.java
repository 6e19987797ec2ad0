package org.loopcert.cli;

import java.util.List;
import org.loopcert.kernel.Verdict;

/** The exit codes of every command. */
final class ExitCode {
    static final int ACCEPTED = 0;
    static final int REJECTED = 1;

    /** Malformed or unreadable input, or wrong usage. */
    static final int MALFORMED = 2;

    static final int UNDECIDED = 3;

    /** A fault of this program. */
    static final int FAULT = 70;

    private static final List<Integer> WORST_FIRST = List.of(FAULT, MALFORMED, REJECTED, UNDECIDED, ACCEPTED);

    private ExitCode() {}

    static int of(Verdict verdict) {
        if (verdict instanceof Verdict.Accepted) {
            return ACCEPTED;
        }
        if (verdict instanceof Verdict.Rejected) {
            return REJECTED;
        }
        return verdict instanceof Verdict.Undecided ? UNDECIDED : MALFORMED;
    }

    /** The worse of two exit codes. */
    static int worse(int first, int second) {
        return WORST_FIRST.indexOf(first) <= WORST_FIRST.indexOf(second) ? first : second;
    }
}
