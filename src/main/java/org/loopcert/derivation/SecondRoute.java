package org.loopcert.derivation;

import java.util.LinkedHashMap;
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
    /** A file has many lines: about a second for the longest of them. */
    private static final EntryCheck.Budget BUDGET = new EntryCheck.Budget(60_000, 1_500, 60, 240);

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
        return Optional.of(EntryCheck.check(context, comparison, known, BUDGET));
    }

    /**
     * What the expansion says of an equation that the kernel has proved.
     *
     * @throws RoutesContradictException if it finds values at which the two sides differ: one of the two is wrong
     */
    Optional<EntryCheck.Result> confirm(Place place, Comparison proved, List<Fact> facts) {
        Optional<EntryCheck.Result> result = ask(proved, facts);
        if (result.orElse(null) instanceof EntryCheck.Result.Refuted refuted) {
            throw new RoutesContradictException(
                    place,
                    "the kernel proves " + Notation.of(proved) + ", but the expansion to entries finds it "
                            + words(refuted));
        }
        return result;
    }

    /** What the expansion says of an equation that was not proved. */
    Optional<EntryCheck.Result> refute(Comparison open, List<Fact> facts) {
        return ask(open, facts);
    }

    static String words(EntryCheck.Result result) {
        if (result instanceof EntryCheck.Result.Refuted refuted) {
            return words(refuted);
        }
        return result instanceof EntryCheck.Result.Confirmed confirmed
                ? "entries agree at "
                        + confirmed.shapes().stream().map(SecondRoute::words).collect(Collectors.joining("; "))
                : "entries not compared: " + ((EntryCheck.Result.NotApplicable) result).why();
    }

    private static String words(EntryCheck.Result.Refuted refuted) {
        Map<String, Object> values = new LinkedHashMap<>(refuted.shape());
        values.putAll(refuted.assignment());
        return "false" + (values.isEmpty() ? "" : " at " + words(values))
                + ": left side less right side is " + refuted.difference()
                + " in entry " + refuted.row() + ", " + refuted.column();
    }

    private static String words(Map<String, ?> values) {
        return values.entrySet().stream()
                .map(each -> each.getKey() + " = " + each.getValue())
                .collect(Collectors.joining(", "));
    }
}
