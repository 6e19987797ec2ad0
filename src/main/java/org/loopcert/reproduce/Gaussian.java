package org.loopcert.reproduce;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Inertia;
import org.loopcert.exact.IntegerMatrix;
import org.loopcert.generate.Generator;
import org.loopcert.report.Axis;
import org.loopcert.report.Coordinate;
import org.loopcert.report.Figure;
import org.loopcert.report.Plot;

/**
 * The informal statement of CHEN2024, Section 1: for Gaussian X, 1 <= kappa <= 1 + O(epsilon) when n >= Omega(d/epsilon^2).
 * For n = C d/epsilon^2 and many seeds, whether kappa <= 1 + c epsilon is decided exactly, by the inertia of two integer
 * matrices; the fraction of seeds where it holds gets exact binomial confidence bounds.
 */
public final class Gaussian {
    /** Seeds for each shape. */
    public static final int TRIALS = 1000;

    private static final int FRACTION_BITS = 16;
    private static final long SEED_STRIDE = 1_000_000;
    private static final List<Integer> FEATURES = List.of(2, 4, 8, 16);

    /** 1/epsilon. */
    private static final List<Integer> INVERSES = List.of(2, 4, 8);

    /** C in n = C d/epsilon^2. */
    private static final List<Integer> SAMPLE_CONSTANTS = List.of(1, 4);

    /** c in kappa <= 1 + c epsilon. */
    private static final List<Integer> CONSTANTS = List.of(1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48);

    private static final Fraction RISK = Fraction.of(1, 20);

    /** How often the statement shall hold. */
    private static final Fraction OFTEN = Fraction.of(95, 100);

    private static final int BLOCK = 50;

    private Gaussian() {}

    /** n = C d/epsilon^2. */
    private record Cell(int index, int constant, int features, int inverse) {
        int examples() {
            return constant * features * inverse * inverse;
        }
    }

    /** How many seeds satisfy kappa <= 1 + c epsilon, for each c. */
    private record Count(Cell cell, int[] successes) {}

