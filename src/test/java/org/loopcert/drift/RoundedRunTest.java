package org.loopcert.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.FloatingPoint;
import org.loopcert.ring.RationalField;
import org.loopcert.ring.RoundingFormat;

class RoundedRunTest {
    @ParameterizedTest
    @EnumSource(SummationOrder.class)
    void aRunThatStandsStillIsKnownForEveryLaterLoop(SummationOrder order) {
        RoundedRun run = RoundedRun.of(small(RationalField.of(1, 37), 1_000_000_000), RunConfiguration.binary64(order));
        assertThat(run.cycleLength()).isPresent();
        int start = run.cycleStart().getAsInt();
        int length = run.cycleLength().getAsInt();
        RoundedRun shorter =
                RoundedRun.of(small(RationalField.of(1, 37), start + 5 * length), RunConfiguration.binary64(order));
        assertThat(run.theta(start + 5 * length)).isEqualTo(shorter.theta(start + 5 * length));
        assertThat(run.theta(1_000_000_000)).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(SummationOrder.class)
    void aDivergingRunStopsAtTheOperationThatOverflows(SummationOrder order) {
        RoundedRun run = RoundedRun.of(small(BigRational.valueOf(1000), 1000), RunConfiguration.binary64(order));
        NonFinite failure = run.nonFinite().orElseThrow();
        assertThat(failure.loop()).isGreaterThan(10).isEqualTo(run.loopsReached() + 1);
        assertThat(failure.operation())
                .isIn(Operation.PREDICTION, Operation.GRADIENT, Operation.STEP, Operation.UPDATE);
        assertThat(run.theta(run.loopsReached())).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY);
        assertThatThrownBy(() -> run.theta(failure.loop())).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void anInputWithoutFiniteDoubleIsLocated() {
        BigRational huge = RationalField.canonical(BigRational.TEN.pow(400));
        Matrix<BigRational> examples = Matrix.of(List.of(List.of(BigRational.ONE), List.of(huge)));
        Vector<BigRational> labels = Vector.constant(2, BigRational.ONE);
        DescentInstance instance = DescentInstance.constant(
                examples, labels, BigRational.ONE, Vector.constant(1, BigRational.ZERO), BigRational.ONE, 1);
        RoundedRun run = RoundedRun.of(instance, RunConfiguration.binary64(SummationOrder.RESIDUAL));
        assertThat(run.nonFinite()).contains(new NonFinite(0, Operation.ROUND_EXAMPLE, 1, 0, Double.POSITIVE_INFINITY));
        assertThat(run.loopsReached()).isEqualTo(-1);
    }

    @Test
    void aGramMatrixThatOverflowsIsLocated() {
        BigRational big = RationalField.canonical(BigRational.TEN.pow(200));
        DescentInstance instance = DescentInstance.constant(
                Matrix.of(List.of(List.of(BigRational.ONE, big))),
                Vector.constant(1, BigRational.ONE),
                BigRational.ONE,
                Vector.constant(2, BigRational.ZERO),
                BigRational.ONE,
                1);
        assertThat(RoundedRun.of(instance, RunConfiguration.binary64(SummationOrder.GRAM))
                        .nonFinite())
                .contains(new NonFinite(0, Operation.GRAM_ENTRY, 1, 1, Double.POSITIVE_INFINITY));
    }

    @Test
    void anAlphaThatRoundsToZeroIsNotDividedBy() {
        DescentInstance instance = DescentInstance.constant(
                Matrix.of(List.of(List.of(BigRational.ONE))),
                Vector.constant(1, BigRational.ONE),
                RationalField.canonical(BigRational.TEN.pow(400).reciprocal()),
                Vector.constant(1, BigRational.ZERO),
                BigRational.ONE,
                1);
        assertThat(RoundedRun.of(instance, RunConfiguration.binary64(SummationOrder.ATTENTION))
                        .nonFinite())
                .contains(new NonFinite(0, Operation.ROUND_QUERY, -1, -1, 0.0));
        assertThat(RoundedRun.of(instance, RunConfiguration.binary64(SummationOrder.RESIDUAL))
                        .nonFinite())
                .isEmpty();
    }

    static List<RunConfiguration> plain() {
        List<RunConfiguration> configurations = new ArrayList<>();
        for (RoundingFormat format : RoundingFormat.all()) {
            for (SummationOrder order : SummationOrder.values()) {
                configurations.add(RunConfiguration.of(format, order));
            }
        }
        return configurations;
    }

    static List<RunConfiguration> every() {
        List<RunConfiguration> configurations = new ArrayList<>();
        for (RunConfiguration plain : plain()) {
            for (RoundingFormat accumulator : RoundingFormat.all()) {
                if (accumulator.contains(plain.format())) {
                    for (Summation summation : List.of(
                            Summation.SEQUENTIAL, Summation.PAIRWISE, Summation.blocked(1), Summation.blocked(2))) {
                        RunConfiguration configuration =
                                plain.accumulating(accumulator).summing(summation);
                        configurations.add(configuration);
                        configurations.add(configuration.fusing());
                    }
                }
            }
        }
        return configurations;
    }

    @ParameterizedTest
    @MethodSource("plain")
    void theFastStepsAreTheReferenceProgramBitForBit(RunConfiguration configuration) {
        DescentInstance instance = small(RationalField.of(1, 37), 60);
        RoundedSteps fast = RoundedSteps.of(instance, configuration);
        RoundedSteps observed = RoundedSteps.observed(instance, configuration, operation -> {});
        RoundedRun run = RoundedRun.of(instance, configuration);
        assertThat(fast.state()).isEqualTo(observed.state());
        for (int t = 0; t < 60; t++) {
            fast.advance();
            observed.advance();
            assertThat(fast.loop()).isEqualTo(t + 1).isEqualTo(observed.loop());
            assertThat(fast.state()).as("loop %d", t).isEqualTo(observed.state());
            assertThat(fast.theta()).as("loop %d", t).isEqualTo(observed.theta());
            assertThat(run.display(t + 1)).as("loop %d", t).isEqualTo(fast.theta());
        }
        assertThat(fast.hasNext()).isFalse();
        assertThatThrownBy(fast::advance).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> RoundedSteps.observed(instance, configuration, null))
                .isInstanceOf(NullPointerException.class);
    }

