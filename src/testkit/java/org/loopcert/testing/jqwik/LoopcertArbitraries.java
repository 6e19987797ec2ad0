package org.loopcert.testing.jqwik;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.loopcert.exact.Fraction;
import org.loopcert.generate.SumsOfSquares;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.model.Prompt;
import org.loopcert.ring.RationalField;
import org.loopcert.spectrum.ChebyshevSchedule;
import org.loopcert.testing.InstanceBuilder;

/**
 * Exact random values for properties. What each promises holds of every value exactly, not up to rounding: a unit vector
 * has |v|^2 = 1, a matrix of given spectrum has the eigenvalues asked for and no others, a step is in (0, 1/L].
 */
public final class LoopcertArbitraries {
    private static final RationalField Q = RationalField.INSTANCE;
    private static final int NUMERATOR = 9;
    private static final int DENOMINATOR = 6;
    private static final int REFLECTION_ENTRY = 3;
    private static final int MOST_REFLECTIONS = 3;
    private static final int STEP_PARTS = 64;

    private LoopcertArbitraries() {}

    // numbers, vectors, matrices

    /** Short fractions p/q with |p| at most 9 and q at most 6; they shrink to 0. */
    public static Arbitrary<BigRational> rationals() {
        return rationals(NUMERATOR, DENOMINATOR);
    }

    /**
     * Fractions p/q, reduced; they shrink to 0.
     *
     * @param numerator the largest |p|, at least 0
     * @param denominator the largest q, at least 1
     */
    public static Arbitrary<BigRational> rationals(int numerator, int denominator) {
        require(numerator >= 0, "a numerator of at least 0", numerator);
        require(denominator >= 1, "a denominator of at least 1", denominator);
        return Combinators.combine(
                        Arbitraries.integers()
                                .between(-numerator, numerator)
                                .edgeCases(cases -> cases.includeOnly(0, 1)),
                        oneTo(denominator))
                .as((p, q) -> RationalField.of(p, q));
    }

    /** The only edge case is 1: what is composed of many numbers multiplies their edge cases. */
    private static Arbitrary<Integer> oneTo(int most) {
        return Arbitraries.integers().between(1, most).edgeCases(cases -> cases.includeOnly(1));
    }

    /** Short fractions other than 0; they shrink to 1. */
    public static Arbitrary<BigRational> nonzeroRationals() {
        return Combinators.combine(positiveRationals(), negative())
                .as((value, negative) -> negative ? Q.negate(value) : value);
    }

    /** Short fractions above 0; they shrink to 1. */
    public static Arbitrary<BigRational> positiveRationals() {
        return Combinators.combine(oneTo(NUMERATOR), oneTo(DENOMINATOR)).as((p, q) -> RationalField.of(p, q));
    }

    private static Arbitrary<Boolean> negative() {
        return Arbitraries.of(false, true).edgeCases(cases -> cases.includeOnly(false));
    }

    /** Vectors of short fractions; they shrink to 0. */
    public static Arbitrary<Vector<BigRational>> vectors(int dimension) {
        requireDimension(dimension);
        return rationals().list().ofSize(dimension).map(Vector::of);
    }

    /** Matrices of short fractions, of any rank; they shrink to 0. */
    public static Arbitrary<Matrix<BigRational>> matrices(int rows, int columns) {
        requireDimension(rows);
        requireDimension(columns);
        return rationals().list().ofSize(columns).list().ofSize(rows).map(Matrix::of);
    }

    /**
     * Rational points of the unit sphere, |v|^2 = 1 exactly: (2u, 1 - |u|^2)/(1 + |u|^2) for a rational u, the inverse
     * of the stereographic projection, and their antipodes. Such points are dense. They shrink to the last unit vector.
     *
     * @param dimension at least 1; of dimension 1 there are 1 and -1
     */
    public static Arbitrary<Vector<BigRational>> rationalUnitVectors(int dimension) {
        requireDimension(dimension);
        return Combinators.combine(rationals().list().ofSize(dimension - 1), negative())
                .as((u, negative) -> negative ? onSphere(u).negate(Q) : onSphere(u));
    }

