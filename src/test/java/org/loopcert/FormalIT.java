package org.loopcert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Coq accepts what {@code export} writes, and refuses it once a number in it is changed. */
class FormalIT {
    private static final Path LIBRARY = Path.of("target", "coq", "theories");
    private static final Path ACCEPT = Path.of("certificates", "accept");
    private static final long SECONDS = 120;

    @TempDir
    private Path folder;

    private record Coq(int code, String output) {}

    @BeforeEach
    void theLibraryIsBuilt() {
        boolean built = Files.exists(LIBRARY.resolve("Exported.vo"));
        boolean required = "required".equals(System.getenv("LOOPCERT_FORMAL"));
        assertThat(built || !required).as("the formal library in " + LIBRARY).isTrue();
        Assumptions.assumeTrue(built, "the formal library is not built, so no exported file was checked in Coq");
    }

    private static Coq coqc(Path file) throws IOException, InterruptedException {
        Path output = file.resolveSibling(file.getFileName() + ".out");
        Process process = new ProcessBuilder(
                        "coqc", "-Q", LIBRARY.toString(), "Loopcert", "-w", "+default", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("coqc needs more than " + SECONDS + " s for " + file);
        }
        return new Coq(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    private Path exported(String certificate, String name) {
        Path file = folder.resolve(name + ".v");
        LoopcertJar run = LoopcertJar.run(
                LoopcertJar.QUICK, "export", ACCEPT.resolve(certificate), "--to", "coq", "--name", name, "-o", file);
        assertThat(run.code()).as(run.err()).isZero();
        return file;
    }

    @ParameterizedTest
    @CsvSource({
        "twins/tight-bound.json, bound",
        "refuted/zero-step.json, line_1",
        "shapes/noise.json, established",
        "steps/small-schedule.json, established",
        "twins/rank-deficient.json, established",
        "data/mtcars.json, established",
        "gaussian/n16-seed1.json, bound"
    })
    void coqAcceptsIt(String certificate, String theorem) throws IOException, InterruptedException {
        Path file = exported(certificate, "instance");
        assertThat(Files.readString(file)).contains("Theorem instance_" + theorem + " :");
        Coq answer = coqc(file);
        assertThat(answer.code()).as(answer.output()).isZero();
        assertThat(answer.output())
                .startsWith("Axioms:")
                .contains("sig_forall_dec", "functional_extensionality_dep")
                .doesNotContain("instance", "Loopcert.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "steps := Constant (Frac (of_int 1%sint63) (of_int 9%sint63))|steps := Constant (Frac (of_int 1%sint63) (of_int 8%sint63))",
                "10; 11]%sint63|10; 12]%sint63",
                "SmallestPositiveAtLeast (Frac (of_int 1%sint63)|SmallestPositiveAtLeast (Frac (of_int 2%sint63)",
                "HasTightBound (Power (Frac (of_int 8%sint63)|HasTightBound (Power (Frac (of_int 7%sint63)",
                "let mu := 1 in|let mu := 2 in",
                "let eta := 1 / 9 in|let eta := 1 / 8 in"
            })
    void coqRefusesItOnceANumberIsChanged(String from, String to) throws IOException, InterruptedException {
        Path file = exported("twins/tight-bound.json", "instance");
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
        Coq answer = coqc(file);
        assertThat(answer.code()).isNotZero();
        assertThat(answer.output()).contains("Error:");
    }

    @Test
    void aTextThatIsNoCertificateExportsNothing() throws IOException {
        Path file = folder.resolve("x.v");
        Path certificate = Path.of("certificates", "reject", "tight-bound");
        try (var rejected = Files.list(certificate)) {
            LoopcertJar run =
                    LoopcertJar.run(List.of(), "export", rejected.findFirst().orElseThrow(), "--to", "coq", "-o", file);
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).contains("rejected, so nothing is exported");
        }
        assertThat(file).doesNotExist();
    }
}
