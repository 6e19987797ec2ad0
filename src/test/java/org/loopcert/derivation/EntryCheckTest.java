package org.loopcert.derivation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.loopcert.derivation.EntryCheck.Budget;
import org.loopcert.derivation.EntryCheck.Result;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Formula.ForAll;
import org.loopcert.kernel.proof.Formula.Relation;
import org.loopcert.kernel.proof.Formula.Variable;
import org.loopcert.kernel.proof.IllTyped;
import org.loopcert.kernel.proof.LinearForm;
import org.loopcert.kernel.proof.Shape;
import org.loopcert.kernel.proof.Term;
import org.loopcert.kernel.proof.Term.Kind;
import org.loopcert.ring.RationalField;

/** True equations and their false twins. */
class EntryCheckTest {
    private static final LinearForm N = LinearForm.variable("n");
    private static final LinearForm D = LinearForm.variable("d");
    private static final LinearForm ONE = LinearForm.ONE;

    /** Builds terms over a growing context; a name's first use needs a declaration. */
    static final class Terms {
        final Context.Builder builder = new Context.Builder();
        final List<Formula> facts = new ArrayList<>();

        Context context() {
            return builder.context();
        }

        Term of(String name) throws IllTyped {
            return context().symbol(name);
        }

        Term at(String name, Term... arguments) throws IllTyped {
            return context().apply(name, List.of(arguments));
        }

        Terms matrix(LinearForm rows, LinearForm columns, String... names) throws IllTyped {
            for (String each : names) {
                builder.symbol(each, new Shape(rows, columns));
            }
            return this;
        }

        Terms assume(Formula formula) throws IllTyped {
            builder.hypothesis(formula);
            return this;
        }
    }

    static Term sum(Term... terms) throws IllTyped {
        return Term.sum(List.of(terms));
    }

    static Term minus(Term left, Term right) throws IllTyped {
        return Term.subtract(left, right);
    }

    static Term times(Term... terms) throws IllTyped {
        return Term.product(List.of(terms));
    }

    static Term tr(Term term) throws IllTyped {
        return Term.transpose(term);
    }

    static Term f(Kind kind, Term term) throws IllTyped {
        return Term.function(kind, term);
    }

    static Term number(long value) {
        return Term.number(value);
    }

    static Term half() {
        return Term.number(Fraction.of(1).divide(Fraction.of(2)));
    }

    static Term power(Term base, long exponent) throws IllTyped {
        return Term.power(base, LinearForm.of(exponent));
    }

    static Term blocks(int columns, Term... terms) throws IllTyped {
        List<List<Term>> rows = new ArrayList<>();
        for (int i = 0; i < terms.length; i += columns) {
            rows.add(List.of(terms).subList(i, i + columns));
        }
        return Term.blocks(rows);
    }

    static Formula.Comparison equal(Term left, Term right) throws IllTyped {
        return Formula.equal(left, right);
    }

    static Shape shape(LinearForm rows, LinearForm columns) {
        return new Shape(rows, columns);
    }

    /** n, d, and X, Y: n x d; A, B, S: d x d, S symmetric; y: n; u, v, w: d; a, b, c scalars. */
    static Terms usual() throws IllTyped {
        Terms t = new Terms();
        t.builder.dimension("n").dimension("d").integer("T", 0);
        t.matrix(N, D, "X", "Y").matrix(D, D, "A", "B", "S").matrix(N, ONE, "y").matrix(D, ONE, "u", "v", "w");
        t.matrix(ONE, ONE, "a", "b", "c");
        return t.assume(equal(tr(t.of("S")), t.of("S")));
    }

    record Twins(String name, Terms terms, Formula.Comparison right, Formula.Comparison wrong) {}

    private final List<Twins> twins = new ArrayList<>();

    private void twins(String name, Terms t, Term left, Term right, Term wrong) throws IllTyped {
        twins.add(new Twins(name, t, equal(left, right), equal(left, wrong)));
    }

    @TestFactory
    Stream<DynamicTest> trueEquationsAndFalseTwins() throws IllTyped {
        products();
        blocksAndMasks();
        sums();
        fractions();
        roots();
        hypotheses();
        loops();
        assertThat(twins).hasSizeGreaterThanOrEqualTo(40);
        return twins.stream()
                .flatMap(each -> Stream.of(
                        DynamicTest.dynamicTest(each.name(), () -> assertConfirmed(each.terms(), each.right())),
                        DynamicTest.dynamicTest(
                                "not: " + each.name(), () -> assertRefuted(each.terms(), each.wrong()))));
    }

    static void assertConfirmed(Terms t, Formula.Comparison equality) {
        Result result = EntryCheck.check(t.context(), equality, t.facts, Budget.DEFAULT);
        assertThat(result).as(equality.toString()).isInstanceOf(Result.Confirmed.class);
        // somewhere matrices do not commute, and n and d are told apart
        assertThat(((Result.Confirmed) result).shapes())
                .anySatisfy(shape -> assertThat(shape.get("d")).isGreaterThan(1))
                .anySatisfy(shape -> assertThat(shape.get("d")).isNotEqualTo(shape.get("n")));
    }

