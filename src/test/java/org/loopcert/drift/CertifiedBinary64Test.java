package org.loopcert.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.FloatingPoint;
import org.loopcert.ring.RationalField;
import org.loopcert.ring.RoundingFormat;
import org.loopcert.spectrum.Spectra;

class CertifiedBinary64Test {
    private static final RationalField Q = RationalField.INSTANCE;

    /** The exact iterates of {@link Reference} stay within the radius, whatever the scale, the rank and the step. */
    @Property(tries = 400)
    void theExactIterateIsWithinTheRadius(@ForAll("instances") DescentInstance instance) {
        assertEnclosed(instance, CertifiedBinary64.of(instance));
    }

    private static void assertEnclosed(DescentInstance instance, CertifiedBinary64 run) {
        double radius = run.radius();
        assertThat(radius).isFinite();
        List<BigRational> exact = Reference.iterates(instance, instance.loops()).get(instance.loops());
        double[] theta = new double[instance.dimension()];
        for (int j = 0; j < theta.length; j++) {
            theta[j] = run.theta(j);
        }
        BigRational bound = FloatingPoint.exact(radius);
        BigRational squared = Reference.squared(Reference.distance(theta, exact));
        assertThat(Q.compare(squared, Q.multiply(bound, bound)))
                .as("|theta^ - theta| = %s, radius %s", Math.sqrt(squared.toDouble()), radius)
                .isLessThanOrEqualTo(0);
    }

    @Provide
    Arbitrary<DescentInstance> instances() {
        Arbitrary<Integer> rows = Arbitraries.integers().between(1, 7);
        Arbitrary<Integer> columns = Arbitraries.integers().between(1, 5);
        Arbitrary<Integer> scale = Arbitraries.integers().between(-60, 60);
        Arbitrary<Boolean> dyadic = Arbitraries.of(true, false);
        Arbitrary<Integer> loops = Arbitraries.integers().between(0, 12);
        Arbitrary<Integer> tilt = Arbitraries.integers().between(0, 40);
        return Combinators.combine(rows, columns, scale, dyadic, loops, tilt, Arbitraries.longs())
                .as((n, d, shift, exact, t, skew, seed) -> {
                    Random random = new Random(seed);
                    List<List<BigRational>> x = new ArrayList<>();
                    List<BigRational> y = new ArrayList<>();
                    for (int i = 0; i < n; i++) {
                        List<BigRational> row = new ArrayList<>();
                        for (int j = 0; j < d; j++) {
                            row.add(number(random, exact, shift - j * skew));
                        }
                        x.add(row);
                        y.add(number(random, exact, shift));
                    }
                    List<BigRational> start = new ArrayList<>();
                    BigRational trace = BigRational.ZERO;
                    for (int j = 0; j < d; j++) {
                        start.add(random.nextInt(3) == 0 ? number(random, exact, 0) : BigRational.ZERO);
                        for (int i = 0; i < n; i++) {
                            trace = Q.add(
                                    trace, Q.multiply(x.get(i).get(j), x.get(i).get(j)));
                        }
                    }
                    // from well below 1/lambda_max to beyond 2/lambda_max
                    BigRational step = trace.signum() == 0
                            ? BigRational.ONE
                            : Q.divide(
                                    RationalField.of(BigInteger.valueOf(1 + random.nextInt(12)), BigInteger.valueOf(4)),
                                    trace);
                    if (exact) {
                        step = FloatingPoint.exact(RoundingFormat.BINARY64.round(step));
                    }
                    Matrix<BigRational> examples = Matrix.of(x);
                    return random.nextInt(4) == 0 && t > 0
                            ? DescentInstance.scheduled(
                                    examples,
                                    Vector.of(y),
                                    BigRational.ONE,
                                    Vector.of(start),
                                    Collections.nCopies(t, step))
                            : DescentInstance.constant(
                                    examples, Vector.of(y), BigRational.ONE, Vector.of(start), step, t);
                });
    }

