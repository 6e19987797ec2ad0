package org.loopcert.corpus.canary;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.loopcert.derivation.Notation;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.EqualityRules.Algebra;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.Formula.ForAll;
import org.loopcert.kernel.proof.Formula.Relation;
import org.loopcert.kernel.proof.Formula.Variable;
import org.loopcert.kernel.proof.IllTyped;
import org.loopcert.kernel.proof.LinearForm;
import org.loopcert.kernel.proof.NotProved;
import org.loopcert.kernel.proof.OrderRules.Chain;
import org.loopcert.kernel.proof.OrderRules.Sign;
import org.loopcert.kernel.proof.QuantifierRules.Generalize;
import org.loopcert.kernel.proof.QuantifierRules.Induct;
import org.loopcert.kernel.proof.QuantifierRules.Instantiate;
import org.loopcert.kernel.proof.Shape;
import org.loopcert.kernel.proof.Term;
import org.loopcert.kernel.proof.Theorem;

/**
 * Rules for derivations applied by hand, to what the checker of derivations never gives them: premises of another
 * derivation, of the wrong form or in the wrong order, names that are not arbitrary, terms that do not fit. A row is
 * told by what comes out: the theorem, or the reason why there is none.
 */
public final class RuleTable {
    private static final LinearForm N = LinearForm.variable("n");
    private static final LinearForm T = LinearForm.variable("t");
    private static final Shape SQUARE = new Shape(N, N);
    private static final Shape COLUMN = new Shape(N, LinearForm.ONE);

    interface Run {
        Object run() throws NotProved, IllTyped;
    }

    record Row(String name, String expected, Run run) {}

    private static final List<Row> ROWS = rows();

    private RuleTable() {}

    public static int size() {
        return ROWS.size();
    }

    public static String name(int row) {
        return ROWS.get(row).name();
    }

    public static String expected(int row) {
        return ROWS.get(row).expected();
    }

    /** What comes out of a row. */
    public static String run(int row) {
        try {
            Object result = ROWS.get(row).run().run();
            return result instanceof Theorem theorem
                    ? Notation.of(theorem.formula()) + " under "
                            + theorem.assumptions().size()
                    : result.toString();
        } catch (NotProved refused) {
            return refused.reason().code();
        } catch (IllTyped refused) {
            return "ill-typed: " + refused.expected();
        }
    }

    private static Context.Builder declared() throws IllTyped {
        return new Context.Builder()
                .dimension("n")
                .integer("t", 0)
                .integer("s", 1)
                .symbol("a", Shape.SCALAR)
                .symbol("b", Shape.SCALAR)
                .symbol("c", Shape.SCALAR)
                .symbol("u", COLUMN)
                .symbol("A", SQUARE)
                .symbol("B", SQUARE)
                .function("f", List.of(Shape.SCALAR), Shape.SCALAR)
                .function("q", Collections.singletonList(null), Shape.SCALAR);
    }

    private static Term scalar(String name) {
        return Term.symbol(name, Shape.SCALAR);
    }

    private static Term square(String name) {
        return Term.symbol(name, SQUARE);
    }

    private static Formula compare(Relation relation, Term left, Term right) throws IllTyped {
        return Formula.compare(relation, left, right);
    }

    private static Theorem assume(Context context, Relation relation, Term left, Term right) throws IllTyped {
        return Theorem.assume(context, compare(relation, left, right));
    }

    private static Term sum(Term... terms) throws IllTyped {
        return Term.sum(List.of(terms));
    }

    private static Term times(Term... terms) throws IllTyped {
        return Term.product(List.of(terms));
    }

    private static Term q(Context context, LinearForm at) throws IllTyped {
        return context.apply("q", List.of(Term.integer(at)));
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        chain(rows);
        algebraAndSign(rows);
        instantiate(rows);
        generalize(rows);
        induct(rows);
        contexts(rows);
        terms(rows);
        equalTerms(rows);
        normalForms(rows);
        replacements(rows);
        signs(rows);
        rows.addAll(NormalFormTable.rows());
        rows.addAll(InequalityTable.rows());
        return List.copyOf(rows);
    }

    private static void chain(List<Row> rows) {
        chain(rows, "equal and equal", Relation.EQUAL, Relation.EQUAL, "a = c under 2");
        chain(rows, "at most and below", Relation.AT_MOST, Relation.BELOW, "a < c under 2");
        chain(rows, "below and at most", Relation.BELOW, Relation.AT_MOST, "a < c under 2");
        chain(rows, "at most twice", Relation.AT_MOST, Relation.AT_MOST, "a <= c under 2");
        chain(rows, "below twice", Relation.BELOW, Relation.BELOW, "a < c under 2");
        chain(rows, "equal and at most", Relation.EQUAL, Relation.AT_MOST, "a <= c under 2");
        chain(rows, "below and equal", Relation.BELOW, Relation.EQUAL, "a < c under 2");
        chain(rows, "different and equal", Relation.DIFFERENT, Relation.EQUAL, "a != c under 2");
        chain(rows, "equal and different", Relation.EQUAL, Relation.DIFFERENT, "a != c under 2");
        chain(rows, "loewner twice", Relation.LOEWNER, Relation.LOEWNER, "a <<= c under 2");
        chain(rows, "different twice", Relation.DIFFERENT, Relation.DIFFERENT, "premise");
        chain(rows, "different and below", Relation.DIFFERENT, Relation.BELOW, "premise");
        chain(rows, "at most and different", Relation.AT_MOST, Relation.DIFFERENT, "premise");
        chain(rows, "loewner and at most", Relation.LOEWNER, Relation.AT_MOST, "premise");
        rows.add(new Row("chain: ends that do not meet", "premise", () -> {
            Context context = declared().context();
            return Theorem.derive(
                    context,
                    new Chain(),
                    List.of(
                            assume(context, Relation.EQUAL, scalar("a"), scalar("b")),
                            assume(context, Relation.EQUAL, scalar("c"), scalar("a"))));
        }));
        rows.add(new Row("chain: no premise", "premise", () -> {
            Context context = declared().context();
            return Theorem.derive(context, new Chain(), List.of());
        }));
        rows.add(new Row("chain: no comparison", "premise", () -> {
            Context context = declared().context();
            return Theorem.derive(
                    context, new Chain(), List.of(Theorem.assume(context, Formula.invertible(square("A")))));
        }));
        rows.add(new Row("chain: a premise of another derivation", "premise", () -> {
            Context context = declared().context();
            Context other = declared().context();
            return Theorem.derive(
                    context, new Chain(), List.of(assume(other, Relation.EQUAL, scalar("a"), scalar("b"))));
        }));
    }

