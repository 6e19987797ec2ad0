package org.loopcert.reproduce;

/** A limit is too small for a reproduction. */
public final class UndecidedException extends Exception {
    private static final long serialVersionUID = 1L;

    UndecidedException(String message) {
        super(message);
    }
}
