package org.loopcert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code target/loopcert} as a user's shell does. */
class LauncherIT {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path LAUNCHER = TARGET.resolve("loopcert");
    private static final Path JAR = TARGET.resolve("loopcert.jar");
    private static final Path ARCHIVE = TARGET.resolve("loopcert.jsa");
    private static final Path CERTIFICATES = Path.of("certificates").toAbsolutePath();
    private static final Path ACCEPTED = CERTIFICATES.resolve(Path.of("accept", "twins", "constant.json"));
    private static final Path REJECTED = CERTIFICATES.resolve(Path.of("reject", "cost", "examples.json"));
    private static final Path MALFORMED = CERTIFICATES.resolve(Path.of("malformed", "comma-missing.json"));

    @TempDir
    Path folder;

    private record Run(int code, String out, String err) {}

    private Run run(Path from, Object... command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "run", ".out");
        Path err = Files.createTempFile(folder, "run", ".err");
        List<String> words = new ArrayList<>();
        for (Object each : command) {
            words.add(each.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(from.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Run(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    @Test
    void saysAndReturnsWhatTheJarDoes() throws IOException, InterruptedException {
        Path here = Path.of("").toAbsolutePath();
        Path none = folder.resolve("no such file");
        Object[][] lines = {
            {"check", ACCEPTED}, {"check", REJECTED}, {"check", MALFORMED, ACCEPTED}, {"check", none}, {"check", "--no"}
        };
        int[] codes = {0, 1, 2, 2, 2};
        for (int i = 0; i < lines.length; i++) {
            Run launched = run(here, joined(List.of(LAUNCHER), lines[i]));
            assertThat(launched).isEqualTo(run(here, joined(List.of(java(), "-jar", JAR), lines[i])));
            assertThat(launched.code()).isEqualTo(codes[i]);
        }
    }

    private static Object[] joined(List<Object> first, Object... rest) {
        List<Object> all = new ArrayList<>(first);
        all.addAll(List.of(rest));
        return all.toArray();
    }

    @Test
    void fromAnywhereByAnyName() throws IOException, InterruptedException {
        Path elsewhere = Files.createDirectory(folder.resolve("a folder with * and $HOME"));
        Files.copy(ACCEPTED, elsewhere.resolve("my  certificate.json"));
        Path link = Files.createSymbolicLink(elsewhere.resolve("link"), LAUNCHER);
        Files.createSymbolicLink(elsewhere.resolve("link to it"), Path.of("link"));
        for (Object name : List.of(LAUNCHER, link, "./link to it")) {
            Run run = run(elsewhere, name, "check", "my  certificate.json");
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.out()).startsWith("my  certificate.json: accepted");
        }
        assertThat(run(elsewhere, "sh", "link to it", "check", "-q", ACCEPTED)).isEqualTo(new Run(0, "", ""));
    }

    @Test
    void onATerminalTheVerdictHasAColour() throws IOException, InterruptedException {
        Path here = Path.of("").toAbsolutePath();
        List<String> said = List.of("-Dloopcert.terminal=true", "-cp", JAR.toString(), "org.loopcert.cli.Main");
        List<Object> command = new ArrayList<>(List.of("env", "-u", "NO_COLOR", "-u", "CLICOLOR", java()));
        command.addAll(said);
        assertThat(run(here, joined(command, "check", ACCEPTED)).out())
                .contains(": \u001b[1m\u001b[32maccepted\u001b[39m");
        assertThat(run(here, LAUNCHER, "check", ACCEPTED).out()).doesNotContain("\u001b");
    }

    @Test
    void aCollectorChosenElsewhereIsTheOnlyOne() throws IOException, InterruptedException {
        Path here = Path.of("").toAbsolutePath();
        Path data = Path.of("src", "test", "resources", "data", "Norris.csv");
        assertThat(run(here, LAUNCHER, "certify", "-q", data)).isEqualTo(new Run(0, "", ""));
        for (String variable : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")) {
            Run run = run(here, "env", variable + "=-XX:+UseParallelGC", LAUNCHER, "certify", "-q", data);
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.err()).contains(variable);
        }
    }

    @Test
    void withoutAnArchiveOrWithOneOfAnotherJar() throws IOException, InterruptedException {
        Path copied = Files.createDirectory(folder.resolve("a copy"));
        Files.copy(LAUNCHER, copied.resolve("loopcert"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(JAR, copied.resolve("loopcert.jar"));
        Run expected = run(copied, LAUNCHER, "check", ACCEPTED);
        assertThat(expected.code()).isZero();
        assertThat(run(copied, "./loopcert", "check", ACCEPTED)).isEqualTo(expected);
        Path archive = copied.resolve("loopcert.jsa");
        Files.writeString(archive, "not an archive");
        assertThat(run(copied, "./loopcert", "check", ACCEPTED)).isEqualTo(expected);
        if (Files.exists(ARCHIVE)) {
            Files.copy(ARCHIVE, archive, StandardCopyOption.REPLACE_EXISTING);
            assertThat(run(copied, "./loopcert", "check", ACCEPTED)).isEqualTo(expected);
        }
    }

    @Test
    void theArchiveHoldsWhatACheckLoads() throws IOException, InterruptedException {
        boolean shipped = Files.exists(Path.of(System.getProperty("java.home"), "lib", "server", "classes.jsa"));
        assumeTrue(shipped, "a Java without an archive of its own");
        assertThat(ARCHIVE).exists();
        List<String> loaded =
                loaded("-XX:SharedArchiveFile=" + ARCHIVE, "-cp", JAR.toString(), "org.loopcert.cli.Main");
        assertThat(loaded).filteredOn(line -> line.contains(" org.loopcert.")).hasSizeGreaterThan(50);
        assertThat(loaded)
                .filteredOn(line -> line.contains(" org.loopcert."))
                .allMatch(line -> line.contains("shared objects file"));
    }

    @Test
    void aCheckLoadsNeitherTheParserNorALibraryForJson() throws IOException, InterruptedException {
        assertThat(loaded("-Xshare:auto", "-jar", JAR.toString()))
                .anyMatch(line -> line.contains(" org.loopcert.kernel.Kernel "))
                .noneMatch(line -> line.contains(" picocli.") || line.contains(" com.fasterxml."));
    }

    private List<String> loaded(String... java) throws IOException, InterruptedException {
        Path log = folder.resolve("loaded");
        List<Object> command = new ArrayList<>(List.of(java(), "-Xlog:class+load:file=" + log));
        command.addAll(List.of(java));
        command.addAll(List.of("check", ACCEPTED));
        Run run = run(folder, command.toArray());
        assertThat(run.code()).as(run.err()).isZero();
        return Files.readAllLines(log);
    }
}
