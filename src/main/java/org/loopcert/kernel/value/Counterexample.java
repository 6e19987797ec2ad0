package org.loopcert.kernel.value;

import static org.loopcert.kernel.value.NotACounterexample.require;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.Formula.ForAll;
import org.loopcert.kernel.proof.Formula.Relation;
import org.loopcert.kernel.proof.Formula.Variable;
import org.loopcert.kernel.proof.IllTyped;
import org.loopcert.kernel.value.Evaluator.Decision;
import org.loopcert.kernel.value.Evaluator.Truth;
import org.loopcert.kernel.value.NotACounterexample.Reason;

/**
 * Values at which every hypothesis of a context and every assumption is true and a line is false. Only this class makes
 * one; what is stored is decided again, never believed.
 */
public final class Counterexample {
    private final Formula refuted;
    private final Values values;
    private final List<Matrix> sides;

    private Counterexample(Formula refuted, Values values, List<Matrix> sides) {
        this.refuted = refuted;
        this.values = values;
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
        List<Variable> bound = new ArrayList<>();
        List<Formula> conditions = new ArrayList<>();
        Formula open = line;
        while (open instanceof ForAll all) {
            bound.addAll(all.variables());
            conditions.addAll(all.conditions());
            open = all.body();
        }
        Evaluator evaluator;
        try {
            evaluator = new Evaluator(context, bound, values);
            for (Variable each : bound) {
                boolean given = (each.isInteger() ? values.integers() : values.matrices()).containsKey(each.name());
                require(given, Reason.MISSING, "a value of " + each.name(), "none");
            }
        } catch (NotACounterexample reason) {
            throw reason.in("values");
        }
        List<Formula> hypotheses = new ArrayList<>();
        for (Formula each : context.hypotheses()) {
            hypotheses.add(evaluator.recurrences().toBeShown(each));
        }
        requireTrue(evaluator, hypotheses, "hypothesis ");
        requireTrue(evaluator, assumptions, "assumption ");
        requireTrue(evaluator, conditions, "condition ");
        try {
            Decision decision = evaluator.decide(open);
            require(decision.truth() != Truth.TRUE, Reason.LINE_TRUE, "a line that is false", "true");
            require(decision.truth() == Truth.FALSE, Reason.LINE_NOT_DECIDED, "a line that is false", "not decided");
            return new Counterexample(open, values, decision.sides());
        } catch (NotACounterexample reason) {
            throw reason.in("line");
        }
    }

    private static void requireTrue(Evaluator evaluator, List<Formula> formulas, String kind)
            throws NotACounterexample {
        int number = 0;
        for (Formula each : formulas) {
            number++;
            try {
                Truth truth = evaluator.decide(each).truth();
                require(truth != Truth.FALSE, Reason.NOT_MET, "true", "false");
                require(truth == Truth.TRUE, Reason.NOT_DECIDED, "true", "not decided");
            } catch (NotACounterexample reason) {
                throw reason.in(kind + number);
            }
        }
    }

    /** What is false at the values: the line, or what it says for all values at these. */
    public Formula refuted() {
        return refuted;
    }

    public Values values() {
        return values;
    }

    /** The values of both sides of what is refuted, or of the matrix that is not invertible. */
    public List<Matrix> sides() {
        return sides;
    }

    /** Row and column, from zero, of an entry in which both sides differ for certain. */
    public Optional<List<Integer>> place() {
        boolean entrywise = refuted instanceof Comparison comparison && comparison.relation() != Relation.LOEWNER;
        for (int i = 0; entrywise && i < sides.get(0).rows(); i++) {
            for (int j = 0; j < sides.get(0).columns(); j++) {
                if (sides.get(0).get(i, j).isApart(sides.get(1).get(i, j))) {
                    return Optional.of(List.of(i, j));
                }
            }
        }
        return Optional.empty();
    }
}
