package org.loopcert.reproduce;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.loopcert.certify.CertifyOptions;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.generate.Family;
import org.loopcert.generate.Generator;
import org.loopcert.generate.GeneratorOptions;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Statement;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.reproduce.Certifying.Certified;
import org.loopcert.ring.Interval;
import org.loopcert.ring.RationalField;
import org.loopcert.ring.RoundingFormat;
import org.loopcert.spectrum.AutoStep;

/**
 * One instance of the figure: X, a theta*, both steps, all errors, and the certificates. The condition number and the
 * ends of the spectrum are what the kernel derived.
 *
 * @param examples n
 * @param trial from 0
 * @param seed of X
 * @param theta how theta* was chosen
 * @param squaredNorm |theta*|^2
 * @param kappa the condition number of G
 * @param roundedKappa the condition number as found in binary64
 * @param rates 1 - eta mu for each step
 * @param exact the errors in exact arithmetic for each step
 * @param rounded the errors of the binary64 run for each step
 * @param sameRoundedStep whether both steps round to the same binary64 number
 * @param certificates for each step
 */
record Figure1Trial(
        int examples,
        int trial,
        long seed,
        Theta theta,
        Fraction squaredNorm,
        Interval kappa,
        double roundedKappa,
        Map<Step, Interval> rates,
        Map<Step, Series> exact,
        Map<Step, Series> rounded,
        boolean sameRoundedStep,
        Map<Step, Certified> certificates) {
    static final int FEATURES = 4;

    /** Nearly all bits of a binary64 Gaussian number; such a number is the exact dyadic. */
    static final int FRACTION_BITS = 48;

    /** Seeds of different n are so far apart; those of theta* lie half-way. */
    private static final long SEED_STRIDE = 1000;

    private static final int STEP_BITS = 144;

    /** How theta* is chosen. */
    enum Theta {
        /** A rational point of the unit sphere: |theta*| = 1 exactly. */
        UNIT,
        /** Gaussian entries, not normalised. */
        DRAWN;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Which step all loops take. */
    enum Step {
        /** A dyadic just below 1/lambda_max. */
        AUTO,
        /** Literally 1/lambda_max. */
        LAMBDA_MAX;

        String word() {
            return this == AUTO ? "auto" : "lambda-max";
        }
    }

    /** The seed of X for the size with this index. */
    static long seed(long seed, int index, int trial) {
        return seed + SEED_STRIDE * index + trial;
    }

    /** Computes and certifies. */
    static Figure1Trial run(int examples, int trial, long seed, Theta kind, int loops, Limits limits)
            throws UndecidedException {
        Problem drawn = Generator.generate(GeneratorOptions.of(Family.GAUSSIAN, examples, FEATURES, seed)
                .withFractionBits(FRACTION_BITS)
                .withLoops(loops));
        Vector<BigRational> theta = kind == Theta.UNIT ? drawn.theta().orElseThrow() : gaussian(seed + SEED_STRIDE / 2);
        Vector<BigRational> labels = drawn.x().multiply(RationalField.INSTANCE, theta);
        Map<Step, Certified> certified = new EnumMap<>(Step.class);
        for (Step step : Step.values()) {
            StepSpec spec = step == Step.AUTO ? new StepSpec.Auto() : new StepSpec.LambdaMax();
            String file =
                    "certificates/n%03d-trial%02d-%s-%s.json".formatted(examples, trial, kind.word(), step.word());
            certified.put(
                    step,
                    Certifying.certify(
                            problem(drawn.x(), labels, theta, loops, spec),
                            file,
                            CertifyOptions.Evidence.BOTH,
                            limits));
        }
        Statement.Spectrum spectrum =
                certified.get(Step.AUTO).last(Statement.Spectrum.class).orElseThrow();
        Problem problem = problem(drawn.x(), labels, theta, loops, new StepSpec.Auto());
        Descent descent = new Descent(problem, theta, loops);
        Fraction auto = AutoStep.choose(Gram.of(problem.x(), problem.y())).orElseThrow();
        Fraction below = rounded(reciprocal(spectrum.smoothnessUpper()), false);
        Fraction above = rounded(reciprocal(spectrum.smoothnessLower()), true);
        Fraction delta =
                above.multiply(Certifying.fraction(spectrum.smoothnessUpper())).subtract(Fraction.ONE);
        Map<Step, Series> exact = new EnumMap<>(Step.class);
        exact.put(Step.AUTO, descent.exact(auto));
        exact.put(Step.LAMBDA_MAX, descent.literal(below, above, delta));
        boolean same = nearest(auto) == nearest(below) && nearest(auto) == nearest(above);
        Map<Step, Series> rounded = new EnumMap<>(Step.class);
        rounded.put(Step.AUTO, descent.rounded(auto));
        rounded.put(Step.LAMBDA_MAX, same ? rounded.get(Step.AUTO) : descent.rounded(below));
        Interval mu = Certifying.between(spectrum.muLower(), spectrum.muUpper());
        Interval kappa = Certifying.between(spectrum.kappaLower(), spectrum.kappaUpper());
        Map<Step, Interval> rates = new EnumMap<>(Step.class);
        rates.put(Step.AUTO, Reals.subtract(Reals.ONE, Reals.multiply(Reals.of(auto), mu)));
        rates.put(Step.LAMBDA_MAX, Reals.subtract(Reals.ONE, Reals.divide(Reals.ONE, kappa)));
        Figure1Trial result = new Figure1Trial(
                examples,
                trial,
                seed,
                kind,
                descent.squaredNorm(),
                kappa,
                Binary64Condition.of(drawn.x()),
                rates,
                exact,
                rounded,
                same,
                certified);
        for (Step step : Step.values()) {
            result.requireAgreement(step, certified.get(step), loops);
        }
        return result;
    }

    /** The kernel's enclosure of the error after T loops and the replay here must have a number in common. */
    private void requireAgreement(Step step, Certified certified, int loops) {
        Optional<Statement.ErrorValue> value = certified.last(Statement.ErrorValue.class);
        if (value.isEmpty()) {
            return;
        }
        Interval scaled = Reals.multiply(exact.get(step).task().get(loops), Reals.of(squaredNorm));
        Interval kernel = Certifying.between(value.get().lower(), value.get().upper());
        if (Outcome.less(scaled, kernel) == Outcome.HOLDS || Outcome.less(kernel, scaled) == Outcome.HOLDS) {
            throw new IllegalStateException("the replay and the kernel disagree on the error of " + certified.file());
        }
    }

    private static Vector<BigRational> gaussian(long seed) {
        List<BigRational> entries = new ArrayList<>();
        for (long numerator : Generator.gaussianNumerators(1, FEATURES, seed, FRACTION_BITS)[0]) {
            entries.add(RationalField.of(numerator, 1L << FRACTION_BITS));
        }
        return Vector.of(entries);
    }

    private static Problem problem(
            Matrix<BigRational> x, Vector<BigRational> labels, Vector<BigRational> theta, int loops, StepSpec step) {
        return new Problem(
                x,
                labels,
                Optional.of(theta),
                BigRational.ONE,
                Vector.constant(FEATURES, BigRational.ZERO),
                loops,
                step,
                Problem.defaultFeatureNames(FEATURES),
                "y");
    }

    private static double nearest(Fraction eta) {
        return RoundingFormat.BINARY64.round(eta.toBigRational());
    }

    private static Fraction reciprocal(org.loopcert.kernel.Fraction value) {
        return Fraction.of(value.denominator(), value.numerator());
    }

    /** A dyadic with about {@value #STEP_BITS} bits on the given side of a positive number. */
    private static Fraction rounded(Fraction value, boolean up) {
        int e = value.numerator().bitLength() - value.denominator().bitLength() - STEP_BITS;
        Fraction scaled = value.multiply(Fraction.dyadic(BigInteger.ONE, -e));
        return Fraction.dyadic(up ? scaled.ceiling() : scaled.floor(), e);
    }
}
