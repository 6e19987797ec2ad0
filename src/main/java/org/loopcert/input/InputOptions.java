package org.loopcert.input;

import ch.obermuhlner.math.big.BigRational;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the user says about an input on the command line. An option that is present overrides what a
 * JSON instance says; {@link InputReader#readNoting} reports which did.
 *
 * @param labels {@code --labels}: name of the label column of a table (default: a column named y,
 *     else the last)
 * @param features {@code --features}: names of the feature columns, in this order (default: all
 *     others in file order)
 * @param constant {@code --const}: put a column of ones named {@code const} in front of the
 *     features; refused if a selected column already has that name
 * @param labelsFile {@code --labels-file}: the labels in a file of their own; the table then has
 *     feature columns only
 * @param theta {@code --theta}: theta* in a file
 * @param start {@code --start}: q(0) in a file (default zeros)
 * @param loops {@code --loops}: T, at least 0 (default 200, or the length of a schedule)
 * @param query {@code --query}: alpha, not zero (default 1)
 * @param step {@code --step} (default auto)
 * @param loss {@code --loss}: what a given step is relative to, wherever it is given
 * @param array {@code --array}: the array of a file that holds several
 * @param index {@code --index}: the prompt of a stack of several, from 0
 */
public record InputOptions(
        Optional<String> labels,
        Optional<List<String>> features,
        boolean constant,
        Optional<Path> labelsFile,
        Optional<Path> theta,
        Optional<Path> start,
        Optional<Long> loops,
        Optional<BigRational> query,
        Optional<StepSpec> step,
        Loss loss,
        Optional<String> array,
        Optional<Integer> index) {

    /** The form of the squared loss that a step size belongs to. */
    public enum Loss {
        /** 1/2 |y - X theta|^2. */
        SUM,
        /** 1/(2n) |y - X theta|^2; a step for it is n times the step of the sum form. */
        MEAN
    }

    /** Nothing said. */
    public static final InputOptions NONE = new InputOptions(
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Loss.SUM,
            Optional.empty(),
            Optional.empty());

    /**
     * Checks what can be checked without the input.
     *
     * @throws IllegalArgumentException if alpha is zero, loops are negative, the feature list is
     *     empty, the
     *     index is negative, or labels are given twice
     */
    public InputOptions {
        Objects.requireNonNull(loss);
        features = features.map(List::copyOf);
        if (features.isPresent() && features.get().isEmpty()) {
            throw new IllegalArgumentException("--features: expected at least one column, found none");
        }
        if (labels.isPresent() && labelsFile.isPresent()) {
            throw new IllegalArgumentException(
                    "expected --labels or --labels-file, found both: labels come from one place");
        }
        if (query.isPresent() && query.get().signum() == 0) {
            throw new IllegalArgumentException("--query: expected a nonzero alpha, found 0");
        }
        if (loops.isPresent() && loops.get() < 0) {
            throw new IllegalArgumentException("--loops: expected at least 0, found " + loops.get());
        }
        if (index.isPresent() && index.get() < 0) {
            throw new IllegalArgumentException("--index: expected at least 0, found " + index.get());
        }
    }

    /** With a label column. */
    public InputOptions withLabels(String column) {
        return new InputOptions(
                Optional.of(column),
                features,
                constant,
                labelsFile,
                theta,
                start,
                loops,
                query,
                step,
                loss,
                array,
                index);
    }

    /** With feature columns. */
    public InputOptions withFeatures(List<String> columns) {
        return new InputOptions(
                labels,
                Optional.of(columns),
                constant,
                labelsFile,
                theta,
                start,
                loops,
                query,
                step,
                loss,
                array,
                index);
    }

    /** With a column of ones in front. */
    public InputOptions withConstant() {
        return new InputOptions(
                labels, features, true, labelsFile, theta, start, loops, query, step, loss, array, index);
    }

    /** With labels from a file. */
    public InputOptions withLabelsFile(Path file) {
        return new InputOptions(
                labels, features, constant, Optional.of(file), theta, start, loops, query, step, loss, array, index);
    }

    /** With theta* from a file. */
    public InputOptions withTheta(Path file) {
        return new InputOptions(
                labels,
                features,
                constant,
                labelsFile,
                Optional.of(file),
                start,
                loops,
                query,
                step,
                loss,
                array,
                index);
    }

    /** With q(0) from a file. */
    public InputOptions withStart(Path file) {
        return new InputOptions(
                labels,
                features,
                constant,
                labelsFile,
                theta,
                Optional.of(file),
                loops,
                query,
                step,
                loss,
                array,
                index);
    }

    /** With a number of loops. */
    public InputOptions withLoops(long count) {
        return new InputOptions(
                labels,
                features,
                constant,
                labelsFile,
                theta,
                start,
                Optional.of(count),
                query,
                step,
                loss,
                array,
                index);
    }

    /** With a query alpha. */
    public InputOptions withQuery(BigRational alpha) {
        return new InputOptions(
                labels,
                features,
                constant,
                labelsFile,
                theta,
                start,
                loops,
                Optional.of(alpha),
                step,
                loss,
                array,
                index);
    }

    /** With step sizes. */
    public InputOptions withStep(StepSpec steps) {
        return new InputOptions(
                labels,
                features,
                constant,
                labelsFile,
                theta,
                start,
                loops,
                query,
                Optional.of(steps),
                loss,
                array,
                index);
    }

    /** With the name of an array. */
    public InputOptions withArray(String name) {
        return new InputOptions(
                labels,
                features,
                constant,
                labelsFile,
                theta,
                start,
                loops,
                query,
                step,
                loss,
                Optional.of(name),
                index);
    }

    /** With the number of a prompt, from 0. */
    public InputOptions withIndex(int prompt) {
        return new InputOptions(
                labels,
                features,
                constant,
                labelsFile,
                theta,
                start,
                loops,
                query,
                step,
                loss,
                array,
                Optional.of(prompt));
    }

    /** With the form of the loss that given steps belong to. */
    public InputOptions withLoss(Loss form) {
        return new InputOptions(
                labels, features, constant, labelsFile, theta, start, loops, query, step, form, array, index);
    }
}
