package org.loopcert.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.loopcert.input.TestFiles.matrix;
import static org.loopcert.input.TestFiles.read;
import static org.loopcert.input.TestFiles.refusal;
import static org.loopcert.input.TestFiles.vector;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableReaderTest {
    @TempDir
    Path folder;

    private Path csv(String text) {
        return TestFiles.write(folder, "t.csv", text);
    }

    private Path csv(byte[] bytes) {
        return TestFiles.write(folder, "t.csv", bytes);
    }

    @Test
    void readsExactNumbersWithDefaultSelection() throws InputException {
        Problem problem = read(csv("a,y,b\n1,0.1,2/3\n-2.50,1e-3,.5\n"));
        assertThat(problem.x()).isEqualTo(matrix("1 2/3", "-5/2 1/2"));
        assertThat(problem.y()).isEqualTo(vector("1/10", "1/1000"));
        assertThat(problem.featureNames()).containsExactly("a", "b");
        assertThat(problem.labelName()).isEqualTo("y");
        assertThat(problem.loops()).isEqualTo(200);
        assertThat(problem.step()).isEqualTo(new StepSpec.Auto());
        assertThat(problem.start()).isEqualTo(vector("0", "0"));
        assertThat(problem.alpha()).isEqualTo(TestFiles.q("1"));
        assertThat(problem.theta()).isEmpty();
    }

    @Test
    void takesTheLastColumnForLabelsWhereNoneIsNamedY() throws InputException {
        Problem problem = read(csv("a,b,price\n1,2,3\n"));
        assertThat(problem.labelName()).isEqualTo("price");
        assertThat(problem.y()).isEqualTo(vector("3"));
    }

    @Test
    void selectsColumnsByNameInTheOrderGiven() throws InputException {
        Path file = csv("name,a,b,c\nx,1,2,3\nz,4,5,6\n");
        Problem problem = read(
                file,
                InputOptions.NONE
                        .withLabels("a")
                        .withFeatures(List.of("c", "b"))
                        .withConstant());
        assertThat(problem.x()).isEqualTo(matrix("1 3 2", "1 6 5"));
        assertThat(problem.featureNames()).containsExactly("const", "c", "b");
        assertThat(problem.y()).isEqualTo(vector("1", "4"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,y\r\n1,2\r\n3,4\r\n",
                "\ufeffa,y\n1,2\n3,4\n",
                "\ufeff\"a\",\"y\"\r\n\"1\",\"2\"\r\n\"3\",\"4\"",
                "a,y\n1,2\n3,4",
                "a, y\n 1 ,2\n3,\t4\n\n\n",
                "a,y\r1,2\r3,4\r"
            })
    void readsTheUsualVariants(String text) throws InputException {
        Problem problem = read(csv(text));
        assertThat(problem.featureNames()).containsExactly("a");
        assertThat(problem.x()).isEqualTo(matrix("1", "3"));
        assertThat(problem.y()).isEqualTo(vector("2", "4"));
    }

    @Test
    void readsQuotedNamesWithSeparatorsAndLineFeeds() throws InputException {
        Problem problem = read(csv("\"a, \"\"b\"\"\nc\",y\n1,2\n"));
        assertThat(problem.featureNames()).containsExactly("a, \"b\"\nc");
    }

    @Test
    void readsTabs() throws InputException {
        Path file = TestFiles.write(folder, "T.TSV", "a\ty\n1\t2\n");
        assertThat(read(file).x()).isEqualTo(matrix("1"));
    }

    @Test
    void namesLineColumnAndOptionOfAnEntryThatIsNoNumber() {
        InputException refusal = refusal(csv("d,x,y\n1958-03-01,1,2\n"));
        assertThat(refusal.line()).hasValue(2);
        assertThat(refusal.expected()).contains("number").contains("'d'");
        assertThat(refusal.found()).isEqualTo("'1958-03-01'");
        assertThat(refusal.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("--features"));
        InputException label = refusal(csv("x,species\n1,2\n3,setosa\n"));
        assertThat(label.line()).hasValue(3);
        assertThat(label.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("--labels"));
        InputException missing = refusal(csv("x,y\n1,2\n,4\n"));
        assertThat(missing.found()).isEqualTo("an empty entry");
        assertThat(missing.line()).hasValue(3);
    }

    @Test
    void refusesRaggedRows() {
        InputException fewer = refusal(csv("a,b,y\n1,2,3\n1,2\n"));
        assertThat(fewer.line()).hasValue(3);
        assertThat(fewer.expected()).contains("3 fields");
        assertThat(fewer.found()).isEqualTo("2 fields");
        assertThat(refusal(csv("a,y\n1,2,3\n")).found()).isEqualTo("3 fields");
        InputException gap = refusal(csv("a,y\n1,2\n\n3,4\n"));
        assertThat(gap.found()).isEqualTo("an empty line");
        assertThat(gap.line()).hasValue(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a,a,y\n1,2,3\n' | distinct column names",
                "',a,y\nr,2,3\n' | a name for column 1",
                "'a,\n1,2\n' | a name for the last column",
                "'' | a header line",
                "'a,y\n' | at least one example",
                "'1,2\n3,4\n' | a header line with column names",
                "'a b c\n1 2 3\n' | separated by commas",
                "'a,y\n\"1,2\n' | a well-formed record",
                "'a,y\n\"1\"x,2\n' | a well-formed record"
            })
    void refusesBadTables(String text, String expected) {
        InputException refusal = refusal(csv(text));
        assertThat(refusal.expected()).contains(expected);
        assertThat(refusal.kind()).isEqualTo(InputException.Kind.UNREADABLE);
    }

    @Test
    void anUnnamedColumnMayBeLeftOut() throws InputException {
        Path file = csv("\"\",\"a\",\"y\"\n\"Mazda RX4\",21,6\n");
        assertThat(read(file, InputOptions.NONE.withFeatures(List.of("a"))).x()).isEqualTo(matrix("21"));
    }

    @Test
    void refusesSelectionsThatDoNotFit() {
        Path file = csv("const,a,y\n1,2,3\n");
        assertThat(refusal(file, InputOptions.NONE.withLabels("z"), InputLimits.DEFAULT)
                        .found())
                .contains("const, a, y");
        assertThat(refusal(file, InputOptions.NONE.withFeatures(List.of("a", "q")), InputLimits.DEFAULT))
                .hasMessageContaining("--features");
        assertThat(refusal(file, InputOptions.NONE.withFeatures(List.of("a", "a")), InputLimits.DEFAULT))
                .hasMessageContaining("twice");
        assertThat(refusal(file, InputOptions.NONE.withFeatures(List.of("a", "y")), InputLimits.DEFAULT))
                .hasMessageContaining("--labels");
        assertThat(refusal(file, InputOptions.NONE.withConstant(), InputLimits.DEFAULT))
                .hasMessageContaining("--const");
    }

    @Test
    void namesTheByteThatIsNotUtf8() {
        InputException latin = refusal(csv(new byte[] {'a', ',', 'y', '\n', '1', (byte) 0xe9, ',', '2'}));
        assertThat(latin.byteOffset()).hasValue(5);
        assertThat(latin.found()).contains("0xe9");
        InputException utf16 = refusal(csv(new byte[] {(byte) 0xff, (byte) 0xfe, 'a', 0}));
        assertThat(utf16.byteOffset()).hasValue(0);
        InputException cut = refusal(csv(new byte[] {'a', ',', (byte) 0xc3}));
        assertThat(cut.byteOffset()).hasValue(2);
    }

    @Test
    void limitsAreNotDefects() {
        Path file = csv("a,b,y\n1,2,3\n4,5,6\n");
        for (InputLimits limits : List.of(
                InputLimits.DEFAULT.withMaxBytes(10),
                InputLimits.DEFAULT.withShape(1, 10),
                InputLimits.DEFAULT.withShape(10, 2),
                InputLimits.DEFAULT.withMaxValueBytes(500))) {
            assertThat(refusal(file, InputOptions.NONE, limits).kind()).isEqualTo(InputException.Kind.BEYOND_LIMIT);
        }
        InputException bomb = refusal(csv("a,y\n1,1e2000000000\n"));
        assertThat(bomb.kind()).isEqualTo(InputException.Kind.BEYOND_LIMIT);
        assertThat(bomb.line()).hasValue(2);
        // each text is short and allowed, their values together are not
        InputException many = refusal(
                csv("a,y\n" + "1e9999,1e-9999\n".repeat(100)),
                InputOptions.NONE,
                InputLimits.DEFAULT.withMaxValueBytes(100_000));
        assertThat(many.kind()).isEqualTo(InputException.Kind.BEYOND_LIMIT);
    }

    @Test
    void recordsBeyondTheParsersOwnLimitsAreRefusedToo() {
        assertThat(refusal(csv("a,y\n1" + ",2".repeat(20_000) + "\n")).line()).hasValue(2);
        InputException entry = refusal(csv("a,y\n" + "7".repeat(20_000_000) + ",2\n"));
        assertThat(entry.line()).hasValue(2);
        assertThat(entry.getMessage()).hasSizeLessThan(400);
    }

    @Test
    void messagesCannotBeForgedByTheInput() {
        InputException refusal = refusal(csv("a,y\n\"1\n\u202eevil: accepted\u001b[2J\",2\n"));
        assertThat(refusal.getMessage()).doesNotContain("\u001b").doesNotContain("\u202e");
        assertThat(refusal(csv("a,y\n" + "z".repeat(5000) + ",1\n")).getMessage())
                .hasSizeLessThan(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.npy.gz", "a.pt", "a.csv.gz", "a"})
    void refusesOtherFormatsByNamingTheSupportedOnes(String name) {
        InputException refusal = refusal(TestFiles.write(folder, name, "x"));
        assertThat(refusal.expected()).isEqualTo("a .json, .csv, .tsv, .npy, .npz, .safetensors or .mtx file");
        assertThat(refusal.kind()).isEqualTo(InputException.Kind.UNREADABLE);
    }

    @Test
    void refusesMissingFilesAndFolders() {
        assertThat(refusal(folder.resolve("none.csv")).found()).isEqualTo("no such file");
        Path inner = folder.resolve("folder.csv");
        assertThat(inner.toFile().mkdir()).isTrue();
        assertThat(refusal(inner).found()).isEqualTo("a folder");
    }
}
