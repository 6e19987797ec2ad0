package org.loopcert.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.loopcert.testing.LoopcertAssertions.assertThat;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.model.Prompt;
import org.loopcert.ring.RationalField;
import org.loopcert.testing.jqwik.LoopcertArbitraries;
import org.loopcert.testing.jqwik.LoopcertDomain;
import org.loopcert.testing.jqwik.RationalUnitVector;
import org.loopcert.testing.jqwik.Shape;
import org.loopcert.testing.jqwik.Spectrum;
import org.loopcert.testing.jqwik.Steps;

/** What every arbitrary promises holds exactly, found through annotations, the domain and the methods alike. */
class ArbitrariesTest {
    private static final RationalField Q = RationalField.INSTANCE;
    private static final BigRational ONE = BigRational.ONE;
    private static final BigRational L = RationalField.of(7, 3);

    private static BigRational q(long p, long q) {
        return RationalField.of(p, q);
    }

    private static boolean atMost(BigRational a, BigRational b) {
        return Q.compare(a, b) <= 0;
    }

    private static boolean inHalfOpen(BigRational step, BigRational upper) {
        return step.signum() > 0 && atMost(step, upper);
    }

    /** The coefficients of det(x I - A), from x^0 to x^d, by Faddeev and LeVerrier. */
    private static List<BigRational> characteristicPolynomial(Matrix<BigRational> a) {
        int d = a.rows();
        List<BigRational> coefficients = new ArrayList<>(List.of(ONE));
        Matrix<BigRational> m = Matrix.zero(Q, d, d);
        for (int k = 1; k <= d; k++) {
            m = a.multiply(Q, m).add(Q, Matrix.identity(Q, d).scale(Q, coefficients.get(0)));
            Matrix<BigRational> product = a.multiply(Q, m);
            BigRational trace = BigRational.ZERO;
            for (int i = 0; i < d; i++) {
                trace = Q.add(trace, product.get(i, i));
            }
            coefficients.add(0, Q.divide(Q.negate(trace), BigRational.valueOf(k)));
        }
        return coefficients;
    }

    /** The coefficients of the product of x - lambda, from x^0 to x^d. */
    private static List<BigRational> polynomialOfRoots(List<BigRational> roots) {
        List<BigRational> coefficients = new ArrayList<>(List.of(ONE));
        for (BigRational root : roots) {
            List<BigRational> next = new ArrayList<>();
            for (int i = 0; i <= coefficients.size(); i++) {
                BigRational shifted = i == 0 ? BigRational.ZERO : coefficients.get(i - 1);
                BigRational scaled =
                        i == coefficients.size() ? BigRational.ZERO : Q.multiply(root, coefficients.get(i));
                next.add(Q.subtract(shifted, scaled));
            }
            coefficients = next;
        }
        return coefficients;
    }

    @Property(tries = 300)
    void unitVectorsHaveNormOne(@ForAll @RationalUnitVector(dimension = 3) Vector<BigRational> v) {
        assertThat(v.size()).isEqualTo(3);
        assertThat(v.dot(Q, v)).isEqualTo(ONE);
    }

    @Property(tries = 100)
    void unitVectorsOfEveryDimension(@ForAll("unitVectors") Vector<BigRational> v) {
        assertThat(v.dot(Q, v)).isEqualTo(ONE);
    }

    @Provide
    Arbitrary<Vector<BigRational>> unitVectors() {
        return Arbitraries.integers().between(1, 12).flatMap(LoopcertArbitraries::rationalUnitVectors);
    }

    @Property(tries = 100)
    void orthogonalMatricesAreOrthogonal(@ForAll("orthogonal") Matrix<BigRational> u) {
        assertThat(u.gram(Q)).isEqualTo(Matrix.identity(Q, u.columns()));
        assertThat(u.rows()).isEqualTo(u.columns());
    }

    @Provide
    Arbitrary<Matrix<BigRational>> orthogonal() {
        return Arbitraries.integers().between(1, 6).flatMap(LoopcertArbitraries::orthogonalMatrices);
    }

