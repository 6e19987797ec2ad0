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

    private final BigInteger labelScale;
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
        this.labelScale = labelScale;
        this.ratio = ratio;
        scaledPoint = point.numerators().multiply(labelScale.divide(point.denominator()));
        first = distance(start, point);
        factor = FloorNumber.of(ratio);
        bound = FloorNumber.of(first.multiply(Fraction.of(scale.multiply(scale), BigInteger.ONE)));
    }

    private static Fraction distance(ScaledVector theta, ScaledVector point) {
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
    boolean holds(DigitVector descent, BigInteger odd, int exponent) {
        int d = scaledPoint.size();
        double[][] points = new double[d][];
        int low = exponent / Digits.BITS;
        BigInteger unit = odd.shiftLeft(exponent % Digits.BITS);
        int top = 2 * descent.length();
        for (int j = 0; j < d; j++) {
            points[j] = Digits.of(scaledPoint.get(j).multiply(unit));
            top = Math.max(top, low + points[j].length);
        }
        // F_t + theta* m U_t, from the highest digit down to digit w until one entry is large
        long[] leading = new long[d];
        long largest = 0;
        int w = top;
        while (w > 0 && largest < LARGE) {
            w--;
            for (int j = 0; j < d; j++) {
                double digit = descent.digit(j, w);
                int at = w - low;
                digit += at >= 0 && at < points[j].length ? points[j][at] : 0;
                leading[j] = (leading[j] << Digits.BITS) + (long) digit;
                largest = Math.max(largest, Math.abs(leading[j]));
            }
        }
        // what lies below is less than 2 in units of digit w, being sums of two reduced digits
        for (int j = 0; j < d; j++) {
            leading[j] = Math.abs(leading[j]) + (w > 0 ? 2 : 0);
        }
        int cut = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(largest) - SQUARED_BITS);
        return bound.isAtLeast(squares(leading, cut), 2L * (Digits.BITS * (long) w + cut))
                || bound.isAtLeast(squares(leading, 0), 2L * Digits.BITS * w)
                || holdsExactly(descent, odd.shiftLeft(exponent));
    }

    /** At least the sum of the squares, in units of 4^cut. */
    private static BigInteger squares(long[] sizes, int cut) {
        BigInteger sum = BigInteger.ZERO;
        long part = 0;
        for (int j = 0; j < sizes.length; j++) {
            if (cut == 0) {
                BigInteger size = BigInteger.valueOf(sizes[j]);
                sum = sum.add(size.multiply(size));
                continue;
            }
            long size = (sizes[j] >> cut) + 1;
            part += size * size;
            if ((j & 511) == 511) {
                sum = sum.add(BigInteger.valueOf(part));
                part = 0;
            }
        }
        return sum.add(BigInteger.valueOf(part));
    }

    /** As {@link #holds}, in integers: |F_t + theta* m U_t|^2 against rho^t |theta(0) - theta*|^2 (m U_t)^2. */
    private boolean holdsExactly(DigitVector descent, BigInteger unit) {
        BigInteger distance = BigInteger.ZERO;
        for (int j = 0; j < scaledPoint.size(); j++) {
            BigInteger difference = descent.get(j).add(scaledPoint.get(j).multiply(unit));
            distance = distance.add(difference.multiply(difference));
        }
        BigInteger scale = unit.multiply(labelScale);
        BigInteger left = distance.multiply(first.denominator())
                .multiply(ratio.denominator().pow(loops));
        BigInteger right =
                first.numerator().multiply(ratio.numerator().pow(loops)).multiply(scale.multiply(scale));
        return left.compareTo(right) <= 0;
    }
}
