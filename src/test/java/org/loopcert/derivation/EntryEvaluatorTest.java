package org.loopcert.derivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.loopcert.derivation.EntryCheckTest.blocks;
import static org.loopcert.derivation.EntryCheckTest.equal;
import static org.loopcert.derivation.EntryCheckTest.f;
import static org.loopcert.derivation.EntryCheckTest.number;
import static org.loopcert.derivation.EntryCheckTest.power;
import static org.loopcert.derivation.EntryCheckTest.sum;
import static org.loopcert.derivation.EntryCheckTest.times;
import static org.loopcert.derivation.EntryCheckTest.tr;

import ch.obermuhlner.math.big.BigRational;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.loopcert.derivation.EntryCheckTest.Terms;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Formula.Relation;
import org.loopcert.kernel.proof.IllTyped;
import org.loopcert.kernel.proof.LinearForm;
import org.loopcert.kernel.proof.Shape;
import org.loopcert.kernel.proof.Term;
import org.loopcert.kernel.proof.Term.Kind;
import org.loopcert.ring.RationalField;

/** Values computed by hand, at n = 3, d = 2. */
class EntryEvaluatorTest {
    private static final LinearForm D = LinearForm.variable("d");
    private static final LinearForm ONE = LinearForm.ONE;
    private static final LinearForm TWO = LinearForm.of(2);

    private final Map<String, BigRational> values = new HashMap<>();
    private Terms t;
    private Term a;
    private Term b;
    private Term u;

    @BeforeEach
    void point() throws IllTyped {
        t = EntryCheckTest.usual();
        give("A", 1, 2, 3, 4);
        give("B", 0, 1, 1, 0);
        give("S", 2, 1, 1, 2);
        values.put("u[1]", RationalField.of(3, 1));
        values.put("u[2]", RationalField.of(-4, 1));
        values.put("a", RationalField.of(-9, 4));
        a = t.of("A");
        b = t.of("B");
        u = t.of("u");
    }

    private void give(String name, long... entries) {
        for (int i = 0; i < 4; i++) {
            values.put(name + "[" + (i / 2 + 1) + "," + (i % 2 + 1) + "]", RationalField.of(entries[i], 1));
        }
    }

    private EntryEvaluator evaluator() {
        return new EntryEvaluator(t.context(), Map.of("n", 3, "d", 2, "T", 5), values);
    }

    private String value(Term term) {
        return evaluator().evaluate(term).toLists().stream()
                .map(row -> row.stream().map(RationalField.INSTANCE::show).toList())
                .toList()
                .toString();
    }

    @Test
    void matrices() throws IllTyped {
        assertThat(value(times(a, b))).isEqualTo("[[2, 1], [4, 3]]");
        assertThat(value(times(b, a))).isEqualTo("[[3, 4], [1, 2]]");
        assertThat(value(times(a, u))).isEqualTo("[[-5], [-7]]");
        assertThat(value(times(tr(u), a))).isEqualTo("[[-9, -10]]");
        assertThat(value(times(a, number(2)))).isEqualTo("[[2, 4], [6, 8]]");
        assertThat(value(Term.hadamard(a, b))).isEqualTo("[[0, 2], [3, 0]]");
        assertThat(value(tr(a))).isEqualTo("[[1, 3], [2, 4]]");
        assertThat(value(Term.inverse(a))).isEqualTo("[[-2, 1], [3/2, -1/2]]");
        assertThat(value(Term.inverse(b))).isEqualTo("[[0, 1], [1, 0]]");
        assertThat(value(power(a, 2))).isEqualTo("[[7, 10], [15, 22]]");
        assertThat(value(power(a, 0))).isEqualTo("[[1, 0], [0, 1]]");
        assertThat(value(power(a, -1))).isEqualTo(value(Term.inverse(a)));
        assertThat(value(Term.power(b, LinearForm.variable("T")))).isEqualTo("[[0, 1], [1, 0]]");
        assertThat(value(f(Kind.TRACE, a))).isEqualTo("[[5]]");
        assertThat(value(f(Kind.DIAG, u))).isEqualTo("[[3, 0], [0, -4]]");
        assertThat(value(Term.quotient(u, t.of("a")))).isEqualTo("[[-4/3], [16/9]]");
    }

    @Test
    void piecesOfMatrices() throws IllTyped {
        Term z = blocks(2, a, u, tr(u), t.of("a"));
        assertThat(value(z)).isEqualTo("[[1, 2, 3], [3, 4, -4], [3, -4, -9/4]]");
        assertThat(value(Term.slice(z, TWO, LinearForm.of(3), ONE, TWO))).isEqualTo("[[3, 4], [3, -4]]");
        assertThat(value(Term.unit(LinearForm.variable("n"), TWO))).isEqualTo("[[0], [1], [0]]");
        assertThat(value(Term.ones(new Shape(ONE, D)))).isEqualTo("[[1, 1]]");
        assertThat(value(Term.zero(new Shape(D, ONE)))).isEqualTo("[[0], [0]]");
        assertThat(value(Term.identity(D))).isEqualTo("[[1, 0], [0, 1]]");
        LinearForm i = LinearForm.variable("i");
        assertThat(value(Term.indexSum("i", ONE, D, times(Term.integer(i), Term.slice(a, i, i, ONE, D)))))
                .isEqualTo("[[7, 10]]");
        assertThat(value(Term.integer(LinearForm.variable("n").plus(-1)))).isEqualTo("[[2]]");
    }

