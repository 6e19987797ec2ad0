package org.loopcert.corpus.canary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.loopcert.corpus.canary.RuleTable.Row;
import org.loopcert.derivation.Derivation;
import org.loopcert.derivation.DerivationReader;
import org.loopcert.derivation.DerivationSyntaxException;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.IllTyped;
import org.loopcert.kernel.proof.LemmaRules.Lemma;
import org.loopcert.kernel.proof.LemmaRules.Name;
import org.loopcert.kernel.proof.LinearForm;
import org.loopcert.kernel.proof.OrderRules.Product;
import org.loopcert.kernel.proof.OrderRules.Sign;
import org.loopcert.kernel.proof.OrderRules.Sturm;
import org.loopcert.kernel.proof.Shape;
import org.loopcert.kernel.proof.Term;
import org.loopcert.kernel.proof.Theorem;
import org.loopcert.kernel.proof.Theorem.Rule;

/**
 * The rules for inequalities, each applied once: combinations of premises with weights, every named lemma, Sturm's
 * sequence. Beside what they derive stands what each side condition refuses. The premises are all hypotheses of a row,
 * in order.
 */
final class InequalityTable {
    private static final String DECLARED =
            "dimension m, n integer k >= 0, j >= -2 matrix A, B, C in R^{n x n}, X in R^{m x n} vector u, v in R^n"
                    + " scalar a, b, c, r, s, x, y ";

    /** What begins a line. */
    private static final Pattern STATEMENT =
            Pattern.compile("\\b(dimension|integer|matrix|vector|scalar|sequence|function|assume|claim)\\b");

    /** An exponent: a number, or a variable and a number. */
    private static final Pattern EXPONENT = Pattern.compile("\\^(?:([a-z])([+-]\\d+)?|(-?\\d+))");

    private InequalityTable() {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        lemmas(rows);
        premises(rows);
        domains(rows);
        exponents(rows);
        shapes(rows);
        combinations(rows);
        loewner(rows);
        sturm(rows);
        return rows;
    }

