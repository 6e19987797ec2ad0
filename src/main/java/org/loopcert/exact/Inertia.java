package org.loopcert.exact;

import java.math.BigInteger;

/**
 * The inertia of a real symmetric matrix: how many eigenvalues are negative, zero, positive, each
 * counted with multiplicity.
 *
 * @param negative number of negative eigenvalues
 * @param zero dimension of the null space
 * @param positive number of positive eigenvalues
 */
public record Inertia(int negative, int zero, int positive) {

    /**
     * The exact inertia by a fraction-free symmetric elimination.
     *
     * <p>Bareiss' elimination keeps every entry a minor of the matrix, and the pivots p_k give the
     * diagonal p_k / p_{k-1} of a congruent diagonal matrix, whose signs are the inertia by
     * Sylvester's law. Where all remaining diagonal entries vanish but a_ij does not, adding row and
     * column j to row and column i is a unimodular congruence among rows not yet eliminated that
     * makes the diagonal entry 2 a_ij; the minors stay minors of an integer matrix.
     *
     * @throws IllegalArgumentException if the matrix is not symmetric
     */
    public static Inertia of(IntegerMatrix symmetric) {
        if (!symmetric.isSymmetric()) {
            throw new IllegalArgumentException("inertia needs a symmetric matrix");
        }
        BigInteger content = symmetric.content();
        if (content.signum() == 0) {
            return new Inertia(0, symmetric.rows(), 0);
        }
        BigInteger[][] a = symmetric.divideExact(content).toArray();
        int d = a.length;
        BigInteger previous = BigInteger.ONE;
        int negative = 0;
        int positive = 0;
        for (int k = 0; k < d; k++) {
            int pivot = shortestDiagonal(a, k);
            if (pivot < 0) {
                pivot = liftDiagonal(a, k);
                if (pivot < 0) {
                    return new Inertia(negative, d - k, positive);
                }
            }
            swap(a, k, pivot);
            BigInteger p = a[k][k];
            if (p.signum() * previous.signum() > 0) {
                positive++;
            } else {
                negative++;
            }
            for (int i = k + 1; i < d; i++) {
                for (int j = k + 1; j <= i; j++) {
                    BigInteger minor = a[i][j].multiply(p)
                            .subtract(a[i][k].multiply(a[j][k]))
                            .divide(previous);
                    a[i][j] = minor;
                    a[j][i] = minor;
                }
            }
            previous = p;
        }
        return new Inertia(negative, 0, positive);
    }

    public boolean isPositiveDefinite() {
        return negative == 0 && zero == 0;
    }

    public boolean isPositiveSemidefinite() {
        return negative == 0;
    }

    private static int shortestDiagonal(BigInteger[][] a, int from) {
        int best = -1;
        for (int i = from; i < a.length; i++) {
            if (a[i][i].signum() != 0 && (best < 0 || a[i][i].bitLength() < a[best][best].bitLength())) {
                best = i;
            }
        }
        return best;
    }

    /** Makes a zero diagonal entry nonzero by a congruence; -1 if the remaining block is zero. */
    private static int liftDiagonal(BigInteger[][] a, int from) {
        for (int i = from; i < a.length; i++) {
            for (int j = from; j < i; j++) {
                if (a[i][j].signum() != 0) {
                    for (int l = from; l < a.length; l++) {
                        a[i][l] = a[i][l].add(a[j][l]);
                    }
                    for (int l = from; l < a.length; l++) {
                        a[l][i] = a[l][i].add(a[l][j]);
                    }
                    return i;
                }
            }
        }
        return -1;
    }

    private static void swap(BigInteger[][] a, int i, int j) {
        if (i == j) {
            return;
        }
        BigInteger[] row = a[i];
        a[i] = a[j];
        a[j] = row;
        for (BigInteger[] line : a) {
            BigInteger entry = line[i];
            line[i] = line[j];
            line[j] = entry;
        }
    }
}
