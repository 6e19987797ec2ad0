package org.loopcert.drift;

import java.util.Arrays;

/**
 * Adds up the rounding errors of one loop, each with the factor by which the rest of the loop passes it on. Within a
 * loop every operation is linear in what an earlier one got wrong, the other operand being an input or the present
 * state, so that the sums are exact: next state = exact step on the rounded inputs + products + accumulation.
 */
final class LocalErrors implements OperationObserver {
    private static final int KINDS = 2;

    private final boolean gram;
    private final Dyad[][] residual;
    private final Dyad[][] gradient;
    private final Dyad[][] state;
    private final Dyad[][] gramEntry;
    private final Dyad[][] gramLabel;

    LocalErrors(DescentInstance instance, RunConfiguration configuration) {
        int d = instance.dimension();
        this.gram = configuration.order() == SummationOrder.GRAM;
        this.residual = zeros(gram ? 0 : instance.examples().rows());
        this.gradient = zeros(d);
        this.state = zeros(d);
        this.gramEntry = zeros(gram ? d * d : 0);
        this.gramLabel = zeros(gram ? d : 0);
    }

    private static Dyad[][] zeros(int size) {
        Dyad[][] zeros = new Dyad[KINDS][size];
        clear(zeros);
        return zeros;
    }

    private static void clear(Dyad[][] sums) {
        for (Dyad[] each : sums) {
            Arrays.fill(each, Dyad.ZERO);
        }
    }

    @Override
    public void performed(RoundedOperation operation) {
        if (operation.kind() == RoundedOperation.Kind.NEGATED_QUOTIENT || !Double.isFinite(operation.result())) {
            return; // read-outs are measured on their own, and a run is followed while it is finite
        }
        Dyad error = error(operation);
        if (error.signum() == 0) {
            return;
        }
        int kind = operation.kind() == RoundedOperation.Kind.PRODUCT ? 0 : 1;
        int row = operation.row();
        int column = operation.column();
        switch (operation.operation()) {
            case GRAM_ENTRY -> add(gramEntry[kind], row * gradient[0].length + column, error);
            case GRAM_LABEL -> add(gramLabel[kind], column, error);
            case PREDICTION, QUERY_LABEL, RESIDUAL -> add(gram ? gradient[kind] : residual[kind], row, error);
            case GRADIENT -> add(gradient[kind], column, error);
            case STEP -> add(state[kind], column, error.negate());
            case UPDATE -> add(state[kind], column, error);
            default -> throw new IllegalStateException("an operation outside the loop: " + operation);
        }
    }

    private static void add(Dyad[] sums, int at, Dyad error) {
        sums[at] = sums[at].add(error);
    }

    /** The result minus what it would be exactly. */
    private static Dyad error(RoundedOperation operation) {
        Dyad a = Dyad.of(operation.first());
        Dyad b = Dyad.of(operation.second());
        Dyad result = Dyad.of(operation.result());
        return switch (operation.kind()) {
            case SUM -> result.subtract(a.add(b));
            case DIFFERENCE -> result.subtract(a.subtract(b));
            case PRODUCT -> result.subtract(a.multiply(b));
            case MULTIPLY_ADD -> result.subtract(a.multiply(b).add(Dyad.of(operation.third())));
            case MULTIPLY_SUBTRACT -> result.subtract(Dyad.of(operation.third()).subtract(a.multiply(b)));
            case CONVERSION -> result.subtract(a);
            case NEGATED_QUOTIENT -> throw new IllegalStateException("a quotient is no dyadic number");
        };
    }

    /**
     * What the loop just observed has added to the next state, entry by entry, and forgets it.
     *
     * @param examples X as rounded
     * @param stepSize eta as rounded
     * @param present the state before the loop
     * @return by products, then by accumulation
     */
    Dyad[][] take(double[][] examples, double stepSize, double[] present) {
        Dyad eta = Dyad.of(stepSize);
        int d = present.length;
        Dyad[][] local = zeros(d);
        for (int kind = 0; kind < KINDS; kind++) {
            for (int j = 0; j < d; j++) {
                Dyad slope = gradient[kind][j];
                for (int i = 0; i < residual[kind].length; i++) {
                    if (residual[kind][i].signum() != 0) {
                        slope = slope.add(residual[kind][i].multiply(Dyad.of(examples[i][j])));
                    }
                }
                if (gram) {
                    for (int k = 0; k < d; k++) {
                        slope = slope.add(gramEntry[kind][j * d + k].multiply(Dyad.of(present[k])));
                    }
                    slope = slope.subtract(gramLabel[kind][j]);
                }
                local[kind][j] = state[kind][j].subtract(eta.multiply(slope));
            }
        }
        clear(residual);
        clear(gradient);
        clear(state);
        return local;
    }
}
