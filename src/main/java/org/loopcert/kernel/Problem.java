package org.loopcert.kernel;

import static org.loopcert.kernel.Refusal.require;

import java.math.BigInteger;
import org.loopcert.kernel.Verdict.Reason;

/**
 * What rules compute with: X and y as integers over one denominator D, and from them the Gram
 * matrix G = X'X and b = X'y as integers over D^2. Made from the instance only.
 */
final class Problem {
    final Instance instance;
    final Limits limits;
    final int n;
    final int d;

    /** D, a common denominator of all entries of X and y. */
    final BigInteger scale;

    /** D X, shape n x d. */
    final BigInteger[][] examples;

    /** D y. */
    final BigInteger[] labels;

    /** D^2 G, symmetric d x d. */
    final BigInteger[][] gram;

    /** D^2 b. */
    final BigInteger[] moment;

    /** D^2. */
    final BigInteger square;

    /** D^2 |y|^2. */
    final BigInteger labelSquare;

    /** Largest bit length of an entry of D X and D y, of D^2 G and D^2 b, and of D^2. */
    final int bits;

    Problem(Instance instance, Limits limits) throws Refusal {
        this.instance = instance;
        this.limits = limits;
        n = instance.n();
        d = instance.d();
        BigInteger common = BigInteger.ONE;
        for (int i = 0; i < n; i++) {
            common = lcm(common, instance.labels().get(i).denominator());
            for (int j = 0; j < d; j++) {
                common = lcm(common, instance.examples().get(i).get(j).denominator());
                limits.bits(common.bitLength());
            }
        }
        scale = common;
        int words = scale.bitLength() / 64 + 1;
        limits.work(n, d, d, words, words);
        square = scale.multiply(scale);
        examples = new BigInteger[n][d];
        labels = new BigInteger[n];
        gram = Vectors.zero(d, d);
        moment = Vectors.zero(d);
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < n; i++) {
            labels[i] = scaled(instance.labels().get(i));
            sum = sum.add(labels[i].multiply(labels[i]));
            for (int j = 0; j < d; j++) {
                examples[i][j] = scaled(instance.examples().get(i).get(j));
                moment[j] = moment[j].add(examples[i][j].multiply(labels[i]));
                for (int k = 0; k <= j; k++) {
                    gram[j][k] = gram[j][k].add(examples[i][j].multiply(examples[i][k]));
                    gram[k][j] = gram[j][k];
                }
            }
        }
        labelSquare = sum;
        bits = Math.max(square.bitLength(), Math.max(Vectors.bits(moment), Vectors.bits(gram)));
    }

    private static BigInteger lcm(BigInteger a, BigInteger b) {
        return a.divide(a.gcd(b)).multiply(b);
    }

    private BigInteger scaled(Fraction value) {
        return value.numerator().multiply(scale.divide(value.denominator()));
    }

    /** The Rayleigh quotient v'Gv / v'v of an integer vector of d entries, which must not be zero. */
    Fraction rayleigh(BigInteger[] v) throws Refusal {
        require(v.length == d, Reason.SHAPE, d + " entries", v.length);
        require(!Vectors.isZero(v), Reason.ZERO_WITNESS, "a vector different from 0");
        return Fraction.of(
                Vectors.dot(v, Vectors.multiply(gram, v)), Vectors.dot(v, v).multiply(square));
    }

    /** The integer matrix D^2 q (x G + y I), where q > 0 is the product of the denominators. */
    BigInteger[][] shifted(Fraction x, Fraction y) {
        BigInteger factor = x.numerator().multiply(y.denominator());
        BigInteger diagonal = y.numerator().multiply(x.denominator()).multiply(square);
        BigInteger[][] result = new BigInteger[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                result[i][j] = gram[i][j].multiply(factor);
            }
            result[i][i] = result[i][i].add(diagonal);
        }
        return result;
    }
}
