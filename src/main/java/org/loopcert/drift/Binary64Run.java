package org.loopcert.drift;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The run of an instance in binary64, rounded to nearest even after every operation, in a fixed
 * {@link SummationOrder}; inputs and step sizes are first rounded to nearest. Java's double
 * arithmetic is strict and never fused, so the bits are the same on every machine.
 *
 * <p>The run stops at the first iterate that is not finite, and says which operation failed. With a
 * constant step the state determines all later ones, so that a state seen before closes a cycle
 * (most often of length one: the run stands still) and every later iterate is known at once.
 */
public final class Binary64Run {
    /** The most doubles a run may store: 256 MiB. */
    public static final int MAXIMUM_STORED = 1 << 25;

    private final DescentInstance instance;
    private final SummationOrder order;
    private final Binary64Inputs inputs;
    private final int d;
    private double[] states;
    private int stored;
    private int cycleStart = -1;
    private NonFinite nonFinite;
    private double[][] gram;
    private double[] gramLabels;
    private double roundedStepSize;

    private Binary64Run(DescentInstance instance, SummationOrder order) {
        this.instance = instance;
        this.order = order;
        this.inputs = Binary64Inputs.of(instance, order);
        this.d = instance.dimension();
        this.states = new double[0];
        this.nonFinite = inputs.unusable().orElse(null);
        if (nonFinite == null) {
            formGram();
        }
        if (nonFinite == null) {
            store(inputs.start());
            iterate();
        }
    }

    /**
     * Runs all loops of the instance, or until an iterate is not finite.
     *
     * @throws IllegalArgumentException if more than {@link #MAXIMUM_STORED} numbers would have to be
     *     stored before the run ends or closes a cycle
     */
    public static Binary64Run of(DescentInstance instance, SummationOrder order) {
        return new Binary64Run(instance, order);
    }

    private void formGram() {
        if (order != SummationOrder.GRAM) {
            return;
        }
        gram = new double[d][d];
        gramLabels = new double[d];
        double check = 0;
        for (int i = 0; i < d; i++) {
            for (int k = 0; k < inputs.labels().length; k++) {
                double[] example = inputs.examples()[k];
                for (int j = 0; j < d; j++) {
                    gram[i][j] = gram[i][j] + example[i] * example[j];
                }
                gramLabels[i] = gramLabels[i] + example[i] * inputs.labels()[k];
            }
            check += DoubleStream.of(gram[i]).map(v -> 0 * v).sum() + 0 * gramLabels[i];
        }
        if (check != 0) { // 0 times an infinity or NaN is NaN
            LocatingOperations operations = new LocatingOperations(0);
            program(operations);
            nonFinite = operations.first().orElseThrow();
        }
    }

    private void iterate() {
        double[] state = inputs.start().clone();
        int mark = 0;
        locateReadOut(0, state);
        for (int t = 0; t < instance.loops() && nonFinite == null; t++) {
            double stepSize = stepSize(t);
            if (!Double.isFinite(stepSize)) {
                nonFinite = new NonFinite(t + 1, Operation.ROUND_STEP_SIZE, -1, -1, stepSize);
                return;
            }
            double[] next = next(state, stepSize);
            if (DoubleStream.of(next).allMatch(Double::isFinite)) {
                locateReadOut(t + 1, next);
            } else {
                nonFinite = locate(t, state, stepSize);
            }
            if (nonFinite != null) {
                return;
            }
            if (instance.constantStep() && sameBits(next, mark)) {
                cycleStart = mark;
                states = Arrays.copyOf(states, stored * d);
                return;
            }
            store(next);
            if (Integer.bitCount(t + 1) == 1) { // Brent: compare with the state at the last power of two
                mark = t + 1;
            }
            state = next;
        }
    }

    private double stepSize(int loop) {
        if (loop > 0 && instance.constantStep()) {
            return roundedStepSize;
        }
        roundedStepSize = Binary64.nearest(instance.stepSize(loop));
        return roundedStepSize;
    }

    private double[] next(double[] state, double stepSize) {
        double[] gradient = new double[d];
        if (order == SummationOrder.GRAM) {
            for (int i = 0; i < d; i++) {
                gradient[i] = predict(gram[i], state) - gramLabels[i];
            }
        } else {
            for (int i = 0; i < inputs.labels().length; i++) {
                double[] example = inputs.examples()[i];
                double label = inputs.labels()[i];
                double prediction = predict(example, state);
                double residual =
                        order == SummationOrder.ATTENTION ? prediction + inputs.query() * label : prediction - label;
                for (int j = 0; j < d; j++) {
                    gradient[j] = gradient[j] + residual * example[j];
                }
            }
        }
        double[] next = new double[d];
        for (int j = 0; j < d; j++) {
            next[j] = state[j] - stepSize * gradient[j];
        }
        return next;
    }

