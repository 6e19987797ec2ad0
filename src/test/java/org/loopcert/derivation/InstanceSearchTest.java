package org.loopcert.derivation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.loopcert.derivation.StoredDerivations.Case;

/** The search constructs instances that satisfy hypotheses, and finds the simplest ones that refute a line. */
class InstanceSearchTest {
    private static SearchResult search(String text) throws DerivationSyntaxException {
        Derivation derivation = DerivationReader.read("test", text);
        List<Judgement> lines = Judgement.of(derivation);
        return new InstanceSearch(derivation, lines.get(lines.size() - 1), InstanceSearch.BUDGET).run();
    }

    private static String refuted(String text) throws DerivationSyntaxException {
        SearchResult result = search(text);
        assertThat(result).isInstanceOf(SearchResult.Refuted.class);
        return RefutationWords.of(((SearchResult.Refuted) result).refutation());
    }

    private static SearchResult.Undecided undecided(String text) throws DerivationSyntaxException {
        SearchResult result = search(text);
        assertThat(result).isInstanceOf(SearchResult.Undecided.class);
        return (SearchResult.Undecided) result;
    }

    /** Each hypothesis is met by few of all values only. */
    @ParameterizedTest
    @CsvSource(delimiter = '%', textBlock = """
            vector u in R^2;assume ||u|| = 1;assume u[1] > 1/2;assume u[2] > 1/2;claim u[1] = u[2] % u = [3/5; 4/5]
            vector u, v in R^3;assume ||u|| = 1;assume ||v|| = 1;assume <u, v> = 0;claim u = v % u = [1; 0; 0], v = [0; 1; 0]
            matrix A in R^{2 x 2};assume A symmetric;assume A invertible;claim A = I % A = [
            matrix Q in R^{2 x 2};assume Q'Q = I;claim Q Q = I % Q = [
            matrix P in R^{2 x 2};assume P P = P;claim P' = P % P = [
            matrix A, B in R^{2 x 2};assume A B = B A;assume A[1, 2] = 1;claim A B = A % A = [
            dimension n, d;matrix X in R^{n x d};vector theta* in R^d, y in R^n;assume y = X theta*;assume X'X invertible;claim y = 0 % X = 1, theta* = 1, y = 1
            scalar L, mu, kappa;assume 0 < mu <= L;assume kappa = L/mu;assume kappa > 6;claim mu > 1/2 % kappa =
            scalar eta, L;assume L > 7;assume 0 < eta <= 1/L;claim eta L < 1 % right side 1
            dimension d;matrix A in R^{d x d};vector b, x in R^d;assume A invertible;assume A x = b;claim x = b % A =
            matrix A, B in R^{2 x 2};assume 0 <<= A;assume A <<= B;claim A^2 <<= B^2 % not symmetric and positive semidefinite
            scalar a, b;assume a^2 = 9;assume a < 0;claim a > b % a = -3
            integer T >= 2;scalar c;claim c^T = c % T = 2, c = -1
            """)
    void instancesThatSatisfyTheHypothesesAreConstructed(String lines, String words) throws DerivationSyntaxException {
        assertThat(refuted(lines.replace(';', '\n') + "\n")).contains(words);
    }

    @Test
    void sequencesGoOnByTheirRecurrence() throws DerivationSyntaxException {
        String declared = "integer T\nsequence s, p\nscalar c\nassume s(0) = 1\nassume p(0) = 0\n"
                + "assume for all t >= 0: s(t+1) = c s(t)\nassume for all t >= 0: p(t+1) = p(t) + s(t)\n";
        assertThat(refuted(declared + "claim p(T) = T\n")).startsWith("false at T = 2, c = 0, s(0) = 1, p(0) = 0");
        assertThat(refuted(declared + "claim for all t >= 0: s(t+2) = c s(t)\n"))
                .contains("false at t = 0");
        assertThat(undecided(declared + "claim s(T+1) = c s(T)\n").satisfying()).isPositive();
    }

    @Test
    void functionsAreWhatTheHypothesesDefine() throws DerivationSyntaxException {
        String declared = "dimension d\nmatrix G in R^{d x d}\nvector b, u in R^d\nfunction g : R^d -> R^d\n";
        assertThat(refuted(declared + "assume for all v in R^d: g(v) = G v - b\nclaim g(u) = G u\n"))
                .contains("b = 1");
        assertThat(undecided(declared + "claim g(u) = G u\n").obstacle()).contains("function g");
    }

    /** The induction hypothesis and the conditions around a line hold at the values. */
    @Test
    void linesAreRefutedUnderWhatTheyStandUnder() throws DerivationSyntaxException {
        String declared = "sequence s\nscalar c\nassume for all t >= 0: s(t+1) = c s(t)\n"
                + "claim for all t >= 0: s(t) = c^t s(0)\nproof by induction on t\n  base\n    s(0) = c^0 s(0)\n"
                + "  step\n    s(t+1)\n  = c s(t)\n  = c^{t+2} s(0)\nqed\n";
        DerivationReport report = DerivationChecker.check("test", declared);
        Refutation found = report.lines().stream()
                .flatMap(each -> each.counterexample().stream())
                .findFirst()
                .orElseThrow();
        assertThat(found.line().assumptions()).hasSize(1);
        assertThat(found.line().text()).isEqualTo("= c^{t+2} s(0)");
        assertThat(refuted("scalar a\nclaim for all r in R with r >= a, a >= 1: r^2 <= r\n"))
                .isEqualTo("false at a = 1, r = 2: left side 4, right side 2");
    }

