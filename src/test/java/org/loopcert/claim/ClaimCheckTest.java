package org.loopcert.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.loopcert.derivation.DerivationChecker;
import org.loopcert.derivation.DerivationReader;
import org.loopcert.derivation.DerivationReport;
import org.loopcert.derivation.DerivationSyntaxException;

class ClaimCheckTest {
    /** A line that is proved, one that is open, one that is false and one that says nothing. */
    private static final String TEXT = """
            dimension n
            vector v in R^n
            scalar a
            claim fine: a + a = 2 a
            claim open: exp(a) + exp(-a) >= 2 + a^2
            claim wrong: a^2 = a
            claim nothing: v = a
            """;

    private static final Map<String, Recorded> AS_IT_IS = Map.of(
            "open.0", new Recorded(Recorded.State.OPEN, Optional.of("the series of exp")),
            "wrong.0", new Recorded(Recorded.State.REFUTED, Optional.empty()),
            "nothing.0", new Recorded(Recorded.State.ILL_TYPED, Optional.empty()));

    private static DerivationReport report() throws DerivationSyntaxException {
        return DerivationChecker.check("four", DerivationReader.read("four", TEXT));
    }

    @Test
    void whatIsRecordedIsFound() throws DerivationSyntaxException {
        ClaimCheck.Outcome outcome = ClaimCheck.compare("four", report(), AS_IT_IS);
        assertThat(outcome.changes()).isEmpty();
        assertThat(outcome.lines()).hasSize(4);
        assertThat(Recorded.State.values())
                .allSatisfy(each -> assertThat(outcome.count(each)).isEqualTo(1));
    }

    @ParameterizedTest
    @CsvSource({
        "fine.0, OPEN, was open and is proved",
        "open.0, REFUTED, was refuted and is open",
        "wrong.0, OPEN, was open and is refuted",
        "nothing.0, OPEN, was open and is ill-typed",
        "fine.7, OPEN, is recorded and not there"
    })
    void everyDifferenceIsAChange(String key, Recorded.State state, String change) throws DerivationSyntaxException {
        Map<String, Recorded> recorded = new java.util.HashMap<>(AS_IT_IS);
        recorded.put(key, new Recorded(state, Optional.empty()));
        assertThat(ClaimCheck.compare("four", report(), recorded).changes())
                .singleElement()
                .asString()
                .contains(key)
                .contains(change);
    }

    @Test
    void aLineThatIsNotRecordedShouldBeProved() throws DerivationSyntaxException {
        assertThat(ClaimCheck.compare("four", report(), Map.of()).changes())
                .hasSize(3)
                .allMatch(each -> each.contains("was proved and is"));
    }

    private static ClaimRegistry registry(String evidence) {
        String claim = """
                {"id": "CHEN2024/one", "kind": "prose", "place": "Section 4", "statement": "s", "hypotheses": [],
                 "quantifier": "universal", "verdict": "holds", "evidence": [%s], "range": "all"}""";
        Map<Bibliography, String> texts = new EnumMap<>(Bibliography.class);
        texts.put(Bibliography.CHEN2024, "[" + claim.formatted(evidence) + "]");
        return ClaimRegistry.read(texts, "{}");
    }

    private static List<ClaimCheck.Outcome> check(
            String evidence, ClaimCheck.Commands commands, Optional<Path> papers) {
        ClaimRegistry registry = registry(evidence);
        return new ClaimCheck(registry, commands, papers)
                .check(registry.claims().get(0));
    }

    private static final String COMMAND =
            "{\"command\": \"reproduce masks\", \"says\": \"no\", \"finds\": {\"a [exact]\": \"holds\", \"b [exact]\": \"fails\"}}";

    @Test
    void aCommandIsRunOnceAndItsFindingsAreCompared() {
        List<String> runs = new ArrayList<>();
        List<ClaimCheck.Outcome> outcomes = check(
                COMMAND + "," + COMMAND,
                arguments -> {
                    runs.add(arguments);
                    return Map.of("a [exact]", "holds", "b [exact]", "fails", "c [exact]", "holds");
                },
                Optional.empty());
        assertThat(runs).containsExactly("reproduce masks");
        assertThat(outcomes).hasSize(2).allSatisfy(each -> assertThat(each.changes())
                .isEmpty());
    }

