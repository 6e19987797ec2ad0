package org.loopcert.corpus;

import ch.obermuhlner.math.big.BigRational;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.loopcert.certify.Certification;
import org.loopcert.certify.Certifier;
import org.loopcert.certify.CertifyOptions;
import org.loopcert.certify.InstanceAudit;
import org.loopcert.certify.Recording;
import org.loopcert.certify.UndecidedException;
import org.loopcert.drift.RunConfiguration;
import org.loopcert.drift.SummationOrder;
import org.loopcert.generate.Family;
import org.loopcert.generate.Generator;
import org.loopcert.generate.GeneratorOptions;
import org.loopcert.input.InputException;
import org.loopcert.input.InputLimits;
import org.loopcert.input.InputOptions;
import org.loopcert.input.InputReader;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.kernel.Json;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Verdict;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;
import org.loopcert.ring.RoundingFormat;

/** Certificates and refutations that the program makes: of public data sets and of generated instances. */
final class AcceptCorpus {
    /** The data set of the certificate that holds only a hash of its instance. */
    static final String BOUND = "cars";

    private static final List<String> DATA = List.of(
            "Norris",
            "NoInt1",
            "Longley",
            "Wampler1",
            "cars",
            "women",
            "stackloss",
            "anscombe1",
            "longley_R",
            "mtcars");

    private AcceptCorpus() {}

    /** All instances by the path of their certificate. */
    static Map<String, Problem> problems() {
        Map<String, Problem> problems = new TreeMap<>();
        DATA.forEach(name -> problems.put("data/" + name + ".json", read(name)));
        paperSizes(problems);
        regimes(problems);
        shapes(problems);
        conditions(problems);
        refuted(problems);
        return problems;
    }

    private static BigRational q(long p, long q) {
        return RationalField.of(BigInteger.valueOf(p), BigInteger.valueOf(q));
    }

