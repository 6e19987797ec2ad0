package org.loopcert.drift;

import static org.assertj.core.api.Assertions.assertThat;

import ch.obermuhlner.math.big.BigRational;
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

class BoundExitTest {
    private static final RationalField Q = RationalField.INSTANCE;
    private static final long BITS = 1L << 20;

    /** The least-squares solution of a two-dimensional instance, by Cramer's rule. */
    static Vector<BigRational> solution(DescentInstance instance) {
        ScaledProblem p = ScaledProblem.of(instance);
        BigRational a = BigRational.valueOf(p.gram()[0][0]);
        BigRational b = BigRational.valueOf(p.gram()[0][1]);
        BigRational c = BigRational.valueOf(p.gram()[1][1]);
        BigRational u = BigRational.valueOf(p.gramLabels()[0]);
        BigRational v = BigRational.valueOf(p.gramLabels()[1]);
        BigRational determinant = Q.subtract(Q.multiply(a, c), Q.multiply(b, b));
        return Vector.of(List.of(
                Q.divide(Q.subtract(Q.multiply(u, c), Q.multiply(b, v)), determinant),
                Q.divide(Q.subtract(Q.multiply(a, v), Q.multiply(b, u)), determinant)));
    }

    private static BoundExit naive(RoundedRun run, Vector<BigRational> solution, BigRational ratio, int loops) {
        BigRational right =
                Reference.squared(Reference.error(run.instance().start().toList(), solution));
        for (int t = 0; t <= loops; t++) {
            List<BigRational> error = Reference.error(Reference.exact(run.theta(t)), solution);
            if (Q.compare(Reference.squared(error), right) > 0) {
                return new BoundExit.LeavesAt(t);
            }
            right = Q.multiply(right, ratio);
        }
        return new BoundExit.StaysWithin(loops);
    }

    @Property(tries = 60)
    void agreesWithTheDefinitionInRationals(
            @ForAll @IntRange(min = 1, max = 99) int hundredths,
            @ForAll @IntRange(min = 0, max = 300) int loops,
            @ForAll SummationOrder order) {
        DescentInstance instance = RoundedRunTest.small(RationalField.of(1, 37), loops);
        Vector<BigRational> solution = solution(instance);
        BigRational ratio = RationalField.of(hundredths, 100);
        RoundedRun run = RoundedRun.of(instance, RunConfiguration.binary64(order));
        assertThat(BoundExitSearch.leavesBoundAt(run, solution, ratio, BITS))
                .isEqualTo(naive(run, solution, ratio, loops));
    }

    @Test
    void theTrueRateIsKeptUntilRoundingStopsProgress() {
        // G's smallest eigenvalue is above 1, so that rho <= 1 - eta
        BigRational rho = RationalField.of(36, 37);
        DescentInstance instance = RoundedRunTest.small(RationalField.of(1, 37), 1_000_000_000);
        Vector<BigRational> solution = solution(instance);
        for (SummationOrder order : SummationOrder.values()) {
            RoundedRun run = RoundedRun.of(instance, RunConfiguration.binary64(order));
            BoundExit exit = BoundExitSearch.leavesBoundAt(run, solution, Q.multiply(rho, rho), BITS);
            // the start of ATTENTION is rounded twice and may be outside at once; look past that
            assertThat(exit).isInstanceOf(BoundExit.LeavesAt.class);
            int loop = ((BoundExit.LeavesAt) exit).loop();
            assertThat(exit).isEqualTo(naive(run, solution, Q.multiply(rho, rho), loop + 10));
        }
    }

    @Test
    void bisectionOnTheCycleFindsTheFirstLoop() {
        // stands still at once at a distance of about 2^-54 from 1/3, with a start error of 1/3
        DescentInstance instance = scalar(BigRational.ZERO, BigRational.ONE, 1_000_000);
        Vector<BigRational> solution = Vector.constant(1, RationalField.of(1, 3));
        RoundedRun run = RoundedRun.of(instance, RunConfiguration.binary64(SummationOrder.RESIDUAL));
        assertThat(run.cycleStart().getAsInt()).isLessThan(5);
        BigRational ratio = RationalField.of(9, 10);
        BoundExit exit = BoundExitSearch.leavesBoundAt(run, solution, ratio, BITS);
        int loop = ((BoundExit.LeavesAt) exit).loop();
        assertThat(loop).isGreaterThan(500);
        assertThat(exit).isEqualTo(naive(run, solution, ratio, loop + 1));
        assertThat(BoundExitSearch.leavesBoundAt(
                        RoundedRun.of(
                                scalar(BigRational.ZERO, BigRational.ONE, loop - 1),
                                RunConfiguration.binary64(SummationOrder.RESIDUAL)),
                        solution,
                        ratio,
                        BITS))
                .isEqualTo(new BoundExit.StaysWithin(loop - 1));
    }

