package org.loopcert.model;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.loopcert.matrix.Matrix;
import org.loopcert.ring.RationalField;

/**
 * When an entrywise mask M and a product mask N give the same layer for all Z: (M o (Z Q Z')) Z P = (Z Q Z') N Z P. The
 * matrices M and N are (n+1) x (n+1), Q and P are (d+1) x (d+1), all real, in this class rational.
 *
 * <p>Row i of the difference is the sum over j, k of c_jk f_jk, c_jk = [j = k] M_ik - N_jk, f_jk = (z_i'Q z_j) z_k'P, z_j'
 * the rows of Z. Products of different rows are independent polynomials, so that only f_jk and f_kj can depend on each
 * other, or one can vanish. With this, for all n and d, row i agrees for all Z exactly if
 *
 * <ul>
 *   <li>Q = 0 or P = 0 ({@link Weights#ZERO}): always;
 *   <li>Q = a p', P = p u' ({@link Weights#ALIGNED}): there f_jk = (a'z_i)(p'z_j)(p'z_k) u' = f_kj, so that N_kk = M_ik for
 *       all k and N_jk + N_kj = 0 for j != k;
 *   <li>Q' = -Q ({@link Weights#SKEW}), else: there f_ik = 0, so that N_jk = [j = k] M_ik for all k and all j != i;
 *   <li>else ({@link Weights#GENERAL}): N = diag(M_i1, ..., M_i,n+1).
 * </ul>
 *
 * <p>Where f_jk and f_kj, j and k other than i, depend on each other, (w'z_j) z_k'P and (w'z_k) z_j'P do for every w =
 * Q'z_i, which takes P = p u' with every w a multiple of p; the same for k = i unless f_ik = 0, which takes z_i'Q z_i = 0
 * for all z_i. So the layers agree in the general case exactly if N = diag(m) is diagonal and all rows of M are m'.
 */
public final class MaskComparison {
    private static final RationalField Q = RationalField.INSTANCE;

    /** A difference has degree at most 3 in each entry of Z: four values of an entry tell it from 0. */
    private static final List<BigRational> PROBES =
            List.of(BigRational.ONE, BigRational.valueOf(-1), BigRational.valueOf(2));

    private MaskComparison() {}

    /** What of Q and P matters. */
    public enum Weights {
        /** Q = 0 or P = 0. */
        ZERO,
        /** Q = a p' and P = p u', not zero. */
        ALIGNED,
        /** Q is not zero and equals -Q', P is not zero. */
        SKEW,
        /** None of these; so are Q = I, P = [[I, 0], [0, 0]] of CHEN2024, Lemma 4.1. */
        GENERAL;

        /** The case of two matrices of one size. */
        public static Weights of(Matrix<BigRational> keyQuery, Matrix<BigRational> valueOutput) {
            if (isZero(keyQuery) || isZero(valueOutput)) {
                return ZERO;
            }
            if (keyQuery.equal(Q, keyQuery.transpose(Q).negate(Q))) {
                return SKEW;
            }
            // Q = a p' and P = p u' exactly if the rows of Q and the columns of P lie on one line
            List<List<BigRational>> line = new ArrayList<>(keyQuery.toLists());
            line.addAll(valueOutput.transpose(Q).toLists());
            return hasRankOne(line) ? ALIGNED : GENERAL;
        }
    }

    /** The answer. */
    public sealed interface Result permits Same, Different {}

    /**
     * The layers, or the rows, agree for all Z.
     *
     * @param weights the case
     */
    public record Same(Weights weights) implements Result {}

    /**
     * They do not.
     *
     * @param weights the case
     * @param row the first row that differs for some Z, from zero
     * @param prompt such a Z, of at most three entries other than 0
     * @param entrywise the layer of M at this Z
     * @param product the layer of N at this Z
     */
    public record Different(
            Weights weights,
            int row,
            Matrix<BigRational> prompt,
            Matrix<BigRational> entrywise,
            Matrix<BigRational> product)
            implements Result {}

    /**
     * Decides whether the whole layers agree for all Z.
     *
     * @param entrywise M
     * @param product N
     * @param keyQuery Q
     * @param valueOutput P
     * @throws IllegalArgumentException unless all are square, M and N of one size and Q and P of one size, at least 2 x 2
     */
    public static Result decide(
            Matrix<BigRational> entrywise,
            Matrix<BigRational> product,
            Matrix<BigRational> keyQuery,
            Matrix<BigRational> valueOutput) {
        for (int row = 0; row < entrywise.rows(); row++) {
            if (decideRow(entrywise, product, keyQuery, valueOutput, row) instanceof Different different) {
                return different;
            }
        }
        return new Same(Weights.of(keyQuery, valueOutput));
    }

