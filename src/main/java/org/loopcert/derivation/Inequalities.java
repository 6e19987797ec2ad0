package org.loopcert.derivation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.Formula.Relation;
import org.loopcert.kernel.proof.IllTyped;
import org.loopcert.kernel.proof.Normalizer;
import org.loopcert.kernel.proof.NotProved;
import org.loopcert.kernel.proof.OrderRules;
import org.loopcert.kernel.proof.Term;
import org.loopcert.kernel.proof.Term.Kind;
import org.loopcert.kernel.proof.Theorem;

/**
 * Looks for a derivation of an inequality. The difference of the sides is to be a combination, with weights of at least
 * zero, of differences that are known to be at least zero: facts, named lemmas at terms of the goal, functions that are
 * increasing, and products of these with factors of known sign. Which ones is a linear program over the terms of normal
 * forms. Untrusted: the kernel checks the combination.
 */
final class Inequalities {
    private static final int MAX_FACTORS = 12;
    private static final int MAX_COLUMNS = 1200;

    /** Products brought to normal form for one goal and all that is sought on its way. */
    private static final int MAX_PRODUCTS = 6000;

    private final Context context;
    private final List<Theorem> facts;
    private final Map<Sought, Optional<Theorem>> known = new HashMap<>();
    private final Lemmas lemmas;

    /** By the key of a term of a normal form: whether it is above zero; empty where it may be below. */
    private final Map<String, Optional<Boolean>> signs = new HashMap<>();

    private Normalizer normalizer;
    private int products;

    /** What is looked for, and how deep. */
    private record Sought(Comparison goal, int depth) {}

    Inequalities(Context context, List<Theorem> facts) {
        this.context = context;
        this.facts = List.copyOf(facts);
        lemmas = new Lemmas(this);
    }

    Context context() {
        return context;
    }

    List<Theorem> facts() {
        return facts;
    }

    /** The facts that order scalars, or matrices. */
    List<Theorem> orders(boolean matrices) {
        return facts.stream().filter(each -> isOrder(each, matrices)).toList();
    }

    static boolean isOrder(Theorem theorem, boolean matrices) {
        if (!(theorem.formula() instanceof Comparison comparison)) {
            return false;
        }
        Relation relation = comparison.relation();
        return matrices ? relation == Relation.LOEWNER : relation == Relation.AT_MOST || relation == Relation.BELOW;
    }

    /** Derives a comparison, searching up to a depth for what it needs on the way. */
    Optional<Theorem> less(Relation relation, Term left, Term right, int depth) throws IllTyped {
        Comparison goal = Formula.compare(relation, left, right);
        Sought sought = new Sought(goal, depth);
        Optional<Theorem> before = known.get(sought);
        if (before == null) {
            // while it is being looked for it is not known: no argument runs in a circle
            known.put(sought, Optional.empty());
            before = search(goal, depth);
            known.put(sought, before);
        }
        return before;
    }

    private Optional<Theorem> search(Comparison goal, int depth) throws IllTyped {
        for (Theorem each : facts) {
            if (each.formula().equals(goal)) {
                return Optional.of(each);
            }
        }
        Optional<Theorem> found = attempt(new OrderRules.Sign(goal.relation(), goal.left(), goal.right()), List.of());
        if (found.isEmpty()) {
            found = combination(goal, depth);
        }
        return found.isEmpty() && depth > 0 ? lemmas.otherwise(goal, depth) : found;
    }

    /** By a rule from premises of its own, with the facts beside them if it needs them. */
    Optional<Theorem> attempt(Theorem.Rule rule, List<Theorem> premises) throws IllTyped {
        try {
            return Optional.of(Theorem.derive(context, rule, premises));
        } catch (NotProved notWithout) {
            List<Theorem> all = new ArrayList<>(premises);
            all.addAll(facts);
            try {
                return facts.isEmpty() ? Optional.empty() : Optional.of(Theorem.derive(context, rule, all));
            } catch (NotProved notSo) {
                return Optional.empty();
            }
        }
    }

    /** 0 &lt; term, or 0 &lt;= term where no more is known. */
    Optional<Theorem> nonNegative(Term term) throws IllTyped {
        Optional<Theorem> strict = attempt(new OrderRules.Sign(Relation.BELOW, Term.number(0), term), List.of());
        return strict.isPresent()
                ? strict
                : attempt(new OrderRules.Sign(Relation.AT_MOST, Term.number(0), term), List.of());
    }