    /** Every configuration against a program that knows only how to round an exact number; nothing overflows here. */
    @Test
    void everyConfigurationIsTheNaiveProgram() {
        int compared = 0;
        for (RunConfiguration configuration : every()) {
            DescentInstance instance = wide();
            RoundedSteps steps = RoundedSteps.of(instance, configuration);
            NaiveRun naive = new NaiveRun(instance, configuration);
            while (steps.hasNext()) {
                steps.advance();
                naive.step();
                List<BigRational> state = new ArrayList<>();
                for (double value : steps.state()) {
                    state.add(FloatingPoint.exact(value));
                }
                assertThat(state)
                        .as("%s at loop %d", configuration, steps.loop())
                        .isEqualTo(naive.state());
            }
            compared++;
        }
        assertThat(compared).isEqualTo(every().size()).isGreaterThan(500);
    }

    /** The events tell the whole run: each result is its exact value rounded once, and its parts come in order. */
    @Test
    void everyRoundingIsObserved() {
        for (RunConfiguration configuration : every()) {
            DescentInstance instance = wide();
            List<RoundedOperation> operations = new ArrayList<>();
            List<BigRational> inputs = new ArrayList<>();
            RoundedSteps steps = RoundedSteps.observed(instance, configuration, new OperationObserver() {
                @Override
                public void performed(RoundedOperation operation) {
                    operations.add(operation);
                }

                @Override
                public void rounded(
                        int loop,
                        Operation operation,
                        int row,
                        int column,
                        BigRational exact,
                        RoundingFormat format,
                        double result) {
                    assertThat(result).isEqualTo(format.round(exact));
                    inputs.add(exact);
                }
            });
            while (steps.hasNext()) {
                steps.advance();
            }
            for (RoundedOperation operation : operations) {
                double once = operation.format().round(operation.exact());
                assertThat(operation.result() + 0.0).as("%s", operation).isEqualTo(once + 0.0);
                assertThat(operation.error())
                        .isEqualTo(RationalField.INSTANCE.subtract(
                                FloatingPoint.exact(operation.result()), operation.exact()));
                assertThat(operation.loop()).isBetween(0, instance.loops());
            }
            boolean attention = configuration.order() == SummationOrder.ATTENTION;
            int n = instance.examples().rows();
            int d = instance.dimension();
            assertThat(inputs).hasSize(n * d + n + d + (attention ? 1 : 0) + 1);
            long updates = operations.stream()
                    .filter(operation -> operation.operation() == Operation.UPDATE)
                    .count();
            assertThat(updates).isEqualTo((long) d * instance.loops());
            assertThat(operations.stream().filter(operation -> operation.operation() == Operation.READ_OUT))
                    .hasSize(attention ? d * (instance.loops() + 1) : 0);
            assertThat(operations.stream().anyMatch(operation -> operation.kind() == RoundedOperation.Kind.CONVERSION))
                    .isEqualTo(configuration.accumulator() != configuration.format());
            assertThat(operations.stream()
                            .anyMatch(operation -> operation.kind() == RoundedOperation.Kind.MULTIPLY_SUBTRACT))
                    .isEqualTo(configuration.fused());
        }
    }

    @Test
    void summationsByHand() {
        // 2^11 + 1 + 1 + 1 in binary16, whose numbers there are even
        assertThat(sum(Summation.SEQUENTIAL)).isEqualTo(2048);
        assertThat(sum(Summation.PAIRWISE)).isEqualTo(2050);
        assertThat(sum(Summation.blocked(2))).isEqualTo(2050);
        assertThat(sum(Summation.blocked(3))).isEqualTo(2048);
        assertThat(sum(Summation.blocked(4))).isEqualTo(2048);
    }

