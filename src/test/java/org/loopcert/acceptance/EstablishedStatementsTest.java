package org.loopcert.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import ch.obermuhlner.math.big.BigRational;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.loopcert.certify.Certification;
import org.loopcert.certify.Certifier;
import org.loopcert.certify.CertifyOptions;
import org.loopcert.generate.Family;
import org.loopcert.generate.Generator;
import org.loopcert.generate.GeneratorOptions;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.kernel.Statement;
import org.loopcert.kernel.Theorem;
import org.loopcert.kernel.Verdict;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;

/** Each kind of instance gets exactly the statements that hold for it, and is told exactly which hypotheses it misses. */
class EstablishedStatementsTest {
    private static final RationalField Q = RationalField.INSTANCE;

    /** What holds for every instance with a positive eigenvalue. */
    private static final Set<String> SPECTRUM = Set.of(
            "step-equivalence",
            "lambda-max-at-most",
            "lambda-max-at-least",
            "smallest-positive-at-least",
            "smallest-positive-at-most",
            "spectrum",
            "exponential");

    /** What holds beside, whenever the steps contract. */
    private static final Set<String> CONTRACTING =
            union(SPECTRUM, Set.of("contraction", "least-squares", "general-labels", "error-value"));

    /** The bounds of the paper's setting: y = X theta*, |theta*| = 1, rank d, q(0) = 0, steps of at most 1/lambda_max. */
    private static final Set<String> UNIT = Set.of(
            "small-steps",
            "realizable",
            "error-identity",
            "theorem-4.4",
            "theorem-4.4-value",
            "tight-bound",
            "doubled-exponent");

    private static final Set<String> PAPER = union(CONTRACTING, UNIT, Set.of("two-sided"));
    private static final Set<String> ROUNDED = Set.of("rounded-iterates");
    private static final List<String> BOUNDS = List.of("theorem-4.4", "tight-bound", "doubled-exponent", "two-sided");

    private static Set<String> union(Set<String> first, Set<String> second) {
        return union(first, second, Set.of());
    }

    private static Set<String> union(Set<String> first, Set<String> second, Set<String> third) {
        Set<String> all = new TreeSet<>(first);
        all.addAll(second);
        all.addAll(third);
        return Set.copyOf(all);
    }

    /** Every bound of the paper's setting misses this hypothesis. */
    private static Set<String> missing(String... hypotheses) {
        Set<String> result = new TreeSet<>();
        for (String hypothesis : hypotheses) {
            BOUNDS.forEach(bound -> result.add(bound + ": " + hypothesis));
        }
        return result;
    }

    private static Certification require(
            Problem problem, boolean refutation, Set<String> established, Set<String> unmet) {
        Certification certification = Certifier.certify(problem, CertifyOptions.DEFAULT);
        assertThat(certification.verdict()).isInstanceOf(Verdict.Accepted.class);
        Verdict.Accepted accepted = (Verdict.Accepted) certification.verdict();
        assertThat(accepted.refutation()).isEqualTo(refutation);
        Set<String> ids = new TreeSet<>();
        Set<String> missing = new TreeSet<>();
        for (Theorem theorem : accepted.theorems()) {
            if (theorem.statement() instanceof Statement.Unmet failing) {
                assertThat(missing.add(failing.theorem() + ": " + failing.hypothesis()))
                        .isTrue();
            } else {
                ids.add(theorem.id());
            }
        }
        assertThat(ids).containsExactlyInAnyOrderElementsOf(established);
        assertThat(missing).containsExactlyInAnyOrderElementsOf(unmet);
        assertThat(certification.undecided()).isEmpty();
        return certification;
    }

    private static Certification require(Problem problem, Set<String> established, Set<String> unmet) {
        return require(problem, false, established, unmet);
    }

    private static Problem gaussian(int n, int d, long seed) {
        return Generator.generate(GeneratorOptions.of(Family.GAUSSIAN, n, d, seed));
    }

    private static Problem with(
            Problem p, Vector<BigRational> y, Optional<Vector<BigRational>> theta, Vector<BigRational> start) {
        return new Problem(p.x(), y, theta, p.alpha(), start, p.loops(), p.step(), p.featureNames(), p.labelName());
    }

