package org.loopcert.exact;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Exact linear algebra over the integers by fraction-free elimination (Bareiss 1968): without
 * conditions, and fastest for few short entries.
 */
final class BareissElimination {
    private BareissElimination() {}

    /**
     * The reduced echelon form scaled to integers: pivot columns are {@code scale} times a unit
     * vector, rows from {@code rank} on are zero.
     */
    private record Echelon(BigInteger[][] rows, int[] pivotColumns, BigInteger scale) {
        int rank() {
            return pivotColumns.length;
        }
    }

    /** The rank of a matrix. */
    static int rank(IntegerMatrix matrix) {
        return eliminate(matrix.toArray(), matrix.columns(), false).rank();
    }

    /**
     * A basis of {v : A v = 0} in echelon form: primitive integer vectors, each with a pivot position
     * where it is positive and all others are zero. Empty when the columns are independent.
     */
    static List<IntegerVector> nullSpace(IntegerMatrix matrix) {
        int columns = matrix.columns();
        Echelon echelon = eliminate(matrix.toArray(), columns, true);
        boolean[] isPivot = new boolean[columns];
        for (int column : echelon.pivotColumns()) {
            isPivot[column] = true;
        }
        List<IntegerVector> basis = new ArrayList<>();
        for (int free = 0; free < columns; free++) {
            if (isPivot[free]) {
                continue;
            }
            BigInteger[] v = new BigInteger[columns];
            Arrays.fill(v, BigInteger.ZERO);
            v[free] = echelon.scale();
            for (int k = 0; k < echelon.rank(); k++) {
                v[echelon.pivotColumns()[k]] = echelon.rows()[k][free].negate();
            }
            IntegerVector primitive = IntegerVector.of(v).primitive();
            basis.add(primitive.get(free).signum() > 0 ? primitive : primitive.multiply(BigInteger.ONE.negate()));
        }
        return List.copyOf(basis);
    }

    /**
     * The unique solution of the square system A x = c, or empty if A is singular.
     */
    static Optional<ScaledVector> solve(IntegerMatrix a, IntegerVector c) {
        int d = a.rows();
        BigInteger[][] augmented = new BigInteger[d][];
        for (int i = 0; i < d; i++) {
            augmented[i] = Arrays.copyOf(a.row(i).toArray(), d + 1);
            augmented[i][d] = c.get(i);
        }
        Echelon echelon = eliminate(augmented, d, true);
        if (echelon.rank() < d) {
            return Optional.empty();
        }
        BigInteger sign = BigInteger.valueOf(echelon.scale().signum());
        BigInteger[] x = new BigInteger[d];
        for (int k = 0; k < d; k++) {
            x[echelon.pivotColumns()[k]] = echelon.rows()[k][d].multiply(sign);
        }
        return Optional.of(ScaledVector.of(IntegerVector.of(x), echelon.scale().abs()));
    }

    /**
     * Bareiss elimination on the first {@code width} columns, with full pivoting for the shortest
     * entry in each column; with {@code reduced} also above the pivots.
     */
    private static Echelon eliminate(BigInteger[][] a, int width, boolean reduced) {
        int m = a.length;
        int total = a[0].length;
        int[] pivotColumns = new int[Math.min(m, width)];
        BigInteger previous = BigInteger.ONE;
        int rank = 0;
        for (int column = 0; column < width && rank < m; column++) {
            int best = -1;
            for (int i = rank; i < m; i++) {
                if (a[i][column].signum() != 0
                        && (best < 0 || a[i][column].bitLength() < a[best][column].bitLength())) {
                    best = i;
                }
            }
            if (best < 0) {
                continue;
            }
            BigInteger[] row = a[rank];
            a[rank] = a[best];
            a[best] = row;
            BigInteger pivot = a[rank][column];
            for (int i = reduced ? 0 : rank + 1; i < m; i++) {
                if (i == rank) {
                    continue;
                }
                BigInteger factor = a[i][column];
                for (int j = reduced ? 0 : column; j < total; j++) {
                    a[i][j] = a[i][j].multiply(pivot)
                            .subtract(factor.multiply(a[rank][j]))
                            .divide(previous);
                }
            }
            previous = pivot;
            pivotColumns[rank] = column;
            rank++;
        }
        return new Echelon(a, Arrays.copyOf(pivotColumns, rank), previous);
    }
}
