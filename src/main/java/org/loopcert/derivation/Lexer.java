package org.loopcert.derivation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Text to tokens; the mathematical symbols become their ASCII spellings. */
final class Lexer {
    static final int MAX_LENGTH = 1 << 20;
    private static final int MAX_DIGITS = 200;
    private static final int MAX_NAME = 200;

    private static final List<String> SIGNS = List.of(
            "<<=", ">>=", ":=", "<=", ">=", "!=", "->", "||", "..", "+", "-", "*", "/", "(", ")", "[", "]", "{", "}",
            ",", ";", ":", "=", "<", ">", "|", "'", "^", "_", "~");

    private static final Map<String, String> SYMBOLS = Map.ofEntries(
            Map.entry("≤", "<="),
            Map.entry("≥", ">="),
            Map.entry("≠", "!="),
            Map.entry("⪯", "<<="),
            Map.entry("≼", "<<="),
            Map.entry("⪰", ">>="),
            Map.entry("≽", ">>="),
            Map.entry("≔", ":="),
            Map.entry("→", "->"),
            Map.entry("·", "*"),
            Map.entry("⋅", "*"),
            Map.entry("−", "-"),
            Map.entry("×", "×"),
            Map.entry("⟨", "⟨"),
            Map.entry("⟩", "⟩"),
            Map.entry("‖", "||"),
            Map.entry("∥", "||"),
            Map.entry("′", "'"),
            Map.entry("’", "'"),
            Map.entry("ᵀ", "'"),
            Map.entry("⊤", "'"));

    private static final Map<String, String> WORDS =
            Map.of("∈", "in", "∘", "o", "⊙", "o", "∀", "∀", "∑", "sum", "ℝ", "R", "ℕ", "N", "∞", "inf");

    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private int column = 1;
    private boolean spaced = true;
    private boolean first = true;

    private Lexer(String source) {
        this.source = source;
    }

    static List<Token> tokens(String source) throws DerivationSyntaxException {
        if (source.length() > MAX_LENGTH) {
            throw new DerivationSyntaxException(
                    new Place(1, 1),
                    "a file of at most " + MAX_LENGTH + " characters",
                    source.length() + " characters");
        }
        Lexer lexer = new Lexer(source);
        lexer.run();
        return lexer.tokens;
    }

    private void run() throws DerivationSyntaxException {
        if (source.startsWith("\uFEFF")) {
            at = 1;
        }
        while (at < source.length()) {
            int c = source.codePointAt(at);
            if (c == '#') {
                while (at < source.length() && source.charAt(at) != '\n' && source.charAt(at) != '\r') {
                    step();
                }
            } else if (c == '\n' || c == '\r' || Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                step();
                spaced = true;
            } else {
                token(c);
                spaced = false;
                first = false;
            }
        }
        add(Token.Kind.END, "", at, here());
    }

    /** Past one code point. */
    private void step() {
        int c = source.codePointAt(at);
        at += Character.charCount(c);
        boolean windows = c == '\r' && at < source.length() && source.charAt(at) == '\n';
        if (c == '\n' || c == '\r' && !windows) {
            line++;
            column = 1;
            first = true;
            spaced = true;
        } else if (!windows) {
            column++;
        }
    }

    private Place here() {
        return new Place(line, column);
    }

    private void add(Token.Kind kind, String text, int start, Place place) {
        boolean glued = !tokens.isEmpty() && tokens.get(tokens.size() - 1).start() == start && kind != Token.Kind.END;
        tokens.add(new Token(kind, text, start, at, place, spaced && !glued, first && !glued));
    }

    private void token(int c) throws DerivationSyntaxException {
        int start = at;
        Place place = here();
        if (tokens.size() == 1 && tokens.get(0).isWord("derivation")) {
            identifier(start, place);
        } else if (c == '"') {
            string(start, place);
        } else if (c >= '0' && c <= '9') {
            number(start, place);
        } else if (symbol(c, start, place)) {
            return;
        } else if (superscript(c) >= 0 || c == '⁻') {
            power(start, place);
        } else if (isSubscript(c)) {
            subscript(start, place);
        } else if (c == '∇' || Character.isLetter(c) && c != 'ⁿ') {
            name(start, place);
        } else {
            sign(start, place);
        }
    }

    private void identifier(int start, Place place) {
        while (at < source.length() && !Character.isWhitespace(source.codePointAt(at)) && source.charAt(at) != '"') {
            step();
        }
        add(Token.Kind.IDENTIFIER, source.substring(start, at), start, place);
    }

    private void string(int start, Place place) throws DerivationSyntaxException {
        step();
        while (at < source.length() && source.charAt(at) != '"' && source.charAt(at) != '\n') {
            step();
        }
        if (at == source.length() || source.charAt(at) == '\n') {
            throw new DerivationSyntaxException(place, "a closing \" on the same line", "none");
        }
        step();
        add(Token.Kind.STRING, source.substring(start + 1, at - 1), start, place);
    }