    static void assertRefuted(Terms t, Formula.Comparison equality) {
        Result result = EntryCheck.check(t.context(), equality, t.facts, Budget.DEFAULT);
        assertThat(result).as(equality.toString()).isInstanceOf(Result.Refuted.class);
        Result.Refuted refuted = (Result.Refuted) result;
        Map<String, BigRational> values = new LinkedHashMap<>();
        refuted.assignment().forEach((name, value) -> values.put(name, fraction(value)));
        EntryEvaluator evaluator = new EntryEvaluator(t.context(), refuted.shape(), values);
        BigRational difference = RationalField.INSTANCE.subtract(
                evaluator.evaluate(equality.left()).get(refuted.row() - 1, refuted.column() - 1),
                evaluator.evaluate(equality.right()).get(refuted.row() - 1, refuted.column() - 1));
        assertThat(RationalField.INSTANCE.show(difference))
                .isEqualTo(refuted.difference())
                .isNotEqualTo("0");
        for (Formula each : t.context().hypotheses()) {
            if (!(each instanceof ForAll)) {
                assertThat(evaluator.holds(each)).as(each.toString()).isTrue();
            }
        }
        for (Formula each : t.facts) {
            assertThat(evaluator.holds(each)).as(each.toString()).isTrue();
        }
    }

    private static BigRational fraction(String text) {
        String[] parts = text.split("/");
        return RationalField.of(
                new java.math.BigInteger(parts[0]), new java.math.BigInteger(parts.length > 1 ? parts[1] : "1"));
    }

    private void products() throws IllTyped {
        Terms t = usual();
        Term x = t.of("X");
        Term y = t.of("y");
        Term a = t.of("A");
        Term b = t.of("B");
        Term s = t.of("S");
        Term u = t.of("u");
        Term v = t.of("v");
        Term c = t.of("c");
        twins("transpose of a product", t, tr(times(a, b)), times(tr(b), tr(a)), times(tr(a), tr(b)));
        twins("transpose twice", t, tr(tr(a)), a, tr(a));
        twins("transpose of a sum", t, tr(sum(a, b)), sum(tr(a), tr(b)), sum(tr(a), b));
        twins("Gram matrix is symmetric", t, tr(times(tr(x), x)), times(tr(x), x), times(number(-1), tr(x), x));
        twins("distributive on the left", t, times(a, sum(u, v)), sum(times(a, u), times(a, v)), sum(times(a, u), v));
        twins("scalars move", t, times(a, c, b), times(c, a, b), times(c, b, a));
        twins("inner product is symmetric", t, times(tr(u), v), times(tr(v), u), times(number(-1), tr(v), u));
        twins("symmetric form", t, times(tr(u), s, v), times(tr(v), s, u), times(tr(v), a, u));
        twins("general form", t, times(tr(u), a, v), times(tr(v), tr(a), u), times(tr(v), a, u));
        twins(
                "difference of squares of commuting",
                t,
                times(minus(a, times(c, Term.identity(D))), sum(a, times(c, Term.identity(D)))),
                minus(power(a, 2), times(c, c, Term.identity(D))),
                sum(power(a, 2), times(c, c, Term.identity(D))));
        twins(
                "square of a sum",
                t,
                power(sum(a, b), 2),
                sum(power(a, 2), times(a, b), times(b, a), power(b, 2)),
                sum(power(a, 2), times(number(2), a, b), power(b, 2)));
        twins(
                "gradient of least squares",
                t,
                times(tr(x), minus(times(x, u), y)),
                minus(times(tr(x), x, u), times(tr(x), y)),
                minus(times(tr(x), x, u), times(number(2), tr(x), y)));
        Term outer = times(u, tr(v));
        twins("outer product squared", t, power(outer, 2), times(tr(v), u, outer), times(tr(u), u, outer));
        twins(
                "trace is cyclic",
                t,
                f(Kind.TRACE, times(a, b, s)),
                f(Kind.TRACE, times(s, a, b)),
                f(Kind.TRACE, times(b, a, s)));
        twins(
                "trace of a rectangular product",
                t,
                f(Kind.TRACE, times(x, tr(t.of("Y")))),
                f(Kind.TRACE, times(tr(t.of("Y")), x)),
                f(Kind.TRACE, times(tr(x), x)));
        twins("trace of the identity", t, f(Kind.TRACE, Term.identity(D)), Term.integer(D), Term.integer(N));
        twins("trace of an outer product", t, f(Kind.TRACE, outer), times(tr(u), v), times(tr(u), u));
        twins(
                "powers add",
                t,
                times(Term.power(a, LinearForm.variable("T")), a),
                Term.power(a, LinearForm.variable("T").plus(1)),
                Term.power(a, LinearForm.variable("T")));
        twins(
                "powers of scalars",
                t,
                times(Term.power(c, LinearForm.variable("T")), Term.power(c, LinearForm.variable("T"))),
                Term.power(c, LinearForm.variable("T").times(java.math.BigInteger.TWO)),
                Term.power(c, LinearForm.variable("T").plus(2)));
    }

