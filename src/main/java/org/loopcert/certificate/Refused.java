package org.loopcert.certificate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.loopcert.certificate.Explanation.Established;
import org.loopcert.certificate.Explanation.Section;
import org.loopcert.certificate.Explanation.Sentence;
import org.loopcert.kernel.Json;
import org.loopcert.kernel.Statement;
import org.loopcert.kernel.Theorem;
import org.loopcert.kernel.Verdict;

/** Why a file is not accepted: the place, the reason, and what was derived before it. */
final class Refused {
    /** Bytes shown on either side of the place where a file is malformed. */
    private static final int AROUND = 48;

    private final Verdict verdict;
    private final byte[] file;
    private final Established established;
    private final Words words;
    private final ObjectNode details = JsonNodeFactory.instance.objectNode();
    private final List<Section> sections = new ArrayList<>();

    Refused(Verdict verdict, byte[] file, Established established, Words words) {
        this.verdict = verdict;
        this.file = file;
        this.established = established;
        this.words = words;
    }

    Explanation explain() {
        if (verdict instanceof Verdict.Rejected rejected) {
            details.put("line", rejected.line());
            details.put("rule", rejected.rule());
            details.put("expected", rejected.expected());
            details.put("found", rejected.found());
            rejected(rejected);
        } else if (verdict instanceof Verdict.Undecided undecided) {
            details.put("line", undecided.line());
            details.put("rule", undecided.rule());
            details.put("missing", undecided.missing());
            undecided(undecided);
        } else if (verdict instanceof Verdict.Malformed malformed) {
            details.put("row", malformed.row());
            details.put("column", malformed.column());
            details.put("offset", malformed.offset());
            details.put("expected", malformed.expected());
            details.put("found", malformed.found());
            malformed(malformed);
        } else {
            throw new IllegalArgumentException("accepted, with nothing to refuse");
        }
        sections.add(new Section("what this means", List.of(Sentence.of(Words.meaning(verdict)))));
        return new Explanation(verdict, sections, details);
    }

    private String numbers(String text) {
        return words == Words.EXACT ? text : Explanation.shortened(text);
    }

    private void rejected(Verdict.Rejected rejected) {
        List<Sentence> where = new ArrayList<>();
        where.add(place(
                rejected.line(),
                rejected.rule(),
                "fails with %s: %s".formatted(rejected.reason().code(), RuleGuide.reason(rejected.reason()))));
        where.add(Sentence.of("Expected: " + numbers(rejected.expected()) + "."));
        where.add(Sentence.of("Found: " + numbers(rejected.found()) + "."));
        sections.add(new Section("the first thing that fails", where));
        if (rejected.line() > 0) {
            line(rejected.line(), rejected.rule());
        } else if (rejected.reason() == Verdict.Reason.MISSING_OBLIGATION) {
            sections.add(new Section(
                    "what is missing",
                    List.of(Sentence.of(
                            CertificateText.of(file).refutation()
                                    ? "A refutation must have a line that shows that the steps do not contract"
                                            + " (non-contraction-constant or non-contraction-schedule)."
                                    : "A certificate must have lines for step equivalence (symbolic-attention or replay),"
                                            + " for the spectrum (spectrum) and for a contraction (contraction-small-steps,"
                                            + " contraction-constant or contraction-schedule)."))));
            established();
        } else {
            established();
        }
    }

    private void undecided(Verdict.Undecided undecided) {
        List<Sentence> where = new ArrayList<>();
        if (undecided.reason() == Verdict.Reason.NEEDS_INPUT) {
            where.add(place(
                    undecided.line(),
                    undecided.rule(),
                    "needs-input: " + RuleGuide.reason(undecided.reason()) + ": " + undecided.missing()
                            + " is needed, and --input FILE gives it"));
        } else {
            where.add(place(undecided.line(), undecided.rule(), "reaches a limit: " + numbers(undecided.missing())));
            where.add(Sentence.of("How to get beyond it: " + RuleGuide.raise(undecided.missing()) + "."));
            ReachedLimit.of(undecided.missing()).ifPresent(limit -> details.set("limit", limit.json()));
            details.put("raise", RuleGuide.raise(undecided.missing()));
        }
        sections.add(new Section("where the check ends", where));
        if (undecided.line() > 0) {
            line(undecided.line(), undecided.rule());
        } else {
            established();
        }
    }

    private static Sentence place(int line, String rule, String what) {
        return line > 0
                ? new Sentence(
                        "Line " + line + ", by the rule " + rule + ", " + what + ".",
                        List.of(line),
                        List.of(rule),
                        RuleGuide.of(rule).source(),
                        "")
                : Sentence.of("The certificate as a whole (" + rule + ") " + what + ".");
    }