    private Optional<Theorem> combination(Comparison goal, int depth) throws IllTyped {
        boolean matrices = goal.relation() == Relation.LOEWNER;
        Term left = Terms.unfolded(context, goal.left());
        Term right = Terms.unfolded(context, goal.right());
        List<Theorem> bases = depth > 0 ? lemmas.bases(left, right) : List.of();
        List<Theorem> more = new ArrayList<>(facts);
        for (Theorem each : bases) {
            if (more.stream().noneMatch(known -> known.formula().equals(each.formula()))) {
                more.add(each);
            }
        }
        if (more.size() > facts.size()) {
            return new Inequalities(context, more).less(goal.relation(), goal.left(), goal.right(), depth);
        }
        Set<Theorem> orders = new LinkedHashSet<>(orders(false));
        Set<Theorem> matrixOrders = new LinkedHashSet<>(orders(true));
        for (Theorem each : lemmas.at(goal, left, right, depth)) {
            (isOrder(each, true) ? matrixOrders : orders).add(each);
        }
        orders.removeIf(each -> !isOrder(each, false));
        List<Theorem> factors = factors(left, right, depth);
        List<List<Theorem>> candidates = new ArrayList<>();
        if (matrices) {
            Optional<Theorem> unit = lemmas.unit(left.shape());
            List<List<Theorem>> scalars = products(new ArrayList<>(orders), factors, false);
            unit.ifPresent(one -> scalars.forEach(each -> candidates.add(join(each, one))));
            unit.ifPresent(one -> candidates.add(List.of(one)));
            candidates.addAll(products(
                    matrixOrders.stream()
                            .filter(each ->
                                    ((Comparison) each.formula()).left().shape().equals(left.shape()))
                            .toList(),
                    factors,
                    true));
        } else {
            candidates.addAll(products(new ArrayList<>(orders), factors, false));
        }
        Optional<Theorem> simple = combine(goal, candidates);
        if (simple.isPresent() || depth == 0) {
            return simple;
        }
        if (!matrices) {
            List<Theorem> increasing = lemmas.increasing(left, right, depth - 1);
            if (!increasing.isEmpty()) {
                orders.addAll(increasing);
                candidates.addAll(products(increasing, factors, false));
                simple = combine(goal, candidates);
                if (simple.isPresent()) {
                    return simple;
                }
            }
        }
        List<Theorem> squares = lemmas.squares(left, right);
        if (!matrices) {
            candidates.addAll(new PolynomialSigns(this).products(left, right));
        }
        squares.forEach(each -> candidates.add(List.of(each)));
        squares.forEach(each -> factors.forEach(factor -> candidates.add(List.of(factor, each))));
        List<Theorem> multiplied = new ArrayList<>(matrices ? matrixOrders : squares);
        multiplied.addAll(matrices ? List.of() : orders);
        List<Theorem> multipliers = new ArrayList<>(factors);
        multipliers.addAll(lemmas.cleared(orders(false)));
        for (int i = 0; i < multipliers.size(); i++) {
            for (int j = i; j < multipliers.size(); j++) {
                for (Theorem each : multiplied) {
                    candidates.add(List.of(multipliers.get(i), multipliers.get(j), each));
                }
            }
        }
        List<Theorem> own = orders(false);
        for (int i = 0; i < own.size() && !matrices; i++) {
            for (int j = i; j < own.size(); j++) {
                candidates.add(List.of(own.get(i), own.get(j)));
            }
        }
        return combine(
                goal, candidates.subList(0, Math.min(depth == 1 ? MAX_COLUMNS / 4 : MAX_COLUMNS, candidates.size())));
    }

    private static List<Theorem> join(List<Theorem> list, Theorem last) {
        List<Theorem> all = new ArrayList<>(list);
        all.add(last);
        return all;
    }

    /** Each by itself, and times each factor. */
    private static List<List<Theorem>> products(List<Theorem> orders, List<Theorem> factors, boolean matrices) {
        List<List<Theorem>> all = new ArrayList<>();
        orders.forEach(each -> all.add(List.of(each)));
        for (Theorem factor : factors) {
            orders.forEach(each -> all.add(List.of(factor, each)));
            if (!matrices) {
                all.add(List.of(factor));
            }
        }
        return all;
    }

    /** The scalars by which something in the goal or in a fact is multiplied or divided, as far as their sign is known. */
    private List<Theorem> factors(Term left, Term right, int depth) throws IllTyped {
        Set<Term> scalars = new LinkedHashSet<>();
        scalars.addAll(Terms.scalars(left));
        scalars.addAll(Terms.scalars(right));
        for (Theorem each : facts) {
            if (!(each.formula() instanceof Comparison comparison)) {
                continue;
            }
            for (Term side : List.of(comparison.left(), comparison.right())) {
                List<Term> all = new ArrayList<>();
                Terms.walk(Terms.unfolded(context, side), all::add);
                for (Term term : all) {
                    if (term.kind() == Kind.QUOTIENT) {
                        scalars.add(term.argument(1));
                        scalars.add(Term.quotient(Term.number(1), term.argument(1)));
                    }
                }
            }
        }
        List<Theorem> factors = new ArrayList<>();
        for (Term each : scalars) {
            if (factors.size() < MAX_FACTORS) {
                Optional<Theorem> sign = nonNegative(each);
                if (sign.isEmpty() && depth > 0 && each.kind() == Kind.SUM) {
                    sign = less(Relation.AT_MOST, Term.number(0), each, 0);
                }
                sign.ifPresent(factors::add);
            }
        }
        return factors;
    }