    /** X = 1, y = 1/3. */
    private static DescentInstance scalar(BigRational start, BigRational stepSize, int loops) {
        return DescentInstance.constant(
                Matrix.of(List.of(List.of(BigRational.ONE))),
                Vector.constant(1, RationalField.of(1, 3)),
                BigRational.ONE,
                Vector.constant(1, start),
                stepSize,
                loops);
    }

    @Test
    void equalityIsNotAViolation() {
        // theta(0) = 1, y = 0, eta = 1/2: theta^(t) = 2^-t exactly, and the bound is an equality
        DescentInstance instance = DescentInstance.constant(
                Matrix.of(List.of(List.of(BigRational.ONE))),
                Vector.constant(1, BigRational.ZERO),
                BigRational.ONE,
                Vector.constant(1, BigRational.ONE),
                RationalField.of(1, 2),
                700);
        Vector<BigRational> solution = Vector.constant(1, BigRational.ZERO);
        BigRational quarter = RationalField.of(1, 4);
        RoundedRun run = RoundedRun.of(instance, RunConfiguration.binary64(SummationOrder.RESIDUAL));
        assertThat(BoundExitSearch.leavesBoundAt(run, solution, quarter, BITS))
                .isEqualTo(new BoundExit.StaysWithin(700));
        BigRational below = Q.subtract(quarter, FloatingPoint.exact(0x1p-1000));
        assertThat(BoundExitSearch.leavesBoundAt(run, solution, below, BITS)).isEqualTo(new BoundExit.LeavesAt(1));
    }

    @Test
    void whatCannotBeDecidedIsSaid() {
        // theta^(t) = (3/4)^t is exact in doubles for t <= 30; 9/16 is dyadic but has long powers
        DescentInstance instance = DescentInstance.constant(
                Matrix.of(List.of(List.of(BigRational.ONE))),
                Vector.constant(1, BigRational.ZERO),
                BigRational.ONE,
                Vector.constant(1, BigRational.ONE),
                RationalField.of(1, 4),
                20);
        Vector<BigRational> solution = Vector.constant(1, BigRational.ZERO);
        BigRational slightlyLess = Q.subtract(RationalField.of(9, 16), FloatingPoint.exact(0x1p-1000));
        RoundedRun run = RoundedRun.of(instance, RunConfiguration.binary64(SummationOrder.RESIDUAL));
        assertThat(BoundExitSearch.leavesBoundAt(run, solution, slightlyLess, 500))
                .isInstanceOfSatisfying(BoundExit.Undecided.class, undecided -> assertThat(undecided.loop())
                        .isEqualTo(1));
        assertThat(BoundExitSearch.leavesBoundAt(run, solution, slightlyLess, BITS))
                .isEqualTo(new BoundExit.LeavesAt(1));
    }

    @Test
    void aRunThatOverflowsHasLeftTheBound() {
        DescentInstance instance = RoundedRunTest.small(BigRational.valueOf(1000), 1000);
        RoundedRun run = RoundedRun.of(instance, RunConfiguration.binary64(SummationOrder.GRAM));
        BigRational generous = RationalField.canonical(BigRational.TEN.pow(40));
        assertThat(BoundExitSearch.leavesBoundAt(run, solution(instance), generous, BITS))
                .isEqualTo(new BoundExit.LeavesAt(run.loopsReached() + 1));
    }

    @Test
    void theCrossCheckReportsTheExit() {
        DescentInstance instance = RoundedRunTest.small(RationalField.of(1, 37), 300);
        BigRational ratio = RationalField.of(1, 2);
        CrossCheck check = CrossCheck.compare(
                instance,
                RunConfiguration.binary64(SummationOrder.RESIDUAL),
                Contraction.atMost(BigRational.ONE),
                Optional.of(solution(instance)),
                Optional.of(ratio));
        assertThat(check.leavesBoundAt())
                .contains(naive(
                        RoundedRun.of(instance, RunConfiguration.binary64(SummationOrder.RESIDUAL)),
                        solution(instance),
                        ratio,
                        300));
    }
}