    /** The failing line: what its rule is for, its premises, and what came before. */
    private void line(int number, String name) {
        CertificateText text = CertificateText.of(file);
        RuleGuide.Rule rule = RuleGuide.of(name);
        List<Sentence> sentences = new ArrayList<>();
        String needs = rule.premises().isEmpty() ? "no premises" : String.join("; ", rule.premises());
        sentences.add(new Sentence(
                "Were it derived, it would say: %s, because %s. Its rule needs as premises: %s. It checks: %s."
                        .formatted(
                                rule.lead(),
                                rule.why(),
                                needs,
                                rule.checked().isEmpty() ? "nothing else" : String.join("; ", rule.checked())),
                List.of(number),
                List.of(name),
                rule.source(),
                ""));
        ArrayNode premises = details.putArray("premises");
        List<Integer> given = text.lines().get(number - 1).premises();
        if (given.isEmpty()) {
            sentences.add(Sentence.of("It names no premises."));
        }
        for (int i = 0; i < given.size(); i++) {
            int premise = given.get(i);
            ObjectNode node = premises.addObject();
            node.put("line", premise);
            if (premise >= number) {
                sentences.add(Sentence.of("Premise %d is line %d, which is %s."
                        .formatted(
                                i + 1,
                                premise,
                                premise == number
                                        ? "the line itself"
                                        : premise <= text.lines().size() ? "not an earlier line" : "no line at all")));
                continue;
            }
            Sentence derived = derived(text, premise);
            node.put("rule", text.lines().get(premise - 1).rule());
            if (!derived.exact().isEmpty()) {
                node.put("statement", derived.exact());
            }
            sentences.add(new Sentence(
                    "Premise " + (i + 1) + " is line " + premise + ": " + derived.text(),
                    derived.lines(),
                    derived.rules(),
                    derived.source(),
                    derived.exact()));
        }
        sections.add(new Section("the line and its premises", sentences));
        established();
    }

    /** What a line before the failing one established. */
    private Sentence derived(CertificateText text, int number) {
        String name = text.lines().get(number - 1).rule();
        RuleGuide.Rule rule = RuleGuide.of(name);
        if (established.theorems().isEmpty()) {
            String said = "derived by %s (%s)%s."
                    .formatted(name, rule.lead(), witness(text.lines().get(number - 1)));
            return new Sentence(said, List.of(number), List.of(name), rule.source(), "");
        }
        Theorem theorem = established.theorems().get(number - 1);
        Statement statement = theorem.statement();
        return new Sentence(
                theorem.id() + ": " + numbers(words.statement(statement)) + ".",
                List.of(number),
                List.of(name),
                rule.source(),
                Words.EXACT.statement(statement));
    }

    /** The single numbers of a witness; the line was derived with them. */
    private String witness(CertificateText.Line line) {
        List<String> parts = new ArrayList<>();
        for (Texts.Field field : line.witness()) {
            if (field.value() instanceof Json.Str value) {
                parts.add(field.name() + " = " + numbers(value.text()));
            } else if (field.value() instanceof Json.Int count) {
                parts.add(field.name() + " = " + count.value());
            }
        }
        return parts.isEmpty() ? "" : ", with the witness " + String.join(", ", parts);
    }

    private void established() {
        List<Sentence> sentences = new ArrayList<>();
        details.put("derived", established.derived());
        details.put("how", established.how());
        ArrayNode list = details.putArray("established");
        sentences.add(Sentence.of(established.how()));
        if (established.derived() > 0) {
            CertificateText text = CertificateText.of(file);
            for (int number = 1; number <= established.derived(); number++) {
                Sentence derived = derived(text, number);
                ObjectNode node = list.addObject();
                node.put("line", number);
                node.put("rule", derived.rules().get(0));
                if (!established.theorems().isEmpty()) {
                    node.put("id", established.theorems().get(number - 1).id());
                    node.put("statement", derived.exact());
                }
                sentences.add(derived);
            }
            sentences.add(
                    Sentence.of("The file as a whole is not accepted all the same, and nothing is to be concluded from"
                            + " the lines from the failing one on."));
        }
        sections.add(new Section("what was derived up to there", sentences));
    }

    private void malformed(Verdict.Malformed malformed) {
        List<Sentence> sentences = new ArrayList<>();
        sentences.add(Sentence.of("The file is malformed at line %d, column %d (byte %d of %d)."
                .formatted(malformed.row(), malformed.column(), malformed.offset(), file.length)));
        sentences.add(Sentence.of("Expected: " + numbers(malformed.expected()) + "."));
        sentences.add(Sentence.of("Found: " + numbers(malformed.found()) + "."));
        sections.add(new Section("where the file leaves the grammar", sentences));
        int start = malformed.offset() - Math.min(malformed.column() - 1, AROUND);
        int end = malformed.offset();
        while (end < file.length && file[end] != '\n' && end - malformed.offset() < AROUND) {
            end++;
        }
        String shown = printable(start, end);
        String caret = " ".repeat(malformed.offset() - start) + "^";
        details.put("text", shown);
        details.put("caret", caret);
        sections.add(new Section("the text there", List.of(Sentence.of(shown), Sentence.of(caret))));
        sections.add(new Section(
                "what helps",
                List.of(Sentence.of(
                        "One value has one spelling, and nothing is repaired: certificates/FORMAT.md, section 2,"
                                + " has the layout and the numbers. A certificate is best written by a program; one edited by hand"
                                + " must keep its indentation, its order of fields and its line feed at the end."))));
    }

    /** Bytes as ASCII, others as question marks, so that a byte takes one column and no terminal is controlled. */
    private String printable(int start, int end) {
        return IntStream.range(start, end)
                .mapToObj(i -> file[i] >= ' ' && file[i] <= '~' ? Character.toString(file[i]) : "?")
                .collect(Collectors.joining());
    }
}
