package org.loopcert.reproduce;

import java.math.BigInteger;
import org.loopcert.exact.Fraction;

/**
 * Exact confidence bounds of a probability from counted successes (C. J. Clopper and E. S. Pearson, Biometrika 26, 1934):
 * the ends are found by bisection over dyadic numbers, each decided by the binomial tail sum in integers, and lie outside
 * the true ones by less than 2^-{@value #BITS}.
 *
 * @param lower at most the lower bound
 * @param upper at least the upper bound
 */
record ClopperPearson(Fraction lower, Fraction upper) {
    private static final int BITS = 20;

    private static final BigInteger ONE = BigInteger.ONE.shiftLeft(BITS);

    /**
     * The two-sided interval of confidence 1 - risk.
     *
     * @param successes 0 to trials
     * @param trials at least 1
     * @param risk in (0, 1)
     */
    static ClopperPearson of(int successes, int trials, Fraction risk) {
        if (trials < 1 || successes < 0 || successes > trials) {
            throw new IllegalArgumentException(
                    "expected 0 <= successes <= trials, trials >= 1, got " + successes + " of " + trials);
        }
        Fraction half = risk.divide(Fraction.of(2, 1));
        Fraction lower = Fraction.ZERO;
        if (successes > 0) {
            // the greatest p with P(X >= k) <= risk / 2
            lower = Fraction.of(greatest(p -> atMost(p, successes, trials, half)), ONE);
        }
        Fraction upper = Fraction.ONE;
        if (successes < trials) {
            // P(X <= k) <= risk / 2 where P(X >= k + 1) >= 1 - risk / 2: one above the greatest p where not
            Fraction most = Fraction.ONE.subtract(half);
            upper = Fraction.of(
                    greatest(p -> !atLeast(p, successes + 1, trials, most)).add(BigInteger.ONE), ONE);
        }
        return new ClopperPearson(lower, upper);
    }

    @FunctionalInterface
    private interface Test {
        boolean holds(BigInteger p);
    }

    /** The greatest p / 2^BITS that passes a test which 0 passes, 1 does not, and that only small p pass. */
    private static BigInteger greatest(Test test) {
        BigInteger low = BigInteger.ZERO;
        BigInteger high = ONE;
        while (high.subtract(low).bitLength() > 1) {
            BigInteger middle = low.add(high).shiftRight(1);
            if (test.holds(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static boolean atMost(BigInteger p, int k, int trials, Fraction bound) {
        return compareTail(p, k, trials, bound) <= 0;
    }

    private static boolean atLeast(BigInteger p, int k, int trials, Fraction bound) {
        return compareTail(p, k, trials, bound) >= 0;
    }

    /** The sign of P(X >= k) - bound for X binomial with probability p / 2^BITS. */
    static int compareTail(BigInteger p, int k, int trials, Fraction bound) {
        BigInteger q = ONE.subtract(p);
        BigInteger whole = BigInteger.ONE.shiftLeft(BITS * trials);
        // the shorter of both tails
        BigInteger tail = trials - k < k ? tail(p, q, trials - k, trials) : whole.subtract(tail(q, p, k - 1, trials));
        return tail.multiply(bound.denominator()).compareTo(bound.numerator().multiply(whole));
    }

    /** sum_{i=0}^{failures} C(trials, i) q^i p^(trials-i), by Horner's scheme from p^trials down. */
    private static BigInteger tail(BigInteger p, BigInteger q, int failures, int trials) {
        BigInteger sum = BigInteger.ZERO;
        BigInteger choose = BigInteger.ONE;
        BigInteger power = BigInteger.ONE;
        for (int i = 0; i <= failures; i++) {
            // sum = sum p + C(trials, i) q^i
            sum = sum.multiply(p).add(choose.multiply(power));
            choose = choose.multiply(BigInteger.valueOf(trials - i)).divide(BigInteger.valueOf(i + 1L));
            power = power.multiply(q);
        }
        return sum.multiply(p.pow(trials - failures));
    }
}