    @Test
    void theSmallestDimensionsComeFirstThenIntegersThenNumbers() throws DerivationSyntaxException {
        String three = "dimension d\nmatrix A in R^{d x d}\nvector u in R^d\n";
        assertThat(refuted(three + "claim A u = u\n"))
                .isEqualTo("false at d = 1, A = 0, u = 1: left side 0, right side 1");
        assertThat(refuted(three + "claim A' = A\n")).startsWith("false at d = 2, A = [0, 1; 0, 0]: ");
        assertThat(refuted("dimension d\nclaim 1_d' 1_d <= 2\n")).startsWith("false at d = 3");
        assertThat(refuted("integer T\nclaim T^2 <= 2 T\n")).startsWith("false at T = 3");
    }

    @Test
    void whatIsTriedInVainIsCounted() throws DerivationSyntaxException {
        SearchResult.Undecided result =
                undecided("dimension n, d\nmatrix X in R^{n x d}\nvector u in R^d\nclaim ||X u||^2 = u'X'X u\n");
        assertThat(result.attempts()).isGreaterThanOrEqualTo(result.satisfying());
        assertThat(result.satisfying()).isGreaterThan(100).isEqualTo(result.holding());
        assertThat(result.ranges().keySet()).containsExactly("n", "d");
        assertThat(RefutationWords.of(result)).contains("n = 1..3, d = 1..3");
        SearchResult.Undecided contradictory = undecided("scalar a\nassume a < 0\nassume a > 0\nclaim a = 5\n");
        assertThat(contradictory.satisfying()).isZero();
        assertThat(RefutationWords.of(contradictory)).contains("no instance was found that satisfies the hypotheses");
        SearchResult.Undecided undefined = undecided("scalar a, b\nclaim a b/b = a\n");
        assertThat(undefined.holding()).isLessThan(undefined.satisfying());
        assertThat(RefutationWords.of(undefined)).contains("of them the line is undefined or not decided");
        SearchResult.Undecided general = undecided("sequence s\nassume for all t >= 0: s(t) > 0\nclaim s(0) > 1\n");
        assertThat(general.obstacle()).contains("finitely many values of t");
    }

    @Test
    void theSameLineHasTheSameAnswer() throws DerivationSyntaxException {
        String text = "dimension d\nmatrix A, B in R^{d x d}\nassume A invertible\nclaim A B = B A\n";
        assertThat(refuted(text)).isEqualTo(refuted(text));
    }

    /** Counted in work, not in time: huge numbers, sums and sizes end soon. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "scalar a\nclaim sum_{i=1}^{10000} a^i = sum_{i=1}^{10000} a^{2 i}\n",
                "scalar a\nclaim (a + 1)^9999 <= a^9999 + 1\n",
                "matrix A in R^{90 x 90}\nclaim A A A A A = A' A' A' A' A'\n",
                "scalar a\nclaim sum_{i=1}^{3000} sum_{j=1}^{3000} a^{i + j} = 0\n",
                "sequence s\nassume for all t >= 0: s(t+1) = s(t)^2 + 1\nclaim s(3000) = s(2999)\n"
            })
    void theSearchIsBounded(String text) throws DerivationSyntaxException {
        Derivation derivation = DerivationReader.read("test", text);
        InstanceSearch search =
                new InstanceSearch(derivation, Judgement.of(derivation).get(0), InstanceSearch.BUDGET);
        assertThat(search.run()).isNotNull();
        assertThat(search.left()).isGreaterThanOrEqualTo(0);
    }

    @Test
    void manyIntegersAreVariedOnlyInPart() throws DerivationSyntaxException {
        String names = IntStream.range(0, 40).mapToObj(i -> "n" + i).collect(Collectors.joining(", "));
        SearchResult.Undecided result =
                undecided("dimension " + names + "\nassume " + names.replace(", ", " + ") + " >= 40\nclaim n0 >= 1\n");
        assertThat(result.ranges().get("n39")).isEqualTo(new SearchResult.Undecided.Range(1, 1));
    }

    /** Every third, for time. */
    static Stream<Case> accept() throws IOException {
        List<Case> all = StoredDerivations.accept();
        return IntStream.range(0, all.size()).filter(i -> i % 3 == 0).mapToObj(all::get);
    }

    /** The kernel proves all these statements; no values may refute one. */
    @ParameterizedTest
    @MethodSource("accept")
    void noTrueStatementIsRefuted(Case file) throws DerivationSyntaxException {
        Derivation derivation = DerivationReader.read(file.name(), file.text());
        assertThat(Judgement.of(derivation).stream().filter(each -> each.step() == 0))
                .allSatisfy(each -> assertThat(new InstanceSearch(derivation, each, InstanceSearch.BUDGET).run())
                        .isInstanceOf(SearchResult.Undecided.class));
    }
}
