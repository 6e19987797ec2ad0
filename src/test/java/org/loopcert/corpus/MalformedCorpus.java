package org.loopcert.corpus;

import static org.loopcert.corpus.CertificateText.numbers;
import static org.loopcert.corpus.CertificateText.rows;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.loopcert.certificate.Texts;
import org.loopcert.kernel.Json;
import org.loopcert.kernel.Kernel;
import org.loopcert.kernel.Verdict.Reason;

/** Files outside the grammar, and files inside it that are beyond a limit of the checker. */
final class MalformedCorpus {
    /** A file that is malformed or, where a reason is given, undecided at a line. */
    record Refused(byte[] file, Optional<Reason> undecided, int line) {}

    private final byte[] twin;
    private final String text;
    private final Map<String, Refused> files = new TreeMap<>();

    private MalformedCorpus(byte[] twin) {
        this.twin = twin;
        this.text = new String(twin, StandardCharsets.US_ASCII);
    }

    /** All files by name, made from the twin {@code minimal}. */
    static Map<String, Refused> all(byte[] twin) {
        MalformedCorpus corpus = new MalformedCorpus(twin);
        corpus.layout();
        corpus.bytes();
        corpus.spellings();
        corpus.fields();
        corpus.values();
        corpus.measured();
        corpus.limits();
        return corpus.files;
    }

    private void put(String name, byte[] file, Optional<Reason> undecided, int line) {
        if (Arrays.equals(file, twin) || files.put(name + ".json", new Refused(file, undecided, line)) != null) {
            throw new IllegalStateException("no change, or twice: " + name);
        }
    }

    /** Replaces the first place where the text occurs. */
    private void text(String name, String old, String changed) {
        int at = text.indexOf(old);
        if (at < 0) {
            throw new IllegalStateException("no place for " + name);
        }
        String file = text.substring(0, at) + changed + text.substring(at + old.length());
        put(name, file.getBytes(StandardCharsets.ISO_8859_1), Optional.empty(), 0);
    }

    private void malformed(String name, Edit edit) {
        put(name, edit.seal(), Optional.empty(), 0);
    }

    private void undecided(String name, int line, Edit edit) {
        put(name, edit.seal(), Optional.of(Reason.LIMIT), line);
    }

    private Edit edit() {
        return Edit.of(twin);
    }

