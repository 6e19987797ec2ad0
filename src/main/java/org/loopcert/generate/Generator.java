package org.loopcert.generate;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;

/**
 * Instances with labels y = X theta* + eps, |theta*| = 1 and |eps| as asked, all exact.
 *
 * <p>theta* is a rational point of the unit sphere by stereographic projection, drawn after X; eps
 * is drawn last, so the same seed with and without noise has the same X and theta*. Random numbers
 * come from {@link SplitMix64}.
 */
public final class Generator {
    private static final RationalField FIELD = RationalField.INSTANCE;
    private static final int REFLECTIONS = 2;
    private static final int ATTEMPTS = 1000;

    private final GeneratorOptions options;
    private final SplitMix64 random;

    private Generator(GeneratorOptions options) {
        this.options = options;
        this.random = new SplitMix64(options.seed());
    }

    /**
     * Makes the instance of some options: always the same one.
     *
     * @throws IllegalArgumentException if a spectrum is asked for at a shape for which no
     *     construction is known (a condition number that is no square of a rational needs spare rows)
     */
    public static Problem generate(GeneratorOptions options) {
        return new Generator(options).instance();
    }

    private Problem instance() {
        Matrix<BigRational> x =
                switch (options.family()) {
                    case GAUSSIAN -> entrywise(this::gaussianEntry);
                    case RATIONAL -> entrywise(this::rationalEntry);
                    case SPECTRUM -> spectrum(options.kappa().orElseThrow());
                    case ORTHOGONAL -> spectrum(BigRational.ONE);
                };
        Vector<BigRational> theta = unitVector(options.features());
        Vector<BigRational> y = x.multiply(FIELD, theta);
        if (options.noise().signum() > 0) {
            y = y.add(FIELD, unitVector(options.examples()).scale(FIELD, options.noise()));
        }
        return new Problem(
                x,
                y,
                Optional.of(theta),
                options.alpha(),
                Vector.constant(options.features(), BigRational.ZERO),
                options.loops(),
                new StepSpec.Auto(),
                Problem.defaultFeatureNames(options.features()),
                "y");
    }

    // entrywise families

    private BigRational gaussianEntry() {
        return RationalField.of(gaussianNumerator(random, options.fractionBits()), 1L << options.fractionBits());
    }

    private static long gaussianNumerator(SplitMix64 random, int fractionBits) {
        // scaling by a power of two is exact, so this rounds once, to the nearest multiple of 2^-bits
        return (long) StrictMath.rint(random.nextGaussian() * (1L << fractionBits));
    }

    /**
     * Gaussian entries as integers over 2^bits: row by row the X that {@link #generate} makes of the family gaussian with
     * the same numbers, as long as that X has full rank at once. For many large X, of which only the Gram matrix counts.
     *
     * @throws IllegalArgumentException if the shape is empty or the bits are not 0 to 48
     */
    public static long[][] gaussianNumerators(int examples, int features, long seed, int fractionBits) {
        GeneratorOptions checked =
                GeneratorOptions.of(Family.GAUSSIAN, examples, features, seed).withFractionBits(fractionBits);
        SplitMix64 random = new SplitMix64(checked.seed());
        long[][] rows = new long[examples][features];
        for (long[] row : rows) {
            for (int j = 0; j < features; j++) {
                row[j] = gaussianNumerator(random, fractionBits);
            }
        }
        return rows;
    }

    private BigRational rationalEntry() {
        int numerator = random.between(-9, 9);
        return RationalField.of(numerator, random.between(1, 9));
    }

