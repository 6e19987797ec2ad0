package org.loopcert.drift;

import java.util.ArrayList;
import java.util.List;

/**
 * The three orders of operations, written once for any {@link Operations}: doubles that report
 * where they overflow, and bounds of magnitude and error. {@link Binary64Run} holds the fast copy
 * for plain doubles and is tested against this one.
 *
 * @param <E> the value type
 */
final class StepProgram<E> {
    private final SummationOrder order;
    private final Operations<E> operations;
    private final List<List<E>> examples;
    private final List<List<E>> gram;
    private final List<E> gramLabels;

    /** Prepares the program; the order GRAM forms H and b here. */
    StepProgram(SummationOrder order, Operations<E> operations, List<List<E>> examples, List<E> labels) {
        this.order = order;
        this.operations = operations;
        this.examples = examples;
        this.gram = new ArrayList<>();
        this.gramLabels = new ArrayList<>();
        if (order == SummationOrder.GRAM) {
            formGram(labels);
        }
    }

    private void formGram(List<E> labels) {
        int d = examples.get(0).size();
        for (int i = 0; i < d; i++) {
            List<E> row = new ArrayList<>();
            for (int j = 0; j < d; j++) {
                E sum = operations.zero();
                for (List<E> example : examples) {
                    E product = operations.multiply(example.get(i), example.get(j), Operation.GRAM_ENTRY, i, j);
                    sum = operations.add(sum, product, Operation.GRAM_ENTRY, i, j);
                }
                row.add(sum);
            }
            gram.add(row);
            E sum = operations.zero();
            for (int k = 0; k < examples.size(); k++) {
                E product = operations.multiply(examples.get(k).get(i), labels.get(k), Operation.GRAM_LABEL, -1, i);
                sum = operations.add(sum, product, Operation.GRAM_LABEL, -1, i);
            }
            gramLabels.add(sum);
        }
    }

    /** The vector b as the order GRAM formed it. */
    List<E> gramLabels() {
        return gramLabels;
    }

    /**
     * The gradient at the state: of theta, or for ATTENTION of the query vector.
     *
     * @param offsets what is subtracted or added: y for RESIDUAL and ATTENTION, b for GRAM
     * @param query alpha, read by ATTENTION only
     */
    List<E> gradient(List<E> state, List<E> offsets, E query) {
        return switch (order) {
            case GRAM -> gradientThroughGram(state, offsets);
            case RESIDUAL, ATTENTION -> gradientThroughExamples(state, offsets, query);
        };
    }

    private List<E> gradientThroughGram(List<E> state, List<E> offsets) {
        List<E> gradient = new ArrayList<>();
        for (int i = 0; i < state.size(); i++) {
            E sum = predict(gram.get(i), state, i);
            gradient.add(operations.subtract(sum, offsets.get(i), Operation.RESIDUAL, i, -1));
        }
        return gradient;
    }

    private List<E> gradientThroughExamples(List<E> state, List<E> offsets, E query) {
        int d = state.size();
        List<E> gradient = new ArrayList<>();
        for (int j = 0; j < d; j++) {
            gradient.add(operations.zero());
        }
        for (int i = 0; i < examples.size(); i++) {
            List<E> example = examples.get(i);
            E residual = predict(example, state, i);
            if (order == SummationOrder.ATTENTION) {
                E label = operations.multiply(query, offsets.get(i), Operation.QUERY_LABEL, i, -1);
                residual = operations.add(residual, label, Operation.QUERY_LABEL, i, -1);
            } else {
                residual = operations.subtract(residual, offsets.get(i), Operation.RESIDUAL, i, -1);
            }
            for (int j = 0; j < d; j++) {
                E product = operations.multiply(residual, example.get(j), Operation.GRADIENT, i, j);
                gradient.set(j, operations.add(gradient.get(j), product, Operation.GRADIENT, i, j));
            }
        }
        return gradient;
    }

    private E predict(List<E> row, List<E> state, int index) {
        E sum = operations.zero();
        for (int j = 0; j < state.size(); j++) {
            E product = operations.multiply(row.get(j), state.get(j), Operation.PREDICTION, index, j);
            sum = operations.add(sum, product, Operation.PREDICTION, index, j);
        }
        return sum;
    }

    /** The next state: state_j - (eta * gradient_j). */
    List<E> update(List<E> state, E stepSize, List<E> gradient) {
        List<E> next = new ArrayList<>();
        for (int j = 0; j < state.size(); j++) {
            E step = operations.multiply(stepSize, gradient.get(j), Operation.STEP, -1, j);
            next.add(operations.subtract(state.get(j), step, Operation.UPDATE, -1, j));
        }
        return next;
    }
}
