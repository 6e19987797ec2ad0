package org.loopcert.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.exact.GroundTruthInstances;
import org.loopcert.exact.IntegerLinearAlgebra;
import org.loopcert.input.ArrayBytes;

class GramTest {
    @TempDir
    Path folder;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static Fraction entry(JsonNode part, JsonNode numerator) {
        return Fraction.of(
                new BigInteger(numerator.asText()),
                new BigInteger(part.get("denominator").asText()));
    }

    /** G row by row and then b, as fractions. */
    private static List<String> entries(JsonNode json) {
        Stream.Builder<String> all = Stream.builder();
        for (JsonNode row : json.get("gram").get("numerators")) {
            row.forEach(each -> all.add(entry(json.get("gram"), each).toString()));
        }
        json.get("moment")
                .get("numerators")
                .forEach(each -> all.add(entry(json.get("moment"), each).toString()));
        return all.build().toList();
    }

    static List<GroundTruthInstances.Instance> groundTruth() throws IOException {
        return GroundTruthInstances.csv();
    }

    @ParameterizedTest
    @MethodSource("groundTruth")
    void groundTruthIsAddedUpExactly(GroundTruthInstances.Instance instance) {
        JsonNode truth = instance.truth();
        Path data = Path.of(
                System.getProperty("loopcert.data", ""), truth.get("file").asText());
        String features = String.join(",", texts(truth.get("x")));
        boolean constant = !header(data).contains("const") && features.startsWith("const");
        assumeTrue(!constant, "a column of ones is not in the file");
        Cli run = Cli.run(
                "gram", data, "--features", features, "--labels", truth.get("y").asText(), "--json");
        assertThat(run.err()).isEmpty();
        Gram gram = instance.gram();
        JsonNode json = run.json();
        assertThat(json.get("examples").asInt()).isEqualTo(truth.get("n").asInt());
        assertThat(json.get("rank").asInt())
                .isEqualTo(truth.get("rank").asInt())
                .isEqualTo(IntegerLinearAlgebra.rank(gram.gi()));
        Fraction trace = Fraction.ZERO;
        for (int i = 0; i < gram.features(); i++) {
            trace = trace.add(entry(
                    json.get("gram"), json.get("gram").get("numerators").get(i).get(i)));
            for (int j = 0; j < gram.features(); j++) {
                assertThat(entry(
                                json.get("gram"),
                                json.get("gram").get("numerators").get(i).get(j)))
                        .isEqualTo(gram.matrix().get(i, j));
            }
            assertThat(entry(
                            json.get("moment"),
                            json.get("moment").get("numerators").get(i)))
                    .isEqualTo(gram.moment().get(i));
        }
        assertThat(trace)
                .isEqualTo(GroundTruthInstances.fraction(truth.get("trace_H").asText()));
    }

    private static List<String> texts(JsonNode list) {
        return Stream.iterate(0, i -> i < list.size(), i -> i + 1)
                .map(i -> list.get(i).asText())
                .toList();
    }

