package org.loopcert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.GroundTruthInstances;
import org.loopcert.ring.FloatingPoint;

class AuditTest {
    @TempDir
    Path folder;

    /** G = diag(1, 4), b = (3, 8), so that theta(t) = (3 (1 - (1 - eta)^t), 2 (1 - (1 - 4 eta)^t)). */
    private Path table() throws IOException {
        return Files.writeString(folder.resolve("table.csv"), "a,b,y\n1,0,3\n0,2,4\n");
    }

    private static Fraction fraction(JsonNode text) {
        return GroundTruthInstances.fraction(text.asText());
    }

    /** The text without its line breaks. */
    private static String words(Cli run) {
        return run.out().replaceAll("\\s+", " ");
    }

    private static Cli audit(Object... args) {
        List<Object> all = new ArrayList<>(List.of("audit"));
        all.addAll(Arrays.asList(args));
        return Cli.run(all.toArray());
    }

    @Test
    void everyFormatHasItsBlockInWords() {
        Cli run = audit(Cli.gaussian(folder, 6, 3, 120));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(words(run))
                .contains(" binary64 (order residual, sums sequential, products rounded) drift ")
                .contains(" binary32 (", " bfloat16 (")
                .contains("measured against the exact iterates", "running error analysis", "before the run")
                .contains("comes from rounding the inputs", "from products", "(feedback)")
                .contains("stands still from t = ", "stops contracting at t = ", "Lemma 5.6")
                .contains("guaranteed: ")
                .doesNotContain("verdict");
        assertThat(run.err()).isEmpty();
        assertThat(words(audit(Cli.gaussian(folder, 6, 3, 120), "--quiet"))).isEmpty();
    }

    /** eta = 1/8 and the start 0: after one loop binary32 holds 3/8 and 1, and drift begins where 53 or 24 bits end. */
    @Test
    void theNumbersAreThoseOfTheRunItself() throws IOException {
        JsonNode json = audit(table(), "--step", "1/8", "--loops", 40, "--formats", "bfloat16", "--json")
                .json();
        assertThat(json.get("eta").asText()).isEqualTo("1/8");
        assertThat(json.get("rate").asText()).isEqualTo("7/8");
        assertThat(json.get("kappa").get("lower").asText()).isEqualTo("4");
        JsonNode run = json.get("formats").get(0);
        assertThat(run.get("format").asText()).isEqualTo("bfloat16");
        assertThat(run.get("exact").asBoolean()).isTrue();
        JsonNode rounded = Cli.run(
                        "trace", table(), "--step", "1/8", "--loops", 40, "--path", "bfloat16", "--format", "json")
                .json()
                .get("theta");
        JsonNode exact = Cli.run("trace", table(), "--step", "1/8", "--loops", 40, "--format", "json")
                .json()
                .get("theta");
        Fraction largest = Fraction.ZERO;
        for (int t = 0; t <= 40; t++) {
            Fraction here = Fraction.ZERO;
            for (int j = 0; j < 2; j++) {
                double value = Double.parseDouble(rounded.get("" + t).get(j).asText());
                Fraction off = Fraction.of(FloatingPoint.exact(value))
                        .subtract(fraction(exact.get("" + t).get(j)));
                here = max(here, off.signum() < 0 ? off.negate() : off);
            }
            largest = max(largest, here);
            if (t == 40) {
                assertThat(fraction(run.get("atEnd").get("absolute"))).isEqualTo(here);
            }
        }
        JsonNode drift = run.get("drift");
        assertThat(fraction(drift.get("absolute"))).isEqualTo(largest);
        assertThat(fraction(drift.get("bound")).compareTo(largest)).isNotNegative();
        assertThat(drift.get("leavesBoundAt").asInt()).isPositive();
        assertThat(run.get("steps").get(0).get("t").asInt()).isZero();
        assertThat(run.get("stagnatesAt").asInt()).isPositive();
        assertThat(run.get("period").asInt()).isPositive();
        assertThat(run.get("nonFinite").isNull()).isTrue();
    }

