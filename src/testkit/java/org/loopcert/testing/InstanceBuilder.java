package org.loopcert.testing;

import ch.obermuhlner.math.big.BigRational;
import java.util.List;
import java.util.Optional;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;

/**
 * An instance from exact numbers, with the defaults of the command line: query alpha = 1, start q(0) = 0, T = 200 loops
 * (or the length of the schedule), step {@code auto}, labels X theta* where only theta* is given. Values, not to be
 * changed: every method makes another one.
 *
 * @param x in-context examples X, n x d, one example a row
 * @param y labels, n
 * @param theta theta*, d
 * @param alpha query alpha, not zero
 * @param start query vector q(0), d
 * @param loops T
 * @param step step sizes relative to the sum form of the loss
 */
public record InstanceBuilder(
        Matrix<BigRational> x,
        Optional<Vector<BigRational>> y,
        Optional<Vector<BigRational>> theta,
        BigRational alpha,
        Optional<Vector<BigRational>> start,
        Optional<Long> loops,
        StepSpec step) {

    /** Of these examples, one a row. */
    public static InstanceBuilder examples(Matrix<BigRational> x) {
        return new InstanceBuilder(
                x,
                Optional.empty(),
                Optional.empty(),
                BigRational.ONE,
                Optional.empty(),
                Optional.empty(),
                new StepSpec.Auto());
    }

    /** Of these examples, one a row. */
    public static InstanceBuilder examples(List<List<BigRational>> rows) {
        return examples(Matrix.of(rows));
    }

    /** With the labels y. */
    public InstanceBuilder labels(Vector<BigRational> labels) {
        return new InstanceBuilder(x, Optional.of(labels), theta, alpha, start, loops, step);
    }

    /** With the labels y. */
    public InstanceBuilder labels(BigRational... labels) {
        return labels(Vector.of(List.of(labels)));
    }

    /** With theta*, from which the labels follow unless they are given. */
    public InstanceBuilder theta(Vector<BigRational> task) {
        return new InstanceBuilder(x, y, Optional.of(task), alpha, start, loops, step);
    }

    /** With theta*, from which the labels follow unless they are given. */
    public InstanceBuilder theta(BigRational... task) {
        return theta(Vector.of(List.of(task)));
    }

    /** With the query alpha. */
    public InstanceBuilder query(BigRational query) {
        return new InstanceBuilder(x, y, theta, query, start, loops, step);
    }

    /** With the query vector q(0). */
    public InstanceBuilder start(Vector<BigRational> queryVector) {
        return new InstanceBuilder(x, y, theta, alpha, Optional.of(queryVector), loops, step);
    }

    /** With T loops. */
    public InstanceBuilder loops(long count) {
        return new InstanceBuilder(x, y, theta, alpha, start, Optional.of(count), step);
    }

    /** With steps. */
    public InstanceBuilder step(StepSpec steps) {
        return new InstanceBuilder(x, y, theta, alpha, start, loops, steps);
    }

    /** With the same step in every loop. */
    public InstanceBuilder step(BigRational stepSize) {
        return step(new StepSpec.Constant(stepSize));
    }

    /**
     * The instance.
     *
     * @throws IllegalArgumentException if there are neither labels nor theta*, or sizes do not fit
     */
    public Problem build() {
        Vector<BigRational> labels = y.or(() -> theta.map(task -> x.multiply(RationalField.INSTANCE, task)))
                .orElseThrow(() -> new IllegalArgumentException("expected labels or theta*, found neither"));
        return new Problem(
                x,
                labels,
                theta,
                alpha,
                start.orElseGet(() -> Vector.constant(x.columns(), BigRational.ZERO)),
                loops.orElseGet(() -> step instanceof StepSpec.Schedule schedule
                        ? (long) schedule.stepSizes().size()
                        : Problem.DEFAULT_LOOPS),
                step,
                Problem.defaultFeatureNames(x.columns()),
                "y");
    }
}