    private boolean digit(int index) {
        return index < source.length() && source.charAt(index) >= '0' && source.charAt(index) <= '9';
    }

    private void number(int start, Place place) throws DerivationSyntaxException {
        while (digit(at)) {
            step();
        }
        if (at < source.length() && source.charAt(at) == '.' && digit(at + 1)) {
            step();
            while (digit(at)) {
                step();
            }
        }
        if (at - start > MAX_DIGITS) {
            throw new DerivationSyntaxException(
                    place, "a number of at most " + MAX_DIGITS + " digits", at - start + " digits");
        }
        add(Token.Kind.NUMBER, source.substring(start, at), start, place);
    }

    private boolean symbol(int c, int start, Place place) {
        String text = Character.toString(c);
        if (SYMBOLS.containsKey(text)) {
            step();
            add(Token.Kind.SIGN, SYMBOLS.get(text), start, place);
            return true;
        }
        if (WORDS.containsKey(text)) {
            step();
            add(Token.Kind.NAME, WORDS.get(text), start, place);
            return true;
        }
        return false;
    }

    private static int superscript(int c) {
        return SUPERSCRIPTS.indexOf(c);
    }

    /** x² is x^2, A⁻¹ is A^-1. */
    private void power(int start, Place place) throws DerivationSyntaxException {
        boolean minus = source.codePointAt(at) == '⁻';
        if (minus) {
            step();
        }
        StringBuilder digits = new StringBuilder();
        while (at < source.length() && superscript(source.charAt(at)) >= 0 && digits.length() < MAX_DIGITS) {
            digits.append(superscript(source.charAt(at)));
            step();
        }
        if (digits.length() == 0) {
            throw new DerivationSyntaxException(place, "a superscript number", "`⁻`");
        }
        add(Token.Kind.SIGN, "^", start, place);
        if (minus) {
            add(Token.Kind.SIGN, "-", start, place);
        }
        add(Token.Kind.NUMBER, digits.toString(), start, place);
    }

    private static boolean isSubscript(int c) {
        return c >= '₀' && c <= '₉';
    }

    /** ‖x‖₂ is ||x||_2. */
    private void subscript(int start, Place place) {
        StringBuilder digits = new StringBuilder();
        while (at < source.length() && isSubscript(source.charAt(at)) && digits.length() < MAX_DIGITS) {
            digits.append(source.charAt(at) - '₀');
            step();
        }
        add(Token.Kind.SIGN, "_", start, place);
        add(Token.Kind.NUMBER, digits.toString(), start, place);
    }

    private void name(int start, Place place) throws DerivationSyntaxException {
        StringBuilder text = new StringBuilder();
        if (source.codePointAt(at) == '∇') {
            // the gradient of f is the function symbol gradf
            text.append("grad");
            step();
        }
        while (at < source.length() && inName(source.codePointAt(at))) {
            int c = source.codePointAt(at);
            if (isSubscript(c)) {
                char before = text.length() == 0 ? '_' : source.charAt(at - 1);
                text.append(isSubscript(before) || before == '_' ? "" : "_").append(c - '₀');
            } else {
                text.appendCodePoint(c);
            }
            step();
        }
        if (text.length() > 1 && text.charAt(text.length() - 1) == '_') {
            // x_{...}: the subscript is an operand of its own
            text.setLength(text.length() - 1);
            at--;
            column--;
        }
        if (text.length() > MAX_NAME) {
            throw new DerivationSyntaxException(
                    place, "a name of at most " + MAX_NAME + " characters", text.length() + " characters");
        }
        add(Token.Kind.NAME, text.toString(), start, place);
    }

    private static boolean inName(int c) {
        if (c == 'ᵀ' || c == 'ⁿ' || WORDS.containsKey(Character.toString(c))) {
            return false;
        }
        return Character.isLetterOrDigit(c)
                || c == '_'
                || isSubscript(c)
                || Character.getType(c) == Character.NON_SPACING_MARK
                || Character.getType(c) == Character.COMBINING_SPACING_MARK
                || Character.getType(c) == Character.ENCLOSING_MARK;
    }

    private void sign(int start, Place place) throws DerivationSyntaxException {
        for (String each : SIGNS) {
            if (source.startsWith(each, at)) {
                for (int i = 0; i < each.length(); i++) {
                    step();
                }
                add(Token.Kind.SIGN, each, start, place);
                return;
            }
        }
        int c = source.codePointAt(at);
        String shown = Character.isISOControl(c) || !Character.isDefined(c)
                ? String.format("U+%04X", c)
                : "`" + Character.toString(c) + "`";
        throw new DerivationSyntaxException(place, "a name, a number or a sign of the language", shown);
    }
}
