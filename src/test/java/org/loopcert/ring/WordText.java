package org.loopcert.ring;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Words written by hand, for expected values: terms with {@code +} and {@code -} between spaces,
 * factors in any order that fits, separated by spaces: a fraction, {@code X}, {@code X'}, {@code
 * 1/alpha}. {@code I} is the identity of the shape given, {@code 0} its zero.
 */
public final class WordText {
    private static final MatrixWordArithmetic WORDS = MatrixWordArithmetic.INSTANCE;

    private final Map<String, MatrixSymbol> symbols = new HashMap<>();

    /** Text in these symbols. */
    public WordText(List<MatrixSymbol> symbols) {
        symbols.forEach(symbol -> this.symbols.put(symbol.name(), symbol));
    }

    /** The word of a sum. */
    public MatrixWord of(Shape shape, String text) {
        MatrixWord sum = WORDS.zero(shape);
        MatrixWord product = null;
        boolean isNegative = false;
        for (String token : (text + " +").trim().split(" +")) {
            if (token.equals("+") || token.equals("-")) {
                if (product != null) {
                    sum = isNegative ? WORDS.subtract(sum, product) : WORDS.add(sum, product);
                }
                product = null;
                isNegative = token.equals("-");
            } else {
                MatrixWord factor = factor(shape, token);
                product = product == null ? factor : WORDS.multiply(product, factor);
            }
        }
        return sum;
    }

    /** The word of shape 1 x 1. */
    public MatrixWord of(String text) {
        return of(Shape.SCALAR, text);
    }

    private MatrixWord factor(Shape shape, String token) {
        if (token.equals("0")) {
            return WORDS.zero(shape);
        }
        if (token.equals("I")) {
            return WORDS.one(shape);
        }
        if (token.matches("\\d+(/\\d+)?")) {
            String[] parts = token.split("/");
            return WORDS.constant(
                    RationalField.of(Long.parseLong(parts[0]), parts.length == 1 ? 1 : Long.parseLong(parts[1])));
        }
        if (token.startsWith("1/")) {
            return WORDS.invert(MatrixWord.of(symbol(token.substring(2))));
        }
        return token.endsWith("'")
                ? WORDS.transpose(MatrixWord.of(symbol(token.substring(0, token.length() - 1))))
                : MatrixWord.of(symbol(token));
    }

    private MatrixSymbol symbol(String name) {
        if (!symbols.containsKey(name)) {
            throw new IllegalArgumentException("expected one of " + symbols.keySet() + ", got " + name);
        }
        return symbols.get(name);
    }
}
