package org.loopcert.drift;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import org.loopcert.exact.Gram;
import org.loopcert.exact.IntegerMatrix;
import org.loopcert.exact.IntegerVector;
import org.loopcert.exact.ScaledVector;
import org.loopcert.matrix.Vector;

/**
 * The exact G = X'X and b = X'y of an instance over one denominator.
 *
 * @param gram the numerators of G, d x d
 * @param gramLabels the numerators of b
 * @param denominator the positive denominator of both
 */
record ScaledProblem(BigInteger[][] gram, BigInteger[] gramLabels, BigInteger denominator) {
    static ScaledProblem of(DescentInstance instance) {
        Gram gram = Gram.of(instance.examples(), instance.labels());
        int d = gram.features();
        BigInteger common = lcm(gram.gDen(), gram.bDen());
        BigInteger[][] entries = gram.gi().toArray();
        BigInteger[] labels = gram.bi().toArray();
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                entries[i][j] = entries[i][j].multiply(common.divide(gram.gDen()));
            }
            labels[i] = labels[i].multiply(common.divide(gram.bDen()));
        }
        return new ScaledProblem(entries, labels, common);
    }

    static BigInteger over(BigRational value, BigInteger denominator) {
        return value.getNumeratorBigInteger().multiply(denominator.divide(value.getDenominatorBigInteger()));
    }

    static BigInteger lcm(BigInteger a, BigInteger b) {
        return a.divide(a.gcd(b)).multiply(b);
    }

    /** Whether G times the vector is exactly b. */
    boolean solvedBy(Vector<BigRational> solution) {
        ScaledVector scaled = ScaledVector.of(solution);
        IntegerVector image = IntegerMatrix.of(gram).multiply(scaled.numerators());
        for (int i = 0; i < gramLabels.length; i++) {
            if (!image.get(i).equals(gramLabels[i].multiply(scaled.denominator()))) {
                return false;
            }
        }
        return true;
    }
}
