package org.loopcert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.loopcert.exact.GroundTruthInstances;

/** The command line on the shared data sets: bit for bit the truth that others computed. */
class GroundTruthTraceTest {
    private static final Map<String, String> PATHS = Map.of("f64", "binary64", "f32", "binary32", "bf16", "bfloat16");

    static List<GroundTruthInstances.Instance> csv() throws IOException {
        return GroundTruthInstances.csv();
    }

    private static JsonNode theta(JsonNode truth, JsonNode run, Object... options) {
        List<String> features = new ArrayList<>();
        truth.get("x").forEach(name -> features.add(name.asText()));
        String loops = run.get("T").asText();
        List<Object> args = new ArrayList<>(List.of(
                "trace",
                Path.of(System.getProperty("loopcert.data"))
                        .resolve(truth.get("file").asText()),
                "--labels",
                truth.get("y").asText(),
                "--features",
                String.join(",", features),
                "--step",
                run.get("eta").asText(),
                "--loops",
                loops,
                "--at",
                loops,
                "--format",
                "json"));
        args.addAll(Arrays.asList(options));
        Cli trace = Cli.run(args.toArray());
        assertThat(trace.code()).as(trace.err()).isZero();
        assertThat(trace.json().get("loops").asText()).isEqualTo(loops);
        return trace.json().get("theta").get(loops);
    }

    @ParameterizedTest
    @MethodSource("csv")
    void exactIterates(GroundTruthInstances.Instance instance) throws NoSuchAlgorithmException {
        JsonNode truth = instance.truth();
        assertThat(truth.get("gd")).isNotEmpty();
        for (JsonNode run : truth.get("gd")) {
            List<String> lines = new ArrayList<>();
            theta(truth, run, "--path", "exact")
                    .forEach(entry -> lines.add(entry.asText().contains("/") ? entry.asText() : entry.asText() + "/1"));
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
            assertThat(HexFormat.of().formatHex(hash))
                    .as(run.get("eta") + " T " + run.get("T"))
                    .isEqualTo(run.get("theta_T_sha256").asText());
        }
    }

    @ParameterizedTest
    @MethodSource("csv")
    void roundedIterates(GroundTruthInstances.Instance instance) {
        JsonNode truth = instance.truth();
        int compared = 0;
        for (JsonNode run : truth.get("drift")) {
            JsonNode found = theta(
                    truth,
                    run,
                    "--path",
                    PATHS.get(run.get("format").asText()),
                    "--order",
                    run.get("order").asText());
            JsonNode expected = run.get("theta_hat_hex");
            assertThat(found).hasSize(expected.size());
            for (int j = 0; j < expected.size(); j++) {
                assertThat(Double.parseDouble(found.get(j).asText()))
                        .isEqualTo(Double.parseDouble(expected.get(j).asText()));
                compared++;
            }
        }
        if (!truth.get("drift").isEmpty()) {
            assertThat(compared).isPositive();
        }
    }
}
