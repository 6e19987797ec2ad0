package org.loopcert.cli;

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

    int exitCode() {
        return exitCode;
    }
}
