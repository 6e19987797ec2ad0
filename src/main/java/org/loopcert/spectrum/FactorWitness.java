package org.loopcert.spectrum;

import java.math.BigInteger;
import java.util.Optional;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.IntegerMatrix;

/**
 * A witness that a symmetric integer matrix A is positive semidefinite: an integer scale k and an
 * upper-triangular integer matrix R such that E = 4^k A - R'R is diagonally dominant with
 * non-negative diagonal. Then x'Ax = 4^-k (|Rx|^2 + x'Ex) &ge; 0 by Gershgorin's theorem.
 *
 * @param scale k &ge; 0
 * @param factor R, upper triangular with non-negative diagonal
 */
public record FactorWitness(int scale, IntegerMatrix factor) {
    public FactorWitness {
        if (scale < 0) {
            throw new IllegalArgumentException("scale must not be negative, got " + scale);
        }
        if (factor.rows() != factor.columns()) {
            throw new IllegalArgumentException("the factor must be square");
        }
        for (int i = 0; i < factor.rows(); i++) {
            for (int j = 0; j <= i; j++) {
                int sign = factor.signum(i, j);
                if (j < i ? sign != 0 : sign < 0) {
                    throw new IllegalArgumentException(
                            "the factor must be upper triangular with non-negative diagonal");
                }
            }
        }
    }

    /**
     * Finds a witness with the shortest factor this method can reach, and checks it. Present exactly
     * when A is positive definite; a singular semidefinite A has no margin for a rounded factor in
     * general and is left to exact elimination.
     *
     * @throws IllegalArgumentException if A is not symmetric
     */
    public static Optional<FactorWitness> find(IntegerMatrix a) {
        if (!a.isSymmetric()) {
            throw new IllegalArgumentException("expected a symmetric matrix");
        }
        return new FactorSearch(SymmetricWords.of(a)).find();
    }

    /** As {@link #find(IntegerMatrix)}, of a positive multiple of {@link Spectra#upperMatrix}. */
    public static Optional<FactorWitness> ofUpper(Reduction reduction, Fraction bound, BigInteger multiple) {
        return new FactorSearch(new Extremes(reduction).upper(bound, multiple)).find();
    }

    /** Recomputes E = 4^k A - R'R and tells whether it is diagonally dominant and non-negative. */
    public boolean proves(IntegerMatrix a) {
        return a.isSymmetric() && proves(SymmetricWords.of(a));
    }

    boolean proves(SymmetricWords a) {
        return a.size() == factor.rows() && Residual.isDominant(a, scale, factor);
    }
}