    private static Fraction max(Fraction a, Fraction b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    @Test
    void theClaimIsAcceptedRejectedOrUndecided() throws IOException {
        Path instance = Cli.gaussian(folder, 6, 3, 50);
        Cli held = audit(instance, "--certify", "1e-3", "--formats", "binary64,binary32");
        assertThat(held.code()).as(held.out() + held.err()).isZero();
        assertThat(words(held)).contains(": accepted (").contains("is less than 1/1000 off, for all t <= 50");
        Cli broken = audit(instance, "--certify", "1e-3", "--json");
        assertThat(broken.code()).isEqualTo(ExitCode.REJECTED);
        JsonNode json = broken.json();
        assertThat(json.get("verdict").asText()).isEqualTo("rejected");
        assertThat(json.get("epsilon").asText()).isEqualTo("1/1000");
        assertThat(json.get("formats").findValuesAsText("verdict")).containsExactly("accepted", "accepted", "rejected");
        int at = json.get("formats").get(2).get("exceededAt").asInt();
        assertThat(at).isPositive();
        assertThat(words(audit(instance, "--certify", "1e-3", "--formats", "bfloat16")))
                .contains("rejected: at t = " + at + " an entry is at least ");
        assertThat(audit(instance, "--certify", "1e-3", "--formats", "bfloat16", "--loops", at - 1)
                        .code())
                .isZero();
        // the drift of the start 1/3 is exactly this, and its enclosure of 128 bits holds it
        Path start = Files.writeString(folder.resolve("start.csv"), "start\n-1/3\n0\n");
        Cli open = audit(
                table(),
                "--start",
                start,
                "--loops",
                0,
                "--step",
                "1/8",
                "--formats",
                "binary64",
                "--certify",
                "1/54043195528445952");
        assertThat(open.code()).as(open.out() + open.err()).isEqualTo(ExitCode.UNDECIDED);
        assertThat(words(open)).contains("undecided: at t = 0 the drift agrees with 1/54043195528445952");
    }

    @Test
    void theKernelChecksWhatTheCertificateRecords() throws IOException {
        Path instance = Cli.gaussian(folder, 6, 3, 60);
        Path certificate = folder.resolve("audited.json");
        Cli run = audit(
                instance,
                "--certify",
                "1e-4",
                "--formats",
                "binary64,binary32",
                "--order",
                "attention",
                "--sum",
                "blocked:2",
                "--fma",
                "-o",
                certificate);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(words(run))
                .contains("recomputed theta(t) exactly for every t <= 60")
                .contains("for all of them");
        JsonNode checked = Cli.run("check", certificate, "--json").json();
        assertThat(checked.get("verdict").asText()).isEqualTo("accepted");
        assertThat(checked.get("formats").findValuesAsText("fused")).containsExactly("yes", "yes");
        assertThat(checked.get("formats").get(1).get("drift").get("format").asText())
                .isEqualTo("binary32");
        assertThat(checked.get("drift").get("format").asText()).isEqualTo("binary64");
        long lines = 0;
        for (JsonNode line : checked.get("established")) {
            lines += line.get("id").asText().equals("rounded-iterates") ? 1 : 0;
        }
        assertThat(lines).isEqualTo(2);
        assertThat(words(Cli.run("explain", certificate)))
                .contains("The producer says that its binary64 run (order attention)")
                .contains("The producer says that its binary32 run (order attention)");
        assertThat(words(Cli.run("check", certificate))).contains("binary32, order attention, only measured: at most ");
        // one changed distance is found
        String text = Files.readString(certificate);
        int distance = text.lastIndexOf("\"distance\": \"");
        int end = text.indexOf('"', distance + 13);
        String zero = text.substring(0, distance + 13) + "0" + text.substring(end);
        String sized = zero.replaceFirst("\"bytes\": [0-9]+", "\"bytes\": " + zero.length());
        String again = sized.replaceFirst("\"bytes\": [0-9]+", "\"bytes\": " + sized.length());
        JsonNode rejected = Cli.run("check", Files.writeString(folder.resolve("changed.json"), again), "--json")
                .json();
        assertThat(rejected.get("reason").asText()).isEqualTo("not-enclosed");
    }

    /** T = 5000, where exact iterates have millions of digits; bfloat16 stands still far from the solution. */
    @Test
    void theKernelFollowsTrajectoriesThatAreTooLongForExactIterates() throws IOException {
        Path instance = Cli.gaussian(folder, 6, 2, 5000);
        Path certificate = folder.resolve("trajectory.json");
        Object[] asked = {instance, "--formats", "binary64,bfloat16", "--trajectory", "--at", "5000", "-o", certificate
        };
        Cli run = audit(asked);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(words(run))
                .contains("checked none of these distances")
                .contains("reaches by the kernel, the given rounded iterates r(0), .., r(k), k = 5000, end within");
        List<Object> json = new ArrayList<>(Arrays.asList(asked));
        json.add("--json");
        JsonNode formats = audit(json.toArray()).json().get("formats");
        for (JsonNode format : formats) {
            JsonNode trajectory = format.get("trajectory");
            assertThat(trajectory.get("steps").asInt()).isEqualTo(5000);
            Fraction base = fraction(trajectory.get("base"));
            assertThat(base).isBetween(Fraction.ZERO, Fraction.ONE);
            assertThat(fraction(trajectory.get("startSquare"))).isEqualTo(Fraction.ONE);
            // what is left of the start is negligible: the run ends within what its steps add up to
            assertThat(format.get("atEnd").get("absoluteDecimal").asDouble())
                    .isLessThan(trajectory.get("accumulatedDecimal").asDouble() + 1e-9);
        }
        assertThat(formats.get(0).get("trajectory").get("accumulatedDecimal").asDouble())
                .isLessThan(1e-12);
        assertThat(formats.get(1).get("trajectory").get("accumulatedDecimal").asDouble())
                .isBetween(1e-4, 1.0);
        JsonNode checked = Cli.run("check", certificate, "--json").json();
        assertThat(checked.get("verdict").asText()).isEqualTo("accepted");
        assertThat(checked.get("established").findValuesAsText("id"))
                .contains("rounded-trajectory")
                .doesNotContain("rounded-iterates");
        assertThat(words(Cli.run("explain", certificate)))
                .contains("Rounded iterates come closer to the solution as the exact ones do");
    }

    @Test
    void withoutATrajectoryItsReasonIsTold() {
        Path instance = Cli.gaussian(folder, 6, 2, 50);
        Cli large = audit(instance, "--step", "100", "--formats", "binary64", "--trajectory");
        assertThat(large.code()).isEqualTo(ExitCode.UNDECIDED);
        assertThat(words(large)).contains("reaches nothing by a trajectory: the steps do not contract");
        Cli deficient = audit(Cli.gaussian(folder, 2, 3, 50), "--formats", "binary64", "--trajectory");
        assertThat(deficient.code()).isEqualTo(ExitCode.UNDECIDED);
        assertThat(words(deficient)).contains("nothing by a trajectory: rank X = 2 < d = 3");
        Cli limited = audit(
                Cli.gaussian(folder, 6, 2, 5000), "--formats", "binary64", "--trajectory", "--max-values", "6000");
        assertThat(limited.code()).isEqualTo(ExitCode.UNDECIDED);
        assertThat(words(limited)).contains("nothing by a trajectory: limit max-values 6000");
        Cli tooLong = audit(instance, "--loops", "90000", "--trajectory");
        assertThat(tooLong.code()).isEqualTo(ExitCode.UNDECIDED);
        assertThat(tooLong.err())
                .contains("the trajectories of 3 runs of 90000 loops with d = 2 take 810009 values, and a certificate"
                        + " holds 150000 of them")
                .contains("--loops");
    }

    @Test
    void withoutAClaimTheChosenLoopsAreRecorded() {
        Path certificate = folder.resolve("chosen.json");
        JsonNode json = audit(Cli.gaussian(folder, 6, 3, 60), "--at", "3,60", "-o", certificate, "--json")
                .json();
        for (JsonNode format : json.get("formats")) {
            assertThat(format.get("checkedByKernel").toString()).isEqualTo("[3,60]");
        }
        assertThat(json.get("certificate").asText()).isEqualTo("accepted");
        assertThat(Cli.run("check", certificate).code()).isZero();
    }

    /** 201 iterates of seven values each are beyond this limit: the kernel checks the first ones. */
    @Test
    void theKernelChecksAsManyLoopsAsTheLimitsAllow() {
        Path certificate = folder.resolve("long.json");
        Cli run = audit(
                Cli.gaussian(folder, 6, 3, 200),
                "--formats",
                "binary64",
                "--certify",
                "1e-9",
                "--max-values",
                1000,
                "-o",
                certificate);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(words(run)).containsPattern("every t <= (49|99) .*beyond t = (49|99) they are only measured");
        assertThat(Cli.run("check", certificate, "--max-values", 1000).code()).isZero();
    }

    @Test
    void everyStepAndEntryIsInTheTable() throws IOException {
        Path csv = folder.resolve("drift.csv");
        Cli run = audit(table(), "--step", "1/8", "--loops", 7, "--formats", "binary32,e4m3", "--csv", csv);
        assertThat(run.code()).as(run.err()).isZero();
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines).hasSize(1 + 2 * 8 * 2);
        assertThat(lines.get(0)).startsWith("format,t,entry,rounded,absolute,relative,ulps,bound,local input,");
        assertThat(lines.get(3)).startsWith("binary32,1,a,0x1.8p-2,0,0,0,");
        assertThat(lines).allMatch(line -> line.chars().filter(c -> c == ',').count() == 14);
        assertThat(run.err()).contains("note: wrote " + csv);
    }