    private static void chain(List<Row> rows, String name, Relation first, Relation second, String expected) {
        rows.add(new Row("chain: " + name, expected, () -> {
            Context context = declared().context();
            return Theorem.derive(
                    context,
                    new Chain(),
                    List.of(
                            assume(context, first, scalar("a"), scalar("b")),
                            assume(context, second, scalar("b"), scalar("c"))));
        }));
    }

    private static void algebraAndSign(List<Row> rows) {
        rows.add(new Row("algebra: sides of different shapes", "ill-typed: n x n", () -> {
            Context context = declared().context();
            return Theorem.derive(context, new Algebra(square("A"), scalar("a")), List.of());
        }));
        rows.add(new Row("algebra: a name that is not declared", "ill-typed: a declared name", () -> {
            Context context = declared().context();
            return Theorem.derive(context, new Algebra(scalar("z"), scalar("z")), List.of());
        }));
        rows.add(new Row("algebra: a quotient by zero", "undefined", () -> {
            Context context = declared().context();
            Term quotient = Term.quotient(scalar("a"), Term.number(0));
            return Theorem.derive(context, new Algebra(quotient, quotient), List.of());
        }));
        rows.add(new Row("sign: an equation", "premise", () -> {
            Context context = declared().context();
            return Theorem.derive(context, new Sign(Relation.EQUAL, scalar("a"), scalar("a")), List.of());
        }));
        rows.add(new Row("sign: the Loewner order", "a <<= a under 0", () -> {
            Context context = declared().context();
            return Theorem.derive(context, new Sign(Relation.LOEWNER, scalar("a"), scalar("a")), List.of());
        }));
        rows.add(new Row("sign: matrices", "ill-typed: a scalar", () -> {
            Context context = declared().context();
            return Theorem.derive(context, new Sign(Relation.AT_MOST, square("A"), square("A")), List.of());
        }));
        rows.add(new Row("sign: different by a strict fact", "a != b under 1", () -> {
            Context context = declared().context();
            return Theorem.derive(
                    context,
                    new Sign(Relation.DIFFERENT, scalar("a"), scalar("b")),
                    List.of(assume(context, Relation.BELOW, scalar("a"), scalar("b"))));
        }));
        rows.add(new Row("sign: different by the opposite strict fact", "b != a under 1", () -> {
            Context context = declared().context();
            return Theorem.derive(
                    context,
                    new Sign(Relation.DIFFERENT, scalar("b"), scalar("a")),
                    List.of(assume(context, Relation.BELOW, scalar("a"), scalar("b"))));
        }));
        rows.add(new Row("sign: different by a weak fact", "sign", () -> {
            Context context = declared().context();
            return Theorem.derive(
                    context,
                    new Sign(Relation.DIFFERENT, scalar("a"), scalar("b")),
                    List.of(assume(context, Relation.AT_MOST, scalar("a"), scalar("b"))));
        }));
    }

    private static ForAll all(Variable variable, Formula body, Formula... conditions) {
        return new ForAll(List.of(variable), List.of(conditions), body);
    }

    private static Theorem instance(Context context, Formula all, Map<String, Term> values, Theorem... more)
            throws NotProved, IllTyped {
        List<Theorem> premises = new ArrayList<>(List.of(Theorem.assume(context, all)));
        premises.addAll(List.of(more));
        return Theorem.derive(context, new Instantiate(values), premises);
    }

    private static void instantiate(List<Row> rows) {
        rows.add(new Row("instance: not of a statement for all", "premise", () -> {
            Context context = declared().context();
            return instance(context, compare(Relation.EQUAL, scalar("a"), scalar("b")), Map.of());
        }));
        rows.add(new Row("instance: no value", "premise", () -> {
            Context context = declared().context();
            return instance(
                    context,
                    all(Variable.of("x", Shape.SCALAR), compare(Relation.EQUAL, scalar("x"), scalar("a"))),
                    Map.of());
        }));
        rows.add(new Row("instance: a fraction for an integer", "premise", () -> {
            Context context = declared().context();
            return instance(
                    context,
                    all(Variable.integer("i", 0), compare(Relation.EQUAL, q(context, LinearForm.ZERO), scalar("a"))),
                    Map.of("i", Term.number(Fraction.ONE.divide(Fraction.of(2)))));
        }));
        rows.add(new Row("instance: below the bound", "range", () -> {
            Context context = declared().context();
            return instance(
                    context,
                    all(
                            Variable.integer("i", 1),
                            compare(
                                    Relation.EQUAL,
                                    Term.integer(LinearForm.variable("i")),
                                    Term.integer(LinearForm.variable("i")))),
                    Map.of("i", Term.integer(T)));
        }));
        rows.add(new Row("instance: of another shape", "ill-typed: n x 1", () -> {
            Context context = declared().context();
            return instance(
                    context,
                    all(Variable.of("x", COLUMN), compare(Relation.EQUAL, Term.symbol("x", COLUMN), Term.zero(COLUMN))),
                    Map.of("x", square("A")));
        }));
        rows.add(new Row("instance: no proof of the condition", "premise", () -> {
            Context context = declared().context();
            return instance(
                    context,
                    all(
                            Variable.of("x", Shape.SCALAR),
                            compare(Relation.EQUAL, scalar("x"), scalar("a")),
                            compare(Relation.AT_MOST, Term.number(0), scalar("x"))),
                    Map.of("x", scalar("b")));
        }));
        rows.add(new Row("instance: a proof of another condition", "premise", () -> {
            Context context = declared().context();
            return instance(
                    context,
                    all(
                            Variable.of("x", Shape.SCALAR),
                            compare(Relation.EQUAL, scalar("x"), scalar("a")),
                            compare(Relation.AT_MOST, Term.number(0), scalar("x"))),
                    Map.of("x", scalar("b")),
                    assume(context, Relation.AT_MOST, Term.number(0), scalar("c")));
        }));
    }

    private static Theorem generalize(Context context, Map<String, String> names, List<String> order, Theorem theorem)
            throws NotProved, IllTyped {
        return Theorem.derive(context, new Generalize(names, order, List.of()), List.of(theorem));
    }

    private static Theorem trivial(Context context, Term term) throws NotProved, IllTyped {
        return Theorem.derive(context, new Algebra(term, term), List.of());
    }

