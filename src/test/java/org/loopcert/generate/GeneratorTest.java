package org.loopcert.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.loopcert.input.InstanceJson;
import org.loopcert.input.Problem;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;

class GeneratorTest {
    private static final RationalField FIELD = RationalField.INSTANCE;

    private static GeneratorOptions options(Family family, int n, int d, long seed) {
        return family == Family.SPECTRUM
                ? GeneratorOptions.spectrum(n, d, seed, RationalField.of(Math.min(n, d) == 1 ? 1 : 9, 1))
                : GeneratorOptions.of(family, n, d, seed);
    }

    private static BigRational square(Vector<BigRational> v) {
        return v.dot(FIELD, v);
    }

    private static Vector<BigRational> noise(Problem problem) {
        return problem.y()
                .subtract(FIELD, problem.x().multiply(FIELD, problem.theta().orElseThrow()));
    }

    private static Matrix<BigRational> gram(Problem problem) {
        return problem.x().transpose(FIELD).multiply(FIELD, problem.x());
    }

    /** value times I minus the matrix. */
    private static Matrix<BigRational> shifted(Matrix<BigRational> g, BigRational value) {
        return Matrix.identity(FIELD, g.rows()).scale(FIELD, value).subtract(FIELD, g);
    }

    /** Gauss over the rationals: the reference for the rank. */
    private static int rank(Matrix<BigRational> matrix) {
        List<List<BigRational>> a = new ArrayList<>();
        for (List<BigRational> row : matrix.toLists()) {
            a.add(new ArrayList<>(row));
        }
        int rank = 0;
        for (int j = 0; j < matrix.columns() && rank < a.size(); j++) {
            int pivot = rank;
            while (pivot < a.size() && FIELD.isZero(a.get(pivot).get(j))) {
                pivot++;
            }
            if (pivot == a.size()) {
                continue;
            }
            Collections.swap(a, rank, pivot);
            for (int i = rank + 1; i < a.size(); i++) {
                eliminate(a.get(i), a.get(rank), j);
            }
            rank++;
        }
        return rank;
    }

    private static void eliminate(List<BigRational> row, List<BigRational> pivot, int column) {
        BigRational factor = FIELD.divide(row.get(column), pivot.get(column));
        for (int k = 0; k < row.size(); k++) {
            row.set(k, FIELD.subtract(row.get(k), FIELD.multiply(factor, pivot.get(k))));
        }
    }

    /** Symmetric elimination: semidefinite exactly if pivots are positive, or zero with zero rows. */
    private static boolean isPositiveSemidefinite(Matrix<BigRational> matrix) {
        List<List<BigRational>> a = new ArrayList<>();
        for (List<BigRational> row : matrix.toLists()) {
            a.add(new ArrayList<>(row));
        }
        for (int j = 0; j < a.size(); j++) {
            BigRational pivot = a.get(j).get(j);
            if (FIELD.signum(pivot) < 0) {
                return false;
            }
            for (int i = j + 1; i < a.size(); i++) {
                if (FIELD.isZero(pivot)) {
                    if (!FIELD.isZero(a.get(i).get(j))) {
                        return false;
                    }
                } else {
                    eliminate(a.get(i), a.get(j), j);
                }
            }
        }
        return true;
    }

    /** Every positive eigenvalue of G lies in [1, kappa], and both ends are eigenvalues. */
    private static void assertSpectrum(Problem problem, BigRational kappa, int rank) {
        Matrix<BigRational> g = gram(problem);
        assertThat(rank(g)).isEqualTo(rank);
        Matrix<BigRational> aboveOne = shifted(g, BigRational.ONE).scale(FIELD, FIELD.negate(FIELD.one()));
        assertThat(rank(aboveOne)).as("1 is an eigenvalue").isLessThan(g.rows());
        assertThat(rank(shifted(g, kappa))).as("kappa is an eigenvalue").isLessThan(g.rows());
        assertThat(isPositiveSemidefinite(shifted(g, kappa))).as("G <= kappa I").isTrue();
        // G commutes with G - I: the product has the eigenvalues lambda (lambda - 1)
        assertThat(isPositiveSemidefinite(g.multiply(FIELD, aboveOne)))
                .as("0 or >= 1")
                .isTrue();
    }

