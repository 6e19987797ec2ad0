package org.loopcert.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.loopcert.certificate.CounterexampleText;
import org.loopcert.certificate.Outcome;
import org.loopcert.certificate.ResultJson;
import org.loopcert.derivation.Hypothesis;
import org.loopcert.derivation.Judgement;
import org.loopcert.derivation.NotRefuted;
import org.loopcert.derivation.Notation;
import org.loopcert.derivation.Refutation;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Verdict;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.value.Counterexample;
import org.loopcert.kernel.value.Enclosure;
import org.loopcert.kernel.value.Matrix;
import org.loopcert.kernel.value.Values;

/**
 * What became of a certificate of kind counterexample.
 *
 * @param word accepted, rejected, undecided or malformed
 * @param reason its code, or what is malformed
 * @param refutation where it is accepted
 * @param because why it is not, in one line
 */
record CounterexampleCheck(
        String word,
        Optional<String> reason,
        int code,
        Optional<Refutation> refutation,
        String because,
        ObjectNode json) {
    private static final int LONGEST = 60;

    private static final String TRUSTED =
            "What the text means is read by this program's reader of derivations, which finds the line and what it stands"
                    + " under: that reader is trusted here beside the kernel, which evaluates both.";

    /** A heading and sentences under it. */
    record Section(String title, List<String> sentences) {}

    /** The text of the user's own derivation; empty where the file is none by its name. */
    static Optional<String> own(Path input, Limits limits) throws Failure {
        if (input == null || !input.toString().endsWith(ProofSource.SUFFIX)) {
            return Optional.empty();
        }
        try {
            return Optional.of(ProofSource.decoded(CertificateCheck.read(input, limits)));
        } catch (IOException e) {
            throw Failure.unusable("cannot read " + input + ": " + OutputFile.describe(e), e);
        } catch (ProofSource.NotUtf8 e) {
            throw Failure.unusable(input + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads a counterexample and has it decided.
     *
     * @param own the text of the user's own derivation, which must be the one in the certificate
     */
    static CounterexampleCheck of(byte[] file, Optional<String> own, Limits limits) {
        CounterexampleText text;
        try {
            text = CounterexampleText.read(file, limits);
        } catch (CounterexampleText.Unreadable e) {
            Verdict verdict = e.verdict();
            return new CounterexampleCheck(
                    verdict.word(),
                    Outcome.reason(verdict),
                    ExitCode.of(verdict),
                    Optional.empty(),
                    Summary.line(verdict),
                    ResultJson.of(verdict, file, List.of()));
        }
        if (own.isPresent() && !own.get().equals(text.derivation())) {
            return refused(
                    "rejected",
                    ExitCode.REJECTED,
                    "other-derivation",
                    "text",
                    "the text of the given file",
                    differs(own.get(), text.derivation()));
        }
        try {
            Refutation.Line line = new Refutation.Line(text.part(), text.step(), text.line());
            return accepted(Refutation.check(text.derivation(), line, text.values()), own.isPresent());
        } catch (NotRefuted not) {
            return switch (not.kind()) {
                case MALFORMED ->
                    refused("malformed", ExitCode.MALFORMED, not.reason(), not.where(), not.expected(), not.found());
                case REJECTED ->
                    refused("rejected", ExitCode.REJECTED, not.reason(), not.where(), not.expected(), not.found());
                case UNDECIDED ->
                    refused("undecided", ExitCode.UNDECIDED, not.reason(), not.where(), not.expected(), not.found());
            };
        }
    }

    private static String differs(String own, String stated) {
        List<String> one = own.lines().toList();
        List<String> other = stated.lines().toList();
        int line = 0;
        while (line < one.size() && line < other.size() && one.get(line).equals(other.get(line))) {
            line++;
        }
        return "another from line " + (line + 1) + " on";
    }

    private static CounterexampleCheck refused(
            String word, int code, String reason, String where, String expected, String found) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("verdict", word);
        json.put("reason", reason);
        json.put("kind", CounterexampleText.KIND);
        json.put("where", where);
        json.put("expected", expected);
        json.put("found", found);
        String because = "%s in %s: expected %s, found %s".formatted(reason, where, expected, found);
        return new CounterexampleCheck(word, Optional.of(reason), code, Optional.empty(), because, json);
    }

    private static CounterexampleCheck accepted(Refutation refutation, boolean bound) {
        Counterexample found = refutation.counterexample();
        Judgement line = refutation.line();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("verdict", "accepted");
        json.putNull("reason");
        json.put("kind", CounterexampleText.KIND);
        json.put("boundToInput", bound);
        json.put("derivation", refutation.derivation().id());
        json.put("part", line.part());
        json.put("step", line.step());
        json.put("line", line.place().line());
        json.put("text", line.text());
        json.put("formula", Notation.of(line.formula()));
        ArrayNode hypotheses = json.putArray("hypotheses");
        for (Hypothesis each : refutation.derivation().hypotheses()) {
            hypotheses
                    .addObject()
                    .put("name", each.name())
                    .put("text", each.text())
                    .put("formula", Notation.of(each.formula()));
        }
        ArrayNode assumptions = json.putArray("assumptions");
        line.assumptions().forEach(each -> assumptions.add(Notation.of(each)));
        json.set("values", values(found.values()));
        json.set("left", matrix(found.sides().get(0)));
        json.set("right", found.sides().size() > 1 ? matrix(found.sides().get(1)) : null);
        json.put("row", found.place().map(each -> each.get(0) + 1).orElse(null));
        json.put("column", found.place().map(each -> each.get(1) + 1).orElse(null));
        json.put("trusted", TRUSTED);
        return new CounterexampleCheck(
                "accepted", Optional.empty(), ExitCode.ACCEPTED, Optional.of(refutation), "", json);
    }

    private static ObjectNode values(Values values) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode integers = json.putObject("integers");
        values.integers().forEach((name, value) -> integers.put(name, value.toString()));
        ObjectNode matrices = json.putObject("matrices");
        values.matrices().forEach((name, value) -> matrices.set(name, matrix(value)));
        ObjectNode sequences = json.putObject("sequences");
        values.sequences().forEach((name, value) -> {
            ObjectNode item =
                    sequences.putObject(name).put("first", value.first().toString());
            ArrayNode list = item.putArray("values");
            value.values().forEach(each -> list.add(matrix(each)));
        });
        return json;
    }

    private static ArrayNode matrix(Matrix matrix) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (List<Enclosure> row : matrix.entries()) {
            ArrayNode items = rows.addArray();
            for (Enclosure each : row) {
                if (each.isExact()) {
                    items.add(each.toString());
                } else {
                    items.addObject()
                            .put("lower", each.lower().toString())
                            .put("upper", each.upper().toString());
                }
            }
        }
        return rows;
    }

    /** One line for one of several files. */
    String line() {
        return refutation.map(each -> "refutes " + named(each)).orElse(because);
    }

    private static String named(Refutation refutation) {
        Judgement line = refutation.line();
        return refutation.derivation().id() + ", " + line.part() + (line.step() == 0 ? "" : " step " + line.step());
    }

    /** All of it, as {@code check} shows one file. */
    void show(Summary summary) {
        if (refutation.isEmpty()) {
            summary.wrapped("  ", because);
            summary.wrapped("", meaning());
            return;
        }
        Refutation found = refutation.get();
        summary.row(
                "refutes", ProofSummary.plain(named(found) + " (" + found.line().place() + ")"));
        summary.row("line", ProofSummary.plain(found.line().text()));
        for (Hypothesis each : found.derivation().hypotheses()) {
            summary.row("given", ProofSummary.plain(each.name() + ": " + each.text()));
        }
        for (Formula each : found.line().assumptions()) {
            summary.row("assumed", ProofSummary.plain(Notation.of(each)));
        }
        for (String each : valueWords(found.counterexample().values())) {
            summary.row("value", each);
        }
        for (String each : sideWords(found.counterexample())) {
            summary.row("result", each);
        }
        summary.wrapped("", meaning());
    }

    /** What the verdict says. */
    String meaning() {
        return switch (word) {
            case "accepted" ->
                "accepted: at these values every hypothesis and assumption is true and the line is false, so it does not"
                        + " follow. " + TRUSTED;
            case "rejected" ->
                "rejected: the file is well-formed, and its values do not refute the line; whether the line is true is not"
                        + " said.";
            case "undecided" -> "undecided: whether the values refute the line was not decided; nothing is refuted.";
            default ->
                "malformed: the file is not a counterexample in the one spelling that the format allows; nothing in it was"
                        + " checked.";
        };
    }

    /** The argument, or why there is none. */
    List<Section> explanation() {
        if (refutation.isEmpty()) {
            return List.of(new Section("why it is not accepted", List.of(because, meaning())));
        }
        Refutation found = refutation.get();
        List<Section> sections = new ArrayList<>();
        sections.add(new Section(
                "what is refuted",
                List.of(
                        "The line " + found.line().place() + " of " + named(found) + ": "
                                + found.line().text(),
                        "It says: " + Notation.of(found.line().formula()))));
        List<String> under = new ArrayList<>();
        for (Hypothesis each : found.derivation().hypotheses()) {
            under.add("Hypothesis " + each.name() + ", " + each.text() + ": true at the values"
                    + (each.formula() instanceof Formula.ForAll
                            ? ", for finitely many integers one by one, or since it says what a sequence or function is"
                            : ""));
        }
        for (Formula each : found.line().assumptions()) {
            under.add("Assumption " + Notation.of(each) + ": true at the values");
        }
        sections.add(new Section(
                "what it stands under", under.isEmpty() ? List.of("Nothing: it has no hypotheses.") : under));
        sections.add(new Section("the values", valueWords(found.counterexample().values())));
        sections.add(new Section("what the line says there", sideWords(found.counterexample())));
        sections.add(new Section("what that means", List.of(meaning())));
        return sections;
    }

    private static List<String> valueWords(Values values) {
        List<String> words = new ArrayList<>();
        values.integers().forEach((name, value) -> words.add(ProofSummary.plain(name) + " = " + value));
        values.matrices().forEach((name, value) -> words.add(ProofSummary.plain(name) + " = " + shown(value)));
        values.sequences().forEach((name, value) -> {
            for (int i = 0; i < value.values().size(); i++) {
                words.add("%s(%s) = %s"
                        .formatted(
                                ProofSummary.plain(name),
                                value.first().add(BigInteger.valueOf(i)),
                                shown(value.values().get(i))));
            }
        });
        return words.isEmpty() ? List.of("none are needed") : words;
    }

    private static List<String> sideWords(Counterexample found) {
        List<String> words = new ArrayList<>();
        if (found.refuted() instanceof Formula.Comparison comparison) {
            words.add("left side " + Notation.of(comparison.left()) + " = "
                    + shown(found.sides().get(0)));
            words.add("right side " + Notation.of(comparison.right()) + " = "
                    + shown(found.sides().get(1)));
            words.add("but the line says left " + comparison.relation().sign() + " right"
                    + found.place()
                            .filter(any -> !comparison.left().shape().isScalar())
                            .map(at -> "; they differ in row " + (at.get(0) + 1) + ", column " + (at.get(1) + 1))
                            .orElse(""));
        } else {
            words.add("the matrix " + shown(found.sides().get(0)) + " is singular");
        }
        return words.stream().map(ProofSummary::plain).toList();
    }

    private static String shown(Matrix matrix) {
        String text = matrix.entries().stream()
                .map(row -> row.stream().map(CounterexampleCheck::shown).collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
        return matrix.rows() == 1 && matrix.columns() == 1 ? text : "[" + text + "]";
    }

    private static String shown(Enclosure value) {
        String exact = value.toString();
        if (value.isExact() && exact.length() <= LONGEST) {
            return exact;
        }
        return "between " + decimal(value.lower(), RoundingMode.FLOOR) + " and "
                + decimal(value.upper(), RoundingMode.CEILING);
    }

    private static String decimal(Fraction value, RoundingMode mode) {
        return new BigDecimal(value.numerator())
                .divide(new BigDecimal(value.denominator()), new MathContext(12, mode))
                .toString();
    }
}