    private static Vector<BigRational> onSphere(List<BigRational> u) {
        BigRational square = u.isEmpty() ? BigRational.ZERO : Vector.of(u).dot(Q, Vector.of(u));
        BigRational scale = Q.divide(BigRational.ONE, Q.add(BigRational.ONE, square));
        List<BigRational> entries = new ArrayList<>();
        u.forEach(entry -> entries.add(Q.multiply(Q.multiply(BigRational.TWO, entry), scale)));
        entries.add(Q.multiply(Q.subtract(BigRational.ONE, square), scale));
        return Vector.of(entries);
    }

    /**
     * Rational orthogonal matrices U, U'U = I exactly, products of at most three Householder reflections of small
     * integer vectors; they shrink to I.
     */
    public static Arbitrary<Matrix<BigRational>> orthogonalMatrices(int size) {
        requireDimension(size);
        return Arbitraries.integers()
                .between(-REFLECTION_ENTRY, REFLECTION_ENTRY)
                .edgeCases(cases -> cases.includeOnly(1))
                .list()
                .ofSize(size)
                .list()
                .ofMaxSize(Math.min(size, MOST_REFLECTIONS))
                .map(vectors -> product(size, vectors))
                .edgeCases(cases -> cases.filter(Matrix.identity(Q, size)::equals));
    }

    private static Matrix<BigRational> product(int size, List<List<Integer>> vectors) {
        Matrix<BigRational> product = Matrix.identity(Q, size);
        for (List<Integer> v : vectors) {
            product = product.multiply(Q, reflection(v));
        }
        return product;
    }

    /** I - 2 v v'/(v'v); I where v = 0, so that v can shrink freely. */
    private static Matrix<BigRational> reflection(List<Integer> v) {
        long square = v.stream().mapToLong(entry -> (long) entry * entry).sum();
        return Matrix.of(v.size(), v.size(), (i, j) -> {
            BigRational identity = i == j ? BigRational.ONE : BigRational.ZERO;
            return square == 0 ? identity : Q.subtract(identity, RationalField.of(2L * v.get(i) * v.get(j), square));
        });
    }

    /**
     * Matrices X for which the eigenvalues of G = X'X are exactly these, with their multiplicities: X = U W V' with
     * orthogonal U and V and W'W diagonal. They shrink to W.
     *
     * <p>A column of W of squared norm lambda has as entries rationals whose squares add up to lambda, one to four of
     * them (Lagrange); hence the least number of rows, {@link #rowsForSpectrum}.
     *
     * @param eigenvalues d of them, at least 0, in any order; the rank of X is the number of positive ones
     * @throws IllegalArgumentException if there is none, or one is negative
     */
    public static Arbitrary<Matrix<BigRational>> matricesOfSpectrum(List<BigRational> eigenvalues) {
        return matricesOfSpectrum(eigenvalues, rowsForSpectrum(eigenvalues));
    }

    /**
     * Matrices X of this many rows for which the eigenvalues of G = X'X are exactly these.
     *
     * @param rows n, at least {@link #rowsForSpectrum}
     * @throws IllegalArgumentException if there are too few rows, no eigenvalue or a negative one
     * @see #matricesOfSpectrum(List)
     */
    public static Arbitrary<Matrix<BigRational>> matricesOfSpectrum(List<BigRational> eigenvalues, int rows) {
        int needed = rowsForSpectrum(eigenvalues);
        require(rows >= needed, needed + " rows or more for the spectrum " + eigenvalues, rows);
        Matrix<BigRational> w = orthogonalColumns(eigenvalues, rows);
        return Combinators.combine(orthogonalMatrices(rows), orthogonalMatrices(eigenvalues.size()))
                .as((u, v) -> u.multiply(Q, w).multiply(Q, v));
    }

    /** The least number of rows of a matrix made for this spectrum: the squares that its eigenvalues are sums of. */
    public static int rowsForSpectrum(List<BigRational> eigenvalues) {
        require(!eigenvalues.isEmpty(), "at least one eigenvalue", eigenvalues);
        eigenvalues.forEach(lambda -> require(lambda.signum() >= 0, "eigenvalues of X'X, at least 0", lambda));
        return Math.max(
                1, eigenvalues.stream().mapToInt(each -> roots(each).size()).sum());
    }

    private static List<BigRational> roots(BigRational lambda) {
        return lambda.signum() == 0 ? List.of() : SumsOfSquares.of(RationalField.canonical(lambda));
    }

