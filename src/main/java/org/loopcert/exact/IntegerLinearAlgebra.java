package org.loopcert.exact;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Exact linear algebra over the integers by fraction-free elimination (Bareiss 1968). */
public final class IntegerLinearAlgebra {
    private IntegerLinearAlgebra() {}

    /**
     * The reduced echelon form scaled to integers: pivot columns are {@code scale} times a unit
     * vector, rows from {@code rank} on are zero.
     */
    private record Echelon(BigInteger[][] rows, int[] pivotColumns, int[] pivotRows, BigInteger scale) {
        int rank() {
            return pivotColumns.length;
        }
    }

    /** The rank of a matrix. */
    public static int rank(IntegerMatrix matrix) {
        return eliminate(matrix.toArray(), matrix.columns(), false).rank();
    }

    /**
     * A basis of {v : A v = 0} in echelon form: primitive integer vectors, each with a pivot position
     * where it is positive and all others are zero. Empty when the columns are independent.
     */
    public static List<IntegerVector> nullSpace(IntegerMatrix matrix) {
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
     *
     * @throws IllegalArgumentException if A is not square or c does not fit
     */
    public static Optional<ScaledVector> solve(IntegerMatrix a, IntegerVector c) {
        int d = a.rows();
        if (a.columns() != d || c.size() != d) {
            throw new IllegalArgumentException("solve needs a square matrix and a matching right side");
        }
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
     * The least-squares solution theta-tilde: G t = b, and t orthogonal to the null space of G when
     * rank X &lt; d, which makes it the one of minimum norm.
     */
    public static ScaledVector leastSquares(Gram gram) {
        int d = gram.features();
        Echelon echelon = eliminate(gram.gi().toArray(), d, false);
        BigInteger[][] rows = new BigInteger[d][];
        BigInteger[] right = new BigInteger[d];
        int filled = 0;
        for (int row : echelon.pivotRows()) {
            rows[filled] = gram.gi().row(row).toArray();
            right[filled] = gram.bi().get(row);
            filled++;
        }
        if (filled < d) {
            for (IntegerVector v : nullSpace(gram.gi())) {
                rows[filled] = v.toArray();
                right[filled] = BigInteger.ZERO;
                filled++;
            }
        }
        // GI t = bI gDen / bDen: solve for bI and scale, the rows of the null space have right side 0.
        ScaledVector t = solve(IntegerMatrix.of(rows), IntegerVector.of(right))
                .orElseThrow(() -> new IllegalStateException("row space and null space do not span"));
        return ScaledVector.of(
                t.numerators().multiply(gram.gDen()), t.denominator().multiply(gram.bDen()));
    }

    /**
     * Bareiss elimination on the first {@code width} columns, with full pivoting for the shortest
     * entry in each column; with {@code reduced} also above the pivots.
     */
    private static Echelon eliminate(BigInteger[][] a, int width, boolean reduced) {
        int m = a.length;
        int total = a[0].length;
        int[] order = new int[m];
        for (int i = 0; i < m; i++) {
            order[i] = i;
        }
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
            int index = order[rank];
            order[rank] = order[best];
            order[best] = index;
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
        return new Echelon(a, Arrays.copyOf(pivotColumns, rank), Arrays.copyOf(order, rank), previous);
    }
}
