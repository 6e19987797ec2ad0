package org.loopcert.reproduce;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.loopcert.report.Axis;
import org.loopcert.report.Coordinate;
import org.loopcert.report.Figure;
import org.loopcert.report.Plot;
import org.loopcert.ring.RationalField;

/**
 * The paragraph "Comparison with Previous Works" of CHEN2024, Section 4: which of the bounds of Theorems 4.4 and 4.5 is
 * smaller wherever the condition of the latter holds, with the exact n at which that changes.
 */
public final class Comparison {
    private static final RationalField Q = RationalField.INSTANCE;
    private static final BigInteger FIRST = BigInteger.ONE;

    /** Longer integers are shown by their first digits. */
    private static final int SHOWN = 15;

    private static final int DIGITS = 17;

    /** d and the sizes n of CHEN2024, Section 6. */
    private static final int PAPER_FEATURES = 4;

    private static final List<Integer> PAPER_EXAMPLES = Figure1.Options.SIZES;

    private final Options options;
    private final List<Crossover> cells;

    private Comparison(Options options, List<Crossover> cells) {
        this.options = options;
        this.cells = List.copyOf(cells);
    }

    /**
     * The grid: all combinations.
     *
     * @param features d, each at least 1
     * @param loops T, each at least 0
     * @param queries alpha, none of them 0
     * @param kappas condition numbers, each at least 1
     * @param examples n, each at least 1, for what happens as T increases and n stays
     * @param maxBits the longest integer that may be used
     */
    public record Options(
            List<Integer> features,
            List<Integer> loops,
            List<BigRational> queries,
            List<BigRational> kappas,
            List<BigInteger> examples,
            long maxBits) {
        /** d of the default grid. */
        public static final List<Integer> FEATURES = List.of(1, 2, 4, 8);

        /** T of the default grid. */
        public static final List<Integer> LOOPS = List.of(1, 2, 3, 5, 10, 20, 50, 100, 200, 1000);

        /** alpha of the default grid. */
        public static final List<BigRational> QUERIES =
                List.of(BigRational.ONE, RationalField.of(1, 2), BigRational.valueOf(3));

        /** kappa of the default grid. */
        public static final List<BigRational> KAPPAS = List.of(
                BigRational.ONE,
                RationalField.of(3, 2),
                BigRational.TWO,
                BigRational.valueOf(10),
                BigRational.valueOf(100));

        /** n of the default grid. */
        public static final List<BigInteger> EXAMPLES = List.of(
                BigInteger.valueOf(128),
                BigInteger.TEN.pow(3),
                BigInteger.TEN.pow(6),
                BigInteger.TEN.pow(9),
                BigInteger.TEN.pow(12),
                BigInteger.TEN.pow(24),
                BigInteger.TEN.pow(100));

        /** The most cells of a grid. */
        public static final int MAX_CELLS = 100_000;

        /**
         * Copies the lists and checks the ranges.
         *
         * @throws IllegalArgumentException if a list is empty, a value out of range or given twice, or the grid too large
         */
        public Options {
            queries = queries.stream().map(RationalField::canonical).toList();
            kappas = kappas.stream().map(RationalField::canonical).toList();
            features = values("--d", features, "at least 1", d -> d >= 1);
            loops = values("--loops", loops, "at least 0", t -> t >= 0);
            queries = values("--query", queries, "a number other than 0", alpha -> alpha.signum() != 0);
            kappas = values("--kappa", kappas, "at least 1", kappa -> Q.compare(kappa, BigRational.ONE) >= 0);
            examples = values("--n", examples, "at least 1", n -> n.signum() > 0);
            long count = Math.multiplyExact(
                    Math.multiplyExact((long) features.size(), loops.size()),
                    Math.multiplyExact((long) queries.size(), kappas.size()));
            if (count > MAX_CELLS) {
                throw new IllegalArgumentException(
                        "expected at most " + MAX_CELLS + " combinations of d, T, alpha and kappa, got " + count);
            }
        }

        private static <T> List<T> values(String name, List<T> values, String range, Predicate<T> inRange) {
            List<T> copy = values.stream().distinct().toList();
            if (copy.isEmpty() || copy.size() < values.size()) {
                throw new IllegalArgumentException(
                        name + ": expected at least one value and none twice, got " + values);
            }
            for (T value : copy) {
                if (!inRange.test(value)) {
                    throw new IllegalArgumentException(name + ": expected " + range + ", got " + show(value));
                }
            }
            return copy;
        }

        private static String show(Object value) {
            return value instanceof BigRational rational ? Q.show(rational) : value.toString();
        }

        int cells() {
            return features.size() * loops.size() * queries.size() * kappas.size();
        }
    }

