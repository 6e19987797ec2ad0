package org.loopcert.drift;

import static org.assertj.core.api.Assertions.assertThat;

import ch.obermuhlner.math.big.BigRational;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.loopcert.input.InputException;
import org.loopcert.input.InputLimits;
import org.loopcert.input.InputOptions;
import org.loopcert.input.InputReader;
import org.loopcert.input.Problem;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;

/** The shared real data sets with their exact ground truth, for the tests of this package. */
final class GroundTruth {
    private GroundTruth() {}

    /** A data set in CSV with what is known about it. */
    record DataSet(JsonNode truth, Matrix<BigRational> examples, Vector<BigRational> labels) {
        String id() {
            return truth.get("id").asText();
        }

        DescentInstance instance(BigRational stepSize, int loops) {
            return DescentInstance.constant(
                    examples,
                    labels,
                    BigRational.valueOf(-3),
                    Vector.constant(examples.columns(), BigRational.ZERO),
                    stepSize,
                    loops);
        }

        @Override
        public String toString() {
            return id();
        }
    }

    static BigRational fraction(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? RationalField.of(new BigInteger(text), BigInteger.ONE)
                : RationalField.of(new BigInteger(text.substring(0, slash)), new BigInteger(text.substring(slash + 1)));
    }

    static BigRational decimal(String text) {
        BigDecimal value = new BigDecimal(text.trim());
        return value.scale() <= 0
                ? BigRational.valueOf(value.toBigIntegerExact())
                : RationalField.of(value.unscaledValue(), BigInteger.TEN.pow(value.scale()));
    }

    static List<DataSet> csvDataSets() {
        return dataSets().stream()
                .filter(data -> data.truth().get("format").asText().equals("csv"))
                .toList();
    }

    /** All instances whose rounded runs are known. */
    static List<DataSet> dataSets() {
        String folder = System.getProperty("loopcert.data", "");
        Path root = Path.of(folder);
        Path truth = root.resolve("public/groundtruth.json");
        Assumptions.assumeTrue(
                !folder.isEmpty() && Files.exists(truth),
                "the shared data sets are absent: set the system property loopcert.data");
        try {
            List<DataSet> sets = new ArrayList<>();
            for (JsonNode node : new ObjectMapper().readTree(truth.toFile()).get("instances")) {
                switch (node.get("format").asText()) {
                    case "csv" -> sets.add(read(root, node));
                    case "npy_prompt" -> sets.add(readPrompt(root, node));
                    default -> assertThat(node.path("drift")).isEmpty();
                }
            }
            return sets;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DataSet read(Path root, JsonNode node) throws IOException {
        List<String> lines = Files.readAllLines(root.resolve(node.get("file").asText()));
        List<String> header = cells(lines.get(0));
        List<Integer> columns = new ArrayList<>();
        node.get("x").forEach(name -> columns.add(header.indexOf(name.asText())));
        int label = header.indexOf(node.get("y").asText());
        List<List<BigRational>> examples = new ArrayList<>();
        List<BigRational> labels = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            if (line.isBlank()) {
                continue;
            }
            List<String> cells = cells(line);
            examples.add(columns.stream().map(c -> decimal(cells.get(c))).toList());
            labels.add(decimal(cells.get(label)));
        }
        return new DataSet(node, Matrix.of(examples), Vector.of(labels));
    }

    private static DataSet readPrompt(Path root, JsonNode node) throws IOException {
        Path file = root.resolve(node.get("file").asText());
        InputOptions options = InputOptions.NONE.withIndex(node.get("index").asInt());
        try {
            Problem problem = InputReader.read(file, options, InputLimits.DEFAULT);
            return new DataSet(node, problem.x(), problem.y());
        } catch (InputException e) {
            throw new IOException(e);
        }
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        Collections.addAll(cells, line.split(",", -1));
        return cells.stream()
                .map(c -> c.replace("\"", "").replace("\uFEFF", "").trim())
                .toList();
    }
}
