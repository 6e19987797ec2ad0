package org.loopcert.kernel;

import static org.loopcert.kernel.Refusal.require;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

    /** D [X y], shape n x (d + 1). */
    final BigInteger[][] prompt;

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
        List<Fraction> entries = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            entries.addAll(instance.examples().get(i));
            entries.add(instance.labels().get(i));
        }
        BigInteger[] scaled = Vectors.overCommonDenominator(entries, meter);
        scale = scaled[entries.size()];
        square = scale.multiply(scale);
        prompt = new BigInteger[n][];
        examples = new BigInteger[n][];
        for (int i = 0; i < n; i++) {
            prompt[i] = Arrays.copyOfRange(scaled, i * (d + 1), (i + 1) * (d + 1));
            examples[i] = Arrays.copyOf(prompt[i], d);
        }
        BigInteger[][] products = Vectors.transposedTimes(prompt, prompt, meter);
        gram = new BigInteger[d][];
        moment = new BigInteger[d];
        for (int j = 0; j < d; j++) {
            gram[j] = Arrays.copyOf(products[j], d);
            moment[j] = products[j][d];
        }
        labelSquare = products[d][d];
        int right = Math.max(Vectors.bits(moment), Vectors.bits(prompt));
        bits = Math.max(square.bitLength(), Math.max(right, Vectors.bits(gram)));
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
