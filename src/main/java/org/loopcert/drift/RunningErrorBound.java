package org.loopcert.drift;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.DoubleStream;
import org.loopcert.ring.RationalField;

/**
 * The bound of the drift from what the rounded run actually did: the residual r(t) = theta^(t+1) -
 * (theta^(t) - eta (G theta^(t) - b)) of every rounded step against the exact step on the exact
 * data is computed exactly, and e(t+1) = (I - eta G) e(t) + r(t) is bounded upward, entry by entry
 * and in the Euclidean norm. The rounding of the inputs is part of r(t). It holds whatever produced
 * the iterates, so that no property of the processor is trusted.
 *
 * <p>Iterates over the bounds at t = 0, ..., {@link RoundedRun#loopsReached()}.
 */
public final class RunningErrorBound implements Iterator<ErrorBound> {
    private static final int BITS = AffineStep.BITS;

    private final RoundedRun run;
    private final AffineSteps steps;
    private final ErrorPropagation error;
    private Dyad[] state;
    private Dyad lastLocal = Dyad.ZERO;
    private int loop;

    private RunningErrorBound(RoundedRun run, AffineSteps steps) {
        this.run = run;
        this.steps = steps;
        if (run.loopsReached() < 0) {
            throw new IllegalArgumentException(
                    "expected a run with a finite start, got " + run.nonFinite().orElseThrow());
        }
        this.state = dyads(run.state(0));
        this.error = new ErrorPropagation(startError(run.instance(), run.order(), state));
    }

    /**
     * The bounds along a run.
     *
     * @param contraction what is certified about |I - eta G|; without it the bound may grow fast
     * @throws IllegalArgumentException if not even the start of the run is finite
     */
    public static RunningErrorBound of(RoundedRun run, Contraction contraction) {
        return of(run, AffineSteps.onState(run.instance(), run.order(), contraction));
    }

    /** As {@link #of(RoundedRun, Contraction)}, with the steps on what the run iterates on. */
    static RunningErrorBound of(RoundedRun run, AffineSteps steps) {
        return new RunningErrorBound(run, steps);
    }

    /**
     * The bound at one loop. Where the run has closed a cycle and the certified factor f is at most
     * 1, loops beyond the cycle cost nothing: with R the largest residual of the cycle, the error
     * stays below max(|e(c)|, R / (1 - f)), or below |e(c)| + (t - c) R where f is 1.
     *
     * @throws IndexOutOfBoundsException unless 0 <= loop <= {@link RoundedRun#loopsReached()}
     */
    public static ErrorBound at(RoundedRun run, Contraction contraction, int loop) {
        run.state(loop);
        RunningErrorBound bound = of(run, contraction);
        int cycleStart = run.cycleStart().orElse(loop);
        int cycleEnd = cycleStart + run.cycleLength().orElse(0);
        boolean jumps = loop > cycleEnd
                && cycleEnd > cycleStart
                && bound.steps.factor(0).compareTo(Dyad.ONE) <= 0;
        int target = jumps ? cycleStart : loop;
        while (bound.loop < target) {
            bound.advance();
        }
        return (jumps ? bound.beyond(loop, cycleEnd) : bound.current()).toErrorBound();
    }

    private DyadBound beyond(int target, int cycleEnd) {
        int from = loop;
        Dyad start = error.euclidean();
        Dyad factor = steps.factor(0);
        Dyad largest = Dyad.ZERO;
        while (loop < cycleEnd) {
            advance();
            largest = Dyad.max(largest, lastLocal);
        }
        Dyad room = Dyad.ONE.subtract(factor);
        Dyad drifted = start.add(largest.multiply(new Dyad(BigInteger.valueOf(target - from), 0)))
                .up(BITS);
        if (room.signum() > 0) {
            Dyad ratio = Dyad.up(largest.mantissa(), room.mantissa(), BITS);
            Dyad settled = new Dyad(ratio.mantissa(), ratio.exponent() + largest.exponent() - room.exponent());
            drifted = Dyad.min(drifted, Dyad.max(start, settled));
        }
        Dyad[] entries = new Dyad[run.instance().dimension()];
        Arrays.fill(entries, drifted);
        return readOut(target, entries, drifted, dyads(run.state(target)));
    }

    @Override
    public boolean hasNext() {
        return loop <= run.loopsReached();
    }

    @Override
    public ErrorBound next() {
        return following().toErrorBound();
    }

    /** As {@link #next}, in binary fractions. */
    DyadBound following() {
        if (!hasNext()) {
            throw new NoSuchElementException("the run has " + run.loopsReached() + " loops");
        }
        DyadBound bound = current();
        if (loop < run.loopsReached()) {
            advance();
        } else {
            loop++;
        }
        return bound;
    }

    private void advance() {
        Dyad[] next = dyads(run.state(loop + 1));
        AffineStep step = steps.step(loop);
        Dyad[] local = step.residual(state, next);
        lastLocal = ErrorPropagation.norm(local);
        error.step(step, steps.factor(loop), local);
        state = next;
        loop++;
    }

    private DyadBound current() {
        return readOut(loop, error.entries(), error.euclidean(), state);
    }

    /** From the bound on the state to the bound on theta, which ATTENTION reads as -(q / alpha). */
    private DyadBound readOut(int at, Dyad[] entries, Dyad euclidean, Dyad[] reached) {
        if (!run.order().iteratesOnQuery()) {
            return DyadBound.of(at, entries, euclidean);
        }
        Dyad[] theta = dyads(run.theta(at));
        BigRational alpha = run.instance().query();
        BigInteger p = alpha.getNumeratorBigInteger();
        Dyad numerator = new Dyad(p, 0);
        Dyad denominator = new Dyad(alpha.getDenominatorBigInteger(), 0);
        Dyad[] bounds = new Dyad[entries.length];
        Dyad[] reading = new Dyad[entries.length];
        for (int j = 0; j < entries.length; j++) {
            Dyad off = theta[j].multiply(numerator)
                    .add(reached[j].multiply(denominator))
                    .abs();
            reading[j] = divideUp(off, p.abs());
            bounds[j] = divideUp(entries[j].multiply(denominator), p.abs())
                    .add(reading[j])
                    .up(BITS);
        }
        Dyad distance = divideUp(euclidean.multiply(denominator), p.abs())
                .add(ErrorPropagation.norm(reading))
                .up(BITS);
        return DyadBound.of(at, bounds, distance);
    }

    static Dyad divideUp(Dyad dividend, BigInteger divisor) {
        Dyad quotient = Dyad.up(dividend.mantissa(), divisor, BITS);
        return quotient.signum() == 0
                ? Dyad.ZERO
                : new Dyad(quotient.mantissa(), quotient.exponent() + dividend.exponent());
    }

    static Dyad[] dyads(double[] values) {
        return DoubleStream.of(values).mapToObj(Dyad::of).toArray(Dyad[]::new);
    }

    /** Upper bounds of the distance of a start from the exact one. */
    static Dyad[] startError(DescentInstance instance, SummationOrder order, Dyad[] start) {
        Dyad[] error = new Dyad[start.length];
        for (int j = 0; j < error.length; j++) {
            BigRational exact = RoundedInputs.state(instance, order, j);
            error[j] = Dyad.up(
                    RationalField.INSTANCE
                            .subtract(start[j].toRational(), exact)
                            .abs(),
                    BITS);
        }
        return error;
    }
}
