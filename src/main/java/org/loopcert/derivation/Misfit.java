package org.loopcert.derivation;

/** Something ill-typed, on its way to the statement it makes ill-typed. */
@SuppressWarnings("serial")
final class Misfit extends Exception {
    private final transient Diagnostic diagnostic;

    private final transient Diagnostic root;

    /** Something that is ill-typed because of another place. */
    static Misfit because(Diagnostic cause, Place place, String expected, String found) {
        return new Misfit(place, expected, found, "see " + cause.place() + ": " + cause.message(), cause);
    }

    Misfit(Place place, String expected, String found, String hint) {
        this(place, expected, found, hint, null);
    }

    private Misfit(Place place, String expected, String found, String hint, Diagnostic cause) {
        super("expected " + expected + ", found " + found + (hint.isEmpty() ? "" : "; " + hint), null, false, false);
        diagnostic = new Diagnostic(place, expected, found, getMessage());
        root = cause == null ? diagnostic : cause;
    }

    /** Where it began. */
    Diagnostic root() {
        return root;
    }

    Diagnostic diagnostic() {
        return diagnostic;
    }

    <T> Elaborated<T> result() {
        return new Elaborated.DoesNotFit<>(
                diagnostic.place(), diagnostic.expected(), diagnostic.found(), diagnostic.message());
    }
}
