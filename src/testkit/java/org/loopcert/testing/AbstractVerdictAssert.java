package org.loopcert.testing;

import ch.obermuhlner.math.big.BigRational;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;
import org.loopcert.certificate.Outcome;
import org.loopcert.certificate.Words;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.Statement;
import org.loopcert.kernel.Verdict;

/**
 * What can be asserted of everything that the kernel gives a verdict about.
 *
 * <p>Whatever says what holds of an instance needs an accepted verdict, and fails on any other; also where something is
 * <em>not</em> to hold, for from a rejected or undecided verdict nothing follows.
 *
 * @param <S> the assertion's own type
 * @param <A> what it is about
 */
public abstract class AbstractVerdictAssert<S extends AbstractVerdictAssert<S, A>, A> extends AbstractAssert<S, A> {
    AbstractVerdictAssert(A actual, Class<?> self) {
        super(actual, self);
    }

    /** The kernel's verdict; found once, however many assertions follow. */
    abstract Findings findings();

    /** What the assertion is about, for messages. */
    abstract String subject();

    /**
     * Every one of these statements was derived.
     *
     * @param ids as in {@code --json}, such as {@code theorem-4.4}
     * @throws IllegalArgumentException if there is no such statement
     */
    public S establishes(String... ids) {
        List<String> expected = Statements.require(ids);
        isNotNull();
        Findings findings = findings();
        for (String id : expected) {
            if (!findings.established().contains(id)) {
                throw failureWithActualExpected(
                        findings.established(),
                        expected,
                        "%s",
                        message("to establish", id, "it is not derived: " + findings.why(id)));
            }
        }
        return myself;
    }

    /**
     * None of these statements was derived; the verdict is accepted, for otherwise nothing would be.
     *
     * @param ids as in {@code --json}, such as {@code theorem-4.4}
     * @throws IllegalArgumentException if there is no such statement
     */
    public S doesNotEstablish(String... ids) {
        List<String> unexpected = Statements.require(ids);
        isNotNull();
        Verdict.Accepted accepted = requireAccepted("not to establish " + String.join(", ", unexpected));
        for (String id : unexpected) {
            accepted.theorems().stream()
                    .filter(theorem -> theorem.id().equals(id))
                    .findFirst()
                    .ifPresent(theorem -> {
                        throw failure(
                                "%s",
                                message(
                                        "not to establish",
                                        id,
                                        "it is derived by " + theorem.rule() + ": "
                                                + Words.BRIEF.statement(theorem.statement())));
                    });
        }
        return myself;
    }

    /**
     * The statement was not derived, and this hypothesis is one that the instance does not meet.
     *
     * @param id as in {@code --json}, such as {@code theorem-4.4}
     * @param hypothesis {@code label-noise}, {@code rank-deficient}, {@code start}, {@code norm}, {@code step} or
     *     {@code schedule}
     */
    public S doesNotEstablishFor(String id, String hypothesis) {
        doesNotEstablish(id);
        Optional<Outcome.NotEstablished> unmet = findings().notEstablished().stream()
                .filter(each -> each.id().equals(id))
                .findFirst();
        List<String> failing = unmet.map(Outcome.NotEstablished::hypotheses).orElse(List.of());
        if (!failing.contains(hypothesis)) {
            throw failureWithActualExpected(
                    failing,
                    List.of(hypothesis),
                    "%s",
                    message(
                            "not to establish " + id + " for the hypothesis",
                            hypothesis,
                            "the hypotheses that fail are " + failing));
        }
        return myself;
    }

    /** |<TF, tt> - alpha |tt|^2| after T loops is certified to be at most this, tt the least-squares solution. */
    public S hasErrorAtMost(BigRational bound) {
        isNotNull();
        Fraction limit = exact(bound);
        String expectation = "to have an error of at most";
        requireAccepted(expectation + " " + limit);
        Statement.ErrorValue value = findings()
                .error()
                .orElseThrow(() -> failure(
                        "%s", message(expectation, limit.toString(), "no line encloses the error after T loops")));
        if (limit.below(value.lower())) {
            throw failureWithActualExpected(
                    "in [" + value.lower() + ", " + value.upper() + "]",
                    "at most " + limit,
                    "%s",
                    message(expectation, limit.toString(), "it lies in " + brief(value.lower(), value.upper())));
        }
        if (limit.below(value.upper())) {
            throw failure(
                    "%s",
                    message(
                            expectation,
                            limit.toString(),
                            "that is undecided: it lies in " + brief(value.lower(), value.upper())
                                    + ", and more digits would tell"));
        }
        return myself;
    }

