package org.loopcert.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.loopcert.derivation.ShippedDerivations;

class ClaimRegistryTest {
    private static final String CLAIM = """
            {"id": "CHEN2024/lemma-0", "kind": "lemma", "place": "Section 0", "statement": "1 = 2", "hypotheses": ["0 = 0"],
             "quantifier": "universal", "verdict": "refuted", "detail": "1 is not 2",
             "evidence": [{"derivation": "chen2024/lemma-4.1"}, {"command": "check x.json", "says": "no"}, {"argument": "see"}],
             "range": "all"}""";

    private static ClaimRegistry read(String claims, String lines) {
        Map<Bibliography, String> texts = new EnumMap<>(Bibliography.class);
        texts.put(Bibliography.CHEN2024, claims);
        return ClaimRegistry.read(texts, lines);
    }

    @Test
    void everyNumberedItemOfThePaperIsThere() {
        List<String> places = ClaimRegistry.shipped().claims(Bibliography.CHEN2024).stream()
                .map(Claim::place)
                .toList();
        assertThat(List.of(
                        "Theorem 1.1",
                        "Definition 3.1",
                        "Definition 3.2",
                        "Definition 3.3",
                        "Definition 3.4",
                        "Definition 3.5",
                        "Definition 3.6",
                        "Remark 3.7",
                        "Definition 3.8",
                        "Equation (1)",
                        "Equation (2)",
                        "Definition 3.9",
                        "Lemma 3.10",
                        "Definition 3.11",
                        "Lemma 4.1",
                        "Theorem 4.2",
                        "Lemma 4.3",
                        "Theorem 4.4",
                        "Theorem 4.5",
                        "Definition 5.1",
                        "Definition 5.2",
                        "Lemma 5.3",
                        "Lemma 5.4",
                        "Lemma 5.5",
                        "Lemma 5.6",
                        "Fact 5.7",
                        "Theorem 5.8"))
                .allSatisfy(item -> assertThat(places)
                        .anyMatch(place -> place.matches(".*\\b"
                                + item.replace(".", "\\.").replace("(", "\\(").replace(")", "\\)") + "($|[^0-9].*)")));
        assertThat(places)
                .anyMatch(each -> each.startsWith("Abstract"))
                .anyMatch(each -> each.startsWith("Section 2"))
                .anyMatch(each -> each.startsWith("Section 6"))
                .anyMatch(each -> each.startsWith("Section 7"));
    }

    @Test
    void fewAreUndecided() {
        List<Claim> claims = ClaimRegistry.shipped().claims();
        long undecided = claims.stream()
                .filter(each -> each.verdict() == Claim.Verdict.UNDECIDED)
                .count();
        assertThat(undecided * 10).isLessThanOrEqualTo(claims.size());
    }

    @Test
    void everyShippedDerivationIsEvidence() {
        assertThat(ClaimRegistry.shipped().derivations()).containsExactlyElementsOf(ShippedDerivations.names());
    }

    /** A stranger decides every verdict again with one command. */
    @Test
    void everyClaimRestsOnSomethingThatIsDecidedAgain() {
        assertThat(ClaimRegistry.shipped().claims())
                .allSatisfy(each -> assertThat(each.evidence()).as(each.id()).anyMatch(Claim.Evidence::rechecked));
    }

    @Test
    void findingsCounterexamplesAndQuotationsAreRead() {
        String evidence = """
                {"command": "reproduce masks", "says": "no", "finds": {"b": "holds", "a": "fails"}},
                {"counterexample": "n-greater-d", "derivation": "chen2024/n-greater-d", "line": "claim1.0"},
                {"source": "paper", "quotes": ["a b"], "words": ["a"], "absent": ["c"], "says": "so"}""";
        Claim claim = read("[" + CLAIM.replace("{\"argument\": \"see\"}", evidence) + "]", "{}")
                .claims()
                .get(0);
        assertThat(claim.evidence())
                .contains(
                        new Claim.Evidence.Command("reproduce masks", "no", Map.of("a", "fails", "b", "holds")),
                        new Claim.Evidence.Counterexample("n-greater-d", "chen2024/n-greater-d", "claim1.0"),
                        new Claim.Evidence.Quotation(
                                Claim.Source.PAPER, List.of("a b"), List.of("a"), List.of("c"), "so"));
        assertThat(claim.evidence()).filteredOn(Claim.Evidence::rechecked).hasSize(4);
    }

