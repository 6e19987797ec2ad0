package org.loopcert.drift;

import ch.obermuhlner.math.big.BigRational;
import java.util.Optional;
import org.loopcert.ring.RationalField;
import org.loopcert.ring.RoundingFormat;

/**
 * An instance rounded to the working format, entry by entry, before any arithmetic.
 *
 * @param examples X, n rows of d
 * @param labels y
 * @param query alpha, 1 where the order does not read it
 * @param start theta(0), or q(0) = -alpha theta(0) for the order ATTENTION
 * @param unusable the first input that is not finite in the format, or an alpha that rounds to zero
 *     where the run divides by it
 */
record RoundedInputs(double[][] examples, double[] labels, double query, double[] start, Optional<NonFinite> unusable) {

    /**
     * Rounds the inputs.
     *
     * @param observer who sees it, or null
     */
    static RoundedInputs of(DescentInstance instance, RunConfiguration configuration, OperationObserver observer) {
        int n = instance.examples().rows();
        int d = instance.dimension();
        SummationOrder order = configuration.order();
        Rounding rounding = new Rounding(configuration.format(), observer);
        double[][] examples = new double[n][d];
        double[] labels = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                examples[i][j] = rounding.round(instance.examples().get(i, j), 0, Operation.ROUND_EXAMPLE, i, j);
            }
            labels[i] = rounding.round(instance.labels().get(i), 0, Operation.ROUND_LABEL, i, -1);
        }
        double query = 1;
        if (order.iteratesOnQuery()) {
            query = rounding.round(instance.query(), 0, Operation.ROUND_QUERY, -1, -1);
            if (query == 0) {
                rounding.fault(new NonFinite(0, Operation.ROUND_QUERY, -1, -1, query));
            }
        }
        double[] start = new double[d];
        for (int j = 0; j < d; j++) {
            start[j] = rounding.round(state(instance, order, j), 0, Operation.ROUND_START, -1, j);
        }
        return new RoundedInputs(examples, labels, query, start, Optional.ofNullable(rounding.first));
    }

    /** The exact start of the state the order iterates on. */
    static BigRational state(DescentInstance instance, SummationOrder order, int entry) {
        BigRational theta = instance.start().get(entry);
        return order.iteratesOnQuery()
                ? RationalField.INSTANCE.negate(RationalField.INSTANCE.multiply(instance.query(), theta))
                : theta;
    }

    /** Rounds inputs, reports them and remembers the first that is not finite. */
    static final class Rounding {
        private final RoundingFormat format;
        private final OperationObserver observer;
        private NonFinite first;

        Rounding(RoundingFormat format, OperationObserver observer) {
            this.format = format;
            this.observer = observer;
        }

        double round(BigRational value, int loop, Operation operation, int row, int column) {
            double rounded = format.round(value);
            if (!Double.isFinite(rounded)) {
                fault(new NonFinite(loop, operation, row, column, rounded));
            }
            if (observer != null) {
                observer.rounded(loop, operation, row, column, value, format, rounded);
            }
            return rounded;
        }

        private void fault(NonFinite fault) {
            if (first == null) {
                first = fault;
            }
        }
    }
}
