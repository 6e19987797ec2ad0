package org.loopcert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportTest {
    private static final Path CERTIFICATES = Path.of("certificates");
    private static final Path MINIMAL = CERTIFICATES.resolve("accept/twins/minimal.json");

    @TempDir
    private Path folder;

    @Test
    void writesToStandardOutputOrAFile() throws IOException {
        Cli run = Cli.run("export", MINIMAL, "--to", "coq");
        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("(** A linear looped Transformer:").contains("Theorem minimal_accepted :");
        Path file = folder.resolve("m.v");
        assertThat(Cli.run("export", MINIMAL, "--to", "coq", "-o", file).out()).isEmpty();
        assertThat(file).hasContent(run.out());
        assertThat(Cli.run("export", MINIMAL, "--to", "coq", "-o", file).err()).doesNotContain("coqc");
        assertThat(Cli.run("export", MINIMAL, "--to", "coq", "-o", folder.resolve("theorem-4.4.v"))
                        .err())
                .contains("note: coqc takes files named by letters, digits and underscores");
        assertThat(Cli.run("export", MINIMAL, "--to", "coq", "--name", "mine").out())
                .contains("Theorem mine_accepted :");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1|reject/tight-bound/norm-two.json|rejected, so nothing is exported",
                "2|malformed/manifest.json|malformed, so nothing is exported",
                "3|bound/cars.json|undecided, so nothing is exported",
                "2|counterexamples/accept/lemma-5.5.json|found a counterexample to a derivation",
                "2|accept/absent.json|cannot read it"
            })
    void exportsNothingThatIsNotAccepted(int code, String file, String words) {
        Path certificate = CERTIFICATES.resolve(file);
        Path out = folder.resolve("x.v");
        Cli run = Cli.run("export", certificate, "--to", "coq", "-o", out);
        assertThat(run.code()).as(run.err()).isEqualTo(code);
        assertThat(run.err()).contains(words);
        assertThat(run.out()).isEmpty();
        assertThat(out).doesNotExist();
    }

    @Test
    void aCertificateWithAHashIsExportedWithItsInput() {
        Path folder = CERTIFICATES.resolve("bound");
        Cli run = Cli.run("export", folder.resolve("cars.json"), "--to", "coq", "--input", folder.resolve("cars.csv"));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("Definition cars_instance : instance bigZ := {|");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--name|9lives|expected letters, digits and underscores",
                "--name|a. Axiom b|expected letters, digits and underscores",
                "--to|lean|--to",
                "--labels|y|expected --input FILE beside options"
            })
    void refusesWrongUse(String option, String value, String words) {
        Cli run = option.equals("--to")
                ? Cli.run("export", MINIMAL, option, value)
                : Cli.run("export", MINIMAL, "--to", "coq", option, value);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(words);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void doesNotReplaceTheCertificate() throws IOException {
        Path copy = Files.copy(MINIMAL, folder.resolve("c.json"));
        byte[] before = Files.readAllBytes(copy);
        Cli run = Cli.run("export", copy, "--to", "coq", "-o", copy);
        assertThat(run.code()).isEqualTo(2);
        assertThat(Files.readAllBytes(copy)).isEqualTo(before);
    }
}