    /** A double with a few or all bits, or a fraction that no double is. */
    private static BigRational number(Random random, boolean exact, int shift) {
        int bits = random.nextBoolean() ? 53 : 4;
        BigInteger mantissa = BigInteger.valueOf(random.nextLong() >> (64 - bits));
        BigInteger denominator = exact ? BigInteger.ONE : BigInteger.valueOf(3 + 2 * random.nextInt(50));
        int exponent = shift - bits;
        return exponent >= 0
                ? RationalField.of(mantissa.shiftLeft(exponent), denominator)
                : RationalField.of(mantissa, denominator.shiftLeft(-exponent));
    }

    /** 40 examples of 4 features of about 1: the radius is within a few thousand units in the last place. */
    @Property(tries = 20)
    void theRadiusIsTightOnGaussianInstances(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        double[] prompt = gaussian(seed, 40, 4);
        CertifiedBinary64 run = loaded(prompt, 40, 4);
        run.descend(new double[4], run.inverseSmoothness(), true, 200);
        double size = 0;
        for (int j = 0; j < 4; j++) {
            size = Math.max(size, Math.abs(run.theta(j)));
        }
        assertThat(run.contraction()).isLessThan(1);
        assertThat(run.radius()).isPositive().isLessThan(1e-11 * Math.max(1, size));
    }

    /** The step proposed is at most 1/lambda_max, by exact inertia, and not much smaller. */
    @Property(tries = 100)
    void theStepProposedIsJustBelowTheInverseSmoothness(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed, @ForAll @IntRange(min = 1, max = 6) int d) {
        int n = 3 * d;
        double[] prompt = gaussian(seed, n, d);
        Gram gram = gram(prompt, n, d);
        double eta = loaded(prompt, n, d).inverseSmoothness();
        assertThat(eta).isPositive();
        assertThat(Spectra.compareStep(gram, Fraction.of(FloatingPoint.exact(eta)), 1))
                .isNotPositive();
        assertThat(Spectra.compareStep(gram, Fraction.of(FloatingPoint.exact(eta * (1 + 1e-9))), 1))
                .isPositive();
    }

    /** |(I - eta G) v| <= contraction |v|, exactly, for the v that power iteration finds, on which it is nearly sharp. */
    @Property(tries = 100)
    void theContractionBoundsTheLongestImage(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
            @ForAll @IntRange(min = 1, max = 5) int d,
            @ForAll @IntRange(min = 1, max = 12) int quarters) {
        int n = 2 * d + 1;
        double[] prompt = gaussian(seed, n, d);
        CertifiedBinary64 run = loaded(prompt, n, d);
        double eta = run.inverseSmoothness() * quarters / 4;
        run.descend(new double[d], eta, true, 0);
        double[] v = new double[d];
        Arrays.fill(v, 1);
        v[0] = 1.5;
        for (int k = 0; k < 20_000; k++) {
            v = image(prompt, n, d, eta, v);
            double size = Math.sqrt(Arrays.stream(v).map(x -> x * x).sum());
            v = Arrays.stream(v).map(x -> x / size).toArray();
        }
        BigRational before = BigRational.ZERO;
        BigRational after = BigRational.ZERO;
        for (int j = 0; j < d; j++) {
            BigRational entry = FloatingPoint.exact(v[j]);
            BigRational moved = entry;
            for (int i = 0; i < n; i++) {
                BigRational product = BigRational.ZERO;
                for (int k = 0; k < d; k++) {
                    product = Q.add(
                            product,
                            Q.multiply(FloatingPoint.exact(prompt[i * (d + 1) + k]), FloatingPoint.exact(v[k])));
                }
                BigRational weight = Q.multiply(FloatingPoint.exact(eta), FloatingPoint.exact(prompt[i * (d + 1) + j]));
                moved = Q.subtract(moved, Q.multiply(weight, product));
            }
            before = Q.add(before, Q.multiply(entry, entry));
            after = Q.add(after, Q.multiply(moved, moved));
        }
        BigRational bound = FloatingPoint.exact(run.contraction());
        assertThat(Q.compare(after, Q.multiply(Q.multiply(bound, bound), before)))
                .isNotPositive();
        double stretch = Math.sqrt(Q.divide(after, before).toDouble());
        assertThat(run.contraction()).isLessThan(stretch * (1 + 1e-3) + 1e-12);
    }

