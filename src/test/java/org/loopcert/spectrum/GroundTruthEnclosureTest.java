package org.loopcert.spectrum;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.exact.GroundTruthInstances;
import org.loopcert.exact.GroundTruthInstances.Instance;

class GroundTruthEnclosureTest {
    private static final Fraction DEFAULT_WIDTH = tenToMinus(9);

    static List<Instance> instances() throws IOException {
        return GroundTruthInstances.csv();
    }

    private static Fraction tenToMinus(int digits) {
        return Fraction.of(BigInteger.ONE, BigInteger.TEN.pow(digits));
    }

    private static Fraction decimal(BigDecimal value) {
        return value.scale() <= 0
                ? Fraction.of(value.toBigIntegerExact())
                : Fraction.of(value.unscaledValue(), BigInteger.TEN.pow(value.scale()));
    }

    /** The true value lies in [v, v + ulp]; where that is wider than the enclosure they must meet. */
    private static void assertContains(Fraction lower, Fraction upper, JsonNode truth, int digits) {
        if (!truth.get("exact").isNull()) {
            Fraction exact = GroundTruthInstances.fraction(truth.get("exact").asText());
            assertThat(lower).isLessThanOrEqualTo(exact);
            assertThat(upper).isGreaterThanOrEqualTo(exact);
            return;
        }
        BigDecimal v = new BigDecimal(truth.get("digits30").asText());
        Fraction low = decimal(v);
        Fraction high = decimal(v.add(v.ulp()));
        assertThat(lower).isLessThanOrEqualTo(digits < 29 ? low : high);
        assertThat(upper).isGreaterThanOrEqualTo(digits < 29 ? high : low);
    }

    private static void check(Instance instance, int digits) {
        Gram gram = instance.gram();
        Fraction width = tenToMinus(digits);
        Spectrum spectrum = Enclosures.find(gram, width);
        assertThat(spectrum).isInstanceOf(SpectrumEnclosure.class);
        SpectrumEnclosure enclosure = (SpectrumEnclosure) spectrum;
        SpectrumChecks.assertVerified(gram, enclosure, width);
        assertContains(
                enclosure.largestLower(),
                enclosure.largestUpper(),
                instance.truth().get("lambda_max"),
                digits);
        assertContains(
                enclosure.smallestLower(),
                enclosure.smallestUpper(),
                instance.truth().get("lambda_min_positive"),
                digits);
        assertContains(
                enclosure.conditionNumberLower(),
                enclosure.conditionNumberUpper(),
                instance.truth().get("kappa_H_positive"),
                digits);
    }

    @ParameterizedTest
    @MethodSource("instances")
    void enclosesTheTrueEigenvaluesToNineDigits(Instance instance) {
        check(instance, 9);
    }

    @ParameterizedTest
    @MethodSource("instances")
    void enclosesTheTrueEigenvaluesToFortyDigits(Instance instance) {
        check(instance, 40);
    }

    @ParameterizedTest
    @MethodSource("instances")
    void boundsAreShort(Instance instance) {
        SpectrumEnclosure enclosure = (SpectrumEnclosure) Enclosures.find(instance.gram(), DEFAULT_WIDTH);
        // 2^-32 < 5/16 of 1e-9: a dyadic of 33 bits lies in every interval the search may use
        for (Fraction bound : List.of(
                enclosure.largestLower(),
                enclosure.largestUpper(),
                enclosure.smallestLower(),
                enclosure.smallestUpper())) {
            BigInteger odd = bound.numerator().shiftRight(bound.numerator().getLowestSetBit());
            boolean exact = enclosure.largestLower().equals(enclosure.largestUpper())
                    || enclosure.smallestLower().equals(enclosure.smallestUpper());
            assertThat(odd.bitLength()).isLessThanOrEqualTo(exact ? 64 : 33);
        }
    }

    @ParameterizedTest
    @MethodSource("instances")
    void decidesEveryRunOfTheTruthAsContractingOrNot(Instance instance) {
        Gram gram = instance.gram();
        for (JsonNode run : instance.truth().get("gd")) {
            Fraction eta = GroundTruthInstances.fraction(run.get("eta").asText());
            StepRegime regime = StepRegime.decide(gram, eta);
            StepRegimeTest.assertHolds(gram, eta, regime);
            assertThat(regime instanceof StepRegime.Contracting)
                    .isEqualTo(run.get("contraction").asBoolean());
            assertThat(Spectra.compareStep(gram, eta, 1) <= 0).isEqualTo(run.has("sublinear_bound_f_gap"));
        }
    }

    @ParameterizedTest
    @MethodSource("instances")
    void automaticStepIsTheLargestBelowOneOverLambdaMax(Instance instance) {
        StepRegimeTest.assertAutomatic(instance.gram());
    }
}
