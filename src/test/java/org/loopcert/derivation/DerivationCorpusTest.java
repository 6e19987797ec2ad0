package org.loopcert.derivation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.loopcert.derivation.LineReport.Verdict;
import org.loopcert.derivation.StoredDerivations.Case;

/** True steps of many kinds are proved, and beside each of them false twins are not, for the reason listed. */
class DerivationCorpusTest {
    static List<Case> accept() throws IOException {
        return StoredDerivations.accept();
    }

    static List<Case> reject() throws IOException {
        return StoredDerivations.reject();
    }

    static List<Case> open() throws IOException {
        return StoredDerivations.open();
    }

    private static DerivationReport check(Case file) throws DerivationSyntaxException {
        return DerivationChecker.check(file.name(), file.text());
    }

    private static List<String> problems(DerivationReport report) {
        return report.lines().stream()
                .filter(line -> line.problem().isPresent())
                .map(line -> line.place() + " " + line.problem().orElseThrow().reason())
                .toList();
    }

    private static boolean isRefuted(DerivationReport report) {
        return report.lines().stream()
                .anyMatch(line -> line.verdict() != Verdict.PROVED
                        && line.counterexample().isPresent());
    }

    @ParameterizedTest
    @MethodSource
    void accept(Case file) throws DerivationSyntaxException {
        DerivationReport report = check(file);
        assertThat(problems(report)).isEmpty();
        assertThat(report.lines()).hasSize(file.lines().orElseThrow()).allSatisfy(line -> assertThat(line.verdict())
                .isEqualTo(Verdict.PROVED));
        assertThat(report.verdict()).isEqualTo(Verdict.PROVED);
        assertThat(report.statements())
                .allSatisfy(statement -> assertThat(statement.theorem()).isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource
    void reject(Case file) throws DerivationSyntaxException {
        DerivationReport report = check(file);
        assertThat(report.verdict().word()).isEqualTo(file.verdict()).isIn("not-proved", "ill-typed");
        assertThat(problems(report)).isEqualTo(file.problems()).isNotEmpty();
        LineReport.Problem first = report.lines().stream()
                .flatMap(line -> line.problem().stream())
                .findFirst()
                .orElseThrow();
        file.expected().ifPresent(said -> assertThat(first.expected()).isEqualTo(said));
        file.found().ifPresent(said -> assertThat(first.found()).isEqualTo(said));
        assertThat(isRefuted(report))
                .as("the search finds values at which a line is false")
                .isEqualTo(file.refuted());
    }

    /** The list of what the rules do not reach: once a file is proved, it moves to {@code accept}. */
    @ParameterizedTest
    @MethodSource
    void open(Case file) throws DerivationSyntaxException {
        DerivationReport report = check(file);
        assertThat(report.verdict().word()).isEqualTo(file.verdict()).isIn("not-proved", "ill-typed");
        assertThat(problems(report)).first().isEqualTo(file.problems().get(0));
        assertThat(isRefuted(report)).as("it is true").isFalse();
    }

    @Test
    void everyFileIsListed() throws IOException {
        assertThat(StoredDerivations.stored("accept"))
                .isEqualTo(accept().stream().map(Case::name).sorted().toList());
        assertThat(StoredDerivations.stored("reject"))
                .isEqualTo(reject().stream().map(Case::name).sorted().toList());
        assertThat(StoredDerivations.stored("open"))
                .isEqualTo(open().stream().map(Case::name).sorted().toList());
    }

    @Test
    void everyTrueDerivationHasFalseTwinsThatDifferInOneLine() throws IOException {
        Map<String, Case> twins = accept().stream().collect(Collectors.toMap(Case::name, Function.identity()));
        assertThat(reject()).allSatisfy(file -> assertThat(
                        changedLines(twins.get(file.twin().orElseThrow()).text(), file.text()))
                .isEqualTo(1));
        assertThat(reject().stream().map(file -> file.twin().orElseThrow()).distinct())
                .containsExactlyInAnyOrderElementsOf(twins.keySet());
        assertThat(twins).hasSizeGreaterThanOrEqualTo(60);
    }

    private static long changedLines(String one, String other) {
        List<String> left = one.lines().toList();
        List<String> right = other.lines().toList();
        assertThat(right).hasSameSizeAs(left);
        return IntStream.range(0, left.size())
                .filter(i -> !left.get(i).equals(right.get(i)))
                .count();
    }

    @Test
    void everyKindOfMistakeIsPlanted() throws IOException {
        assertThat(reject().stream().map(file -> file.mistake().orElseThrow()).distinct())
                .contains(
                        "sign",
                        "transpose",
                        "order",
                        "dropped-term",
                        "factor",
                        "shape",
                        "index",
                        "range",
                        "exponent",
                        "bound",
                        "hypothesis",
                        "inverse",
                        "block",
                        "mask",
                        "trace",
                        "function",
                        "instance",
                        "base",
                        "step",
                        "circular",
                        "claim",
                        "chain",
                        "direction",
                        "strict",
                        "definition",
                        "name");
    }

    /** Where the false line is an equation, values tell that it is false, in most of the cases. */
    @Test
    void valuesRefuteMostOfTheFalseEquations() throws IOException {
        List<Case> unequal = reject().stream()
                .filter(file -> file.problems().get(0).endsWith(" not-equal"))
                .toList();
        assertThat(unequal.stream().filter(Case::refuted).count() * 10).isGreaterThan(unequal.size() * 9L);
    }
}