    @Property(tries = 100)
    void matricesHaveTheSpectrumAskedFor(
            @ForAll @Spectrum({"1", "4", "9/4", "9/4"}) Matrix<BigRational> x,
            @ForAll
                    @Spectrum(
                            value = {"7", "0", "0.15"},
                            rows = 9)
                    Matrix<BigRational> deficient) {
        assertThat(x.rows()).isEqualTo(4);
        assertThat(characteristicPolynomial(x.gram(Q)))
                .isEqualTo(polynomialOfRoots(List.of(ONE, q(4, 1), q(9, 4), q(9, 4))));
        assertThat(deficient.rows()).isEqualTo(9);
        assertThat(characteristicPolynomial(deficient.gram(Q)))
                .isEqualTo(polynomialOfRoots(List.of(q(7, 1), q(0, 1), q(3, 20))));
    }

    /** Any spectrum of rationals, squares or not. */
    @Property(tries = 60)
    void everyRationalSpectrumIsMet(@ForAll("spectra") Tuple2<List<BigRational>, Matrix<BigRational>> sample) {
        List<BigRational> spectrum = sample.get1();
        Matrix<BigRational> x = sample.get2();
        assertThat(x.rows()).isEqualTo(LoopcertArbitraries.rowsForSpectrum(spectrum));
        assertThat(characteristicPolynomial(x.gram(Q))).isEqualTo(polynomialOfRoots(spectrum));
    }

