package org.loopcert.derivation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A user's own lemma, written from the documentation: it is proved, and what may go wrong in it is told where it stands. */
class UserLemmaTest {
    private static String lemma;

    @BeforeAll
    static void read() throws IOException {
        lemma = Files.readString(StoredDerivations.ROOT.resolve("user-lemma.derivation"));
    }

    /** A slip of the pen. */
    record Mistake(String name, String right, String wrong, String place, String verdict, String message) {
        @Override
        public String toString() {
            return name;
        }
    }

    @Test
    void lemmaIsProved() throws DerivationSyntaxException {
        DerivationReport report = DerivationChecker.check("user-lemma", lemma);
        assertThat(report.verdict()).isEqualTo(LineReport.Verdict.PROVED);
        assertThat(report.lines()).hasSize(6);
        assertThat(report.statements().get(1).hypotheses()).containsExactly("alpha_nonzero", "start");
    }

    @ParameterizedTest
    @MethodSource
    void mistakeIsToldWhereItStands(Mistake mistake) {
        assertThat(lemma).contains(mistake.right());
        int at = lemma.indexOf(mistake.right());
        String text = lemma.substring(0, at)
                + mistake.wrong()
                + lemma.substring(at + mistake.right().length());
        assertThat(told(text)).startsWith(mistake.place() + " " + mistake.verdict() + ": " + mistake.message());
    }

    /** The first thing that is said: place, verdict and message. */
    private static String told(String text) {
        try {
            return DerivationChecker.check("user-lemma", text).lines().stream()
                    .filter(line -> line.problem().isPresent())
                    .map(line -> line.place() + " " + line.verdict().word() + ": "
                            + line.problem().orElseThrow().message())
                    .findFirst()
                    .orElse("proved");
        } catch (DerivationSyntaxException unreadable) {
            return unreadable.place() + " unreadable: " + unreadable.getMessage();
        }
    }

