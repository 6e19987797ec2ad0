package org.loopcert.kernel.proof;

import static org.loopcert.kernel.proof.IllTyped.require;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.loopcert.kernel.proof.Formula.Variable;

/**
 * What a derivation speaks about: declared names, definitions, hypotheses. Its theorems hold for all values of the
 * declared names that satisfy the hypotheses. Immutable once built.
 */
public final class Context {
    /** Names may not contain what separates letters in normal forms. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}][\\p{L}\\p{M}\\p{Nd}_]*[*~]?");

    private final Map<String, Declaration> declarations;
    private final List<Formula> hypotheses;

    private Context(Map<String, Declaration> declarations, List<Formula> hypotheses) {
        this.declarations = new LinkedHashMap<>(declarations);
        this.hypotheses = List.copyOf(hypotheses);
    }

    /** What a name stands for. */
    public sealed interface Declaration {
        /** An arbitrary integer of at least {@code lower}; dimensions are at least one. */
        record IntegerVariable(BigInteger lower, boolean dimension) implements Declaration {}

        /** An arbitrary real matrix; a scalar is 1 x 1. */
        record Symbol(Shape shape) implements Declaration {}

        /** An arbitrary function; a parameter of shape null is an integer. */
        record Function(List<Shape> parameters, Shape result) implements Declaration {
            public Function {
                parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
            }

            /** Those of its arguments that are no integers, and of its values. */
            private List<Shape> shapes() {
                return Stream.concat(parameters.stream().filter(Objects::nonNull), Stream.of(result))
                        .toList();
            }
        }

        /** An abbreviation, with no parameters for a symbol. */
        record Definition(List<Variable> parameters, Term body) implements Declaration {
            public Definition {
                parameters = List.copyOf(parameters);
            }
        }
    }

    public Map<String, Declaration> declarations() {
        return new LinkedHashMap<>(declarations);
    }

    public Optional<Declaration> declaration(String name) {
        return Optional.ofNullable(declarations.get(name));
    }

    public List<Formula> hypotheses() {
        return hypotheses;
    }

    /** The declared or defined symbol. */
    public Term symbol(String name) throws IllTyped {
        Declaration declaration = declarations.get(name);
        if (declaration instanceof Declaration.Symbol symbol) {
            return Term.symbol(name, symbol.shape());
        }
        if (declaration instanceof Declaration.IntegerVariable) {
            return Term.integer(LinearForm.variable(name));
        }
        if (declaration instanceof Declaration.Definition definition) {
            require(definition.parameters().isEmpty(), name + " with its arguments", name);
            return Term.symbol(name, definition.body().shape());
        }
        throw new IllTyped("a declared name", name);
    }

    /** The declared function, or definition with parameters, at arguments of fitting shapes. */
    public Term apply(String name, List<Term> arguments) throws IllTyped {
        Declaration declaration = declarations.get(name);
        List<Shape> shapes = new ArrayList<>();
        Shape result;
        if (declaration instanceof Declaration.Function function) {
            shapes.addAll(function.parameters());
            result = function.result();
        } else if (declaration instanceof Declaration.Definition definition) {
            definition.parameters().forEach(each -> shapes.add(each.shape()));
            result = definition.body().shape();
        } else {
            throw new IllTyped("a declared function", name);
        }
        require(shapes.size() == arguments.size(), shapes.size() + " arguments of " + name, arguments.size());
        for (int i = 0; i < shapes.size(); i++) {
            if (shapes.get(i) == null) {
                require(arguments.get(i).asInteger().isPresent(), "an integer argument of " + name, arguments.get(i));
            } else {
                require(
                        arguments.get(i).shape().equals(shapes.get(i)),
                        shapes.get(i) + " as argument " + (i + 1) + " of " + name,
                        arguments.get(i).shape());
            }
        }
        return Term.apply(name, arguments, result);
    }

