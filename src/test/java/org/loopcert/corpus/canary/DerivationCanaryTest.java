package org.loopcert.corpus.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.loopcert.corpus.canary.Canary.Change;
import org.loopcert.corpus.canary.DerivationCanaries.Difference;
import org.loopcert.derivation.StoredDerivations;
import org.loopcert.derivation.StoredDerivations.Case;

/**
 * Broken rules for derivations, of which the corpus and the table of rules must fail every one. A canary that survives
 * means that a side condition could be lost without anybody noticing; those that are known to survive are listed, and
 * want a file or a row each, or a proof that there can be none.
 */
class DerivationCanaryTest {
    private static final Path SURVIVORS = Path.of("src/test/resources/org/loopcert/derivation/surviving-canaries.txt");

    private static DerivationCanaries corpus;
    private static List<Canary> canaries;
    private static List<Canary> never;
    private static Map<String, String> reasons;
    private static Set<String> survivors;

    @BeforeAll
    static void readOnce() throws IOException, ReflectiveOperationException {
        canaries = DerivationCanaries.all();
        List<Case> files = new ArrayList<>(StoredDerivations.reject());
        files.addAll(StoredDerivations.accept());
        never = SideConditions.calls(
                DerivationCanaries.DIALECT,
                DerivationCanaries.classes(),
                "Theorem",
                call -> call.name.equals("conclude"),
                Change.RETURN_NULL);
        corpus = new DerivationCanaries(
                files, Stream.concat(canaries.stream(), never.stream()).toList());
        reasons = new TreeMap<>();
        for (String line : Files.readAllLines(SURVIVORS)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] columns = line.split("\t", 2);
                assertThat(reasons.put(columns[0], columns.length == 2 ? columns[1] : ""))
                        .as(line)
                        .isNull();
            }
        }
        survivors = reasons.keySet();
    }

    @AfterAll
    static void release() {
        corpus = null;
    }

    /** Half of them in every build, the same ones; with the property {@code loopcert.canaries} all. */
    private static boolean chosen(Canary canary) {
        return Boolean.getBoolean("loopcert.canaries")
                || Math.floorMod(canary.key().hashCode(), 2) == 0;
    }

    /** With the property {@code loopcert.survivors} also the listed ones run, which takes minutes, and must survive. */
    @TestFactory
    Stream<DynamicTest> disabledSideConditionFailsTheCorpus() {
        return canaries.stream()
                .filter(DerivationCanaryTest::chosen)
                .filter(canary -> Boolean.getBoolean("loopcert.survivors") || !survivors.contains(canary.key()))
                .map(canary -> DynamicTest.dynamicTest(canary.title(), () -> {
                    if (survivors.contains(canary.key())) {
                        assertThat(corpus.firstDifference(canary))
                                .as("listed in " + SURVIVORS)
                                .isEmpty();
                    } else {
                        assertThat(corpus.firstDifference(canary))
                                .as(
                                        "no file of the corpus and no row of the table tells these rules from the sound ones")
                                .isPresent();
                    }
                }));
    }

    @Test
    void everySurvivorExistsAndEveryReasonHasACanary() {
        assertThat(canaries).extracting(Canary::key).doesNotHaveDuplicates().containsAll(survivors);
        assertThat(canaries.stream().flatMap(canary -> canary.reason().stream()).distinct())
                .contains(
                        "not-equal",
                        "undefined",
                        "premise",
                        "sign",
                        "range",
                        "blocks",
                        "not-arbitrary",
                        "name",
                        "limit");
    }

    @Test
    void everySurvivorHasAReason() {
        assertThat(reasons)
                .allSatisfy((key, reason) ->
                        assertThat(reason).as("why nothing can tell %s", key).matches(".{30,}\\."));
    }

    private static List<Difference> differences(List<Canary> together) throws ReflectiveOperationException {
        return corpus.differences(together.stream().reduce(Canary::and).orElseThrow());
    }

    private static Canary canary(String key) {
        return canaries.stream()
                .filter(canary -> canary.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no canary " + key));
    }

    /** Normal forms are made, and then not compared. */
    @Test
    void rulesThatDoNotCompareNormalFormsFailTheFalseTwins() throws ReflectiveOperationException {
        List<String> told = differences(List.of(canary("EqualityRules$Algebra.conclude not-equal 1"))).stream()
                .map(Difference::name)
                .toList();
        assertThat(told).hasSizeGreaterThan(300).allSatisfy(name -> assertThat(name)
                .containsPattern("--|^rule table: "));
    }

    /** Nothing is required of anything. */
    @Test
    void rulesThatRequireNothingFailTheFalseTwins() throws ReflectiveOperationException {
        List<Canary> require = canaries.stream()
                .filter(each -> each.key().startsWith("NotProved.require ")
                        || each.key().startsWith("IllTyped.require "))
                .filter(each -> each.spots().get(0).change() != Change.ALWAYS_JUMP
                        || each.key().contains(" throw "))
                .filter(each -> each.key().contains(" throw "))
                .toList();
        assertThat(require).hasSize(2);
        assertThat(differences(require)).hasSizeGreaterThan(400);
    }

    /** What is always refused fails the true derivations. */
    @Test
    void rulesThatProveNothingFailTheTrueDerivations() throws ReflectiveOperationException, IOException {
        assertThat(never).hasSize(1);
        assertThat(differences(never))
                .extracting(Difference::name)
                .containsAll(StoredDerivations.accept().stream().map(Case::name).toList());
    }
}
