package org.loopcert.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.loopcert.input.TestFiles.matrix;
import static org.loopcert.input.TestFiles.q;
import static org.loopcert.input.TestFiles.read;
import static org.loopcert.input.TestFiles.refusal;
import static org.loopcert.input.TestFiles.vector;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceReaderTest {
    @TempDir
    Path folder;

    private Path json(String text) {
        return TestFiles.write(folder, "i.json", text.replace('\'', '"'));
    }

    private Path file(String name, String text) {
        return TestFiles.write(folder, name, text);
    }

    @Test
    void readsEveryField() throws InputException {
        Problem problem = read(json("{'X': [[1, 0.1], ['2/4', 1e-2]], 'y': [3, '-.5'], 'theta': ['3/5', '4/5'],"
                + " 'alpha': '-7/2', 'start': [0, 1], 'loops': 5, 'step': '1/8'}"));
        assertThat(problem)
                .isEqualTo(new Problem(
                        matrix("1 1/10", "1/2 1/100"),
                        vector("3", "-1/2"),
                        Optional.of(vector("3/5", "4/5")),
                        q("-7/2"),
                        vector("0", "1"),
                        5,
                        new StepSpec.Constant(q("1/8")),
                        List.of("x1", "x2"),
                        "y"));
    }

    @Test
    void labelsFollowFromTheta() throws InputException {
        Problem problem = read(json("{'theta': ['3/5', 0.8], 'X': [[1, 0.1], [3, 4]]}"));
        assertThat(problem.y()).isEqualTo(vector("17/25", "5"));
        assertThat(problem.theta()).contains(vector("3/5", "4/5"));
        assertThat(problem.loops()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'auto' | auto",
                "'chebyshev' | chebyshev",
                "'lambda-max' | lambda-max",
                "0.25 | 1/4",
                "'1/3' | 1/3",
                "-2 | -2",
                "0 | 0",
                "[1, '1/2', 0.1] | 1,1/2,1/10",
                "'1,1/2,0.1' | 1,1/2,1/10"
            },
            quoteCharacter = '`')
    void readsEveryKindOfStep(String step, String canonical) throws InputException {
        Problem problem = read(json("{'X': [[1]], 'y': [1], 'step': " + step + "}"));
        assertThat(problem.step()).hasToString(canonical).isEqualTo(StepSpec.parse(canonical));
        assertThat(problem.loops()).isEqualTo(canonical.contains(",") ? 3 : 200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'X': [[1]], 'y': [1], 'z': 1} | one of the fields | 24",
                "{'X': [[1]], 'y': [1], 'y': [1]} | each field once |",
                "{'X': [[1, 2], [3]], 'y': [1, 2]} | 2 entries in row 2 of X | 16",
                "{'X': [[1], [2]], 'y': [1]} | 2 entries of y | 24",
                "{'X': [[1]], 'y': [1], 'theta': [1, 2]} | 1 entries of theta | 33",
                "{'X': [[1]], 'y': [1], 'start': [1, 2]} | 1 entries of start | 33",
                "{'X': [[1]]} | labels y, or theta |",
                "{'y': [1]} | the field X | 10",
                "{'X': [], 'y': [1]} | at least one row of X | 8",
                "{'X': [[]], 'y': [1]} | at least one entry for row 1 of X | 9",
                "{'X': [1], 'y': [1]} | a list of numbers for row 1 of X | 8",
                "{'X': 1, 'y': [1]} | a list of rows for X | 7",
                "{'X': [[[1]]], 'y': [1]} | a number for entry 1 of row 1 of X | 9",
                "{'X': [[null]], 'y': [1]} | a number for entry 1 | 9",
                "{'X': [[true]], 'y': [1]} | a number for entry 1 | 9",
                "{'X': [[1]], 'y': {'a': 1}} | a list of numbers for y | 19",
                "{'X': [['abc']], 'y': [1]} | a number such as | 9",
                "{'X': [[NaN]], 'y': [1]} | a finite number |",
                "{'X': [['NaN']], 'y': [1]} | a finite number | 9",
                "{'X': [[1]], 'y': [1], 'alpha': 0} | a nonzero alpha | 33",
                "{'X': [[1]], 'y': [1], 'alpha': [1]} | a number for alpha | 33",
                "{'X': [[1]], 'y': [1], 'loops': -1} | a whole number of loops | 33",
                "{'X': [[1]], 'y': [1], 'loops': 1.0} | a whole number of loops | 33",
                "{'X': [[1]], 'y': [1], 'loops': '7'} | a whole number of loops | 33",
                "{'X': [[1]], 'y': [1], 'loops': 9223372036854775808} | a whole number of loops | 33",
                "{'X': [[1]], 'y': [1], 'step': 'fast'} | auto, chebyshev, lambda-max | 32",
                "{'X': [[1]], 'y': [1], 'step': null} | a step | 32",
                "{'X': [[1]], 'y': [1], 'step': []} | at least one entry for step | 33",
                "{'X': [[1]], 'y': [1], 'step': [1, 2], 'loops': 3} | a schedule of 3 steps | 32",
                "{'X': [[1]], 'y': [1]} 7 | nothing after | 24",
                "{'X': [[1]], 'y': [1] | well-formed JSON |",
                "{'X': [[01]], 'y': [1]} | well-formed JSON |",
                "{'X': [[1,]], 'y': [1]} | well-formed JSON |",
                "{'X': [[+1]], 'y': [1]} | well-formed JSON |",
                "/* no */ {'X': [[1]], 'y': [1]} | well-formed JSON |",
                "[[1, 2]] | an instance, an object | 1",
                "7 | an instance, an object | 1"
            })
    void refusesBadInstancesAtTheirPlace(String text, String expected, Long column) {
        InputException refusal = refusal(json(text));
        assertThat(refusal.expected()).contains(expected);
        assertThat(refusal.kind()).isEqualTo(InputException.Kind.UNREADABLE);
        if (column != null) {
            assertThat(refusal.line()).hasValue(1);
            assertThat(refusal.column()).hasValue(column);
        }
    }

    @Test
    void emptyFilesAreRefused() {
        assertThat(refusal(json("")).found()).isEqualTo("the end of the file");
        assertThat(refusal(json(" \n ")).found()).isEqualTo("the end of the file");
    }

    @Test
    void nestingBombsEndAtTheirFirstWrongToken() {
        assertThat(refusal(json("[".repeat(1_000_000))).column()).hasValue(1);
        assertThat(refusal(json("{'X':" + "[".repeat(1_000_000))).expected()).contains("a number");
        assertThat(refusal(json("{'a':".repeat(1_000_000))).found()).isEqualTo("'a'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e2000000000", "'1e2000000000'", "-1E-2000000000", "'1e99999999999999'"})
    void exponentBombsAreBeyondTheLimit(String number) {
        InputException refusal = refusal(json("{'X': [[" + number + "]], 'y': [1]}"));
        assertThat(refusal.kind()).isEqualTo(InputException.Kind.BEYOND_LIMIT);
        assertThat(refusal.line()).hasValue(1);
    }

    @Test
    void longNumbersAreBeyondTheLimit() throws InputException {
        String limit = "7".repeat(10_000);
        assertThat(read(json("{'X': [[" + limit + "]], 'y': [1]}")).x().get(0, 0))
                .isEqualTo(q(limit));
        for (String number : List.of(limit + "7", "'" + limit + "7'", limit.repeat(50))) {
            assertThat(refusal(json("{'X': [[" + number + "]], 'y': [1]}")).kind())
                    .isEqualTo(InputException.Kind.BEYOND_LIMIT);
        }
        InputLimits rows = InputLimits.DEFAULT.withShape(2, 1);
        for (String text : List.of(
                "{'X': [[1], [1], [1]], 'y': [1]}", "{'X': [[1, 1]], 'y': [1]}", "{'X': [[1]], 'y': [1, 1, 1]}")) {
            assertThat(refusal(json(text), InputOptions.NONE, rows).kind()).isEqualTo(InputException.Kind.BEYOND_LIMIT);
        }
    }

    @Test
    void optionsOverrideTheInstanceAndAreNoted() throws InputException {
        Path instance = json("{'X': [[1], [2]], 'y': [1, 2], 'alpha': 3, 'loops': 9, 'step': '1/2'}");
        InputReader.Reading reading = InputReader.readNoting(
                instance,
                InputOptions.NONE
                        .withLoops(4)
                        .withQuery(q("5"))
                        .withStep(StepSpec.parse("chebyshev"))
                        .withTheta(file("t.json", "[1]"))
                        .withLabelsFile(file("y.csv", "label\n7\n8/3\n"))
                        .withStart(file("s.txt", "0.5\n")),
                InputLimits.DEFAULT);
        assertThat(reading.overridden()).containsExactlyInAnyOrder("--loops", "--query", "--step", "--labels-file");
        Problem problem = reading.problem();
        assertThat(problem.loops()).isEqualTo(4);
        assertThat(problem.alpha()).isEqualTo(q("5"));
        assertThat(problem.step()).isEqualTo(new StepSpec.Chebyshev());
        assertThat(problem.y()).isEqualTo(vector("7", "8/3"));
        assertThat(problem.theta()).contains(vector("1"));
        assertThat(problem.start()).isEqualTo(vector("1/2"));
    }

    @Test
    void aStepForTheMeanLossIsDividedByTheNumberOfExamples() throws InputException {
        Path instance = json("{'X': [[1], [2], [3], [4]], 'y': [1, 2, 3, 4], 'step': '1/2'}");
        InputOptions mean = InputOptions.NONE.withLoss(InputOptions.Loss.MEAN);
        assertThat(read(instance, mean).step()).hasToString("1/8");
        assertThat(read(instance, mean.withStep(StepSpec.parse("4,-1,0"))).step())
                .hasToString("1,-1/4,0");
        assertThat(read(instance, mean.withStep(StepSpec.parse("auto"))).step()).hasToString("auto");
    }

    @Test
    void aConstantColumnGoesInFrontOfAnInstanceToo() throws InputException {
        Problem problem = read(json("{'X': [[5]], 'theta': [2, 3]}"), InputOptions.NONE.withConstant());
        assertThat(problem.x()).isEqualTo(matrix("1 5"));
        assertThat(problem.y()).isEqualTo(vector("17"));
        assertThat(problem.featureNames()).containsExactly("const", "x1");
    }

    @Test
    void columnOptionsNeedATable() {
        Path instance = json("{'X': [[5]], 'y': [2]}");
        assertThat(refusal(instance, InputOptions.NONE.withLabels("y"), InputLimits.DEFAULT)
                        .expected())
                .contains("--labels");
    }

    @Test
    void labelsOfATableMayComeFromAFile() throws InputException {
        InputOptions options = InputOptions.NONE.withLabelsFile(file("l.json", "['1/2', 3]".replace('\'', '"')));
        Problem problem = read(file("t.csv", "a,b\n1,2\n3,4\n"), options);
        assertThat(problem.x()).isEqualTo(matrix("1 2", "3 4"));
        assertThat(problem.y()).isEqualTo(vector("1/2", "3"));
        InputException ambiguous = refusal(file("u.csv", "a,y\n1,2\n3,4\n"), options, InputLimits.DEFAULT);
        assertThat(ambiguous.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("--features"));
        InputException shape = refusal(file("v.csv", "a,b\n1,2\n"), options, InputLimits.DEFAULT);
        assertThat(shape.file()).endsWith("l.json");
        assertThat(shape.expected()).contains("1 entries of y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1, [2]] | a number for entry 2",
                "{\"y\": 1} | a list of numbers",
                "[1] 2 | nothing after",
                "[] | at least one entry",
                "1,2 | one number a line",
                "NA | a finite number",
                "y | at least one number"
            })
    void refusesBadVectors(String text, String expected) {
        InputException refusal = refusal(
                json("{'X': [[5]]}"), InputOptions.NONE.withLabelsFile(file("v.txt", text)), InputLimits.DEFAULT);
        assertThat(refusal.expected()).contains(expected);
        assertThat(refusal.file()).endsWith("v.txt");
    }

    @Test
    void problemsCheckTheirShapes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> problem(vector("1", "2"), "1", 3, new StepSpec.Auto()))
                .withMessageContaining("1 labels");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> problem(vector("1"), "0", 3, new StepSpec.Auto()))
                .withMessageContaining("alpha");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> problem(vector("1"), "1", -1, new StepSpec.Auto()))
                .withMessageContaining("loops");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> problem(vector("1"), "1", 3, StepSpec.parse("1,2")))
                .withMessageContaining("schedule of 3 steps");
    }

    private static Problem problem(
            org.loopcert.matrix.Vector<ch.obermuhlner.math.big.BigRational> y,
            String alpha,
            long loops,
            StepSpec step) {
        return new Problem(
                matrix("1 2"), y, Optional.empty(), q(alpha), vector("0", "0"), loops, step, List.of("a", "b"), "y");
    }

    @Test
    void optionsCheckThemselves() {
        assertThatIllegalArgumentException().isThrownBy(() -> InputOptions.NONE.withLoops(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> InputOptions.NONE.withQuery(q("0/3")));
        assertThatIllegalArgumentException().isThrownBy(() -> InputOptions.NONE.withFeatures(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InputOptions.NONE.withLabels("y").withLabelsFile(folder));
    }

    @Test
    void aRepeatedFieldIsNamed() {
        assertThat(refusal(json("{'X': [[1]], 'y': [1], 'y': [1]}"))).hasMessageContaining("once, found 'y' twice");
    }
}
