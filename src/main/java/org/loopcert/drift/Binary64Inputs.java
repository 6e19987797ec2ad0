package org.loopcert.drift;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.loopcert.ring.RationalField;

/**
 * An instance rounded to nearest doubles, entry by entry, before any arithmetic.
 *
 * @param examples X, n rows of d
 * @param labels y
 * @param query alpha
 * @param start theta(0), or q(0) = -alpha theta(0) for the order ATTENTION
 * @param unusable the first input that has no finite double, or an alpha that rounds to zero where
 *     the run divides by it
 */
record Binary64Inputs(
        double[][] examples, double[] labels, double query, double[] start, Optional<NonFinite> unusable) {

    static Binary64Inputs of(DescentInstance instance, SummationOrder order) {
        int n = instance.examples().rows();
        int d = instance.dimension();
        List<NonFinite> faults = new ArrayList<>();
        double[][] examples = new double[n][d];
        double[] labels = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                examples[i][j] = round(instance.examples().get(i, j), Operation.ROUND_EXAMPLE, i, j, faults);
            }
            labels[i] = round(instance.labels().get(i), Operation.ROUND_LABEL, i, -1, faults);
        }
        double query = 1;
        if (order.iteratesOnQuery()) {
            query = round(instance.query(), Operation.ROUND_QUERY, -1, -1, faults);
            if (query == 0) {
                faults.add(new NonFinite(0, Operation.ROUND_QUERY, -1, -1, query));
            }
        }
        double[] start = new double[d];
        for (int j = 0; j < d; j++) {
            start[j] = round(state(instance, order, j), Operation.ROUND_START, -1, j, faults);
        }
        return new Binary64Inputs(
                examples, labels, query, start, faults.stream().findFirst());
    }

    /** The exact start of the state the order iterates on. */
    static BigRational state(DescentInstance instance, SummationOrder order, int entry) {
        BigRational theta = instance.start().get(entry);
        return order.iteratesOnQuery()
                ? RationalField.INSTANCE.negate(RationalField.INSTANCE.multiply(instance.query(), theta))
                : theta;
    }

    private static double round(BigRational value, Operation operation, int row, int column, List<NonFinite> faults) {
        double rounded = Binary64.nearest(value);
        if (!Double.isFinite(rounded)) {
            faults.add(new NonFinite(0, operation, row, column, rounded));
        }
        return rounded;
    }
}
