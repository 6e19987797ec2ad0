package org.loopcert.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.loopcert.claim.CommandFailedException;
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
                .anyMatch(line -> line.matches("CHEN2024/theorem-5\\.8 +theorem +proof broken \\*"))
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
        Cli run = Cli.run("claims", "show", "CHEN2024/power-of-kappa");
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .startsWith("CHEN2024/power-of-kappa: proof broken")
                .contains(
                        "place       Section 5.2, proof of Theorem 5.8",
                        "derivation chen2024/fact-5.7",
                        "waits for: never, Fact 5.7 is about integers and kappa is real")
                .contains("  proved     = exp(-T/kappa)", "  open       (1 - 1/kappa)^T <= E(-T/kappa)");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 110);
        JsonNode lines = Cli.run("claims", "show", "CHEN2024/power-of-kappa", "--json")
                .json()
                .path("lines");
        assertThat(lines).hasSize(5);
        assertThat(lines.get(4).path("verdict").asText()).isEqualTo("open");
        assertThat(lines.get(4).path("waitsFor").asText()).startsWith("never, Fact 5.7");
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
                .contains("as recorded  CHEN2024/task-reference: refuted (quotations: 4)")
                .contains("CHEN2024/definition-3.5: ill-typed (lines: 8 proved, 1 ill-typed)")
                .contains("3 as recorded");
        Document document = JUnitXmlTest.parsed(Files.readString(file));
        Element suite = (Element) document.getElementsByTagName("testsuite").item(0);
        assertThat(suite.getAttribute("name")).isEqualTo("CHEN2024");
        assertThat(suite.getAttribute("tests")).isEqualTo("3");
        assertThat(document.getElementsByTagName("failure").getLength()).isZero();
    }

    /** The whole registry: the verdicts of this version are those that are recorded. */
    @Test
    void everythingIsAsRecorded() {
        Cli run = Cli.run("claims", "run");
        assertThat(run.code()).as(run.out()).isZero();
        assertThat(run.out().lines())
                .filteredOn(line -> !line.startsWith("as recorded "))
                .hasSize(1);
    }

    @Test
    void aFolderWithoutTheTextsIsRefused() {
        Cli run = Cli.run("claims", "run", "CHEN2024/task-reference", "--papers", folder);
        assertThat(run.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(run.err()).contains("--papers: expected the text chen2024-looped-transformers-2410.11268.md in");
    }

    @Test
    void showTellsHowToDecideAgain() {
        Cli run = Cli.run("claims", "show", "CHEN2024/mask-needs-entrywise-product");
        assertThat(run.out())
                .contains("again       claims run CHEN2024/mask-needs-entrywise-product")
                .contains("requires-entrywise-product [exact] fails");
        assertThat(Cli.run("claims", "show", "CHEN2024/task-reference").out()).contains("text        \"linear vector");
        JsonNode json =
                Cli.run("claims", "show", "CHEN2024/turing-machines", "--json").json();
        assertThat(json.path("evidence").get(2).path("absent").get(0).asText()).isEqualTo("turing");
    }

    @Test
    void aCounterexampleIsShownWithTheCommandThatDecidesIt() {
        String command = "check certificates/counterexamples/claims/lemma-5.5-as-printed.json";
        assertThat(Cli.run("claims", "show", "CHEN2024/lemma-5.5").out()).contains("  refuted by  " + command);
        assertThat(Cli.run((Object[]) command.split(" ")).code()).isZero();
        JsonNode evidence = Cli.run("claims", "show", "CHEN2024/lemma-5.5", "--json")
                .json()
                .path("evidence")
                .get(1);
        assertThat(evidence.path("counterexample").asText()).isEqualTo("lemma-5.5-as-printed");
        assertThat(evidence.path("derivation").asText()).isEqualTo("chen2024/lemma-5.5-as-printed");
        assertThat(evidence.path("line").asText()).isEqualTo("claim1.6");
        assertThat(evidence.path("command").asText()).isEqualTo(command);
        Cli run = Cli.run("claims", "run", "CHEN2024-SUMMARY/n-greater-d");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("as recorded").contains("counterexamples: 1");
    }

    @Test
    void aCounterexampleToAnotherLineIsAChange() {
        String claim = """
                [{"id": "CHEN2024/one", "kind": "prose", "place": "Section 4", "statement": "s", "hypotheses": [],
                 "quantifier": "universal", "verdict": "holds", "range": "all", "evidence": [
                 {"counterexample": "lemma-5.5-as-printed", "derivation": "chen2024/n-greater-d", "line": "claim1.5"}]}]""";
        Map<Bibliography, String> texts = new EnumMap<>(Bibliography.class);
        texts.put(Bibliography.CHEN2024, claim);
        Cli run = on(ClaimRegistry.read(texts, "{}"), "run");
        assertThat(run.code()).isEqualTo(ExitCode.REJECTED);
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("derivation was chen2024/n-greater-d and is chen2024/lemma-5.5-as-printed")
                .contains("line was claim1.5 and is claim1.6");
    }

    @Test
    void reproductionsAndCounterexamplesHaveFindings() {
        assertThatThrownBy(() -> ClaimCommands.run("check certificates/counterexamples/claims/none.json"))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("no counterexample none");
        assertThatThrownBy(() -> ClaimCommands.run("check certificates/accept"))
                .isInstanceOf(CommandFailedException.class);
        assertThatThrownBy(() -> ClaimCommands.run("reproduce nothing"))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("exit code 2");
    }

    /** Some take minutes; they are tested where they belong. */
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
                    CommandLine line = Commands.line(session);
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
        return ClaimRegistry.read(texts, "{\"chen2024/lemma-4.3\": {\"claim1.4\": \"refuted\"}}");
    }

    private static Cli onChanged(String... args) {
        return on(changed(), args);
    }

    private static Cli on(ClaimRegistry registry, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Session session = new Session(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                false);
        CommandLine line = Claims.commandLine(session, () -> registry);
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
                .contains("chen2024/lemma-4.3: line claim1.4 at 17:3 was refuted and is proved");
        assertThat(Files.readString(file)).contains("failures=\"1\"").contains("claim1.4");
        JsonNode json = onChanged("run", "--json").json();
        assertThat(json.get(0).path("result").asText()).isEqualTo("changed");
        assertThat(json.get(0).path("changes")).hasSize(1);
        assertThat(json.get(1).path("result").asText()).isEqualTo("as recorded");
        assertThat(onChanged("run", "CHEN2024/two").code()).isZero();
    }
}
