package org.loopcert.derivation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The tokens of a file with the partner of every bracket. */
final class Tokens {
    /** Words that start a statement at the beginning of a line. */
    static final Set<String> STATEMENTS = Set.of(
            "derivation",
            "dimension",
            "dimensions",
            "integer",
            "integers",
            "matrix",
            "matrices",
            "vector",
            "vectors",
            "scalar",
            "scalars",
            "sequence",
            "sequences",
            "function",
            "functions",
            "define",
            "assume",
            "lemma",
            "claim");

    /** The same without their plurals. */
    static final Set<String> SINGULAR =
            STATEMENTS.stream().filter(each -> !each.endsWith("s")).collect(Collectors.toUnmodifiableSet());

    private static final Map<String, String> CLOSING = Map.of("(", ")", "[", "]", "{", "}");

    private final String source;
    private final List<Token> tokens;
    /** Of an opening bracket: the signs {@code ;} and {@code :} directly inside it. */
    private final Map<Integer, String> inside = new HashMap<>();

    /** Signs taken off the beginning of a token. */
    private final Map<Integer, String> heads = new HashMap<>();

    private final Map<Integer, DerivationSyntaxException> unbalanced = new HashMap<>();

    /** Whether the statement at hand has a closing bracket that fits none. */
    private boolean wrong;

    Tokens(String source) throws DerivationSyntaxException {
        this.source = source;
        this.tokens = Lexer.tokens(source);
        match();
    }

    private void match() {
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean ends = token.kind() == Token.Kind.END || startsStatement(i);
            if (ends) {
                if (!open.isEmpty()) {
                    // the outermost is the earliest, and stands for all
                    unbalanced.put(open.peekLast(), unclosed(open.peekLast(), token));
                    open.clear();
                }
                wrong = false;
            }
            if (token.kind() != Token.Kind.SIGN) {
                continue;
            }
            if (CLOSING.containsKey(token.text())) {
                open.push(i);
            } else if (CLOSING.containsValue(token.text())) {
                close(open, i);
            } else if ((token.is(";") || token.is(":")) && !open.isEmpty()) {
                inside.merge(open.peek(), token.text(), (all, sign) -> all.contains(sign) ? all : all + sign);
            }
        }
    }

    private DerivationSyntaxException unclosed(int opening, Token end) {
        Token bracket = tokens.get(opening);
        String where =
                end.kind() == Token.Kind.END ? "" : " on line " + end.place().line();
        return new DerivationSyntaxException(
                bracket.place(),
                "`" + CLOSING.get(bracket.text()) + "` for the `" + bracket.text() + "` opened here",
                "none before " + end.shown() + where);
    }

    private void close(Deque<Integer> open, int closing) {
        Token token = tokens.get(closing);
        if (open.isEmpty()) {
            mismatch(
                    closing,
                    new DerivationSyntaxException(token.place(), "an opening bracket before " + token.shown(), "none"));
            return;
        }
        int opening = open.pop();
        Token bracket = tokens.get(opening);
        String expected = CLOSING.get(bracket.text());
        if (!expected.equals(token.text())) {
            mismatch(
                    closing,
                    new DerivationSyntaxException(
                            token.place(),
                            "`" + expected + "` for the `" + bracket.text() + "` opened at " + bracket.place(),
                            token.shown()));
        }
    }

    /** Of a statement only the first is kept: a file may consist of them. */
    private void mismatch(int closing, DerivationSyntaxException error) {
        if (!wrong) {
            unbalanced.put(closing, error);
            wrong = true;
        }
    }

    /** The earliest unbalanced bracket among these tokens. */
    void requireBalanced(int from, int to) throws DerivationSyntaxException {
        for (int i = from; i < to; i++) {
            if (unbalanced.containsKey(i)) {
                throw unbalanced.get(i);
            }
        }
    }

    Token get(int index) {
        return tokens.get(Math.min(index, tokens.size() - 1));
    }

    int size() {
        return tokens.size();
    }

    boolean startsStatement(int index) {
        Token token = get(index);
        return token.first() && token.kind() == Token.Kind.NAME && STATEMENTS.contains(token.text());
    }

    /** The first statement after this token. */
    int nextStatement(int index) {
        int next = index + 1;
        while (next < tokens.size() - 1 && !startsStatement(next)) {
            next++;
        }
        return Math.min(next, tokens.size() - 1);
    }

    boolean hasInside(int opening, String sign) {
        return inside.getOrDefault(opening, "").contains(sign);
    }

    /** The source from one token to before another, on one line and without comments. */
    String text(int from, int to) {
        StringBuilder text = new StringBuilder();
        int last = -1;
        for (int i = from; i <= to && i < tokens.size(); i++) {
            Token token = tokens.get(i);
            text.append(i > from ? heads.getOrDefault(i, "") : "");
            if (i < to && token.start() != last) {
                text.append(token.spaced() && text.length() > 0 ? " " : "").append(source, token.start(), token.end());
                last = token.start();
            }
        }
        return text.toString();
    }

    /** Takes the beginning of a sign, so that the rest stands there; false if the sign does not begin so. */
    boolean takeHead(int index, String head) {
        Token token = get(index);
        boolean ascii = token.end() - token.start() == token.text().length();
        if (token.kind() != Token.Kind.SIGN || !ascii || !token.text().startsWith(head)) {
            return false;
        }
        Place behind = new Place(token.place().line(), token.place().column() + head.length());
        String rest = token.text().substring(head.length());
        int middle = token.start() + head.length();
        tokens.set(index, new Token(Token.Kind.SIGN, rest, middle, token.end(), behind, false, false));
        heads.merge(index, head, String::concat);
        return true;
    }

    /** The words of the file that are names. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (Token each : tokens) {
            if (each.kind() == Token.Kind.NAME) {
                names.add(each.text());
            }
        }
        return names;
    }
}
