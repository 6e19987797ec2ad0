package org.loopcert.reproduce;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.loopcert.certify.CertifyOptions;
import org.loopcert.drift.DescentInstance;
import org.loopcert.drift.DriftRecord;
import org.loopcert.drift.RoundedRun;
import org.loopcert.drift.RunConfiguration;
import org.loopcert.drift.SummationOrder;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.generate.Family;
import org.loopcert.generate.Generator;
import org.loopcert.generate.GeneratorOptions;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Statement;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.model.LinearAttention;
import org.loopcert.model.Prompt;
import org.loopcert.model.SymbolicStep;
import org.loopcert.report.Axis;
import org.loopcert.report.Coordinate;
import org.loopcert.report.Figure;
import org.loopcert.report.Plot;
import org.loopcert.reproduce.Figure1Findings.Arithmetic;
import org.loopcert.reproduce.Figure1Trial.Step;
import org.loopcert.reproduce.Figure1Trial.Theta;
import org.loopcert.ring.Interval;
import org.loopcert.ring.RationalField;
import org.loopcert.spectrum.AutoStep;

/**
 * The three first experiments of the summary of CHEN2024: one layer against the gradient, the error against the number of
 * loops, the condition number against n/d.
 */
public final class Experiments {
    private static final RationalField Q = RationalField.INSTANCE;
    private static final int LOOPS = 200;
    private static final long SEED_STRIDE = 1000;

    private Experiments() {}

    /**
     * How many trials, from which seed.
     *
     * @param trials for each shape, 1 to 400
     */
    public record Options(long seed, int trials, Limits limits) {
        /** Checks the range. */
        public Options {
            if (trials < 1 || trials > Figure1.Options.MAX_TRIALS) {
                throw new IllegalArgumentException(
                        "expected 1 to " + Figure1.Options.MAX_TRIALS + " trials, got " + trials);
            }
        }
    }

    private record Captioned(Plot plot, String caption) {}

