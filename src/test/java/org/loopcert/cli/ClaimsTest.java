package org.loopcert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loopcert.claim.Bibliography;
import org.loopcert.claim.Claim;
import org.loopcert.claim.ClaimPage;
import org.loopcert.claim.ClaimRegistry;
import org.loopcert.report.JUnitXmlTest;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import picocli.CommandLine;

class ClaimsTest {
    @TempDir
    Path folder;

    @Test
    void listNamesEveryClaimWithKindAndVerdict() {
        Cli run = Cli.run("claims", "list");
        ClaimRegistry registry = ClaimRegistry.shipped();
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .hasSize(registry.claims().size() + Bibliography.values().length)
                .anyMatch(line -> line.matches("CHEN2024/theorem-4\\.2 +theorem +holds with added hypothesis"))
                .anyMatch(line -> line.matches("CHEN2024/lemma-4\\.3 +lemma +holds \\*"))
                .anyMatch(line -> line.startsWith("LOOPCERT: "));
        assertThat(Cli.run("claims", "list", "--quiet").out()).isEmpty();
        assertThat(Cli.run("claims", "list", "--markdown").out()).isEqualTo(ClaimPage.of(registry));
    }

    @Test
    void listAsJsonHasTheFieldsOfProve() {
        JsonNode all = Cli.run("claims", "list", "--json").json();
        assertThat(all).hasSameSizeAs(ClaimRegistry.shipped().claims());
        assertThat(all).allSatisfy(each -> {
            assertThat(each.path("id").asText()).contains("/");
            assertThat(each.fieldNames())
                    .toIterable()
                    .startsWith("id", "part", "step", "verdict", "evidence", "repair", "extractionDoubt");
        });
        assertThat(all.get(0).path("evidence").get(0).path("derivation").asText())
                .isEqualTo("chen2024/comparison");
    }

    @Test
    void showTellsAllAndChecksTheLines() {
        Cli run = Cli.run("claims", "show", "CHEN2024/lemma-4.3");
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .startsWith("CHEN2024/lemma-4.3: holds")
                .contains(
                        "place       Section 4, Lemma 4.3",
                        "derivation chen2024/lemma-4.3",
                        "waits for: Cauchy-Schwarz")
                .contains("  proved     = |<alpha theta_T, theta*> - alpha|", "  open       <= |alpha| * ||theta_T");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 110);
        JsonNode json =
                Cli.run("claims", "show", "CHEN2024/lemma-4.3", "--json").json();
        assertThat(json.path("lines")).hasSize(5);
        assertThat(json.path("lines").get(4).path("verdict").asText()).isEqualTo("open");
        assertThat(json.path("lines").get(4).path("waitsFor").asText()).isEqualTo("Cauchy-Schwarz");
    }

    @Test
    void runChecksAgain() throws Exception {
        Path file = folder.resolve("claims.xml");
        Cli run = Cli.run(
                "claims",
                "run",
                "CHEN2024/lemma-4.1",
                "CHEN2024/task-reference",
                "CHEN2024/definition-3.5",
                "--junit",
                file);
        assertThat(run.code()).as(run.out()).isZero();
        assertThat(run.out())
                .contains("as recorded  CHEN2024/lemma-4.1: holds (lines: ")
                .contains("not rerun    CHEN2024/task-reference: refuted\n".replace("\n", System.lineSeparator()))
                .contains("CHEN2024/definition-3.5: ill-typed (lines: 8 proved, 1 ill-typed)")
                .contains("2 as recorded, 1 not rerun");
        Document document = JUnitXmlTest.parsed(Files.readString(file));
        Element suite = (Element) document.getElementsByTagName("testsuite").item(0);
        assertThat(suite.getAttribute("name")).isEqualTo("CHEN2024");
        assertThat(suite.getAttribute("tests")).isEqualTo("3");
        assertThat(document.getElementsByTagName("failure").getLength()).isZero();
    }

    /** Running them takes minutes; they are tested where they belong. */
    @Test
    void commandsAmongTheEvidenceAreCommands() {
        Session session = new Session(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                false);
        assertThat(ClaimRegistry.shipped().claims())
                .flatMap(Claim::evidence)
                .filteredOn(Claim.Evidence.Command.class::isInstance)
                .hasSizeGreaterThan(10)
                .allSatisfy(each -> {
                    String[] words = ((Claim.Evidence.Command) each).arguments().split(" ");
                    CommandLine line = Main.commandLine(session);
                    assertThat(line.parseArgs(words).hasSubcommand()).isTrue();
                    if (words[0].equals("check")) {
                        assertThat(Path.of(words[1])).exists();
                    }
                });
    }

    /** Two claims on one derivation of which the registry says too much. */
    private static ClaimRegistry changed() {
        String claim = """
                {"id": "CHEN2024/%s", "kind": "lemma", "place": "Section 4", "statement": "s", "hypotheses": [],
                 "quantifier": "universal", "verdict": "holds", "evidence": [{"%s"}], "range": "all"}""";
        Map<Bibliography, String> texts = new EnumMap<>(Bibliography.class);
        texts.put(
                Bibliography.CHEN2024,
                "[" + claim.formatted("one", "derivation\": \"chen2024/lemma-4.3") + ","
                        + claim.formatted("two", "derivation\": \"chen2024/lemma-4.1") + "]");
        return ClaimRegistry.read(
                texts, "{\"chen2024/lemma-4.3\": {\"claim1.0\": \"open\", \"claim1.4\": \"refuted\"}}");
    }

    private static Cli onChanged(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Session session = new Session(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                false);
        CommandLine line = Claims.commandLine(session, ClaimsTest::changed);
        int code = line.execute(args);
        session.out().flush();
        return new Cli(code, out.toString(StandardCharsets.UTF_8), "");
    }

    @Test
    void aChangeIsToldAndExitsWithOne() throws IOException {
        Path file = folder.resolve("changed.xml");
        Cli run = onChanged("run", "--junit", file.toString());
        assertThat(run.code()).isEqualTo(ExitCode.REJECTED);
        assertThat(run.out())
                .contains("changed      CHEN2024/one: holds", "as recorded  CHEN2024/two: holds")
                .contains("chen2024/lemma-4.3: line claim1.4 at 17:3 was refuted and is open");
        assertThat(Files.readString(file)).contains("failures=\"1\"").contains("claim1.4");
        JsonNode json = onChanged("run", "--json").json();
        assertThat(json.get(0).path("result").asText()).isEqualTo("changed");
        assertThat(json.get(0).path("changes")).hasSize(1);
        assertThat(json.get(1).path("result").asText()).isEqualTo("as recorded");
        assertThat(onChanged("run", "CHEN2024/two").code()).isZero();
    }
}
