package org.loopcert.derivation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.loopcert.derivation.Instance.Unknown;
import org.loopcert.kernel.Fraction;
import org.loopcert.matrix.Matrix;

/** Makes the numbers of a counterexample simpler, one matrix, then one entry at a time, as long as it remains one. */
final class Shrinking {
    private static final int TRIALS = 160;

    private final Construction construction;
    private final Random random;
    private int trials;

    Shrinking(Construction construction, Random random) {
        this.construction = construction;
        this.random = random;
    }

    /** The simplest of the instances that were tried and are counterexamples. */
    Instance simplest(Instance instance, Predicate<Instance> isCounterexample) {
        Instance best = instance;
        boolean progress = true;
        while (progress && trials < TRIALS) {
            progress = false;
            for (Unknown unknown : construction.chosen()) {
                for (Matrix<Fraction> simpler : simpler(best.get(unknown))) {
                    if (trials++ >= TRIALS) {
                        return best;
                    }
                    Optional<Instance> next = next(best, unknown, simpler, isCounterexample);
                    if (next.isPresent()) {
                        best = next.get();
                        progress = true;
                        break;
                    }
                }
            }
        }
        return best;
    }

    private Optional<Instance> next(
            Instance best, Unknown unknown, Matrix<Fraction> simpler, Predicate<Instance> isCounterexample) {
        for (boolean keep : new boolean[] {true, false}) {
            Optional<Instance> next = construction
                    .replaced(best, unknown, simpler, keep, random)
                    .filter(each -> each.cost() < best.cost())
                    .filter(isCounterexample);
            if (next.isPresent()) {
                return next;
            }
        }
        return Optional.empty();
    }

    private static List<Matrix<Fraction>> simpler(Matrix<Fraction> matrix) {
        List<Matrix<Fraction>> all = new ArrayList<>();
        all.add(matrix.map(each -> Fraction.ZERO));
        if (matrix.rows() > 1 || matrix.columns() > 1) {
            all.add(Matrix.of(matrix.rows(), matrix.columns(), (i, j) -> i == j ? Fraction.ONE : Fraction.ZERO));
        }
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                for (Fraction each : simpler(matrix.get(i, j))) {
                    int row = i;
                    int column = j;
                    all.add(Matrix.of(
                            matrix.rows(),
                            matrix.columns(),
                            (k, l) -> k == row && l == column ? each : matrix.get(k, l)));
                }
            }
        }
        all.removeIf(each -> Instance.cost(each) >= Instance.cost(matrix));
        return all;
    }

    private static List<Fraction> simpler(Fraction value) {
        Fraction whole = Fraction.of(value.numerator().divide(value.denominator()));
        return List.of(
                Fraction.ZERO,
                Fraction.ONE,
                Fraction.of(-1),
                Fraction.TWO,
                whole,
                whole.add(Fraction.of(value.signum())),
                value.abs(),
                Candidates.fraction(1, 2));
    }
}
