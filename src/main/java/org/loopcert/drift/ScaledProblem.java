package org.loopcert.drift;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.Arrays;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;

/**
 * The exact G = X'X and b = X'y of an instance over one denominator.
 *
 * @param gram the numerators of G, d x d
 * @param gramLabels the numerators of b
 * @param denominator the positive denominator of both
 */
record ScaledProblem(BigInteger[][] gram, BigInteger[] gramLabels, BigInteger denominator) {
    static ScaledProblem of(DescentInstance instance) {
        int n = instance.examples().rows();
        int d = instance.dimension();
        BigInteger s = BigInteger.ONE;
        BigInteger r = BigInteger.ONE;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                s = lcm(s, instance.examples().get(i, j).getDenominatorBigInteger());
            }
            r = lcm(r, instance.labels().get(i).getDenominatorBigInteger());
        }
        BigInteger[][] gram = zeros(d, d);
        BigInteger[] gramLabels = zeros(1, d)[0];
        BigInteger[] row = new BigInteger[d];
        BigInteger common = lcm(s, r);
        for (int k = 0; k < n; k++) {
            for (int j = 0; j < d; j++) {
                row[j] = over(instance.examples().get(k, j), s);
            }
            BigInteger label = over(instance.labels().get(k), r);
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    gram[i][j] = gram[i][j].add(row[i].multiply(row[j]));
                }
                gramLabels[i] = gramLabels[i].add(row[i].multiply(label));
            }
        }
        // G has denominator s^2 and b has s r; bring both over s lcm(s, r)
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                gram[i][j] = gram[i][j].multiply(common.divide(s));
            }
            gramLabels[i] = gramLabels[i].multiply(common.divide(r));
        }
        return new ScaledProblem(gram, gramLabels, s.multiply(common));
    }

    static BigInteger over(BigRational value, BigInteger denominator) {
        return value.getNumeratorBigInteger().multiply(denominator.divide(value.getDenominatorBigInteger()));
    }

    static BigInteger lcm(BigInteger a, BigInteger b) {
        return a.divide(a.gcd(b)).multiply(b);
    }

    static BigInteger[][] zeros(int rows, int columns) {
        BigInteger[][] zeros = new BigInteger[rows][columns];
        for (BigInteger[] row : zeros) {
            Arrays.fill(row, BigInteger.ZERO);
        }
        return zeros;
    }

    /** Whether G times the vector is exactly b. */
    boolean solvedBy(Vector<BigRational> solution) {
        RationalField field = RationalField.INSTANCE;
        for (int i = 0; i < gram.length; i++) {
            BigRational sum = BigRational.ZERO;
            for (int j = 0; j < gram.length; j++) {
                sum = field.add(sum, field.multiply(BigRational.valueOf(gram[i][j]), solution.get(j)));
            }
            if (!field.equal(sum, BigRational.valueOf(gramLabels[i]))) {
                return false;
            }
        }
        return true;
    }
}