    @Property(tries = 200)
    void labelsAreExactAndThetaHasNormOne(
            @ForAll Family family,
            @ForAll @IntRange(min = 1, max = 9) int n,
            @ForAll @IntRange(min = 1, max = 6) int d,
            @ForAll long seed) {
        Problem problem = Generator.generate(options(family, n, d, seed));
        assertThat(problem.examples()).isEqualTo(n);
        assertThat(problem.features()).isEqualTo(d);
        assertThat(square(problem.theta().orElseThrow())).isEqualTo(BigRational.ONE);
        assertThat(noise(problem)).isEqualTo(Vector.constant(n, BigRational.ZERO));
        assertThat(rank(problem.x())).isEqualTo(Math.min(n, d));
    }

    @Property(tries = 200)
    void rankIsExact(
            @ForAll Family family,
            @ForAll @IntRange(min = 2, max = 8) int n,
            @ForAll @IntRange(min = 2, max = 6) int d,
            @ForAll @IntRange(max = 100) int draw,
            @ForAll long seed) {
        int rank = (family == Family.SPECTRUM ? 2 : 1) + draw % (Math.min(n, d) - 1);
        Problem problem = Generator.generate(options(family, n, d, seed).withRank(rank));
        assertThat(rank(problem.x())).isEqualTo(rank);
        assertThat(square(problem.theta().orElseThrow())).isEqualTo(BigRational.ONE);
    }

    @Property(tries = 150)
    void spectrumIsExactForEveryConditionNumber(
            @ForAll @BigRange(min = "1", max = "1000000000000") BigInteger p,
            @ForAll @IntRange(min = 1, max = 50) int q,
            @ForAll @IntRange(min = 2, max = 5) int d,
            @ForAll @IntRange(min = 3, max = 6) int spare,
            @ForAll long seed) {
        BigRational value = RationalField.of(p, BigInteger.valueOf(q));
        BigRational kappa =
                FIELD.compare(value, FIELD.one()) < 0 ? value.reciprocal().reduce() : value;
        Problem problem = Generator.generate(GeneratorOptions.spectrum(d + spare, d, seed, kappa));
        assertSpectrum(problem, kappa, d);
    }

    @ParameterizedTest
    @CsvSource({
        // squares fit any shape; 2 is a sum of two squares, 6 of three, 7 of four
        "4, 4, 4, 1000000",
        "8, 4, 4, 1000000000000",
        "8, 4, 4, 10000000000000000000000000000000",
        "3, 3, 3, 10000000000000000000000000000000",
        "3, 2, 2, 2",
        "3, 3, 3, 2",
        "4, 2, 2, 6",
        "5, 2, 2, 7",
        "5, 5, 5, 7",
        "6, 6, 6, 6",
        "5, 7, 3, 9",
        "9, 5, 3, 7",
        "6, 4, 4, 1",
        // 2^127 - 1 and 10^40 + 7, whose squares have to be searched for
        "12, 3, 3, 170141183460469231731687303715884105727",
        "12, 3, 3, 10000000000000000000000000000000000000007"
    })
    void spectrumIsExactAtTheEdges(int n, int d, int rank, BigInteger kappa) {
        BigRational value = BigRational.valueOf(kappa);
        for (long seed = 0; seed < 5; seed++) {
            assertSpectrum(
                    Generator.generate(
                            GeneratorOptions.spectrum(n, d, seed, value).withRank(rank)),
                    value,
                    rank);
        }
    }

    @Property(tries = 50)
    void orthogonalFamilyHasAProjectorForItsGram(
            @ForAll @IntRange(min = 1, max = 7) int n, @ForAll @IntRange(min = 1, max = 5) int d, @ForAll long seed) {
        Matrix<BigRational> g = gram(Generator.generate(GeneratorOptions.of(Family.ORTHOGONAL, n, d, seed)));
        assertThat(g.multiply(FIELD, g)).isEqualTo(g);
        if (n >= d) {
            assertThat(g).isEqualTo(Matrix.identity(FIELD, d));
        }
    }

    @Property(tries = 100)
    void noiseHasTheNormAskedForAndKeepsTheRest(
            @ForAll Family family,
            @ForAll @IntRange(min = 1, max = 9) int n,
            @ForAll @IntRange(min = 1, max = 5) int d,
            @ForAll @IntRange(min = 1, max = 1000) int thousandths,
            @ForAll long seed) {
        BigRational size = RationalField.of(thousandths, 1000);
        GeneratorOptions options = options(family, n, d, seed);
        Problem plain = Generator.generate(options);
        Problem noisy = Generator.generate(options.withNoise(size));
        assertThat(noisy.x()).isEqualTo(plain.x());
        assertThat(noisy.theta()).isEqualTo(plain.theta());
        assertThat(square(noise(noisy))).isEqualTo(FIELD.multiply(size, size));
    }

