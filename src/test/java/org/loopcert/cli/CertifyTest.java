package org.loopcert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.GroundTruthInstances;

class CertifyTest {
    @TempDir
    Path folder;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path generated(Object... options) {
        Path file = folder.resolve("generated.json");
        Object[] args = Stream.concat(Stream.of("generate", "-o", file), Stream.of(options))
                .toArray();
        assertThat(Cli.run(args).code()).isZero();
        return file;
    }

    private static List<String> ids(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(item -> item.get("id").asText())
                .toList();
    }

    private static Fraction number(JsonNode node) {
        return GroundTruthInstances.fraction(node.asText());
    }

    private static Fraction upper(JsonNode magnitude) {
        return number(magnitude.has("exact") ? magnitude.get("exact") : magnitude.get("upper"));
    }

    private static Fraction lower(JsonNode magnitude) {
        return number(magnitude.has("exact") ? magnitude.get("exact") : magnitude.get("lower"));
    }

    @Test
    void jsonHasTheFieldsOfTheContract() {
        Cli run = Cli.run("certify", Cli.gaussian(folder, 16, 4, 200), "--json");
        assertThat(run.code()).as(run.err()).isZero();
        JsonNode json = run.json();
        assertThat(json.get("verdict").asText()).isEqualTo("accepted");
        assertThat(json.get("reason").isNull()).isTrue();
        assertThat(json.get("n").asInt()).isEqualTo(16);
        assertThat(json.get("d").asInt()).isEqualTo(4);
        assertThat(json.get("rank").asInt()).isEqualTo(4);
        assertThat(json.get("loops").asLong()).isEqualTo(200);
        assertThat(json.get("alpha").asText()).isEqualTo("1");
        assertThat(number(json.get("eta")).signum()).isPositive();
        for (String name : List.of("mu", "smoothness", "kappa")) {
            assertThat(lower(json.get(name)).compareTo(upper(json.get(name))))
                    .as(name)
                    .isNotPositive();
            assertThat(lower(json.get(name)).signum()).as(name).isPositive();
        }
        assertThat(json.has("muPositive")).isFalse();
        assertThat(ids(json.get("established")))
                .contains(
                        "step-equivalence",
                        "spectrum",
                        "contraction",
                        "exponential",
                        "theorem-4.4",
                        "tight-bound",
                        "doubled-exponent",
                        "general-labels",
                        "error-identity",
                        "two-sided",
                        "lambda-max-at-most",
                        "least-squares")
                .doesNotContain("unmet", "non-contraction");
        assertThat(json.get("notEstablished")).isEmpty();
        for (JsonNode item : json.get("established")) {
            assertThat(item.get("statement").asText()).isNotBlank();
            assertThat(item.get("because").asText()).startsWith("rule ");
            assertThat(item.get("evidence").asText()).isIn("theorem, machine-checked", "replay");
        }
        assertThat(upper(json.get("error")).compareTo(upper(json.get("bound")))).isNotPositive();
        assertThat(json.get("bound").get("id").asText()).isEqualTo("tight-bound");
        assertThat(Double.parseDouble(json.get("bound").get("decimal").asText()))
                .isPositive();
        JsonNode drift = json.get("drift");
        assertThat(number(drift.get("absolute")).signum()).isPositive();
        assertThat(number(drift.get("ulps")).signum()).isPositive();
        assertThat(drift.has("leavesBoundAt")).isTrue();
        assertThat(json.get("backends").toString()).isEqualTo("[\"scaled\",\"rational\",\"apfloat\"]");
    }

    @Test
    void theProducersReplayIsMeasured() {
        Path instance = Cli.gaussian(folder, 9, 3, 40);
        JsonNode replay = Cli.run("certify", instance, "--json").json().get("producerReplay");
        assertThat(replay.get("loops").asInt()).isEqualTo(40);
        assertThat(replay.get("bits").asInt()).isGreaterThan(40 * 32);
        assertThat(replay.get("boundCompared").asBoolean()).isTrue();
        assertThat(replay.get("primes")).hasSize(2);
        assertThat(Cli.run("certify", instance, "--json", "--evidence", "theorem")
                        .json()
                        .has("producerReplay"))
                .isFalse();
    }

    @Test
    void withoutValuesTheTheoremsRemain() {
        Path certificate = folder.resolve("brief.json");
        JsonNode json = Cli.run(
                        "certify",
                        Cli.gaussian(folder, 9, 3, 1_000_000_000),
                        "--no-values",
                        "--json",
                        "-o",
                        certificate)
                .json();
        assertThat(json.get("verdict").asText()).isEqualTo("accepted");
        assertThat(json.get("established").findValuesAsText("id")).contains("theorem-4.4", "tight-bound");
        assertThat(json.get("drift").isNull()).isTrue();
        assertThat(json.has("producerReplay")).isFalse();
        assertThat(certificate).content().doesNotContain("error-by-", "rounded-iterates", "measured");
        assertThat(Cli.run("check", certificate).code()).isZero();
    }

