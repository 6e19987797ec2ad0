package org.loopcert.kernel.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.loopcert.kernel.proof.ProofTable.ILL_TYPED;
import static org.loopcert.kernel.proof.ProofTable.Names.COLUMN;
import static org.loopcert.kernel.proof.ProofTable.Names.N;
import static org.loopcert.kernel.proof.ProofTable.Names.ONE;
import static org.loopcert.kernel.proof.ProofTable.Names.SQUARE;
import static org.loopcert.kernel.proof.ProofTable.Names.T;
import static org.loopcert.kernel.proof.ProofTable.PROVED;
import static org.loopcert.kernel.proof.ProofTable.atMost;
import static org.loopcert.kernel.proof.ProofTable.below;
import static org.loopcert.kernel.proof.ProofTable.eq;
import static org.loopcert.kernel.proof.ProofTable.form;
import static org.loopcert.kernel.proof.ProofTable.num;
import static org.loopcert.kernel.proof.ProofTable.plus;
import static org.loopcert.kernel.proof.ProofTable.t;
import static org.loopcert.kernel.proof.ProofTable.times;
import static org.loopcert.kernel.proof.ProofTable.unequal;
import static org.loopcert.kernel.proof.ProofTable.var;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.Formula.ForAll;
import org.loopcert.kernel.proof.Formula.Relation;
import org.loopcert.kernel.proof.Formula.Variable;
import org.loopcert.kernel.proof.OrderRules.Chain;
import org.loopcert.kernel.proof.ProofTable.Names;
import org.loopcert.kernel.proof.QuantifierRules.Generalize;
import org.loopcert.kernel.proof.QuantifierRules.Induct;
import org.loopcert.kernel.proof.QuantifierRules.Instantiate;
import org.loopcert.kernel.proof.Term.Kind;

/** Each rule with what it accepts, and for each side condition what it refuses and why. */
class ProofRulesTest {
    private static final String PREMISE = NotProved.Reason.PREMISE.code();
    private static final String RANGE = NotProved.Reason.RANGE.code();
    private static final String NOT_ARBITRARY = NotProved.Reason.NOT_ARBITRARY.code();
    private static final String NAME = NotProved.Reason.NAME.code();
    private static final String SIGN = NotProved.Reason.SIGN.code();
    private static final String NOT_EQUAL = NotProved.Reason.NOT_EQUAL.code();
    private static final String UNDEFINED = NotProved.Reason.UNDEFINED.code();
    private static final String LIMIT = NotProved.Reason.LIMIT.code();

    private static Names numbers() throws IllTyped {
        return new Names().dimension("n").integer("t", 0).scalars("x", "y", "z");
    }