    private void layout() {
        text("space-before-a-colon", "\"kind\":", "\"kind\" :");
        text("two-spaces-after-a-colon", "\"kind\": ", "\"kind\":  ");
        text("no-space-after-a-comma", "\"0\", \"0\"", "\"0\",\"0\"");
        text("indented-by-two", "\n \"kind\"", "\n  \"kind\"");
        text("indented-by-a-tab", "\n \"kind\"", "\n\t\"kind\"");
        text("line-feed-missing", ",\n \"kind\"", ", \"kind\"");
        text("blank-line", ",\n \"kind\"", ",\n\n \"kind\"");
        text("space-at-the-end-of-a-line", ",\n \"kind\"", ", \n \"kind\"");
        text("space-at-the-beginning", "{\n \"format\"", " {\n \"format\"");
        put("carriage-returns", text.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII), Optional.empty(), 0);
        put("on-one-line", text.replaceAll("\n *", "").getBytes(StandardCharsets.US_ASCII), Optional.empty(), 0);
        put("no-line-feed-at-the-end", Arrays.copyOf(twin, twin.length - 1), Optional.empty(), 0);
        put("two-line-feeds-at-the-end", (text + "\n").getBytes(StandardCharsets.US_ASCII), Optional.empty(), 0);
        put("two-values", (text + text).getBytes(StandardCharsets.US_ASCII), Optional.empty(), 0);
        put("zero-byte-at-the-end", Arrays.copyOf(twin, twin.length + 1), Optional.empty(), 0);
        put("truncated", Arrays.copyOf(twin, twin.length / 2), Optional.empty(), 0);
        put("last-bracket-missing", Arrays.copyOf(twin, twin.length - 2), Optional.empty(), 0);
        put("empty", new byte[0], Optional.empty(), 0);
        put("one-line-feed", new byte[] {'\n'}, Optional.empty(), 0);
        text("comment", "{\n", "{ /* instance */\n");
    }

    private void bytes() {
        byte[] mark = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
        byte[] marked = Arrays.copyOf(mark, mark.length + twin.length);
        System.arraycopy(twin, 0, marked, mark.length, twin.length);
        put("byte-order-mark", marked, Optional.empty(), 0);
        put("utf-16", text.getBytes(StandardCharsets.UTF_16LE), Optional.empty(), 0);
        text("byte-above-ascii", "\"kind\": \"certificate\"", "\"kind\": \"certificat\u00e9\"");
        text("control-byte-in-a-string", "\"constant\"", "\"con\u0001stant\"");
        text("line-feed-in-a-string", "\"constant\"", "\"con\nstant\"");
        text("escape", "\"constant\"", "\"con\\u0073tant\"");
        text("escaped-slash", "loopcert/1", "loopcert\\/1");
        text("single-quotes", "\"constant\"", "'constant'");
        text("string-not-closed", "\"constant\"", "\"constant");
    }

    private void spellings() {
        text("number-with-plus", "\"1/9\"", "\"+1/9\"");
        text("number-minus-zero", "\"start\": [\"0\"", "\"start\": [\"-0\"");
        text("number-leading-zero", "\"1/9\"", "\"01/9\"");
        text("number-leading-zero-below", "\"1/9\"", "\"1/09\"");
        text("number-not-reduced", "\"1/9\"", "\"2/18\"");
        text("number-over-one", "\"alpha\": \"1\"", "\"alpha\": \"1/1\"");
        text("number-zero-over-two", "\"start\": [\"0\"", "\"start\": [\"0/2\"");
        text("number-over-zero", "\"1/9\"", "\"1/0\"");
        text("number-over-negative", "\"1/9\"", "\"1/-9\"");
        text("number-two-slashes", "\"1/9\"", "\"1/9/1\"");
        text("number-decimal", "\"1/9\"", "\"0.1\"");
        text("number-exponent", "\"1/9\"", "\"1e-1\"");
        text("number-empty", "\"alpha\": \"1\"", "\"alpha\": \"\"");
        text("number-minus-alone", "\"alpha\": \"1\"", "\"alpha\": \"-\"");
        text("number-without-denominator", "\"1/9\"", "\"1/\"");
        text("number-with-space", "\"1/9\"", "\"1 /9\"");
        text("number-nan", "\"1/9\"", "\"NaN\"");
        text("number-hexadecimal", "\"1/9\"", "\"0x1\"");
        text("number-unquoted", "\"alpha\": \"1\"", "\"alpha\": 1");
        text("integer-fraction-in-a-vector", "\"vector\": [\"1\"", "\"vector\": [\"1/2\"");
        text("count-quoted", "\"loops\": 3", "\"loops\": \"3\"");
        text("count-leading-zero", "\"loops\": 3", "\"loops\": 03");
        text("count-plus", "\"loops\": 3", "\"loops\": +3");
        text("count-minus-zero", "\"line\": 1,", "\"line\": -0,");
        text("count-negative", "\"loops\": 3", "\"loops\": -3");
        text("count-decimal", "\"loops\": 3", "\"loops\": 3.0");
        text("count-exponent", "\"loops\": 3", "\"loops\": 3e0");
        text("count-of-nineteen-digits", "\"loops\": 3", "\"loops\": 1000000000000000000");
        text("count-beyond-two-to-the-64", "\"loops\": 3", "\"loops\": 18446744073709551619");
        text("literal-true", "\"loops\": 3", "\"loops\": true");
        text("literal-null", "\"alpha\": \"1\"", "\"alpha\": null");
    }

    private void fields() {
        text("field-twice", " \"kind\": \"certificate\",", " \"kind\": \"certificate\",\n \"kind\": \"certificate\",");
        text("field-unknown", "\"kind\": \"certificate\",", "\"kind\": \"certificate\",\n \"author\": \"x\",");
        text("field-missing", " \"kind\": \"certificate\",\n", "");
        text(
                "field-order",
                " \"format\": \"loopcert/1\",\n \"kind\": \"certificate\",",
                " \"kind\": \"certificate\",\n \"format\": \"loopcert/1\",");
        text("field-name-not-quoted", "\"kind\":", "kind:");
        text("field-name-in-capitals", "\"kind\":", "\"Kind\":");
        text("comma-missing", "\"certificate\",", "\"certificate\"");
        text("comma-at-the-end-of-an-array", "[\"0\", \"0\"]", "[\"0\", \"0\",]");
        malformed(
                "field-after-the-witness",
                edit().set(
                                "lines/small-steps",
                                Texts.object(
                                        Texts.field("line", Texts.count(8)),
                                        Texts.field("rule", Texts.string("small-steps")),
                                        Texts.field("premises", Texts.array(List.of(Texts.count(2)))),
                                        Texts.field("conclusion", Texts.string("0 < eta <= 1/L")))));
        text("cost-missing", text.substring(text.indexOf(" \"cost\""), text.indexOf(" \"instance\"")), "");
        malformed("field-after-the-lines", edit().field("", "conclusion", Texts.string("theta(T) converges")));
        malformed("field-after-the-cost", edit().field("cost", "rank", Texts.count(2)));
        malformed("field-after-the-examples", edit().field("instance", "name", Texts.string("x")));
        malformed("field-after-the-step", edit().field("instance/step", "loss", Texts.string("sum")));
        malformed(
                "field-after-the-hash",
                edit().set("instance", hash("ab".repeat(32))).field("instance", "file", Texts.string("x.csv")));
        malformed(
                "field-after-the-method",
                edit().field("lines/lambda-max-at-most/witness", "pivots", numbers("1", "2")));
        malformed(
                "field-after-an-iterate",
                edit().line("rounded-iterates", List.of(), Texts.field("iterates", Texts.array(List.of(iterate(0)))))
                        .field("lines/rounded-iterates/iterates/0", "format", Texts.string("binary64")));
        malformed("witness-missing", edit().remove("lines/lambda-max-at-most/witness"));
        malformed("weight-without-basis", edit().set("lines/smallest-positive-at-least/weight", numbers("1")));
    }

    private void values() {
        text("version-unknown", "loopcert/1", "loopcert/2");
        text("version-missing", "loopcert/1", "loopcert");
        malformed("kind-unknown", edit().set("kind", "proof"));
        malformed("rule-unknown", edit().set("lines/exponential/rule", "trust-me"));
        malformed("rule-in-capitals", edit().set("lines/exponential/rule", "Exponential"));
        malformed("line-number-skipped", edit().set("lines/exponential/line", 8));
        malformed("line-number-zero", edit().set("lines/0/line", 0));
        malformed("premise-zero", edit().set("lines/exponential/premises/0", 0));
        malformed("premise-not-an-array", edit().set("lines/exponential/premises", 6));
        malformed("method-unknown", edit().set("lines/lambda-max-at-most/witness/method", "none"));
        malformed("step-kind-unknown", edit().set("instance/step/kind", "automatic"));
        malformed(
                "step-kind-unknown-alone",
                edit().set("instance/step", Texts.object(Texts.field("kind", Texts.string("automatic")))));
        malformed("schedule-of-another-length", edit().set("instance/step", CertificateText.schedule("1/9", "1/9")));
        malformed("row-too-short", edit().set("instance/X/0", numbers("2")));
        malformed("label-missing", edit().remove("instance/y/0"));
        malformed("theta-too-long", edit().append("instance/theta", Texts.string("0")));
        malformed("start-empty", edit().set("instance/start", numbers()));
        malformed(
                "no-features",
                edit().remove("instance/theta")
                        .set("instance/start", numbers())
                        .set("instance/X", rows(numbers(), numbers())));
        malformed("no-examples", edit().set("instance/y", numbers()).set("instance/X", numbers()));
        malformed("loops-beyond-the-format", edit().set("instance/loops", 1_000_000_000_001L));
        malformed("instance-an-array", edit().set("instance", numbers()));
        malformed("hash-too-short", edit().set("instance", hash("00ff")));
        malformed("hash-in-capitals", edit().set("instance", hash("AB".repeat(32))));
        malformed(
                "grid-zero",
                edit().line(
                                "contraction-schedule",
                                List.of("smallest-positive-at-least", "lambda-max-at-most"),
                                Texts.field("grid", Texts.count(0))));
        malformed(
                "unmet-hypothesis-unknown",
                edit().line(
                                "unmet",
                                List.of(),
                                Texts.field("theorem", Texts.string("theorem-4.4")),
                                Texts.field("hypothesis", Texts.string("luck"))));
        malformed(
                "unmet-theorem-unknown",
                edit().line(
                                "unmet",
                                List.of(),
                                Texts.field("theorem", Texts.string("theorem-9.9")),
                                Texts.field("hypothesis", Texts.string("start"))));
        malformed(
                "iterates-out-of-order",
                edit().line(
                                "rounded-iterates",
                                List.of(),
                                Texts.field("iterates", Texts.array(List.of(iterate(1), iterate(0))))));
    }

    /** In the one part of a certificate that no rule reads, only the grammar itself can object. */
    private void measured() {
        malformed("measured-control-byte", measured(new Json.Str(0, "con\u0001stant")));
        malformed("measured-line-feed", measured(new Json.Str(0, "con\nstant")));
        malformed("measured-delete-byte", measured(new Json.Str(0, "con\u007fstant")));
        malformed("measured-backslash", measured(new Json.Str(0, "con\\stant")));
        Json one = Texts.count(1);
        malformed("measured-field-twice", measured(new Json.Obj(0, List.of("t", "t"), List.of(one, one))));
        List<String> names = IntStream.rangeClosed(1, 33).mapToObj(i -> "f" + i).toList();
        malformed("measured-thirty-three-fields", measured(new Json.Obj(0, names, Collections.nCopies(33, one))));
    }

    private Edit measured(Json value) {
        return edit().field("", "measured", value);
    }

    private static Json.Obj hash(String value) {
        return Texts.object(Texts.field("sha256", Texts.string(value)));
    }

    private static Json.Obj iterate(long t) {
        return Texts.object(
                Texts.field("t", Texts.count(t)),
                Texts.field("theta", numbers("0", "0")),
                Texts.field("distance", Texts.string("1")));
    }

    private void limits() {
        undecided("undecided-ten-thousand-and-one-digits", 0, edit().set("instance/y/0", "7".repeat(10_001)));
        put("undecided-nesting", "[".repeat(17).getBytes(StandardCharsets.US_ASCII), Optional.of(Reason.LIMIT), 0);
        put(
                "undecided-nesting-deep",
                "[".repeat(100_000).getBytes(StandardCharsets.US_ASCII),
                Optional.of(Reason.LIMIT),
                0);
        String[] zeros = Collections.nCopies(513, "0").toArray(String[]::new);
        undecided(
                "undecided-dimension",
                0,
                edit().remove("instance/theta")
                        .set("instance/start", numbers(zeros))
                        .set("instance/y", numbers("0"))
                        .set("instance/X", rows(numbers(zeros))));
        // 257 x 257 entries of [X y]'[X y], of 125 words each
        String[] most = Collections.nCopies(256, "0").toArray(String[]::new);
        String[] first = most.clone();
        first[0] = "1";
        undecided(
                "undecided-memory",
                0,
                edit().remove("instance/theta")
                        .set("instance/start", numbers(most))
                        .set("instance/y", numbers("1/" + BigInteger.TEN.pow(1_200)))
                        .set("instance/X", rows(numbers(first)))
                        .set("cost/n", 1)
                        .set("cost/d", 256)
                        .set("lines", numbers()));
        // denominators without a common factor, whose product has 300,000 bits
        String[] entries = IntStream.of(2, 3, 5, 7, 11, 13, 17, 19, 23)
                .mapToObj(prime -> "1/" + power(BigInteger.valueOf(prime), 33_000))
                .toArray(String[]::new);
        undecided(
                "undecided-common-denominator",
                0,
                edit().set(
                                "instance/X",
                                rows(
                                        numbers(entries[0], entries[1]),
                                        numbers(entries[2], entries[3]),
                                        numbers(entries[4], entries[5])))
                        .set("instance/y", numbers(entries[6], entries[7], entries[8]))
                        .set("cost/n", 3));
        undecided(
                "undecided-replay-of-a-billion-loops",
                edit().number("contraction-small-steps") + 1,
                edit().set("instance/loops", 1_000_000_000L)
                        .set("cost/loops", 1_000_000_000L)
                        .line("replay", List.of()));
        undecided(
                "undecided-grid-of-ten-million",
                10,
                edit().set("instance/step", CertificateText.schedule(nines(100)))
                        .set("instance/loops", 100)
                        .set("cost/loops", 100)
                        .line(
                                "contraction-schedule",
                                List.of("smallest-positive-at-least", "lambda-max-at-most"),
                                Texts.field("grid", Texts.count(10_000_000))));
        byte[] hash = edit().set("instance", hash(Kernel.fingerprint((Json.Obj) edit().get("instance"))))
                .seal();
        put("undecided-needs-input", hash, Optional.of(Reason.NEEDS_INPUT), 0);
    }

    /** The largest power of at most so many bits. */
    private static BigInteger power(BigInteger base, int bits) {
        BigInteger power = base.pow(bits / base.bitLength());
        while (power.multiply(base).bitLength() <= bits) {
            power = power.multiply(base);
        }
        return power;
    }

    private static String[] nines(int size) {
        return Collections.nCopies(size, "1/9").toArray(String[]::new);
    }
}
