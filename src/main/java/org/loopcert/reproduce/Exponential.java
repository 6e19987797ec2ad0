package org.loopcert.reproduce;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import org.loopcert.ring.Dyadic;
import org.loopcert.ring.Interval;
import org.loopcert.ring.RationalField;

/**
 * exp of a rational between dyadics, to any number of bits; {@link Reals} has it to {@value Reals#BITS} bits. The series
 * at x / 2^k in integers, rounded outward, then k squarings.
 */
final class Exponential {
    /** What the roundings of series and squarings take, beyond two bits a squaring. */
    private static final int GUARD = 32;

    private Exponential() {}

    /**
     * exp(x) to a relative width of at most 2^-bits.
     *
     * @param x at least 0
     * @param bits at least 1
     */
    static Interval of(BigRational x, int bits) {
        BigRational canonical = RationalField.canonical(x);
        if (canonical.signum() < 0 || bits < 1) {
            throw new ArithmeticException(
                    "expected a number of at least 0 and a positive precision, got " + x + ", " + bits);
        }
        if (canonical.signum() == 0) {
            return Interval.of(Dyadic.ONE);
        }
        BigInteger p = canonical.getNumeratorBigInteger();
        BigInteger q = canonical.getDenominatorBigInteger();
        // x < 2^length. A squaring costs as much as many terms of the series, which take short factors only
        int length = p.bitLength() - q.bitLength() + 1;
        int halvings = Math.max(0, length + cubeRoot(bits));
        int places = bits + 2 * halvings + GUARD;
        Interval value = series(p, q, halvings, places);
        for (int k = 0; k < halvings; k++) {
            value = new Interval(
                    value.lower().multiply(value.lower()).roundDown(places),
                    value.upper().multiply(value.upper()).roundUp(places));
        }
        return value;
    }

    private static int cubeRoot(int positive) {
        int root = 1;
        while ((long) root * root * root < positive) {
            root++;
        }
        return root;
    }

    /** exp(r) for 0 < r = p / (q 2^halvings) <= 1/2: there the terms after one add up to less than it. */
    private static Interval series(BigInteger p, BigInteger q, int halvings, int places) {
        BigInteger one = BigInteger.ONE.shiftLeft(places);
        BigInteger below = one;
        BigInteger above = one;
        BigInteger sumBelow = one;
        BigInteger sumAbove = one;
        for (int k = 1; above.compareTo(BigInteger.ONE) > 0; k++) {
            BigInteger divisor = q.multiply(BigInteger.valueOf(k));
            below = below.multiply(p).shiftRight(halvings).divide(divisor);
            // at least the quotient, and never less than one unit: the loop ends where that is all
            above = above.multiply(p).shiftRight(halvings).divide(divisor).add(BigInteger.ONE);
            sumBelow = sumBelow.add(below);
            sumAbove = sumAbove.add(above);
        }
        return new Interval(new Dyadic(sumBelow, -places), new Dyadic(sumAbove.add(above), -places));
    }
}