    @Test
    void theCertificateOfJsonAndCheckSayTheSame() {
        Path instance = Cli.gaussian(folder, 8, 3, 20);
        Path certificate = folder.resolve("kept.json");
        JsonNode certified =
                Cli.run("certify", instance, "--json", "-o", certificate).json();
        JsonNode checked = Cli.run("check", certificate, "--json").json();
        for (String name : List.of("verdict", "kappa", "established", "notEstablished", "error", "bound", "drift")) {
            assertThat(checked.get(name)).as(name).isEqualTo(certified.get(name));
        }
        assertThat(checked.get("boundToInput").asBoolean()).isFalse();
        JsonNode own =
                Cli.run("check", certificate, "--json", "--input", instance).json();
        assertThat(own.get("boundToInput").asBoolean()).isTrue();
    }

    @Test
    void aFalseClaimIsRefutedAndTheRefutationWritten() {
        Path instance = Cli.gaussian(folder, 8, 3, 20);
        Path refutation = folder.resolve("refutation.json");
        Cli run = Cli.run("certify", instance, "--step", 100, "-o", refutation);
        assertThat(run.code()).isEqualTo(ExitCode.REJECTED);
        assertThat(run.out()).contains("rejected", "refutes contraction");
        Cli json = Cli.run("certify", instance, "--step", 100, "--json");
        assertThat(json.code()).isEqualTo(ExitCode.REJECTED);
        assertThat(json.json().get("verdict").asText()).isEqualTo("rejected");
        assertThat(json.json().get("reason").asText()).isEqualTo("non-contraction");
        assertThat(ids(json.json().get("established"))).contains("non-contraction");
        assertThat(json.json().get("bound").isNull()).isTrue();
        Cli checked = Cli.run("check", refutation);
        assertThat(checked.code()).isZero();
        assertThat(checked.out()).contains("refutes convergence");
    }

    @Test
    void aRankDeficientInstanceSaysWhatHoldsInstead() {
        JsonNode json = Cli.run(
                        "certify",
                        generated("--family", "gaussian", "--n", 8, "--d", 4, "--rank", 2, "--loops", 30),
                        "--json")
                .json();
        assertThat(json.get("rank").asInt()).isEqualTo(2);
        assertThat(json.get("mu").asText()).isEqualTo("0");
        assertThat(lower(json.get("muPositive")).signum()).isPositive();
        assertThat(ids(json.get("notEstablished"))).contains("theorem-4.4", "tight-bound", "two-sided");
        for (JsonNode item : json.get("notEstablished")) {
            assertThat(item.get("because").asText()).contains("rank X = 2 < d = 4");
            assertThat(item.get("instead").asText()).isEqualTo("limit-error");
        }
        assertThat(ids(json.get("established"))).contains("limit-error");
        assertThat(upper(json.get("error")).compareTo(upper(json.get("bound")))).isNotPositive();
    }

    @Test
    void asManyExamplesAsFeaturesIsNoted() {
        Path square = Cli.gaussian(folder, 4, 4, 20);
        JsonNode json = Cli.run("certify", square, "--json").json();
        assertThat(ids(json.get("established"))).contains("theorem-4.4");
        assertThat(json.get("notes").get(0).asText()).contains("n > d", "n = 4, d = 4");
        assertThat(Cli.run("certify", square).out()).contains("note: the paper assumes n > d");
        assertThat(Cli.run("certify", Cli.gaussian(folder, 5, 4, 20)).out()).doesNotContain("note:");
    }

    @Test
    void severalFailingHypothesesMakeOneEntry() throws IOException {
        Path csv = write("noisy.csv", "a,b,y\n1,2,3\n2,4,7\n3,6,1\n");
        Path start = write("start.csv", "1\n1\n");
        Cli run = Cli.run("certify", csv, "--start", start, "--loops", 5, "--json");
        assertThat(run.code()).as(run.err()).isZero();
        JsonNode list = run.json().get("notEstablished");
        assertThat(ids(list)).doesNotHaveDuplicates().contains("theorem-4.4");
        assertThat(list.get(0).get("hypotheses").size()).isGreaterThan(1);
        assertThat(list.get(0).get("because").asText()).contains("q(0) is not zero", "rank X = 1");
    }

