package org.loopcert.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the reader stops, what it expected there and what it found; and what is just inside the grammar. */
class GrammarTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Json read(String text) throws Refusal {
        return Json.read(bytes(text), Limits.DEFAULT);
    }

    private static void assertStops(String text, int offset, String expected, String found) {
        assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.kind).isEqualTo(Refusal.Kind.MALFORMED);
            assertThat(List.of(refusal.expected, refusal.found)).containsExactly(expected, found);
            assertThat(refusal.offset).isEqualTo(offset);
        });
    }

    private static void assertReads(String text) throws Refusal {
        assertThat(Json.print(read(text))).isEqualTo(bytes(text));
    }

    private static final String VALUE = "a value (integers have at most 18 digits)";
    private static final String PRINTABLE = "printable ASCII without backslash";

    @Test
    void bytesThatAreNotCanonical() throws Refusal {
        assertReads("[1, \"a\"]\n");
        assertStops("[1, \"a\"]", 8, "byte 0x0a", "end of file");
        assertStops("[1, \"a\"]\n\n", 9, "end of file", "byte 0x0a");
        assertStops("[1, \"a\"] \n", 8, "byte 0x0a", "byte 0x20");
        assertStops("[1, \"a\"]\n!", 9, "end of file", "'!'");
        assertStops("[1, \"a\"]\n~", 9, "end of file", "'~'");
        assertStops("[1, \"a\"]\n\u007f", 9, "end of file", "byte 0x7f");
        for (char space : new char[] {' ', '\n', '\r', '\t'}) {
            assertStops(space + "[]\n", 0, "'['", String.format("byte 0x%02x", (int) space));
        }
        assertStops("\f[]\n", 0, VALUE, "byte 0x0c");
        assertStops("[ ]\n", 1, "']'", "byte 0x20");
        assertStops("[1 ,\"a\"]\n", 2, "','", "byte 0x20");
        assertStops("{ \"a\": 1\n}\n", 1, "byte 0x0a", "byte 0x20");
        assertStops("{\n \"a\" : 1\n}\n", 6, "':'", "byte 0x20");
        assertStops("{\n \"a\": 1,\"b\": 1\n}\n", 10, "byte 0x0a", "'\"'");
    }

    @Test
    void structure() throws Refusal {
        assertReads("{\n \"a\": [],\n \"b\": [\n  []\n ]\n}\n");
        assertStops("", 0, VALUE, "end of file");
        assertStops("[", 1, VALUE, "end of file");
        assertStops("[1", 2, "',' or ']'", "end of file");
        assertStops("[1}", 2, "',' or ']'", "'}'");
        assertStops("[1;", 2, "',' or ']'", "';'");
        assertStops("{", 1, "a field name", "end of file");
        assertStops("{}", 1, "a field name", "'}'");
        assertStops("{]", 1, "a field name", "']'");
        assertStops("{1", 1, "a field name", "'1'");
        assertStops("{\"a\"", 4, "':'", "end of file");
        assertStops("{\"a\";1}", 4, "':'", "';'");
        assertStops("{\"a\":1]", 6, "',' or '}'", "']'");
        assertStops("{\"a\":1,2", 7, "a field name", "'2'");
        assertStops("{\"a\":1,\"a\":2}", 7, "each field once", "a second 'a'");
        assertStops("]", 0, VALUE, "']'");
        assertStops("1 2", 2, "end of file", "'2'");
    }

    @Test
    void strings() throws Refusal {
        assertReads("\" !~\"\n");
        assertStops("\"", 1, PRINTABLE, "end of file");
        assertStops("\"a\u001f\"", 2, PRINTABLE, "byte 0x1f");
        assertStops("\"a\u007f\"", 2, PRINTABLE, "byte 0x7f");
        assertStops("\"a\u00e9\"", 2, PRINTABLE, "byte 0xe9");
        assertStops("\"a\\n\"", 2, PRINTABLE, "'\\'");
    }

    @Test
    void integers() throws Refusal {
        assertReads("999999999999999999\n");
        assertReads("-999999999999999999\n");
        assertReads("0\n");
        assertStops("1000000000000000000\n", 0, VALUE, "byte 0x0a");
        assertStops("-1000000000000000000\n", 0, VALUE, "byte 0x0a");
        assertStops("-", 0, VALUE, "'-'");
        assertStops("-x", 0, VALUE, "'-'");
        assertStops("/", 0, VALUE, "'/'");
        assertStops(":", 0, VALUE, "':'");
        assertStops("1:", 1, "end of file", "':'");
        assertStops("1/", 1, "end of file", "'/'");
        assertStops("01", 0, "'1'", "'0'");
        assertStops("-0\n", 0, "'0'", "'-'");
    }

    private static String fields(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> " \"" + i + "\": 0")
                .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
    }

    @Test
    void atMost32Fields() throws Refusal {
        assertReads(fields(32));
        assertStops(fields(33), fields(32).length(), "at most 32 fields", "'32'");
    }

    private static Limits limits(int bytes, int depth, int values, int dimension) {
        return new Limits(bytes, depth, values, 5, dimension, 100_000, 100_000, 100_000);
    }

    private static void assertLimit(String text, Limits limits, String expected) {
        assertThatThrownBy(() -> Json.read(bytes(text), limits)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.kind).isEqualTo(Refusal.Kind.UNDECIDED);
            assertThat(refusal.expected).isEqualTo(expected);
        });
    }

    @Test
    void limitsAreReachedAndNotPassed() throws Refusal {
        String text = "[1, 2, \"3\"]\n";
        int length = text.length();
        assertThat(Json.print(Json.read(bytes(text), limits(length, 1, 4, 1)))).isEqualTo(bytes(text));
        assertLimit(text, limits(length - 1, 1, 4, 1), "limit max-bytes 11, needed 12 bytes");
        assertLimit(text, limits(length, 1, 3, 1), "limit max-values 3, needed the file");
        assertLimit("[]\n", limits(length, 0, 4, 1), "limit max-depth 0, needed 1 levels");
        String deep = "[\n [\n  [1]\n ]\n]\n";
        assertThat(Json.print(Json.read(bytes(deep), limits(99, 3, 4, 1)))).isEqualTo(bytes(deep));
        assertLimit(deep, limits(99, 2, 4, 1), "limit max-depth 2, needed 3 levels");
        assertLimit(deep, limits(99, 3, 3, 1), "limit max-values 3, needed the file");
        assertLimit("[]\n", limits(99, 3, 0, 1), "limit max-values 0, needed the file");
    }

    @Test
    void offsetsOfValues() throws Refusal {
        Json.Obj object = (Json.Obj) read("{\n \"a\": 1,\n \"b\": [\"2\"]\n}\n");
        Json.Arr array = (Json.Arr) object.values().get(1);
        assertThat(List.of(
                        object.at(),
                        object.values().get(0).at(),
                        array.at(),
                        array.items().get(0).at()))
                .containsExactly(0, 8, 17, 18);
    }

    @Test
    void printsWhatIsBuiltInMemory() {
        assertThat(Json.print(new Json.Obj(0, List.of(), List.of()))).isEqualTo(bytes("{}\n"));
        assertThat(Json.print(new Json.Arr(0, List.of(new Json.Int(0, -5), new Json.Str(0, "x")))))
                .isEqualTo(bytes("[-5, \"x\"]\n"));
        Json.Arr nested = new Json.Arr(0, List.of(new Json.Arr(0, List.of()), new Json.Int(0, 1)));
        assertThat(Json.print(nested)).isEqualTo(bytes("[\n [],\n 1\n]\n"));
    }

    @Test
    void longTextsAreCutInMessages() {
        assertThat(Json.brief("a".repeat(60))).isEqualTo("'" + "a".repeat(60) + "'");
        assertThat(Json.brief("a".repeat(61))).isEqualTo("'" + "a".repeat(57) + "...'");
    }

    private static void assertMalformed(Verdict verdict, int offset, String expected, String found) {
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Malformed.class, malformed -> {
            assertThat(List.of(malformed.expected(), malformed.found())).containsExactly(expected, found);
            assertThat(malformed.offset()).isEqualTo(offset);
        });
    }

    /** Each object of a certificate, by a text that ends it, with one more field. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "minimal  | '  \"bytes\": 1301' | '  '",
                "minimal  | '   \"eta\": \"1/9\"' | '   '",
                "minimal  | '   [\"1\", \"2\"]\n  ]' | '  '",
                "minimal  | '  {\n   \"line\": 1,\n   \"rule\": \"symbolic-attention\",\n   \"premises\": []' | '   '",
                "minimal  | '\n  }\n ]' | ' '",
                "values   | '     \"distance\": \"1/128\"' | '     '",
                "plane    | '    \"method\": \"elimination\"' | '    '",
            })
    void objectsEndAfterTheirLastField(String twin, String end, String indent) throws IOException {
        String text = Files.readString(Path.of("certificates/accept/twins/" + twin + ".json"));
        String last = end.replace("\\n", "\n");
        assertThat(text).contains(last);
        String extra = last + ",\n" + indent + "\"extra\": 7";
        String changed = text.replace(last, extra);
        assertMalformed(
                Kernel.check(bytes(changed), Limits.DEFAULT),
                changed.indexOf("\"extra\": 7") + 9,
                "end of the object",
                "field 'extra'");
    }

    private static String first(String text, String old, String changed) {
        int at = text.indexOf(old);
        return text.substring(0, at) + changed + text.substring(at + old.length());
    }

    private static Verdict minimal(String old, String changed) throws IOException {
        String text = Files.readString(Path.of("certificates/accept/twins/minimal.json"));
        assertThat(text).contains(old);
        return Kernel.check(bytes(first(text, old, changed)), Limits.DEFAULT);
    }

    @Test
    void fieldsOfAnotherKind() throws IOException {
        assertMalformed(minimal("\"alpha\": \"1\"", "\"alpha\": \"/2\""), 157, "an integer or a fraction p/q", "''");
        assertMalformed(minimal("\"alpha\": \"1\"", "\"alpha\": []"), 157, "a string", "an array");
        assertMalformed(minimal("\"alpha\": \"1\"", "\"alpha\": 1"), 157, "a string", "a plain integer");
        assertMalformed(minimal("\"loops\": 3", "\"loops\": \"3\""), 93, "an integer from 0 to 1000000000000", "'3'");
        assertMalformed(minimal("\"loops\": 3", "\"loops\": []"), 93, "an integer from 0 to 1000000000000", "an array");
        assertMalformed(minimal("\"start\": [\"0\", \"0\"]", "\"start\": \"0\""), 243, "an array", "'0'");
        assertMalformed(minimal("\"format\": \"loopcert/1\"", "\"format\": 1"), 13, "a string", "a plain integer");
        assertMalformed(Kernel.check(bytes("[]\n"), Limits.DEFAULT), 0, "an object", "an array");
        assertMalformed(Kernel.check(bytes("\"x\"\n"), Limits.DEFAULT), 0, "an object", "'x'");
        assertMalformed(
                Kernel.check(bytes("{\n \"format\": {\n  \"a\": 1\n }\n}\n"), Limits.DEFAULT),
                13,
                "a string",
                "an object");
    }

    private static Instance instance(Limits limits, String start, String theta, String y, String x) throws Refusal {
        String task = theta.isEmpty() ? "" : " \"theta\": " + theta + ",\n";
        String text = "{\n \"alpha\": \"1\",\n \"loops\": 2,\n \"step\": {\n  \"kind\": \"lambda-max\"\n },\n"
                + " \"start\": " + start + ",\n" + task + " \"y\": " + y + ",\n \"X\": " + x + "\n}\n";
        Limits.Meter meter = new Limits.Meter(limits);
        return Instance.read(Json.read(bytes(text), limits), meter);
    }

    private static final String ROWS = "[\n  [\"1\", \"2\"],\n  [\"3\", \"4\"],\n  [\"5\", \"6\"]\n ]";

    @Test
    void shapesOfInstances() throws Refusal {
        String zeros = "[\"0\", \"0\"]";
        String y = "[\"1\", \"2\", \"3\"]";
        for (String theta : List.of("", zeros)) {
            Instance instance = instance(Limits.DEFAULT, zeros, theta, y, ROWS);
            assertThat(List.of(instance.n(), instance.d())).containsExactly(3, 2);
        }
        for (String[] wrong : new String[][] {
            {"[]", "", "[\"1\"]", "[\n  []\n ]"},
            {"[]", "", "[]", "[]"},
            {zeros, "", "[]", "[]"},
            {"[\"0\"]", "", y, ROWS},
            {"[\"0\", \"0\", \"0\"]", "", y, ROWS},
            {zeros, "[\"0\"]", y, ROWS},
            {zeros, "[\"0\", \"0\", \"0\"]", y, ROWS},
            {zeros, "[]", y, ROWS},
            {zeros, "", "[\"1\", \"2\"]", ROWS},
            {zeros, "", "[\"1\", \"2\", \"3\", \"4\"]", ROWS},
            {zeros, "", y, ROWS.replace("[\"3\", \"4\"]", "[\"3\"]")},
            {zeros, "", y, ROWS.replace("[\"3\", \"4\"]", "[\"3\", \"4\", \"5\"]")},
            {zeros, "", y, ROWS.replace("[\"5\", \"6\"]", "[]")},
        }) {
            assertThatThrownBy(() -> instance(Limits.DEFAULT, wrong[0], wrong[1], wrong[2], wrong[3]))
                    .isInstanceOfSatisfying(Refusal.class, refusal -> {
                        assertThat(refusal.kind).isEqualTo(Refusal.Kind.MALFORMED);
                        assertThat(refusal.expected)
                                .isEqualTo("X of n rows of d numbers, y of n, start and theta of d");
                    });
        }
        assertThat(instance(limits(999, 9, 99, 2), zeros, "", y, ROWS).d()).isEqualTo(2);
        assertThatThrownBy(() -> instance(limits(999, 9, 99, 1), zeros, "", y, ROWS))
                .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.expected)
                        .isEqualTo("limit max-dimension 1, needed d = 2"));
    }

    private static Instance named(List<String> names, String... values) {
        Json.Obj text = new Json.Obj(
                0,
                names,
                List.of(values).stream()
                        .<Json>map(value -> new Json.Str(0, value))
                        .toList());
        List<Fraction> one = List.of(Fraction.ONE);
        return new Instance(
                text, Fraction.ONE, 1, new Instance.Step.InverseLambdaMax(), one, Optional.empty(), one, List.of(one));
    }

    /** Only theta can be in one of two instances alone, so that it is what differs where the names do. */
    @Test
    void differencesOfInstances() {
        Instance ab = named(List.of("a", "b"), "1", "2");
        assertThat(ab.difference(named(List.of("a", "b"), "1", "2"))).isEmpty();
        assertThat(ab.difference(named(List.of("a", "b"), "3", "2"))).contains("another a");
        assertThat(ab.difference(named(List.of("a", "b"), "1", "3"))).contains("another b");
        Instance task = named(List.of("a", "theta", "b"), "1", "5", "2");
        assertThat(ab.difference(task)).contains("another theta");
        assertThat(task.difference(ab)).contains("another theta");
        assertThat(task.difference(named(List.of("a", "theta", "b"), "1", "6", "2")))
                .contains("another theta");
    }

    private static final String HASH = "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @ValueSource(ints = {63, 64, 65})
    void hashesHave64Digits(int length) throws IOException {
        String hash = (HASH + "0").substring(0, length);
        Verdict verdict = bound(" \"instance\": {\n  \"sha256\": \"" + hash + "\"\n }");
        assertThat(verdict.word()).isEqualTo(length == 64 ? "undecided" : "malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"g", "A", " ", "/", ":", "`"})
    void hashesAreInLowerCase(String digit) throws IOException {
        String hash = HASH.substring(1) + digit;
        int at = minimalText().indexOf(" \"instance\"") + 13;
        assertMalformed(
                bound(" \"instance\": {\n  \"sha256\": \"" + hash + "\"\n }"),
                at,
                "a SHA-256 in lower case",
                "'" + hash.substring(0, 57) + "...'");
    }

    @Test
    void aHashStandsAlone() throws IOException {
        assertThat(bound(" \"instance\": {\n  \"sha256\": \"" + HASH + "\",\n  \"a\": 1\n }"))
                .isInstanceOf(Verdict.Malformed.class);
    }

    private static String minimalText() throws IOException {
        return Files.readString(Path.of("certificates/accept/twins/minimal.json"));
    }

    private static Verdict bound(String instance) throws IOException {
        String text = minimalText();
        String changed = text.substring(0, text.indexOf(" \"instance\""))
                + instance
                + text.substring(text.indexOf(",\n \"lines\""));
        return Kernel.check(bytes(changed), Limits.DEFAULT);
    }

    @Test
    void measuredFieldsAreAllowedLastAndSayNothing() throws IOException {
        String text = minimalText();
        String longer = text.substring(0, text.length() - 3) + ",\n \"measured\": []\n}\n";
        String sealed = longer.replace("\"bytes\": 1301", "\"bytes\": " + longer.length());
        assertThat(Kernel.check(bytes(sealed), Limits.DEFAULT)).isInstanceOf(Verdict.Accepted.class);
        assertThat(Kernel.check(bytes(longer), Limits.DEFAULT)).isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    void theCallersInstanceWithinTheLimits() throws IOException {
        byte[] certificate = bytes(minimalText());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kernel.check(certificate, bytes("[]\n"), Limits.DEFAULT))
                .withMessage("not a canonical instance: an object");
        // the certificate has fewer than 200 values
        byte[] large = bytes("[" + String.join(", ", Collections.nCopies(200, "1")) + "]\n");
        assertThat(Kernel.check(certificate, large, limits(10_000, 16, 200, 2)))
                .isInstanceOfSatisfying(Verdict.Undecided.class, verdict -> assertThat(verdict.missing())
                        .isEqualTo("limit max-values 200, needed the file"));
    }

    @Test
    void fingerprints() {
        // sha256sum of "{}" and a line feed
        assertThat(Kernel.fingerprint(new Json.Obj(0, List.of(), List.of())))
                .isEqualTo("ca3d163bab055381827226140568f3bef7eaac187cebd76878e0b63e9e442356");
        assertThat(Kernel.ruleNames())
                .contains("symbolic-attention", "rounded-iterates")
                .hasSize(30);
    }

    @Test
    void words() throws IOException {
        assertThat(Kernel.check(bytes(minimalText()), Limits.DEFAULT).word()).isEqualTo("accepted");
        assertThat(new Verdict.Rejected(Verdict.Reason.GRID, 1, "", "", "").word())
                .isEqualTo("rejected");
        assertThat(new Verdict.Undecided(Verdict.Reason.LIMIT, 1, "", "").word())
                .isEqualTo("undecided");
        assertThat(Kernel.check(bytes("x"), Limits.DEFAULT).word()).isEqualTo("malformed");
        assertThat(Verdict.Reason.NOT_UNIT.code()).isEqualTo("not-unit");
    }

    @Test
    void iteratesAreInIncreasingOrder() throws IOException {
        String text = Files.readString(Path.of("certificates/accept/twins/values.json"));
        assertThat(text).contains("\"t\": 0,").contains("\"t\": 1,");
        int second = text.lastIndexOf("\"t\": 1,");
        String same = text.substring(0, second) + "\"t\": 0," + text.substring(second + 7);
        assertMalformed(
                Kernel.check(bytes(same), Limits.DEFAULT), second + 5, "an integer from 1 to 1000000000000", "0");
    }

    @Test
    void integersAndFractionsInWitnesses() throws Refusal {
        Json.Obj object = (Json.Obj) read("{\n \"v\": [\"2\", \"-3\"],\n \"w\": [\"1/2\"]\n}\n");
        Fields fields = Fields.of(object, Given.meter());
        assertThat(fields.has("w")).isFalse();
        assertThat(fields.integers("v")).containsExactly(BigInteger.TWO, BigInteger.valueOf(-3));
        assertThatThrownBy(() -> fields.integers("w"))
                .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(List.of(refusal.expected, refusal.found))
                        .containsExactly("an integer", "1/2"));
        assertThat(fields.has("x")).isFalse();
    }
}
