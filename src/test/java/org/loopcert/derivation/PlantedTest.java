package org.loopcert.derivation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.loopcert.derivation.LineReport.Verdict;

/**
 * False steps planted into true derivations, of inequalities and of equations: each true twin is proved in full, no
 * false one is, and values of small dimension show which line is false.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlantedTest {
    private static final Path FOLDER = StoredDerivations.ROOT.resolve("planted");
    private static final int LARGEST = 3;

    private final Map<Path, DerivationReport> reports = new HashMap<>();

    /**
     * A false derivation.
     *
     * @param twin the true one
     * @param line in which they differ
     * @param refuted whether values are found at which a line is false
     */
    record Planted(Path file, Path twin, String mistake, int line, boolean refuted) {
        @Override
        public String toString() {
            return file.getFileName().toString();
        }
    }

    static List<Planted> planted() throws IOException {
        List<Planted> all = new ArrayList<>();
        JsonNode manifest =
                new JsonMapper().readTree(FOLDER.resolve("manifest.json").toFile());
        for (Map.Entry<String, JsonNode> each : manifest.properties()) {
            JsonNode says = each.getValue();
            all.add(new Planted(
                    FOLDER.resolve(each.getKey()).normalize(),
                    FOLDER.resolve(says.path("twin").asText()).normalize(),
                    says.path("mistake").asText(),
                    says.path("line").asInt(),
                    says.path("refuted").asBoolean()));
        }
        return all;
    }

    /** True derivations that need rules which are not there yet. */
    private static List<Path> open() throws IOException {
        return Files.readAllLines(FOLDER.resolve("open.txt")).stream()
                .map(FOLDER::resolve)
                .toList();
    }

    static Stream<Path> twins() throws IOException {
        return planted().stream().map(Planted::twin).distinct().sorted();
    }

    private DerivationReport report(Path file) throws IOException, DerivationSyntaxException {
        DerivationReport known = reports.get(file);
        if (known == null) {
            known = DerivationChecker.check(file.toString(), Files.readString(file));
            reports.put(file, known);
        }
        return known;
    }

    @ParameterizedTest
    @MethodSource("twins")
    void theTrueTwinIsProvedInFull(Path twin) throws IOException, DerivationSyntaxException {
        DerivationReport report = report(twin);
        assertThat(report.verdict()).isEqualTo(open().contains(twin) ? Verdict.NOT_PROVED : Verdict.PROVED);
        assertThat(report.refuted()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("planted")
    void theFalseOneIsNotProvedButRefuted(Planted planted) throws IOException, DerivationSyntaxException {
        String text = Files.readString(planted.file());
        List<String> right = Files.readString(planted.twin()).lines().toList();
        List<String> wrong = text.lines().toList();
        assertThat(wrong).hasSameSizeAs(right);
        assertThat(IntStream.range(0, right.size())
                        .filter(i -> !right.get(i).equals(wrong.get(i)))
                        .map(i -> i + 1))
                .containsExactly(planted.line());
        DerivationReport report = report(planted.file());
        assertThat(report.verdict()).isNotEqualTo(Verdict.PROVED);
        assertThat(report.refuted()).isEqualTo(planted.refuted());
        assertThat(report.lines().stream().flatMap(each -> each.counterexample().stream()))
                .allSatisfy(found -> {
                    assertThat(RefutationWords.dimension(found)).isLessThanOrEqualTo(LARGEST);
                    Judgement line = found.line();
                    Refutation.Line name = new Refutation.Line(line.part(), line.step(), line.text());
                    Refutation again =
                            Refutation.check(text, name, found.counterexample().values());
                    assertThat(again.counterexample().sides())
                            .isEqualTo(found.counterexample().sides());
                });
    }

    @Test
    void thereAreEnoughOfMostKinds() throws IOException {
        List<Planted> all = planted();
        assertThat(all.stream().filter(Planted::refuted)).hasSizeGreaterThanOrEqualTo(160);
        assertThat(all.stream().filter(each -> each.file().startsWith(FOLDER))).hasSizeGreaterThanOrEqualTo(110);
        assertThat(all.stream().map(Planted::mistake))
                .contains(
                        "sign",
                        "transpose",
                        "dropped-term",
                        "dropped-norm",
                        "direction",
                        "exponent",
                        "hypothesis",
                        "strict",
                        "quantifier",
                        "wrong-eigenvalue",
                        "square",
                        "squared",
                        "range",
                        "relation",
                        "factor",
                        "inverse",
                        "base",
                        "block",
                        "mask",
                        "product",
                        "trace");
    }

    @Test
    void everyFileIsListed() throws IOException {
        TreeSet<Path> listed = new TreeSet<>();
        for (Planted each : planted()) {
            listed.add(each.file());
            listed.add(each.twin());
        }
        listed.removeIf(each -> !each.startsWith(FOLDER));
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.filter(each -> each.toString().endsWith(".derivation")))
                    .containsExactlyInAnyOrderElementsOf(listed);
        }
    }
}