    private void blocksAndMasks() throws IllTyped {
        Terms t = usual();
        Term x = t.of("X");
        Term y = t.of("y");
        Term q = t.of("u");
        Term alpha = t.of("a");
        Term z = blocks(2, x, y, tr(q), alpha);
        Term p = blocks(2, Term.identity(D), Term.zero(shape(D, ONE)), Term.zero(shape(ONE, D)), number(0));
        Term mask = blocks(2, Term.zero(shape(N, N)), Term.zero(shape(N, ONE)), Term.ones(shape(ONE, N)), number(0));
        Term attention = times(Term.hadamard(mask, times(z, tr(z))), z, p);
        Term row = sum(times(tr(q), tr(x), x), times(alpha, tr(y), x));
        Term wrong = minus(times(tr(q), tr(x), x), times(alpha, tr(y), x));
        Term zeros = Term.zero(shape(N, D));
        Term column = Term.zero(shape(N, ONE));
        twins(
                "one attention layer",
                t,
                attention,
                blocks(2, zeros, column, row, number(0)),
                blocks(2, zeros, column, wrong, number(0)));
        twins(
                "product of blocks",
                t,
                times(tr(z), z),
                blocks(
                        2,
                        sum(times(tr(x), x), times(q, tr(q))),
                        sum(times(tr(x), y), times(alpha, q)),
                        sum(times(tr(y), x), times(alpha, tr(q))),
                        sum(times(tr(y), y), times(alpha, alpha))),
                blocks(
                        2,
                        sum(times(tr(x), x), times(q, tr(q))),
                        times(tr(x), y),
                        sum(times(tr(y), x), times(alpha, tr(q))),
                        sum(times(tr(y), y), times(alpha, alpha))));
        twins(
                "transpose of blocks",
                t,
                tr(z),
                blocks(2, tr(x), q, tr(y), alpha),
                blocks(2, tr(x), t.of("v"), tr(y), alpha));
        twins("last row", t, Term.slice(z, N.plus(1), N.plus(1), ONE, D), tr(q), tr(t.of("v")));
        twins(
                "one entry by unit vectors",
                t,
                times(tr(Term.unit(D, ONE)), t.of("A"), Term.unit(D, D)),
                Term.slice(t.of("A"), ONE, ONE, D, D),
                Term.slice(t.of("A"), D, D, ONE, ONE));
        twins(
                "entrywise product commutes",
                t,
                Term.hadamard(t.of("A"), t.of("B")),
                Term.hadamard(t.of("B"), t.of("A")),
                times(t.of("A"), t.of("B")));
        twins(
                "entrywise with ones",
                t,
                Term.hadamard(t.of("A"), Term.ones(shape(D, D))),
                t.of("A"),
                times(t.of("A"), Term.ones(shape(D, D))));
        twins(
                "entrywise with the identity",
                t,
                f(Kind.TRACE, Term.hadamard(t.of("A"), Term.identity(D))),
                f(Kind.TRACE, t.of("A")),
                times(number(2), f(Kind.TRACE, t.of("A"))));
        twins(
                "diagonal times vector",
                t,
                times(f(Kind.DIAG, q), t.of("v")),
                times(f(Kind.DIAG, t.of("v")), q),
                times(f(Kind.DIAG, q), q));
    }

    private void sums() throws IllTyped {
        Terms t = usual();
        Term x = t.of("X");
        LinearForm i = LinearForm.variable("i");
        Term row = Term.slice(x, i, i, ONE, D);
        Term entry = Term.slice(t.of("u"), i, i, ONE, ONE);
        twins(
                "Gram matrix as a sum over examples",
                t,
                Term.indexSum("i", ONE, N, times(tr(row), row)),
                times(tr(x), x),
                times(number(2), tr(x), x));
        twins(
                "inner product as a sum",
                t,
                Term.indexSum("i", ONE, D, times(entry, Term.slice(t.of("v"), i, i, ONE, ONE))),
                times(tr(t.of("u")), t.of("v")),
                times(tr(t.of("u")), t.of("u")));
        twins(
                "sum of unit vectors",
                t,
                Term.indexSum("i", ONE, D, times(entry, Term.unit(D, i))),
                t.of("u"),
                times(number(-1), t.of("u")));
        twins("sum of ones", t, Term.indexSum("i", ONE, N, number(1)), Term.integer(N), Term.integer(N.plus(1)));
        twins(
                "telescope",
                t,
                times(
                        minus(t.of("c"), number(1)),
                        Term.indexSum("i", LinearForm.ZERO, LinearForm.variable("T"), Term.power(t.of("c"), i))),
                minus(Term.power(t.of("c"), LinearForm.variable("T").plus(1)), number(1)),
                minus(Term.power(t.of("c"), LinearForm.variable("T")), number(1)));
        twins("empty sum", t, Term.indexSum("i", ONE, LinearForm.ZERO, t.of("A")), Term.zero(shape(D, D)), t.of("A"));
    }

