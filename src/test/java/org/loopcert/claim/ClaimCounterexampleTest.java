package org.loopcert.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.loopcert.certificate.CounterexampleText;
import org.loopcert.claim.Claim.Evidence.Counterexample;
import org.loopcert.derivation.Refutation;
import org.loopcert.derivation.ShippedDerivations;
import org.loopcert.kernel.Limits;

/** Every false line that a claim rests on has a certificate of a small counterexample. */
class ClaimCounterexampleTest {
    private static final BigInteger LARGEST = BigInteger.valueOf(3);
    private static final ClaimRegistry REGISTRY = ClaimRegistry.shipped();

    private static List<Counterexample> counterexamples(Claim claim) {
        return claim.evidence().stream()
                .filter(Counterexample.class::isInstance)
                .map(Counterexample.class::cast)
                .toList();
    }

    private static Stream<Counterexample> all() {
        return REGISTRY.claims().stream()
                .flatMap(each -> counterexamples(each).stream())
                .distinct();
    }

    /** What a claim's derivations have of lines that are recorded as refuted. */
    private static List<String> falseLines(Claim claim) {
        List<String> lines = new ArrayList<>();
        for (String derivation : claim.derivations()) {
            REGISTRY.lines(derivation).forEach((line, recorded) -> {
                if (recorded.state() == Recorded.State.REFUTED) {
                    lines.add(derivation + " " + line);
                }
            });
        }
        return lines;
    }

    @Test
    void everyClaimOnAFalseLineNamesItsCertificate() {
        List<Claim> resting = REGISTRY.claims().stream()
                .filter(each -> !falseLines(each).isEmpty())
                .toList();
        assertThat(resting).hasSizeGreaterThanOrEqualTo(20);
        assertThat(resting).allSatisfy(claim -> assertThat(counterexamples(claim))
                .as(claim.id())
                .extracting(each -> each.derivation() + " " + each.line())
                .containsAll(falseLines(claim)));
    }

    /** The others are refuted by what is proved, or by the text itself. */
    @Test
    void whatIsRefutedOrBrokenHasACertificateUnlessAProofOrTheTextDecides() {
        Set<String> without = REGISTRY.claims().stream()
                .filter(each -> each.verdict() == Claim.Verdict.REFUTED || each.verdict() == Claim.Verdict.PROOF_BROKEN)
                .filter(each -> counterexamples(each).isEmpty())
                .filter(each -> each.evidence().stream().noneMatch(Claim.Evidence.Quotation.class::isInstance))
                .map(Claim::id)
                .collect(Collectors.toCollection(TreeSet::new));
        // loopcert/doubled-exponent is a better bound; Fact 5.7 is applied where it does not speak
        assertThat(without).containsExactly("CHEN2024/power-of-kappa", "CHEN2024/tight-bound");
    }

    @TestFactory
    Stream<DynamicTest> eachIsAcceptedSmallAndAboutTheShippedText() {
        return all().map(each -> DynamicTest.dynamicTest(each.name(), () -> {
            CounterexampleText text = CounterexampleText.read(
                    ShippedCounterexamples.file(each.name()).orElseThrow(), Limits.DEFAULT);
            assertThat(text.part() + "." + text.step()).isEqualTo(each.line());
            assertThat(text.derivation())
                    .isEqualTo(ShippedDerivations.text(each.derivation()).orElseThrow());
            Refutation refutation = Refutation.check(
                    text.derivation(), new Refutation.Line(text.part(), text.step(), text.line()), text.values());
            assertThat(refutation.derivation().id()).isEqualTo(each.derivation());
            assertThat(text.values().integers().values())
                    .allSatisfy(value -> assertThat(value).isBetween(BigInteger.ONE, LARGEST));
            assertThat(REGISTRY.lines(each.derivation()).get(each.line()).state())
                    .isEqualTo(Recorded.State.REFUTED);
        }));
    }

    @Test
    void theFolderHasTheFilesThatClaimsNameAndTheyAreOnBoard() throws IOException {
        Path folder = Path.of(ShippedCounterexamples.FOLDER);
        Set<String> named = all().map(each -> each.name() + ".json").collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(each -> each.getFileName().toString())).containsExactlyInAnyOrderElementsOf(named);
        }
        for (Counterexample each : all().toList()) {
            assertThat(ShippedCounterexamples.file(each.name()).orElseThrow())
                    .isEqualTo(Files.readAllBytes(Path.of(ShippedCounterexamples.path(each.name()))));
        }
    }

    @Test
    void theListOfTheFolderNamesThemBesideTheirClaims() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("certificates", "README.md"));
        assertThat(REGISTRY.claims())
                .allSatisfy(claim -> assertThat(counterexamples(claim)).allSatisfy(each -> assertThat(rows)
                        .anyMatch(row -> row.startsWith("| `" + each.name() + ".json` | ")
                                && List.of(row.split("[ ,|]+")).contains(claim.id()))));
    }

    @Test
    void namesAreNoPaths() {
        assertThat(Stream.of("../lines", "none", "", "a/b", "lemma-5.5-as-printed.json"))
                .allSatisfy(
                        each -> assertThat(ShippedCounterexamples.file(each)).isEmpty());
    }
}