    private static double[] image(double[] prompt, int n, int d, double eta, double[] v) {
        double[] image = v.clone();
        for (int i = 0; i < n; i++) {
            double product = 0;
            for (int k = 0; k < d; k++) {
                product += prompt[i * (d + 1) + k] * v[k];
            }
            for (int j = 0; j < d; j++) {
                image[j] -= eta * prompt[i * (d + 1) + j] * product;
            }
        }
        return image;
    }

    private static Gram gram(double[] prompt, int n, int d) {
        List<List<BigRational>> x = new ArrayList<>();
        List<BigRational> y = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            List<BigRational> row = new ArrayList<>();
            for (int j = 0; j < d; j++) {
                row.add(FloatingPoint.exact(prompt[i * (d + 1) + j]));
            }
            x.add(row);
            y.add(FloatingPoint.exact(prompt[i * (d + 1) + d]));
        }
        return Gram.of(Matrix.of(x), Vector.of(y));
    }

    /** A workspace that has run other instances gives what a new one gives. */
    @Property(tries = 50)
    void aWorkspaceForgetsEarlierInstances(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        double[] first = gaussian(seed, 12, 3);
        double[] second = gaussian(seed + 1, 9, 3);
        CertifiedBinary64 used = loaded(first, 12, 3);
        used.descend(new double[3], used.inverseSmoothness(), true, 50);
        used.load(second, 0, 4, second, 3, 4, 9, true);
        used.descend(new double[3], used.inverseSmoothness(), true, 50);
        CertifiedBinary64 fresh = loaded(second, 9, 3);
        fresh.descend(new double[3], fresh.inverseSmoothness(), true, 50);
        assertThat(used.radius()).isEqualTo(fresh.radius());
        for (int j = 0; j < 3; j++) {
            assertThat(used.theta(j)).isEqualTo(fresh.theta(j));
        }
    }

    @Test
    void aBillionLoopsEndOnceNothingChanges() {
        double[] prompt = gaussian(7, 40, 4);
        CertifiedBinary64 run = loaded(prompt, 40, 4);
        double eta = run.inverseSmoothness();
        run.descend(new double[4], eta, true, 1_000_000_000_000L);
        double settled = run.radius();
        assertThat(settled).isLessThan(1e-11);
        run.descend(new double[4], eta, true, 100_000);
        assertThat(run.radius()).isEqualTo(settled);
    }

    @Test
    void aRunThatRoundingKeepsFromDivergingIsNotTakenForTheExactOne() {
        CertifiedBinary64 run = new CertifiedBinary64(1);
        run.load(new double[] {1}, 0, 1, new double[] {1}, 0, 1, 1, true);
        double off = 1000 * 0x1p-52;
        for (int exponent : new int[] {17, 20, 26, 31, 33, 40, 62}) {
            // G = b = 1: theta(t) - 1 = (-1 - 2^-26)^t off, which rounding holds at its first size for ever
            run.descend(new double[] {1 + off}, 2 + 0x1p-26, true, 1L << exponent);
            assertThat(run.theta(0)).isEqualTo(1 + off);
            double least = off * (Math.pow(1 + 0x1p-26, Math.scalb(1.0, exponent)) - 1);
            assertThat(run.radius()).as("2^%s loops", exponent).isGreaterThanOrEqualTo(least * 0.999);
        }
        assertThat(run.radius()).isInfinite();
    }

    @Test
    void boundsOfLongRunsThatHardlyContractAreFinite() {
        CertifiedBinary64 run = new CertifiedBinary64(1);
        run.load(new double[] {1}, 0, 1, new double[] {1}, 0, 1, 1, true);
        run.descend(new double[] {1 + 0x1p-30}, 0x1p-50, true, 1L << 40);
        assertThat(run.theta(0)).isEqualTo(1 + 0x1p-30);
        // what the exact iterate has moved by, and hardly more than the rounding errors of 2^40 loops
        assertThat(run.radius()).isBetween(0x1p-30 * 0x1p-11, 0x1p-52 * 0x1p41);
    }

    @Test
    void withoutLoopsTheStartIsExact() {
        CertifiedBinary64 run = loaded(gaussian(7, 8, 2), 8, 2);
        run.descend(new double[] {0.5, -3}, 0.1, true, 0);
        assertThat(run.radius()).isZero();
        assertThat(run.theta(1)).isEqualTo(-3);
    }

    /** What leaves the finite numbers, or starts outside them, has no enclosure. */
    @Test
    void thereIsNoEnclosureBeyondTheFiniteNumbers() {
        for (double hostile : new double[] {1e200, Double.POSITIVE_INFINITY, Double.NaN}) {
            double[] prompt = gaussian(3, 5, 2);
            prompt[4] = hostile;
            CertifiedBinary64 run = loaded(prompt, 5, 2);
            run.descend(new double[2], 0.25, true, 3);
            assertThat(run.radius()).as("%s", hostile).isEqualTo(Double.POSITIVE_INFINITY);
        }
        CertifiedBinary64 diverging = loaded(gaussian(3, 5, 2), 5, 2);
        diverging.descend(new double[2], 100, true, 1_000_000);
        assertThat(diverging.radius()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    /** Products that vanish below the least double are covered. */
    @Test
    void underflowIsCovered() {
        BigRational tiny = FloatingPoint.exact(0x1.8p-540);
        DescentInstance instance = DescentInstance.constant(
                Matrix.of(List.of(List.of(tiny), List.of(tiny))),
                Vector.of(List.of(tiny, tiny)),
                BigRational.ONE,
                Vector.of(List.of(BigRational.ZERO)),
                FloatingPoint.exact(0x1p1000),
                3);
        CertifiedBinary64 run = CertifiedBinary64.of(instance);
        assertEnclosed(instance, run);
        assertThat(run.theta(0)).isZero(); // every product is lost
        assertThat(run.radius()).isPositive();
    }

    @Test
    void numbersWithoutRelativeAccuracyAreRefused() {
        BigRational third =
                RationalField.of(BigInteger.ONE, BigInteger.valueOf(3).shiftLeft(1050));
        assertThatThrownBy(() -> CertifiedBinary64.of(DescentInstance.constant(
                        Matrix.of(List.of(List.of(third))),
                        Vector.of(List.of(BigRational.ONE)),
                        BigRational.ONE,
                        Vector.of(List.of(BigRational.ZERO)),
                        BigRational.ONE,
                        1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("normal range");
    }

    @Test
    void sizesAreChecked() {
        assertThatThrownBy(() -> new CertifiedBinary64(0)).hasMessageContaining("dimension");
        CertifiedBinary64 run = new CertifiedBinary64(1);
        double[] one = {1, 1};
        assertThatThrownBy(() -> run.load(one, 0, 2, one, 1, 2, 0, true)).hasMessageContaining("examples");
        run.load(one, 0, 2, one, 1, 2, 1, true);
        assertThatThrownBy(() -> run.descend(new double[1], 0.5, true, -1)).hasMessageContaining("loops");
    }

    private static CertifiedBinary64 loaded(double[] prompt, int n, int d) {
        CertifiedBinary64 run = new CertifiedBinary64(d);
        run.load(prompt, 0, d + 1, prompt, d, d + 1, n, true);
        return run;
    }

    /** n rows of d Gaussian features and their label, the sum of the features. */
    private static double[] gaussian(long seed, int n, int d) {
        Random random = new Random(seed);
        double[] prompt = new double[n * (d + 1)];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                prompt[i * (d + 1) + j] = random.nextGaussian();
            }
            prompt[i * (d + 1) + d] =
                    Arrays.stream(prompt, i * (d + 1), i * (d + 1) + d).sum();
        }
        return prompt;
    }
}