    /** Certificates, a table, a plot where there is one, and the page. */
    private static SortedMap<String, byte[]> files(
            Reproduction result, List<Certifying.Certified> certificates, Table table, Optional<Captioned> captioned) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        certificates.forEach(each -> files.put(each.file(), each.bytes()));
        files.put(result.name() + ".csv", Documents.csv(table));
        List<Documents.Drawing> drawings = new ArrayList<>();
        if (captioned.isPresent()) {
            Figure figure = new Figure(captioned.get().plot());
            files.put(result.name() + ".svg", Documents.utf8(figure.svg()));
            files.put(result.name() + ".png", figure.png());
            drawings.add(new Documents.Drawing(figure, captioned.get().caption()));
        }
        return Documents.withPage(result, files, drawings);
    }

    // experiment 1

    private static final int[][] SHAPES = {{4, 2}, {8, 2}, {16, 4}, {64, 4}, {24, 8}, {128, 4}, {40, 16}};

    /** One layer on one instance. */
    private record Layer(
            int n,
            int d,
            long seed,
            boolean zeroStart,
            SymbolicStep.Result symbolic,
            boolean equalValues,
            BigRational largest,
            List<DriftRecord> drifts,
            Certifying.Certified certified) {}

    /** How many steps of progress {@link #layer} reports. */
    public static int layerWork(int trials) {
        return SHAPES.length * trials * 2;
    }

    /** Experiment 1: one layer of linear attention beside the gradient G theta - b, theta = -q/alpha. */
    public static Reproduction layer(Options options, IntConsumer progress) throws UndecidedException {
        List<Parallel.Task<Layer>> tasks = new ArrayList<>();
        for (int i = 0; i < SHAPES.length; i++) {
            for (int k = 0; k < options.trials(); k++) {
                long seed = options.seed() + SEED_STRIDE * i + k;
                int[] shape = SHAPES[i];
                for (boolean zero : new boolean[] {true, false}) {
                    tasks.add(() -> layer(shape[0], shape[1], seed, zero, options.limits()));
                }
            }
        }
        List<Layer> layers = Parallel.all(tasks, progress);
        List<String> certificates =
                layers.stream().map(layer -> layer.certified().file()).toList();
        boolean symbolic = layers.stream().allMatch(layer -> layer.symbolic() instanceof SymbolicStep.Equal);
        boolean values = layers.stream().allMatch(Layer::equalValues);
        boolean rounded = layers.stream().allMatch(layer -> layer.drifts().stream()
                .allMatch(drift -> drift.absolute().upper().signum() == 0));
        String count = layers.size() + " instances, (n, d) and q(0) as in the table";
        List<Finding> findings = List.of(
                new Finding(
                        "symbolic",
                        "the last row of one layer is q'G + alpha b' for every q and alpha, with the X and y of each instance: -alpha times the gradient at theta = -q/alpha; "
                                + count,
                        Finding.EXACT,
                        symbolic ? Outcome.HOLDS : Outcome.FAILS,
                        symbolic ? "every coefficient of q and alpha agrees" : "some coefficient differs",
                        certificates),
                new Finding(
                        "values",
                        "the values at q(0) agree entry by entry; " + count,
                        Finding.EXACT,
                        values ? Outcome.HOLDS : Outcome.FAILS,
                        values ? "no difference" : "some entry differs",
                        certificates),
                new Finding(
                        "values",
                        "the rounded layer, in each of three orders of operations, gives the exact gradient step; "
                                + count,
                        Finding.BINARY64,
                        rounded ? Outcome.HOLDS : Outcome.FAILS,
                        rounded ? "no difference" : "it is off by rounding; the table has the distances",
                        certificates));
        List<List<String>> rows = new ArrayList<>();
        for (Layer layer : layers) {
            List<String> row = new ArrayList<>(List.of(
                    Integer.toString(layer.n()),
                    Integer.toString(layer.d()),
                    Long.toString(layer.seed()),
                    layer.zeroStart() ? "0" : "unit",
                    layer.symbolic() instanceof SymbolicStep.Equal equal
                            ? equal.coefficients() + " equal"
                            : layer.symbolic().toString(),
                    layer.equalValues() ? "equal" : "different",
                    Reals.about(Reals.of(layer.largest()), 6)));
            for (DriftRecord drift : layer.drifts()) {
                row.add(Reals.up(Reals.of(drift.absolute().upper()), 4));
                row.add(Reals.up(Reals.of(drift.ulps().upper()), 4));
            }
            rows.add(row);
        }
        List<String> columns = new ArrayList<>(
                List.of("n", "d", "seed", "q(0)", "coefficients", "exact values", "largest entry of the gradient"));
        for (SummationOrder order : SummationOrder.values()) {
            columns.add("binary64 " + order.name().toLowerCase(Locale.ROOT) + ", off by at most");
            columns.add("in ulps");
        }
        Table table = new Table("One layer beside the gradient; binary64: theta(0) minus the gradient", columns, rows);
        return new Reproduction(
                "experiment-1",
                "One attention layer computes the gradient (CHEN2024, Lemma 4.1)",
                List.of(
                        "Attention with Q = I, P and M as in the paper is evaluated once with q and alpha as indeterminates, once in rationals at q(0), and in binary64, on Gaussian X and a unit theta*."),
                findings,
                List.of(table),
                result -> files(result, layers.stream().map(Layer::certified).toList(), table, Optional.empty()));
    }

    private static Layer layer(int n, int d, long seed, boolean zeroStart, Limits limits) throws UndecidedException {
        Problem drawn = Generator.generate(
                GeneratorOptions.of(Family.GAUSSIAN, n, d, seed).withLoops(1));
        Vector<BigRational> start = zeroStart
                ? drawn.start()
                : Generator.generate(GeneratorOptions.of(Family.GAUSSIAN, d, d, seed + SEED_STRIDE / 2))
                        .theta()
                        .orElseThrow();
        Problem problem = new Problem(
                drawn.x(),
                drawn.y(),
                drawn.theta(),
                drawn.alpha(),
                start,
                1,
                new StepSpec.Auto(),
                drawn.featureNames(),
                drawn.labelName());
        LinearAttention<BigRational> attention = LinearAttention.construction(Q, n, d);
        Prompt<BigRational> prompt = new Prompt<>(problem.x(), problem.y(), start, problem.alpha());
        Matrix<BigRational> update = attention.apply(Q, prompt.asMatrix(Q));
        Vector<BigRational> gradient =
                prompt.gram(Q).multiply(Q, start).add(Q, prompt.moment(Q).scale(Q, problem.alpha()));
        boolean equal = true;
        BigRational largest = BigRational.ZERO;
        for (int i = 0; i <= n; i++) {
            for (int j = 0; j <= d; j++) {
                BigRational expected = i == n && j < d ? gradient.get(j) : BigRational.ZERO;
                equal &= Q.equal(expected, update.get(i, j));
                largest = Q.compare(Q.abs(expected), largest) > 0 ? Q.abs(expected) : largest;
            }
        }
        // with eta = 1 the first step is theta(0) minus the gradient
        DescentInstance one = DescentInstance.constant(
                problem.x(),
                problem.y(),
                problem.alpha(),
                start.map(q -> Q.negate(Q.divide(q, problem.alpha()))),
                BigRational.ONE,
                1);
        List<DriftRecord> drifts = new ArrayList<>();
        for (SummationOrder order : SummationOrder.values()) {
            drifts.addAll(DriftRecord.measure(RoundedRun.of(one, RunConfiguration.binary64(order)), List.of(1)));
        }
        String file = "certificates/n%03d-d%02d-seed%d-%s.json".formatted(n, d, seed, zeroStart ? "zero" : "unit");
        return new Layer(
                n,
                d,
                seed,
                zeroStart,
                SymbolicStep.check(Q, problem.x(), problem.y(), attention),
                equal,
                largest,
                drifts,
                Certifying.certify(problem, file, CertifyOptions.Evidence.BOTH, limits));
    }

    // experiment 2

    /** How many steps of progress {@link #loops} reports. */
    public static int loopsWork(int trials) {
        return Figure1.Options.SIZES.size() * trials;
    }

    /** Experiment 2: the task error for T = 0, ..., 200 beside its bounds. */
    public static Reproduction loops(Options options, IntConsumer progress) throws UndecidedException {
        List<Parallel.Task<Figure1Trial>> tasks = new ArrayList<>();
        List<Integer> sizes = Figure1.Options.SIZES;
        for (int i = 0; i < sizes.size(); i++) {
            for (int k = 0; k < options.trials(); k++) {
                int n = sizes.get(i);
                int trial = k;
                long seed = Figure1Trial.seed(options.seed(), i, k);
                tasks.add(() -> Figure1Trial.run(n, trial, seed, Theta.UNIT, LOOPS, options.limits()));
            }
        }
        List<Figure1Trial> trials = Parallel.all(tasks, progress);
        List<String> certificates = trials.stream()
                .flatMap(trial -> trial.certificates().values().stream())
                .map(Certifying.Certified::file)
                .sorted()
                .toList();
        List<Bound> bounds = List.of(Bound.THEOREM_4_4, Bound.DOUBLED, Bound.TIGHT_TASK);
        List<Finding> findings = new ArrayList<>();
        for (Arithmetic arithmetic : Arithmetic.values()) {
            for (Bound bound : bounds) {
                List<Outcome> outcomes = new ArrayList<>();
                List<String> left = new ArrayList<>();
                for (Figure1Trial trial : trials) {
                    for (Step step : Step.values()) {
                        Curves.Against against = Curves.against(
                                bound.error(arithmetic.of(trial, step)),
                                bound.line(trial.rates().get(step), trial.kappa(), LOOPS));
                        outcomes.add(against.outcome());
                        if (step == Step.AUTO && against.leavesAt().isPresent()) {
                            left.add("n = %d, seed %d at T = %d"
                                    .formatted(
                                            trial.examples(),
                                            trial.seed(),
                                            against.leavesAt().getAsInt()));
                        }
                    }
                }
                findings.add(new Finding(
                        bound.id(),
                        bound.words() + "; d = 4, n in " + sizes + ", " + options.trials()
                                + " trials, steps auto and 1/lambda_max, T = 0.." + LOOPS,
                        arithmetic.word(),
                        Outcome.all(outcomes),
                        left.isEmpty() ? "holds at every T" : "first left: " + String.join("; ", left),
                        certificates));
            }
        }
        List<List<String>> rows = new ArrayList<>();
        for (Figure1Trial trial : trials) {
            Series exact = trial.exact().get(Step.AUTO);
            Series rounded = trial.rounded().get(Step.AUTO);
            List<List<Interval>> lines = bounds.stream()
                    .map(bound -> bound.line(trial.rates().get(Step.AUTO), trial.kappa(), LOOPS))
                    .toList();
            for (int t = 0; t <= LOOPS; t++) {
                List<String> row = new ArrayList<>(
                        List.of(Integer.toString(trial.examples()), Long.toString(trial.seed()), Integer.toString(t)));
                row.add(Reals.down(exact.task().get(t), 17));
                row.add(Reals.up(exact.task().get(t), 17));
                row.add(Reals.up(rounded.task().get(t), 17));
                for (List<Interval> line : lines) {
                    row.add(Reals.down(line.get(t), 17));
                }
                rows.add(row);
            }
        }
        List<String> columns = List.of(
                "n",
                "seed",
                "T",
                "error lower",
                "error upper",
                "binary64 error",
                "exp(-T/(2 kappa))",
                "exp(-T/kappa)",
                "(1 - eta mu)^T");
        Table every = new Table("all T", columns, rows);
        Table shown = new Table(
                "Task error over |alpha| and its bounds, step auto",
                columns,
                rows.stream()
                        .filter(row -> Integer.parseInt(row.get(2)) % 50 == 0)
                        .toList());
        return new Reproduction(
                "experiment-2",
                "The task error falls with the number of loops (CHEN2024, Theorem 4.4)",
                List.of(
                        "Gaussian X, d = 4, unit theta*, alpha = 1, q(0) = 0: one loop more at a time, exactly and in binary64."),
                findings,
                List.of(shown),
                result -> files(
                        result,
                        trials.stream()
                                .flatMap(trial -> trial.certificates().values().stream())
                                .toList(),
                        every,
                        Optional.of(
                                new Captioned(
                                        loopsPlot(trials),
                                        "Task error of the first trial of each n: exact (lines), binary64 (marks), exp(-T/(2 kappa)) (dashed)."))));
    }

    private static Plot loopsPlot(List<Figure1Trial> trials) {
        Plot plot = Plot.of(
                "Task error against loops, d = 4",
                "The exact and the binary64 task error against T beside the bound of Theorem 4.4",
                Axis.linear("T"),
                Axis.log10("|<TF, theta*> - alpha| / |alpha|"));
        for (Figure1Trial trial : trials) {
            if (trial.trial() == 0) {
                String name = "n = %d, kappa = %s".formatted(trial.examples(), Reals.fixed(trial.kappa(), 2));
                List<Interval> theory = Bound.exponential(trial.kappa(), 2, LOOPS);
                plot = plot.with(line(name, trial.exact().get(Step.AUTO).task(), 1))
                        .with(points(
                                        "binary64, n = " + trial.examples(),
                                        trial.rounded().get(Step.AUTO).task())
                                .inColourOf(name))
                        .with(dashed("bound, n = " + trial.examples(), theory).inColourOf(name));
            }
        }
        return plot;
    }

    private static org.loopcert.report.Series line(String name, List<Interval> values, int every) {
        return org.loopcert.report.Series.line(name, times(values, every), upper(values, every));
    }

    private static org.loopcert.report.Series points(String name, List<Interval> values) {
        return org.loopcert.report.Series.points(name, times(values, 5), upper(values, 5));
    }

    private static org.loopcert.report.Series dashed(String name, List<Interval> values) {
        return org.loopcert.report.Series.dashed(name, times(values, 1), upper(values, 1));
    }

    private static List<Coordinate> times(List<Interval> values, int every) {
        List<Coordinate> times = new ArrayList<>();
        for (int t = 0; t < values.size(); t += every) {
            times.add(Coordinate.of(t));
        }
        return times;
    }

    private static List<Coordinate> upper(List<Interval> values, int every) {
        List<Coordinate> upper = new ArrayList<>();
        for (int t = 0; t < values.size(); t += every) {
            upper.add(Coordinate.of(values.get(t).upper().toRational()));
        }
        return upper;
    }

    // experiment 3

    private static final List<Integer> FEATURES = List.of(2, 4, 8, 16);

    /** n/d in quarters. */
    private static final List<Integer> QUARTERS = List.of(5, 6, 8, 16, 32, 64, 128);

    /** The condition number and the rate of one instance. */
    private record Ratio(
            int d,
            int quarters,
            int n,
            long seed,
            Interval kappa,
            Interval rate,
            Interval end,
            Interval lastRatio,
            Certifying.Certified certified) {}

    /** How many steps of progress {@link #ratios} reports. */
    public static int ratiosWork(int trials) {
        return FEATURES.size() * QUARTERS.size() * trials;
    }

    /** Experiment 3: n/d from 1.25 to 32 at d = 2 to 16: certified condition number and exact rate. */
    public static Reproduction ratios(Options options, IntConsumer progress) throws UndecidedException {
        List<Parallel.Task<Ratio>> tasks = new ArrayList<>();
        for (int d : FEATURES) {
            for (int quarters : QUARTERS) {
                for (int k = 0; k < options.trials(); k++) {
                    long seed = options.seed()
                            + SEED_STRIDE * (QUARTERS.size() * FEATURES.indexOf(d) + QUARTERS.indexOf(quarters))
                            + k;
                    tasks.add(() -> ratio(d, quarters, seed, options.limits()));
                }
            }
        }
        List<Ratio> ratios = Parallel.all(tasks, progress);
        List<Finding> findings = new ArrayList<>();
        for (int d : FEATURES) {
            List<List<Interval>> averages = QUARTERS.stream()
                    .map(quarters -> List.of(averageKappa(ratios, d, quarters)))
                    .toList();
            List<Ratio> own = ratios.stream().filter(ratio -> ratio.d() == d).toList();
            findings.add(new Finding(
                    "d=" + d,
                    "the average condition number of %d trials falls strictly with n/d from 1.25 to 32, d = %d"
                            .formatted(options.trials(), d),
                    Finding.EXACT,
                    Curves.falling(averages, 0),
                    averages.stream()
                            .map(average -> Reals.about(average.get(0), 4))
                            .toList()
                            .toString(),
                    own.stream().map(ratio -> ratio.certified().file()).toList()));
        }
        findings.add(new Finding(
                "rate",
                "|e(T)|^2 / |e(0)|^2 <= (1 - eta mu)^(2T) at T = " + LOOPS + ", step auto",
                Finding.EXACT,
                Outcome.all(ratios.stream().map(Experiments::withinRate).toList()),
                "checked on " + ratios.size()
                        + " instances; the table has the factor of the last loop beside 1 - eta mu",
                ratios.stream().map(ratio -> ratio.certified().file()).toList()));
        List<List<String>> rows = new ArrayList<>();
        for (Ratio ratio : ratios) {
            rows.add(List.of(
                    Integer.toString(ratio.d()),
                    Reals.about(Reals.of(RationalField.of(ratio.quarters(), 4)), 4),
                    Integer.toString(ratio.n()),
                    Long.toString(ratio.seed()),
                    Reals.down(ratio.kappa(), 12),
                    Reals.up(ratio.kappa(), 12),
                    Reals.down(ratio.rate(), 12),
                    Reals.up(ratio.rate(), 12),
                    Reals.about(Reals.sqrt(ratio.lastRatio()), 12),
                    Reals.about(ratio.end(), 6)));
        }
        Table table = new Table(
                "Condition number and rate; n is d times the ratio, rounded up",
                List.of(
                        "d",
                        "ratio",
                        "n",
                        "seed",
                        "kappa lower",
                        "kappa upper",
                        "1 - eta mu lower",
                        "1 - eta mu upper",
                        "|e(200)|/|e(199)|",
                        "|e(200)|^2/|e(0)|^2"),
                rows);
        return new Reproduction(
                "experiment-3",
                "The condition number and the rate against n/d",
                List.of(
                        "Gaussian X and a unit theta*, step auto, %d trials for each shape. kappa is certified, the errors are replayed exactly."
                                .formatted(options.trials())),
                findings,
                List.of(table),
                result -> files(
                        result,
                        ratios.stream().map(Ratio::certified).toList(),
                        table,
                        Optional.of(
                                new Captioned(ratioPlot(ratios), "Average certified condition number against n/d."))));
    }

    private static Outcome withinRate(Ratio ratio) {
        Interval square = Reals.multiply(ratio.rate(), ratio.rate());
        return Outcome.atMost(ratio.end(), Reals.powers(square, LOOPS).get(LOOPS));
    }

    private static Interval averageKappa(List<Ratio> ratios, int d, int quarters) {
        return Reals.mean(ratios.stream()
                .filter(ratio -> ratio.d() == d && ratio.quarters() == quarters)
                .map(Ratio::kappa)
                .toList());
    }

    private static Ratio ratio(int d, int quarters, long seed, Limits limits) throws UndecidedException {
        int n = (d * quarters + 3) / 4;
        Problem problem = Generator.generate(
                GeneratorOptions.of(Family.GAUSSIAN, n, d, seed).withLoops(LOOPS));
        String file = "certificates/d%02d-n%03d-seed%d.json".formatted(d, n, seed);
        Certifying.Certified certified = Certifying.certify(problem, file, CertifyOptions.Evidence.THEOREM, limits);
        Statement.Spectrum spectrum = certified.last(Statement.Spectrum.class).orElseThrow();
        Fraction eta = AutoStep.choose(Gram.of(problem.x(), problem.y())).orElseThrow();
        Series series = new Descent(problem, problem.theta().orElseThrow(), LOOPS).exact(eta);
        Interval mu = Certifying.between(spectrum.muLower(), spectrum.muUpper());
        return new Ratio(
                d,
                quarters,
                n,
                seed,
                Certifying.between(spectrum.kappaLower(), spectrum.kappaUpper()),
                Reals.subtract(Reals.ONE, Reals.multiply(Reals.of(eta), mu)),
                series.squared().get(LOOPS),
                Reals.divide(series.squared().get(LOOPS), series.squared().get(LOOPS - 1)),
                certified);
    }

    private static Plot ratioPlot(List<Ratio> ratios) {
        Plot plot = Plot.of(
                "Condition number against n/d",
                "The average certified condition number against n/d for each d",
                Axis.log10("n/d"),
                Axis.log10("average kappa"));
        for (int d : FEATURES) {
            List<Coordinate> x = new ArrayList<>();
            List<Coordinate> y = new ArrayList<>();
            for (int quarters : QUARTERS) {
                x.add(Coordinate.of(RationalField.of(quarters, 4)));
                y.add(Coordinate.of(averageKappa(ratios, d, quarters).upper().toRational()));
            }
            plot = plot.with(org.loopcert.report.Series.line("d = " + d, x, y));
        }
        return plot;
    }
}
