package org.loopcert.kernel.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.loopcert.derivation.Derivation;
import org.loopcert.derivation.DerivationReader;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Formula.ForAll;
import org.loopcert.kernel.proof.Formula.Relation;
import org.loopcert.kernel.proof.Formula.Variable;
import org.loopcert.kernel.proof.LinearForm;
import org.loopcert.kernel.proof.Shape;
import org.loopcert.kernel.proof.Term;
import org.loopcert.kernel.value.NotACounterexample.Reason;

class CounterexampleTest {
    /** Values as a test writes them: {@code n = 2; X = 1, 1/2; 0, 3; s@0 = 1 | 2}. */
    static Values values(String... lines) {
        Map<String, BigInteger> integers = new LinkedHashMap<>();
        Map<String, Matrix> matrices = new LinkedHashMap<>();
        Map<String, Values.Sequence> sequences = new LinkedHashMap<>();
        for (String line : lines) {
            String[] parts = line.split(" = ");
            String name = parts[0].strip();
            if (name.startsWith("#")) {
                integers.put(name.substring(1), new BigInteger(parts[1].strip()));
            } else if (name.contains("@")) {
                List<Matrix> table = new ArrayList<>();
                for (String each : parts[1].split("\\|")) {
                    table.add(matrix(each));
                }
                String[] start = name.split("@");
                sequences.put(start[0], new Values.Sequence(new BigInteger(start[1]), table));
            } else {
                matrices.put(name, matrix(parts[1]));
            }
        }
        return new Values(integers, matrices, sequences);
    }

    static Matrix matrix(String text) {
        List<List<Fraction>> rows = new ArrayList<>();
        for (String row : text.split(";")) {
            List<Fraction> entries = new ArrayList<>();
            for (String each : row.split(",")) {
                String[] parts = each.strip().split("/");
                entries.add(Fraction.of(new BigInteger(parts[0]), new BigInteger(parts.length > 1 ? parts[1] : "1")));
            }
            rows.add(entries);
        }
        return Matrix.of(rows);
    }

    /** The last statement of the derivation, without assumptions. */
    static Counterexample check(String derivation, Values values) throws Exception {
        Derivation read = DerivationReader.read("test", derivation);
        assertThat(read.diagnostics()).isEmpty();
        return Counterexample.check(
                read.context(),
                List.of(),
                read.statements()
                        .get(read.statements().size() - 1)
                        .formula()
                        .value()
                        .orElseThrow(),
                values);
    }

    static void refuses(Reason reason, String derivation, Values values) {
        assertThatThrownBy(() -> check(derivation, values))
                .isInstanceOfSatisfying(NotACounterexample.class, each -> assertThat(each.reason())
                        .isEqualTo(reason));
    }

    private static final String DESCENT = """
            dimension d
            matrix G in R^{d x d}
            vector b in R^d
            scalar eta
            integer T
            sequence theta in R^d
            assume G symmetric
            assume 0 < eta
            assume descent: for all t >= 0: theta(t+1) = theta(t) - eta (G theta(t) - b)
            """;

    @Test
    void aWrongDescentLemma() throws Exception {
        Counterexample found = check(
                DESCENT + "claim ||G theta(T) - b||_2 <= ||G theta(0) - b||_2\n",
                values("#d = 1", "#T = 5", "G = 2", "b = 0", "eta = 2", "theta@0 = 1"));
        assertThat(found.sides().get(0)).isEqualTo(matrix("486"));
        assertThat(found.sides().get(1)).isEqualTo(matrix("2"));
        refuses(
                Reason.LINE_TRUE,
                DESCENT + "claim ||G theta(T) - b||_2 <= ||G theta(0) - b||_2\n",
                values("#d = 1", "#T = 5", "G = 2", "b = 0", "eta = 1/2", "theta@0 = 1"));
    }

