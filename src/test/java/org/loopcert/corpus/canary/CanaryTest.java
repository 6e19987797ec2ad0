package org.loopcert.corpus.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.loopcert.corpus.canary.Canary.Change;
import org.loopcert.corpus.canary.Gauntlet.Checker;
import org.loopcert.corpus.canary.Gauntlet.Difference;
import org.loopcert.corpus.canary.StoredCorpus.Case;
import org.loopcert.corpus.canary.StoredCorpus.Outcome;
import org.loopcert.kernel.Verdict.Reason;

/**
 * Broken checkers, of which the corpus must fail every one: they test the tests. A canary that survives means that the
 * kernel could lose that side condition without anybody noticing; it wants a file for {@code certificates/}, or a proof
 * in {@link Reviewed} that there can be none.
 */
class CanaryTest {
    private static Gauntlet corpus;
    private static List<Canary> canaries;
    private static List<Canary> exchanged;
    private static Map<String, List<Canary>> wrong;

    @BeforeAll
    static void readOnce() throws IOException, ReflectiveOperationException {
        canaries = SideConditions.all();
        exchanged = CanaryKernel.classes().keySet().stream()
                .map(name -> name.substring(CanaryKernel.PACKAGE.length()))
                .flatMap(owner -> SideConditions.calls(
                        owner,
                        call -> call.owner.equals(CanaryKernel.PACKAGE + "Fraction")
                                && Set.of("atMost", "below").contains(call.name),
                        Change.OTHER_OPERATION)
                        .stream())
                .toList();
        wrong = Stream.of("SymbolicAttention", "ReplaySteps")
                .collect(Collectors.toMap(Function.identity(), CanaryTest::wrongAttention));
        corpus = Gauntlet.of(
                StoredCorpus.read(),
                Stream.concat(Stream.of(canaries, exchanged), wrong.values().stream())
                        .flatMap(List::stream)
                        .toList());
    }

    @AfterAll
    static void release() {
        corpus = null;
    }

    private static Optional<Difference> caught(Canary canary) throws ReflectiveOperationException {
        return corpus.firstDifference(canary);
    }

