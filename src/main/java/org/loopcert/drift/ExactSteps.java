package org.loopcert.drift;

import java.math.BigInteger;

/**
 * Exact steps, one after the other. The denominator grows by that of A only: what c and the start have beyond powers of it
 * is kept once, so that odd factors do not add up.
 */
final class ExactSteps {
    private AffineStep last;
    private BigInteger denominator;
    private BigInteger multiple;

    /** The exact step from a point. */
    ReferencePoint next(AffineStep step, ReferencePoint point) {
        // A = M / a and c = C / (a g) where the step has both over a g
        BigInteger shared = step.shared();
        BigInteger[] numerators = point.numerators();
        if (step != last || !point.denominator().equals(denominator)) {
            last = step;
            BigInteger missing = shared.divide(shared.gcd(point.denominator()));
            denominator = point.denominator().multiply(missing);
            multiple = denominator.divide(shared);
            if (!missing.equals(BigInteger.ONE)) {
                numerators = numerators.clone();
                for (int i = 0; i < numerators.length; i++) {
                    numerators[i] = numerators[i].multiply(missing);
                }
            }
        }
        BigInteger[] image = step.linear(numerators);
        int twos = multiple.getLowestSetBit();
        BigInteger odd = multiple.shiftRight(twos);
        for (int i = 0; i < image.length; i++) {
            image[i] = image[i].add(step.offset()[i].multiply(odd).shiftLeft(twos));
        }
        BigInteger own = step.denominator().divide(shared);
        denominator = denominator.multiply(own);
        multiple = multiple.multiply(own);
        return new ReferencePoint(point.loop() + 1, image, denominator, point.radius());
    }
}
