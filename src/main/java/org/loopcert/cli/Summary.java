package org.loopcert.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Set;
import org.loopcert.certificate.ResultJson;
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

    /** All of an accepted certificate. */
    void accepted(Verdict.Accepted accepted, ObjectNode result, List<ResultJson.Open> open) {
        instance(accepted, result);
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
        Words.fewExamples(accepted).ifPresent(note -> wrapped("  ", "note: " + note));
        List<ResultJson.NotEstablished> unmet = ResultJson.notEstablished(accepted);
        if (!unmet.isEmpty() || !open.isEmpty()) {
            out.println("not established");
        }
        for (ResultJson.NotEstablished each : unmet) {
            item(
                    each.id(),
                    each.because()
                            + each.instead()
                                    .map(id -> "; established instead: " + id)
                                    .orElse(""));
        }
        for (ResultJson.Open each : open) {
            item(each.id() + "  [undecided]", each.because());
        }
        wrapped("", Words.meaning(accepted));
    }

    private void instance(Verdict.Accepted accepted, ObjectNode result) {
        Instance instance = accepted.instance();
        row(
                "instance",
                "n = %s, d = %s, %sT = %s, alpha = %s"
                        .formatted(
                                count(instance.n(), "example"),
                                count(instance.d(), "feature"),
                                result.path("rank").isInt()
                                        ? "rank " + result.path("rank").asInt() + ", "
                                        : "",
                                count(instance.loops(), "loop"),
                                Words.BRIEF.about(instance.alpha())));
        row("step", Words.BRIEF.step(instance.step()));
        ResultJson.errorWords(accepted)
                .ifPresent(words -> row("error", words + " after " + count(instance.loops(), "loop")));
        ResultJson.boundWords(accepted).ifPresent(words -> row("bound", words));
        ResultJson.driftWords(result, Summary::shorter).forEach(words -> row("drift", words));
        if (!result.path("backends").isEmpty()) {
            StringBuilder names = new StringBuilder();
            result.path("backends").forEach(name -> names.append(names.length() == 0 ? "" : ", ")
                    .append(name.asText()));
            row("backends", "the producer says that these agreed on the symbolic step: " + names);
        }
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** Four digits, rounded up. */
    private static String shorter(String decimal) {
        return new BigDecimal(decimal)
                .round(new MathContext(4, RoundingMode.CEILING))
                .stripTrailingZeros()
                .toString();
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
            return (accepted.refutation() ? "refutes contraction" : "certifies convergence")
                    + ", n = %d, d = %d, T = %d".formatted(instance.n(), instance.d(), instance.loops());
        }
        return Words.because(verdict);
    }
}
