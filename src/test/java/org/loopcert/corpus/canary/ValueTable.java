package org.loopcert.corpus.canary;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.loopcert.derivation.Derivation;
import org.loopcert.derivation.DerivationReader;
import org.loopcert.derivation.DerivationSyntaxException;
import org.loopcert.derivation.Judgement;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.Term;
import org.loopcert.kernel.value.Counterexample;
import org.loopcert.kernel.value.Evaluator;
import org.loopcert.kernel.value.Matrix;
import org.loopcert.kernel.value.NotACounterexample;
import org.loopcert.kernel.value.Values;

/** Terms with their values, formulas with their truth, and values that refute a claim or, by one flaw, do not. */
public final class ValueTable {
    /** What is asked of the kernel. */
    private enum Question {
        VALUE,
        TRUTH,
        /** The claim as it stands. */
        REFUTED,
        /** The claim for the free names of its proof, under its conditions. */
        JUDGED,
        /** Where both sides differ. */
        PLACE
    }

    /** A derivation with one claim, or the last of several, and what is to come out. */
    private record Row(Question question, String expected, String derivation, List<String> values) {}

    private static final List<Row> ROWS = new ArrayList<>();

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

    private static final String NAMES = """
            dimension n, d
            integer k, m
            matrix X in R^{n x d}, A in R^{d x d}, S in R^{d x d}, W in R^{n x d}
            vector u in R^d, y in R^n
            scalar a, b
            sequence s
            sequence theta in R^d
            define G := X'X
            define grad(v in R^d; j >= 0) := G v - a^j u
            """;

    private static final List<String> VALUES = List.of(
            "#n = 3",
            "#d = 2",
            "#k = 2",
            "#m = 5",
            "X = 1, 2; 0, 1/2; -3, 1",
            "W = 1, 0; 0, 2; 1, 1",
            "A = 1, 2; 3, 4",
            "S = 2, 1; 1, 2",
            "u = 3; -4",
            "y = 1; -7/2; 2",
            "a = 1/2",
            "b = -3",
            "s@0 = 1 | 4 | 9",
            "theta@1 = 1; 2 | 3; 4");

