package org.loopcert.claim;

/** A command that a claim rests on did not end with findings. */
public final class CommandFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    public CommandFailedException(String message) {
        super(message);
    }
}
