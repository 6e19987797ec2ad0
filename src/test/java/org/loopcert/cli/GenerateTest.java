package org.loopcert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateTest {
    @TempDir
    Path folder;

    @Test
    void theSameSeedGivesTheSameInstance() throws IOException {
        Cli first = Cli.run("generate", "--family", "rational", "--n", 5, "--d", 2, "--seed", 9, "--alpha", "-2/3");
        Cli second = Cli.run("generate", "--family", "RATIONAL", "--n", 5, "--d", 2, "--seed", 9, "--query", "-2/3");
        assertThat(first.code()).isZero();
        assertThat(first.out()).isEqualTo(second.out()).contains("\"alpha\": \"-2/3\"", "\"loops\": 200");
        Path file = folder.resolve("out.json");
        Cli written = Cli.run(
                "generate", "--family", "rational", "--n", 5, "--d", 2, "--seed", 9, "--alpha", "-2/3", "-o", file);
        assertThat(written).isEqualTo(new Cli(0, "", ""));
        assertThat(Files.readString(file)).isEqualTo(first.out());
    }

    @Test
    void aPrescribedConditionNumberIsCertified() throws IOException {
        Path file = folder.resolve("out.json");
        assertThat(Cli.run(
                                "generate",
                                "--family",
                                "spectrum",
                                "--n",
                                6,
                                "--d",
                                3,
                                "--kappa",
                                400,
                                "--duplicates",
                                0,
                                "--loops",
                                7,
                                "-o",
                                file)
                        .code())
                .isZero();
        Cli run = Cli.run("certify", file, "--json");
        assertThat(run.json().get("kappa").get("lower").asText()).isEqualTo("400");
        assertThat(run.json().get("kappa").get("upper").asText()).isEqualTo("400");
        assertThat(run.json().get("loops").asInt()).isEqualTo(7);
    }
}