    @Provide
    Arbitrary<Tuple2<List<BigRational>, Matrix<BigRational>>> spectra() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 40),
                        Arbitraries.integers().between(1, 12))
                .as((p, q) -> q(p, q))
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .flatMap(spectrum ->
                        LoopcertArbitraries.matricesOfSpectrum(spectrum).map(x -> Tuple.of(spectrum, x)));
    }

    @Property(tries = 100)
    void promptsHaveTheirShape(
            @ForAll @Shape(fewestExamples = 2, mostExamples = 5, fewestFeatures = 3, mostFeatures = 4)
                    Prompt<BigRational> prompt) {
        assertThat(prompt.exampleCount()).isBetween(2, 5);
        assertThat(prompt.featureCount()).isBetween(3, 4);
        assertThat(prompt.query()).isNotEqualTo(BigRational.ZERO);
        assertThat(prompt.labels().size()).isEqualTo(prompt.exampleCount());
        assertThat(prompt.queryVector().size()).isEqualTo(prompt.featureCount());
    }

    /** The hypotheses of the theorem hold, so that the kernel derives it. */
    @Property(tries = 25)
    void instancesMeetTheHypotheses(
            @ForAll @Shape(fewestExamples = 2, mostExamples = 4, fewestFeatures = 1, mostFeatures = 3, mostLoops = 5)
                    Problem problem) {
        assertThat(problem.examples()).isBetween(2, 4).isGreaterThanOrEqualTo(problem.features());
        assertThat(problem.features()).isBetween(1, 3);
        assertThat(problem.loops()).isBetween(0L, 5L);
        Vector<BigRational> theta = problem.theta().orElseThrow();
        assertThat(theta.dot(Q, theta)).isEqualTo(ONE);
        assertThat(problem.x().multiply(Q, theta)).isEqualTo(problem.y());
        assertThat(problem).isCertified().establishes("theorem-4.4").hasRank(problem.features());
    }

    @Property(tries = 200)
    void stepsAreInRange(
            @ForAll @Steps(smoothness = "7/3") StepSpec.Constant constant,
            @ForAll @Steps(smoothness = "7/3", mostLoops = 6) StepSpec.Schedule any) {
        assertThat(inHalfOpen(constant.stepSize(), Q.divide(ONE, L))).isTrue();
        assertThat(any.stepSizes()).hasSizeBetween(1, 6).allMatch(step -> inHalfOpen(step, Q.divide(ONE, L)));
    }

    @Property(tries = 200)
    void diminishingStepsDiminish(
            @ForAll @Steps(smoothness = "7/3", kind = Steps.Kind.DIMINISHING) StepSpec.Schedule schedule) {
        List<BigRational> steps = schedule.stepSizes();
        assertThat(steps).hasSizeBetween(1, 8).allMatch(step -> inHalfOpen(step, Q.divide(ONE, L)));
        for (int t = 1; t < steps.size(); t++) {
            assertThat(Q.compare(steps.get(t), steps.get(t - 1))).isNegative();
        }
    }

    /**
     * |p_T| is at most 1/C_T((kappa+1)/(kappa-1)) on [mu, L], up to the rounding of the steps, and takes that size with
     * alternating signs at the extreme points; a grid holds it here, and any other schedule exceeds it somewhere.
     */
    @Property(tries = 16)
    void chebyshevStepsAreChebyshev(
            @ForAll @Steps(smoothness = "4", strongConvexity = "1", kind = Steps.Kind.CHEBYSHEV, mostLoops = 12)
                    StepSpec.Schedule schedule) {
        List<BigRational> steps = schedule.stepSizes();
        BigRational slack = Q.add(ONE, q(1, 1L << 62));
        assertThat(steps)
                .hasSizeBetween(1, 12)
                .allMatch(step -> atMost(q(1, 4), Q.multiply(step, slack)) && atMost(step, slack));
        // (kappa+1)/(kappa-1) = 5/3 = (3 + 1/3)/2, so C_T there is (3^T + 3^-T)/2
        BigRational power = BigRational.valueOf(3).pow(steps.size());
        BigRational bound = Q.divide(q(2, 1), Q.add(power, Q.divide(ONE, power)));
        BigRational largest = Q.multiply(bound, Q.add(ONE, q(1, 1L << 40)));
        for (int i = 0; i <= 60; i++) {
            BigRational lambda = Q.add(ONE, q(i, 20));
            BigRational value = ONE;
            for (BigRational step : steps) {
                value = Q.multiply(value, Q.subtract(ONE, Q.multiply(step, lambda)));
            }
            assertThat(atMost(value.abs(), largest)).as("lambda = %s", lambda).isTrue();
        }
    }

    @Property(tries = 50)
    void numbersAreWhatTheySay(
            @ForAll BigRational any, @ForAll("nonzero") BigRational nonzero, @ForAll("positive") BigRational positive) {
        assertThat(atMost(any.abs(), q(9, 1))).isTrue();
        assertThat(nonzero.signum()).isNotZero();
        assertThat(positive.signum()).isPositive();
    }

    @Provide
    Arbitrary<BigRational> nonzero() {
        return LoopcertArbitraries.nonzeroRationals();
    }

    @Provide
    Arbitrary<BigRational> positive() {
        return LoopcertArbitraries.positiveRationals();
    }

    /** In the domain of this package, and with jqwik's own types beside it. */
    @Property(tries = 10)
    @Domain(LoopcertDomain.class)
    @Domain(DomainContext.Global.class)
    void theDomainFindsThem(
            @ForAll @RationalUnitVector(dimension = 1) Vector<BigRational> v,
            @ForAll Prompt<BigRational> prompt,
            @ForAll boolean other) {
        assertThat(v.get(0).abs()).isEqualTo(ONE);
        assertThat(prompt.exampleCount()).isBetween(1, 6);
        assertThat(other).isIn(true, false);
    }

    /** The domain alone. */
    @Property(tries = 10)
    @Domain(LoopcertDomain.class)
    void theDomainIsEnough(@ForAll @Steps(smoothness = "1") StepSpec.Constant step, @ForAll BigRational number) {
        assertThat(inHalfOpen(step.stepSize(), ONE)).isTrue();
        assertThat(number).isNotNull();
    }

    @Example
    void refusesWhatNoValueMeets() {
        assertThatThrownBy(() -> LoopcertArbitraries.rationalUnitVectors(0)).hasMessageEndingWith("found 0");
        assertThatThrownBy(() -> LoopcertArbitraries.matricesOfSpectrum(List.of()))
                .hasMessage("expected at least one eigenvalue, found []");
        assertThatThrownBy(() -> LoopcertArbitraries.matricesOfSpectrum(List.of(q(-1, 1))))
                .hasMessageStartingWith("expected eigenvalues of X'X, at least 0");
        // 7 is a sum of four squares and of no fewer
        assertThatThrownBy(() -> LoopcertArbitraries.matricesOfSpectrum(List.of(q(7, 1)), 3))
                .hasMessage("expected 4 rows or more for the spectrum [7], found 3");
        assertThatThrownBy(() -> LoopcertArbitraries.instances(1, 2, 3, 3, 1))
                .hasMessage("expected at least as many examples as features, found 2");
        assertThatThrownBy(() -> LoopcertArbitraries.prompts(3, 2, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LoopcertArbitraries.schedules(q(0, 1), 3)).hasMessage("expected L above 0, found 0");
        assertThatThrownBy(() -> LoopcertArbitraries.chebyshevSchedules(q(2, 1), ONE, 3))
                .hasMessage("expected 0 < mu <= L = 1, found 2");
        assertThatThrownBy(() -> LoopcertArbitraries.constantSteps(q(-1, 2)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