    /** The body of a definition with its parameters replaced; empty where the term is not a defined one. */
    public Optional<Term> unfold(Term term) {
        boolean named = term.kind() == Term.Kind.SYMBOL || term.kind() == Term.Kind.APPLY;
        if (!named || !(declarations.get(term.name()) instanceof Declaration.Definition definition)) {
            return Optional.empty();
        }
        Map<String, LinearForm> integers = new HashMap<>();
        Map<String, Term> symbols = new HashMap<>();
        for (int i = 0; i < definition.parameters().size(); i++) {
            Variable parameter = definition.parameters().get(i);
            if (parameter.isInteger()) {
                integers.put(parameter.name(), term.argument(i).asInteger().orElseThrow());
            } else {
                symbols.put(parameter.name(), term.argument(i));
            }
        }
        try {
            return Optional.of(definition.body().substitute(integers, symbols));
        } catch (IllTyped impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whether the declared integer variable is at least this, by its declaration. */
    Optional<BigInteger> lowerBound(String name) {
        return declarations.get(name) instanceof Declaration.IntegerVariable integer
                ? Optional.of(integer.lower())
                : Optional.empty();
    }

    /**
     * Whether nothing is known or defined about a declared name: no hypothesis, definition or shape mentions it, so that
     * what holds of it holds of every value.
     */
    boolean isArbitrary(String name) {
        Set<String> mentioned = new HashSet<>();
        hypotheses.forEach(each -> mentioned.addAll(each.freeNames()));
        for (Declaration each : declarations.values()) {
            if (each instanceof Declaration.Symbol symbol) {
                mentioned.addAll(symbol.shape().variables());
            } else if (each instanceof Declaration.Function function) {
                function.shapes().forEach(shape -> mentioned.addAll(shape.variables()));
            } else if (each instanceof Declaration.Definition definition) {
                definition.parameters().forEach(parameter -> mentioned.addAll(parameter.names()));
                mentioned.addAll(definition.body().freeNames());
            }
        }
        return declarations.containsKey(name) && !mentioned.contains(name);
    }

    /**
     * Checks that a formula uses names as declared.
     *
     * @throws IllTyped at the first name that is not declared or used otherwise
     */
    public void check(Formula formula) throws IllTyped {
        check(formula, Map.of());
    }

    /** The names bound around a formula or term, and some more. */
    private Map<String, Variable> bind(Map<String, Variable> bound, List<Variable> variables) throws IllTyped {
        Map<String, Variable> inner = new HashMap<>(bound);
        for (Variable each : variables) {
            require(NAME.matcher(each.name()).matches(), "a name", each.name());
            boolean fresh = !declarations.containsKey(each.name()) && !inner.containsKey(each.name());
            require(fresh, "a bound name that is not used otherwise", each.name());
            inner.put(each.name(), each);
        }
        return inner;
    }

    private void check(Formula formula, Map<String, Variable> bound) throws IllTyped {
        if (formula instanceof Formula.Comparison comparison) {
            Formula.compare(comparison.relation(), comparison.left(), comparison.right());
            check(comparison.left(), bound);
            check(comparison.right(), bound);
        } else if (formula instanceof Formula.Invertible invertible) {
            Formula.invertible(invertible.term());
            check(invertible.term(), bound);
        } else if (formula instanceof Formula.ForAll all) {
            Map<String, Variable> inner = bind(bound, all.variables());
            for (Variable each : all.variables()) {
                integers(each.names(), inner);
            }
            for (Formula each : all.conditions()) {
                check(each, inner);
            }
            check(all.body(), inner);
        }
    }

    private void integers(Set<String> names, Map<String, Variable> bound) throws IllTyped {
        for (String each : names) {
            boolean integer = bound.containsKey(each)
                    ? bound.get(each).isInteger()
                    : declarations.get(each) instanceof Declaration.IntegerVariable;
            require(integer, "a declared dimension or integer", each);
        }
    }

    private void check(Term term, Map<String, Variable> bound) throws IllTyped {
        integers(term.shape().variables(), bound);
        Map<String, Variable> inner = bound;
        switch (term.kind()) {
            case SYMBOL -> {
                Variable variable = bound.get(term.name());
                Term declared = variable == null ? symbol(term.name()) : Term.symbol(term.name(), variable.shape());
                require(term.equals(declared), term.name() + " as declared", term.shape());
            }
            case APPLY -> {
                // no bound name is a declared one
                Shape declared = apply(term.name(), term.arguments()).shape();
                require(declared.equals(term.shape()), term.name() + " as declared", term);
            }
            case INDEX_SUM -> inner = bind(bound, List.of(Variable.integer(term.name(), 0)));
            default -> {}
        }
        for (LinearForm each : term.indices()) {
            integers(each.variables(), bound);
        }
        for (Term each : term.arguments()) {
            check(each, inner);
        }
    }

    /** Collects declarations, definitions and hypotheses in order; each may use what came before it. */
    public static final class Builder {
        private final Map<String, Declaration> declarations = new LinkedHashMap<>();
        private final List<Formula> hypotheses = new ArrayList<>();

        /** An arbitrary integer of at least {@code lower}. */
        public Builder integer(String name, long lower) throws IllTyped {
            return declare(name, new Declaration.IntegerVariable(BigInteger.valueOf(lower), false));
        }

        /** A dimension, at least one. */
        public Builder dimension(String name) throws IllTyped {
            return declare(name, new Declaration.IntegerVariable(BigInteger.ONE, true));
        }

        /** An arbitrary real matrix, vector or scalar. */
        public Builder symbol(String name, Shape shape) throws IllTyped {
            context().integers(shape.variables(), Map.of());
            return declare(name, new Declaration.Symbol(shape));
        }

        /** An arbitrary function; a parameter of shape null is an integer. A sequence is a function of one integer. */
        public Builder function(String name, List<Shape> parameters, Shape result) throws IllTyped {
            Declaration.Function function = new Declaration.Function(parameters, result);
            for (Shape each : function.shapes()) {
                context().integers(each.variables(), Map.of());
            }
            require(!parameters.isEmpty(), "at least one parameter", "none");
            return declare(name, function);
        }

        /** An abbreviation of a term in the names declared so far and its own parameters. */
        public Builder define(String name, List<Variable> parameters, Term body) throws IllTyped {
            context().check(body, context().bind(Map.of(), parameters));
            Set<String> inShapes = new HashSet<>(body.shape().variables());
            parameters.forEach(each -> inShapes.addAll(each.names()));
            for (Variable each : parameters) {
                require(!inShapes.contains(each.name()), "shapes without the parameter " + each.name(), inShapes);
            }
            return declare(name, new Declaration.Definition(parameters, body));
        }

        /** A hypothesis about the names declared so far. */
        public Builder hypothesis(Formula formula) throws IllTyped {
            context().check(formula);
            hypotheses.add(formula);
            return this;
        }

        private Builder declare(String name, Declaration declaration) throws IllTyped {
            require(NAME.matcher(name).matches(), "a name of letters, digits and _", name);
            require(!declarations.containsKey(name), "a new name", name);
            declarations.put(name, declaration);
            return this;
        }

        /** The context of everything so far. */
        public Context context() {
            return new Context(declarations, hypotheses);
        }

        /** The names so far. */
        public Set<String> names() {
            return Set.copyOf(declarations.keySet());
        }
    }
}
