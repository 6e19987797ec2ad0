package org.loopcert.kernel;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

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
        Arrays.setAll(result, i -> zero(columns));
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
        return Arrays.stream(a).map(row -> dot(row, v)).toArray(BigInteger[]::new);
    }

    static BigInteger[] scale(BigInteger factor, BigInteger[] v) {
        return Arrays.stream(v).map(factor::multiply).toArray(BigInteger[]::new);
    }

    static boolean isZero(BigInteger[] v) {
        return Arrays.stream(v).allMatch(entry -> entry.signum() == 0);
    }

    static int bits(BigInteger[] v) {
        return Arrays.stream(v).mapToInt(BigInteger::bitLength).max().orElse(0);
    }

    static int bits(BigInteger[][] a) {
        return Arrays.stream(a).mapToInt(Vectors::bits).max().orElse(0);
    }

    static Fraction dot(Fraction[] a, Fraction[] b) {
        Fraction sum = Fraction.ZERO;
        for (int i = 0; i < a.length; i++) {
            sum = sum.add(a[i].multiply(b[i]));
        }
        return sum;
    }

    static Fraction[] subtract(Fraction[] a, Fraction[] b) {
        Fraction[] result = new Fraction[a.length];
        Arrays.setAll(result, i -> a[i].subtract(b[i]));
        return result;
    }

    /** The numerators of the entries over the common denominator, which is returned last. */
    static BigInteger[] overCommonDenominator(Fraction[] v) {
        BigInteger common = BigInteger.ONE;
        for (Fraction entry : v) {
            common = common.divide(common.gcd(entry.denominator())).multiply(entry.denominator());
        }
        BigInteger[] result = new BigInteger[v.length + 1];
        for (int i = 0; i < v.length; i++) {
            result[i] = v[i].numerator().multiply(common.divide(v[i].denominator()));
        }
        result[v.length] = common;
        return result;
    }

    static String words(List<Fraction> v) {
        String text = v.toString();
        return text.length() <= 400 ? text : text.substring(0, 397) + "...";
    }
}
