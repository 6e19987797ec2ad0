package org.loopcert.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.obermuhlner.math.big.BigRational;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.FloatingPoint;
import org.loopcert.ring.RationalField;
import org.loopcert.ring.RoundingFormat;

class ErrorBoundTest {
    private static final RationalField Q = RationalField.INSTANCE;

    @Test
    void groundTruthDriftIsMeasuredToEveryDigitAndBoundedAtEveryStep() {
        int compared = 0;
        for (GroundTruth.DataSet data : GroundTruth.csvDataSets()) {
            for (JsonNode entry : data.truth().path("drift")) {
                if (!entry.get("format").asText().equals("f64")) {
                    continue;
                }
                SummationOrder order =
                        SummationOrder.valueOf(entry.get("order").asText().toUpperCase(Locale.ROOT));
                DescentInstance instance = data.instance(
                        GroundTruth.fraction(entry.get("eta").asText()),
                        entry.get("T").asInt());
                // these step sizes are below 1/lambda_max
                CrossCheck check = check(instance, order);
                CrossCheck.Drift drift = check.drift().orElseThrow();
                assertThat(drift.exact()).isTrue();
                BigRational measured = drift.last().absolute().lower();
                assertThat(drift.last().absolute().isExact()).isTrue();
                BigDecimal truncated = new BigDecimal(measured.getNumeratorBigInteger())
                        .divide(
                                new BigDecimal(measured.getDenominatorBigInteger()),
                                new MathContext(17, RoundingMode.DOWN));
                assertThat(truncated)
                        .as("%s %s", data, order)
                        .isEqualByComparingTo(new BigDecimal(
                                entry.get("max_abs_drift_vs_exact").asText()));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(44);
    }

    @Test
    void groundTruthAttentionRunsAreBoundedAtEveryStep() {
        for (GroundTruth.DataSet data : GroundTruth.csvDataSets()) {
            for (JsonNode entry : data.truth().path("drift")) {
                if (entry.get("format").asText().equals("f64")
                        && entry.get("order").asText().equals("gram")) {
                    DescentInstance instance = data.instance(
                            GroundTruth.fraction(entry.get("eta").asText()),
                            entry.get("T").asInt());
                    assertThat(check(instance, SummationOrder.ATTENTION).drift())
                            .as(data.id())
                            .isPresent();
                }
            }
        }
    }

    private static CrossCheck check(DescentInstance instance, SummationOrder order) {
        CrossCheck check = CrossCheck.compare(
                instance,
                RunConfiguration.binary64(order),
                Contraction.atMost(BigRational.ONE),
                Optional.empty(),
                Optional.empty());
        assertThat(check.nonFinite()).isEmpty();
        assertThat(check.loopsReached()).isEqualTo(instance.loops());
        return check;
    }

    /** Random instances: entries of all kinds, schedules from far too small to diverging. */
    @Provide
    Arbitrary<DescentInstance> instances() {
        Arbitrary<BigRational> value = Combinators.combine(
                        Arbitraries.longs().between(-1000, 1000),
                        Arbitraries.longs().between(1, 60))
                .as(RationalField::of);
        return Combinators.combine(
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(1, 3))
                .flatAs((n, d) -> Combinators.combine(
                                value.list().ofSize(d).list().ofSize(n),
                                value.list().ofSize(n),
                                value.list().ofSize(d),
                                Arbitraries.longs().between(1, 300),
                                Arbitraries.longs()
                                        .between(-4, 12)
                                        .list()
                                        .ofMinSize(1)
                                        .ofMaxSize(12),
                                Arbitraries.of(true, false))
                        .as(ErrorBoundTest::instance));
    }

    private static DescentInstance instance(
            List<List<BigRational>> rows,
            List<BigRational> labels,
            List<BigRational> start,
            long alpha,
            List<Long> tenths,
            boolean constant) {
        Matrix<BigRational> examples = Matrix.of(rows);
        BigRational query = RationalField.of(-alpha, 7);
        BigRational trace = BigRational.ONE;
        for (List<BigRational> row : rows) {
            trace = Q.add(trace, Reference.squared(row));
        }
        List<BigRational> schedule = new ArrayList<>();
        for (long tenth : tenths) {
            schedule.add(Q.divide(RationalField.of(tenth, 10), trace));
        }
        return constant
                ? DescentInstance.constant(
                        examples, Vector.of(labels), query, Vector.of(start), schedule.get(0), schedule.size())
                : DescentInstance.scheduled(examples, Vector.of(labels), query, Vector.of(start), schedule);
    }

    @Property(tries = 300)
    void boundsAreNeverBelowTheMeasuredDistance(
            @ForAll("instances") DescentInstance instance, @ForAll SummationOrder order) {
        RoundedRun run = RoundedRun.of(instance, RunConfiguration.binary64(order));
        List<List<BigRational>> exact = Reference.iterates(instance, instance.loops());
        Contraction spectrum = Contraction.fromSpectrum(BigRational.ZERO, Reference.trace(instance));
        assertThat(run.nonFinite()).isEmpty();
        List<Iterator<ErrorBound>> bounds = List.of(
                RunningErrorBound.of(run, Contraction.none()),
                RunningErrorBound.of(run, spectrum),
                AprioriErrorBound.of(instance, RunConfiguration.binary64(order), Contraction.none(), Optional.empty()),
                AprioriErrorBound.of(instance, RunConfiguration.binary64(order), spectrum, Optional.empty()));
        List<Integer> all = new ArrayList<>();
        for (int t = 0; t <= instance.loops(); t++) {
            all.add(t);
        }
        List<DriftRecord> records = DriftRecord.measure(run, all);
        for (int t = 0; t <= instance.loops(); t++) {
            List<BigRational> distance = Reference.distance(run.theta(t), exact.get(t));
            for (Iterator<ErrorBound> iterator : bounds) {
                requireBound(iterator.next(), t, distance);
            }
            requireMeasured(records.get(t), distance, exact.get(t));
        }
        assertThat(bounds).noneMatch(Iterator::hasNext);
    }

    private static void requireBound(ErrorBound bound, int t, List<BigRational> distance) {
        assertThat(bound.loop()).isEqualTo(t);
        for (int j = 0; j < distance.size(); j++) {
            assertThat(Q.compare(distance.get(j), bound.entries().get(j))).isNotPositive();
            assertThat(Q.compare(distance.get(j), bound.maxNorm())).isNotPositive();
        }
        assertThat(Q.compare(Reference.squared(distance), Q.multiply(bound.euclidean(), bound.euclidean())))
                .isNotPositive();
    }

    private static void requireMeasured(DriftRecord record, List<BigRational> distance, List<BigRational> exact) {
        BigRational largest = BigRational.ZERO;
        BigRational ulps = BigRational.ZERO;
        for (int j = 0; j < distance.size(); j++) {
            BigRational ulp = Q.divide(distance.get(j), RoundingFormat.BINARY64.ulp(exact.get(j)));
            largest = Q.compare(distance.get(j), largest) > 0 ? distance.get(j) : largest;
            ulps = Q.compare(ulp, ulps) > 0 ? ulp : ulps;
        }
        assertThat(record.absolute()).isEqualTo(Enclosure.exact(largest));
        assertThat(distance.get(record.absoluteEntry())).isEqualTo(largest);
        assertThat(record.ulps()).isEqualTo(Enclosure.exact(ulps));
        assertThat(record.squaredEuclidean().contains(Reference.squared(distance)))
                .isTrue();
    }

    @Test
    void boundsHoldInEveryConfiguration() {
        DescentInstance instance = RoundedRunTest.wide();
        List<List<BigRational>> exact = Reference.iterates(instance, instance.loops());
        Contraction spectrum = Contraction.fromSpectrum(BigRational.ZERO, Reference.trace(instance));
        for (RunConfiguration configuration : RoundedRunTest.every()) {
            RoundedRun run = RoundedRun.of(instance, configuration);
            assertThat(run.nonFinite()).isEmpty();
            Iterator<ErrorBound> running = RunningErrorBound.of(run, spectrum);
            AprioriErrorBound apriori = AprioriErrorBound.of(instance, configuration, spectrum, Optional.empty());
            for (int t = 0; t <= instance.loops(); t++) {
                List<BigRational> distance = Reference.distance(run.theta(t), exact.get(t));
                requireBound(running.next(), t, distance);
                requireBound(apriori.next(), t, distance);
                BigRational ulps = BigRational.ZERO;
                for (int j = 0; j < distance.size(); j++) {
                    BigRational ulp = configuration.format().ulp(exact.get(t).get(j));
                    BigRational entry = Q.divide(distance.get(j), ulp);
                    ulps = Q.compare(entry, ulps) > 0 ? entry : ulps;
                }
                assertThat(DriftRecord.measure(run, List.of(t)).get(0).ulps()).isEqualTo(Enclosure.exact(ulps));
            }
            if (configuration.format().maximumExponent() == 127) {
                assertThat(apriori.overflowExcluded()).as("%s", configuration).isTrue();
            }
        }
    }

    @Test
    void theBoundsAreNotMuchLargerThanTheDrift() {
        DescentInstance instance = RoundedRunTest.small(RationalField.of(1, 37), 200);
        for (SummationOrder order : SummationOrder.values()) {
            CrossCheck.Drift drift = check(instance, order).drift().orElseThrow();
            BigRational limit = FloatingPoint.exact(0x1p-44);
            assertThat(Q.compare(drift.largestBound(), FloatingPoint.exact(0x1p-45)))
                    .isNegative();
            assertThat(Q.compare(drift.aprioriBound().orElseThrow().maxNorm(), limit))
                    .isNegative();
        }
    }

    @Test
    void smallRoundedNumbersAreBoundedWhereProductsUnderflow() {
        BigRational tiny = Q.divide(BigRational.ONE, RationalField.canonical(BigRational.TEN.pow(160)));
        DescentInstance instance = DescentInstance.constant(
                Matrix.of(List.of(List.of(tiny, Q.divide(tiny, BigRational.valueOf(3))))),
                Vector.of(List.of(Q.divide(tiny, BigRational.valueOf(7)))),
                RationalField.of(1, 3),
                Vector.of(List.of(tiny, tiny)),
                BigRational.ONE,
                5);
        for (SummationOrder order : SummationOrder.values()) {
            assertThat(check(instance, order).drift()).isPresent();
        }
    }

    @Test
    void aRunThatOverflowsIsFollowedToItsLastFiniteLoop() {
        for (SummationOrder order : SummationOrder.values()) {
            CrossCheck check = CrossCheck.compare(
                    RoundedRunTest.small(BigRational.valueOf(1000), 200),
                    RunConfiguration.binary64(order),
                    Contraction.none(),
                    Optional.empty(),
                    Optional.empty());
            assertThat(check.nonFinite()).isPresent();
            assertThat(check.loopsReached()).isBetween(10, 199);
            assertThat(check.drift().orElseThrow().last().loop()).isEqualTo(check.loopsReached());
        }
    }

    @Test
    void overflowIsExcludedOnlyWhereMagnitudesProveIt() {
        AprioriErrorBound tame = AprioriErrorBound.of(
                RoundedRunTest.small(RationalField.of(1, 37), 5),
                RunConfiguration.binary64(SummationOrder.RESIDUAL),
                Contraction.none(),
                Optional.empty());
        tame.forEachRemaining(bound -> assertThat(bound.maxNorm().signum()).isPositive());
        assertThat(tame.overflowExcluded()).isTrue();
        AprioriErrorBound wild = AprioriErrorBound.of(
                RoundedRunTest.small(BigRational.valueOf(1000), 200),
                RunConfiguration.binary64(SummationOrder.RESIDUAL),
                Contraction.none(),
                Optional.empty());
        wild.forEachRemaining(bound -> assertThat(bound.loop()).isNotNegative());
        assertThat(wild.overflowExcluded()).isFalse();
    }

    @Test
    void aContractionThatDoesNotHoldIsAFault() {
        DescentInstance instance = RoundedRunTest.small(RationalField.of(1, 370), 100);
        assertThatThrownBy(() -> CrossCheck.compare(
                        instance,
                        RunConfiguration.binary64(SummationOrder.RESIDUAL),
                        Contraction.atMost(BigRational.ZERO),
                        Optional.empty(),
                        Optional.empty()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("below the measured");
    }

    @Test
    void theBoundOfACycleHoldsForHugeLoops() {
        DescentInstance huge = RoundedRunTest.small(RationalField.of(1, 37), 1_000_000_000);
        Vector<BigRational> solution = BoundExitTest.solution(huge);
        for (SummationOrder order : SummationOrder.values()) {
            RoundedRun run = RoundedRun.of(huge, RunConfiguration.binary64(order));
            // G's smallest eigenvalue is above 1
            Contraction contraction = Contraction.fromSpectrum(BigRational.ONE, Reference.trace(huge));
            for (int loop : new int[] {1_000_000, 1_000_000_000}) {
                ErrorBound bound = RunningErrorBound.at(run, contraction, loop);
                ErrorBound withoutGap = RunningErrorBound.at(run, Contraction.atMost(BigRational.ONE), loop);
                DriftRecord measured =
                        DriftRecord.measure(run, EnclosurePath.power(huge, Contraction.none(), solution, loop, 200));
                assertThat(Q.compare(measured.absolute().upper(), bound.maxNorm()))
                        .isNotPositive();
                assertThat(Q.compare(bound.maxNorm(), withoutGap.maxNorm())).isNegative();
                assertThat(Q.compare(bound.maxNorm(), FloatingPoint.exact(0x1p-44)))
                        .isNegative();
            }
            int near = run.cycleStart().getAsInt() + run.cycleLength().getAsInt();
            RunningErrorBound stepwise = RunningErrorBound.of(run, contraction);
            ErrorBound expected = stepwise.next();
            while (expected.loop() < near) {
                expected = stepwise.next();
            }
            assertThat(RunningErrorBound.at(run, contraction, near)).isEqualTo(expected);
        }
    }
}