    @TestFactory
    Stream<DynamicTest> algebraAndSign() {
        return new ProofTable()
                        .row("algebra: x + y = y + x", PROVED, () -> {
                            Names d = numbers();
                            return d.prove(eq(plus(d.of("x"), d.of("y")), plus(d.of("y"), d.of("x"))));
                        })
                        .row("algebra: sides of two shapes", ILL_TYPED, () -> numbers()
                                .derive(new EqualityRules.Algebra(num(1), Term.identity(N))))
                        .row("algebra: a name that is not declared", ILL_TYPED, () -> {
                            Term stranger = Term.symbol("w", Shape.SCALAR);
                            return numbers().derive(new EqualityRules.Algebra(stranger, stranger));
                        })
                        .row("algebra: a name of another shape", ILL_TYPED, () -> {
                            Term square = Term.symbol("x", SQUARE);
                            return numbers().derive(new EqualityRules.Algebra(square, square));
                        })
                        .row("algebra: a shape in an undeclared dimension", ILL_TYPED, () -> {
                            Term stranger = Term.identity(var("k"));
                            return numbers().derive(new EqualityRules.Algebra(stranger, stranger));
                        })
                        .row("algebra: a fact is used only as a premise", NOT_EQUAL, () -> {
                            Names d = numbers();
                            d.suppose(eq(d.of("x"), d.of("y")));
                            return d.derive(new EqualityRules.Algebra(d.of("x"), d.of("y")));
                        })
                        .row("algebra: a fact about something undefined says nothing", UNDEFINED, () -> {
                            Names d = numbers();
                            d.suppose(eq(Term.quotient(num(1), d.of("x")), num(2)));
                            return d.prove(eq(Term.quotient(num(1), d.of("x")), num(2)));
                        })
                        .row("algebra: too much to write down", LIMIT, () -> {
                            Names d = numbers();
                            Term sum = plus(d.of("x"), d.of("y"), d.of("z"), d.of("t"), d.of("n"), num(1));
                            Term power = Term.power(sum, form(24));
                            return d.prove(eq(times(power, power), num(0)));
                        })
                        .row("sign: 0 <= x^2", PROVED, () -> {
                            Names d = numbers();
                            return d.prove(atMost(num(0), Term.power(d.of("x"), form(2))));
                        })
                        .row("sign: 0 <= x", SIGN, () -> {
                            Names d = numbers();
                            return d.prove(atMost(num(0), d.of("x")));
                        })
                        .row("sign: not for equations", PREMISE, () -> {
                            Names d = numbers();
                            return d.derive(new OrderRules.Sign(Relation.EQUAL, d.of("x"), d.of("x")));
                        })
                        .row("sign: the Loewner order of a scalar and itself", PROVED, () -> {
                            Names d = numbers();
                            return d.derive(new OrderRules.Sign(Relation.LOEWNER, d.of("x"), d.of("x")));
                        })
                        .row("sign: matrices have no order", ILL_TYPED, () -> {
                            Names d = numbers();
                            return d.derive(new OrderRules.Sign(Relation.AT_MOST, Term.identity(N), Term.identity(N)));
                        })
                        .row("sign: a difference from either sign", PROVED, () -> {
                            Names d = numbers();
                            d.suppose(below(d.of("x"), d.of("y")));
                            return d.prove(unequal(d.of("y"), d.of("x")));
                        })
                        .stream();
    }

    private static Names ordered() throws IllTyped {
        Names d = numbers().scalars("w").symbols(SQUARE, "A", "B", "C");
        return d.suppose(atMost(d.of("x"), d.of("y")))
                .suppose(below(d.of("y"), d.of("z")))
                .suppose(unequal(d.of("y"), d.of("z")))
                .suppose(eq(d.of("z"), d.of("w")))
                .suppose(Formula.compare(Relation.LOEWNER, d.of("A"), d.of("B")))
                .suppose(eq(d.of("B"), d.of("C")))
                .suppose(unequal(d.of("z"), d.of("y")))
                .suppose(Formula.compare(Relation.LOEWNER, d.of("y"), d.of("z")));
    }

    private static Object chain(int... hypotheses) throws NotProved, IllTyped {
        Names d = ordered();
        Theorem[] premises = new Theorem[hypotheses.length];
        for (int i = 0; i < premises.length; i++) {
            premises[i] = d.hypothesis(hypotheses[i]);
        }
        return d.derive(new Chain(), premises);
    }

    @TestFactory
    Stream<DynamicTest> chains() {
        return new ProofTable()
                        .row("x <= y < z = w", PROVED, () -> chain(0, 1, 3))
                        .row("y != z = w", PROVED, () -> chain(2, 3))
                        .row("A <<= B = C", PROVED, () -> chain(4, 5))
                        .row("no premises", PREMISE, () -> chain())
                        .row("y != z != y", PREMISE, () -> chain(2, 6))
                        .row("x <= y != z", PREMISE, () -> chain(0, 2))
                        .row("x <= y <<= z", PREMISE, () -> chain(0, 7))
                        .row("terms that do not meet", PREMISE, () -> chain(1, 0))
                        .row("a statement for all", PREMISE, () -> {
                            Names d = numbers();
                            d.suppose(new ForAll(List.of(Variable.integer("k", 0)), List.of(), eq(num(0), num(0))));
                            return d.derive(new Chain(), d.hypothesis(0));
                        })
                        .stream();
    }