    /** The normal forms under the facts, read once. */
    private Normalizer normalizer() throws NotProved {
        if (normalizer == null) {
            normalizer =
                    new Normalizer(context, facts.stream().map(Theorem::formula).toList());
        }
        return normalizer;
    }

    /** The linear program over the candidates, and the kernel's answer to what it finds. */
    Optional<Theorem> combine(Comparison goal, List<List<Theorem>> candidates) throws IllTyped {
        try {
            Map<String, Normalizer.Part> difference = normalizer().parts(Term.subtract(goal.right(), goal.left()));
            Map<String, Boolean> slack = new LinkedHashMap<>();
            Map<String, Fraction> target = entries(difference, slack);
            List<LinearProgram.Column> columns = new ArrayList<>();
            List<List<Theorem>> used = new ArrayList<>();
            for (List<Theorem> each : new LinkedHashSet<>(candidates)) {
                if (++products > MAX_PRODUCTS) {
                    return Optional.empty();
                }
                Optional<Map<String, Normalizer.Part>> parts = parts(each);
                if (parts.isPresent() && !parts.get().isEmpty()) {
                    columns.add(new LinearProgram.Column(entries(parts.get(), slack), isStrict(each)));
                    used.add(each);
                }
            }
            slack.forEach(
                    (key, positive) -> columns.add(new LinearProgram.Column(Map.of(key, Fraction.ONE), positive)));
            Optional<List<Fraction>> weights = LinearProgram.solve(target, columns, goal.relation() == Relation.BELOW);
            return weights.isEmpty() ? Optional.empty() : derive(goal, used, weights.get());
        } catch (NotProved notDefined) {
            return Optional.empty();
        }
    }

    private static boolean isStrict(List<Theorem> product) {
        return product.stream().allMatch(each -> ((Comparison) each.formula()).relation() == Relation.BELOW);
    }

    private Map<String, Fraction> entries(Map<String, Normalizer.Part> parts, Map<String, Boolean> slack) {
        Map<String, Fraction> entries = new LinkedHashMap<>();
        parts.forEach((key, part) -> {
            entries.put(key, part.coefficient());
            signs.computeIfAbsent(key, none -> sign(part)).ifPresent(positive -> slack.put(key, positive));
        });
        return entries;
    }

    private static Optional<Boolean> sign(Normalizer.Part part) {
        return part.nonNegative().getAsBoolean() ? Optional.of(part.positive().getAsBoolean()) : Optional.empty();
    }

    private Optional<Map<String, Normalizer.Part>> parts(List<Theorem> product) throws IllTyped {
        List<Term> factors = new ArrayList<>();
        for (Theorem each : product) {
            Comparison comparison = (Comparison) each.formula();
            factors.add(Term.subtract(comparison.right(), comparison.left()));
        }
        try {
            return Optional.of(normalizer().parts(Term.product(factors)));
        } catch (NotProved notDefined) {
            return Optional.empty();
        }
    }

    /** The terms of a normal form under the facts; empty where the term is not known to be defined. */
    Optional<Map<String, Fraction>> coefficients(Term term) {
        try {
            return Optional.of(entries(normalizer().parts(term), new HashMap<>()));
        } catch (NotProved notDefined) {
            return Optional.empty();
        }
    }

    private Optional<Theorem> derive(Comparison goal, List<List<Theorem>> products, List<Fraction> weights)
            throws IllTyped {
        List<Theorem> premises = new ArrayList<>();
        List<OrderRules.Product> weighted = new ArrayList<>();
        for (int i = 0; i < products.size(); i++) {
            if (weights.get(i).signum() > 0) {
                List<Integer> numbers = new ArrayList<>();
                for (Theorem each : products.get(i)) {
                    if (!premises.contains(each)) {
                        premises.add(each);
                    }
                    numbers.add(premises.indexOf(each));
                }
                weighted.add(new OrderRules.Product(weights.get(i), numbers));
            }
        }
        return attempt(new OrderRules.Sign(goal.relation(), goal.left(), goal.right(), weighted), premises);
    }
}
