package org.loopcert.derivation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.EqualityRules;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.Formula.ForAll;
import org.loopcert.kernel.proof.Formula.Relation;
import org.loopcert.kernel.proof.IllTyped;
import org.loopcert.kernel.proof.NotProved;
import org.loopcert.kernel.proof.OrderRules;
import org.loopcert.kernel.proof.QuantifierRules;
import org.loopcert.kernel.proof.Term;
import org.loopcert.kernel.proof.Theorem;

/**
 * Looks for the rules and facts from which the kernel derives a formula. Untrusted: whatever it proposes, the kernel
 * decides.
 */
final class Prover {
    /** Conditions of statements {@code for all} are proved in turn, this deep. */
    private static final int DEPTH = 2;

    private static final int MINIMIZED = 12;

    private static final int MOST_ORDERS = 12;

    /** How deep inequalities are sought for the sake of others. */
    private static final int SEARCH_DEPTH = 2;

    private final Context context;

    Prover(Context context) {
        this.context = context;
    }

    /**
     * What may be used.
     *
     * @param facts all that is known
     * @param named those that were asked for; empty where nothing was said
     * @param restricted whether only the named facts, or none, may be used as equations
     * @param with values for variables of named facts
     */
    record Means(List<Fact> facts, Set<String> named, boolean restricted, Map<String, Term> with) {
        static Means any(List<Fact> facts) {
            return new Means(facts, Set.of(), false, Map.of());
        }
    }

    /** A theorem, and the names of the facts it was derived from. */
    record Found(Theorem theorem, List<String> uses) {}

    /**
     * Derives a comparison or an invertibility.
     *
     * @throws NotProved with the most telling of the reasons that the attempts gave
     */
    Found prove(Formula goal, Means means) throws NotProved, IllTyped {
        return prove(goal, means, DEPTH);
    }