    @Test
    void overflowIsNamedWithItsOperation() throws IOException {
        Path certificate = folder.resolve("diverging.json");
        Cli run = audit(
                table(),
                "--step",
                1000,
                "--loops",
                50,
                "--formats",
                "bfloat16,e4m3",
                "--certify",
                "1e50",
                "-o",
                certificate);
        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(ExitCode.REJECTED);
        assertThat(words(run))
                .contains("fails in loop 11: the product of the step size and the gradient's entry 2 gave -infinity")
                .contains("theta(t) is not finite at t = 11; before that")
                .contains("fails in loop 1: rounding the step size gave NaN");
        JsonNode check = Cli.run("check", certificate, "--json").json();
        assertThat(check.get("kind").asText()).isEqualTo("refutation");
        assertThat(check.get("formats")).hasSize(2);
        JsonNode json = audit(table(), "--step", 1000, "--loops", 50, "--formats", "bfloat16", "--json")
                .json();
        JsonNode at = json.get("formats").get(0).get("nonFinite");
        assertThat(at.get("t").asInt()).isEqualTo(11);
        assertThat(at.get("operation").asText()).isEqualTo("step");
        assertThat(at.get("row").isNull()).isTrue();
        assertThat(at.get("column").asInt()).isEqualTo(1);
        assertThat(json.get("rate").isNull()).isTrue();
        Path huge = folder.resolve("huge.csv");
        Files.writeString(huge, "a,y\n1e39,1\n");
        Cli lost = audit(huge, "--formats", "binary32", "--loops", 3);
        assertThat(lost.code()).as(lost.err()).isZero();
        assertThat(words(lost))
                .contains("not all inputs are finite in this format", "rounding X, row 1, column 1, gave infinity");
        JsonNode nothing =
                audit(huge, "--formats", "binary32", "--loops", 3, "--json").json();
        assertThat(nothing.get("formats").get(0).get("drift").isNull()).isTrue();
        assertThat(nothing.get("formats").get(0).get("loopsReached").isNull()).isTrue();
    }