    static List<Mistake> mistakeIsToldWhereItStands() {
        return Stream.of(
                        new Mistake(
                                "typo in a name",
                                "= theta - eta ((X'X + lambda I_d) theta -",
                                "= theta - eta ((X'X + lamda I_d) theta -",
                                "26:25",
                                "ill-typed",
                                "expected a declared name, found undeclared name lamda; did you mean lambda?"),
                        new Mistake(
                                "two names without a space",
                                "= theta - eta (X'(X theta - y) + lambda theta)             by",
                                "= theta - eta (X'(Xtheta - y) + lambda theta)             by",
                                "27:21",
                                "ill-typed",
                                "expected a declared name, found undeclared name Xtheta; did you mean X theta?"),
                        new Mistake(
                                "missing quote",
                                "q'X'X + alpha y'X + lambda q', 0]",
                                "q'X'X + alpha y X + lambda q', 0]",
                                "20:50",
                                "ill-typed",
                                "expected a factor with 1 row, found n x d; what stands to its left is n x 1"),
                        new Mistake(
                                "transposed factor",
                                "-(1/alpha) (q - eta ((X'X + lambda I_d) q + alpha X'y)) = theta",
                                "-(1/alpha) (q - eta ((X X' + lambda I_d) q + alpha X'y)) = theta",
                                "23:36",
                                "ill-typed",
                                "expected n x n, found d x d"),
                        new Mistake(
                                "wrong shape",
                                "vector y in R^n, q, theta in R^d",
                                "vector y in R^d, q, theta in R^d",
                                "12:17",
                                "ill-typed",
                                "expected a block with n rows, found d x 1; blocks side by side have equal heights"),
                        new Mistake(
                                "missing parenthesis",
                                "= theta - eta ((X'X + lambda I_d) theta - X'y)  ",
                                "= theta - eta ((X'X + lambda I_d) theta - X'y   ",
                                "26:17",
                                "unreadable",
                                "expected `)` for the `(` opened here, found none before the end of the file"),
                        new Mistake(
                                "undeclared hypothesis",
                                "by start\n",
                                "by begin\n",
                                "26:3",
                                "not-proved",
                                "expected a hypothesis, lemma or rule: algebra, definition, definitions, alpha_nonzero, weight, start, layer, found begin at 26:65"),
                        new Mistake(
                                "hypothesis not used",
                                "by start\n",
                                "by weight\n",
                                "26:3",
                                "not-proved",
                                "expected 0 as the difference of the two sides, found "),
                        new Mistake(
                                "wrong sign",
                                "= theta - eta (X'(X theta - y) + lambda theta)             by",
                                "= theta - eta (X'(X theta + y) + lambda theta)             by",
                                "27:3",
                                "not-proved",
                                "expected 0 as the difference of the two sides, found 2 eta X' y"),
                        new Mistake(
                                "forgotten qed",
                                "lambda q', 0]\nqed\n",
                                "lambda q', 0]\n\n",
                                "23:1",
                                "unreadable",
                                "expected `qed` for the proof opened at 17:1, found `claim`"),
                        new Mistake(
                                "missing start",
                                "proof\n    (M o (Z Z')) Z P\n  = [0",
                                "proof\n  = [0",
                                "18:3",
                                "unreadable",
                                "expected a term before the first relation sign, found `=`"),
                        new Mistake(
                                "^T",
                                "q'X' + alpha y', sqrt",
                                "q^T X' + alpha y', sqrt",
                                "19:58",
                                "ill-typed",
                                "expected an integer as exponent, found undeclared name T; transpose is written X' or X^⊤"),
                        new Mistake(
                                "ambiguous division",
                                "-(1/alpha) (q - eta ((X'X + lambda I_d) q + alpha X'y))\n",
                                "-1/alpha (q - eta ((X'X + lambda I_d) q + alpha X'y))\n",
                                "25:14",
                                "unreadable",
                                "expected brackets that say whether (1/alpha) (q - eta ((X'X + lambda I_d) q + alpha X'y)) or 1/(alpha (q - eta ((X'X + lambda I_d) q + alpha X'y))) is meant, found the factor `(q - eta ((X'X + lambda I_d) q + alpha X'y))` after a division"),
                        new Mistake(
                                "zero block without size",
                                "define P := [I_d, 0; 0, 0]",
                                "define P := [I, 0; 0, 0]",
                                "13:14",
                                "ill-typed",
                                "expected a place that determines the shape of I, found I of shape ? x ?; write I_d or I_{d+1}"),
                        new Mistake(
                                "missing hypothesis",
                                "assume alpha_nonzero: alpha != 0\n",
                                "assume alpha_nonzero: alpha >= 0\n",
                                "26:3",
                                "not-proved",
                                "expected a factor that is not zero, found alpha"),
                        new Mistake(
                                "missing weight",
                                "assume weight: lambda > 0",
                                "assume weight: lambda < 1",
                                "19:3",
                                "not-proved",
                                "expected the root of a number of at least zero, found lambda"),
                        new Mistake(
                                "rows of other lengths",
                                "define P := [I_d, 0; 0, 0]",
                                "define P := [I_d, 0; 0]",
                                "13:22",
                                "unreadable",
                                "expected 2 blocks in this row, as in the first, found 1"),
                        new Mistake(
                                "misspelt keyword",
                                "scalar alpha, lambda, eta",
                                "scaler alpha, lambda, eta",
                                "6:1",
                                "unreadable",
                                "expected a statement: dimension, integer, matrix, vector, scalar, sequence, function, define, assume, lemma or claim, found `scaler`; did you mean scalar?"),
                        new Mistake(
                                "declared twice",
                                "scalar alpha, lambda, eta",
                                "scalar alpha, lambda, eta, q",
                                "6:28",
                                "unreadable",
                                "expected a new name, found `q`, declared at 5:18"),
                        new Mistake(
                                "function without parentheses",
                                "sqrt(lambda) q', 0] Z P",
                                "sqrt lambda q', 0] Z P",
                                "19:73",
                                "ill-typed",
                                "expected a declared name, found undeclared name sqrt; it is a function; write sqrt(...)"),
                        new Mistake(
                                "comma missing",
                                "sqrt(lambda) q', 0] Z P",
                                "sqrt(lambda) q' 0] Z P",
                                "19:56",
                                "unreadable",
                                "expected 3 blocks in this row, as in the first, found 2"),
                        new Mistake(
                                "inner product behind a factor",
                                "= theta - eta ((X'X + lambda I_d) theta -",
                                "= theta - eta <X, theta> ((X'X + lambda I_d) theta -",
                                "26:19",
                                "unreadable",
                                "expected a relation sign, `by` or the next line (behind a factor, `<` is a relation: an inner product there is written a * <x, y> or a ⟨x, y⟩), found `,`"),
                        new Mistake(
                                "claim without proof line",
                                "= theta - eta ((X'X + lambda I_d) theta - X'y)             by start\n",
                                "\n",
                                "27:3",
                                "not-proved",
                                "expected 0 as the difference of the two sides, found "),
                        new Mistake(
                                "unknown function",
                                "sqrt(lambda) q', 0] Z P",
                                "root(lambda) q', 0] Z P",
                                "19:73",
                                "ill-typed",
                                "expected a declared name, found undeclared name root; declare it first"),
                        new Mistake(
                                "index out of range",
                                "(M o (Z Z')) Z P\n",
                                "(M o (Z Z')) Z[1:n+d+2, :] P\n",
                                "18:22",
                                "ill-typed",
                                "expected a row of at most d+n+1, found d+n+2"))
                .toList();
    }
}
