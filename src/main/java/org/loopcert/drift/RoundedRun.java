package org.loopcert.drift;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import org.loopcert.ring.RoundingFormat;

/**
 * The iterates of an instance in a {@link RunConfiguration}, all at hand. {@link RoundedSteps} has one at a time.
 *
 * <p>At the first iterate that is not finite the run says which operation failed; what follows is kept for display. With
 * a constant step the state determines all later ones, so that a state seen before closes a cycle (most often of length
 * one: the run stands still) and every later iterate is known at once.
 */
public final class RoundedRun {
    /** The most doubles a run may store: 256 MiB. */
    public static final int MAXIMUM_STORED = 1 << 25;

    private final DescentInstance instance;
    private final RunConfiguration configuration;
    private final RoundedInputs inputs;
    private final int d;
    private double[] states = new double[0];
    private int stored;
    private int repeatsFrom = -1;
    private NonFinite nonFinite;

    private RoundedRun(DescentInstance instance, RunConfiguration configuration) {
        this.instance = instance;
        this.configuration = configuration;
        this.d = instance.dimension();
        RoundedSteps steps = RoundedSteps.of(instance, configuration);
        this.inputs = steps.inputs();
        if (inputs.unusable().isPresent()) {
            nonFinite = inputs.unusable().get();
        } else if (!steps.isPrepared() || !isFinite(steps.theta())) {
            nonFinite = located(0, steps.state());
        }
        store(steps);
        iterate(steps);
    }

    /**
     * Runs all loops of the instance, or until its iterates repeat.
     *
     * @throws IllegalArgumentException if more than {@link #MAXIMUM_STORED} numbers would have to be
     *     stored before the run ends or closes a cycle
     */
    public static RoundedRun of(DescentInstance instance, RunConfiguration configuration) {
        return new RoundedRun(instance, configuration);
    }

    private void iterate(RoundedSteps steps) {
        int mark = 0;
        double[] before = steps.state();
        while (steps.hasNext()) {
            steps.advance();
            double[] after = steps.state();
            if (nonFinite == null && !(isFinite(after) && isFinite(steps.theta()))) {
                nonFinite = located(steps.loop(), before);
            }
            boolean settled = DoubleStream.of(after).allMatch(Double::isNaN);
            if (settled || instance.constantStep() && sameBits(after, mark)) {
                // entries that are all NaN stay so under any step size
                repeatsFrom = settled ? stored : mark;
                if (settled) {
                    store(steps);
                }
                states = Arrays.copyOf(states, stored * d);
                return;
            }
            store(steps);
            if (Integer.bitCount(steps.loop()) == 1) { // Brent: compare with the state at the last power of two
                mark = steps.loop();
            }
            before = after;
        }
    }

    private static boolean isFinite(double[] values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** Repeats what is not finite under observation, to find the operation. */
    private NonFinite located(int loop, double[] before) {
        return RoundedSteps.locate(instance, configuration, loop, before)
                .orElseThrow(() -> new IllegalStateException("the fast and the observed run disagree at loop " + loop));
    }

    private void store(RoundedSteps steps) {
        long needed = (stored + 1L) * d;
        if (needed > MAXIMUM_STORED) {
            throw new IllegalArgumentException(
                    "expected a run of at most " + MAXIMUM_STORED + " numbers, got more at loop " + stored);
        }
        if (needed > states.length) {
            states = Arrays.copyOf(states, (int) Math.min(MAXIMUM_STORED, Math.max(16L * d, 2 * needed)));
        }
        System.arraycopy(steps.state(), 0, states, stored * d, d);
        stored++;
    }

    private boolean sameBits(double[] state, int loop) {
        for (int j = 0; j < d; j++) {
            if (Double.doubleToLongBits(state[j]) != Double.doubleToLongBits(states[loop * d + j])) {
                return false;
            }
        }
        return true;
    }

    /** The instance that was run. */
    public DescentInstance instance() {
        return instance;
    }

    /** The arithmetic it was run in. */
    public RunConfiguration configuration() {
        return configuration;
    }

    /** The working format. */
    public RoundingFormat format() {
        return configuration.format();
    }

    /** The order of operations. */
    public SummationOrder order() {
        return configuration.order();
    }

    /** The last t up to which all was finite: T unless the run failed, -1 if the start itself failed. */
    public int loopsReached() {
        return nonFinite == null ? instance.loops() : nonFinite.loop() - 1;
    }

    /** The first operation that was not finite, empty if all were. */
    public Optional<NonFinite> nonFinite() {
        return Optional.ofNullable(nonFinite);
    }

    /** The first loop of the cycle the run ends in, empty if none was seen or the run failed. */
    public OptionalInt cycleStart() {
        return closesCycle() ? OptionalInt.of(repeatsFrom) : OptionalInt.empty();
    }

    /** The length of that cycle, 1 where the run stands still. */
    public OptionalInt cycleLength() {
        return closesCycle() ? OptionalInt.of(stored - repeatsFrom) : OptionalInt.empty();
    }

    private boolean closesCycle() {
        return repeatsFrom >= 0 && nonFinite == null;
    }

    /**
     * The rounded iterate theta(loop), d entries, all finite.
     *
     * @throws IndexOutOfBoundsException unless 0 <= loop <= {@link #loopsReached()}
     */
    public double[] theta(int loop) {
        return readOut(state(loop));
    }

    /**
     * The entries of theta(loop) as the run has them, infinities and NaN included.
     *
     * @throws IndexOutOfBoundsException unless 0 <= loop <= T
     */
    public double[] display(int loop) {
        requireLoop(loop, instance.loops());
        return readOut(stateAt(loop));
    }

    private double[] readOut(double[] state) {
        return order().iteratesOnQuery()
                ? DoubleStream.of(state)
                        .map(q -> -format().divide(q, inputs.query()))
                        .toArray()
                : state;
    }

    /** What the run iterates on: theta, or the query vector q for ATTENTION. */
    double[] state(int loop) {
        requireLoop(loop, loopsReached());
        return stateAt(loop);
    }

    private static void requireLoop(int loop, int last) {
        if (loop < 0 || loop > last) {
            throw new IndexOutOfBoundsException("expected a loop from 0 to " + last + ", got " + loop);
        }
    }

    private double[] stateAt(int loop) {
        int index = loop < stored ? loop : repeatsFrom + (loop - repeatsFrom) % (stored - repeatsFrom);
        return Arrays.copyOfRange(states, index * d, index * d + d);
    }
}
