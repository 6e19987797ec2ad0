package org.loopcert.spectrum;

import java.math.BigInteger;
import java.util.Optional;
import java.util.function.Predicate;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.IntegerVector;

/**
 * Short integer vectors near an eigenvector. Which lengths are worth an exact check is foretold in doubles, from what the
 * rounding changed: with Av = lambda v and w = v + e, the quotient of w misses lambda by exactly e'(lambda - A)e / w'w.
 */
final class Roundings {
    /** Foretold numbers may be off by this factor, as a base-two logarithm. */
    private static final double SLACK = 0.01;

    /** Beyond, doubles might overflow, and nothing is foretold. */
    private static final int FORETOLD_BITS = 400;

    /** Leading bits of a vector that are kept in a long. */
    private static final int LEADING_BITS = 60;

    /** Roundings so short are foretold from these. */
    private static final int SHORT_BITS = 30;

    private static final double LOG_TWO = StrictMath.log(2);

    private Roundings() {}

    /** By how much a quotient misses the eigenvalue, from w and w - v, both in units of one. */
    @FunctionalInterface
    interface Foretold {
        double miss(double[] w, double[] error);
    }

    /**
     * The shortest rounding that passes, among some lengths.
     *
     * @param margin the base-two logarithm of the largest miss that can pass; NaN if none can
     */
    static Optional<IntegerVector> shortest(
            Eigenpair pair, double margin, Foretold foretold, Predicate<IntegerVector> passes) {
        if (Double.isNaN(margin)) {
            return Optional.empty();
        }
        boolean unit = bitLength(pair.vector()) <= pair.precision() + 1;
        long[] leading = unit ? leading(pair) : new long[0];
        for (int bits = 2; bits <= pair.precision(); bits += 1 + bits / 6) {
            boolean hopeful = unit && bits <= SHORT_BITS
                    ? isHopeful(leading, bits, margin, foretold)
                    : isHopeful(pair, bits, margin, foretold);
            if (hopeful) {
                IntegerVector primitive = pair.rounded(bits).primitive();
                if (passes.test(primitive)) {
                    return Optional.of(primitive);
                }
            }
        }
        return Optional.empty();
    }

    /** The vector with {@link #LEADING_BITS} fractional bits, rounded down. */
    private static long[] leading(Eigenpair pair) {
        long[] leading = new long[pair.vector().length];
        for (int i = 0; i < leading.length; i++) {
            leading[i] =
                    pair.vector()[i].shiftRight(pair.precision() - LEADING_BITS).longValueExact();
        }
        return leading;
    }

    /** From leading bits, which round to the same entries, as rounding down twice is rounding down once. */
    private static boolean isHopeful(long[] leading, int bits, double margin, Foretold foretold) {
        int drop = LEADING_BITS - bits;
        long half = 1L << drop - 1;
        double unit = 1.0 / (1L << drop);
        double[] w = new double[leading.length];
        double[] error = new double[leading.length];
        long all = 0;
        for (int i = 0; i < w.length; i++) {
            long rounded = leading[i] + half >> drop;
            all |= rounded;
            w[i] = rounded;
            error[i] = ((rounded << drop) - leading[i]) * unit;
        }
        return all != 0 && isWithin(foretold.miss(w, error), margin);
    }

    private static boolean isHopeful(Eigenpair pair, int bits, double margin, Foretold foretold) {
        IntegerVector v = pair.rounded(bits);
        if (bits > FORETOLD_BITS || v.isZero()) {
            return !v.isZero();
        }
        int drop = pair.precision() - bits;
        double[] w = new double[v.size()];
        double[] error = new double[v.size()];
        for (int i = 0; i < w.length; i++) {
            w[i] = v.get(i).doubleValue();
            BigInteger difference = v.get(i).shiftLeft(drop).subtract(pair.vector()[i]);
            int excess = Math.max(0, difference.bitLength() - 64);
            error[i] = Math.scalb(difference.shiftRight(excess).doubleValue(), excess - drop);
        }
        return isWithin(foretold.miss(w, error), margin);
    }

    private static boolean isWithin(double miss, double margin) {
        // not ">": a miss that is no number foretells nothing
        return !(miss > 0 && log2(miss) > margin + SLACK);
    }

    /** e'(lambda - A)e / w'w. */
    static double deficit(double[][] a, double lambda, double[] w, double[] e) {
        double[] image = multiply(a, e);
        return (lambda * dot(e, e) - dot(e, image)) / dot(w, w);
    }

    /** f'(A - lambda)f / |Aw|^2 with f = Ae: by how much the quotient of Aw exceeds lambda. */
    static double excess(double[][] a, double lambda, double[] w, double[] e) {
        double[] f = multiply(a, e);
        double[] image = multiply(a, f);
        double square = 0;
        for (int i = 0; i < f.length; i++) {
            double entry = lambda * (w[i] - e[i]) + f[i];
            square += entry * entry;
        }
        return (dot(f, image) - lambda * dot(f, f)) / square;
    }

    /** By rows, which are columns as well. */
    private static double[] multiply(double[][] a, double[] x) {
        double[] result = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            double factor = x[i];
            double[] row = a[i];
            for (int j = 0; j < result.length; j++) {
                result[j] = Math.fma(factor, row[j], result[j]);
            }
        }
        return result;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** An approximate base-two logarithm. */
    static double log2(double x) {
        return StrictMath.log(x) / LOG_TWO;
    }

    /** An approximate base-two logarithm of a positive number. */
    static double log2(Fraction x) {
        return log2(x.numerator()) - log2(x.denominator());
    }

    private static double log2(BigInteger x) {
        int drop = Math.max(0, x.bitLength() - 64);
        return drop + log2(x.shiftRight(drop).doubleValue());
    }

    /** The longest entry, in bits. */
    static int bitLength(BigInteger[] vector) {
        int bits = 0;
        for (BigInteger entry : vector) {
            bits = Math.max(bits, entry.bitLength());
        }
        return bits;
    }

    /** The entries over 2^exponent, which none exceeds by far. */
    static double[] toDoubles(BigInteger[] vector, int exponent) {
        double[] result = new double[vector.length];
        int drop = Math.max(0, exponent - 128);
        for (int i = 0; i < result.length; i++) {
            result[i] = Math.scalb(vector[i].shiftRight(drop).doubleValue(), drop - exponent);
        }
        return result;
    }

    /** The integer nearest to x 2^exponent, or one next to it. */
    static BigInteger toInteger(double x, int exponent) {
        if (x == 0) {
            return BigInteger.ZERO;
        }
        int scale = 62 - Math.getExponent(x);
        BigInteger mantissa = BigInteger.valueOf((long) Math.scalb(x, scale));
        int shift = exponent - scale;
        if (shift >= 0) {
            return mantissa.shiftLeft(shift);
        }
        return mantissa.add(BigInteger.ONE.shiftLeft(-shift - 1)).shiftRight(-shift);
    }
}
