package org.loopcert.testing;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;
import org.loopcert.derivation.DerivationReport;
import org.loopcert.derivation.LineReport;
import org.loopcert.derivation.RefutationWords;

/**
 * What can be asserted of a derivation: which of its lines and statements are proved, for all dimensions and all values.
 *
 * @param <S> the assertion's own type
 * @param <A> what it is about
 */
public abstract class AbstractDerivationAssert<S extends AbstractDerivationAssert<S, A>, A>
        extends AbstractAssert<S, A> {
    private static final String NEW_LINE = "\n  ";

    AbstractDerivationAssert(A actual, Class<?> self) {
        super(actual, self);
    }

    /** What became of the derivation; found once, however many assertions follow. */
    abstract DerivationReport report();

    /** Every line follows, and every lemma and claim is proved. */
    public S isProved() {
        return hasVerdict(LineReport.Verdict.PROVED);
    }

    /** The verdict on the whole derivation: ill-typed if some line is, proved if every line is. */
    public S hasVerdict(LineReport.Verdict verdict) {
        isNotNull();
        LineReport.Verdict found = report().verdict();
        if (found != verdict) {
            throw failureWithActualExpected(
                    found.word(), verdict.word(), "%s", message("to be", verdict.word(), "it is " + found.word()));
        }
        return myself;
    }

    /**
     * Some line that starts here is not proved; ill-typed lines are another matter.
     *
     * @param line from 1
     */
    public S isNotProvedAtLine(int line) {
        isNotNull();
        List<LineReport> there = report().lines().stream()
                .filter(each -> each.place().line() == line)
                .toList();
        if (there.stream().noneMatch(each -> each.verdict() == LineReport.Verdict.NOT_PROVED)) {
            String found = there.isEmpty()
                    ? "nothing that could be proved starts there"
                    : "what starts there is "
                            + there.stream()
                                    .map(each -> each.verdict().word())
                                    .distinct()
                                    .collect(Collectors.joining(", "));
            throw failureWithActualExpected(
                    places(LineReport.Verdict.NOT_PROVED),
                    String.valueOf(line),
                    "%s",
                    message("not to be proved at line", String.valueOf(line), found));
        }
        return myself;
    }

    /**
     * The shapes do not fit at this place.
     *
     * @param line from 1
     * @param column in code points, from 1
     */
    public S isIllTypedAt(int line, int column) {
        isNotNull();
        Set<String> found = places(LineReport.Verdict.ILL_TYPED);
        String place = line + ":" + column;
        if (!found.contains(place)) {
            throw failureWithActualExpected(
                    found,
                    place,
                    "%s",
                    message(
                            "to be ill-typed at line:column",
                            place,
                            found.isEmpty() ? "nothing is ill-typed" : "it is ill-typed at " + found));
        }
        return myself;
    }

    /**
     * Each of these lemmas and claims is proved, whatever became of others.
     *
     * @param names as in the file; a claim without a name has the one that reports give it
     */
    public S proves(String... names) {
        isNotNull();
        for (String name : names) {
            DerivationReport.Outcome outcome = outcome("to prove", name);
            if (outcome.verdict() != LineReport.Verdict.PROVED) {
                throw failureWithActualExpected(
                        outcome.verdict().word(),
                        LineReport.Verdict.PROVED.word(),
                        "%s",
                        message(
                                "to prove",
                                name + ": " + outcome.text(),
                                "it is " + outcome.verdict().word()));
            }
        }
        return myself;
    }

    /** None of these lemmas and claims is proved; each is there. */
    public S doesNotProve(String... names) {
        isNotNull();
        for (String name : names) {
            if (outcome("not to prove", name).verdict() == LineReport.Verdict.PROVED) {
                throw failure("%s", message("not to prove", name, "it is proved"));
            }
        }
        return myself;
    }

    /**
     * This lemma or claim is proved, and these are all the hypotheses that it rests on.
     *
     * @param hypotheses their names, in any order; none where it holds without any
     */
    public S provesFrom(String name, String... hypotheses) {
        proves(name);
        Set<String> expected = new TreeSet<>(List.of(hypotheses));
        Set<String> found = new TreeSet<>(outcome("to prove", name).hypotheses());
        if (!found.equals(expected)) {
            throw failureWithActualExpected(
                    found,
                    expected,
                    "%s",
                    message("to prove " + name + " from", expected.toString(), "it rests on " + found));
        }
        return myself;
    }

    private DerivationReport.Outcome outcome(String expectation, String name) {
        return report().statements().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> failure(
                        "%s",
                        message(
                                expectation,
                                name,
                                "there is no such lemma or claim, of "
                                        + report().statements().stream()
                                                .map(DerivationReport.Outcome::name)
                                                .toList())));
    }

    private Set<String> places(LineReport.Verdict verdict) {
        return report().lines().stream()
                .filter(each -> each.verdict() == verdict)
                .map(LineReport::place)
                .sorted()
                .map(Object::toString)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private String message(String expectation, String expected, String but) {
        DerivationReport report = report();
        StringBuilder text = new StringBuilder("\nExpecting the derivation ");
        text.append(report.id()).append(" in ").append(report.file()).append('\n');
        text.append(expectation).append(NEW_LINE).append(expected);
        text.append("\nbut ").append(but).append("\nStatements:");
        for (DerivationReport.Outcome each : report.statements()) {
            String kind = each.kind().name().toLowerCase(Locale.ROOT);
            text.append(NEW_LINE)
                    .append("%s %s %s, %s: %s"
                            .formatted(
                                    each.place(),
                                    kind,
                                    each.name(),
                                    each.verdict().word(),
                                    each.text()));
        }
        if (report.statements().isEmpty()) {
            text.append(NEW_LINE).append("none, so that nothing is proved");
        }
        List<LineReport> open = report.lines().stream()
                .filter(each -> each.verdict() != LineReport.Verdict.PROVED)
                .sorted(Comparator.comparing(LineReport::place))
                .toList();
        text.append(open.isEmpty() ? "\nEvery line is proved" : "\nLines that are not proved:");
        for (LineReport each : open) {
            text.append(NEW_LINE)
                    .append("%s %s, %s: %s"
                            .formatted(each.place(), each.part(), each.verdict().word(), each.text()));
            each.problem().ifPresent(problem -> text.append(NEW_LINE)
                    .append("  ")
                    .append(problem.reason())
                    .append(": ")
                    .append(problem.message()));
            each.counterexample()
                    .ifPresent(found -> text.append(NEW_LINE).append("  ").append(RefutationWords.of(found)));
        }
        return text.toString();
    }
}
