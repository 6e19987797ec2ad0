package org.loopcert.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.loopcert.certificate.ReachedLimit;
import org.loopcert.certificate.ResultJson;

/** The end of a command for a reason that its user can act on; a message of one line and an exit code. */
final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private Failure(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** Something that is named cannot be read or written. */
    static Failure unusable(String message, Throwable cause) {
        return new Failure(ExitCode.MALFORMED, message, cause);
    }

    /** A limit is reached, or something needed was not given. */
    static Failure undecided(String message) {
        return new Failure(ExitCode.UNDECIDED, "undecided: " + message, null);
    }

    /** The result of the command as JSON. */
    ObjectNode json() {
        String verdict = exitCode == ExitCode.UNDECIDED ? "undecided" : "malformed";
        return ReachedLimit.of(getMessage())
                .map(limit -> ResultJson.beyond(getMessage(), limit))
                .orElseGet(() -> ResultJson.unread(verdict, getMessage()));
    }

    int exitCode() {
        return exitCode;
    }
}
