package org.loopcert.reproduce;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.loopcert.exact.Fraction;
import org.loopcert.ring.Dyadic;
import org.loopcert.ring.Interval;
import org.loopcert.ring.IntervalRing;
import org.loopcert.ring.RationalField;

/**
 * Real numbers between dyadics of {@value #BITS} bits: quotients, exponentials, logarithms, roots, all rounded outward.
 * Verdicts compare these; no library's exp or log takes part.
 */
final class Reals {
    static final int BITS = 256;

    /** The arithmetic. */
    static final IntervalRing RING = IntervalRing.of(BITS);

    static final Interval ZERO = RING.zero();
    static final Interval ONE = RING.one();

    /** r^k/k! for r at most 1/2 is below 2^-BITS from here on. */
    private static final int EXP_TERMS = 60;

    /** y^(2k+1) for y at most 1/3 is below 2^-BITS from here on. */
    private static final int LOG_TERMS = 90;

    private static final Interval LN2 = twiceAtanh(RING.fromRational(RationalField.of(1, 3)));

    private Reals() {}

    static Interval of(long value) {
        return RING.fromInteger(BigInteger.valueOf(value));
    }

    static Interval of(BigRational value) {
        return RING.fromRational(value);
    }

    static Interval of(Fraction value) {
        return quotient(value.numerator(), value.denominator());
    }

    /** p/q, which need not be reduced. */
    static Interval quotient(BigInteger p, BigInteger q) {
        return new Interval(Dyadic.quotientDown(p, q, BITS), Dyadic.quotientUp(p, q, BITS));
    }

    /** The reals from the least of one number to the greatest of another. */
    static Interval between(Interval low, Interval high) {
        return new Interval(low.lower(), high.upper());
    }

    static Interval add(Interval a, Interval b) {
        return RING.add(a, b);
    }

    static Interval subtract(Interval a, Interval b) {
        return RING.subtract(a, b);
    }

    static Interval multiply(Interval a, Interval b) {
        return RING.multiply(a, b);
    }

    static Interval divide(Interval a, Interval b) {
        return RING.divide(a, b);
    }

    /** The size of a number. */
    static Interval abs(Interval x) {
        if (x.lower().signum() >= 0) {
            return x;
        }
        Interval negated = RING.negate(x);
        return x.upper().signum() <= 0 ? negated : new Interval(Dyadic.ZERO, max(negated.upper(), x.upper()));
    }

    /** The members that are not negative, of a number known not to be negative. */
    static Interval notNegative(Interval x) {
        return new Interval(max(x.lower(), Dyadic.ZERO), max(x.upper(), Dyadic.ZERO));
    }

