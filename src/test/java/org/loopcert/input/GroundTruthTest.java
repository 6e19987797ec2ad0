package org.loopcert.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.loopcert.input.TestFiles.read;
import static org.loopcert.input.TestFiles.refusal;

import ch.obermuhlner.math.big.BigRational;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.loopcert.exact.Gram;
import org.loopcert.exact.IntegerLinearAlgebra;
import org.loopcert.exact.ScaledVector;
import org.loopcert.ring.RationalField;

/** The shared data sets, where the system property {@code loopcert.data} says they are. */
class GroundTruthTest {
    private Path data;
    private JsonNode truth;

    @BeforeEach
    void open() throws IOException {
        String property = System.getProperty("loopcert.data", "");
        data = Path.of(property);
        Path file = data.resolve("public/groundtruth.json");
        Assumptions.assumeTrue(
                !property.isEmpty() && Files.isRegularFile(file),
                "needs public/groundtruth.json in the folder named by -Dloopcert.data");
        truth = new ObjectMapper().readTree(Files.readString(file));
    }

    @Test
    void everyTableIsReadWithItsShapeAndNames() throws InputException {
        int tables = 0;
        for (JsonNode instance : truth.get("instances")) {
            if (!instance.get("format").asText().equals("csv")) {
                continue;
            }
            tables++;
            List<String> names = new ArrayList<>();
            instance.get("x").forEach(name -> names.add(name.asText()));
            Problem problem = read(data.resolve(instance.get("file").asText()));
            assertThat(problem.featureNames()).as(instance.get("id").asText()).isEqualTo(names);
            assertThat(problem.labelName()).isEqualTo(instance.get("y").asText());
            assertThat(problem.examples()).isEqualTo(instance.get("n").asInt());
            assertThat(problem.features()).isEqualTo(instance.get("d").asInt());
            // trace of X'X: any misread digit of X would change it
            assertThat(traceOfGram(problem))
                    .isEqualTo(TestFiles.q(instance.get("trace_H").asText()));
        }
        assertThat(tables).isPositive();
    }

    private static BigRational traceOfGram(Problem problem) {
        RationalField field = RationalField.INSTANCE;
        BigRational trace = field.zero();
        for (int i = 0; i < problem.examples(); i++) {
            trace = field.add(trace, problem.x().row(i).dot(field, problem.x().row(i)));
        }
        return trace;
    }

    @Test
    void textFilesAreAcceptedOrRefusedAsStated() throws InputException {
        Problem norris = read(data.resolve("public/nist/Norris.csv"));
        SoftAssertions softly = new SoftAssertions();
        for (JsonNode entry : truth.get("text_files")) {
            Path file = data.resolve(entry.get("file").asText());
            switch (entry.get("verdict").asText()) {
                case "accept" -> softly.assertThat(read(file)).as("%s", file).isEqualTo(norris);
                case "refuse" ->
                    softly.assertThat(refusal(file).kind()).as("%s", file).isEqualTo(InputException.Kind.UNREADABLE);
                default -> {
                    // either, but never a fault
                    try {
                        softly.assertThat(read(file).examples()).as("%s", file).isPositive();
                    } catch (InputException e) {
                        softly.assertThat(e.expected()).as("%s", file).isNotEmpty();
                    }
                }
            }
        }
        softly.assertAll();
    }

    @Test
    void refusalsNameThePlace() {
        InputException ragged = refusal(data.resolve("public/csv_quirks/Norris_ragged.csv"));
        assertThat(ragged.line()).hasValue(3);
        assertThat(ragged.expected()).contains("3 fields");
        assertThat(ragged.found()).isEqualTo("2 fields");
        InputException missing = refusal(data.resolve("public/csv_quirks/airquality_NA.csv"));
        assertThat(missing.line()).hasValue(6);
        assertThat(missing.getMessage()).contains("'Ozone'").contains("'NA'");
    }

    @Test
    void everyBinaryFileIsReadOrRefusedAsStated() throws Exception {
        int files = 0;
        SoftAssertions softly = new SoftAssertions();
        for (JsonNode entry : truth.get("binary_files")) {
            files++;
            Path file = data.resolve(entry.get("file").asText());
            switch (entry.get("verdict").asText()) {
                case "valid" -> requireSameArrays(softly, entry, file);
                case "nonnumeric" -> {
                    ArrayFile opened = ArrayFile.open(file, InputLimits.DEFAULT);
                    for (StoredArray array : opened.arrays()) {
                        softly.assertThat(catchThrowableOfType(
                                        InputException.class, () -> array.open(1, InputLimits.DEFAULT)))
                                .as("%s", file)
                                .hasMessageContaining("expected real numbers")
                                .satisfies(
                                        e -> assertThat(e.kind()).isEqualTo(InputException.Kind.UNREADABLE),
                                        e -> assertThat(e.byteOffset()).isNotEmpty());
                    }
                    softly.assertThat(refusal(file).kind()).isEqualTo(InputException.Kind.UNREADABLE);
                }
                case "malformed" -> {
                    InputException refusal =
                            catchThrowableOfType(InputException.class, () -> ArrayFile.open(file, InputLimits.DEFAULT));
                    softly.assertThat(refusal).as("%s", file).isNotNull();
                    softly.assertThat(refusal.kind()).as("%s", file).isEqualTo(InputException.Kind.UNREADABLE);
                    softly.assertThat(refusal.byteOffset()).as("%s", refusal).isNotEmpty();
                }
                default -> {
                    // policy: either, but never a fault
                    try {
                        for (StoredArray array :
                                ArrayFile.open(file, InputLimits.DEFAULT).arrays()) {
                            ArrayBytes.values(array);
                        }
                    } catch (InputException e) {
                        softly.assertThat(e.expected()).as("%s", file).isNotEmpty();
                    }
                }
            }
        }
        softly.assertAll();
        assertThat(files).isPositive();
    }

