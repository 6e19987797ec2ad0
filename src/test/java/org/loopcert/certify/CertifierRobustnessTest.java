package org.loopcert.certify;

import static org.assertj.core.api.Assertions.assertThat;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.loopcert.certificate.InstanceText;
import org.loopcert.certify.CertifyOptions.Backend;
import org.loopcert.certify.CertifyOptions.Evidence;
import org.loopcert.generate.Family;
import org.loopcert.generate.Generator;
import org.loopcert.generate.GeneratorOptions;
import org.loopcert.input.InputLimits;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Verdict;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;

/** The certifier answers on every valid problem: accepted, or undecided for a reason, never a fault. */
class CertifierRobustnessTest {
    private static final RationalField Q = RationalField.INSTANCE;

    private static CertifyOptions options(Random random) {
        Evidence evidence = random.nextInt(3) == 0 ? Evidence.THEOREM : Evidence.BOTH;
        Set<Backend> backends = random.nextBoolean() ? Set.of(Backend.values()) : Set.of(Backend.SCALED);
        return new CertifyOptions(
                evidence,
                backends,
                random.nextBoolean() ? 9 : 1 + random.nextInt(30),
                random.nextInt(4) == 0,
                Limits.DEFAULT);
    }

    private static Verdict requireAnswer(Problem problem, CertifyOptions options) {
        Verdict verdict;
        try {
            verdict = Certifier.certify(problem, options).verdict();
        } catch (RuntimeException e) {
            throw new AssertionError("no answer for " + options + " on " + text(problem), e);
        }
        assertThat(verdict).isInstanceOfAny(Verdict.Accepted.class, Verdict.Undecided.class);
        return verdict;
    }

    private static String text(Problem problem) {
        return new String(
                        InstanceText.of(
                                        problem.x(),
                                        problem.y(),
                                        problem.theta(),
                                        problem.alpha(),
                                        problem.start(),
                                        problem.loops(),
                                        InstanceText.lambdaMax())
                                .print(),
                        StandardCharsets.US_ASCII)
                + "with step " + problem.step();
    }

    private static BigRational scale(Random random, int most) {
        int exponent = random.nextInt(2 * most + 1) - most;
        BigInteger power = BigInteger.TEN.pow(Math.abs(exponent));
        return exponent < 0 ? RationalField.of(BigInteger.ONE, power) : RationalField.of(power, BigInteger.ONE);
    }

    private static Problem degenerate(Random random) {
        Problem p = SmallInstances.problem(random);
        List<List<BigRational>> rows = new ArrayList<>();
        p.x().toLists().forEach(row -> rows.add(new ArrayList<>(row)));
        Vector<BigRational> y = p.y();
        BigRational alpha = p.alpha();
        Vector<BigRational> start = p.start();
        int column = random.nextInt(p.features());
        int most = random.nextInt(3) == 0 ? 300 : 20;
        boolean fits = true;
        switch (random.nextInt(9)) {
            case 0 -> {
                rows.forEach(row -> row.set(column, BigRational.ZERO));
                fits = false;
            }
            case 1 -> y = Vector.constant(p.examples(), BigRational.ZERO);
            case 2 -> { // everything scaled alike: y = X theta* stays true
                BigRational factor = scale(random, most);
                rows.forEach(row -> row.replaceAll(entry -> Q.multiply(entry, factor)));
                y = y.scale(Q, factor);
            }
            case 3 -> { // features of very different scales
                BigRational factor = scale(random, most);
                rows.forEach(row -> row.set(column, Q.multiply(row.get(column), factor)));
                fits = false;
            }
            case 4 -> alpha = Q.multiply(alpha, scale(random, most));
            case 5 -> start = start.scale(Q, scale(random, most));
            case 6 -> y = y.scale(Q, scale(random, most));
            case 7 -> { // the first row alone: n < d where d > 1
                rows.subList(1, rows.size()).clear();
                y = Vector.of(List.of(y.get(0)));
            }
            default -> { // nearly dependent columns
                BigRational tiny = scale(random, 30);
                int other = (column + 1) % p.features();
                rows.forEach(row -> row.set(column, Q.add(row.get(other), Q.multiply(tiny, row.get(column)))));
                fits = false;
            }
        }
        Optional<Vector<BigRational>> theta = fits || random.nextBoolean() ? p.theta() : Optional.empty();
        return SmallInstances.problem(Matrix.of(rows), y, theta, alpha, start, p.loops(), p.step());
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void answersOnDegenerateProblems(@ForAll Random random) {
        requireAnswer(degenerate(random), options(random));
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void answersOnGeneratedFamilies(@ForAll Random random) {
        int d = 1 + random.nextInt(5);
        int n = 1 + random.nextInt(12);
        long seed = random.nextLong();
        Family family = Family.values()[random.nextInt(Family.values().length)];
        if (family == Family.ORTHOGONAL || family == Family.SPECTRUM) {
            n = 4 * d + random.nextInt(4);
        }
        GeneratorOptions options = family == Family.SPECTRUM && d > 1
                ? GeneratorOptions.spectrum(n, d, seed, Naive.integer(10).pow(random.nextInt(14)))
                : GeneratorOptions.of(family == Family.SPECTRUM ? Family.GAUSSIAN : family, n, d, seed);
        if (random.nextInt(3) == 0) {
            options = options.withNoise(RationalField.of(1, 1 + random.nextInt(100)));
        }
        options = options.withAlpha(SmallInstances.nonzero(random))
                .withLoops(List.of(0L, 1L, 37L, 200L, 3000L, 1_000_000L).get(random.nextInt(6)));
        requireAnswer(Generator.generate(options), options(random));
    }

    @Property(tries = 20, edgeCases = EdgeCasesMode.NONE)
    void zeroExamplesAreUndecided(@ForAll Random random) {
        Problem p = SmallInstances.problem(random);
        Matrix<BigRational> zero = p.x().map(entry -> BigRational.ZERO);
        Problem none = SmallInstances.problem(zero, p.y(), p.theta(), p.alpha(), p.start(), p.loops(), p.step());
        assertThat(requireAnswer(none, options(random))).isInstanceOf(Verdict.Undecided.class);
    }

    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void answersOnStepsOfEverySize(@ForAll Random random) {
        Problem p = SmallInstances.problem(random);
        String digits = (random.nextBoolean() ? "-" : "") + (1 + random.nextInt(9)) + "e" + (random.nextInt(600) - 300);
        StepSpec step = StepSpec.parse(digits, InputLimits.DEFAULT);
        if (random.nextBoolean() && step instanceof StepSpec.Constant constant) {
            List<BigRational> etas = new ArrayList<>(List.of(constant.stepSize(), RationalField.of(1, 100)));
            step = new StepSpec.Schedule(etas);
        }
        long loops = step instanceof StepSpec.Schedule ? 2 : p.loops();
        Problem other = SmallInstances.problem(p.x(), p.y(), p.theta(), p.alpha(), p.start(), loops, step);
        requireAnswer(other, options(random));
    }

    @Example
    void aStepBeyondTheDoublesIsNoFault() {
        BigRational small = RationalField.of(BigInteger.ONE, BigInteger.TEN.pow(160));
        Vector<BigRational> one = Vector.of(List.of(BigRational.ONE));
        Problem problem = SmallInstances.problem(
                Matrix.of(List.of(List.of(small))),
                one,
                Optional.empty(),
                BigRational.ONE,
                Vector.of(List.of(BigRational.ZERO)),
                8,
                new StepSpec.Auto());
        assertThat(requireAnswer(problem, CertifyOptions.DEFAULT)).isInstanceOf(Verdict.Accepted.class);
    }
}
