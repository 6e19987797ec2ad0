package org.loopcert.derivation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.Formula.Relation;

/** Asks the expansion to entries about equations, and compares its answer with the kernel's. */
final class SecondRoute {
    private final Context context;

    SecondRoute(Context context) {
        this.context = context;
    }

    private Optional<EntryCheck.Result> ask(Comparison comparison, List<Fact> facts) {
        if (comparison.relation() != Relation.EQUAL) {
            return Optional.empty();
        }
        List<Formula> known =
                facts.stream().map(each -> each.theorem().formula()).toList();
        return Optional.of(EntryCheck.check(context, comparison, known, EntryCheck.Budget.DEFAULT));
    }

    /**
     * What the expansion says of an equation that the kernel has proved.
     *
     * @throws IllegalStateException if it finds values at which the two sides differ: one of the two is wrong
     */
    Optional<String> confirm(Comparison proved, List<Fact> facts) {
        return ask(proved, facts).map(result -> {
            if (result instanceof EntryCheck.Result.Refuted refuted) {
                throw new IllegalStateException("the kernel proves " + Notation.of(proved) + ", but " + words(refuted));
            }
            return result instanceof EntryCheck.Result.Confirmed confirmed
                    ? "entries agree at "
                            + confirmed.shapes().stream()
                                    .map(SecondRoute::words)
                                    .collect(Collectors.joining("; "))
                    : "entries not compared: " + ((EntryCheck.Result.NotApplicable) result).why();
        });
    }

    /** Values at which an equation that was not proved is false, where the expansion finds some. */
    Optional<String> refute(Comparison open, List<Fact> facts) {
        return ask(open, facts)
                .filter(EntryCheck.Result.Refuted.class::isInstance)
                .map(result -> words((EntryCheck.Result.Refuted) result));
    }

    private static String words(EntryCheck.Result.Refuted refuted) {
        return "false at " + words(refuted.shape())
                + (refuted.assignment().isEmpty() ? "" : ", " + words(refuted.assignment()))
                + ": left side less right side is " + refuted.difference()
                + " in entry " + refuted.row() + ", " + refuted.column();
    }

    private static String words(Map<String, ?> values) {
        return values.entrySet().stream()
                .map(each -> each.getKey() + " = " + each.getValue())
                .collect(Collectors.joining(", "));
    }
}
