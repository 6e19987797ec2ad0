package org.loopcert.exact;

import java.math.BigInteger;

/**
 * Whether |theta(t) - theta*|^2 &lt;= rho^t |theta(0) - theta*|^2 along a {@link DigitReplay} (CHEN2024, Lemma 5.6 with
 * rho = 1 - eta mu), decided from the leading digits of the differences with errors bounded, and exactly where these do not
 * decide.
 */
final class DistanceBound {
    /** Leading parts of this size or more are taken; they stay below 2^61. */
    private static final long LARGE = 1L << 36;

    /** Leading parts are cut to this length before they are squared: sums of up to 2^10 squares fit a long. */
    private static final int SQUARED_BITS = 26;

    private final ScaledVector point;
    private final Fraction ratio;
    private final Fraction first;
    private final FloorNumber factor;

    /** theta* m. */
    private final IntegerVector scaledPoint;

    /** At most rho^t |theta(0) - theta*|^2 (A m W_0 ... W_{t-1})^2. */
    private FloorNumber bound;

    private int loops;

    /**
     * A bound that stands at t = 0.
     *
     * @param ratio rho, not negative
     * @param labelScale m, a multiple of the denominator of theta*
     * @param scale A m
     */
    DistanceBound(ScaledVector point, Fraction ratio, ScaledVector start, BigInteger labelScale, BigInteger scale) {
        this.point = point;
        this.ratio = ratio;
        scaledPoint = point.numerators().multiply(labelScale.divide(point.denominator()));
        first = distance(start);
        factor = FloorNumber.of(ratio);
        bound = FloorNumber.of(first.multiply(Fraction.of(scale.multiply(scale), BigInteger.ONE)));
    }

    /** |theta - theta*|^2. */
    private Fraction distance(ScaledVector theta) {
        Fraction sum = Fraction.ZERO;
        for (int j = 0; j < theta.size(); j++) {
            Fraction difference = theta.get(j).subtract(point.get(j));
            sum = sum.add(difference.multiply(difference));
        }
        return sum;
    }

    /** One loop with W_t. */
    void advance(BigInteger scale) {
        FloorNumber w = FloorNumber.of(Fraction.of(scale, BigInteger.ONE));
        bound = bound.multiply(factor).multiply(w).multiply(w);
        loops++;
    }

    /**
     * Whether the bound holds at t.
     *
     * @param descent F_t = -theta(t) A m W_0 ... W_{t-1}
     * @param odd U_t = odd 2^exponent = A W_0 ... W_{t-1}
     */
    boolean holds(DigitVector descent, BigInteger odd, int exponent, DigitReplay replay) {
        int d = scaledPoint.size();
        double[][] points = new double[d][];
        int low = exponent / Digits.BITS;
        BigInteger unit = odd.shiftLeft(exponent % Digits.BITS);
        int top = descent.length();
        for (int j = 0; j < d; j++) {
            BigInteger value = scaledPoint.get(j).multiply(unit);
            points[j] = new double[Digits.count(value.bitLength())];
            Digits.write(value, points[j], 0);
            top = Math.max(top, low + points[j].length);
        }
        // F_t + theta* m U_t, from the highest digit down to digit w until one entry is large
        long[] leading = new long[d];
        long largest = 0;
        int w = top;
        while (w > 0 && largest < LARGE) {
            w--;
            for (int j = 0; j < d; j++) {
                double digit = w < descent.length() ? descent.rows[j][w] : 0;
                int at = w - low;
                digit += at >= 0 && at < points[j].length ? points[j][at] : 0;
                leading[j] = (leading[j] << Digits.BITS) + (long) digit;
                largest = Math.max(largest, Math.abs(leading[j]));
            }
        }
        // what lies below is less than 2 in units of digit w, being sums of two reduced digits
        int cut = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(largest) - SQUARED_BITS);
        BigInteger most = BigInteger.ZERO;
        long squares = 0;
        for (int j = 0; j < d; j++) {
            long size = Math.abs(leading[j]) + (w > 0 ? 2 : 0);
            long cutSize = (size >> cut) + (cut > 0 ? 1 : 0);
            squares += cutSize * cutSize;
            if ((j & 511) == 511) {
                most = most.add(BigInteger.valueOf(squares));
                squares = 0;
            }
        }
        most = most.add(BigInteger.valueOf(squares));
        return bound.isAtLeast(most, 2L * (Digits.BITS * (long) w + cut)) || holdsExactly(replay.theta());
    }

    private boolean holdsExactly(ScaledVector theta) {
        BigInteger numerator = ratio.numerator().pow(loops);
        BigInteger denominator = ratio.denominator().pow(loops);
        return distance(theta).compareTo(first.multiply(Fraction.of(numerator, denominator))) <= 0;
    }
}
