package org.loopcert.kernel.proof;

/** A term or formula whose shapes do not fit, or that uses a name it may not use: it says nothing. */
@SuppressWarnings("serial")
public final class IllTyped extends Exception {
    private final String expected;
    private final String found;

    public IllTyped(String expected, String found) {
        super("expected " + expected + ", found " + found, null, false, false);
        this.expected = expected;
        this.found = found;
    }

    public String expected() {
        return expected;
    }

    public String found() {
        return found;
    }

    static void require(boolean condition, String expected, Object found) throws IllTyped {
        if (!condition) {
            throw new IllTyped(expected, String.valueOf(found));
        }
    }
}
