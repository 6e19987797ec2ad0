package org.loopcert.drift;

import java.math.BigInteger;
import java.util.Arrays;
import org.loopcert.exact.BallVector;

/**
 * A true iterate theta(loop), exactly or up to a radius for each entry.
 *
 * @param loop t
 * @param numerators the numerators of the point, or of its centre
 * @param denominator their positive denominator
 * @param radius upper bounds of the distance of each entry from the centre; zeros if exact
 */
record ReferencePoint(long loop, BigInteger[] numerators, BigInteger denominator, Dyad[] radius) {
    /**
     * The entries of an enclosure, all with its one radius; what lies below the range of {@link Dyad} goes to the radius.
     *
     * @throws ArithmeticException if entries are beyond 2^{@value Dyad#CEILING}, or the radius has no bound
     */
    static ReferencePoint of(long loop, BallVector ball) {
        BigInteger[] centre = ball.centre();
        long exponent = ball.exponent();
        double radius = ball.radius();
        if (Double.isInfinite(radius) || exponent > Dyad.CEILING) {
            throw new ArithmeticException("expected a magnitude of at most 2^" + Dyad.CEILING + ", got about 2^"
                    + exponent + " at t = " + loop);
        }
        Dyad bound = Dyad.of(radius);
        int above = (int) Math.max(0, Math.min(Integer.MAX_VALUE, -Dyad.FLOOR - exponent));
        if (above > 0) {
            // the floor of every entry is off by less than 1
            for (int j = 0; j < centre.length; j++) {
                centre[j] = centre[j].shiftRight(above);
            }
            // a double is below 2^1024, which is worth less than 1 after a shift by as much
            Dyad shifted = above > Double.MAX_EXPONENT
                    ? Dyad.ONE
                    : new Dyad(bound.mantissa(), bound.exponent() - above).up(AffineStep.BITS);
            bound = shifted.add(Dyad.ONE);
        }
        int kept = (int) Math.max(-Dyad.FLOOR, exponent);
        Dyad[] radii = new Dyad[centre.length];
        Arrays.fill(radii, new Dyad(bound.mantissa(), bound.exponent() + kept).up(AffineStep.BITS));
        for (int j = 0; kept > 0 && j < centre.length; j++) {
            centre[j] = centre[j].shiftLeft(kept);
        }
        return new ReferencePoint(loop, centre, BigInteger.ONE.shiftLeft(Math.max(0, -kept)), radii);
    }
}
