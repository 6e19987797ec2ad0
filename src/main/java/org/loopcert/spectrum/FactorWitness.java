package org.loopcert.spectrum;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.loopcert.exact.Inertia;
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
    /**
     * From this scale on, counted above the length of A, a failure first asks the inertia whether
     * there is anything to find; an attempt is far cheaper than the inertia of a matrix with long
     * entries.
     */
    private static final int PATIENCE = 48;

    public FactorWitness {
        if (scale < 0) {
            throw new IllegalArgumentException("scale must not be negative, got " + scale);
        }
        if (factor.rows() != factor.columns()) {
            throw new IllegalArgumentException("the factor must be square");
        }
        for (int i = 0; i < factor.rows(); i++) {
            for (int j = 0; j <= i; j++) {
                int sign = factor.get(i, j).signum();
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
     * <p>Cholesky in fixed point of 4^k A - D I leaves residuals of at most R_ii / 2 off the
     * diagonal, so the shift D = (d-1)/2 max R_ii makes the residual dominant whenever the factor
     * exists. The smallest such k is bracketed by doubling and found by bisection.
     *
     * @throws IllegalArgumentException if A is not symmetric
     */
    public static Optional<FactorWitness> find(IntegerMatrix a) {
        if (!a.isSymmetric()) {
            throw new IllegalArgumentException("expected a symmetric matrix");
        }
        for (int i = 0; i < a.rows(); i++) {
            if (a.get(i, i).signum() <= 0) {
                return Optional.empty();
            }
        }
        boolean knownDefinite = false;
        int failed = -1;
        int k = 0;
        Optional<FactorWitness> found = attempt(a, k);
        while (found.isEmpty()) {
            failed = k;
            k = k == 0 ? 4 : 2 * k;
            if (k > PATIENCE + a.bitLength() && !knownDefinite) {
                if (!Inertia.of(a).isPositiveDefinite()) {
                    return Optional.empty();
                }
                knownDefinite = true;
            }
            found = attempt(a, k);
        }
        while (k - failed > 1) {
            int middle = (failed + k) >>> 1;
            Optional<FactorWitness> shorter = attempt(a, middle);
            if (shorter.isPresent()) {
                found = shorter;
                k = middle;
            } else {
                failed = middle;
            }
        }
        return found;
    }

    /** Recomputes E = 4^k A - R'R and tells whether it is diagonally dominant and non-negative. */
    public boolean proves(IntegerMatrix a) {
        int d = a.rows();
        if (!a.isSymmetric() || d != factor.rows()) {
            return false;
        }
        BigInteger[] slack = new BigInteger[d];
        Arrays.fill(slack, BigInteger.ZERO);
        for (int i = 0; i < d; i++) {
            for (int j = i; j < d; j++) {
                BigInteger residual = a.get(i, j).shiftLeft(2 * scale);
                for (int l = 0; l <= i; l++) {
                    residual = residual.subtract(factor.get(l, i).multiply(factor.get(l, j)));
                }
                if (i == j) {
                    slack[i] = slack[i].add(residual);
                } else {
                    slack[i] = slack[i].subtract(residual.abs());
                    slack[j] = slack[j].subtract(residual.abs());
                }
            }
        }
        return Arrays.stream(slack).allMatch(s -> s.signum() >= 0);
    }

    private static Optional<FactorWitness> attempt(IntegerMatrix a, int k) {
        int d = a.rows();
        BigInteger largest = BigInteger.ZERO;
        for (int i = 0; i < d; i++) {
            largest = largest.max(a.get(i, i));
        }
        BigInteger shift = largest.shiftLeft(2 * k)
                .sqrt()
                .add(BigInteger.ONE)
                .multiply(BigInteger.valueOf(d - 1L))
                .add(BigInteger.ONE)
                .shiftRight(1);
        BigInteger[][] r = new BigInteger[d][d];
        for (int i = 0; i < d; i++) {
            Arrays.fill(r[i], 0, i, BigInteger.ZERO);
            for (int j = i; j < d; j++) {
                BigInteger rest = a.get(i, j).shiftLeft(2 * k);
                for (int l = 0; l < i; l++) {
                    rest = rest.subtract(r[l][i].multiply(r[l][j]));
                }
                if (j > i) {
                    r[i][j] = nearest(rest, r[i][i]);
                    continue;
                }
                rest = rest.subtract(shift);
                if (rest.signum() <= 0) {
                    return Optional.empty();
                }
                r[i][i] = rest.sqrt();
            }
        }
        FactorWitness witness = new FactorWitness(k, IntegerMatrix.of(r));
        return witness.proves(a) ? Optional.of(witness) : Optional.empty();
    }

    /** The integer nearest to a / b, b &gt; 0. */
    private static BigInteger nearest(BigInteger a, BigInteger b) {
        BigInteger[] parts = a.shiftLeft(1).add(b).divideAndRemainder(b.shiftLeft(1));
        return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }
}
