package org.loopcert.derivation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.Context.Declaration;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.IllTyped;
import org.loopcert.kernel.proof.Term;
import org.loopcert.matrix.Matrix;
import org.loopcert.ring.RationalField;

/**
 * The second route for equalities of derivations: at several small shapes every entry of every symbol is an
 * indeterminate, hypotheses are substitutions and polynomial relations, and both sides are compared entry by entry. What
 * is confirmed holds at those shapes wherever all operations are defined, for all real entries; it is no proof for other
 * shapes. What is refuted is false: the point is evaluated exactly, and every hypothesis with it.
 */
public final class EntryCheck {
    private static final int[] CAPACITIES = {48, 192, 640};

    private EntryCheck() {}

    /** What the comparison of entries says. */
    public sealed interface Result {
        /**
         * Both sides agree at these values of the integers, for all entries that satisfy the hypotheses.
         *
         * @param how what the agreement rests on
         */
        record Confirmed(List<Map<String, Integer>> shapes, String how) implements Result {
            public Confirmed {
                shapes = List.copyOf(shapes);
            }
        }

        /**
         * The sides differ at a point that satisfies the hypotheses.
         *
         * @param row of an entry that differs, counted from one
         * @param column of that entry
         * @param difference left side less right side there, an exact fraction
         * @param assignment exact fractions by name: {@code alpha}, {@code y[2]}, {@code X[1,2]}, {@code theta(0)[1]}
         */
        record Refuted(
                Map<String, Integer> shape, int row, int column, String difference, Map<String, String> assignment)
                implements Result {
            public Refuted {
                shape = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(shape));
                assignment = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(assignment));
            }
        }

        /** The comparison says nothing. */
        record NotApplicable(String why) implements Result {}
    }

    /**
     * How much is tried, in counts that do not depend on the machine.
     *
     * @param work monomial operations for each shape
     * @param monomials in one polynomial
     * @param pairs of the Groebner basis of the relations
     * @param points tried where the sides differ as functions
     */
    public record Budget(long work, int monomials, int pairs, int points) {
        public static final Budget DEFAULT = new Budget(400_000, 4_000, 60, 240);

        public Budget {
            if (work < 1 || monomials < 1 || pairs < 0 || points < 0) {
                throw new IllegalArgumentException("expected a positive budget");
            }
        }
    }

    /** What was found at one shape. */
    private sealed interface Outcome {
        record Agree(boolean byRelations) implements Outcome {}

        record Differ(EntryPoints.Point point) implements Outcome {}

        record Open(String why) implements Outcome {}

        record Skipped(boolean budget, String why) implements Outcome {}
    }

    /**
     * Compares both sides of an equation.
     *
     * @param facts what is known beside the hypotheses of the context
     */
    public static Result check(Context context, Formula.Comparison equality, List<Formula> facts, Budget budget) {
        if (equality.relation() != Formula.Relation.EQUAL) {
            return new Result.NotApplicable(
                    "no equation: " + equality.relation().sign());
        }
        // a hypothesis that is named as a fact again is still one recursion, not two
        List<Formula> known = Stream.concat(facts.stream(), context.hypotheses().stream())
                .distinct()
                .toList();
        List<Map<String, Integer>> shapes;
        try {
            context.check(equality);
            for (Formula each : facts) {
                context.check(each);
            }
            shapes = EntryShapes.choose(context, equality, known);
        } catch (IllTyped failure) {
            return new Result.NotApplicable("ill-typed: " + failure.getMessage());
        } catch (EntryFailure failure) {
            return new Result.NotApplicable(failure.getMessage());
        }
        return check(context, equality, known, budget, shapes);
    }

    private static Result check(
            Context context,
            Formula.Comparison equality,
            List<Formula> known,
            Budget budget,
            List<Map<String, Integer>> shapes) {
        List<Map<String, Integer>> agreed = new ArrayList<>();
        boolean byRelations = false;
        boolean spared = false;
        String skipped = "no small values of the integers satisfy what is known about them";
        String open = null;
        for (Map<String, Integer> shape : shapes) {
            // where one shape leaves the question open, the next ones share what is left of the search
            int points = open == null ? budget.points() : budget.points() / 4;
            Budget here = new Budget(budget.work(), budget.monomials(), budget.pairs(), points);
            Outcome outcome = at(context, equality, known, here, shape);
            if (outcome instanceof Outcome.Differ differ) {
                return refuted(shape, differ.point());
            } else if (outcome instanceof Outcome.Agree agree) {
                agreed.add(shape);
                byRelations |= agree.byRelations();
            } else if (outcome instanceof Outcome.Open undecided) {
                open = open == null ? undecided.why() + " at " + shape : open;
            } else if (outcome instanceof Outcome.Skipped skip) {
                skipped = spared && !skip.budget() ? skipped : skip.why() + " at " + shape;
                spared |= skip.budget();
            }
        }
        if (open != null) {
            return new Result.NotApplicable(open);
        }
        if (agreed.isEmpty() || spared && isTrivial(context, agreed, shapes)) {
            return new Result.NotApplicable(skipped);
        }
        return new Result.Confirmed(
                agreed,
                byRelations
                        ? "equal modulo the relations that hypotheses and roots impose on the entries"
                        : "equal as rational functions of the entries");
    }

    /** Whether some dimension is one wherever the sides were seen to agree, though larger shapes were meant to be tried. */
    private static boolean isTrivial(
            Context context, List<Map<String, Integer>> agreed, List<Map<String, Integer>> shapes) {
        return context.declarations().entrySet().stream()
                .filter(each -> each.getValue() instanceof Declaration.IntegerVariable integer && integer.dimension())
                .map(Map.Entry::getKey)
                .anyMatch(name -> agreed.stream().allMatch(each -> each.get(name) == 1)
                        && shapes.stream().anyMatch(each -> each.get(name) > 1));
    }

    private static Result refuted(Map<String, Integer> shape, EntryPoints.Point point) {
        Map<String, String> assignment = new LinkedHashMap<>();
        point.assignment().forEach((name, value) -> assignment.put(name, RationalField.INSTANCE.show(value)));
        return new Result.Refuted(
                shape, point.row(), point.column(), RationalField.INSTANCE.show(point.difference()), assignment);
    }

    private static Outcome at(
            Context context,
            Formula.Comparison equality,
            List<Formula> known,
            Budget budget,
            Map<String, Integer> shape) {
        EntryFailure last = null;
        for (int capacity : CAPACITIES) {
            try {
                return at(context, equality, known, budget, shape, capacity);
            } catch (EntryFailure failure) {
                last = failure;
                if (failure.kind() != EntryFailure.Cause.CAPACITY) {
                    break;
                }
            }
        }
        boolean spared = last.kind() == EntryFailure.Cause.BUDGET || last.kind() == EntryFailure.Cause.CAPACITY;
        return last.kind() == EntryFailure.Cause.UNSUPPORTED
                ? new Outcome.Open(last.getMessage())
                : new Outcome.Skipped(spared, last.getMessage());
    }

    private static Outcome at(
            Context context,
            Formula.Comparison equality,
            List<Formula> known,
            Budget budget,
            Map<String, Integer> shape,
            int capacity) {
        List<Formula> fixed = known.stream()
                .map(each -> EntryTerms.substituted(each, EntryTerms.forms(shape), Map.of()))
                .toList();
        Term left = EntryTerms.substituted(equality.left(), EntryTerms.forms(shape), Map.of());
        Term right = EntryTerms.substituted(equality.right(), EntryTerms.forms(shape), Map.of());
        EntryMeter meter = new EntryMeter(budget.monomials());
        EntryExpansion expansion = new EntryExpansion(context, shape, fixed, capacity, meter);
        expansion.assume(budget.work() / 4, EntryShapes.largest(shape) + 1, budget.pairs());
        meter.allow(budget.work());
        Matrix<Entry> difference = expansion.expand(left).subtract(expansion.field(), expansion.expand(right));
        List<Entry> nonzero = difference.toLists().stream()
                .flatMap(List::stream)
                .filter(each -> !each.isZero())
                .toList();
        meter.allow(budget.work());
        EntryRelations relations =
                new EntryRelations(expansion.relations(), expansion.auxiliary(), budget.pairs(), meter);
        boolean vacuous =
                relations.contradictory() || expansion.nonzero().stream().anyMatch(relations::implyZero);
        if (vacuous) {
            return new Outcome.Skipped(false, "the hypotheses contradict each other, or an operation is undefined");
        }
        meter.allow(budget.work());
        if (nonzero.stream().allMatch(each -> relations.implyZero(each.numerator()))) {
            return new Outcome.Agree(!nonzero.isEmpty());
        }
        EntryPoints points = new EntryPoints(context, shape, fixed, expansion, relations);
        Optional<Formula> obstacle = points.obstacle();
        if (obstacle.isPresent()) {
            return new Outcome.Open(
                    "difference not zero in the ring, and no point satisfies for certain: " + obstacle.get());
        }
        boolean decided = relations.complete() && expansion.ignored().isEmpty();
        Optional<EntryPoints.Point> point = points.search(left, right, decided ? budget.points() : budget.points() / 4);
        if (point.isPresent()) {
            return new Outcome.Differ(point.get());
        }
        return decided
                ? new Outcome.Open("difference not zero in the ring, no rational point found")
                : new Outcome.Skipped(
                        true, "difference not seen to be zero within the budget, no rational point found");
    }
}