    /** How many steps of progress {@link #run} reports. */
    public static int work(Options options) {
        return options.cells();
    }

    /**
     * Decides every cell.
     *
     * @param progress told how many of {@link #work} are done, from any thread
     * @throws UndecidedException if an integer would be longer than the options allow
     */
    public static Reproduction run(Options options, IntConsumer progress) throws UndecidedException {
        List<Parallel.Task<Crossover>> tasks = new ArrayList<>();
        for (int d : options.features()) {
            for (int loops : options.loops()) {
                for (BigRational alpha : options.queries()) {
                    for (BigRational kappa : options.kappas()) {
                        tasks.add(() -> Crossover.of(d, loops, alpha, kappa, options.maxBits()));
                    }
                }
            }
        }
        return new Comparison(options, Parallel.all(tasks, progress)).reproduction();
    }

    private Reproduction reproduction() throws UndecidedException {
        Table fixed = fixed(options.features(), options.queries());
        Table shown = fixed(options.features().subList(0, 1), options.queries().subList(0, 1));
        return new Reproduction(
                "comparison",
                "CHEN2024, Section 4: the bounds of Theorems 4.4 and 4.5 beside each other",
                notes(),
                findings(),
                List.of(conditions(), crossovers(), shown),
                result -> files(result, fixed));
    }

