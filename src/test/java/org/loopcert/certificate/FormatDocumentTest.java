package org.loopcert.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.loopcert.derivation.Refutation;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.Kernel;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Statement;
import org.loopcert.kernel.Theorem;
import org.loopcert.kernel.Verdict;
import org.loopcert.kernel.value.NotACounterexample;

/** The format document and its schema say what the kernel does. */
class FormatDocumentTest {
    private static final Path DOCUMENT = Path.of("certificates", "FORMAT.md");
    private static final Path SCHEMA = Path.of("certificates", "certificate.schema.json");
    private static final Pattern EXAMPLE =
            Pattern.compile("<!-- example:begin -->\n```json\n(.*?)```\n<!-- example:end -->\n", Pattern.DOTALL);

    private static String document() throws IOException {
        return Files.readString(DOCUMENT);
    }

    private static String example() throws IOException {
        Matcher matcher = EXAMPLE.matcher(document());
        assertThat(matcher.find()).as("the block of the worked example").isTrue();
        return matcher.group(1);
    }

    private static Verdict check(String certificate) {
        return Kernel.check(certificate.getBytes(StandardCharsets.US_ASCII), Limits.DEFAULT);
    }

    private static Schema schema() throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMA));
    }

    private static Set<String> headings(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theKernelAcceptsTheExample() throws IOException {
        assertThat(check(example())).isInstanceOfSatisfying(Verdict.Accepted.class, accepted -> {
            List<Statement> statements =
                    accepted.theorems().stream().map(Theorem::statement).toList();
            // the numbers that the text below the example works out by hand
            assertThat(statements).hasAtLeastOneElementOfType(Statement.PaperBound.class);
            assertThat(statements.get(9)).isInstanceOf(Statement.PaperBound.class);
            assertThat(statements.get(10))
                    .isEqualTo(new Statement.TightBound(Fraction.ONE, new Statement.Power(fraction(2, 3), 4)));
            assertThat(statements.get(11)).isEqualTo(new Statement.TwoSided(fraction(1, 75), fraction(2, 3), 4));
            assertThat(statements.get(13))
                    .isEqualTo(new Statement.ErrorValue(4, fraction(8, 2025), fraction(8, 2025), true));
        });
    }

    private static Fraction fraction(long numerator, long denominator) {
        return Fraction.of(numerator).divide(Fraction.of(denominator));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"bound\": \"3\",\n   \"witness\"', '\"bound\": \"2\",\n   \"witness\"', NOT_DOMINANT",
        "'\"lower\": \"8/2025\"', '\"lower\": \"9/2025\"', MALFORMED",
        "'\"upper\": \"8/2025\"', '\"upper\": \"7/2025\"', NOT_ENCLOSED",
        "'\"vector\": [\"1\", \"-1\"]', '\"vector\": [\"1\", \"-2\"]', RAYLEIGH",
        "'\"digits\": 4', '\"digits\": 5', COST",
        "'[\"3/5\", \"4/5\", \"7/5\"]', '[\"3/5\", \"4/5\", \"6/5\"]', NOT_REALIZABLE",
    })
    void changesOfTheExampleFail(String text, String changed, String reason) throws IOException {
        String example = example();
        assertThat(example).contains(text);
        Verdict verdict = check(example.replace(text, changed));
        if (reason.equals("MALFORMED")) {
            assertThat(verdict).isInstanceOf(Verdict.Malformed.class);
        } else {
            assertThat(verdict).isInstanceOfSatisfying(Verdict.Rejected.class, rejected -> assertThat(rejected.reason())
                    .isEqualTo(Verdict.Reason.valueOf(reason)));
        }
    }

    @Test
    void everyRuleHasItsSection() throws IOException {
        Set<String> sections = headings(Pattern.compile("^#### `([^`]+)`$", Pattern.MULTILINE), document());
        assertThat(sections).isEqualTo(new TreeSet<>(Kernel.ruleNames()));
    }

    @Test
    void everyReasonIsInTheTableAndAtARule() throws IOException {
        String text = document();
        String table = text.substring(text.indexOf("### 3.3 Reason codes"), text.indexOf("### 3.4 Conclusions"));
        Set<String> codes = Stream.of(Verdict.Reason.values())
                .map(Verdict.Reason::code)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(headings(Pattern.compile("^\\| `([^`]+)` \\|", Pattern.MULTILINE), table))
                .isEqualTo(codes);
        String rest = text.replace(table, "");
        assertThat(codes).allSatisfy(code -> assertThat(rest).contains("`" + code + "`"));
    }

    @Test
    void theConclusionOfEveryRuleIsInTheTable() throws IOException {
        String text = document();
        String table = text.substring(text.indexOf("| rule | values |"), text.indexOf("Two checkers agree"));
        Set<String> rules = table.lines()
                .map(line -> line.split(" [|] ")[0])
                .flatMap(cell -> Pattern.compile("`([^`]+)`").matcher(cell).results())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(rules).isEqualTo(new TreeSet<>(Kernel.ruleNames()));
    }

    @Test
    void theSchemaKnowsEveryRuleAndNoOther() throws IOException {
        JsonNode root = new ObjectMapper().readTree(Files.readString(SCHEMA));
        Set<String> rules = new TreeSet<>();
        root.at("/$defs/line/oneOf")
                .forEach(line -> rules.add(line.at("/properties/rule/const").asText()));
        assertThat(rules).isEqualTo(new TreeSet<>(Kernel.ruleNames()));
    }

    @Test
    void theExampleFitsTheSchema() throws IOException {
        assertThat(schema().validate(example(), InputFormat.JSON)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'\"loopcert/1\"', '\"loopcert/2\"'",
        "'\"certificate\"', '\"proof\"'",
        "'\"digits\": 4', '\"digits\": 0'",
        "'\"bound\": \"3\"', '\"bound\": 3'",
        "'\"bound\": \"3\"', '\"bound\": \"+3\"'",
        "'\"bound\": \"3\"', '\"bound\": \"03\"'",
        "'\"bound\": \"3\"', '\"bound\": \"3/1\"'",
        "'\"bound\": \"3\"', '\"bound\": \"-0\"'",
        "'\"bound\": \"3\"', '\"bound\": \"3.0\"'",
        "'\"vector\": [\"1\", \"-1\"]', '\"vector\": [\"1\", \"1/2\"]'",
        "'\"elimination\"', '\"cholesky\"'",
        "'\"kind\": \"constant\",', '\"kind\": \"schedule\",'",
        "'\"rule\": \"two-sided\"', '\"rule\": \"three-sided\"'",
        "'\"preimage\": []', '\"extra\": []'",
        "'\"premises\": [2]', '\"premises\": [0]'",
    })
    void schemaAndKernelRefuseTheSameGrammar(String text, String changed) throws IOException {
        String example = example();
        assertThat(example).contains(text);
        String other = example.replace(text, changed);
        assertThat(schema().validate(other, InputFormat.JSON)).isNotEmpty();
        assertThat(check(other)).isInstanceOf(Verdict.Malformed.class);
    }

    @Test
    void everyLimitHasItsNumber() throws IOException, ReflectiveOperationException {
        String text = document();
        for (RecordComponent limit : Limits.class.getRecordComponents()) {
            assertThat(text)
                    .contains("| `%s` | %s |"
                            .formatted(limit.getName(), limit.getAccessor().invoke(Limits.DEFAULT)));
        }
    }

    private static String counterexample() throws IOException {
        String section = document().substring(document().indexOf("## 7. Counterexamples"));
        int start = section.indexOf("```json\n") + "```json\n".length();
        return section.substring(start, section.indexOf("```", start));
    }

    @Test
    void theCounterexampleInTheDocumentRefutesItsLine() throws Exception {
        byte[] file = counterexample().getBytes(StandardCharsets.US_ASCII);
        CounterexampleText text = CounterexampleText.read(file, Limits.DEFAULT);
        Refutation.Line line = new Refutation.Line(text.part(), text.step(), text.line());
        assertThat(Refutation.check(text.derivation(), line, text.values())
                        .line()
                        .text())
                .isEqualTo("x^2 <= x");
        assertThat(schema().validate(counterexample(), InputFormat.JSON)).isEmpty();
    }

    @Test
    void everyReasonWhyThereIsNoCounterexampleIsInTheTable() throws IOException {
        String section = document()
                .substring(document().indexOf("### 7.2 Checking"), document().indexOf("## 8. Versions"));
        Stream.of(NotACounterexample.Reason.values())
                .map(NotACounterexample.Reason::code)
                .forEach(code -> assertThat(section).contains("`" + code + "`"));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"counterexample\"', '\"counterexamples\"'",
        "'\"step\": 0', '\"step\": -1'",
        "'\"2\"', '\"2.0\"'",
        "'\"2\"', '2'",
        "'[\"2\"]', '[]'",
        "'scalar x', 'scalar %x'",
        "'scalar x', 'scalar %{3B8}'",
        "'scalar x', 'scalar %{03b8}'",
        "'\"integers\": [],', ''",
        "'[\"scalar x\"]', '[\"scalar\", \"x\"]'",
    })
    void schemaAndReaderRefuseTheSameCounterexamples(String text, String changed) throws IOException {
        String other = counterexample().replace(text, changed);
        assertThat(other).isNotEqualTo(counterexample());
        assertThat(schema().validate(other, InputFormat.JSON)).isNotEmpty();
        byte[] file = other.getBytes(StandardCharsets.US_ASCII);
        if (CounterexampleText.isOne(file)) {
            assertThatThrownBy(() -> CounterexampleText.read(file, Limits.DEFAULT))
                    .isInstanceOfSatisfying(
                            CounterexampleText.Unreadable.class,
                            refused -> assertThat(refused.verdict()).isInstanceOf(Verdict.Malformed.class));
        } else {
            assertThat(check(other)).isInstanceOf(Verdict.Malformed.class);
        }
    }
}
