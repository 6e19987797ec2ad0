package org.loopcert.drift;

import ch.obermuhlner.math.big.BigRational;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.loopcert.ring.RoundingFormat;

/**
 * An instance run loop by loop in a {@link RunConfiguration}. Nothing is stored but the present state; infinities and
 * NaN are carried on like other values. Java's arithmetic is strict, so that the bits are the same on every machine.
 *
 * <p>Plain configurations without an observer (one format, nothing fused, sums from left to right) take the loops
 * below; all others take {@link StepProgram}. Both give the same bits.
 */
public final class RoundedSteps {
    private final DescentInstance instance;
    private final RunConfiguration configuration;
    private final RoundingFormat format;
    private final RoundedInputs inputs;
    private final RoundedInputs.Rounding stepRounding;
    private final Program program;
    private final int d;
    private double[][] gram;
    private double[] gramLabels;
    private double[] state;
    private double[] theta;
    private double stepSize;
    private int loop;

    private RoundedSteps(DescentInstance instance, RunConfiguration configuration, OperationObserver observer) {
        this.instance = instance;
        this.configuration = configuration;
        this.format = configuration.format();
        this.d = instance.dimension();
        this.inputs = RoundedInputs.of(instance, configuration, observer);
        this.stepRounding = new RoundedInputs.Rounding(format, observer);
        this.program = configuration.isPlain() && observer == null ? null : new Program(observer);
        if (program == null && configuration.order() == SummationOrder.GRAM) {
            formGram();
        }
        this.state = inputs.start();
        this.theta = readOut();
    }

    /** The start of a run. */
    public static RoundedSteps of(DescentInstance instance, RunConfiguration configuration) {
        return new RoundedSteps(instance, configuration, null);
    }

    /** The start of a run whose every rounding is observed, those of the inputs first. */
    public static RoundedSteps observed(
            DescentInstance instance, RunConfiguration configuration, OperationObserver observer) {
        return new RoundedSteps(instance, configuration, Objects.requireNonNull(observer, "observer"));
    }

    /** The instance that is run. */
    public DescentInstance instance() {
        return instance;
    }

    /** The arithmetic it is run in. */
    public RunConfiguration configuration() {
        return configuration;
    }

    /** The present loop t. */
    public int loop() {
        return loop;
    }

    /** The rounded iterate theta(t), d entries, perhaps not finite. */
    public double[] theta() {
        return theta.clone();
    }

    /** What the run iterates on: theta(t), or the query vector q(t) for ATTENTION. */
    public double[] state() {
        return state.clone();
    }

    /** Whether there is a loop left. */
    public boolean hasNext() {
        return loop < instance.loops();
    }

    /**
     * Takes one loop.
     *
     * @throws NoSuchElementException after the last one
     */
    public void advance() {
        if (!hasNext()) {
            throw new NoSuchElementException("the instance has " + instance.loops() + " loops");
        }
        if (loop == 0 || !instance.constantStep()) {
            stepSize = stepRounding.round(instance.stepSize(loop), loop + 1, Operation.ROUND_STEP_SIZE, -1, -1);
        }
        state = program == null ? plainStep() : program.step();
        loop++;
        theta = readOut();
    }

    RoundedInputs inputs() {
        return inputs;
    }

    /** Continues from a state that another run of the same instance has reached. */
    void restart(int from, double[] reached) {
        loop = from;
        state = reached.clone();
        if (from > 0 && instance.constantStep()) {
            stepSize = format.round(instance.stepSize(0));
        }
        theta = readOut();
    }

    /** Whether the inputs and what was formed of them are finite. */
    boolean isPrepared() {
        if (inputs.unusable().isPresent()) {
            return false;
        }
        Stream<double[]> formed = program != null
                ? program.formed()
                : gram == null ? Stream.of() : Stream.concat(Stream.of(gram), Stream.of(gramLabels));
        return formed.flatMapToDouble(DoubleStream::of).allMatch(Double::isFinite);
    }

    private void formGram() {
        gram = new double[d][d];
        gramLabels = new double[d];
        for (int i = 0; i < d; i++) {
            for (int k = 0; k < inputs.labels().length; k++) {
                double[] example = inputs.examples()[k];
                for (int j = 0; j < d; j++) {
                    gram[i][j] = format.add(gram[i][j], format.multiply(example[i], example[j]));
                }
                gramLabels[i] = format.add(gramLabels[i], format.multiply(example[i], inputs.labels()[k]));
            }
        }
    }

