package org.loopcert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code check} without the parser of the command line says and returns what it does with it. */
class PlainCheckTest {
    private static final Path CERTIFICATES = Path.of("certificates");

    /** Each file of the corpora is judged elsewhere; here one of so many shows that both ways are the same. */
    private static final int EVERY = 31;

    @TempDir
    Path folder;

    private static void same(Object... args) {
        String[] words = Stream.of(args).map(Object::toString).toArray(String[]::new);
        assertThat(CheckOptions.plain(words)).as(String.join(" ", words)).isPresent();
        assertThat(Cli.run(args)).isEqualTo(Cli.parsed(args));
    }

    private static List<Path> corpora() throws IOException {
        try (Stream<Path> tree = Files.walk(CERTIFICATES)) {
            List<Path> files = tree.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> !file.endsWith("manifest.json"))
                    .sorted()
                    .toList();
            List<Path> some = new ArrayList<>();
            for (int i = 0; i < files.size(); i += EVERY) {
                some.add(files.get(i));
            }
            return some;
        }
    }

    @ParameterizedTest
    @MethodSource("corpora")
    void ofEveryVerdict(Path file) {
        same("check", file);
    }

    @Test
    void ofSeveralFilesAndFolders() throws IOException {
        Path twins = CERTIFICATES.resolve(Path.of("accept", "twins"));
        Path malformed = CERTIFICATES.resolve(Path.of("malformed", "comma-missing.json"));
        same("check", twins.resolve("constant.json"), malformed, folder.resolve("none.json"));
        same("check", CERTIFICATES.resolve(Path.of("reject", "cost")));
        same("check", folder);
        same("check", Files.createDirectory(folder.resolve("a folder.json")));
    }

    @Test
    void ofWhatIsNoCertificate() throws IOException {
        same("check", folder.resolve("none.json"));
        same("check", "/dev/null");
        same("check", "pom.xml");
        same("check", "check");
        same("check", "@file");
        same("check", Files.write(folder.resolve("too long.json"), new byte[8_000_001]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-q", "--quiet"})
    void quietly(String option) {
        Path file = CERTIFICATES.resolve(Path.of("accept", "twins", "constant.json"));
        same("check", option, file);
        same("check", file, option);
        same("check", option, folder.resolve("none.json"));
        same("check", CERTIFICATES.resolve(Path.of("malformed", "comma-missing.json")), option);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "check",
                "check -q",
                "check --help",
                "check -q -q a",
                "check --quiet=true a",
                "check a --json",
                "check a -",
                "check -- a",
                "check --input a b",
                "chec a",
                "explain a"
            })
    void anyOtherLineIsParsed(String line) {
        assertThat(CheckOptions.plain(line.split(" "))).isEmpty();
        assertThat(CheckOptions.plain("check", "")).isEmpty();
    }
}
