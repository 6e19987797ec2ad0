package org.loopcert.generate;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import org.loopcert.matrix.Matrix;

/**
 * Rank modulo the prime 2^61 - 1: never larger than the rank over the rationals, so where it
 * reaches what the construction allows at most, the rank is known exactly.
 */
final class ModularRank {
    private static final long P = (1L << 61) - 1;
    private static final BigInteger PRIME = BigInteger.valueOf(P);

    private ModularRank() {}

    /**
     * The rank modulo p.
     *
     * @throws ArithmeticException if p divides a denominator
     */
    static int of(Matrix<BigRational> matrix) {
        long[][] a = new long[matrix.rows()][matrix.columns()];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[i].length; j++) {
                BigRational entry = matrix.get(i, j);
                BigInteger denominator = entry.getDenominatorBigInteger();
                BigInteger residue = entry.getNumeratorBigInteger().mod(PRIME);
                a[i][j] = denominator.equals(BigInteger.ONE)
                        ? residue.longValueExact()
                        : residue.multiply(denominator.modInverse(PRIME))
                                .mod(PRIME)
                                .longValueExact();
            }
        }
        int rank = 0;
        for (int column = 0; column < matrix.columns() && rank < a.length; column++) {
            int pivot = rank;
            while (pivot < a.length && a[pivot][column] == 0) {
                pivot++;
            }
            if (pivot == a.length) {
                continue;
            }
            long[] row = a[pivot];
            a[pivot] = a[rank];
            a[rank] = row;
            long inverse = BigInteger.valueOf(row[column]).modInverse(PRIME).longValueExact();
            for (int i = rank + 1; i < a.length; i++) {
                long factor = multiply(a[i][column], inverse);
                if (factor != 0) {
                    for (int j = column; j < a[i].length; j++) {
                        a[i][j] = Math.floorMod(a[i][j] - multiply(factor, row[j]), P);
                    }
                }
            }
            rank++;
        }
        return rank;
    }

    private static long multiply(long x, long y) {
        // the product is high * 2^64 + low and 2^61 is 1 modulo p
        long high = Math.multiplyHigh(x, y);
        long low = x * y;
        long folded = (high << 3 | low >>> 61) + (low & P);
        return folded >= P ? folded - P : folded;
    }
}
