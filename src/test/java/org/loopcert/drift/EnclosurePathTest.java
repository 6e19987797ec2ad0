package org.loopcert.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.obermuhlner.math.big.BigRational;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.FloatingPoint;
import org.loopcert.ring.RationalField;

class EnclosurePathTest {
    private static final RationalField Q = RationalField.INSTANCE;

    @Property(tries = 40)
    void enclosuresHoldTheExactIterates(
            @ForAll @IntRange(min = 2, max = 200) int bits,
            @ForAll @IntRange(min = -3, max = 40) int stepSize,
            @ForAll @IntRange(min = 0, max = 60) int loops) {
        DescentInstance instance = RoundedRunTest.small(RationalField.of(stepSize, 211), Math.max(loops, 1));
        Vector<BigRational> solution = BoundExitTest.solution(instance);
        List<List<BigRational>> exact = Reference.iterates(instance, instance.loops());
        Iterator<IterateEnclosure> steps = EnclosurePath.steps(instance, Contraction.none(), bits);
        for (int t = 0; t <= instance.loops(); t++) {
            requireHolds(steps.next(), exact.get(t));
        }
        assertThat(steps.hasNext()).isFalse();
        requireHolds(EnclosurePath.power(instance, Contraction.none(), solution, loops, bits), exact.get(loops));
        requireHolds(
                EnclosurePath.powerError(instance, Contraction.none(), solution, loops, bits),
                Reference.error(exact.get(loops), solution));
    }

    private static void requireHolds(IterateEnclosure enclosure, List<BigRational> exact) {
        for (int j = 0; j < exact.size(); j++) {
            assertThat(enclosure.entries().get(j).contains(exact.get(j)))
                    .as("entry %d at %d", j, enclosure.loop())
                    .isTrue();
        }
        assertThat(Enclosure.squaredNorm(enclosure.entries()).contains(Reference.squared(exact)))
                .isTrue();
    }

    @Test
    void enclosuresAreAsNarrowAsAsked() {
        DescentInstance instance = RoundedRunTest.small(RationalField.of(1, 37), 400);
        Iterator<IterateEnclosure> steps = EnclosurePath.steps(instance, Contraction.atMost(BigRational.ONE), 120);
        IterateEnclosure last = steps.next();
        while (steps.hasNext()) {
            last = steps.next();
        }
        BigRational width = FloatingPoint.exact(0x1p-105);
        assertThat(last.entries()).allMatch(e -> Q.compare(e.width(), width) < 0);
        Vector<BigRational> solution = BoundExitTest.solution(instance);
        IterateEnclosure error = EnclosurePath.powerError(instance, Contraction.none(), solution, 100_000, 100);
        for (Enclosure entry : error.entries()) {
            // tiny, and still known to a hundred bits relative to itself
            assertThat(Q.compare(entry.upper().abs(), FloatingPoint.exact(0x1p-1000)))
                    .isNegative();
            assertThat(entry.lower().signum()).isEqualTo(entry.upper().signum()).isNotZero();
            assertThat(Q.compare(entry.width(), Q.multiply(entry.upper().abs(), FloatingPoint.exact(0x1p-90))))
                    .isNegative();
        }
    }

    @Test
    void aBillionLoopsAreEnclosed() {
        // theta(t) = 1 - (1 - 10^-9)^t; at t = 10^9 that is near 1 - exp(-1)
        DescentInstance instance = DescentInstance.constant(
                Matrix.of(List.of(List.of(BigRational.ONE))),
                Vector.constant(1, BigRational.ONE),
                BigRational.ONE,
                Vector.constant(1, BigRational.ZERO),
                RationalField.of(1, 1_000_000_000),
                1_000_000_000);
        Vector<BigRational> solution = Vector.constant(1, BigRational.ONE);
        Enclosure error = EnclosurePath.powerError(instance, Contraction.none(), solution, 1_000_000_000, 200)
                .entries()
                .get(0);
        // exp(-1) (1 - 10^-9 / 2 - ...) = 0.36787944098750...; the sign of e(0) is negative
        assertThat(error.lowerDecimal(13)).isEqualTo("-0.3678794409876");
        assertThat(error.upperDecimal(13)).isEqualTo("-0.3678794409875");
        assertThat(Q.compare(error.width(), FloatingPoint.exact(0x1p-190))).isNegative();
        Enclosure theta = EnclosurePath.power(instance, Contraction.none(), solution, 1_000_000_000, 200)
                .entries()
                .get(0);
        assertThat(theta).isEqualTo(error.plus(BigRational.ONE));
    }

    @Test
    void whatIsNoSolutionOrNoConstantStepIsRefused() {
        DescentInstance instance = RoundedRunTest.small(RationalField.of(1, 37), 4);
        assertThatThrownBy(() ->
                        EnclosurePath.power(instance, Contraction.none(), Vector.constant(2, BigRational.ONE), 10, 60))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("G tt = b");
        DescentInstance scheduled = DescentInstance.scheduled(
                instance.examples(), instance.labels(), instance.query(), instance.start(), List.of(BigRational.ONE));
        assertThatThrownBy(() ->
                        EnclosurePath.power(scheduled, Contraction.none(), BoundExitTest.solution(instance), 1, 60))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("constant step");
    }

    @Test
    void longRunsAreComparedWithEnclosures() {
        DescentInstance instance = RoundedRunTest.small(RationalField.of(1, 37), 20_000);
        assertThat(CrossCheck.affordable(instance)).isFalse();
        CrossCheck check = CrossCheck.compare(
                instance,
                RunConfiguration.binary64(SummationOrder.GRAM),
                Contraction.atMost(BigRational.ONE),
                Optional.empty(),
                Optional.empty());
        CrossCheck.Drift drift = check.drift().orElseThrow();
        assertThat(drift.exact()).isFalse();
        assertThat(Q.compare(drift.last().absolute().width(), FloatingPoint.exact(0x1p-170)))
                .isNegative();
        DriftRecord exactAtTen = DriftRecord.measure(
                        RoundedRun.of(instance, RunConfiguration.binary64(SummationOrder.GRAM)), List.of(10))
                .get(0);
        assertThat(Q.compare(
                        drift.worstAbsolute().absolute().upper(),
                        exactAtTen.absolute().lower()))
                .isNotNegative();
    }
}
