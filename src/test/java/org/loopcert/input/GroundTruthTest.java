package org.loopcert.input;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
}
