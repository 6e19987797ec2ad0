package org.loopcert.derivation;

/** Something ill-typed, on its way to the statement it makes ill-typed. */
@SuppressWarnings("serial")
final class Misfit extends Exception {
    private final transient Diagnostic diagnostic;

    Misfit(Place place, String expected, String found, String hint) {
        super("expected " + expected + ", found " + found + (hint.isEmpty() ? "" : "; " + hint), null, false, false);
        diagnostic = new Diagnostic(place, expected, found, getMessage());
    }

    Diagnostic diagnostic() {
        return diagnostic;
    }

    <T> Elaborated<T> result() {
        return new Elaborated.DoesNotFit<>(
                diagnostic.place(), diagnostic.expected(), diagnostic.found(), diagnostic.message());
    }
}
