package org.loopcert.kernel.value;

import static org.loopcert.kernel.value.NotACounterexample.require;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.Formula.ForAll;
import org.loopcert.kernel.proof.Formula.Variable;
import org.loopcert.kernel.proof.IllTyped;
import org.loopcert.kernel.value.Evaluator.Bound;
import org.loopcert.kernel.value.Evaluator.Truth;
import org.loopcert.kernel.value.NotACounterexample.Reason;

/**
 * Values at which every hypothesis of a context and every assumption is true and a line is false. Only this class makes
 * one; what is stored is decided again, never believed.
 */
public final class Counterexample {
    private final Context context;
    private final List<Formula> assumptions;
    private final Formula line;
    private final Values values;
    private final Formula refuted;
    private final List<Matrix> sides;

    private Counterexample(
            Context context,
            List<Formula> assumptions,
            Formula line,
            Values values,
            Formula refuted,
            List<Matrix> sides) {
        this.context = context;
        this.assumptions = List.copyOf(assumptions);
        this.line = line;
        this.values = values;
        this.refuted = refuted;
        this.sides = List.copyOf(sides);
    }

    /**
     * Decides that the values refute the line.
     *
     * <pre>
     *   hypotheses(v)   assumptions(v)   conditions(v, w)   not body(v, w)
     *   ------------------------------------------------------------------
     *      not (hypotheses, assumptions: for all w, conditions: body)
     * </pre>
     *
     * Soundness-critical.
     *
     * @param assumptions under which the line stands, beside the hypotheses of the context
     * @param line a comparison, an invertibility, or one of these for all values
     * @param values of the names of the context that are needed, and of all that the line binds
     */
    public static Counterexample check(Context context, List<Formula> assumptions, Formula line, Values values)
            throws NotACounterexample {
        try {
            context.check(line);
            for (Formula each : assumptions) {
                context.check(each);
            }
        } catch (IllTyped wrong) {
            throw NotACounterexample.of(Reason.ILL_TYPED, wrong.expected(), wrong.found());
        }
        Evaluator evaluator;
        Bound bound = Bound.NONE;
        try {
            evaluator = new Evaluator(context, declared(line, values));
        } catch (NotACounterexample reason) {
            throw reason.in("values");
        }
        for (int i = 0; i < context.hypotheses().size(); i++) {
            Optional<Formula> open =
                    evaluator.recurrences().toBeShown(context.hypotheses().get(i));
            if (open.isPresent()) {
                requireTrue(evaluator, open.get(), Bound.NONE, "hypothesis " + (i + 1));
            }
        }
        for (int i = 0; i < assumptions.size(); i++) {
            requireTrue(evaluator, assumptions.get(i), Bound.NONE, "assumption " + (i + 1));
        }
        Formula open = line;
        int conditions = 0;
        while (open instanceof ForAll all) {
            bound = bind(evaluator, all.variables(), values, bound);
            for (Formula each : all.conditions()) {
                requireTrue(evaluator, each, bound, "condition " + ++conditions);
            }
            open = all.body();
        }
        try {
            Truth truth = evaluator.truth(open, bound);
            require(truth != Truth.TRUE, Reason.LINE_TRUE, "a line that is false", "true");
            require(truth == Truth.FALSE, Reason.LINE_NOT_DECIDED, "a line that is false", "not decided");
            List<Matrix> sides = evaluator.sides(open, bound);
            return new Counterexample(context, assumptions, line, values, open, sides);
        } catch (NotACounterexample reason) {
            throw reason.in("line");
        }
    }

    private static void requireTrue(Evaluator evaluator, Formula formula, Bound bound, String where)
            throws NotACounterexample {
        try {
            Truth truth = evaluator.truth(formula, bound);
            require(truth != Truth.FALSE, Reason.NOT_MET, "true", "false");
            require(truth == Truth.TRUE, Reason.NOT_DECIDED, "true", "not decided");
        } catch (NotACounterexample reason) {
            throw reason.in(where);
        }
    }

    /** The values without those of the names that the line binds. */
    private static Values declared(Formula line, Values values) {
        Map<String, BigInteger> integers = new LinkedHashMap<>(values.integers());
        Map<String, Matrix> matrices = new LinkedHashMap<>(values.matrices());
        for (Formula open = line; open instanceof ForAll all; open = all.body()) {
            for (Variable each : all.variables()) {
                (each.isInteger() ? integers : matrices).remove(each.name());
            }
        }
        return new Values(integers, matrices, values.sequences());
    }

    private static Bound bind(Evaluator evaluator, List<Variable> variables, Values values, Bound outer)
            throws NotACounterexample {
        Bound bound = outer;
        for (Variable each : variables) {
            String name = each.name();
            if (each.isInteger()) {
                BigInteger value = values.integers().get(name);
                require(value != null, Reason.MISSING, "a value of " + name, "none");
                require(value.compareTo(each.lower()) >= 0, Reason.RANGE, name + " >= " + each.lower(), value);
                bound = bound.with(name, value);
            } else {
                Matrix value = values.matrices().get(name);
                require(value != null, Reason.MISSING, "a value of " + name, "none");
                evaluator.requireFitting(name, each.shape(), value, bound);
                bound = bound.with(name, value);
            }
        }
        return bound;
    }

    public Context context() {
        return context;
    }

    public List<Formula> assumptions() {
        return assumptions;
    }

    public Formula line() {
        return line;
    }

    public Values values() {
        return values;
    }

    /** What is false at the values: the line, or what it says for all values at these. */
    public Formula refuted() {
        return refuted;
    }

    /** The values of both sides of what is refuted, or of the matrix that is not invertible. */
    public List<Matrix> sides() {
        return sides;
    }

    /** Row and column, from zero, of an entry in which the sides differ; empty where entries alone do not refute. */
    public Optional<List<Integer>> place() {
        boolean entries = refuted instanceof Comparison comparison
                && (comparison.relation() == Formula.Relation.EQUAL
                        || comparison.left().shape().isScalar());
        for (int i = 0; entries && i < sides.get(0).rows(); i++) {
            for (int j = 0; j < sides.get(0).columns(); j++) {
                if (sides.get(0).get(i, j).isApart(sides.get(1).get(i, j))) {
                    return Optional.of(List.of(i, j));
                }
            }
        }
        return Optional.empty();
    }
}