    private static double sum(Summation summation) {
        RunConfiguration configuration = RunConfiguration.of(RoundingFormat.BINARY16, SummationOrder.RESIDUAL)
                .summing(summation);
        ProductSum<Double> sum = ProductSum.of(configuration, new RoundedOperations(RoundingFormat.BINARY16, null));
        sum.addProduct(2048.0, 1.0, Operation.PREDICTION, 0, 0);
        for (int j = 1; j < 4; j++) {
            sum.addProduct(1.0, 1.0, Operation.PREDICTION, 0, j);
        }
        return sum.total(Operation.PREDICTION, 0, 3);
    }

    @Test
    void summationsAndConfigurationsAreNamedAndChecked() {
        for (String text : List.of("sequential", "pairwise", "blocked:1", "blocked:2147483647")) {
            assertThat(Summation.parse(text)).hasToString(text);
        }
        assertThat(Summation.parse("Blocked:8")).isEqualTo(Summation.blocked(8));
        for (String text :
                List.of("", "blocked", "blocked:", "blocked:0", "blocked:-1", "blocked:2147483648", "tree")) {
            assertThatThrownBy(() -> Summation.parse(text)).isInstanceOf(IllegalArgumentException.class);
        }
        RunConfiguration half = RunConfiguration.of(RoundingFormat.BINARY16, SummationOrder.GRAM);
        assertThatThrownBy(() -> half.accumulating(RoundingFormat.BFLOAT16))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("binary16")
                .hasMessageContaining("bfloat16");
    }

    @Test
    void whatFollowsAFailureIsStillDisplayed() {
        for (RunConfiguration configuration : plain()) {
            RoundedRun run = RoundedRun.of(small(BigRational.valueOf(1000), 1000), configuration);
            if (configuration.format().overflow() == RoundingFormat.Overflow.SATURATE) {
                assertThat(run.nonFinite()).isEmpty();
                assertThat(run.theta(1000)).hasSize(2);
                continue;
            }
            NonFinite failure = run.nonFinite().orElseThrow();
            assertThat(failure.value()).isNotEqualTo(0.0);
            assertThat(Double.isFinite(failure.value())).isFalse();
            assertThat(run.display(failure.loop())).hasSize(2);
            assertThat(run.display(1000)).as("%s", configuration).contains(Double.NaN, Double.NaN);
            assertThat(run.cycleStart()).isEmpty();
            assertThatThrownBy(() -> run.display(1001)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void labelsBeyondEightBitsAreLocated() {
        DescentInstance instance = DescentInstance.constant(
                Matrix.of(List.of(List.of(BigRational.ONE), List.of(BigRational.TWO))),
                Vector.of(List.of(BigRational.ONE, BigRational.valueOf(500))),
                BigRational.ONE,
                Vector.constant(1, BigRational.ZERO),
                RationalField.of(1, 8),
                3);
        RoundedRun run = RoundedRun.of(instance, RunConfiguration.of(RoundingFormat.E4M3, SummationOrder.RESIDUAL));
        NonFinite failure = run.nonFinite().orElseThrow();
        assertThat(failure.operation()).isEqualTo(Operation.ROUND_LABEL);
        assertThat(failure.row()).isEqualTo(1);
        assertThat(failure.value()).isNaN();
        assertThat(run.loopsReached()).isEqualTo(-1);
        assertThat(run.display(0)).containsExactly(0.0);
        assertThat(run.display(3)).containsExactly(Double.NaN);
        RoundedRun saturated =
                RoundedRun.of(instance, RunConfiguration.of(RoundingFormat.E4M3_SATURATING, SummationOrder.RESIDUAL));
        assertThat(saturated.nonFinite()).isEmpty();
    }

    /** Seven examples of three features, so that pairwise and blocked sums have rests. */
    static DescentInstance wide() {
        List<List<BigRational>> rows = new ArrayList<>();
        List<BigRational> labels = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            rows.add(List.of(
                    RationalField.of(i - 3, 5), RationalField.of(2 * i * i - 11, 13), RationalField.of(7, i + 3)));
            labels.add(RationalField.of(5 - 3 * i, 9));
        }
        return DescentInstance.constant(
                Matrix.of(rows),
                Vector.of(labels),
                RationalField.of(-13, 7),
                Vector.of(List.of(RationalField.of(1, 10), RationalField.of(-1, 3), RationalField.of(2, 7))),
                RationalField.of(1, 53),
                6);
    }

    static DescentInstance small(BigRational stepSize, int loops) {
        return DescentInstance.constant(
                Matrix.of(List.of(
                        List.of(RationalField.of(1, 3), BigRational.TWO),
                        List.of(RationalField.of(-7, 5), BigRational.ONE),
                        List.of(BigRational.ONE, RationalField.of(22, 7)))),
                Vector.of(List.of(BigRational.ONE, RationalField.of(-2, 9), RationalField.of(5, 11))),
                RationalField.of(-13, 7),
                Vector.of(List.of(RationalField.of(1, 10), RationalField.of(-1, 3))),
                stepSize,
                loops);
    }
}
