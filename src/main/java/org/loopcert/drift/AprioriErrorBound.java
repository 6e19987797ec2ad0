package org.loopcert.drift;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.FloatingPoint;
import org.loopcert.ring.RationalField;

/**
 * The bound of the drift that can be given before the run, from the standard model of rounding
 * alone: the program is evaluated once on bounds of magnitude and error, which gives an affine
 * bound of one step's rounding error in the magnitudes of the state; those are bounded along the
 * exact path, and the errors are propagated as in {@link RunningErrorBound}. It holds for every
 * run of the configuration in which nothing overflows, and says whether that is excluded.
 *
 * <p>Iterates over the bounds at t = 0, ..., T.
 */
public final class AprioriErrorBound implements Iterator<ErrorBound> {
    private static final RationalField Q = RationalField.INSTANCE;
    private static final int BITS = Ranged.BITS;

    private final DescentInstance instance;
    private final RunConfiguration configuration;
    private final SummationOrder order;
    private final RoundedInputs inputs;
    private final Ranged.Model working;
    private final Ranged.Model accumulating;
    private final AffineSteps steps;
    private final ErrorPropagation error;
    private final ErrorPropagation magnitude;
    private final ErrorPropagation distance;
    private final Dyad[] solution;
    private final Ranged[][] gradient;
    private final Dyad[] largest;
    private Dyad preparation = Dyad.ZERO;
    private boolean overflowExcluded;
    private int loop;

    private AprioriErrorBound(
            DescentInstance instance,
            RunConfiguration configuration,
            Contraction contraction,
            Optional<Vector<BigRational>> solution) {
        this.instance = instance;
        this.configuration = configuration;
        this.order = configuration.order();
        this.inputs = RoundedInputs.of(instance, configuration, null);
        this.working = new Ranged.Model(configuration.format());
        this.accumulating = configuration.converts() ? new Ranged.Model(configuration.accumulator()) : working;
        if (inputs.unusable().isPresent()) {
            throw new IllegalArgumentException("expected inputs that are finite in the format, got "
                    + inputs.unusable().get());
        }
        this.steps = AffineSteps.onState(instance, order, contraction);
        int d = instance.dimension();
        Dyad[] start = RunningErrorBound.dyads(inputs.start());
        this.error = new ErrorPropagation(RunningErrorBound.startError(instance, order, start));
        Dyad[] magnitudes = new Dyad[d];
        Dyad[] distances = new Dyad[d];
        this.solution = solution.isPresent() ? new Dyad[d] : null;
        if (solution.isPresent()) {
            DescentInstance.requireSize(
                    "entries of the solution", d, solution.get().size());
            if (!steps.problem().solvedBy(solution.get())) {
                throw new IllegalArgumentException("expected a solution of G tt = b, got another vector");
            }
        }
        for (int j = 0; j < d; j++) {
            BigRational exact = RoundedInputs.state(instance, order, j);
            magnitudes[j] = Dyad.up(exact.abs(), BITS);
            if (solution.isPresent()) {
                BigRational target = order.iteratesOnQuery()
                        ? Q.negate(Q.multiply(instance.query(), solution.get().get(j)))
                        : solution.get().get(j);
                this.solution[j] = Dyad.up(target.abs(), BITS);
                distances[j] = Dyad.up(Q.subtract(exact, target).abs(), BITS);
            }
        }
        this.magnitude = new ErrorPropagation(magnitudes);
        this.distance = solution.isPresent() ? new ErrorPropagation(distances) : null;
        this.gradient = new Ranged[d + 1][];
        this.largest = new Dyad[d + 1];
        evaluateProgram();
        this.overflowExcluded = preparation.compareTo(Dyad.ONE) < 0;
    }

    /**
     * The bounds for a configuration.
     *
     * @param contraction what is certified about |I - eta G|; without it the bound may grow fast
     * @param solution tt with G tt = b exactly, if known: it bounds the iterates better
     * @throws IllegalArgumentException if an input is not finite in the format, alpha rounds to zero where
     *     it divides, or the given solution is none
     */
    public static AprioriErrorBound of(
            DescentInstance instance,
            RunConfiguration configuration,
            Contraction contraction,
            Optional<Vector<BigRational>> solution) {
        return new AprioriErrorBound(instance, configuration, contraction, solution);
    }

    /**
     * The gradient's bounds are affine in the bounds of the state: column j is the program on the
     * j-th unit vector without labels, the last column the program on the labels alone.
     */
    private void evaluateProgram() {
        int n = instance.examples().rows();
        int d = instance.dimension();
        List<List<Ranged>> examples = new ArrayList<>();
        List<Ranged> labels = new ArrayList<>();
        List<Ranged> noLabels = new ArrayList<>();
        Ranged nothing = new Ranged(Dyad.ZERO, Dyad.ZERO);
        for (int i = 0; i < n; i++) {
            List<Ranged> row = new ArrayList<>();
            for (int j = 0; j < d; j++) {
                row.add(input(instance.examples().get(i, j), inputs.examples()[i][j]));
            }
            examples.add(row);
            labels.add(input(instance.labels().get(i), inputs.labels()[i]));
        }
        for (int i = 0; i < Math.max(n, d); i++) {
            noLabels.add(nothing); // y has n entries, b has d
        }
        Ranged query = input(instance.query(), inputs.query());
        StepProgram<Ranged> program = new StepProgram<>(configuration, working, accumulating, examples, labels);
        preparation = takeLargest();
        List<Ranged> offsets = order == SummationOrder.GRAM ? program.gramLabels() : labels;
        for (int column = d; column >= 0; column--) {
            List<Ranged> state = new ArrayList<>();
            for (int j = 0; j < d; j++) {
                state.add(j == column ? new Ranged(Dyad.ONE, Dyad.ZERO) : nothing);
            }
            boolean last = column == d;
            gradient[column] =
                    program.gradient(state, last ? offsets : noLabels, query).toArray(Ranged[]::new);
            largest[column] = takeLargest();
            working.linearOnly();
            accumulating.linearOnly();
        }
    }

