package org.loopcert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the commands of the README and of the user guide with the built jar; where they show standard output, it must be
 * just that.
 */
class ReadmeIT {
    private static final List<Path> DOCUMENTS = List.of(
            Path.of("README.md"),
            Path.of("src", "site", "markdown", "guide.md"),
            Path.of("src", "site", "markdown", "formal.md"));

    @TempDir
    Path outside;

    /** A command, the exit code that its comment names (0 without one) and the output shown, if any. */
    private record Shown(String command, int exit, List<String> output) {
        static Shown of(String line) {
            int comment = line.indexOf("# exit ");
            int exit = comment < 0
                    ? 0
                    : Integer.parseInt(line.substring(comment + 7).trim());
            return new Shown(comment < 0 ? line : line.substring(0, comment).trim(), exit, new ArrayList<>());
        }
    }

    private static List<Shown> commands() throws IOException {
        List<Shown> result = new ArrayList<>();
        for (Path document : DOCUMENTS) {
            collect(document, result);
        }
        return result;
    }

    private static void collect(Path document, List<Shown> result) throws IOException {
        String block = "";
        for (String line : Files.readAllLines(document)) {
            if (line.startsWith("```")) {
                block = block.isEmpty() ? line.substring(3) : "";
            } else if (block.equals("sh") && (line.startsWith("java -jar") || line.startsWith("target/loopcert "))) {
                result.add(Shown.of(line));
            } else if (block.equals("console") && line.startsWith("$ ")) {
                result.add(Shown.of(line.substring(2)));
            } else if (block.equals("console")) {
                result.get(result.size() - 1).output().add(line);
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> everyCommandWorks() throws IOException {
        return commands().stream().map(shown -> DynamicTest.dynamicTest(shown.command(), () -> run(shown)));
    }

    @Test
    void thereAreCommandsToRun() throws IOException {
        assertThat(commands()).hasSizeGreaterThan(4).anyMatch(shown -> !shown.output()
                .isEmpty());
    }

    private void run(Shown shown) throws IOException, InterruptedException {
        Path output = Files.createTempFile("readme", ".out");
        Path errors = Files.createTempFile("readme", ".err");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", prerequisites(shown) + runnable(shown.command()))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home")); // for target/loopcert
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        String printed =
                Files.readString(output, StandardCharsets.UTF_8).replace(outside.toAbsolutePath() + "/", "/tmp/");
        assertThat(process.exitValue())
                .as(printed + Files.readString(errors, StandardCharsets.UTF_8))
                .isEqualTo(shown.exit());
        Files.delete(output);
        Files.delete(errors);
        if (!shown.output().isEmpty()) {
            assertThat(printed.stripTrailing().lines()).containsExactlyElementsOf(trimmed(shown.output()));
        }
    }

    /** The command with this Java, the jar wherever the build made it, and a folder of its own for temporary files. */
    private String runnable(String command) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String jar = Path.of("target", "loopcert.jar").toAbsolutePath().toString();
        return command.replace("/tmp/", outside.toAbsolutePath() + "/")
                .replace("java -jar target/loopcert.jar", "'" + java + "' -jar '" + jar + "'");
    }

    /** Commands may use files that earlier ones wrote; each runs alone here, so those are made first. */
    private String prerequisites(Shown shown) throws IOException {
        StringBuilder before = new StringBuilder();
        for (Shown earlier : commands()) {
            int option = earlier.command().indexOf(" -o /tmp/");
            if (option < 0 || earlier.equals(shown)) {
                continue;
            }
            String file = earlier.command().substring(option + 4).split(" ")[0];
            if (shown.command().contains(file)) {
                before.append(runnable(earlier.command())).append(" >/dev/null 2>&1; ");
            }
        }
        return before.toString();
    }

    private static List<String> trimmed(List<String> lines) {
        return String.join("\n", lines).stripTrailing().lines().toList();
    }
}