    private void fractions() throws IllTyped {
        Terms t = usual();
        Term a = t.of("a");
        Term b = t.of("b");
        Term matrix = t.of("A");
        twins(
                "sum of fractions",
                t,
                sum(Term.quotient(number(1), a), Term.quotient(number(1), b)),
                Term.quotient(sum(a, b), times(a, b)),
                Term.quotient(number(2), sum(a, b)));
        twins("quotient of a vector", t, times(a, Term.quotient(t.of("u"), a)), t.of("u"), Term.quotient(t.of("u"), a));
        twins(
                "inverse from the left",
                t,
                times(Term.inverse(matrix), matrix),
                Term.identity(D),
                times(number(2), Term.identity(D)));
        twins(
                "inverse of a product",
                t,
                Term.inverse(times(matrix, t.of("B"))),
                times(Term.inverse(t.of("B")), Term.inverse(matrix)),
                times(Term.inverse(matrix), Term.inverse(t.of("B"))));
        twins("inverse and transpose", t, tr(Term.inverse(matrix)), Term.inverse(tr(matrix)), Term.inverse(matrix));
        twins("negative power", t, power(matrix, -2), Term.inverse(times(matrix, matrix)), Term.inverse(matrix));
        Term normal = Term.inverse(times(tr(t.of("X")), t.of("X")));
        twins("projector", t, times(normal, tr(t.of("X")), t.of("X"), t.of("u")), t.of("u"), t.of("v"));
        twins("gcd is seen", t, Term.quotient(minus(power(a, 2), power(b, 2)), minus(a, b)), sum(a, b), minus(a, b));
    }

    private void roots() throws IllTyped {
        Terms t = usual();
        Term a = t.of("a");
        Term b = t.of("b");
        Term u = t.of("u");
        twins("root of a square", t, f(Kind.SQRT, power(a, 2)), f(Kind.ABS, a), a);
        twins("norm squared", t, power(f(Kind.NORM, u), 2), times(tr(u), u), times(tr(u), t.of("v")));
        twins(
                "norm is homogeneous",
                t,
                f(Kind.NORM, times(a, u)),
                times(f(Kind.ABS, a), f(Kind.NORM, u)),
                times(a, f(Kind.NORM, u)));
        twins(
                "absolute value of a product",
                t,
                f(Kind.ABS, times(a, b)),
                times(f(Kind.ABS, a), f(Kind.ABS, b)),
                times(a, f(Kind.ABS, b)));
        twins("absolute value squared", t, power(f(Kind.ABS, a), 2), power(a, 2), times(a, f(Kind.ABS, a)));
        twins("unit vector", t, f(Kind.NORM, Term.unit(D, ONE)), number(1), number(2));
        twins(
                "polarisation",
                t,
                minus(power(f(Kind.NORM, sum(u, t.of("v"))), 2), power(f(Kind.NORM, minus(u, t.of("v"))), 2)),
                times(number(4), tr(u), t.of("v")),
                times(number(2), tr(u), t.of("v")));
        twins(
                "exponentials multiply",
                t,
                times(f(Kind.EXP, a), f(Kind.EXP, b)),
                f(Kind.EXP, sum(a, b)),
                sum(f(Kind.EXP, a), f(Kind.EXP, b)));
        twins(
                "halved exponent",
                t,
                power(f(Kind.EXP, times(half(), a)), 2),
                f(Kind.EXP, a),
                times(number(2), f(Kind.EXP, a)));
        twins("exp of zero", t, f(Kind.EXP, minus(a, a)), number(1), number(0));
        twins(
                "spectral norm of the transpose",
                t,
                f(Kind.SPECTRAL_NORM, tr(t.of("X"))),
                f(Kind.SPECTRAL_NORM, t.of("X")),
                times(number(2), f(Kind.SPECTRAL_NORM, t.of("X"))));
        twins(
                "largest eigenvalue of equal terms",
                t,
                f(Kind.LAMBDA_MAX, times(tr(t.of("X")), t.of("X"))),
                f(Kind.LAMBDA_MAX, tr(times(tr(t.of("X")), t.of("X")))),
                number(1));
        twins("logarithm of an exponential", t, f(Kind.LOG, f(Kind.EXP, a)), a, f(Kind.EXP, a));
        twins(
                "largest entry of the negative",
                t,
                f(Kind.NORM_INF, times(number(-1), u)),
                f(Kind.NORM_INF, u),
                times(number(-1), f(Kind.NORM_INF, u)));
        twins("spectral norm of a vector", t, f(Kind.SPECTRAL_NORM, u), f(Kind.NORM, u), f(Kind.NORM_INF, u));
        twins("root of a number", t, times(a, f(Kind.SQRT, number(4))), times(number(2), a), times(number(4), a));
    }

