package org.loopcert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.GroundTruthInstances;
import org.loopcert.ring.RoundingFormat;

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
    void errorsAreEnclosedForConstantStepsAndSchedules() throws IOException {
        // tt = (3, 2): the error at t is 9 (7/8)^t + 4 (1/2)^t for eta = 1/8
        List<BigDecimal> exact = List.of(new BigDecimal("13"), new BigDecimal("7.890625"));
        for (String step : List.of("1/8", "1/8,1/8,1/8")) {
            Cli run = Cli.run(
                    "trace",
                    table(),
                    "--step",
                    step,
                    "--loops",
                    3,
                    "--path",
                    "enclosure",
                    "--error",
                    "--at",
                    "0,2",
                    "--precision",
                    20,
                    "--json");
            assertThat(run.code()).as(run.err()).isZero();
            for (int k = 0; k < 2; k++) {
                JsonNode range =
                        run.json().get("error").get(Integer.toString(2 * k)).get(0);
                BigDecimal lower = new BigDecimal(range.get(0).asText());
                BigDecimal upper = new BigDecimal(range.get(1).asText());
                assertThat(exact.get(k)).isBetween(lower, upper);
                assertThat(upper.subtract(lower)).isLessThan(new BigDecimal("1e-17"));
            }
        }
        Cli late = Cli.run(
                "trace", table(), "--step", "1/8", "--loops", 200, "--path", "enclosure", "--error", "--at", 200);
        String[] ends = late.out().lines().skip(1).findFirst().orElseThrow().split(",");
        // 9 (7/8)^200 = 2.2708...e-11, far below what theta(200) is enclosed to in as many digits
        BigDecimal value = new BigDecimal("0.875").pow(200).multiply(new BigDecimal(9));
        assertThat(value.add(new BigDecimal("0.5").pow(200).multiply(new BigDecimal(4))))
                .isBetween(new BigDecimal(ends[1]), new BigDecimal(ends[2]));
        assertThat(new BigDecimal(ends[2]).subtract(new BigDecimal(ends[1]))).isLessThan(new BigDecimal("1e-35"));
        Cli exactPath = Cli.run("trace", table(), "--step", "1/8", "--loops", 2, "--error");
        assertThat(exactPath.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(exactPath.err()).contains("--error: expected --path enclosure");
    }

    @Test
    void aTrillionLoopsAreEnclosedForAConstantStepOnly() throws IOException {
        Object[] last = {"trace", table(), "--step", "1/8", "--loops", 1_000_000_000_000L, "--at", 1_000_000_000_000L};
        Cli run = Cli.run(with(last, "--path", "enclosure", "--error"));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("t,error lower,error upper\n1000000000000,0,");
        Cli theta = Cli.run(with(last, "--path", "enclosure", "--precision", 5));
        assertThat(theta.code()).as(theta.err()).isZero();
        for (String path : List.of("exact", "binary64", "certified-binary64")) {
            Cli refused = Cli.run(with(last, "--path", path));
            assertThat(refused.code()).isEqualTo(ExitCode.UNDECIDED);
            assertThat(refused.err()).contains("at most 2147483647 loops");
        }
    }

    private static Object[] with(Object[] arguments, Object... more) {
        return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray();
    }

    @Test
    void theLiteralStepHasNoRationalIterates() throws IOException {
        Cli run = Cli.run("trace", table(), "--step", "lambda-max");
        assertThat(run.code()).isEqualTo(ExitCode.UNDECIDED);
        assertThat(run.err()).contains("irrational");
    }

    @Test
    void aRunThatOverflowsIsPrintedToItsEndAndSaysWhere() throws IOException {
        Cli run = Cli.run("trace", table(), "--step", 1000, "--loops", 500, "--path", "binary64", "--at", "1,500");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).endsWith("500,nan,nan\n").contains("\n1,0x1.");
        assertThat(run.err()).startsWith("loopcert: the binary64 run is not finite from t = ");
        assertThat(Cli.run(
                                "trace",
                                table(),
                                "--step",
                                1000,
                                "--loops",
                                500,
                                "--path",
                                "binary64",
                                "--at",
                                "1,500",
                                "--quiet")
                        .err())
                .isEmpty();
        JsonNode json = Cli.run("trace", table(), "--step", 1, "--loops", 9, "--path", "e4m3", "--json")
                .json();
        assertThat(json.get("theta").get("9").get(1).asText()).isEqualTo("nan");
        JsonNode saturated = Cli.run("trace", table(), "--step", 1, "--loops", 9, "--path", "e4m3-saturating", "--json")
                .json();
        assertThat(Double.parseDouble(saturated.get("theta").get("9").get(1).asText()))
                .isBetween(-448.0, 448.0);
    }

    @Test
    void anIncompleteTraceReplacesNothing() throws IOException {
        Path output = Files.writeString(folder.resolve("kept.csv"), "precious");
        Cli run = Cli.run("trace", table(), "--loops", 500, "--max-bits", 1, "-o", output);
        assertThat(run.code()).isEqualTo(ExitCode.UNDECIDED);
        assertThat(Files.readString(output)).isEqualTo("precious");
        assertThat(Cli.run("trace", table(), "--loops", 3, "-o", output).out()).isEmpty();
        assertThat(Files.readString(output)).startsWith("t,a,");
    }

    @Test
    void roundedRunsTakeEveryFormatAndOption() throws IOException {
        // G = diag(1, 4): one step of 1/8 from 0 is (3/8, 1), which all formats hold
        for (RoundingFormat format : RoundingFormat.all()) {
            for (String order : List.of("residual", "gram", "attention")) {
                Cli run = Cli.run(
                        "trace",
                        table(),
                        "--step",
                        "1/8",
                        "--loops",
                        1,
                        "--at",
                        1,
                        "--path",
                        format,
                        "--order",
                        order,
                        "--fma",
                        "--accumulate",
                        "binary64",
                        "--sum",
                        "blocked:2");
                assertThat(run.code()).as(run.err()).isZero();
                assertThat(run.out()).as("%s %s", format, order).isEqualTo("t,a,\"b,c\"\n1,0x1.8p-2,0x1.0p0\n");
            }
        }
    }

    /** The sums are 2^11 + 1 + 1 + 1, whose neighbours in binary16 are even, and the step is 1. */
    @Test
    void optionsChangeTheBits() throws IOException {
        Path sums = Files.writeString(folder.resolve("sums.csv"), "a,y\n1,2048\n1,1\n1,1\n1,1\n");
        assertThat(firstStep(sums)).isEqualTo(2048);
        assertThat(firstStep(sums, "--sum", "sequential")).isEqualTo(2048);
        assertThat(firstStep(sums, "--sum", "pairwise")).isEqualTo(2050);
        assertThat(firstStep(sums, "--sum", "BLOCKED:2")).isEqualTo(2050);
        assertThat(firstStep(sums, "--accumulate", "binary32")).isEqualTo(2052);
        // 1 + 2^-10 squared is 1 + 2^-9 + 2^-20: the last bit survives only in a fused product
        Path product =
                Files.writeString(folder.resolve("product.csv"), "a,y\n1,1.001953125\n1.0009765625,-1.0009765625\n");
        assertThat(firstStep(product)).isEqualTo(0);
        assertThat(firstStep(product, "--fma")).isEqualTo(-0x1p-20);
        assertThat(firstStep(product, "--sum", "pairwise", "--fma")).isEqualTo(-0x1p-20);
    }

    private static double firstStep(Path table, Object... options) {
        List<Object> args = new ArrayList<>(List.of(
                "trace", table, "--step", 1, "--loops", 1, "--at", 1, "--path", "binary16", "--format", "json"));
        args.addAll(List.of(options));
        Cli run = Cli.run(args.toArray());
        assertThat(run.code()).as(run.err()).isZero();
        return Double.parseDouble(run.json().get("theta").get("1").get(0).asText());
    }

    @Test
    void binary64EnclosesTheExactIteratesByItself() throws IOException {
        Path instance = Cli.gaussian(folder, 6, 3, 3);
        for (String step : List.of("auto", "1/100,1/90,1/80")) {
            JsonNode exact = Cli.run("trace", instance, "--step", step, "--at", "0,1,3", "--json")
                    .json();
            Cli run = Cli.run(
                    "trace", instance, "--step", step, "--at", "0,1,3", "--json", "--path", "certified-binary64");
            assertThat(run.code()).as(run.err()).isZero();
            for (String t : List.of("0", "1", "3")) {
                for (int j = 0; j < 3; j++) {
                    Fraction value = fraction(exact.get("theta").get(t).get(j));
                    JsonNode range = run.json().get("theta").get(t).get(j);
                    Fraction width = fraction(range.get(1)).subtract(fraction(range.get(0)));
                    assertThat(fraction(range.get(0)).compareTo(value)).isNotPositive();
                    assertThat(fraction(range.get(1)).compareTo(value)).isNotNegative();
                    assertThat(width.compareTo(Fraction.of(1, 1L << 40))).isNegative();
                }
            }
        }
        Cli huge =
                Cli.run("trace", table(), "--step", 1000, "--loops", 500, "--path", "certified-binary64", "--at", 500);
        assertThat(huge.code()).isEqualTo(ExitCode.UNDECIDED);
        assertThat(huge.err()).contains("bounds no distance of theta(500)");
        Path tiny = Files.writeString(folder.resolve("tiny.csv"), "a,y\n1e-310,1\n");
        Cli subnormal = Cli.run("trace", tiny, "--step", 1, "--loops", 2, "--path", "certified-binary64");
        assertThat(subnormal.code()).isEqualTo(ExitCode.UNDECIDED);
        assertThat(subnormal.err()).contains("normal range of binary64");
        assertThat(Cli.run("trace", instance, "--path", "certified-binary64", "--fma")
                        .code())
                .isEqualTo(ExitCode.MALFORMED);
    }
}
