package org.loopcert.spectrum;

import java.util.Arrays;

/**
 * A real symmetric matrix reduced in doubles to tridiagonal form, A = Q T Q', by Householder reflections (Golub and Van
 * Loan, section 8.3): approximate eigenvalues, eigenvectors and solutions of shifted systems. Nothing here is exact, and
 * nothing may be concluded from it.
 */
final class Tridiagonal {
    private static final double EPSILON = 0x1p-52;
    private static final int MAX_ITERATIONS = 60;

    private final int size;
    private final double[] diagonal;

    /** Entry (i, i + 1). */
    private final double[] offDiagonal;

    /** Row k: the vector u of the reflection I - u u' that acts on places k + 1 and following. */
    private final double[][] reflections;

    private final double norm;

    private Tridiagonal(double[] diagonal, double[] offDiagonal, double[][] reflections) {
        this.size = diagonal.length;
        this.diagonal = diagonal;
        this.offDiagonal = offDiagonal;
        this.reflections = reflections;
        double largest = 0;
        for (int i = 0; i < size; i++) {
            double before = i > 0 ? Math.abs(offDiagonal[i - 1]) : 0;
            double after = i < size - 1 ? Math.abs(offDiagonal[i]) : 0;
            largest = Math.max(largest, before + Math.abs(diagonal[i]) + after);
        }
        this.norm = largest;
    }

    /** Reduces a matrix, which is overwritten. */
    static Tridiagonal reduce(double[][] a) {
        int d = a.length;
        double[] diagonal = new double[d];
        double[] off = new double[Math.max(0, d - 1)];
        double[][] reflections = new double[Math.max(0, d - 2)][];
        double[] p = new double[d];
        for (int k = 0; k < d; k++) {
            diagonal[k] = a[k][k];
            if (k >= d - 2) {
                if (k == d - 2) {
                    off[k] = a[k][k + 1];
                }
                continue;
            }
            double[] u = reflection(a[k], k + 1);
            double alpha = u[0];
            u[0] = 0;
            off[k] = alpha;
            reflections[k] = u;
            if (u[k + 1] == 0) {
                continue;
            }
            multiply(a, u, p, k + 1);
            double half = 0;
            for (int i = k + 1; i < d; i++) {
                half += u[i] * p[i];
            }
            half /= 2;
            for (int i = k + 1; i < d; i++) {
                p[i] -= half * u[i];
            }
            for (int i = k + 1; i < d; i++) {
                subtractTwo(a[i], u[i], p, p[i], u, k + 1);
            }
        }
        return new Tridiagonal(diagonal, off, reflections);
    }

    /** u with (I - u u') x = alpha e for x = row from a place on; alpha is returned in place 0, u is 0 if x is alpha e. */
    private static double[] reflection(double[] row, int from) {
        int d = row.length;
        double[] u = new double[d];
        double scale = 0;
        for (int i = from; i < d; i++) {
            scale = Math.max(scale, Math.abs(row[i]));
        }
        double tail = 0;
        for (int i = from; i < d; i++) {
            u[i] = scale == 0 ? 0 : row[i] / scale;
            tail += i > from ? u[i] * u[i] : 0;
        }
        if (tail == 0) {
            Arrays.fill(u, 0);
            u[0] = row[from];
            return u;
        }
        double alpha = -Math.copySign(Math.sqrt(tail + u[from] * u[from]), u[from]);
        u[from] -= alpha;
        double factor = Math.sqrt(2 / (tail + u[from] * u[from]));
        for (int i = from; i < d; i++) {
            u[i] *= factor;
        }
        u[0] = alpha * scale;
        return u;
    }

    /** p = A u on places from a given one on, by rows, which are columns as well. */
    private static void multiply(double[][] a, double[] u, double[] p, int from) {
        int d = a.length;
        Arrays.fill(p, from, d, 0);
        int i = from;
        for (; i + 4 <= d; i += 4) {
            addFour(p, a[i], u[i], a[i + 1], u[i + 1], a[i + 2], u[i + 2], a[i + 3], u[i + 3], from);
        }
        for (; i < d; i++) {
            double[] row = a[i];
            double factor = u[i];
            for (int j = from; j < d; j++) {
                p[j] = Math.fma(factor, row[j], p[j]);
            }
        }
    }

    private static void addFour(
            double[] p,
            double[] a0,
            double u0,
            double[] a1,
            double u1,
            double[] a2,
            double u2,
            double[] a3,
            double u3,
            int from) {
        for (int j = from; j < p.length; j++) {
            p[j] = Math.fma(u0, a0[j], Math.fma(u1, a1[j], Math.fma(u2, a2[j], Math.fma(u3, a3[j], p[j]))));
        }
    }

    private static void subtractTwo(double[] row, double u, double[] p, double q, double[] v, int from) {
        for (int j = from; j < row.length; j++) {
            row[j] = Math.fma(-u, p[j], Math.fma(-q, v[j], row[j]));
        }
    }

    /** The largest absolute row sum of T. */
    double norm() {
        return norm;
    }