    /** Columns beyond the rank are combinations of the first; rows at the end repeat earlier rows. */
    private Matrix<BigRational> entrywise(Supplier<BigRational> entry) {
        int rank = options.effectiveRank();
        int distinct = options.examples() - options.duplicates();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<List<BigRational>> rows = new ArrayList<>();
            int free = rank < Math.min(distinct, options.features()) ? rank : options.features();
            for (int i = 0; i < distinct; i++) {
                List<BigRational> row = new ArrayList<>();
                for (int j = 0; j < free; j++) {
                    row.add(entry.get());
                }
                rows.add(row);
            }
            for (int j = free; j < options.features(); j++) {
                List<BigRational> weights = new ArrayList<>();
                for (int k = 0; k < free; k++) {
                    weights.add(BigRational.valueOf(random.between(-2, 2)));
                }
                Vector<BigRational> combination = Vector.of(weights);
                for (List<BigRational> row : rows) {
                    row.add(combination.dot(FIELD, Vector.of(row.subList(0, free))));
                }
            }
            for (int i = 0; i < options.duplicates(); i++) {
                rows.add(rows.get(i));
            }
            Matrix<BigRational> x = Matrix.of(rows);
            // at most the rank by construction, at least the rank modulo a prime
            if (ModularRank.of(x) == rank) {
                return x;
            }
        }
        throw new IllegalArgumentException(
                "expected X of rank " + rank + ", found none in " + ATTEMPTS + " attempts; more --bits help");
    }

    // prescribed spectrum

    /**
     * X = U W V' with orthogonal U and V, products of Householder reflections, and W'W diagonal:
     * ones, squares between, and kappa. Where kappa is no square of a rational but a sum of two or
     * four, its columns of W are columns of the multiplication table of a complex number or a
     * quaternion, which are orthogonal and of equal norm.
     */
    private Matrix<BigRational> spectrum(BigRational kappa) {
        int n = options.examples();
        int d = options.features();
        int rank = options.effectiveRank();
        List<List<BigRational>> w = zeros(n, d);
        if (kappa.equals(BigRational.ONE)) {
            for (int j = 0; j < rank; j++) {
                w.get(j).set(j, BigRational.ONE);
            }
        } else {
            List<List<BigRational>> block = block(SumsOfSquares.of(kappa), n, rank);
            int height = block.size();
            int width = block.get(0).size();
            for (int i = 0; i < height; i++) {
                for (int j = 0; j < width; j++) {
                    w.get(i).set(j, block.get(i).get(j));
                }
            }
            w.get(height).set(width, BigRational.ONE);
            for (int j = width + 1; j < rank; j++) {
                w.get(height + j - width).set(j, between(kappa));
            }
        }
        for (int k = 0; k < REFLECTIONS; k++) {
            w = reflectRows(w, reflectionVector(n));
        }
        List<List<BigRational>> transposed = transpose(w);
        for (int k = 0; k < REFLECTIONS; k++) {
            transposed = reflectRows(transposed, reflectionVector(d));
        }
        return Matrix.of(transpose(transposed));
    }

    /** Orthogonal columns of squared norm kappa, as few as leave room for the others. */
    private List<List<BigRational>> block(List<BigRational> roots, int n, int rank) {
        int size = roots.size();
        int most = size == 1 ? 1 : size == 2 ? 2 : 4;
        for (int width = 1; width <= Math.min(most, rank - 1); width++) {
            int height = width == 1 ? size : most;
            if (height + rank - width <= n) {
                List<List<BigRational>> table = multiplicationTable(roots, most);
                List<List<BigRational>> block = new ArrayList<>();
                for (int i = 0; i < height; i++) {
                    block.add(table.get(i).subList(0, width));
                }
                return block;
            }
        }
        throw new IllegalArgumentException("--kappa: expected the square of a rational, or --n of at least "
                + (rank - 1 + size)
                + " where kappa is a sum of "
                + size
                + " squares, found "
                + FIELD.show(options.kappa().orElseThrow())
                + " with --n "
                + n);
    }

    private static List<List<BigRational>> multiplicationTable(List<BigRational> roots, int size) {
        List<BigRational> z = new ArrayList<>(roots);
        while (z.size() < size) {
            z.add(BigRational.ZERO);
        }
        int[][] signs;
        int[][] indices;
        if (size == 4) {
            indices = new int[][] {{0, 1, 2, 3}, {1, 0, 3, 2}, {2, 3, 0, 1}, {3, 2, 1, 0}};
            signs = new int[][] {{1, -1, -1, -1}, {1, 1, -1, 1}, {1, 1, 1, -1}, {1, -1, 1, 1}};
        } else {
            indices = new int[][] {{0, 1}, {1, 0}};
            signs = new int[][] {{1, -1}, {1, 1}};
        }
        List<List<BigRational>> table = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            List<BigRational> row = new ArrayList<>();
            for (int j = 0; j < size; j++) {
                BigRational entry = z.get(indices[i][j]);
                row.add(signs[i][j] < 0 ? FIELD.negate(entry) : entry);
            }
            table.add(row);
        }
        return table;
    }

    /** A rational t with 1 <= t^2 <= kappa, about uniform on a logarithmic scale. */
    private BigRational between(BigRational kappa) {
        BigInteger whole = kappa.getNumeratorBigInteger().divide(kappa.getDenominatorBigInteger());
        int octave = random.below(Math.max(1, (whole.bitLength() + 1) / 2));
        int eighths = random.below(8);
        BigRational t = RationalField.of(BigInteger.valueOf(8L + eighths).shiftLeft(octave), BigInteger.valueOf(8));
        return FIELD.compare(FIELD.multiply(t, t), kappa) <= 0 ? t : BigRational.ONE;
    }

    private List<BigInteger> reflectionVector(int size) {
        List<BigInteger> v = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int magnitude = random.between(1, 3);
            v.add(BigInteger.valueOf(random.below(2) == 0 ? magnitude : -magnitude));
        }
        return v;
    }

    /** (I - 2 v v'/(v'v)) W, an orthogonal map of the columns of W. */
    private static List<List<BigRational>> reflectRows(List<List<BigRational>> w, List<BigInteger> v) {
        BigInteger square = BigInteger.ZERO;
        for (BigInteger entry : v) {
            square = square.add(entry.multiply(entry));
        }
        BigRational factor = RationalField.of(BigInteger.TWO, square);
        int columns = w.get(0).size();
        List<BigRational> shift = new ArrayList<>(columns);
        for (int j = 0; j < columns; j++) {
            BigRational sum = BigRational.ZERO;
            for (int i = 0; i < w.size(); i++) {
                sum = FIELD.add(
                        sum,
                        FIELD.multiply(BigRational.valueOf(v.get(i)), w.get(i).get(j)));
            }
            shift.add(FIELD.multiply(factor, sum));
        }
        List<List<BigRational>> reflected = new ArrayList<>(w.size());
        for (int i = 0; i < w.size(); i++) {
            BigRational weight = BigRational.valueOf(v.get(i));
            List<BigRational> row = new ArrayList<>(columns);
            for (int j = 0; j < columns; j++) {
                row.add(FIELD.subtract(w.get(i).get(j), FIELD.multiply(weight, shift.get(j))));
            }
            reflected.add(row);
        }
        return reflected;
    }

    private static List<List<BigRational>> zeros(int rows, int columns) {
        List<List<BigRational>> zeros = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            zeros.add(new ArrayList<>(Collections.nCopies(columns, BigRational.ZERO)));
        }
        return zeros;
    }

    private static List<List<BigRational>> transpose(List<List<BigRational>> rows) {
        List<List<BigRational>> columns = new ArrayList<>();
        for (int j = 0; j < rows.get(0).size(); j++) {
            List<BigRational> column = new ArrayList<>(rows.size());
            for (List<BigRational> row : rows) {
                column.add(row.get(j));
            }
            columns.add(column);
        }
        return columns;
    }

    // the sphere

    /**
     * A rational point of the unit sphere: (2u, |u|^2 - 1)/(|u|^2 + 1) for u with entries k/m, where
     * m grows like the square root of the dimension so that |u| is about 1.
     */
    private Vector<BigRational> unitVector(int size) {
        if (size == 1) {
            return Vector.of(List.of(BigRational.valueOf(random.below(2) == 0 ? 1 : -1)));
        }
        BigInteger root = BigInteger.valueOf(size - 1L).sqrt();
        long scale = 8 * root.longValueExact();
        long square = 0;
        long[] k = new long[size - 1];
        for (int i = 0; i < k.length; i++) {
            k[i] = random.between(-14, 14);
            square += k[i] * k[i];
        }
        long denominator = square + scale * scale;
        List<BigRational> entries = new ArrayList<>(size);
        for (long numerator : k) {
            entries.add(RationalField.of(2 * numerator * scale, denominator));
        }
        entries.add(RationalField.of(square - scale * scale, denominator));
        return Vector.of(entries);
    }
}