    private static Canary canary(String key) {
        return canaries.stream()
                .filter(canary -> canary.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no canary " + key));
    }

    @TestFactory
    Stream<DynamicTest> disabledSideConditionFailsTheCorpus() {
        return canaries.stream()
                .map(canary -> DynamicTest.dynamicTest(canary.title(), () -> {
                    Reviewed.Proof proof = Reviewed.UNREACHABLE.get(canary.key());
                    if (proof == null) {
                        assertThat(caught(canary))
                                .as("no file of the corpus tells this kernel from the sound one")
                                .isPresent();
                    } else {
                        assertThat(source(canary))
                                .as("the line that this was proved of (%s)", proof.reason())
                                .contains(proof.code());
                        assertThat(caught(canary))
                                .as("listed as out of reach of any file (%s)", proof.reason())
                                .isEmpty();
                    }
                }));
    }

    private static String source(Canary canary) throws IOException {
        String file = canary.key().split("[$.]")[0] + ".java";
        return Files.readAllLines(Path.of("src/main/java", CanaryKernel.PACKAGE, file))
                .get(canary.line() - 1);
    }

    @Test
    void everyReasonHasACanaryAndEveryReviewedCanaryExists() {
        Set<String> reasons =
                canaries.stream().flatMap(canary -> canary.reason().stream()).collect(Collectors.toSet());
        assertThat(reasons).contains("malformed");
        assertThat(reasons)
                .containsAll(Stream.of(Reason.values()).map(Reason::code).toList());
        assertThat(canaries).extracting(Canary::key).doesNotHaveDuplicates();
        assertThat(canaries).extracting(Canary::key).containsAll(Reviewed.UNREACHABLE.keySet());
    }

    private static Set<String> foldersWithDifferences(Checker checker) {
        return corpus.differences(checker).stream()
                .map(difference -> difference.file().name())
                .map(name -> name.substring(0, name.indexOf('/')))
                .collect(Collectors.toSet());
    }

    @Test
    void checkerThatAlwaysAcceptsFailsTheCorpus() {
        assertThat(foldersWithDifferences(
                        (file, fuel) -> new Outcome("accepted", Optional.empty(), Optional.empty(), kind(file))))
                .contains("reject", "malformed", "bound");
    }

    @Test
    void checkerThatAlwaysRejectsFailsTheCorpusEvenIfItGuessesEveryReason() {
        assertThat(foldersWithDifferences((file, fuel) -> new Outcome(
                        "rejected", file.expected().reason(), file.expected().line(), Optional.empty())))
                .contains("accept", "malformed", "bound")
                .doesNotContain("reject");
    }

    private static Optional<String> kind(Case file) {
        return file.expected().kind();
    }

    /** The kernel's own reader, and then nothing: nothing is required, no premise looked up and no rule run. */
    @Test
    void checkerThatOnlyParsesFailsTheCorpus() throws ReflectiveOperationException {
        List<Canary> conclude =
                SideConditions.calls("Theorem", call -> call.name.equals("conclude"), Change.RETURN_NULL);
        List<Canary> premise = SideConditions.calls(
                "Kernel$Line", call -> call.desc.equals("(I)Ljava/lang/Object;"), Change.RETURN_NULL);
        assertThat(conclude).hasSize(1);
        assertThat(premise).hasSize(1);
        List<Difference> differences = corpus.differences(canary("Refusal.require throw any reason 1")
                .and(conclude.get(0))
                .and(premise.get(0))
                .load());
        assertThat(differences)
                .filteredOn(difference -> difference.file().expected().verdict().equals("rejected"))
                .hasSize(Math.toIntExact(corpus.expecting("rejected")))
                .allSatisfy(
                        difference -> assertThat(difference.found().verdict()).isEqualTo("accepted"));
        assertThat(differences)
                .extracting(difference -> difference.file().expected().verdict())
                .doesNotContain("accepted", "malformed");
    }

    /** A comparison that is strict where it should not be, or the other way round, shows in the case of equality. */
    @TestFactory
    Stream<DynamicTest> comparisonExchangedForItsNeighbourFailsTheCorpus() {
        assertThat(exchanged).hasSizeGreaterThan(10);
        return exchanged.stream()
                .map(canary -> DynamicTest.dynamicTest(canary.title(), () -> assertThat(caught(canary))
                        .as("%s: no file of the corpus stands where the two sides are equal", canary.title())
                        .isPresent()));
    }

    /** The replay with another operation; the forms [X y]'[X 0] of the attention with the factors the wrong way round. */
    private static List<Canary> wrongAttention(String rule) {
        String owner = "EquivalenceRules$" + rule;
        List<Canary> changes = new ArrayList<>(SideConditions.calls(
                owner,
                call -> call.owner.equals("java/math/BigInteger")
                        && Set.of("add", "subtract", "multiply").contains(call.name),
                Change.OTHER_OPERATION));
        changes.addAll(
                SideConditions.calls(owner, call -> call.name.equals("transposedTimes"), Change.EXCHANGED_ARGUMENTS));
        assertThat(changes).as(rule).isNotEmpty();
        return changes;
    }

    /** No file reaches these comparisons, so here the attention that they judge is wrong. */
    @TestFactory
    Stream<DynamicTest> wrongAttentionIsNotTheGradient() {
        return wrong.values().stream()
                .flatMap(List::stream)
                .map(each -> DynamicTest.dynamicTest(each.title(), () -> assertThat(notGradient(each))
                        .hasValueSatisfying(difference ->
                                assertThat(difference.found().reason()).contains(Reason.NOT_GRADIENT.code()))));
    }

    /** Only certificates that run the rule can tell, and those that should be accepted are the ones to fail. */
    private static Optional<Difference> notGradient(Canary change) throws ReflectiveOperationException {
        return corpus.firstDifference(change, Optional.of("accepted"));
    }

    @Test
    void nothingButTheComparisonNoticesWrongAttention() throws ReflectiveOperationException {
        for (String check : List.of("SymbolicAttention.conclude", "ReplaySteps.requireEqual")) {
            Canary change = wrong.get(check.substring(0, check.indexOf('.'))).get(0);
            Canary unchecked = canary("EquivalenceRules$" + check + " not-gradient 1");
            assertThat(notGradient(change.and(unchecked))).as(check).isEmpty();
        }
    }

    @Test
    void attentionIsComparedBeforeTheFirstStepAndAfterEach() throws ReflectiveOperationException {
        String call = "EquivalenceRules$ReplaySteps.conclude requireEqual() ";
        for (String other : List.of("1", "2")) {
            boolean fires = false;
            for (Canary change : wrong.get("ReplaySteps")) {
                fires = fires || notGradient(change.and(canary(call + other))).isPresent();
            }
            assertThat(fires).as("without call " + other).isTrue();
        }
    }
}