    private static Derivation read(String declarations, List<String> hypotheses, String claim) {
        String text = "derivation row " + declarations
                + String.join(
                        "", hypotheses.stream().map(each -> " assume " + each).toList()) + " claim " + claim;
        try {
            Derivation derivation =
                    DerivationReader.read("row", STATEMENT.matcher(text).replaceAll("\n$0"));
            if (!derivation.diagnostics().isEmpty()) {
                throw new IllegalArgumentException(
                        text + ": " + derivation.diagnostics().toString());
            }
            return derivation;
        } catch (DerivationSyntaxException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static Term term(Context context, String text) throws IllTyped {
        Matcher exponent = EXPONENT.matcher(text);
        if (exponent.matches()) {
            String number = exponent.group(1) == null ? exponent.group(3) : exponent.group(2);
            long constant = number == null ? 0 : Long.parseLong(number);
            return Term.integer(
                    exponent.group(1) == null
                            ? LinearForm.of(constant)
                            : LinearForm.variable(exponent.group(1)).plus(constant));
        }
        try {
            return DerivationReader.readTerm(context, text).value().orElseThrow();
        } catch (DerivationSyntaxException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static List<Theorem> hypotheses(Context context) {
        return IntStream.range(0, context.hypotheses().size())
                .mapToObj(each -> Theorem.hypothesis(context, each))
                .toList();
    }

    private static List<String> list(String... each) {
        return List.of(each);
    }

    /** A lemma under hypotheses, at terms. */
    private static void lemma(
            List<Row> rows, String what, String expected, Name lemma, List<String> hypotheses, String... terms) {
        String name = lemma.name().toLowerCase(Locale.ROOT).replace('_', '-');
        rows.add(new Row("lemma " + name + ": " + what, expected, () -> {
            Context context = read(DECLARED, hypotheses, "0 = 0").context();
            List<Term> values = new ArrayList<>();
            for (String each : terms) {
                values.add(term(context, each));
            }
            return Theorem.derive(context, new Lemma(lemma, values), hypotheses(context));
        }));
    }

    /**
     * A lemma at typical terms, and what its number of terms and its premises refuse: one term less or more, each
     * premise away from its place.
     */
    private static void holds(List<Row> rows, String expected, Name lemma, List<String> premises, String... terms) {
        holds(rows, expected, lemma, premises, List.of(), terms);
    }

    private static void holds(
            List<Row> rows, String expected, Name lemma, List<String> premises, List<String> facts, String... terms) {
        List<String> all = new ArrayList<>(premises);
        all.addAll(facts);
        lemma(rows, "holds", expected + " under 0", lemma, all, terms);
        lemma(rows, "a term less", "premise", lemma, all, Arrays.copyOf(terms, terms.length - 1));
        String[] more = Arrays.copyOf(terms, terms.length + 1);
        more[terms.length] = terms[terms.length - 1];
        lemma(rows, "a term more", "premise", lemma, all, more);
        for (int i = 0; i < premises.size(); i++) {
            List<String> moved = new ArrayList<>(all);
            moved.add(moved.set(i, "0 <= 1"));
            lemma(rows, "premise " + (i + 1) + " elsewhere", "premise", lemma, moved, terms);
        }
        if (!premises.isEmpty()) {
            List<String> fewer = premises.subList(0, premises.size() - 1);
            lemma(rows, "without the last premise", "premise", lemma, fewer, terms);
        }
    }

    private static void lemmas(List<Row> rows) {
        holds(rows, "x <= |x|", Name.ABSOLUTE, list(), "x");
        holds(rows, "|x| <= c", Name.ABSOLUTE_BOUND, list("-c <= x", "x <= c"), "x", "c");
        holds(rows, "1 + x <= exp(x)", Name.TANGENT, list(), "x");
        holds(rows, "log(x) <= x - 1", Name.LOGARITHM, list("0 < x"), "x");
        holds(
                rows,
                "exp(s x + (1 - s) y) <= s exp(x) + (1 - s) exp(y)",
                Name.CONVEXITY,
                list("0 <= s", "s <= 1"),
                "s",
                "x",
                "y");
        holds(rows, "exp(x) <= exp(y)", Name.MONOTONE_EXP, list("x <= y"), "x", "y");
        holds(rows, "log(x) <= log(y)", Name.MONOTONE_LOG, list("0 < x", "x <= y"), "x", "y");
        holds(rows, "sqrt(x) <= sqrt(y)", Name.MONOTONE_SQRT, list("0 <= x", "x <= y"), "x", "y");
        holds(rows, "x^{k} <= y^{k}", Name.MONOTONE_POWER, list("0 <= x", "x <= y"), "x", "y", "^k");
        holds(rows, "x <= c", Name.ROOT, list("0 <= c", "x^2 <= c^2"), "x", "c");
        holds(rows, "||u + v|| <= ||u|| + ||v||", Name.TRIANGLE, list(), "u", "v");
        holds(
                rows,
                "|u' A v| <= sqrt(u' A u) sqrt(v' A v)",
                Name.CAUCHY_SCHWARZ,
                list("0 <<= A"),
                list("0 <= u'A u", "0 <= v'A v"),
                "A",
                "u",
                "v");
        holds(rows, "||X v|| <= spectral_norm(X) ||v||", Name.NORM_COMPATIBLE, list(), "X", "v");
        holds(
                rows,
                "spectral_norm(X A) <= spectral_norm(X) spectral_norm(A)",
                Name.SUBMULTIPLICATIVE,
                list(),
                "X",
                "A");
        holds(
                rows,
                "spectral_norm(A + B) <= spectral_norm(A) + spectral_norm(B)",
                Name.SPECTRAL_TRIANGLE,
                list(),
                "A",
                "B");
        holds(rows, "spectral_norm(A) <= r", Name.SPECTRAL_BOUND, list("(-r) I <<= A", "A <<= r I"), "A", "r");
        holds(rows, "spectral_norm(A) = lambda_max(A)", Name.SPECTRAL_VALUE, list("0 <<= A"), list("A symmetric"), "A");
        holds(rows, "norm_inf(v) <= ||v||", Name.MAXIMUM_NORM, list(), "v");
        holds(rows, "lambda_min(X' X) I_{n} <<= X' X", Name.RAYLEIGH_MIN, list(), "X'X");
        holds(rows, "X' X <<= lambda_max(X' X) I_{n}", Name.RAYLEIGH_MAX, list(), "X'X");
        holds(rows, "lambda_min(X' X) <= lambda_max(X' X)", Name.EIGENVALUES, list(), "X'X");
        holds(rows, "c <= lambda_min(A)", Name.LEAST_EIGENVALUE, list("c I <<= A"), list("A symmetric"), "A", "c");
        holds(rows, "lambda_max(A) <= c", Name.LARGEST_EIGENVALUE, list("A <<= c I"), list("A symmetric"), "A", "c");
        holds(
                rows,
                "0 < lambda_min(A)",
                Name.POSITIVE_DEFINITE,
                list("0 <<= A", "A invertible"),
                list("A symmetric"),
                "A");
        holds(rows, "A invertible", Name.INVERTIBLE, list("0 < c", "c I <<= A"), "A", "c");
        holds(rows, "0_{n x n} <<= X' X", Name.SQUARE, list(), "X");
        holds(rows, "X'' A X' <<= X'' B X'", Name.CONGRUENCE, list("A <<= B"), "A", "B", "X'");
        holds(rows, "0_{n x n} <<= A^{k}", Name.POWER_NONNEGATIVE, list("0 <<= A"), "A", "^k");
        holds(rows, "0_{n x n} <<= A B", Name.COMMUTING, list("0 <<= A", "0 <<= B", "A B = B A"), "A", "B");
        holds(rows, "A^{k} <<= c^{k} I_{n}", Name.POWER_BOUND, list("0 <<= A", "A <<= c I"), "A", "c", "^k");
        holds(rows, "(v' A v)^{k} <= v' A^{k} v", Name.JENSEN, list("0 <<= A", "v'v = 1"), "A", "v", "^k");
    }

    /** Premises that say something else: the other way round, not strictly, of another term. */
    private static void premises(List<Row> rows) {
        String no = "premise";
        lemma(rows, "bounds above by another", no, Name.ABSOLUTE_BOUND, list("-c <= x", "x <= r"), "x", "c");
        lemma(rows, "bounds below by another", no, Name.ABSOLUTE_BOUND, list("-r <= x", "x <= c"), "x", "c");
        lemma(rows, "above zero, not strictly", no, Name.LOGARITHM, list("0 <= x", "x != 0"), "x");
        lemma(rows, "a weight above one", no, Name.CONVEXITY, list("0 <= s", "s <= 2"), "s", "x", "y");
        lemma(rows, "a weight below zero", no, Name.CONVEXITY, list("-1 <= s", "s <= 1"), "s", "x", "y");
        lemma(rows, "the other way round", no, Name.MONOTONE_EXP, list("y <= x"), "x", "y");
        lemma(rows, "the larger one positive", no, Name.MONOTONE_LOG, list("0 < y", "x <= y", "0 < x"), "x", "y");
        lemma(rows, "the other way round", no, Name.MONOTONE_LOG, list("0 < x", "y <= x", "0 < y"), "x", "y");
        lemma(rows, "the other way round", no, Name.MONOTONE_SQRT, list("0 <= x", "y <= x", "0 <= y"), "x", "y");
        lemma(rows, "the larger one at least zero", no, Name.MONOTONE_POWER, list("0 <= y", "x <= y"), "x", "y", "^2");
        lemma(rows, "the other way round", no, Name.MONOTONE_POWER, list("0 <= x", "y <= x"), "x", "y", "^2");
        lemma(rows, "the smaller one at least zero", no, Name.ROOT, list("0 <= x", "x^2 <= c^2"), "x", "c");
        lemma(rows, "the other way round", no, Name.ROOT, list("0 <= c", "c^2 <= x^2"), "x", "c");
        lemma(
                rows,
                "of another matrix",
                no,
                Name.CAUCHY_SCHWARZ,
                list("0 <<= B", "0 <= u'A u", "0 <= v'A v"),
                "A",
                "u",
                "v");
        lemma(rows, "one side only", no, Name.SPECTRAL_BOUND, list("A <<= r I", "A <<= r I"), "A", "r");
        lemma(rows, "below by another", no, Name.SPECTRAL_BOUND, list("(-c) I <<= A", "A <<= r I"), "A", "r");
        lemma(rows, "only symmetric", no, Name.SPECTRAL_VALUE, list("A symmetric"), "A");
        lemma(rows, "a bound from above", no, Name.LEAST_EIGENVALUE, list("A <<= c I", "A symmetric"), "A", "c");
        lemma(rows, "a bound from below", no, Name.LARGEST_EIGENVALUE, list("c I <<= A", "A symmetric"), "A", "c");
        lemma(
                rows,
                "another matrix invertible",
                no,
                Name.POSITIVE_DEFINITE,
                list("0 <<= A", "B invertible", "A symmetric"),
                "A");
        lemma(rows, "a bound of at least zero", no, Name.INVERTIBLE, list("0 <= c", "c I <<= A"), "A", "c");
        lemma(rows, "a bound from above", no, Name.INVERTIBLE, list("0 < c", "A <<= c I"), "A", "c");
        lemma(rows, "the other way round", no, Name.CONGRUENCE, list("B <<= A"), "A", "B", "v");
        lemma(rows, "only symmetric", no, Name.POWER_NONNEGATIVE, list("A symmetric"), "A", "^3");
        lemma(rows, "not commuting", no, Name.COMMUTING, list("0 <<= A", "0 <<= B", "A B = A B"), "A", "B");
        lemma(rows, "no lower bound", no, Name.POWER_BOUND, list("(-c) I <<= A", "A <<= c I"), "A", "c", "^k");
        lemma(rows, "another bound", no, Name.POWER_BOUND, list("0 <<= A", "A <<= r I"), "A", "c", "^k");
        lemma(rows, "of another length", no, Name.JENSEN, list("0 <<= A", "v'v = 2"), "A", "v", "^k");
        lemma(rows, "another column", no, Name.JENSEN, list("0 <<= A", "u'u = 1"), "A", "v", "^k");
    }

    /** Sides that are not known to be defined. */
    private static void domains(List<Row> rows) {
        String no = "undefined";
        lemma(rows, "of a quotient", no, Name.ABSOLUTE, list(), "1/x");
        lemma(rows, "of a quotient", no, Name.ABSOLUTE_BOUND, list("-c <= 1/x", "1/x <= c"), "1/x", "c");
        lemma(rows, "of a quotient", no, Name.TANGENT, list(), "1/x");
        lemma(rows, "of a logarithm", no, Name.LOGARITHM, list("0 < log(x)"), "log(x)");
        lemma(rows, "of a root", no, Name.CONVEXITY, list("0 <= s", "s <= 1"), "s", "sqrt(x)", "y");
        lemma(rows, "of a root", no, Name.MONOTONE_EXP, list("x <= sqrt(y)"), "x", "sqrt(y)");
        lemma(rows, "of a quotient", no, Name.MONOTONE_POWER, list("0 <= 1/x", "1/x <= y"), "1/x", "y", "^2");
        lemma(rows, "of an inverse", no, Name.NORM_COMPATIBLE, list(), "A^-1", "v");
        lemma(rows, "of an inverse", no, Name.SQUARE, list(), "A^-1");
        lemma(rows, "forms of unknown sign", no, Name.CAUCHY_SCHWARZ, list("0 <<= A"), "A", "u", "v");
        lemma(rows, "one form of unknown sign", no, Name.CAUCHY_SCHWARZ, list("0 <<= A", "0 <= u'A u"), "A", "u", "v");
        lemma(rows, "not symmetric", no, Name.RAYLEIGH_MIN, list(), "A");
        lemma(rows, "not symmetric", no, Name.RAYLEIGH_MAX, list(), "A");
        lemma(rows, "not symmetric", no, Name.EIGENVALUES, list(), "A");
        lemma(rows, "of an inverse", no, Name.POWER_NONNEGATIVE, list("0 <<= A^-1"), "A^-1", "^k");
    }

    private static void exponents(List<Row> rows) {
        List<String> order = list("0 <= x", "x <= y", "0 < x", "0 < y");
        lemma(rows, "to the power of zero", "x^{0} <= y^{0} under 0", Name.MONOTONE_POWER, order, "x", "y", "^0");
        lemma(rows, "to a power below zero", "range", Name.MONOTONE_POWER, order, "x", "y", "^-1");
        lemma(rows, "to a power of unknown sign", "range", Name.MONOTONE_POWER, order, "x", "y", "^j");
        lemma(rows, "to a power less one", "range", Name.MONOTONE_POWER, order, "x", "y", "^k-1");
        lemma(rows, "to a power and two", "x^{j+2} <= y^{j+2} under 0", Name.MONOTONE_POWER, order, "x", "y", "^j+2");
        lemma(
                rows,
                "to a power that a fact bounds",
                "x^{j} <= y^{j} under 0",
                Name.MONOTONE_POWER,
                list("0 <= x", "x <= y", "0 < x", "0 < y", "0 <= j"),
                "x",
                "y",
                "^j");
        lemma(rows, "to a fraction", "premise", Name.MONOTONE_POWER, order, "x", "y", "1/2");
        lemma(rows, "to a scalar", "premise", Name.MONOTONE_POWER, order, "x", "y", "c");
        lemma(rows, "to a scalar", "premise", Name.POWER_NONNEGATIVE, list("0 <<= A"), "A", "c");
        lemma(rows, "to a power below zero", "range", Name.POWER_NONNEGATIVE, list("0 <= a", "0 < a"), "a", "^-1");
        lemma(
                rows,
                "to a power below zero",
                "range",
                Name.POWER_BOUND,
                list("0 <= a", "a <= c 1", "0 < a", "0 < c"),
                "a",
                "c",
                "^-1");
        lemma(rows, "to a power below zero", "range", Name.JENSEN, list("0 <= a", "v'v = 1", "0 < a"), "a", "v", "^-1");
        lemma(
                rows,
                "of a matrix below zero",
                "range",
                Name.POWER_NONNEGATIVE,
                list("0 <<= A", "A invertible"),
                "A",
                "^-1");
    }

    private static void shapes(List<Row> rows) {
        rows.add(new Row("lemma tangent: of a name that is not declared", "ill-typed: a declared name", () -> {
            Context context = read(DECLARED, list(), "0 = 0").context();
            Term inverse = Term.quotient(Term.number(1), Term.symbol("z", Shape.SCALAR));
            return Theorem.derive(context, new Lemma(Name.TANGENT, List.of(inverse)), List.of());
        }));
        lemma(rows, "of a scalar", "a <= |a| under 0", Name.ABSOLUTE, list(), "a");
        lemma(rows, "of a matrix", "ill-typed: a scalar", Name.ABSOLUTE, list(), "A");
        lemma(rows, "of a matrix", "ill-typed: a vector", Name.TRIANGLE, list(), "A", "B");
        lemma(rows, "of two shapes", "ill-typed: n x 1", Name.TRIANGLE, list(), "u", "v'");
        lemma(rows, "that do not meet", "ill-typed: a factor with n rows", Name.SUBMULTIPLICATIVE, list(), "A", "X");
        lemma(rows, "of a column", "0 <= v' v under 0", Name.SQUARE, list(), "v");
        lemma(rows, "of a row", "0_{n x n} <<= v'' v' under 0", Name.SQUARE, list(), "v'");
        lemma(rows, "of a rectangle", "ill-typed: a square matrix", Name.EIGENVALUES, list(), "X");
        lemma(rows, "at a column", "v' A v <= v' B v under 0", Name.CONGRUENCE, list("A <<= B"), "A", "B", "v");
        lemma(rows, "of scalars", "0 <= a b under 0", Name.COMMUTING, list("0 <= a", "0 <= b", "a b = b a"), "a", "b");
        lemma(rows, "of a scalar", "a <= lambda_max(a) 1 under 0", Name.RAYLEIGH_MAX, list(), "a");
        lemma(
                rows,
                "with the identity",
                "|u' I_{n} v| <= sqrt(u' I_{n} u) sqrt(v' I_{n} v) under 0",
                Name.CAUCHY_SCHWARZ,
                list("0 <<= I_n"),
                "I_n",
                "u",
                "v");
    }

    /** The claim from the hypotheses with weights; each product is its weight, then the numbers of its factors. */
    private static void sign(
            List<Row> rows,
            String what,
            String expected,
            List<String> hypotheses,
            String claim,
            List<List<Integer>> products) {
        rows.add(new Row("combination: " + what, expected, () -> {
            Derivation derivation = read(DECLARED, hypotheses, claim);
            Context context = derivation.context();
            Comparison goal = goal(derivation);
            List<Product> weighted = products.stream()
                    .map(each -> new Product(Fraction.of(each.get(0)), each.subList(1, each.size())))
                    .toList();
            Rule rule = new Sign(goal.relation(), goal.left(), goal.right(), weighted);
            return Theorem.derive(context, rule, hypotheses(context));
        }));
    }

    private static Comparison goal(Derivation derivation) {
        return (Comparison) derivation.statements().get(0).formula().value().orElseThrow();
    }

    private static void combinations(List<Row> rows) {
        sign(
                rows,
                "two bounds",
                "a < c under 0",
                list("a <= b", "b < c"),
                "a < c",
                List.of(List.of(1, 0), List.of(1, 1)));
        sign(
                rows,
                "a product of two bounds",
                "0 <= (a + r) (b - c) under 0",
                list("0 <= a + r", "c <= b"),
                "0 <= (a + r) (b - c)",
                List.of(List.of(1, 0, 1)));
        sign(rows, "the same, not said which", "sign", list("0 <= a + r", "c <= b"), "0 <= (a + r) (b - c)", List.of());
        sign(
                rows,
                "a weight",
                "0 <= 3 (a + r) (b - c) under 0",
                list("0 <= a + r", "c <= b"),
                "0 <= 3 (a + r) (b - c)",
                List.of(List.of(3, 0, 1)));
        sign(
                rows,
                "too large a weight",
                "sign",
                list("0 <= a + r", "c <= b"),
                "0 <= 3 (a + r) (b - c)",
                List.of(List.of(4, 0, 1)));
        sign(
                rows,
                "a weight below zero",
                "sign",
                list("0 <= a + r", "c <= b"),
                "0 <= -(a + r) (b - c)",
                List.of(List.of(-1, 0, 1)));
        sign(rows, "a weight of zero on a strict bound", "sign", list("b < c"), "a < a", List.of(List.of(0, 0)));
        sign(
                rows,
                "two strict bounds",
                "0 < (a + r) (b - c) under 0",
                list("0 < a + r", "c < b"),
                "0 < (a + r) (b - c)",
                List.of(List.of(1, 0, 1)));
        sign(
                rows,
                "the first bound not strict",
                "sign",
                list("0 <= a + r", "c < b"),
                "0 < (a + r) (b - c)",
                List.of(List.of(1, 0, 1)));
        sign(
                rows,
                "the last bound not strict",
                "sign",
                list("0 < a + r", "c <= b"),
                "0 < (a + r) (b - c)",
                List.of(List.of(1, 0, 1)));
        sign(
                rows,
                "one of two products strict, the first",
                "0 < (a + r) (b - c) + (s + x) (b - y) under 0",
                list("0 < a + r", "c < b", "0 <= s + x", "y <= b"),
                "0 < (a + r) (b - c) + (s + x) (b - y)",
                List.of(List.of(1, 0, 1), List.of(1, 2, 3)));
        sign(
                rows,
                "one of two products strict, the last",
                "0 < (a + r) (b - c) + (s + x) (b - y) under 0",
                list("0 < a + r", "c < b", "0 <= s + x", "y <= b"),
                "0 < (a + r) (b - c) + (s + x) (b - y)",
                List.of(List.of(1, 2, 3), List.of(1, 0, 1)));
        sign(
                rows,
                "a square remains",
                "0 < (a + r) (b - c) + x^{2} under 0",
                list("0 < a + r", "c < b"),
                "0 < (a + r) (b - c) + x^2",
                List.of(List.of(1, 0, 1)));
        sign(
                rows,
                "a square remains, nothing strict",
                "sign",
                list("0 <= a + r", "c <= b"),
                "0 < (a + r) (b - c) + x^2",
                List.of(List.of(1, 0, 1)));
        sign(
                rows,
                "a square too much",
                "sign",
                list("0 < a + r", "c < b"),
                "0 < (a + r) (b - c) - x^2",
                List.of(List.of(1, 0, 1)));
        sign(
                rows,
                "what remains is above zero",
                "0 < (a + r) (b - c) + 1 under 0",
                list("0 <= a + r", "c <= b"),
                "0 < (a + r) (b - c) + 1",
                List.of(List.of(1, 0, 1)));
        sign(
                rows,
                "different: not from products",
                "sign",
                list("0 < a + r", "c < b"),
                "0 != (a + r) (b - c)",
                List.of(List.of(1, 0, 1)));
        sign(
                rows,
                "different: what remains is below zero",
                "sign",
                list("0 <= a + r", "c <= b"),
                "0 != (a + r) (b - c) - 1",
                List.of(List.of(1, 0, 1)));
        sign(rows, "a number alone", "a < a + 2 under 0", list(), "a < a + 2", List.of(List.of(2)));
        sign(rows, "no such premise", "premise", list("0 <= a + r"), "0 <= a + r", List.of(List.of(1, 1)));
        sign(
                rows,
                "an equation",
                "premise",
                list("a + r = b + c"),
                "0 <= (b + c - a - r) (b + c - a - r)",
                List.of(List.of(1, 0, 0)));
        sign(rows, "a difference", "premise", list("a + r != b + c"), "0 <= b + c - a - r", List.of(List.of(1, 0)));
        sign(rows, "no comparison", "premise", list("A invertible"), "0 <= a", List.of(List.of(1, 0)));
        sign(
                rows,
                "an order of matrices between scalars",
                "premise",
                list("a + r <<= b"),
                "a + r <= b",
                List.of(List.of(1, 0)));
        sign(rows, "an order of matrices for scalars", "premise", list("A <<= B"), "a <= b", List.of(List.of(1, 0)));
        sign(
                rows,
                "a premise that is not defined",
                "undefined",
                list("0 <= 1/x", "0 <= a"),
                "0 <= a 1/x",
                List.of(List.of(1, 0, 1)));
    }

    private static void loewner(List<Row> rows) {
        sign(
                rows,
                "matrices, two orders",
                "A <<= C under 0",
                list("A <<= B", "B <<= C"),
                "A <<= C",
                List.of(List.of(1, 0), List.of(1, 1)));
        sign(
                rows,
                "matrices, two orders, one forgotten",
                "sign",
                list("A <<= B", "B <<= C"),
                "A <<= C",
                List.of(List.of(1, 0)));
        sign(rows, "matrices, nothing is taken from facts", "sign", list("A <<= B"), "A <<= B", List.of());
        sign(
                rows,
                "matrices, an order times a scalar",
                "s A <<= s B under 0",
                list("0 <= s", "A <<= B"),
                "s A <<= s B",
                List.of(List.of(1, 0, 1)));
        sign(
                rows,
                "matrices, an order times two scalars",
                "s r A <<= s r B under 0",
                list("0 <= s", "A <<= B", "0 <= r"),
                "s r A <<= s r B",
                List.of(List.of(1, 0, 1, 2)));
        sign(
                rows,
                "matrices, two orders in a product",
                "premise",
                list("0 <<= A", "0 <<= B"),
                "0 <<= A B",
                List.of(List.of(1, 0, 1)));
        sign(
                rows,
                "matrices, no order of matrices in a product",
                "premise",
                list("0 <= s"),
                "0 <<= s I_n",
                List.of(List.of(1, 0)));
        sign(rows, "matrices, a weight below zero", "sign", list("A <<= B"), "B <<= A", List.of(List.of(-1, 0)));
        sign(
                rows,
                "matrices, an order of another shape",
                "ill-typed: n x n",
                list("0 <<= X X'"),
                "0 <<= A",
                List.of(List.of(1, 0)));
        sign(
                rows,
                "matrices, a multiple of I remains",
                "A <<= B + 2 I_{n} under 0",
                list("A <<= B"),
                "A <<= B + 2 I",
                List.of(List.of(1, 0)));
        sign(
                rows,
                "matrices, a multiple of I by a square remains",
                "A <<= B + x^{2} I_{n} under 0",
                list("A <<= B"),
                "A <<= B + x^2 I",
                List.of(List.of(1, 0)));
        sign(
                rows,
                "matrices, a multiple of I of known sign remains",
                "A <<= B + (a + s) I_{n} under 0",
                list("A <<= B", "0 <= a + s"),
                "A <<= B + (a + s) I",
                List.of(List.of(1, 0)));
        sign(
                rows,
                "matrices, a multiple of I of unknown sign remains",
                "sign",
                list("A <<= B"),
                "A <<= B + s I",
                List.of(List.of(1, 0)));
        sign(
                rows,
                "matrices, a multiple of I below zero remains",
                "sign",
                list("A <<= B"),
                "A <<= B - I",
                List.of(List.of(1, 0)));
        sign(rows, "matrices, a matrix remains", "sign", list("A <<= B"), "A <<= B + C", List.of(List.of(1, 0)));
        sign(
                rows,
                "matrices, a matrix and a multiple of I remain",
                "sign",
                list("A <<= B"),
                "A <<= B + C + I",
                List.of(List.of(1, 0)));
        sign(
                rows,
                "matrices, a square of a matrix remains: left undecided",
                "sign",
                list("A <<= B"),
                "A <<= B + C'C",
                List.of(List.of(1, 0)));
        sign(
                rows,
                "matrices, all ones remain: left undecided",
                "sign",
                list("A <<= B"),
                "A <<= B + 1_{n x n}",
                List.of(List.of(1, 0)));
        sign(
                rows,
                "matrices, blocks remain: left undecided",
                "sign",
                list(),
                "[0_{n x n}, 0; 0, 0_{n x n}] <<= [I_n, 0; 0, 2 I_n]",
                List.of());
        sign(
                rows,
                "matrices, blocks that are not symmetric",
                "sign",
                list(),
                "[0_{n x n}, 0; 0, 0_{n x n}] <<= [0_{n x n}, I_n; 0, 0_{n x n}]",
                List.of());
        sign(rows, "matrices, itself", "A <<= A under 0", list(), "A <<= A", List.of());
        sign(rows, "matrices, the identity", "0_{n x n} <<= I_{n} under 0", list(), "0 <<= I_n", List.of());
        sign(
                rows,
                "matrices, scalars",
                "a + r <<= b under 0",
                list("a + r <<= b"),
                "a + r <<= b",
                List.of(List.of(1, 0)));
    }

    /** The claim by Sturm's sequence of a scalar between two numbers; null for none. */
    private static void sturm(
            List<Row> rows,
            String what,
            String expected,
            List<String> hypotheses,
            String claim,
            String scalar,
            Fraction low,
            Fraction high) {
        rows.add(new Row("sturm: " + what, expected, () -> {
            Derivation derivation = read(DECLARED, hypotheses, claim);
            Context context = derivation.context();
            Comparison goal = goal(derivation);
            Rule rule = new Sturm(goal.left(), goal.right(), term(context, scalar), low, high);
            return Theorem.derive(context, rule, hypotheses(context));
        }));
    }

    private static void sturm(List<Row> rows) {
        sturm(rows, "everywhere", "0 < x^{2} + 1 under 0", list(), "0 < x^2 + 1", "x", null, null);
        sturm(
                rows,
                "on an interval",
                "0 < 2 - x^{2} under 0",
                list("0 <= x", "x <= 1"),
                "0 < 2 - x^2",
                "x",
                Fraction.of(0),
                Fraction.of(1));
        sturm(
                rows,
                "on an interval without its ends",
                "0 < 2 - x^{2} under 0",
                list("0 < x", "x < 1"),
                "0 < 2 - x^2",
                "x",
                Fraction.of(0),
                Fraction.of(1));
        sturm(rows, "below a number", "0 < -x^{3} under 0", list("x <= -2"), "0 < -x^3", "x", null, Fraction.of(-2));
        sturm(
                rows,
                "above a number",
                "0 < x^{3} + 1 under 0",
                list("0 <= x"),
                "0 < x^3 + 1",
                "x",
                Fraction.of(0),
                null);
        sturm(
                rows,
                "at one number",
                "0 < x under 0",
                list("1 <= x", "x <= 1"),
                "0 < x",
                "x",
                Fraction.of(1),
                Fraction.of(1));
        sturm(
                rows,
                "between the roots",
                "0 < (x - 1) (4 - x) under 0",
                list("2 <= x", "x <= 3"),
                "0 < (x - 1) (4 - x)",
                "x",
                Fraction.of(2),
                Fraction.of(3));
        sturm(
                rows,
                "of a function",
                "0 < log(x)^{2} - log(x) + 1 under 0",
                list("0 < x"),
                "0 < log(x)^2 - log(x) + 1",
                "log(x)",
                null,
                null);
        sturm(
                rows,
                "of degree 60",
                "0 < x^{60} - x^{17} + 1 under 0",
                list(),
                "0 < x^60 - x^{17} + 1",
                "x",
                null,
                null);
        sturm(rows, "of degree 61", "premise", list("0 <= x"), "0 < x^61 + 1", "x", Fraction.of(0), null);
        sturm(rows, "a root below", "sign", list(), "0 < x^3 + 1", "x", null, null);
        sturm(rows, "a root above", "sign", list("0 <= x"), "0 < 2 - x^2", "x", Fraction.of(0), null);
        sturm(
                rows,
                "a root at the lower end",
                "sign",
                list("0 < x", "x <= 1"),
                "0 < x",
                "x",
                Fraction.of(0),
                Fraction.of(1));
        sturm(
                rows,
                "a root at the upper end",
                "sign",
                list("0 <= x", "x < 1"),
                "0 < 1 - x",
                "x",
                Fraction.of(0),
                Fraction.of(1));
        sturm(
                rows,
                "a double root inside",
                "sign",
                list("0 <= x", "x <= 1"),
                "0 < (2 x - 1)^2",
                "x",
                Fraction.of(0),
                Fraction.of(1));
        sturm(
                rows,
                "two roots inside",
                "sign",
                list("0 <= x", "x <= 1"),
                "0 < (2 x - 1) (3 x - 1)",
                "x",
                Fraction.of(0),
                Fraction.of(1));
        sturm(
                rows,
                "one root inside",
                "sign",
                list("0 <= x", "x <= 1"),
                "0 < 1 - 2 x",
                "x",
                Fraction.of(0),
                Fraction.of(1));
        sturm(rows, "below zero", "sign", list(), "0 < -x^2 - 1", "x", null, null);
        sturm(rows, "zero", "sign", list("0 <= x", "x <= 1"), "x < x", "x", Fraction.of(0), Fraction.of(1));
        sturm(
                rows,
                "an interval that is empty",
                "sign",
                list("2 <= x", "x <= 1"),
                "0 < x",
                "x",
                Fraction.of(2),
                Fraction.of(1));
        sturm(rows, "no lower bound", "premise", list("x <= 1"), "0 < 2 - x^2", "x", Fraction.of(0), Fraction.of(1));
        sturm(rows, "no upper bound", "premise", list("0 <= x"), "0 < 2 - x^2", "x", Fraction.of(0), Fraction.of(1));
        sturm(
                rows,
                "another lower bound",
                "premise",
                list("-1 <= x", "x <= 1"),
                "0 < 2 - x^2",
                "x",
                Fraction.of(0),
                Fraction.of(1));
        sturm(
                rows,
                "another upper bound",
                "premise",
                list("0 <= x", "x <= 2"),
                "0 < 2 - x^2",
                "x",
                Fraction.of(0),
                Fraction.of(1));
        sturm(
                rows,
                "bounds of another scalar",
                "premise",
                list("0 <= y", "y <= 1"),
                "0 < 2 - x^2",
                "x",
                Fraction.of(0),
                Fraction.of(1));
        sturm(
                rows,
                "the lower bound from above",
                "premise",
                list("x <= 0", "x <= 1"),
                "0 < 2 - x^2",
                "x",
                Fraction.of(0),
                Fraction.of(1));
        sturm(
                rows,
                "the upper bound from below",
                "premise",
                list("0 <= x", "1 <= x"),
                "0 < 2 - x^2",
                "x",
                Fraction.of(0),
                Fraction.of(1));
        sturm(
                rows,
                "an unequal number is no bound",
                "premise",
                list("0 != x", "x <= 1"),
                "0 < 2 - x^2",
                "x",
                Fraction.of(0),
                Fraction.of(1));
        sturm(rows, "two scalars", "premise", list("0 <= x"), "0 < 1 + x + y^2", "x", Fraction.of(0), null);
        sturm(rows, "a product of two scalars", "premise", list(), "0 < 1 + x^2 + x y", "x", null, null);
        sturm(rows, "a power that is no number", "premise", list("0 <= x"), "0 < x^k + 1", "x", Fraction.of(0), null);
        sturm(rows, "a power below zero", "premise", list("1 <= x"), "0 < x^{-1} + 1", "x", Fraction.of(1), null);
        sturm(rows, "a function of the scalar", "premise", list("0 <= x"), "0 < exp(x) + x", "x", Fraction.of(0), null);
        sturm(rows, "a number for the scalar", "premise", list(), "0 < 1", "2", null, null);
        sturm(rows, "zero for the scalar", "premise", list(), "0 < 1", "x - x", null, null);
        sturm(rows, "a multiple for the scalar", "premise", list(), "0 < x^2 + 1", "2 x", null, null);
        sturm(rows, "a power for the scalar", "premise", list(), "0 < x^2 + 1", "x^2", null, null);
        sturm(rows, "a sum for the scalar", "premise", list(), "0 < x^2 + 1", "x + y", null, null);
        sturm(rows, "a product for the scalar", "premise", list(), "0 < x^2 + 1", "x y", null, null);
        sturm(rows, "something undefined", "undefined", list(), "0 < x^2 + 1 + 1/y - 1/y", "x", null, null);
        rows.add(new Row("sturm: a name that is not declared, out of its bounds", "ill-typed: a declared name", () -> {
            Context context = read(DECLARED, list(), "0 = 0").context();
            Term stranger = Term.symbol("z", Shape.SCALAR);
            return Theorem.derive(
                    context, new Sturm(Term.number(0), stranger, stranger, Fraction.ZERO, null), List.of());
        }));
        rows.add(new Row("sturm: matrices", "ill-typed: a scalar", () -> {
            Context context = read(DECLARED, list(), "0 = 0").context();
            Rule rule = new Sturm(term(context, "A"), term(context, "B"), term(context, "x"), null, null);
            return Theorem.derive(context, rule, List.of());
        }));
    }
}
