package org.loopcert.drift;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.Arrays;
import org.loopcert.exact.BallDescent;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.exact.ScaledVector;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;

/** The true iterates one after the other, exactly or by enclosures of a fixed precision. */
interface ReferencePath {
    /** The present point. */
    ReferencePoint point();

    /** Takes one step. */
    void advance();

    /** The exact iterates in integers over one denominator. Their digits grow in proportion to t. */
    static ReferencePath exact(DescentInstance instance) {
        return exact(instance, AffineSteps.onTheta(instance, Contraction.none()));
    }

    /** As {@link #exact(DescentInstance)}, with the instance's steps on theta. */
    static ReferencePath exact(DescentInstance instance, AffineSteps steps) {
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
            private final ExactSteps exact = new ExactSteps();
            private ReferencePoint point = start;

            @Override
            public ReferencePoint point() {
                return point;
            }

            @Override
            public void advance() {
                AffineStep step = steps.step(Math.toIntExact(point.loop()));
                point = exact.next(step, point);
            }
        };
    }

    /**
     * Enclosures that are narrower than 2^-bits relative to the largest iterate where the contraction is at most 1 and
     * certified; guard bits for the number of loops are added.
     */
    static ReferencePath enclosed(DescentInstance instance, Contraction contraction, int bits) {
        return enclosed(
                instance,
                Gram.of(instance.examples(), instance.labels()),
                ScaledVector.of(instance.start()),
                contraction,
                bits);
    }

    /** As above, of theta(t) - tt, which is a descent without labels: narrow relative to that. */
    static ReferencePath errors(
            DescentInstance instance, Vector<BigRational> solution, Contraction contraction, int bits) {
        Gram gram = Gram.of(instance.examples(), instance.labels());
        requireSolved(gram, ScaledVector.of(solution));
        Gram unlabelled = new Gram(gram.matrix(), ScaledVector.zero(gram.features()), Fraction.ZERO, gram.examples());
        ScaledVector start = ScaledVector.of(instance.start().subtract(RationalField.INSTANCE, solution));
        return enclosed(instance, unlabelled, start, contraction, bits);
    }

    private static ReferencePath enclosed(
            DescentInstance instance, Gram gram, ScaledVector start, Contraction contraction, int bits) {
        int working = BallDescent.precision(bits, instance.dimension(), instance.loops(), Double.POSITIVE_INFINITY);
        BallDescent descent = BallDescent.start(gram, start, contraction::fraction, working);
        return new ReferencePath() {
            @Override
            public ReferencePoint point() {
                return ReferencePoint.of(descent.loops(), descent.theta());
            }

            @Override
            public void advance() {
                descent.advance(Fraction.of(instance.stepSize(Math.toIntExact(descent.loops()))));
            }
        };
    }

    /** Requires that G tt = b. */
    static void requireSolved(Gram gram, ScaledVector solution) {
        DescentInstance.requireSize("entries of the solution", gram.features(), solution.size());
        ScaledVector image = ScaledVector.of(
                gram.gi().multiply(solution.numerators()), gram.gDen().multiply(solution.denominator()));
        if (!image.equals(gram.moment())) {
            throw new IllegalArgumentException("expected a solution of G tt = b, got another vector");
        }
    }
}