    /**
     * Decides whether one row of the layers agrees for all Z.
     *
     * @param row from zero
     */
    public static Result decideRow(
            Matrix<BigRational> entrywise,
            Matrix<BigRational> product,
            Matrix<BigRational> keyQuery,
            Matrix<BigRational> valueOutput,
            int row) {
        if (entrywise.rows() != product.rows()) {
            throw new IllegalArgumentException(
                    "expected masks of one size, got " + entrywise.rows() + " and " + product.rows() + " rows");
        }
        LinearAttention<BigRational> ours = LinearAttention.of(Q, keyQuery, valueOutput, entrywise);
        ProductMaskedAttention<BigRational> theirs = new ProductMaskedAttention<>(keyQuery, valueOutput, product);
        Weights weights = Weights.of(keyQuery, valueOutput);
        for (int j = 0; j < product.rows(); j++) {
            for (int k = 0; k < product.columns(); k++) {
                if (!agree(weights, entrywise, product, row, j, k)) {
                    Matrix<BigRational> prompt = witness(ours, theirs, row, j, k);
                    return new Different(weights, row, prompt, ours.apply(Q, prompt), theirs.apply(Q, prompt));
                }
            }
        }
        return new Same(weights);
    }

    private static boolean agree(Weights weights, Matrix<BigRational> m, Matrix<BigRational> n, int row, int j, int k) {
        BigRational expected = j == k ? m.get(row, k) : BigRational.ZERO;
        return switch (weights) {
            case ZERO -> true;
            case ALIGNED -> Q.equal(j == k ? expected : Q.negate(n.get(k, j)), n.get(j, k));
            case SKEW -> j == row || Q.equal(expected, n.get(j, k));
            case GENERAL -> Q.equal(expected, n.get(j, k));
        };
    }

    /**
     * A Z that only has rows i, j and k and at which row i differs. The difference is of degree 3: it has a monomial of at
     * most three entries of Z, does not vanish where all others are 0, and so not for all values of those three either.
     */
    private static Matrix<BigRational> witness(
            Attention<BigRational> ours, ProductMaskedAttention<BigRational> theirs, int i, int j, int k) {
        int columns = theirs.keyQuery().rows();
        List<Integer> cells = new ArrayList<>();
        for (int row : new TreeSet<>(List.of(i, j, k))) {
            for (int column = 0; column < columns; column++) {
                cells.add(row * columns + column);
            }
        }
        int rows = theirs.mask().rows();
        for (int count = 1; count <= 3; count++) {
            Optional<Matrix<BigRational>> found =
                    search(cells, count, 0, Matrix.zero(Q, rows, columns), z -> differ(ours, theirs, z, i));
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new IllegalStateException("row " + i + " agrees where N is not what makes it agree");
    }

    @FunctionalInterface
    private interface Test {
        boolean holds(Matrix<BigRational> prompt);
    }

    /** Sets so many of the cells from one on, in all ways. */
    private static Optional<Matrix<BigRational>> search(
            List<Integer> cells, int count, int from, Matrix<BigRational> prompt, Test test) {
        if (count == 0) {
            return test.holds(prompt) ? Optional.of(prompt) : Optional.empty();
        }
        for (int at = from; at <= cells.size() - count; at++) {
            for (BigRational value : PROBES) {
                Optional<Matrix<BigRational>> found =
                        search(cells, count - 1, at + 1, with(prompt, cells.get(at), value), test);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Matrix<BigRational> with(Matrix<BigRational> matrix, int cell, BigRational value) {
        return Matrix.of(
                matrix.rows(), matrix.columns(), (i, j) -> i * matrix.columns() + j == cell ? value : matrix.get(i, j));
    }

    private static boolean differ(
            Attention<BigRational> ours, Attention<BigRational> theirs, Matrix<BigRational> prompt, int row) {
        for (int column = 0; column < prompt.columns(); column++) {
            if (!Q.equal(ours.entry(Q, prompt, row, column), theirs.entry(Q, prompt, row, column))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isZero(Matrix<BigRational> matrix) {
        return matrix.toLists().stream().allMatch(row -> row.stream().allMatch(Q::isZero));
    }

    private static boolean hasRankOne(List<List<BigRational>> rows) {
        List<BigRational> first = rows.stream()
                .filter(row -> !row.stream().allMatch(Q::isZero))
                .findFirst()
                .orElseThrow();
        int pivot = 0;
        while (Q.isZero(first.get(pivot))) {
            pivot++;
        }
        for (List<BigRational> row : rows) {
            for (int c = 0; c < row.size(); c++) {
                if (!Q.equal(Q.multiply(row.get(c), first.get(pivot)), Q.multiply(row.get(pivot), first.get(c)))) {
                    return false;
                }
            }
        }
        return true;
    }
}
