package org.loopcert.derivation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Term;

/** What does not fit, where, and what is said about it. */
class IllTypedTest {
    private static final int LINE = 9;

    /** The columns are those of the claim's line; 7 is where its formula starts. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '%',
            value = {
                // the innermost part that does not fit
                "X q + q = y % 13 % n x 1 % d x 1 %",
                "q + 2 X q - v = v % 11 % d x 1 % n x 1 %",
                "X y = y % 9 % a factor with d rows % n x 1 % what stands to its left is n x d",
                "v' (X'X q + X y) = 1 % 21 % a factor with d rows % n x 1 % what stands to its left is n x d",
                "X = [X, y] % 11 % n x d % n x d+1 %",
                "[X, y; q, alpha] = 0 % 14 % a block with d columns % d x 1 % blocks above each other have equal widths",
                "[X, q] = 0 % 11 % a block with n rows % d x 1 % blocks side by side have equal heights",
                "[0_{n x n}, 0_n; 1, 0; 0, X] = 0 % 33 % a block with 1 column % n x d % blocks above each other have equal widths",
                "X o A = X % 11 % n x d % d x d %",
                "<q, y> = alpha % 11 % d x 1 % n x 1 %",
                "<X, X> = alpha % 8 % n x 1 % n x d % an inner product is of two columns",
                "f(y) = 0 % 9 % d x 1 % n x 1 % argument 1 of f",
                "h(q, y) = 0 % 12 % an integer % `y`, which is none %",
                "Attn(X; A, A) = X % 12 % n+1 x d+1 % n x d % argument 1 of Attn",
                "for all k >= 1, u in R^k: u = q % 37 % k x 1 % d x 1 %",
                "for all d >= 1, q in R^d: q = theta(1) % 37 % d x 1 % d x 1 %",
                // relations
                "X q = q % 13 % n x 1 % d x 1 %",
                "q <= v % 7 % scalar % d x 1 % matrices compare by <<= (Loewner order)",
                "alpha <= q % 16 % scalar % d x 1 %",
                "X <<= X % 7 % a square matrix % n x d %",
                "X invertible % 7 % a square matrix % n x d %",
                "X symmetric % 7 % a square matrix % n x d %",
                // functions and operators with a fixed shape
                "tr(X) = 0 % 10 % a square matrix % n x d %",
                "log(q) = 0 % 11 % scalar % d x 1 %",
                "diag(X) = 0 % 12 % n x 1 % n x d %",
                "inv(X) = 0 % 11 % a square matrix % n x d %",
                "X^-1 = X % 7 % a square matrix % n x d % only a scalar or a square matrix has powers",
                "q^2 = alpha % 7 % a square matrix % d x 1 % only a scalar or a square matrix has powers",
                "X/A = X % 9 % scalar % d x d % only scalars divide; the inverse of a matrix is written A^-1",
                "|A| = 1 % 8 % a scalar or a vector % d x d % the norm of a matrix is written ||A||",
                "||A||_1 = 1 % 9 % a vector % d x d %",
                "norm_inf(A) = 1 % 16 % a vector % d x d %",
                // transposes
                "A^t A = A % 9 % a declared name % undeclared name t % did you mean T?",
                "X^T X = A % 7 % a square matrix % n x d % transpose is written X' or X^⊤",
                "X^TX = A % 9 % an integer as exponent % undeclared name TX % transpose is written X' or X^⊤",
                // names
                "XA = X % 7 % a declared name % undeclared name XA % did you mean X A?",
                "thta(1) = q % 7 % a declared name % undeclared name thta % did you mean theta?",
                "gamma = 1 % 7 % a declared name % undeclared name gamma % declare it first",
                "0_{nxd} = X % 10 % a declared name % undeclared name nxd % did you mean n x d?",
                "theta = q % 7 % theta with its arguments % `theta` alone %",
                "f q = alpha % 7 % f with its arguments % `f` alone %",
                "theta(alpha) = q % 13 % an integer % `alpha`, which is none %",
                "theta(T/2) = q % 13 % an integer such as 2, t or 2n + 1 % another term %",
                "theta(k k) = q % 15 % a whole number as the other factor of k % k %",
                // numbers of arguments
                "f(q, q) = 0 % 12 % 1 argument of f % 2 %",
                "h(q) = 0 % 7 % 2 arguments of h % 1 %",
                "tr(A, A) = 0 % 7 % 1 argument of tr % 2 %",
                // literals
                "0 = 0 % 7 % a place that determines the shape of 0 % 0 of shape ? x ? % write 0_{n x d} or 0_n",
                "tr(I) = 1 % 10 % a place that determines the shape of I % I of shape ? x ? % write I_d or I_{d+1}",
                "e_1'e_1 = 1 % 7 % a place that determines the shape of e_{1} % e_{1} of shape ? x 1 % write e_{i, n}, with its length",
                "X = I % 11 % n x d % I, which is square %",
                "1 - X'X = A % 11 % scalar % d x d % the identity matrix is written I",
                "I_{n,d} X = X % 12 % the same size twice: n % d %",
                "[0, 0; 1, 0] [X, y; q', alpha] = 0 % 11 % blocks whose sizes can be told % a row or column of plain numbers, which has size 1 unless its place says otherwise % write sizes, as in 0_{n x d} or 1_{1 x n}",
                // slices
                "X[n+1, 1] = alpha % 9 % a row of at most n % n+1 %",
                "X[1, 0] = alpha % 12 % a column of at least 1 % 0 %",
                "q[d+1] = alpha % 9 % an entry of at most d % d+1 %",
                "q[3:2] = q % 11 % an end of at least 3 % 2 %",
                "X[1] = alpha % 9 % rows and columns of a matrix of n x d % one index % row i is written [i, :]",
            })
    void claims(String text, int column, String expected, String found, String hint) throws DerivationSyntaxException {
        Derivation read = DerivationReader.read("test", TermsTest.DECLARATIONS + "claim " + text);
        String more = hint == null ? "" : "; " + hint;
        assertThat(read.statements().get(0).formula())
                .isEqualTo(new Elaborated.DoesNotFit<Formula>(
                        new Place(LINE, column), expected, found, "expected " + expected + ", found " + found + more));
    }

    private static Derivation read(String text) throws DerivationSyntaxException {
        return DerivationReader.read("test", TermsTest.DECLARATIONS + text);
    }

    @Test
    void anIllTypedDefinitionSpoilsWhatUsesIt() throws DerivationSyntaxException {
        Derivation read = read("""
                define Bad := X X
                define Worse := Bad + 1
                claim Worse = X
                claim X = X
                """);
        assertThat(read.diagnostics())
                .extracting(each -> each.place() + " " + each.message())
                .containsExactly(
                        "9:17 expected a factor with d rows, found n x d; what stands to its left is n x d",
                        "10:17 expected names whose definitions fit, found `Bad`, whose definition or declaration is "
                                + "ill-typed; see 9:17: expected a factor with d rows, found n x d; what stands to "
                                + "its left is n x d");
        assertThat(read.statements().get(0).formula()).isInstanceOfSatisfying(Elaborated.DoesNotFit.class, wrong -> {
            assertThat(wrong.place()).isEqualTo(new Place(11, 7));
            assertThat(wrong.message()).contains("`Worse`", "see 9:17");
        });
        assertThat(read.statements().get(1).formula().value()).isPresent();
    }

    @Test
    void aDefinitionHasTheShapeThatIsWritten() throws DerivationSyntaxException {
        assertThat(read("define Z := [X, y; q', alpha] in R^{n x d}").diagnostics())
                .containsExactly(
                        new Diagnostic(new Place(9, 13), "n x d", "n+1 x d+1", "expected n x d, found n+1 x d+1"));
        assertThat(read("define M := [0, 0; 1, 0] in R^{(n+1) x (n+1)}").diagnostics())
                .singleElement()
                .satisfies(each -> assertThat(each.message()).contains("write sizes, as in 0_{n x d}"));
        assertThat(read("matrix C in R^{0 x d}").diagnostics())
                .containsExactly(new Diagnostic(
                        new Place(9, 16), "a size of at least 1", "0", "expected a size of at least 1, found 0"));
        assertThat(read("matrix C in R^{n x alpha}").diagnostics())
                .containsExactly(new Diagnostic(
                        new Place(9, 20),
                        "an integer",
                        "`alpha`, which is none",
                        "expected an integer, found `alpha`, which is none"));
    }

    @Test
    void anIllTypedHypothesisSpoilsWhatNamesIt() throws DerivationSyntaxException {
        Derivation read = read("""
                assume wrong: X = y
                claim X = X by wrong
                claim X = X by algebra
                """);
        assertThat(read.diagnostics()).extracting(Diagnostic::place).containsExactly(new Place(9, 19));
        assertThat(read.hypotheses()).isEmpty();
        assertThat(read.statements().get(0).by().misfit()).hasValueSatisfying(each -> assertThat(each.message())
                .isEqualTo("expected facts that fit, found `wrong`, which is ill-typed; see 9:19: expected "
                        + "n x d, found n x 1"));
        assertThat(read.statements().get(1).by().misfit()).isEmpty();
    }

    @Test
    void oneIllTypedStepLeavesTheOthers() throws DerivationSyntaxException {
        Derivation read = read("""
                claim X q = y
                proof
                    X q
                  = q
                  = [X, y] [q; 0]
                  = 0
                qed
                """);
        Item.Chain chain =
                (Item.Chain) ((Proof.Items) read.statements().get(0).proof().orElseThrow())
                        .items()
                        .get(0);
        assertThat(chain.steps().get(0).term())
                .isEqualTo(new Elaborated.DoesNotFit<Term>(
                        new Place(12, 5), "n x 1", "d x 1", "expected n x 1, found d x 1"));
        assertThat(chain.steps().get(1).term().value().map(Notation::of)).hasValue("[X, y] [q; 0]");
        assertThat(chain.steps().get(2).term().value().map(Notation::of)).hasValue("0_{n x 1}");
    }

    @Test
    void aChainOfLiteralsTakesItsShapeFromAnyTerm() throws DerivationSyntaxException {
        Derivation read = read("""
                claim 0 = X - X
                proof
                    0
                  = X - X
                qed
                """);
        Item.Chain chain =
                (Item.Chain) ((Proof.Items) read.statements().get(0).proof().orElseThrow())
                        .items()
                        .get(0);
        assertThat(chain.first().value().map(Notation::of)).hasValue("0_{n x d}");
    }

    @Test
    void valuesOfVariablesHaveTheirShape() throws DerivationSyntaxException {
        Derivation read = read("""
                assume convex: for all u in R^d, t >= 0: f(u) >= 0
                claim f(q) >= 0 by convex with u := 0, t := T + 1
                claim f(q) >= 0 by convex with u := y
                claim f(q) >= 0 by convex with t := alpha
                """);
        assertThat(shown(read.statements().get(0).by().with())).hasToString("{t=T+1, u=0_{d x 1}}");
        assertThat(read.statements().get(1).by().misfit())
                .contains(new Diagnostic(new Place(11, 37), "d x 1", "n x 1", "expected d x 1, found n x 1"));
        assertThat(read.statements().get(2).by().misfit())
                .hasValueSatisfying(each -> assertThat(each.place()).isEqualTo(new Place(12, 37)));
    }

    private static Map<String, String> shown(Map<String, Term> values) {
        Map<String, String> shown = new TreeMap<>();
        values.forEach((name, value) -> shown.put(name, Notation.of(value)));
        return shown;
    }
}
