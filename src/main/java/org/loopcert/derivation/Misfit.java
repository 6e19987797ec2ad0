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

    /** In the user's names. */
    Diagnostic diagnostic(Scope.Names names) {
        return shown(diagnostic, names);
    }

    /** Where it began, in the user's names. */
    Diagnostic root(Scope.Names names) {
        return shown(root, names);
    }

    private static Diagnostic shown(Diagnostic each, Scope.Names names) {
        return new Diagnostic(
                each.place(), names.shown(each.expected()), names.shown(each.found()), names.shown(each.message()));
    }

    <T> Elaborated<T> result(Scope.Names names) {
        Diagnostic shown = diagnostic(names);
        return new Elaborated.DoesNotFit<>(shown.place(), shown.expected(), shown.found(), shown.message());
    }
}