    private double[] plainStep() {
        double[] gradient = new double[d];
        if (gram != null) {
            for (int i = 0; i < d; i++) {
                gradient[i] = format.subtract(predict(gram[i]), gramLabels[i]);
            }
        } else {
            boolean attention = configuration.order() == SummationOrder.ATTENTION;
            for (int i = 0; i < inputs.labels().length; i++) {
                double[] example = inputs.examples()[i];
                double label = inputs.labels()[i];
                double prediction = predict(example);
                double residual = attention
                        ? format.add(prediction, format.multiply(inputs.query(), label))
                        : format.subtract(prediction, label);
                for (int j = 0; j < d; j++) {
                    gradient[j] = format.add(gradient[j], format.multiply(residual, example[j]));
                }
            }
        }
        double[] next = new double[d];
        for (int j = 0; j < d; j++) {
            next[j] = format.subtract(state[j], format.multiply(stepSize, gradient[j]));
        }
        return next;
    }

    private double predict(double[] row) {
        double sum = 0;
        for (int j = 0; j < row.length; j++) {
            sum = format.add(sum, format.multiply(row[j], state[j]));
        }
        return sum;
    }

    private double[] readOut() {
        if (!configuration.order().iteratesOnQuery()) {
            return state;
        }
        double[] read = new double[d];
        for (int j = 0; j < d; j++) {
            read[j] = program == null
                    ? -format.divide(state[j], inputs.query())
                    : program.negatedQuotient(state[j], inputs.query(), j);
        }
        return read;
    }

    /** The reference program on values of the formats, perhaps observed. */
    private final class Program {
        private final RoundedOperations working;
        private final RoundedOperations accumulating;
        private final StepProgram<Double> steps;

        Program(OperationObserver observer) {
            working = new RoundedOperations(format, observer);
            accumulating = new RoundedOperations(configuration.accumulator(), observer);
            steps = new StepProgram<>(
                    configuration,
                    working,
                    accumulating,
                    Stream.of(inputs.examples()).map(RoundedSteps::boxed).toList(),
                    boxed(inputs.labels()));
        }

        double[] step() {
            working.enter(loop + 1);
            accumulating.enter(loop + 1);
            List<Double> present = boxed(state);
            List<Double> offsets =
                    configuration.order() == SummationOrder.GRAM ? steps.gramLabels() : boxed(inputs.labels());
            return unboxed(steps.update(present, stepSize, steps.gradient(present, offsets, inputs.query())));
        }

        double negatedQuotient(double dividend, double divisor, int index) {
            working.enter(loop);
            return working.negatedQuotient(dividend, divisor, Operation.READ_OUT, -1, index);
        }

        Stream<double[]> formed() {
            return steps.formed().map(RoundedSteps::unboxed);
        }
    }

    private static List<Double> boxed(double[] values) {
        return DoubleStream.of(values).boxed().toList();
    }

    private static double[] unboxed(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The first operation of the run that is not finite, from the start or from a state that a run has reached. */
    static Optional<NonFinite> locate(
            DescentInstance instance, RunConfiguration configuration, int loop, double[] state) {
        First first = new First(loop);
        RoundedSteps steps = new RoundedSteps(instance, configuration, first);
        if (loop > 0) {
            steps.restart(loop - 1, state);
            steps.advance();
        }
        return Optional.ofNullable(first.found);
    }

    /** Notes the first result of a loop that is not finite. */
    private static final class First implements OperationObserver {
        private final int wanted;
        private NonFinite found;

        First(int wanted) {
            this.wanted = wanted;
        }

        @Override
        public void performed(RoundedOperation operation) {
            note(operation.loop(), operation.operation(), operation.row(), operation.column(), operation.result());
        }

        private void note(int loop, Operation operation, int row, int column, double result) {
            if (found == null && loop == wanted && !Double.isFinite(result)) {
                found = new NonFinite(loop, operation, row, column, result);
            }
        }

        @Override
        public void rounded(
                int loop,
                Operation operation,
                int row,
                int column,
                BigRational exact,
                RoundingFormat format,
                double result) {
            note(loop, operation, row, column, result);
        }
    }
}
