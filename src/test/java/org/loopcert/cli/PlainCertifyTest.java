package org.loopcert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code certify} without the parser of the command line says, writes and returns what it does with it. */
class PlainCertifyTest {
    @TempDir
    Path folder;

    private static boolean isPlain(Object... args) {
        Session session = new Session(System.out, System.err, false);
        return Certify.plain(session, Stream.of(args).map(Object::toString).toArray(String[]::new))
                .isPresent();
    }

    private static void same(Object... args) {
        assertThat(isPlain(args)).isTrue();
        assertThat(Cli.run(args)).isEqualTo(Cli.parsed(args));
    }

    private static void sameBytes(Path output, Object... args) throws IOException {
        assertThat(isPlain(args)).isTrue();
        Cli plain = Cli.run(args);
        byte[] written = Files.readAllBytes(output);
        Files.delete(output);
        assertThat(plain).isEqualTo(Cli.parsed(args));
        assertThat(Files.readAllBytes(output)).isEqualTo(written);
    }

    @Test
    void withEachOption() throws IOException {
        Path input = Cli.gaussian(folder, 5, 2, 4);
        Path output = folder.resolve("certificate.json");
        same("certify", input);
        same("certify", input, "-q");
        same("certify", "--no-values", input);
        same("certify", "--evidence", "theorem", input, "--quiet");
        same("certify", input, "--evidence", "replay");
        sameBytes(output, "certify", input, "-o", output);
        sameBytes(output, "certify", "--evidence", "both", "--output", output, "--no-values", input, "-q");
    }

    @Test
    void ofWhatIsRefusedOrUndecided() throws IOException {
        Path diverging = folder.resolve("diverging.json");
        Files.writeString(diverging, "{\"X\": [[\"1\"]], \"y\": [\"1\"], \"loops\": 3, \"step\": \"5\"}");
        same("certify", diverging);
        same("certify", folder.resolve("none.json"));
        same("certify", folder);
        same("certify", "pom.xml");
        same("certify", diverging, "-o", diverging);
        same("certify", diverging, "-o", folder);
        same("certify", diverging, "-o", folder.resolve("none").resolve("certificate.json"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "certify",
                "certify -q",
                "certify --help",
                "certify a b",
                "certify -q -q a",
                "certify -q --quiet a",
                "certify a -o",
                "certify a -o -q",
                "certify a -o b --output c",
                "certify a --output=b",
                "certify a -ob",
                "certify a --evidence",
                "certify a --evidence none",
                "certify a --evidence BOTH",
                "certify a --evidence=both",
                "certify a --evidence -q",
                "certify a --json",
                "certify a --max-time 1s",
                "certify --no-values",
                "certify -- a",
                "certify -"
            })
    void anyOtherLineIsParsed(String line) {
        assertThat(isPlain((Object[]) line.split(" "))).isFalse();
        assertThat(isPlain("certify", "")).isFalse();
        assertThat(isPlain("certify", "a", "-o", "")).isFalse();
    }
}
