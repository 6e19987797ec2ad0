package org.loopcert.spectrum;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.loopcert.exact.IntegerMatrix;

/** A rounded Cholesky factor as {@link SlicedCholesky} makes it, of any length. */
final class FixedPointCholesky {
    private FixedPointCholesky() {}

    /** An upper triangular R with R'R near 4^k A - shift I, k &ge; 0, if the pivots are positive. */
    static Optional<IntegerMatrix> of(SymmetricWords a, int k, BigInteger shift) {
        int d = a.size();
        BigInteger[][] r = new BigInteger[d][d];
        for (int i = 0; i < d; i++) {
            Arrays.fill(r[i], 0, i, BigInteger.ZERO);
            for (int j = i; j < d; j++) {
                BigInteger rest = a.get(a.index(i, j)).shiftLeft(2 * k);
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
        return Optional.of(IntegerMatrix.of(r));
    }

    /** The integer nearest to a / b, b &gt; 0. */
    private static BigInteger nearest(BigInteger a, BigInteger b) {
        BigInteger[] parts = a.shiftLeft(1).add(b).divideAndRemainder(b.shiftLeft(1));
        return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }
}
