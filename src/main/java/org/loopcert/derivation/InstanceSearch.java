package org.loopcert.derivation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.Context.Declaration;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Shape;

/**
 * Looks for a small instance that satisfies all hypotheses and at which a line is false: smallest dimensions first, then
 * small integers, then simple numbers. Untrusted: that an instance counts is decided by {@link Refutation}. The same
 * line gives the same answer on every machine.
 */
final class InstanceSearch {
    private static final long SEED = 20240501;
    private static final int ATTEMPTS = 180;
    private static final int MOST_ATTEMPTS = 80;
    private static final int FRUITLESS = 16;
    private static final int MOST_NAMES = 80;
    private static final int MOST_CONDITIONS = 200;

    /** For one line, in small terms that are evaluated. */
    static final long BUDGET = 30_000;

    private final Derivation derivation;
    private final Judgement line;
    private final Context context;
    private final Evaluation evaluation;

    /** For one line, with a budget of small terms that are evaluated. */
    InstanceSearch(Derivation derivation, Judgement line, long budget) {
        this.derivation = derivation;
        this.line = line;
        context = derivation.context();
        evaluation = new Evaluation(context, budget);
    }

    /** What is left of the budget. */
    long left() {
        return evaluation.left();
    }

    /** Searches. */
    SearchResult run() {
        try {
            return new Search().run();
        } catch (EntryFailure none) {
            return SearchResult.Undecided.because(none.getMessage());
        }
    }

    /** At the values at which the expansion to entries finds two sides to differ, if the kernel agrees. */
    Optional<Refutation> from(EntryCheck.Result.Refuted point) {
        try {
            return new Search().from(point);
        } catch (EntryFailure none) {
            return Optional.empty();
        }
    }

    /** The names on which a line or what it stands under depends, in the order of their declarations. */
    static Set<String> names(Context context, Judgement line) {
        Set<String> found = new HashSet<>(line.formula().freeNames());
        context.hypotheses().forEach(each -> found.addAll(each.freeNames()));
        line.assumptions().forEach(each -> found.addAll(each.freeNames()));
        List<String> open = new ArrayList<>(found);
        while (!open.isEmpty()) {
            Declaration declaration =
                    context.declaration(open.remove(open.size() - 1)).orElse(null);
            Set<String> more = new HashSet<>();
            List<Shape> shapes = new ArrayList<>();
            if (declaration instanceof Declaration.Definition definition) {
                more.addAll(definition.body().freeNames());
            } else if (declaration instanceof Declaration.Symbol symbol) {
                shapes.add(symbol.shape());
            } else if (declaration instanceof Declaration.Function function) {
                shapes.add(function.result());
                shapes.addAll(function.parameters());
            }
            for (Shape each : shapes) {
                if (each != null) {
                    more.addAll(each.rows().variables());
                    more.addAll(each.columns().variables());
                }
            }
            more.removeIf(each -> !found.add(each));
            open.addAll(more);
        }
        Set<String> names = new LinkedHashSet<>(context.declarations().keySet());
        names.retainAll(found);
        return names;
    }

    /** One line. */
    private final class Search {
        private final List<Formula> conditions = new ArrayList<>(context.hypotheses());
        private final Set<String> names = names(context, line);
        private final Random random = new Random(SEED);

        Search() {
            conditions.addAll(line.assumptions());
        }

        /** A function of which nothing says what it is. */
        private Optional<String> undefined() {
            Set<String> defined = new HashSet<>();
            context.hypotheses()
                    .forEach(each -> Construction.defined(context, each).ifPresent(defined::add));
            return names.stream()
                    .filter(each -> !defined.contains(each)
                            && context.declaration(each).orElse(null) instanceof Declaration.Function function
                            && !Construction.isSequence(function))
                    .findFirst();
        }