    @Test
    void chainsKeepTheStrictestRelation() throws NotProved, IllTyped {
        Names d = ordered();
        Theorem strict = d.derive(new Chain(), d.hypothesis(0), d.hypothesis(1), d.hypothesis(3));
        assertThat(((Comparison) strict.formula()).relation()).isEqualTo(Relation.BELOW);
        Theorem different = d.derive(new Chain(), d.hypothesis(2), d.hypothesis(3));
        assertThat(((Comparison) different.formula()).relation()).isEqualTo(Relation.DIFFERENT);
        Theorem loewner = d.derive(new Chain(), d.hypothesis(4), d.hypothesis(5));
        assertThat(((Comparison) loewner.formula()).relation()).isEqualTo(Relation.LOEWNER);
    }

    /** for all k >= 2, v in n x 1, v'v <= k: f(v) <= k. */
    private static Names quantified() throws IllTyped {
        Names d = numbers().integer("s", 2).symbols(COLUMN, "u");
        d.builder.function("f", List.of(COLUMN), Shape.SCALAR);
        Term v = Term.symbol("v", COLUMN);
        Term k = Term.integer(var("k"));
        d.suppose(new ForAll(
                List.of(Variable.integer("k", 2), Variable.of("v", COLUMN)),
                List.of(atMost(times(t(v), v), k)),
                atMost(d.builder.context().apply("f", List.of(v)), k)));
        Term u = d.of("u");
        return d.suppose(atMost(times(t(u), u), Term.integer(var("s"))))
                .suppose(atMost(times(t(u), u), d.of("t")))
                .suppose(below(num(1), d.of("t")));
    }

    private static Object instance(Map<String, Term> values, int... premises) throws NotProved, IllTyped {
        Names d = quantified();
        Theorem[] all = new Theorem[premises.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = d.hypothesis(premises[i]);
        }
        return d.derive(new Instantiate(values), all);
    }

    @TestFactory
    Stream<DynamicTest> instances() {
        Term u = Term.symbol("u", COLUMN);
        Term s = Term.integer(var("s"));
        Term t = Term.integer(T);
        return new ProofTable()
                        .row("k = s >= 2, v = u", PROVED, () -> instance(Map.of("k", s, "v", u), 0, 1))
                        .row("k = t, known to be above 1", PROVED, () -> instance(Map.of("k", t, "v", u), 0, 2, 3))
                        .row("k = t, not known to be at least 2", RANGE, () -> instance(Map.of("k", t, "v", u), 0, 2))
                        .row("k = 1", RANGE, () -> instance(Map.of("k", num(1), "v", u), 0, 1))
                        .row(
                                "k = 5/2",
                                PREMISE,
                                () -> instance(
                                        Map.of("k", Term.number(Fraction.of(5).divide(Fraction.TWO)), "v", u), 0, 1))
                        .row(
                                "k a real number",
                                PREMISE,
                                () -> instance(Map.of("k", Term.symbol("x", Shape.SCALAR), "v", u), 0, 1))
                        .row("no value of v", PREMISE, () -> instance(Map.of("k", s), 0, 1))
                        .row("v a row", ILL_TYPED, () -> instance(Map.of("k", s, "v", Term.transpose(u)), 0, 1))
                        .row(
                                "v a square matrix",
                                ILL_TYPED,
                                () -> instance(Map.of("k", s, "v", Term.identity(N)), 0, 1))
                        .row(
                                "v not declared",
                                PREMISE,
                                () -> instance(Map.of("k", s, "v", Term.symbol("stranger", COLUMN)), 0, 1))
                        .row("the condition is missing", PREMISE, () -> instance(Map.of("k", s, "v", u), 0))
                        .row("the condition of another value", PREMISE, () -> instance(Map.of("k", s, "v", u), 0, 2))
                        .row(
                                "the condition only as a later fact",
                                PREMISE,
                                () -> instance(Map.of("k", s, "v", u), 0, 3, 1))
                        .row("not a statement for all", PREMISE, () -> instance(Map.of("k", s, "v", u), 1, 1))
                        .row("a value that an inner quantifier would capture", ILL_TYPED, () -> {
                            Names d = numbers();
                            Formula inner = new ForAll(
                                    List.of(Variable.of("b", Shape.SCALAR)),
                                    List.of(),
                                    eq(Term.symbol("a", Shape.SCALAR), Term.symbol("b", Shape.SCALAR)));
                            d.suppose(new ForAll(List.of(Variable.of("a", Shape.SCALAR)), List.of(), inner));
                            return d.derive(
                                    new Instantiate(Map.of("a", Term.symbol("b", Shape.SCALAR))), d.hypothesis(0));
                        })
                        .row("a value in a sum whose index has its name", PROVED, () -> {
                            Names d = numbers();
                            Term sum = Term.indexSum("i", ONE, var("k"), Term.integer(var("i")));
                            d.suppose(new ForAll(List.of(Variable.integer("k", 0)), List.of(), eq(sum, sum)));
                            return d.derive(new Instantiate(Map.of("k", d.of("t"))), d.hypothesis(0));
                        })
                        .stream();
    }

