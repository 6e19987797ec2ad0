package org.loopcert.certificate;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.Json;
import org.loopcert.kernel.Kernel;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Verdict;
import org.loopcert.kernel.value.Enclosure;
import org.loopcert.kernel.value.Matrix;
import org.loopcert.kernel.value.Values;

/**
 * A certificate of kind {@code counterexample}: the text of a derivation, the line of it that is refuted, and the values.
 * Reading accepts exactly the bytes that {@link #write} makes.
 *
 * @param part the lemma or claim that the line belongs to
 * @param step the number of the line within it, 0 for its statement
 * @param line the line as it stands in the derivation
 * @param values exact values of names
 * @param derivation the text of the derivation
 */
public record CounterexampleText(String part, int step, String line, Values values, String derivation) {
    public static final String KIND = "counterexample";

    private static final byte[] BEGINNING = ("{\n \"format\": \"" + Kernel.FORMAT + "\",\n \"kind\": \"" + KIND
                    + "\",\n")
            .getBytes(StandardCharsets.US_ASCII);

    /** The text is outside the grammar, or beyond a limit. */
    @SuppressWarnings("serial")
    public static final class Unreadable extends Exception {
        private final transient Verdict verdict;

        Unreadable(Verdict verdict) {
            super(verdict.word(), null, false, false);
            this.verdict = verdict;
        }

        /** Malformed or undecided. */
        public Verdict verdict() {
            return verdict;
        }
    }

    /** Whether a file says that it is a counterexample; any other is the kernel's. */
    public static boolean isOne(byte[] file) {
        return file.length >= BEGINNING.length
                && Arrays.equals(file, 0, BEGINNING.length, BEGINNING, 0, BEGINNING.length);
    }

    /** Reads the one spelling of a counterexample. */
    public static CounterexampleText read(byte[] file, Limits limits) throws Unreadable {
        Json root;
        try {
            root = Json.read(file, limits);
        } catch (Exception refused) {
            // the kernel says where and why, as of any certificate
            throw new Unreadable(Kernel.check(file, limits));
        }
        return new Reader(file, limits).read(root);
    }

    /** The certificate. */
    public byte[] write() {
        List<Json> lines = new ArrayList<>();
        for (String each : derivation.split("\n", -1)) {
            lines.add(Texts.array(List.of(Texts.string(escaped(each)))));
        }
        return Json.print(Texts.object(
                Texts.field("format", Texts.string(Kernel.FORMAT)),
                Texts.field("kind", Texts.string(KIND)),
                Texts.field(
                        "line",
                        Texts.object(
                                Texts.field("part", Texts.string(escaped(part))),
                                Texts.field("step", Texts.count(step)),
                                Texts.field("text", Texts.string(escaped(line))))),
                Texts.field(
                        "integers",
                        named(values.integers(), each -> List.of(Texts.field("value", Texts.integer(each))))),
                Texts.field("matrices", named(values.matrices(), each -> List.of(Texts.field("rows", rows(each))))),
                Texts.field(
                        "sequences",
                        named(
                                values.sequences(),
                                each -> List.of(
                                        Texts.field("first", Texts.integer(each.first())),
                                        Texts.field(
                                                "values",
                                                Texts.array(
                                                        each.values().stream()
                                                                .map(CounterexampleText::rows)
                                                                .toList()))))),
                Texts.field("derivation", Texts.array(lines))));
    }

    private static <V> Json.Arr named(Map<String, V> values, Function<V, List<Texts.Field>> fields) {
        List<Json> items = new ArrayList<>();
        NavigableMap<String, V> sorted = sorted();
        sorted.putAll(values);
        sorted.forEach((name, value) -> {
            List<Texts.Field> all = new ArrayList<>(List.of(Texts.field("name", Texts.string(escaped(name)))));
            all.addAll(fields.apply(value));
            items.add(Texts.object(all));
        });
        return Texts.array(items);
    }

