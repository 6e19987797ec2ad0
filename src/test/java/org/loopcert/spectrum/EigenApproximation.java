package org.loopcert.spectrum;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.IntegerMatrix;
import org.loopcert.exact.IntegerVector;

/**
 * Approximate eigenvalues and eigenvectors of a symmetric integer matrix by the cyclic Jacobi
 * method in fixed point. A proposal without error bound: nothing may be concluded from it before an
 * exact check.
 *
 * <p>Eigenvalues are integers to be multiplied by 2^{@link #exponent()}, in descending order;
 * eigenvectors have entries to be divided by 2^{@link #precision()}.
 */
public final class EigenApproximation {
    private static final int MAX_SWEEPS = 200;

    private final int precision;
    private final int exponent;
    private final int guard;
    private final BigInteger[] eigenvalues;
    private final BigInteger[][] eigenvectors;

    private EigenApproximation(
            int precision, int exponent, int guard, BigInteger[] eigenvalues, BigInteger[][] eigenvectors) {
        this.precision = precision;
        this.exponent = exponent;
        this.guard = guard;
        this.eigenvalues = eigenvalues;
        this.eigenvectors = eigenvectors;
    }

    /**
     * Approximates to an absolute accuracy of about 2^-precision times the norm of the matrix.
     *
     * @param symmetric the matrix
     * @param precision fixed-point bits, at least 32
     */
    public static EigenApproximation of(IntegerMatrix symmetric, int precision) {
        if (!symmetric.isSymmetric()) {
            throw new IllegalArgumentException("expected a symmetric matrix");
        }
        if (precision < 32) {
            throw new IllegalArgumentException("expected at least 32 bits, got " + precision);
        }
        int d = symmetric.rows();
        int guard = 2 * (33 - Integer.numberOfLeadingZeros(d)) + 8;
        int bits = precision + guard;
        int shift = bits - symmetric.bitLength();
        BigInteger[][] a = symmetric.toArray();
        for (BigInteger[] row : a) {
            for (int j = 0; j < d; j++) {
                row[j] = row[j].shiftLeft(shift);
            }
        }
        BigInteger[][] v = IntegerMatrix.identity(d)
                .multiply(BigInteger.ONE.shiftLeft(bits))
                .toArray();
        // rows of v are the eigenvectors; off-diagonal entries within the rounding noise stay
        int noise = guard / 2;
        for (int sweep = 0; sweep < MAX_SWEEPS; sweep++) {
            boolean rotated = false;
            for (int p = 0; p < d; p++) {
                for (int q = p + 1; q < d; q++) {
                    if (a[p][q].bitLength() > noise) {
                        rotate(a, v, p, q, bits);
                        rotated = true;
                    }
                }
            }
            if (!rotated) {
                break;
            }
        }
        Integer[] order = new Integer[d];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparing((Integer i) -> a[i][i]).reversed());
        BigInteger[] values = new BigInteger[d];
        BigInteger[][] vectors = new BigInteger[d][];
        for (int i = 0; i < d; i++) {
            values[i] = a[order[i]][order[i]];
            vectors[i] = v[order[i]];
        }
        return new EigenApproximation(bits, -shift, guard, values, vectors);
    }

    /** Fixed-point bits of the eigenvectors, guard bits included. */
    public int precision() {
        return precision;
    }

    /** The value of {@link #eigenvalue} as a fraction of the denominator of the matrix. */
    Fraction value(int i, BigInteger denominator) {
        return ShortDyadic.scale(Fraction.of(eigenvalues[i], denominator), exponent);
    }

    /** The expected (not guaranteed) size of the errors of {@link #value}. */
    Fraction uncertainty(BigInteger denominator) {
        return ShortDyadic.scale(Fraction.of(BigInteger.ONE, denominator), exponent + guard);
    }

    /** The expected (not guaranteed) error of eigenvalues as a power of two. */
    int errorExponent() {
        return exponent + guard;
    }

    /** The exponent e in eigenvalue = integer 2^e. */
    public int exponent() {
        return exponent;
    }

    /** The i-th largest eigenvalue, to be multiplied by 2^{@link #exponent()}. */
    public BigInteger eigenvalue(int i) {
        return eigenvalues[i];
    }

    /** The eigenvector of the i-th largest eigenvalue, rounded to {@code bits} fractional bits. */
    public IntegerVector eigenvector(int i, int bits) {
        BigInteger[] rounded = new BigInteger[eigenvectors[i].length];
        for (int j = 0; j < rounded.length; j++) {
            rounded[j] = bits >= precision ? eigenvectors[i][j] : round(eigenvectors[i][j], precision - bits);
        }
        return IntegerVector.of(rounded);
    }

    /** The rotation that annihilates a_pq, with t = tan of the smaller angle (Golub and Van Loan). */
    private static void rotate(BigInteger[][] a, BigInteger[][] v, int p, int q, int bits) {
        BigInteger difference = a[q][q].subtract(a[p][p]);
        BigInteger twice = a[p][q].shiftLeft(1);
        BigInteger root = difference.pow(2).add(twice.pow(2)).sqrt();
        BigInteger t = twice.shiftLeft(bits).divide(difference.abs().add(root));
        if (difference.signum() < 0) {
            t = t.negate();
        }
        BigInteger one = BigInteger.ONE.shiftLeft(2 * bits);
        BigInteger c = one.divide(one.add(t.pow(2)).sqrt());
        BigInteger s = round(t.multiply(c), bits);
        int d = a.length;
        BigInteger app = a[p][p];
        BigInteger aqq = a[q][q];
        BigInteger change = round(t.multiply(a[p][q]), bits);
        for (int i = 0; i < d; i++) {
            if (i != p && i != q) {
                BigInteger aip = a[i][p];
                BigInteger aiq = a[i][q];
                BigInteger newP = round(c.multiply(aip).subtract(s.multiply(aiq)), bits);
                BigInteger newQ = round(s.multiply(aip).add(c.multiply(aiq)), bits);
                a[i][p] = newP;
                a[p][i] = newP;
                a[i][q] = newQ;
                a[q][i] = newQ;
            }
            BigInteger vp = v[p][i];
            BigInteger vq = v[q][i];
            v[p][i] = round(c.multiply(vp).subtract(s.multiply(vq)), bits);
            v[q][i] = round(s.multiply(vp).add(c.multiply(vq)), bits);
        }
        a[p][p] = app.subtract(change);
        a[q][q] = aqq.add(change);
        a[p][q] = BigInteger.ZERO;
        a[q][p] = BigInteger.ZERO;
    }

    /** Nearest integer to value / 2^bits. */
    private static BigInteger round(BigInteger value, int bits) {
        return value.add(BigInteger.ONE.shiftLeft(bits - 1)).shiftRight(bits);
    }
}
