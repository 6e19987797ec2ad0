package org.loopcert.reproduce;

import ch.obermuhlner.math.big.BigRational;
import org.loopcert.matrix.Matrix;
import org.loopcert.ring.RoundingFormat;

/**
 * The condition number of X'X as a program in binary64 finds it: the Gram matrix summed row by row, then cyclic Jacobi
 * rotations (Golub and Van Loan, Matrix Computations, section 8.5) until no off-diagonal entry changes anything. Measured,
 * never a ground for a verdict about the exact number.
 */
final class Binary64Condition {
    private static final int SWEEPS = 20;

    private Binary64Condition() {}

    static double of(Matrix<BigRational> x) {
        int d = x.columns();
        double[][] g = new double[d][d];
        for (int k = 0; k < x.rows(); k++) {
            double[] row = new double[d];
            for (int j = 0; j < d; j++) {
                row[j] = RoundingFormat.BINARY64.round(x.get(k, j));
            }
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    g[i][j] += row[i] * row[j];
                }
            }
        }
        double[] ends = ends(g);
        return ends[1] / ends[0];
    }

    /** The least and the greatest eigenvalue of a symmetric integer matrix, rounded. */
    static double[] ends(long[][] symmetric) {
        double[][] g = new double[symmetric.length][symmetric.length];
        for (int i = 0; i < g.length; i++) {
            for (int j = 0; j < g.length; j++) {
                g[i][j] = symmetric[i][j];
            }
        }
        return ends(g);
    }

    private static double[] ends(double[][] g) {
        int d = g.length;
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int p = 0; p < d; p++) {
                for (int q = p + 1; q < d; q++) {
                    rotate(g, p, q);
                }
            }
        }
        double least = g[0][0];
        double most = g[0][0];
        for (int i = 1; i < d; i++) {
            least = Math.min(least, g[i][i]);
            most = Math.max(most, g[i][i]);
        }
        return new double[] {least, most};
    }

    private static void rotate(double[][] g, int p, int q) {
        if (g[p][q] == 0) {
            return;
        }
        double ratio = (g[q][q] - g[p][p]) / (2 * g[p][q]);
        double t = Math.copySign(1, ratio) / (Math.abs(ratio) + Math.sqrt(ratio * ratio + 1));
        double c = 1 / Math.sqrt(t * t + 1);
        double s = t * c;
        double change = t * g[p][q];
        g[p][p] -= change;
        g[q][q] += change;
        g[p][q] = 0;
        g[q][p] = 0;
        for (int i = 0; i < g.length; i++) {
            if (i != p && i != q) {
                double a = g[i][p];
                double b = g[i][q];
                g[i][p] = c * a - s * b;
                g[p][i] = g[i][p];
                g[i][q] = s * a + c * b;
                g[q][i] = g[i][q];
            }
        }
    }
}
