package org.loopcert.exact;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/**
 * What interval arithmetic on multiples of u = 2^-bits with outward rounding can get for v'(I - eta G)^t e by repeated
 * squaring, without doing it: an interval that its result certainly lies in, hardly wider than that result.
 *
 * <p>By induction every interval there, of an entry of a power of A = I - eta G or of the state, lies within some R
 * (entry by entry, in units of u) around an entry of a centre C here. It holds for the first ones, which are rounded
 * outward once, by less than 1. A product of intervals around C and D, within R and S, lies within |C| S + R |D| + u R S
 * around C D, whatever way its ends are found, since these are values of products at ends; the exact sums of such
 * intervals are rounded outward by less than 1; and the centre here is rounded, by a known amount, from C D. Hence
 *
 * <pre>
 *   R(P^2) = |C| R + R |C| + u R R + 1 + rounding,    r(P v) = (|C| + u R) r + R |c| + 1 + rounding.
 * </pre>
 *
 * R is computed in doubles: sums of numbers that are not negative, enlarged once for all their roundings.
 *
 * @param centre of the interval for the absolute value of the result
 * @param radius of that interval; its lower end may be negative
 * @param magnitude log2 of the absolute value of the result, a little too small; empty if that may be zero
 */
public record IntervalPower(Fraction centre, Fraction radius, Optional<Long> magnitude) {
    /** Bits by which centres are finer than u. */
    private static final int FINER = 24;

    private static final long LARGEST = 1 << 20;

    /**
     * The enclosure of what is got.
     *
     * @param low the lower end of eta
     * @param high its upper end; both the same if eta is one number
     * @param contraction a certified upper bound of |I - (low + high)/2 G|
     * @param start e
     * @param target v
     * @param loops t
     * @param bits -log2 u
     * @return empty where no double bounds the intervals' widths
     */
    public static Optional<IntervalPower> of(
            Gram gram,
            Fraction low,
            Fraction high,
            Fraction contraction,
            ScaledVector start,
            ScaledVector target,
            long loops,
            int bits) {
        int d = gram.features();
        Fraction middle = low.add(high).multiply(Fraction.of(1, 2));
        DigitFormat format = DigitFormat.of(d, bits + FINER);
        BigInteger scale = middle.denominator().multiply(gram.gDen());
        BallMatrix power = BallMatrix.of(
                format,
                ScaledMatrix.of(gram.gi().multiply(middle.numerator().negate()).addToDiagonal(scale), scale),
                Upward.of(contraction));
        BallVector state = BallVector.of(format, start);
        double unit = Math.scalb(1.0, -Math.min(bits, 1_000));
        double half = Upward.of(high.subtract(low).multiply(Fraction.dyadic(BigInteger.ONE, bits - 1)));
        double[] width = new double[d * d];
        double[] entries =
                BallMatrix.of(format, gram.matrix(), Double.POSITIVE_INFINITY).magnitudes();
        for (int i = 0; i < width.length; i++) {
            width[i] = Upward.add(Upward.multiply(entries[i], half), rounded(power.rounding(bits)));
        }
        double[] stateWidth = new double[d];
        Arrays.fill(stateWidth, rounded(state.rounding(bits)));
        for (long rest = loops; rest > 0; rest >>= 1) {
            double[] magnitudes = power.magnitudes();
            if ((rest & 1) == 1) {
                double[] held = state.magnitudes();
                state = state.multiply(power);
                stateWidth = image(magnitudes, width, held, stateWidth, unit, rounded(state.rounding(bits)));
            }
            if (rest > 1) {
                power = power.square();
                width = square(magnitudes, width, unit, rounded(power.rounding(bits)));
            }
        }
        return inner(target, state, stateWidth, bits);
    }

    /** One unit for the rounding outward, what a centre was rounded by, and room for sums that underflow. */
    private static double rounded(double rounding) {
        return Upward.add(1 + 0x1p-20, rounding);
    }

    private static double[] square(double[] centre, double[] width, double unit, double rounding) {
        int d = (int) Math.sqrt(width.length);
        // |C| R + R |C| + u R R = S + S' with S = (|C| + u R / 2) R
        double[] product = new double[width.length];
        for (int i = 0; i < d; i++) {
            for (int k = 0; k < d; k++) {
                accumulate(product, i * d, width, k * d, centre[i * d + k] + unit / 2 * width[i * d + k], d);
            }
        }
        double[] result = new double[width.length];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                result[i * d + j] = Upward.add(Upward.sum(product[i * d + j] + product[j * d + i]), rounding);
            }
        }
        return result;
    }

    private static void accumulate(double[] sums, int to, double[] row, int from, double factor, int length) {
        for (int l = 0; l < length; l++) {
            sums[to + l] += factor * row[from + l];
        }
    }

    private static double[] image(
            double[] centre, double[] width, double[] held, double[] heldWidth, double unit, double rounding) {
        int d = held.length;
        double[] result = new double[d];
        for (int i = 0; i < d; i++) {
            double sum = 0;
            for (int k = 0; k < d; k++) {
                double spread = width[i * d + k];
                sum += (centre[i * d + k] + unit * spread) * heldWidth[k] + spread * held[k];
            }
            result[i] = Upward.add(Upward.sum(sum), rounding);
        }
        return result;
    }

    /** The last product, with the target's entries within 1 of theirs. */
    private static Optional<IntervalPower> inner(ScaledVector target, BallVector state, double[] width, int bits) {
        BigInteger[] numerators = state.centre();
        double[] held = state.magnitudes();
        double radius = 1;
        double norm = 0;
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < held.length; i++) {
            double entry = Upward.of(absolute(target.get(i)));
            norm = Upward.add(norm, entry);
            double spread = Upward.add(held[i], Upward.scale(width[i], -bits));
            radius = Upward.add(radius, Upward.add(Upward.multiply(entry, width[i]), spread));
            sum = sum.add(target.numerators().get(i).multiply(numerators[i]));
        }
        if (!(radius < Double.MAX_VALUE) || state.exponent() > LARGEST) {
            return Optional.empty();
        }
        BigInteger most = new BigDecimal(radius).toBigInteger().add(BigInteger.TWO);
        return Optional.of(new IntervalPower(
                absolute(centre(sum, target.denominator(), state.exponent(), -4L * (bits + FINER))),
                Fraction.dyadic(most, -bits),
                magnitude(sum, target.denominator(), state.exponent(), Upward.multiply(state.radius(), norm))));
    }

    /** The quotient times 2^exponent, exactly, or off by less than 2 units of 2^least where it would be long. */
    private static Fraction centre(BigInteger sum, BigInteger denominator, long exponent, long least) {
        if (exponent >= least) {
            return Fraction.dyadic(sum, Math.toIntExact(exponent)).divide(Fraction.of(denominator));
        }
        int dropped = (int) Math.min(Integer.MAX_VALUE, least - exponent);
        return Fraction.dyadic(sum.divide(denominator).shiftRight(dropped), Math.toIntExact(least));
    }

    private static Optional<Long> magnitude(BigInteger sum, BigInteger denominator, long exponent, double uncertain) {
        // the quotient is at least 2^length in absolute value, and half of that remains
        long length = (long) sum.bitLength() - denominator.bitLength() - 1;
        return sum.signum() == 0 || length <= Upward.exponent(uncertain)
                ? Optional.empty()
                : Optional.of(length - 1 + exponent);
    }

    private static Fraction absolute(Fraction value) {
        return value.signum() < 0 ? value.negate() : value;
    }
}
