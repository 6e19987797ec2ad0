package org.loopcert.exact;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;

/**
 * What gradient descent on 1/2 |y - X theta|^2 needs to know of X (n x d) and y: the exact Gram
 * matrix G = X'X, b = X'y, and |y|^2.
 *
 * @param matrix G, symmetric positive semidefinite, d x d
 * @param moment b = X'y, size d
 * @param labelsNormSquared |y|^2
 * @param examples n
 */
public record Gram(ScaledMatrix matrix, ScaledVector moment, Fraction labelsNormSquared, int examples) {

    public Gram {
        if (!matrix.numerators().isSymmetric()) {
            throw new IllegalArgumentException("a Gram matrix is symmetric");
        }
        if (moment.size() != matrix.columns()) {
            throw new IllegalArgumentException("expected X'y of size " + matrix.columns() + ", got " + moment.size());
        }
    }

    /**
     * The Gram data of in-context examples X (one a row) and labels y.
     *
     * @throws IllegalArgumentException if y has not one entry per row of X
     */
    public static Gram of(Matrix<BigRational> x, Vector<BigRational> y) {
        return of(ScaledMatrix.of(x), ScaledVector.of(y));
    }

    /** As {@link #of(Matrix, Vector)}, from scaled integers. */
    public static Gram of(ScaledMatrix x, ScaledVector y) {
        if (x.rows() != y.size()) {
            throw new IllegalArgumentException("X has " + x.rows() + " rows but y has " + y.size() + " entries");
        }
        IntegerMatrix xi = x.numerators();
        IntegerVector yi = y.numerators();
        IntegerMatrix.WithVector products = xi.gramAndMoment(yi);
        return new Gram(
                ScaledMatrix.of(products.gram(), x.denominator().pow(2)),
                ScaledVector.of(products.moment(), x.denominator().multiply(y.denominator())),
                Fraction.of(yi.dot(yi), y.denominator().pow(2)),
                x.rows());
    }

    /** GI in G = GI / gDen. */
    public IntegerMatrix gi() {
        return matrix.numerators();
    }

    /** gDen in G = GI / gDen, positive. */
    public BigInteger gDen() {
        return matrix.denominator();
    }

    /** bI in b = bI / bDen. */
    public IntegerVector bi() {
        return moment.numerators();
    }

    /** bDen in b = bI / bDen, positive. */
    public BigInteger bDen() {
        return moment.denominator();
    }

    /** d, the number of features. */
    public int features() {
        return matrix.columns();
    }
}
