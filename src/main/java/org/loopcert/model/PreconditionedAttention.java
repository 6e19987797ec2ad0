package org.loopcert.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.Arithmetic;
import org.loopcert.ring.Ring;
import org.loopcert.ring.Shape;

/**
 * Linear attention in the column convention, Attn(Z) = P Z M (Z'QZ) (Gatmiry et al. 2024; Ahn et al.
 * 2023). The mask M is a factor, not an entrywise one; all products are taken whole, in the order
 * printed. A loop is Z - eta Attn(Z), with eta = 1/n in print.
 *
 * <p>For hidden states of (d+1) x (n+1): Q and P are (d+1) x (d+1), M is (n+1) x (n+1).
 *
 * @param keyQuery Q
 * @param valueOutput P
 * @param mask M
 * @param <E> the element type
 */
public record PreconditionedAttention<E>(Matrix<E> keyQuery, Matrix<E> valueOutput, Matrix<E> mask)
        implements Attention<E> {
    /** Checks that all are square and that Q and P have one size. */
    public PreconditionedAttention {
        requireSquare("key-query matrix", keyQuery);
        requireSquare("value-output matrix", valueOutput);
        requireSquare("mask", mask);
        if (keyQuery.rows() != valueOutput.rows()) {
            throw new IllegalArgumentException(
                    "expected a value-output matrix of " + keyQuery.rows() + " rows, got " + valueOutput.rows());
        }
    }

    /**
     * The parameters Q = [[A, 0], [0, 0]], P = [[0, 0], [u', 1]], M = diag(I_n, 0): gradient descent
     * preconditioned with A' on the labels y + X'u.
     *
     * @param preconditioner A, d x d
     * @param shift u, d entries
     * @param exampleCount n, positive
     */
    public static <E> PreconditionedAttention<E> construction(
            Ring<E> ring, Matrix<E> preconditioner, Vector<E> shift, int exampleCount) {
        return construction(ring, preconditioner, shift, Collections.nCopies(exampleCount, Shape.SCALAR.rows()));
    }

    /**
     * The same in blocks.
     *
     * @param exampleDimensions the dimensions of the blocks of examples, at least one
     */
    public static <E> PreconditionedAttention<E> construction(
            Arithmetic<E> ring, Matrix<E> preconditioner, Vector<E> shift, List<String> exampleDimensions) {
        int d = preconditioner.rows();
        if (preconditioner.columns() != d || shift.size() != d) {
            throw new IllegalArgumentException("expected a square preconditioner and a shift of its size, got " + d
                    + " x " + preconditioner.columns() + " and " + shift.size());
        }
        String unit = Shape.SCALAR.rows();
        List<String> features = new ArrayList<>();
        for (E entry : preconditioner.column(0)) {
            features.add(ring.shape(entry).rows());
        }
        features.add(unit);
        List<String> examples = new ArrayList<>(exampleDimensions);
        examples.add(unit);
        int n = exampleDimensions.size();
        return new PreconditionedAttention<>(
                Matrix.of(
                        d + 1, d + 1, (i, j) -> i < d && j < d ? preconditioner.get(i, j) : zero(ring, features, i, j)),
                Matrix.of(d + 1, d + 1, (i, j) -> {
                    if (i < d) {
                        return zero(ring, features, i, j);
                    }
                    return j < d ? ring.transpose(shift.get(j)) : ring.one(Shape.SCALAR);
                }),
                Matrix.of(
                        n + 1,
                        n + 1,
                        (i, j) -> i == j && i < n
                                ? ring.one(new Shape(examples.get(i), examples.get(i)))
                                : zero(ring, examples, i, j)));
    }

    private static <E> E zero(Arithmetic<E> ring, List<String> dimensions, int row, int column) {
        return ring.zero(new Shape(dimensions.get(row), dimensions.get(column)));
    }

    @Override
    public E entry(Arithmetic<E> ring, Matrix<E> hiddenState, int row, int column) {
        requireFits(hiddenState);
        Matrix<E> score = keys(ring, hiddenState).multiply(ring, Matrix.column(hiddenState.column(column)));
        return values(ring, Matrix.row(valueOutput.row(row)), hiddenState)
                .multiply(ring, score)
                .get(0, 0);
    }

    @Override
    public Matrix<E> apply(Arithmetic<E> ring, Matrix<E> hiddenState) {
        requireFits(hiddenState);
        Matrix<E> scores = keys(ring, hiddenState).multiply(ring, hiddenState);
        return values(ring, valueOutput, hiddenState).multiply(ring, scores);
    }

    private Matrix<E> keys(Arithmetic<E> ring, Matrix<E> z) {
        return z.transpose(ring).multiply(ring, keyQuery);
    }

    private Matrix<E> values(Arithmetic<E> ring, Matrix<E> rows, Matrix<E> z) {
        return rows.multiply(ring, z).multiply(ring, mask);
    }

    private void requireFits(Matrix<E> hiddenState) {
        if (hiddenState.rows() != keyQuery.rows() || hiddenState.columns() != mask.rows()) {
            throw new IllegalArgumentException("expected a hidden state of "
                    + keyQuery.rows()
                    + " x "
                    + mask.rows()
                    + ", got "
                    + hiddenState.rows()
                    + " x "
                    + hiddenState.columns());
        }
    }

    private static void requireSquare(String what, Matrix<?> matrix) {
        if (matrix.rows() != matrix.columns() || matrix.rows() < 2) {
            throw new IllegalArgumentException("expected a square " + what + " of at least 2 x 2, got " + matrix.rows()
                    + " x " + matrix.columns());
        }
    }
}
