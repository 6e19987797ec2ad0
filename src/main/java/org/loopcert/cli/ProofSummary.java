package org.loopcert.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.loopcert.derivation.DerivationReport;
import org.loopcert.derivation.DerivationSyntaxException;
import org.loopcert.derivation.EntryCheck;
import org.loopcert.derivation.LineReport;
import org.loopcert.derivation.LineReport.Verdict;
import org.loopcert.derivation.Place;
import org.loopcert.derivation.RefutationWords;

/** What became of a derivation, as a person reads it. */
final class ProofSummary {
    /** Of a long source line so much is shown around the place that is wrong. */
    private static final int EXCERPT = 96;

    /** Of a text so many characters are shown; {@code --json} has all. */
    private static final int LONGEST = 1000;

    private final Session session;
    private final PrintWriter out;
    private final Summary summary;
    private final boolean verbose;

    ProofSummary(Session session, boolean verbose) {
        this.session = session;
        this.out = session.out();
        this.summary = new Summary(session);
        this.verbose = verbose;
    }

    /** All of one derivation. */
    void full(ProofResult result) {
        if (result instanceof ProofResult.Checked checked) {
            out.println(plain(checked.name()) + ": " + word(checked));
            if (!checked.report().title().isEmpty()) {
                summary.wrapped("  ", plain(checked.report().title()));
            }
            checked.lines().forEach(each -> line(checked, each));
            statements(checked);
            crossCheck(checked);
            meaning(checked);
        } else if (result instanceof ProofResult.Malformed malformed) {
            out.println(plain(malformed.name()) + ": " + session.coloured(malformed.word()));
            malformed.all().forEach(each -> error(malformed, each));
        }
    }

    /** One of several: a line, and what is wrong with it. */
    void brief(ProofResult result) {
        out.print(session.coloured(result.word())
                + " ".repeat(Math.max(1, 12 - result.word().length())));
        if (result instanceof ProofResult.Checked checked) {
            out.println(plain(checked.name()) + ": " + counted(checked.report()));
            checked.lines().stream()
                    .filter(each -> verbose || each.verdict() != Verdict.PROVED)
                    .forEach(each -> line(checked, each));
        } else if (result instanceof ProofResult.Malformed malformed) {
            out.println(plain(malformed.name()));
            malformed.all().forEach(each -> error(malformed, each));
        } else if (result instanceof ProofResult.Unchecked unchecked) {
            String repeated = unchecked.word() + ": ";
            String reason = unchecked.reason().startsWith(repeated)
                    ? unchecked.reason().substring(repeated.length())
                    : unchecked.reason();
            summary.wrapped("", plain(unchecked.name() + ": " + reason));
        }
    }

    private String word(ProofResult.Checked checked) {
        return session.coloured(checked.word()) + (checked.report().refuted() ? " (a line is false)" : "");
    }

    private static String counted(DerivationReport report) {
        List<String> counts = new ArrayList<>();
        for (Verdict each : Verdict.values()) {
            long count = report.count(each);
            if (count > 0) {
                counts.add(count + " " + each.word());
            }
        }
        int lines = report.lines().size();
        return lines + (lines == 1 ? " line: " : " lines: ") + String.join(", ", counts);
    }

    private void line(ProofResult.Checked checked, LineReport line) {
        String place = plain(checked.name()) + ":" + line.place() + "  ";
        String text = plain(checked.shown(line));
        summary.wrapped(
                place
                        + session.coloured(line.verdict().word())
                        + " ".repeat(12 - line.verdict().word().length()),
                text.isEmpty() ? line.part() : text,
                6);
        line.problem().ifPresent(problem -> problem(checked, line, problem));
        line.counterexample().ifPresent(found -> summary.wrapped("      ", plain(RefutationWords.of(found))));
        line.undecided().ifPresent(search -> summary.wrapped("      ", plain(RefutationWords.of(search))));
        if (line.verdict() == Verdict.NOT_PROVED
                && line.comparison().orElse(null) instanceof EntryCheck.Result.Confirmed confirmed) {
            summary.wrapped("      ", "not refuted: both sides agree in every entry" + at(confirmed.shapes()));
        }
        if (verbose && line.verdict() == Verdict.PROVED) {
            summary.wrapped(
                    "      ",
                    "by " + String.join(", ", line.rules())
                            + (line.uses().isEmpty() ? "" : ", using " + plain(String.join(", ", line.uses())))
                            + line.comparison()
                                    .filter(EntryCheck.Result.NotApplicable.class::isInstance)
                                    .flatMap(any -> line.entries())
                                    .map(words -> "; " + plain(words))
                                    .orElse(""));
        }
    }

    private void problem(ProofResult.Checked checked, LineReport line, LineReport.Problem problem) {
        if (line.verdict() == Verdict.ILL_TYPED) {
            caret(checked.source(), line.place());
        } else {
            summary.row("reason", problem.reason());
        }
        both(problem.expected(), problem.found(), problem.message());
    }

    private void error(ProofResult.Malformed malformed, DerivationSyntaxException error) {
        out.println(plain(malformed.name()) + ":" + error.place() + "  " + session.coloured(malformed.word()));
        caret(malformed.source(), error.place());
        both(error.expected(), error.found(), error.getMessage());
    }

    private void both(String expected, String found, String message) {
        summary.row("expected", plain(expected));
        summary.row("found", plain(found));
        String said = "expected " + expected + ", found " + found;
        String more = message.startsWith(said) ? message.substring(said.length()) : message;
        if (!more.isEmpty()) {
            summary.row("hint", plain(more.startsWith("; ") ? more.substring(2) : more));
        }
    }

