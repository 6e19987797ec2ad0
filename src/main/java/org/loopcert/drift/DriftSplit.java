package org.loopcert.drift;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.loopcert.ring.RationalField;

/**
 * The drift of a run, split by {@link Origin}: e(t+1) = (I - eta G) e(t) + r(t) is linear, so that the parts of r(t) can
 * be followed one by one, each with a radius that covers the rounding of this bookkeeping. What a loop adds is local,
 * what it passes on is feedback. All in units of theta; the read-out of the order ATTENTION is not part of it.
 */
final class DriftSplit {
    /** Bits of the centres. */
    private static final int BITS = 192;

    private final RoundedSteps steps;
    private final LocalErrors observer;
    private final AffineSteps exactSteps;
    private final BigInteger scaleNumerator;
    private final BigInteger scaleDenominator;
    private final Map<Origin, Dyad[]> centres = new EnumMap<>(Origin.class);
    private final Map<Origin, ErrorPropagation> radii = new EnumMap<>(Origin.class);
    private Map<Origin, Dyad[]> local;
    private Dyad[] inputRadius;
    private double[] state;
    private boolean still;
    private Dyad[] feedback;

    DriftSplit(DescentInstance instance, RunConfiguration configuration, Contraction contraction) {
        this.observer = new LocalErrors(instance, configuration);
        this.steps = RoundedSteps.observed(instance, configuration, observer);
        this.exactSteps = AffineSteps.onState(instance, configuration.order(), contraction);
        BigRational scale =
                configuration.order().iteratesOnQuery() ? instance.query().abs() : BigRational.ONE;
        this.scaleNumerator = scale.getNumeratorBigInteger();
        this.scaleDenominator = scale.getDenominatorBigInteger();
        this.state = steps.state();
        int d = state.length;
        Dyad[] start = new Dyad[d];
        Dyad[] startRadius = new Dyad[d];
        for (int j = 0; j < d; j++) {
            BigRational error = RationalField.INSTANCE.subtract(
                    Dyad.of(state[j]).toRational(), RoundedInputs.state(instance, configuration.order(), j));
            start[j] = Dyad.down(error, BITS);
            startRadius[j] = Dyad.up(error, BITS).subtract(start[j]);
        }
        for (Origin origin : Origin.values()) {
            boolean input = origin == Origin.INPUT;
            centres.put(origin, input ? start : zeros(d));
            radii.put(origin, new ErrorPropagation(input ? startRadius : zeros(d)));
        }
        this.inputRadius = startRadius;
        this.local = Map.of(Origin.INPUT, start, Origin.PRODUCT, zeros(d), Origin.ACCUMULATION, zeros(d));
        this.feedback = zeros(d);
    }

    private static Dyad[] zeros(int d) {
        Dyad[] zeros = new Dyad[d];
        Arrays.fill(zeros, Dyad.ZERO);
        return zeros;
    }

    /** Takes one loop, which must stay finite. */
    void advance() {
        int t = steps.loop();
        AffineStep step = exactSteps.step(t);
        if (!still) {
            double[] before = state;
            steps.advance();
            state = steps.state();
            double stepSize =
                    steps.configuration().format().round(steps.instance().stepSize(t));
            Dyad[][] rounding = observer.take(steps.inputs().examples(), stepSize, before);
            still = steps.instance().constantStep() && Arrays.equals(before, state);
            local = Map.of(
                    Origin.INPUT,
                    input(step, before, rounding),
                    Origin.PRODUCT,
                    rounding[0],
                    Origin.ACCUMULATION,
                    rounding[1]);
        } else {
            steps.restart(t + 1, state); // a loop from the same state does the same
        }
        feedback = zeros(state.length);
        for (Origin origin : Origin.values()) {
            follow(origin, step, exactSteps.factor(t));
        }
    }

