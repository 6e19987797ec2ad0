package org.loopcert.derivation;

/**
 * The kernel proves a line that the expansion to entries refutes. One of the two is wrong: a fault of this program, not
 * of the derivation.
 */
@SuppressWarnings("serial")
public final class RoutesContradictException extends IllegalStateException {
    private final Place place;

    public RoutesContradictException(Place place, String message) {
        super(message);
        this.place = place;
    }

    /** The line. */
    public Place place() {
        return place;
    }
}