    private static Dyadic max(Dyadic a, Dyadic b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    /** base^0 to base^loops for a base that is not negative. */
    static List<Interval> powers(Interval base, int loops) {
        List<Interval> powers = new ArrayList<>(loops + 1);
        powers.add(ONE);
        for (int t = 1; t <= loops; t++) {
            powers.add(multiply(powers.get(t - 1), base));
        }
        return powers;
    }

    static Interval mean(List<Interval> values) {
        Interval sum = ZERO;
        for (Interval value : values) {
            sum = add(sum, value);
        }
        return divide(sum, of(values.size()));
    }

    /**
     * exp(-x).
     *
     * @throws ArithmeticException if x may be negative
     */
    static Interval expOfNegative(Interval x) {
        if (x.lower().signum() < 0) {
            throw new ArithmeticException("expected a number of at least 0, got " + x);
        }
        return new Interval(
                expOfNegative(x.upper()).lower(), expOfNegative(x.lower()).upper());
    }

    /** The alternating series at x / 2^k, at most 1/2, then k squarings. */
    private static Interval expOfNegative(Dyadic x) {
        if (x.signum() == 0) {
            return ONE;
        }
        int halvings = Math.max(0, x.mantissa().bitLength() + x.exponent() + 1);
        Interval r = Interval.of(x.multiply(new Dyadic(BigInteger.ONE, -halvings)));
        Interval term = ONE;
        Interval sum = ONE;
        Interval before = ONE;
        for (int k = 1; k <= EXP_TERMS; k++) {
            term = RING.negate(divide(multiply(term, r), of(k)));
            before = sum;
            sum = add(sum, term);
        }
        // the terms fall in size, so that the last two partial sums lie on both sides; the last one, of even order,
        // above
        Interval result = new Interval(before.lower(), sum.upper());
        for (int k = 0; k < halvings; k++) {
            result = multiply(result, result);
        }
        return result;
    }

    /**
     * The natural logarithm.
     *
     * @throws ArithmeticException if x may be zero or negative
     */
    static Interval log(Interval x) {
        if (x.lower().signum() <= 0) {
            throw new ArithmeticException("expected a positive number, got " + x);
        }
        return new Interval(log(x.lower()).lower(), log(x.upper()).upper());
    }

    /** e ln 2 + 2 atanh((m - 1)/(m + 1)) for x = m 2^e, 1 <= m < 2. */
    private static Interval log(Dyadic x) {
        int e = x.mantissa().bitLength() - 1 + x.exponent();
        Interval m = Interval.of(x.multiply(new Dyadic(BigInteger.ONE, -e)));
        Interval y = divide(subtract(m, ONE), add(m, ONE));
        return add(multiply(of(e), LN2), twiceAtanh(y));
    }

    /** 2 (y + y^3/3 + y^5/5 + ...) for y in [0, 1/3]; the rest is at most the last term times y^2 / (1 - y^2) < 1. */
    private static Interval twiceAtanh(Interval y) {
        Interval square = multiply(y, y);
        Interval power = y;
        Interval sum = y;
        Interval last = y;
        for (int k = 1; k <= LOG_TERMS; k++) {
            power = multiply(power, square);
            last = divide(power, of(2L * k + 1));
            sum = add(sum, last);
        }
        Interval rest = new Interval(Dyadic.ZERO, max(last.upper(), Dyadic.ZERO));
        return multiply(of(2), add(sum, rest));
    }

    /** The root of a number that is not negative. */
    static Interval sqrt(Interval x) {
        return new Interval(root(x.lower(), false), root(x.upper(), true));
    }

    private static Dyadic root(Dyadic x, boolean up) {
        int shift = 2 * BITS + (x.exponent() & 1);
        BigInteger[] parts = x.mantissa().shiftLeft(shift).sqrtAndRemainder();
        boolean raise = up && parts[1].signum() != 0;
        Dyadic root = new Dyadic(raise ? parts[0].add(BigInteger.ONE) : parts[0], (x.exponent() - shift) / 2);
        return up ? root.roundUp(BITS) : root.roundDown(BITS);
    }

    /** A decimal of so many significant digits, at most the number. */
    static String down(Interval x, int digits) {
        return decimal(x.lower(), digits, RoundingMode.FLOOR);
    }

    /** A decimal of so many significant digits, at least the number. */
    static String up(Interval x, int digits) {
        return decimal(x.upper(), digits, RoundingMode.CEILING);
    }

    /** The number to so many significant digits where the enclosure determines them, else both ends. */
    static String about(Interval x, int digits) {
        String low = decimal(x.lower(), digits, RoundingMode.HALF_EVEN);
        String high = decimal(x.upper(), digits, RoundingMode.HALF_EVEN);
        return low.equals(high) ? low : "[" + down(x, digits) + ", " + up(x, digits) + "]";
    }

    /** As {@link #about}, to so many places after the point. */
    static String fixed(Interval x, int places) {
        String low = exact(x.lower()).setScale(places, RoundingMode.HALF_EVEN).toPlainString();
        String high = exact(x.upper()).setScale(places, RoundingMode.HALF_EVEN).toPlainString();
        return low.equals(high)
                ? low
                : "[" + exact(x.lower()).setScale(places, RoundingMode.FLOOR).toPlainString() + ", "
                        + exact(x.upper())
                                .setScale(places, RoundingMode.CEILING)
                                .toPlainString() + "]";
    }

    private static String decimal(Dyadic x, int digits, RoundingMode mode) {
        BigDecimal rounded = exact(x).round(new MathContext(digits, mode));
        return rounded.signum() == 0 ? "0" : rounded.toString();
    }

    private static BigDecimal exact(Dyadic x) {
        BigDecimal mantissa = new BigDecimal(x.mantissa());
        return x.exponent() >= 0
                ? mantissa.multiply(new BigDecimal(BigInteger.ONE.shiftLeft(x.exponent())))
                : mantissa.multiply(new BigDecimal(BigInteger.valueOf(5).pow(-x.exponent()), -x.exponent()));
    }

    /** For drawing only. */
    static double toDouble(Interval x) {
        return exact(x.upper()).doubleValue();
    }
}
