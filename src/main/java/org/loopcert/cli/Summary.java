package org.loopcert.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.loopcert.certificate.Measured;
import org.loopcert.certificate.Outcome;
import org.loopcert.certificate.Words;
import org.loopcert.certify.Certifier;
import org.loopcert.kernel.Instance;
import org.loopcert.kernel.Statement;
import org.loopcert.kernel.Theorem;
import org.loopcert.kernel.Verdict;

/** A verdict as a person reads it. */
final class Summary {
    private static final int WIDTH = 110;

    /** Lines that only carry others; {@code --json} lists them. */
    private static final Set<String> AUXILIARY = Set.of(
            "lambda-max-at-most",
            "lambda-max-at-least",
            "smallest-positive-at-least",
            "smallest-positive-at-most",
            "small-steps",
            "realizable",
            "least-squares");

    private final PrintWriter out;

    Summary(Session session) {
        this.out = session.out();
    }

    /**
     * All of an accepted certificate.
     *
     * @param open what its producer could not decide
     */
    void accepted(Verdict.Accepted accepted, Measured measured, List<Outcome.Open> open) {
        instance(accepted, measured);
        out.println("established");
        int auxiliary = 0;
        for (Theorem theorem : accepted.theorems()) {
            if (AUXILIARY.contains(theorem.id())) {
                auxiliary++;
            } else if (!(theorem.statement() instanceof Statement.Unmet)) {
                item(
                        theorem.id() + "  [" + Words.evidence(theorem.statement()) + "]",
                        Words.BRIEF.statement(theorem.statement()));
            }
        }
        if (auxiliary > 0) {
            out.println("  and " + auxiliary + " auxiliary lines that these rest on (--json shows all, exactly)");
        }
        Optional<String> note = Words.fewExamples(accepted);
        if (note.isPresent()) {
            wrapped("  ", "note: " + note.get());
        }
        List<Outcome.NotEstablished> unmet = Outcome.notEstablished(accepted);
        if (!unmet.isEmpty() || !open.isEmpty()) {
            out.println("not established");
        }
        for (Outcome.NotEstablished each : unmet) {
            item(
                    each.id(),
                    each.because()
                            + (each.instead().isPresent()
                                    ? "; established instead: " + each.instead().get()
                                    : ""));
        }
        for (Outcome.Open each : open) {
            item(each.id() + "  [undecided]", each.because());
        }
        wrapped("", Words.meaning(accepted));
    }

    private void instance(Verdict.Accepted accepted, Measured measured) {
        Instance instance = accepted.instance();
        Optional<Integer> rank = Outcome.rank(accepted);
        row(
                "instance",
                "n = " + count(instance.n(), "example") + ", d = " + count(instance.d(), "feature") + ", "
                        + (rank.isPresent() ? "rank " + rank.get() + ", " : "") + "T = "
                        + count(instance.loops(), "loop") + ", alpha = " + Words.BRIEF.about(instance.alpha()));
        row("step", Words.BRIEF.step(instance.step()));
        Optional<String> error = Outcome.errorWords(accepted);
        if (error.isPresent()) {
            row("error", error.get() + " after " + count(instance.loops(), "loop"));
        }
        Optional<String> bound = Outcome.boundWords(accepted);
        if (bound.isPresent()) {
            row("bound", bound.get());
        }
        for (String words : measured.driftWords()) {
            row("drift", words);
        }
        if (measured.replay().isPresent()) {
            row("replay", measured.replay().get().words());
        }
        if (!measured.backends().isEmpty()) {
            row(
                    "backends",
                    "the producer says that these agreed on the symbolic step: "
                            + String.join(", ", measured.backends()));
        }
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** The place and reason of any other verdict, and what it means. */
    void refused(Verdict verdict) {
        wrapped("  ", Words.because(verdict));
        wrapped("", Words.meaning(verdict));
    }

    /** Why an instance could neither be certified nor refuted. */
    void undecided(Verdict verdict) {
        boolean searched = verdict instanceof Verdict.Undecided undecided
                && undecided.rule().equals(Certifier.SEARCH);
        wrapped("  ", searched ? ((Verdict.Undecided) verdict).missing() : Words.because(verdict));
        wrapped(
                "",
                "undecided: a limit was reached or a precision did not suffice; nothing about the instance is"
                        + " established and nothing refuted.");
        if (!searched) {
            wrapped("", "--max-bits raises max-bits and with it max-work; --evidence theorem needs no replay.");
        }
    }

    /** A named line; an empty name continues the one above. */
    void row(String name, String text) {
        wrapped("  " + name + " ".repeat(Math.max(1, 10 - name.length())), text, 12);
    }

    private void item(String name, String text) {
        out.println("  " + name);
        wrapped("      ", text, 6);
    }

    void wrapped(String first, String text) {
        wrapped(first, text, first.length());
    }

    void wrapped(String first, String text, int indent) {
        StringBuilder line = new StringBuilder(first);
        boolean empty = true;
        for (String word : text.split(" ")) {
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                out.println(line);
                line = new StringBuilder(" ".repeat(indent));
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        out.println(line);
    }

    /** One line for one of several files. */
    static String line(Verdict verdict) {
        if (verdict instanceof Verdict.Accepted accepted) {
            Instance instance = accepted.instance();
            return (accepted.refutation() ? "refutes contraction" : "certifies convergence") + ", n = " + instance.n()
                    + ", d = " + instance.d() + ", T = " + instance.loops();
        }
        return Words.because(verdict);
    }
}
