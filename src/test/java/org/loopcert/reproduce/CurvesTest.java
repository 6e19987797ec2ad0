package org.loopcert.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.loopcert.ring.Interval;
import org.loopcert.ring.RationalField;

/** The verdicts on condition numbers made by hand: 4 and then 2, with errors (1 - 1/kappa)^t for the task. */
class CurvesTest {
    private static final int LOOPS = 200;
    private static final List<Integer> KAPPAS = List.of(4, 2);

    private static Interval of(long p, long q) {
        return Reals.of(RationalField.of(p, q));
    }

    private static Series ideal(int kappa) {
        Interval rate = of(kappa - 1, kappa);
        return new Series(Reals.powers(Reals.multiply(rate, rate), LOOPS), Reals.powers(rate, LOOPS));
    }

    /** The same, never below 10^-32 squared: what rounding leaves of it. */
    private static Series floored(int kappa) {
        Series ideal = ideal(kappa);
        return new Series(floored(ideal.squared(), tenth(32)), floored(ideal.task(), tenth(16)));
    }

    private static List<Interval> floored(List<Interval> curve, Interval floor) {
        return curve.stream()
                .map(value -> Outcome.less(value, floor) == Outcome.HOLDS ? floor : value)
                .toList();
    }

    private static Interval tenth(int power) {
        return Reals.powers(of(1, 10), power).get(power);
    }

    private static List<List<Interval>> theory(Reading reading) {
        return KAPPAS.stream()
                .map(kappa -> reading.theory(Reals.of(kappa), LOOPS))
                .toList();
    }

    /** -2 ln(1 - x) - x grows with x, and so do the other two: the gap widens at every t, under every reading. */
    @ParameterizedTest
    @EnumSource
    void withoutRoundingTheGapWidensAtEveryLoop(Reading reading) {
        List<List<Interval>> empirical =
                KAPPAS.stream().map(kappa -> reading.empirical(ideal(kappa))).toList();
        for (int t = 1; t <= LOOPS; t++) {
            assertThat(Curves.narrower(theory(reading), empirical, t)).containsExactly(Outcome.FAILS);
            assertThat(Curves.wider(theory(reading), empirical, t)).containsExactly(Outcome.HOLDS);
        }
        assertThat(Outcome.less(reading.finalGapGrowth(Reals.of(4)), reading.finalGapGrowth(Reals.of(2))))
                .isEqualTo(Outcome.HOLDS);
    }

    /** On the floor both curves are equal while exp(-t/(2 kappa)) is lower for the smaller kappa. */
    @Test
    void aFloorNarrowsTheGapAtTheEnd() {
        List<List<Interval>> empirical =
                KAPPAS.stream().map(kappa -> floored(kappa).squared()).toList();
        List<List<Interval>> theory = theory(Reading.FIGURE);
        assertThat(Curves.narrower(theory, empirical, LOOPS)).containsExactly(Outcome.HOLDS);
        assertThat(Curves.narrower(theory, empirical, 10)).containsExactly(Outcome.FAILS);
        assertThat(Curves.wider(theory, empirical, 10)).containsExactly(Outcome.HOLDS);
    }

    /** ln 10^-32 = -73.68: exp(-t/2) falls below from t = 148 on, exp(-t/4) not before 294. */
    @Test
    void aFlooredRunLeavesItsBoundAtAKnownLoop() {
        assertThat(Curves.against(floored(2).squared(), Bound.THEOREM_5_8.line(of(1, 2), Reals.of(2), LOOPS))
                        .leavesAt())
                .hasValue(148);
        assertThat(Curves.against(floored(4).squared(), Bound.THEOREM_5_8.line(of(3, 4), Reals.of(4), LOOPS))
                        .outcome())
                .isEqualTo(Outcome.HOLDS);
        assertThat(Curves.against(ideal(2).squared(), Bound.TIGHT_SQUARED.line(of(1, 2), Reals.of(2), LOOPS))
                        .outcome())
                .isEqualTo(Outcome.HOLDS);
    }