    @Test
    void otherFindingsAreChanges() {
        assertThat(check(COMMAND, arguments -> Map.of("a [exact]", "fails"), Optional.empty()))
                .singleElement()
                .satisfies(each -> assertThat(each.changes())
                        .containsExactly("a [exact] was holds and is fails", "b [exact] was fails and is not found"));
        assertThat(check(
                        COMMAND,
                        arguments -> {
                            throw new CommandFailedException("exit code 3");
                        },
                        Optional.empty()))
                .singleElement()
                .satisfies(each -> assertThat(each.changes()).contains("it failed: exit code 3"));
    }

    @Test
    void aCounterexampleIsDecidedByItsCommand() {
        String evidence =
                "{\"counterexample\": \"n-greater-d\", \"derivation\": \"chen2024/n-greater-d\", \"line\": \"claim1.0\"}";
        Map<String, String> accepted =
                Map.of("verdict", "accepted", "derivation", "chen2024/n-greater-d", "line", "claim1.0");
        assertThat(check(
                        evidence,
                        arguments -> arguments.equals("check certificates/counterexamples/claims/n-greater-d.json")
                                ? accepted
                                : Map.of(),
                        Optional.empty()))
                .singleElement()
                .satisfies(each -> assertThat(each.changes()).isEmpty());
        assertThat(check(
                        evidence,
                        arguments -> Map.of("verdict", "accepted", "derivation", "chen2024/n-greater-d", "line", "b.0"),
                        Optional.empty()))
                .singleElement()
                .satisfies(each -> assertThat(each.changes()).containsExactly("line was claim1.0 and is b.0"));
        assertThat(check(
                        evidence,
                        arguments -> {
                            throw new CommandFailedException("rejected, line-true");
                        },
                        Optional.empty()))
                .singleElement()
                .satisfies(each -> assertThat(each.changes()).contains("it failed: rejected, line-true"));
    }

    @Test
    void commandsThatAreNotRunAndArgumentsAreNoEvidenceThatIsDecidedAgain() {
        assertThat(check(
                        "{\"command\": \"reproduce figure-1\", \"says\": \"no\"}, {\"argument\": \"see\"}",
                        arguments -> {
                            throw new AssertionError(arguments);
                        },
                        Optional.empty()))
                .isEmpty();
    }

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "one two | two | three |",
                "one two | ten | three | 'ten' is not in 'one two'",
                "two one | two | three | the text does not have 'two one'",
                "one two | two | FOUR  | the text has 'FOUR'"
            })
    void quotationsAreComparedWithTheText(String quote, String word, String absent, String change) throws IOException {
        Files.writeString(folder.resolve(Claim.Source.SUMMARY.file()), "zero one\n  two Four");
        String evidence = """
                {"source": "summary", "quotes": ["%s"], "words": ["%s"], "absent": ["%s"], "says": "so"}""".formatted(quote, word, absent);
        assertThat(check(evidence, arguments -> Map.of(), Optional.of(folder)))
                .singleElement()
                .satisfies(each -> {
                    if (change == null) {
                        assertThat(each.changes()).isEmpty();
                    } else {
                        assertThat(each.changes()).containsExactly(change);
                    }
                });
    }

    @Test
    void withoutTheTextAQuotationIsTakenAsStored() {
        String evidence =
                "{\"source\": \"paper\", \"quotes\": [\"nowhere printed\"], \"words\": [\"%s\"], \"says\": \"so\"}";
        assertThat(check(evidence.formatted("where"), arguments -> Map.of(), Optional.empty()))
                .singleElement()
                .satisfies(each -> assertThat(each.changes()).isEmpty());
        assertThat(check(evidence.formatted("here and there"), arguments -> Map.of(), Optional.empty()))
                .singleElement()
                .satisfies(each -> assertThat(each.changes()).hasSize(1));
    }
}
