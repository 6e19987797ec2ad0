package org.loopcert.drift;

import ch.obermuhlner.math.big.BigRational;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;

/**
 * What a run needs, all exact: in-context examples X (n x d), labels y (n), query alpha, the start
 * theta(0) (d) and the step sizes. The loss is 1/2 |y - X theta|^2; theta(t+1) = theta(t) - eta_t
 * (G theta(t) - b) with G = X'X, b = X'y; the query vector is q(t) = -alpha theta(t).
 */
public final class DescentInstance {
    private final Matrix<BigRational> examples;
    private final Vector<BigRational> labels;
    private final BigRational query;
    private final Vector<BigRational> start;
    private final List<BigRational> schedule;
    private final boolean constantStep;

    private DescentInstance(
            Matrix<BigRational> examples,
            Vector<BigRational> labels,
            BigRational query,
            Vector<BigRational> start,
            List<BigRational> schedule,
            boolean constantStep) {
        this.examples = examples.map(RationalField::canonical);
        this.labels = labels.map(RationalField::canonical);
        this.query = RationalField.canonical(query);
        this.start = start.map(RationalField::canonical);
        this.schedule = schedule;
        this.constantStep = constantStep;
        requireSize("labels", examples.rows(), labels.size());
        requireSize("entries of the start", examples.columns(), start.size());
        if (query.signum() == 0) {
            throw new IllegalArgumentException("expected a query alpha other than 0, got 0");
        }
    }

    /**
     * An instance with one step size for all loops.
     *
     * @throws IllegalArgumentException if sizes disagree, alpha is 0 or loops is negative
     */
    public static DescentInstance constant(
            Matrix<BigRational> examples,
            Vector<BigRational> labels,
            BigRational query,
            Vector<BigRational> start,
            BigRational stepSize,
            int loops) {
        if (loops < 0) {
            throw new IllegalArgumentException("expected loops of at least 0, got " + loops);
        }
        return new DescentInstance(
                examples, labels, query, start, Collections.nCopies(loops, RationalField.canonical(stepSize)), true);
    }

    /**
     * An instance with a schedule, one step size for each loop.
     *
     * @throws IllegalArgumentException if sizes disagree or alpha is 0
     */
    public static DescentInstance scheduled(
            Matrix<BigRational> examples,
            Vector<BigRational> labels,
            BigRational query,
            Vector<BigRational> start,
            List<BigRational> schedule) {
        return new DescentInstance(
                examples,
                labels,
                query,
                start,
                schedule.stream().map(RationalField::canonical).toList(),
                false);
    }

    /** The in-context examples X, n x d. */
    public Matrix<BigRational> examples() {
        return examples;
    }

    /** The labels y, n entries. */
    public Vector<BigRational> labels() {
        return labels;
    }

    /** The query alpha, not zero. */
    public BigRational query() {
        return query;
    }

    /** The start theta(0), d entries. */
    public Vector<BigRational> start() {
        return start;
    }

    /** The number of loops T. */
    public int loops() {
        return schedule.size();
    }

    /** The dimension d. */
    public int dimension() {
        return examples.columns();
    }

    /**
     * The step size of the loop that leads from theta(loop) to theta(loop + 1).
     *
     * @throws IndexOutOfBoundsException unless 0 <= loop < T
     */
    public BigRational stepSize(int loop) {
        return schedule.get(Objects.checkIndex(loop, loops()));
    }

    /** Whether one step size was given for all loops. */
    public boolean constantStep() {
        return constantStep;
    }

    static void requireSize(String what, int expected, int got) {
        if (got != expected) {
            throw new IllegalArgumentException("expected " + expected + " " + what + ", got " + got);
        }
    }
}
