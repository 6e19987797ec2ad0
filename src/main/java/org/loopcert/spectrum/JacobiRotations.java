package org.loopcert.spectrum;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Eigenvectors of a small symmetric matrix by the cyclic Jacobi method in doubles (Golub and Van Loan, section 8.5). Its
 * small rotations leave what is decoupled as it is, so that eigenvectors of repeated eigenvalues stay sparse and rational
 * where they can, and short integer vectors are near them; the tridiagonal form mixes them at random. A proposal.
 */
final class JacobiRotations {
    /** The largest size for which it costs next to nothing. */
    static final int LARGEST = 16;

    private static final int MAX_SWEEPS = 40;
    private static final double NOISE = 0x1p-54;

    private JacobiRotations() {}

    /** Unit eigenvectors, one a row, by descending eigenvalues; the matrix is overwritten. */
    static double[][] eigenvectors(double[][] a) {
        int d = a.length;
        double[][] v = new double[d][d];
        double norm = 0;
        for (int i = 0; i < d; i++) {
            v[i][i] = 1;
            for (int j = 0; j < d; j++) {
                norm = Math.max(norm, Math.abs(a[i][j]));
            }
        }
        boolean rotated = true;
        for (int sweep = 0; rotated && sweep < MAX_SWEEPS; sweep++) {
            rotated = false;
            for (int p = 0; p < d; p++) {
                for (int q = p + 1; q < d; q++) {
                    if (Math.abs(a[p][q]) > NOISE * norm) {
                        rotate(a, v, p, q);
                        rotated = true;
                    }
                }
            }
        }
        Integer[] order = new Integer[d];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble((Integer i) -> a[i][i]).reversed());
        double[][] result = new double[d][];
        Arrays.setAll(result, i -> v[order[i]]);
        return result;
    }

    /** The rotation that annihilates a_pq, with t the tangent of the smaller angle. */
    private static void rotate(double[][] a, double[][] v, int p, int q) {
        double difference = a[q][q] - a[p][p];
        double twice = 2 * a[p][q];
        double t = twice / (Math.abs(difference) + Math.sqrt(difference * difference + twice * twice));
        if (difference < 0) {
            t = -t;
        }
        double c = 1 / Math.sqrt(1 + t * t);
        double s = t * c;
        double change = t * a[p][q];
        for (int i = 0; i < a.length; i++) {
            if (i != p && i != q) {
                double aip = a[i][p];
                double aiq = a[i][q];
                a[i][p] = c * aip - s * aiq;
                a[p][i] = a[i][p];
                a[i][q] = s * aip + c * aiq;
                a[q][i] = a[i][q];
            }
            double vp = v[p][i];
            double vq = v[q][i];
            v[p][i] = c * vp - s * vq;
            v[q][i] = s * vp + c * vq;
        }
        a[p][p] -= change;
        a[q][q] += change;
        a[p][q] = 0;
        a[q][p] = 0;
    }
}