    @Test
    void noLoopsSchedulesAndRankAreNoSpecialCase() throws IOException {
        Cli none = audit(table(), "--loops", 0, "--certify", "1e-300", "--json");
        assertThat(none.code()).as(none.err()).isZero();
        assertThat(none.json().get("formats").get(0).get("steps")).hasSize(1);
        Cli schedule = audit(Cli.gaussian(folder, 6, 3, 20), "--step", "chebyshev", "--json");
        assertThat(schedule.code()).as(schedule.err()).isZero();
        assertThat(schedule.json().get("eta")).hasSize(20);
        assertThat(schedule.json().get("rate").isNull()).isTrue();
        assertThat(schedule.json()
                        .get("formats")
                        .get(0)
                        .get("drift")
                        .get("leavesBoundAt")
                        .isNull())
                .isTrue();
        assertThat(words(audit(Cli.gaussian(folder, 6, 3, 20), "--step", "chebyshev")))
                .contains("a schedule of 20 steps", "no bound rho^t is certified");
        Path deficient = Files.writeString(folder.resolve("rank.csv"), "a,b,y\n1,1,1\n2,2,3\n");
        JsonNode rank = audit(deficient, "--json", "--loops", 30).json();
        assertThat(rank.get("rank").asInt()).isEqualTo(1);
        assertThat(rank.get("mu").asText()).isEqualTo("0");
        assertThat(rank.get("muPositive").get("lower").asText()).isEqualTo("10");
        assertThat(words(audit(deficient))).contains("Lemma 5.6 does not apply");
        Path zero = Files.writeString(folder.resolve("zero.csv"), "a,y\n0,1\n");
        assertThat(audit(zero, "--step", "1", "--loops", 3).code()).isZero();
        assertThat(audit(zero).code()).isEqualTo(ExitCode.UNDECIDED);
        Path written = folder.resolve("none.json");
        assertThat(audit(zero, "--step", "1", "--loops", 3, "-o", written).code())
                .isEqualTo(ExitCode.UNDECIDED);
        assertThat(written).doesNotExist();
        assertThat(words(audit(zero, "--step", "1", "--loops", 3, "-o", written)))
                .contains("kernel undecided, so that there is no certificate: X is zero")
                .contains("kernel checked none of these distances: they are only measured");
        Path chebyshev = folder.resolve("chebyshev.json");
        Cli certified = audit(Cli.gaussian(folder, 6, 3, 20), "--step", "chebyshev", "--certify", "1", "-o", chebyshev);
        assertThat(certified.code()).as(certified.err()).isZero();
        assertThat(words(certified)).contains("accepts the certificate of the exact run", "for every t <= 20");
        assertThat(Cli.run("check", chebyshev).code()).isZero();
    }