    /** W, n x d, each column in rows of its own. */
    private static Matrix<BigRational> orthogonalColumns(List<BigRational> eigenvalues, int rows) {
        List<List<BigRational>> columns = new ArrayList<>();
        int used = 0;
        for (BigRational lambda : eigenvalues) {
            List<BigRational> roots = roots(lambda);
            List<BigRational> column = new ArrayList<>();
            IntStream.range(0, used).forEach(i -> column.add(BigRational.ZERO));
            column.addAll(roots);
            used += roots.size();
            IntStream.range(used, rows).forEach(i -> column.add(BigRational.ZERO));
            columns.add(column);
        }
        return Matrix.of(columns).transpose(Q);
    }

    // prompts and instances

    /** Prompts Z = [[X, y], [q', alpha]] with alpha not 0; they shrink to n = d = 1, X, y and q zero and alpha 1. */
    public static Arbitrary<Prompt<BigRational>> prompts(int mostExamples, int mostFeatures) {
        return prompts(1, mostExamples, 1, mostFeatures);
    }

    /** Prompts whose n and d are in these ranges, both ends included. */
    public static Arbitrary<Prompt<BigRational>> prompts(
            int fewestExamples, int mostExamples, int fewestFeatures, int mostFeatures) {
        requireRange(fewestExamples, mostExamples);
        requireRange(fewestFeatures, mostFeatures);
        return Combinators.combine(sizes(fewestExamples, mostExamples), sizes(fewestFeatures, mostFeatures))
                .flatAs((n, d) -> Combinators.combine(matrices(n, d), vectors(n), vectors(d), nonzeroRationals())
                        .as(Prompt::new));
    }

    /** The edge cases are both ends. */
    private static Arbitrary<Integer> sizes(int fewest, int most) {
        return Arbitraries.integers().between(fewest, most).edgeCases(cases -> cases.includeOnly(fewest, most));
    }

    /** Instances with up to n examples and d features; see {@link #instances(int, int, int, int, long)}. */
    public static Arbitrary<Problem> instances(int mostExamples, int mostFeatures) {
        return instances(1, mostExamples, 1, mostFeatures, 20);
    }

    /**
     * Instances that meet the hypotheses of CHEN2024, Theorem 4.4: y = X theta* with |theta*|^2 = 1 exactly, rank X = d,
     * q(0) = 0, alpha not 0, step {@code auto}. They shrink to n = d = 1, X = 1, theta* = 1, alpha = 1 and no loop.
     *
     * <p>X is U W V' with orthogonal U and V and W diagonal, so that the eigenvalues of X'X are squares of short
     * fractions.
     *
     * @param fewestExamples n is at least this, and at least d
     * @param mostExamples n is at most this
     * @param fewestFeatures d is at least this
     * @param mostFeatures d is at most this, and at most n
     * @param mostLoops T is at most this
     */
    public static Arbitrary<Problem> instances(
            int fewestExamples, int mostExamples, int fewestFeatures, int mostFeatures, long mostLoops) {
        requireRange(fewestExamples, mostExamples);
        requireRange(fewestFeatures, mostFeatures);
        require(fewestFeatures <= mostExamples, "at least as many examples as features", mostExamples);
        require(mostLoops >= 0, "loops of at least 0", mostLoops);
        return Combinators.combine(
                        sizes(fewestFeatures, Math.min(mostFeatures, mostExamples)),
                        sizes(fewestExamples, mostExamples))
                .flatAs((d, n) -> instances(Math.max(d, n), d, mostLoops));
    }

    private static Arbitrary<Problem> instances(int n, int d, long mostLoops) {
        return Combinators.combine(
                        matricesOfFullRank(n, d),
                        rationalUnitVectors(d),
                        nonzeroRationals(),
                        Arbitraries.longs().between(0, mostLoops).edgeCases(cases -> cases.includeOnly(0L, mostLoops)))
                .as((x, theta, alpha, loops) -> InstanceBuilder.examples(x)
                        .theta(theta)
                        .query(alpha)
                        .loops(loops)
                        .build());
    }

    /** Matrices X, n x d with n at least d, of rank d, whose X'X has squares of short fractions as eigenvalues. */
    public static Arbitrary<Matrix<BigRational>> matricesOfFullRank(int rows, int columns) {
        requireDimension(columns);
        require(rows >= columns, "at least " + columns + " rows", rows);
        return Combinators.combine(
                        positiveRationals().list().ofSize(columns),
                        orthogonalMatrices(rows),
                        orthogonalMatrices(columns))
                .as((roots, u, v) -> u.multiply(Q, diagonal(roots, rows)).multiply(Q, v));
    }