    private static double predict(double[] row, double[] state) {
        double sum = 0;
        for (int j = 0; j < state.length; j++) {
            sum = sum + row[j] * state[j];
        }
        return sum;
    }

    /** Repeats a step whose result is not finite, to find the operation. */
    private NonFinite locate(int loop, double[] state, double stepSize) {
        LocatingOperations operations = new LocatingOperations(loop + 1);
        step(program(operations), state, stepSize);
        return operations
                .first()
                .orElseThrow(() -> new IllegalStateException("the fast and the located step disagree at " + loop));
    }

    private void locateReadOut(int loop, double[] state) {
        for (int j = 0; j < d && nonFinite == null; j++) {
            double theta = readOut(state[j]);
            if (!Double.isFinite(theta)) {
                nonFinite = new NonFinite(loop, Operation.READ_OUT, -1, j, theta);
            }
        }
    }

    private double readOut(double value) {
        return order.iteratesOnQuery() ? -(value / inputs.query()) : value;
    }

    private StepProgram<Double> program(Operations<Double> operations) {
        return new StepProgram<>(
                order,
                operations,
                Stream.of(inputs.examples())
                        .map(row -> DoubleStream.of(row).boxed().toList())
                        .toList(),
                boxed(inputs.labels()));
    }

    private List<Double> step(StepProgram<Double> program, double[] state, double stepSize) {
        List<Double> offsets = order == SummationOrder.GRAM ? program.gramLabels() : boxed(inputs.labels());
        List<Double> gradient = program.gradient(boxed(state), offsets, inputs.query());
        return program.update(boxed(state), stepSize, gradient);
    }

    /** One step by the reference program instead of the fast loops. */
    double[] referenceStep(int loop) {
        return step(program(new LocatingOperations(loop)), state(loop), stepSize(loop)).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private static List<Double> boxed(double[] values) {
        return DoubleStream.of(values).boxed().toList();
    }

    private void store(double[] state) {
        long needed = (stored + 1L) * d;
        if (needed > MAXIMUM_STORED) {
            throw new IllegalArgumentException(
                    "expected a run of at most " + MAXIMUM_STORED + " numbers, got more at loop " + stored);
        }
        if (needed > states.length) {
            states = Arrays.copyOf(states, (int) Math.min(MAXIMUM_STORED, Math.max(16L * d, 2 * needed)));
        }
        System.arraycopy(state, 0, states, stored * d, d);
        stored++;
    }

    private boolean sameBits(double[] state, int loop) {
        for (int j = 0; j < d; j++) {
            if (Double.doubleToRawLongBits(state[j]) != Double.doubleToRawLongBits(states[loop * d + j])) {
                return false;
            }
        }
        return true;
    }

    /** The instance that was run. */
    public DescentInstance instance() {
        return instance;
    }

    /** The order of operations. */
    public SummationOrder order() {
        return order;
    }

    /** The last t with a finite theta(t): T unless the run failed, -1 if the start itself failed. */
    public int loopsReached() {
        return nonFinite == null ? instance.loops() : nonFinite.loop() - 1;
    }

    /** The first operation that was not finite, empty if all were. */
    public Optional<NonFinite> nonFinite() {
        return Optional.ofNullable(nonFinite);
    }

    /** The first loop of the cycle the run ends in, empty if none was seen. */
    public OptionalInt cycleStart() {
        return cycleStart < 0 ? OptionalInt.empty() : OptionalInt.of(cycleStart);
    }

    /** The length of that cycle, 1 where the run stands still. */
    public OptionalInt cycleLength() {
        return cycleStart < 0 ? OptionalInt.empty() : OptionalInt.of(stored - cycleStart);
    }

    /**
     * The rounded iterate theta(loop), d entries, all finite.
     *
     * @throws IndexOutOfBoundsException unless 0 <= loop <= {@link #loopsReached()}
     */
    public double[] theta(int loop) {
        return DoubleStream.of(state(loop)).map(this::readOut).toArray();
    }

    /** The iterate as hexadecimal literals. */
    public List<String> thetaHex(int loop) {
        return DoubleStream.of(theta(loop)).mapToObj(Binary64::toHex).toList();
    }

    /** What the run iterates on: theta, or the query vector q for ATTENTION. */
    double[] state(int loop) {
        if (loop < 0 || loop > loopsReached()) {
            throw new IndexOutOfBoundsException("expected a loop from 0 to " + loopsReached() + ", got " + loop);
        }
        int index = loop < stored ? loop : cycleStart + (loop - cycleStart) % (stored - cycleStart);
        return Arrays.copyOfRange(states, index * d, index * d + d);
    }

    Binary64Inputs inputs() {
        return inputs;
    }
}
