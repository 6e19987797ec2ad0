package org.loopcert.drift;

import ch.obermuhlner.math.big.BigRational;
import java.util.Optional;
import org.loopcert.matrix.Vector;

/**
 * A rounded path of an instance beside its true path, compared at every step.
 *
 * @param configuration the arithmetic of the rounded run
 * @param loops T
 * @param loopsReached the last loop with finite values, T unless the run failed
 * @param nonFinite where the run failed, if it did
 * @param drift the measured drift and its bounds; empty where not even the start was finite
 * @param leavesBoundAt when the rounded run leaves the bound of the exact one, if that was asked
 */
public record CrossCheck(
        RunConfiguration configuration,
        int loops,
        int loopsReached,
        Optional<NonFinite> nonFinite,
        Optional<Drift> drift,
        Optional<BoundExit> leavesBoundAt) {
    /** The most bits of an iterate for which the true path is followed exactly. */
    public static final long MAXIMUM_EXACT_BITS = 1L << 17;

    static final int ENCLOSURE_BITS = 256;
    static final long MAXIMUM_POWER_BITS = 1L << 22;

    /**
     * The drift along a run. The bound of {@link RunningErrorBound} was compared with the measured
     * distance at every step and held.
     *
     * @param exact whether it was measured against exact iterates; otherwise against enclosures of
     *     256 bits
     * @param worstAbsolute the loop with the largest distance
     * @param worstUlps the loop with the largest distance in units in the last place
     * @param last the last loop reached
     * @param largestBound the largest guaranteed bound of the distance of an entry at any loop
     * @param lastBound the guaranteed bound at the last loop reached
     * @param aprioriBound the bound of {@link AprioriErrorBound} there, if it was asked
     */
    public record Drift(
            boolean exact,
            DriftRecord worstAbsolute,
            DriftRecord worstUlps,
            DriftRecord last,
            BigRational largestBound,
            ErrorBound lastBound,
            Optional<ErrorBound> aprioriBound) {}

    /**
     * Runs an instance and compares it with the truth at every step. Takes time in
     * proportion to T; for one huge t measure a run that closes a cycle against {@link
     * EnclosurePath#power} instead, with {@link RunningErrorBound#at}.
     *
     * @param contraction what is certified about |I - eta G|
     * @param solution tt with G tt = b exactly, if known
     * @param ratio rho^2 of the bound |e(t)|^2 <= rho^(2t) |e(0)|^2 to follow, needs the solution
     * @throws IllegalArgumentException if sizes disagree, the solution is none, or there is a ratio
     *     but no solution
     * @throws IllegalStateException if a guaranteed bound is below a measured distance: a fault of
     *     this program or its processor, or a contraction that does not hold
     */
    public static CrossCheck compare(
            DescentInstance instance,
            RunConfiguration configuration,
            Contraction contraction,
            Optional<Vector<BigRational>> solution,
            Optional<BigRational> ratio) {
        return compare(instance, configuration, contraction, solution, ratio, true);
    }

    /** As {@link #compare}, without the bound before the run, which costs more than all the rest. */
    public static CrossCheck measure(
            DescentInstance instance,
            RunConfiguration configuration,
            Contraction contraction,
            Optional<Vector<BigRational>> solution,
            Optional<BigRational> ratio) {
        return compare(instance, configuration, contraction, solution, ratio, false);
    }

    private static CrossCheck compare(
            DescentInstance instance,
            RunConfiguration configuration,
            Contraction contraction,
            Optional<Vector<BigRational>> solution,
            Optional<BigRational> ratio,
            boolean beforehand) {
        if (ratio.isPresent() && solution.isEmpty()) {
            throw new IllegalArgumentException("expected a solution beside the ratio, got none");
        }
        RoundedRun run = RoundedRun.of(instance, configuration);
        Optional<Drift> drift =
                run.loopsReached() < 0 ? Optional.empty() : Optional.of(follow(run, contraction, solution, beforehand));
        Optional<BoundExit> exit =
                ratio.map(r -> BoundExitSearch.leavesBoundAt(run, solution.get(), r, MAXIMUM_POWER_BITS));
        return new CrossCheck(configuration, instance.loops(), run.loopsReached(), run.nonFinite(), drift, exit);
    }

    private static Drift follow(
            RoundedRun run, Contraction contraction, Optional<Vector<BigRational>> solution, boolean beforehand) {
        DescentInstance instance = run.instance();
        AffineSteps steps = AffineSteps.onTheta(instance, contraction);
        boolean exact = affordable(instance, steps);
        ReferencePath path = exact
                ? ReferencePath.exact(instance, steps)
                : ReferencePath.enclosed(instance, contraction, ENCLOSURE_BITS);
        RunningErrorBound bounds = run.order().iteratesOnQuery()
                ? RunningErrorBound.of(run, contraction)
                : RunningErrorBound.of(run, steps);
        Optional<AprioriErrorBound> apriori = beforehand
                ? Optional.of(AprioriErrorBound.of(instance, run.configuration(), contraction, solution))
                : Optional.empty();
        Measurement worstAbsolute = null;
        Measurement worstUlps = null;
        Dyad largestBound = Dyad.ZERO;
        for (int t = 0; ; t++) {
            Measurement measured = Measurement.of(run.theta(t), path.point(), run.format());
            DyadBound bound = bounds.following();
            Optional<DyadBound> before = apriori.map(AprioriErrorBound::following);
            requireHeld(run.order(), measured, bound);
            before.ifPresent(each -> requireHeld(run.order(), measured, each));
            if (worstAbsolute == null || measured.absolute().exceeds(worstAbsolute.absolute())) {
                worstAbsolute = measured;
            }
            if (worstUlps == null || measured.ulps().exceeds(worstUlps.ulps())) {
                worstUlps = measured;
            }
            largestBound = Dyad.max(largestBound, bound.maxNorm());
            if (t == run.loopsReached()) {
                return new Drift(
                        exact,
                        worstAbsolute.record(),
                        worstUlps.record(),
                        measured.record(),
                        largestBound.toRational(),
                        bound.toErrorBound(),
                        before.map(DyadBound::toErrorBound));
            }
            path.advance();
        }
    }

    /** Whether the last exact iterate is short enough to be written down. */
    static boolean affordable(DescentInstance instance) {
        return affordable(instance, AffineSteps.onTheta(instance, Contraction.none()));
    }

    private static boolean affordable(DescentInstance instance, AffineSteps steps) {
        long bits = 0;
        for (int t = 0; t < instance.loops() && bits <= MAXIMUM_EXACT_BITS; t++) {
            bits += steps.step(t).denominator().bitLength();
        }
        return bits <= MAXIMUM_EXACT_BITS;
    }

    static void requireHeld(SummationOrder order, Measurement measured, DyadBound bound) {
        Dyad squared = bound.euclidean().multiply(bound.euclidean());
        boolean held = measured.absolute().lower().compareTo(bound.maxNorm()) <= 0
                && measured.squared()[0].compareTo(squared) <= 0;
        if (!held) {
            throw new IllegalStateException("the guaranteed bound "
                    + Enclosure.exact(bound.maxNorm().toRational()).upperDecimal(6)
                    + " of the drift of order "
                    + order
                    + " at loop "
                    + bound.loop()
                    + " is below the measured "
                    + measured.absolute().enclosure().lowerDecimal(6));
        }
    }
}