    private void hypotheses() throws IllTyped {
        Terms t = usual();
        t.matrix(D, ONE, "theta*");
        t.assume(equal(t.of("y"), times(t.of("X"), t.of("theta*"))));
        Term star = t.of("theta*");
        Term x = t.of("X");
        twins("labels replaced", t, times(tr(x), t.of("y")), times(tr(x), x, star), times(tr(x), x, t.of("u")));
        Terms unit = usual();
        unit.matrix(D, ONE, "theta*").assume(equal(power(f(Kind.NORM, unit.of("theta*")), 2), number(1)));
        star = unit.of("theta*");
        twins("unit vector by hypothesis", unit, times(star, tr(star), star), star, times(number(-1), star));
        twins("unit norm to the fourth", unit, power(times(tr(star), star), 2), number(1), number(2));
        Terms norm = usual();
        norm.matrix(D, ONE, "theta*").assume(equal(f(Kind.NORM, norm.of("theta*")), number(1)));
        star = norm.of("theta*");
        twins("unit norm", norm, times(tr(star), star), number(1), times(number(1), norm.of("a")));
        Terms inverse = usual();
        inverse.assume(equal(times(inverse.of("A"), inverse.of("B")), Term.identity(D)));
        twins(
                "inverse on the other side",
                inverse,
                times(inverse.of("B"), inverse.of("A")),
                Term.identity(D),
                times(number(-1), Term.identity(D)));
        Terms orthogonal = usual();
        orthogonal.assume(equal(times(tr(orthogonal.of("A")), orthogonal.of("A")), Term.identity(D)));
        Term image = times(orthogonal.of("A"), orthogonal.of("u"));
        twins(
                "orthogonal matrices keep norms",
                orthogonal,
                f(Kind.NORM, image),
                f(Kind.NORM, orthogonal.of("u")),
                f(Kind.NORM, orthogonal.of("v")));
        twins(
                "orthogonal on the other side",
                orthogonal,
                times(orthogonal.of("A"), tr(orthogonal.of("A"))),
                Term.identity(D),
                times(number(-1), Term.identity(D)));
        Terms idempotent = usual();
        idempotent.assume(equal(power(idempotent.of("A"), 2), idempotent.of("A")));
        twins(
                "idempotent",
                idempotent,
                power(idempotent.of("A"), 4),
                idempotent.of("A"),
                power(minus(Term.identity(D), idempotent.of("A")), 4));
        Terms commuting = usual();
        Term product = times(commuting.of("A"), commuting.of("B"));
        commuting.assume(equal(product, times(commuting.of("B"), commuting.of("A"))));
        twins(
                "commuting matrices",
                commuting,
                power(product, 2),
                times(power(commuting.of("A"), 2), power(commuting.of("B"), 2)),
                times(power(commuting.of("A"), 2), commuting.of("B")));
        Terms sign = usual();
        sign.assume(Formula.compare(Relation.BELOW, number(0), sign.of("a")));
        twins(
                "absolute value of a positive number",
                sign,
                f(Kind.ABS, sign.of("a")),
                sign.of("a"),
                times(number(-1), sign.of("a")));
        twins(
                "root of the square of a positive number",
                sign,
                f(Kind.SQRT, power(sign.of("a"), 2)),
                sign.of("a"),
                sign.of("b"));
        Terms normal = usual();
        normal.matrix(D, ONE, "tt");
        Term gram = times(tr(normal.of("X")), normal.of("X"));
        normal.assume(Formula.invertible(gram));
        normal.assume(equal(times(gram, normal.of("tt")), times(tr(normal.of("X")), normal.of("y"))));
        twins(
                "normal equations",
                normal,
                times(gram, minus(normal.of("u"), normal.of("tt"))),
                minus(times(gram, normal.of("u")), times(tr(normal.of("X")), normal.of("y"))),
                times(gram, normal.of("u")));
        Terms step = usual();
        step.matrix(ONE, ONE, "eta", "L");
        step.assume(Formula.compare(Relation.BELOW, number(0), step.of("L")));
        step.assume(equal(step.of("eta"), Term.quotient(number(1), step.of("L"))));
        twins("step one over L", step, times(step.of("eta"), step.of("L")), number(1), step.of("eta"));
        Terms larger = usual();
        larger.assume(Formula.compare(Relation.BELOW, Term.integer(D), Term.integer(N)));
        twins(
                "more rows than columns",
                larger,
                minus(Term.integer(N), Term.integer(D)),
                minus(Term.integer(N), Term.integer(D)),
                number(0));
        Terms facts = usual();
        facts.facts.add(equal(facts.of("u"), times(number(2), facts.of("v"))));
        twins("a fact", facts, minus(facts.of("u"), facts.of("v")), facts.of("v"), facts.of("u"));
    }

    /** theta(t + 1) = theta(t) - eta (G theta(t) - X'y), theta(0) = -q / alpha; prompts Z(t + 1) = Z(t) - eta Attn(Z(t)). */
    static Terms descent() throws IllTyped {
        Terms t = usual();
        t.matrix(D, ONE, "q").matrix(ONE, ONE, "alpha", "eta");
        t.builder.integer("t", 0);
        Shape prompt = shape(N.plus(1), D.plus(1));
        t.builder.function("theta", Arrays.asList((Shape) null), shape(D, ONE));
        t.builder.function("Z", Arrays.asList((Shape) null), prompt);
        Term variable = Term.symbol("W", prompt);
        Term mask = blocks(2, Term.zero(shape(N, N)), Term.zero(shape(N, ONE)), Term.ones(shape(ONE, N)), number(0));
        Term p = blocks(2, Term.identity(D), Term.zero(shape(D, ONE)), Term.zero(shape(ONE, D)), number(0));
        t.builder.define(
                "Attn",
                List.of(Variable.of("W", prompt)),
                times(Term.hadamard(mask, times(variable, tr(variable))), variable, p));
        t.assume(Formula.compare(Relation.DIFFERENT, t.of("alpha"), number(0)));
        Term s = Term.integer(LinearForm.variable("s"));
        Term next = Term.integer(LinearForm.variable("s").plus(1));
        Term x = t.of("X");
        Term gradient = minus(times(tr(x), x, t.at("theta", s)), times(tr(x), t.of("y")));
        t.assume(new ForAll(
                List.of(Variable.integer("s", 0)),
                List.of(),
                equal(t.at("theta", next), minus(t.at("theta", s), times(t.of("eta"), gradient)))));
        t.assume(new ForAll(
                List.of(Variable.integer("s", 0)),
                List.of(),
                equal(t.at("Z", next), minus(t.at("Z", s), times(t.of("eta"), t.at("Attn", t.at("Z", s)))))));
        return t;
    }

