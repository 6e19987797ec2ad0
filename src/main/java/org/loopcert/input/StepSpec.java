package org.loopcert.input;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.loopcert.ring.RationalField;

/**
 * Which step sizes the loops take, relative to the sum form of the loss, l(theta) = 1/2 |y - X
 * theta|^2. Signs are taken as given: whether a step contracts is for a certificate to decide.
 */
public sealed interface StepSpec {

    /** A constant step chosen from the certified smoothness L, close below 1/L. */
    record Auto() implements StepSpec {
        @Override
        public String toString() {
            return "auto";
        }
    }

    /**
     * The same step in every loop.
     *
     * @param stepSize eta
     */
    record Constant(BigRational stepSize) implements StepSpec {
        /** Reduces the step. */
        public Constant {
            stepSize = RationalField.canonical(stepSize);
        }

        @Override
        public String toString() {
            return ExactDecimal.format(stepSize);
        }
    }

    /**
     * One step for each loop, in order.
     *
     * @param stepSizes eta_0 to eta_{T-1}; at least one
     */
    record Schedule(List<BigRational> stepSizes) implements StepSpec {
        /** Copies and reduces the steps. */
        public Schedule {
            if (stepSizes.isEmpty()) {
                throw new IllegalArgumentException("expected a schedule of at least one step, found none");
            }
            stepSizes = stepSizes.stream().map(RationalField::canonical).toList();
        }

        @Override
        public String toString() {
            return stepSizes.stream().map(ExactDecimal::format).collect(Collectors.joining(","));
        }
    }

    /** The Chebyshev schedule of the certified spectrum. */
    record Chebyshev() implements StepSpec {
        @Override
        public String toString() {
            return "chebyshev";
        }
    }

    /** The literal step 1/lambda_max, certified by enclosure. */
    record LambdaMax() implements StepSpec {
        @Override
        public String toString() {
            return "lambda-max";
        }
    }

    /**
     * Reads {@code auto}, {@code chebyshev}, {@code lambda-max}, one exact number, or several
     * separated by commas.
     *
     * @throws ExactDecimal.RefusedException if the text is none of these
     */
    static StepSpec parse(String text, InputLimits limits) {
        Objects.requireNonNull(limits);
        switch (text) {
            case "auto":
                return new Auto();
            case "chebyshev":
                return new Chebyshev();
            case "lambda-max":
                return new LambdaMax();
            default:
                break;
        }
        List<BigRational> steps = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            steps.add(ExactDecimal.parse(part.strip(), limits));
        }
        return steps.size() == 1 ? new Constant(steps.get(0)) : new Schedule(steps);
    }

    /** {@link #parse(String, InputLimits)} with the default limits. */
    static StepSpec parse(String text) {
        return parse(text, InputLimits.DEFAULT);
    }

    /**
     * The same steps divided by a positive integer: a step given for the mean loss 1/(2n)|y - X
     * theta|^2 becomes one for the sum form. Steps chosen from the spectrum stay as they are.
     */
    default StepSpec dividedBy(int examples) {
        BigRational divisor = BigRational.valueOf(BigInteger.valueOf(examples));
        if (this instanceof Constant constant) {
            return new Constant(RationalField.INSTANCE.divide(constant.stepSize(), divisor));
        }
        if (this instanceof Schedule schedule) {
            return new Schedule(schedule.stepSizes().stream()
                    .map(step -> RationalField.INSTANCE.divide(step, divisor))
                    .toList());
        }
        return this;
    }
}
