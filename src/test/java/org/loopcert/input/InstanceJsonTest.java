package org.loopcert.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.loopcert.input.TestFiles.matrix;
import static org.loopcert.input.TestFiles.q;
import static org.loopcert.input.TestFiles.vector;

import ch.obermuhlner.math.big.BigRational;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.loopcert.generate.Family;
import org.loopcert.generate.Generator;
import org.loopcert.generate.GeneratorOptions;
import org.loopcert.ring.RationalField;

class InstanceJsonTest {
    private static final Schema SCHEMA = schema();

    private static Schema schema() {
        try (InputStream in = InputReader.class.getResourceAsStream("/org/loopcert/instance.schema.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Problem readBack(String json) throws IOException, InputException {
        Path file = Files.createTempFile("instance", ".json");
        try {
            Files.writeString(file, json);
            return TestFiles.read(file);
        } finally {
            Files.delete(file);
        }
    }

    private static boolean fitsSchema(String json) {
        return SCHEMA.validate(json, InputFormat.JSON).isEmpty();
    }

    @Test
    void writesOneCanonicalText() throws IOException, InputException {
        Problem problem = new Problem(
                matrix("1 1/2", "-3 0"),
                vector("1", "2/3"),
                Optional.of(vector("3/5", "4/5")),
                q("-1/3"),
                vector("0", "1/7"),
                2,
                StepSpec.parse("0.5,3"),
                List.of("x1", "x2"),
                "y");
        String json = """
        {
          "X": [
            [1, "1/2"],
            [-3, 0]
          ],
          "y": [1, "2/3"],
          "theta": ["3/5", "4/5"],
          "alpha": "-1/3",
          "start": [0, "1/7"],
          "loops": 2,
          "step": ["1/2", 3]
        }
        """;
        assertThat(InstanceJson.write(problem)).isEqualTo(json);
        assertThat(readBack(json)).isEqualTo(problem);
        assertThat(fitsSchema(json)).isTrue();
    }

    @Property(tries = 200)
    void generatedInstancesSurviveWritingAndFitTheSchema(
            @ForAll Family family,
            @ForAll @IntRange(min = 2, max = 7) int n,
            @ForAll @IntRange(min = 2, max = 4) int d,
            @ForAll @IntRange(max = 5) int stepKind,
            @ForAll @IntRange(max = 9) int noise,
            @ForAll long seed)
            throws IOException, InputException {
        GeneratorOptions options = family == Family.SPECTRUM
                ? GeneratorOptions.spectrum(n, d, seed, BigRational.valueOf(25))
                : GeneratorOptions.of(family, n, d, seed);
        Problem generated = Generator.generate(
                options.withNoise(RationalField.of(noise, 10)).withLoops(3).withAlpha(q("-2/7")));
        StepSpec step = StepSpec.parse(List.of("auto", "chebyshev", "lambda-max", "-1/3", "4", "1/2,0,-3")
                .get(stepKind));
        Problem problem = new Problem(
                generated.x(),
                generated.y(),
                noise % 2 == 0 ? generated.theta() : Optional.empty(),
                generated.alpha(),
                generated.x().row(0),
                generated.loops(),
                step,
                generated.featureNames(),
                generated.labelName());
        String json = InstanceJson.write(problem);
        Problem read = readBack(json);
        assertThat(read).isEqualTo(problem);
        assertThat(InstanceJson.write(read)).isEqualTo(json);
        assertThat(SCHEMA.validate(json, InputFormat.JSON)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'X': [[1]], 'theta': ['1/2']}",
                "{'X': [[1, '0.5e-3']], 'y': ['+.5'], 'step': '1,1/2'}",
                "{'X': [['5.']], 'y': [1], 'step': 0.1, 'loops': 0}"
            })
    void schemaAndReaderAccept(String text) throws IOException, InputException {
        String json = text.replace('\'', '"');
        assertThat(fitsSchema(json)).isTrue();
        assertThat(readBack(json).examples()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'X': [[1]]}",
                "{'y': [1]}",
                "{'X': [], 'y': [1]}",
                "{'X': [[]], 'y': [1]}",
                "{'X': [1], 'y': [1]}",
                "{'X': [['x']], 'y': [1]}",
                "{'X': [['1/2/3']], 'y': [1]}",
                "{'X': [[null]], 'y': [1]}",
                "{'X': [[1]], 'y': [1], 'z': 2}",
                "{'X': [[1]], 'y': [1], 'loops': -1}",
                "{'X': [[1]], 'y': [1], 'loops': 1.5}",
                "{'X': [[1]], 'y': [1], 'step': 'fast'}",
                "[]"
            })
    void schemaAndReaderRefuse(String text) throws IOException {
        String json = text.replace('\'', '"');
        assertThat(fitsSchema(json)).isFalse();
        Path file = Files.createTempFile("instance", ".json");
        try {
            Files.writeString(file, json);
            assertThat(TestFiles.refusal(file).kind()).isEqualTo(InputException.Kind.UNREADABLE);
        } finally {
            Files.delete(file);
        }
    }
}
