package org.loopcert.spectrum;

import java.math.BigInteger;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.IntegerVector;

/**
 * An approximate eigenpair of a symmetric integer matrix: a vector in fixed point and its exact Rayleigh quotient, which
 * errs by the square of the vector's error. A proposal: the error is estimated, not bounded.
 */
final class Eigenpair {
    private final BigInteger[] vector;
    private final int precision;
    private final BigInteger[] image;
    private final BigInteger numerator;
    private final BigInteger square;
    private final int errorExponent;

    /**
     * @param vector v, to be divided by 2^precision to have length about one
     * @param image the matrix times v
     * @param errorExponent e where the Rayleigh quotient is expected to err by at most 2^e
     */
    private Eigenpair(
            BigInteger[] vector,
            int precision,
            BigInteger[] image,
            BigInteger numerator,
            BigInteger square,
            int errorExponent) {
        this.vector = vector;
        this.precision = precision;
        this.image = image;
        this.numerator = numerator;
        this.square = square;
        this.errorExponent = errorExponent;
    }

    static Eigenpair of(DigitMatrix matrix, BigInteger[] vector, int precision) {
        BigInteger[] image = matrix.multiply(vector);
        return new Eigenpair(vector, precision, image, dot(vector, image), dot(vector, vector), Integer.MAX_VALUE);
    }

    Eigenpair withError(int exponent) {
        return new Eigenpair(vector, precision, image, numerator, square, exponent);
    }

    /** A vector scaled to length 2^precision. */
    static BigInteger[] unit(BigInteger[] vector, int precision) {
        BigInteger square = dot(vector, vector);
        int more = Math.max(0, precision + 8 - square.bitLength() / 2);
        BigInteger length = square.shiftLeft(2 * more).sqrt();
        BigInteger[] result = new BigInteger[vector.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = vector[i].shiftLeft(precision + more).divide(length);
        }
        return result;
    }

    static BigInteger dot(BigInteger[] a, BigInteger[] b) {
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < a.length; i++) {
            sum = sum.add(a[i].multiply(b[i]));
        }
        return sum;
    }

    BigInteger[] vector() {
        return vector;
    }

    int precision() {
        return precision;
    }

    /** The matrix times v, times 2^bits, less the Rayleigh quotient times v: exact but for the rounding of the quotient. */
    BigInteger[] residual(int bits) {
        BigInteger quotient = numerator.shiftLeft(bits).divide(square);
        BigInteger[] result = new BigInteger[vector.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = image[i].shiftLeft(bits).subtract(quotient.multiply(vector[i]));
        }
        return result;
    }

    /** floor(log2) of the Rayleigh quotient, or one less; meaningless unless it is positive. */
    int exponent() {
        return numerator.bitLength() - square.bitLength() - 1;
    }

    boolean isPositive() {
        return numerator.signum() > 0;
    }

    int errorExponent() {
        return errorExponent;
    }

    /** The number of leading bits of the eigenvalue that are expected to be right. */
    int bits() {
        return exponent() - errorExponent;
    }

    /** The Rayleigh quotient over a denominator, rounded down far below its error; exactly a lower bound of lambda_max. */
    Fraction value(BigInteger denominator) {
        int scale = Math.max(8 - errorExponent, 64 - exponent());
        BigInteger floor =
                scale >= 0 ? numerator.shiftLeft(scale).divide(square) : numerator.divide(square.shiftLeft(-scale));
        return ratio(floor, scale, denominator);
    }

    /** The Rayleigh quotient times 2^places, rounded down. */
    BigInteger floor(int places) {
        return numerator.shiftLeft(places).divide(square);
    }

    /** The expected (not guaranteed) error of {@link #value}. */
    Fraction uncertainty(BigInteger denominator) {
        return ratio(BigInteger.ONE, -errorExponent, denominator);
    }

    private static Fraction ratio(BigInteger p, int scale, BigInteger denominator) {
        return scale >= 0
                ? Fraction.of(p, denominator.shiftLeft(scale))
                : Fraction.of(p.shiftLeft(-scale), denominator);
    }

    /** The sign of the exact Rayleigh quotient over a denominator less a bound. */
    int compareTo(Fraction bound, BigInteger denominator) {
        return numerator
                .multiply(bound.denominator())
                .compareTo(bound.numerator().multiply(denominator).multiply(square));
    }

    /** The eigenvector rounded to this many fractional bits, not more than there are. */
    IntegerVector rounded(int bits) {
        int drop = precision - bits;
        if (drop == 0) {
            return IntegerVector.of(vector);
        }
        BigInteger half = BigInteger.ONE.shiftLeft(drop - 1);
        BigInteger[] result = new BigInteger[vector.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = vector[i].add(half).shiftRight(drop);
        }
        return IntegerVector.of(result);
    }
}
