package org.loopcert.derivation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.Formula.ForAll;
import org.loopcert.kernel.proof.Formula.Variable;
import org.loopcert.kernel.proof.LinearForm;
import org.loopcert.kernel.proof.Term;

/**
 * Proposes values for the variables of statements {@code for all}: those at which the applications in a statement meet
 * applications that occur in the goal.
 */
final class Instances {
    private static final int ROUNDS = 4;
    private static final int MOST = 60;

    private static final int MOST_PARTS = 200;

    private final Context context;
    private final Set<Term> applications = new LinkedHashSet<>();
    private final Set<Term> parts = new LinkedHashSet<>();

    Instances(Context context) {
        this.context = context;
    }

    /** Adds the applications in a formula, also those that its definitions bring. */
    void collect(Formula formula) {
        if (formula instanceof Comparison comparison) {
            Terms.walk(comparison.left(), this::collectPart);
            Terms.walk(comparison.right(), this::collectPart);
            collect(comparison.left(), 0);
            collect(comparison.right(), 0);
        } else if (formula instanceof Formula.Invertible invertible) {
            collect(invertible.term(), 0);
        }
    }

    private void collectPart(Term part) {
        if (parts.size() < MOST_PARTS) {
            parts.add(part);
        }
    }

    private void collect(Term term, int depth) {
        boolean named = term.kind() == Term.Kind.APPLY || term.kind() == Term.Kind.SYMBOL;
        Optional<Term> body = named ? context.unfold(term) : Optional.empty();
        if (body.isPresent()) {
            if (depth < 20) {
                collect(body.get(), depth + 1);
            }
            return;
        }
        if (term.kind() == Term.Kind.APPLY) {
            applications.add(term);
        }
        term.arguments().forEach(each -> collect(each, depth));
    }

    /** The values at which a statement may be used, by what has been collected. */
    List<Map<String, Term>> of(ForAll all) {
        Set<Map<String, Term>> found = new LinkedHashSet<>();
        for (Term trigger : triggers(all)) {
            for (Term application : List.copyOf(applications)) {
                match(all, trigger, application).ifPresent(found::add);
                if (found.size() >= MOST) {
                    return new ArrayList<>(found);
                }
            }
        }
        found.addAll(bySides(all));
        if (found.isEmpty()) {
            found.addAll(byVariables(all));
        }
        return found.stream().limit(MOST).toList();
    }

    /** The values at which one side of the statement reads as a part of the goal. */
    private Set<Map<String, Term>> bySides(ForAll all) {
        Set<Map<String, Term>> found = new LinkedHashSet<>();
        if (all.body() instanceof Comparison comparison) {
            for (Term side : List.of(comparison.left(), comparison.right())) {
                for (Term part : parts) {
                    Map<String, Term> values = new HashMap<>();
                    if (side.kind() != Term.Kind.SYMBOL
                            && matchWhole(all, side, part, values)
                            && values.size() == all.variables().size()) {
                        found.add(values);
                    }
                }
            }
        }
        return found;
    }

    /** Each variable by itself, at the arguments that its applications meet; all ways to choose them together. */
    private List<Map<String, Term>> byVariables(ForAll all) {
        List<Term> patterns = new ArrayList<>();
        if (all.body() instanceof Comparison comparison) {
            applications(comparison.left(), patterns);
            applications(comparison.right(), patterns);
        }
        List<Map<String, Term>> found = new ArrayList<>(List.of(Map.of()));
        for (Variable each : all.variables()) {
            Set<Term> values = new LinkedHashSet<>();
            for (Term pattern : patterns) {
                for (Term application : applications) {
                    Map<String, Term> matched = new HashMap<>();
                    if (matchWhole(all, pattern, application, matched) && matched.containsKey(each.name())) {
                        values.add(matched.get(each.name()));
                    }
                }
            }
            List<Map<String, Term>> longer = new ArrayList<>();
            for (Map<String, Term> chosen : found) {
                for (Term value : values) {
                    Map<String, Term> more = new HashMap<>(chosen);
                    more.put(each.name(), value);
                    longer.add(more);
                }
            }
            found = longer.stream().limit(MOST).toList();
        }
        return found;
    }

    /** Matches terms made alike, down to the variables. */
    private static boolean matchWhole(ForAll all, Term pattern, Term term, Map<String, Term> values) {
        boolean alike = pattern.kind() == term.kind()
                && pattern.name().equals(term.name())
                && !pattern.arguments().isEmpty()
                && pattern.arguments().size() == term.arguments().size()
                && pattern.indices().equals(term.indices())
                && pattern.asInteger().isEmpty();
        if (!alike) {
            return match(all, pattern, term, values);
        }
        for (int i = 0; i < pattern.arguments().size(); i++) {
            if (!matchWhole(all, pattern.argument(i), term.argument(i), values)) {
                return false;
            }
        }
        return true;
    }

    static int rounds() {
        return ROUNDS;
    }

    /** Applications in the statement that mention all its variables; of an equation those on the left if there are. */
    private static List<Term> triggers(ForAll all) {
        List<Term> left = new ArrayList<>();
        List<Term> both = new ArrayList<>();
        if (all.body() instanceof Comparison comparison) {
            applications(comparison.left(), left);
            both.addAll(left);
            applications(comparison.right(), both);
            left.removeIf(each -> !mentionsAll(all, each));
            both.removeIf(each -> !mentionsAll(all, each));
            return comparison.relation() == Formula.Relation.EQUAL && !left.isEmpty() ? left : both;
        }
        return both;
    }

    private static void applications(Term term, List<Term> into) {
        if (term.kind() == Term.Kind.APPLY) {
            into.add(term);
        }
        term.arguments().forEach(each -> applications(each, into));
    }

    private static boolean mentionsAll(ForAll all, Term application) {
        return all.variables().stream().allMatch(each -> application.freeNames().contains(each.name()));
    }

    private static Optional<Map<String, Term>> match(ForAll all, Term pattern, Term application) {
        if (!pattern.name().equals(application.name())
                || pattern.arguments().size() != application.arguments().size()) {
            return Optional.empty();
        }
        Map<String, Term> values = new HashMap<>();
        for (int i = 0; i < pattern.arguments().size(); i++) {
            if (!match(all, pattern.argument(i), application.argument(i), values)) {
                return Optional.empty();
            }
        }
        return values.size() == all.variables().size() ? Optional.of(values) : Optional.empty();
    }

    private static boolean match(ForAll all, Term pattern, Term term, Map<String, Term> values) {
        Optional<LinearForm> form = pattern.asInteger();
        Optional<LinearForm> actual = term.asInteger();
        if (form.isPresent() && actual.isPresent()) {
            for (Variable each : all.variables()) {
                BigInteger factor = form.get().coefficient(each.name());
                if (each.isInteger() && factor.abs().equals(BigInteger.ONE)) {
                    LinearForm rest =
                            form.get().subtract(LinearForm.variable(each.name()).times(factor));
                    Term value = Term.integer(actual.get().subtract(rest).times(factor));
                    Term before = values.putIfAbsent(each.name(), value);
                    return before == null || before.equals(value);
                }
            }
            return form.equals(actual);
        }
        for (Variable each : all.variables()) {
            if (!each.isInteger()
                    && pattern.kind() == Term.Kind.SYMBOL
                    && pattern.name().equals(each.name())) {
                Term before = values.putIfAbsent(each.name(), term);
                return each.shape().equals(term.shape()) && (before == null || before.equals(term));
            }
        }
        return pattern.equals(term);
    }
}
