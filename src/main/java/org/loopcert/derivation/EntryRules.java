package org.loopcert.derivation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.Context.Declaration;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Formula.ForAll;
import org.loopcert.kernel.proof.Formula.Relation;
import org.loopcert.kernel.proof.Formula.Variable;
import org.loopcert.kernel.proof.IllTyped;
import org.loopcert.kernel.proof.LinearForm;
import org.loopcert.kernel.proof.Term;
import org.loopcert.kernel.proof.Term.Kind;

/**
 * Equations among what is known that say what a declared symbol or a function at its arguments is: y = X theta*,
 * theta(0) = 0, and for all t: theta(t + 1) = .... Equations without quantifier come first.
 */
final class EntryRules {
    private final Context context;
    private final List<Formula> known;
    private final List<Rule> rules = new ArrayList<>();

    /** name(patterns) = replacement, for all values of the variables that satisfy the conditions. */
    private record Rule(
            String name,
            List<Term> patterns,
            List<Variable> variables,
            List<Formula> conditions,
            Term replacement,
            Formula origin) {
        boolean isVariable(Term pattern) {
            return pattern.kind() == Kind.SYMBOL
                    && variables.stream()
                            .anyMatch(each -> !each.isInteger() && each.name().equals(pattern.name()));
        }
    }

    /** The rules among formulas in which all declared integers are fixed. */
    EntryRules(Context context, List<Formula> known) {
        this.context = context;
        this.known = List.copyOf(known);
        for (Formula each : known) {
            add(List.of(), List.of(), each, each);
        }
        for (Formula each : known) {
            if (each instanceof ForAll all) {
                add(all.variables(), all.conditions(), all.body(), all);
            }
        }
    }

    private void add(List<Variable> variables, List<Formula> conditions, Formula body, Formula origin) {
        if (!(body instanceof Formula.Comparison comparison) || comparison.relation() != Relation.EQUAL) {
            return;
        }
        if (isDeclared(comparison.left(), variables)) {
            add(variables, conditions, comparison.left(), comparison.right(), origin);
        } else if (isDeclared(comparison.right(), variables)) {
            add(variables, conditions, comparison.right(), comparison.left(), origin);
        } else if (variables.isEmpty()) {
            addInverse(comparison.left(), comparison.right(), origin);
            addInverse(comparison.right(), comparison.left(), origin);
        }
    }