    @Test
    void noisyLabelsNameTheResidualAndTheNoiseBound() {
        JsonNode json = Cli.run(
                        "certify",
                        generated("--family", "gaussian", "--n", 8, "--d", 2, "--noise", "1/8", "--loops", 30),
                        "--json")
                .json();
        assertThat(ids(json.get("established")))
                .contains("noise", "general-labels")
                .doesNotContain("tight-bound");
        assertThat(json.get("notEstablished").get(0).get("instead").asText()).isEqualTo("noise");
        assertThat(json.get("bound").get("id").asText()).isEqualTo("general-labels");
        assertThat(upper(json.get("error")).compareTo(upper(json.get("bound")))).isNotPositive();
    }

    @Test
    void theLiteralStepIsAnEnclosureAndAScheduleAList() {
        Path instance = Cli.gaussian(folder, 6, 2, 4);
        JsonNode literal =
                Cli.run("certify", instance, "--step", "lambda-max", "--json").json();
        assertThat(literal.get("verdict").asText()).isEqualTo("accepted");
        assertThat(literal.get("eta").size()).isEqualTo(2);
        assertThat(number(literal.get("eta").get(0))
                        .compareTo(number(literal.get("eta").get(1))))
                .isNotPositive();
        JsonNode schedule = Cli.run("certify", instance, "--step", "1/99,1/98,1/97,1/96", "--json")
                .json();
        assertThat(schedule.get("eta").toString()).isEqualTo("[\"1/99\",\"1/98\",\"1/97\",\"1/96\"]");
    }

    @Test
    void hugeLoopsKeepTheBoundShort() {
        Path instance =
                generated("--family", "spectrum", "--n", 6, "--d", 3, "--kappa", 1000000, "--loops", 1000000000);
        Cli run = Cli.run("certify", instance, "--json");
        assertThat(run.code()).as(run.err()).isZero();
        JsonNode json = run.json();
        assertThat(json.get("bound").has("exact")).isFalse();
        assertThat(lower(json.get("bound")).compareTo(upper(json.get("bound")))).isNegative();
        assertThat(json.get("bound").get("upper").asText().length()).isLessThan(3000);
        assertThat(upper(json.get("error")).compareTo(upper(json.get("bound")))).isNotPositive();
    }

