package org.loopcert.derivation;

import java.util.List;
import java.util.Set;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.value.Counterexample;
import org.loopcert.kernel.value.NotACounterexample;
import org.loopcert.kernel.value.NotACounterexample.Reason;
import org.loopcert.kernel.value.Values;

/** A line of a derivation that is false at values which satisfy everything that it stands under. */
public final class Refutation {
    private static final Set<Reason> UNKNOWN = Set.of(
            Reason.NOT_DECIDED,
            Reason.LINE_NOT_DECIDED,
            Reason.QUANTIFIER,
            Reason.CIRCULAR,
            Reason.PRECISION,
            Reason.LIMIT);

    private static final String HYPOTHESIS = "hypothesis ";

    private final Derivation derivation;
    private final Judgement line;
    private final Counterexample counterexample;

    private Refutation(Derivation derivation, Judgement line, Counterexample counterexample) {
        this.derivation = derivation;
        this.line = line;
        this.counterexample = counterexample;
    }

    /**
     * Which line.
     *
     * @param part the lemma or claim
     * @param step the number of the line in it, 0 for the statement itself
     * @param text the line as written, so that a line of another number is not taken for it
     */
    public record Line(String part, int step, String text) {}

    /**
     * Reads a derivation, finds the line, and has the kernel decide that the values refute it.
     *
     * @param text of the derivation
     */
    public static Refutation check(String text, Line name, Values values) throws NotRefuted {
        Derivation derivation;
        try {
            derivation = DerivationReader.read("derivation", text);
        } catch (DerivationSyntaxException wrong) {
            throw new NotRefuted(
                    NotRefuted.Kind.MALFORMED,
                    "malformed",
                    "text",
                    "a derivation: " + wrong.expected(),
                    wrong.found() + " at " + wrong.place());
        }
        return check(derivation, line(derivation, name), values);
    }

    private static Judgement line(Derivation derivation, Line name) throws NotRefuted {
        List<Judgement> found = Judgement.of(derivation).stream()
                .filter(each -> each.part().equals(name.part()) && each.step() == name.step())
                .toList();
        if (found.size() != 1) {
            String expected = "one line " + name.step() + " of " + name.part() + " whose shapes fit";
            throw new NotRefuted(NotRefuted.Kind.REJECTED, "no-such-line", "line", expected, found.size() + " of them");
        }
        Judgement line = found.get(0);
        if (!line.text().equals(name.text())) {
            throw new NotRefuted(NotRefuted.Kind.REJECTED, "other-line", "line", line.text(), name.text());
        }
        return line;
    }

    /**
     * Has the kernel decide that the values refute a line of this derivation.
     *
     * @param line one of {@link Judgement#of}
     */
    public static Refutation check(Derivation derivation, Judgement line, Values values) throws NotRefuted {
        if (!derivation.diagnostics().isEmpty()) {
            // what is left out of the context is a hypothesis that the values need not satisfy
            Diagnostic first = derivation.diagnostics().get(0);
            throw new NotRefuted(
                    NotRefuted.Kind.REJECTED,
                    "ill-typed",
                    "text",
                    first.expected(),
                    first.found() + " at " + first.place());
        }
        try {
            Counterexample counterexample =
                    Counterexample.check(derivation.context(), line.assumptions(), line.formula(), values);
            return new Refutation(derivation, line, counterexample);
        } catch (NotACounterexample not) {
            NotRefuted.Kind kind =
                    UNKNOWN.contains(not.reason()) ? NotRefuted.Kind.UNDECIDED : NotRefuted.Kind.REJECTED;
            String where = named(derivation, not.where());
            throw new NotRefuted(kind, not.reason().code(), where, not.expected(), not.found());
        }
    }

    /** {@code hypothesis 2 (descent)}. */
    private static String named(Derivation derivation, String where) {
        if (!where.startsWith(HYPOTHESIS)) {
            return where;
        }
        int number = Integer.parseInt(where.substring(HYPOTHESIS.length()));
        return where + " (" + derivation.hypotheses().get(number - 1).name() + ")";
    }

    public Derivation derivation() {
        return derivation;
    }

    public Judgement line() {
        return line;
    }

    public Counterexample counterexample() {
        return counterexample;
    }

    /** What is false at the values. */
    public Formula refuted() {
        return counterexample.refuted();
    }
}
