package org.loopcert.certify;

/** Nothing can be certified or refuted, for the reason in the message. */
@SuppressWarnings("serial")
final class UndecidedException extends Exception {
    UndecidedException(String because) {
        super(because);
    }
}