    private Found prove(Formula goal, Means means, int depth) throws NotProved, IllTyped {
        List<Fact> usable = instantiate(goal, means, depth);
        for (Fact each : usable) {
            if (each.theorem().formula().equals(goal) && !isBarred(means, each)) {
                return new Found(each.theorem(), List.of(each.name()));
            }
        }
        if (goal instanceof Formula.Invertible invertible) {
            List<Theorem> theorems = usable.stream().map(Fact::theorem).toList();
            Theorem theorem = new Lemmas(new Inequalities(context, theorems))
                    .invertible(invertible.term())
                    .orElseThrow(() -> unknown(goal));
            return new Found(theorem, names(theorem, usable));
        }
        if (!(goal instanceof Comparison comparison)) {
            throw unknown(goal);
        }
        List<Fact> equations = new ArrayList<>();
        List<Fact> others = new ArrayList<>();
        for (Fact each : usable) {
            if (each.theorem().formula() instanceof Comparison fact && fact.relation() == Relation.EQUAL) {
                equations.add(each);
            } else {
                others.add(each);
            }
        }
        equations.removeIf(each -> isBarred(means, each));
        Attempts attempts = new Attempts();
        List<List<Fact>> choices = new ArrayList<>();
        choices.add(List.of());
        if (!equations.isEmpty()) {
            choices.add(equations);
        }
        if (equations.size() > 1 && equations.size() <= MINIMIZED) {
            equations.forEach(each -> choices.add(List.of(each)));
        }
        for (List<Fact> choice : choices) {
            Optional<Found> found = attempt(comparison, choice, others, attempts);
            if (found.isPresent()) {
                return found.get();
            }
        }
        boolean sought = comparison.relation() == Relation.AT_MOST
                || comparison.relation() == Relation.BELOW
                || comparison.relation() == Relation.LOEWNER;
        if (sought && depth == DEPTH && attempts.best.reason() != NotProved.Reason.LIMIT) {
            Optional<Found> found = search(comparison, equations, others, means.named());
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw attempts.best;
    }

    private static boolean isBarred(Means means, Fact fact) {
        return means.restricted() && !means.named().contains(fact.name());
    }

    private static NotProved unknown(Formula goal) {
        return NotProved.of(NotProved.Reason.PREMISE, "a fact that says so", Notation.of(goal));
    }

    /** Remembers why attempts failed. */
    private static final class Attempts {
        private NotProved best;

        /** The attempt with all that may be used tells most; it is the last that is made first. */
        void failed(NotProved reason) {
            boolean better = best == null
                    || best.reason() == NotProved.Reason.UNDEFINED
                    || best.reason() == NotProved.Reason.NOT_EQUAL
                            && reason.reason() == NotProved.Reason.NOT_EQUAL
                            && size(reason) < size(best);
            best = better ? reason : best;
        }

        private static int size(NotProved reason) {
            return NormalForms.shown(reason.found()).length();
        }
    }

    private Optional<Found> attempt(Comparison goal, List<Fact> equations, List<Fact> others, Attempts attempts)
            throws IllTyped {
        List<Fact> facts = new ArrayList<>(equations);
        facts.addAll(others);
        try {
            return Optional.of(
                    goal.relation() == Relation.EQUAL ? equality(goal, equations, others) : order(goal, facts));
        } catch (NotProved reason) {
            attempts.failed(reason);
            return Optional.empty();
        }
    }

    /** By normal forms, with as few facts as suffice. */
    private Found equality(Comparison goal, List<Fact> equations, List<Fact> others) throws NotProved, IllTyped {
        EqualityRules.Algebra rule = new EqualityRules.Algebra(goal.left(), goal.right());
        List<Fact> needed = new ArrayList<>(equations);
        needed.addAll(others);
        Theorem theorem;
        try {
            theorem = derive(rule, needed);
        } catch (NotProved notYet) {
            List<Theorem> theorems = needed.stream().map(Fact::theorem).toList();
            List<Theorem> more = new Lemmas(new Inequalities(context, theorems)).auxiliary(goal.left(), goal.right());
            if (more.isEmpty()) {
                throw notYet;
            }
            List<Theorem> all = new ArrayList<>(theorems);
            all.addAll(more);
            try {
                theorem = Theorem.derive(context, rule, all);
            } catch (NotProved stillNot) {
                throw notYet;
            }
            return new Found(theorem, names(theorem, needed));
        }
        for (Fact each : List.copyOf(needed)) {
            if (needed.size() > 4 * MINIMIZED) {
                break;
            }
            List<Fact> fewer = new ArrayList<>(needed);
            fewer.remove(each);
            try {
                theorem = derive(rule, fewer);
                needed = fewer;
            } catch (NotProved stillNeeded) {
                continue;
            }
        }
        return new Found(theorem, names(needed));
    }

    private static List<String> names(List<Fact> facts) {
        return facts.stream().map(Fact::name).distinct().toList();
    }

    private Theorem derive(Theorem.Rule rule, List<Fact> facts) throws NotProved, IllTyped {
        return Theorem.derive(context, rule, facts.stream().map(Fact::theorem).toList());
    }

    /** By the sign of the difference, or by a fact whose sides have the same normal forms. */
    private Found order(Comparison goal, List<Fact> facts) throws NotProved, IllTyped {
        for (Fact each : facts) {
            if (each.theorem().formula() instanceof Comparison fact && fact.relation() == goal.relation()) {
                Optional<Theorem> adapted = adapt(goal, fact, each.theorem(), facts);
                if (adapted.isPresent()) {
                    return new Found(adapted.get(), List.of(each.name()));
                }
            }
        }
        OrderRules.Sign rule = new OrderRules.Sign(goal.relation(), goal.left(), goal.right());
        return new Found(derive(rule, facts), names(facts));
    }

    /** By a search, first without the equations, which may hide what stands in the goal. */
    private Optional<Found> search(Comparison goal, List<Fact> equations, List<Fact> others, Set<String> named)
            throws IllTyped {
        List<Fact> telling = telling(goal, others, named);
        List<List<Fact>> choices = new ArrayList<>(List.of(telling));
        if (!equations.isEmpty()) {
            List<Fact> all = new ArrayList<>(equations);
            all.addAll(telling);
            choices.add(all);
        }
        for (List<Fact> each : choices) {
            List<Theorem> theorems = each.stream().map(Fact::theorem).toList();
            Optional<Theorem> found =
                    new Inequalities(context, theorems).less(goal.relation(), goal.left(), goal.right(), SEARCH_DEPTH);
            if (found.isPresent()) {
                return Optional.of(new Found(found.get(), names(found.get(), each)));
            }
        }
        return Optional.empty();
    }

    /** The facts without all but the most telling orders: named ones, then those that speak of what the goal speaks of. */
    private static List<Fact> telling(Comparison goal, List<Fact> facts, Set<String> named) {
        Set<String> names = goal.freeNames();
        Map<Fact, Integer> ranks = new IdentityHashMap<>();
        for (Fact each : facts) {
            Set<String> own = each.theorem().formula().freeNames();
            int shared = (int) own.stream().filter(names::contains).count();
            int rank = 3 * shared - own.size();
            ranks.put(each, named.contains(each.name()) ? Integer.MAX_VALUE : rank);
        }
        List<Fact> orders = facts.stream()
                .filter(each -> Inequalities.isOrder(each.theorem(), false))
                .sorted(Comparator.comparing((Fact each) -> -(long) ranks.get(each)))
                .limit(MOST_ORDERS)
                .toList();
        return facts.stream()
                .filter(each -> !Inequalities.isOrder(each.theorem(), false) || orders.contains(each))
                .toList();
    }

    /** The facts that a theorem was derived from. */
    private static List<String> names(Theorem theorem, List<Fact> facts) {
        Map<Theorem, String> names = new IdentityHashMap<>();
        facts.forEach(each -> names.putIfAbsent(each.theorem(), each.name()));
        Set<String> used = new LinkedHashSet<>();
        Set<Theorem> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Theorem> open = new ArrayDeque<>(List.of(theorem));
        while (!open.isEmpty()) {
            Theorem next = open.pop();
            if (!seen.add(next)) {
                continue;
            }
            if (names.containsKey(next)) {
                used.add(names.get(next));
            } else {
                next.premises().forEach(open::push);
            }
        }
        return List.copyOf(used);
    }

    private Optional<Theorem> adapt(Comparison goal, Comparison fact, Theorem theorem, List<Fact> facts)
            throws IllTyped {
        if (!fact.left().shape().equals(goal.left().shape())) {
            return Optional.empty();
        }
        try {
            Theorem before = derive(new EqualityRules.Algebra(goal.left(), fact.left()), facts);
            Theorem after = derive(new EqualityRules.Algebra(fact.right(), goal.right()), facts);
            return Optional.of(Theorem.derive(context, new OrderRules.Chain(), List.of(before, theorem, after)));
        } catch (NotProved otherFact) {
            return Optional.empty();
        }
    }

    /** The facts and their instances that the goal may call for. */
    private List<Fact> instantiate(Formula goal, Means means, int depth) throws IllTyped {
        Instances instances = new Instances(context);
        instances.collect(goal);
        List<Fact> usable = new ArrayList<>();
        List<Fact> general = new ArrayList<>();
        for (Fact each : means.facts()) {
            if (each.theorem().formula() instanceof ForAll) {
                if (!isBarred(means, each)) {
                    general.add(each);
                }
            } else {
                usable.add(each);
                if (!isBarred(means, each)) {
                    instances.collect(each.theorem().formula());
                }
            }
        }
        Set<Formula> known = new LinkedHashSet<>();
        for (int round = 0; round < Instances.rounds(); round++) {
            int before = known.size();
            for (Fact each : general) {
                ForAll all = (ForAll) each.theorem().formula();
                // where values are given for a fact, they are the ones that count
                List<Map<String, Term>> proposals =
                        chosen(all, means).map(List::of).orElseGet(() -> instances.of(all));
                for (Map<String, Term> values : proposals) {
                    Optional<Theorem> instance = instance(each.theorem(), all, values, usable, means, depth);
                    if (instance.isPresent() && known.add(instance.get().formula())) {
                        instances.collect(instance.get().formula());
                        usable.add(new Fact(each.name(), instance.get()));
                    }
                }
            }
            if (known.size() == before) {
                break;
            }
        }
        return usable;
    }

    private static Optional<Map<String, Term>> chosen(ForAll all, Means means) {
        Map<String, Term> values = new LinkedHashMap<>();
        all.variables().forEach(each -> {
            if (means.with().containsKey(each.name())) {
                values.put(each.name(), means.with().get(each.name()));
            }
        });
        return values.size() == all.variables().size() ? Optional.of(values) : Optional.empty();
    }

    private Optional<Theorem> instance(
            Theorem theorem, ForAll all, Map<String, Term> values, List<Fact> usable, Means means, int depth)
            throws IllTyped {
        try {
            List<Theorem> premises = new ArrayList<>(List.of(theorem));
            for (Formula each : conditions(all, values)) {
                if (depth == 0) {
                    return Optional.empty();
                }
                premises.add(prove(each, new Means(usable, Set.of(), false, Map.of()), depth - 1)
                        .theorem());
            }
            usable.stream()
                    .filter(each ->
                            !(each.theorem().formula() instanceof Comparison fact) || fact.relation() != Relation.EQUAL)
                    .forEach(each -> premises.add(each.theorem()));
            return Optional.of(Theorem.derive(context, new QuantifierRules.Instantiate(values), premises));
        } catch (NotProved notHere) {
            return Optional.empty();
        }
    }

    /** The conditions of a statement at values for its variables. */
    static List<Formula> conditions(ForAll all, Map<String, Term> values) throws IllTyped {
        Substitution substitution = Substitution.of(all.variables(), values);
        List<Formula> conditions = new ArrayList<>();
        for (Formula each : all.conditions()) {
            conditions.add(substitution.in(each));
        }
        return conditions;
    }
}
