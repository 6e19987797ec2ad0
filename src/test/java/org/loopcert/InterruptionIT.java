package org.loopcert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is stopped, or cannot write, leaves the old file or a complete one, and says why. */
class InterruptionIT {
    private static final String OLD = "what stood here before\n";
    private static final List<String> HEAP =
            Stream.concat(Stream.of("-Xmx512m"), LoopcertJar.QUICK.stream()).toList();

    @TempDir
    static Path shared;

    private static Path small;
    private static Path long64;

    @TempDir
    Path folder;

    @BeforeAll
    static void instances() {
        Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self")), "signals and devices are those of Linux");
        small = shared.resolve("small.json");
        long64 = shared.resolve("long.json");
        generate(small, 16, 4, 200);
        generate(long64, 64, 16, 3000);
    }

    private static void generate(Path file, int n, int d, int loops) {
        LoopcertJar made = LoopcertJar.run(
                HEAP, "generate", "--family", "gaussian", "--n", n, "--d", d, "--loops", loops, "-o", file);
        assertThat(made.code()).as(made.err()).isZero();
    }

    /** The files beside the target; temporary ones begin with a dot. */
    private List<String> others(Path target) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.equals(target))
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    /** A build that a shell started in the background ignores INT, and so would everything that it starts. */
    private static List<String> withSignals(List<String> command) {
        return Stream.concat(Stream.of("env", "--default-signal=INT"), command.stream())
                .toList();
    }

    /** Starts the command and sends it a signal after a while; whether the process was still there. */
    private static boolean interrupted(String signal, long millis, List<String> command) throws Exception {
        Process process = new ProcessBuilder(withSignals(command))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        boolean ended = process.waitFor(millis, TimeUnit.MILLISECONDS);
        if (!ended) {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor(1, TimeUnit.MINUTES))
                    .as("ends after " + signal)
                    .isTrue();
        }
        return !ended;
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "KILL"})
    void aStoppedCertificationLeavesTheOldFileOrACertificate(String signal) throws Exception {
        Path target = folder.resolve("certificate.json");
        int stopped = 0;
        for (long millis : new long[] {50, 200, 400, 700, 1000, 1500}) {
            Files.writeString(target, OLD);
            Path instance = millis < 600 ? small : long64;
            if (interrupted(signal, millis, LoopcertJar.command(HEAP, "certify", instance, "-o", target))) {
                stopped++;
            }
            if (!Files.readString(target).equals(OLD)) {
                assertThat(LoopcertJar.run(HEAP, "check", target, "--input", instance)
                                .code())
                        .as("after " + millis + " ms")
                        .isZero();
            }
            if (!signal.equals("KILL")) {
                assertThat(others(target)).as("after " + millis + " ms").isEmpty();
            }
        }
        assertThat(stopped).as("runs that the signal met").isPositive();
    }

    /** A trace writes all the time, so that the signal meets it in the middle of its file. */
    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "KILL"})
    void aTraceThatIsStoppedWhileItWritesLeavesTheOldFile(String signal) throws Exception {
        Path target = Files.writeString(folder.resolve("trace.csv"), OLD);
        List<String> command = LoopcertJar.command(
                HEAP, "trace", long64, "--at", at(3000), "--path", "exact", "--max-bits", 100_000_000, "-o", target);
        Process process = new ProcessBuilder(withSignals(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            boolean writing = false;
            while (!writing && process.isAlive()) {
                for (String name : others(target)) {
                    // gone again if it was the probe
                    Path partial = folder.resolve(name);
                    writing |= Files.exists(partial) && sizeOrZero(partial) > 0;
                }
                Thread.onSpinWait();
            }
            assertThat(writing).as("writes a temporary file").isTrue();
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(target).hasContent(OLD);
        if (!signal.equals("KILL")) {
            assertThat(others(target)).isEmpty();
        } else {
            assertThat(others(target)).allMatch(name -> name.endsWith(".part"));
        }
    }

    private static long sizeOrZero(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private static String at(int last) {
        StringBuilder at = new StringBuilder("0");
        for (int t = 1; t <= last; t++) {
            at.append(',').append(t);
        }
        return at.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"certify %s", "trace %s --path exact --max-bits 100000000 --at " + "3000", "check %s --input %s"
            })
    void aDeadlineEndsUndecidedWithoutAFile(String line) throws Exception {
        Path target = Files.writeString(folder.resolve("file"), OLD);
        Object[] arguments = Stream.concat(
                        Stream.of(line.replace("%s", long64.toString()).split(" ")),
                        line.startsWith("check")
                                ? Stream.of("--max-time", "1ms", "--json")
                                : Stream.of("--max-time", "1ms", "--json", "-o", target.toString()))
                .toArray();
        LoopcertJar run = LoopcertJar.run(HEAP, arguments);
        assertThat(run.code()).as(run.err()).isEqualTo(3);
        assertThat(run.err()).contains("undecided: limit max-time 1 ms, needed more than ");
        assertThat(run.out()).contains("\"verdict\" : \"undecided\"", "\"name\" : \"max-time\"", "\"allowed\" : 1,");
        assertThat(target).hasContent(OLD);
        assertThat(others(target)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "certify %s -o",
                "trace %s --path binary64 --at 0,1 -o",
                "trace %s --path binary64 --at 0,1 --format json -o",
                "generate --family gaussian --n 64 --d 8 -o"
            })
    void whatCannotBeWrittenIsSaid(String command) throws Exception {
        Path missing = folder.resolve("missing").resolve("file");
        for (String[] target : new String[][] {
            {folder.toString(), "expected a file, found the folder"},
            {missing.toString(), "no such folder"},
            {"/dev/full", "No space left on device"},
            {"/sys/loopcert", "cannot write /sys/loopcert"}
        }) {
            LoopcertJar run = LoopcertJar.shell("loopcert " + command.formatted(small) + " '" + target[0] + "'");
            assertThat(run.code()).as(target[0] + ": " + run.err()).isEqualTo(2);
            assertThat(run.err()).contains(target[1]).doesNotContain("\tat ").doesNotContain("fault");
            assertThat(run.out()).isEmpty();
        }
        assertThat(others(missing)).isEmpty();
    }

    @Test
    void aTargetThatCannotBeWrittenIsRefusedBeforeTheWork() {
        // within a deadline that the work itself would miss by far
        LoopcertJar run = LoopcertJar.run(
                HEAP, "trace", long64, "--at", "3000", "--max-bits", 100_000_000, "-o", folder, "--max-time", "1m");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("found the folder");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trace %s --path binary64 --at 0,1,2,3",
                "trace %s --path exact --at 0,1,2,3 --format json",
                "generate --family gaussian --n 64 --d 8",
                "certify %s --json",
                "check certificates/accept",
                "--help"
            })
    void outputThatNobodyReadsIsAnErrorOfOneLine(String command) {
        for (String reader : List.of("| head -c 10", "> /dev/full")) {
            String status = reader.startsWith("|")
                    ? "{ loopcert %s; echo $? > '%s'; } | { exec 0<&-; sleep 1; }; exit $(cat '%s')"
                            .formatted(command.formatted(small), folder.resolve("code"), folder.resolve("code"))
                    : "loopcert " + command.formatted(small) + " " + reader;
            LoopcertJar run = LoopcertJar.shell(status);
            assertThat(run.code()).as(command + reader + run.err()).isEqualTo(2);
            assertThat(run.err())
                    .contains("cannot write to standard output")
                    .doesNotContain("\tat ")
                    .doesNotContain("fault");
        }
    }
}