    /** A term and its value, by hand. */
    private static final List<String> EXACT = List.of(
            "k + 1 = 3",
            "k^2 m - 3 k = 14",
            "7/3 = 7/3",
            "a = 1/2",
            "s(k) = 9",
            "s(k - 1) = 4",
            "theta(k) = 3; 4",
            "theta(1)'u = -5",
            "0_{2 x 3} = 0, 0, 0; 0, 0, 0",
            "I_d = 1, 0; 0, 1",
            "1_{2 x 3} = 1, 1, 1; 1, 1, 1",
            "e_{2, 3} = 0; 1; 0",
            "e_{k, m} = 0; 1; 0; 0; 0",
            "A + S = 3, 3; 4, 6",
            "A - 2 S = -3, 0; 1, 0",
            "A S = 4, 5; 10, 11",
            "X A = 7, 10; 3/2, 2; 0, -2",
            "a X = 1/2, 1; 0, 1/4; -3/2, 1/2",
            "X a = 1/2, 1; 0, 1/4; -3/2, 1/2",
            "a u'u b = -75/2",
            "u'A u = 13",
            "X o W = 1, 0; 0, 1; -3, 1",
            "X' = 1, 0, -3; 2, 1/2, 1",
            "A/b = -1/3, -2/3; -1, -4/3",
            "A^-1 = -2, 1; 3/2, -1/2",
            "inv(S) = 2/3, -1/3; -1/3, 2/3",
            "A^2 = 7, 10; 15, 22",
            "A^0 = 1, 0; 0, 1",
            "A^{k - m} = -59/4, 27/4; 81/8, -37/8",
            "a^{m - k} = 1/8",
            "b^{-2} = 1/9",
            "[X, y; u', a] = 1, 2, 1; 0, 1/2, -7/2; -3, 1, 2; 3, -4, 1/2",
            "[A, 0; 0, A] = 1, 2, 0, 0; 3, 4, 0, 0; 0, 0, 1, 2; 0, 0, 3, 4",
            "X[2:3, 1] = 0; -3",
            "X[k, :] = 0, 1/2",
            "X[3, 2] = 1",
            "sum_{i=1}^{n} y[i]^2 = 69/4",
            "sum_{i=1}^{n} X[i, :]' X[i, :] = 10, -1; -1, 21/4",
            "sum_{i=1}^{d} (sum_{j=i}^{d} A[i, j]) = 7",
            "sum_{i=3}^{k} i = 0",
            "exp(a - 1/2) = 1",
            "exp(0 u) = 1; 1",
            "log(2 a) = 0",
            "sqrt(a/2) = 1/2",
            "sqrt(0 a) = 0",
            "|b| = 3",
            "||u|| = 5",
            "||u'||_2 = 5",
            "||u||_1 = 7",
            "||u||_inf = 4",
            "||y||_inf = 7/2",
            "||[1, 2; 2, 4]||_F = 5",
            "specnorm([0, 2; 1, 0]) = 2",
            "specnorm([3, 0; 4, 0]) = 5",
            "specnorm([3, 4; 0, 0; 0, 0]) = 5",
            "specnorm(S) = 3",
            "||X - X|| = 0",
            "tr(A) = 5",
            "diag(u) = 3, 0; 0, -4",
            "lambda_max(S) = 3",
            "lambda_min(S) = 1",
            "lambda_max(-S) = -1",
            "lambda_max(S/7) = 3/7",
            "lambda_max([2, 0; 0, 2]) = 2",
            "lambda_min([a]) = 1/2",
            "lambda_max([2, 0, 1; 0, 1, 0; 1, 0, 2]) = 3",
            "lambda_min([2, 0, 1; 0, -1, 0; 1, 0, 2]) = -1",
            "lambda_max([-4, 2; 2, -1]) = 0",
            "G = 10, -1; -1, 21/4",
            "grad(u, k) = 133/4; -23",
            "grad(grad(u, 0), 1) = 657/2; -134",
            "||[a; 1]||^2 = 5/4",
            "||[1; 1]||^{-2} = 1/2",
            "||[1, 1]||^4 = 4");

