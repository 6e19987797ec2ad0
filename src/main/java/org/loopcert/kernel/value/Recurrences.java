package org.loopcert.kernel.value;

import static org.loopcert.kernel.value.NotACounterexample.require;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.Context.Declaration;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.Formula.ForAll;
import org.loopcert.kernel.proof.Formula.Relation;
import org.loopcert.kernel.proof.Formula.Variable;
import org.loopcert.kernel.proof.LinearForm;
import org.loopcert.kernel.proof.Term;
import org.loopcert.kernel.value.NotACounterexample.Reason;

/**
 * Hypotheses that hold since they say what a function is where no value is given: {@code for all t >= a: s(t + c) = TERM},
 * where TERM uses sequences at earlier integers only, and {@code for all u: f(u) = TERM}. One hypothesis a function.
 * That each refers to what is there before is decided for all integers, not only for those that are evaluated.
 */
final class Recurrences {
    private static final int PARTS = 20_000;
    private static final Formula NOTHING = new Comparison(Relation.EQUAL, Term.number(0), Term.number(0));

    private final Context context;
    private final Values values;
    private final Map<String, Equation> equations = new HashMap<>();
    private int parts;

    /**
     * name(variable + offset) = body, or name(variables) = body.
     *
     * @param order the place among the hypotheses
     * @param offset of a sequence, null for other functions
     */
    record Equation(String name, ForAll all, int order, BigInteger offset, Term body) {
        List<Variable> variables() {
            return all.variables();
        }

        /** The first integer at which it says what the sequence is. */
        BigInteger first() {
            return all.variables().get(0).lower().add(offset);
        }
    }

    Recurrences(Context context, Values values) throws NotACounterexample {
        this.context = context;
        this.values = values;
        for (boolean conditional : List.of(false, true)) {
            for (int i = 0; i < context.hypotheses().size(); i++) {
                if (context.hypotheses().get(i) instanceof ForAll all
                        && all.conditions().isEmpty() != conditional) {
                    add(all, i);
                }
            }
        }
        for (Equation each : equations.values()) {
            requireBefore(each, each.body(), List.of());
            for (Formula condition : each.all().conditions()) {
                boolean comparison = condition instanceof Comparison;
                require(comparison, Reason.QUANTIFIER, "a comparison as the condition of a recurrence", condition);
                requireBefore(each, ((Comparison) condition).left(), List.of());
                requireBefore(each, ((Comparison) condition).right(), List.of());
            }
        }
    }

    /** The equation of a sequence, or null. */
    Equation sequence(String name) {
        Equation equation = equations.get(name);
        return equation == null || equation.offset() == null ? null : equation;
    }

    /** The equation of another function, or null. */
    Equation function(String name) {
        Equation equation = equations.get(name);
        return equation == null || equation.offset() != null ? null : equation;
    }

    /** What does not hold by what a hypothesis says: of one that defines a sequence, what it says of the given values. */
    Formula toBeShown(Formula hypothesis) {
        for (Equation each : equations.values()) {
            if (each.all().equals(hypothesis)) {
                Values.Sequence table = values.sequences().get(each.name());
                return table == null ? NOTHING : upTo(table.last(), each);
            }
        }
        return hypothesis;
    }

    private static Formula upTo(BigInteger last, Equation equation) {
        List<Formula> conditions = new ArrayList<>();
        Term variable =
                Term.integer(LinearForm.variable(equation.variables().get(0).name()));
        Term most = Term.integer(LinearForm.of(last.subtract(equation.offset())));
        conditions.add(new Comparison(Relation.AT_MOST, variable, most));
        conditions.addAll(equation.all().conditions());
        return new ForAll(equation.variables(), conditions, equation.all().body());
    }

    private void add(ForAll all, int order) throws NotACounterexample {
        if (!(all.body() instanceof Comparison equation) || equation.relation() != Relation.EQUAL) {
            return;
        }
        if (!add(all, order, equation.left(), equation.right())) {
            add(all, order, equation.right(), equation.left());
        }
    }