    private static void requireSameArrays(SoftAssertions softly, JsonNode entry, Path file) throws Exception {
        ArrayFile opened = ArrayFile.open(file, InputLimits.DEFAULT);
        JsonNode arrays = entry.get("arrays");
        softly.assertThat(opened.arrays()).as("%s", file).hasSize(arrays.size());
        for (StoredArray array : opened.arrays()) {
            ArrayHeader header = array.header();
            JsonNode expected = arrays.get(header.name());
            softly.assertThat(header.typeText())
                    .as("%s", file)
                    .isEqualTo(expected.get("dtype").asText());
            List<Long> shape = new ArrayList<>();
            expected.get("shape").forEach(length -> shape.add(length.asLong()));
            softly.assertThat(header.shape()).as("%s", file).isEqualTo(shape);
            if (expected.has("fortran")) {
                softly.assertThat(header.fortran())
                        .as("%s", file)
                        .isEqualTo(expected.get("fortran").asBoolean());
            }
            if (expected.get("has_nonfinite").asBoolean()) {
                InputException refusal = refusal(file);
                softly.assertThat(refusal.expected()).isEqualTo("a finite number");
                softly.assertThat(refusal.found()).startsWith("NaN in row 1, column 2, entry [0, 1]");
                softly.assertThat(refusal.byteOffset()).isNotEmpty();
            } else {
                softly.assertThat(ArrayBytes.hash(ArrayBytes.values(array)))
                        .as("values of %s in %s", header.name(), file)
                        .isEqualTo(expected.get("values_sha256").asText());
            }
        }
    }

    @Test
    void everyInstanceThatIsNoTableIsReadToItsLeastSquaresSolution() throws Exception {
        int instances = 0;
        for (JsonNode instance : truth.get("instances")) {
            String format = instance.get("format").asText();
            if (format.equals("csv")) {
                continue;
            }
            instances++;
            Path file = data.resolve(instance.get("file").asText());
            InputOptions options = InputOptions.NONE;
            if (instance.has("file_y")) {
                options = options.withLabelsFile(
                        data.resolve(instance.get("file_y").asText()));
            }
            if (instance.has("index")) {
                options = options.withIndex(instance.get("index").asInt());
            }
            InputReader.Reading reading = InputReader.readNoting(file, options, InputLimits.DEFAULT);
            Problem problem = reading.problem();
            String id = instance.get("id").asText();
            assertThat(problem.features()).as(id).isEqualTo(instance.get("d").asInt());
            assertThat(problem.examples()).as(id).isEqualTo(instance.get("n").asInt());
            assertThat(traceOfGram(problem))
                    .as(id)
                    .isEqualTo(TestFiles.q(instance.get("trace_H").asText()));
            assertThat(reading.promptQuery().isPresent()).isEqualTo(format.equals("npy_prompt"));
            ScaledVector solution = IntegerLinearAlgebra.leastSquares(Gram.of(problem.x(), problem.y()));
            assertThat(ArrayBytes.hash(solution.toVector().toList()))
                    .as(id)
                    .isEqualTo(instance.get("theta_star").get("sha256").asText());
        }
        assertThat(instances).isPositive();
    }

    @Test
    void matrixMarketFilesHoldTheMatricesOfTheirTables() throws Exception {
        int matrices = 0;
        for (JsonNode instance : truth.get("instances")) {
            String name = instance.get("file").asText();
            Path matrix = data.resolve(name.replaceAll("\\.csv$", ".mtx"));
            if (!name.endsWith(".csv") || !Files.isRegularFile(matrix)) {
                continue;
            }
            matrices++;
            Problem table = read(data.resolve(name));
            Path labels = Files.createTempFile("labels", ".json");
            try {
                Files.writeString(
                        labels,
                        table.y().toList().stream()
                                .map(value -> '"' + ExactDecimal.format(value) + '"')
                                .collect(Collectors.joining(",", "[", "]")));
                Problem read = read(matrix, InputOptions.NONE.withLabelsFile(labels));
                assertThat(read.x()).as(name).isEqualTo(table.x());
                assertThat(read.y()).as(name).isEqualTo(table.y());
            } finally {
                Files.delete(labels);
            }
        }
        assertThat(matrices).isPositive();
        for (String bad : List.of("mangle1.mtx", "mangle3.mtx")) {
            InputException refusal = refusal(data.resolve("public/families/bad_mtx/" + bad));
            assertThat(refusal.line()).hasValue(1);
            assertThat(refusal.found()).isEqualTo("'junk'");
        }
    }

    @Test
    void aPromptIsTakenApartAsDocumented() throws Exception {
        Path file = data.resolve("public/icl/lt_normal_d5_n20_Z.npy");
        InputException refusal = refusal(file);
        assertThat(refusal.expected()).isEqualTo("--index from 0 to 3");
        assertThat(refusal.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("--index"));
        StoredArray array = ArrayFile.open(file, InputLimits.DEFAULT).arrays().get(0);
        StoredArray.Entries entries = array.open(1, InputLimits.DEFAULT);
        InputReader.Reading reading = InputReader.readNoting(file, InputOptions.NONE.withIndex(2), InputLimits.DEFAULT);
        assertThat(reading.problem().x().get(3, 4)).isEqualTo(entries.get(2, 3, 4));
        assertThat(reading.problem().y().get(19)).isEqualTo(entries.get(2, 19, 5));
        assertThat(reading.promptQuery().orElseThrow().get(1)).isEqualTo(entries.get(2, 20, 1));
    }
}
