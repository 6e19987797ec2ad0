package org.loopcert.corpus.canary;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.loopcert.corpus.canary.RuleTable.Row;
import org.loopcert.derivation.Derivation;
import org.loopcert.derivation.DerivationReader;
import org.loopcert.derivation.DerivationSyntaxException;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.EqualityRules.Algebra;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.Formula.Relation;
import org.loopcert.kernel.proof.IllTyped;
import org.loopcert.kernel.proof.LinearForm;
import org.loopcert.kernel.proof.NotProved;
import org.loopcert.kernel.proof.OrderRules.Sign;
import org.loopcert.kernel.proof.Shape;
import org.loopcert.kernel.proof.Term;
import org.loopcert.kernel.proof.Theorem;

/**
 * Normal forms: one application of algebra, or of the rule of signs, to the claim of a derivation under its hypotheses.
 * Each row turns on one side condition of a rewriting. What is refused is false, or undefined, for some values unless
 * the row says that it is only left undecided.
 */
final class NormalFormTable {
    private static final String MATRICES =
            "dimension n matrix A, B, C, D in R^{n x n} vector u, v in R^n scalar a, b, c ";
    private static final String SCALARS = "scalar a, b, c, d, e, g function f : R -> R ";

    /** What begins a line. */
    private static final Pattern STATEMENT =
            Pattern.compile("\\b(dimension|integer|matrix|vector|scalar|sequence|function|assume|claim)\\b");

    private NormalFormTable() {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        signs(rows);
        blocks(rows);
        functions(rows);
        indexSums(rows);
        rewriting(rows);
        powers(rows);
        common(rows);
        clearing(rows);
        limits(rows);
        return rows;
    }

    private static void add(List<Row> rows, String name, String expected, String declarations, String claim) {
        rows.add(new Row("normal form: " + name, expected, () -> {
            apply("derivation row " + declarations + " claim " + claim);
            return "proved";
        }));
    }

    /** The claim by algebra or by signs, from all hypotheses at once. */
    private static Theorem apply(String text) throws NotProved, IllTyped {
        Derivation derivation;
        try {
            derivation = DerivationReader.read("row", STATEMENT.matcher(text).replaceAll("\n$0"));
        } catch (DerivationSyntaxException e) {
            throw new IllegalArgumentException(text, e);
        }
        if (!derivation.diagnostics().isEmpty()) {
            throw new IllegalArgumentException(derivation.diagnostics().toString());
        }
        Context context = derivation.context();
        List<Theorem> facts = IntStream.range(0, context.hypotheses().size())
                .mapToObj(each -> Theorem.hypothesis(context, each))
                .toList();
        Comparison claim =
                (Comparison) derivation.statements().get(0).formula().value().orElseThrow();
        return Theorem.derive(
                context,
                claim.relation() == Relation.EQUAL
                        ? new Algebra(claim.left(), claim.right())
                        : new Sign(claim.relation(), claim.left(), claim.right()),
                facts);
    }

    private static void signs(List<Row> rows) {
        add(rows, "an eigenvalue may be below zero", "sign", MATRICES, "0 <= lambda_max(A + A')");
        add(rows, "a spectral norm is not", "proved", MATRICES, "0 <= specnorm(A)");
        add(rows, "nor is a maximum norm", "proved", MATRICES, "0 <= norm_inf(u)");
    }

    private static void blocks(List<Row> rows) {
        add(
                rows,
                "the square of two blocks over each other",
                "proved",
                "dimension n matrix A, B in R^{n x (2 n)}",
                "[A; B]^2 = [A; B] [A; B]");
        add(
                rows,
                "the square of two blocks side by side",
                "proved",
                "dimension n matrix A, B in R^{(2 n) x n}",
                "[A, B]^2 = [A, B] [A, B]");
        add(
                rows,
                "a symbolic power of blocks",
                "blocks",
                MATRICES + "integer t >= 0",
                "[A, B; C, D]^{t+1} = [A, B; C, D]");
        add(rows, "blocks to the power of zero", "blocks", MATRICES, "[A, B; C, D]^0 = [A, B; C, D]");
        add(
                rows,
                "a part that is empty, as two facts have it: left undecided",
                "blocks",
                "dimension k, n, m vector x in R^k assume m <= n assume n <= m",
                "x[n-m+1:k-m+n] = x");
        add(rows, "the identity o A", "not-equal", MATRICES, "I o A = A");
        add(rows, "(A B) o C", "not-equal", MATRICES, "(A B) o C = C");
    }

