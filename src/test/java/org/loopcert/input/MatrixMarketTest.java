package org.loopcert.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.loopcert.input.TestFiles.matrix;
import static org.loopcert.input.TestFiles.refusal;
import static org.loopcert.input.TestFiles.vector;

import ch.obermuhlner.math.big.BigRational;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.loopcert.matrix.Matrix;

class MatrixMarketTest {
    private static final String HEADER = "%%MatrixMarket matrix ";

    @TempDir
    private Path folder;

    private Path file(String text) {
        return TestFiles.write(folder, "a.mtx", text.replace(';', '\n'));
    }

    private Matrix<BigRational> read(String text) throws InputException {
        return Matrix.of(
                MatrixMarketReader.read(SourceText.read(file(text), InputLimits.DEFAULT), InputLimits.DEFAULT));
    }

    @Test
    void everyKindIsWrittenOut() throws InputException {
        assertThat(read(HEADER + "array real general;% a comment;;2 2;1;0.1;-2e-1;4;"))
                .isEqualTo(matrix("1 -1/5", "1/10 4"));
        assertThat(read("%%MatrixMarket MATRIX Array Integer Symmetric\r;2 2\r;1\r;2\r;3"))
                .isEqualTo(matrix("1 2", "2 3"));
        assertThat(read(HEADER + "array real skew-symmetric;3 3;1;2;3"))
                .isEqualTo(matrix("0 -1 -2", "1 0 -3", "2 3 0"));
        assertThat(read(HEADER + "coordinate real general;2 3 2;2 3 .5; 1\t1  -7 ;"))
                .isEqualTo(matrix("-7 0 0", "0 0 1/2"));
        assertThat(read(HEADER + "coordinate pattern symmetric;2 2 2;2 1;1 1;")).isEqualTo(matrix("1 1", "1 0"));
        assertThat(read(HEADER + "coordinate integer skew-symmetric;2 2 1;2 1 4;"))
                .isEqualTo(matrix("0 -4", "4 0"));
        assertThat(read(HEADER + "coordinate real general;1 1 0;")).isEqualTo(matrix("0"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | five words | 1",
                "%%MatrixMarket matrix array real;1 1;1 | five words | 1",
                "% MatrixMarket matrix array real general;1 1;1 | five words | 1",
                "%%MatrixMarket vector array real general;1 1;1 | the word matrix | 1",
                "%%MatrixMarket matrix dense real general;1 1;1 | array or coordinate | 1",
                "%%MatrixMarket matrix array complex general;1 1;1 0 | real, integer or pattern | 1",
                "%%MatrixMarket matrix array real hermitian;1 1;1 | general, symmetric | 1",
                "%%MatrixMarket matrix array pattern general;1 1;1 | a pattern of coordinates | 1",
                "%%MatrixMarket matrix array real general | the sizes | 1",
                "%%MatrixMarket matrix array real general;2;1;1 | the sizes | 2",
                "%%MatrixMarket matrix array real general;0 1 | at least one | 2",
                "%%MatrixMarket matrix array real general;-1 1;1 | a whole number | 2",
                "%%MatrixMarket matrix array real general;1e1 1;1 | a whole number | 2",
                "%%MatrixMarket matrix array real symmetric;2 1;1;1 | as many rows as columns | 2",
                "%%MatrixMarket matrix array real general;2 2;1;2;3 | room for | 2",
                "%%MatrixMarket matrix array real general;2 1;1.00 | entry 2 of 2 | 3",
                "%%MatrixMarket matrix array real general;1 1;1;2 | the end of the file | 4",
                "%%MatrixMarket matrix array real general;1 2;1 2 | one number | 3",
                "%%MatrixMarket matrix array real general;1 1;1D+0 | a number such as | 3",
                "%%MatrixMarket matrix array real general;1 1;nan | a finite number | 3",
                "%%MatrixMarket matrix array real general;1 1;-inf | a finite number | 3",
                "%%MatrixMarket matrix array integer general;1 1;1.0 | an integer | 3",
                "%%MatrixMarket matrix coordinate real general;1 1;1 1 1 | the sizes | 2",
                "%%MatrixMarket matrix coordinate real general;1 1 2;1 1 1;1 1 1 | at most 1 entries | 2",
                "%%MatrixMarket matrix coordinate real general;2 1 2;1 1 1;1 1 1 | each entry once | 4",
                "%%MatrixMarket matrix coordinate real general;1 1 1;0 1 1 | a row from 1 to 1 | 3",
                "%%MatrixMarket matrix coordinate real general;1 1 1;1 2 1 | a column from 1 to 1 | 3",
                "%%MatrixMarket matrix coordinate real general;1 1 1;1 18446744073709551617 1 | a column from 1 | 3",
                "%%MatrixMarket matrix coordinate real general;1 1 1;1 1 | 3 numbers | 3",
                "%%MatrixMarket matrix coordinate real symmetric;2 2 1;1 2 1 | below its diagonal | 3",
                "%%MatrixMarket matrix coordinate real skew-symmetric;2 2 1;1 1 1 | below its diagonal | 3",
                "%%MatrixMarket matrix coordinate real general;1 1 99999;1 1 1 | at most 1 entries | 2",
            })
    void otherFilesAreRefusedAtTheirLine(String text, String expected, long line) {
        InputException refusal = catchThrowableOfType(InputException.class, () -> read(text));
        assertThat(refusal).as(text).isNotNull();
        assertThat(refusal.expected() + refusal.found())
                .as(refusal.getMessage())
                .contains(expected);
        assertThat(refusal.line()).as(refusal.getMessage()).hasValue(line);
        assertThat(refusal.kind()).isEqualTo(InputException.Kind.UNREADABLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "coordinate real general;1000000 10000 1;1 1 1 | numbers that fit",
                "coordinate real general;10000000000000 1 1;1 1 1 | at most 1000000 rows",
                "coordinate real general;1 100000 1;1 1 1 | at most 10000 columns",
                "array real general;1 1;1e99999999999 | a decimal exponent",
            })
    void sizesBeyondTheLimitsTakeNoMemory(String text, String expected) {
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        assertThat(refusal(file(HEADER + text))).isNotNull();
        long before = threads.getCurrentThreadAllocatedBytes();
        InputException refusal = refusal(file(HEADER + text));
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
        assertThat(refusal.expected()).contains(expected);
        assertThat(refusal.kind()).isEqualTo(InputException.Kind.BEYOND_LIMIT);
    }

    @Test
    void labelsAreAColumnOrComeFromTheta() throws InputException {
        Path x = TestFiles.write(folder, "x.mtx", HEADER + "array real general\n2 1\n1\n2\n");
        Path y = file(HEADER + "coordinate real general;2 1 1;2 1 3;");
        Problem problem = TestFiles.read(x, InputOptions.NONE.withLabelsFile(y));
        assertThat(problem.x()).isEqualTo(matrix("1", "2"));
        assertThat(problem.y()).isEqualTo(vector("0", "3"));
        assertThat(refusal(x).expected()).isEqualTo("labels y, or theta");
        Path theta = TestFiles.write(folder, "t.json", "[7]");
        assertThat(TestFiles.read(x, InputOptions.NONE.withTheta(theta)).y()).isEqualTo(vector("7", "14"));
        Path wide = TestFiles.write(folder, "w.mtx", HEADER + "array real general\n1 2\n1\n2\n");
        assertThat(refusal(x, InputOptions.NONE.withLabelsFile(wide), InputLimits.DEFAULT)
                        .expected())
                .contains("one column");
        assertThat(refusal(x, InputOptions.NONE.withLabels("y"), InputLimits.DEFAULT)
                        .expected())
                .contains("--labels");
        assertThat(refusal(x, InputOptions.NONE.withArray("y"), InputLimits.DEFAULT)
                        .expected())
                .contains("--array");
    }
}
