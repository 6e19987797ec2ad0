package org.loopcert.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.loopcert.certificate.CounterexampleText;
import org.loopcert.derivation.DerivationReader;
import org.loopcert.derivation.DerivationSyntaxException;
import org.loopcert.derivation.Judgement;
import org.loopcert.derivation.ShippedDerivations;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.value.Matrix;
import org.loopcert.kernel.value.Values;

/**
 * Counterexamples to false lines of derivations, those that claims rest on, the former with one planted flaw each, and texts
 * outside the grammar.
 */
final class CounterexampleCorpus {
    /** A file, its expected verdict and reason, and the valid file that it was made from. */
    record Entry(byte[] file, String verdict, String reason, String twin) {}

    private static final String SQUARE = """
            derivation square "A square is at most its root, \u201cor so it says\u201d: 100 % wrong"

            # \u03b8 is any positive number \\ R
            scalar \u03b8, unused
            integer k
            assume positive: 0 < \u03b8
            claim \u03b8^2 <= \u03b8
            claim for all t >= 1 with t <= k: \u03b8^t <= \u03b8
            """;

    private static final String SINGULAR = """
            derivation singular "Not every Gram matrix has an inverse"

            dimension n, d
            matrix X in R^{n x d}
            claim X'X invertible
            """;

    private final Map<String, CounterexampleText> accepted = new LinkedHashMap<>();
    private final Map<String, Entry> files = new TreeMap<>();

    private CounterexampleCorpus() {}

    /** All files by path below the folder. */
    static Map<String, Entry> all() {
        CounterexampleCorpus corpus = new CounterexampleCorpus();
        corpus.accepted();
        corpus.accepted.forEach((name, text) ->
                corpus.files.put("accept/" + name + ".json", new Entry(text.write(), "accepted", "", "")));
        corpus.claims();
        corpus.rejected();
        corpus.malformed();
        return corpus.files;
    }

    /** Values as {@code n = 2}, {@code X = [1, 1/2; 0, 3]}, {@code s(0) = [1] [2]}. */
    private static Values values(String... rows) {
        Map<String, BigInteger> integers = new LinkedHashMap<>();
        Map<String, Matrix> matrices = new LinkedHashMap<>();
        Map<String, Values.Sequence> sequences = new LinkedHashMap<>();
        for (String row : rows) {
            String[] parts = row.split(" = ");
            if (!parts[1].startsWith("[")) {
                integers.put(parts[0], new BigInteger(parts[1]));
            } else if (parts[0].endsWith(")")) {
                String[] head = parts[0].substring(0, parts[0].length() - 1).split("\\(");
                List<Matrix> table = new ArrayList<>();
                for (String each : parts[1].split(" (?=\\[)")) {
                    table.add(matrix(each));
                }
                sequences.put(head[0], new Values.Sequence(new BigInteger(head[1]), table));
            } else {
                matrices.put(parts[0], matrix(parts[1]));
            }
        }
        return new Values(integers, matrices, sequences);
    }

    private static Matrix matrix(String text) {
        List<List<Fraction>> rows = new ArrayList<>();
        for (String row : text.substring(1, text.length() - 1).split(";")) {
            List<Fraction> entries = new ArrayList<>();
            for (String each : row.split(",")) {
                String[] parts = each.strip().split("/");
                entries.add(Fraction.of(new BigInteger(parts[0]), new BigInteger(parts.length > 1 ? parts[1] : "1")));
            }
            rows.add(entries);
        }
        return Matrix.of(rows);
    }