    private static String header(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst().orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theSummaryNamesTheFileByItsHash() throws Exception {
        Path table = write("t.csv", "a,y,b\n1,0.5,-2\n.25,1e-3,3.\n");
        Cli run = Cli.run("gram", table);
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(table)));
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("examples     2", "features     2", "rank         2", hash, "seed 1");
        assertThat(entries(Cli.run("gram", table, "--json").json()))
                .containsExactly("17/16", "-5/4", "-5/4", "13/1", "2001/4000", "-997/1000");
        JsonNode other = Cli.run("gram", table, "--json", "--seed", 5).json();
        assertThat(other.get("modularCheck").get("seed").asInt()).isEqualTo(5);
        assertThat(other.get("modularCheck").get("primes"))
                .isNotEqualTo(Cli.run("gram", table, "--json")
                        .json()
                        .get("modularCheck")
                        .get("primes"));
    }

    @Test
    void outputIsTheSameJson() throws IOException {
        Path table = write("t.tsv", "\ufeffa\ty\n1\t2\n3\t1e400\n-0.000000000000000000001\t123456789012345678901\n");
        Path file = folder.resolve("gram.json");
        Cli run = Cli.run("gram", table, "-o", file, "-q");
        assertThat(run.out() + run.err()).isEmpty();
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json).isEqualTo(Cli.run("gram", table, "--json").json());
        Fraction moment = Fraction.of(2, 1)
                .add(Fraction.of(BigInteger.TEN.pow(400).multiply(BigInteger.valueOf(3))))
                .subtract(Fraction.of(new BigInteger("123456789012345678901"), BigInteger.TEN.pow(21)));
        assertThat(entries(json).get(1)).isEqualTo(moment.toString());
        assertThat(Cli.run("gram", table, "-o", table).code()).isEqualTo(2);
    }

    @Test
    void arraysTakeLabelsFromAColumnOrAFile() throws IOException {
        double[] values = {0.5, -1, 3, 1e300, 1e-300, 2, Double.MIN_VALUE, 0, 7};
        Path whole = write("z.npy", ArrayBytes.npy("<f8", false, "(3, 3)", ArrayBytes.doubles(values)));
        Path x = write(
                "x.npy",
                ArrayBytes.npy(
                        ">f8",
                        false,
                        "(3, 2)",
                        ArrayBytes.doubles(ByteOrder.BIG_ENDIAN, 0.5, -1, 1e300, 1e-300, Double.MIN_VALUE, 0)));
        Path y = write(
                "y.npy",
                ArrayBytes.npy(
                        "<f4",
                        false,
                        "(3,)",
                        ByteBuffer.allocate(12)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .putFloat(3)
                                .putFloat(2)
                                .putFloat(7)
                                .array()));
        Path table = write(
                "z.csv",
                "a,b,y\n0.5,-1,3\n" + new BigDecimal(1e300).toPlainString() + ","
                        + new BigDecimal(1e-300).toPlainString() + ",2\n"
                        + new BigDecimal(Double.MIN_VALUE).toPlainString() + ",0,7\n");
        List<String> expected = entries(Cli.run("gram", table, "--json").json());
        assertThat(entries(Cli.run("gram", whole, "--labels", "last", "--json").json()))
                .isEqualTo(expected);
        assertThat(entries(Cli.run("gram", x, "--labels-file", y, "--json").json()))
                .isEqualTo(expected);
        JsonNode first = Cli.run("gram", whole, "--labels", 0, "--json").json();
        assertThat(entry(
                        first.get("gram"),
                        first.get("gram").get("numerators").get(1).get(1)))
                .isEqualTo(Fraction.of(62, 1)); // 3^2 + 2^2 + 7^2
    }

    @Test
    void longIntegersOfArraysStayExact() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(32)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(Long.MIN_VALUE)
                .putLong(-1)
                .putLong((1L << 53) + 1)
                .putLong(3);
        Path signed = write("s.npy", ArrayBytes.npy("<i8", false, "(2, 2)", bytes.array()));
        Path unsigned = write("u.npy", ArrayBytes.npy("<u8", false, "(2, 2)", bytes.array()));
        BigInteger two = BigInteger.TWO;
        BigInteger odd = two.pow(53).add(BigInteger.ONE);
        assertThat(entries(Cli.run("gram", signed, "--labels", "last", "--json").json()))
                .containsExactly(
                        two.pow(126).add(odd.pow(2)) + "/1",
                        two.pow(63).add(odd.multiply(BigInteger.valueOf(3))) + "/1");
        assertThat(entries(
                        Cli.run("gram", unsigned, "--labels", "last", "--json").json()))
                .containsExactly(
                        two.pow(126).add(odd.pow(2)) + "/1",
                        two.pow(63)
                                        .multiply(two.pow(64).subtract(BigInteger.ONE))
                                        .add(odd.multiply(BigInteger.valueOf(3)))
                                + "/1");
        Path half = write("h.npy", ArrayBytes.npy("<f8", false, "(2,)", ArrayBytes.doubles(0.5, 0.25)));
        assertThat(entries(Cli.run("gram", signed, "--labels-file", half, "--json")
                                .json())
                        .get(4))
                .isEqualTo(Fraction.of(odd, BigInteger.valueOf(4))
                        .subtract(Fraction.of(two.pow(62)))
                        .toString());
    }

    @Test
    void manyRowsComeInBlocks() throws IOException {
        StringBuilder text = new StringBuilder("x,y\n");
        int n = 10_000;
        double[] values = new double[2 * n];
        for (int i = 0; i < n; i++) {
            text.append(i)
                    .append(',')
                    .append(i % 7)
                    .append(i % 5 == 0 ? ".50" : ".")
                    .append('\n');
            values[2 * i] = i;
            values[2 * i + 1] = i % 7 + (i % 5 == 0 ? 0.5 : 0);
        }
        Path array = write("z.npy", ArrayBytes.npy("<f8", false, "(10000, 2)", ArrayBytes.doubles(values)));
        JsonNode json =
                Cli.run("gram", write("z.csv", text.toString()), "--json").json();
        assertThat(json.get("gram").get("numerators").get(0).get(0).asText()).isEqualTo("333283335000");
        assertThat(entries(json))
                .isEqualTo(
                        entries(Cli.run("gram", array, "--labels", 1, "--json").json()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,y;1,2;3 | :3: expected 2 fields as in the header, found 1 field",
                "a,y;1,2;3,x | :3: expected a number",
                "a,y;1,nan | :2: expected a finite number",
                "a,y;1/3,2 | :2: expected a decimal in column 'a', found the fraction '1/3'",
                "a,y | :1: expected at least one example",
                "1,2;3,4 | :1: expected a header line",
                "a,y;1,2;\"3,4 | expected a well-formed record"
            })
    void tablesAreRefusedWithTheirPlace(String lines, String message) throws IOException {
        Path table = write("bad.csv", lines.replace(';', '\n') + "\n");
        Cli run = Cli.run("gram", table, "--json");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(table.toString(), message);
        assertThat(run.json().get("verdict").asText()).isEqualTo("malformed");
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        Path table = write("bad.csv", "a,y\n1,\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        Cli run = Cli.run("gram", table);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("expected UTF-8 text");
    }

    @Test
    void arraysAreRefusedWithTheirPlace() throws IOException {
        byte[] values = ArrayBytes.doubles(1, 2, 3, Double.NaN);
        Path bad = write("bad.npy", ArrayBytes.npy("<f8", false, "(2, 2)", values));
        assertThat(Cli.run("gram", bad, "--labels", "last").err())
                .contains("bad.npy: byte 152: expected a finite number, found NaN in row 2, column 2");
        assertThat(Cli.run("gram", bad).err()).contains("expected --labels-file, or --labels last");
        assertThat(Cli.run("gram", bad, "--labels", 2).err()).contains("a column from 0 to 1, found column 2");
        Path fortran = write("fortran.npy", ArrayBytes.npy("<f8", true, "(2, 2)", values));
        assertThat(Cli.run("gram", fortran, "--labels", "last").err()).contains("Fortran order");
        Path vector = write("y.npy", ArrayBytes.npy("<f8", false, "(3,)", ArrayBytes.doubles(1, 2, 3)));
        assertThat(Cli.run("gram", bad, "--labels-file", vector).err()).contains("expected a vector of 2 labels");
        assertThat(Cli.run("gram", folder.resolve("none.npy"), "--labels", "last")
                        .err())
                .contains("no such file");
        assertThat(Cli.run("gram", write("a.json", "{}")).err()).contains("expected a table, .csv or .tsv");
        assertThat(Cli.run("gram", folder).code()).isEqualTo(2);
    }

    @Test
    void limitsAreNamed() throws IOException {
        Path table = write("t.csv", "a,b,y\n1,2,3\n4,5,6\n7,8,1e99\n");
        for (String limit : List.of("max-rows 2", "max-columns 2", "max-digits 9", "max-memory 1M")) {
            String[] option = limit.split(" ");
            Cli run = Cli.run("gram", table, "--json", "--" + option[0], option[1]);
            assertThat(run.code()).as(run.err()).isEqualTo(3);
            assertThat(run.err()).contains("limit " + option[0]);
            assertThat(run.json().get("limit").get("name").asText()).isEqualTo(option[0]);
        }
    }
}
