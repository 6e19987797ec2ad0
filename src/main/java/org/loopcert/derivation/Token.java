package org.loopcert.derivation;

/**
 * A word of the text.
 *
 * @param text in its ASCII spelling
 * @param start offset in the source
 * @param end offset behind it
 * @param spaced whether white space stands before it
 * @param first whether it is the first on its line
 */
record Token(Kind kind, String text, int start, int end, Place place, boolean spaced, boolean first) {
    enum Kind {
        NAME,
        NUMBER,
        SIGN,
        STRING,
        IDENTIFIER,
        END
    }

    boolean is(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isWord(String word) {
        return kind == Kind.NAME && text.equals(word);
    }

    String shown() {
        return kind == Kind.END ? "the end of the file" : "`" + (kind == Kind.STRING ? '"' + text + '"' : text) + "`";
    }
}
