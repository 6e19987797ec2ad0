package org.loopcert.derivation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.Context.Declaration;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Term;

/** Small values for the declared integers that satisfy what is known about them, always the same ones. */
final class EntryShapes {
    private static final int MOST_IN_BOX = 4096;
    private static final int SMALL = 4;
    private static final int LARGER = 2;

    private EntryShapes() {}

    /** Whether a statement about integers holds. */
    enum Holds {
        YES,
        NO,
        /** It is no statement about integers alone. */
        UNKNOWN
    }

    /**
     * Values of all declared integers, the smallest first: all dimensions as small as they can be; then two and one, either
     * way around; then three and two. Other integers take several values at the smallest dimensions.
     */
    static List<Map<String, Integer>> choose(Context context, Formula equality, List<Formula> known) {
        Set<String> relevant = relevant(context, equality, known);
        List<String> names = new ArrayList<>();
        Set<String> dimensions = new HashSet<>();
        Map<String, Integer> lower = new LinkedHashMap<>();
        context.declarations().forEach((name, declaration) -> {
            if (declaration instanceof Declaration.IntegerVariable integer) {
                if (integer.lower().abs().bitLength() > 10) {
                    throw new EntryFailure(EntryFailure.Cause.BUDGET, "an integer beyond what is expanded: " + name);
                }
                names.add(name);
                lower.put(name, integer.lower().intValueExact());
                if (integer.dimension()) {
                    dimensions.add(name);
                }
            }
        });
        long relevantIntegers = names.stream().filter(relevant::contains).count();
        int box = 4;
        while (box > 1 && Math.pow(box, relevantIntegers) > MOST_IN_BOX) {
            box--;
        }
        List<Map<String, Integer>> all = new ArrayList<>();
        all.add(Map.of());
        for (String name : names) {
            List<Map<String, Integer>> longer = new ArrayList<>();
            for (Map<String, Integer> each : all) {
                for (int i = 0; i < (relevant.contains(name) ? box : 1); i++) {
                    Map<String, Integer> next = new LinkedHashMap<>(each);
                    next.put(name, lower.get(name) + i);
                    longer.add(next);
                }
            }
            all = longer;
        }
        all.removeIf(each -> known.stream().anyMatch(formula -> holds(formula, each) == Holds.NO));
        List<String> varied = names.stream().filter(relevant::contains).toList();
        return choose(all, varied.stream().filter(dimensions::contains).toList(), varied);
    }

    /** The names on which the equation or what is known depends; other integers need no more than one value. */
    private static Set<String> relevant(Context context, Formula equality, List<Formula> known) {
        Set<String> relevant = new HashSet<>(equality.freeNames());
        known.forEach(each -> relevant.addAll(each.freeNames()));
        List<String> open = new ArrayList<>(relevant);
        while (!open.isEmpty()) {
            Declaration declaration =
                    context.declaration(open.remove(open.size() - 1)).orElse(null);
            Set<String> more = new HashSet<>();
            if (declaration instanceof Declaration.Definition definition) {
                more.addAll(definition.body().freeNames());
            } else if (declaration instanceof Declaration.Symbol symbol) {
                more.addAll(symbol.shape().rows().variables());
                more.addAll(symbol.shape().columns().variables());
            } else if (declaration instanceof Declaration.Function function) {
                more.addAll(function.result().rows().variables());
                more.addAll(function.result().columns().variables());
            }
            more.removeIf(each -> !relevant.add(each));
            open.addAll(more);
        }
        return relevant;
    }