    /** The line of the source, and a mark below the place. */
    private void caret(List<String> source, Place place) {
        if (place.line() > source.size()) {
            return;
        }
        int[] points = source.get(place.line() - 1).codePoints().toArray();
        int at = Math.min(place.column() - 1, points.length);
        int from = points.length <= EXCERPT ? 0 : Math.max(0, Math.min(at - EXCERPT / 2, points.length - EXCERPT));
        int to = Math.min(points.length, from + EXCERPT);
        String before = plain(new String(points, from, at - from)).replace('\t', ' ');
        String after = plain(new String(points, at, to - at)).replace('\t', ' ');
        String cut = from == 0 ? "" : "...";
        out.println("    " + cut + before + after + (to == points.length ? "" : "..."));
        out.println("    " + " ".repeat(cut.length() + before.codePointCount(0, before.length())) + "^");
    }

    private void statements(ProofResult.Checked checked) {
        List<DerivationReport.Outcome> proved = checked.report().statements().stream()
                .filter(each -> each.verdict() == Verdict.PROVED)
                .toList();
        if (!proved.isEmpty()) {
            out.println(proved.size() == 1 ? "theorem" : "theorems");
        }
        for (DerivationReport.Outcome each : proved) {
            summary.wrapped("  " + plain(each.name()) + ": ", plain(each.words()), 6);
        }
        if (!checked.hypotheses().isEmpty() && !proved.isEmpty()) {
            out.println("hypotheses used");
            checked.hypotheses()
                    .forEach((name, texts) ->
                            summary.wrapped("  " + plain(name) + ": ", plain(String.join("; ", texts)), 6));
        }
        List<String> open = checked.report().statements().stream()
                .filter(each -> each.verdict() != Verdict.PROVED)
                .map(each -> each.name() + " (" + each.verdict().word() + ")")
                .toList();
        if (!open.isEmpty()) {
            out.println("without a theorem");
            summary.wrapped("  ", plain(String.join(", ", open)));
        }
    }

    /** Where both sides were expanded to entries: once, as mostly all lines were at the same shapes. */
    private void crossCheck(ProofResult.Checked checked) {
        Map<List<Map<String, Integer>>, Integer> agreed = new LinkedHashMap<>();
        int none = 0;
        for (LineReport each : checked.report().lines()) {
            EntryCheck.Result result = each.comparison().orElse(null);
            if (each.verdict() != Verdict.PROVED) {
                continue;
            }
            if (result instanceof EntryCheck.Result.Confirmed confirmed) {
                agreed.merge(confirmed.shapes(), 1, Integer::sum);
            } else {
                none++;
            }
        }
        if (agreed.isEmpty()) {
            return;
        }
        out.println("cross-check");
        agreed.forEach((shapes, count) -> summary.wrapped(
                "  ",
                count + (count == 1 ? " proved equation" : " proved equations")
                        + " expanded to entries, in which both sides agree" + at(shapes)));
        if (none > 0) {
            summary.wrapped("  ", none + (none == 1 ? " proved line was" : " proved lines were") + " not expanded");
        }
    }

    private static String at(List<Map<String, Integer>> shapes) {
        String words = shapes(shapes);
        return words.isEmpty() ? "" : ", at " + words;
    }

    private static String shapes(List<Map<String, Integer>> shapes) {
        // the integers are the same ones at every shape of a line
        Set<String> names = shapes.get(0).keySet();
        if (names.isEmpty()) {
            return "";
        }
        return tuple(names) + " = "
                + shapes.stream().map(each -> tuple(each.values())).collect(Collectors.joining(", "));
    }

    private static String tuple(Collection<?> values) {
        String inside = values.stream().map(Object::toString).collect(Collectors.joining(","));
        return values.size() == 1 ? inside : "(" + inside + ")";
    }

    /** What the verdict says and what it does not. */
    private void meaning(ProofResult.Checked checked) {
        DerivationReport report = checked.report();
        boolean hypotheses = !checked.hypotheses().isEmpty();
        if (report.verdict() == Verdict.PROVED) {
            summary.wrapped(
                    "",
                    "proved: the kernel derived every line by its rules, for all dimensions and all values of the declared"
                            + " names" + (hypotheses ? " that satisfy the hypotheses used" : "")
                            + ". What was proved is the theorem as printed here, so compare it with what you meant"
                            + (hypotheses ? "; whether its hypotheses can hold together was not examined." : "."));
        }
        if (report.count(Verdict.ILL_TYPED) > 0) {
            summary.wrapped("", "ill-typed: shapes do not fit, so that the line says nothing.");
        }
        if (report.count(Verdict.NOT_PROVED) > 0) {
            summary.wrapped(
                    "",
                    "not-proved: no rule derives the line from what it may use. That alone does not make it false.");
        }
        if (report.refuted()) {
            summary.wrapped("", "false: at the values given the line does not hold, though all it may assume does.");
        }
    }

    /** Text of a file without what steers a terminal or turns the direction of writing; what is endless is cut. */
    static String plain(String text) {
        int length = text.codePointCount(0, text.length());
        String rest = length > LONGEST ? " ... (" + length + " characters)" : "";
        return text.codePoints()
                .limit(LONGEST)
                .mapToObj(c -> {
                    boolean steers = Character.isISOControl(c) && c != '\t' || Character.getType(c) == Character.FORMAT;
                    return steers ? "U+%04X".formatted(c) : Character.toString(c);
                })
                .collect(Collectors.joining("", "", rest));
    }
}