    private static String planted(String name) {
        String path = "/org/loopcert/derivation/reject/" + name + ".derivation";
        try (InputStream stream = CounterexampleCorpus.class.getResourceAsStream(path)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String shipped(String name) {
        return ShippedDerivations.text(name).orElseThrow();
    }

    private void accept(String name, String text, String part, int step, String... values) {
        accepted.put(name, counterexample(name, text, part, step, values));
    }

    private static CounterexampleText counterexample(
            String name, String text, String part, int step, String... values) {
        try {
            String line = Judgement.of(DerivationReader.read(name, text)).stream()
                    .filter(each -> each.part().equals(part) && each.step() == step)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no line " + step + " of " + part + " in " + name))
                    .text();
            return new CounterexampleText(part, step, line, values(values), text);
        } catch (DerivationSyntaxException e) {
            throw new IllegalStateException(name, e);
        }
    }

    private void accepted() {
        accept(
                "lemma-5.5",
                shipped("chen2024/lemma-5.5-as-printed"),
                "claim1",
                6,
                "n = 1",
                "d = 1",
                "X = [1]",
                "y = [0]",
                "theta_1 = [1]",
                "theta_2 = [0]",
                "gamma = [1/2]");
        accept(
                "lemma-4.1-corner",
                shipped("chen2024/lemma-4.1-as-printed"),
                "corner",
                0,
                "n = 1",
                "d = 1",
                "X = [0]",
                "y = [0]",
                "q = [1]",
                "theta_0 = [0]",
                "alpha = [1]");
        accept("recursion", planted("linear-recursion--step"), "claim1", 2, "d = 1", "t = 0", "B = [2]", "v(0) = [1]");
        accept(
                "inverse",
                planted("inverse-of-product--order"),
                "claim1",
                0,
                "n = 2",
                "A = [1, 1; 0, 1]",
                "B = [1, 0; 1, 1]");
        accept(
                "eigenvalue",
                planted("eigenvalue-shift--sign"),
                "claim2",
                0,
                "d = 2",
                "G = [0, 1; 1, 1]",
                "eta = [0]",
                "c = [1]");
        accept("exponential", planted("exponential--sign"), "claim2", 0, "a = [0]", "b = [1]");
        accept("strict", planted("chain-directions--strict"), "claim1", 0, "a = [0]", "b = [0]", "c = [0]");
        accept("condition", planted("conditional-claim--exponent"), "claim1", 0, "x = [2]", "c = [1]");
        accept(
                "functions",
                planted("function-gradient--sign"),
                "claim1",
                3,
                "d = 1",
                "t = 0",
                "G = [0]",
                "b = [1]",
                "eta = [1]",
                "theta(0) = [0]");
        accept(
                "loss",
                planted("least-squares-gradient--sign"),
                "claim1",
                0,
                "n = 1",
                "d = 1",
                "X = [1]",
                "y = [1]",
                "u = [0]",
                "h = [1]");
        accept("singular", SINGULAR, "claim1", 0, "n = 1", "d = 2", "X = [1, 1]");
        accept("minimal", SQUARE, "claim1", 0, "k = 0", "\u03b8 = [2]");
        accept("for-all", SQUARE, "claim2", 0, "k = 3", "t = 2", "\u03b8 = [3/2]");
        accept(
                "long-way",
                planted("linear-recursion--step"),
                "claim1",
                2,
                "d = 1",
                "t = 40",
                "B = [2]",
                "v(0) = [1] [2] [4]");
    }

    /** One for every false line of the derivations that claims rest on, named by the derivation. */
    private void claims() {
        claim(
                "lemma-4.1-as-printed",
                "lemma-4.1-as-printed",
                "corner",
                0,
                "n = 1",
                "d = 1",
                "X = [0]",
                "y = [0]",
                "q = [1]",
                "theta_0 = [0]",
                "alpha = [0]");
        claim(
                "lemma-3.10-as-printed",
                "lemma-3.10-as-printed",
                "claim1",
                0,
                "d = 1",
                "k = 1",
                "X = [0; 0]",
                "y = [0; 0]",
                "theta* = [0]",
                "other = [1]");
        claim("n-greater-d", "n-greater-d", "claim1", 0, "d = 1", "k = 1", "X = [0; 0]", "v = [1]");
        claim(
                "requires-theta-as-printed",
                "requires-theta-as-printed",
                "claim1",
                0,
                "n = 1",
                "d = 2",
                "X = [1, 0]",
                "theta* = [3/5; 4/5]",
                "other = [3/5; -4/5]",
                "q = [5/3; 0]",
                "alpha = [1]");
        claim(
                "theorem-4.2-without-weights",
                "theorem-4.2-without-weights",
                "claim1",
                0,
                "n = 1",
                "d = 1",
                "X = [1]",
                "Q = [0, 0; 0, 0]",
                "P = [0, 0; 0, 0]",
                "y = [0]",
                "q = [-1]",
                "theta = [1]",
                "alpha = [1]",
                "eta = [1]");
        claim(
                "theorem-4.4-any-step",
                "theorem-4.4-any-step",
                "claim1",
                0,
                "n = 1",
                "d = 1",
                "X = [1]",
                "y = [1]",
                "theta* = [1]",
                "alpha = [1]",
                "eta = [3]");
        claim(
                "any-step-contracts",
                "any-step-contracts",
                "claim1",
                0,
                "n = 1",
                "d = 1",
                "X = [1]",
                "y = [1]",
                "theta* = [1]",
                "alpha = [1]",
                "eta = [3]");
        claim(
                "definition-5.1-strict-as-printed",
                "definition-5.1-strict-as-printed",
                "claim1",
                0,
                "d = 1",
                "x = [0]",
                "y = [0]",
                "mu = [1]",
                "gamma = [1/2]");
        claim(
                "bounded-condition-number",
                "bounded-condition-number",
                "claim1",
                0,
                "d = 2",
                "X = [3, 0; 0, 1; 0, 0; 0, 0]");
        claim("more-examples", "more-examples", "claim1", 0, "n = 2", "d = 2", "X = [1, 0; 0, 1]", "x = [1; 0]");
        claim(
                "generation-mask-row",
                "generation-mask",
                "row",
                0,
                "d = 1",
                "x = [0]",
                "q = [1]",
                "y = [0]",
                "alpha = [0]");
        claim(
                "generation-mask-example",
                "generation-mask",
                "example",
                0,
                "d = 1",
                "x = [1]",
                "q = [0]",
                "y = [0]",
                "alpha = [0]");
        claim(
                "identity-value-matrix-as-printed",
                "identity-value-matrix-as-printed",
                "claim1",
                0,
                "n = 1",
                "d = 1",
                "X = [0]",
                "y = [1]",
                "q = [0]",
                "alpha = [1]");
        claim(
                "query-vector-as-printed",
                "query-vector-as-printed",
                "claim1",
                0,
                "d = 1",
                "q_T = [-1]",
                "theta_T = [1]",
                "theta* = [1]",
                "alpha = [1]");
        claim("gap-as-printed", "gap-as-printed", "claim1", 0, "x = [1/4]", "y = [1/2]");
        claim(
                "theorem-5.8-any-labels",
                "theorem-5.8-any-labels",
                "claim1",
                0,
                "n = 1",
                "d = 1",
                "X = [1]",
                "y = [0]",
                "theta* = [1]",
                "theta_0 = [1]",
                "eta = [1]",
                "R = [0]");
        claim(
                "lemma-5.5-as-printed",
                "lemma-5.5-as-printed",
                "claim1",
                6,
                "n = 1",
                "d = 1",
                "X = [1]",
                "y = [0]",
                "theta_1 = [1]",
                "theta_2 = [0]",
                "gamma = [1/2]");
    }

    private void claim(String name, String derivation, String part, int step, String... values) {
        CounterexampleText text = counterexample(name, shipped("chen2024/" + derivation), part, step, values);
        files.put("claims/" + name + ".json", new Entry(text.write(), "accepted", "", ""));
    }

    private void reject(String name, String twin, String reason, CounterexampleText text) {
        entry("reject/" + name, new Entry(text.write(), "rejected", reason, twin));
    }

    private void undecided(String name, String twin, String reason, CounterexampleText text) {
        entry("reject/undecided-" + name, new Entry(text.write(), "undecided", reason, twin));
    }

    private void entry(String name, Entry entry) {
        boolean same = Arrays.equals(entry.file(), accepted.get(entry.twin()).write());
        if (same || files.put(name + ".json", entry) != null) {
            throw new IllegalStateException("no change, or twice: " + name);
        }
    }

    private CounterexampleText at(String twin, String... values) {
        CounterexampleText text = accepted.get(twin);
        return new CounterexampleText(text.part(), text.step(), text.line(), values(values), text.derivation());
    }

    private CounterexampleText line(String twin, String part, int step, String line) {
        CounterexampleText text = accepted.get(twin);
        return new CounterexampleText(part, step, line, text.values(), text.derivation());
    }

    private CounterexampleText edited(String twin, String old, String changed) {
        CounterexampleText text = accepted.get(twin);
        if (!text.derivation().contains(old)) {
            throw new IllegalStateException("no " + old + " in " + twin);
        }
        return new CounterexampleText(
                text.part(),
                text.step(),
                text.line(),
                text.values(),
                text.derivation().replace(old, changed));
    }

    private void rejected() {
        reject("hypothesis-not-met", "minimal", "not-met", at("minimal", "k = 0", "\u03b8 = [-2]"));
        reject("hypothesis-met-only-nearly", "minimal", "not-met", at("minimal", "k = 0", "\u03b8 = [0]"));
        reject(
                "invertible-not-met",
                "inverse",
                "not-met",
                at("inverse", "n = 2", "A = [1, 1; 1, 1]", "B = [1, 0; 1, 1]"));
        reject("condition-not-met", "for-all", "not-met", at("for-all", "k = 1", "t = 2", "\u03b8 = [3/2]"));
        reject(
                "recursion-not-met",
                "long-way",
                "not-met",
                at("long-way", "d = 1", "t = 40", "B = [2]", "v(0) = [1] [2] [5]"));
        reject(
                "induction-hypothesis-not-met",
                "recursion",
                "not-met",
                at("recursion", "d = 1", "t = 0", "B = [2]", "v(0) = [1] [3]"));
        reject("line-true", "minimal", "line-true", at("minimal", "k = 0", "\u03b8 = [1/2]"));
        reject("line-true-with-equality", "minimal", "line-true", at("minimal", "k = 0", "\u03b8 = [1]"));
        reject(
                "matrices-commute",
                "inverse",
                "line-true",
                at("inverse", "n = 2", "A = [1, 1; 0, 1]", "B = [1, 2; 0, 1]"));
        reject("line-true-later", "recursion", "line-true", at("recursion", "d = 1", "t = 0", "B = [0]", "v(0) = [1]"));
        reject(
                "undefined",
                "condition",
                "undefined",
                withLine(
                        "condition",
                        "claim for all x in R with x != 0: x (c/x^2) = c",
                        "for all x in R with x != 0: x (c/(x - 2)) = c"));
        reject("value-missing", "minimal", "missing", at("minimal", "k = 0"));
        reject("dimension-missing", "inverse", "missing", at("inverse", "A = [1, 1; 0, 1]", "B = [1, 0; 1, 1]"));
        reject("variable-missing", "for-all", "missing", at("for-all", "k = 3", "\u03b8 = [3/2]"));
        reject("sequence-missing", "recursion", "missing", at("recursion", "d = 1", "t = 0", "B = [2]"));
        reject("sequence-from-one", "recursion", "missing", at("recursion", "d = 1", "t = 0", "B = [2]", "v(1) = [1]"));
        reject("wrong-shape", "inverse", "shape", at("inverse", "n = 2", "A = [1, 1]", "B = [1, 0; 1, 1]"));
        reject("other-dimension", "inverse", "shape", at("inverse", "n = 1", "A = [1, 1; 0, 1]", "B = [1, 0; 1, 1]"));
        reject("dimension-zero", "inverse", "range", at("inverse", "n = 0", "A = [1, 1; 0, 1]", "B = [1, 0; 1, 1]"));
        reject("variable-below-its-bound", "for-all", "range", at("for-all", "k = 3", "t = 0", "\u03b8 = [3/2]"));
        reject("value-of-no-name", "minimal", "name", at("minimal", "k = 0", "\u03b8 = [2]", "x = [1]"));
        reject("value-of-another-kind", "minimal", "name", at("minimal", "k = [0]", "\u03b8 = [2]"));
        reject(
                "line-of-another-number",
                "lemma-5.5",
                "other-line",
                line("lemma-5.5", "claim1", 5, accepted.get("lemma-5.5").line()));
        reject(
                "line-of-another-claim",
                "inverse",
                "other-line",
                line("inverse", "claim2", 0, accepted.get("inverse").line()));
        reject("line-with-another-text", "minimal", "other-line", line("minimal", "claim1", 0, "\u03b8^3 <= \u03b8"));
        reject(
                "no-such-claim",
                "minimal",
                "no-such-line",
                line("minimal", "claim9", 0, accepted.get("minimal").line()));
        reject(
                "no-such-step",
                "minimal",
                "no-such-line",
                line("minimal", "claim1", 1, accepted.get("minimal").line()));
        reject(
                "text-with-another-line",
                "minimal",
                "other-line",
                edited("minimal", "claim \u03b8^2 <= \u03b8", "claim \u03b8^2 < \u03b8"));
        reject("text-with-another-hypothesis", "minimal", "not-met", edited("minimal", "0 < \u03b8", "\u03b8 < 2"));
        reject(
                "text-with-an-ill-typed-hypothesis",
                "inverse",
                "ill-typed",
                edited("inverse", "assume A invertible", "assume A + 1_n = A"));
        reject(
                "text-with-an-ill-typed-line",
                "minimal",
                "no-such-line",
                edited("minimal", "claim \u03b8^2 <= \u03b8", "claim [\u03b8, \u03b8]^2 <= \u03b8"));
        undecided(
                "equal-roots",
                "minimal",
                "line-not-decided",
                withLine("minimal", "claim \u03b8^2 <= \u03b8", "sqrt(\u03b8) sqrt(\u03b8) != 2"));
        undecided(
                "hypothesis",
                "minimal",
                "not-decided",
                edited("minimal", "0 < \u03b8", "sqrt(\u03b8) sqrt(\u03b8) = 2"));
        undecided(
                "hypothesis-for-all-reals",
                "minimal",
                "quantifier",
                edited("minimal", "0 < \u03b8", "for all x in R: 0 <= x^2"));
        undecided(
                "recursion-of-itself",
                "recursion",
                "circular",
                edited("recursion", "v(t+1) = B v(t)\n\nclaim", "v(t+1) = B v(t+1)\n\nclaim"));
        undecided(
                "too-far",
                "long-way",
                "limit",
                at("long-way", "d = 1", "t = 1000000", "B = [2]", "v(0) = [1] [2] [4]"));
        undecided(
                "too-large",
                "minimal",
                "limit",
                withLine("minimal", "claim \u03b8^2 <= \u03b8", "((\u03b8^99)^99)^99 <= \u03b8"));
    }

    /** The statement and the name of the line changed alike. */
    private CounterexampleText withLine(String twin, String old, String line) {
        CounterexampleText text = edited(twin, old, "claim " + line);
        return new CounterexampleText(text.part(), text.step(), line, text.values(), text.derivation());
    }

    private void malformed(String name, String old, String changed) {
        String text = new String(accepted.get("minimal").write(), StandardCharsets.US_ASCII);
        if (!text.contains(old)) {
            throw new IllegalStateException("no place for " + name);
        }
        int at = text.indexOf(old);
        byte[] file = (text.substring(0, at) + changed + text.substring(at + old.length()))
                .getBytes(StandardCharsets.ISO_8859_1);
        entry("malformed/" + name, new Entry(file, "malformed", "", "minimal"));
    }

    private void malformed() {
        malformed("field-missing", " \"matrices\"", " \"matrixes\"");
        malformed("field-unknown", "\"step\": 0,", "\"step\": 0,\n  \"place\": 0,");
        malformed("step-negative", "\"step\": 0", "\"step\": -1");
        malformed("step-quoted", "\"step\": 0", "\"step\": \"0\"");
        malformed("step-beyond-the-format", "\"step\": 0", "\"step\": 3000000000");
        malformed("integer-fraction", "\"value\": \"0\"", "\"value\": \"1/2\"");
        malformed("integer-unquoted", "\"value\": \"0\"", "\"value\": 0");
        malformed("integer-minus-zero", "\"value\": \"0\"", "\"value\": \"-0\"");
        malformed("number-with-plus", "\"2\"", "\"+2\"");
        malformed("number-not-reduced", "\"2\"", "\"4/2\"");
        malformed("number-over-one", "\"2\"", "\"2/1\"");
        malformed("number-over-zero", "\"2\"", "\"2/0\"");
        malformed("number-over-negative", "\"2\"", "\"-4/-2\"");
        malformed("number-decimal", "\"2\"", "\"2.0\"");
        malformed("number-leading-zero", "\"2\"", "\"02\"");
        malformed("number-empty", "\"2\"", "\"\"");
        malformed("number-two-slashes", "\"2\"", "\"2/3/5\"");
        malformed("row-empty", "[\"2\"]", "[]");
        malformed("rows-of-two-lengths", "[\"2\"]", "[\"2\"],\n    [\"2\", \"3\"]");
        malformed(
                "name-twice",
                "\"name\": \"%{3b8}\",",
                "\"name\": \"%{3b8}\",\n   \"rows\": [\n    [\"2\"]\n   ]\n  },\n  {\n   \"name\": \"%{3b8}\",");
        malformed(
                "names-descending",
                "\"name\": \"%{3b8}\",",
                "\"name\": \"unused\",\n   \"rows\": [\n    [\"2\"]\n   ]\n  },\n  {\n   \"name\": \"%{3b8}\",");
        malformed("escape-in-capitals", "%{3b8}", "%{3B8}");
        malformed("escape-with-zeros", "%{3b8}", "%{03b8}");
        malformed("escape-of-a-plain-letter", "positive", "%{70}ositive");
        malformed("escape-without-end", "%{3b8} is any", "%{3b8 is any");
        malformed("escape-empty", "%{3b8} is any", "%{} is any");
        malformed("escape-beyond-unicode", "%{3b8} is any", "%{110000} is any");
        malformed("percent-sign", "%{25}", "%");
        malformed("escaped-line-feed", "integer k\"],\n  [\"assume", "integer k%{a}assume");
        malformed("line-in-two-parts", "[\"integer k\"]", "[\"integer\", \" k\"]");
        malformed("line-feed-missing-at-the-end", "]\n}\n", "]\n}");
        malformed("two-spaces-after-a-colon", "\"part\": ", "\"part\":  ");
        malformed("version-unknown", "loopcert/1", "loopcert/2");
        malformed("no-derivation", "[\"claim %{3b8}^2 <= %{3b8}\"]", "[\"klaim %{3b8}^2 <= %{3b8}\"]");
        malformed("byte-above-ascii", "%{3b8} is any", "\u00e9 is any");
        malformed("kind-unknown", "\"kind\": \"counterexample\"", "\"kind\": \"counterexamples\"");
    }
}