    private static final List<String> TRUTH = List.of(
            "TRUE: a < 1",
            "FALSE: a < 1/2",
            "TRUE: a <= 1/2",
            "FALSE: a <= 1/3",
            "TRUE: b != a",
            "FALSE: b != -3",
            "FALSE: 2 X = X + W",
            "TRUE: X + W = W + X",
            "TRUE: S symmetric",
            "FALSE: A symmetric",
            "TRUE: A invertible",
            "FALSE: [1, 2; 2, 4] invertible",
            "FALSE: u u' invertible",
            "TRUE: 0 <<= S",
            "TRUE: S <<= 3 I",
            "FALSE: S <<= (29/10) I",
            "TRUE: u u' <<= 25 I",
            "FALSE: u u' <<= (249/10) I",
            "FALSE: 0 <<= A",
            "FALSE: 0 <<= [0, 1; 1, 5]",
            "TRUE: 0 <<= [0, 0; 0, 5]",
            "FALSE: 0 <<= [1, 2, 0; 2, 4, 1; 0, 1, 9]",
            "TRUE: 0 <<= [1, 2, 0; 2, 4, 0; 0, 0, 9]",
            "FALSE: 0 <<= [1, 2, 0; 2, 4, 0; 0, 0, -9]",
            "TRUE: sqrt(2) < 3/2",
            "FALSE: sqrt(2) <= 7/5",
            "TRUE: sqrt(2) != 7/5",
            "FALSE: sqrt(2) = 7/5",
            "FALSE: ||[1; 1]||^3 = 2",
            "TRUE: exp(sqrt(2)) < 42/10",
            "TRUE: log(sqrt(2)) < 35/100",
            "UNKNOWN: sqrt(2) sqrt(2) = 2",
            "UNKNOWN: sqrt(2) sqrt(2) <= 2",
            "UNKNOWN: sqrt(2) sqrt(2) < 2",
            "UNKNOWN: sqrt(2) sqrt(2) != 2",
            "TRUE: sqrt(2) sqrt(2) <= 2 + exp(-600)",
            "TRUE: exp(1) < 2718281828459045235360287471352662498/10^36",
            "FALSE: exp(1) <= 2718281828459045235360287471352662497/10^36",
            "TRUE: log(2) < 693147180559945309417232121459/10^30",
            "FALSE: log(2) <= 693147180559945309417232121458/10^30",
            "TRUE: (1 - a)^m <= exp(-a m)",
            "UNKNOWN: sqrt(2) I <<= sqrt(2) I_d",
            "FALSE: sqrt(2) A <<= sqrt(2) I_d",
            "TRUE: sqrt(2) S invertible",
            "TRUE: lambda_max(G) < 206/20",
            "FALSE: lambda_max(G) <= 10",
            "TRUE: ||X|| < 321/100",
            "FALSE: ||X|| <= 319/100",
            "UNKNOWN: ||sqrt(2) X|| < 454/100",
            "TRUE: inv(sqrt(2) S)[1, 1] < 5/10",
            "FALSE: inv(sqrt(2) S)[1, 1] < 4/10",
            "TRUE: ||exp(u)||_inf < 21",
            "TRUE: for all j in [n]: y[j] <= 2",
            "FALSE: for all j in [n]: y[j] <= 1",
            "TRUE: for all 1 <= i <= n, 1 <= j < i: 2 j < i + n",
            "FALSE: for all 1 <= i <= n, 1 <= j <= i: 2 j < i + n",
            "TRUE: for all 1 <= i <= k - 2: i < 0",
            "TRUE: for all j >= 1 with 3 <= 3 j, j < m/2: j <= 2",
            "FALSE: for all j >= 1 with 3 <= 3 j, j < m/2: j < 2",
            "FALSE: for all j in [n] with y[j] < 0: 0 < y[j]",
            "TRUE: for all j in [n] with y[j] < 0: y[j] < 0",
            "UNKNOWN: for all j in [n] with sqrt(2) sqrt(2) <= 2: y[j] < 0",
            "UNKNOWN: for all j in [n]: sqrt(j) sqrt(j) <= j",
            "TRUE: for all i in [n]: for all 1 <= j <= i: X[j, 1] <= 1");

    static {
        for (String each : EXACT) {
            int at = each.indexOf(" = ");
            String term = each.substring(0, at);
            String value = matrix(each.substring(at + 3)).toString();
            ROWS.add(new Row(Question.VALUE, value, NAMES + "claim " + term + " = " + term, VALUES));
        }
        for (String each : TRUTH) {
            String[] parts = each.split(": ", 2);
            ROWS.add(new Row(Question.TRUTH, parts[0], NAMES + "claim " + parts[1], VALUES));
        }
        flaws();
        infinite();
        circular();
        refuted();
        judged();
        more();
    }

    private ValueTable() {}

    private static void flaw(String reason, String where, String derivation, String... values) {
        ROWS.add(new Row(Question.REFUTED, reason + " in " + where, derivation, List.of(values)));
    }

    private static final String SEQUENCES = "scalar a\nsequence s, r\ninteger T\n";

    private static void circular(String hypotheses, String... values) {
        flaw("circular", "values", SEQUENCES + hypotheses + "\nclaim s(0) = 7", values);
    }

    private static void refutes(String hypotheses, String claim, String left, String... values) {
        String text = SEQUENCES + hypotheses + "\nclaim " + claim;
        ROWS.add(new Row(Question.REFUTED, "refuted at " + left, text, List.of(values)));
    }