    private static Matrix<BigRational> diagonal(List<BigRational> entries, int rows) {
        return Matrix.of(rows, entries.size(), (i, j) -> i == j ? entries.get(i) : BigRational.ZERO);
    }

    // schedules

    /** A step eta in (0, 1/L], the same in every loop; it shrinks to 1/L. */
    public static Arbitrary<StepSpec.Constant> constantSteps(BigRational smoothness) {
        requireSmoothness(smoothness);
        return shares().map(share -> new StepSpec.Constant(Q.divide(share, smoothness)));
    }

    /** Schedules of 1 to this many steps, each in (0, 1/L] by itself; they shrink to the one step 1/L. */
    public static Arbitrary<StepSpec.Schedule> schedules(BigRational smoothness, int mostLoops) {
        requireSmoothness(smoothness);
        requireLoops(mostLoops);
        return shares().map(share -> Q.divide(share, smoothness))
                .list()
                .ofMinSize(1)
                .ofMaxSize(mostLoops)
                .map(StepSpec.Schedule::new);
    }

    /**
     * Schedules eta_t = eta_0/(1 + r t) with eta_0 in (0, 1/L] and r in (0, 1]: every step is in (0, 1/L] and smaller
     * than the one before. They shrink to the one step 1/L.
     */
    public static Arbitrary<StepSpec.Schedule> diminishingSchedules(BigRational smoothness, int mostLoops) {
        requireSmoothness(smoothness);
        requireLoops(mostLoops);
        return Combinators.combine(shares(), shares(), oneTo(mostLoops))
                .as((first, rate, loops) -> new StepSpec.Schedule(IntStream.range(0, loops)
                        .mapToObj(t -> Q.divide(
                                Q.divide(first, smoothness),
                                Q.add(BigRational.ONE, Q.multiply(rate, BigRational.valueOf(t)))))
                        .toList()));
    }

    /**
     * The Chebyshev schedules of the eigenvalues in [mu, L], with 1 to this many steps, as {@code --step chebyshev} lays
     * them: dyadic, each within a part in 2^63 of the exact step, which is in [1/L, 1/mu]. A single step may exceed 1/L;
     * the schedule contracts as a whole. They shrink to one step.
     *
     * @throws IllegalArgumentException unless 0 < mu <= L
     */
    public static Arbitrary<StepSpec.Schedule> chebyshevSchedules(
            BigRational strongConvexity, BigRational smoothness, int mostLoops) {
        requireSmoothness(smoothness);
        requireLoops(mostLoops);
        require(
                strongConvexity.signum() > 0 && Q.compare(strongConvexity, smoothness) <= 0,
                "0 < mu <= L = " + smoothness,
                strongConvexity);
        Fraction mu = Fraction.of(strongConvexity);
        Fraction cap = Fraction.of(smoothness);
        return Arbitraries.integers()
                .between(1, mostLoops)
                .map(loops -> new StepSpec.Schedule(ChebyshevSchedule.choose(loops, mu, cap).stream()
                        .map(Fraction::toBigRational)
                        .toList()));
    }

    /** Fractions in (0, 1]; they shrink to 1. */
    private static Arbitrary<BigRational> shares() {
        return Combinators.combine(oneTo(STEP_PARTS), oneTo(STEP_PARTS))
                .as((a, b) -> RationalField.of(Math.min(a, b), Math.max(a, b)));
    }

    // side conditions

    private static void requireDimension(int dimension) {
        require(dimension >= 1, "a dimension of at least 1", dimension);
    }

    private static void requireRange(int fewest, int most) {
        requireDimension(fewest);
        require(fewest <= most, "a range from " + fewest + " up", most);
    }

    private static void requireSmoothness(BigRational smoothness) {
        require(smoothness.signum() > 0, "L above 0", smoothness);
    }

    private static void requireLoops(int mostLoops) {
        require(mostLoops >= 1, "at least one loop", mostLoops);
    }

    private static void require(boolean holds, String expected, Object found) {
        if (!holds) {
            throw new IllegalArgumentException("expected " + expected + ", found " + found);
        }
    }
}
