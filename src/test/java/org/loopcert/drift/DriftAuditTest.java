package org.loopcert.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.obermuhlner.math.big.BigRational;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;
import org.loopcert.ring.RoundingFormat;

class DriftAuditTest {
    private static final RationalField Q = RationalField.INSTANCE;
    private static final int RANDOM_INSTANCES = 10_000;

    /** A thousandth: a bound that is more pessimistic tells little. */
    private static final BigRational USEFUL = RationalField.of(1, 1000);

    /**
     * On 10,000 random instances in seven formats the guaranteed bound is finite and never below the drift (audits that
     * found otherwise would throw), and where the instance contracts the drift makes use of more than a thousandth of it
     * in the median.
     */
    @Test
    void theBoundIsFiniteNeverBelowTheDriftAndUseful() {
        Random random = new Random(20241011);
        List<RoundingFormat> formats = RoundingFormat.all();
        List<BigRational> shares = new ArrayList<>();
        int finite = 0;
        for (int k = 0; k < RANDOM_INSTANCES; k++) {
            RoundingFormat format = formats.get(k % formats.size());
            SummationOrder order = SummationOrder.values()[random.nextInt(3)];
            DescentInstance instance = random(random, 1 + random.nextInt(5), 1 + random.nextInt(3));
            DriftAudit audit = DriftAudit.of(
                    instance,
                    RunConfiguration.of(format, order),
                    Contraction.atMost(BigRational.ONE), // 0 < eta <= 1/trace G
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            for (DriftAudit.Step step : audit.steps()) {
                assertThat(Q.compare(step.absolute().upper(), step.bound().maxNorm()))
                        .isNotPositive();
            }
            if (audit.nonFinite().isEmpty()) {
                finite++;
                audit.steps().get(instance.loops()).tightness().ifPresent(shares::add);
            }
        }
        assertThat(finite).isGreaterThan(RANDOM_INSTANCES / 2);
        Collections.sort(shares, Q::compare);
        BigRational median = shares.get(shares.size() / 2);
        System.out.printf(
                Locale.ROOT,
                "drift/bound: median %.3g, least %.3g over %d runs of %d random instances%n",
                median.toDouble(),
                shares.get(0).toDouble(),
                shares.size(),
                RANDOM_INSTANCES);
        assertThat(Q.compare(median, USEFUL)).isPositive();
    }

    /** The same for every entry of the shared data sets, whose steps are below 1/lambda_max. */
    @Test
    void theBoundIsUsefulOnThePublicInstances() {
        List<BigRational> shares = new ArrayList<>();
        for (GroundTruth.DataSet data : GroundTruth.dataSets()) {
            for (JsonNode entry : data.truth().path("drift")) {
                RoundingFormat format = entry.get("format").asText().equals("f64")
                        ? RoundingFormat.BINARY64
                        : entry.get("format").asText().equals("f32")
                                ? RoundingFormat.BINARY32
                                : RoundingFormat.BFLOAT16;
                DescentInstance instance = data.instance(
                        GroundTruth.fraction(entry.get("eta").asText()),
                        entry.get("T").asInt());
                DriftAudit audit = DriftAudit.of(
                        instance,
                        RunConfiguration.of(
                                format,
                                SummationOrder.valueOf(
                                        entry.get("order").asText().toUpperCase(Locale.ROOT))),
                        Contraction.atMost(BigRational.ONE),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
                assertThat(audit.loopsReached()).isEqualTo(instance.loops());
                DriftAudit.Step last = audit.steps().get(instance.loops());
                assertThat(Q.compare(last.absolute().upper(), last.bound().maxNorm()))
                        .isNotPositive();
                last.tightness().ifPresent(shares::add);
            }
        }
        assertThat(shares).hasSizeGreaterThan(100);
        Collections.sort(shares, Q::compare);
        System.out.printf(
                Locale.ROOT,
                "drift/bound: median %.3g over %d runs of public instances%n",
                shares.get(shares.size() / 2).toDouble(),
                shares.size());
        assertThat(Q.compare(shares.get(shares.size() / 2), USEFUL)).isPositive();
    }

    /**
     * In every configuration: what a loop adds by its operations is the rounded step minus the exact step on the rounded
     * inputs, and what it adds by its inputs is that step minus the exact one, both computed here in rationals.
     */
    @Test
    void thePartsAreWhatTheStepsSay() {
        DescentInstance instance = RoundedRunTest.wide();
        for (RunConfiguration configuration : RoundedRunTest.every()) {
            DriftSplit split = new DriftSplit(instance, configuration, Contraction.none());
            RoundedRun run = RoundedRun.of(instance, configuration);
            assertThat(run.nonFinite()).isEmpty();
            for (int t = 0; t < instance.loops(); t++) {
                split.advance();
                List<BigRational> state = rationals(run.state(t));
                List<BigRational> next = rationals(run.state(t + 1));
                List<BigRational> onRounded = step(instance, configuration, t, state, true);
                List<BigRational> exact = step(instance, configuration, t, state, false);
                BigRational scale = configuration.order().iteratesOnQuery()
                        ? instance.query().abs()
                        : BigRational.ONE;
                assertContains(split.local(Origin.INPUT), difference(onRounded, exact), scale, configuration);
                BigRational operations = largest(difference(next, onRounded), scale);
                BigRational product = split.local(Origin.PRODUCT).upper();
                BigRational accumulation = split.local(Origin.ACCUMULATION).upper();
                assertThat(Q.compare(operations, Q.add(product, accumulation)))
                        .as("%s, loop %d", configuration, t)
                        .isNotPositive();
            }
        }
    }

    /** Without products to round there is only accumulation, and the other way round; without either only the inputs. */
    @Test
    void partsThatCannotOccurAreZero() {
        BigRational one = BigRational.ONE;
        Matrix<BigRational> unit = Matrix.of(List.of(List.of(one, BigRational.ZERO), List.of(BigRational.ZERO, one)));
        BigRational third = RationalField.of(1, 3);
        DescentInstance thirds = DescentInstance.constant(
                unit,
                Vector.of(List.of(third, third)),
                one,
                Vector.of(List.of(third, third)),
                RationalField.of(1, 4),
                3);
        for (DriftAudit.Step step : audit(thirds, RoundingFormat.BINARY32).steps()) {
            DriftAudit.Parts parts = step.parts().orElseThrow();
            assertThat(parts.local().get(Origin.PRODUCT).upper()).isEqualTo(BigRational.ZERO);
            assertThat(parts.total().get(Origin.INPUT).upper().signum()).isPositive();
        }
        DescentInstance dyadic = DescentInstance.constant(
                unit,
                Vector.of(List.of(one, one)),
                one,
                Vector.of(List.of(BigRational.ZERO, BigRational.ZERO)),
                RationalField.of(1, 4),
                3);
        DriftAudit exact = audit(dyadic, RoundingFormat.BINARY32);
        assertThat(exact.steps()).allSatisfy(step -> {
            assertThat(step.absolute().upper()).isEqualTo(BigRational.ZERO);
            assertThat(step.tightness().map(BigRational::signum).orElse(0)).isZero();
        });
        assertThat(exact.within(BigRational.ZERO)).isEqualTo(new DriftAudit.Within.Held(3));
    }

    /** X = 1, y = 1: theta(t) = 1 - 2^-t, which a format of p bits holds until t = p, from where it stands still at 1. */
    @Test
    void theEventsOfAHalvingRunAreKnown() {
        DescentInstance halving = single(BigRational.ONE, BigRational.ONE, RationalField.of(1, 2), 80);
        for (RoundingFormat format :
                List.of(RoundingFormat.BINARY64, RoundingFormat.BINARY32, RoundingFormat.BFLOAT16)) {
            DriftAudit audit = DriftAudit.of(
                    halving,
                    RunConfiguration.of(format, SummationOrder.RESIDUAL),
                    Contraction.atMost(RationalField.of(1, 2)),
                    Optional.of(Vector.of(List.of(BigRational.ONE))),
                    Optional.of(RationalField.of(1, 4)),
                    Optional.of(RationalField.of(1, 2)));
            int p = format.precision();
            assertThat(audit.steps().get(p).absolute().upper()).isEqualTo(BigRational.ZERO);
            // 1 - 2^-(p+1) is a tie and goes to 1, which is even; there the error is 0 and nothing is left to contract
            assertThat(audit.stagnatesAt()).hasValue(p + 1);
            assertThat(audit.period()).hasValue(1);
            assertThat(audit.stopsContractingAt()).isEmpty();
            assertThat(audit.leavesBoundAt()).contains(new BoundExit.StaysWithin(80));
            assertThat(audit.within(RationalField.of(BigInteger.ONE, BigInteger.ONE.shiftLeft(p + 1))))
                    .isEqualTo(new DriftAudit.Within.Held(80));
            assertThat(audit.below(RationalField.of(BigInteger.ONE, BigInteger.ONE.shiftLeft(p + 1))))
                    .isEqualTo(new DriftAudit.Within.Exceeded(p + 1));
            assertThat(audit.below(RationalField.of(BigInteger.ONE, BigInteger.ONE.shiftLeft(p))))
                    .isEqualTo(new DriftAudit.Within.Held(80));
            assertThat(audit.worst().orElseThrow().loop()).isEqualTo(p + 1);
            assertThat(audit.worstUlps().orElseThrow().loop()).isEqualTo(p + 1);
            assertThat(audit.last().orElseThrow().loop()).isEqualTo(80);
            assertThat(Q.compare(
                            audit.largestBound().orElseThrow(),
                            audit.worst().orElseThrow().bound().maxNorm()))
                    .isNotNegative();
            assertThat(audit.within(RationalField.of(BigInteger.ONE, BigInteger.ONE.shiftLeft(p + 2))))
                    .isEqualTo(new DriftAudit.Within.Exceeded(p + 1));
        }
    }

    /** A solution that no format holds is approached up to an ulp or so; from there the run does not come closer. */
    @Test
    void aRunStandsStillBesideASolutionItCannotHold() {
        BigRational third = RationalField.of(1, 3);
        DescentInstance instance = single(BigRational.ONE, third, RationalField.of(1, 2), 200);
        DriftAudit audit = DriftAudit.of(
                instance,
                RunConfiguration.binary64(SummationOrder.RESIDUAL),
                Contraction.atMost(RationalField.of(1, 2)),
                Optional.of(Vector.of(List.of(third))),
                Optional.of(RationalField.of(26, 100)),
                Optional.empty());
        int stands = audit.stagnatesAt().orElseThrow();
        assertThat(stands).isBetween(50, 60);
        assertThat(audit.stopsContractingAt().orElseThrow()).isBetween(45, stands);
        assertThat(audit.leavesBoundAt()).hasValueSatisfying(exit -> assertThat(exit)
                .isInstanceOfSatisfying(
                        BoundExit.LeavesAt.class, at -> assertThat(at.loop()).isBetween(45, 70)));
        assertThat(audit.leavesPaperBoundAt()).isEmpty();
    }

    /** However few loops are left for it to show, one is enough. */
    @Test
    void standingStillIsSeenAtOnce() {
        BigRational third = RationalField.of(1, 3);
        DescentInstance endless = single(BigRational.ONE, third, RationalField.of(1, 2), 200);
        int from = audit(endless, RoundingFormat.BINARY64).stagnatesAt().orElseThrow();
        for (int loops : new int[] {from, from + 1, from + 2, 63, 64, 65}) {
            DriftAudit audit =
                    audit(single(BigRational.ONE, third, RationalField.of(1, 2), loops), RoundingFormat.BINARY64);
            assertThat(audit.stagnatesAt().isPresent()).as("T = %d", loops).isEqualTo(loops > from);
            if (loops > from) {
                assertThat(audit.stagnatesAt()).hasValue(from);
                assertThat(audit.period()).hasValue(1);
            }
        }
    }

    /** eta G = 2^20: the state grows by about 2^20 a loop and overflows binary32 in the seventh. */
    @Test
    void overflowIsLocatedByLoopAndOperation() {
        DescentInstance instance = single(BigRational.valueOf(1024), BigRational.ONE, BigRational.ONE, 20);
        DriftAudit audit = audit(instance, RoundingFormat.BINARY32);
        assertThat(audit.nonFinite()).hasValueSatisfying(at -> {
            assertThat(at.loop()).isEqualTo(audit.loopsReached() + 1);
            assertThat(at.operation()).isIn(Operation.GRADIENT, Operation.STEP, Operation.UPDATE);
        });
        assertThat(audit.steps()).hasSize(audit.loopsReached() + 1);
        assertThat(audit.within(BigRational.valueOf(10).pow(40)))
                .isEqualTo(new DriftAudit.Within.Exceeded(audit.loopsReached() + 1));
        DriftAudit lost = audit(
                single(BigRational.valueOf(10).pow(39), BigRational.ONE, BigRational.ONE, 1), RoundingFormat.BINARY32);
        assertThat(lost.loopsReached()).isEqualTo(-1);
        assertThat(lost.steps()).isEmpty();
        assertThat(lost.worst()).isEmpty();
    }

    @Test
    void aRatioNeedsASolution() {
        DescentInstance instance = single(BigRational.ONE, BigRational.ONE, BigRational.ONE, 1);
        assertThatThrownBy(() -> DriftAudit.of(
                        instance,
                        RunConfiguration.binary64(SummationOrder.GRAM),
                        Contraction.none(),
                        Optional.empty(),
                        Optional.of(BigRational.ONE),
                        Optional.empty()))
                .hasMessageContaining("solution");
    }

    private static DriftAudit audit(DescentInstance instance, RoundingFormat format) {
        return DriftAudit.of(
                instance,
                RunConfiguration.of(format, SummationOrder.RESIDUAL),
                Contraction.none(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static DescentInstance single(BigRational x, BigRational y, BigRational stepSize, int loops) {
        return DescentInstance.constant(
                Matrix.of(List.of(List.of(x))),
                Vector.of(List.of(y)),
                BigRational.ONE,
                Vector.of(List.of(BigRational.ZERO)),
                stepSize,
                loops);
    }

    private static DescentInstance random(Random random, int n, int d) {
        List<List<BigRational>> x = new ArrayList<>();
        List<BigRational> y = new ArrayList<>();
        BigRational trace = BigRational.ONE;
        for (int i = 0; i < n; i++) {
            List<BigRational> row = new ArrayList<>();
            for (int j = 0; j < d; j++) {
                row.add(entry(random));
            }
            trace = Q.add(trace, Reference.squared(row));
            x.add(row);
            y.add(entry(random));
        }
        List<BigRational> start = Collections.nCopies(d, random.nextBoolean() ? BigRational.ZERO : entry(random));
        return DescentInstance.constant(
                Matrix.of(x),
                Vector.of(y),
                RationalField.of(3, 2),
                Vector.of(start),
                Q.divide(BigRational.ONE, trace),
                6);
    }

    private static BigRational entry(Random random) {
        return RationalField.of(random.nextInt(4001) - 2000, 1 + random.nextInt(1000));
    }

    private static List<BigRational> rationals(double[] values) {
        return DoubleStream.of(values)
                .mapToObj(value -> Dyad.of(value).toRational())
                .toList();
    }

    /** state - eta (X'(X state - y s)), s = 1 for theta and -alpha for the query vector, X, y, eta, alpha as rounded or not. */
    private static List<BigRational> step(
            DescentInstance instance, RunConfiguration configuration, int t, List<BigRational> state, boolean rounded) {
        RoundingFormat format = configuration.format();
        BigRational scale = configuration.order().iteratesOnQuery()
                ? Q.negate(read(instance.query(), format, rounded))
                : BigRational.ONE;
        BigRational eta = read(instance.stepSize(t), format, rounded);
        List<BigRational> next = new ArrayList<>(state);
        for (int i = 0; i < instance.examples().rows(); i++) {
            BigRational residual =
                    Q.negate(Q.multiply(scale, read(instance.labels().get(i), format, rounded)));
            for (int j = 0; j < state.size(); j++) {
                residual =
                        Q.add(residual, Q.multiply(read(instance.examples().get(i, j), format, rounded), state.get(j)));
            }
            for (int j = 0; j < state.size(); j++) {
                BigRational move =
                        Q.multiply(eta, Q.multiply(read(instance.examples().get(i, j), format, rounded), residual));
                next.set(j, Q.subtract(next.get(j), move));
            }
        }
        return next;
    }

    private static BigRational read(BigRational value, RoundingFormat format, boolean rounded) {
        return rounded ? Dyad.of(format.round(value)).toRational() : value;
    }

    private static List<BigRational> difference(List<BigRational> left, List<BigRational> right) {
        List<BigRational> difference = new ArrayList<>();
        for (int j = 0; j < left.size(); j++) {
            difference.add(Q.subtract(left.get(j), right.get(j)));
        }
        return difference;
    }

    private static BigRational largest(List<BigRational> entries, BigRational scale) {
        return entries.stream()
                .map(entry -> Q.divide(entry.abs(), scale))
                .max(Q::compare)
                .orElseThrow();
    }

    private static void assertContains(
            Enclosure enclosure, List<BigRational> entries, BigRational scale, RunConfiguration configuration) {
        assertThat(enclosure.contains(largest(entries, scale)))
                .as("%s: %s in %s", configuration, largest(entries, scale).toDouble(), enclosure)
                .isTrue();
    }
}
