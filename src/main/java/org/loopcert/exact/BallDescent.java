package org.loopcert.exact;

import java.util.Optional;
import java.util.function.Function;

/**
 * Gradient descent theta(t+1) = (I - eta_t G) theta(t) + eta_t b in enclosures of a fixed precision, at d^2 products of
 * that precision a step however large t is. A cursor: mutable, for one thread.
 *
 * <p>A step is a product by one enclosure of I - eta G, which is made once for a run of equal step sizes, in digits. See
 * {@link BallVector#multiplyAdd} for why the result encloses theta(t+1).
 */
public final class BallDescent {
    private final BallGram gram;
    private BallVector theta;
    private Fraction stepSize;
    private BallMatrix matrix;
    private Optional<BallVector> offset;
    private long loops;

    private BallDescent(BallGram gram, BallVector theta) {
        this.gram = gram;
        this.theta = theta;
    }

    /**
     * A descent standing at theta(0).
     *
     * @param contraction a certified upper bound of |I - eta G| for a step size eta, if there is one
     * @param bits precision below the leading digit of the largest entry, see {@link #precision}
     * @throws IllegalArgumentException if theta(0) has not d entries
     */
    public static BallDescent start(
            Gram gram, ScaledVector start, Function<Fraction, Optional<Fraction>> contraction, int bits) {
        if (start.size() != gram.features()) {
            throw new IllegalArgumentException(
                    "expected theta(0) of size " + gram.features() + ", got " + start.size());
        }
        BallGram ball = BallGram.of(gram, contraction, bits);
        return new BallDescent(ball, BallVector.of(ball.format(), start));
    }

    /**
     * The precision at which |I - eta G| &le; 1 keeps the radius of theta(t), t to T, below 2^-bits of the largest
     * iterate.
     *
     * <p>A step with |I - eta G| &le; rho adds at most (sqrt(d) (d (k + 1)/4 + 0.52) + 2 d + 4 sqrt(d) + 4) units of the
     * last of k digits to rho times the radius: the rounding of the product, of the matrix and of eta b. All of them
     * together are at most that times min(T, 1/(1 - rho)), and 1/(1 - rho) is the condition number at eta = 1/L. The
     * formula decides only how wide an enclosure is.
     *
     * @param conditionNumber kappa, infinite where it is not known
     */
    public static int precision(int bits, int dimension, long loops, double conditionNumber) {
        double steps = Math.min(loops + 1.0, Math.max(1, conditionNumber));
        int root = (Math.getExponent((double) dimension) + 2) / 2;
        // k + 1 is at most 2^5 up to some 500 bits, and one digit may be wasted by the leading one
        return bits + 6 + 3 * root + Math.getExponent(steps);
    }

    /** The enclosure of theta(t). */
    public BallVector theta() {
        return theta;
    }

    /** t. */
    public long loops() {
        return loops;
    }

    /** Does one loop with step size eta. */
    public void advance(Fraction eta) {
        if (!eta.equals(stepSize)) {
            matrix = gram.step(eta);
            offset = gram.offset(eta);
            stepSize = eta;
        }
        theta = offset.isPresent() ? theta.multiplyAdd(matrix, offset.get()) : theta.multiply(matrix);
        loops++;
    }
}
