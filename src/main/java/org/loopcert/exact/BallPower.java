package org.loopcert.exact;

import java.util.Optional;
import java.util.function.Function;

/**
 * Enclosures of (I - eta G)^t v for one step size and any t, by repeated squaring: log2(t) products of d x d matrices.
 */
public final class BallPower {
    /** Tries with more bits before an enclosure is taken as wide as it is. */
    private static final int TRIES = 3;

    private final Gram gram;
    private final Fraction eta;
    private final Function<Fraction, Optional<Fraction>> contraction;

    /**
     * Powers of I - eta G.
     *
     * @param contraction a certified upper bound of |I - eta G| for a step size eta, if there is one
     */
    public BallPower(Gram gram, Fraction eta, Function<Fraction, Optional<Fraction>> contraction) {
        this.gram = gram;
        this.eta = eta;
        this.contraction = contraction;
    }

    /**
     * The enclosure of (I - eta G)^t v, as a rule of a radius below 2^-bits of its norm: a squaring doubles the radius
     * relative to rho^t and adds d^2 units, so that log2(t) + 2 log2(d) bits are lost where |I - eta G| is close to the
     * certified rho and v is not almost orthogonal to what decays slowest; more bits are tried where that is not so.
     *
     * @param loops t, at least 0
     * @throws IllegalArgumentException if t is negative or v has not d entries
     */
    public BallVector times(ScaledVector vector, long loops, int bits) {
        if (loops < 0 || vector.size() != gram.features()) {
            throw new IllegalArgumentException(
                    "expected t >= 0 and " + gram.features() + " entries, got t = " + loops + " and " + vector.size());
        }
        int squarings = Long.SIZE - Long.numberOfLeadingZeros(loops);
        int working = Math.addExact(bits, 12 + squarings + 2 * Math.getExponent((double) gram.features()));
        for (int tries = 1; ; tries++) {
            BallVector result = times(BallGram.of(gram, contraction, working), vector, loops);
            int lost = result.relativeRadius();
            if (lost <= -bits || tries == TRIES) {
                return result;
            }
            working = Math.addExact(working, Math.min(bits + lost, working));
        }
    }

    private BallVector times(BallGram ball, ScaledVector vector, long loops) {
        BallVector result = BallVector.of(ball.format(), vector);
        BallMatrix power = ball.step(eta);
        for (long rest = loops; rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                result = result.multiply(power);
            }
            if (rest > 1) {
                power = power.square();
            }
        }
        return result;
    }
}