    /** x^2 is at most x for all x of at least 2 and integers k between 1 and 3, or so it says. */
    private static Formula quantified() throws Exception {
        Term x = Term.symbol("x", Shape.SCALAR);
        Term k = Term.integer(LinearForm.variable("k"));
        Formula above = Formula.compare(Relation.AT_MOST, Term.number(2), x);
        Formula below = Formula.compare(Relation.AT_MOST, k, Term.number(3));
        Formula body = Formula.compare(Relation.AT_MOST, Term.power(x, LinearForm.of(2)), Term.product(List.of(k, x)));
        return new ForAll(
                List.of(Variable.of("x", Shape.SCALAR)),
                List.of(above),
                new ForAll(List.of(Variable.integer("k", 1)), List.of(below), body));
    }

    @Test
    void valuesOfWhatTheLineBindsSatisfyItsConditions() throws Exception {
        Context context = new Context.Builder().context();
        Counterexample found = Counterexample.check(context, List.of(), quantified(), values("x = 4", "#k = 3"));
        assertThat(found.sides()).containsExactly(matrix("16"), matrix("12"));
        assertThat(found.place()).contains(List.of(0, 0));
        assertThat(found.refuted()).isInstanceOf(Formula.Comparison.class);
        Map<Values, Reason> refused = new LinkedHashMap<>();
        refused.put(values("x = 3", "#k = 3"), Reason.LINE_TRUE);
        refused.put(values("x = 1", "#k = 3"), Reason.NOT_MET);
        refused.put(values("x = 5", "#k = 4"), Reason.NOT_MET);
        refused.put(values("x = 5", "#k = 0"), Reason.RANGE);
        refused.put(values("x = 5; 6", "#k = 1"), Reason.SHAPE);
        refused.put(values("#k = 1"), Reason.MISSING);
        refused.put(values("x = 5"), Reason.MISSING);
        refused.put(values("x = 5", "k = 1"), Reason.NAME);
        refused.put(values("x = 5", "#k = 1", "y = 1"), Reason.NAME);
        refused.forEach((values, reason) -> assertThatThrownBy(
                        () -> Counterexample.check(context, List.of(), quantified(), values))
                .isInstanceOfSatisfying(
                        NotACounterexample.class,
                        not -> assertThat(not.reason()).as(not.getMessage()).isEqualTo(reason)));
    }

    @Test
    void assumptionsAreTrueAtTheValues() throws Exception {
        Context context = new Context.Builder().symbol("a", Shape.SCALAR).context();
        Term a = Term.symbol("a", Shape.SCALAR);
        Formula line = Formula.equal(a, Term.number(3));
        Formula one = Formula.compare(Relation.BELOW, a, Term.number(2));
        Formula two = Formula.compare(Relation.DIFFERENT, a, Term.number(1));
        assertThat(Counterexample.check(context, List.of(one, two), line, values("a = 0"))
                        .sides())
                .containsExactly(matrix("0"), matrix("3"));
        assertThatThrownBy(() -> Counterexample.check(context, List.of(one, two), line, values("a = 1")))
                .isInstanceOfSatisfying(NotACounterexample.class, not -> {
                    assertThat(not.reason()).isEqualTo(Reason.NOT_MET);
                    assertThat(not.where()).isEqualTo("assumption 2");
                });
        assertThatThrownBy(() -> Counterexample.check(context, List.of(two, one), line, values("a = 2")))
                .isInstanceOfSatisfying(NotACounterexample.class, not -> {
                    assertThat(not.reason()).isEqualTo(Reason.NOT_MET);
                    assertThat(not.where()).isEqualTo("assumption 2");
                });
        Formula unknown = Formula.equal(Term.symbol("b", Shape.SCALAR), a);
        for (List<Formula> assumptions : List.of(List.of(unknown), List.<Formula>of())) {
            Formula judged = assumptions.isEmpty() ? unknown : line;
            assertThatThrownBy(() -> Counterexample.check(context, assumptions, judged, values("a = 0", "b = 0")))
                    .isInstanceOfSatisfying(NotACounterexample.class, not -> assertThat(not.reason())
                            .isEqualTo(Reason.ILL_TYPED));
        }
    }
}
