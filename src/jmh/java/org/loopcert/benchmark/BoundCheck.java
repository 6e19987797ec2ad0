package org.loopcert.benchmark;

import java.math.BigInteger;

/**
 * |theta(t) - theta*|^2 &lt;= (1 - eta mu)^t |theta*|^2 for t = 0, 1, ..., decided by numbers rounded away from the bound,
 * or exactly where these cannot tell.
 */
final class BoundCheck {
    private static final int BITS = 128;
    private static final int ERROR_BITS = 64;

    private final BigInteger[] star;
    private final BigInteger starDenominator;
    private final BigInteger factorNumerator;
    private final int factorExponent;

    /** A lower bound of 2^BITS (1 - eta mu)^t. */
    private BigInteger bound = BigInteger.ONE.shiftLeft(BITS);

    private int t;

    BoundCheck(BenchmarkTask task) {
        star = new BigInteger[task.star().length];
        for (int j = 0; j < star.length; j++) {
            star[j] = BigInteger.valueOf(task.star()[j]);
        }
        starDenominator = BigInteger.valueOf(task.starDenominator());
        factorExponent = task.stepExponent() + task.convexityExponent();
        factorNumerator = BigInteger.ONE
                .shiftLeft(factorExponent)
                .subtract(BigInteger.valueOf(task.stepNumerator())
                        .multiply(BigInteger.valueOf(task.convexityNumerator())));
    }

    /** From t to t + 1. */
    void advance() {
        t++;
        bound = bound.multiply(factorNumerator).shiftRight(factorExponent);
    }

    /**
     * Checks theta(t) = numerators / denominator.
     *
     * @throws IllegalStateException if the bound does not hold
     */
    void require(BigInteger[] numerators, BigInteger denominator) {
        BigInteger[] error = new BigInteger[numerators.length];
        int longest = 0;
        for (int j = 0; j < error.length; j++) {
            error[j] = numerators[j].multiply(starDenominator).subtract(star[j].multiply(denominator));
            longest = Math.max(longest, error[j].bitLength());
        }
        BigInteger unit = denominator.multiply(starDenominator);
        int shift = Math.max(longest - ERROR_BITS, 0);
        BigInteger sum = BigInteger.ZERO;
        for (BigInteger each : error) {
            // rounded up
            BigInteger rounded = each.abs().negate().shiftRight(shift);
            sum = sum.add(rounded.multiply(rounded));
        }
        BigInteger whole = unit.shiftRight(shift);
        if (sum.shiftLeft(BITS).compareTo(whole.multiply(whole).multiply(bound)) > 0) {
            requireExactly(error, unit);
        }
    }

    private void requireExactly(BigInteger[] error, BigInteger unit) {
        BigInteger sum = BigInteger.ZERO;
        for (BigInteger each : error) {
            sum = sum.add(each.multiply(each));
        }
        BigInteger most = factorNumerator.pow(t).multiply(unit).multiply(unit);
        if (sum.shiftLeft(factorExponent * t).compareTo(most) > 0) {
            throw new IllegalStateException("the bound does not hold at t = " + t);
        }
    }
}