    private static Generalize over(String name, String bound, Formula... conditions) {
        return new Generalize(Map.of(name, bound), List.of(name), List.of(conditions));
    }

    @TestFactory
    Stream<DynamicTest> generalizations() {
        return new ProofTable()
                        .row("x + 0 = x for all x", PROVED, () -> {
                            Names d = numbers();
                            return d.derive(over("x", "a"), d.prove(eq(plus(d.of("x"), num(0)), d.of("x"))));
                        })
                        .row("under a condition that is discharged", PROVED, () -> {
                            Names d = numbers();
                            Formula positive = below(num(0), d.of("x"));
                            return d.derive(over("x", "a", positive), d.assume(positive));
                        })
                        .row("under an assumption that is not", NOT_ARBITRARY, () -> {
                            Names d = numbers();
                            return d.derive(over("x", "a"), d.assume(below(num(0), d.of("x"))));
                        })
                        .row("one of two assumptions", NOT_ARBITRARY, () -> {
                            Names d = numbers();
                            Formula positive = below(num(0), d.of("x"));
                            Theorem other = d.assume(below(d.of("x"), num(1)));
                            return d.derive(over("x", "a", positive), d.assume(positive), other);
                        })
                        .row("a name with a hypothesis", NOT_ARBITRARY, () -> {
                            Names d = numbers();
                            d.suppose(below(num(0), d.of("x")));
                            return d.derive(over("x", "a"), d.hypothesis(0));
                        })
                        .row("a name in a definition", NOT_ARBITRARY, () -> {
                            Names d = numbers();
                            d.builder.define("b", List.of(), plus(d.of("x"), num(1)));
                            return d.derive(over("x", "a"), d.prove(eq(d.of("b"), plus(d.of("x"), num(1)))));
                        })
                        .row("a dimension in the shape of a symbol", NOT_ARBITRARY, () -> {
                            Names d = numbers().symbols(COLUMN, "u");
                            return d.derive(over("n", "k"), d.prove(eq(d.of("u"), d.of("u"))));
                        })
                        .row("a dimension in the shape of a function", NOT_ARBITRARY, () -> {
                            Names d = numbers();
                            d.builder.function("f", List.of(Shape.SCALAR), COLUMN);
                            return d.derive(over("n", "k"), d.prove(eq(d.of("x"), d.of("x"))));
                        })
                        .row("a name that is not declared", NOT_ARBITRARY, () -> {
                            Names d = numbers();
                            return d.derive(over("stranger", "a"), d.prove(eq(num(0), num(0))));
                        })
                        .row("a function", NAME, () -> {
                            Names d = numbers();
                            d.builder.function("f", List.of(Shape.SCALAR), Shape.SCALAR);
                            return d.derive(over("f", "a"), d.prove(eq(num(0), num(0))));
                        })
                        .row("a bound name that occurs", NAME, () -> {
                            Names d = numbers();
                            return d.derive(
                                    over("x", "y"),
                                    d.prove(eq(plus(d.of("x"), d.of("y")), plus(d.of("y"), d.of("x")))));
                        })
                        .row("a bound name that is declared", ILL_TYPED, () -> {
                            Names d = numbers();
                            return d.derive(over("x", "y"), d.prove(eq(d.of("x"), d.of("x"))));
                        })
                        .row("one bound name for two", ILL_TYPED, () -> {
                            Names d = numbers();
                            Generalize both = new Generalize(Map.of("x", "a", "y", "a"), List.of("x", "y"), List.of());
                            return d.derive(both, d.prove(eq(plus(d.of("x"), d.of("y")), plus(d.of("y"), d.of("x")))));
                        })
                        .row("an order that leaves a name out", PREMISE, () -> {
                            Names d = numbers();
                            Generalize both = new Generalize(Map.of("x", "a", "y", "b"), List.of("x"), List.of());
                            return d.derive(both, d.prove(eq(d.of("x"), d.of("x"))));
                        })
                        .row("a bound name with a separator", ILL_TYPED, () -> {
                            Names d = numbers();
                            return d.derive(over("x", "a:1"), d.prove(eq(d.of("x"), d.of("x"))));
                        })
                        .row("no premise", PREMISE, () -> numbers().derive(over("x", "a")))
                        .row("an integer written as a symbol, which no substitution would reach", ILL_TYPED, () -> {
                            Names d = numbers();
                            Term written = Term.symbol("t", Shape.SCALAR);
                            return d.derive(
                                    over("t", "k"), d.prove(eq(plus(d.of("t"), written), plus(written, d.of("t")))));
                        })
                        .stream();
    }