    /** A B = I says that B is the inverse of A, which is much cheaper than its polynomial relations. */
    private void addInverse(Term product, Term identity, Formula origin) {
        if (product.kind() != Kind.PRODUCT
                || identity.kind() != Kind.IDENTITY
                || product.arguments().stream().anyMatch(each -> !each.shape().equals(product.shape()))) {
            return;
        }
        List<Term> factors = product.arguments();
        int last = factors.size() - 1;
        try {
            if (isDeclared(factors.get(last), List.of())) {
                Term rest = Term.inverse(Term.product(factors.subList(0, last)));
                add(List.of(), List.of(), factors.get(last), rest, origin);
            } else if (isDeclared(factors.get(0), List.of())) {
                Term rest = Term.inverse(Term.product(factors.subList(1, last + 1)));
                add(List.of(), List.of(), factors.get(0), rest, origin);
            }
        } catch (IllTyped impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void add(List<Variable> variables, List<Formula> conditions, Term left, Term replacement, Formula origin) {
        Rule rule = new Rule(left.name(), left.arguments(), variables, conditions, replacement, origin);
        Set<String> bound = new HashSet<>();
        for (Term each : left.arguments()) {
            integerVariable(rule, each).ifPresent(bound::add);
            if (rule.isVariable(each)) {
                bound.add(each.name());
            }
        }
        if (variables.stream().allMatch(each -> bound.contains(each.name()))) {
            rules.add(rule);
        }
    }

    private boolean isDeclared(Term term, List<Variable> variables) {
        return (term.kind() == Kind.SYMBOL || term.kind() == Kind.APPLY)
                && variables.stream().noneMatch(each -> each.name().equals(term.name()))
                && EntryNames.declared(context, term.name()) != null;
    }

    /** The one integer variable of an argument such as t + 1. */
    private static Optional<String> integerVariable(Rule rule, Term pattern) {
        return pattern.asInteger()
                .filter(form -> form.variables().size() == 1)
                .map(form -> form.variables().iterator().next())
                .filter(name -> rule.variables().stream()
                        .anyMatch(each -> each.isInteger() && each.name().equals(name)));
    }

    /** What the first rule that matches says that the term is; null if there is none. */
    Term replacement(Term term, BiPredicate<Term, Term> equal) {
        for (Rule each : rules) {
            if (each.name().equals(term.name())
                    && each.patterns().size() == term.arguments().size()) {
                Term replacement = replacement(each, term, equal);
                if (replacement != null) {
                    return replacement;
                }
            }
        }
        return null;
    }

    private static Term replacement(Rule rule, Term term, BiPredicate<Term, Term> equal) {
        Map<String, LinearForm> integers = new HashMap<>();
        Map<String, Term> symbols = new HashMap<>();
        for (int i = 0; i < term.arguments().size(); i++) {
            Term pattern = rule.patterns().get(i);
            Term actual = term.argument(i);
            Optional<String> variable = integerVariable(rule, pattern);
            boolean matches;
            if (variable.isPresent()) {
                LinearForm form = pattern.asInteger().orElseThrow();
                BigInteger[] quotient = actual.asInteger()
                        .orElseThrow()
                        .constant()
                        .subtract(form.constant())
                        .divideAndRemainder(form.coefficient(variable.get()));
                LinearForm before = integers.put(variable.get(), LinearForm.of(quotient[0]));
                matches = quotient[1].signum() == 0
                        && (before == null || before.equals(integers.get(variable.get())))
                        && rule.variables().stream()
                                .filter(each -> each.name().equals(variable.get()))
                                .allMatch(each -> quotient[0].compareTo(each.lower()) >= 0);
            } else if (rule.isVariable(pattern)) {
                Term before = symbols.put(pattern.name(), actual);
                matches = before == null || before.equals(actual);
            } else if (pattern.asInteger().isPresent() || actual.asInteger().isPresent()) {
                matches = pattern.asInteger().equals(actual.asInteger());
            } else {
                matches = equal.test(pattern, actual);
            }
            if (!matches) {
                return null;
            }
        }
        for (Formula each : rule.conditions()) {
            if (EntryShapes.holds(EntryTerms.substituted(each, integers, symbols)) != EntryShapes.Holds.YES) {
                return null;
            }
        }
        return EntryTerms.substituted(rule.replacement(), integers, symbols);
    }

    /** The formulas without quantifier, and the instances up to the horizon of those for all values of one integer. */
    List<Formula> instances(int horizon) {
        List<Formula> instances = new ArrayList<>();
        for (Formula each : known) {
            if (!(each instanceof ForAll all)) {
                instances.add(each);
            } else if (!isRule(all) && isAboutOneInteger(all)) {
                instances.addAll(instances(all, horizon));
            }
        }
        return instances;
    }

    static List<Formula> instances(ForAll all, int horizon) {
        List<Formula> instances = new ArrayList<>();
        for (int i = EntryTerms.number(LinearForm.of(all.variables().get(0).lower())); i <= horizon; i++) {
            Map<String, LinearForm> value = Map.of(all.variables().get(0).name(), LinearForm.of(i));
            boolean meant = all.conditions().stream()
                    .allMatch(each ->
                            EntryShapes.holds(EntryTerms.substituted(each, value, Map.of())) == EntryShapes.Holds.YES);
            if (meant) {
                instances.add(EntryTerms.substituted(all.body(), value, Map.of()));
            }
        }
        return instances;
    }

    private static boolean isAboutOneInteger(ForAll all) {
        return all.variables().size() == 1 && all.variables().get(0).isInteger();
    }

    private boolean isRule(ForAll all) {
        return rules.stream()
                .filter(each -> !each.variables().isEmpty())
                .filter(each -> rules.stream()
                        .filter(other ->
                                !other.variables().isEmpty() && other.name().equals(each.name()))
                        .findFirst()
                        .orElseThrow()
                        .equals(each))
                .anyMatch(each -> each.origin().equals(all));
    }

    /** How a for-all formula can hold at a point, where only finitely many values are given. */
    enum Extension {
        /** It defines a function that nothing else says anything about for large arguments. */
        DEFINITION,
        /** It holds for all values of its integer if sequences stay constant after the last value that is given. */
        CONSTANT,
        /** Finitely many instances do not decide it. */
        NONE
    }

    Extension extension(ForAll all) {
        if (isRule(all) && all.conditions().stream().allMatch(EntryRules::isAboutIntegers) && isWellFounded()) {
            // values of a function of vectors that are given one by one could contradict its definition
            boolean alone = isAboutOneInteger(all)
                    || rules.stream()
                                    .filter(each -> rules.stream()
                                            .anyMatch(other -> other.origin().equals(all)
                                                    && other.name().equals(each.name())))
                                    .count()
                            == 1;
            return alone ? Extension.DEFINITION : Extension.NONE;
        }
        return isAboutOneInteger(all)
                        && all.conditions().isEmpty()
                        && isAboutFreeSequences(
                                all.body(), all.variables().get(0).name())
                ? Extension.CONSTANT
                : Extension.NONE;
    }

    private static boolean isAboutIntegers(Formula formula) {
        return formula instanceof Formula.Comparison comparison
                && isInteger(comparison.left())
                && isInteger(comparison.right());
    }

    private static boolean isInteger(Term term) {
        return switch (term.kind()) {
            case NUMBER, INTEGER -> true;
            case SUM, PRODUCT ->
                term.shape().isScalar() && term.arguments().stream().allMatch(EntryRules::isInteger);
            default -> false;
        };
    }

    /** The left side of the definition for all values of an integer, at each value up to the last. */
    Map<Term, Formula> definitions(ForAll all, int last) {
        Map<Term, Formula> definitions = new LinkedHashMap<>();
        for (Formula each : instances(all, last)) {
            Formula.Comparison comparison = (Formula.Comparison) each;
            boolean left = isDeclared(comparison.left(), List.of());
            definitions.put(left ? comparison.left() : comparison.right(), each);
        }
        return definitions;
    }

    private boolean isAboutFreeSequences(Formula formula, String variable) {
        if (formula instanceof Formula.Invertible invertible) {
            return isAboutFreeSequences(invertible.term(), variable);
        }
        return formula instanceof Formula.Comparison comparison
                && isAboutFreeSequences(comparison.left(), variable)
                && isAboutFreeSequences(comparison.right(), variable);
    }

    /** Whether the variable occurs only as in eta(t) or eta(t + 1), for functions without rules for all arguments. */
    private boolean isAboutFreeSequences(Term term, String variable) {
        if (term.kind() == Kind.APPLY
                && term.arguments().size() == 1
                && term.argument(0).asInteger().isPresent()) {
            LinearForm form = term.argument(0).asInteger().get();
            boolean free = context.declaration(term.name()).orElse(null) instanceof Declaration.Function
                    && rules.stream()
                            .noneMatch(each -> each.name().equals(term.name())
                                    && !each.variables().isEmpty());
            return !form.variables().contains(variable)
                    || free
                            && form.coefficient(variable).equals(BigInteger.ONE)
                            && form.constant().signum() >= 0;
        }
        boolean here =
                term.indices().stream().noneMatch(each -> each.variables().contains(variable));
        return here && term.arguments().stream().allMatch(each -> isAboutFreeSequences(each, variable));
    }

    /** The functions that no equation defines for all arguments. */
    Set<String> free() {
        Set<String> free = new HashSet<>(context.declarations().keySet());
        rules.stream().filter(each -> !each.variables().isEmpty()).forEach(each -> free.remove(each.name()));
        return free;
    }

    /** One function's value needs another's, at an argument that is smaller by the step. */
    private record Need(String from, String to, BigInteger step) {}

    /** Whether the rules for all arguments, taken together, define their functions by recursion. */
    private boolean isWellFounded() {
        Set<Need> needs = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (Rule each : rules) {
            if (!each.variables().isEmpty()) {
                // two rules for one function may contradict each other
                if (!names.add(each.name())) {
                    return false;
                }
                Optional<LinearForm> argument =
                        each.patterns().size() == 1 ? each.patterns().get(0).asInteger() : Optional.empty();
                if (!collect(each, argument, each.replacement(), needs)) {
                    return false;
                }
            }
        }
        // no circle of needs without a step
        Set<String> settled = new HashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (String each : names) {
                boolean ready = needs.stream()
                        .filter(need -> need.from().equals(each) && need.step().signum() == 0)
                        .allMatch(need -> !names.contains(need.to()) || settled.contains(need.to()));
                more |= ready && settled.add(each);
            }
        }
        return settled.containsAll(names);
    }

    private boolean collect(Rule rule, Optional<LinearForm> argument, Term term, Set<Need> needs) {
        Declaration declaration = context.declaration(term.name()).orElse(null);
        if (declaration instanceof Declaration.Definition definition
                && !collect(rule, Optional.empty(), definition.body(), needs)) {
            return false;
        }
        if (declaration instanceof Declaration.Function) {
            boolean ruled = rules.stream()
                    .anyMatch(each ->
                            each.name().equals(term.name()) && !each.variables().isEmpty());
            if (ruled) {
                Optional<LinearForm> other =
                        term.arguments().size() == 1 ? term.argument(0).asInteger() : Optional.empty();
                if (argument.isEmpty() || other.isEmpty()) {
                    // an argument that is no integer, or inside a definition: only harmless if never circular
                    needs.add(new Need(rule.name(), term.name(), BigInteger.ZERO));
                } else {
                    LinearForm step = argument.get().subtract(other.get());
                    for (Variable each : rule.variables()) {
                        BigInteger slope = step.coefficient(each.name());
                        if (slope.signum() < 0) {
                            return false;
                        }
                        // the smallest step is that at the smallest value
                        if (each.isInteger()) {
                            step = step.substitute(Map.of(each.name(), LinearForm.of(each.lower())));
                        }
                    }
                    if (!step.isConstant() || step.constant().signum() < 0) {
                        return false;
                    }
                    needs.add(new Need(rule.name(), term.name(), step.constant()));
                }
            }
        }
        for (Term each : term.arguments()) {
            if (!collect(rule, argument, each, needs)) {
                return false;
            }
        }
        return true;
    }
}