    /** At kappa = 2: -2 ln(1/2) - 1/2 = 0.88629..., and the others. */
    @Test
    void gapGrowthHasItsKnownValues() {
        assertThat(Reals.fixed(Reading.THEOREM_5_8.finalGapGrowth(Reals.of(2)), 6))
                .isEqualTo("0.886294");
        assertThat(Reals.fixed(Reading.FIGURE.finalGapGrowth(Reals.of(2)), 6)).isEqualTo("1.136294");
        assertThat(Reals.fixed(Reading.THEOREM_4_4.finalGapGrowth(Reals.of(2)), 6))
                .isEqualTo("0.443147");
    }

    @Test
    void boundsAreTheirFormulas() {
        Interval kappa = Reals.of(2);
        Interval rate = of(1, 2);
        assertThat(Bound.LEMMA_5_6.line(rate, kappa, 3).get(3)).isEqualTo(of(1, 8));
        assertThat(Bound.TIGHT_SQUARED.line(rate, kappa, 3).get(3)).isEqualTo(of(1, 64));
        assertThat(Bound.TIGHT_TASK.line(rate, kappa, 3).get(3)).isEqualTo(of(1, 8));
        assertThat(Reals.fixed(Bound.THEOREM_5_8.line(rate, kappa, 2).get(2), 10))
                .isEqualTo("0.3678794412");
        assertThat(Reals.fixed(Bound.THEOREM_4_4.line(rate, kappa, 4).get(4), 10))
                .isEqualTo("0.3678794412");
        assertThat(Reals.fixed(Bound.DOUBLED.line(rate, kappa, 2).get(2), 10)).isEqualTo("0.3678794412");
        assertThat(Reals.fixed(Bound.HALF_EXPONENT.line(rate, kappa, 4).get(4), 10))
                .isEqualTo("0.3678794412");
    }

    @Test
    void overlapsStayOpen() {
        Interval wide = Reals.between(of(1, 3), of(2, 3));
        assertThat(Outcome.atMost(wide, of(1, 2))).isEqualTo(Outcome.UNDECIDED);
        assertThat(Outcome.less(wide, of(1, 2))).isEqualTo(Outcome.UNDECIDED);
        assertThat(Outcome.less(of(1, 2), of(1, 2))).isEqualTo(Outcome.FAILS);
        assertThat(Outcome.atMost(of(1, 2), of(1, 2))).isEqualTo(Outcome.HOLDS);
        assertThat(Outcome.all(List.of(Outcome.HOLDS, Outcome.UNDECIDED))).isEqualTo(Outcome.UNDECIDED);
        assertThat(Outcome.all(List.of(Outcome.FAILS, Outcome.UNDECIDED))).isEqualTo(Outcome.FAILS);
    }

    @Test
    void curvesInOrderFall() {
        List<List<Interval>> curves = List.of(ideal(4).squared(), ideal(2).squared());
        assertThat(IntStream.rangeClosed(1, LOOPS).mapToObj(t -> Curves.falling(curves, t)))
                .containsOnly(Outcome.HOLDS);
        assertThat(Curves.falling(curves, 0)).isEqualTo(Outcome.FAILS);
        assertThat(Curves.ranges(List.of(1, 2, 3, 7, 9, 10))).isEqualTo("1..3, 7, 9..10");
        assertThat(Curves.ranges(List.of())).isEqualTo("none");
    }

    @Test
    void spreadOfKnownNumbers() {
        Spread spread = Spread.of(List.of(Reals.of(2), Reals.of(4), Reals.of(9)));
        assertThat(spread.mean()).isEqualTo(Reals.of(5));
        assertThat(Reals.fixed(spread.deviation(), 6)).isEqualTo("3.605551"); // the root of 13
        assertThat(spread.least()).isEqualTo(Reals.of(2));
        assertThat(spread.greatest()).isEqualTo(Reals.of(9));
    }
}
