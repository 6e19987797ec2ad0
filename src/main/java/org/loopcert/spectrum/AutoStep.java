package org.loopcert.spectrum;

import java.math.BigInteger;
import java.util.Optional;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;

/**
 * The automatic step size: the largest k 2^e with k of exactly 128 bits that does not exceed
 * 1/lambda_max. It depends on X alone, not on how it was found: an approximation proposes, exact
 * inertia decides that it holds and that its successor does not.
 */
public final class AutoStep {
    private static final int BITS = 128;
    private static final int PRECISION = BITS + 72;

    private AutoStep() {}

    private record Candidate(BigInteger k, int e) {
        Fraction value() {
            return Fraction.dyadic(k, e);
        }

        Candidate next() {
            BigInteger up = k.add(BigInteger.ONE);
            return up.bitLength() > BITS ? new Candidate(up.shiftRight(1), e + 1) : new Candidate(up, e);
        }

        Candidate previous() {
            BigInteger down = k.subtract(BigInteger.ONE);
            return down.bitLength() < BITS
                    ? new Candidate(BigInteger.ONE.shiftLeft(BITS).subtract(BigInteger.ONE), e - 1)
                    : new Candidate(down, e);
        }
    }

    /** The automatic step size; empty for G = 0, where every step size satisfies the bound. */
    public static Optional<Fraction> choose(Gram gram) {
        if (gram.gi().isZero()) {
            return Optional.empty();
        }
        Fraction approximate =
                Fraction.ONE.divide(EigenApproximation.of(gram.gi(), PRECISION).value(0, gram.gDen()));
        int e = ShortDyadic.exponent(approximate) - BITS + 1;
        BigInteger k = ShortDyadic.scale(approximate, -e).floor();
        if (k.bitLength() > BITS) {
            k = k.shiftRight(1);
            e++;
        }
        Candidate candidate = new Candidate(k, e);
        while (!holds(gram, candidate)) {
            candidate = candidate.previous();
        }
        for (Candidate up = candidate.next(); holds(gram, up); up = up.next()) {
            candidate = up;
        }
        return Optional.of(candidate.value());
    }

    private static boolean holds(Gram gram, Candidate candidate) {
        return Spectra.compareStep(gram, candidate.value(), 1) <= 0;
    }
}