    /** The condition number of X'X on the row space of X is certified to lie between these, both included. */
    public S hasConditionNumberBetween(BigRational lower, BigRational upper) {
        isNotNull();
        Fraction from = exact(lower);
        Fraction to = exact(upper);
        String wanted = "[" + from + ", " + to + "]";
        if (to.below(from)) {
            throw new IllegalArgumentException("expected lower <= upper, found " + wanted);
        }
        String expectation = "to have a condition number in";
        requireAccepted(expectation + " " + wanted);
        Statement.Spectrum spectrum = findings()
                .last(Statement.Spectrum.class)
                .orElseThrow(() -> failure("%s", message(expectation, wanted, "no line encloses the spectrum")));
        Fraction least = spectrum.kappaLower();
        Fraction largest = spectrum.kappaUpper();
        if (largest.below(from) || to.below(least)) {
            throw failureWithActualExpected(
                    "in [" + least + ", " + largest + "]",
                    "in " + wanted,
                    "%s",
                    message(expectation, wanted, "it lies in " + brief(least, largest)));
        }
        if (least.below(from) || to.below(largest)) {
            throw failure(
                    "%s",
                    message(
                            expectation,
                            wanted,
                            "that is undecided: it lies in " + brief(least, largest)
                                    + ", so allow for the width of the enclosure, or certify with more digits"));
        }
        return myself;
    }

    /** The rank of X is certified to be this. */
    public S hasRank(int rank) {
        isNotNull();
        requireAccepted("to have rank " + rank);
        Optional<Integer> found = findings()
                .last(Statement.SmallestAtLeast.class)
                .map(Statement.SmallestAtLeast::rank)
                .or(() -> findings().last(Statement.Spectrum.class).map(Statement.Spectrum::rank));
        if (!found.equals(Optional.of(rank))) {
            throw failureWithActualExpected(
                    found.map(String::valueOf).orElse("not established"),
                    String.valueOf(rank),
                    "%s",
                    message(
                            "to have rank",
                            String.valueOf(rank),
                            found.map(each -> "it is " + each).orElse("no line counts it")));
        }
        return myself;
    }

    /** The verdict is undecided: a limit was reached, or something was not given. */
    public S isUndecided() {
        isNotNull();
        requireWord("undecided");
        return myself;
    }

    /** The verdict is undecided for this reason. */
    public S isUndecidedBecause(Verdict.Reason reason) {
        isUndecided();
        Verdict.Reason found = ((Verdict.Undecided) findings().verdict()).reason();
        if (found != reason) {
            throw failureWithActualExpected(
                    found.code(), reason.code(), "%s", message("to be undecided because of", reason.code(), ""));
        }
        return myself;
    }

    /** Fails unless the verdict is accepted; accepted refutations are. */
    Verdict.Accepted requireAccepted(String expectation) {
        return findings()
                .accepted()
                .orElseThrow(() -> failure("%s", message(expectation, "", "the verdict is not accepted")));
    }

    void requireWord(String word) {
        Findings findings = findings();
        if (!findings.verdict().word().equals(word)) {
            throw failureWithActualExpected(
                    findings.verdict().word(), word, "%s", message("to be", word, "it is " + findings.word()));
        }
    }

    /** Expected, found and the whole verdict, one below the other. */
    String message(String expectation, String expected, String but) {
        StringBuilder text = new StringBuilder("\nExpecting ").append(subject()).append('\n');
        text.append(expectation);
        if (!expected.isEmpty()) {
            text.append("\n  ").append(expected);
        }
        if (!but.isEmpty()) {
            text.append("\nbut ").append(but);
        }
        return text.append('\n').append(findings().describe()).toString();
    }

    private static Fraction exact(BigRational value) {
        return Fraction.of(value.getNumeratorBigInteger(), value.getDenominatorBigInteger());
    }

    private static String brief(Fraction lower, Fraction upper) {
        return "[" + Words.BRIEF.down(lower) + ", " + Words.BRIEF.up(upper) + "]";
    }
}