    private Dyad takeLargest() {
        return Dyad.max(working.takeLargest(), accumulating.takeLargest());
    }

    private static Ranged input(BigRational exact, double rounded) {
        return new Ranged(
                Dyad.up(exact.abs(), BITS),
                Dyad.up(Q.subtract(FloatingPoint.exact(rounded), exact).abs(), BITS));
    }

    @Override
    public boolean hasNext() {
        return loop <= instance.loops();
    }

    @Override
    public ErrorBound next() {
        return following().toErrorBound();
    }

    /** As {@link #next}, in binary fractions. */
    DyadBound following() {
        if (!hasNext()) {
            throw new NoSuchElementException("the instance has " + instance.loops() + " loops");
        }
        DyadBound bound = readOut();
        if (loop < instance.loops()) {
            advance();
        }
        loop++;
        return bound;
    }

    /**
     * Whether the bounds returned so far also prove that no operation of a run can have overflowed;
     * otherwise they hold for runs whose values are finite.
     */
    public boolean overflowExcluded() {
        return overflowExcluded;
    }

    /** Upper bounds of the magnitudes of the rounded state at the present loop. */
    private Dyad[] roundedState() {
        Dyad[] exact = magnitude.entries();
        Dyad[] away = distance == null ? null : distance.entries();
        Dyad[] drift = error.entries();
        Dyad[] state = new Dyad[exact.length];
        for (int j = 0; j < state.length; j++) {
            Dyad bound = away == null ? exact[j] : Dyad.min(exact[j], solution[j].add(away[j]));
            state[j] = bound.add(drift[j]).up(BITS);
        }
        return state;
    }

    private void advance() {
        int d = instance.dimension();
        Dyad[] state = roundedState();
        BigRational exactStep = instance.stepSize(loop);
        double roundedStep = configuration.format().round(exactStep);
        if (!Double.isFinite(roundedStep)) {
            throw new IllegalArgumentException(
                    "expected a step size that is finite in the format at loop " + loop + ", got " + roundedStep);
        }
        Ranged stepSize = input(exactStep, roundedStep);
        Ranged.Model model = new Ranged.Model(configuration.format());
        Dyad size = largest[d];
        for (int j = 0; j < d; j++) {
            size = size.add(largest[j].multiply(state[j])).up(BITS);
        }
        Dyad[] local = new Dyad[d];
        Dyad[] offset = new Dyad[d];
        Dyad[] none = new Dyad[d];
        AffineStep step = steps.step(loop);
        for (int i = 0; i < d; i++) {
            Ranged slope = gradient[d][i];
            for (int j = 0; j < d; j++) {
                slope = slope.plus(gradient[j][i].scale(state[j]));
            }
            Ranged next = StepProgram.update(configuration, model, new Ranged(state[i], Dyad.ZERO), stepSize, slope, i);
            local[i] = next.error();
            offset[i] = step.offsetMagnitude(i);
            none[i] = Dyad.ZERO;
        }
        size = Dyad.max(size, model.takeLargest());
        overflowExcluded &= size.compareTo(Dyad.ONE) < 0;
        error.step(step, steps.factor(loop), local);
        magnitude.step(step, steps.factor(loop), offset);
        if (distance != null) {
            distance.step(step, steps.factor(loop), none);
        }
    }

    private DyadBound readOut() {
        Dyad[] entries = error.entries();
        if (!order.iteratesOnQuery()) {
            return DyadBound.of(loop, entries, error.euclidean());
        }
        BigRational inverse = Q.divide(BigRational.ONE, instance.query());
        BigRational roundedInverse = Q.divide(BigRational.ONE, FloatingPoint.exact(inputs.query()));
        Dyad factor = Dyad.up(inverse.abs(), BITS);
        // |q^/alpha^ - q^/alpha| plus the rounding of the division, per unit of |q^|
        Dyad reading = Dyad.up(Q.subtract(roundedInverse, inverse).abs(), BITS)
                .add(Dyad.up(roundedInverse.abs(), BITS).multiply(working.unit()))
                .up(BITS);
        Dyad[] state = roundedState();
        Dyad[] readOut = new Dyad[state.length];
        for (int j = 0; j < state.length; j++) {
            readOut[j] = state[j].multiply(reading).add(working.tiny()).up(BITS);
            entries[j] = entries[j].multiply(factor).add(readOut[j]).up(BITS);
        }
        Dyad euclidean = error.euclidean()
                .multiply(factor)
                .add(ErrorPropagation.norm(readOut))
                .up(BITS);
        return DyadBound.of(loop, entries, euclidean);
    }
}
