package org.loopcert.spectrum;

import java.math.BigInteger;
import java.util.Optional;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;

/**
 * The automatic step size: the largest k 2^e with k of exactly b bits that does not exceed 1/lambda_max, where b is the
 * first of 64, 128, 256, ... for which that step times the smallest positive eigenvalue is at least 2^(16-b). Its relative
 * distance from 1/lambda_max is then far below 1/kappa, so that (1 - eta mu)^T can be told from exp(-T/kappa). It depends
 * on X alone, not on how it was found: an approximation proposes, and that it holds and that its successor
 * does not is decided exactly.
 */
public final class AutoStep {
    private static final int FIRST_BITS = 64;
    private static final int SPARE_BITS = 16;

    /** So rarely is the step next to the first candidate the right one. */
    private static final int GUARD_BITS = 24;

    private AutoStep() {}

    private record Candidate(BigInteger k, int e, int bits) {
        Fraction value() {
            return Fraction.dyadic(k, e);
        }

        Candidate next() {
            BigInteger up = k.add(BigInteger.ONE);
            return up.bitLength() > bits ? new Candidate(up.shiftRight(1), e + 1, bits) : new Candidate(up, e, bits);
        }

        Candidate previous() {
            BigInteger down = k.subtract(BigInteger.ONE);
            return down.bitLength() < bits
                    ? new Candidate(BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE), e - 1, bits)
                    : new Candidate(down, e, bits);
        }
    }

    /** The automatic step size; empty for G = 0, where every step size satisfies the bound. */
    public static Optional<Fraction> choose(Gram gram) {
        return gram.gi().isZero() ? Optional.empty() : Optional.of(choose(Reduction.of(gram)));
    }

    /** The automatic step size of a Gram matrix other than zero. */
    public static Fraction choose(Reduction reduction) {
        return choose(new Extremes(reduction));
    }

    private static Fraction choose(Extremes extremes) {
        for (int bits = FIRST_BITS; ; bits = Math.multiplyExact(bits, 2)) {
            Fraction step = largest(extremes, bits);
            Fraction needed = Fraction.dyadic(BigInteger.ONE, SPARE_BITS - bits).divide(step);
            if (Comparison.smallest(extremes, needed) >= 0) {
                return step;
            }
        }
    }

    /** The largest step with a numerator of this many bits that does not exceed 1/lambda_max. */
    private static Fraction largest(Extremes extremes, int bits) {
        BigInteger denominator = extremes.gram().gDen();
        Fraction approximate =
                Fraction.ONE.divide(extremes.largest(bits + GUARD_BITS).value(denominator));
        int e = ShortDyadic.exponent(approximate) - bits + 1;
        BigInteger k = ShortDyadic.scale(approximate, -e).floor();
        if (k.bitLength() > bits) {
            k = k.shiftRight(1);
            e++;
        }
        Candidate candidate = new Candidate(k, e, bits);
        while (!holds(extremes, candidate)) {
            candidate = candidate.previous();
        }
        for (Candidate up = candidate.next(); holds(extremes, up); up = up.next()) {
            candidate = up;
        }
        return candidate.value();
    }

    private static boolean holds(Extremes extremes, Candidate candidate) {
        return Comparison.largest(extremes, Fraction.ONE.divide(candidate.value())) <= 0;
    }
}