    @Property(tries = 100)
    void duplicatesRepeatTheFirstRows(
            @ForAll boolean gaussian,
            @ForAll @IntRange(min = 2, max = 9) int n,
            @ForAll @IntRange(min = 1, max = 4) int d,
            @ForAll @IntRange(min = 1, max = 8) int draw,
            @ForAll long seed) {
        int duplicates = 1 + draw % (n - 1);
        Problem problem =
                Generator.generate(GeneratorOptions.of(gaussian ? Family.GAUSSIAN : Family.RATIONAL, n, d, seed)
                        .withDuplicates(duplicates));
        int distinct = n - duplicates;
        for (int i = 0; i < duplicates; i++) {
            assertThat(problem.x().row(distinct + i)).isEqualTo(problem.x().row(i % distinct));
        }
        assertThat(rank(problem.x())).isEqualTo(Math.min(distinct, d));
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void theSameSeedGivesTheSameBytesAndOthersDiffer(Family family) {
        List<String> texts = new ArrayList<>();
        for (long seed = -20; seed < 20; seed++) {
            String text = InstanceJson.write(Generator.generate(options(family, 6, 3, seed)));
            assertThat(InstanceJson.write(Generator.generate(options(family, 6, 3, seed))))
                    .isEqualTo(text);
            texts.add(text);
        }
        assertThat(texts).doesNotHaveDuplicates();
    }

    @Test
    void aSeedMeansThisInstanceForGood() {
        // the first row of X and theta* that users may have stored certificates for
        Problem problem = Generator.generate(GeneratorOptions.of(Family.GAUSSIAN, 5, 3, 1));
        assertThat(problem.x().row(0).map(FIELD::show).toList())
                .containsExactly("28145/65536", "14957/32768", "-5355/16384");
        assertThat(problem.theta().orElseThrow().map(FIELD::show).toList())
                .containsExactly("208/269", "-96/269", "141/269");
    }

    @Test
    void gaussianEntriesHaveTheBinaryPlacesAskedForAndLookNormal() {
        Problem problem = Generator.generate(
                GeneratorOptions.of(Family.GAUSSIAN, 500, 8, 7).withFractionBits(10));
        BigRational sum = BigRational.ZERO;
        BigRational squares = BigRational.ZERO;
        for (List<BigRational> row : problem.x().toLists()) {
            for (BigRational entry : row) {
                BigInteger denominator = entry.getDenominatorBigInteger();
                assertThat(BigInteger.valueOf(1024).mod(denominator)).isEqualTo(BigInteger.ZERO);
                sum = FIELD.add(sum, entry);
                squares = FIELD.add(squares, FIELD.multiply(entry, entry));
            }
        }
        // 4,000 entries: mean within 0.1 and second moment within 0.15 of the normal ones are six sigma
        assertThat(sum.abs()).isLessThan(BigRational.valueOf(400));
        assertThat(squares).isBetween(BigRational.valueOf(3400), BigRational.valueOf(4600));
    }

    @Test
    void optionsReachTheProblem() {
        Problem problem = Generator.generate(GeneratorOptions.of(Family.RATIONAL, 4, 2, 1)
                .withAlpha(RationalField.of(-7, 3))
                .withLoops(1_000_000_000L));
        assertThat(problem.alpha()).isEqualTo(RationalField.of(-7, 3));
        assertThat(problem.loops()).isEqualTo(1_000_000_000L);
        assertThat(problem.start()).isEqualTo(Vector.constant(2, BigRational.ZERO));
    }

    @Test
    void impossibleCombinationsAreRefusedByOption() {
        GeneratorOptions gaussian = GeneratorOptions.of(Family.GAUSSIAN, 4, 3, 0);
        BigRational two = BigRational.TWO;
        refused("--n", () -> GeneratorOptions.of(Family.GAUSSIAN, 0, 3, 0));
        refused("--d", () -> GeneratorOptions.of(Family.GAUSSIAN, 3, 0, 0));
        refused("--n times --d", () -> GeneratorOptions.of(Family.GAUSSIAN, 1 << 30, 1 << 30, 0));
        refused("--rank", () -> gaussian.withRank(4));
        refused("--rank", () -> gaussian.withRank(0));
        refused("--rank", () -> gaussian.withDuplicates(2).withRank(3));
        refused("--duplicates", () -> gaussian.withDuplicates(4));
        refused("--duplicates", () -> GeneratorOptions.of(Family.ORTHOGONAL, 4, 3, 0)
                .withDuplicates(1));
        refused("--noise", () -> gaussian.withNoise(RationalField.of(-1, 2)));
        refused("--query", () -> gaussian.withAlpha(BigRational.ZERO));
        refused("--loops", () -> gaussian.withLoops(-1));
        refused("--bits", () -> gaussian.withFractionBits(49));
        refused("--kappa", () -> GeneratorOptions.of(Family.SPECTRUM, 4, 3, 0));
        refused("--kappa", () -> GeneratorOptions.spectrum(4, 3, 0, RationalField.of(1, 2)));
        refused("--kappa", () -> GeneratorOptions.spectrum(4, 3, 0, two).withRank(1));
        refused("--kappa", () -> GeneratorOptions.spectrum(4, 1, 0, two));
        refused("--kappa", () -> GeneratorOptions.spectrum(4, 3, 0, two.pow(1100)));
        for (Family family : List.of(Family.GAUSSIAN, Family.RATIONAL, Family.ORTHOGONAL)) {
            refused(
                    "--kappa",
                    () -> new GeneratorOptions(
                            family, 4, 3, 0, Optional.of(two), BigRational.ZERO, Optional.empty(), 0, two, 1, 9));
        }
        // det(X)^2 would be 2, at n = d = 2: no rational X exists
        refused("--n of at least 3", () -> Generator.generate(GeneratorOptions.spectrum(2, 2, 0, two)));
        refused("--family", () -> Family.parse("hilbert"));
        assertThat(Family.parse("spectrum")).isEqualTo(Family.SPECTRUM);
    }

    private static void refused(String option, Runnable attempt) {
        assertThatIllegalArgumentException().isThrownBy(attempt::run).withMessageContaining(option);
    }

    @Test
    void randomNumbersFollowThePublishedAlgorithm() {
        // the first outputs for seed 1234567, as other implementations print them
        SplitMix64 random = new SplitMix64(1234567);
        assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("6457827717110365317");
        assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("3203168211198807973");
        assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("9817491932198370423");
        SplitMix64 ours = new SplitMix64(-5);
        SplittableRandom theirs = new SplittableRandom(-5);
        for (int i = 0; i < 100; i++) {
            assertThat(ours.nextLong()).isEqualTo(theirs.nextLong());
        }
    }

    @Property
    void sumsOfSquaresAddUp(
            @ForAll @BigRange(min = "1", max = "1000000000000000000000000000000000000000") BigInteger p,
            @ForAll @IntRange(min = 1, max = 100_000) int q) {
        BigRational value = RationalField.of(p, BigInteger.valueOf(q));
        List<BigRational> roots = SumsOfSquares.of(value);
        assertThat(roots).hasSizeBetween(1, 4);
        assertThat(square(Vector.of(roots))).isEqualTo(value);
    }

    @Test
    void sumsOfSquaresAreShortestForSmallNumbers() {
        // the number of squares each of 1 to 2,000 needs, by dynamic programming
        int[] needed = new int[2001];
        for (int value = 1; value <= 2000; value++) {
            needed[value] = 4;
            for (int x = 1; x * x <= value; x++) {
                needed[value] = Math.min(needed[value], needed[value - x * x] + 1);
            }
            assertThat(SumsOfSquares.of(BigRational.valueOf(value))).hasSize(needed[value]);
        }
    }

    @Property(tries = 300)
    void modularRankAgreesWithTheRationalOne(
            @ForAll @IntRange(min = 1, max = 6) int rows,
            @ForAll @IntRange(min = 1, max = 6) int columns,
            @ForAll @IntRange(min = 1, max = 4) int inner,
            @ForAll long seed) {
        SplitMix64 random = new SplitMix64(seed);
        Matrix<BigRational> left = Matrix.of(
                rows, inner, (i, j) -> RationalField.of(random.nextLong() >> random.below(60), random.between(1, 99)));
        Matrix<BigRational> right = Matrix.of(inner, columns, (i, j) -> RationalField.of(random.between(-2, 2), 3));
        Matrix<BigRational> product = left.multiply(FIELD, right);
        assertThat(ModularRank.of(product)).isEqualTo(rank(product));
    }
}
