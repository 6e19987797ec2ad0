package org.loopcert.certify;

/** Nothing can be certified, refuted or audited, for the reason in the message. */
@SuppressWarnings("serial")
public final class UndecidedException extends Exception {
    UndecidedException(String because) {
        super(because);
    }
}
