package org.loopcert.drift;

import static org.assertj.core.api.Assertions.assertThat;

import ch.obermuhlner.math.big.BigRational;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.loopcert.ring.FloatingPoint;
import org.loopcert.ring.RationalField;
import org.loopcert.ring.RoundingFormat;

/** Every rounded run of the shared data sets, bit for bit and to every digit of its drift. */
class GroundTruthDriftTest {
    private static final Map<String, RoundingFormat> FORMATS =
            Map.of("f64", RoundingFormat.BINARY64, "f32", RoundingFormat.BINARY32, "bf16", RoundingFormat.BFLOAT16);

    @Test
    void everyEntryIsReproduced() throws NoSuchAlgorithmException {
        Map<String, Integer> runs = new TreeMap<>();
        int onRoundedInputs = 0;
        for (GroundTruth.DataSet data : GroundTruth.dataSets()) {
            for (JsonNode entry : data.truth().path("drift")) {
                String format = entry.get("format").asText();
                String order = entry.get("order").asText();
                String what = data.id() + " " + format + " " + order;
                RunConfiguration configuration = RunConfiguration.of(
                        FORMATS.get(format), SummationOrder.valueOf(order.toUpperCase(Locale.ROOT)));
                DescentInstance instance = data.instance(
                        GroundTruth.fraction(entry.get("eta").asText()),
                        entry.get("T").asInt());
                DriftRecord drift = reproduced(RoundedRun.of(instance, configuration), entry, what);
                assertThat(digits(drift))
                        .as(what)
                        .isEqualByComparingTo(
                                entry.get("max_abs_drift_vs_exact").asText());
                runs.merge(format + " " + order, 1, Integer::sum);
                if (entry.has("max_abs_drift_vs_exact_gd_on_rounded_inputs")) {
                    // the same bits, measured from the exact descent on what the inputs were rounded to
                    DescentInstance rounded = rounded(instance, configuration.format());
                    assertThat(digits(reproduced(RoundedRun.of(rounded, configuration), entry, what)))
                            .as(what)
                            .isEqualByComparingTo(entry.get("max_abs_drift_vs_exact_gd_on_rounded_inputs")
                                    .asText());
                    assertThat(hash(rounded))
                            .as(what)
                            .isEqualTo(
                                    entry.get("theta_T_rounded_inputs_sha256").asText());
                    onRoundedInputs++;
                }
            }
        }
        assertThat(runs)
                .isEqualTo(Map.of(
                        "f64 residual", 24,
                        "f64 gram", 24,
                        "f32 residual", 24,
                        "f32 gram", 24,
                        "bf16 residual", 24,
                        "bf16 gram", 24));
        assertThat(onRoundedInputs).isEqualTo(72);
    }

    private static DriftRecord reproduced(RoundedRun run, JsonNode entry, String what) {
        int last = run.instance().loops();
        List<Double> expected = new ArrayList<>();
        entry.get("theta_hat_hex").forEach(hex -> expected.add(Double.parseDouble(hex.asText()) + 0.0));
        List<Double> got = new ArrayList<>();
        for (double value : run.theta(last)) {
            // through the literal, as a user gets it; adding 0.0 makes -0.0 into 0.0, since values are compared
            got.add(Double.parseDouble(RoundingFormat.toHex(value)) + 0.0);
        }
        assertThat(got).as(what).isEqualTo(expected);
        assertThat(run.nonFinite()).isEmpty();
        return DriftRecord.measure(run, List.of(last)).get(0);
    }

    /** 17 digits, truncated. */
    private static BigDecimal digits(DriftRecord drift) {
        assertThat(drift.absolute().isExact()).isTrue();
        BigRational measured = drift.absolute().lower();
        return new BigDecimal(measured.getNumeratorBigInteger())
                .divide(new BigDecimal(measured.getDenominatorBigInteger()), new MathContext(17, RoundingMode.DOWN));
    }

    private static DescentInstance rounded(DescentInstance instance, RoundingFormat format) {
        return DescentInstance.constant(
                instance.examples().map(value -> FloatingPoint.exact(format.round(value))),
                instance.labels().map(value -> FloatingPoint.exact(format.round(value))),
                instance.query(),
                instance.start(),
                FloatingPoint.exact(format.round(instance.stepSize(0))),
                instance.loops());
    }

    private static String hash(DescentInstance instance) throws NoSuchAlgorithmException {
        ReferencePath path = ReferencePath.exact(instance);
        for (int t = 0; t < instance.loops(); t++) {
            path.advance();
        }
        List<String> lines = new ArrayList<>();
        for (BigInteger numerator : path.point().numerators()) {
            BigRational value = RationalField.of(numerator, path.point().denominator());
            lines.add(value.getNumeratorBigInteger() + "/" + value.getDenominatorBigInteger());
        }
        byte[] digest = MessageDigest.getInstance("SHA-256")
                .digest(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest);
    }
}
