package org.loopcert.spectrum;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.loopcert.exact.Fraction;

/**
 * The Chebyshev step sizes eta_k = 2 / (L + mu - (L - mu) cos((2k-1) pi / (2T))), whose residual
 * polynomial is the smallest on [mu, L] of its degree.
 *
 * <p>Each is rounded to a dyadic number with a 64-bit numerator, from integer arithmetic of a fixed
 * precision, so the schedule is the same on every machine. Whatever bound is claimed must be proved
 * for the rounded steps.
 *
 * <p>Order: the factors are paired (j, 2T - j), large step with small step, recursively, which for
 * powers of two is the stable order of Lebedev and Finogenov (1971); an odd T puts the middle root,
 * whose factor is below one everywhere, last.
 */
public final class ChebyshevSchedule {
    private static final int NUMERATOR_BITS = 64;

    private ChebyshevSchedule() {}

    /**
     * The T step sizes for eigenvalues in [mu, L].
     *
     * @throws IllegalArgumentException unless T &ge; 1 and 0 &lt; mu &le; L
     */
    public static List<Fraction> choose(int loops, Fraction mu, Fraction smoothness) {
        if (loops < 1) {
            throw new IllegalArgumentException("expected at least one loop, got " + loops);
        }
        if (mu.signum() <= 0 || mu.compareTo(smoothness) > 0) {
            throw new IllegalArgumentException("expected 0 < mu <= L, got " + mu + " and " + smoothness);
        }
        int kappaBits = smoothness.divide(mu).ceiling().bitLength();
        int bits = 192 + kappaBits + 2 * (32 - Integer.numberOfLeadingZeros(loops));
        BigInteger pi = pi(bits);
        Fraction sum = smoothness.add(mu);
        Fraction difference = smoothness.subtract(mu);
        List<Fraction> steps = new ArrayList<>(loops);
        for (long j : order(loops)) {
            Fraction cosine = ShortDyadic.scale(Fraction.of(cosine(j, loops, pi, bits)), -bits);
            Fraction step = Fraction.of(2, 1).divide(sum.subtract(difference.multiply(cosine)));
            steps.add(round(step));
        }
        return List.copyOf(steps);
    }

    /** The odd numbers below 2T in the order in which their roots are used. */
    static long[] order(int loops) {
        if (loops == 0) {
            return new long[0];
        }
        // for T = 2m and T = 2m + 1 alike the pairs are (j, 2T - j) with j in the order of m
        long[] half = order(loops / 2);
        long[] result = new long[loops];
        for (int i = 0; i < half.length; i++) {
            result[2 * i] = half[i];
            result[2 * i + 1] = 2L * loops - half[i];
        }
        if (loops % 2 == 1) {
            result[loops - 1] = loops;
        }
        return result;
    }

    /** cos(j pi / (2T)) 2^bits for odd j in (0, 2T), symmetric about the middle. */
    static BigInteger cosine(long j, int loops, BigInteger pi, int bits) {
        if (j == loops) {
            return BigInteger.ZERO;
        }
        if (j > loops) {
            return cosine(2L * loops - j, loops, pi, bits).negate();
        }
        BigInteger x = pi.multiply(BigInteger.valueOf(j)).divide(BigInteger.valueOf(2L * loops));
        BigInteger square = x.multiply(x).shiftRight(bits);
        BigInteger term = BigInteger.ONE.shiftLeft(bits);
        BigInteger sum = term;
        for (long n = 1; term.signum() != 0; n += 2) {
            term = term.multiply(square).shiftRight(bits).divide(BigInteger.valueOf(n * (n + 1)));
            sum = n % 4 == 1 ? sum.subtract(term) : sum.add(term);
        }
        return sum;
    }

    /** pi 2^bits by Machin's formula, off by a few units. */
    static BigInteger pi(int bits) {
        int guard = 16;
        return arctanOfInverse(5, bits + guard)
                .shiftLeft(4)
                .subtract(arctanOfInverse(239, bits + guard).shiftLeft(2))
                .shiftRight(guard);
    }

    private static BigInteger arctanOfInverse(long m, int bits) {
        BigInteger square = BigInteger.valueOf(m * m);
        BigInteger power = BigInteger.ONE.shiftLeft(bits).divide(BigInteger.valueOf(m));
        BigInteger sum = BigInteger.ZERO;
        for (long n = 1; power.signum() != 0; n += 2) {
            BigInteger term = power.divide(BigInteger.valueOf(n));
            sum = n % 4 == 1 ? sum.add(term) : sum.subtract(term);
            power = power.divide(square);
        }
        return sum;
    }

    private static Fraction round(Fraction step) {
        int e = ShortDyadic.exponent(step) - NUMERATOR_BITS + 1;
        if (ShortDyadic.scale(step, -e).floor().bitLength() > NUMERATOR_BITS) {
            e++;
        }
        Fraction scaled = ShortDyadic.scale(step, -e).add(Fraction.of(1, 2));
        return Fraction.dyadic(scaled.floor(), e);
    }
}
