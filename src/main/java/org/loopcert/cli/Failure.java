package org.loopcert.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.loopcert.certificate.ReachedLimit;
import org.loopcert.certificate.ResultJson;

/** The end of a command for a reason that its user can act on; a message of one line and an exit code. */
final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String reason;

    private Failure(int exitCode, String message, Throwable cause) {
        super(exitCode == ExitCode.UNDECIDED ? "undecided: " + message : message, cause);
        this.exitCode = exitCode;
        this.reason = message;
    }

    /** Something that is named cannot be read or written. */
    static Failure unusable(String message, Throwable cause) {
        return new Failure(ExitCode.MALFORMED, message, cause);
    }

    /** A limit is reached, or something needed was not given. */
    static Failure undecided(String message) {
        return new Failure(ExitCode.UNDECIDED, message, null);
    }

    /** The result of the command as JSON. */
    ObjectNode json() {
        String verdict = exitCode == ExitCode.UNDECIDED ? "undecided" : "malformed";
        Optional<ReachedLimit> limit = exitCode == ExitCode.UNDECIDED ? ReachedLimit.of(reason) : Optional.empty();
        return limit.isPresent() ? ResultJson.beyond(reason, limit.get()) : ResultJson.unread(verdict, reason);
    }

    int exitCode() {
        return exitCode;
    }
}