    private static Path data(String name) {
        try {
            return Path.of(AcceptCorpus.class.getResource(name + ".csv").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Problem read(String name) {
        try {
            return InputReader.read(data(name), InputOptions.NONE, InputLimits.DEFAULT);
        } catch (InputException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /** The data set itself. */
    static byte[] csv(String name) {
        try {
            return Files.readAllBytes(data(name));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Certifies or refutes; what comes out is complete and accepted. */
    static byte[] certify(Problem problem) {
        return accepted(Certifier.certify(problem, CertifyOptions.DEFAULT));
    }

    /** The certificate of {@link #BOUND}, which holds a hash in place of its instance. */
    static byte[] bound() {
        CertifyOptions plain = CertifyOptions.DEFAULT;
        CertifyOptions options = new CertifyOptions(
                plain.evidence(), plain.backends(), plain.relativeWidthDigits(), true, plain.limits());
        return accepted(Certifier.certify(read(BOUND), options));
    }

    /** A refutation of a schedule at the top of the spectrum, without a replay. */
    static byte[] refutedSchedule() {
        CertifyOptions plain = CertifyOptions.DEFAULT;
        CertifyOptions options = new CertifyOptions(
                CertifyOptions.Evidence.THEOREM,
                plain.backends(),
                plain.relativeWidthDigits(),
                plain.bound(),
                plain.limits());
        return accepted(Certifier.certify(nine(2, schedule(q(1, 2), q(1, 2))), options));
    }

    /**
     * Certificates with the trajectories of runs, by path: of a data set in binary64 with one step for all loops, and of a
     * schedule in binary32 and bfloat16.
     */
    static Map<String, byte[]> trajectories() {
        Map<String, byte[]> files = new TreeMap<>();
        SummationOrder order = SummationOrder.RESIDUAL;
        files.put(
                "trajectory/stackloss.json",
                audited(loops(read("stackloss"), 40), List.of(RunConfiguration.binary64(order))));
        StepSpec steps = schedule(q(1, 9), q(1, 10), q(1, 12), q(1, 9), q(1, 9), q(1, 20));
        files.put(
                "trajectory/small-schedule.json",
                audited(
                        nine(6, steps),
                        List.of(
                                RunConfiguration.of(RoundingFormat.BINARY32, order),
                                RunConfiguration.of(RoundingFormat.BFLOAT16, order))));
        return files;
    }

    private static byte[] audited(Problem problem, List<RunConfiguration> runs) {
        try {
            InstanceAudit audit = InstanceAudit.of(problem, runs, CertifyOptions.DEFAULT.relativeWidthDigits());
            List<Integer> ends = List.of(0, audit.instance().loops());
            Recording recording = new Recording(audit.runs(), ends, Optional.empty(), true);
            return accepted(Certifier.certify(problem, CertifyOptions.DEFAULT, recording));
        } catch (UndecidedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The canonical instance of {@link #BOUND}. */
    static byte[] boundInstance() {
        return Json.print(Certifier.instance(read(BOUND), Limits.DEFAULT.bits()));
    }

    private static byte[] accepted(Certification made) {
        if (!(made.verdict() instanceof Verdict.Accepted)) {
            throw new IllegalStateException("not certified: " + made.verdict());
        }
        return made.certificate();
    }

    /** d = 4 and T = 200 as in the experiments of CHEN2024. */
    private static void paperSizes(Map<String, Problem> problems) {
        for (int[] size : new int[][] {{16, 3}, {32, 2}, {64, 1}, {128, 1}}) {
            for (int seed = 1; seed <= size[1]; seed++) {
                problems.put(
                        "gaussian/n" + size[0] + "-seed" + seed + ".json",
                        Generator.generate(GeneratorOptions.of(Family.GAUSSIAN, size[0], 4, seed)));
            }
        }
    }

    private static GeneratorOptions small(Family family) {
        return GeneratorOptions.of(family, 6, 3, 7).withLoops(10).withFractionBits(6);
    }

    /** Eigenvalues 1 to 9, so that 1/lambda_max is rational. */
    private static Problem nine(long loops, StepSpec step) {
        return step(
                Generator.generate(GeneratorOptions.spectrum(6, 3, 5, q(9, 1)).withLoops(loops)), step);
    }

    private static StepSpec constant(BigRational eta) {
        return new StepSpec.Constant(eta);
    }

    private static StepSpec schedule(BigRational... etas) {
        return new StepSpec.Schedule(List.of(etas));
    }

    private static Problem step(Problem p, StepSpec step) {
        return new Problem(
                p.x(), p.y(), p.theta(), p.alpha(), p.start(), p.loops(), step, p.featureNames(), p.labelName());
    }

    private static Problem loops(Problem p, long loops) {
        return new Problem(
                p.x(), p.y(), p.theta(), p.alpha(), p.start(), loops, p.step(), p.featureNames(), p.labelName());
    }

    private static Problem start(Problem p, BigRational alpha, BigRational... start) {
        return new Problem(
                p.x(),
                p.y(),
                p.theta(),
                alpha,
                Vector.of(List.of(start)),
                p.loops(),
                p.step(),
                p.featureNames(),
                p.labelName());
    }

    private static Problem task(Problem p, BigRational... entries) {
        Vector<BigRational> theta = Vector.of(List.of(entries));
        return new Problem(
                p.x(),
                p.x().multiply(RationalField.INSTANCE, theta),
                Optional.of(theta),
                p.alpha(),
                p.start(),
                p.loops(),
                p.step(),
                p.featureNames(),
                p.labelName());
    }

    private static void regimes(Map<String, Problem> problems) {
        Problem gaussian = Generator.generate(small(Family.GAUSSIAN));
        problems.put("steps/literal.json", step(gaussian, new StepSpec.LambdaMax()));
        problems.put("steps/chebyshev.json", step(gaussian, new StepSpec.Chebyshev()));
        problems.put("steps/exactly-one-over-lambda-max.json", nine(12, constant(q(1, 9))));
        problems.put("steps/between-one-and-two-over-lambda-max.json", nine(12, constant(q(1, 6))));
        problems.put("steps/just-below-two-over-lambda-max.json", nine(12, constant(q(199, 900))));
        problems.put("steps/no-loops.json", nine(0, constant(q(1, 9))));
        problems.put("steps/small-schedule.json", nine(3, schedule(q(1, 9), q(1, 10), q(1, 12))));
        problems.put("steps/large-schedule.json", nine(2, schedule(q(1, 2), q(1, 8))));
        problems.put("steps/million-loops.json", nine(1_000_000, constant(q(1, 10))));
        problems.put("steps/literal-million-loops.json", nine(1_000_000, new StepSpec.LambdaMax()));
    }

    private static void shapes(Map<String, Problem> problems) {
        Problem gaussian = Generator.generate(small(Family.GAUSSIAN));
        problems.put(
                "shapes/noise.json", Generator.generate(small(Family.GAUSSIAN).withNoise(q(1, 4))));
        problems.put(
                "shapes/rank-deficient.json",
                Generator.generate(small(Family.RATIONAL).withRank(2)));
        problems.put(
                "shapes/rank-deficient-with-noise.json",
                Generator.generate(small(Family.RATIONAL).withRank(2).withNoise(q(1, 4))));
        problems.put(
                "shapes/duplicate-rows.json",
                Generator.generate(small(Family.GAUSSIAN).withDuplicates(2)));
        problems.put(
                "shapes/square.json",
                Generator.generate(GeneratorOptions.of(Family.GAUSSIAN, 3, 3, 2).withLoops(10)));
        problems.put(
                "shapes/fewer-examples-than-features.json",
                Generator.generate(GeneratorOptions.of(Family.RATIONAL, 2, 3, 4).withLoops(10)));
        problems.put("shapes/isotropic.json", Generator.generate(small(Family.ORTHOGONAL)));
        problems.put(
                "shapes/one-feature.json",
                Generator.generate(GeneratorOptions.of(Family.RATIONAL, 4, 1, 3).withLoops(10)));
        problems.put(
                "shapes/one-number.json",
                new Problem(
                        Matrix.of(List.of(List.of(q(2, 1)))),
                        Vector.of(List.of(q(2, 1))),
                        Optional.empty(),
                        q(1, 1),
                        Vector.of(List.of(q(0, 1))),
                        5,
                        new StepSpec.Auto(),
                        List.of("x"),
                        "y"));
        problems.put("shapes/theta-of-norm-two.json", task(gaussian, q(2, 1), q(0, 1), q(0, 1)));
        problems.put("shapes/start-not-zero.json", start(gaussian, q(-3, 2), q(1, 1), q(0, 1), q(-1, 3)));
    }

    private static void conditions(Map<String, Problem> problems) {
        for (int[] power : new int[][] {{6, 6}, {12, 9}, {31, 9}}) {
            BigRational kappa = RationalField.of(BigInteger.TEN.pow(power[0]), BigInteger.ONE);
            long loops = BigInteger.TEN.pow(power[1]).longValueExact();
            problems.put(
                    "condition/kappa-1e" + power[0] + "-loops-1e" + power[1] + ".json",
                    Generator.generate(
                            GeneratorOptions.spectrum(6, 3, 11, kappa).withLoops(loops)));
        }
        Problem million = Generator.generate(
                GeneratorOptions.spectrum(6, 3, 11, q(1_000_000, 1)).withLoops(1_000_000_000));
        problems.put("condition/kappa-1e6-literal-loops-1e9.json", step(million, new StepSpec.LambdaMax()));
    }

    private static void refuted(Map<String, Problem> problems) {
        BigRational hair =
                RationalField.of(BigInteger.ONE.shiftLeft(200).add(BigInteger.ONE), BigInteger.ONE.shiftLeft(200));
        problems.put("refuted/exactly-two-over-lambda-max.json", nine(12, constant(q(2, 9))));
        problems.put(
                "refuted/two-over-lambda-max-and-a-hair.json",
                nine(12, constant(RationalField.INSTANCE.multiply(q(2, 9), hair))));
        problems.put("refuted/zero-step.json", nine(12, constant(q(0, 1))));
        problems.put("refuted/negative-step.json", nine(12, constant(q(-1, 9))));
        problems.put("refuted/schedule-at-the-top.json", nine(2, schedule(q(1, 2), q(1, 2))));
        problems.put("refuted/schedule-at-the-bottom.json", nine(2, schedule(q(-1, 1), q(3, 1))));
        Problem deficient = Generator.generate(small(Family.RATIONAL).withRank(2));
        problems.put("refuted/rank-deficient.json", step(deficient, constant(q(10, 1))));
    }
}
