package org.loopcert.derivation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.Context.Declaration;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Formula.ForAll;
import org.loopcert.kernel.proof.Formula.Variable;
import org.loopcert.kernel.proof.IllTyped;
import org.loopcert.kernel.proof.LinearForm;
import org.loopcert.kernel.proof.Shape;
import org.loopcert.kernel.proof.Term;
import org.loopcert.kernel.proof.Theorem;

/**
 * A theorem with everything it quantifies over: the declared names on which it depends, directly, through definitions or
 * through the hypotheses it was derived from. Written from the kernel's formula, not from the user's text.
 */
final class TheoremWords {
    private final Context context;
    private final Set<String> names = new LinkedHashSet<>();

    private TheoremWords(Context context) {
        this.context = context;
    }

    /**
     * In words.
     *
     * @param fixed see {@link Statement#fixed()}
     */
    static String of(Derivation derivation, Theorem theorem, Map<String, String> fixed) {
        TheoremWords words = new TheoremWords(derivation.context());
        words.collect(theorem.formula().freeNames());
        Set<String> hypotheses = new LinkedHashSet<>();
        for (Hypothesis each : hypothesesUsed(derivation, theorem)) {
            hypotheses.add(each.name());
            words.collect(each.formula().freeNames());
        }
        return words.quantifiers(hypotheses) + formula(words.renamed(theorem.formula(), fixed));
    }

    /** The hypotheses that a theorem rests on, in the order of the file. */
    static List<Hypothesis> hypothesesUsed(Derivation derivation, Theorem theorem) {
        Set<Formula> used = new HashSet<>();
        Set<Theorem> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Theorem> open = new ArrayDeque<>(List.of(theorem));
        while (!open.isEmpty()) {
            Theorem next = open.remove();
            if (seen.add(next)) {
                open.addAll(next.premises());
                if (next.rule().equals("hypothesis")) {
                    used.add(next.formula());
                }
            }
        }
        return derivation.hypotheses().stream()
                .filter(each -> used.contains(each.formula()))
                .toList();
    }

    /** With the names that the user gave to bound variables, where they mean nothing else here. */
    private Formula renamed(Formula formula, Map<String, String> fixed) {
        if (!(formula instanceof ForAll all)) {
            return formula;
        }
        try {
            Map<String, Term> values = new HashMap<>();
            List<Variable> variables = new ArrayList<>();
            for (Variable each : all.variables()) {
                String name = fixed.getOrDefault(each.name(), each.name());
                boolean clear =
                        !names.contains(name) && context.declaration(name).isPresent();
                if (clear) {
                    values.put(each.name(), context.symbol(name));
                }
                variables.add(clear ? new Variable(name, each.shape(), each.lower()) : each);
            }
            Substitution substitution = Substitution.of(all.variables(), values);
            List<Formula> conditions = new ArrayList<>();
            for (Formula each : all.conditions()) {
                conditions.add(substitution.in(each));
            }
            return new ForAll(variables, conditions, substitution.in(all.body()));
        } catch (IllTyped captured) {
            return formula;
        }
    }

    private void collect(Set<String> more) {
        Deque<String> open = new ArrayDeque<>(more);
        while (!open.isEmpty()) {
            String name = open.remove();
            if (context.declaration(name).isPresent() && names.add(name)) {
                open.addAll(inside(context.declaration(name).get()));
            }
        }
    }

    /** The names that a declaration mentions. */
    private static Set<String> inside(Declaration declaration) {
        Set<String> inside = new LinkedHashSet<>();
        if (declaration instanceof Declaration.Symbol symbol) {
            add(inside, symbol.shape());
        } else if (declaration instanceof Declaration.Function function) {
            function.parameters().forEach(each -> add(inside, each));
            add(inside, function.result());
        } else if (declaration instanceof Declaration.Definition definition) {
            Set<String> body = definition.body().freeNames();
            add(inside, definition.body().shape());
            inside.addAll(body);
            for (Variable each : definition.parameters()) {
                inside.remove(each.name());
                add(inside, each.shape());
            }
        }
        return inside;
    }

    private static void add(Set<String> names, Shape shape) {
        if (shape != null) {
            names.addAll(shape.variables());
        }
    }

    private String quantifiers(Set<String> hypotheses) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (String kind : List.of("dimensions", "integers", "", "sequences", "functions", "defined")) {
            groups.put(kind, new ArrayList<>());
        }
        for (Map.Entry<String, Declaration> each : context.declarations().entrySet()) {
            String name = each.getKey();
            if (!names.contains(name)) {
                continue;
            }
            if (each.getValue() instanceof Declaration.IntegerVariable integer) {
                groups.get(integer.dimension() ? "dimensions" : "integers")
                        .add(integer.dimension() ? name : name + " >= " + integer.lower());
            } else if (each.getValue() instanceof Declaration.Symbol symbol) {
                groups.get("").add(name + " in " + space(symbol.shape()));
            } else if (each.getValue() instanceof Declaration.Function function) {
                boolean sequence = function.parameters().size() == 1
                        && function.parameters().get(0) == null;
                groups.get(sequence ? "sequences" : "functions")
                        .add(sequence ? name + " in " + space(function.result()) : name + " : " + map(function));
            } else {
                groups.get("defined").add(name);
            }
        }
        List<String> defined = groups.remove("defined");
        String all = groups.entrySet().stream()
                .filter(each -> !each.getValue().isEmpty())
                .map(each -> "all " + (each.getKey().isEmpty() ? "" : each.getKey() + " ")
                        + String.join(", ", each.getValue())
                        + (each.getKey().equals("dimensions") ? " >= 1" : ""))
                .collect(Collectors.joining(", "));
        List<String> parts = new ArrayList<>();
        String satisfying = hypotheses.isEmpty() ? "" : "satisfying " + String.join(", ", hypotheses);
        if (!all.isEmpty()) {
            parts.add("for " + all + (satisfying.isEmpty() ? "" : " " + satisfying));
        }
        if (!defined.isEmpty()) {
            parts.add("with " + String.join(", ", defined) + " as defined");
        }
        return parts.isEmpty() ? "" : String.join(", ", parts) + ": ";
    }

    private static String map(Declaration.Function function) {
        return function.parameters().stream().map(TheoremWords::space).collect(Collectors.joining(" x ")) + " -> "
                + space(function.result());
    }

    /** A space as derivations spell it; a parameter without a shape is an integer. */
    private static String space(Shape shape) {
        if (shape == null) {
            return "N";
        }
        if (shape.isScalar()) {
            return "R";
        }
        if (shape.columns().equals(LinearForm.ONE)) {
            String rows = shape.rows().toString();
            return "R^" + (rows.length() == 1 ? rows : "{" + rows + "}");
        }
        return "R^{" + side(shape.rows()) + " x " + side(shape.columns()) + "}";
    }

    private static String side(LinearForm form) {
        String text = form.toString();
        return text.chars().allMatch(Character::isLetterOrDigit) ? text : "(" + text + ")";
    }

    private static String formula(Formula formula) {
        if (!(formula instanceof ForAll all)) {
            return Notation.of(formula);
        }
        return all.variables().stream()
                        .map(each -> each.isInteger()
                                ? each.name() + " >= " + each.lower()
                                : each.name() + " in " + space(each.shape()))
                        .collect(Collectors.joining(", ", "for all ", ""))
                + all.conditions().stream().map(each -> ", " + formula(each)).collect(Collectors.joining())
                + ": " + formula(all.body());
    }
}
