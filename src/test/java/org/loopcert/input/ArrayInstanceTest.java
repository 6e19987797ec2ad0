package org.loopcert.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.loopcert.input.ArrayBytes.npy;
import static org.loopcert.input.TestFiles.matrix;
import static org.loopcert.input.TestFiles.read;
import static org.loopcert.input.TestFiles.refusal;
import static org.loopcert.input.TestFiles.vector;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrayInstanceTest {
    @TempDir
    private Path folder;

    private Path file(String name, String shape, double... values) {
        return TestFiles.write(folder, name, npy(shape, values));
    }

    @Test
    void promptsAreTakenOutOfAStack() throws InputException {
        // two prompts of two examples, one feature; the query row is last
        Path stack = file("z.npy", "(2, 3, 2)", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        InputReader.Reading reading =
                InputReader.readNoting(stack, InputOptions.NONE.withIndex(1), InputLimits.DEFAULT);
        assertThat(reading.problem().x()).isEqualTo(matrix("7", "9"));
        assertThat(reading.problem().y()).isEqualTo(vector("8", "10"));
        assertThat(reading.promptQuery()).contains(vector("11"));
        assertThat(reading.problem().featureNames()).containsExactly("x1");
        assertThat(reading.overridden()).isEmpty();
        assertThat(read(stack, InputOptions.NONE.withIndex(0)).x()).isEqualTo(matrix("1", "3"));
        InputException none = refusal(stack);
        assertThat(none.expected()).isEqualTo("--index from 0 to 1");
        assertThat(none.hint()).contains("--index chooses one of the 2 prompts");
        InputException beyond = refusal(stack, InputOptions.NONE.withIndex(2), InputLimits.DEFAULT);
        assertThat(beyond.found()).startsWith("2, for shape (2, 3, 2)");
    }

    @Test
    void theEntryBesideTheQueryIsNotRead() throws InputException {
        Path prompt = file("z.npy", "(1, 2, 2)", 1, 2, 3, Double.NaN);
        assertThat(read(prompt).y()).isEqualTo(vector("2"));
        InputException refusal = refusal(file("w.npy", "(1, 2, 2)", 1, 2, Double.NaN, 4));
        assertThat(refusal.found()).contains("entry [0, 1, 0]");
    }

    @Test
    void stacksOfPairsAreChosenTogether() throws InputException {
        Path xs = file("xs.npy", "(2, 2, 1)", 1, 2, 3, 4);
        Path ys = file("ys.npy", "(2, 2)", 5, 6, 7, 8);
        InputOptions options = InputOptions.NONE.withLabelsFile(ys).withIndex(1);
        assertThat(read(xs, options).x()).isEqualTo(matrix("3", "4"));
        assertThat(read(xs, options).y()).isEqualTo(vector("7", "8"));
        Path deep = file("deep.npy", "(2, 2, 1)", 5, 6, 7, 8);
        assertThat(read(xs, options.withLabelsFile(deep)).y()).isEqualTo(vector("7", "8"));
        Path alone = file("alone.npy", "(2,)", 5, 6);
        assertThat(read(xs, options.withLabelsFile(alone)).y()).isEqualTo(vector("5", "6"));
        Path other = file("other.npy", "(3, 2)", 5, 6, 7, 8, 9, 10);
        assertThat(refusal(xs, options.withLabelsFile(other), InputLimits.DEFAULT)
                        .expected())
                .startsWith("a vector");
        Path both = TestFiles.write(
                folder,
                "both.npz",
                ArrayBytes.zip(true, Map.of("xs.npy", npy("(1, 2, 1)", 1, 2), "ys.npy", npy("(1, 2)", 3, 4))));
        assertThat(read(both).y()).isEqualTo(vector("3", "4"));
        Path more = TestFiles.write(
                folder,
                "more.npz",
                ArrayBytes.zip(
                        false,
                        Map.of(
                                "xs.npy", npy("(1, 2, 1)", 1, 2),
                                "ys.npy", npy("(1, 2)", 3, 4),
                                "points.npy", npy("(1,)", 9))));
        assertThat(read(more)).isEqualTo(read(both));
    }

    @Test
    void aColumnOfAMatrixHoldsTheLabels() throws InputException {
        Path both = file("both.npy", "(2, 3)", 1, 2, 3, 4, 5, 6);
        for (String last : List.of("last", "2")) {
            assertThat(read(both, InputOptions.NONE.withLabels(last)).x()).isEqualTo(matrix("1 2", "4 5"));
            assertThat(read(both, InputOptions.NONE.withLabels(last)).y()).isEqualTo(vector("3", "6"));
        }
        assertThat(read(both, InputOptions.NONE.withLabels("0")).x()).isEqualTo(matrix("2 3", "5 6"));
        assertThat(read(both, InputOptions.NONE.withLabels("0")).y()).isEqualTo(vector("1", "4"));
        assertThat(refusal(both, InputOptions.NONE.withLabels("3"), InputLimits.DEFAULT)
                        .expected())
                .isEqualTo("--labels last, or a column from 0 to 2");
        Path one = file("one.npy", "(2, 1)", 1, 2);
        assertThat(refusal(one, InputOptions.NONE.withLabels("last"), InputLimits.DEFAULT)
                        .expected())
                .startsWith("a matrix of at least two columns");
        // an array of that name comes first
        Path named = TestFiles.write(
                folder,
                "named.npz",
                ArrayBytes.zip(false, Map.of("A.npy", npy("(2, 2)", 1, 2, 3, 4), "1.npy", npy("(2,)", 7, 8))));
        assertThat(read(named, InputOptions.NONE.withArray("A").withLabels("1")).y())
                .isEqualTo(vector("7", "8"));
        assertThat(read(named, InputOptions.NONE.withArray("A").withLabels("0")).y())
                .isEqualTo(vector("1", "3"));
        Path market =
                TestFiles.write(folder, "m.mtx", "%%MatrixMarket matrix array integer general\n2 2\n1\n2\n3\n4\n");
        assertThat(read(market, InputOptions.NONE.withLabels("last")).y()).isEqualTo(vector("3", "4"));
        assertThat(refusal(market, InputOptions.NONE.withLabels("y"), InputLimits.DEFAULT)
                        .hint())
                .hasValueSatisfying(hint -> assertThat(hint).contains("--labels last"));
    }

    @Test
    void vectorsComeFromArraysToo() throws InputException {
        Path x = file("x.npy", "(2, 2)", 1, 2, 3, 4);
        Path y = file("y.npy", "(2, 1)", 5, 6);
        Path theta = file("t.npy", "(2,)", 0.5, 0.25);
        Path start = TestFiles.write(
                folder,
                "s.safetensors",
                ArrayBytes.safetensors(
                        "{\"s\":{\"dtype\":\"I8\",\"shape\":[2],\"data_offsets\":[0,2]}}", new byte[] {1, -1}));
        Problem problem =
                read(x, InputOptions.NONE.withLabelsFile(y).withTheta(theta).withStart(start));
        assertThat(problem.y()).isEqualTo(vector("5", "6"));
        assertThat(problem.theta()).contains(vector("1/2", "1/4"));
        assertThat(problem.start()).isEqualTo(vector("1", "-1"));
        assertThat(read(x, InputOptions.NONE.withTheta(theta)).y()).isEqualTo(vector("1", "5/2"));
        assertThat(read(
                                x,
                                InputOptions.NONE
                                        .withTheta(file("c.npy", "(3,)", 1, 2, 3))
                                        .withConstant())
                        .y())
                .isEqualTo(vector("9", "19"));
        assertThat(refusal(x, InputOptions.NONE.withLabelsFile(x), InputLimits.DEFAULT)
                        .expected())
                .contains("a vector");
        Path several = TestFiles.write(
                folder, "v.npz", ArrayBytes.zip(true, Map.of("a.npy", npy("(1,)", 1), "b.npy", npy("(1,)", 3))));
        assertThat(refusal(x, InputOptions.NONE.withLabelsFile(several), InputLimits.DEFAULT)
                        .hint())
                .hasValueSatisfying(hint -> assertThat(hint).contains(".npy file of its own"));
    }

    @Test
    void thetaIsFoundByNameBesideXAndY() throws InputException {
        Map<String, byte[]> members =
                Map.of("X.npy", npy("(1, 1)", 2), "y.npy", npy("(1,)", 7), "theta.npy", npy("(1,)", 3));
        Path file = TestFiles.write(folder, "a.npz", ArrayBytes.zip(false, members));
        assertThat(read(file).theta()).contains(vector("3"));
        Path labels = file("l.npy", "(1,)", 9);
        InputReader.Reading reading =
                InputReader.readNoting(file, InputOptions.NONE.withLabelsFile(labels), InputLimits.DEFAULT);
        assertThat(reading.overridden()).containsExactly("--labels-file");
        assertThat(reading.problem().y()).isEqualTo(vector("9"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(2, 2) | labels y, or theta",
                "(4,) | X of shape (n, d)",
                "(2, 2, 1, 1) | X of shape (n, d)",
                "(4, 1, 1) | prompts of shape",
                "(1, 4, 1) | prompts of shape",
                "(1, 1, 4) | prompts of shape",
            })
    void otherShapesAreRefusedWithAHint(String shape, String expected) {
        InputException refusal = refusal(
                file("a.npy", shape, 1, 2, 3, 4),
                shape.startsWith("(4, ") ? InputOptions.NONE.withIndex(0) : InputOptions.NONE,
                InputLimits.DEFAULT);
        assertThat(refusal.expected()).contains(expected);
        assertThat(refusal.hint()).isPresent();
    }

    @Test
    void aVectorOfObjectsIsRefusedForItsObjects() {
        Path objects = TestFiles.write(folder, "o.npy", npy("|O", false, "(4,)", new byte[7]));
        assertThat(refusal(objects).found()).startsWith("an object array");
    }

    @Test
    void emptyAxesAreRefused() {
        Path labels = file("y.npy", "(1,)", 1);
        for (String shape : List.of("(0, 2)", "(2, 0)", "(0, 2, 2)", "(1, 0, 2)", "(1, 2, 0)")) {
            InputException refusal =
                    refusal(file("a.npy", shape), InputOptions.NONE.withLabelsFile(labels), InputLimits.DEFAULT);
            assertThat(refusal.kind()).as(shape).isEqualTo(InputException.Kind.UNREADABLE);
            assertThat(refusal.expected()).as(shape).startsWith("at least one");
        }
        // an empty axis makes any other length fit no bytes at all
        assertThat(refusal(
                                file("a.npy", "(0, 999999999999999999)"),
                                InputOptions.NONE.withLabelsFile(labels),
                                InputLimits.DEFAULT)
                        .expected())
                .startsWith("at least one");
    }

    @Test
    void optionsThatDoNotFitAreRefused() {
        Path x = file("x.npy", "(2, 2)", 1, 2, 3, 4);
        InputOptions labelled = InputOptions.NONE.withLabelsFile(file("y.npy", "(2,)", 5, 6));
        assertThat(refusal(x, labelled.withIndex(0), InputLimits.DEFAULT).expected())
                .contains("for --index");
        assertThat(refusal(x, labelled.withArray("X"), InputLimits.DEFAULT).expected())
                .contains("of --array");
        assertThat(refusal(x, labelled.withFeatures(List.of("a")), InputLimits.DEFAULT)
                        .expected())
                .contains("--features");
        assertThat(refusal(x, InputOptions.NONE.withLabels("a"), InputLimits.DEFAULT)
                        .hint())
                .hasValueSatisfying(
                        hint -> assertThat(hint).contains("--labels-file gives the labels", "--labels last"));
        Path table = TestFiles.write(folder, "t.csv", "a,y\n1,2\n");
        assertThat(refusal(table, InputOptions.NONE.withIndex(0), InputLimits.DEFAULT)
                        .expected())
                .contains("--index");
        assertThatIllegalArgumentException().isThrownBy(() -> InputOptions.NONE.withIndex(-1));
    }

    @Test
    void shapesBeyondTheLimitsAreUndecided() {
        Path x = file("x.npy", "(2, 2)", 1, 2, 3, 4);
        InputOptions labelled = InputOptions.NONE.withLabelsFile(file("y.npy", "(2,)", 5, 6));
        for (InputLimits limits : List.of(
                InputLimits.DEFAULT.withShape(1, 2),
                InputLimits.DEFAULT.withShape(2, 1),
                InputLimits.DEFAULT.withMaxValueBytes(4 * 160 - 1),
                InputLimits.DEFAULT.withMaxBytes(100))) {
            assertThat(refusal(x, labelled, limits).kind()).isEqualTo(InputException.Kind.BEYOND_LIMIT);
        }
    }
}
