package org.loopcert.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The program of a rounded run, written once for every {@link RunConfiguration} and any {@link Operations}: values of a
 * rounding format that an observer sees, and bounds of magnitude and error. {@link RoundedSteps} holds a fast copy for
 * plain configurations and is tested against this one.
 *
 * @param <E> the value type
 */
final class StepProgram<E> {
    private final RunConfiguration configuration;
    private final Operations<E> working;
    private final Operations<E> accumulating;
    private final List<List<E>> examples;
    private final List<List<E>> gram;
    private final List<E> gramLabels;

    /**
     * Prepares the program; the order GRAM forms H and b here.
     *
     * @param working operations in the working format
     * @param accumulating operations in the accumulator's format
     */
    StepProgram(
            RunConfiguration configuration,
            Operations<E> working,
            Operations<E> accumulating,
            List<List<E>> examples,
            List<E> labels) {
        this.configuration = configuration;
        this.working = working;
        this.accumulating = accumulating;
        this.examples = examples;
        this.gram = new ArrayList<>();
        this.gramLabels = new ArrayList<>();
        if (configuration.order() == SummationOrder.GRAM) {
            formGram(labels);
        }
    }

    private void formGram(List<E> labels) {
        int d = examples.get(0).size();
        for (int i = 0; i < d; i++) {
            List<E> row = new ArrayList<>();
            for (int j = 0; j < d; j++) {
                ProductSum<E> sum = newSum();
                for (List<E> example : examples) {
                    sum.addProduct(example.get(i), example.get(j), Operation.GRAM_ENTRY, i, j);
                }
                row.add(total(sum, Operation.GRAM_ENTRY, i, j));
            }
            gram.add(row);
            ProductSum<E> sum = newSum();
            for (int k = 0; k < examples.size(); k++) {
                sum.addProduct(examples.get(k).get(i), labels.get(k), Operation.GRAM_LABEL, -1, i);
            }
            gramLabels.add(total(sum, Operation.GRAM_LABEL, -1, i));
        }
    }

    private ProductSum<E> newSum() {
        return ProductSum.of(configuration, accumulating);
    }

    private E total(ProductSum<E> sum, Operation operation, int row, int column) {
        E total = sum.total(operation, row, column);
        return configuration.converts() ? working.convert(total, operation, row, column) : total;
    }

    /** The vector b as the order GRAM formed it. */
    List<E> gramLabels() {
        return gramLabels;
    }

    /** What the order GRAM formed: the rows of H, then b; nothing for other orders. */
    Stream<List<E>> formed() {
        return gram.isEmpty() ? Stream.of() : Stream.concat(gram.stream(), Stream.of(gramLabels));
    }

    /**
     * The gradient at the state: of theta, or for ATTENTION of the query vector.
     *
     * @param offsets what is subtracted or added: y for RESIDUAL and ATTENTION, b for GRAM
     * @param query alpha, read by ATTENTION only
     */
    List<E> gradient(List<E> state, List<E> offsets, E query) {
        return switch (configuration.order()) {
            case GRAM -> gradientThroughGram(state, offsets);
            case RESIDUAL, ATTENTION -> gradientThroughExamples(state, offsets, query);
        };
    }

    private List<E> gradientThroughGram(List<E> state, List<E> offsets) {
        List<E> gradient = new ArrayList<>();
        for (int i = 0; i < state.size(); i++) {
            gradient.add(residual(gram.get(i), state, offsets.get(i), i));
        }
        return gradient;
    }

    private List<E> gradientThroughExamples(List<E> state, List<E> offsets, E query) {
        int d = state.size();
        List<ProductSum<E>> sums = new ArrayList<>();
        for (int j = 0; j < d; j++) {
            sums.add(newSum());
        }
        for (int i = 0; i < examples.size(); i++) {
            List<E> example = examples.get(i);
            E residual = configuration.order() == SummationOrder.ATTENTION
                    ? score(example, state, query, offsets.get(i), i)
                    : residual(example, state, offsets.get(i), i);
            for (int j = 0; j < d; j++) {
                sums.get(j).addProduct(residual, example.get(j), Operation.GRADIENT, i, j);
            }
        }
        List<E> gradient = new ArrayList<>();
        for (int j = 0; j < d; j++) {
            gradient.add(total(sums.get(j), Operation.GRADIENT, examples.size() - 1, j));
        }
        return gradient;
    }

    private E residual(List<E> row, List<E> state, E offset, int index) {
        E prediction = total(products(row, state, index), Operation.PREDICTION, index, state.size() - 1);
        return working.subtract(prediction, offset, Operation.RESIDUAL, index, -1);
    }

    /** The entry of the last row of Z Z' at an example: one sum of d + 1 products. */
    private E score(List<E> row, List<E> state, E query, E label, int index) {
        ProductSum<E> sum = products(row, state, index);
        sum.addProduct(query, label, Operation.QUERY_LABEL, index, -1);
        return total(sum, Operation.QUERY_LABEL, index, -1);
    }

    private ProductSum<E> products(List<E> row, List<E> state, int index) {
        ProductSum<E> sum = newSum();
        for (int j = 0; j < state.size(); j++) {
            sum.addProduct(row.get(j), state.get(j), Operation.PREDICTION, index, j);
        }
        return sum;
    }

    /** The next state: state_j - (eta * gradient_j). */
    List<E> update(List<E> state, E stepSize, List<E> gradient) {
        List<E> next = new ArrayList<>();
        for (int j = 0; j < state.size(); j++) {
            next.add(update(configuration, working, state.get(j), stepSize, gradient.get(j), j));
        }
        return next;
    }

    /** One entry of the next state. */
    static <E> E update(
            RunConfiguration configuration, Operations<E> working, E entry, E stepSize, E slope, int index) {
        if (configuration.fused()) {
            return working.multiplySubtract(stepSize, slope, entry, Operation.UPDATE, -1, index);
        }
        E step = working.multiply(stepSize, slope, Operation.STEP, -1, index);
        return working.subtract(entry, step, Operation.UPDATE, -1, index);
    }
}
