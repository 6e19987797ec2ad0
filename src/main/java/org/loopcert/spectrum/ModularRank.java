package org.loopcert.spectrum;

/**
 * The rank of a symmetric integer matrix modulo a prime, which never exceeds the rank over the rationals: where it is
 * full, the determinant is not zero. A smaller one proves nothing.
 */
final class ModularRank {
    /** The largest prime below 2^25, so that products of two residues in [-p/2, p/2] and sums of four stay below 2^51. */
    private static final int PRIME = 33554393;

    private ModularRank() {}

    static int of(SymmetricWords matrix) {
        return of(matrix, PRIME);
    }

    static int of(SymmetricWords matrix, int p) {
        int d = matrix.size();
        double[][] a = new double[d][d];
        int index = 0;
        for (int i = 0; i < d; i++) {
            for (int j = i; j < d; j++) {
                double residue = matrix.residue(index++, p);
                a[i][j] = residue > p / 2 ? residue - p : residue;
                a[j][i] = a[i][j];
            }
        }
        return eliminate(a, p);
    }

    /**
     * Row by row: a row is reduced by the pivot rows before it, which are normalised, and becomes one if anything is left.
     */
    private static int eliminate(double[][] a, double p) {
        int d = a.length;
        double[][] pivots = new double[d][];
        int[] columns = new int[d];
        int rank = 0;
        for (double[] row : a) {
            for (int k = 0; k < rank; k++) {
                double factor = row[columns[k]];
                if (factor != 0) {
                    subtract(row, factor, pivots[k], p);
                }
            }
            int column = 0;
            while (column < d && row[column] == 0) {
                column++;
            }
            if (column < d) {
                double inverse = inverse((long) row[column], (long) p);
                double[] zero = new double[d];
                subtract(zero, -inverse, row, p);
                pivots[rank] = zero;
                columns[rank] = column;
                rank++;
            }
        }
        return rank;
    }

    /** row - factor other, reduced: exact, as |factor other| &le; 2^48 and the quotient times p stays below 2^49. */
    private static void subtract(double[] row, double factor, double[] other, double p) {
        double reciprocal = 1 / p;
        for (int j = 0; j < row.length; j++) {
            double value = Math.fma(-factor, other[j], row[j]);
            row[j] = Math.fma(-Math.rint(value * reciprocal), p, value);
        }
    }

    private static double inverse(long x, long p) {
        long result = 1;
        long base = Math.floorMod(x, p);
        for (long e = p - 2; e > 0; e >>= 1) {
            if ((e & 1) == 1) {
                result = result * base % p;
            }
            base = base * base % p;
        }
        return result > p / 2 ? result - p : result;
    }
}
