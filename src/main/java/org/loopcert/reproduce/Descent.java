package org.loopcert.reproduce;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.loopcert.drift.DescentInstance;
import org.loopcert.drift.RoundedRun;
import org.loopcert.drift.RunConfiguration;
import org.loopcert.drift.SummationOrder;
import org.loopcert.exact.ExactReplay;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.exact.IntegerVector;
import org.loopcert.exact.ScaledVector;
import org.loopcert.exact.Schedule;
import org.loopcert.input.Problem;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.Dyadic;
import org.loopcert.ring.Interval;

/** The errors of an instance y = X theta*, q(0) = 0, at every loop: exactly, for the literal step, and in binary64. */
final class Descent {
    private final Problem problem;
    private final Gram gram;
    private final ScaledVector theta;
    private final BigInteger thetaSquare;
    private final int loops;

    /**
     * The errors of a realizable instance that starts at 0.
     *
     * @param theta theta*, not zero
     */
    Descent(Problem problem, Vector<BigRational> theta, int loops) {
        this.problem = problem;
        this.gram = Gram.of(problem.x(), problem.y());
        this.theta = ScaledVector.of(theta);
        this.thetaSquare = this.theta.numerators().dot(this.theta.numerators());
        this.loops = loops;
    }

    /** |theta*|^2, exactly. */
    Fraction squaredNorm() {
        return Fraction.of(thetaSquare, theta.denominator().pow(2));
    }

    /** The exact replay with a rational step. */
    Series exact(Fraction eta) {
        List<Interval> squared = new ArrayList<>();
        List<Interval> task = new ArrayList<>();
        ExactReplay replay = ExactReplay.start(gram, ScaledVector.zero(problem.features()), Schedule.constant(eta));
        for (int t = 0; t <= loops; t++) {
            replay.advanceTo(t);
            ScaledVector iterate = replay.theta();
            BigInteger scale = iterate.denominator();
            BigInteger[] off = new BigInteger[theta.size()];
            for (int j = 0; j < off.length; j++) {
                // theta(t) - theta* over the product of both denominators
                off[j] = iterate.numerators()
                        .get(j)
                        .multiply(theta.denominator())
                        .subtract(theta.numerators().get(j).multiply(scale));
            }
            IntegerVector distance = IntegerVector.of(off);
            squared.add(Reals.quotient(distance.dot(distance), thetaSquare.multiply(scale.pow(2))));
            task.add(Reals.quotient(distance.dot(theta.numerators()).abs(), thetaSquare.multiply(scale)));
        }
        return new Series(squared, task);
    }

    /**
     * The literal step eta = 1/lambda_max, enclosed by two rational ones. Along an eigenvector of lambda the errors are
     * multiples of (1 - eta lambda)^(2t) and (1 - eta lambda)^t, which fall in eta up to 1/lambda; so the step below gives
     * upper bounds. With the step above, 1 - eta lambda is at least -delta, delta = eta lambda_max - 1, so that no
     * component is above the literal one by more than its share of delta^(2t) or delta^t.
     *
     * @param below at most 1/lambda_max
     * @param above at least 1/lambda_max
     * @param delta at least above lambda_max - 1
     */
    Series literal(Fraction below, Fraction above, Fraction delta) {
        Series upper = exact(below);
        Series lower = exact(above);
        List<Interval> deltas = Reals.powers(Reals.of(delta), 2 * loops);
        List<Interval> squared = new ArrayList<>(List.of(Reals.ONE));
        List<Interval> task = new ArrayList<>(List.of(Reals.ONE));
        for (int t = 1; t <= loops; t++) {
            squared.add(Reals.notNegative(Reals.between(
                    Reals.subtract(lower.squared().get(t), deltas.get(2 * t)),
                    upper.squared().get(t))));
            task.add(Reals.notNegative(Reals.between(
                    Reals.subtract(lower.task().get(t), deltas.get(t)),
                    upper.task().get(t))));
        }
        return new Series(squared, task);
    }

    /**
     * The binary64 runs: gradient descent in the order {@link SummationOrder#RESIDUAL} for the squared error, the literal
     * loop of attention for the task error. The errors of the rounded iterates are exact.
     *
     * @throws ArithmeticException if a run leaves the finite numbers
     */
    Series rounded(Fraction eta) {
        DescentInstance instance = DescentInstance.constant(
                problem.x(), problem.y(), problem.alpha(), problem.start(), eta.toBigRational(), loops);
        RoundedRun descent = RoundedRun.of(instance, RunConfiguration.binary64(SummationOrder.RESIDUAL));
        RoundedRun transformer = RoundedRun.of(instance, RunConfiguration.binary64(SummationOrder.ATTENTION));
        if (descent.nonFinite().isPresent() || transformer.nonFinite().isPresent()) {
            throw new ArithmeticException("a binary64 run with a step of at most 1/lambda_max is not finite");
        }
        List<Interval> squared = new ArrayList<>();
        List<Interval> task = new ArrayList<>();
        for (int t = 0; t <= loops; t++) {
            Dyadic square = Dyadic.ZERO;
            for (Dyadic each : distance(descent.theta(t))) {
                square = square.add(each.multiply(each));
            }
            squared.add(over(square, Reals.quotient(thetaSquare, BigInteger.ONE)));
            Dyadic inner = Dyadic.ZERO;
            Dyadic[] off = distance(transformer.theta(t));
            for (int j = 0; j < off.length; j++) {
                inner = inner.add(off[j].multiply(Dyadic.of(theta.numerators().get(j))));
            }
            task.add(over(inner.signum() < 0 ? inner.negate() : inner, Reals.quotient(thetaSquare, BigInteger.ONE)));
        }
        return new Series(squared, task);
    }

    /** (theta^(t) - theta*) times the denominator of theta*, exactly. */
    private Dyadic[] distance(double[] iterate) {
        Dyadic[] off = new Dyadic[iterate.length];
        for (int j = 0; j < off.length; j++) {
            off[j] = Dyadic.of(iterate[j])
                    .multiply(Dyadic.of(theta.denominator()))
                    .add(Dyadic.of(theta.numerators().get(j)).negate());
        }
        return off;
    }

    private static Interval over(Dyadic value, Interval divisor) {
        return Reals.divide(new Interval(value.roundDown(Reals.BITS), value.roundUp(Reals.BITS)), divisor);
    }
}
