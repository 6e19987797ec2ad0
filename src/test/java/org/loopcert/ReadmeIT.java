package org.loopcert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the commands of the README and of the user guide with the built jar, in their order and in one folder, for they
 * read files that earlier ones wrote; where they show standard output, it must be just that.
 */
class ReadmeIT {
    private static final List<Path> DOCUMENTS = List.of(
            Path.of("README.md"),
            Path.of("src", "site", "markdown", "guide.md"),
            Path.of("src", "site", "markdown", "formal.md"));

    @TempDir
    Path outside;

    /** What has run, with the names of the files that nobody reads left out. */
    private final Map<String, Run> runs = new HashMap<>();

    /** What a command left, with {@code /tmp/} for the folder outside. */
    private record Run(int exit, String printed, String errors) {}

    /** A command, the exit code that its comment names (0 without one) and the output shown, if any. */
    private record Shown(String command, int exit, List<String> output) {
        static Shown of(String line) {
            int comment = line.indexOf("# exit ");
            int exit = comment < 0
                    ? 0
                    : Integer.parseInt(line.substring(comment + 7).trim());
            return new Shown(comment < 0 ? line : line.substring(0, comment).trim(), exit, new ArrayList<>());
        }

        /** The file or folder outside that {@code -o} names. */
        Optional<String> target() {
            int option = command.indexOf(" -o /tmp/");
            return option < 0
                    ? Optional.empty()
                    : Optional.of(command.substring(option + 4).split(" ")[0]);
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

    @Test
    void noFileIsWrittenTwice() throws IOException {
        assertThat(commands().stream().flatMap(shown -> shown.target().stream()))
                .isNotEmpty()
                .doesNotHaveDuplicates();
    }

    private void run(Shown shown) throws IOException, InterruptedException {
        String key = withoutUnreadTarget(shown);
        if (!runs.containsKey(key)) { // else what ran differs in nothing but the name of a file
            runs.put(key, result(shown));
        }
        Run run = runs.get(key);
        assertThat(run.exit()).as(run.printed() + run.errors()).isEqualTo(shown.exit());
        if (!shown.output().isEmpty()) {
            assertThat(run.printed().stripTrailing().lines()).containsExactlyElementsOf(trimmed(shown.output()));
        }
    }

    /** The command, with {@code -o FILE} for a file that no other command names. */
    private static String withoutUnreadTarget(Shown shown) throws IOException {
        List<Shown> all = commands();
        return shown.target()
                .filter(file -> all.stream()
                                .filter(each -> each.command().contains(file))
                                .count()
                        == 1)
                .map(file -> shown.command().replace(file, "FILE"))
                .orElse(shown.command());
    }

    private Run result(Shown shown) throws IOException, InterruptedException {
        Path output = Files.createTempFile("readme", ".out");
        Path errors = Files.createTempFile("readme", ".err");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", runnable(shown.command()))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home")); // for target/loopcert
        if (!shown.command().contains(" reproduce ")) { // the others end before a better compiler would pay
            builder.environment().put("JDK_JAVA_OPTIONS", quickStart());
        }
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        Run run = new Run(
                process.exitValue(),
                Files.readString(output, StandardCharsets.UTF_8).replace(outside.toAbsolutePath() + "/", "/tmp/"),
                Files.readString(errors, StandardCharsets.UTF_8));
        Files.delete(output);
        Files.delete(errors);
        return run;
    }

    /** Options of the Java machine for commands that are short; what they compute is the same. */
    private static String quickStart() {
        Path archive = Path.of("target", "loopcert.jsa").toAbsolutePath();
        return "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto \"-XX:SharedArchiveFile=" + archive + '"';
    }

    /** The command with this Java, the jar wherever the build made it, and a folder of its own for temporary files. */
    private String runnable(String command) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String jar = Path.of("target", "loopcert.jar").toAbsolutePath().toString();
        return command.replace("/tmp/", outside.toAbsolutePath() + "/")
                .replace("java -jar target/loopcert.jar", "'" + java + "' -jar '" + jar + "'");
    }

    private static List<String> trimmed(List<String> lines) {
        return String.join("\n", lines).stripTrailing().lines().toList();
    }
}