    private static void generalize(List<Row> rows) {
        rows.add(new Row("generalization: of an assumption", "not-arbitrary", () -> {
            Context context = declared().context();
            return generalize(
                    context, Map.of("a", "x"), List.of("a"), assume(context, Relation.EQUAL, scalar("a"), scalar("b")));
        }));
        rows.add(new Row(
                "generalization: of the assumption that it discharges",
                "for all x in R with 0 < x: 0 < x under 0",
                () -> {
                    Context context = declared().context();
                    Formula positive = compare(Relation.BELOW, Term.number(0), scalar("a"));
                    return Theorem.derive(
                            context,
                            new Generalize(Map.of("a", "x"), List.of("a"), List.of(positive)),
                            List.of(Theorem.assume(context, positive)));
                }));
        rows.add(new Row("generalization: of what a hypothesis speaks about", "not-arbitrary", () -> {
            Context context = declared()
                    .hypothesis(compare(Relation.EQUAL, scalar("a"), scalar("b")))
                    .context();
            return generalize(context, Map.of("a", "x"), List.of("a"), Theorem.hypothesis(context, 0));
        }));
        rows.add(new Row("generalization: of what a definition speaks about", "not-arbitrary", () -> {
            Context context = declared()
                    .define("z", List.of(), sum(scalar("a"), scalar("b")))
                    .context();
            return generalize(context, Map.of("a", "x"), List.of("a"), trivial(context, scalar("a")));
        }));
        rows.add(new Row("generalization: of a dimension of a symbol", "not-arbitrary", () -> {
            Context context = declared().context();
            return generalize(context, Map.of("n", "m"), List.of("n"), trivial(context, Term.integer(N)));
        }));
        rows.add(new Row("generalization: of columns of a symbol", "not-arbitrary", () -> {
            Context context = new Context.Builder()
                    .dimension("n")
                    .symbol("r", new Shape(LinearForm.ONE, N))
                    .context();
            return generalize(context, Map.of("n", "m"), List.of("n"), trivial(context, Term.integer(N)));
        }));
        rows.add(new Row("generalization: of a dimension of a function", "not-arbitrary", () -> {
            Context context = new Context.Builder()
                    .dimension("n")
                    .function("g", List.of(Shape.SCALAR), COLUMN)
                    .context();
            return generalize(context, Map.of("n", "m"), List.of("n"), trivial(context, Term.integer(N)));
        }));
        rows.add(new Row("generalization: of a dimension of a parameter", "not-arbitrary", () -> {
            Context context = new Context.Builder()
                    .dimension("n")
                    .define("g", List.of(Variable.of("x", COLUMN)), Term.number(1))
                    .context();
            return generalize(context, Map.of("n", "m"), List.of("n"), trivial(context, Term.integer(N)));
        }));
        rows.add(new Row("generalization: of a function", "name", () -> {
            Context context = declared().context();
            return generalize(context, Map.of("f", "g"), List.of("f"), trivial(context, scalar("a")));
        }));
        rows.add(new Row("generalization: of a name that is not declared", "not-arbitrary", () -> {
            Context context = declared().context();
            return generalize(context, Map.of("z", "x"), List.of("z"), trivial(context, scalar("a")));
        }));
        rows.add(new Row("generalization: under a name that occurs", "name", () -> {
            Context context = declared().context();
            return generalize(context, Map.of("a", "b"), List.of("a"), trivial(context, sum(scalar("a"), scalar("b"))));
        }));
        rows.add(new Row(
                "generalization: under a name that is declared",
                "ill-typed: a bound name that is not used otherwise",
                () -> {
                    Context context = declared().context();
                    return generalize(context, Map.of("a", "c"), List.of("a"), trivial(context, scalar("a")));
                }));
        rows.add(new Row(
                "generalization: of two names under one", "ill-typed: a bound name that is not used otherwise", () -> {
                    Context context = declared().context();
                    return generalize(
                            context,
                            Map.of("a", "x", "b", "x"),
                            List.of("a", "b"),
                            trivial(context, sum(scalar("a"), scalar("b"))));
                }));
        rows.add(new Row("generalization: an order of other names", "premise", () -> {
            Context context = declared().context();
            return generalize(context, Map.of("a", "x"), List.of("b"), trivial(context, scalar("a")));
        }));
    }

    private static Theorem induct(Context context, Formula formula, Theorem base, Theorem step)
            throws NotProved, IllTyped {
        return Theorem.derive(context, new Induct("t", "k", formula), List.of(base, step));
    }

    private static Formula positive(Context context, LinearForm at) throws IllTyped {
        return compare(Relation.AT_MOST, Term.number(0), q(context, at));
    }

    private static void induct(List<Row> rows) {
        rows.add(new Row("induction: of a formula without the variable", "for all k >= 0: a = a under 0", () -> {
            Context context = declared().context();
            Theorem theorem = trivial(context, scalar("a"));
            return induct(context, theorem.formula(), theorem, theorem);
        }));
        rows.add(new Row("induction: from the hypothesis as the base", "premise", () -> {
            Context context = declared().context();
            Theorem hypothesis = assume(context, Relation.EQUAL, scalar("a"), scalar("b"));
            return induct(context, hypothesis.formula(), hypothesis, hypothesis);
        }));
        rows.add(new Row("induction: the base at another integer", "premise", () -> {
            Context context = declared().context();
            return induct(
                    context,
                    positive(context, T),
                    Theorem.assume(context, positive(context, LinearForm.ONE)),
                    Theorem.assume(context, positive(context, T.plus(1))));
        }));
        rows.add(new Row("induction: the step to another integer", "premise", () -> {
            Context context = declared().context();
            return induct(
                    context,
                    positive(context, T),
                    Theorem.assume(context, positive(context, LinearForm.ZERO)),
                    Theorem.assume(context, positive(context, T.plus(2))));
        }));
        rows.add(new Row("induction: a step that is assumed", "not-arbitrary", () -> {
            Context context = declared().context();
            return induct(
                    context,
                    positive(context, T),
                    Theorem.assume(context, positive(context, LinearForm.ZERO)),
                    Theorem.assume(context, positive(context, T.plus(1))));
        }));
        rows.add(new Row("induction: no step", "premise", () -> {
            Context context = declared().context();
            return Theorem.derive(
                    context,
                    new Induct("t", "k", positive(context, T)),
                    List.of(Theorem.assume(context, positive(context, LinearForm.ZERO))));
        }));
        rows.add(new Row("induction: over a scalar", "name", () -> {
            Context context = declared().context();
            Theorem theorem = trivial(context, scalar("a"));
            return Theorem.derive(context, new Induct("a", "k", theorem.formula()), List.of(theorem, theorem));
        }));
        rows.add(new Row("induction: under a name that occurs", "name", () -> {
            Context context = declared().context();
            Theorem theorem = trivial(context, scalar("a"));
            return Theorem.derive(context, new Induct("t", "a", theorem.formula()), List.of(theorem, theorem));
        }));
        rows.add(new Row("induction: over what a hypothesis speaks about", "not-arbitrary", () -> {
            Context context = declared()
                    .hypothesis(compare(Relation.AT_MOST, Term.integer(T), scalar("a")))
                    .context();
            Theorem theorem = trivial(context, scalar("a"));
            return induct(context, theorem.formula(), theorem, theorem);
        }));
    }