    /** sum_{i=1}^{t} i = t (t + 1) / 2. */
    private static Comparison gauss(LinearForm t) throws IllTyped {
        Term product = times(Term.integer(t), Term.integer(t.plus(1)));
        return eq(Term.indexSum("i", ONE, t, Term.integer(var("i"))), Term.quotient(product, num(2)));
    }

    private static Object induct(Names d, String variable, String bound, Formula formula, Formula base, Formula step)
            throws NotProved, IllTyped {
        Comparison first = (Comparison) base;
        Theorem start = d.derive(new EqualityRules.Algebra(first.left(), first.right()));
        Comparison second = (Comparison) step;
        Theorem next = d.derive(new EqualityRules.Algebra(second.left(), second.right()), d.assume(formula));
        return d.derive(new Induct(variable, bound, formula), start, next);
    }

    @TestFactory
    Stream<DynamicTest> inductions() {
        return new ProofTable()
                        .row(
                                "sum of 1..t",
                                PROVED,
                                () -> induct(numbers(), "t", "k", gauss(T), gauss(form(0)), gauss(T.plus(1))))
                        .row(
                                "base at another number",
                                PREMISE,
                                () -> induct(numbers(), "t", "k", gauss(T), gauss(form(1)), gauss(T.plus(1))))
                        .row(
                                "step to another number",
                                PREMISE,
                                () -> induct(numbers(), "t", "k", gauss(T), gauss(form(0)), gauss(form(1))))
                        .row("a base that assumes the claim", PREMISE, () -> {
                            Names d = numbers();
                            Formula constant = eq(d.of("x"), d.of("y"));
                            return d.derive(new Induct("t", "k", constant), d.assume(constant), d.assume(constant));
                        })
                        .row("no step", PREMISE, () -> {
                            Names d = numbers();
                            Comparison base = gauss(form(0));
                            Theorem start = d.derive(new EqualityRules.Algebra(base.left(), base.right()));
                            return d.derive(new Induct("t", "k", gauss(T)), start);
                        })
                        .row("another assumption about t", NOT_ARBITRARY, () -> {
                            Names d = numbers();
                            Comparison base = gauss(form(0));
                            Theorem start = d.derive(new EqualityRules.Algebra(base.left(), base.right()));
                            Comparison step = gauss(T.plus(1));
                            Theorem next = d.derive(
                                    new EqualityRules.Algebra(step.left(), step.right()),
                                    d.assume(gauss(T)),
                                    d.assume(below(num(5), d.of("t"))));
                            return d.derive(new Induct("t", "k", gauss(T)), start, next);
                        })
                        .row("a hypothesis about t", NOT_ARBITRARY, () -> {
                            Names d = numbers();
                            d.suppose(below(num(5), d.of("t")));
                            return induct(d, "t", "k", gauss(T), gauss(form(0)), gauss(T.plus(1)));
                        })
                        .row(
                                "a real number",
                                NAME,
                                () -> induct(numbers(), "x", "k", gauss(T), gauss(form(0)), gauss(T.plus(1))))
                        .row("a bound name that occurs", NAME, () -> {
                            Names d = numbers();
                            Formula equal = eq(times(d.of("t"), d.of("n")), times(d.of("n"), d.of("t")));
                            Map<String, LinearForm> zero = Map.of("t", form(0));
                            Map<String, LinearForm> next = Map.of("t", T.plus(1));
                            return induct(
                                    d,
                                    "t",
                                    "n",
                                    equal,
                                    equal.substitute(zero, Map.of()),
                                    equal.substitute(next, Map.of()));
                        })
                        .stream();
    }

