package org.loopcert.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.loopcert.kernel.Kernel;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Verdict;
import org.loopcert.reproduce.Figure1Trial.Step;
import org.loopcert.reproduce.Figure1Trial.Theta;
import org.loopcert.ring.Interval;

/** A small figure: two sizes, one trial, few loops. */
class Figure1Test {
    private static final Figure1.Options OPTIONS = new Figure1.Options(List.of(16, 64), 1, 90, 1, Limits.DEFAULT);

    private static List<Figure1Trial> trials;
    private static Reproduction result;
    private static SortedMap<String, byte[]> files;

    @BeforeAll
    static void run() throws UndecidedException {
        trials = Figure1.trials(OPTIONS, done -> {});
        result = Figure1Report.of(OPTIONS, trials);
        files = result.files();
    }

    private static Finding finding(String id, String arithmetic) {
        return result.findings().stream()
                .filter(each -> each.id().equals(id) && each.arithmetic().equals(arithmetic))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theKernelAcceptsEveryCertificateAndFindingsNameOnlyThese() {
        List<String> certificates = files.keySet().stream()
                .filter(name -> name.startsWith("certificates/"))
                .toList();
        assertThat(certificates).hasSize(2 * Theta.values().length * Step.values().length);
        for (String name : certificates) {
            assertThat(Kernel.check(files.get(name), Limits.DEFAULT)).isInstanceOf(Verdict.Accepted.class);
        }
        for (Finding finding : result.findings()) {
            assertThat(finding.certificates()).isNotEmpty().isSubsetOf(certificates);
        }
    }

    @Test
    void everyBoundHoldsExactlyInExactArithmetic() {
        for (Bound bound : Bound.values()) {
            assertThat(finding("a/" + bound.id(), Finding.EXACT).outcome())
                    .as(bound.id())
                    .isEqualTo(Outcome.HOLDS);
        }
        assertThat(finding("a", Finding.EXACT).outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(finding("a/hypothesis-norm", Finding.EXACT).outcome()).isEqualTo(Outcome.FAILS);
    }

    /** kappa of n = 64 is below 3, so that (1 - 1/kappa)^(2t) is below 10^-31 at t = 90 and the rounded error is not. */
    @Test
    void theRoundedRunLeavesTheTightBound() {
        Figure1Trial trial = trials.stream()
                .filter(each -> each.examples() == 64 && each.theta() == Theta.UNIT)
                .findFirst()
                .orElseThrow();
        assertThat(Outcome.less(trial.kappa(), Reals.of(3))).isEqualTo(Outcome.HOLDS);
        assertThat(finding("a/tight-squared", Finding.BINARY64).outcome()).isEqualTo(Outcome.FAILS);
        assertThat(finding("a/tight-squared", Finding.BINARY64).words()).contains("n = 64, theta* unit: 1 of 1");
    }

    @Test
    void theGapWidensInExactArithmetic() {
        assertThat(Outcome.less(kappa(64), kappa(16))).isEqualTo(Outcome.HOLDS);
        assertThat(finding("d", Finding.EXACT).outcome()).isEqualTo(Outcome.FAILS);
        assertThat(finding("d", Finding.EXACT).words()).contains("under none");
    }

    private static Interval kappa(int n) {
        return trials.stream()
                .filter(trial -> trial.examples() == n)
                .findFirst()
                .orElseThrow()
                .kappa();
    }

    @Test
    void theLiteralStepIsAtLeastAsGoodAsTheOneBelow() {
        for (Figure1Trial trial : trials) {
            for (int t = 0; t <= OPTIONS.loops(); t++) {
                assertThat(trial.exact().get(Step.LAMBDA_MAX).squared().get(t).lower())
                        .isLessThanOrEqualTo(
                                trial.exact().get(Step.AUTO).squared().get(t).upper());
            }
        }
    }

    @Test
    void thePageNamesVerdictsAndDisagreement() {
        String page = new String(files.get("index.html"), StandardCharsets.UTF_8);
        assertThat(page).contains("The two arithmetics disagree about", "certificates/n016-trial00-unit-auto.json");
        for (Finding finding : result.findings()) {
            assertThat(page).contains(finding.id() + ", " + finding.arithmetic());
        }
        assertThat(files).containsKeys("figure-1.svg", "figure-1.png", "figure-1.csv", "trials.csv");
        assertThat(new String(files.get("figure-1.csv"), StandardCharsets.UTF_8).lines())
                .hasSize(1 + 2 * 2 * 2 * (OPTIONS.loops() + 1));
    }

    @Test
    void theSameSeedGivesTheSameBytes() throws UndecidedException {
        SortedMap<String, byte[]> again = Figure1.run(OPTIONS, done -> {}).files();
        assertThat(hashes(again)).isEqualTo(hashes(files));
    }

    private static Map<String, Integer> hashes(SortedMap<String, byte[]> of) {
        return of.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, file -> Arrays.hashCode(file.getValue())));
    }
}