    private static void flaws() {

        flaw("not-met", "hypothesis 1", SIGNED, "#n = 1", "x = 1", "a = -1", "b = -2");
        flaw("not-met", "hypothesis 1", SIGNED, "#n = 1", "x = 1", "a = 0", "b = -2");
        flaw("line-true", "line", SIGNED, "#n = 1", "x = 1", "a = 1", "b = 1");
        flaw("missing", "line", SIGNED, "#n = 1", "x = 1", "a = 1");
        flaw("missing", "hypothesis 1", SIGNED, "#n = 1", "x = 1", "b = -2");
        flaw("missing", "values", SIGNED, "x = 1", "a = 1", "b = -2");
        flaw("shape", "values", SIGNED, "#n = 1", "x = 1; 2", "a = 1", "b = -2");
        flaw("shape", "values", SIGNED, "#n = 2", "x = 1, 2", "a = 1", "b = -2");
        flaw("range", "values", SIGNED, "#n = 0", "a = 1", "b = -2");
        flaw("range", "values", SIGNED, "#n = 1", "#m = 1", "x = 1", "a = 1", "b = -2");
        flaw("name", "values", SIGNED, "#n = 1", "x = 1", "a = 1", "b = -2", "c = 3");
        flaw("name", "values", SIGNED, "#n = 1", "x = 1", "a = 1", "b = -2", "a@0 = 3");
        flaw("name", "values", SIGNED, "#n = 1", "n = 1", "x = 1", "a = 1", "b = -2");
        flaw("limit", "values", SIGNED, "#n = 101", "a = 1", "b = -2");
        flaw("limit", "line", scalar("2^k <= 0"), "#k = 100001");
        flaw("limit", "line", scalar("sum_{i=1}^{k} 1 <= 0"), "#k = 100001");
        flaw("limit", "line", scalar("exp(a) <= 0"), "a = 5000");
        flaw("limit", "line", scalar("((a^1000)^1000)^1000 <= 0"), "a = 3");
        flaw("undefined", "line", scalar("1/a = 2"), "a = 0");
        flaw("undefined", "line", scalar("0 * (1/a) = 2"), "a = 0");
        flaw("undefined", "line", scalar("sqrt(a) = 2"), "a = -1");
        flaw("undefined", "line", scalar("log(a) = 2"), "a = 0");
        flaw("undefined", "line", scalar("log(a) = 2"), "a = -1/2");
        flaw("undefined", "line", scalar("a^{-k} = 2"), "a = 0", "#k = 1");
        flaw("undefined", "line", matrices("A^-1 = B"), "#n = 2", "A = 1, 2; 2, 4", "B = 1, 2; 2, 4");
        flaw("undefined", "line", matrices("v[k] = 2"), "#n = 2", "#k = 3", "v = 1; 1");
        flaw("undefined", "line", matrices("v[k] = 2"), "#n = 2", "#k = 0", "v = 1; 1");
        flaw("undefined", "line", matrices("v'e_k = 2"), "#n = 2", "#k = 3", "v = 1; 1");
        flaw("undefined", "line", matrices("v[1:k]'v[1:k] = 2"), "#n = 2", "#k = 3", "v = 1; 1");
        flaw("range", "line", matrices("v[2:k]'v[2:k] = 2"), "#n = 2", "#k = 1", "v = 1; 1");
        flaw("undefined", "line", matrices("lambda_max(A) = 2"), "#n = 2", "A = 1, 2; 3, 4");
        flaw("undefined", "line", matrices("lambda_min(A) = 2"), "#n = 2", "A = 1, 2; 3, 4");
        flaw("line-not-decided", "line", scalar("sqrt(2)sqrt(8) = 4"), "a = 0");
        flaw("line-not-decided", "line", scalar("sqrt(2)sqrt(8) < 4"), "a = 0");
        flaw("line-not-decided", "line", scalar("1/(sqrt(2)sqrt(8) - 4) < 4"), "a = 0");
        flaw("line-not-decided", "line", scalar("sqrt(sqrt(2)sqrt(8) - 4) < 0"), "a = 0");
        flaw("line-not-decided", "line", scalar("log(sqrt(2)sqrt(8) - 4) < 0"), "a = 0");
        flaw("line-not-decided", "line", scalar("[sqrt(2)sqrt(8) - 4] <<= 0"), "a = 0");
        flaw("line-not-decided", "line", matrices("(sqrt(2)sqrt(8) - 4) A invertible"), "#n = 1", "A = 1");
        flaw("line-not-decided", "line", matrices("lambda_max(sqrt(2) A) <= 0"), "#n = 1", "A = 1");
        flaw("not-decided", "hypothesis 1", "scalar a\nassume sqrt(2) sqrt(8) = 4\nclaim a = 1", "a = 0");
        flaw("quantifier", "hypothesis 1", "function f : R -> R\nassume for all x in R: f(x) >= 0\nclaim 1 = 2");
        flaw("quantifier", "hypothesis 1", "function f : R -> R\nassume for all x in R: f(x + 1) = x\nclaim 1 = 2");
        flaw(
                "quantifier",
                "hypothesis 1",
                "function f : R -> R\nassume for all x in R with 0 < x: f(x) = x\nclaim 1 = 2");
        flaw(
                "quantifier",
                "hypothesis 1",
                "function f : R x R -> R\nassume for all x, y in R: f(x, x) = y\nclaim 1 = 2");
        flaw("quantifier", "hypothesis 1", sequence("assume for all t >= 0: 0 < s(t)", "s(0) = 2"), "s@0 = 1");
        flaw(
                "quantifier",
                "hypothesis 2",
                NEXT + "assume for all t >= 1: s(t) = a s(t-1)\nclaim s(0) = 2",
                "a = 2",
                "s@0 = 1");
        flaw(
                "quantifier",
                "hypothesis 1",
                sequence("assume for all t >= 0: s(2 t) = a", "s(0) = 2"),
                "a = 1",
                "s@0 = 1");
        flaw(
                "quantifier",
                "hypothesis 1",
                sequence("assume for all j >= 0, k >= 0 with j <= k: s(j) = s(k)", "s(0) = 2"),
                "s@0 = 1");
        flaw("missing", "line", NEXT + "claim s(2) = 5", "a = 2", "#T = 1");
        flaw("missing", "line", NEXT + "claim s(T - 1) = 5", "a = 2", "#T = 0", "s@0 = 1");
        flaw("not-met", "hypothesis 1", NEXT + "claim s(2) = 5", "a = 2", "s@0 = 1 | 3");
        flaw("missing", "hypothesis 1", NEXT + "claim s(2) = 5", "a = 2", "s@1 = 1 | 2");
        flaw("missing", "line", sequence("", "s(2) = 5"), "a = 2", "s@0 = 1 | 2");
        flaw(
                "missing",
                "line",
                sequence("assume for all 0 <= t < 3: s(t+1) = s(t)", "s(9) = 2"),
                "s@0 = 1 | 1 | 1 | 1");
        flaw(
                "not-met",
                "hypothesis 1",
                sequence("assume for all 0 <= t < T: s(t) = 1", "s(0) = 2"),
                "#T = 3",
                "s@0 = 1 | 1 | 2");
        flaw(
                "missing",
                "line",
                "function h : N -> R, g : R x N -> R\n"
                        + "assume for all x in R, j >= 2: g(x, j) = x\nclaim g(1, 1) = 2");
    }

