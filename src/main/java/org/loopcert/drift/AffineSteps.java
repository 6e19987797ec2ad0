package org.loopcert.drift;

import ch.obermuhlner.math.big.BigRational;
import java.util.Optional;
import org.loopcert.ring.RationalField;

/** The exact steps of an instance, each made once for a run of equal step sizes. */
final class AffineSteps {
    private final DescentInstance instance;
    private final ScaledProblem problem;
    private final BigRational scale;
    private final Contraction contraction;
    private BigRational stepSize;
    private AffineStep step;
    private Dyad factor;

    AffineSteps(DescentInstance instance, BigRational scale, Contraction contraction) {
        this.instance = instance;
        this.problem = ScaledProblem.of(instance);
        this.scale = scale;
        this.contraction = contraction;
    }

    /** The steps on theta itself. */
    static AffineSteps onTheta(DescentInstance instance, Contraction contraction) {
        return new AffineSteps(instance, BigRational.ONE, contraction);
    }

    /** The steps on what a summation order iterates on. */
    static AffineSteps onState(DescentInstance instance, SummationOrder order, Contraction contraction) {
        BigRational scale = order.iteratesOnQuery() ? RationalField.INSTANCE.negate(instance.query()) : BigRational.ONE;
        return new AffineSteps(instance, scale, contraction);
    }

    ScaledProblem problem() {
        return problem;
    }

    AffineStep step(int loop) {
        prepare(loop);
        return step;
    }

    /** The smallest known upper bound of |I - eta G| at a loop. */
    Dyad factor(int loop) {
        prepare(loop);
        return factor;
    }

    private void prepare(int loop) {
        BigRational wanted = instance.stepSize(loop);
        if (step != null && wanted.equals(stepSize)) {
            return;
        }
        stepSize = wanted;
        step = AffineStep.of(problem, wanted, scale);
        Optional<BigRational> certified = contraction.factor(wanted);
        factor = certified.isEmpty() ? step.norm() : Dyad.min(step.norm(), Dyad.up(certified.get(), AffineStep.BITS));
    }
}
