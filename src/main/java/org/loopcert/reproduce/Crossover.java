package org.loopcert.reproduce;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import org.loopcert.ring.Dyadic;
import org.loopcert.ring.Interval;
import org.loopcert.ring.RationalField;

/**
 * The bounds of CHEN2024, Theorems 4.4 and 4.5, against each other: ours, |alpha| exp(-T/(2 kappa)), and theirs, 8 T d^2
 * 2^(2T) / sqrt(n), which is there where 8 T d^2 / sqrt(n) <= 2^(-2T). Squared, the condition is n >= N for the integer N
 * = 64 T^2 d^4 16^T, and theirs is smaller where n > N exp(T/kappa) / alpha^2.
 *
 * <p>For T >= 1 that threshold is irrational, because exp of a rational other than 0 is (Lambert): no n is on it, so that
 * refining an enclosure of it ends, and one of the two bounds is strictly smaller at every n. For T = 0 it is 0: theirs is
 * 0 for every n.
 *
 * @param features d, at least 1
 * @param loops T, at least 0
 * @param query alpha, not 0
 * @param kappa the condition number, at least 1
 * @param conditionFrom the least n >= 1 at which the condition holds
 * @param crossover the least n >= 1 at which theirs is smaller than ours, whether the condition holds there or not
 */
record Crossover(
        int features, int loops, BigRational query, BigRational kappa, BigInteger conditionFrom, BigInteger crossover) {
    private static final RationalField Q = RationalField.INSTANCE;
    private static final int FIRST_BITS = 48;

    /**
     * Decides.
     *
     * @param maxBits the longest integer that may be used
     * @throws UndecidedException if a longer one is needed
     */
    static Crossover of(int features, int loops, BigRational query, BigRational kappa, long maxBits)
            throws UndecidedException {
        requirePositive("features", features);
        if (loops < 0 || query.signum() == 0 || Q.compare(kappa, BigRational.ONE) < 0) {
            throw new IllegalArgumentException("expected loops of at least 0, a query other than 0 and a condition"
                    + " number of at least 1, got " + loops + ", " + query + " and " + kappa);
        }
        BigInteger least = condition(features, loops);
        BigRational exponent = Q.divide(BigRational.valueOf(loops), kappa);
        BigRational factor = Q.divide(BigRational.valueOf(least), Q.multiply(query, query));
        return new Crossover(
                features,
                loops,
                query,
                kappa,
                least.max(BigInteger.ONE),
                floor(factor, exponent, maxBits).add(BigInteger.ONE));
    }

    /** N = 64 T^2 d^4 16^T, 0 for T = 0. */
    static BigInteger condition(int features, int loops) {
        requirePositive("features", features);
        BigInteger root = BigInteger.valueOf(8)
                .multiply(BigInteger.valueOf(loops))
                .multiply(BigInteger.valueOf(features).pow(2))
                .shiftLeft(Math.multiplyExact(2, loops));
        return root.multiply(root);
    }

    /** The most loops for which the condition holds at n; 64 T^2 d^4 16^T increases with T. */
    static int mostLoops(int features, BigInteger examples) {
        if (examples.signum() <= 0) {
            throw new IllegalArgumentException("expected at least one example, got " + examples);
        }
        int holds = 0;
        int fails = examples.bitLength() / 4 + 1;
        while (fails - holds > 1) {
            int loops = (holds + fails) >>> 1;
            if (condition(features, loops).compareTo(examples) <= 0) {
                holds = loops;
            } else {
                fails = loops;
            }
        }
        return holds;
    }

    private static void requirePositive(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("expected " + what + " of at least 1, got " + value);
        }
    }

    /** floor(c exp(x)), with more bits until both ends of the enclosure have the same. */
    private static BigInteger floor(BigRational c, BigRational x, long maxBits) throws UndecidedException {
        if (c.signum() == 0 || x.signum() == 0) {
            return floor(c);
        }
        // exp(x) < 2^(3x/2)
        BigInteger length = floor(Q.multiply(x, RationalField.of(3, 2)))
                .add(BigInteger.valueOf(c.getNumeratorBigInteger().bitLength()));
        for (int more = FIRST_BITS; ; more = Math.multiplyExact(2, more)) {
            BigInteger bits = length.add(BigInteger.valueOf(more));
            if (bits.compareTo(BigInteger.valueOf(Math.min(maxBits, Integer.MAX_VALUE / 4))) > 0) {
                throw new UndecidedException(
                        "limit max-bits " + maxBits + ", needed " + bits + " bits, for exp(" + Q.show(x) + ")");
            }
            Interval exp = Exponential.of(x, bits.intValueExact());
            BigInteger low = floor(c, exp.lower());
            BigInteger high = floor(c, exp.upper());
            if (low.equals(high)) {
                return low;
            }
        }
    }

    /** floor(c m 2^e) for positive numbers, without a gcd of long integers. */
    private static BigInteger floor(BigRational c, Dyadic value) {
        BigInteger numerator = c.getNumeratorBigInteger().multiply(value.mantissa());
        BigInteger denominator = c.getDenominatorBigInteger();
        return value.exponent() >= 0
                ? numerator.shiftLeft(value.exponent()).divide(denominator)
                : numerator.divide(denominator.shiftLeft(-value.exponent()));
    }

    private static BigInteger floor(BigRational notNegative) {
        return notNegative.getNumeratorBigInteger().divide(notNegative.getDenominatorBigInteger());
    }

    /** Whether theirs is smaller at every n at which the condition holds. */
    boolean theirsIsAlwaysSmaller() {
        return crossover.compareTo(conditionFrom) <= 0;
    }

    /** Whether the condition holds at n. */
    boolean holdsAt(BigInteger examples) {
        return examples.compareTo(conditionFrom) >= 0;
    }

    /** Whether theirs is smaller at n; else ours is. */
    boolean theirsIsSmallerAt(BigInteger examples) {
        return examples.compareTo(crossover) >= 0;
    }

    /** exp(T/kappa)/alpha^2: crossover over condition, before rounding up to an integer. */
    Interval ratio() {
        Interval exp = Exponential.of(Q.divide(BigRational.valueOf(loops), kappa), Reals.BITS);
        return Reals.divide(exp, Reals.of(Q.multiply(query, query)));
    }
}