    @Test
    void rootsAndEigenvalues() throws IllTyped {
        assertThat(value(f(Kind.NORM, u))).isEqualTo("[[5]]");
        assertThat(value(f(Kind.NORM_INF, u))).isEqualTo("[[4]]");
        assertThat(value(f(Kind.ABS, t.of("a")))).isEqualTo("[[9/4]]");
        assertThat(value(f(Kind.SQRT, f(Kind.ABS, t.of("a"))))).isEqualTo("[[3/2]]");
        assertThat(value(f(Kind.LAMBDA_MAX, t.of("S")))).isEqualTo("[[3]]");
        assertThat(value(f(Kind.LAMBDA_MIN, t.of("S")))).isEqualTo("[[1]]");
        assertThat(value(f(Kind.LAMBDA_MIN, f(Kind.DIAG, u)))).isEqualTo("[[-4]]");
        assertThat(value(f(Kind.SPECTRAL_NORM, t.of("S")))).isEqualTo("[[3]]");
        assertThat(value(f(Kind.SPECTRAL_NORM, f(Kind.DIAG, u)))).isEqualTo("[[4]]");
        assertThat(value(f(Kind.SPECTRAL_NORM, tr(u)))).isEqualTo("[[5]]");
        assertThat(value(f(Kind.EXP_ENTRYWISE, Term.zero(new Shape(ONE, D))))).isEqualTo("[[1, 1]]");
        assertThat(value(f(Kind.LOG, number(1)))).isEqualTo("[[0]]");
    }

    @Test
    void formulas() throws IllTyped {
        Term s = t.of("S");
        Term identity = Term.identity(D);
        assertThat(holds(Formula.compare(Relation.LOEWNER, s, times(number(3), identity))))
                .isTrue();
        assertThat(holds(Formula.compare(Relation.LOEWNER, times(number(3), identity), s)))
                .isFalse();
        assertThat(holds(Formula.compare(Relation.LOEWNER, identity, s))).isTrue();
        // positive on the diagonal, but not symmetric
        assertThat(holds(Formula.compare(
                        Relation.LOEWNER, Term.zero(new Shape(D, D)), sum(a, times(number(9), identity)))))
                .isFalse();
        // zero in the corner that leads, negative in the other
        assertThat(holds(Formula.compare(
                        Relation.LOEWNER,
                        Term.zero(new Shape(D, D)),
                        f(Kind.DIAG, EntryCheckTest.minus(u, times(number(3), Term.unit(D, ONE)))))))
                .isFalse();
        assertThat(holds(Formula.invertible(a))).isTrue();
        assertThat(holds(Formula.invertible(times(u, tr(u))))).isFalse();
        assertThat(holds(Formula.compare(Relation.BELOW, t.of("a"), number(0)))).isTrue();
        assertThat(holds(Formula.compare(Relation.BELOW, number(0), number(0)))).isFalse();
        assertThat(holds(Formula.compare(Relation.AT_MOST, number(0), number(0))))
                .isTrue();
        assertThat(holds(Formula.compare(Relation.DIFFERENT, number(0), number(0))))
                .isFalse();
        assertThat(holds(equal(a, tr(a)))).isFalse();
    }

    private boolean holds(Formula formula) {
        return evaluator().holds(formula);
    }

    @Test
    void whatHasNoValueIsRefused() throws IllTyped {
        refuses(Term.quotient(a, number(0)), EntryFailure.Cause.UNDEFINED, "division by zero");
        refuses(Term.inverse(times(u, tr(u))), EntryFailure.Cause.UNDEFINED, "singular");
        refuses(f(Kind.SQRT, t.of("a")), EntryFailure.Cause.UNDEFINED, "negative");
        refuses(f(Kind.SQRT, number(2)), EntryFailure.Cause.IRRATIONAL, "no square");
        refuses(f(Kind.EXP, number(1)), EntryFailure.Cause.IRRATIONAL, "exponential");
        refuses(f(Kind.LAMBDA_MAX, a), EntryFailure.Cause.UNDEFINED, "not symmetric");
        refuses(Term.unit(D, LinearForm.variable("n")), EntryFailure.Cause.UNDEFINED, "outside");
        refuses(Term.slice(a, ONE, LinearForm.of(3), ONE, ONE), EntryFailure.Cause.UNDEFINED, "outside");
        refuses(t.of("y"), EntryFailure.Cause.UNSUPPORTED, "no value of y[1]");
    }

    private void refuses(Term term, EntryFailure.Cause cause, String why) {
        assertThatThrownBy(() -> evaluator().evaluate(term))
                .isInstanceOfSatisfying(EntryFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(cause))
                .hasMessageContaining(why);
    }

    @Test
    void shapesRespectWhatIsKnownOfIntegers() throws IllTyped {
        Term n = Term.integer(LinearForm.variable("n"));
        Formula moreRows = Formula.compare(Relation.BELOW, Term.integer(D.plus(1)), n);
        List<Map<String, Integer>> shapes =
                EntryShapes.choose(t.context(), equal(tr(t.of("X")), tr(t.of("X"))), List.of(moreRows));
        assertThat(shapes)
                .hasSizeGreaterThan(1)
                .allSatisfy(shape -> assertThat(shape.get("n")).isGreaterThan(shape.get("d") + 1))
                .anySatisfy(shape -> assertThat(shape.get("d")).isGreaterThan(1));
        Formula never = Formula.compare(Relation.BELOW, n, number(1));
        assertThat(EntryShapes.choose(t.context(), never, List.of(never))).isEmpty();
    }
}
