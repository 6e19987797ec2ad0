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
    final Limits.Meter meter;
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

    /** Largest bit length of an entry of D^2 G and D^2 b, of D y, and of D^2. */
    final int bits;

    Problem(Instance instance, Limits.Meter meter) throws Refusal {
        this.instance = instance;
        this.meter = meter;
        n = instance.n();
        d = instance.d();
        BigInteger common = BigInteger.ONE;
        int longest = 1;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= d; j++) {
                Fraction entry = j < d
                        ? instance.examples().get(i).get(j)
                        : instance.labels().get(i);
                common = Vectors.lcm(common, entry.denominator(), meter);
                longest = Math.max(longest, entry.numerator().bitLength());
            }
        }
        scale = common;
        int words = (scale.bitLength() + longest) / 64 + 1;
        meter.memory(n + 2L * d, d, words);
        meter.work(words, words, n, d, d);
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
        int right = Math.max(Vectors.bits(moment), Vectors.bits(labels));
        bits = Math.max(square.bitLength(), Math.max(right, Vectors.bits(gram)));
    }

    private BigInteger scaled(Fraction value) {
        return value.numerator().multiply(scale.divide(value.denominator()));
    }

    /** The Rayleigh quotient v'Gv / v'v of an integer vector of d entries, which must not be zero. */
    Fraction rayleigh(BigInteger[] v) throws Refusal {
        require(v.length == d, Reason.SHAPE, d + " entries", v.length);
        require(!Vectors.isZero(v), Reason.ZERO_WITNESS, "a vector different from 0");
        int words = (Vectors.bits(v) + bits) / 64 + 1;
        meter.work(words, words, d, d);
        return Fraction.of(
                Vectors.dot(v, Vectors.multiply(gram, v)), Vectors.dot(v, v).multiply(square));
    }

    /** The integer matrix D^2 q (x G + y I), where q > 0 is the product of the denominators. */
    BigInteger[][] shifted(Fraction x, Fraction y) throws Refusal {
        BigInteger factor = x.numerator().multiply(y.denominator());
        BigInteger diagonal = y.numerator().multiply(x.denominator()).multiply(square);
        int words = (factor.bitLength() + y.numerator().bitLength() + bits) / 64 + 1;
        meter.memory(d, d, words);
        meter.work(words, words, d, d);
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