    private SortedMap<String, byte[]> files(Reproduction result, Table fixed) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put("comparison.csv", Documents.csv(exact()));
        files.put("fixed-n.csv", Documents.csv(fixed));
        Figure figure = new Figure(plot());
        files.put("comparison.svg", Documents.utf8(figure.svg()));
        files.put("comparison.png", figure.png());
        return Documents.withPage(
                result,
                files,
                List.of(new Documents.Drawing(
                        figure,
                        "The least n with the condition of Theorem 4.5 (line), and the n from which its bound is the smaller one (dashed), for d = %d, alpha = %s: between the two ours is smaller, above both theirs, below the line there is no bound of theirs."
                                .formatted(
                                        options.features().get(0),
                                        Q.show(options.queries().get(0))))));
    }

    private static List<String> notes() {
        return List.of(
                "Ours: |alpha| exp(-T/(2 kappa)), Theorem 4.4. Theirs: 8 T d^2 2^(2T)/sqrt(n), Theorem 4.5, under the condition 8 T d^2/sqrt(n) <= 2^(-2T). Multiplied by 2^(2T) the condition says that theirs is at most 1; squared, that n is at least N = 64 T^2 d^4 16^T.",
                "For T >= 1, n >= N: ours is smaller exactly where n < N exp(T/kappa)/alpha^2, and theirs from the next integer on, the crossover. That number is irrational, because exp of a rational other than 0 is (Lambert), so that no n is on it and enclosures of exp decide after finitely many bits. For T = 0 theirs is 0 and smaller at every n.",
                "The two are compared as numbers. Ours bounds the error of the task, |<TF, theta*> - alpha|, for one X with condition number kappa and |theta*| = 1; it has the unit of alpha. Theirs is restated as a bound of \"the optimal linear regression error\", with no alpha and no kappa in it, and the text does not say of which X or average. That the tasks are dual does not make the errors equal. kappa is held fixed here; it belongs to X and may change with n.");
    }

    // verdicts

    private List<Finding> findings() throws UndecidedException {
        List<Finding> findings = new ArrayList<>();
        BigRational least = options.kappas().stream().min(Q::compare).orElseThrow();
        BigRational most = options.kappas().stream().max(Q::compare).orElseThrow();
        findings.add(finding(
                "ours-decays",
                "as T increases, |alpha| exp(-T/(2 kappa)) decays exponentially, for one alpha and one kappa",
                Outcome.HOLDS,
                "each loop multiplies it by exp(-1/(2 kappa)) < 1, whatever kappa is: by %s at kappa = %s, by %s at kappa = %s"
                        .formatted(factor(least), Q.show(least), factor(most), Q.show(most))));
        findings.add(finding(
                "theirs-increases",
                "as T increases, 8 T d^2 2^(2T)/sqrt(n) increases exponentially, for one d and one n",
                Outcome.HOLDS,
                "from T to T + 1 it grows by the factor 4 (T + 1)/T > 4, whatever d and n are"));
        findings.add(finding(
                "theirs-for-all-loops",
                "for one d and one n, theirs is a bound for every T that it increases over",
                Outcome.FAILS,
                "the condition holds for finitely many T only, as N = 64 T^2 d^4 16^T increases without end: for d = %d up to %s"
                        .formatted(options.features().get(0), mostLoops())));
        findings.add(finding(
                "theirs-at-most-1",
                "wherever its condition holds theirs is at most 1, and with the least n for each T >= 1 it is 1: it does not increase with T",
                Outcome.HOLDS,
                "the condition times 2^(2T), and 8 T d^2 2^(2T)/sqrt(N) = 1"));
        findings.add(
                finding(
                        "exponential-examples",
                        "theirs needs exp(Omega(T)) examples (Section 1)",
                        Outcome.HOLDS,
                        "its condition is n >= 64 T^2 d^4 16^T; to be the smaller bound as well, n must exceed 64 T^2 d^4 (16 exp(1/kappa))^T/alpha^2"));
        findings.add(everywhere());
        findings.add(atLeastExamples());
        findings.add(scale());
        findings.add(paperSizes());
        return findings;
    }

    private static Finding finding(String id, String claim, Outcome outcome, String words) {
        return new Finding(id, claim, Finding.EXACT, outcome, words, List.of());
    }

    private static String factor(BigRational kappa) {
        return Reals.about(Reals.expOfNegative(Reals.of(Q.divide(RationalField.of(1, 2), kappa))), 6);
    }

    private String mostLoops() {
        List<String> words = new ArrayList<>();
        for (BigInteger n : options.examples()) {
            words.add("T = " + Crossover.mostLoops(options.features().get(0), n) + " at n = " + brief(n));
        }
        return String.join(", ", words);
    }

    /** The printed comparison read as one of numbers: it fails at the crossover of every cell. */
    private Finding everywhere() {
        Crossover first = cells.get(0);
        BigInteger at = first.crossover().max(first.conditionFrom());
        long never = cells.stream().filter(Crossover::theirsIsAlwaysSmaller).count();
        return finding(
                "ours-is-smaller",
                "the paragraph read as a comparison of the two numbers: ours is smaller wherever the condition holds",
                Outcome.FAILS,
                "in all %d cells theirs is smaller from an exact n on: for %s from n = %s, where the condition holds from n = %s on. In %d cells ours is smaller before, in %d never"
                        .formatted(
                                cells.size(),
                                words(first),
                                brief(at),
                                brief(first.conditionFrom()),
                                cells.size() - never,
                                never));
    }

    private Finding atLeastExamples() {
        List<Crossover> loops = cells.stream().filter(cell -> cell.loops() > 0).toList();
        List<Crossover> exceptions =
                loops.stream().filter(Crossover::theirsIsAlwaysSmaller).toList();
        return finding(
                "ours-at-the-least-n",
                "at the least n with the condition ours is smaller, T >= 1",
                exceptions.isEmpty() ? Outcome.HOLDS : Outcome.FAILS,
                "theirs is 1 there, and ours is smaller exactly if alpha^2 < exp(T/kappa), so for every |alpha| <= 1: in %d of %d cells"
                                .formatted(loops.size() - exceptions.size(), loops.size())
                        + (exceptions.isEmpty() ? "" : ", not for " + words(exceptions.get(0))));
    }

    /** theirs is 1 at N whatever alpha is; ours is above or below 1 as alpha is large or small. */
    private Finding scale() throws UndecidedException {
        Optional<Crossover> chosen =
                cells.stream().filter(cell -> cell.loops() > 0).findFirst();
        if (chosen.isEmpty()) {
            return finding(
                    "scale",
                    "which bound is smaller does not depend on the scale of alpha",
                    Outcome.HOLDS,
                    "for T = 0, the only T here: theirs is 0");
        }
        Crossover cell = chosen.get();
        // the crossover at alpha = 1 is floor(N exp(T/kappa)) + 1
        Crossover unit = Crossover.of(cell.features(), cell.loops(), BigRational.ONE, cell.kappa(), options.maxBits());
        BigInteger large = unit.crossover().divide(unit.conditionFrom()).sqrt().add(BigInteger.ONE);
        return finding(
                "scale",
                "which bound is smaller does not depend on the scale of alpha",
                Outcome.FAILS,
                "theirs has no alpha in it: at d = %d, T = %d, kappa = %s and the least n, %s, ours is smaller for alpha = 1, theirs for alpha = %s"
                        .formatted(
                                cell.features(),
                                cell.loops(),
                                Q.show(cell.kappa()),
                                brief(cell.conditionFrom()),
                                brief(large)));
    }

    private static Finding paperSizes() {
        int most = PAPER_EXAMPLES.stream()
                .mapToInt(n -> Crossover.mostLoops(PAPER_FEATURES, BigInteger.valueOf(n)))
                .max()
                .orElseThrow();
        BigInteger one = Crossover.condition(PAPER_FEATURES, 1);
        BigInteger all = Crossover.condition(PAPER_FEATURES, Figure1.Options.LOOPS);
        return finding(
                "paper-sizes",
                "the two bounds can be compared at the sizes of Section 6, d = %d, n in %s, T = %d"
                        .formatted(PAPER_FEATURES, PAPER_EXAMPLES, Figure1.Options.LOOPS),
                most >= Figure1.Options.LOOPS ? Outcome.HOLDS : Outcome.FAILS,
                "the condition holds up to T = %d only; T = 1 takes n = %s, T = %d takes n = %s"
                        .formatted(most, brief(one), Figure1.Options.LOOPS, brief(all)));
    }

    private static String words(Crossover cell) {
        return "d = %d, T = %d, alpha = %s, kappa = %s"
                .formatted(cell.features(), cell.loops(), Q.show(cell.query()), Q.show(cell.kappa()));
    }

    /** The integer if it is short, else its first digits and how many there are. */
    static String brief(BigInteger value) {
        BigDecimal decimal = new BigDecimal(value);
        int digits = decimal.precision();
        if (digits <= SHOWN) {
            return value.toString();
        }
        BigDecimal start = decimal.round(new MathContext(7, RoundingMode.DOWN));
        return "%s...e%d (%d digits)"
                .formatted(new BigDecimal(start.unscaledValue(), start.precision() - 1), digits - 1, digits);
    }

    // tables

    private Table conditions() {
        List<String> columns = new ArrayList<>(List.of("T"));
        options.features().forEach(d -> columns.add("d = " + d));
        List<List<String>> rows = new ArrayList<>();
        for (int loops : options.loops()) {
            List<String> row = new ArrayList<>(List.of(Integer.toString(loops)));
            for (int d : options.features()) {
                row.add(brief(Crossover.condition(d, loops).max(FIRST)));
            }
            rows.add(row);
        }
        return new Table("Least n with the condition of Theorem 4.5, 64 T^2 d^4 16^T", columns, rows);
    }

    /** One d: the ratio of crossover and condition is the same for all. */
    private Table crossovers() {
        int d = options.features().get(0);
        List<String> columns = new ArrayList<>(List.of("T", "kappa"));
        for (BigRational alpha : options.queries()) {
            columns.add("theirs smaller from n, alpha = " + Q.show(alpha));
            columns.add("over least n");
        }
        List<List<String>> rows = new ArrayList<>();
        for (int loops : options.loops()) {
            for (BigRational kappa : options.kappas()) {
                List<String> row = new ArrayList<>(List.of(Integer.toString(loops), Q.show(kappa)));
                for (Crossover cell : cells) {
                    if (cell.features() == d
                            && cell.loops() == loops
                            && cell.kappa().equals(kappa)) {
                        row.add(cell.theirsIsAlwaysSmaller() ? "the least on" : brief(cell.crossover()));
                        row.add(loops == 0 ? "" : Reals.about(cell.ratio(), 6));
                    }
                }
                rows.add(row);
            }
        }
        return new Table(
                "Where theirs is the smaller bound, d = " + d
                        + "; ours is smaller from the least n with the condition up to there",
                columns,
                rows);
    }

    /** n stays and T increases: ours falls and theirs grows, so that the order changes at most once. */
    private Table fixed(List<Integer> features, List<BigRational> queries) throws UndecidedException {
        List<List<String>> rows = new ArrayList<>();
        for (int d : features) {
            for (BigInteger n : options.examples()) {
                int most = Crossover.mostLoops(d, n);
                for (BigRational alpha : queries) {
                    for (BigRational kappa : options.kappas()) {
                        rows.add(List.of(
                                Integer.toString(d),
                                brief(n),
                                Integer.toString(most),
                                Q.show(alpha),
                                Q.show(kappa),
                                fromLoops(d, n, most, alpha, kappa)));
                    }
                }
            }
        }
        return new Table(
                "As T increases and n stays",
                List.of("d", "n", "condition holds up to T", "alpha", "kappa", "ours smaller from T"),
                rows);
    }

    /** The least T up to the most at which ours is smaller at n. */
    private String fromLoops(int d, BigInteger n, int most, BigRational alpha, BigRational kappa)
            throws UndecidedException {
        int theirs = 0;
        int ours = most + 1;
        while (ours - theirs > 1) {
            int loops = (theirs + ours) >>> 1;
            if (Crossover.of(d, loops, alpha, kappa, options.maxBits()).theirsIsSmallerAt(n)) {
                theirs = loops;
            } else {
                ours = loops;
            }
        }
        return ours > most ? "none" : Integer.toString(ours);
    }

    private Table exact() {
        List<List<String>> rows = new ArrayList<>();
        for (Crossover cell : cells) {
            boolean loops = cell.loops() > 0;
            rows.add(List.of(
                    Integer.toString(cell.features()),
                    Integer.toString(cell.loops()),
                    Q.show(cell.query()),
                    Q.show(cell.kappa()),
                    cell.conditionFrom().toString(),
                    cell.crossover().toString(),
                    cell.crossover().max(cell.conditionFrom()).toString(),
                    Boolean.toString(!cell.theirsIsAlwaysSmaller()),
                    loops ? Reals.down(cell.ratio(), DIGITS) : "",
                    loops ? Reals.up(cell.ratio(), DIGITS) : ""));
        }
        return new Table(
                "all cells",
                List.of(
                        "d",
                        "T",
                        "alpha",
                        "kappa",
                        "condition from n",
                        "theirs below ours from n",
                        "theirs smaller with condition from n",
                        "ours smaller before",
                        "exp(T/kappa)/alpha^2 lower",
                        "exp(T/kappa)/alpha^2 upper"),
                rows);
    }

    private Plot plot() {
        int d = options.features().get(0);
        BigRational alpha = options.queries().get(0);
        List<Integer> loops = options.loops().stream().sorted().toList();
        Plot plot = Plot.of(
                        "Which bound is smaller, d = %d, alpha = %s".formatted(d, Q.show(alpha)),
                        "The least n with the condition of Theorem 4.5, and the crossovers, against T",
                        Axis.linear("T"),
                        Axis.log10("n"))
                .with(org.loopcert.report.Series.line(
                        "condition holds from",
                        loops.stream().map(Coordinate::of).toList(),
                        loops.stream()
                                .map(t -> coordinate(Crossover.condition(d, t).max(FIRST)))
                                .toList()));
        for (BigRational kappa : options.kappas()) {
            List<Coordinate> crossovers = new ArrayList<>();
            for (int t : loops) {
                cells.stream()
                        .filter(cell -> cell.features() == d
                                && cell.loops() == t
                                && cell.query().equals(alpha)
                                && cell.kappa().equals(kappa))
                        .map(cell -> coordinate(cell.crossover()))
                        .forEach(crossovers::add);
            }
            plot = plot.with(org.loopcert.report.Series.dashed(
                    "theirs smaller from, kappa = " + Q.show(kappa),
                    loops.stream().map(Coordinate::of).toList(),
                    crossovers));
        }
        return plot;
    }

    private static Coordinate coordinate(BigInteger value) {
        return Coordinate.of(BigRational.valueOf(value));
    }
}
