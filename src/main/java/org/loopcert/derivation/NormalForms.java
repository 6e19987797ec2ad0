package org.loopcert.derivation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.loopcert.kernel.proof.LinearForm;

/**
 * Writes normal forms in the notation of derivations. The kernel names a normal form in its refusals by its key, which
 * spells out every part; a reader wants {@code X theta - y}. What is no key stays as it is.
 */
final class NormalForms {
    private static final String NAME = "[\\p{L}#][\\p{L}\\p{M}\\p{Nd}_]*(?:~|\\*(?![A-Z]+\\())?";
    private static final Pattern SUMMAND = Pattern.compile("([+-]?)(\\d*)(" + NAME + ")?");
    private static final String PART = "(?:\\d*" + NAME + "|\\d+)";
    private static final Pattern FORM = Pattern.compile("[+-]?" + PART + "(?:[+-]" + PART + ")*");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:/\\d+)?");
    private static final Pattern WORD = Pattern.compile("[A-Z_]+");
    private static final Pattern NAMED = Pattern.compile(NAME);

    private final String key;
    private int at;

    private NormalForms(String key) {
        this.key = key;
    }

    /** The text, written out if it is the key of a normal form. */
    static String shown(String text) {
        try {
            NormalForms form = new NormalForms(text);
            String shown = form.argument();
            return form.at == text.length() ? shown : text;
        } catch (NoKeyException other) {
            return text;
        }
    }

    /** The text is no key. */
    @SuppressWarnings("serial")
    private static final class NoKeyException extends Exception {}

    private boolean next(String text) {
        boolean found = key.startsWith(text, at);
        at += found ? text.length() : 0;
        return found;
    }

    private void expect(String text) throws NoKeyException {
        if (!next(text)) {
            throw new NoKeyException();
        }
    }

    private Optional<String> find(Pattern pattern) {
        Matcher matcher = pattern.matcher(key).region(at, key.length()).useTransparentBounds(true);
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        at = matcher.end();
        return Optional.of(matcher.group());
    }

    private String take(Pattern pattern) throws NoKeyException {
        return find(pattern).orElseThrow(NoKeyException::new);
    }

    /** A block matrix or a polynomial. */
    private String argument() throws NoKeyException {
        return key.startsWith("[", at) ? blocks() : polynomial();
    }

    /** [heights]/[widths]/blocks by rows. */
    private String blocks() throws NoKeyException {
        int rows = sizes();
        int columns = sizes();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            expect(i == 0 ? "" : ";");
            List<String> line = new ArrayList<>();
            for (int j = 0; j < columns; j++) {
                expect(j == 0 ? "" : ",");
                line.add(polynomial());
            }
            lines.add(String.join(", ", line));
        }
        return rows * columns == 1 ? lines.get(0) : "[" + String.join("; ", lines) + "]";
    }

    private int sizes() throws NoKeyException {
        int count = 1;
        expect("[");
        take(FORM);
        while (next(", ")) {
            take(FORM);
            count++;
        }
        expect("]/");
        return count;
    }

    /** rows,columns:coefficient@monomial&amp;...; the largest monomial, which comes last, is written first. */
    private String polynomial() throws NoKeyException {
        String rows = take(FORM);
        expect(",");
        String columns = take(FORM);
        expect(":");
        String unit = rows.equals("1") && columns.equals("1") ? "" : "I";
        List<String> terms = new ArrayList<>();
        Optional<String> coefficient = find(NUMBER);
        while (coefficient.isPresent()) {
            expect("@");
            terms.add(term(coefficient.get(), monomial(), unit));
            coefficient = next("&") ? Optional.of(take(NUMBER)) : Optional.empty();
        }
        Collections.reverse(terms);
        String sum = String.join("", terms);
        return terms.isEmpty() ? "0" : sum.startsWith(" + ") ? sum.substring(3) : "-" + sum.substring(3);
    }

    private static String term(String coefficient, String monomial, String unit) {
        boolean minus = coefficient.startsWith("-");
        String size = minus ? coefficient.substring(1) : coefficient;
        String what = monomial.isEmpty() ? unit : monomial;
        return (minus ? " - " : " + ") + (size.equals("1") && !what.isEmpty() ? what : (size + " " + what).trim());
    }

    /** atom^exponent*...|word. */
    private String monomial() throws NoKeyException {
        List<String> factors = new ArrayList<>();
        while (!next("|")) {
            expect(factors.isEmpty() ? "" : "*");
            String atom = atom();
            expect("^");
            String exponent = take(FORM);
            factors.add(exponent.equals("1") ? atom : atom + "^{" + exponent + "}");
        }
        String word = word();
        if (!word.isEmpty()) {
            factors.add(word);
        }
        return String.join(" ", factors);
    }

    /** Letters with points between them, or none. */
    private String word() throws NoKeyException {
        List<String> letters = new ArrayList<>();
        while (letters.isEmpty() ? WORD.matcher(key).region(at, key.length()).lookingAt() : next(".")) {
            letters.add(atom() + (next("'") ? "'" : ""));
        }
        return String.join(" ", letters);
    }

    /** KIND(what it is made of). */
    private String atom() throws NoKeyException {
        String kind = take(WORD);
        expect("(");
        String shown = atom(kind);
        expect(")");
        return shown;
    }

    private String atom(String kind) throws NoKeyException {
        return switch (kind) {
            case "SYMBOL" -> list(take(NAMED), 2).get(0);
            case "INTEGER" -> take(NAMED);
            case "APPLY" -> application();
            case "FORM" -> word();
            case "TRACE" -> "tr(" + word() + ")";
            case "BASE" -> "(" + polynomial() + ")";
            case "EXP", "LOG", "SQRT", "ABS" -> kind.toLowerCase(Locale.ROOT) + "(" + polynomial() + ")";
            case "FUNCTION" -> {
                String function = take(WORD).toLowerCase(Locale.ROOT);
                expect(":");
                yield function + "(" + argument() + ")";
            }
            case "SUM" -> {
                List<String> range = list(take(NAMED), 1);
                expect(":");
                String last = form(range.get(1)).plus(-1).toString();
                yield "sum_{" + range.get(0) + " = 0}^{" + last + "} (" + monomial() + ")";
            }
            case "UNIT" -> "e_{" + list(take(FORM), 1).get(1) + "}";
            case "ONES" -> "1_{" + take(FORM) + "}";
            case "SELECT" -> {
                List<String> range = list(take(FORM), 2);
                LinearForm offset = form(range.get(1));
                LinearForm end = offset.add(form(range.get(2)));
                yield "I_{" + range.get(0) + "}[:, " + offset.plus(1) + ".." + end + "]";
            }
            case "INVERSE" -> "inv(" + blocks() + ")";
            case "POWER" -> {
                String base = polynomial();
                expect("^");
                yield "(" + base + ")^{" + take(FORM) + "}";
            }
            case "HADAMARD" -> {
                String left = word();
                expect(" o ");
                yield "(" + left + " o " + word() + ")";
            }
            case "DIAG" -> "diag(" + word() + ")";
            case "ENTRYWISE" -> "exp(" + polynomial() + ")";
            default -> throw new NoKeyException();
        };
    }

    /** A first part, and so many linear forms after colons. */
    private List<String> list(String first, int more) throws NoKeyException {
        List<String> parts = new ArrayList<>(List.of(first));
        for (int i = 0; i < more; i++) {
            expect(":");
            parts.add(take(FORM));
        }
        return parts;
    }

    /** name(argument)(argument)... */
    private String application() throws NoKeyException {
        String name = take(NAMED);
        List<String> arguments = new ArrayList<>();
        while (next("(")) {
            arguments.add(key.startsWith("[", at) ? blocks() : take(FORM));
            expect(")");
        }
        return name + arguments.stream().collect(Collectors.joining(", ", "(", ")"));
    }

    /** What {@link LinearForm#toString} spells. */
    private static LinearForm form(String text) {
        LinearForm sum = LinearForm.ZERO;
        Matcher summand = SUMMAND.matcher(text);
        while (summand.find() && !summand.group().isEmpty()) {
            String digits = summand.group(2);
            BigInteger count = digits.isEmpty() ? BigInteger.ONE : new BigInteger(digits);
            LinearForm unit = summand.group(3) == null ? LinearForm.ONE : LinearForm.variable(summand.group(3));
            sum = sum.add(unit.times(summand.group(1).equals("-") ? count.negate() : count));
        }
        return sum;
    }
}
