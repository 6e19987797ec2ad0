package org.loopcert.exact;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The CSV instances of the shared data sets, with their exact ground truth. */
public final class GroundTruthInstances {
    private GroundTruthInstances() {}

    /** One instance: its truth, X and y as exact decimals. */
    public record Instance(JsonNode truth, ScaledMatrix x, ScaledVector y) {
        public String id() {
            return truth.get("id").asText();
        }

        public Gram gram() {
            return Gram.of(x, y);
        }

        @Override
        public String toString() {
            return id();
        }
    }

    /** All instances of format csv; aborts the test when the data folder is not there. */
    public static List<Instance> csv() throws IOException {
        String folder = System.getProperty("loopcert.data", "");
        Path root = Path.of(folder);
        Path file = root.resolve("public").resolve("groundtruth.json");
        assumeTrue(
                !folder.isEmpty() && Files.isRegularFile(file),
                "set the system property loopcert.data to the folder that holds public/groundtruth.json");
        List<Instance> instances = new ArrayList<>();
        for (JsonNode truth : new ObjectMapper().readTree(file.toFile()).get("instances")) {
            if (truth.get("format").asText().equals("csv")) {
                instances.add(read(root, truth));
            }
        }
        if (instances.isEmpty()) {
            throw new IllegalStateException("no csv instance in " + file);
        }
        return instances;
    }

    private static Instance read(Path root, JsonNode truth) throws IOException {
        List<String> lines = Files.readAllLines(root.resolve(truth.get("file").asText()));
        List<String> header = List.of(lines.get(0).split(","));
        int n = truth.get("n").asInt();
        int d = truth.get("d").asInt();
        BigDecimal[][] values = new BigDecimal[n][d + 1];
        int scale = 0;
        for (int i = 0; i < n; i++) {
            String[] cells = lines.get(i + 1).split(",");
            for (int j = 0; j <= d; j++) {
                String name =
                        j < d ? truth.get("x").get(j).asText() : truth.get("y").asText();
                values[i][j] = new BigDecimal(cells[header.indexOf(name)]);
                scale = Math.max(scale, values[i][j].scale());
            }
        }
        BigInteger[][] x = new BigInteger[n][d];
        BigInteger[] y = new BigInteger[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                x[i][j] = values[i][j].setScale(scale).unscaledValue();
            }
            y[i] = values[i][d].setScale(scale).unscaledValue();
        }
        BigInteger ten = BigInteger.TEN.pow(scale);
        return new Instance(
                truth, ScaledMatrix.of(IntegerMatrix.of(x), ten), ScaledVector.of(IntegerVector.of(y), ten));
    }

    /** "p/q" or a plain integer. */
    public static Fraction fraction(String text) {
        String[] parts = text.split("/");
        return Fraction.of(new BigInteger(parts[0]), parts.length == 1 ? BigInteger.ONE : new BigInteger(parts[1]));
    }

    /** The canonical hash of the data sets: one reduced p/q a line, SHA-256. */
    public static String hash(ScaledVector vector) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < vector.size(); i++) {
            lines.add(vector.get(i).toString());
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