    private boolean add(ForAll all, int order, Term head, Term body) throws NotACounterexample {
        boolean function = head.kind() == Term.Kind.APPLY
                && context.declaration(head.name()).orElse(null) instanceof Declaration.Function
                && !equations.containsKey(head.name());
        if (!function) {
            return false;
        }
        if (!Evaluator.isSequence(context, head.name())) {
            boolean plain = all.conditions().isEmpty() && isPlain(all.variables(), head.arguments());
            if (plain) {
                equations.put(head.name(), new Equation(head.name(), all, order, null, body));
            }
            return plain;
        }
        Variable variable = all.variables().get(0);
        LinearForm index = head.argument(0).asInteger().orElseThrow();
        boolean next = all.variables().size() == 1
                && variable.isInteger()
                && index.coefficient(variable.name()).equals(BigInteger.ONE);
        if (next) {
            BigInteger offset = values.integer(index.subtract(LinearForm.variable(variable.name())));
            equations.put(head.name(), new Equation(head.name(), all, order, offset, body));
        }
        return next;
    }

    /** Whether the arguments are the variables themselves, in their order. */
    private static boolean isPlain(List<Variable> variables, List<Term> arguments) {
        boolean plain = variables.size() == arguments.size();
        for (int i = 0; plain && i < arguments.size(); i++) {
            Variable variable = variables.get(i);
            Term term = variable.isInteger()
                    ? Term.integer(LinearForm.variable(variable.name()))
                    : Term.symbol(variable.name(), variable.shape());
            plain = term.equals(arguments.get(i));
        }
        return plain;
    }

    /** Refuses a term that refers to what the equation may depend on; the sums around it are given from the outermost. */
    private void requireBefore(Equation equation, Term term, List<Term> sums) throws NotACounterexample {
        require(parts++ < PARTS, Reason.LIMIT, "at most " + PARTS + " parts of defining hypotheses", "more");
        Optional<Term> unfolded = context.unfold(term);
        if (unfolded.isPresent()) {
            requireBefore(equation, unfolded.get(), sums);
            return;
        }
        Equation other = term.kind() == Term.Kind.APPLY ? equations.get(term.name()) : null;
        if (other != null) {
            boolean before = other.offset() == null
                    ? equation.offset() != null || other.order() < equation.order()
                    : equation.offset() != null && isEarlier(equation, other, term, sums);
            require(
                    before,
                    Reason.CIRCULAR,
                    "values before " + equation.name() + " in " + equation.all().body(),
                    term);
        }
        List<Term> inner = sums;
        if (term.kind() == Term.Kind.INDEX_SUM) {
            inner = new ArrayList<>(sums);
            inner.add(term);
        }
        for (Term each : term.arguments()) {
            requireBefore(equation, each, inner);
        }
    }

    /** Whether the largest index lies before that of the equation; the same one will do of what is defined before. */
    private boolean isEarlier(Equation equation, Equation other, Term term, List<Term> sums) throws NotACounterexample {
        LinearForm index = term.argument(0).asInteger().orElseThrow();
        for (int i = sums.size() - 1; i >= 0; i--) {
            Term sum = sums.get(i);
            LinearForm extreme = sum.index(index.coefficient(sum.name()).signum() > 0 ? 1 : 0);
            index = index.substitute(Map.of(sum.name(), extreme));
        }
        Variable variable = equation.variables().get(0);
        BigInteger slope = index.coefficient(variable.name());
        // slope t + rest < t + offset for all t >= lower: at the lower bound, if the slope is at most one
        BigInteger atFirst = values.integer(index.substitute(Map.of(variable.name(), LinearForm.of(variable.lower()))));
        BigInteger last = other.order() < equation.order()
                ? equation.first()
                : equation.first().subtract(BigInteger.ONE);
        return slope.compareTo(BigInteger.ONE) <= 0 && atFirst.compareTo(last) <= 0;
    }
}
