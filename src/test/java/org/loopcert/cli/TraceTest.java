package org.loopcert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.GroundTruthInstances;

class TraceTest {
    @TempDir
    Path folder;

    private Path table() throws IOException {
        return Files.writeString(folder.resolve("table.csv"), "a,\"b,c\",y\n1,0,3\n0,2,4\n");
    }

    @Test
    void exactRowsAreReducedFractions() throws IOException {
        // G = diag(1, 4), b = (3, 8): theta(t) = (3 (1 - (7/8)^t), 2 (1 - (1/2)^t)) for eta = 1/8
        Cli run = Cli.run("trace", table(), "--step", "1/8", "--loops", 2);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("t,a,\"b,c\"\n0,0,0\n1,3/8,1\n2,45/64,3/2\n");
        JsonNode json = Cli.run("trace", table(), "--step", "1/8", "--loops", 2, "--at", "2,0,2", "--format", "json")
                .json();
        assertThat(json.toString())
                .isEqualTo("{\"loops\":2,\"theta\":{\"0\":[\"0\",\"0\"],\"2\":[\"45/64\",\"3/2\"]}}");
        assertThat(Cli.run("trace", table(), "--step", "1/8", "--loops", 2, "--at", "0,2", "--json")
                        .json())
                .isEqualTo(json);
    }

    @Test
    void theReferenceProgramsAgreeWithTheFastEngine() {
        Path instance = Cli.gaussian(folder, 6, 3, 8);
        String scaled = Cli.run("trace", instance).out();
        assertThat(scaled.lines()).hasSize(10);
        assertThat(Cli.run("trace", instance, "--backend", "rational").out()).isEqualTo(scaled);
        assertThat(Cli.run("trace", instance, "--backend", "apfloat").out()).isEqualTo(scaled);
    }

    @Test
    void enclosuresHoldTheExactIterates() {
        Path instance = Cli.gaussian(folder, 6, 3, 40);
        for (String step : List.of("auto", "chebyshev")) {
            JsonNode exact = Cli.run("trace", instance, "--step", step, "--at", "0,7,40", "--json")
                    .json();
            JsonNode enclosed = Cli.run(
                            "trace",
                            instance,
                            "--step",
                            step,
                            "--at",
                            "0,7,40",
                            "--json",
                            "--path",
                            "enclosure",
                            "--precision",
                            20)
                    .json();
            for (String t : List.of("0", "7", "40")) {
                for (int j = 0; j < 3; j++) {
                    Fraction value = fraction(exact.get("theta").get(t).get(j));
                    JsonNode range = enclosed.get("theta").get(t).get(j);
                    assertThat(fraction(range.get(0)).compareTo(value)).isNotPositive();
                    assertThat(fraction(range.get(1)).compareTo(value)).isNotNegative();
                    assertThat(range.get(1).asText().length()).isLessThan(100);
                }
            }
        }
        Cli csv = Cli.run("trace", instance, "--at", 3, "--path", "enclosure");
        assertThat(csv.out()).startsWith("t,x1 lower,x1 upper,x2 lower");
    }

    private static Fraction fraction(JsonNode text) {
        return GroundTruthInstances.fraction(text.asText());
    }

    @Test
    void hugeLoopsAreFollowedByEnclosureAndBinary64Only() {
        Path instance = Cli.gaussian(folder, 6, 3, 1_000_000_000L);
        assertThat(Cli.run("trace", instance, "--at", 1_000_000_000, "--path", "enclosure")
                        .code())
                .isZero();
        assertThat(Cli.run("trace", instance, "--at", 1_000_000_000, "--path", "binary64")
                        .code())
                .isZero();
        Cli exact = Cli.run("trace", instance, "--at", 1_000_000_000);
        assertThat(exact.code()).isEqualTo(ExitCode.UNDECIDED);
        assertThat(exact.err()).contains("max-bits");
        assertThat(exact.out()).isEmpty();
        Cli all = Cli.run("trace", instance);
        assertThat(all.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(all.err()).contains("--at");
        assertThat(Cli.run("trace", instance, "--at", "1000000001").code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(Cli.run("trace", instance, "--at", "-1").code()).isEqualTo(ExitCode.MALFORMED);
    }

    @Test
    void theLiteralStepHasNoRationalIterates() throws IOException {
        Cli run = Cli.run("trace", table(), "--step", "lambda-max");
        assertThat(run.code()).isEqualTo(ExitCode.UNDECIDED);
        assertThat(run.err()).contains("irrational");
    }

    @Test
    void aRunThatOverflowsSaysWhere() throws IOException {
        Path output = Files.writeString(folder.resolve("kept.csv"), "precious");
        Cli run = Cli.run(
                "trace", table(), "--step", 1000, "--loops", 500, "--path", "binary64", "--at", "1,500", "-o", output);
        assertThat(run.code()).isEqualTo(ExitCode.UNDECIDED);
        assertThat(run.err()).contains("finite up to t = ");
        assertThat(Files.readString(output)).isEqualTo("precious");
        assertThat(Cli.run("trace", table(), "--loops", 3, "-o", output).out()).isEmpty();
        assertThat(Files.readString(output)).startsWith("t,a,");
    }
}
