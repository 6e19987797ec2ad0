package org.loopcert.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.loopcert.testing.LoopcertAssertions.assertThat;
import static org.loopcert.testing.LoopcertAssertions.assertThatDerivation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loopcert.derivation.DerivationChecker;
import org.loopcert.derivation.DerivationSyntaxException;
import org.loopcert.derivation.LineReport;
import org.loopcert.testing.DerivationFile;
import org.loopcert.testing.junit.LoopcertDerivations;

/** Assertions about derivations: those of the papers, one of a user, and that one with one mistake at a time. */
class DerivationAssertTest {
    private static final Path OWN =
            Path.of("src", "testkit", "example", "src", "test", "resources", "proofs", "residual.derivation");
    private static final Path THEOREM =
            Path.of("src", "main", "resources", "org", "loopcert", "derivations", "chen2024", "theorem-4.2.derivation");

    @TempDir
    Path folder;

    private static void fails(ThrowingCallable assertion, String... parts) {
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessageContainingAll(parts);
    }

    /** The user's derivation with one replacement. */
    private DerivationFile changed(String from, String to) {
        try {
            String text = Files.readString(OWN);
            if (!text.contains(from)) {
                throw new IllegalArgumentException("expected " + from + " in " + OWN);
            }
            return new DerivationFile(Files.writeString(folder.resolve("changed.derivation"), text.replace(from, to)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @LoopcertDerivations({
        "classpath:org/loopcert/derivations/chen2024/lemma-4.1.derivation",
        "classpath:org/loopcert/derivations/chen2024/theorem-4.2.derivation",
        "classpath:org/loopcert/derivations/chen2024/any-attention.derivation",
        "classpath:org/loopcert/derivations/chen2024/any-mask.derivation",
        "classpath:org/loopcert/derivations/chen2024/column-*.derivation"
    })
    void thePapersAreProved(DerivationFile file) {
        assertThat(file).isProved().hasVerdict(LineReport.Verdict.PROVED);
    }

    @Test
    void provesTheOwnOne() throws IOException, DerivationSyntaxException {
        assertThatDerivation(OWN)
                .isProved()
                .proves("gradient", "residual")
                .provesFrom("gradient")
                .provesFrom("residual");
        assertThat(DerivationChecker.check("text", Files.readString(OWN))).isProved();
        fails(
                () -> assertThatDerivation(OWN).hasVerdict(LineReport.Verdict.NOT_PROVED),
                "the derivation own/residual in " + OWN,
                "to be\n  not-proved\nbut it is proved",
                "13:1 lemma gradient, proved: X' r = X' y - X' X theta",
                "Every line is proved");
        fails(() -> assertThatDerivation(OWN).doesNotProve("gradient"), "not to prove\n  gradient\nbut it is proved");
        fails(
                () -> assertThatDerivation(OWN).isNotProvedAtLine(24),
                "not to be proved at line\n  24\nbut what starts there is proved");
        fails(() -> assertThatDerivation(OWN).isNotProvedAtLine(1), "but nothing that could be proved starts there");
        fails(() -> assertThatDerivation(OWN).isIllTypedAt(24, 3), "but nothing is ill-typed");
        fails(() -> assertThatDerivation(OWN).isMalformed(), "to be malformed, but it is the derivation own/residual");
    }

    @Test
    void namesTheHypothesesThatAClaimRestsOn() {
        assertThatDerivation(THEOREM)
                .provesFrom("layer")
                .provesFrom("query", "input", "loop", "alpha_nonzero", "start", "descent");
        fails(
                () -> assertThatDerivation(THEOREM).provesFrom("query", "input"),
                "to prove query from\n  [input]",
                "but it rests on [alpha_nonzero, descent, input, loop, start]");
    }

    @Test
    void findsTheLineThatDoesNotFollow() {
        DerivationFile sign = changed("  = r - eta", "  = r + eta");
        assertThat(sign)
                .isNotProvedAtLine(24)
                .hasVerdict(LineReport.Verdict.NOT_PROVED)
                .proves("gradient")
                .doesNotProve("residual");
        fails(
                () -> assertThat(sign).isProved(),
                "to be\n  proved\nbut it is not-proved",
                "Lines that are not proved:",
                "24:3 residual, not-proved: = r + eta X X' r",
                "not-equal: expected 0 as the difference of the two sides, found ",
                "false at n = 1, d = 1");
        fails(
                () -> assertThat(sign).proves("residual"),
                "to prove\n  residual: y - X next = (I_n - eta X X') r\nbut it is not-proved");
        fails(() -> assertThat(sign).isNotProvedAtLine(23), "but what starts there is proved");
    }

    @Test
    void misspeltNamesNeverPass() {
        fails(
                () -> assertThatDerivation(OWN).doesNotProve("residuum"),
                "residuum",
                "but there is no such lemma or claim, of [gradient, residual]");
        fails(() -> assertThatDerivation(OWN).proves("residuum"), "but there is no such lemma or claim");
    }

    @Test
    void findsShapesThatDoNotFit() {
        DerivationFile shape = changed("  = r - eta X X' r", "  = r - eta X r");
        assertThat(shape).isIllTypedAt(24, 15).hasVerdict(LineReport.Verdict.ILL_TYPED);
        fails(
                () -> assertThat(shape).isIllTypedAt(24, 3),
                "to be ill-typed at line:column\n  24:3\nbut it is ill-typed at [24:15",
                "ill-typed: expected a factor with d rows, found n x 1");
        fails(() -> assertThat(shape).isNotProvedAtLine(24), "but what starts there is ill-typed");
        fails(() -> assertThat(shape).isProved(), "but it is ill-typed");
    }

    @Test
    void findsWhereTheGrammarIsLeft() throws IOException {
        DerivationFile open = changed("  = X' y - X' X theta\nqed", "  = X' y - X' X theta\n");
        assertThat(open).isMalformed().isMalformedAt(20, 1);
        fails(() -> assertThat(open).isProved(), "Expecting a derivation in", "but at 20:1: expected `qed`");
        fails(
                () -> assertThat(open).isMalformedAt(14, 1),
                "to be malformed at line:column\n  14:1\nbut it is at\n  20:1: expected `qed`");
        fails(() -> assertThatDerivation(folder.resolve("absent")).isProved(), "to be readable, but: ", "absent");
        Path latin = Files.write(folder.resolve("latin.derivation"), new byte[] {'#', ' ', (byte) 0xe9});
        fails(() -> assertThatDerivation(latin).isMalformed(), "to be readable, but: ", "MalformedInputException");
    }

    @Test
    void nothingIsProvedByAnEmptyDerivation() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.derivation"), "derivation own/empty \"Nothing\"\n");
        assertThatDerivation(empty).hasVerdict(LineReport.Verdict.NOT_PROVED);
        fails(() -> assertThatDerivation(empty).isProved(), "none, so that nothing is proved");
    }
}
