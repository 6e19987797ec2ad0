package org.loopcert.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.loopcert.matrix.Mask;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.Arithmetic;
import org.loopcert.ring.Ring;
import org.loopcert.ring.Shape;

/**
 * Linear attention Attn(Z; Q, P) = (M o (Z Q Z')) Z P (CHEN2024, Definition 3.5), for any key-query
 * matrix Q, value-output matrix P and mask M. Products are taken in the order printed. Scores that
 * the mask sets to zero are not computed and add nothing: zero times anything.
 *
 * <p>For hidden states of (n+1) x (d+1): Q and P are (d+1) x (d+1), M is (n+1) x (n+1).
 *
 * @param <E> the element type
 */
public final class LinearAttention<E> implements Attention<E> {
    private final Matrix<E> keyQuery;
    private final Matrix<E> valueOutput;
    private final Mask mask;
    private final Optional<Matrix<E>> weights;

    private LinearAttention(Matrix<E> keyQuery, Matrix<E> valueOutput, Mask mask, Optional<Matrix<E>> weights) {
        requireSquare("key-query matrix", keyQuery.rows(), keyQuery.columns());
        requireSquare("value-output matrix", valueOutput.rows(), valueOutput.columns());
        requireSquare("mask", mask.rows(), mask.columns());
        if (keyQuery.rows() != valueOutput.rows()) {
            throw new IllegalArgumentException(
                    "expected a value-output matrix of " + keyQuery.rows() + " rows, got " + valueOutput.rows());
        }
        this.keyQuery = keyQuery;
        this.valueOutput = valueOutput;
        this.mask = mask;
        this.weights = weights;
    }

    /**
     * Attention with a mask of zeros and ones.
     *
     * @throws IllegalArgumentException unless all three are square and Q and P have one size
     */
    public static <E> LinearAttention<E> of(Matrix<E> keyQuery, Matrix<E> valueOutput, Mask mask) {
        return new LinearAttention<>(keyQuery, valueOutput, mask, Optional.empty());
    }

    /**
     * Attention with a mask of any numbers, multiplied entrywise from the left. Of blocks, a weight
     * is the one number by which all scores of a block are multiplied.
     *
     * @throws IllegalArgumentException unless all three are square, Q and P have one size, and every
     *     weight is a scalar
     */
    public static <E> LinearAttention<E> of(
            Arithmetic<E> ring, Matrix<E> keyQuery, Matrix<E> valueOutput, Matrix<E> mask) {
        Mask support = Mask.of(mask.rows(), mask.columns(), (i, j) -> {
            Shape shape = ring.shape(mask.get(i, j));
            if (!shape.equals(Shape.SCALAR)) {
                // a block of different weights would be multiplied as a matrix, not entrywise
                throw new IllegalArgumentException("expected a mask of scalars, got a weight of shape " + shape);
            }
            return !ring.isZero(mask.get(i, j));
        });
        return new LinearAttention<>(keyQuery, valueOutput, support, Optional.of(mask));
    }

    /**
     * The construction of CHEN2024, Lemma 4.1: Q = I, P = [[I_d, 0], [0, 0]], M = [[0, 0], [1, 0]].
     *
     * @param exampleCount n, positive
     * @param featureCount d, positive
     */
    public static <E> LinearAttention<E> construction(Ring<E> ring, int exampleCount, int featureCount) {
        if (exampleCount < 1 || featureCount < 1) {
            throw new IllegalArgumentException(
                    "expected at least one example and one feature, got n = " + exampleCount + ", d = " + featureCount);
        }
        return of(
                Matrix.identity(ring, featureCount + 1),
                Matrix.of(
                        featureCount + 1,
                        featureCount + 1,
                        (i, j) -> i == j && i < featureCount ? ring.one() : ring.zero()),
                generationMask(exampleCount));
    }

    /**
     * The construction of CHEN2024, Lemma 4.1, in 2 x 2 blocks: Q = [[I_d, 0], [0, 1]], P = [[I_d, 0],
     * [0, 0]], and the mask that keeps the scores of the query with the examples.
     *
     * @param examples the shape n x d of the examples X, of any dimensions
     */
    public static <E> LinearAttention<E> construction(Arithmetic<E> ring, Shape examples) {
        String d = examples.columns();
        String unit = Shape.SCALAR.rows();
        E identity = ring.one(new Shape(d, d));
        E column = ring.zero(new Shape(d, unit));
        E row = ring.zero(new Shape(unit, d));
        return of(
                Matrix.of(List.of(List.of(identity, column), List.of(row, ring.one(Shape.SCALAR)))),
                Matrix.of(List.of(List.of(identity, column), List.of(row, ring.zero(Shape.SCALAR)))),
                generationMask(1));
    }

