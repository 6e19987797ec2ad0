package org.loopcert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    private static final String PREFIX = "  java -jar target/loopcert.jar ";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "certify",
                "check",
                "explain",
                "prove",
                "claims",
                "trace",
                "gram",
                "audit",
                "generate",
                "reproduce",
                "generate-completion"
            })
    void everyHelpHasAnExampleThatWorks(String verb) {
        Cli help = Cli.run(verb, "--help");
        assertThat(help.code()).isZero();
        List<String> examples =
                help.out().lines().filter(line -> line.startsWith(PREFIX)).toList();
        assertThat(examples).anyMatch(line -> line.startsWith(PREFIX + verb));
        for (String example : examples) {
            Object[] args = Arrays.stream(example.substring(PREFIX.length()).split(" "))
                    .map(arg -> arg.endsWith(".json") || arg.endsWith(".html")
                            ? folder.resolve(arg).toString()
                            : arg)
                    .toArray();
            Cli run = Cli.run(args);
            assertThat(run.code()).as(example + "\n" + run.err()).isZero();
        }
    }

    @Test
    void helpOfAllNamesTheVerbsAndExitCodes() {
        Cli help = Cli.run("--help");
        assertThat(help.code()).isZero();
        assertThat(help.out())
                .contains(
                        "certify",
                        "check",
                        "explain",
                        "prove",
                        "claims",
                        "trace",
                        "gram",
                        "audit",
                        "generate",
                        "reproduce",
                        "undecided",
                        "70");
        assertThat(help.err()).isEmpty();
    }

    @Test
    void versionNamesTheFormat() {
        Cli version = Cli.run("--version");
        assertThat(version.code()).isZero();
        assertThat(version.out()).startsWith("loopcert ").contains("loopcert/1");
    }

    @Test
    void completionScriptKnowsTheVerbs() {
        assertThat(Cli.run("generate-completion").out()).contains("certify", "prove", "--max-bits", "--junit");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "explain",
                "explain x.json --loops 3",
                "prove",
                "prove --list x.json",
                "prove --show",
                "prove --show nosuch",
                "prove --list --junit x.xml",
                "prove x.json --input y.json",
                "prove - -",
                "prove --json",
                "claims",
                "claims lst",
                "claims show",
                "claims show CHEN2024/lemma-9.9",
                "claims show CHEN2024/lemma-4.1 CHEN2024/lemma-4.3",
                "claims run lemma-4.1",
                "claims list --markdown --json",
                "certify",
                "certify --nonsense x.json",
                "certify x.json y.json",
                "certify x.json --query 0",
                "certify x.json --query 1/0",
                "certify x.json --step 1/2,",
                "certify x.json --loops -1",
                "certify x.json --loops many",
                "certify x.json --evidence hearsay",
                "certify x.json --backend abacus",
                "certify x.json --precision 0",
                "certify x.json --max-memory much",
                "certify x.json --max-bits 0",
                "certify x.json --labels a --labels-file b",
                "certify x.json --array a",
                "certify x.json --index 0",
                "check",
                "check x.json --loops 3",
                "check x.json --loops 3 --json",
                "explain --json",
                "certify x.json --nonsense --json",
                "trace x.json --path scenic",
                "trace x.json --order gram",
                "trace x.json --fma",
                "trace x.json --path enclosure --sum pairwise",
                "trace x.json --path exact --accumulate binary64",
                "trace x.json --path binary32 --accumulate binary16",
                "trace x.json --path binary16 --accumulate bfloat16",
                "trace x.json --path binary32 --accumulate float",
                "trace x.json --path binary32 --sum blocked",
                "trace x.json --path binary32 --sum blocked:0",
                "trace x.json --path rounded",
                "trace x.json --path binary64 --backend rational",
                "trace x.json --precision 20",
                "trace x.json --json --format csv",
                "reproduce",
                "reproduce figure-2",
                "reproduce figure-1 --trials 0",
                "reproduce experiment-1 --trials 401",
                "reproduce gaussian --trials 1000001",
                "reproduce comparison --d 0",
                "reproduce comparison --d 1,x",
                "reproduce comparison --loops -1",
                "reproduce comparison --query 0",
                "reproduce comparison --kappa 99/100",
                "reproduce comparison --n 1/2",
                "reproduce comparison --n 5,5",
                "generate --n 3 --d 2",
                "generate --family foo --n 3 --d 2",
                "generate --family gaussian --n 0 --d 2",
                "generate --family gaussian --n 3 --d 2 --kappa 10",
                "generate --family gaussian --n 3 --d 2 --rank 3",
            })
    void wrongUsageIsRefusedWithoutResult(String line) {
        Path instance = Cli.gaussian(folder, 3, 2, 5);
        Object[] args = Arrays.stream(line.split(" "))
                .filter(arg -> !arg.isEmpty())
                .map(arg -> arg.equals("x.json") ? instance.toString() : arg)
                .toArray();
        Cli run = Cli.run(args);
        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.MALFORMED);
        if (line.contains("--json")) {
            assertThat(run.json().path("verdict").asText()).isEqualTo("malformed");
            assertThat(run.err()).contains(run.json().path("reason").asText());
        } else {
            assertThat(run.out()).isEmpty();
        }
        assertThat(run.err()).startsWith("loopcert: ").contains("--help");
    }

    @ParameterizedTest
    @CsvSource({"0,3,3", "3,1,1", "1,2,2", "2,70,70", "0,0,0", "70,0,70", "2,1,2", "1,3,1"})
    void theWorstExitCodeWins(int first, int second, int worst) {
        assertThat(ExitCode.worse(first, second)).isEqualTo(worst);
    }

    @Test
    void faultsAreOneLineAndSeventy() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Session session = new Session(
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        int code = Failures.fault(session, new IllegalStateException("broken\nin two"), false);
        assertThat(code).isEqualTo(70);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("loopcert: fault: IllegalStateException: broken" + System.lineSeparator());
        Failures.fault(session, new IllegalStateException("again"), true);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("\tat ");
    }

    @Test
    void resultsThatCannotBeWrittenAreNotASuccess() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws java.io.IOException {
                throw new java.io.IOException("no space left on device");
            }
        };
        Session session = new Session(
                new PrintStream(full, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        assertThat(Main.run(session, "generate", "--family", "gaussian", "--n", "4", "--d", "2"))
                .isEqualTo(ExitCode.MALFORMED);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("cannot write to standard output");
    }
}
