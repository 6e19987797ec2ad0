package org.loopcert.drift;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.Arrays;

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
                AffineStep step = steps.step(point.loop());
                point = new ReferencePoint(
                        point.loop() + 1,
                        step.apply(point.numerators(), point.denominator()),
                        point.denominator().multiply(step.denominator()),
                        none);
            }
        };
    }

    /** Enclosures whose centres have a fixed number of bits. */
    static ReferencePath enclosed(DescentInstance instance, Contraction contraction, int bits) {
        AffineSteps steps = AffineSteps.onTheta(instance, contraction);
        Dyad[] start = new Dyad[instance.dimension()];
        for (int j = 0; j < start.length; j++) {
            start[j] = Dyad.down(instance.start().get(j), bits);
        }
        return new ReferencePath() {
            private final ErrorPropagation error =
                    new ErrorPropagation(RunningErrorBound.startError(instance, SummationOrder.RESIDUAL, start));
            private Dyad[] centre = start;
            private int loop;

            @Override
            public ReferencePoint point() {
                int exponent = AffineStep.commonExponent(centre);
                BigInteger[] numerators = new BigInteger[centre.length];
                for (int j = 0; j < centre.length; j++) {
                    numerators[j] = centre[j].signum() == 0 ? BigInteger.ZERO : centre[j].at(exponent);
                }
                return new ReferencePoint(loop, numerators, BigInteger.ONE.shiftLeft(-exponent), error.entries());
            }

            @Override
            public void advance() {
                AffineStep step = steps.step(loop);
                int exponent = AffineStep.commonExponent(centre);
                BigInteger[] image = step.apply(centre, exponent);
                Dyad[] next = new Dyad[centre.length];
                for (int j = 0; j < next.length; j++) {
                    next[j] = step.scaled(image[j], exponent, false, bits);
                }
                error.step(step, steps.factor(loop), step.residual(centre, next));
                centre = next;
                loop++;
            }
        };
    }
}