    private static void contexts(List<Row> rows) {
        rows.add(new Row("context: a name declared twice", "ill-typed: a new name", () -> declared()
                .symbol("a", Shape.SCALAR)));
        rows.add(new Row("context: no name", "ill-typed: a name of letters, digits and _", () -> declared()
                .symbol("a|b", Shape.SCALAR)));
        rows.add(new Row(
                "context: a shape with a name that is not declared",
                "ill-typed: a declared dimension or integer",
                () -> declared().symbol("x", new Shape(LinearForm.variable("m"), LinearForm.ONE))));
        rows.add(new Row(
                "context: columns with a name that is not declared",
                "ill-typed: a declared dimension or integer",
                () -> declared().symbol("x", new Shape(LinearForm.ONE, LinearForm.variable("m")))));
        rows.add(new Row(
                "context: a parameter with a name that is not declared",
                "ill-typed: a declared dimension or integer",
                () -> declared()
                        .function("g", List.of(new Shape(LinearForm.variable("m"), LinearForm.ONE)), Shape.SCALAR)));
        rows.add(new Row(
                "context: a result with a name that is not declared",
                "ill-typed: a declared dimension or integer",
                () -> declared()
                        .function("g", List.of(Shape.SCALAR), new Shape(LinearForm.variable("m"), LinearForm.ONE))));
        rows.add(new Row("context: a function without parameters", "ill-typed: at least one parameter", () -> declared()
                .function("g", List.of(), Shape.SCALAR)));
        rows.add(new Row("context: a definition in undeclared names", "ill-typed: a declared name", () -> declared()
                .define("z", List.of(), scalar("y"))));
        rows.add(new Row("context: a definition in terms of itself", "ill-typed: a declared name", () -> declared()
                .define("z", List.of(), scalar("z"))));
        rows.add(new Row(
                "context: a parameter under a declared name",
                "ill-typed: a bound name that is not used otherwise",
                () -> declared().define("z", List.of(Variable.of("a", Shape.SCALAR)), scalar("a"))));
        rows.add(new Row(
                "context: a shape with an integer parameter",
                "ill-typed: shapes without the parameter k",
                () -> declared()
                        .define(
                                "z",
                                List.of(Variable.integer("k", 1)),
                                Term.zero(new Shape(LinearForm.variable("k"), LinearForm.ONE)))));
        rows.add(new Row("context: a hypothesis in undeclared names", "ill-typed: a declared name", () -> declared()
                .hypothesis(compare(Relation.EQUAL, scalar("y"), scalar("a")))));
        rows.add(new Row("context: a symbol of another shape", "ill-typed: A as declared", () -> declared()
                .hypothesis(compare(Relation.EQUAL, scalar("A"), scalar("a")))));
        rows.add(new Row("context: a right side in undeclared names", "ill-typed: a declared name", () -> declared()
                .hypothesis(compare(Relation.EQUAL, scalar("a"), scalar("y")))));
        rows.add(new Row("context: the inverse of an undeclared matrix", "ill-typed: a declared name", () -> declared()
                .hypothesis(Formula.invertible(square("Y")))));
        rows.add(new Row("context: zeros of an undeclared size", "ill-typed: a declared dimension or integer", () -> {
            Term zero = Term.zero(new Shape(LinearForm.variable("m"), LinearForm.ONE));
            return declared().hypothesis(compare(Relation.EQUAL, zero, zero));
        }));
        rows.add(new Row("context: an argument in undeclared names", "ill-typed: a declared name", () -> declared()
                .hypothesis(compare(Relation.EQUAL, Term.transpose(scalar("y")), scalar("a")))));
        rows.add(new Row("context: a function of another declaration", "ill-typed: f as declared", () -> {
            Term other = new Context.Builder()
                    .dimension("n")
                    .symbol("a", Shape.SCALAR)
                    .function("f", List.of(Shape.SCALAR), COLUMN)
                    .context()
                    .apply("f", List.of(scalar("a")));
            return declared().hypothesis(compare(Relation.EQUAL, other, other));
        }));
        rows.add(new Row("context: a bound name that is applied", "ill-typed: a declared function", () -> {
            Term other = new Context.Builder()
                    .symbol("a", Shape.SCALAR)
                    .function("x", List.of(Shape.SCALAR), Shape.SCALAR)
                    .context()
                    .apply("x", List.of(scalar("a")));
            return declared()
                    .hypothesis(all(Variable.of("x", Shape.SCALAR), compare(Relation.EQUAL, other, scalar("a"))));
        }));
        rows.add(new Row("context: a bound name that is no name", "ill-typed: a name", () -> declared()
                .hypothesis(all(Variable.of("x|y", Shape.SCALAR), compare(Relation.EQUAL, scalar("a"), scalar("a"))))));
        rows.add(new Row(
                "context: columns with an integer parameter",
                "ill-typed: shapes without the parameter k",
                () -> declared()
                        .define(
                                "z",
                                List.of(Variable.integer("k", 1)),
                                Term.zero(new Shape(LinearForm.ONE, LinearForm.variable("k"))))));
        rows.add(new Row("generalization: under a name that occurs in the condition", "name", () -> {
            Context context = declared().context();
            Formula positive = compare(Relation.BELOW, scalar("b"), scalar("a"));
            return Theorem.derive(
                    context,
                    new Generalize(Map.of("a", "b"), List.of("a"), List.of(positive)),
                    List.of(trivial(context, scalar("a"))));
        }));
        rows.add(new Row("sign: different by factors that are", "0 != a b under 2", () -> {
            Context context = declared().context();
            return Theorem.derive(
                    context,
                    new Sign(Relation.DIFFERENT, Term.number(0), times(scalar("a"), scalar("b"))),
                    List.of(
                            assume(context, Relation.DIFFERENT, scalar("a"), Term.number(0)),
                            assume(context, Relation.DIFFERENT, scalar("b"), Term.number(0))));
        }));
        rows.add(new Row(
                "instance: of a statement for all in a statement for all", "for all v in R: v = a under 1", () -> {
                    Context context = declared().context();
                    return instance(
                            context,
                            all(
                                    Variable.of("x", Shape.SCALAR),
                                    all(
                                            Variable.of("v", Shape.SCALAR),
                                            compare(Relation.EQUAL, scalar("v"), scalar("x")))),
                            Map.of("x", scalar("a")));
                }));
        rows.add(new Row("context: a function as a symbol", "ill-typed: a declared name", () -> declared()
                .hypothesis(compare(Relation.EQUAL, scalar("f"), scalar("a")))));
        rows.add(new Row(
                "context: an assumption in undeclared names",
                "ill-typed: a declared name",
                () -> Theorem.assume(declared().context(), compare(Relation.EQUAL, scalar("y"), scalar("y")))));
        rows.add(new Row(
                "context: an index that is no integer", "ill-typed: a declared dimension or integer", () -> declared()
                        .hypothesis(compare(Relation.EQUAL, Term.integer(LinearForm.variable("a")), scalar("a")))));
        rows.add(new Row("context: a comparison of other shapes", "ill-typed: n x n", () -> declared()
                .hypothesis(new Comparison(Relation.EQUAL, square("A"), scalar("a")))));
        rows.add(new Row("context: the inverse of what is not square", "ill-typed: a square matrix", () -> declared()
                .hypothesis(new Formula.Invertible(Term.symbol("u", COLUMN)))));
        rows.add(new Row(
                "context: a bound name twice", "ill-typed: a bound name that is not used otherwise", () -> declared()
                        .hypothesis(new ForAll(
                                List.of(Variable.integer("k", 0), Variable.integer("k", 0)),
                                List.of(),
                                compare(Relation.EQUAL, scalar("a"), scalar("a"))))));
        rows.add(new Row(
                "context: an integer as a bound matrix", "ill-typed: a declared dimension or integer", () -> declared()
                        .hypothesis(all(
                                Variable.of("x", Shape.SCALAR),
                                compare(Relation.EQUAL, Term.integer(LinearForm.variable("x")), scalar("a"))))));
        rows.add(new Row(
                "context: a bound shape in undeclared names",
                "ill-typed: a declared dimension or integer",
                () -> declared()
                        .hypothesis(all(
                                Variable.of("x", new Shape(LinearForm.variable("m"), LinearForm.ONE)),
                                compare(Relation.EQUAL, scalar("a"), scalar("a"))))));
        rows.add(new Row("context: conditions in undeclared names", "ill-typed: a declared name", () -> declared()
                .hypothesis(all(
                        Variable.of("x", Shape.SCALAR),
                        compare(Relation.EQUAL, scalar("a"), scalar("a")),
                        compare(Relation.EQUAL, scalar("y"), scalar("a"))))));
        rows.add(new Row("context: arguments of a symbol", "ill-typed: a declared function", () -> declared()
                .context()
                .apply("a", List.of(scalar("b")))));
        rows.add(new Row("context: too many arguments", "ill-typed: 1 arguments of f", () -> declared()
                .context()
                .apply("f", List.of(scalar("a"), scalar("b")))));
        rows.add(new Row(
                "context: an argument of another shape",
                "ill-typed: scalar as argument 1 of f",
                () -> declared().context().apply("f", List.of(square("A")))));
        rows.add(new Row(
                "context: an argument that is no integer",
                "ill-typed: an integer argument of q",
                () -> declared().context().apply("q", List.of(scalar("a")))));
        rows.add(new Row(
                "context: a definition without its arguments", "ill-typed: z with its arguments", () -> declared()
                        .define("z", List.of(Variable.of("x", Shape.SCALAR)), scalar("x"))
                        .context()
                        .symbol("z")));
        rows.add(new Row(
                "context: an index under a declared name",
                "ill-typed: a bound name that is not used otherwise",
                () -> declared()
                        .hypothesis(compare(
                                Relation.EQUAL,
                                Term.indexSum("t", LinearForm.ONE, LinearForm.of(3), scalar("a")),
                                scalar("a")))));
    }