    private static Problem with(Problem p, StepSpec step, long loops) {
        return new Problem(p.x(), p.y(), p.theta(), p.alpha(), p.start(), loops, step, p.featureNames(), p.labelName());
    }

    /** 1/trace(X'X), at most 1/lambda_max. */
    private static BigRational inverseTrace(Problem p) {
        BigRational trace = BigRational.ZERO;
        for (int i = 0; i < p.examples(); i++) {
            trace = Q.add(trace, p.x().row(i).dot(Q, p.x().row(i)));
        }
        return Q.divide(BigRational.ONE, trace);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 32, 64, 128})
    void gaussianInstancesOfThePaper(int n) {
        for (long seed = 1; seed <= 10; seed++) {
            require(gaussian(n, 4, seed), union(PAPER, ROUNDED), Set.of());
        }
    }

    @ParameterizedTest
    @CsvSource({"1000000, 1000000", "1000000, 1000000000", "1000000000000, 1000000", "1000000000000, 1000000000"})
    void illConditionedAndManyLoops(long kappa, long loops) {
        GeneratorOptions options = GeneratorOptions.spectrum(16, 4, 5, RationalField.of(kappa, 1));
        require(Generator.generate(options.withLoops(loops)), PAPER, Set.of());
    }

    @Test
    void repeatedRowsSquareExamplesAndOneFeature() {
        GeneratorOptions repeated =
                GeneratorOptions.of(Family.GAUSSIAN, 12, 3, 7).withDuplicates(5);
        require(Generator.generate(repeated), union(PAPER, ROUNDED), Set.of());
        require(gaussian(4, 4, 8), union(PAPER, ROUNDED), Set.of());
        require(gaussian(6, 1, 9), union(PAPER, ROUNDED), Set.of());
    }

    @Test
    void deficientRank() {
        GeneratorOptions options =
                GeneratorOptions.of(Family.RATIONAL, 6, 3, 4).withRank(2).withLoops(20);
        Set<String> established =
                union(CONTRACTING, ROUNDED, Set.of("small-steps", "realizable", "error-identity", "limit-error"));
        Problem problem = Generator.generate(options);
        require(problem, established, missing("rank-deficient"));
        // fewer examples than features
        require(gaussian(2, 3, 3), established, missing("rank-deficient"));
        // without a theta* of its own the limit is that of the solution of least norm
        require(with(problem, problem.y(), Optional.empty(), problem.start()), established, missing("rank-deficient"));
    }

    @Test
    void noisyLabels() {
        GeneratorOptions options = GeneratorOptions.of(Family.GAUSSIAN, 10, 3, 4)
                .withNoise(RationalField.of(1, 10))
                .withLoops(50);
        Problem problem = Generator.generate(options);
        Set<String> unmet = union(missing("label-noise"), Set.of("error-identity: label-noise"));
        require(problem, union(CONTRACTING, ROUNDED, Set.of("small-steps", "noise")), unmet);
        Problem anonymous = with(problem, problem.y(), Optional.empty(), problem.start());
        require(anonymous, union(CONTRACTING, ROUNDED, Set.of("small-steps")), unmet);
    }

    @Test
    void thetaOfAnotherNorm() {
        Problem p = gaussian(10, 3, 4);
        Vector<BigRational> theta = p.theta().orElseThrow().scale(Q, RationalField.of(3, 2));
        Vector<BigRational> y = p.x().multiply(Q, theta);
        Set<String> established = union(CONTRACTING, ROUNDED, Set.of("small-steps", "realizable", "error-identity"));
        require(with(p, y, Optional.of(theta), p.start()), established, missing("norm"));
        require(with(p, y, Optional.empty(), p.start()), established, missing("norm"));
    }

    @Test
    void anotherStart() {
        Problem p = gaussian(10, 3, 4);
        Vector<BigRational> start = Vector.of(List.of(BigRational.ZERO, RationalField.of(1, 3), BigRational.ONE));
        Set<String> unmet = union(missing("start"), Set.of("error-identity: start"));
        require(
                with(p, p.y(), p.theta(), start),
                union(CONTRACTING, ROUNDED, Set.of("small-steps", "realizable")),
                unmet);
    }

    @Test
    void everyHypothesisAtOnce() {
        Problem p = Generator.generate(GeneratorOptions.of(Family.RATIONAL, 6, 3, 4)
                .withRank(2)
                .withNoise(RationalField.of(1, 10))
                .withLoops(9));
        Vector<BigRational> start = Vector.constant(3, BigRational.ONE);
        Set<String> unmet = union(
                missing("start", "label-noise", "rank-deficient"),
                Set.of("error-identity: start", "error-identity: label-noise"));
        require(with(p, p.y(), p.theta(), start), union(CONTRACTING, ROUNDED, Set.of("small-steps")), unmet);
    }

    @Test
    void theLiteralStep() {
        require(with(gaussian(16, 4, 1), new StepSpec.LambdaMax(), 200), PAPER, Set.of());
    }

    /** diag(1, 2) after scaling: X'X = diag(1, 4), theta* = (3/5, 4/5). */
    private static Problem diagonal(StepSpec step, long loops) {
        Vector<BigRational> theta = Vector.of(List.of(RationalField.of(3, 5), RationalField.of(4, 5)));
        Matrix<BigRational> x = Matrix.diagonal(Q, Vector.of(List.of(BigRational.ONE, BigRational.TWO)));
        return new Problem(
                x,
                x.multiply(Q, theta),
                Optional.of(theta),
                BigRational.ONE,
                Vector.constant(2, BigRational.ZERO),
                loops,
                step,
                Problem.defaultFeatureNames(2),
                "y");
    }

    private static StepSpec schedule(String... etas) {
        return StepSpec.parse(String.join(",", etas));
    }

    @Test
    void schedules() {
        // all at most 1/4, their mean close enough to it for Theorem 4.4 and for twice its exponent
        Set<String> small = union(CONTRACTING, UNIT, ROUNDED);
        require(diagonal(schedule("1/4", "6/25", "1/4"), 3), small, Set.of());
        Set<String> large = union(CONTRACTING, ROUNDED, Set.of("realizable", "error-identity"));
        require(diagonal(schedule("1/3", "3/5", "1/4"), 3), large, missing("step"));
        require(diagonal(new StepSpec.Chebyshev(), 5), large, missing("step"));
        // |1 - 3| |1 - 2| at the eigenvalue 1, 11 * 7 at 4
        require(diagonal(schedule("3", "2"), 2), true, union(SPECTRUM, Set.of("non-contraction")), Set.of());
        // one step of 1/4 too small for the exponent: the form in eta and mu still holds
        Certification slow = Certifier.certify(diagonal(schedule("1/4", "1/1000"), 2), CertifyOptions.DEFAULT);
        Set<String> ids = new TreeSet<>();
        ((Verdict.Accepted) slow.verdict()).theorems().forEach(theorem -> ids.add(theorem.id()));
        assertThat(ids).contains("tight-bound", "theorem-4.4").doesNotContain("doubled-exponent", "two-sided");
        assertThat(slow.undecided()).extracting(Certification.Undecided::id).containsExactly("doubled-exponent");
    }

    @Test
    void constantSteps() {
        Set<String> large = union(CONTRACTING, ROUNDED, Set.of("realizable", "error-identity"));
        Set<String> refuted = union(SPECTRUM, Set.of("non-contraction"));
        for (String eta : List.of("2/5", "49/100")) { // between 1/lambda_max and 2/lambda_max
            require(diagonal(StepSpec.parse(eta), 10), large, missing("step"));
        }
        for (String eta : List.of("1/2", "3", "0", "-1/8")) { // from 2/lambda_max on, or not positive
            require(diagonal(StepSpec.parse(eta), 10), true, refuted, Set.of());
        }
        // below 1/lambda_max exactly: 1/trace is too small for the exponential forms, and those stay undecided
        Problem p = gaussian(8, 2, 3);
        Certification certification =
                Certifier.certify(with(p, new StepSpec.Constant(inverseTrace(p)), 10), CertifyOptions.DEFAULT);
        Set<String> ids = new TreeSet<>();
        ((Verdict.Accepted) certification.verdict()).theorems().forEach(theorem -> ids.add(theorem.id()));
        assertThat(ids).contains("tight-bound", "two-sided", "small-steps");
    }
}