    private static List<Map<String, Integer>> choose(
            List<Map<String, Integer>> all, List<String> dimensions, List<String> names) {
        List<String> others =
                names.stream().filter(each -> !dimensions.contains(each)).toList();
        Set<List<Integer>> sizes = new LinkedHashSet<>();
        List<List<Integer>> possible = all.stream()
                .map(each -> values(each, dimensions))
                .distinct()
                .sorted(Comparator.comparing(EntryShapes::sum))
                .toList();
        possible.stream().findFirst().ifPresent(sizes::add);
        // sizes that tell every two neighbouring dimensions apart, in both orders, and then without a one
        for (int least = 1; least <= 2; least++) {
            for (boolean down : List.of(true, false)) {
                int at = least;
                possible.stream()
                        .filter(each -> each.stream().allMatch(size -> size >= at))
                        .filter(each -> alternates(each, down))
                        .findFirst()
                        .ifPresent(sizes::add);
            }
        }
        // with one dimension three too, as two is where identities of small matrices hold
        possible.stream().skip(1).limit(dimensions.size() == 1 ? 2 : 1).forEach(sizes::add);
        List<Map<String, Integer>> chosen = new ArrayList<>();
        boolean first = true;
        for (List<Integer> size : sizes) {
            List<Map<String, Integer>> here = all.stream()
                    .filter(each -> values(each, dimensions).equals(size))
                    .sorted(Comparator.comparing((Map<String, Integer> each) -> sum(values(each, others))))
                    .toList();
            Set<Map<String, Integer>> some = new LinkedHashSet<>();
            here.stream().limit(first ? 2 : 1).forEach(some::add);
            here.stream()
                    .filter(each -> new HashSet<>(values(each, others)).size() == others.size())
                    .limit(first ? SMALL : LARGER)
                    .forEach(some::add);
            some.stream().limit(first ? SMALL : LARGER).forEach(chosen::add);
            first = false;
        }
        return chosen;
    }

    private static boolean alternates(List<Integer> sizes, boolean down) {
        for (int i = 1; i < sizes.size(); i++) {
            boolean larger = down == (i % 2 == 1);
            if (larger ? sizes.get(i - 1) <= sizes.get(i) : sizes.get(i - 1) >= sizes.get(i)) {
                return false;
            }
        }
        return !sizes.isEmpty();
    }

    private static List<Integer> values(Map<String, Integer> integers, List<String> names) {
        return names.stream().map(integers::get).toList();
    }

    private static int sum(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).sum();
    }

    private static Holds holds(Formula formula, Map<String, Integer> integers) {
        return formula instanceof Formula.Comparison
                ? holds(EntryTerms.substituted(formula, EntryTerms.forms(integers), Map.of()))
                : Holds.UNKNOWN;
    }

    /** Whether a comparison of numbers holds. */
    static Holds holds(Formula formula) {
        if (!(formula instanceof Formula.Comparison comparison)
                || !comparison.left().shape().isScalar()) {
            return Holds.UNKNOWN;
        }
        Optional<Fraction> left = value(comparison.left());
        Optional<Fraction> right = value(comparison.right());
        if (left.isEmpty() || right.isEmpty()) {
            return Holds.UNKNOWN;
        }
        int sign = left.get().compareTo(right.get());
        boolean holds =
                switch (comparison.relation()) {
                    case EQUAL -> sign == 0;
                    case DIFFERENT -> sign != 0;
                    case BELOW -> sign < 0;
                    case AT_MOST, LOEWNER -> sign <= 0;
                };
        return holds ? Holds.YES : Holds.NO;
    }

    private static Optional<Fraction> value(Term term) {
        return switch (term.kind()) {
            case NUMBER -> Optional.of(term.value());
            case SUM ->
                term.arguments().stream()
                        .map(EntryShapes::value)
                        .reduce((left, right) -> left.flatMap(a -> right.map(a::add)))
                        .orElseThrow();
            case PRODUCT ->
                term.arguments().stream()
                        .map(EntryShapes::value)
                        .reduce((left, right) -> left.flatMap(a -> right.map(a::multiply)))
                        .orElseThrow();
            default -> Optional.empty();
        };
    }

    /** The largest of the values, and at least zero. */
    static int largest(Map<String, Integer> integers) {
        return integers.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }
}
