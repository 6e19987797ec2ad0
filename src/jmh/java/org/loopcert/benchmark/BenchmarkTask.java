package org.loopcert.benchmark;

import ch.obermuhlner.math.big.BigRational;
import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Scanner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.exact.IntegerVector;
import org.loopcert.exact.ScaledMatrix;
import org.loopcert.exact.ScaledVector;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.matrix.DyadicMatrix;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.spectrum.FactorWitness;
import org.loopcert.spectrum.Spectra;

/**
 * One instance for all contenders: X of standard normal doubles taken exactly, a rational unit vector theta*, y = X theta*,
 * a dyadic step size of 24 bits just below 1/lambda_max, and mu, a dyadic number of 24 bits just below lambda_min; both
 * sides were decided by exact witnesses. alpha = 1 and q(0) = 0.
 *
 * @param size n, d, T and the rounding of X
 * @param x the entries of X, row by row
 * @param star a, with theta* = a / D
 * @param starDenominator D = |a|
 * @param stepNumerator p in eta = p / 2^e
 * @param stepExponent e
 * @param convexityNumerator m in mu = m / 2^f
 * @param convexityExponent f
 */
public record BenchmarkTask(
        Size size,
        double[] x,
        long[] star,
        long starDenominator,
        long stepNumerator,
        int stepExponent,
        long convexityNumerator,
        int convexityExponent) {
    private static final int STEP_BITS = 24;

    /** How far below the approximations of 1/lambda_max and lambda_min the proposals lie, relatively. */
    private static final double MARGIN = 0x1p-20;

    private static final int MOST_ATTEMPTS = 8;

    /** Entries of X are rounded to multiples of 2^-20 in the variant r20. */
    private static final double GRID = 0x1p20;

    /** A prime, 2^61 - 1, that does not divide any denominator of an iterate. */
    private static final BigInteger CHECKSUM_PRIME =
            BigInteger.ONE.shiftLeft(61).subtract(BigInteger.ONE);

    /**
     * The size of a task.
     *
     * @param examples n
     * @param features d
     * @param loops T
     * @param rounded whether X is rounded to multiples of 2^-20
     */
    public record Size(int examples, int features, int loops, boolean rounded) {
        private static final Pattern TEXT = Pattern.compile("(\\d+)x(\\d+)x(\\d+)(r20)?");

        /** The sizes that the benchmark is about. */
        public static final List<Size> ALL = List.of(
                new Size(16, 4, 200, false),
                new Size(128, 4, 200, false),
                new Size(64, 16, 100, false),
                new Size(256, 64, 100, false),
                new Size(1024, 128, 50, false),
                new Size(256, 64, 100, true));

        /** Reads {@code n x d x T}, without blanks, with {@code r20} behind it for the rounded variant. */
        public static Size parse(String text) {
            Matcher matcher = TEXT.matcher(text);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("expected a size such as 256x64x100 or 256x64x100r20, got " + text);
            }
            return new Size(
                    Integer.parseInt(matcher.group(1)),
                    Integer.parseInt(matcher.group(2)),
                    Integer.parseInt(matcher.group(3)),
                    matcher.group(4) != null);
        }

        @Override
        public String toString() {
            return examples + "x" + features + "x" + loops + (rounded ? "r20" : "");
        }
    }

    /**
     * The task of this size, always the same one.
     *
     * @throws IllegalStateException if no step size near the approximation could be shown to be at most 1/lambda_max
     */
    public static BenchmarkTask generate(Size size) {
        int n = size.examples();
        int d = size.features();
        Random random = new Random(20241011L + 31L * n + d);
        double[] x = new double[n * d];
        for (int i = 0; i < x.length; i++) {
            double entry = random.nextGaussian();
            x[i] = size.rounded() ? Math.rint(entry * GRID) / GRID : entry;
        }
        // the inverse stereographic projection of u/1: (2u, |u|^2 - 1) / (|u|^2 + 1)
        long[] star = new long[d];
        long square = 0;
        for (int j = 0; j + 1 < d; j++) {
            long u = random.nextInt(15) - 7L;
            star[j] = 2 * u;
            square += u * u;
        }
        star[d - 1] = square - 1;
        BenchmarkTask open = new BenchmarkTask(size, x, star, square + 1, 0, 0, 0, 0);
        Gram gram = Gram.of(open.examples(), open.labels());
        double[] extremes = open.extremes();
        Fraction step = step(gram, 1 / extremes[1]);
        Fraction convexity = convexity(gram, extremes[0]);
        return new BenchmarkTask(
                size,
                x,
                star,
                square + 1,
                step.numerator().longValueExact(),
                step.denominator().bitLength() - 1,
                convexity.numerator().longValueExact(),
                convexity.denominator().bitLength() - 1);
    }

    /** A dyadic number of 24 bits below the value. */
    private static Fraction below(double value) {
        int exponent = Math.getExponent(value) - STEP_BITS + 1;
        return Fraction.dyadic(BigInteger.valueOf((long) Math.scalb(value, -exponent)), exponent);
    }

    private static Fraction step(Gram gram, double approximation) {
        double margin = MARGIN;
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Fraction step = below(approximation * (1 - margin));
            if (FactorWitness.find(Spectra.upperMatrix(gram, Fraction.ONE.divide(step)))
                    .isPresent()) {
                return step;
            }
            margin *= 4;
        }
        throw new IllegalStateException("no step size near " + approximation + " was shown to be at most 1/lambda_max");
    }

    private static Fraction convexity(Gram gram, double approximation) {
        double margin = MARGIN;
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Fraction mu = below(approximation * (1 - margin));
            if (FactorWitness.find(Spectra.lowerMatrix(gram, mu, List.of(), BigInteger.ZERO))
                    .isPresent()) {
                return mu;
            }
            margin *= 4;
        }
        throw new IllegalStateException("no bound near " + approximation + " was shown to be at most lambda_min");
    }

    /** Approximations of lambda_min and lambda_max by Jacobi's rotations. */
    private double[] extremes() {
        int n = size.examples();
        int d = size.features();
        double[][] g = new double[d][d];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                for (int k = 0; k < d; k++) {
                    g[j][k] += x[i * d + j] * x[i * d + k];
                }
            }
        }
        double off = Double.POSITIVE_INFINITY;
        double scale = 0;
        for (int j = 0; j < d; j++) {
            scale += g[j][j];
        }
        while (off > 0x1p-44 * scale) {
            off = 0;
            for (int p = 0; p < d; p++) {
                for (int q = p + 1; q < d; q++) {
                    off = Math.max(off, Math.abs(g[p][q]));
                    rotate(g, p, q);
                }
            }
        }
        double[] extremes = {g[0][0], g[0][0]};
        for (int j = 1; j < d; j++) {
            extremes[0] = Math.min(extremes[0], g[j][j]);
            extremes[1] = Math.max(extremes[1], g[j][j]);
        }
        return extremes;
    }

    private static void rotate(double[][] g, int p, int q) {
        if (g[p][q] == 0) {
            return;
        }
        double ratio = (g[q][q] - g[p][p]) / (2 * g[p][q]);
        double tangent = Math.copySign(1, ratio) / (Math.abs(ratio) + Math.hypot(1, ratio));
        double cosine = 1 / Math.hypot(1, tangent);
        double sine = tangent * cosine;
        for (int k = 0; k < g.length; k++) {
            double a = g[k][p];
            double b = g[k][q];
            g[k][p] = cosine * a - sine * b;
            g[k][q] = sine * a + cosine * b;
        }
        for (int k = 0; k < g.length; k++) {
            double a = g[p][k];
            double b = g[q][k];
            g[p][k] = cosine * a - sine * b;
            g[q][k] = sine * a + cosine * b;
        }
    }

    /** The least s for which 2^s X is integral. */
    public int scale() {
        int scale = 0;
        for (double entry : x) {
            if (entry != 0) {
                long mantissa = Double.doubleToRawLongBits(entry) | 1L << 52;
                scale = Math.max(scale, 52 - Math.getExponent(entry) - Long.numberOfTrailingZeros(mantissa));
            }
        }
        return scale;
    }

    /** X as integers over 2^scale, row by row. */
    public BigInteger[][] integers() {
        int d = size.features();
        int scale = scale();
        BigInteger[][] rows = new BigInteger[size.examples()][d];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < d; j++) {
                double entry = x[i * d + j];
                int exponent = Math.getExponent(entry) - 52;
                // an integer below 2^53
                long mantissa = (long) Math.scalb(entry, -exponent);
                int shift = exponent + scale;
                rows[i][j] = BigInteger.valueOf(shift < 0 ? mantissa >> -shift : mantissa)
                        .shiftLeft(Math.max(shift, 0));
            }
        }
        return rows;
    }

    /** X. */
    public ScaledMatrix examples() {
        return ScaledMatrix.of(DyadicMatrix.of(size.features(), x).orElseThrow());
    }

    /** y. */
    public ScaledVector labels() {
        return labels(examples());
    }

    /** y for these {@link #examples}. */
    public ScaledVector labels(ScaledMatrix examples) {
        return ScaledVector.of(
                examples.numerators().multiply(IntegerVector.of(star)),
                BigInteger.valueOf(starDenominator).multiply(examples.denominator()));
    }

    /** eta. */
    public Fraction step() {
        return Fraction.dyadic(BigInteger.valueOf(stepNumerator), -stepExponent);
    }

    /** mu. */
    public Fraction convexity() {
        return Fraction.dyadic(BigInteger.valueOf(convexityNumerator), -convexityExponent);
    }

    /** The instance as {@code certify} reads it, with the number of loops given. */
    public Problem problem(long loops) {
        int d = size.features();
        Matrix<BigRational> matrix = Matrix.of(
                size.examples(), d, (i, j) -> Fraction.of(exact(x[i * d + j])).toBigRational());
        List<BigRational> unit = new ArrayList<>();
        for (long entry : star) {
            unit.add(Fraction.of(entry, starDenominator).toBigRational());
        }
        return new Problem(
                matrix,
                labels().toVector(),
                Optional.of(Vector.of(unit)),
                BigRational.ONE,
                Vector.constant(d, BigRational.ZERO),
                loops,
                new StepSpec.Constant(step().toBigRational()),
                Problem.defaultFeatureNames(d),
                "y");
    }

    private static BigRational exact(double value) {
        return BigRational.valueOf(new BigDecimal(value));
    }

    /** sum_j (j+1) v_j modulo 2^61 - 1, by which contenders must agree on theta(T). */
    public static long checksum(BigInteger[] numerators, BigInteger denominator) {
        BigInteger sum = BigInteger.ZERO;
        for (int j = 0; j < numerators.length; j++) {
            sum = sum.add(numerators[j].mod(CHECKSUM_PRIME).multiply(BigInteger.valueOf(j + 1L)));
        }
        return sum.multiply(denominator.modInverse(CHECKSUM_PRIME))
                .mod(CHECKSUM_PRIME)
                .longValueExact();
    }

    /** sum_jk (j+1) (k+1) G_jk modulo 2^61 - 1. */
    public static long checksum(ScaledMatrix matrix) {
        BigInteger[] sums = new BigInteger[matrix.rows()];
        for (int j = 0; j < sums.length; j++) {
            sums[j] = BigInteger.ZERO;
            for (int k = 0; k < matrix.columns(); k++) {
                sums[j] = sums[j].add(matrix.numerators().get(j, k).multiply(BigInteger.valueOf(k + 1L)));
            }
        }
        return checksum(sums, matrix.denominator());
    }

    /** Writes the file that the peers read; its format is told in {@code peers/task.h}. */
    public void write(Path path) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(path)) {
            out.write(size.examples() + " " + size.features() + " " + size.loops() + "\n");
            out.write(stepNumerator + " " + stepExponent + "\n" + convexityNumerator + " " + convexityExponent + "\n");
            out.write(Long.toString(starDenominator));
            for (long entry : star) {
                out.write(" " + entry);
            }
            for (int i = 0; i < x.length; i++) {
                out.write(i % size.features() == 0 ? "\n" : " ");
                out.write(String.format(Locale.ROOT, "%016x", Double.doubleToRawLongBits(x[i])));
            }
            out.write("\n");
        }
    }

    /** Reads what {@link #write} wrote. */
    public static BenchmarkTask read(Path path, Size size) throws IOException {
        try (Scanner in = new Scanner(path)) {
            if (in.nextInt() != size.examples() || in.nextInt() != size.features() || in.nextInt() != size.loops()) {
                throw new IOException(path + " does not hold the task " + size);
            }
            long stepNumerator = in.nextLong();
            int stepExponent = in.nextInt();
            long convexityNumerator = in.nextLong();
            int convexityExponent = in.nextInt();
            long starDenominator = in.nextLong();
            long[] star = new long[size.features()];
            for (int j = 0; j < star.length; j++) {
                star[j] = in.nextLong();
            }
            double[] x = new double[size.examples() * size.features()];
            for (int i = 0; i < x.length; i++) {
                x[i] = Double.longBitsToDouble(Long.parseUnsignedLong(in.next(), 16));
            }
            return new BenchmarkTask(
                    size, x, star, starDenominator, stepNumerator, stepExponent, convexityNumerator, convexityExponent);
        }
    }

    /** The task of this size from a folder, where it is written if it is not there yet. */
    public static BenchmarkTask in(Path folder, Size size) throws IOException {
        Path path = file(folder, size);
        if (!Files.exists(path)) {
            Files.createDirectories(folder);
            generate(size).write(path);
        }
        return read(path, size);
    }

    /** Where {@link #in} keeps a task. */
    public static Path file(Path folder, Size size) {
        return folder.resolve("task-" + size + ".txt");
    }
}