    @Test
    void aClaimIsRead() {
        ClaimRegistry registry = read("[" + CLAIM + "]", "{\"chen2024/lemma-4.1\": {\"claim1.3\": \"open: a rule\"}}");
        Claim claim = registry.find("CHEN2024/lemma-0").orElseThrow();
        assertThat(registry.claims()).containsExactly(claim);
        assertThat(claim.kind().word()).isEqualTo("lemma");
        assertThat(claim.verdict()).isEqualTo(Claim.Verdict.REFUTED);
        assertThat(claim.detail()).hasValue("1 is not 2");
        assertThat(claim.repair()).isEmpty();
        assertThat(claim.hypotheses()).containsExactly("0 = 0");
        assertThat(claim.evidence())
                .containsExactly(
                        new Claim.Evidence.Derivation("chen2024/lemma-4.1"),
                        new Claim.Evidence.Command("check x.json", "no", Map.of()),
                        new Claim.Evidence.Argument("see"));
        assertThat(registry.open(claim)).containsExactly("a rule");
        assertThat(registry.find("CHEN2024/lemma-1")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "\"lemma\", -> \"lema\", % kind, found lema",
                "CHEN2024/lemma-0 -> LOOPCERT/lemma-0 % CHEN2024/name in small letters",
                "CHEN2024/lemma-0 -> CHEN2024/Lemma % CHEN2024/name in small letters",
                "\"refuted\" -> \"false\" % a verdict, found false",
                "\"refuted\" -> \"ill-typed\" % repair of ill-typed",
                "\"refuted\" -> \"proof broken\" % repair of proof broken",
                "\"detail\": \"1 is not 2\", ->  % detail of refuted",
                "\"1 is not 2\" -> \" \" % expected detail",
                "\"1 = 2\" -> 12 % expected statement",
                "[\"0 = 0\"] -> \"0 = 0\" % hypotheses, an array",
                "[\"0 = 0\"] -> [1] % hypotheses that are texts",
                "\"universal\" -> \"always\" % quantifier, found always",
                "chen2024/lemma-4.1 -> chen2024/lemma-9 % a shipped derivation, found chen2024/lemma-9",
                ", \"says\": \"no\" ->  % command with says, and finds",
                "\"says\": \"no\" -> \"says\": \"no\", \"finds\": {} % findings",
                "\"says\": \"no\" -> \"says\": \"no\", \"finds\": {\"a\": 1} % expected a",
                "{\"argument\": \"see\"} -> {\"argumnt\": \"see\"} % derivation, counterexample, command, quotes or argument",
                "{\"argument\": \"see\"} -> {\"counterexample\": \"lemma-9\", \"derivation\": \"chen2024/n-greater-d\", \"line\": \"claim1.0\"} % a shipped counterexample, found lemma-9",
                "{\"argument\": \"see\"} -> {\"counterexample\": \"n-greater-d\", \"derivation\": \"chen2024/lemma-9\", \"line\": \"claim1.0\"} % a shipped derivation, found chen2024/lemma-9",
                "{\"argument\": \"see\"} -> {\"counterexample\": \"n-greater-d\", \"derivation\": \"chen2024/n-greater-d\", \"line\": 1} % expected line, found 1",
                "{\"argument\": \"see\"} -> {\"counterexample\": \"n-greater-d\"} % counterexample with derivation and line",
                "{\"argument\": \"see\"} -> {\"source\": \"book\", \"quotes\": [\"a\"], \"says\": \"b\"} % expected source, found book",
                "{\"argument\": \"see\"} -> {\"source\": \"paper\", \"quotes\": [], \"says\": \"b\"} % expected quotes",
                "{\"argument\": \"see\"} -> {\"source\": \"paper\", \"quotes\": [\"a\"], \"word\": \"b\"} % source, quotes, words, absent and says",
                "{\"argument\": \"see\"} -> {\"argument\": 3} % expected argument",
                "\"range\" -> \"rnge\" % found rnge",
                "\"kind\" -> \"place\" % JSON",
            })
    void dataThatDoesNotHoldTogetherIsRefused(String change) {
        String[] parts = change.split(" % ", -1);
        String[] texts = parts[0].split(" -> ", -1);
        String wrong = CLAIM.replace(texts[0], texts[1]);
        assertThat(wrong).isNotEqualTo(CLAIM);
        assertThatThrownBy(() -> read("[" + wrong + "]", "{}"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(parts[1]);
    }

    @Test
    void noEvidenceTwoOfAnIdAndNoArrayAreRefused() {
        String none = CLAIM.replaceFirst("(?s)\"evidence\": \\[.*?],\n", "\"evidence\": [],\n");
        assertThatThrownBy(() -> read("[" + none + "]", "{}")).hasMessageContaining("evidence");
        assertThatThrownBy(() -> read("[" + CLAIM + "," + CLAIM + "]", "{}")).hasMessageContaining("it twice");
        assertThatThrownBy(() -> read(CLAIM, "{}")).hasMessageContaining("an array of claims");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"chen2024/lemma-4.3\": {}}",
                "{\"chen2024/lemma-4.1\": {\"claim1.3\": \"proved\"}}",
                "{\"chen2024/lemma-4.1\": {\"claim1.3\": \"open: \"}}"
            })
    void linesThatSayNothingAreRefused(String lines) {
        assertThatThrownBy(() -> read("[" + CLAIM + "]", lines)).isInstanceOf(RegistryException.class);
    }
}
