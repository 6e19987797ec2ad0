package org.loopcert.drift;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.Arrays;
import org.loopcert.exact.BallDescent;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.exact.ScaledVector;

/** The true iterates one after the other, exactly or by enclosures of a fixed precision. */
interface ReferencePath {
    /** The present point. */
    ReferencePoint point();

    /** Takes one step. */
    void advance();

    /** The exact iterates in integers over one denominator. Their digits grow in proportion to t. */
    static ReferencePath exact(DescentInstance instance) {
        AffineSteps steps = AffineSteps.onTheta(instance, Contraction.none());
        BigInteger denominator = BigInteger.ONE;
        for (BigRational entry : instance.start()) {
            denominator = ScaledProblem.lcm(denominator, entry.getDenominatorBigInteger());
        }
        BigInteger[] numerators = new BigInteger[instance.dimension()];
        Dyad[] none = new Dyad[numerators.length];
        Arrays.fill(none, Dyad.ZERO);
        for (int j = 0; j < numerators.length; j++) {
            numerators[j] = ScaledProblem.over(instance.start().get(j), denominator);
        }
        ReferencePoint start = new ReferencePoint(0, numerators, denominator, none);
        return new ReferencePath() {
            private ReferencePoint point = start;

            @Override
            public ReferencePoint point() {
                return point;
            }

            @Override
            public void advance() {
                AffineStep step = steps.step(Math.toIntExact(point.loop()));
                point = new ReferencePoint(
                        point.loop() + 1,
                        step.apply(point.numerators(), point.denominator()),
                        point.denominator().multiply(step.denominator()),
                        none);
            }
        };
    }

    /**
     * Enclosures that are narrower than 2^-bits relative to the largest iterate where the contraction is at most 1 and
     * certified; guard bits for the number of loops are added.
     */
    static ReferencePath enclosed(DescentInstance instance, Contraction contraction, int bits) {
        int working = BallDescent.precision(bits, instance.dimension(), instance.loops(), Double.POSITIVE_INFINITY);
        BallDescent descent = BallDescent.start(
                Gram.of(instance.examples(), instance.labels()),
                ScaledVector.of(instance.start()),
                contraction::fraction,
                working);
        return new ReferencePath() {
            @Override
            public ReferencePoint point() {
                return ReferencePoint.of(Math.toIntExact(descent.loops()), descent.theta());
            }

            @Override
            public void advance() {
                descent.advance(Fraction.of(instance.stepSize(Math.toIntExact(descent.loops()))));
            }
        };
    }
}