    @Test
    void thePageIsWrittenAndReplacesOnlyWhenComplete() throws IOException {
        Path page = Files.writeString(folder.resolve("audit.html"), "precious");
        Path instance = Cli.gaussian(folder, 6, 3, 40);
        assertThat(audit(instance, "--loops", 200000, "--report", page).code()).isEqualTo(ExitCode.UNDECIDED);
        assertThat(Files.readString(page)).isEqualTo("precious");
        Cli run = audit(instance, "--report", page, "--certify", "1e-5");
        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.REJECTED);
        assertThat(Files.readString(page))
                .startsWith("<!DOCTYPE html>")
                .contains("Floating-point audit of gaussian-6-3-40");
    }

    @Test
    void whatCannotBeAuditedIsRefused() throws IOException {
        Path instance = Cli.gaussian(folder, 6, 3, 20);
        assertRefused(ExitCode.UNDECIDED, "irrational", instance, "--step", "lambda-max");
        assertRefused(ExitCode.UNDECIDED, "limit max-loops 100000, needed 100001", instance, "--loops", 100_001);
        assertRefused(ExitCode.UNDECIDED, "limit max-loops 19, needed 20 loops", instance, "--max-loops", 19);
        assertRefused(ExitCode.UNDECIDED, "limit max-memory", instance, "--max-memory", "100K");
        assertRefused(ExitCode.MALFORMED, "--certify", instance, "--certify", "0");
        assertRefused(ExitCode.MALFORMED, "--certify", instance, "--certify", "small");
        assertRefused(ExitCode.MALFORMED, "binary99", instance, "--formats", "binary99");
        assertRefused(ExitCode.MALFORMED, "--at", instance, "--at", "21");
        assertRefused(ExitCode.MALFORMED, "--at", instance, "--at", "-1");
        assertRefused(ExitCode.MALFORMED, "--precision", instance, "--precision", 0);
        assertRefused(ExitCode.MALFORMED, "--accumulate", instance, "--accumulate", "binary32"); // not for binary64
        assertRefused(
                ExitCode.MALFORMED,
                "different files",
                instance,
                "-o",
                folder.resolve("x"),
                "--csv",
                folder.resolve("x"));
        assertRefused(ExitCode.MALFORMED, "no such folder", instance, "--report", folder.resolve("none/x.html"));
    }

    private static void assertRefused(int code, String message, Object... args) {
        Cli run = audit(args);
        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(code);
        assertThat(run.err()).contains(message);
        assertThat(words(run)).isEmpty();
    }

    @Test
    void everyFormatAndArithmeticIsTaken() throws IOException {
        for (String order : List.of("residual", "gram", "attention")) {
            Cli run = audit(
                    table(),
                    "--step",
                    "1/8",
                    "--loops",
                    12,
                    "--formats",
                    "binary64,binary32,binary16,bfloat16,tf32,e4m3,e4m3-saturating,e5m2,e5m2-saturating",
                    "--order",
                    order,
                    "--json");
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.json().get("formats")).hasSize(9);
        }
        JsonNode wide = audit(
                        table(),
                        "--formats",
                        "bfloat16,bfloat16",
                        "--accumulate",
                        "binary32",
                        "--sum",
                        "pairwise",
                        "--fma",
                        "--loops",
                        3,
                        "--json")
                .json();
        assertThat(wide.get("formats")).hasSize(1);
        assertThat(wide.get("formats").get(0).get("accumulate").asText()).isEqualTo("binary32");
        assertThat(wide.get("formats").get(0).get("summation").asText()).isEqualTo("pairwise");
    }

    /** Whichever option names it, and however it is spelled. */
    @Test
    void theInputIsNeverOverwritten() throws IOException {
        Path instance = Files.writeString(folder.resolve("own.json"), "{\"X\": [[1]], \"y\": [1], \"step\": \"1/2\"}");
        byte[] before = Files.readAllBytes(instance);
        Path other = folder.resolve("nowhere").resolve("..").resolve("own.json");
        Files.createDirectories(folder.resolve("nowhere"));
        for (Path target : List.of(instance, other)) {
            for (String option : List.of("-o", "--report", "--csv")) {
                Cli run = Cli.run("audit", instance, option, target);
                assertThat(run.code()).as(run.err()).isEqualTo(2);
                assertThat(run.err()).contains("expected another file to write than the input");
            }
            assertThat(Cli.run("certify", instance, "-o", target).code()).isEqualTo(2);
            assertThat(Cli.run("trace", instance, "-o", target).code()).isEqualTo(2);
        }
        assertThat(Files.readAllBytes(instance)).isEqualTo(before);
    }
}
