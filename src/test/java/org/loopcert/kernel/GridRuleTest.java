package org.loopcert.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The bound of a schedule's polynomial against exact values at many points. */
class GridRuleTest {
    private static final int SAMPLES = 400;

    @Provide
    Arbitrary<Fraction> etas() {
        return Arbitraries.integers().between(-5, 120).map(p -> Given.q(p, 100));
    }

    private static Fraction bound(List<Fraction> etas, Fraction mu, Fraction smoothness, int grid) throws Refusal {
        Problem problem = Given.problem(new long[][] {{1}}, new Instance.Step.Schedule(etas), etas.size());
        Theorem.Premises premises = Given.premises(
                problem, new Statement.SmallestAtLeast(mu, 1), new Statement.LambdaMaxAtMost(smoothness));
        Statement.Contraction statement =
                (Statement.Contraction) new ContractionRules.ScheduleContraction().conclude(problem, premises, grid);
        return ((Statement.Value) statement.factor()).bound();
    }

    private static Fraction modulus(List<Fraction> etas, Fraction x) {
        return etas.stream()
                .map(eta -> Fraction.ONE.subtract(eta.multiply(x)))
                .reduce(Fraction.ONE, Fraction::multiply)
                .abs();
    }

    @Property(tries = 300)
    void boundsThePolynomialOnTheWholeInterval(
            @ForAll @Size(min = 1, max = 6) List<@From("etas") Fraction> etas,
            @ForAll @IntRange(min = 1, max = 50) int low,
            @ForAll @IntRange(max = 400) int width,
            @ForAll @IntRange(min = 1, max = 12) int excess) {
        Fraction mu = Given.q(low, 20);
        Fraction smoothness = mu.add(Given.q(width, 20));
        Fraction bound;
        try {
            bound = bound(etas, mu, smoothness, etas.size() + excess);
        } catch (Refusal refusal) {
            assertThat(refusal.reason).isEqualTo(Verdict.Reason.NOT_CONTRACTING);
            return;
        }
        assertThat(bound.below(Fraction.ONE)).isTrue();
        for (int k = 0; k <= SAMPLES; k++) {
            Fraction x = mu.add(smoothness.subtract(mu).multiply(Given.q(k, SAMPLES)));
            assertThat(modulus(etas, x).atMost(bound)).isTrue();
        }
    }

    /** Two steps with roots between the points of the coarsest grid that is allowed. */
    @Test
    void theCoarsestGridStillBounds() throws Refusal {
        List<Fraction> etas = List.of(Given.q(1, 2), Given.q(1, 8));
        Fraction bound = bound(etas, Fraction.ONE, Fraction.of(9), 3);
        for (int k = 0; k <= 8000; k++) {
            assertThat(modulus(etas, Fraction.ONE.add(Given.q(k, 1000))).atMost(bound))
                    .isTrue();
        }
    }

    @Test
    void aGridOfTheDegreeIsRefused() {
        List<Fraction> etas = List.of(Given.q(1, 2), Given.q(1, 8));
        assertThatThrownBy(() -> bound(etas, Fraction.ONE, Fraction.of(9), 2))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason).isEqualTo(Verdict.Reason.GRID));
    }

    @Test
    void finerGridsGiveTighterBounds() throws Refusal {
        List<Fraction> etas = List.of(Given.q(1, 2), Given.q(1, 8));
        Fraction coarse = bound(etas, Fraction.ONE, Fraction.of(9), 4);
        Fraction fine = bound(etas, Fraction.ONE, Fraction.of(9), 400);
        assertThat(fine.below(coarse)).isTrue();
        assertThat(fine.below(Given.q(563, 1000))).isTrue();
        assertThat(Given.q(5625, 10000).atMost(fine)).isTrue();
    }
}