    /** By their spelling in the file. */
    private static <V> NavigableMap<String, V> sorted() {
        return new TreeMap<>(Comparator.comparing(CounterexampleText::escaped));
    }

    private static Json.Arr rows(Matrix matrix) {
        List<Json> rows = new ArrayList<>();
        for (List<Enclosure> row : matrix.entries()) {
            rows.add(Texts.array(
                    row.stream().map(each -> Texts.string(each.toString())).toList()));
        }
        return Texts.array(rows);
    }

    /** Printable ASCII but for {@code " \ %} stands for itself; any other character is {@code %{code point in hexadecimal}}. */
    static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(each -> {
            if (isPlain(each)) {
                out.appendCodePoint(each);
            } else {
                out.append("%{").append(Integer.toHexString(each)).append('}');
            }
        });
        return out.toString();
    }

    private static boolean isPlain(int character) {
        return character >= ' ' && character <= '~' && character != '"' && character != '\\' && character != '%';
    }

    /** Reads fields in their order, and says where something else stands. */
    private static final class Reader {
        private final byte[] file;
        private final Limits limits;

        Reader(byte[] file, Limits limits) {
            this.file = file;
            this.limits = limits;
        }

        private CounterexampleText read(Json root) throws Unreadable {
            List<Json> fields =
                    fields(root, "format", "kind", "line", "integers", "matrices", "sequences", "derivation");
            require(string(fields.get(0)).equals(Kernel.FORMAT), fields.get(0), "format " + Kernel.FORMAT);
            require(string(fields.get(1)).equals(KIND), fields.get(1), "kind " + KIND);
            List<Json> line = fields(fields.get(2), "part", "step", "text");
            boolean step = line.get(1) instanceof Json.Int number
                    && number.value() >= 0
                    && number.value() <= Integer.MAX_VALUE;
            require(step, line.get(1), "the number of a line");
            NavigableMap<String, BigInteger> integers = sorted();
            for (Json each : items(fields.get(3))) {
                List<Json> parts = fields(each, "name", "value");
                put(integers, parts.get(0), integer(parts.get(1)));
            }
            NavigableMap<String, Matrix> matrices = sorted();
            for (Json each : items(fields.get(4))) {
                List<Json> parts = fields(each, "name", "rows");
                put(matrices, parts.get(0), matrix(parts.get(1)));
            }
            NavigableMap<String, Values.Sequence> sequences = sorted();
            for (Json each : items(fields.get(5))) {
                List<Json> parts = fields(each, "name", "first", "values");
                List<Matrix> values = new ArrayList<>();
                for (Json value : items(parts.get(2))) {
                    values.add(matrix(value));
                }
                require(!values.isEmpty(), parts.get(2), "at least one value");
                put(sequences, parts.get(0), new Values.Sequence(integer(parts.get(1)), values));
            }
            List<String> lines = new ArrayList<>();
            for (Json each : items(fields.get(6))) {
                List<Json> only = items(each);
                require(only.size() == 1, each, "an array of one line");
                String text = unescaped(only.get(0));
                require(text.indexOf('\n') < 0, only.get(0), "one line");
                lines.add(text);
            }
            require(!lines.isEmpty(), fields.get(6), "at least one line");
            return new CounterexampleText(
                    unescaped(line.get(0)),
                    (int) ((Json.Int) line.get(1)).value(),
                    unescaped(line.get(2)),
                    new Values(integers, matrices, sequences),
                    String.join("\n", lines));
        }

        private <V> void put(NavigableMap<String, V> values, Json name, V value) throws Unreadable {
            String text = unescaped(name);
            boolean ascending = values.isEmpty() || values.comparator().compare(values.lastKey(), text) < 0;
            require(ascending, name, "names in ascending order, each once");
            values.put(text, value);
        }

        private List<Json> fields(Json value, String... names) throws Unreadable {
            require(value instanceof Json.Obj, value, "an object of the fields " + String.join(", ", names));
            Json.Obj object = (Json.Obj) value;
            require(object.names().equals(List.of(names)), value, "the fields " + String.join(", ", names));
            return object.values();
        }

        private List<Json> items(Json value) throws Unreadable {
            require(value instanceof Json.Arr, value, "an array");
            return ((Json.Arr) value).items();
        }

        private String string(Json value) throws Unreadable {
            require(value instanceof Json.Str, value, "a string");
            return ((Json.Str) value).text();
        }

        private BigInteger integer(Json value) throws Unreadable {
            Fraction number = fraction(value);
            require(number.denominator().equals(BigInteger.ONE), value, "an integer");
            return number.numerator();
        }

        private Matrix matrix(Json value) throws Unreadable {
            List<List<Fraction>> rows = new ArrayList<>();
            for (Json row : items(value)) {
                List<Fraction> entries = new ArrayList<>();
                for (Json each : items(row)) {
                    entries.add(fraction(each));
                }
                boolean fits =
                        !entries.isEmpty() && (rows.isEmpty() || rows.get(0).size() == entries.size());
                require(fits, row, "rows of one length that is not zero");
                rows.add(entries);
            }
            require(!rows.isEmpty(), value, "at least one row");
            return Matrix.of(rows);
        }

        private Fraction fraction(Json value) throws Unreadable {
            String text = string(value);
            String[] parts = text.split("/", -1);
            require(parts.length <= 2, value, "an integer or a fraction p/q");
            for (String each : parts) {
                String digits = each.startsWith("-") ? each.substring(1) : each;
                boolean integer = !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
                require(integer, value, "an integer or a fraction p/q");
                if (digits.length() > limits.digits()) {
                    String needed = "limit max-digits " + limits.digits() + ", needed " + digits.length() + " digits";
                    throw new Unreadable(new Verdict.Undecided(Verdict.Reason.LIMIT, 0, KIND, needed));
                }
            }
            BigInteger q = parts.length == 2 ? new BigInteger(parts[1]) : BigInteger.ONE;
            require(q.signum() > 0, value, "a fraction with a positive denominator");
            Fraction fraction = Fraction.of(new BigInteger(parts[0]), q);
            require(fraction.toString().equals(text), value, "lowest terms, " + fraction);
            return fraction;
        }

        private String unescaped(Json value) throws Unreadable {
            String text = string(value);
            StringBuilder out = new StringBuilder();
            int at = 0;
            while (at < text.length()) {
                int end = text.startsWith("%{", at) ? text.indexOf('}', at) : -1;
                if (end < 0) {
                    out.append(text.charAt(at));
                    at++;
                    continue;
                }
                String code = text.substring(at + 2, end);
                boolean hexadecimal = !code.isEmpty()
                        && code.length() <= 6
                        && code.chars().allMatch(c -> Character.digit(c, 16) >= 0);
                require(hexadecimal, value, "a code point in hexadecimal");
                int point = Integer.parseInt(code, 16);
                require(Character.isValidCodePoint(point), value, "a code point in hexadecimal");
                out.appendCodePoint(point);
                at = end + 1;
            }
            require(escaped(out.toString()).equals(text), value, "what needs no %{...} as it is, and all else with it");
            return out.toString();
        }

        private void require(boolean condition, Json at, String expected) throws Unreadable {
            if (condition) {
                return;
            }
            int row = 1;
            int column = 1;
            for (int i = 0; i < at.at(); i++) {
                column = file[i] == '\n' ? 1 : column + 1;
                row = file[i] == '\n' ? row + 1 : row;
            }
            String found = at instanceof Json.Str text
                    ? Json.brief(text.text())
                    : at instanceof Json.Int number
                            ? Long.toString(number.value())
                            : at instanceof Json.Obj object
                                    ? "an object of " + String.join(", ", object.names())
                                    : "an array of " + ((Json.Arr) at).items().size();
            throw new Unreadable(new Verdict.Malformed(row, column, at.at(), expected, found));
        }
    }
}
