package org.loopcert.drift;

import static org.assertj.core.api.Assertions.assertThat;

import ch.obermuhlner.math.big.BigRational;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;

class Binary64RunTest {
    @Test
    void reproducesEveryBitOfTheGroundTruth() {
        int compared = 0;
        for (GroundTruth.DataSet data : GroundTruth.csvDataSets()) {
            for (JsonNode entry : data.truth().path("drift")) {
                if (!entry.get("format").asText().equals("f64")) {
                    continue;
                }
                SummationOrder order =
                        SummationOrder.valueOf(entry.get("order").asText().toUpperCase(Locale.ROOT));
                int loops = entry.get("T").asInt();
                Binary64Run run = Binary64Run.of(
                        data.instance(GroundTruth.fraction(entry.get("eta").asText()), loops), order);
                List<Double> expected = new ArrayList<>();
                entry.get("theta_hat_hex").forEach(hex -> expected.add(Double.parseDouble(hex.asText())));
                List<Double> got = new ArrayList<>();
                run.thetaHex(loops).forEach(hex -> got.add(Double.parseDouble(hex)));
                assertThat(got).as("%s %s", data, order).isEqualTo(expected);
                assertThat(run.nonFinite()).isEmpty();
                compared++;
            }
        }
        assertThat(compared).isEqualTo(44);
    }

    @ParameterizedTest
    @EnumSource(SummationOrder.class)
    void theFastStepIsTheReferenceStepBitForBit(SummationOrder order) {
        DescentInstance instance = small(RationalField.of(1, 37), 60);
        Binary64Run run = Binary64Run.of(instance, order);
        for (int t = 0; t < 60; t++) {
            assertThat(run.state(t + 1)).as("loop %d", t).isEqualTo(run.referenceStep(t));
        }
    }

    @ParameterizedTest
    @EnumSource(SummationOrder.class)
    void aRunThatStandsStillIsKnownForEveryLaterLoop(SummationOrder order) {
        Binary64Run run = Binary64Run.of(small(RationalField.of(1, 37), 1_000_000_000), order);
        assertThat(run.cycleLength()).isPresent();
        int start = run.cycleStart().getAsInt();
        int length = run.cycleLength().getAsInt();
        Binary64Run shorter = Binary64Run.of(small(RationalField.of(1, 37), start + 5 * length), order);
        assertThat(run.theta(start + 5 * length)).isEqualTo(shorter.theta(start + 5 * length));
        assertThat(run.referenceStep(start + length - 1)).isEqualTo(run.state(start));
        assertThat(run.theta(1_000_000_000)).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(SummationOrder.class)
    void aDivergingRunStopsAtTheOperationThatOverflows(SummationOrder order) {
        Binary64Run run = Binary64Run.of(small(BigRational.valueOf(1000), 1000), order);
        NonFinite failure = run.nonFinite().orElseThrow();
        assertThat(failure.loop()).isGreaterThan(10).isEqualTo(run.loopsReached() + 1);
        assertThat(failure.operation())
                .isIn(Operation.PREDICTION, Operation.GRADIENT, Operation.STEP, Operation.UPDATE);
        assertThat(run.theta(run.loopsReached())).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> run.theta(failure.loop()))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void anInputWithoutFiniteDoubleIsLocated() {
        BigRational huge = RationalField.canonical(BigRational.TEN.pow(400));
        Matrix<BigRational> examples = Matrix.of(List.of(List.of(BigRational.ONE), List.of(huge)));
        Vector<BigRational> labels = Vector.constant(2, BigRational.ONE);
        DescentInstance instance = DescentInstance.constant(
                examples, labels, BigRational.ONE, Vector.constant(1, BigRational.ZERO), BigRational.ONE, 1);
        Binary64Run run = Binary64Run.of(instance, SummationOrder.RESIDUAL);
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
        assertThat(Binary64Run.of(instance, SummationOrder.GRAM).nonFinite())
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
        assertThat(Binary64Run.of(instance, SummationOrder.ATTENTION).nonFinite())
                .contains(new NonFinite(0, Operation.ROUND_QUERY, -1, -1, 0.0));
        assertThat(Binary64Run.of(instance, SummationOrder.RESIDUAL).nonFinite())
                .isEmpty();
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
