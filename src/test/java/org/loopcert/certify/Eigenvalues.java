package org.loopcert.certify;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import org.loopcert.ring.RationalField;

/**
 * Eigenvalues of a symmetric rational matrix, located through the characteristic polynomial. All its roots are real, so
 * Descartes' rule of signs counts the positive ones exactly, with multiplicity, and shifting the polynomial counts those
 * beyond any rational.
 */
final class Eigenvalues {
    private static final BigRational TWO = Naive.integer(2);

    /** Coefficients of the characteristic polynomial, constant term first. */
    private final BigRational[] polynomial;

    private final int rank;

    /** A common denominator of the matrix: its rational eigenvalues are integers over it. */
    private final BigInteger denominator;

    private final BigRational trace;

    Eigenvalues(BigRational[][] matrix) {
        int d = matrix.length;
        BigInteger common = BigInteger.ONE;
        BigRational sum = Naive.ZERO;
        for (int i = 0; i < d; i++) {
            sum = Naive.add(sum, matrix[i][i]);
            for (int j = 0; j < d; j++) {
                if (!Naive.equal(matrix[i][j], matrix[j][i])) {
                    throw new IllegalArgumentException("not symmetric");
                }
                BigInteger q = matrix[i][j].getDenominatorBigInteger();
                common = common.divide(common.gcd(q)).multiply(q);
            }
        }
        denominator = common;
        trace = sum;
        polynomial = characteristic(matrix);
        rank = d - multiplicity(Naive.ZERO);
    }

    /** det(x I - A) by Faddeev and LeVerrier. */
    private static BigRational[] characteristic(BigRational[][] a) {
        int d = a.length;
        BigRational[] c = Naive.zero(d + 1);
        c[d] = Naive.ONE;
        BigRational[][] m = Naive.combine(Naive.ZERO, a, Naive.ZERO, a);
        for (int k = 1; k <= d; k++) {
            m = Naive.combine(Naive.ONE, Naive.multiply(a, m), c[d - k + 1], Naive.identity(d));
            BigRational[][] product = Naive.multiply(a, m);
            BigRational trace = Naive.ZERO;
            for (int i = 0; i < d; i++) {
                trace = Naive.add(trace, product[i][i]);
            }
            c[d - k] = Naive.divide(Naive.negate(trace), Naive.integer(k));
        }
        return c;
    }

    /** Coefficients of p(x + shift). */
    private BigRational[] shifted(BigRational shift) {
        BigRational[] c = polynomial.clone();
        for (int round = 0; round < c.length - 1; round++) {
            for (int k = c.length - 2; k >= round; k--) {
                c[k] = Naive.add(c[k], Naive.multiply(shift, c[k + 1]));
            }
        }
        return c;
    }

    private static int signChanges(BigRational[] coefficients) {
        int changes = 0;
        int last = 0;
        for (BigRational c : coefficients) {
            if (c.signum() != 0) {
                changes += last != 0 && c.signum() != last ? 1 : 0;
                last = c.signum();
            }
        }
        return changes;
    }

    private static int zeros(BigRational[] coefficients) {
        int zeros = 0;
        while (coefficients[zeros].signum() == 0) {
            zeros++;
        }
        return zeros;
    }

    int multiplicity(BigRational value) {
        return zeros(shifted(value));
    }

    int countAbove(BigRational bound) {
        return signChanges(shifted(bound));
    }

    int countAtLeast(BigRational bound) {
        BigRational[] c = shifted(bound);
        return signChanges(c) + zeros(c);
    }

    int countPositive() {
        return countAbove(Naive.ZERO);
    }

    boolean positiveSemidefinite() {
        return countAtLeast(Naive.ZERO) == polynomial.length - 1;
    }

    int rank() {
        return rank;
    }

    Bracket largest(int bits) {
        return locate(1, bits);
    }

    /** The smallest positive eigenvalue; there must be one. */
    Bracket smallestPositive(int bits) {
        return locate(countPositive(), bits);
    }

    /** The k-th largest eigenvalue of a positive semidefinite matrix, exact if it is rational. */
    private Bracket locate(int k, int bits) {
        BigRational low = Naive.ZERO;
        BigRational high = trace;
        BigRational coarse = RationalField.of(BigInteger.ONE, denominator.shiftLeft(1));
        while (Naive.compare(Naive.subtract(high, low), coarse) > 0) {
            BigRational middle = Naive.divide(Naive.add(low, high), TWO);
            if (countAtLeast(middle) >= k) {
                low = middle;
            } else {
                high = middle;
            }
        }
        // at most one integer over the denominator lies between, and it is the floor of the upper end
        BigRational candidate = RationalField.of(
                high.getNumeratorBigInteger().multiply(denominator).divide(high.getDenominatorBigInteger()),
                denominator);
        if (countAtLeast(candidate) >= k && countAbove(candidate) < k) {
            return Bracket.of(candidate);
        }
        BigRational unit = RationalField.of(BigInteger.ONE, BigInteger.ONE.shiftLeft(bits));
        while (Naive.compare(Naive.subtract(high, low), Naive.multiply(high, unit)) > 0) {
            BigRational middle = Naive.divide(Naive.add(low, high), TWO);
            if (countAtLeast(middle) >= k) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return new Bracket(low, high);
    }
}