    /** The exact step on the rounded inputs minus the exact step: what is left once the operations are accounted for. */
    private Dyad[] input(AffineStep step, double[] before, Dyad[][] rounding) {
        Dyad[] point = RunningErrorBound.dyads(before);
        Dyad[] reached = RunningErrorBound.dyads(state);
        int exponent = AffineStep.commonExponent(point);
        BigInteger[] image = step.apply(point, exponent);
        Dyad[] input = new Dyad[point.length];
        inputRadius = new Dyad[point.length];
        for (int j = 0; j < input.length; j++) {
            Dyad rest = reached[j].subtract(rounding[0][j]).subtract(rounding[1][j]);
            int common = rest.signum() == 0 ? exponent : Math.min(exponent, rest.exponent());
            BigInteger value = rest.signum() == 0 ? BigInteger.ZERO : rest.at(common);
            BigInteger difference = value.multiply(step.denominator()).subtract(image[j].shiftLeft(exponent - common));
            input[j] = step.scaled(difference, common, false, BITS);
            inputRadius[j] = step.scaled(difference, common, true, BITS).subtract(input[j]);
        }
        return input;
    }

    private void follow(Origin origin, AffineStep step, Dyad factor) {
        Dyad[] centre = centres.get(origin);
        int d = centre.length;
        int exponent = AffineStep.commonExponent(centre);
        Dyad[] next = new Dyad[d];
        Dyad[] lost = new Dyad[d];
        for (int i = 0; i < d; i++) {
            BigInteger sum = BigInteger.ZERO;
            for (int j = 0; j < d; j++) {
                if (centre[j].signum() != 0) {
                    sum = sum.add(step.matrix()[i][j].multiply(centre[j].at(exponent)));
                }
            }
            Dyad passed = step.scaled(sum, exponent, false, BITS);
            Dyad exact = passed.add(local.get(origin)[i]);
            next[i] = exact.down(BITS);
            // the quotient, the sum, and where inputs are concerned the local part were rounded down
            lost[i] = step.scaled(sum, exponent, true, BITS)
                    .subtract(passed)
                    .add(exact.subtract(next[i]))
                    .add(origin == Origin.INPUT ? inputRadius[i] : Dyad.ZERO)
                    .up(AffineStep.BITS);
            feedback[i] = feedback[i].add(passed);
        }
        radii.get(origin).step(step, factor, lost);
        centres.put(origin, next);
    }

    int loop() {
        return steps.loop();
    }

    /** The largest entry of what the last loop added by this origin; at the start, what rounding the start did. */
    Enclosure local(Origin origin) {
        return magnitude(local.get(origin), origin == Origin.INPUT ? inputRadius : zeros(state.length));
    }

    /** The largest entry of all that this origin has added so far, as it is now after its way through the loops. */
    Enclosure total(Origin origin) {
        return magnitude(centres.get(origin), radii.get(origin).entries());
    }

    /** The largest entry of the drift that the last loop passed on. */
    Enclosure feedback() {
        return magnitude(feedback, radius());
    }

    private Dyad[] radius() {
        Dyad[] sum = zeros(state.length);
        for (ErrorPropagation each : radii.values()) {
            Dyad[] entries = each.entries();
            for (int j = 0; j < sum.length; j++) {
                sum[j] = sum[j].add(entries[j]);
            }
        }
        return sum;
    }

    /** Bounds of the largest entry of the drift, all origins together. */
    Enclosure drift() {
        Dyad[] sum = zeros(state.length);
        for (Dyad[] each : centres.values()) {
            for (int j = 0; j < sum.length; j++) {
                sum[j] = sum[j].add(each[j]);
            }
        }
        return magnitude(sum, radius());
    }

    private Enclosure magnitude(Dyad[] centre, Dyad[] radius) {
        Dyad lower = Dyad.ZERO;
        Dyad upper = Dyad.ZERO;
        for (int j = 0; j < centre.length; j++) {
            lower = Dyad.max(lower, centre[j].abs().subtract(radius[j]));
            upper = Dyad.max(upper, centre[j].abs().add(radius[j]));
        }
        return Enclosure.of(unscaled(lower, false), unscaled(upper, true));
    }

    private Dyad unscaled(Dyad value, boolean upward) {
        BigInteger numerator = value.mantissa().multiply(scaleDenominator);
        Dyad quotient = upward
                ? Dyad.up(numerator, scaleNumerator, AffineStep.BITS)
                : Dyad.down(numerator, scaleNumerator, AffineStep.BITS);
        return quotient.signum() == 0
                ? quotient
                : new Dyad(quotient.mantissa(), quotient.exponent() + value.exponent());
    }
}
