package org.loopcert.kernel.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
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

    /** A derivation, the values that refute its claim, and values or claims that do not, each by one flaw. */
    record Flaw(Reason reason, String where, String derivation, Values values) {}

    private static Flaw flaw(Reason reason, String where, String derivation, String... values) {
        return new Flaw(reason, where, derivation, values(values));
    }

    private static final String SIGNED = """
            dimension n
            vector x in R^n
            scalar a, b
            assume 0 < a
            claim a x'x <= b
            """;

    private static final String NEXT = """
            scalar a
            sequence s
            integer T
            assume next: for all t >= 0: s(t+1) = a s(t)
            """;

    private static String sequence(String hypotheses, String claim) {
        return "scalar a\nsequence s, r\ninteger T\n" + hypotheses + "\nclaim " + claim + "\n";
    }

    private static String scalar(String claim) {
        return "scalar a\ninteger k\nclaim " + claim + "\n";
    }

    private static String matrices(String claim) {
        return "dimension n\nmatrix A, B in R^{n x n}\nvector v in R^n\ninteger k\nclaim " + claim + "\n";
    }

    @TestFactory
    Stream<DynamicTest> refusesForTheReason() {
        return Stream.of(
                        flaw(Reason.NOT_MET, "hypothesis 1", SIGNED, "#n = 1", "x = 1", "a = -1", "b = -2"),
                        flaw(Reason.NOT_MET, "hypothesis 1", SIGNED, "#n = 1", "x = 1", "a = 0", "b = -2"),
                        flaw(Reason.LINE_TRUE, "line", SIGNED, "#n = 1", "x = 1", "a = 1", "b = 1"),
                        flaw(Reason.MISSING, "line", SIGNED, "#n = 1", "x = 1", "a = 1"),
                        flaw(Reason.MISSING, "hypothesis 1", SIGNED, "#n = 1", "x = 1", "b = -2"),
                        flaw(Reason.MISSING, "values", SIGNED, "x = 1", "a = 1", "b = -2"),
                        flaw(Reason.SHAPE, "values", SIGNED, "#n = 1", "x = 1; 2", "a = 1", "b = -2"),
                        flaw(Reason.SHAPE, "values", SIGNED, "#n = 2", "x = 1, 2", "a = 1", "b = -2"),
                        flaw(Reason.RANGE, "values", SIGNED, "#n = 0", "a = 1", "b = -2"),
                        flaw(Reason.RANGE, "values", SIGNED, "#n = 1", "#m = 1", "x = 1", "a = 1", "b = -2"),
                        flaw(Reason.NAME, "values", SIGNED, "#n = 1", "x = 1", "a = 1", "b = -2", "c = 3"),
                        flaw(Reason.NAME, "values", SIGNED, "#n = 1", "x = 1", "a = 1", "b = -2", "a@0 = 3"),
                        flaw(Reason.NAME, "values", SIGNED, "#n = 1", "n = 1", "x = 1", "a = 1", "b = -2"),
                        flaw(Reason.LIMIT, "values", SIGNED, "#n = 101", "a = 1", "b = -2"),
                        flaw(Reason.LIMIT, "line", scalar("2^k <= 0"), "#k = 100001"),
                        flaw(Reason.LIMIT, "line", scalar("sum_{i=1}^{k} 1 <= 0"), "#k = 100001"),
                        flaw(Reason.LIMIT, "line", scalar("exp(a) <= 0"), "a = 5000"),
                        flaw(Reason.LIMIT, "line", scalar("((a^1000)^1000)^1000 <= 0"), "a = 3"),
                        flaw(Reason.UNDEFINED, "line", scalar("1/a = 2"), "a = 0"),
                        flaw(Reason.UNDEFINED, "line", scalar("0 * (1/a) = 2"), "a = 0"),
                        flaw(Reason.UNDEFINED, "line", scalar("sqrt(a) = 2"), "a = -1"),
                        flaw(Reason.UNDEFINED, "line", scalar("log(a) = 2"), "a = 0"),
                        flaw(Reason.UNDEFINED, "line", scalar("log(a) = 2"), "a = -1/2"),
                        flaw(Reason.UNDEFINED, "line", scalar("a^{-k} = 2"), "a = 0", "#k = 1"),
                        flaw(
                                Reason.UNDEFINED,
                                "line",
                                matrices("A^-1 = B"),
                                "#n = 2",
                                "A = 1, 2; 2, 4",
                                "B = 1, 2; 2, 4"),
                        flaw(Reason.UNDEFINED, "line", matrices("v[k] = 2"), "#n = 2", "#k = 3", "v = 1; 1"),
                        flaw(Reason.UNDEFINED, "line", matrices("v[k] = 2"), "#n = 2", "#k = 0", "v = 1; 1"),
                        flaw(Reason.UNDEFINED, "line", matrices("v'e_k = 2"), "#n = 2", "#k = 3", "v = 1; 1"),
                        flaw(Reason.UNDEFINED, "line", matrices("v[1:k]'v[1:k] = 2"), "#n = 2", "#k = 3", "v = 1; 1"),
                        flaw(Reason.RANGE, "line", matrices("v[2:k]'v[2:k] = 2"), "#n = 2", "#k = 1", "v = 1; 1"),
                        flaw(Reason.UNDEFINED, "line", matrices("lambda_max(A) = 2"), "#n = 2", "A = 1, 2; 3, 4"),
                        flaw(Reason.UNDEFINED, "line", matrices("lambda_min(A) = 2"), "#n = 2", "A = 1, 2; 3, 4"),
                        flaw(Reason.LINE_NOT_DECIDED, "line", scalar("sqrt(2)sqrt(8) = 4"), "a = 0"),
                        flaw(Reason.LINE_NOT_DECIDED, "line", scalar("sqrt(2)sqrt(8) < 4"), "a = 0"),
                        flaw(Reason.LINE_NOT_DECIDED, "line", scalar("1/(sqrt(2)sqrt(8) - 4) < 4"), "a = 0"),
                        flaw(Reason.LINE_NOT_DECIDED, "line", scalar("sqrt(sqrt(2)sqrt(8) - 4) < 0"), "a = 0"),
                        flaw(Reason.LINE_NOT_DECIDED, "line", scalar("log(sqrt(2)sqrt(8) - 4) < 0"), "a = 0"),
                        flaw(Reason.LINE_NOT_DECIDED, "line", scalar("[sqrt(2)sqrt(8) - 4] <<= 0"), "a = 0"),
                        flaw(
                                Reason.LINE_NOT_DECIDED,
                                "line",
                                matrices("(sqrt(2)sqrt(8) - 4) A invertible"),
                                "#n = 1",
                                "A = 1"),
                        flaw(
                                Reason.LINE_NOT_DECIDED,
                                "line",
                                matrices("lambda_max(sqrt(2) A) <= 0"),
                                "#n = 1",
                                "A = 1"),
                        flaw(
                                Reason.NOT_DECIDED,
                                "hypothesis 1",
                                "scalar a\nassume sqrt(2) sqrt(8) = 4\nclaim a = 1",
                                "a = 0"),
                        flaw(
                                Reason.QUANTIFIER,
                                "hypothesis 1",
                                "function f : R -> R\nassume for all x in R: f(x) >= 0\nclaim 1 = 2"),
                        flaw(
                                Reason.QUANTIFIER,
                                "hypothesis 1",
                                "function f : R -> R\nassume for all x in R: f(x + 1) = x\nclaim 1 = 2"),
                        flaw(
                                Reason.QUANTIFIER,
                                "hypothesis 1",
                                "function f : R -> R\nassume for all x in R with 0 < x: f(x) = x\nclaim 1 = 2"),
                        flaw(
                                Reason.QUANTIFIER,
                                "hypothesis 1",
                                "function f : R x R -> R\nassume for all x, y in R: f(x, x) = y\nclaim 1 = 2"),
                        flaw(
                                Reason.QUANTIFIER,
                                "hypothesis 1",
                                sequence("assume for all t >= 0: 0 < s(t)", "s(0) = 2"),
                                "s@0 = 1"),
                        flaw(
                                Reason.QUANTIFIER,
                                "hypothesis 2",
                                NEXT + "assume for all t >= 1: s(t) = a s(t-1)\nclaim s(0) = 2",
                                "a = 2",
                                "s@0 = 1"),
                        flaw(
                                Reason.QUANTIFIER,
                                "hypothesis 1",
                                sequence("assume for all t >= 0: s(2 t) = a", "s(0) = 2"),
                                "a = 1",
                                "s@0 = 1"),
                        flaw(
                                Reason.QUANTIFIER,
                                "hypothesis 1",
                                sequence("assume for all j >= 0, k >= 0 with j <= k: s(j) = s(k)", "s(0) = 2"),
                                "s@0 = 1"),
                        flaw(Reason.MISSING, "line", NEXT + "claim s(2) = 5", "a = 2", "#T = 1"),
                        flaw(Reason.MISSING, "line", NEXT + "claim s(T - 1) = 5", "a = 2", "#T = 0", "s@0 = 1"),
                        flaw(Reason.NOT_MET, "hypothesis 1", NEXT + "claim s(2) = 5", "a = 2", "s@0 = 1 | 3"),
                        flaw(Reason.MISSING, "hypothesis 1", NEXT + "claim s(2) = 5", "a = 2", "s@1 = 1 | 2"),
                        flaw(Reason.MISSING, "line", sequence("", "s(2) = 5"), "a = 2", "s@0 = 1 | 2"),
                        flaw(
                                Reason.MISSING,
                                "line",
                                sequence("assume for all 0 <= t < 3: s(t+1) = s(t)", "s(9) = 2"),
                                "s@0 = 1 | 1 | 1 | 1"),
                        flaw(
                                Reason.NOT_MET,
                                "hypothesis 1",
                                sequence("assume for all 0 <= t < T: s(t) = 1", "s(0) = 2"),
                                "#T = 3",
                                "s@0 = 1 | 1 | 2"),
                        flaw(
                                Reason.MISSING,
                                "line",
                                "function h : N -> R, g : R x N -> R\n"
                                        + "assume for all x in R, j >= 2: g(x, j) = x\nclaim g(1, 1) = 2"))
                .map(each -> DynamicTest.dynamicTest(
                        each.reason() + ": "
                                + each.derivation().lines().reduce((a, b) -> b).orElse(""),
                        () -> assertThatThrownBy(() -> check(each.derivation(), each.values()))
                                .isInstanceOfSatisfying(NotACounterexample.class, not -> {
                                    assertThat(not.reason())
                                            .as(not.getMessage())
                                            .isEqualTo(each.reason());
                                    assertThat(not.where()).as(not.getMessage()).isEqualTo(each.where());
                                })));
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

    private static void circular(String hypotheses, String... values) {
        refuses(
                Reason.CIRCULAR,
                "scalar a\nsequence s, r\ninteger T\n" + hypotheses + "\nclaim s(0) = 7",
                values(values));
    }

    @Test
    void recurrencesReferToWhatIsThereBefore() {
        circular("assume for all t >= 0: s(t+1) = s(t+1) + a", "s@0 = 1");
        circular("assume for all t >= 0: s(t+1) = s(t+2)", "s@0 = 1");
        circular("assume for all t >= 0: s(t) = s(t)", "s@0 = 1");
        circular("assume for all t >= 0: s(t+1) = s(2 t)", "s@0 = 1");
        circular("assume for all t >= 0: s(t+1) = s(2 t - 9)", "s@0 = 1");
        circular("assume for all t >= 0: s(t+1) = s(9)", "s@0 = 1");
        circular("assume for all t >= 0: s(t+1) = s(T)", "s@0 = 1", "#T = 1");
        circular("assume for all t >= 0: s(t+1) = s(3 - t)", "s@0 = 1");
        circular("assume for all t >= 0: s(t+1) = s(t) + 0 * (a - s(t+1))", "s@0 = 1");
        circular("assume for all t >= 0: s(t+1) = sum_{i=0}^{t+1} s(i)", "s@0 = 1");
        circular("assume for all t >= 0: s(t+1) = sum_{i=0}^{t} s(t + 1 - i)", "s@0 = 1");
        circular("assume for all t >= 0: s(t+1) = sum_{i=0}^{t} (sum_{j=i}^{i+1} s(j))", "s@0 = 1");
        circular("define e(t >= 0) := s(t + 1)\nassume for all t >= 0: s(t+1) = e(t)", "s@0 = 1");
        circular("define e := s(4)\nassume for all t >= 0: s(t+1) = e", "s@0 = 1");
        circular("assume for all t >= 0 with s(t+1) < 2: s(t+1) = a", "s@0 = 1");
        circular("assume for all t >= 0 with 2 < s(t+1): s(t+1) = a", "s@0 = 1");
        circular(
                "assume for all t >= 0: s(t+1) = r(t+1)\nassume for all t >= 0: r(t+1) = s(t+1)", "s@0 = 1", "r@0 = 1");
        circular("assume for all t >= 0: s(t+1) = r(t+1)\nassume for all t >= 0: r(t+1) = s(t)", "s@0 = 1", "r@0 = 1");
        circular("function f : R -> R\nassume for all x in R: f(x) = f(x) + 1");
        circular(
                "function f : R -> R, g : R -> R\nassume for all x in R: f(x) = g(x)\nassume for all x in R: g(x) = f(x)");
        circular(
                "function f : R -> R\nassume for all x in R: f(x) = s(3)\nassume for all t >= 0: s(t+1) = f(s(t))",
                "s@0 = 1");
    }

    private static void refutes(String hypotheses, String claim, String left, String... values) throws Exception {
        String text = "scalar a\nsequence s, r\ninteger T\n" + hypotheses + "\nclaim " + claim;
        assertThat(check(text, values(values)).sides().get(0)).isEqualTo(matrix(left));
    }

    @Test
    void recurrencesSayHowSequencesGoOn() throws Exception {
        refutes("assume for all t >= 0: s(t+1) = s(t) + a", "s(T) = 0", "2001", "a = 2", "#T = 1000", "s@0 = 1");
        refutes("assume for all t >= 0: s(t) + a = s(t+1)", "s(T) = 0", "21", "a = 2", "#T = 10", "s@0 = 1");
        refutes("assume for all t >= 0: s(t+2) = s(t+1) + s(t)", "s(9) = 0", "55", "s@0 = 1 | 1");
        refutes("assume for all t >= 0: s(t) = a^t", "s(5) = 0", "32", "a = 2");
        refutes("assume for all t >= 0: s(t+T) = s(t)", "s(7) = 0", "5", "s@0 = 3 | 5", "#T = 2");
        refutes("assume for all t >= 0: s(t+1) = s(0) + t", "s(7) = 0", "9", "s@0 = 3");
        refutes("assume for all t >= 1: s(t+1) = s(t) + s(1)", "s(4) = 0", "20", "s@0 = 3 | 5");
        refutes("assume for all t >= 0: s(t+1) = sum_{i=0}^{t} s(t - i)", "s(4) = 0", "8", "s@0 = 1");
        refutes(
                "assume for all t >= 0: s(t+1) = s(t) + r(t)\nassume for all t >= 0: r(t+1) = s(t+1)",
                "s(3) = 0",
                "4",
                "s@0 = 1",
                "r@0 = 0");
        refutes("assume for all t >= 0: s(t+1) = r(t+3)", "s(1) = 0", "4", "s@0 = 1", "r@0 = 1 | 2 | 3 | 4");
        refutes("assume for all t >= 0 with t < T: s(t+1) = a", "s(2) = 0", "2", "a = 2", "#T = 2", "s@0 = 1");
        refutes("assume for all 0 <= t < T: s(t) = 3 - t", "s(1) = 0", "2", "#T = 3", "s@0 = 3 | 2 | 1 | 7");
        refutes(
                "function f : R -> R, g : R -> R\nassume for all x in R: f(x) = x^2\nassume for all x in R: g(x) = f(x) + s(0)\n"
                        + "assume for all t >= 0: r(t+1) = g(r(t))",
                "r(2) = 0",
                "26",
                "s@0 = 1",
                "r@0 = 2");
        refutes("define e(t >= 0) := s(t)\nassume for all t >= 0: s(t+1) = e(t) + 1", "s(3) = 0", "4", "s@0 = 1");
        refutes("assume for all t >= 0: s(t+1) = s(t)^{t - t}", "s(3) = 0", "1", "s@0 = 5");
    }

    @Test
    void whatIsInfiniteIsNotReadAsFinite() {
        refuses(
                Reason.QUANTIFIER,
                "sequence s\ninteger T\nassume for all t >= 0 with T <= t: s(t) <= 1\nclaim s(0) = 7",
                values("s@0 = 1", "#T = 3"));
        refuses(
                Reason.QUANTIFIER,
                "sequence s\nassume for all t >= 0 with s(t) <= 0: s(t) <= 1\nclaim s(0) = 7",
                values("s@0 = 1"));
        refuses(
                Reason.QUANTIFIER,
                "sequence s\nassume for all t >= 0 with t != 3: s(t) <= 1\nclaim s(0) = 7",
                values("s@0 = 1"));
        refuses(Reason.QUANTIFIER, "assume for all x in R with x <= 3: x <= 4\nclaim 1 = 2", values());
        refuses(
                Reason.LIMIT,
                "sequence s\nassume for all t >= 0 with t <= 20000: s(t) <= 1\nclaim s(0) = 7",
                values("s@0 = 1"));
    }
}
