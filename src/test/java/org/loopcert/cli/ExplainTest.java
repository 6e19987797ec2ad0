package org.loopcert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainTest {
    private static final Path CORPORA = Path.of("certificates");

    /** Instances that can be neither certified nor refuted, so that nothing completes the lines before the failing one. */
    private static final Set<String> WITHOUT_NUMBERS = Set.of(
            "contraction-schedule/no-loops.json",
            "contraction-schedule/too-large-inside.json",
            "contraction-small-steps/schedule-without-steps.json",
            "non-contraction-schedule/a-hair-below.json",
            "non-contraction-schedule/without-steps.json",
            "smallest-positive-at-least/basis-of-everything-where-X-is-zero.json");

    @TempDir
    Path folder;

    private static String flat(Cli run) {
        return run.out().replaceAll("\\s+", " ");
    }

    private static Cli explain(String file, Object... more) {
        List<Object> args = new ArrayList<>(List.of("explain", CORPORA.resolve(file)));
        args.addAll(List.of(more));
        return Cli.run(args.toArray());
    }

    private static Stream<Map.Entry<String, JsonNode>> manifest(String corpus) throws IOException {
        JsonNode manifest = new ObjectMapper()
                .readTree(CORPORA.resolve(corpus).resolve("manifest.json").toFile());
        assertThat(manifest.size()).isGreaterThan(20);
        return manifest.properties().stream();
    }

    private static JsonNode causes(String file, String cause) {
        JsonNode list = explain(file, "--json").json().path("convergence").path("causes");
        for (JsonNode each : list) {
            if (each.path("cause").asText().equals(cause)) {
                return each;
            }
        }
        throw new AssertionError("no cause " + cause + " in " + list);
    }

    @TestFactory
    Stream<DynamicTest> everyAcceptedCertificateIsExplainedWithAllThatItEstablishes() throws IOException {
        return manifest("accept")
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> {
                    String file = "accept/" + each.getKey();
                    Cli text = explain(file);
                    assertThat(text.code()).as(text.err()).isZero();
                    assertThat(text.err()).isEmpty();
                    JsonNode checked =
                            Cli.run("check", CORPORA.resolve(file), "--json").json();
                    assertThat(checked.path("established")).isNotEmpty();
                    for (JsonNode item : checked.path("established")) {
                        String line = item.path("because").asText().replaceAll("rule (.*), line (.*)", "line $2 $1");
                        assertThat(flat(text)).contains("- " + item.path("id").asText() + ": ", "[" + line);
                    }
                    for (JsonNode item : checked.path("notEstablished")) {
                        assertThat(flat(text)).contains(item.path("id").asText() + " does not apply");
                    }
                    assertThat(flat(text)).contains("what limits convergence", "what this means");
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyRejectedCertificateIsExplainedWithItsLineAndReason() throws IOException {
        return manifest("reject")
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> {
                    Cli text = explain("reject/" + each.getKey());
                    assertThat(text.code()).as(text.err()).isEqualTo(ExitCode.REJECTED);
                    String reason = each.getValue().path("reason").asText();
                    int line = each.getValue().path("line").asInt();
                    assertThat(flat(text)).contains("fails with " + reason + ": ", "Expected: ", "Found: ");
                    JsonNode json = explain("reject/" + each.getKey(), "--json").json();
                    assertThat(json.path("reason").asText()).isEqualTo(reason);
                    if (line == 0) {
                        assertThat(flat(text)).contains("The certificate as a whole (");
                        return;
                    }
                    assertThat(flat(text)).contains("Line " + line + ", by the rule ");
                    assertThat(json.path("derived").asInt()).isEqualTo(line - 1);
                    assertThat(json.path("established")).hasSize(line - 1);
                    boolean told = !WITHOUT_NUMBERS.contains(each.getKey());

                    for (JsonNode derived : json.path("established")) {
                        assertThat(derived.has("statement"))
                                .as(json.path("how").asText())
                                .isEqualTo(told);
                    }
                    for (JsonNode premise : json.path("premises")) {
                        int number = premise.path("line").asInt();
                        assertThat(flat(text)).contains("is line " + number);
                        assertThat(premise.has("statement")).isEqualTo(told && number < line);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyMalformedFileIsExplainedWithItsPlace() throws IOException {
        return manifest("malformed")
                .filter(each -> !each.getKey().startsWith("inputs/")) // data files, and their certificate
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> {
                    Cli text = explain("malformed/" + each.getKey());
                    JsonNode json =
                            explain("malformed/" + each.getKey(), "--json").json();
                    assertThat(json.path("verdict").asText())
                            .isEqualTo(each.getValue().path("verdict").asText());
                    if (json.path("verdict").asText().equals("undecided")) {
                        assertThat(text.code()).isEqualTo(ExitCode.UNDECIDED);
                        boolean limit = json.path("reason").asText().equals("limit");
                        assertThat(flat(text)).contains(limit ? "How to get beyond it: " : "--input FILE gives it");
                        assertThat(json.has("limit")).isEqualTo(limit);
                        return;
                    }
                    assertThat(text.code()).as(text.err()).isEqualTo(ExitCode.MALFORMED);
                    int row = json.path("row").asInt();
                    int column = json.path("column").asInt();
                    assertThat(flat(text))
                            .contains("malformed at line " + row + ", column " + column, "Expected: ", "Found: ");
                    String caret = json.path("caret").asText();
                    String shown = json.path("text").asText();
                    assertThat(text.out()).contains("    " + shown + System.lineSeparator() + "    " + caret);
                    byte[] bytes =
                            Files.readAllBytes(CORPORA.resolve("malformed").resolve(each.getKey()));
                    int offset = json.path("offset").asInt();
                    int at = caret.length() - 1;
                    if (at < shown.length()) {
                        char there = bytes[offset] >= ' ' && bytes[offset] <= '~' ? (char) bytes[offset] : '?';
                        assertThat(shown.charAt(at)).isEqualTo(there);
                    } else {
                        assertThat(offset == bytes.length || bytes[offset] == '\n')
                                .isTrue();
                    }
                }));
    }

    @Test
    void theArgumentNamesTheoremHypothesesAndNumbers() {
        String text = flat(explain("accept/twins/theorem-4.4.json"));
        assertThat(text)
                .contains(
                        "One loop of attention is one step of gradient descent",
                        "CHEN2024, Lemma 5.6",
                        "CHEN2024, Theorem 4.4",
                        "kappa, their quotient, in [9, 9]",
                        "q(0) = 0 (checked by this rule on the instance and its premises)");
        assertThat(text.indexOf("the instance")).isLessThan(text.indexOf("what attention computes"));
        assertThat(text.indexOf("what attention computes")).isLessThan(text.indexOf("why the steps contract"));
        assertThat(text.indexOf("why the steps contract")).isLessThan(text.indexOf("which theorem gives which bound"));
    }

    @Test
    void aRejectionNamesThePremisesAndWhatTheyEstablish() {
        assertThat(flat(explain("reject/doubled-exponent/norm-two.json")))
                .contains(
                        "Line 11, by the rule doubled-exponent, fails with not-unit",
                        "Expected: |theta*|^2 = 1. - Found: 2.",
                        "Premise 2 is line 10: realizable: y = X theta* exactly, with theta* = [1, 1] and |theta*|^2 = 2",
                        "The first 10 lines were derived before it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "condition/kappa-1e12-loops-1e9.json | condition number | true",
                "refuted/two-over-lambda-max-and-a-hair.json | step | true",
                "refuted/negative-step.json | step | true",
                "refuted/zero-step.json | step | true",
                "refuted/schedule-at-the-top.json | step | true",
                "shapes/noise.json | label noise | true",
                "shapes/rank-deficient.json | rank deficiency | true",
                "shapes/isotropic.json | step | false",
                "shapes/noise.json | weights and mask | false",
                "condition/kappa-1e12-loops-1e9.json | weights and mask | false",
                "steps/no-loops.json | loops | true",
                "steps/just-below-two-over-lambda-max.json | step | true",
            })
    void theCauseIsNamedWithItsNumber(String file, String cause, boolean decisive) {
        JsonNode found = causes("accept/" + file, cause);
        assertThat(found.path("decisive").asBoolean()).as(found.toString()).isEqualTo(decisive);
        assertThat(found.path("number").asText()).matches("-?[0-9]+(/[0-9]+)?");
        assertThat(flat(explain("accept/" + file))).contains(cause + (decisive ? " (a cause): " : " (not a cause): "));
    }

    /** kappa = 9, |theta*| = 1: a thousandth of 1/lambda_max takes about a thousand times the loops. */
    @Test
    void aShortStepIsTheCause() throws IOException {
        Path instance = Files.writeString(
                folder.resolve("i.json"),
                "{\"X\": [[3, 0], [0, 1]], \"theta\": [\"3/5\", \"4/5\"], \"alpha\": 1, \"loops\": 1000,"
                        + " \"step\": \"1/9000\"}");
        Path certificate = folder.resolve("c.json");
        assertThat(Cli.run("certify", instance, "-o", certificate).code()).isZero();
        JsonNode json = Cli.run("explain", certificate, "--json").json().path("convergence");
        assertThat(json.path("slow").asBoolean()).isTrue();
        // (1 - 1/9000)^N <= 10^-6 first near N = 9000 * 6 ln 10 = 124339.6 less half of 6 ln 10
        assertThat(json.path("needed").path("loops").asLong()).isBetween(124_330L, 124_340L);
        String text = flat(Cli.run("explain", certificate));
        assertThat(text).contains("step (a cause): eta times lambda_max lies in", "the step is too short");
        // (8/9)^118 <= 10^-6 < (8/9)^117
        assertThat(text).contains("With eta = 1/lambda_max the bound needs 118 loops");
    }

    @Test
    void whereNothingCompletesThePrefixItsWitnessesAreRepeated() {
        assertThat(flat(explain("reject/non-contraction-schedule/a-hair-below.json")))
                .contains(
                        "no certificate of the instance could be made that completes them",
                        "derived by lambda-max-at-most",
                        "with the witness bound = 9");
    }

    @Test
    void startAwayFromZeroIsCompared() {
        assertThat(causes("accept/shapes/start-not-zero.json", "start")
                        .path("text")
                        .asText())
                .contains("|theta(0) - tt|^2 = ", "a start at 0 has");
    }

    @Test
    void limitsAreNamedWithTheOptionThatRaisesThem() {
        Cli bits = explain("accept/twins/values.json", "--max-bits", 10);
        assertThat(bits.code()).isEqualTo(ExitCode.UNDECIDED);
        assertThat(flat(bits)).contains("max-bits 10", " raises it (twice the bits");
        Matcher suggested = Pattern.compile("--max-bits ([0-9]+) raises").matcher(flat(bits));
        assertThat(suggested.find()).as(flat(bits)).isTrue();
        Cli again = explain("accept/twins/values.json", "--max-bits", suggested.group(1));
        assertThat(flat(again)).doesNotContain(suggested.group());
        Cli memory = explain("accept/twins/values.json", "--max-memory", "1K");
        assertThat(memory.code()).isEqualTo(ExitCode.UNDECIDED);
        assertThat(flat(memory)).contains("max-memory 1024", "--max-memory SIZE raises it");
    }

    @Test
    void boundCertificatesNeedTheirFile() {
        Cli alone = explain("bound/cars.json");
        assertThat(alone.code()).isEqualTo(ExitCode.UNDECIDED);
        assertThat(flat(alone)).contains("needs-input", "--input FILE");
        Cli given = explain("bound/cars.json", "--input", CORPORA.resolve("bound/cars.csv"));
        assertThat(given.code()).as(given.err()).isZero();
        assertThat(flat(given)).contains("which was rebuilt from your own file");
        Cli other = explain("accept/twins/values.json", "--input", CORPORA.resolve("bound/cars.csv"));
        assertThat(other.code()).isEqualTo(ExitCode.REJECTED);
        assertThat(flat(other)).contains("fails with other-instance", "No line was derived before it");
    }

    @Test
    void unreadableFilesAndQuietRuns() {
        Cli absent = Cli.run("explain", folder.resolve("absent.json"), "--json");
        assertThat(absent.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(absent.err()).contains("absent.json", "no such file");
        assertThat(absent.json().path("verdict").asText()).isEqualTo("malformed");
        assertThat(Cli.run("explain", folder).code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(explain("accept/twins/values.json", "-q")).isEqualTo(new Cli(0, "", ""));
    }

    @Test
    void exactWritesEveryNumberOut() {
        String file = "accept/data/Norris.json";
        String brief = flat(explain(file));
        String exact = flat(explain(file, "--exact"));
        assertThat(brief).contains(" ~ ");
        assertThat(exact).doesNotContain(" ~ ");
        int statements = 0;
        for (JsonNode section : explain(file, "--json").json().path("explanation")) {
            for (JsonNode sentence : section.path("sentences")) {
                if (sentence.has("statement")) {
                    assertThat(exact).contains(sentence.path("statement").asText());
                    statements++;
                }
            }
        }
        assertThat(statements).isGreaterThan(10);
    }
}
