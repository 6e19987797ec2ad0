package org.loopcert.kernel.proof;

import static org.loopcert.kernel.proof.IllTyped.require;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.loopcert.kernel.Fraction;

/** A statement about terms. */
public sealed interface Formula {
    /** How two terms compare. */
    enum Relation {
        EQUAL("="),
        AT_MOST("<="),
        BELOW("<"),
        DIFFERENT("!="),
        /** The right side less the left one is symmetric and positive semidefinite. */
        LOEWNER("<<=");

        private final String sign;

        Relation(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }
    }

    /** A name bound by a quantifier: an integer of at least {@code lower}, or, with a shape, a real matrix of that shape. */
    record Variable(String name, Shape shape, BigInteger lower) {
        public Variable {
            if ((shape == null) == (lower == null)) {
                throw new IllegalArgumentException("expected a shape or a lower bound of " + name);
            }
            lower = lower == null ? null : Fraction.plain(lower);
        }

        public static Variable integer(String name, long lower) {
            return new Variable(name, null, BigInteger.valueOf(lower));
        }

        public static Variable of(String name, Shape shape) {
            return new Variable(name, shape, null);
        }

        public boolean isInteger() {
            return shape == null;
        }

        /** The names that its shape mentions. */
        Set<String> names() {
            return isInteger() ? Set.of() : shape.variables();
        }
    }

    /** left relation right. Make it by {@link #compare}, which checks shapes. */
    record Comparison(Relation relation, Term left, Term right) implements Formula {
        /** right - left, where both are written as integers. */
        Optional<LinearForm> integers() {
            return left.asInteger().flatMap(from -> right.asInteger().map(to -> to.subtract(from)));
        }
    }

    /** The square matrix has an inverse. */
    record Invertible(Term term) implements Formula {}

    /** For all values of the variables that satisfy the conditions, the body. */
    record ForAll(List<Variable> variables, List<Formula> conditions, Formula body) implements Formula {
        public ForAll {
            variables = List.copyOf(variables);
            conditions = List.copyOf(conditions);
        }
    }

    /** left relation right, of fitting shapes: equal ones; scalars for an order; square for the Loewner order. */
    static Comparison compare(Relation relation, Term left, Term right) throws IllTyped {
        require(left.shape().equals(right.shape()), left.shape().toString(), right.shape());
        switch (relation) {
            case AT_MOST, BELOW, DIFFERENT -> require(left.shape().isScalar(), "a scalar", left.shape());
            case LOEWNER -> require(left.shape().isSquare(), "a square matrix", left.shape());
            case EQUAL -> {}
        }
        return new Comparison(relation, left, right);
    }

    static Comparison equal(Term left, Term right) throws IllTyped {
        return compare(Relation.EQUAL, left, right);
    }

    static Invertible invertible(Term term) throws IllTyped {
        require(term.shape().isSquare(), "a square matrix", term.shape());
        return new Invertible(term);
    }

    /** The names that are not bound. */
    default Set<String> freeNames() {
        Set<String> names = new HashSet<>();
        if (this instanceof Comparison comparison) {
            names.addAll(comparison.left().freeNames());
            names.addAll(comparison.right().freeNames());
        } else if (this instanceof Invertible invertible) {
            names.addAll(invertible.term().freeNames());
        } else if (this instanceof ForAll all) {
            names.addAll(all.body().freeNames());
            all.conditions().forEach(each -> names.addAll(each.freeNames()));
            for (Variable each : all.variables()) {
                names.remove(each.name());
                names.addAll(each.names());
            }
        }
        return names;
    }

    /**
     * The formula with free integer variables and symbols replaced at once.
     *
     * @throws IllTyped if a value has another shape than its symbol, or would be captured by a quantifier
     */
    default Formula substitute(Map<String, LinearForm> integers, Map<String, Term> symbols) throws IllTyped {
        if (this instanceof Comparison comparison) {
            return new Comparison(
                    comparison.relation(),
                    comparison.left().substitute(integers, symbols),
                    comparison.right().substitute(integers, symbols));
        }
        if (this instanceof Invertible invertible) {
            return new Invertible(invertible.term().substitute(integers, symbols));
        }
        ForAll all = (ForAll) this;
        Map<String, LinearForm> innerIntegers = new HashMap<>(integers);
        Map<String, Term> innerSymbols = new HashMap<>(symbols);
        Set<String> names = new HashSet<>();
        for (Variable each : all.variables()) {
            innerIntegers.remove(each.name());
            innerSymbols.remove(each.name());
        }
        innerIntegers.values().forEach(each -> names.addAll(each.variables()));
        innerSymbols.values().forEach(each -> names.addAll(each.freeNames()));
        List<Variable> variables = new ArrayList<>();
        for (Variable each : all.variables()) {
            require(!names.contains(each.name()), "a value without the bound name " + each.name(), each.name());
            Shape shape = each.isInteger() ? null : each.shape().substitute(innerIntegers);
            variables.add(new Variable(each.name(), shape, each.lower()));
        }
        List<Formula> conditions = new ArrayList<>();
        for (Formula each : all.conditions()) {
            conditions.add(each.substitute(innerIntegers, innerSymbols));
        }
        return new ForAll(variables, conditions, all.body().substitute(innerIntegers, innerSymbols));
    }
}
