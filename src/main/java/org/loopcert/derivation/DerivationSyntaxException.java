package org.loopcert.derivation;

import java.util.ArrayList;
import java.util.List;

/** The text is not a derivation. */
@SuppressWarnings("serial")
public final class DerivationSyntaxException extends Exception {
    private final Place place;
    private final String expected;
    private final String found;
    private final transient List<DerivationSyntaxException> others = new ArrayList<>();

    DerivationSyntaxException(Place place, String expected, String found) {
        super("expected " + expected + ", found " + found);
        this.place = place;
        this.expected = expected;
        this.found = found;
    }

    /** This error as the first of several. */
    DerivationSyntaxException with(List<DerivationSyntaxException> following) {
        others.addAll(following);
        return this;
    }

    /** Where it starts. */
    public Place place() {
        return place;
    }

    public String expected() {
        return expected;
    }

    public String found() {
        return found;
    }

    /** Errors in later statements, in the order of the text. */
    public List<DerivationSyntaxException> others() {
        return List.copyOf(others);
    }
}
