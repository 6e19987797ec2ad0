package org.loopcert.exact;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.loopcert.matrix.DyadicMatrix;
import org.loopcert.matrix.Matrix;

/**
 * A rational matrix as integers over one positive common denominator, canonical: the gcd of all
 * numerators and the denominator is one.
 *
 * @param numerators the integer matrix
 * @param denominator the common denominator, positive
 */
public record ScaledMatrix(IntegerMatrix numerators, BigInteger denominator) {

    /**
     * Accepts canonical parts only; use {@link #of(IntegerMatrix, BigInteger)} to reduce.
     *
     * @throws IllegalArgumentException if the denominator is not positive or a common factor is left
     */
    public ScaledMatrix {
        if (denominator.signum() <= 0) {
            throw new IllegalArgumentException("denominator must be positive, got " + denominator);
        }
        if (!numerators.commonFactor(denominator).equals(BigInteger.ONE)) {
            throw new IllegalArgumentException("scaled matrix is not in lowest terms");
        }
    }

    /** The canonical form of numerators / denominator, denominator positive. */
    public static ScaledMatrix of(IntegerMatrix numerators, BigInteger denominator) {
        if (denominator.signum() <= 0) {
            throw new IllegalArgumentException("denominator must be positive, got " + denominator);
        }
        BigInteger g = numerators.commonFactor(denominator);
        return new ScaledMatrix(numerators.divideExact(g), denominator.divide(g));
    }

    /** The exact value of a rational matrix. */
    public static ScaledMatrix of(Matrix<BigRational> matrix) {
        return DyadicMatrix.of(matrix).map(ScaledMatrix::of).orElseGet(() -> ofRationals(matrix));
    }

    /** The exact value of a dyadic matrix. */
    public static ScaledMatrix of(DyadicMatrix matrix) {
        return new ScaledMatrix(IntegerMatrix.of(matrix), BigInteger.ONE.shiftLeft(matrix.exponent()));
    }

    private static ScaledMatrix ofRationals(Matrix<BigRational> matrix) {
        CommonDenominator common = new CommonDenominator(matrix.rows() * matrix.columns());
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                common.add(matrix.get(i, j));
            }
        }
        BigInteger[][] rows = new BigInteger[matrix.rows()][matrix.columns()];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] = common.numerator(i * rows[i].length + j);
            }
        }
        // the least common denominator of reduced fractions leaves no common factor
        return new ScaledMatrix(IntegerMatrix.wrap(rows), common.denominator());
    }

    public int rows() {
        return numerators.rows();
    }

    public int columns() {
        return numerators.columns();
    }

    public Fraction get(int i, int j) {
        return Fraction.of(numerators.get(i, j), denominator);
    }

    /** The same matrix with reduced rational entries. */
    public Matrix<BigRational> toMatrix() {
        List<List<BigRational>> rows = new ArrayList<>();
        for (int i = 0; i < rows(); i++) {
            List<BigRational> row = new ArrayList<>();
            for (int j = 0; j < columns(); j++) {
                row.add(get(i, j).toBigRational());
            }
            rows.add(row);
        }
        return Matrix.of(rows);
    }
}