    private void loops() throws IllTyped {
        Terms t = descent();
        Term now = t.of("t");
        Term next = Term.integer(LinearForm.variable("t").plus(1));
        Term prompt = blocks(
                2, t.of("X"), t.of("y"), times(number(-1), t.of("alpha"), tr(t.at("theta", now))), t.of("alpha"));
        t.facts.add(equal(t.at("Z", now), prompt));
        Term after = blocks(
                2, t.of("X"), t.of("y"), times(number(-1), t.of("alpha"), tr(t.at("theta", next))), t.of("alpha"));
        Term wrong = blocks(2, t.of("X"), t.of("y"), times(t.of("alpha"), tr(t.at("theta", next))), t.of("alpha"));
        twins("induction step of Theorem 4.2", t, t.at("Z", next), after, wrong);

        Terms start = descent();
        start.assume(equal(
                start.at("theta", number(0)), Term.quotient(times(number(-1), start.of("q")), start.of("alpha"))));
        start.assume(equal(
                start.at("Z", number(0)),
                blocks(2, start.of("X"), start.of("y"), tr(start.of("q")), start.of("alpha"))));
        LinearForm last = N.plus(1);
        Term output = tr(Term.slice(start.at("Z", start.of("t")), last, last, ONE, D));
        twins(
                "Theorem 4.2 unrolled",
                start,
                output,
                times(number(-1), start.of("alpha"), start.at("theta", start.of("t"))),
                times(start.of("alpha"), start.at("theta", start.of("t"))));

        Terms error = usual();
        error.builder.integer("t", 0);
        error.builder.function("eta", Arrays.asList((Shape) null), Shape.SCALAR);
        Term s = Term.integer(LinearForm.variable("s"));
        error.assume(new ForAll(
                List.of(Variable.integer("s", 0)),
                List.of(),
                Formula.compare(Relation.BELOW, number(0), error.at("eta", s))));
        twins(
                "positive schedule",
                error,
                f(Kind.ABS, error.at("eta", error.of("t"))),
                error.at("eta", error.of("t")),
                error.at("eta", Term.integer(LinearForm.variable("t").plus(1))));
    }

    @Test
    void saysWhyItDoesNotApply() throws IllTyped {
        Terms t = usual();
        Formula.Comparison order = Formula.compare(Relation.AT_MOST, t.of("a"), t.of("b"));
        assertThat(EntryCheck.check(t.context(), order, List.of(), Budget.DEFAULT))
                .isEqualTo(new Result.NotApplicable("no equation: <="));
        Formula.Comparison foreign = equal(Term.symbol("zz", Shape.SCALAR), t.of("b"));
        assertThat(EntryCheck.check(t.context(), foreign, List.of(), Budget.DEFAULT))
                .isEqualTo(new Result.NotApplicable("ill-typed: expected a declared name, found zz"));
        Formula.Comparison costly = equal(power(t.of("A"), 2), times(t.of("A"), t.of("A")));
        assertThat(EntryCheck.check(t.context(), costly, List.of(), new Budget(1, 1, 0, 0)))
                .isInstanceOf(Result.NotApplicable.class);
        // true only where both roots are defined, and no point shows otherwise
        Formula.Comparison roots = equal(
                times(f(Kind.SQRT, t.of("a")), f(Kind.SQRT, t.of("b"))), f(Kind.SQRT, times(t.of("a"), t.of("b"))));
        Result result = EntryCheck.check(t.context(), roots, List.of(), Budget.DEFAULT);
        assertThat(result).isInstanceOf(Result.NotApplicable.class);
        assertThat(((Result.NotApplicable) result).why())
                .startsWith("difference not zero in the ring, no rational point found");
    }

    @Test
    void squaresLeaveRootsOfNumbers() throws IllTyped {
        assertConfirmed(usual(), equal(f(Kind.SQRT, number(8)), times(number(2), f(Kind.SQRT, number(2)))));
        assertConfirmed(usual(), equal(times(f(Kind.SQRT, number(12)), f(Kind.SQRT, number(3))), number(6)));
    }

    private static Term s(long more) {
        return Term.integer(LinearForm.variable("s").plus(more));
    }