    private static void terms(List<Row> rows) {
        rows.add(new Row("term: a sum of nothing", "ill-typed: at least one summand", () -> Term.sum(List.of())));
        rows.add(
                new Row("term: a product of nothing", "ill-typed: at least one factor", () -> Term.product(List.of())));
        rows.add(new Row("term: a sum of other shapes", "ill-typed: n x n", () -> sum(square("A"), scalar("a"))));
        rows.add(new Row(
                "term: a product that does not fit",
                "ill-typed: a factor with 1 rows",
                () -> times(Term.symbol("u", COLUMN), square("A"))));
        rows.add(new Row(
                "term: entrywise of other shapes",
                "ill-typed: n x n",
                () -> Term.hadamard(square("A"), Term.symbol("u", COLUMN))));
        rows.add(new Row(
                "term: a divisor that is a matrix",
                "ill-typed: a scalar divisor",
                () -> Term.quotient(scalar("a"), square("A"))));
        rows.add(new Row(
                "term: the inverse of a vector",
                "ill-typed: a square matrix",
                () -> Term.inverse(Term.symbol("u", COLUMN))));
        rows.add(new Row(
                "term: the power of a vector",
                "ill-typed: a scalar or a square matrix",
                () -> Term.power(Term.symbol("u", COLUMN), T)));
        rows.add(new Row("term: no blocks", "ill-typed: at least one block", () -> Term.blocks(List.of())));
        rows.add(new Row(
                "term: a row without blocks", "ill-typed: at least one block", () -> Term.blocks(List.of(List.of()))));
        rows.add(new Row(
                "term: rows of other lengths",
                "ill-typed: 2 blocks in each row",
                () -> Term.blocks(List.of(List.of(square("A"), square("A")), List.of(square("A"))))));
        rows.add(new Row(
                "term: a block of other height",
                "ill-typed: a block of n x 1",
                () -> Term.blocks(List.of(List.of(square("A"), scalar("a"))))));
        rows.add(new Row(
                "term: bounds with the index",
                "ill-typed: bounds without the index i",
                () -> Term.indexSum("i", LinearForm.ONE, LinearForm.variable("i"), scalar("a"))));
        rows.add(new Row(
                "term: a lower bound with the index",
                "ill-typed: bounds without the index i",
                () -> Term.indexSum("i", LinearForm.variable("i"), LinearForm.ONE, scalar("a"))));
        rows.add(new Row(
                "term: rows with the index",
                "ill-typed: a shape without the index i",
                () -> Term.indexSum(
                        "i", LinearForm.ONE, T, Term.zero(new Shape(LinearForm.variable("i"), LinearForm.ONE)))));
        rows.add(new Row(
                "term: columns with the index",
                "ill-typed: a shape without the index i",
                () -> Term.indexSum(
                        "i", LinearForm.ONE, T, Term.zero(new Shape(LinearForm.ONE, LinearForm.variable("i"))))));
        function(rows, Term.Kind.EXP, square("A"), "a scalar");
        function(rows, Term.Kind.LOG, square("A"), "a scalar");
        function(rows, Term.Kind.NORM, square("A"), "a vector");
        function(rows, Term.Kind.TRACE, Term.symbol("u", COLUMN), "a square matrix");
        function(rows, Term.Kind.LAMBDA_MAX, Term.symbol("u", COLUMN), "a square matrix");
        function(rows, Term.Kind.DIAG, square("A"), "a column vector");
        rows.add(new Row("term: nested too deep", "ill-typed: nesting of at most 200", () -> {
            Term term = scalar("a");
            for (int i = 0; i <= Term.MAX_DEPTH; i++) {
                term = Term.transpose(term);
            }
            return term;
        }));
        rows.add(new Row(
                "formula: an order of matrices",
                "ill-typed: a scalar",
                () -> compare(Relation.BELOW, square("A"), square("B"))));
        rows.add(new Row(
                "formula: the Loewner order of vectors",
                "ill-typed: a square matrix",
                () -> compare(Relation.LOEWNER, Term.symbol("u", COLUMN), Term.symbol("u", COLUMN))));
        rows.add(new Row(
                "formula: an inverse of a vector",
                "ill-typed: a square matrix",
                () -> Formula.invertible(Term.symbol("u", COLUMN))));
        rows.add(new Row(
                "formula: a value that a quantifier would capture",
                "ill-typed: a value without the bound name x",
                () -> all(Variable.of("x", Shape.SCALAR), compare(Relation.EQUAL, scalar("x"), scalar("a")))
                        .substitute(Map.of(), Map.of("a", scalar("x")))));
        rows.add(new Row(
                "formula: an integer that a quantifier would capture",
                "ill-typed: a value without the bound name k",
                () -> all(Variable.integer("k", 0), compare(Relation.EQUAL, Term.integer(T), scalar("a")))
                        .substitute(Map.of("t", LinearForm.variable("k")), Map.of())));
    }

