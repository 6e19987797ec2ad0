package org.loopcert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loopcert.derivation.ShippedDerivations;

class CounterexampleCheckTest {
    private static final Path CORPUS = Path.of("certificates/counterexamples");
    private static final Path LEMMA = CORPUS.resolve("accept/lemma-5.5.json");

    @TempDir
    Path folder;

    private static String flat(Cli run) {
        return run.out().replaceAll("\\s+", " ");
    }

    @Test
    void saysWhatIsRefutedUnderWhatAndWhere() {
        Cli run = Cli.run("check", LEMMA);
        assertThat(run.code()).isZero();
        assertThat(flat(run))
                .contains(
                        "accepted (refutes a line of a derivation)",
                        "refutes chen2024/lemma-5.5-as-printed, claim1 step 6 (21:3)",
                        "given H1: 0 < gamma < 1",
                        "value gamma = 1/2",
                        "= 1/4",
                        "= 1/8",
                        "but the line says left <= right",
                        "reader of derivations",
                        "trusted here");
    }

    @Test
    void theOwnDerivationMustBeTheOneInTheFile() throws IOException {
        Path own = folder.resolve("own.derivation");
        String text = ShippedDerivations.text("chen2024/lemma-5.5-as-printed").orElseThrow();
        Files.writeString(own, text);
        Cli same = Cli.run("check", LEMMA, "--input", own, "--json");
        assertThat(same.code()).isZero();
        assertThat(same.json().path("boundToInput").asBoolean()).isTrue();
        assertThat(same.json().path("kind").asText()).isEqualTo("counterexample");
        Files.writeString(own, text + "\n");
        Cli other = Cli.run("check", LEMMA, "--input", own, "--json");
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.json().path("reason").asText()).isEqualTo("other-derivation");
        assertThat(Cli.run("explain", LEMMA, "--input", own).code()).isEqualTo(1);
        assertThat(Cli.run("check", LEMMA, "--input", folder.resolve("none.derivation"))
                        .code())
                .isEqualTo(2);
        Files.write(own, new byte[] {'a', (byte) 0xff});
        assertThat(Cli.run("check", LEMMA, "--input", own).code()).isEqualTo(2);
    }

    @Test
    void aDerivationIsNoInputOfACertificateAndDataNoneOfACounterexample() throws IOException {
        Path own = folder.resolve("own.derivation");
        Files.writeString(own, "claim 1 = 1\n");
        Cli data = Cli.run("check", "certificates/accept/twins/minimal.json", "--input", own);
        assertThat(data.code()).isEqualTo(2);
        assertThat(data.err()).contains("expected data as --input");
        Cli derivation = Cli.run("check", LEMMA, "--input", "certificates/bound/cars.csv");
        assertThat(derivation.code()).isEqualTo(2);
        assertThat(derivation.err()).contains("expected a derivation as --input");
        assertThat(Cli.run("explain", LEMMA, "--input", "certificates/bound/cars.csv")
                        .code())
                .isEqualTo(2);
        assertThat(Cli.run("check", LEMMA, "--input", own, "--labels", "y").code())
                .isEqualTo(2);
    }

    @Test
    void theCorpusIsAsItsManifestExpects() throws IOException {
        Cli run = Cli.run("check", CORPUS, "--expect", CORPUS.resolve("manifest.json"), "--json");
        assertThat(run.code()).as(run.err()).isZero();
        JsonNode manifest =
                new ObjectMapper().readTree(CORPUS.resolve("manifest.json").toFile());
        assertThat(run.json()).hasSize(manifest.size());
        Cli folder = Cli.run("check", CORPUS.resolve("accept"));
        assertThat(folder.code()).isZero();
        assertThat(folder.out()).contains("refutes linear-recursion, claim1 step 2");
    }

    @Test
    void exitCodesFollowTheVerdict() {
        assertThat(Cli.run("check", CORPUS.resolve("reject/line-true.json")).code())
                .isEqualTo(1);
        assertThat(Cli.run("check", CORPUS.resolve("reject/undecided-too-far.json"))
                        .code())
                .isEqualTo(3);
        assertThat(Cli.run("check", CORPUS.resolve("malformed/no-derivation.json"))
                        .code())
                .isEqualTo(2);
        Cli malformed = Cli.run("check", CORPUS.resolve("malformed/number-decimal.json"), "--json");
        assertThat(malformed.code()).isEqualTo(2);
        assertThat(malformed.json().path("row").asInt()).isEqualTo(19);
    }

    @Test
    void valuesAndSidesAreExactInJson() {
        JsonNode json = Cli.run("check", CORPUS.resolve("accept/long-way.json"), "--json")
                .json();
        assertThat(json.at("/values/integers/t").asText()).isEqualTo("40");
        assertThat(json.at("/values/sequences/v/values/2/0/0").asText()).isEqualTo("4");
        assertThat(json.at("/left/0/0").asText()).isEqualTo("2199023255552");
        assertThat(json.at("/right/0/0").asText()).isEqualTo("4398046511104");
        assertThat(json.path("row").asInt()).isEqualTo(1);
        JsonNode wide = Cli.run("check", CORPUS.resolve("accept/exponential.json"), "--json")
                .json();
        assertThat(wide.at("/left/0/0").properties())
                .extracting(java.util.Map.Entry::getKey)
                .containsExactly("lower", "upper");
    }

    @Test
    void explainsWhatIsRefutedOrWhyItIsNot() {
        Cli accepted = Cli.run("explain", CORPUS.resolve("accept/recursion.json"));
        assertThat(accepted.code()).isZero();
        assertThat(flat(accepted))
                .contains(
                        "what is refuted",
                        "v(t+1) = B v(t+1)",
                        "Hypothesis descent",
                        "Assumption v(t) = B^{t} v(0): true",
                        "v(0) = 1",
                        "left side v(t+1) = 2",
                        "right side B v(t+1) = 4");
        Cli rejected = Cli.run("explain", CORPUS.resolve("reject/hypothesis-not-met.json"), "--json");
        assertThat(rejected.code()).isEqualTo(1);
        assertThat(rejected.json().path("reason").asText()).isEqualTo("not-met");
        assertThat(rejected.json().at("/explanation/0/sentences/0/text").asText())
                .contains("hypothesis 1 (positive)");
        Cli singular = Cli.run("explain", CORPUS.resolve("accept/singular.json"));
        assertThat(flat(singular)).contains("is singular");
        assertThat(accepted.err() + rejected.err()).isEmpty();
    }
}