        SearchResult run() {
            Optional<String> undefined = undefined();
            if (undefined.isPresent()) {
                return SearchResult.Undecided.because("no values are tried for the function " + undefined.get());
            }
            if (names.size() > MOST_NAMES || conditions.size() > MOST_CONDITIONS) {
                return SearchResult.Undecided.because(
                        "it depends on " + names.size() + " names and " + conditions.size() + " hypotheses");
            }
            List<Map<String, Integer>> tried = new ArrayList<>();
            Set<Instance> satisfying = new HashSet<>();
            int attempts = 0;
            int holding = 0;
            List<Map<String, Integer>> choices = SmallIntegers.choose(context, names, conditions);
            for (Map<String, Integer> integers : choices) {
                if (evaluation.isSpent() || evaluation.obstacle().isPresent()) {
                    break;
                }
                List<Construction> constructions = List.of(construction(integers, false), construction(integers, true));
                tried.add(shown(integers));
                int fruitless = 0;
                int most = attempts(tried.size(), choices.size());
                for (int i = 0; i < most && fruitless < Math.max(FRUITLESS, most / 2) && !evaluation.isSpent(); i++) {
                    attempts++;
                    Construction construction = constructions.get(i % 2);
                    Optional<Instance> instance = construction.attempt(i, random);
                    boolean fresh = instance.filter(satisfying::add).isPresent();
                    fruitless = fresh ? 0 : fruitless + 1;
                    Judge.Answer answer = fresh ? evaluation.truth(instance.get(), line.formula()) : Judge.Answer.NONE;
                    holding += answer == Judge.Answer.TRUE ? 1 : 0;
                    if (answer == Judge.Answer.FALSE) {
                        Optional<Refutation> found = accepted(instance.get());
                        if (found.isPresent()) {
                            return new SearchResult.Refuted(shrunk(construction, instance.get(), found.get()));
                        }
                    }
                }
            }
            return SearchResult.Undecided.tried(
                    tried,
                    satisfying.size(),
                    holding,
                    attempts,
                    evaluation.obstacle().orElse(""));
        }

        Optional<Refutation> from(EntryCheck.Result.Refuted point) {
            Construction construction = construction(point.shape(), false);
            Instance instance = construction.of(point.assignment());
            Optional<Refutation> found = accepted(instance);
            return found.map(each -> shrunk(construction, instance, each));
        }

        private Construction construction(Map<String, Integer> integers, boolean reversed) {
            return new Construction(context, integers, conditions, line.formula(), names, reversed, evaluation);
        }

        /** Most for the smallest integers, where counterexamples are readable; more for each where there are few. */
        private static int attempts(int number, int of) {
            int share = Math.max(1, ATTEMPTS / of);
            return Math.min(MOST_ATTEMPTS, number <= 6 ? 2 * share + 12 : Math.max(4, share));
        }

        /** The integers that matter. */
        private Map<String, Integer> shown(Map<String, Integer> integers) {
            Map<String, Integer> shown = new LinkedHashMap<>(integers);
            shown.keySet().retainAll(names);
            return shown;
        }

        private Refutation shrunk(Construction construction, Instance instance, Refutation found) {
            Shrinking shrinking = new Shrinking(construction, random);
            Instance best = shrinking.simplest(
                    instance,
                    each -> evaluation.truth(each, line.formula()) == Judge.Answer.FALSE
                            && accepted(each).isPresent());
            return accepted(best).orElse(found);
        }

        /** What the kernel says. */
        private Optional<Refutation> accepted(Instance instance) {
            Map<String, Integer> integers = new LinkedHashMap<>(instance.integers());
            integers.keySet().removeIf(each -> !isNeeded(each));
            Instance needed = new Instance(integers, declared(instance.symbols()), declared(instance.sequences()));
            try {
                return Optional.of(Refutation.check(derivation, line, Evaluation.values(needed)));
            } catch (NotRefuted no) {
                return Optional.empty();
            }
        }

        /** In the order of the declarations, whatever was chosen first. */
        private <V> Map<String, V> declared(Map<String, V> values) {
            Map<String, V> ordered = new LinkedHashMap<>();
            for (String name : names) {
                if (values.containsKey(name)) {
                    ordered.put(name, values.get(name));
                }
            }
            return ordered;
        }

        /** Shapes that do not matter have values all the same. */
        private boolean isNeeded(String integer) {
            return names.contains(integer)
                    || context.declaration(integer)
                            .filter(each ->
                                    each instanceof Declaration.IntegerVariable variable && variable.dimension())
                            .isPresent();
        }
    }
}
