package org.loopcert.kernel;

import java.math.BigInteger;
import java.util.Arrays;

/** Integer vectors and matrices as plain arrays, and vectors of fractions. */
final class Vectors {
    private Vectors() {}

    static BigInteger[] zero(int size) {
        BigInteger[] result = new BigInteger[size];
        Arrays.fill(result, BigInteger.ZERO);
        return result;
    }

    static BigInteger[][] zero(int rows, int columns) {
        BigInteger[][] result = new BigInteger[rows][];
        for (int i = 0; i < rows; i++) {
            result[i] = zero(columns);
        }
        return result;
    }

    static BigInteger dot(BigInteger[] a, BigInteger[] b) {
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < a.length; i++) {
            if (a[i].signum() != 0 && b[i].signum() != 0) {
                sum = sum.add(a[i].multiply(b[i]));
            }
        }
        return sum;
    }

    static BigInteger[] multiply(BigInteger[][] a, BigInteger[] v) {
        BigInteger[] result = new BigInteger[a.length];
        for (int i = 0; i < a.length; i++) {
            result[i] = dot(a[i], v);
        }
        return result;
    }

    static boolean isZero(BigInteger[] v) {
        boolean zero = true;
        for (BigInteger entry : v) {
            zero &= entry.signum() == 0;
        }
        return zero;
    }

    static int bits(BigInteger[] v) {
        int bits = 0;
        for (BigInteger entry : v) {
            bits = Math.max(bits, entry.bitLength());
        }
        return bits;
    }

    static int bits(BigInteger[][] a) {
        int bits = 0;
        for (BigInteger[] row : a) {
            bits = Math.max(bits, bits(row));
        }
        return bits;
    }

    static BigInteger lcm(BigInteger a, BigInteger b, Limits.Meter meter) throws Refusal {
        meter.denominator(a);
        if (a.mod(b).signum() == 0) {
            return a;
        }
        BigInteger common = a.divide(a.gcd(b)).multiply(b);
        meter.denominator(common);
        return common;
    }

    static Fraction dot(Fraction[] a, Fraction[] b, Limits.Meter meter) throws Refusal {
        BigInteger[] x = overCommonDenominator(a, meter);
        BigInteger[] y = overCommonDenominator(b, meter);
        int words = (bits(x) + bits(y)) / 64 + 1;
        meter.work(words, words, 4L * a.length + 60); // and a greatest common divisor
        BigInteger denominator = x[a.length].multiply(y[b.length]);
        return Fraction.of(dot(x, y).subtract(denominator), denominator);
    }

    static Fraction[] subtract(Fraction[] a, Fraction[] b, Limits.Meter meter) throws Refusal {
        BigInteger[] x = overCommonDenominator(a, meter);
        BigInteger[] y = overCommonDenominator(b, meter);
        int words = (bits(x) + bits(y)) / 64 + 1;
        meter.work(words, words, a.length);
        Fraction[] result = new Fraction[a.length];
        for (int i = 0; i < a.length; i++) {
            result[i] = a[i].subtract(b[i]);
        }
        return result;
    }

    /** The numerators of the entries over the common denominator, which is returned last. */
    static BigInteger[] overCommonDenominator(Fraction[] v, Limits.Meter meter) throws Refusal {
        BigInteger common = BigInteger.ONE;
        int longest = 1;
        for (Fraction entry : v) {
            common = lcm(common, entry.denominator(), meter);
            longest = Math.max(longest, entry.numerator().bitLength());
        }
        int words = (common.bitLength() + longest) / 64 + 1;
        meter.memory(v.length, words);
        meter.work(words, words, v.length);
        BigInteger[] result = new BigInteger[v.length + 1];
        for (int i = 0; i < v.length; i++) {
            result[i] = v[i].numerator().multiply(common.divide(v[i].denominator()));
        }
        result[v.length] = common;
        return result;
    }
}
