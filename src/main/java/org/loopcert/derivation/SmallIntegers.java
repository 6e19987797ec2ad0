package org.loopcert.derivation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.Context.Declaration;
import org.loopcert.kernel.proof.Formula;

/** Values of the declared integers at which a counterexample is looked for, the smallest dimensions first. */
final class SmallIntegers {
    private static final int LARGEST_DIMENSION = 3;
    private static final int MANY_DIMENSIONS = 4;
    private static final int MANY_INTEGERS = 3;

    /** So many dimensions, and so many other integers, take several values; the others stay at their least. */
    private static final int VARIED = 6;

    private SmallIntegers() {}

    /** Values of all declared integers, as far as the conditions that speak of integers alone allow. */
    static List<Map<String, Integer>> choose(Context context, Collection<String> names, List<Formula> conditions) {
        List<String> dimensions = new ArrayList<>();
        List<String> others = new ArrayList<>();
        Map<String, Integer> lower = new LinkedHashMap<>();
        context.declarations().forEach((name, declaration) -> {
            if (declaration instanceof Declaration.IntegerVariable integer) {
                int least = integer.lower().bitLength() > 10
                        ? Integer.MAX_VALUE
                        : integer.lower().intValueExact();
                lower.put(name, least);
                if (names.contains(name)) {
                    (integer.dimension() ? dimensions : others).add(name);
                }
            }
        });
        if (lower.containsValue(Integer.MAX_VALUE)) {
            return List.of();
        }
        int largest = dimensions.size() > MANY_DIMENSIONS ? LARGEST_DIMENSION - 1 : LARGEST_DIMENSION;
        int range = others.size() > MANY_INTEGERS ? 2 : 4;
        List<Map<String, Integer>> sizes = new ArrayList<>(boxes(dimensions, lower, largest));
        sizes.sort(Comparator.comparing((Map<String, Integer> each) -> EntryShapes.largest(each))
                .thenComparing(SmallIntegers::sum));
        List<Map<String, Integer>> boxes = new ArrayList<>(boxes(others, lower, range));
        boxes.sort(Comparator.comparing(SmallIntegers::sum));
        Set<Map<String, Integer>> chosen = new LinkedHashSet<>();
        for (Map<String, Integer> size : sizes) {
            List<Map<String, Integer>> here = new ArrayList<>();
            for (Map<String, Integer> box : boxes) {
                Map<String, Integer> all = new LinkedHashMap<>(lower);
                all.putAll(size);
                all.putAll(box);
                if (conditions.stream().allMatch(each -> isPossible(each, all))) {
                    here.add(all);
                }
            }
            here.stream().limit(3).forEach(chosen::add);
            // indices and lengths that are told apart
            here.stream()
                    .filter(each -> new HashSet<>(others.stream().map(each::get).toList()).size() == others.size())
                    .limit(4)
                    .forEach(chosen::add);
        }
        return List.copyOf(chosen);
    }

    private static boolean isPossible(Formula formula, Map<String, Integer> integers) {
        return !(formula instanceof Formula.Comparison)
                || EntryShapes.holds(EntryTerms.substituted(formula, EntryTerms.forms(integers), Map.of()))
                        != EntryShapes.Holds.NO;
    }

    private static int sum(Map<String, Integer> integers) {
        return integers.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static List<Map<String, Integer>> boxes(List<String> names, Map<String, Integer> lower, int range) {
        List<Map<String, Integer>> all = new ArrayList<>();
        all.add(Map.of());
        for (String name : names.subList(0, Math.min(VARIED, names.size()))) {
            List<Map<String, Integer>> longer = new ArrayList<>();
            for (Map<String, Integer> each : all) {
                for (int i = 0; i < range; i++) {
                    Map<String, Integer> next = new LinkedHashMap<>(each);
                    next.put(name, lower.get(name) + i);
                    longer.add(next);
                }
            }
            all = longer;
        }
        return all;
    }
}