    private static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (int constant : SAMPLE_CONSTANTS) {
            for (int features : FEATURES) {
                for (int inverse : INVERSES) {
                    cells.add(new Cell(cells.size(), constant, features, inverse));
                }
            }
        }
        return cells;
    }

    /** How many steps of progress {@link #run} reports. */
    public static int work(int trials) {
        return cells().size() * ((trials + BLOCK - 1) / BLOCK);
    }

    /**
     * Counts and decides.
     *
     * @param trials seeds for each shape, 1 to 1,000,000
     * @param progress told how many of {@link #work} are done, from any thread
     */
    public static Reproduction run(long seed, int trials, IntConsumer progress) throws UndecidedException {
        if (trials < 1 || trials > SEED_STRIDE) {
            throw new IllegalArgumentException("expected 1 to " + SEED_STRIDE + " trials, got " + trials);
        }
        List<Parallel.Task<Count>> tasks = new ArrayList<>();
        for (Cell cell : cells()) {
            for (int from = 0; from < trials; from += BLOCK) {
                long first = seed + SEED_STRIDE * cell.index() + from;
                int count = Math.min(BLOCK, trials - from);
                tasks.add(() -> count(cell, first, count));
            }
        }
        List<Count> counts = new ArrayList<>();
        for (Cell cell : cells()) {
            counts.add(new Count(cell, new int[CONSTANTS.size()]));
        }
        for (Count part : Parallel.all(tasks, progress)) {
            int[] sum = counts.get(part.cell().index()).successes();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += part.successes()[i];
            }
        }
        return reproduction(seed, trials, counts);
    }

    private static Count count(Cell cell, long first, int seeds) {
        int[] successes = new int[CONSTANTS.size()];
        for (int k = 0; k < seeds; k++) {
            long[][] g = gram(Generator.gaussianNumerators(cell.examples(), cell.features(), first + k, FRACTION_BITS));
            int least = leastConstant(g, cell.inverse(), CONSTANTS);
            for (int i = least; i < successes.length; i++) {
                successes[i]++;
            }
        }
        return new Count(cell, successes);
    }

    /** X'X of integers; refuses to overflow. */
    private static long[][] gram(long[][] x) {
        int d = x[0].length;
        long[][] g = new long[d][d];
        for (long[] row : x) {
            for (int i = 0; i < d; i++) {
                for (int j = 0; j <= i; j++) {
                    g[i][j] = Math.addExact(g[i][j], Math.multiplyExact(row[i], row[j]));
                    g[j][i] = g[i][j];
                }
            }
        }
        return g;
    }

    /**
     * The index of the least c with kappa(G) <= 1 + c/inverse, the number of constants if there is none. Rounded
     * eigenvalues only say where to look: that c and its predecessor are decided exactly.
     */
    static int leastConstant(long[][] g, int inverse, List<Integer> constants) {
        IntegerMatrix matrix = IntegerMatrix.of(g);
        double[] ends = Binary64Condition.ends(g);
        int guess = 0;
        while (guess < constants.size() && ends[1] > ends[0] * (1 + constants.get(guess) / (double) inverse)) {
            guess++;
        }
        while (guess < constants.size() && !isAtMost(matrix, ends, constants.get(guess), inverse)) {
            guess++;
        }
        while (guess > 0 && isAtMost(matrix, ends, constants.get(guess - 1), inverse)) {
            guess--;
        }
        return guess;
    }

    /**
     * Whether lambda_max <= r lambda_min, r = 1 + c/inverse, exactly: a rational s with s <= lambda_min and lambda_max <=
     * r s shows it, one with lambda_min < s and r s < lambda_max refutes it. s is sought between lambda_min and
     * lambda_max / r by bisection.
     */
    private static boolean isAtMost(IntegerMatrix matrix, double[] ends, int c, int inverse) {
        BigInteger p = BigInteger.valueOf((long) inverse + c);
        BigInteger q = BigInteger.valueOf(inverse);
        Fraction low = Fraction.ZERO;
        Fraction high = Fraction.of(matrix.content().max(trace(matrix)));
        double proposed = Math.sqrt(Math.max(ends[0], 1) * Math.max(ends[1], 1) * inverse / (inverse + c));
        Fraction s = Fraction.of((long) Math.rint(proposed * 1024), 1024);
        while (true) {
            Inertia below = Inertia.of(shifted(matrix, s, BigInteger.ONE, BigInteger.ONE, false));
            Inertia above = Inertia.of(shifted(matrix, s, p, q, true));
            boolean least = below.negative() == 0;
            boolean most = above.negative() == 0;
            if (least && most) {
                return true;
            }
            if (!least && !most) {
                return false;
            }
            // s <= lambda_min and r s < lambda_max: s is too small for both; else too large for both
            if (least) {
                low = s;
            } else {
                high = s;
            }
            s = low.add(high).divide(Fraction.of(2, 1));
            if (s.denominator().bitLength() > 4096) {
                throw new IllegalStateException("kappa is 1 + c epsilon to 4096 bits");
            }
        }
    }

    /** G - s I, or (p/q) s I - G, times a positive integer. */
    private static IntegerMatrix shifted(IntegerMatrix matrix, Fraction s, BigInteger p, BigInteger q, boolean above) {
        BigInteger scale = s.denominator().multiply(q);
        BigInteger shift = s.numerator().multiply(p);
        return above
                ? matrix.multiply(scale.negate()).addToDiagonal(shift)
                : matrix.multiply(scale).addToDiagonal(shift.negate());
    }

    private static BigInteger trace(IntegerMatrix matrix) {
        BigInteger sum = BigInteger.ONE;
        for (int i = 0; i < matrix.rows(); i++) {
            sum = sum.add(matrix.get(i, i));
        }
        return sum;
    }

    private static Reproduction reproduction(long seed, int trials, List<Count> counts) {
        List<Finding> findings = new ArrayList<>();
        for (int constant : SAMPLE_CONSTANTS) {
            findings.add(finding(constant, trials, counts));
        }
        return new Reproduction(
                "gaussian",
                "CHEN2024, Section 1: kappa <= 1 + O(epsilon) for Gaussian X when n >= Omega(d/epsilon^2)",
                List.of(
                        "For n = C d/epsilon^2, %d seeds for each (C, d, epsilon), from seed %d on: the X of generate --family gaussian, with %d binary places. kappa <= 1 + c epsilon is decided for each X by exact inertia counts."
                                .formatted(trials, seed, FRACTION_BITS),
                        "Confidence bounds are Clopper and Pearson's at 95 %, two-sided for each entry, from exact binomial sums; they are not corrected for the number of entries."),
                findings,
                List.of(least(trials, counts)),
                result -> files(result, trials, counts));
    }

    private static SortedMap<String, byte[]> files(Reproduction result, int trials, List<Count> counts) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put("gaussian.csv", Documents.csv(all(trials, counts)));
        Figure figure = new Figure(plot(trials, counts));
        files.put("gaussian.svg", Documents.utf8(figure.svg()));
        files.put("gaussian.png", figure.png());
        return Documents.withPage(
                result,
                files,
                List.of(new Documents.Drawing(
                        figure,
                        "Fraction of seeds with kappa <= 1 + c epsilon against c, for n = C d/epsilon^2, d = 4.")));
    }

    private static Finding finding(int constant, int trials, List<Count> counts) {
        List<Count> cells = counts.stream()
                .filter(count -> count.cell().constant() == constant)
                .toList();
        for (int i = 0; i < CONSTANTS.size(); i++) {
            int at = i;
            boolean often = cells.stream()
                    .allMatch(count -> ClopperPearson.of(count.successes()[at], trials, RISK)
                                    .lower()
                                    .compareTo(OFTEN)
                            >= 0);
            if (often) {
                return new Finding(
                        "C=" + constant,
                        claim(constant),
                        Finding.EXACT,
                        Outcome.HOLDS,
                        "the least such c of %s is %d: kappa <= 1 + %d epsilon in %s of the seeds"
                                .formatted(
                                        CONSTANTS,
                                        CONSTANTS.get(i),
                                        CONSTANTS.get(i),
                                        cells.stream()
                                                .map(count -> count.successes()[at] + "/" + trials)
                                                .distinct()
                                                .toList()),
                        List.of());
            }
        }
        boolean seldom = cells.stream()
                .anyMatch(count -> ClopperPearson.of(count.successes()[CONSTANTS.size() - 1], trials, RISK)
                                .upper()
                                .compareTo(OFTEN)
                        < 0);
        return new Finding(
                "C=" + constant,
                claim(constant),
                Finding.EXACT,
                seldom ? Outcome.FAILS : Outcome.UNDECIDED,
                seldom
                        ? "for no c of " + CONSTANTS
                        : "more trials would tell: " + trials + " bound no fraction from below by 95 %",
                List.of());
    }

    private static String claim(int constant) {
        return "for n = %d d/epsilon^2 there is one c, the same for d in %s and 1/epsilon in %s, with kappa <= 1 + c epsilon for at least 95 %% of X: the lower confidence bounds are at least 95 %%"
                .formatted(constant, FEATURES, INVERSES);
    }

    private static Table least(int trials, List<Count> counts) {
        List<List<String>> rows = new ArrayList<>();
        for (Count count : counts) {
            List<String> row = new ArrayList<>(List.of(
                    Integer.toString(count.cell().constant()),
                    Integer.toString(count.cell().features()),
                    "1/" + count.cell().inverse(),
                    Integer.toString(count.cell().examples())));
            for (int i = 0; i < CONSTANTS.size(); i++) {
                row.add(Integer.toString(count.successes()[i]));
            }
            rows.add(row);
        }
        List<String> columns = new ArrayList<>(List.of("C", "d", "epsilon", "n"));
        CONSTANTS.forEach(c -> columns.add("c = " + c));
        return new Table("Seeds of " + trials + " with kappa <= 1 + c epsilon, n = C d/epsilon^2", columns, rows);
    }

    private static Table all(int trials, List<Count> counts) {
        List<List<String>> rows = new ArrayList<>();
        for (Count count : counts) {
            for (int i = 0; i < CONSTANTS.size(); i++) {
                ClopperPearson bounds = ClopperPearson.of(count.successes()[i], trials, RISK);
                rows.add(List.of(
                        Integer.toString(count.cell().constant()),
                        Integer.toString(count.cell().features()),
                        "1/" + count.cell().inverse(),
                        Integer.toString(count.cell().examples()),
                        Integer.toString(CONSTANTS.get(i)),
                        Integer.toString(count.successes()[i]),
                        Integer.toString(trials),
                        bounds.lower().toString(),
                        bounds.upper().toString(),
                        Reals.down(Reals.of(bounds.lower()), 6),
                        Reals.up(Reals.of(bounds.upper()), 6)));
            }
        }
        return new Table(
                "confidence bounds",
                List.of(
                        "C",
                        "d",
                        "epsilon",
                        "n",
                        "c",
                        "successes",
                        "trials",
                        "lower exact",
                        "upper exact",
                        "lower",
                        "upper"),
                rows);
    }

    private static Plot plot(int trials, List<Count> counts) {
        Plot plot = Plot.of(
                "kappa <= 1 + c epsilon, d = 4",
                "Fraction of seeds against c for each C and epsilon",
                Axis.linear("c"),
                Axis.linear("fraction of seeds"));
        for (Count count : counts) {
            if (count.cell().features() == 4) {
                List<Coordinate> x = CONSTANTS.stream().map(Coordinate::of).toList();
                List<Coordinate> y = new ArrayList<>();
                for (int successes : count.successes()) {
                    y.add(Coordinate.of(Fraction.of(successes, trials).toBigRational()));
                }
                plot = plot.with(org.loopcert.report.Series.line(
                        "C = %d, epsilon = 1/%d, n = %d"
                                .formatted(
                                        count.cell().constant(),
                                        count.cell().inverse(),
                                        count.cell().examples()),
                        x,
                        y));
            }
        }
        return plot;
    }
}
