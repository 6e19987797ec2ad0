package org.loopcert.derivation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.Formula.Relation;
import org.loopcert.kernel.proof.Term;
import org.loopcert.kernel.value.Enclosure;
import org.loopcert.kernel.value.Evaluator;
import org.loopcert.kernel.value.Evaluator.Truth;
import org.loopcert.kernel.value.NotACounterexample;
import org.loopcert.kernel.value.NotACounterexample.Reason;
import org.loopcert.kernel.value.Values;
import org.loopcert.matrix.Matrix;

/** Values and truth by the kernel's evaluator, metered. */
final class Evaluation implements Judge {
    private static final int BITS = 64;
    private static final long SMALL = 100;
    private static final int DECLARATIONS = 20;

    private final Context context;
    private long left;
    private String obstacle;
    private Instance last;
    private Evaluator evaluator;
    private EvaluationWork work;
    private Map<String, Integer> integers = Map.of();

    /** With so much work, in small terms, before it says nothing any more. */
    Evaluation(Context context, long budget) {
        this.context = context;
        left = budget;
        work = new EvaluationWork(context, Map.of());
    }

    /** What was not spent, at least zero. */
    long left() {
        return Math.max(0, left);
    }

    /** A small term costs one; what costs more than half of what is left is not begun. */
    private boolean spend(long products) {
        long cost = 1 + products / SMALL;
        if (cost > 1 && cost > left / 2) {
            return false;
        }
        left -= cost;
        return left >= 0;
    }

    boolean isSpent() {
        return left <= 0;
    }

    /** A hypothesis that finitely many values cannot satisfy, if one was met. */
    Optional<String> obstacle() {
        return Optional.ofNullable(obstacle);
    }

    private Evaluator at(Instance instance) throws NotACounterexample {
        if (last != instance) {
            left -= context.declarations().size() / DECLARATIONS;
            evaluator = new Evaluator(context, values(instance));
            last = instance;
        }
        return evaluator;
    }

    private EvaluationWork work(Instance instance) {
        if (!instance.integers().equals(integers)) {
            work = new EvaluationWork(context, instance.integers());
            integers = instance.integers();
        }
        return work;
    }

    @Override
    public Optional<Matrix<Fraction>> value(Instance instance, Term term) {
        if (!spend(work(instance).of(term))) {
            return Optional.empty();
        }
        try {
            org.loopcert.kernel.value.Matrix value = at(instance).evaluate(term, BITS);
            return value.isExact()
                    ? Optional.of(Matrix.of(value.rows(), value.columns(), (i, j) -> value.get(i, j)
                            .lower()))
                    : Optional.empty();
        } catch (NotACounterexample none) {
            note(none);
            return Optional.empty();
        }
    }

    @Override
    public Answer truth(Instance instance, Formula formula) {
        if (!spend(work(instance).of(formula))) {
            return Answer.NONE;
        }
        try {
            boolean entries = formula instanceof Comparison comparison && comparison.relation() != Relation.LOEWNER;
            return entries
                    ? compared(instance, (Comparison) formula)
                    : answer(at(instance).truth(formula));
        } catch (NotACounterexample none) {
            note(none);
            return Answer.NONE;
        }
    }

    private static Answer answer(Truth truth) {
        return switch (truth) {
            case TRUE -> Answer.TRUE;
            case FALSE -> Answer.FALSE;
            case UNKNOWN -> Answer.NONE;
        };
    }

    /** At one precision only: what it does not tell is rarely told by a higher one, at many times the cost. */
    private Answer compared(Instance instance, Comparison comparison) throws NotACounterexample {
        org.loopcert.kernel.value.Matrix left = at(instance).evaluate(comparison.left(), BITS);
        org.loopcert.kernel.value.Matrix right = at(instance).evaluate(comparison.right(), BITS);
        Answer equal = left.isExact() && right.isExact() ? Answer.TRUE : Answer.NONE;
        for (int i = 0; i < left.rows(); i++) {
            for (int j = 0; j < left.columns(); j++) {
                Enclosure one = left.get(i, j);
                Enclosure other = right.get(i, j);
                if (one.upper().below(other.lower()) || other.upper().below(one.lower())) {
                    equal = Answer.FALSE;
                }
            }
        }
        Enclosure one = left.get(0, 0);
        Enclosure other = right.get(0, 0);
        return switch (comparison.relation()) {
            case EQUAL -> equal;
            case DIFFERENT -> not(equal);
            case AT_MOST -> not(below(other, one));
            case BELOW -> below(one, other);
            case LOEWNER -> throw new IllegalArgumentException("not by entries");
        };
    }

    private static Answer below(Enclosure one, Enclosure other) {
        if (one.upper().below(other.lower())) {
            return Answer.TRUE;
        }
        return other.upper().atMost(one.lower()) ? Answer.FALSE : Answer.NONE;
    }

    private static Answer not(Answer answer) {
        return answer == Answer.NONE ? answer : answer == Answer.TRUE ? Answer.FALSE : Answer.TRUE;
    }

    private void note(NotACounterexample none) {
        if (none.reason() == Reason.QUANTIFIER || none.reason() == Reason.CIRCULAR) {
            obstacle = none.expected() + ", found " + none.found();
        }
    }

    /** The values as the kernel takes them. */
    static Values values(Instance instance) {
        Map<String, BigInteger> integers = new LinkedHashMap<>();
        instance.integers().forEach((name, value) -> integers.put(name, BigInteger.valueOf(value)));
        Map<String, org.loopcert.kernel.value.Matrix> matrices = new LinkedHashMap<>();
        instance.symbols().forEach((name, value) -> matrices.put(name, matrix(value)));
        Map<String, Values.Sequence> sequences = new LinkedHashMap<>();
        for (Map.Entry<String, SortedMap<Integer, Matrix<Fraction>>> each :
                instance.sequences().entrySet()) {
            // without gaps: what comes after one is not known yet
            List<org.loopcert.kernel.value.Matrix> table = new ArrayList<>();
            int first = each.getValue().firstKey();
            for (int i = first; each.getValue().containsKey(i); i++) {
                table.add(matrix(each.getValue().get(i)));
            }
            sequences.put(each.getKey(), new Values.Sequence(BigInteger.valueOf(first), table));
        }
        return new Values(integers, matrices, sequences);
    }

    private static org.loopcert.kernel.value.Matrix matrix(Matrix<Fraction> matrix) {
        return org.loopcert.kernel.value.Matrix.of(matrix.toLists());
    }
}