    private static ForAll forAllS(Formula body) {
        return new ForAll(List.of(Variable.integer("s", 0)), List.of(), body);
    }

    /** a(s + 1) = 2 a(s). */
    private static Terms doubling() throws IllTyped {
        Terms t = usual();
        t.builder.integer("t", 0);
        t.builder.function("a_", Arrays.asList((Shape) null), Shape.SCALAR);
        return t.assume(forAllS(equal(t.at("a_", s(1)), times(number(2), t.at("a_", s(0))))));
    }

    @Test
    void recursionsAreUnrolled() throws IllTyped {
        Terms t = doubling();
        LinearForm index = LinearForm.variable("t");
        Term closed = times(Term.power(number(2), index), t.at("a_", number(0)));
        assertConfirmed(t, equal(t.at("a_", t.of("t")), closed));
        assertRefuted(t, equal(t.at("a_", t.of("t")), times(number(2), closed)));
        Result again = EntryCheck.check(
                t.context(),
                equal(t.at("a_", t.of("t")), times(number(2), closed)),
                t.context().hypotheses(),
                Budget.DEFAULT);
        assertThat(again).isInstanceOf(Result.Refuted.class);
    }

    @Test
    void aBoundOnARecursionIsNotTakenForGranted() throws IllTyped {
        Terms t = doubling();
        // with a(s) <= 1 for all s, a(0) = -1 would do, but finitely many values cannot tell
        t.assume(forAllS(Formula.compare(Relation.AT_MOST, t.at("a_", s(0)), number(1))));
        assertNotApplicable(t, equal(t.at("a_", number(1)), t.at("a_", number(0))), "no point satisfies for certain");
    }

    @Test
    void aRecursionHoldsBetweenGivenValues() throws IllTyped {
        Terms t = doubling();
        t.assume(equal(t.at("a_", number(0)), number(1)));
        t.assume(equal(t.at("a_", number(1)), t.of("b")));
        // the equation for a(1) is tried first; the recursion still forces b = 2
        assertNotApplicable(t, equal(t.of("b"), number(2)), "no rational point found");
    }

    @Test
    void circularEquationsAreRelations() throws IllTyped {
        Terms t = usual();
        t.assume(equal(t.of("u"), sum(t.of("v"), t.of("w"))));
        t.assume(equal(t.of("v"), minus(t.of("u"), t.of("w"))));
        assertConfirmed(t, equal(minus(t.of("u"), t.of("v")), t.of("w")));
        assertRefuted(t, equal(minus(t.of("u"), t.of("v")), t.of("u")));
        Terms symmetric = usual();
        symmetric.assume(equal(symmetric.of("A"), tr(symmetric.of("A"))));
        assertConfirmed(symmetric, equal(tr(symmetric.of("A")), symmetric.of("A")));
    }

    @Test
    void gradientsAreDefinedByTheirEquation() throws IllTyped {
        Terms t = usual();
        Shape vector = shape(D, ONE);
        t.builder.function("grad", List.of(vector), vector);
        Term p = Term.symbol("p", vector);
        Term gram = times(tr(t.of("X")), t.of("X"));
        t.assume(new ForAll(List.of(Variable.of("p", vector)), List.of(), equal(t.at("grad", p), times(gram, p))));
        Term left = minus(t.at("grad", t.of("u")), t.at("grad", t.of("v")));
        assertConfirmed(t, equal(left, t.at("grad", minus(t.of("u"), t.of("v")))));
        assertRefuted(t, equal(left, t.at("grad", sum(t.of("u"), t.of("v")))));
    }

    @Test
    void freeFunctionsTakeEqualArgumentsToEqualValues() throws IllTyped {
        Terms t = usual();
        t.builder.function("f", List.of(shape(D, ONE)), Shape.SCALAR);
        Term left = t.at("f", sum(t.of("u"), t.of("v")));
        assertConfirmed(t, equal(left, t.at("f", sum(t.of("v"), t.of("u")))));
        assertRefuted(t, equal(left, sum(t.at("f", t.of("u")), t.at("f", t.of("v")))));
    }

    @Test
    void aConditionThatIsNoComparisonOfIntegersIsNotDecided() throws IllTyped {
        Terms t = usual();
        t.builder.function("g", Arrays.asList((Shape) null), Shape.SCALAR);
        Formula positive = Formula.compare(Relation.BELOW, number(0), t.of("a"));
        t.assume(new ForAll(List.of(Variable.integer("s", 0)), List.of(positive), equal(t.at("g", s(0)), number(1))));
        assertNotApplicable(t, equal(t.at("g", number(0)), number(1)), "no point satisfies for certain");
    }

    @Test
    void conditionsOnIntegersLimitARecursion() throws IllTyped {
        Terms t = usual();
        t.builder.function("g", Arrays.asList((Shape) null), Shape.SCALAR);
        Formula early = Formula.compare(Relation.BELOW, s(0), number(2));
        t.assume(new ForAll(List.of(Variable.integer("s", 0)), List.of(early), equal(t.at("g", s(0)), number(1))));
        assertConfirmed(t, equal(t.at("g", number(1)), number(1)));
        assertRefuted(t, equal(t.at("g", number(2)), number(1)));
    }

