package org.loopcert.derivation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Context.Declaration;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.Formula.Relation;
import org.loopcert.kernel.value.Counterexample;
import org.loopcert.kernel.value.Enclosure;
import org.loopcert.kernel.value.Matrix;
import org.loopcert.kernel.value.Values;

/** Says at which values a line is false, and what its sides are there. */
public final class RefutationWords {
    private static final int DIGITS = 10;

    private RefutationWords() {}

    /** All of it in one sentence. */
    public static String of(Refutation refutation) {
        Counterexample found = refutation.counterexample();
        Values values = found.values();
        Map<String, Object> all = new LinkedHashMap<>(integers(refutation));
        values.matrices().forEach((name, value) -> all.put(name, show(value)));
        values.sequences().forEach((name, table) -> {
            for (int i = 0; i < table.values().size(); i++) {
                all.put(
                        name + "(" + table.first().add(BigInteger.valueOf(i)) + ")",
                        show(table.values().get(i)));
            }
        });
        String at = all.entrySet().stream()
                .map(each -> each.getKey() + " = " + each.getValue())
                .collect(Collectors.joining(", "));
        return "false" + (at.isEmpty() ? "" : " at " + at) + ": " + sides(found);
    }

    private static String sides(Counterexample found) {
        if (!(found.refuted() instanceof Comparison comparison)) {
            return show(found.sides().get(0)) + " is not invertible";
        }
        String left = show(found.sides().get(0));
        String right = show(found.sides().get(1));
        String place = found.place()
                .filter(any -> !comparison.left().shape().isScalar())
                .filter(any ->
                        found.sides().get(0).rows() * found.sides().get(0).columns() > 1)
                .map(each -> ", which differ in entry " + (each.get(0) + 1) + ", " + (each.get(1) + 1))
                .orElse("");
        String how = comparison.relation() == Relation.LOEWNER
                ? ", and right less left is not symmetric and positive semidefinite"
                : place;
        return "left side " + left + ", right side " + right + how;
    }

    private static Set<String> names(Refutation refutation) {
        return InstanceSearch.names(refutation.derivation().context(), refutation.line());
    }

    /** The integers on which the line or its hypotheses depend. */
    public static Map<String, Integer> integers(Refutation refutation) {
        Map<String, Integer> integers = new LinkedHashMap<>();
        refutation.counterexample().values().integers().forEach((name, value) -> {
            if (names(refutation).contains(name)) {
                integers.put(name, value.intValueExact());
            }
        });
        return Collections.unmodifiableMap(integers);
    }

    /** Exact fractions by entry: {@code alpha}, {@code y[2]}, {@code X[1,2]}, {@code theta(0)[1]}. */
    public static Map<String, String> entries(Refutation refutation) {
        Values values = refutation.counterexample().values();
        Map<String, String> entries = new LinkedHashMap<>();
        values.matrices().forEach((name, value) -> put(entries, refutation, name, name, value));
        values.sequences().forEach((name, table) -> {
            for (int i = 0; i < table.values().size(); i++) {
                String node = name + "(" + table.first().add(BigInteger.valueOf(i)) + ")";
                put(entries, refutation, name, node, table.values().get(i));
            }
        });
        return Collections.unmodifiableMap(entries);
    }

    private static void put(Map<String, String> into, Refutation refutation, String name, String node, Matrix value) {
        for (int i = 0; i < value.rows(); i++) {
            for (int j = 0; j < value.columns(); j++) {
                String entry = EntryNames.entry(
                        node, EntryNames.declared(refutation.derivation().context(), name), i + 1, j + 1);
                into.put(entry, value.get(i, j).lower().toString());
            }
        }
    }

    /** Left side less right side in the entry that differs, where both are exact. */
    public static Optional<String> difference(Refutation refutation) {
        Counterexample found = refutation.counterexample();
        return found.place().flatMap(at -> {
            Enclosure left = found.sides().get(0).get(at.get(0), at.get(1));
            Enclosure right = found.sides().get(1).get(at.get(0), at.get(1));
            return left.isExact() && right.isExact()
                    ? Optional.of(left.lower().subtract(right.lower()).toString())
                    : Optional.empty();
        });
    }

    /** Row and column, from one, of an entry in which the sides differ; empty where entries alone do not refute. */
    public static Optional<List<Integer>> place(Refutation refutation) {
        return refutation.counterexample().place().map(each -> List.of(each.get(0) + 1, each.get(1) + 1));
    }

    /** Both sides, or the matrix that is not invertible. */
    public static List<String> sides(Refutation refutation) {
        return refutation.counterexample().sides().stream()
                .map(RefutationWords::show)
                .toList();
    }

    /** The largest dimension among the integers that matter, or zero. */
    public static int dimension(Refutation refutation) {
        return names(refutation).stream()
                .filter(each ->
                        refutation.derivation().context().declaration(each).orElse(null)
                                        instanceof Declaration.IntegerVariable variable
                                && variable.dimension())
                .mapToInt(each -> refutation
                        .counterexample()
                        .values()
                        .integers()
                        .get(each)
                        .intValueExact())
                .max()
                .orElse(0);
    }

    /** A matrix as the language writes it; what is not rational by its first digits. */
    private static String show(Matrix matrix) {
        List<String> rows = new ArrayList<>();
        for (List<Enclosure> row : matrix.entries()) {
            rows.add(row.stream().map(RefutationWords::show).collect(Collectors.joining(", ")));
        }
        String text = String.join("; ", rows);
        return matrix.rows() == 1 && matrix.columns() == 1 ? text : "[" + text + "]";
    }

    private static String show(Enclosure value) {
        if (value.isExact()) {
            return value.lower().toString();
        }
        String below = decimal(value.lower(), RoundingMode.FLOOR);
        String above = decimal(value.upper(), RoundingMode.CEILING);
        return "between " + below + " and " + above;
    }

    private static String decimal(Fraction value, RoundingMode rounding) {
        return new BigDecimal(value.numerator())
                .divide(new BigDecimal(value.denominator()), new MathContext(DIGITS, rounding))
                .toString();
    }

    /** What was tried in vain. */
    public static String of(SearchResult.Undecided search) {
        if (search.attempts() == 0) {
            return "undecided: no instance was tried"
                    + (search.obstacle().isEmpty() ? "" : ", as " + search.obstacle());
        }
        String ranges = search.ranges().entrySet().stream()
                .map(each -> each.getKey() + " = "
                        + (each.getValue().from() == each.getValue().to()
                                ? Integer.toString(each.getValue().from())
                                : each.getValue().from() + ".."
                                        + each.getValue().to()))
                .collect(Collectors.joining(", "));
        String satisfying = search.satisfying() == 1
                ? "the one instance that satisfies the hypotheses"
                : search.satisfying() + " instances that satisfy the hypotheses";
        return "undecided: "
                + (search.satisfying() == 0
                        ? "no instance was found that satisfies the hypotheses"
                        : "no counterexample among " + satisfying)
                + " (of " + search.attempts() + " begun" + (ranges.isEmpty() ? "" : ", " + ranges) + ")"
                + (search.holding() == search.satisfying()
                        ? ""
                        : "; at " + (search.satisfying() - search.holding())
                                + " of them the line is undefined or not decided")
                + (search.obstacle().isEmpty() ? "" : "; no values show a hypothesis: expected " + search.obstacle());
    }
}