    /**
     * Terms that differ, with one hash code: the names Aa and BB have one, Cc and DD too, and the numbers 1/34 and 2/3.
     */
    private static void equalTerms(List<Row> rows) {
        equalTerms(rows, "names", scalar("Aa"), scalar("BB"));
        equalTerms(rows, "integers", Term.integer(LinearForm.variable("Cc")), Term.integer(LinearForm.variable("DD")));
        equalTerms(
                rows,
                "numbers",
                Term.number(Fraction.of(BigInteger.ONE, BigInteger.valueOf(34))),
                Term.number(Fraction.of(BigInteger.TWO, BigInteger.valueOf(3))));
        equalTerms(rows, "arguments", apart(Term.Kind.ABS, scalar("Aa")), apart(Term.Kind.ABS, scalar("BB")));
        equalTerms(
                rows,
                "shapes",
                apart(Term.Kind.TRACE, Term.identity(LinearForm.variable("Cc"))),
                apart(Term.Kind.TRACE, Term.identity(LinearForm.variable("DD"))));
        rows.add(new Row(
                "term: equal to something else", "false", () -> scalar("a").equals((Object) "a")));
        rows.add(new Row("linear form: equal to something else", "false", () -> N.equals((Object) "n")));
    }

    private static Term apart(Term.Kind kind, Term argument) {
        try {
            return Term.function(kind, argument);
        } catch (IllTyped impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** a = one, other = b: these do not meet. */
    private static void equalTerms(List<Row> rows, String what, Term one, Term other) {
        rows.add(new Row("chain: ends that differ in " + what, "premise", () -> {
            Context context = declared()
                    .dimension("Cc")
                    .dimension("DD")
                    .symbol("Aa", Shape.SCALAR)
                    .symbol("BB", Shape.SCALAR)
                    .context();
            return Theorem.derive(
                    context,
                    new Chain(),
                    List.of(
                            assume(context, Relation.EQUAL, scalar("a"), one),
                            assume(context, Relation.EQUAL, other, scalar("b"))));
        }));
    }

    private static Term repeated(int times, Term term) throws IllTyped {
        Term result = term;
        for (int i = 0; i < times; i++) {
            result = Term.transpose(result);
        }
        return result;
    }

    private static void normalForms(List<Row> rows) {
        rows.add(new Row("algebra: a function at what it does not take", "ill-typed: an integer argument of g", () -> {
            return Theorem.derive(atOtherArguments(), new Algebra(elsewhere(), elsewhere()), List.of());
        }));
        rows.add(new Row("sign: a function at what it does not take", "ill-typed: an integer argument of g", () -> {
            return Theorem.derive(atOtherArguments(), new Sign(Relation.AT_MOST, elsewhere(), elsewhere()), List.of());
        }));
        rows.add(new Row("context: a sum under the name of a later definition is no definition", "true", () -> {
            Context context = declared().define("i", List.of(), scalar("b")).context();
            return context.unfold(Term.indexSum("i", LinearForm.ONE, LinearForm.of(3), scalar("a")))
                    .isEmpty();
        }));
        rows.add(new Row("context: a definition of an integer", "g(2) = 2 a under 0", () -> {
            Context context = atOtherArguments();
            return Theorem.derive(
                    context,
                    new Algebra(context.apply("g", List.of(Term.number(2))), times(Term.number(2), scalar("a"))),
                    List.of());
        }));
        rows.add(new Row(
                "context: a parameter whose shape is another parameter",
                "ill-typed: shapes without the parameter k",
                () -> declared()
                        .define(
                                "g",
                                List.of(
                                        Variable.integer("k", 1),
                                        Variable.of("x", new Shape(LinearForm.variable("k"), LinearForm.ONE))),
                                scalar("a"))));
        refused(rows, "a unit vector with index zero", "range", () -> Term.unit(N, LinearForm.ZERO));
        refused(rows, "no rows", "range", () -> Term.zero(new Shape(N.plus(-1), LinearForm.ONE)));
        refused(rows, "no columns", "range", () -> Term.zero(new Shape(LinearForm.ONE, N.plus(-1))));
        refused(rows, "terms nested too deep", "limit", () -> repeated(160, scalar("a")));
        refused(rows, "a sum of 65 single terms", "limit", () -> indexSum("i", LinearForm.of(65), scalar("a")));
        refused(rows, "ten sums in each other", "limit", () -> {
            Term sum = scalar("a");
            for (int i = 0; i < 10; i++) {
                sum = indexSum("i" + (char) ('a' + i), N, sum);
            }
            return sum;
        });
        rows.add(new Row("algebra: a sum whose symbolic part may be crossed", "range", () -> {
            Context context = declared().integer("r", -2).context();
            return trivial(context, indexSum("i", LinearForm.variable("r").plus(2), scalar("a")));
        }));
        rows.add(new Row("algebra: a divisor that only the range of an empty sum shows", "undefined", () -> {
            Term share = Term.quotient(Term.number(1), Term.integer(T));
            return Theorem.derive(
                    declared().context(), new Algebra(indexSum("i", T, share), Term.number(1)), List.of());
        }));
        entry(rows, "the row", false);
        entry(rows, "the column", true);
        rows.add(new Row("algebra: the norm of a row", "||u'|| = ||u|| under 0", () -> {
            Term column = Term.symbol("u", COLUMN);
            return Theorem.derive(
                    declared().context(),
                    new Algebra(
                            Term.function(Term.Kind.NORM, Term.transpose(column)),
                            Term.function(Term.Kind.NORM, column)),
                    List.of());
        }));
        rows.add(new Row(
                "generalization: under an assumption about something else", "for all x in R: x = x under 1", () -> {
                    Context context = declared().context();
                    Theorem theorem = Theorem.derive(
                            context,
                            new Algebra(scalar("a"), scalar("a")),
                            List.of(assume(context, Relation.EQUAL, scalar("b"), scalar("c"))));
                    return generalize(context, Map.of("a", "x"), List.of("a"), theorem);
                }));
        rows.add(new Row("instance: above the bound by a third integer", "q(s) = a under 3", () -> {
            Context context = declared().context();
            LinearForm s = LinearForm.variable("s");
            return instance(
                    context,
                    all(
                            Variable.integer("k", 3),
                            compare(Relation.EQUAL, q(context, LinearForm.variable("k")), scalar("a"))),
                    Map.of("k", Term.integer(s)),
                    assume(context, Relation.AT_MOST, Term.number(3), Term.integer(T)),
                    assume(context, Relation.AT_MOST, Term.integer(T), Term.integer(s)));
        }));
    }

    /** A context in which g takes an integer. */
    private static Context atOtherArguments() throws IllTyped {
        return declared()
                .define(
                        "g",
                        List.of(Variable.integer("k", 0)),
                        times(Term.integer(LinearForm.variable("k")), scalar("a")))
                .context();
    }

    /** g of a scalar, as another context declares it. */
    private static Term elsewhere() throws IllTyped {
        return new Context.Builder()
                .function("g", List.of(Shape.SCALAR), Shape.SCALAR)
                .context()
                .apply("g", List.of(scalar("a")));
    }

    private interface Build {
        Term term() throws IllTyped;
    }

    private static void refused(List<Row> rows, String what, String expected, Build build) {
        rows.add(new Row("algebra: " + what, expected, () -> trivial(declared().context(), build.term())));
    }

    private static Term indexSum(String index, LinearForm to, Term body) throws IllTyped {
        return Term.indexSum(index, LinearForm.ONE, to, body);
    }

    /** The norm of a row or column that is the last of one block or the first of the next, nobody knows which. */
    private static void entry(List<Row> rows, String what, boolean transposed) {
        rows.add(new Row("algebra: " + what + " of one block or of the next", "blocks", () -> {
            LinearForm m = LinearForm.variable("m");
            LinearForm k = LinearForm.variable("k");
            LinearForm i = LinearForm.variable("i");
            Shape upper = new Shape(m, N);
            Shape lower = new Shape(k, N);
            Context context = declared()
                    .dimension("m")
                    .dimension("k")
                    .integer("i", 1)
                    .symbol("U", transposed ? upper.transpose() : upper)
                    .symbol("V", transposed ? lower.transpose() : lower)
                    .symbol("W", transposed ? lower.transpose() : lower)
                    .context();
            List<Term> sides = new ArrayList<>();
            for (String other : List.of("V", "W")) {
                Term first = context.symbol("U");
                Term second = context.symbol(other);
                Term whole = Term.blocks(
                        transposed ? List.of(List.of(first, second)) : List.of(List.of(first), List.of(second)));
                Term part = transposed
                        ? Term.slice(whole, LinearForm.ONE, N, i, i)
                        : Term.slice(whole, i, i, LinearForm.ONE, N);
                sides.add(Term.function(Term.Kind.NORM, part));
            }
            return Theorem.derive(
                    context,
                    new Algebra(sides.get(0), sides.get(1)),
                    List.of(
                            assume(context, Relation.AT_MOST, Term.integer(m), Term.integer(i)),
                            assume(context, Relation.AT_MOST, Term.integer(i), Term.integer(m.plus(1)))));
        }));
    }

    private static void replacements(List<Row> rows) {
        rows.add(new Row("algebra: two equations of one symbol", "b c = c c under 2", () -> {
            Context context = declared().context();
            return Theorem.derive(
                    context,
                    new Algebra(times(scalar("b"), scalar("c")), times(scalar("c"), scalar("c"))),
                    List.of(
                            assume(context, Relation.EQUAL, scalar("a"), scalar("b")),
                            assume(context, Relation.EQUAL, scalar("a"), scalar("c"))));
        }));
        rows.add(new Row("algebra: an equation that is not needed and too large", "c = c under 1", () -> {
            Context context = declared().context();
            return Theorem.derive(
                    context,
                    new Algebra(scalar("c"), scalar("c")),
                    List.of(assume(context, Relation.EQUAL, scalar("a"), repeated(160, scalar("b")))));
        }));
        rows.add(new Row("algebra: an equation with a number on its left", "a b = 0 under 1", () -> {
            Context context = declared().context();
            return Theorem.derive(
                    context,
                    new Algebra(times(scalar("a"), scalar("b")), Term.number(0)),
                    List.of(assume(context, Relation.EQUAL, Term.number(0), scalar("a"))));
        }));
        rows.add(new Row("algebra: an equation of a defined name", "(a + b) c = c c under 1", () -> {
            Context context = declared()
                    .define("z", List.of(), sum(scalar("a"), scalar("b")))
                    .context();
            return Theorem.derive(
                    context,
                    new Algebra(times(sum(scalar("a"), scalar("b")), scalar("c")), times(scalar("c"), scalar("c"))),
                    List.of(assume(context, Relation.EQUAL, context.symbol("z"), scalar("c"))));
        }));
        rows.add(new Row(
                "algebra: an equation of a function elsewhere written otherwise", "f(a + 0) c = c c under 1", () -> {
                    Context context = declared().context();
                    return Theorem.derive(
                            context,
                            new Algebra(
                                    times(context.apply("f", List.of(sum(scalar("a"), Term.number(0)))), scalar("c")),
                                    times(scalar("c"), scalar("c"))),
                            List.of(assume(
                                    context, Relation.EQUAL, context.apply("f", List.of(scalar("a"))), scalar("c"))));
                }));
        rows.add(new Row("algebra: a statement for all as a fact", "a = a under 1", () -> {
            Context context = declared().context();
            Formula all = all(Variable.of("x", Shape.SCALAR), compare(Relation.EQUAL, scalar("x"), scalar("a")));
            return Theorem.derive(
                    context, new Algebra(scalar("a"), scalar("a")), List.of(Theorem.assume(context, all)));
        }));
    }

    /** A comparison: left relation right. */
    private record Fact(Relation relation, Term left, Term right) {}

    private static Fact fact(Relation relation, Term left, Term right) {
        return new Fact(relation, left, right);
    }

    private static Fact atMost(Term left, Term right) {
        return fact(Relation.AT_MOST, left, right);
    }

    private interface Facts {
        List<Fact> list() throws IllTyped;
    }

    /** The first of the facts is the conclusion, the others are what it is concluded from. */
    private static void sign(List<Row> rows, String what, String expected, Facts facts) {
        rows.add(new Row("sign: " + what, expected, () -> {
            Context.Builder builder = declared();
            for (String each : List.of("d", "v", "w", "x", "y", "z")) {
                builder.symbol(each, Shape.SCALAR);
            }
            Context context = builder.context();
            List<Fact> all = facts.list();
            List<Theorem> premises = new ArrayList<>();
            for (Fact each : all.subList(1, all.size())) {
                premises.add(assume(context, each.relation(), each.left(), each.right()));
            }
            Fact wanted = all.get(0);
            return Theorem.derive(context, new Sign(wanted.relation(), wanted.left(), wanted.right()), premises);
        }));
    }

    private static Term power(Term base, long exponent) throws IllTyped {
        return Term.power(base, LinearForm.of(exponent));
    }

    private static Term ten(String name) throws IllTyped {
        return times(Term.number(10), scalar(name));
    }

    private static void signs(List<Row> rows) {
        Term zero = Term.number(0);
        Term a = scalar("a");
        Term b = scalar("b");
        Term c = scalar("c");
        sign(rows, "zero different from zero", "sign", () -> List.of(fact(Relation.DIFFERENT, a, a)));
        sign(
                rows,
                "different by one factor of two",
                "sign",
                () -> List.of(
                        fact(Relation.DIFFERENT, zero, sum(times(a, b), times(a, c))),
                        fact(Relation.DIFFERENT, a, zero)));
        sign(
                rows,
                "different by a factor below zero",
                "0 != a b under 2",
                () -> List.of(
                        fact(Relation.DIFFERENT, zero, times(a, b)),
                        fact(Relation.BELOW, a, zero),
                        fact(Relation.DIFFERENT, b, zero)));
        sign(
                rows,
                "a factor above what is at least zero",
                "0 <= a b under 3",
                () -> List.of(atMost(zero, times(a, b)), atMost(c, a), atMost(zero, c), atMost(zero, b)));
        sign(
                rows,
                "a factor strictly above what is at least zero",
                "0 < a b under 3",
                () -> List.of(
                        fact(Relation.BELOW, zero, times(a, b)),
                        fact(Relation.BELOW, c, a),
                        atMost(zero, c),
                        fact(Relation.BELOW, zero, b)));
        sign(
                rows,
                "a sum strictly above what is at least zero",
                "0 < a + b under 2",
                () -> List.of(
                        fact(Relation.BELOW, zero, sum(a, b)), fact(Relation.BELOW, c, sum(a, b)), atMost(zero, c)));
        // what is true and out of reach: the search goes three facts deep, and takes those that share a monomial
        sign(
                rows,
                "true, and four facts deep",
                "sign",
                () -> List.of(
                        atMost(zero, sum(scalar("x"), scalar("y"))),
                        atMost(sum(scalar("z"), scalar("d")), sum(scalar("x"), scalar("y"))),
                        atMost(sum(scalar("v"), scalar("w")), sum(scalar("z"), scalar("d"))),
                        atMost(times(a, b), sum(scalar("v"), scalar("w"))),
                        atMost(zero, a),
                        atMost(zero, b)));
        sign(rows, "true, and four denominators deep", "sign", () -> {
            Term x = scalar("x");
            Term y = scalar("y");
            Term numerator = sum(
                    times(power(b, 3), power(x, 2), y),
                    times(power(a, 4), power(x, 2), y),
                    times(power(a, 4), power(b, 3), y),
                    times(power(a, 4), power(b, 3), power(x, 2)));
            return List.of(
                    fact(Relation.DIFFERENT, zero, sum(power(a, -4), power(b, -3), power(x, -2), power(y, -1))),
                    fact(Relation.DIFFERENT, zero, numerator),
                    fact(Relation.DIFFERENT, zero, a),
                    fact(Relation.DIFFERENT, zero, b),
                    fact(Relation.DIFFERENT, zero, x),
                    fact(Relation.DIFFERENT, zero, y));
        });
        sign(rows, "true, and known of a denominator as a letter", "sign", () -> {
            Term base = sum(Term.number(1), a);
            Term radicand = sum(power(base, -2), power(base, -1));
            Term root = times(c, base); // by the equation the root of 1 + (1 + a), in which 1 + a is a letter
            return List.of(
                    fact(Relation.BELOW, zero, power(base, -1)),
                    fact(Relation.DIFFERENT, base, zero),
                    atMost(zero, base),
                    fact(Relation.EQUAL, Term.function(Term.Kind.SQRT, radicand), c),
                    fact(Relation.BELOW, Term.number(1), times(root, root)));
        });
        sign(
                rows,
                "true by facts that share a number only",
                "sign",
                () -> List.of(
                        atMost(zero, sum(ten("b"), Term.number(3))),
                        atMost(sum(a, c, scalar("d")), b),
                        atMost(zero, sum(ten("a"), Term.number(1))),
                        atMost(zero, sum(ten("c"), Term.number(1))),
                        atMost(zero, sum(ten("d"), Term.number(1)))));
    }

    private static void function(List<Row> rows, Term.Kind kind, Term argument, String expected) {
        rows.add(new Row(
                "term: " + kind + " of " + argument.shape(),
                "ill-typed: " + expected,
                () -> Term.function(kind, argument)));
    }
}