    @Test
    void unitVectorsInThreeDimensionsAreFound() throws IllTyped {
        Terms t = usual();
        t.assume(equal(f(Kind.NORM, t.of("u")), number(1)));
        t.assume(Formula.compare(Relation.EQUAL, Term.integer(D), number(3)));
        for (long i = 1; i <= 3; i++) {
            Term entry = Term.slice(t.of("u"), LinearForm.of(i), LinearForm.of(i), ONE, ONE);
            t.assume(Formula.compare(Relation.DIFFERENT, entry, number(0)));
        }
        assertRefuted(t, equal(times(t.of("u"), tr(t.of("u"))), Term.identity(D)));
    }

    @Test
    void theSameQuestionHasTheSameAnswer() throws IllTyped {
        Terms t = usual();
        t.assume(equal(f(Kind.NORM, t.of("u")), number(1)));
        Formula.Comparison wrong = equal(times(t.of("A"), t.of("u")), t.of("v"));
        assertThat(EntryCheck.check(t.context(), wrong, List.of(), Budget.DEFAULT))
                .isInstanceOf(Result.Refuted.class)
                .isEqualTo(EntryCheck.check(t.context(), wrong, List.of(), Budget.DEFAULT));
    }

    @Test
    void loewnerBoundsAndInequalitiesHoldAtThePoint() throws IllTyped {
        Terms t = usual();
        Term c = t.of("c");
        t.assume(Formula.compare(Relation.LOEWNER, times(tr(t.of("X")), t.of("X")), times(c, Term.identity(D))));
        t.assume(Formula.compare(Relation.BELOW, number(0), t.of("a")));
        t.assume(Formula.compare(Relation.AT_MOST, times(t.of("a"), c), number(1)));
        t.assume(Formula.invertible(t.of("A")));
        assertRefuted(t, equal(times(t.of("X"), t.of("A"), t.of("u")), times(t.of("a"), t.of("y"))));
    }

    private static void assertNotApplicable(Terms t, Formula.Comparison equality, String why) {
        Result result = EntryCheck.check(t.context(), equality, t.facts, Budget.DEFAULT);
        assertThat(result).isInstanceOf(Result.NotApplicable.class);
        assertThat(((Result.NotApplicable) result).why()).contains(why);
    }

    @Test
    void identitiesOfSmallMatricesAreTold() throws IllTyped {
        // Cayley and Hamilton for at most two rows; false from three rows on
        Terms t = usual();
        Term a = t.of("A");
        Term trace = f(Kind.TRACE, a);
        Term last = times(half(), minus(power(trace, 2), f(Kind.TRACE, power(a, 2))));
        Term identity = Term.identity(D);
        Term left = sum(power(a, 2), times(number(-1), trace, a), times(last, identity));
        Result result = EntryCheck.check(t.context(), equal(left, Term.zero(shape(D, D))), List.of(), Budget.DEFAULT);
        // at one row it holds as well: a^2 - a a + (a^2 - a^2) / 2
        assertThat(result).isInstanceOf(Result.Refuted.class);
        assertThat(((Result.Refuted) result).shape()).containsEntry("d", 3);
        assertRefuted(t, equal(left, Term.zero(shape(D, D))));
    }

    @Test
    void contradictoryHypothesesConfirmNothing() throws IllTyped {
        Terms t = usual();
        t.assume(equal(t.of("a"), number(1))).assume(equal(t.of("a"), number(2)));
        assertThat(EntryCheck.check(t.context(), equal(t.of("b"), number(3)), List.of(), Budget.DEFAULT))
                .isInstanceOf(Result.NotApplicable.class);
    }

    @Test
    void anUnderdeterminedDivisorIsNoProof() throws IllTyped {
        Terms t = usual();
        t.assume(equal(t.of("a"), times(number(0), t.of("b"))));
        Formula.Comparison byZero = equal(Term.quotient(t.of("b"), t.of("a")), t.of("c"));
        assertThat(EntryCheck.check(t.context(), byZero, List.of(), Budget.DEFAULT))
                .isInstanceOf(Result.NotApplicable.class);
    }

    @Test
    void statementsAboutAllVectorsAreNotSampled() throws IllTyped {
        Terms t = usual();
        t.builder.function("f", List.of(shape(D, ONE)), Shape.SCALAR);
        Term p = Term.symbol("p", shape(D, ONE));
        Term r = Term.symbol("r", shape(D, ONE));
        t.assume(new ForAll(
                List.of(Variable.of("p", shape(D, ONE)), Variable.of("r", shape(D, ONE))),
                List.of(),
                equal(t.at("f", sum(p, r)), sum(t.at("f", p), t.at("f", r)))));
        Result result = EntryCheck.check(
                t.context(), equal(t.at("f", t.of("u")), t.at("f", t.of("v"))), List.of(), Budget.DEFAULT);
        assertThat(result).isInstanceOf(Result.NotApplicable.class);
        assertConfirmed(t, equal(t.at("f", sum(t.of("u"), t.of("v"))), t.at("f", sum(t.of("v"), t.of("u")))));
    }
}