    /** The eigenvalues in descending order, each to about epsilon times the norm, by the implicit QL method. */
    double[] eigenvalues() {
        double[] values = diagonal.clone();
        double[] e = Arrays.copyOf(offDiagonal, size);
        for (int l = 0; l < size; l++) {
            for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
                int m = l;
                while (m < size - 1
                        && Math.abs(e[m]) > EPSILON * (Math.abs(values[m]) + Math.abs(values[m + 1]))
                        && Math.abs(e[m]) > EPSILON * EPSILON * norm) {
                    m++;
                }
                if (m == l) {
                    break;
                }
                step(values, e, l, m);
            }
        }
        Arrays.sort(values);
        for (int i = 0, j = size - 1; i < j; i++, j--) {
            double value = values[i];
            values[i] = values[j];
            values[j] = value;
        }
        return values;
    }

    /** One implicit QL step with Wilkinson's shift on the block from l to m. */
    private static void step(double[] values, double[] e, int l, int m) {
        double g = (values[l + 1] - values[l]) / (2 * e[l]);
        double r = hypotenuse(g, 1);
        g = values[m] - values[l] + e[l] / (g + Math.copySign(r, g));
        double s = 1;
        double c = 1;
        double p = 0;
        for (int i = m - 1; i >= l; i--) {
            double f = s * e[i];
            double b = c * e[i];
            r = hypotenuse(f, g);
            e[i + 1] = r;
            if (r == 0) {
                values[i + 1] -= p;
                e[m] = 0;
                return;
            }
            s = f / r;
            c = g / r;
            g = values[i + 1] - p;
            r = (values[i] - g) * s + 2 * c * b;
            p = s * r;
            values[i + 1] = g + p;
            g = c * r - b;
        }
        values[l] -= p;
        e[l] = g;
        e[m] = 0;
    }

    /** Without overflow; {@link Math#hypot} is slower by far and more exact than needed. */
    private static double hypotenuse(double a, double b) {
        double x = Math.abs(a);
        double y = Math.abs(b);
        double large = Math.max(x, y);
        double small = Math.min(x, y);
        if (large == 0) {
            return 0;
        }
        double ratio = small / large;
        return large * Math.sqrt(1 + ratio * ratio);
    }

    /** An approximate unit eigenvector of A for an approximate eigenvalue, by inverse iteration. */
    double[] eigenvector(double value) {
        double[] x = new double[size];
        for (int i = 0; i < size; i++) {
            // no symmetry of T is orthogonal to a ramp
            x[i] = 1 + i / (2.0 * size);
        }
        for (int iteration = 0; iteration < 3; iteration++) {
            solveTridiagonal(value, x);
            normalise(x);
        }
        apply(x);
        normalise(x);
        return x;
    }

    /** x = (A - shift I)^-1 b in place; a vanishing pivot counts as epsilon times the norm. */
    void solve(double shift, double[] b) {
        applyTransposed(b);
        solveTridiagonal(shift, b);
        apply(b);
    }

    static void normalise(double[] x) {
        double scale = 0;
        for (double entry : x) {
            scale = Math.max(scale, Math.abs(entry));
        }
        if (scale == 0) {
            return;
        }
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            x[i] /= scale;
            sum += x[i] * x[i];
        }
        double length = Math.sqrt(sum);
        for (int i = 0; i < x.length; i++) {
            x[i] /= length;
        }
    }

    /** Gaussian elimination with partial pivoting. */
    private void solveTridiagonal(double shift, double[] x) {
        int d = size;
        double least = Math.max(EPSILON * norm, Double.MIN_NORMAL);
        double[] pivot = new double[d];
        double[] first = new double[d];
        double[] second = new double[d];
        double current = diagonal[0] - shift;
        double next = d > 1 ? offDiagonal[0] : 0;
        for (int i = 0; i < d - 1; i++) {
            double below = offDiagonal[i];
            double after = i < d - 2 ? offDiagonal[i + 1] : 0;
            double corner = diagonal[i + 1] - shift;
            if (Math.abs(below) > Math.abs(current)) {
                double factor = current / below;
                pivot[i] = below;
                first[i] = corner;
                second[i] = after;
                double swapped = x[i];
                x[i] = x[i + 1];
                x[i + 1] = swapped - factor * x[i];
                current = next - factor * corner;
                next = -factor * after;
            } else {
                pivot[i] = Math.abs(current) < least ? least : current;
                double factor = below / pivot[i];
                first[i] = next;
                x[i + 1] -= factor * x[i];
                current = corner - factor * next;
                next = after;
            }
        }
        pivot[d - 1] = Math.abs(current) < least ? least : current;
        for (int i = d - 1; i >= 0; i--) {
            double value = x[i];
            if (i + 1 < d) {
                value -= first[i] * x[i + 1];
            }
            if (i + 2 < d) {
                value -= second[i] * x[i + 2];
            }
            x[i] = value / pivot[i];
        }
    }

    private void apply(double[] x) {
        for (int k = reflections.length - 1; k >= 0; k--) {
            reflect(reflections[k], x, k + 1);
        }
    }

    private void applyTransposed(double[] x) {
        for (int k = 0; k < reflections.length; k++) {
            reflect(reflections[k], x, k + 1);
        }
    }

    private static void reflect(double[] u, double[] x, int from) {
        double dot = 0;
        for (int i = from; i < x.length; i++) {
            dot += u[i] * x[i];
        }
        for (int i = from; i < x.length; i++) {
            x[i] -= dot * u[i];
        }
    }
}