    /** The mask of CHEN2024, Definition 3.5: only the query's row is kept, and there the examples. */
    public static Mask generationMask(int exampleCount) {
        int last = exampleCount;
        return Mask.of(last + 1, last + 1, (i, j) -> i == last && j < last);
    }

    /** The key-query matrix Q, (d+1) x (d+1). */
    public Matrix<E> keyQuery() {
        return keyQuery;
    }

    /** The value-output matrix P, (d+1) x (d+1). */
    public Matrix<E> valueOutput() {
        return valueOutput;
    }

    /** Where M is not zero, (n+1) x (n+1). */
    public Mask mask() {
        return mask;
    }

    /** The numbers of a mask that was given as a matrix; empty for one of zeros and ones. */
    public Optional<Matrix<E>> weights() {
        return weights;
    }

    /** The same attention over another ring, given the image of every constant. */
    public <F> LinearAttention<F> map(Function<? super E, ? extends F> function) {
        Optional<Matrix<F>> image = Optional.empty();
        if (weights.isPresent()) {
            image = Optional.of(weights.get().map(function));
        }
        return new LinearAttention<>(keyQuery.map(function), valueOutput.map(function), mask, image);
    }

    @Override
    public E entry(Arithmetic<E> ring, Matrix<E> hiddenState, int row, int column) {
        requireFits(hiddenState);
        List<Integer> support = support(row);
        if (support.isEmpty()) {
            return zero(ring, hiddenState, row, column);
        }
        return mixed(ring, hiddenState, row, support).dot(ring, valueOutput.column(column));
    }

    @Override
    public Matrix<E> apply(Arithmetic<E> ring, Matrix<E> hiddenState) {
        requireFits(hiddenState);
        List<List<E>> update = new ArrayList<>();
        for (int i = 0; i < hiddenState.rows(); i++) {
            List<E> row = new ArrayList<>();
            List<Integer> support = support(i);
            if (support.isEmpty()) {
                for (int j = 0; j < hiddenState.columns(); j++) {
                    row.add(zero(ring, hiddenState, i, j));
                }
            } else {
                Matrix<E> mixed = Matrix.row(mixed(ring, hiddenState, i, support));
                row.addAll(mixed.multiply(ring, valueOutput).row(0).toList());
            }
            update.add(row);
        }
        return Matrix.of(update);
    }

    /** Row i of (M o (Z Q Z')) Z, from the scores in the support of the mask. */
    private Vector<E> mixed(Arithmetic<E> ring, Matrix<E> z, int row, List<Integer> support) {
        Vector<E> query = Matrix.row(z.row(row)).multiply(ring, keyQuery).row(0);
        List<E> scores = new ArrayList<>(support.size());
        for (int k : support) {
            E score = query.dot(ring, z.row(k).map(ring::transpose));
            scores.add(weights.isPresent() ? ring.multiply(weights.get().get(row, k), score) : score);
        }
        List<E> mixed = new ArrayList<>(z.columns());
        for (int c = 0; c < z.columns(); c++) {
            E sum = ring.multiply(scores.get(0), z.get(support.get(0), c));
            for (int k = 1; k < scores.size(); k++) {
                sum = ring.add(sum, ring.multiply(scores.get(k), z.get(support.get(k), c)));
            }
            mixed.add(sum);
        }
        return Vector.of(mixed);
    }

    private List<Integer> support(int row) {
        List<Integer> support = new ArrayList<>();
        for (int k = 0; k < mask.columns(); k++) {
            if (mask.isOne(row, k)) {
                support.add(k);
            }
        }
        return support;
    }

    private E zero(Arithmetic<E> ring, Matrix<E> z, int row, int column) {
        return ring.zero(new Shape(
                ring.shape(z.get(row, 0)).rows(),
                ring.shape(valueOutput.get(0, column)).columns()));
    }

    private void requireFits(Matrix<E> hiddenState) {
        if (hiddenState.rows() != mask.rows() || hiddenState.columns() != keyQuery.rows()) {
            throw new IllegalArgumentException("expected a hidden state of "
                    + mask.rows()
                    + " x "
                    + keyQuery.rows()
                    + ", got "
                    + hiddenState.rows()
                    + " x "
                    + hiddenState.columns());
        }
    }

    private static void requireSquare(String what, int rows, int columns) {
        if (rows != columns || rows < 2) {
            throw new IllegalArgumentException(
                    "expected a square " + what + " of at least 2 x 2, got " + rows + " x " + columns);
        }
    }
}