    @TestFactory
    Stream<DynamicTest> theorems() {
        return new ProofTable()
                        .row("a premise of another context", PREMISE, () -> {
                            Names d = numbers();
                            Names other = numbers();
                            other.suppose(eq(other.of("x"), num(0)));
                            return d.derive(new EqualityRules.Algebra(d.of("x"), num(0)), other.hypothesis(0));
                        })
                        .row("a premise of a context that reads the same", PREMISE, () -> {
                            Names d = numbers();
                            Theorem fact = Theorem.assume(d.builder.context(), eq(d.of("x"), num(0)));
                            return Theorem.derive(
                                    d.builder.context(), new EqualityRules.Algebra(d.of("x"), num(0)), List.of(fact));
                        })
                        .row("an assumption about an undeclared name", ILL_TYPED, () -> numbers()
                                .assume(eq(Term.symbol("stranger", Shape.SCALAR), num(0))))
                        .row("an assumption of two shapes, made by hand", ILL_TYPED, () -> numbers()
                                .assume(new Comparison(Relation.EQUAL, num(0), Term.identity(N))))
                        .row("an order of matrices, made by hand", ILL_TYPED, () -> numbers()
                                .assume(new Comparison(Relation.AT_MOST, Term.identity(N), Term.identity(N))))
                        .stream();
    }

    @Test
    void assumptionsStayWithWhatFollowsFromThem() throws NotProved, IllTyped {
        Names d = numbers();
        Formula zero = eq(d.of("x"), num(0));
        Theorem product = d.derive(new EqualityRules.Algebra(times(d.of("x"), d.of("y")), num(0)), d.assume(zero));
        assertThat(product.assumptions()).containsExactly(zero);
        Theorem all = d.derive(over("x", "a", zero), product);
        assertThat(all.assumptions()).isEmpty();
        assertThat(all.formula().freeNames()).containsExactly("y");
    }

