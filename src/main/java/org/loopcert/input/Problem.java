package org.loopcert.input;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;

/**
 * An instance as the user gave it, in exact reduced rationals (CHEN2024, Definitions 3.1 to 3.8).
 *
 * @param x in-context examples X, n x d, one example a row
 * @param y labels, n
 * @param theta theta*, d, where it is known; the labels may differ from X theta* by noise
 * @param alpha query alpha, not zero
 * @param start query vector q(0), d
 * @param loops T, at least 0
 * @param step step sizes relative to the sum form of the loss; a schedule has one for each loop
 * @param featureNames names of the columns of X, d
 * @param labelName name of the labels
 */
public record Problem(
        Matrix<BigRational> x,
        Vector<BigRational> y,
        Optional<Vector<BigRational>> theta,
        BigRational alpha,
        Vector<BigRational> start,
        long loops,
        StepSpec step,
        List<String> featureNames,
        String labelName) {

    /** T where nothing else is said. */
    public static final long DEFAULT_LOOPS = 200;

    /**
     * Checks the shapes against each other and reduces all numbers.
     *
     * @throws IllegalArgumentException if shapes do not fit, alpha is zero or loops negative
     */
    public Problem {
        x = x.map(RationalField::canonical);
        y = y.map(RationalField::canonical);
        theta = theta.map(vector -> vector.map(RationalField::canonical));
        alpha = RationalField.canonical(alpha);
        start = start.map(RationalField::canonical);
        Objects.requireNonNull(step);
        Objects.requireNonNull(labelName);
        featureNames = List.copyOf(featureNames);
        require(y.size() == x.rows(), x.rows() + " labels, one for each example", y.size());
        if (theta.isPresent()) {
            require(
                    theta.get().size() == x.columns(),
                    x.columns() + " entries of theta, one for each column of X",
                    theta.get().size());
        }
        require(start.size() == x.columns(), x.columns() + " entries of start, one for each column of X", start.size());
        require(
                featureNames.size() == x.columns(),
                x.columns() + " feature names, one for each column of X",
                featureNames.size());
        require(alpha.signum() != 0, "a nonzero query alpha", 0);
        require(loops >= 0, "loops of at least 0", loops);
        if (step instanceof StepSpec.Schedule schedule) {
            require(
                    schedule.stepSizes().size() == loops,
                    "a schedule of " + loops + " steps, one for each loop",
                    schedule.stepSizes().size());
        }
    }

    /** n, the number of in-context examples. */
    public int examples() {
        return x.rows();
    }

    /** d, the number of features. */
    public int features() {
        return x.columns();
    }

    /** The names x1 to xd. */
    public static List<String> defaultFeatureNames(int features) {
        List<String> names = new ArrayList<>(features);
        for (int j = 1; j <= features; j++) {
            names.add("x" + j);
        }
        return names;
    }

    private static void require(boolean holds, String expected, long found) {
        if (!holds) {
            throw new IllegalArgumentException("expected " + expected + ", found " + found);
        }
    }
}
