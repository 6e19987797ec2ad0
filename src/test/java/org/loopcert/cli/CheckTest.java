package org.loopcert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {
    @TempDir
    static Path shared;

    private static Path instance;
    private static Path accepted;
    private static String text;

    @TempDir
    Path folder;

    @BeforeAll
    static void certify() throws IOException {
        instance = Cli.gaussian(shared, 8, 3, 20);
        accepted = Cli.certificate(shared, 8, 3, 20);
        text = Files.readString(accepted);
    }

    private Path write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    /** Declares another number of bytes, of the same length. */
    private Path rejected(String name) throws IOException {
        String bytes = "\"bytes\": " + text.length();
        assertThat(text).contains(bytes);
        return write(name, text.replace(bytes, "\"bytes\": " + (text.length() - 1)));
    }

    private Path malformed(String name) throws IOException {
        return write(name, text.replaceFirst("\"loopcert/1\"", "\"loopcert/9\""));
    }

    @Test
    void oneFileIsToldInFull() {
        Cli run = Cli.run("check", accepted);
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains(
                        "accepted (convergence certified)", "theorem-4.4", "kappa", "replay", "--input FILE compares");
        assertThat(Cli.run("check", accepted, "--input", instance).out()).contains("joins the trusted base");
    }

    @Test
    void conclusionsAreTextToCompare() throws IOException {
        Path rejected = rejected("rejected.json");
        Path malformed = malformed("malformed.json");
        Path list = write("list", malformed + "\n" + folder.resolve("none.json") + "\n");
        Cli run = Cli.run("check", "--conclusions", accepted, rejected, "--list", list);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out().lines())
                .startsWith("accepted certificate " + accepted, " 1 symbolic-attention")
                .endsWith(
                        "rejected cost 0 " + rejected,
                        "malformed " + malformed,
                        "malformed " + folder.resolve("none.json"));
        assertThat(run.out().lines().filter(line -> !line.startsWith(" "))).hasSize(4);
        Path counterexamples = Path.of("certificates", "counterexamples");
        Path refutes = counterexamples.resolve(Path.of("accept", "lemma-5.5.json"));
        assertThat(Cli.run("check", "--conclusions", refutes).out())
                .isEqualTo("accepted counterexample " + refutes + System.lineSeparator());
        assertThat(Cli.run("check", "--conclusions", counterexamples.resolve("reject"))
                        .out()
                        .lines())
                .isNotEmpty()
                .allMatch(line -> line.matches("(rejected [a-z-]+ 0|undecided [a-z-]+) .*"));
    }

    @Test
    void aListMustBeThereAndNameSomething() throws IOException {
        assertThat(Cli.run("check").code()).isEqualTo(2);
        assertThat(Cli.run("check", "--list", write("empty", "")).err()).contains("expected certificates");
        assertThat(Cli.run("check", "--list", folder.resolve("none")).err()).contains("cannot read");
        assertThat(Cli.run("check", accepted, "--conclusions", "--json").err()).contains("found both");
    }

    @Test
    void eachVerdictHasItsExitCodeAndPlace() throws IOException {
        Cli bad = Cli.run("check", rejected("rejected.json"));
        assertThat(bad.code()).isEqualTo(ExitCode.REJECTED);
        assertThat(bad.out()).contains("rejected", "cost at the cost of the certificate: expected", "found");
        Cli unreadable = Cli.run("check", malformed("malformed.json"));
        assertThat(unreadable.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(unreadable.out()).contains("malformed", "line 1", "byte", "loopcert/9");
        Cli limited = Cli.run("check", accepted, "--max-bits", 10);
        assertThat(limited.code()).isEqualTo(ExitCode.UNDECIDED);
        assertThat(limited.out()).contains("undecided", "max-bits 10");
        Cli memory = Cli.run("check", accepted, "--max-memory", "1K");
        assertThat(memory.code()).isEqualTo(ExitCode.UNDECIDED);
        assertThat(memory.out()).contains("max-memory 1024");
        Cli absent = Cli.run("check", folder.resolve("absent.json"));
        assertThat(absent.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(absent.err()).contains("absent.json", "no such file");
    }

    @Test
    void jsonOfEveryVerdict() throws IOException {
        JsonNode bad = Cli.run("check", rejected("rejected.json"), "--json").json();
        assertThat(bad.get("verdict").asText()).isEqualTo("rejected");
        assertThat(bad.get("reason").asText()).isEqualTo("cost");
        assertThat(bad.get("line").asInt()).isZero();
        assertThat(bad.get("rule").asText()).isEqualTo("cost");
        assertThat(bad.has("expected") && bad.has("found")).isTrue();
        JsonNode unreadable = Cli.run("check", malformed("m.json"), "--json").json();
        assertThat(unreadable.get("verdict").asText()).isEqualTo("malformed");
        assertThat(unreadable.get("reason").asText()).contains("loopcert/1", "loopcert/9");
        assertThat(unreadable.get("row").isInt() && unreadable.get("column").isInt())
                .isTrue();
        assertThat(unreadable.get("offset").isInt()).isTrue();
        JsonNode limited =
                Cli.run("check", accepted, "--max-bits", 10, "--json").json();
        assertThat(limited.get("verdict").asText()).isEqualTo("undecided");
        assertThat(limited.get("reason").asText()).isEqualTo("limit");
        JsonNode absent =
                Cli.run("check", folder.resolve("absent.json"), "--json").json();
        assertThat(absent.get("verdict").asText()).isEqualTo("malformed");
    }

    @Test
    void severalFilesAndFoldersGiveTheWorst() throws IOException {
        Path good = write("corpus/deep/good.json", text);
        write("corpus/manifest.json", "{}");
        write("corpus/readme.txt", "not a certificate");
        Cli all = Cli.run("check", folder.resolve("corpus"));
        assertThat(all.code()).isZero();
        assertThat(all.out()).contains("good.json: certifies convergence", "1 file checked");
        Path bad = rejected("corpus/bad.json");
        assertThat(Cli.run("check", folder.resolve("corpus")).code()).isEqualTo(ExitCode.REJECTED);
        malformed("corpus/worse.json");
        Cli worst = Cli.run("check", folder.resolve("corpus"));
        assertThat(worst.code()).isEqualTo(ExitCode.MALFORMED);
        JsonNode list = Cli.run("check", folder.resolve("corpus"), "--json").json();
        assertThat(list.isArray()).isTrue();
        assertThat(list).hasSize(3);
        assertThat(list.get(0).get("file").asText()).endsWith("bad.json");
        Cli mixed = Cli.run("check", good, bad, "--max-bits", 10);
        assertThat(mixed.code()).as("rejected before undecided").isEqualTo(ExitCode.REJECTED);
        assertThat(Cli.run("check", good, good, "-q")).isEqualTo(new Cli(0, "", ""));
    }

    @Test
    void anEmptyFolderIsNotASuccess() {
        Cli run = Cli.run("check", folder);
        assertThat(run.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(run.err()).contains("found none");
    }

    @Test
    void expectationsOfACorpus() throws IOException {
        write("corpus/good.json", text);
        rejected("corpus/sub/bad.json");
        Path corpus = folder.resolve("corpus");
        Path manifest = write(
                "corpus/manifest.json",
                "{\"good.json\": {\"verdict\": \"accepted\", \"kind\": \"certificate\"},"
                        + " \"sub/bad.json\": {\"verdict\": \"rejected\", \"reason\": \"cost\", \"line\": 0, \"twin\": \"good.json\"}}");
        Cli met = Cli.run("check", corpus, "--expect", manifest);
        assertThat(met.code()).as(met.err()).isZero();
        assertThat(met.out()).contains("2 files checked, 0 not as expected");
        malformed("corpus/unlisted.json");
        Cli unlisted = Cli.run("check", corpus, "--expect", manifest);
        assertThat(unlisted.code()).isEqualTo(ExitCode.REJECTED);
        assertThat(unlisted.err()).contains("unlisted.json is not listed");
        Files.delete(folder.resolve("corpus/unlisted.json"));
        Path other = write(
                "other.json",
                "{\"corpus/good.json\": {\"verdict\": \"accepted\"}, \"corpus/sub/bad.json\": {\"verdict\":"
                        + " \"rejected\", \"reason\": \"shape\"}, \"corpus/gone.json\": {\"verdict\": \"accepted\"}}");
        Cli wrong = Cli.run("check", corpus, "--expect", other);
        assertThat(wrong.code()).isEqualTo(ExitCode.REJECTED);
        assertThat(wrong.err())
                .contains("expected rejected (shape), found rejected at line 0 (cost)", "lists corpus/gone.json")
                .doesNotContain("good.json");
        Path kinds =
                write("corpus/manifest.json", "{\"good.json\": {\"verdict\": \"accepted\", \"kind\": \"refutation\"}}");
        assertThat(Cli.run("check", corpus.resolve("good.json"), "--expect", kinds)
                        .err())
                .contains("expected accepted refutation, found accepted certificate");
        Path lines = write("corpus/manifest.json", "{\"sub/bad.json\": {\"verdict\": \"rejected\", \"line\": 3}}");
        assertThat(Cli.run("check", corpus.resolve("sub"), "--expect", lines).code())
                .isEqualTo(ExitCode.REJECTED);
        JsonNode json = Cli.run("check", corpus, "--expect", other, "--json").json();
        assertThat(json.get(0).get("asExpected").asBoolean()).isTrue();
        assertThat(json.get(1).get("asExpected").asBoolean()).isFalse();
    }

    @Test
    void anInputOfAManifestIsCheckedWithItsCertificate() throws IOException {
        Path table = write("corpus/data/quoted.csv", "\"a,b\",c,y\n1,2,1\n3,4,2\n5,7,4\n");
        Path certificate = folder.resolve("corpus/made.json");
        Cli made = Cli.run("certify", table, "--features", "c,\"a,b\"", "-o", certificate);
        assertThat(made.code()).as(made.err()).isZero();
        write("corpus/data/swapped.csv", "p,q,y\n2,1,1\n4,3,2\n7,5,4\n");
        write("corpus/data/bomb.csv", "p,q,y\n2,1,1\n4,3,1e2000000000\n");
        write("corpus/data/torn.csv", "p,q,y\n2,1,1\n4,3\n");
        String entry = "\"data/%s.csv\": {\"certificate\": \"made.json\", %s\"verdict\": \"%s\"%s}";
        Path manifest = write(
                "corpus/manifest.json",
                "{\"made.json\": {\"verdict\": \"accepted\"}, "
                        + entry.formatted(
                                "quoted", "\"options\": [\"--features\", \"c,\\\"a,b\\\"\"], ", "accepted", "")
                        + ", " + entry.formatted("swapped", "", "accepted", "") + ", "
                        + entry.formatted("bomb", "", "undecided", ", \"limit\": \"max-digits\"") + ", "
                        + entry.formatted("torn", "", "malformed", "") + "}");
        Path corpus = folder.resolve("corpus");
        Cli met = Cli.run("check", corpus, "--expect", manifest);
        assertThat(met.code()).as(met.out() + met.err()).isZero();
        assertThat(met.out()).contains("5 files checked, 0 not as expected");
        write("corpus/manifest.json", Files.readString(manifest).replace("max-digits", "max-rows"));
        Cli other = Cli.run("check", corpus, "--expect", manifest);
        assertThat(other.code()).isEqualTo(ExitCode.REJECTED);
        assertThat(other.err()).contains("found undecided (limit max-digits)");
        write("corpus/manifest.json", Files.readString(manifest).replace("\"--features\"", "\"--nonsense\""));
        assertThat(Cli.run("check", corpus, "--expect", manifest).err()).contains("--nonsense");
        write("corpus/manifest.json", "{\"data/torn.csv\": {\"certificate\": 1, \"verdict\": \"malformed\"}}");
        assertThat(Cli.run("check", corpus, "--expect", manifest).code()).isEqualTo(ExitCode.MALFORMED);
    }

    @Test
    void aBrokenManifestIsRefused() throws IOException {
        for (String broken : new String[] {
            "",
            "[]",
            "{\"a\": {}}",
            "{\"a\": {\"verdict\": \"fine\"}}",
            "{\"a\": {\"verdict\": 1}}",
            "{} {}",
            "{\"a\": {\"verdict\": \"accepted\"}, \"a\": {\"verdict\": \"rejected\"}}"
        }) {
            Cli run = Cli.run("check", accepted, "--expect", write("broken.json", broken));
            assertThat(run.code()).as(broken + run.err()).isEqualTo(ExitCode.MALFORMED);
            assertThat(run.err().lines()).as(broken).hasSize(1);
        }
    }

    @Test
    void anotherInstanceIsRefused() {
        assertThat(Cli.run("check", accepted, "--input", instance).code()).isZero();
        for (Object[] change : new Object[][] {{"--loops", 21}, {"--query", 2}, {"--step", "1/1000"}}) {
            Cli run = Cli.run("check", accepted, "--input", instance, change[0], change[1]);
            assertThat(run.code()).isEqualTo(ExitCode.REJECTED);
            assertThat(run.out()).contains("other-instance");
        }
        Path other = Cli.gaussian(shared, 8, 2, 20);
        assertThat(Cli.run("check", accepted, "--input", other).code()).isEqualTo(ExitCode.REJECTED);
        assertThat(Cli.run("check", accepted, "--input", folder.resolve("absent.csv"))
                        .code())
                .isEqualTo(ExitCode.MALFORMED);
    }

    @Test
    void measuredValuesOfAnyShapeAreHarmless() throws IOException {
        int at = text.indexOf("\"measured\"");
        assertThat(at).isPositive();
        String lines = text.substring(0, at);
        for (String measured : new String[] {"7", "[]", "{\n  \"binary64\": 3\n }"}) {
            String changed = lines + "\"measured\": " + measured + "\n}\n";
            String sized = changed.replace("\"bytes\": " + text.length(), "\"bytes\": " + changed.length());
            sized = sized.replace("\"bytes\": " + changed.length(), "\"bytes\": " + sized.length());
            Cli run = Cli.run("check", write("measured.json", sized), "--json");
            assertThat(run.code()).as(run.out()).isZero();
            assertThat(run.json().get("drift").isNull()).isTrue();
            assertThat(run.json().get("backends")).isEmpty();
        }
    }

    @Test
    void anInstanceIsToldFromACertificate() {
        Cli run = Cli.run("check", Cli.gaussian(folder, 4, 2, 5));
        assertThat(run.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(run.err()).contains("does not begin as a certificate does");
        assertThat(Cli.run("check", Cli.certificate(folder, 4, 2, 5)).err()).isEmpty();
    }
}
