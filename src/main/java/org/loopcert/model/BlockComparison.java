package org.loopcert.model;

import java.util.ArrayList;
import java.util.List;
import org.loopcert.matrix.Matrix;
import org.loopcert.ring.MatrixWord;

/**
 * Whether two block matrices of words are equal for all dimensions and all matrices that their
 * symbols stand for.
 */
public sealed interface BlockComparison {
    /**
     * All blocks are equal.
     *
     * @param blocks how many were compared
     */
    record Equal(int blocks) implements BlockComparison {}

    /**
     * Some blocks differ, for some dimensions and some matrices.
     *
     * @param differences all of them, row by row
     */
    record Different(List<Difference> differences) implements BlockComparison {
        /** Copies the list. */
        public Different {
            differences = List.copyOf(differences);
        }
    }

    /**
     * Two words that are not equal.
     *
     * @param row the row of blocks, from zero
     * @param column the column of blocks, from zero
     * @param expected the word in normal form
     * @param found the other
     */
    record Difference(int row, int column, MatrixWord expected, MatrixWord found) {}

    /**
     * Compares block by block.
     *
     * @throws IllegalArgumentException if they do not have equally many blocks
     */
    static BlockComparison of(Matrix<MatrixWord> expected, Matrix<MatrixWord> found) {
        if (expected.rows() != found.rows() || expected.columns() != found.columns()) {
            throw new IllegalArgumentException("expected " + expected.rows() + " x " + expected.columns()
                    + " blocks, got " + found.rows() + " x " + found.columns());
        }
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < expected.rows(); i++) {
            for (int j = 0; j < expected.columns(); j++) {
                if (!expected.get(i, j).equals(found.get(i, j))) {
                    differences.add(new Difference(i, j, expected.get(i, j), found.get(i, j)));
                }
            }
        }
        return differences.isEmpty() ? new Equal(expected.rows() * expected.columns()) : new Different(differences);
    }
}