    @Test
    void tablesTakeTheirOptions() throws IOException {
        Path csv = write("table.csv", "z,out,w\n1,1,0\n0,2,1\n1,4,1\n");
        Cli run = Cli.run(
                "certify",
                csv,
                "--labels",
                "out",
                "--features",
                "w,z",
                "--const",
                "--loops",
                10,
                "--query",
                "-3/2",
                "--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().get("d").asInt()).isEqualTo(3);
        assertThat(run.json().get("alpha").asText()).isEqualTo("-3/2");
    }

    @Test
    void theMeanLossScalesTheStep() throws IOException {
        Path csv = write("table.csv", "a,y\n1,1\n1,1\n");
        JsonNode json = Cli.run("certify", csv, "--step", "1/2", "--loss", "mean", "--json")
                .json();
        assertThat(json.get("eta").asText()).isEqualTo("1/4");
    }

    @Test
    void aRefusedTableNamesPlaceAndHint() throws IOException {
        Path csv = write("bad.csv", "a,y\n1,2\nx,3\n");
        Cli run = Cli.run("certify", csv);
        assertThat(run.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(csv + ":3").contains("expected").contains("found 'x'");
        Cli json = Cli.run("certify", csv, "--json");
        assertThat(json.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(json.json().get("verdict").asText()).isEqualTo("malformed");
        assertThat(json.json().get("reason").asText()).contains(csv + ":3");
        Path labels = write("nolabels.json", "{\"X\": [[1]]}");
        assertThat(Cli.run("certify", labels).err()).contains("--labels-file or --theta");
    }

    @Test
    void missingFilesAndLimitsAreToldApart() throws IOException {
        assertThat(Cli.run("certify", folder.resolve("absent.csv")).code()).isEqualTo(ExitCode.MALFORMED);
        Path large = write("large.csv", "a,y\n1e99999,2\n");
        Cli beyond = Cli.run("certify", large);
        assertThat(beyond.code()).as(beyond.err()).isEqualTo(ExitCode.UNDECIDED);
        Cli memory = Cli.run("certify", Cli.gaussian(folder, 8, 3, 20), "--max-memory", "1K");
        assertThat(memory.code()).isEqualTo(ExitCode.UNDECIDED);
    }

    @Test
    void anExistingOutputSurvivesFailure() throws IOException {
        Path kept = write("kept.json", "precious");
        Path zero = write("zero.csv", "a,y\n0,1\n");
        Cli undecided = Cli.run("certify", zero, "-o", kept);
        assertThat(undecided.code()).isEqualTo(ExitCode.UNDECIDED);
        assertThat(undecided.err()).contains("no certificate was written");
        Path bad = write("bad.csv", "a,y\n1,2\nx,3\n");
        assertThat(Cli.run("certify", bad, "-o", kept).code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(Files.readString(kept)).isEqualTo("precious");
        assertThat(Cli.run("certify", Cli.gaussian(folder, 4, 2, 5), "-o", kept).code())
                .isZero();
        assertThat(Files.readString(kept)).startsWith("{");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
        }
    }

    @Test
    void outputIntoNoFolderIsRefused() {
        Path instance = Cli.gaussian(folder, 4, 2, 5);
        Cli run = Cli.run("certify", instance, "-o", folder.resolve("no/such/file.json"));
        assertThat(run.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(run.err()).contains("no such folder");
        assertThat(Cli.run("certify", instance, "-o", folder).code()).isEqualTo(ExitCode.MALFORMED);
    }

    @Test
    void aBoundCertificateNeedsTheFileItWasMadeOf() throws IOException {
        Path instance = Cli.gaussian(folder, 8, 3, 20);
        Path bound = folder.resolve("bound.json");
        assertThat(Cli.run("certify", instance, "--bound", "-o", bound).code()).isZero();
        assertThat(Files.readString(bound)).contains("sha256").doesNotContain("\"X\"");
        Cli alone = Cli.run("check", bound);
        assertThat(alone.code()).isEqualTo(ExitCode.UNDECIDED);
        assertThat(alone.out()).contains("needs-input", "--input FILE");
        assertThat(Cli.run("check", bound, "--input", instance).code()).isZero();
    }

    @Test
    void quietSaysNothingAndOverridesAreNoted() {
        Path instance = Cli.gaussian(folder, 4, 2, 5);
        Cli quiet = Cli.run("certify", instance, "--quiet", "--loops", 6);
        assertThat(quiet).isEqualTo(new Cli(0, "", ""));
        assertThat(Cli.run("certify", instance, "--loops", 6).err()).contains("--loops replaced");
    }

    @Test
    void anUndecidedInstanceIsNotCalledAFile() throws IOException {
        Cli run = Cli.run("certify", write("zero.csv", "a,y\n0,1\n"));
        assertThat(run.code()).isEqualTo(ExitCode.UNDECIDED);
        assertThat(run.out())
                .contains("X is zero", "nothing about the instance is")
                .doesNotContain("grammar", "of the certificate");
        Cli replay = Cli.run("certify", Cli.gaussian(folder, 4, 2, 5), "--evidence", "replay", "--loops", 10_000_000);
        assertThat(replay.code()).isEqualTo(ExitCode.UNDECIDED);
        assertThat(replay.out()).contains("line 1 (replay)", "--evidence theorem");
    }

    @Test
    void oneIsSingular() throws IOException {
        Cli run = Cli.run("certify", write("one.csv", "a,y\n1,1\n"), "--loops", 1);
        assertThat(run.out()).contains("n = 1 example, d = 1 feature, rank 1, T = 1 loop, alpha = 1", "after 1 loop\n");
    }

    @Test
    void aScheduleNamesWhyTheTwoSidedBoundIsMissing() {
        Path instance = Cli.gaussian(folder, 6, 2, 2);
        JsonNode small =
                Cli.run("certify", instance, "--step", "1/99,1/98", "--json").json();
        JsonNode list = small.get("notEstablished");
        assertThat(ids(small.get("established"))).contains("tight-bound").doesNotContain("two-sided");
        JsonNode entry = list.get(0);
        assertThat(entry.get("id").asText()).isEqualTo("two-sided");
        assertThat(entry.get("hypotheses").toString()).isEqualTo("[\"schedule\"]");
        assertThat(entry.get("instead").asText()).isEqualTo("tight-bound");
        JsonNode large = Cli.run("certify", instance, "--step", "chebyshev", "--loops", 6, "--json")
                .json();
        assertThat(ids(large.get("notEstablished"))).contains("two-sided").doesNotHaveDuplicates();
    }

    @Test
    void stepsFarBelowThePapersAreToldSo() {
        JsonNode json = Cli.run("certify", Cli.gaussian(folder, 6, 2, 20), "--step", "1/1000", "--json")
                .json();
        assertThat(ids(json.get("established"))).contains("tight-bound").doesNotContain("theorem-4.4");
        assertThat(ids(json.get("notEstablished"))).containsExactly("theorem-4.4", "doubled-exponent");
        for (JsonNode item : json.get("notEstablished")) {
            assertThat(item.get("because").asText()).contains("too far below 1/lambda_max", "instead: tight-bound");
        }
    }
}