    private static void infinite() {
        flaw(
                "quantifier",
                "hypothesis 1",
                "sequence s\ninteger T\nassume for all t >= 0 with T <= t: s(t) <= 1\nclaim s(0) = 7",
                "s@0 = 1",
                "#T = 3");
        flaw(
                "quantifier",
                "hypothesis 1",
                "sequence s\nassume for all t >= 0 with s(t) <= 0: s(t) <= 1\nclaim s(0) = 7",
                "s@0 = 1");
        flaw(
                "quantifier",
                "hypothesis 1",
                "sequence s\nassume for all t >= 0 with t != 3: s(t) <= 1\nclaim s(0) = 7",
                "s@0 = 1");
        flaw("quantifier", "hypothesis 1", "assume for all x in R with x <= 3: x <= 4\nclaim 1 = 2");
        flaw(
                "limit",
                "hypothesis 1",
                "sequence s\nassume for all t >= 0 with t <= 20000: s(t) <= 1\nclaim s(0) = 7",
                "s@0 = 1");
    }

    private static void circular() {
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

    private static void refuted() {
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

    private static void judged() {
        String bound = scalar("for all u in R with u <= 3: for all w in R with u < w: w <= u");
        ROWS.add(new Row(Question.REFUTED, "refuted at 2", bound, List.of("u_1 = 1", "w = 2")));
        ROWS.add(new Row(Question.REFUTED, "not-met in condition 1", bound, List.of("u_1 = 4", "w = 5")));
        ROWS.add(new Row(Question.REFUTED, "not-met in condition 2", bound, List.of("u_1 = 1", "w = 0")));
        ROWS.add(new Row(Question.REFUTED, "missing in values", bound, List.of("u_1 = 1")));
        ROWS.add(new Row(Question.REFUTED, "shape in values", bound, List.of("u_1 = 1", "w = 2; 3")));
        String judged = scalar("for all u in R with 0 < u, u < 3: for all w in R: w = u");
        ROWS.add(new Row(Question.JUDGED, "refuted", judged, List.of("u = 1", "w = 2")));
        ROWS.add(new Row(Question.JUDGED, "not-met in assumption 1", judged, List.of("u = 0", "w = 2")));
        ROWS.add(new Row(Question.JUDGED, "not-met in assumption 2", judged, List.of("u = 3", "w = 2")));
        ROWS.add(new Row(Question.JUDGED, "missing in values", judged, List.of("u = 1")));
        List<String> both = List.of("#n = 2", "A = 1, 2; 3, 4", "B = 1, 2; 5, 4");
        ROWS.add(new Row(Question.PLACE, "Optional[[1, 0]]", matrices("A = B"), both));
        ROWS.add(new Row(Question.PLACE, "Optional.empty", matrices("A <<= B"), both));
        ROWS.add(new Row(Question.PLACE, "Optional.empty", matrices("0 A invertible"), both));
        ROWS.add(new Row(Question.PLACE, "Optional.empty", scalar("a < 1"), List.of("a = 1")));
        ROWS.add(new Row(Question.PLACE, "Optional[[0, 0]]", scalar("a < 1"), List.of("a = 2")));
    }

    private static void more() {
        String vectors =
                "dimension n\nsequence v in R^n\ninteger T\nassume for all t >= 0: v(t+1) = v(t)\nclaim v(T) = 0";
        flaw("shape", "values", vectors, "#n = 2", "#T = 1", "v@0 = 1");
        flaw("shape", "values", vectors, "#n = 2", "#T = 1", "v@0 = 1; 2 | 1, 2");
        flaw("missing", "values", vectors, "#T = 1");
        flaw("range", "values", "dimension n\nvector x in R^{n-1}\nscalar a\nclaim a = 0", "#n = 1", "a = 1");
        flaw("range", "line", "dimension n\nvector x in R^n\nclaim x[1:n-1]'x[1:n-1] = 1", "#n = 1", "x = 1");
        flaw("limit", "line", NEXT + "claim s(T) = 5", "a = 1", "#T = 100000", "s@0 = 1");
        flaw("limit", "line", scalar("a^k = 0"), "a = 1", "#k = 100000");
        flaw("quantifier", "hypothesis 1", "function f : R -> R\nassume for all x in R, y in R: f(x) = y\nclaim 1 = 2");
        flaw(
                "quantifier",
                "hypothesis 1",
                "function f : R x R -> R\nassume for all x in R, y in R: f(y, x) = x\nclaim 1 = 2");
        flaw("quantifier", "hypothesis 1", "function f : R -> R\nassume for all x in R: f(x) <= x\nclaim f(0) = 2");
        flaw(
                "quantifier",
                "hypothesis 1",
                "sequence s\ninteger T\nassume for all t >= 0: s(T) = t\nclaim s(0) = 2",
                "#T = 1",
                "s@0 = 1 | 1");
        flaw(
                "quantifier",
                "hypothesis 1",
                "sequence s\nassume for all t >= 0, u >= 0: s(t + u) = 1\nclaim s(0) = 2",
                "s@0 = 1 | 1");
        flaw(
                "not-met",
                "hypothesis 1",
                "sequence s\ninteger T\nassume for all t >= 0 with t = T: s(t) = 2\nclaim s(0) = 2",
                "#T = 0",
                "s@0 = 1");
        flaw(
                "quantifier",
                "values",
                "sequence s\nscalar a\nassume for all t >= 0 with a invertible: s(t+1) = a\nclaim s(0) = 7",
                "a = 1",
                "s@0 = 1");
        flaw(
                "quantifier",
                "hypothesis 1",
                "sequence s\ndefine e(t >= 0) := s(t)\nassume for all t >= 0: e(t) = 1\nclaim s(0) = 7",
                "s@0 = 1");
        flaw(
                "quantifier",
                "hypothesis 1",
                "sequence s\nassume for all t >= 0 with t <= t: s(t) <= 1\nclaim s(0) = 7",
                "s@0 = 1");
        circular("assume for all t >= 1: s(t+1) = sum_{i=0}^{t} s(t + 1 - i)", "s@0 = 1 | 1");
        flaw("range", "values", scalar("a^k = 2"), "a = 1", "#k = -1");
        flaw("shape", "values", matrices("A = B"), "#n = 2", "A = 1; 2", "B = 1, 2; 3, 4");
        flaw("limit", "line", scalar("(a^9999)^3 <= 0"), "a = 2");
        flaw("line-not-decided", "line", scalar("1/|sqrt(2)sqrt(8) - 4| < 4"), "a = 0");
        refutes("assume for all t >= 0 with a invertible, t <= 1: s(t) <= 1", "s(0) = 7", "1", "a = 1", "s@0 = 1 | 1");
        StringBuilder tall = new StringBuilder("scalar a\ndefine b0 := a\n");
        StringBuilder wide = new StringBuilder("sequence s\ndefine b0(x in R) := x\n");
        for (int i = 1; i <= 700; i++) {
            tall.append("define b%d := (b%d + 1) * 2\n".formatted(i, i - 1));
        }
        for (int i = 1; i <= 16; i++) {
            wide.append("define b%d(x in R) := b%d(x) + b%d(x)\n".formatted(i, i - 1, i - 1));
        }
        flaw("limit", "line", tall + "claim b700 = 0", "a = 1");
        flaw("limit", "values", wide + "assume for all t >= 0: s(t+1) = b16(s(t))\nclaim s(0) = 7", "s@0 = 1");
        flaw("missing", "line", "function g : R x R -> R\nclaim g(1, 2) = 2");
        flaw("missing", "line", "function g : N x N -> R\nclaim g(1, 2) = 2");
        refutes("function g : N x R -> R\nassume for all j >= 1, x in R: g(j, x) = x^j", "g(3, 2) = 0", "8");
        refutes("function g : R x N -> R\nassume for all x in R, j >= 2: x^j = g(x, j)", "g(2, 3) = 0", "8");
        refutes("assume for all 1 <= i <= 2, j >= 0 with j < i: s(j) <= i", "s(0) = 2", "1", "s@0 = 1 | 1");
        refutes("define c := a + a\nassume 0 < c", "c = 0", "6", "a = 3");
    }

    static int size() {
        return ROWS.size();
    }

    static String name(int row) {
        Row it = ROWS.get(row);
        List<String> lines = it.derivation().lines().toList();
        return it.expected() + ": " + lines.get(lines.size() - 1) + " at " + it.values();
    }

    static String expected(int row) {
        return ROWS.get(row).expected();
    }

    /** What comes out, in words; public for the loader of canaries. */
    public static String run(int row) {
        Row it = ROWS.get(row);
        try {
            Derivation derivation = DerivationReader.read("row", it.derivation());
            Formula claim = claim(derivation);
            Values values = values(it.values());
            return switch (it.question()) {
                case VALUE ->
                    new Evaluator(derivation.context(), values)
                            .evaluate(((Comparison) claim).left(), 64)
                            .toString();
                case TRUTH ->
                    new Evaluator(derivation.context(), values).truth(claim).toString();
                case JUDGED -> {
                    List<Judgement> lines = Judgement.of(derivation);
                    Judgement line = lines.get(lines.size() - 1);
                    Counterexample.check(derivation.context(), line.assumptions(), line.formula(), values);
                    yield "refuted";
                }
                case PLACE ->
                    Counterexample.check(derivation.context(), List.of(), claim, values)
                            .place()
                            .toString();
                case REFUTED ->
                    "refuted at "
                            + Counterexample.check(derivation.context(), List.of(), claim, values)
                                    .sides()
                                    .get(0);
            };
        } catch (NotACounterexample not) {
            return not.reason().code() + " in " + not.where();
        } catch (DerivationSyntaxException wrong) {
            throw new IllegalStateException(it.derivation(), wrong);
        }
    }

    private static Formula claim(Derivation derivation) {
        if (!derivation.diagnostics().isEmpty()) {
            throw new IllegalStateException(derivation.diagnostics().toString());
        }
        int last = derivation.statements().size() - 1;
        return derivation.statements().get(last).formula().value().orElseThrow();
    }

    /** The kinds of terms in the table. */
    static Set<Term.Kind> kinds() throws DerivationSyntaxException {
        Set<Term.Kind> kinds = new HashSet<>();
        for (Row each : ROWS) {
            if (each.question() == Question.VALUE) {
                Formula claim = claim(DerivationReader.read("row", each.derivation()));
                kinds(((Comparison) claim).left(), kinds);
            }
        }
        return kinds;
    }

    private static void kinds(Term term, Set<Term.Kind> kinds) {
        kinds.add(term.kind());
        term.arguments().forEach(each -> kinds(each, kinds));
    }

    /** Values as {@code #n = 2}, {@code X = 1, 1/2; 0, 3}, {@code s@0 = 1 | 2}. */
    private static Values values(List<String> lines) {
        Map<String, BigInteger> integers = new LinkedHashMap<>();
        Map<String, Matrix> matrices = new LinkedHashMap<>();
        Map<String, Values.Sequence> sequences = new LinkedHashMap<>();
        for (String line : lines) {
            String[] parts = line.split(" = ");
            if (parts[0].startsWith("#")) {
                integers.put(parts[0].substring(1), new BigInteger(parts[1]));
            } else if (parts[0].contains("@")) {
                List<Matrix> table = new ArrayList<>();
                for (String each : parts[1].split("\\|")) {
                    table.add(matrix(each));
                }
                String[] start = parts[0].split("@");
                sequences.put(start[0], new Values.Sequence(new BigInteger(start[1]), table));
            } else {
                matrices.put(parts[0], matrix(parts[1]));
            }
        }
        return new Values(integers, matrices, sequences);
    }

    private static Matrix matrix(String text) {
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
}
