package org.loopcert.drift;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;

/**
 * A rounded run beside the true iterates, step by step and entry by entry: how far it is off, how far it can be off at
 * most, where the drift comes from, and when the run stops doing what the exact one does. Decided by integers alone;
 * distances are from the exact iterate, or from a rigorous enclosure of it where fractions grow too long.
 *
 * @param configuration the arithmetic of the run
 * @param loops T
 * @param loopsReached the last loop with finite values: T unless the run failed, -1 if its start did
 * @param nonFinite the first operation that was not finite
 * @param exact whether distances are from exact iterates, otherwise from enclosures of 256 bits
 * @param steps t = 0, ..., loopsReached
 * @param stopsContractingAt the first t with |theta^(t+1) - tt| >= |theta^(t) - tt| > 0; empty if there is none
 * @param stagnatesAt the first t from which the iterates repeat
 * @param period the length of what repeats, 1 where the run stands still
 * @param leavesBoundAt when |theta^(t) - tt|^2 <= rho^(2t) |theta(0) - tt|^2 fails, if a ratio rho^2 was given
 * @param leavesPaperBoundAt the same for the ratio of CHEN2024, Lemma 5.6, 1 - eta mu, if it was given
 * @param apriori the bound at T that is known before the run; empty if the start or a step size is not finite
 */
