package org.loopcert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproduceTest {
    @TempDir
    Path folder;

    @Test
    void writesAFolderOnceWithCertificatesThatCheckAccepts() throws IOException {
        Path out = folder.resolve("one");
        Cli first = Cli.run("reproduce", "experiment-1", "--trials", 1, "--json", "-o", out);
        assertThat(first.code()).as(first.err()).isZero();
        JsonNode json = first.json();
        assertThat(json.path("name").asText()).isEqualTo("experiment-1");
        assertThat(json.path("findings")).hasSize(3);
        for (JsonNode finding : json.path("findings")) {
            for (JsonNode certificate : finding.path("certificates")) {
                assertThat(out.resolve(certificate.asText())).exists();
            }
        }
        assertThat(json.path("findings").get(0).path("outcome").asText()).isEqualTo("holds");
        assertThat(json.path("findings").get(2).path("outcome").asText()).isEqualTo("fails");
        assertThat(out.resolve("index.html")).exists();
        assertThat(Cli.run("check", out.resolve("certificates")).code()).isZero();
        Cli second = Cli.run("reproduce", "experiment-1", "-o", out);
        assertThat(second.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(second.err()).contains("new or empty folder");
        assertThat(left()).containsExactly("one");
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void anEmptyFolderIsUsedAndAFileIsNot() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThat(Cli.run("reproduce", "gaussian", "--trials", 1, "-q", "-o", empty)
                        .code())
                .isEqualTo(ExitCode.UNDECIDED);
        assertThat(empty.resolve("gaussian.csv")).exists();
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(Cli.run("reproduce", "gaussian", "--trials", 1, "-o", file).code())
                .isEqualTo(ExitCode.MALFORMED);
        assertThat(Cli.run("reproduce", "gaussian", "--trials", 1, "-o", folder.resolve("no/such"))
                        .code())
                .isEqualTo(ExitCode.MALFORMED);
    }

    @Test
    void aLimitLeavesItUndecidedAndWritesNothing() throws IOException {
        Cli run = Cli.run("reproduce", "experiment-1", "--trials", 1, "--max-bits", 20, "-o", folder.resolve("out"));
        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.UNDECIDED);
        assertThat(run.err()).contains("undecided");
        assertThat(left()).isEmpty();
    }

    @Test
    void aSeedMeansTheSameNumbers() {
        Cli first = Cli.run("reproduce", "gaussian", "--trials", 2, "--seed", 9);
        assertThat(Cli.run("reproduce", "gaussian", "--trials", 2, "--seed", 9).out())
                .isEqualTo(first.out());
        assertThat(Cli.run("reproduce", "gaussian", "--trials", 2, "--seed", 10).out())
                .isNotEqualTo(first.out());
    }

    @Test
    void theErrorFallsUnderItsBoundExactlyAndNotInBinary64() {
        Cli run = Cli.run("reproduce", "experiment-2", "--json");
        assertThat(run.code()).as(run.err()).isZero();
        for (JsonNode finding : run.json().path("findings")) {
            boolean exact = finding.path("arithmetic").asText().equals("exact");
            assertThat(finding.path("outcome").asText()).isEqualTo(exact ? "holds" : "fails");
        }
    }

    @Test
    void theComparisonTakesAGridOfItsOwn() throws IOException {
        Path out = folder.resolve("grid");
        Cli run = Cli.run(
                "reproduce",
                "comparison",
                "--d",
                "2,3",
                "--loops",
                "0,4",
                "--query",
                "1/3,-5",
                "--kappa",
                "1.25,1e3",
                "--n",
                "1e30",
                "--json",
                "-o",
                out);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().path("findings"))
                .extracting(finding -> finding.path("outcome").asText())
                .containsOnly("holds", "fails");
        assertThat(run.json().path("tables")).hasSize(3);
        assertThat(out.resolve("index.html")).exists();
        assertThat(out.resolve("comparison.svg")).exists();
        assertThat(Files.readAllLines(out.resolve("comparison.csv"))).hasSize(17);
        // d, n, alpha, kappa
        assertThat(Files.readAllLines(out.resolve("fixed-n.csv"))).hasSize(9);
    }

    @Test
    void theFigureTakesOneNumberOfLoops() {
        Cli run = Cli.run("reproduce", "figure-1", "--trials", 1, "--loops", 2, "--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().path("findings").get(0).path("claim").asText()).endsWith("t = 0..2");
        for (String loops : new String[] {"0", "2,3"}) {
            Cli refused = Cli.run("reproduce", "figure-1", "--loops", loops);
            assertThat(refused.code()).isEqualTo(ExitCode.MALFORMED);
            assertThat(refused.err()).contains("--loops: expected one number of at least 1 for figure-1");
        }
    }

    @Test
    void theComparisonOfTooLongIntegersIsUndecided() throws IOException {
        Cli run = Cli.run("reproduce", "comparison", "--loops", 1000, "--max-bits", 2000, "-o", folder.resolve("out"));
        assertThat(run.code()).isEqualTo(ExitCode.UNDECIDED);
        assertThat(run.err()).contains("limit max-bits 2000, needed");
        assertThat(left()).isEmpty();
    }

    @Test
    void masksNeedNoOptions() {
        Cli run = Cli.run("reproduce", "masks", "--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().path("findings")).hasSize(8);
        assertThat(run.json().path("tables").get(0).path("rows")).hasSize(16);
    }

    @Test
    void anOptionOfAnotherNameIsRefused() {
        for (List<Object> options : List.<List<Object>>of(
                List.of("comparison", "--trials", 3),
                List.of("masks", "--seed", 3),
                List.of("masks", "--d", 3),
                List.of("gaussian", "--kappa", 3))) {
            List<Object> all = new ArrayList<>(List.of("reproduce"));
            all.addAll(options);
            Cli run = Cli.run(all.toArray());
            assertThat(run.code()).isEqualTo(ExitCode.MALFORMED);
            assertThat(run.err()).contains(options.get(1) + ": not an option of " + options.get(0));
        }
    }
}
