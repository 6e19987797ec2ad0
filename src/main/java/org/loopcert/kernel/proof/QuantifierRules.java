package org.loopcert.kernel.proof;

import static org.loopcert.kernel.proof.NotProved.require;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.loopcert.kernel.proof.Context.Declaration;
import org.loopcert.kernel.proof.Formula.ForAll;
import org.loopcert.kernel.proof.Formula.Variable;
import org.loopcert.kernel.proof.NotProved.Reason;

/** For all. */
public final class QuantifierRules {
    private QuantifierRules() {}

    /**
     * A value for each bound variable.
     *
     * <pre>
     *   for all x, A(x): B(x)    A(v)    facts
     *   -------------------------------------- instance
     *                   B(v)
     * </pre>
     *
     * The first premise is the statement, the next ones its conditions in order at these values; further ones are facts
     * that may show an integer to be at least its bound. Soundness-critical.
     *
     * @param values by bound name; integers as integer-valued terms
     */
    public record Instantiate(Map<String, Term> values) implements Theorem.Rule {
        public Instantiate {
            values = Map.copyOf(values);
        }

        @Override
        public String name() {
            return "instance";
        }

        @Override
        public Formula conclude(Theorem.Given given) throws NotProved, IllTyped {
            if (!(given.premise(0).formula() instanceof ForAll all)) {
                throw NotProved.of(
                        Reason.PREMISE, "a statement for all", given.premise(0).formula());
            }
            Signs signs = new Normalizer(given.context(), given.facts(1)).signs();
            Map<String, LinearForm> integers = new HashMap<>();
            Map<String, Term> symbols = new HashMap<>();
            for (Variable each : all.variables()) {
                Term value = values.get(each.name());
                require(value != null, Reason.PREMISE, "a value of " + each.name(), "none");
                if (each.isInteger()) {
                    require(value.asInteger().isPresent(), Reason.PREMISE, "an integer for " + each.name(), value);
                    LinearForm form = value.asInteger().orElseThrow();
                    boolean inside = signs.isNonNegative(form.subtract(LinearForm.of(each.lower())));
                    require(inside, Reason.RANGE, each.name() + " >= " + each.lower(), form);
                    integers.put(each.name(), form);
                } else {
                    symbols.put(each.name(), value);
                }
            }
            int number = 1;
            for (Formula each : all.conditions()) {
                given.requirePremise(number++, each.substitute(integers, symbols));
            }
            return all.body().substitute(integers, symbols);
        }
    }

    /**
     * What holds of arbitrary values holds of all.
     *
     * <pre>
     *   [A(x)]
     *    B(x)      x declared, nothing known of it but A(x)
     *   --------------------------------------------------- generalization
     *            for all y, A(y): B(y)
     * </pre>
     *
     * Soundness-critical.
     *
     * @param names for each declared name its bound name
     * @param conditions the assumptions to discharge, in the declared names
     */
    public record Generalize(Map<String, String> names, List<String> order, List<Formula> conditions)
            implements Theorem.Rule {
        public Generalize {
            names = Map.copyOf(names);
            order = List.copyOf(order);
            conditions = List.copyOf(conditions);
        }

        @Override
        public String name() {
            return "generalization";
        }

        @Override
        public Formula conclude(Theorem.Given given) throws NotProved, IllTyped {
            ForAll open = new ForAll(List.of(), conditions, given.premise(0).formula());
            given.discharged().addAll(conditions);
            require(names.keySet().equals(Set.copyOf(order)), Reason.PREMISE, "an order of the names", order);
            List<Variable> variables = new ArrayList<>();
            Map<String, LinearForm> integers = new HashMap<>();
            Map<String, Term> symbols = new HashMap<>();
            for (String each : order) {
                given.requireArbitrary(each);
                String bound = names.get(each);
                require(!open.freeNames().contains(bound), Reason.NAME, "a bound name that does not occur", bound);
                Declaration declaration = given.context().declaration(each).orElseThrow();
                if (declaration instanceof Declaration.IntegerVariable integer) {
                    integers.put(each, LinearForm.variable(bound));
                    variables.add(new Variable(bound, null, integer.lower()));
                } else if (declaration instanceof Declaration.Symbol symbol) {
                    symbols.put(each, Term.symbol(bound, symbol.shape()));
                    variables.add(Variable.of(bound, symbol.shape()));
                } else {
                    throw NotProved.of(Reason.NAME, "an integer or a symbol", each);
                }
            }
            ForAll closed = (ForAll) open.substitute(integers, symbols);
            return new ForAll(variables, closed.conditions(), closed.body());
        }
    }

    /**
     * Induction.
     *
     * <pre>
     *            [A(t)]
     *   A(k)     A(t + 1)     t declared, at least k, nothing known of it but A(t)
     *   --------------------------------------------------------------------------- induction
     *                       for all s &gt;= k: A(s)
     * </pre>
     *
     * Soundness-critical.
     *
     * @param variable the declared integer t, whose lower bound is k
     * @param bound the bound name s
     * @param formula A(t)
     */
    public record Induct(String variable, String bound, Formula formula) implements Theorem.Rule {
        @Override
        public Formula conclude(Theorem.Given given) throws NotProved, IllTyped {
            if (!(given.context().declaration(variable).orElse(null) instanceof Declaration.IntegerVariable integer)) {
                throw NotProved.of(Reason.NAME, "a declared integer", variable);
            }
            LinearForm next = LinearForm.variable(variable).plus(1);
            given.requirePremise(0, formula.substitute(Map.of(variable, LinearForm.of(integer.lower())), Map.of()));
            given.requirePremise(1, formula.substitute(Map.of(variable, next), Map.of()));
            boolean assumed = given.premise(0).assumptions().contains(formula);
            require(!assumed, Reason.PREMISE, "a base without the induction hypothesis", formula);
            given.discharged().add(formula);
            given.requireArbitrary(variable);
            require(!formula.freeNames().contains(bound), Reason.NAME, "a bound name that does not occur", bound);
            Formula body = formula.substitute(Map.of(variable, LinearForm.variable(bound)), Map.of());
            return new ForAll(List.of(new Variable(bound, null, integer.lower())), List.of(), body);
        }

        @Override
        public String name() {
            return "induction";
        }
    }
}