public record DriftAudit(
        RunConfiguration configuration,
        int loops,
        int loopsReached,
        Optional<NonFinite> nonFinite,
        boolean exact,
        List<Step> steps,
        OptionalInt stopsContractingAt,
        OptionalInt stagnatesAt,
        OptionalInt period,
        Optional<BoundExit> leavesBoundAt,
        Optional<BoundExit> leavesPaperBoundAt,
        Optional<ErrorBound> apriori) {

    /** Operations up to which drift is split by origin at every step. */
    public static final long SPLIT_OPERATIONS = 20_000_000;

    private static final RationalField Q = RationalField.INSTANCE;

    /**
     * One iterate.
     *
     * @param loop t
     * @param entries the entries of theta(t)
     * @param absolute the largest distance of an entry
     * @param ulps the largest distance of an entry in units in the last place of its true value
     * @param bound the guaranteed bound of the distance
     * @param parts the split of the drift; empty where the run is too long for it
     */
    public record Step(
            int loop,
            List<Entry> entries,
            Enclosure absolute,
            Enclosure ulps,
            ErrorBound bound,
            Optional<Parts> parts) {
        /** Copies the entries. */
        public Step {
            entries = List.copyOf(entries);
        }

        /** At least what share of the guaranteed bound the drift makes use of; empty where both are 0. */
        public Optional<BigRational> tightness() {
            return bound.maxNorm().signum() == 0
                    ? Optional.empty()
                    : Optional.of(Q.divide(absolute.lower(), bound.maxNorm()));
        }
    }

    /**
     * One entry of an iterate.
     *
     * @param rounded what the run has
     * @param absolute the distance from the true value
     * @param ulps the same in units in the last place of the true value
     * @param relative the same as a share of the true value; empty where that is or may be 0
     */
    public record Entry(double rounded, Enclosure absolute, Enclosure ulps, Optional<Enclosure> relative) {}

    /**
     * Where drift comes from, each as its largest entry. For the order ATTENTION all but the read-out.
     *
     * @param local what the last loop added
     * @param feedback what the last loop passed on of the drift before it
     * @param total what all loops so far have added, as it is now after its way through them
     */
    public record Parts(Map<Origin, Enclosure> local, Enclosure feedback, Map<Origin, Enclosure> total) {
        /** Copies the maps. */
        public Parts {
            local = Map.copyOf(local);
            total = Map.copyOf(total);
        }
    }

    /** Copies the steps. */
    public DriftAudit {
        steps = List.copyOf(steps);
    }

    /**
     * Audits a run.
     *
     * @param contraction what is certified about |I - eta G|
     * @param solution tt with G tt = b exactly, if known; events that speak of it need it
     * @param ratio rho^2 where |e(t)| <= rho^t |e(0)| is certified for the exact iterates
     * @param paperRatio 1 - eta mu where 0 < eta <= 1/L
     * @throws IllegalArgumentException if sizes disagree, or there is a ratio but no solution
     * @throws IllegalStateException if a guaranteed bound is below a measured distance, or the parts of the drift do not
     *     add up to it: a fault of this program or its processor, or a contraction that does not hold
     */
    public static DriftAudit of(
            DescentInstance instance,
            RunConfiguration configuration,
            Contraction contraction,
            Optional<Vector<BigRational>> solution,
            Optional<BigRational> ratio,
            Optional<BigRational> paperRatio) {
        if ((ratio.isPresent() || paperRatio.isPresent()) && solution.isEmpty()) {
            throw new IllegalArgumentException("expected a solution beside the ratio, got none");
        }
        RoundedRun run = RoundedRun.of(instance, configuration);
        List<Step> steps = new ArrayList<>();
        Optional<ErrorBound> apriori = Optional.empty();
        boolean exact = CrossCheck.affordable(instance);
        if (run.loopsReached() >= 0) {
            follow(run, contraction, exact, steps);
            apriori = stepsAreFinite(run) ? apriori(run, contraction, solution) : Optional.empty();
        }
        Optional<Repetition> repetition = repetition(run);
        return new DriftAudit(
                configuration,
                instance.loops(),
                run.loopsReached(),
                run.nonFinite(),
                exact,
                steps,
                solution.map(tt -> stopsContracting(run, tt)).orElse(OptionalInt.empty()),
                repetition.isPresent() ? OptionalInt.of(repetition.get().from()) : OptionalInt.empty(),
                repetition.isPresent() ? OptionalInt.of(repetition.get().period()) : OptionalInt.empty(),
                ratio.map(r ->
                        BoundExitSearch.leavesBoundAt(run, solution.orElseThrow(), r, CrossCheck.MAXIMUM_POWER_BITS)),
                paperRatio.map(r ->
                        BoundExitSearch.leavesBoundAt(run, solution.orElseThrow(), r, CrossCheck.MAXIMUM_POWER_BITS)),
                apriori);
    }

    private static void follow(RoundedRun run, Contraction contraction, boolean exact, List<Step> steps) {
        DescentInstance instance = run.instance();
        ReferencePath path = exact
                ? ReferencePath.exact(instance)
                : ReferencePath.enclosed(instance, contraction, CrossCheck.ENCLOSURE_BITS);
        RunningErrorBound bounds = RunningErrorBound.of(run, contraction);
        DriftSplit split = splits(run) ? new DriftSplit(instance, run.configuration(), contraction) : null;
        for (int t = 0; ; t++) {
            ReferencePoint truth = path.point();
            Measurement measured = Measurement.of(run.theta(t), truth, run.format());
            DyadBound bound = bounds.following();
            CrossCheck.requireHeld(run.order(), measured, bound);
            Optional<Parts> parts = split == null ? Optional.empty() : Optional.of(parts(run, split, measured));
            steps.add(new Step(
                    t,
                    entries(run, t, truth),
                    outward(measured.absolute()),
                    outward(measured.ulps()),
                    bound.toErrorBound(),
                    parts));
            if (t == run.loopsReached()) {
                return;
            }
            path.advance();
            if (split != null) {
                split.advance();
            }
        }
    }

    /** Whether the operations of all loops before the run repeats itself are few enough. */
    private static boolean splits(RoundedRun run) {
        int d = run.instance().dimension();
        long rows = run.order() == SummationOrder.GRAM
                ? d
                : 2L * run.instance().examples().rows();
        int distinct = run.cycleStart().isPresent() && run.cycleLength().getAsInt() == 1
                ? run.cycleStart().getAsInt()
                : run.loopsReached();
        return rows * d * Math.max(1, distinct) <= SPLIT_OPERATIONS;
    }

    private static Parts parts(RoundedRun run, DriftSplit split, Measurement measured) {
        Map<Origin, Enclosure> local = new EnumMap<>(Origin.class);
        Map<Origin, Enclosure> total = new EnumMap<>(Origin.class);
        for (Origin origin : Origin.values()) {
            local.put(origin, split.local(origin));
            total.put(origin, split.total(origin));
        }
        Enclosure sum = split.drift();
        Enclosure drift = outward(measured.absolute());
        boolean agrees = Q.compare(sum.lower(), drift.upper()) <= 0 && Q.compare(drift.lower(), sum.upper()) <= 0;
        if (!agrees && !run.order().iteratesOnQuery()) {
            throw new IllegalStateException("the parts of the drift at loop " + split.loop() + " add up to "
                    + sum.upperDecimal(9) + ", not to " + drift.upperDecimal(9));
        }
        return new Parts(local, split.feedback(), total);
    }

    private static List<Entry> entries(RoundedRun run, int loop, ReferencePoint truth) {
        List<Entry> entries = new ArrayList<>();
        double[] theta = run.theta(loop);
        Divisor divisor = new Divisor(truth.denominator());
        for (int j = 0; j < theta.length; j++) {
            Measured distance = Measurement.distance(Dyad.of(theta[j]), truth, divisor, j);
            Measured ulps = Measurement.inUlps(distance, truth, j, run.format());
            entries.add(new Entry(theta[j], outward(distance), outward(ulps), relative(distance, truth, j)));
        }
        return entries;
    }

    private static Optional<Enclosure> relative(Measured distance, ReferencePoint truth, int entry) {
        BigInteger magnitude = truth.numerators()[entry].abs();
        Dyad radius = truth.radius()[entry];
        Dyad least = Dyad.down(magnitude, truth.denominator(), Measured.BITS).subtract(radius);
        if (least.signum() <= 0) {
            return Optional.empty();
        }
        Dyad most = Dyad.up(magnitude, truth.denominator(), Measured.BITS).add(radius);
        return Optional.of(new Enclosure(
                Q.divide(distance.lower().toRational(), most.toRational()),
                Q.divide(distance.upper().toRational(), least.toRational())));
    }

    /** The bounds of 128 bits; exact values have as many digits as the iterates. */
    private static Enclosure outward(Measured value) {
        return Enclosure.of(value.lower(), value.upper());
    }

    private static boolean stepsAreFinite(RoundedRun run) {
        DescentInstance instance = run.instance();
        int different = instance.constantStep() ? Math.min(1, instance.loops()) : instance.loops();
        for (int t = 0; t < different; t++) {
            if (!Double.isFinite(run.format().round(instance.stepSize(t)))) {
                return false;
            }
        }
        return true;
    }

    private static Optional<ErrorBound> apriori(
            RoundedRun run, Contraction contraction, Optional<Vector<BigRational>> solution) {
        AprioriErrorBound bounds = AprioriErrorBound.of(run.instance(), run.configuration(), contraction, solution);
        ErrorBound last = bounds.next();
        while (bounds.hasNext()) {
            last = bounds.next();
        }
        return Optional.of(last);
    }

    /** The first loop whose state comes again, and after how many loops. */
    private record Repetition(int from, int period) {}

    /** With a constant step the first state that comes again tells the rest of the run. */
    private static Optional<Repetition> repetition(RoundedRun run) {
        if (!run.instance().constantStep()) {
            return Optional.empty();
        }
        int last = run.loopsReached();
        if (run.cycleStart().isPresent()) {
            last = run.cycleStart().getAsInt() + run.cycleLength().getAsInt();
        }
        Map<List<Double>, Integer> seen = new HashMap<>();
        for (int t = 0; t <= Math.min(last, run.loopsReached()); t++) {
            Integer before =
                    seen.putIfAbsent(DoubleStream.of(run.state(t)).boxed().toList(), t);
            if (before != null) {
                return Optional.of(new Repetition(before, t - before));
            }
        }
        return Optional.empty();
    }

    private static OptionalInt stopsContracting(RoundedRun run, Vector<BigRational> solution) {
        int last = run.loopsReached();
        if (run.cycleStart().isPresent()) {
            last = Math.min(
                    last, run.cycleStart().getAsInt() + run.cycleLength().getAsInt());
        }
        BigRational before = null;
        for (int t = 0; t <= last; t++) {
            BigRational distance = BigRational.ZERO;
            double[] theta = run.theta(t);
            for (int j = 0; j < theta.length; j++) {
                BigRational off = Q.subtract(Dyad.of(theta[j]).toRational(), solution.get(j));
                distance = Q.add(distance, Q.multiply(off, off));
            }
            if (before != null && before.signum() > 0 && Q.compare(distance, before) >= 0) {
                return OptionalInt.of(t - 1);
            }
            before = distance;
        }
        return OptionalInt.empty();
    }

    /** The step with the largest drift. */
    public Optional<Step> worst() {
        Step worst = null;
        for (Step step : steps) {
            if (worst == null
                    || Q.compare(step.absolute().upper(), worst.absolute().upper()) > 0) {
                worst = step;
            }
        }
        return Optional.ofNullable(worst);
    }

    /** The step with the largest drift in units in the last place. */
    public Optional<Step> worstUlps() {
        return steps.stream()
                .max((a, b) -> Q.compare(a.ulps().upper(), b.ulps().upper()) != 0
                        ? Q.compare(a.ulps().upper(), b.ulps().upper())
                        : Integer.compare(b.loop(), a.loop()));
    }

    /** The last step that was reached. */
    public Optional<Step> last() {
        return steps.isEmpty() ? Optional.empty() : Optional.of(steps.get(steps.size() - 1));
    }

    /** The largest guaranteed bound of the distance of an entry at any loop. */
    public Optional<BigRational> largestBound() {
        return steps.stream().map(step -> step.bound().maxNorm()).max(Q::compare);
    }

    /** Whether every entry of every iterate up to T stays within a distance of the true one. */
    public Within within(BigRational distance) {
        return within(distance, 0);
    }

    /** Whether every entry of every iterate up to T stays closer to the true one than a distance. */
    public Within below(BigRational distance) {
        return within(distance, -1);
    }

    /** Whether the drift compares to the distance at most as the limit says. */
    private Within within(BigRational distance, int limit) {
        Step open = null;
        for (Step step : steps) {
            if (Q.compare(step.absolute().lower(), distance) > limit) {
                return open == null ? new Within.Exceeded(step.loop()) : new Within.Undecided(open.loop());
            }
            if (open == null && Q.compare(step.absolute().upper(), distance) > limit) {
                open = step;
            }
        }
        if (open != null) {
            return new Within.Undecided(open.loop());
        }
        return loopsReached == loops ? new Within.Held(loops) : new Within.Exceeded(loopsReached + 1);
    }

    /** The answer of {@link DriftAudit#within}. */
    public sealed interface Within {
        /**
         * Every iterate is within the distance.
         *
         * @param loops T
         */
        record Held(int loops) implements Within {}

        /**
         * An iterate is farther off, or not finite.
         *
         * @param loop the first such t
         */
        record Exceeded(int loop) implements Within {}

        /**
         * The distance at a loop is known too roughly.
         *
         * @param loop the first such t
         */
        record Undecided(int loop) implements Within {}
    }
}