    private static void functions(List<Row> rows) {
        add(
                rows,
                "the logarithm of a product of unknown signs: left undecided",
                "not-equal",
                SCALARS + "assume 0 < a b assume 0 < c d assume 0 < a b c d",
                "log(a b c d) = log(a b) + log(c d)");
        add(rows, "the root of a number", "not-equal", SCALARS, "sqrt(2) = 2");
        add(
                rows,
                "an equation replaces an absolute value and not what it is of",
                "proved",
                SCALARS + "assume |a b| = a b",
                "c |a b| = c a b");
        add(
                rows,
                "an even power in an absolute value is its own",
                "proved",
                SCALARS + "assume a < b assume b <= c assume c <= d assume d <= 0",
                "|e a^{-2}| = |e| a^{-2}");
        add(
                rows,
                "a scalar factor in an inverse",
                "proved",
                MATRICES + "assume A invertible assume a != 0",
                "inv(a A) = (1/a) inv(A)");
        add(rows, "a diagonal of anything", "not-equal", MATRICES, "diag(u) = I");
    }

    private static void indexSums(List<Row> rows) {
        String declarations =
                "dimension n, m integer t >= 0 scalar a sequence q in R, w in R^n, G in R^{n x n} matrix W in R^{n x n} vector u in R^n ";
        add(
                rows,
                "an exponent may depend on the index",
                "not-equal",
                declarations,
                "m sum_{i=0}^{n-1} a^i = n sum_{i=0}^{m-1} a^i");
        add(rows, "so may a factor of a unit vector", "not-equal", declarations, "sum_{i=1}^{n} q(i) e_{i,n} = 1_n");
        add(
                rows,
                "a symbolic power of entries",
                "not-equal",
                declarations,
                "sum_{i=1}^{n} (e_{i,n}' u)^{t+1} = sum_{i=1}^{n} e_{i,n}' u");
        add(
                rows,
                "a factor of a unit vector that depends on the index",
                "not-equal",
                declarations,
                "sum_{i=1}^{n} (w(i)'u) e_{i,n} = (1_n'u) 1_n");
        add(
                rows,
                "a matrix before a unit vector that depends on the index",
                "not-equal",
                declarations + "assume W 1_n = 1_n",
                "sum_{i=1}^{n} G(i) W e_{i,n} = sum_{i=1}^{n} G(i) e_{i,n}");
    }

    private static void rewriting(List<Row> rows) {
        add(rows, "a contradiction is no pattern: left undecided", "not-equal", SCALARS + "assume 1 = 0", "a b = 0");
        add(rows, "a symbolic power is no pattern", "not-equal", SCALARS + "integer t >= 0 assume a^t = 0", "c d = 0");
        add(
                rows,
                "nor is one with a number in its exponent: left undecided",
                "not-equal",
                SCALARS + "integer t >= 0 assume a^{t+1} = 0",
                "a c = 0");
        add(
                rows,
                "nor is one with a denominator that comes back: left undecided",
                "not-equal",
                "scalar a, c, d, g, z "
                        + "assume z != 0 assume a^2 + a/z + d != 0 assume (1 + a^8)/z + c/(a^2 + a/z + d) = g",
                "a^9/z = g z a^2 + g a + g z d - c z - a^10 - a^8 d - a^2 - a/z - d");
        add(rows, "a multiple of the identity is not a number", "not-equal", MATRICES + "assume a^2 I = A", "a^2 = b");
        add(
                rows,
                "unit vectors of unknown indices",
                "not-equal",
                "dimension n integer i >= 1, j >= 1 assume i <= n assume j <= n",
                "e_{i,n}' e_{j,n} = 0");
        add(rows, "a factor of a pattern that is missing", "not-equal", MATRICES + "assume a A B = 0", "A B = 0");
        add(
                rows,
                "words are rewritten before their scalar factors",
                "proved",
                MATRICES + "assume a b = c assume a A = B",
                "a (b A) = b B");
        add(
                rows,
                "a pattern in a symbolic power that may be less",
                "not-equal",
                SCALARS + "integer t >= -2 assume a^2 = 0",
                "a^{t+2} = 0");
        add(
                rows,
                "a later selection before an earlier one",
                "proved",
                "dimension n, m",
                "I_{n+m}[n+1:n+m, :] I_{n+m}[1:n, :]' = 0");
        rows.add(new Row(
                "normal form: the key of a difference", "[1]/[1]/1,1:1@SYMBOL(a:1:1)^1|&-1@SYMBOL(b:1:1)^1|", () -> {
                    try {
                        apply("derivation row " + SCALARS + " claim a = b");
                        return "proved";
                    } catch (NotProved refused) {
                        return refused.getMessage().replaceFirst(".*found ", "");
                    }
                }));
    }

