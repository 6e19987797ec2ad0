package org.loopcert.derivation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class JudgementTest {
    private static final Path CORPUS = Path.of("src/test/resources/org/loopcert/derivation");

    private static String key(String part, int step, Place place, String text) {
        return part + "/" + step + "@" + place + ": " + text;
    }

    /** A slice of each folder: the numbering is the same code for all. */
    @TestFactory
    Stream<DynamicTest> namesTheLinesAsReportsDo() throws IOException {
        List<Path> files;
        try (Stream<Path> tree = Files.walk(CORPUS)) {
            files = tree.filter(each -> each.toString().endsWith(".derivation"))
                    .sorted()
                    .toList();
        }
        return Stream.iterate(0, i -> i < files.size(), i -> i + 9)
                .map(files::get)
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> agree(file)));
    }

    private static void agree(Path file) throws IOException {
        Derivation derivation;
        try {
            derivation = DerivationReader.read("test", Files.readString(file));
        } catch (DerivationSyntaxException notRead) {
            return;
        }
        DerivationReport report = DerivationChecker.check("test", derivation);
        Set<String> judged = Judgement.of(derivation).stream()
                .map(each -> key(each.part(), each.step(), each.place(), each.text()))
                .collect(Collectors.toSet());
        Set<String> reported = report.lines().stream()
                .map(each -> key(each.part(), each.step(), each.place(), each.text()))
                .collect(Collectors.toSet());
        assertThat(judged).isSubsetOf(reported);
        assertThat(judged)
                .containsAll(report.lines().stream()
                        .filter(each -> each.verdict() == LineReport.Verdict.PROVED)
                        .map(each -> key(each.part(), each.step(), each.place(), each.text()))
                        .toList());
    }

    private static List<Judgement> read(String text) throws DerivationSyntaxException {
        return Judgement.of(DerivationReader.read("test", text));
    }

    private static String shown(Judgement judgement) {
        return judgement.part() + "/" + judgement.step() + " "
                + judgement.assumptions().stream().map(Notation::of).toList() + " "
                + Notation.of(judgement.formula());
    }

    @Test
    void conditionsAndInductionHypothesesAreAssumptions() throws DerivationSyntaxException {
        List<Judgement> lines = read("""
                scalar a
                sequence s
                assume next: for all t >= 0: s(t+1) = a s(t)
                claim for all x in R with 0 < x: a x^2 >= 0
                proof
                  have for all y in R with y < x: y <= x
                  proof
                      y
                    <= x
                  qed
                    a x^2
                  >= a x
                  >= 0
                qed
                claim for all t >= 0: s(t) = a^t s(0)
                proof by induction on t
                  base
                    s(0) = s(0)
                  step
                      s(t+1)
                    = a s(t)
                    = a^{t+1} s(0)
                qed
                """);
        assertThat(lines.stream().map(JudgementTest::shown))
                .containsExactly(
                        "claim1/0 [0 < x] 0 <= a x^{2}",
                        "claim1/1 [0 < x, y < x] y <= x",
                        "claim1/2 [0 < x, y < x] y <= x",
                        "claim1/3 [0 < x] a x <= a x^{2}",
                        "claim1/4 [0 < x] 0 <= a x",
                        "claim2/0 [] s(t) = a^{t} s(0)",
                        "claim2/1 [] s(0) = s(0)",
                        "claim2/2 [s(t) = a^{t} s(0)] s(t+1) = a s(t)",
                        "claim2/3 [s(t) = a^{t} s(0)] a s(t) = a^{t+1} s(0)");
    }

    @Test
    void leavesOutWhatSaysNothing() throws DerivationSyntaxException {
        List<Judgement> lines = read("""
                dimension n
                matrix A in R^{n x n}
                vector v in R^n
                claim wrong: A + v = A
                proof
                    A = A
                qed
                claim right: A = A'
                proof
                    A
                  = v
                  = A
                  = A'
                qed
                claim mixed: tr(A) <= 0
                proof
                    tr(A)
                  <= 1
                  >= 0
                qed
                """);
        assertThat(lines.stream().map(each -> each.part() + "/" + each.step()))
                .containsExactly("right/0", "right/3", "mixed/0", "mixed/2");
    }
}
