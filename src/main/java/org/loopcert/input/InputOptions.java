package org.loopcert.input;

import ch.obermuhlner.math.big.BigRational;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the user says about an input on the command line. An option that is present overrides what a
 * JSON instance says; {@link InputReader#readNoting} reports which did.
 *
 * @param labels {@code --labels}: name of the label column of a table (default: a column named y,
 *     else the last); in a file of arrays the name of the array of labels, or the column of X that
 *     holds them, {@code last} or counted from 0
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

    /** With a label column, or the array or column of labels in an array file. */
    public InputOptions withLabels(String column) {
        return changed(copy -> copy.labels = Optional.of(column));
    }

    /** With feature columns. */
    public InputOptions withFeatures(List<String> columns) {
        return changed(copy -> copy.features = Optional.of(columns));
    }

    /** With a column of ones in front. */
    public InputOptions withConstant() {
        return changed(copy -> copy.constant = true);
    }

    /** With labels from a file. */
    public InputOptions withLabelsFile(Path file) {
        return changed(copy -> copy.labelsFile = Optional.of(file));
    }

    /** With theta* from a file. */
    public InputOptions withTheta(Path file) {
        return changed(copy -> copy.theta = Optional.of(file));
    }

    /** With q(0) from a file. */
    public InputOptions withStart(Path file) {
        return changed(copy -> copy.start = Optional.of(file));
    }

    /** With a number of loops. */
    public InputOptions withLoops(long count) {
        return changed(copy -> copy.loops = Optional.of(count));
    }

    /** With a query alpha. */
    public InputOptions withQuery(BigRational alpha) {
        return changed(copy -> copy.query = Optional.of(alpha));
    }

    /** With step sizes. */
    public InputOptions withStep(StepSpec steps) {
        return changed(copy -> copy.step = Optional.of(steps));
    }

    /** With the form of the loss that given steps belong to. */
    public InputOptions withLoss(Loss form) {
        return changed(copy -> copy.loss = form);
    }

    /** With the name of an array. */
    public InputOptions withArray(String name) {
        return changed(copy -> copy.array = Optional.of(name));
    }

    /** With the number of a prompt, from 0. */
    public InputOptions withIndex(int prompt) {
        return changed(copy -> copy.index = Optional.of(prompt));
    }

    private InputOptions changed(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.options();
    }

    /** The options, open for one change. */
    private static final class Copy {
        private Optional<String> labels;
        private Optional<List<String>> features;
        private boolean constant;
        private Optional<Path> labelsFile;
        private Optional<Path> theta;
        private Optional<Path> start;
        private Optional<Long> loops;
        private Optional<BigRational> query;
        private Optional<StepSpec> step;
        private Loss loss;
        private Optional<String> array;
        private Optional<Integer> index;

        Copy(InputOptions from) {
            labels = from.labels;
            features = from.features;
            constant = from.constant;
            labelsFile = from.labelsFile;
            theta = from.theta;
            start = from.start;
            loops = from.loops;
            query = from.query;
            step = from.step;
            loss = from.loss;
            array = from.array;
            index = from.index;
        }

        InputOptions options() {
            return new InputOptions(
                    labels, features, constant, labelsFile, theta, start, loops, query, step, loss, array, index);
        }
    }
}