    @Test
    void aBoundNameIsAnIntegerOrAMatrix() {
        assertThatThrownBy(() -> new Variable("k", null, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Variable("k", Shape.SCALAR, BigInteger.ONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aContextDoesNotChangeWithItsBuilder() throws IllTyped {
        Names d = numbers();
        Context before = d.builder.context();
        d.suppose(eq(d.of("x"), num(0))).scalars("late");
        assertThat(before.hypotheses()).isEmpty();
        assertThat(before.declaration("late")).isEmpty();
        before.declarations().clear();
        assertThat(before.declaration("x")).isPresent();
    }

    @TestFactory
    Stream<DynamicTest> declarations() {
        return new ProofTable()
                        .row("a name twice", ILL_TYPED, () -> numbers().scalars("x"))
                        .row("a name with a colon", ILL_TYPED, () -> numbers().scalars("a:b"))
                        .row("a name that begins with #", ILL_TYPED, () -> numbers()
                                .integer("#1", 0))
                        .row("a name that begins with a digit", ILL_TYPED, () -> numbers()
                                .scalars("2x"))
                        .row("a name with a star inside", ILL_TYPED, () -> numbers()
                                .scalars("a*b"))
                        .row("an empty name", ILL_TYPED, () -> numbers().scalars(""))
                        .row("a name with a star at its end", PROVED, () -> numbers()
                                .scalars("w*"))
                        .row("a shape in an undeclared dimension", ILL_TYPED, () -> numbers()
                                .symbols(new Shape(var("k"), ONE), "u"))
                        .row("a shape in a real number", ILL_TYPED, () -> numbers()
                                .symbols(new Shape(var("x"), ONE), "u"))
                        .row("a function without parameters", ILL_TYPED, () -> numbers()
                                .builder
                                .function("f", List.of(), Shape.SCALAR))
                        .row("a function of an undeclared shape", ILL_TYPED, () -> numbers()
                                .builder
                                .function("f", List.of(new Shape(var("k"), ONE)), Shape.SCALAR))
                        .row("a definition by itself", ILL_TYPED, () -> numbers()
                                .builder
                                .define("b", List.of(), Term.symbol("b", Shape.SCALAR)))
                        .row("a parameter with a declared name", ILL_TYPED, () -> numbers()
                                .builder
                                .define("b", List.of(Variable.of("x", Shape.SCALAR)), num(0)))
                        .row("a parameter twice", ILL_TYPED, () -> numbers()
                                .builder
                                .define("b", List.of(Variable.of("a", Shape.SCALAR), Variable.integer("a", 0)), num(0)))
                        .row("a definition whose shape depends on its parameter", ILL_TYPED, () -> numbers()
                                .builder
                                .define("b", List.of(Variable.integer("k", 1)), Term.identity(var("k"))))
                        .row("a parameter whose shape is another parameter", ILL_TYPED, () -> numbers()
                                .builder
                                .define(
                                        "b",
                                        List.of(Variable.integer("k", 1), Variable.of("v", new Shape(var("k"), ONE))),
                                        num(0)))
                        .row("a function at the wrong number of arguments", ILL_TYPED, () -> {
                            Names d = numbers();
                            d.builder.function("f", List.of(Shape.SCALAR), Shape.SCALAR);
                            return d.context().apply("f", List.of(num(1), num(2)));
                        })
                        .row("a sequence at a real number", ILL_TYPED, () -> {
                            Names d = numbers();
                            d.builder.function("f", Collections.singletonList(null), Shape.SCALAR);
                            return d.context().apply("f", List.of(d.of("x")));
                        })
                        .row("a function at another shape", ILL_TYPED, () -> {
                            Names d = numbers();
                            d.builder.function("f", List.of(COLUMN), Shape.SCALAR);
                            return d.context().apply("f", List.of(Term.identity(N)));
                        })
                        .row("a quantifier over a declared name", ILL_TYPED, () -> numbers()
                                .suppose(new ForAll(List.of(Variable.integer("t", 0)), List.of(), eq(num(0), num(0)))))
                        .row("an index with a declared name", ILL_TYPED, () -> {
                            Names d = numbers();
                            return d.assume(eq(Term.indexSum("t", ONE, N, num(1)), num(0)));
                        })
                        .row("an index inside a sum with the same index", ILL_TYPED, () -> {
                            Names d = numbers();
                            Term inner = Term.indexSum("i", ONE, N, num(1));
                            return d.assume(eq(Term.indexSum("i", ONE, N, inner), num(0)));
                        })
                        .row("a bound integer used as a symbol", ILL_TYPED, () -> numbers()
                                .suppose(new ForAll(
                                        List.of(Variable.integer("k", 0)),
                                        List.of(),
                                        eq(Term.symbol("k", Shape.SCALAR), num(0)))))
                        .stream();
    }

    @TestFactory
    Stream<DynamicTest> shapes() {
        Term x = Term.symbol("x", Shape.SCALAR);
        Term u = Term.symbol("u", COLUMN);
        Term matrix = Term.symbol("A", SQUARE);
        Term wide = Term.symbol("B", new Shape(N, var("m")));
        return new ProofTable()
                        .row("sum", ILL_TYPED, () -> plus(u, x))
                        .row("sum of none", ILL_TYPED, () -> Term.sum(List.of()))
                        .row("product", ILL_TYPED, () -> times(u, u))
                        .row("product with a scalar in between", PROVED, () -> times(matrix, x, u))
                        .row("product across a scalar in between", ILL_TYPED, () -> times(wide, x, u))
                        .row("product of none", ILL_TYPED, () -> Term.product(List.of()))
                        .row("entrywise product", ILL_TYPED, () -> Term.hadamard(u, t(u)))
                        .row("division by a vector", ILL_TYPED, () -> Term.quotient(x, u))
                        .row("inverse", ILL_TYPED, () -> Term.inverse(wide))
                        .row("power", ILL_TYPED, () -> Term.power(wide, form(2)))
                        .row("trace", ILL_TYPED, () -> Term.function(Kind.TRACE, wide))
                        .row("extreme eigenvalue", ILL_TYPED, () -> Term.function(Kind.LAMBDA_MAX, wide))
                        .row("norm of a matrix", ILL_TYPED, () -> Term.function(Kind.NORM, matrix))
                        .row("maximum norm of a matrix", ILL_TYPED, () -> Term.function(Kind.NORM_INF, matrix))
                        .row("spectral norm of any matrix", PROVED, () -> Term.function(Kind.SPECTRAL_NORM, wide))
                        .row("exponential of a vector", ILL_TYPED, () -> Term.function(Kind.EXP, u))
                        .row("root of a vector", ILL_TYPED, () -> Term.function(Kind.SQRT, u))
                        .row("diagonal of a row", ILL_TYPED, () -> Term.function(Kind.DIAG, t(u)))
                        .row("blocks of different heights", ILL_TYPED, () -> Term.blocks(List.of(List.of(matrix, x))))
                        .row(
                                "blocks of different widths",
                                ILL_TYPED,
                                () -> Term.blocks(List.of(List.of(matrix), List.of(wide))))
                        .row(
                                "rows of different lengths",
                                ILL_TYPED,
                                () -> Term.blocks(List.of(List.of(u, matrix), List.of(x))))
                        .row("no blocks", ILL_TYPED, () -> Term.blocks(List.of()))
                        .row(
                                "a sum whose bound is its index",
                                ILL_TYPED,
                                () -> Term.indexSum("i", ONE, var("i"), num(1)))
                        .row(
                                "a sum whose shape is its index",
                                ILL_TYPED,
                                () -> Term.indexSum("i", ONE, N, Term.identity(var("i"))))
                        .row("nesting of 201", ILL_TYPED, () -> {
                            Term deep = x;
                            for (int i = 0; i < Term.MAX_DEPTH; i++) {
                                deep = t(deep);
                            }
                            return deep;
                        })
                        .row("an equation of two shapes", ILL_TYPED, () -> eq(u, t(u)))
                        .row("an order of vectors", ILL_TYPED, () -> atMost(u, u))
                        .row("a difference of vectors", ILL_TYPED, () -> unequal(u, u))
                        .row(
                                "the Loewner order of wide matrices",
                                ILL_TYPED,
                                () -> Formula.compare(Relation.LOEWNER, wide, wide))
                        .row("invertible and wide", ILL_TYPED, () -> Formula.invertible(wide))
                        .row("a value of another shape", ILL_TYPED, () -> matrix.substitute(Map.of(), Map.of("A", u)))
                        .stream();
    }
}