    private static void powers(List<Row> rows) {
        add(
                rows,
                "a power of a matrix with an exponent that may be zero",
                "not-equal",
                MATRICES + "integer t >= -1 assume u'A = 0",
                "u'A^{t+1} = 0");
        add(
                rows,
                "a power of a sum with an exponent that may be zero",
                "not-equal",
                SCALARS + "integer t >= -1 assume c a = -c b",
                "c (a + b)^{t+1} = 0");
        add(
                rows,
                "a power of a sum that is not zero",
                "proved",
                SCALARS + "integer t >= -1 assume a + b != 0",
                "f((a + b)^{t+1}) = f((a + b)^t (a + b))");
        add(
                rows,
                "a power of a sum in an argument",
                "proved",
                SCALARS + "integer t >= 0",
                "f((a + b)^{t+2}) = f((a + b)^t (a + b)^2)");
        add(
                rows,
                "a power of a number in an argument",
                "proved",
                SCALARS + "integer t >= 0",
                "f(2^{t+30}) = f(2^30 2^t)");
        add(rows, "a large power of a matrix", "proved", MATRICES, "A^30 = A^30");
        add(rows, "a large power of a sum", "proved", SCALARS, "(a + b)^1000 = (a + b)^1000");
        add(rows, "a symbolic power of one", "limit", SCALARS + "integer s, t >= 0", "(a^t)^s = 1");
        add(rows, "a large power of a number", "limit", SCALARS, "2^150000 = 2^150000");
    }

    private static void common(List<Row> rows) {
        add(
                rows,
                "a symbolic power is left under a root: left undecided",
                "not-equal",
                SCALARS + "integer t >= 0 assume 0 <= a",
                "sqrt(a^9 + a^{t+2}) = a sqrt(a^7 + a^t)");
        add(
                rows,
                "an exponential is left in an absolute value: left undecided",
                "not-equal",
                SCALARS,
                "|exp(a) b + exp(a) c| = exp(a) |b + c|");
    }

    private static void clearing(List<Row> rows) {
        add(
                rows,
                "large powers of a sum that differ by one",
                "proved",
                SCALARS + "integer t >= 0",
                "(a + b)^{t+30} = (a + b)^{t+29} (a + b)");
        add(rows, "a fact with a denominator", "proved", SCALARS + "assume a != 0 assume c/a = d + e", "c = a d + a e");
        rows.add(new Row("normal form: a long sum that is not zero", "not-equal", () -> {
            Context context = sequence();
            return Theorem.derive(context, new Algebra(values(context, 0, 300, 1), Term.number(0)), List.of());
        }));
    }

    private static void limits(List<Row> rows) {
        rows.add(new Row("normal form: a product of too many terms", "limit", () -> {
            Context context = sequence();
            Term sum = values(context, 0, 150, 1);
            Term product = Term.product(List.of(sum, sum));
            return Theorem.derive(context, new Algebra(product, product), List.of());
        }));
        rows.add(new Row("normal form: too many products", "limit", () -> {
            // 70^3 products of blocks that are zero, which cost a step each and no time, and then 90,000 reductions
            Context context = new Context.Builder()
                    .dimension("n")
                    .symbol("a", Shape.SCALAR)
                    .context();
            LinearForm n = LinearForm.variable("n");
            Term zeros = Term.blocks(Collections.nCopies(70, Collections.nCopies(70, Term.zero(new Shape(n, n)))));
            List<Term> products = new ArrayList<>();
            products.add(Term.function(Term.Kind.TRACE, Term.product(List.of(zeros, zeros))));
            List<Term> powers = new ArrayList<>();
            for (int i = 1; i <= 30; i++) {
                powers.add(Term.power(Term.symbol("a", Shape.SCALAR), LinearForm.of(i)));
            }
            for (int i = 1; i <= 100; i++) {
                powers.set(0, Term.number(i));
                Term sum = Term.sum(powers);
                products.add(Term.product(List.of(sum, sum)));
            }
            Term all = Term.sum(products);
            return Theorem.derive(context, new Algebra(all, all), List.of());
        }));
    }

    private static Context sequence() throws IllTyped {
        return new Context.Builder()
                .function("q", Collections.singletonList(null), Shape.SCALAR)
                .context();
    }

    /** The sum of q(from), ..., q(to - 1) and a number. */
    private static Term values(Context context, int from, int to, int number) throws IllTyped {
        List<Term> values = new ArrayList<>(List.of(Term.number(number)));
        for (int i = from; i < to; i++) {
            values.add(context.apply("q", List.of(Term.integer(LinearForm.of(i)))));
        }
        return Term.sum(values);
    }
}
