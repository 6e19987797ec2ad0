package org.loopcert.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.loopcert.report.Axis;
import org.loopcert.report.Coordinate;
import org.loopcert.report.Figure;
import org.loopcert.report.Plot;
import org.loopcert.reproduce.Certifying.Certified;
import org.loopcert.reproduce.Figure1Findings.Aggregate;
import org.loopcert.reproduce.Figure1Findings.Arithmetic;
import org.loopcert.reproduce.Figure1Trial.Step;
import org.loopcert.reproduce.Figure1Trial.Theta;
import org.loopcert.ring.Interval;

/** The figure's tables, files and page. */
final class Figure1Report {
    private static final int DIGITS = 17;

    /** Where the axis of the printed figure ends. */
    private static final int PRINTED_END = -60;

    /** How far down the second drawing goes. */
    private static final double ZOOM = -80;

    private final Figure1.Options options;
    private final List<Figure1Trial> trials;
    private final Figure1Findings findings;

    private Figure1Report(Figure1.Options options, List<Figure1Trial> trials) {
        this.options = options;
        this.trials = trials;
        this.findings = new Figure1Findings(options, trials);
    }

    static Reproduction of(Figure1.Options options, List<Figure1Trial> trials) {
        return new Figure1Report(options, trials).reproduction();
    }

    private Reproduction reproduction() {
        List<Finding> verdicts = findings.all();
        List<Table> tables = List.of(kappas(), ends(), gaps(), axis(), exits());
        return new Reproduction(
                "figure-1",
                "CHEN2024, Section 6 and Figure 1, in exact arithmetic and in binary64",
                notes(verdicts),
                verdicts,
                tables,
                this::files);
    }

    private SortedMap<String, byte[]> files(Reproduction result) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (Figure1Trial trial : trials) {
            for (Certified certificate : trial.certificates().values()) {
                files.put(certificate.file(), certificate.bytes());
            }
        }
        files.put("figure-1.csv", Documents.csv(means()));
        files.put("trials.csv", Documents.csv(each()));
        files.put("kappa.csv", Documents.csv(kappas()));
        files.put("gaps.csv", Documents.csv(gaps()));
        files.put("exits.csv", Documents.csv(exits()));
        Figure figure = new Figure(squared(false));
        files.put("figure-1.svg", Documents.utf8(figure.svg()));
        files.put("figure-1.png", figure.png());
        return Documents.withPage(
                result,
                files,
                List.of(
                        new Documents.Drawing(
                                figure,
                                "Natural logarithm of the normalised squared error, mean of %d trials, theta* unit, step auto: exact (lines), binary64 (marks), and exp(-t/(2 kappa)) at the average kappa (dashed)."
                                        .formatted(options.trials())),
                        new Documents.Drawing(
                                new Figure(squared(true)),
                                "The same above -80, where the printed figure lives: exact lines leave it, marks stay."),
                        new Documents.Drawing(
                                new Figure(task()),
                                "Mean logarithm of the task error of the looped Transformer, theta* unit, step auto, beside exp(-t/(2 kappa)) of Theorem 4.4 (dashed). Marks are left out where a rounded error is 0.")));
    }

    private List<String> notes(List<Finding> verdicts) {
        List<Integer> sizes = options.sizes();
        int largest = sizes.get(sizes.size() - 1);
        long same = trials.stream().filter(Figure1Trial::sameRoundedStep).count();
        long hits = trials.stream()
                .filter(trial -> trial.rounded()
                                .get(Step.AUTO)
                                .squared()
                                .get(options.loops())
                                .upper()
                                .signum()
                        == 0)
                .count();
        long drawnHits = trials.stream()
                .filter(trial -> trial.theta() == Theta.DRAWN)
                .filter(trial -> trial.rounded()
                                .get(Step.AUTO)
                                .squared()
                                .get(options.loops())
                                .upper()
                                .signum()
                        == 0)
                .count();
        return List.of(
                "X has Gaussian entries, dyadic with %d places, d = %d; seeds %s; theta* is a rational point of the unit sphere, or Gaussian as drawn. alpha = 1, q(0) = 0, T = %d."
                        .formatted(Figure1Trial.FRACTION_BITS, Figure1Trial.FEATURES, seeds(), options.loops()),
                "Exact errors come from replaying all loops in integers; those of the literal step 1/lambda_max from two rational steps around it. Binary64 errors are the exact distances of the rounded iterates from theta*, gradient descent through the residual and the literal loop of attention, rounded after every operation. Both steps round to the same binary64 number in %d of %d runs."
                        .formatted(same, trials.size()),
                "The certificates establish kappa, step equivalence, the contraction loop by loop and the bounds and the error at T; the errors at t < T are replayed here and agree with the certified error at T.",
                disagreement(verdicts),
                "In exact arithmetic every error goes on falling to t = %d. In binary64 it stands still near the rounding of theta*: the mean squared error of n = %d, theta* unit, ends at ln = %s instead of %s. Bounds that fall below that floor are left (a), and curves that reach it no longer keep their order (c). The gap of the mean logarithm to exp(-t/(2 kappa)) at T (d): exact, it narrows between neighbouring n: %s; in binary64: %s. Where it narrows in binary64, both curves stand on that floor while the lines still fall apart: it is the rounding that narrows it, not the method."
                        .formatted(
                                options.loops(),
                                largest,
                                end(Arithmetic.BINARY64, largest),
                                end(Arithmetic.EXACT, largest),
                                findings.narrowing(Arithmetic.EXACT, Aggregate.LOGARITHM),
                                findings.narrowing(Arithmetic.BINARY64, Aggregate.LOGARITHM)),
                "With theta* as drawn the entries of theta* are binary64 numbers themselves, and %d of the %d such runs end exactly on theta*, with error 0 (%d of all runs do)."
                        .formatted(
                                drawnHits,
                                trials.stream()
                                        .filter(trial -> trial.theta() == Theta.DRAWN)
                                        .count(),
                                hits),
                "Which reading fits the printed figure: its axis has marks from 0 to %d. At the printed average of n = 128 the line exp(-T/kappa) ends at %s and exp(-T/(2 kappa)) at %s: of the two only the latter fits such an axis, so the dashed lines are Theorem 4.4's for the task error, drawn over the logarithm of the squared error. An instance with just that kappa has an exact error that falls like (1 - 1/kappa)^(2t), to %s at T: a solid line of n = 128 that stays on that axis is not exact. The binary64 runs here end at %s, below the last mark as well. The text of the paper that was at hand has the marks but not the curves, so that where the solid lines end cannot be read off."
                        .formatted(
                                PRINTED_END, printed(1), printed(2), printedExact(), end(Arithmetic.BINARY64, largest)),
                "Why the gap widens in exact arithmetic: at the end only the smallest eigenvalue counts, and the gap grows per loop by -2 ln(1 - 1/kappa) - 1/(2 kappa) for the squared error beside exp(-t/(2 kappa)), by -2 ln(1 - 1/kappa) - 1/kappa beside exp(-t/kappa), and by -ln(1 - 1/kappa) - 1/(2 kappa) for the task error. With x = 1/kappa each has a derivative of at least 1/2 on (0, 1): it increases strictly as kappa falls towards 1.");
    }

    /** The verdicts that differ between the arithmetics. */
    private static String disagreement(List<Finding> verdicts) {
        List<String> different = new ArrayList<>();
        for (Finding exact : verdicts) {
            if (exact.arithmetic().equals(Finding.EXACT)) {
                verdicts.stream()
                        .filter(other -> other.arithmetic().equals(Finding.BINARY64)
                                && other.id().equals(exact.id())
                                && other.outcome() != exact.outcome())
                        .forEach(other -> different.add("%s (exact: %s, binary64: %s)"
                                .formatted(
                                        exact.id(),
                                        exact.outcome().word(),
                                        other.outcome().word())));
            }
        }
        return "The two arithmetics disagree about "
                + (different.isEmpty() ? "no verdict" : "these verdicts: " + String.join(", ", different)) + ".";
    }

    /** The logarithm of the mean squared error at T, theta* unit, step auto. */
    private String end(Arithmetic arithmetic, int n) {
        return logarithm(
                findings.mean(arithmetic, Step.AUTO, Theta.UNIT, n).squared().get(options.loops()), 1);
    }

    private static String printed(long divisor) {
        Interval kappa = Figure1.PRINTED_KAPPA.get(128);
        return "-"
                + Reals.fixed(
                        Reals.divide(Reals.of(Figure1.Options.LOOPS), Reals.multiply(Reals.of(divisor), kappa)), 1);
    }

    private static String printedExact() {
        Interval kappa = Figure1.PRINTED_KAPPA.get(128);
        return Reals.fixed(
                Reals.multiply(
                        Reals.of(2L * Figure1.Options.LOOPS),
                        Reals.log(Reals.subtract(Reals.ONE, Reals.divide(Reals.ONE, kappa)))),
                1);
    }

    private String seeds() {
        List<String> ranges = new ArrayList<>();
        for (int i = 0; i < options.sizes().size(); i++) {
            long first = Figure1Trial.seed(options.seed(), i, 0);
            ranges.add("n = %d from %d".formatted(options.sizes().get(i), first));
        }
        return String.join(", ", ranges);
    }

    private static String logarithm(Interval value, int places) {
        return value.lower().signum() == 0 ? "-infinity" : Reals.fixed(Reals.log(value), places);
    }

    // tables

    private Table kappas() {
        List<List<String>> rows = new ArrayList<>();
        for (int n : options.sizes()) {
            Spread spread = Spread.of(
                    findings.of(n, Theta.UNIT).stream().map(Figure1Trial::kappa).toList());
            Interval printed = Figure1.PRINTED_KAPPA.get(n);
            rows.add(List.of(
                    Integer.toString(n),
                    Reals.down(spread.mean(), DIGITS),
                    Reals.up(spread.mean(), DIGITS),
                    Reals.about(spread.deviation(), 6),
                    Reals.about(spread.least(), 6),
                    Reals.about(spread.greatest(), 6),
                    printed == null ? "" : Reals.fixed(printed, 2)));
        }
        return new Table(
                "Condition numbers of G over the trials, certified",
                List.of(
                        "n",
                        "mean at least",
                        "mean at most",
                        "standard deviation",
                        "least",
                        "greatest",
                        "mean in the paper"),
                rows);
    }

    private Table ends() {
        List<List<String>> rows = new ArrayList<>();
        for (Theta theta : Theta.values()) {
            for (int n : options.sizes()) {
                Series exact = findings.mean(Arithmetic.EXACT, Step.AUTO, theta, n);
                Series rounded = findings.mean(Arithmetic.BINARY64, Step.AUTO, theta, n);
                int end = options.loops();
                Interval kappa = findings.averageKappa(n);
                rows.add(List.of(
                        Figure1Findings.words(theta),
                        Integer.toString(n),
                        logarithm(exact.squared().get(end), 2),
                        logarithm(rounded.squared().get(end), 2),
                        logarithm(exact.task().get(end), 2),
                        logarithm(rounded.task().get(end), 2),
                        "-" + Reals.fixed(Reals.divide(Reals.of(end), kappa), 2),
                        "-" + Reals.fixed(Reals.divide(Reals.of(end), Reals.multiply(Reals.of(2), kappa)), 2)));
            }
        }
        return new Table(
                "Natural logarithms at T = " + options.loops()
                        + " of the mean normalised errors, step auto, and of the bounds",
                List.of(
                        "theta*",
                        "n",
                        "squared error, exact",
                        "squared error, binary64",
                        "task error, exact",
                        "task error, binary64",
                        "-T/kappa",
                        "-T/(2 kappa)"),
                rows);
    }

    private Table gaps() {
        List<List<String>> rows = new ArrayList<>();
        for (Reading reading : Reading.values()) {
            for (Aggregate aggregate : Aggregate.values()) {
                for (Arithmetic arithmetic : Arithmetic.values()) {
                    for (Theta theta : Theta.values()) {
                        List<String> row = new ArrayList<>(List.of(
                                reading.words(), aggregate.words(), arithmetic.word(), Figure1Findings.words(theta)));
                        row.addAll(findings.gapsAtEnd(arithmetic, reading, aggregate, theta));
                        rows.add(row);
                    }
                }
            }
        }
        List<String> columns = new ArrayList<>(List.of("theory beside empirical", "average", "arithmetic", "theta*"));
        options.sizes().forEach(n -> columns.add("n = " + n));
        return new Table(
                "The gap ln(theory / empirical) at T = " + options.loops()
                        + ", step auto; negative where the curve lies above the line",
                columns,
                rows);
    }

    private Table axis() {
        List<List<String>> rows = new ArrayList<>();
        for (int n : options.sizes()) {
            Interval printed = Figure1.PRINTED_KAPPA.get(n);
            if (printed != null) {
                Interval end = Reals.divide(Reals.of(Figure1.Options.LOOPS), printed);
                Interval exact = Reals.multiply(
                        Reals.of(2L * Figure1.Options.LOOPS),
                        Reals.log(Reals.subtract(Reals.ONE, Reals.divide(Reals.ONE, printed))));
                rows.add(List.of(
                        Integer.toString(n),
                        Reals.fixed(printed, 2),
                        "-" + Reals.fixed(end, 1),
                        "-" + Reals.fixed(Reals.divide(end, Reals.of(2)), 1),
                        Reals.fixed(exact, 1),
                        Reals.fixed(Reading.THEOREM_5_8.finalGapGrowth(printed), 3),
                        Reals.fixed(Reading.FIGURE.finalGapGrowth(printed), 3),
                        Reals.fixed(Reading.THEOREM_4_4.finalGapGrowth(printed), 3)));
            }
        }
        return new Table(
                "The printed average condition numbers at T = 200, in natural logarithms; the printed axis ends near "
                        + PRINTED_END,
                List.of(
                        "n",
                        "kappa",
                        "-T/kappa",
                        "-T/(2 kappa)",
                        "2T ln(1 - 1/kappa)",
                        "gap growth per loop, exp(-t/kappa), squared",
                        "gap growth, exp(-t/(2 kappa)), squared",
                        "gap growth, exp(-t/(2 kappa)), task"),
                rows);
    }

    /** The first loop at which each binary64 run leaves each bound; one row a bound, theta* and n. */
    private Table exits() {
        List<Figure1Findings.Exit> exits = findings.exits();
        List<List<String>> rows = new ArrayList<>();
        for (Bound bound : Bound.values()) {
            for (Theta theta : Theta.values()) {
                for (int n : options.sizes()) {
                    List<String> first = exits.stream()
                            .filter(exit -> exit.bound() == bound
                                    && exit.trial().theta() == theta
                                    && exit.trial().examples() == n)
                            .map(exit -> exit.leavesAt().isPresent()
                                    ? Integer.toString(exit.leavesAt().getAsInt())
                                    : "-")
                            .toList();
                    rows.add(List.of(
                            bound.id(), Figure1Findings.words(theta), Integer.toString(n), String.join(" ", first)));
                }
            }
        }
        return new Table(
                "The first t at which each binary64 run leaves a bound, trial by trial, step auto; - where it never does",
                List.of("bound", "theta*", "n", "t"),
                rows);
    }

    // series as CSV

    private Table means() {
        List<List<String>> rows = new ArrayList<>();
        for (int n : options.sizes()) {
            List<Interval> half = Bound.exponential(findings.averageKappa(n), 2, options.loops());
            List<Interval> whole = Bound.exponential(findings.averageKappa(n), 1, options.loops());
            for (Theta theta : Theta.values()) {
                for (Step step : Step.values()) {
                    Series exact = findings.mean(Arithmetic.EXACT, step, theta, n);
                    Series rounded = findings.mean(Arithmetic.BINARY64, step, theta, n);
                    List<Optional<Interval>> exactLogarithm =
                            findings.meanLogarithms(Arithmetic.EXACT, Reading.FIGURE, step, theta, n);
                    List<Optional<Interval>> roundedLogarithm =
                            findings.meanLogarithms(Arithmetic.BINARY64, Reading.FIGURE, step, theta, n);
                    for (int t = 0; t <= options.loops(); t++) {
                        List<String> row = new ArrayList<>(
                                List.of(Integer.toString(n), theta.word(), step.word(), Integer.toString(t)));
                        for (Interval value : List.of(
                                exact.squared().get(t),
                                exact.task().get(t),
                                rounded.squared().get(t),
                                rounded.task().get(t),
                                whole.get(t),
                                half.get(t))) {
                            row.add(Reals.down(value, DIGITS));
                            row.add(Reals.up(value, DIGITS));
                        }
                        for (Optional<Interval> value : List.of(exactLogarithm.get(t), roundedLogarithm.get(t))) {
                            row.add(value.map(x -> Reals.down(x, DIGITS)).orElse("-infinity"));
                            row.add(value.map(x -> Reals.up(x, DIGITS)).orElse("-infinity"));
                        }
                        rows.add(row);
                    }
                }
            }
        }
        return new Table(
                "mean errors",
                header(
                        List.of("n", "theta", "step", "t"),
                        "exact squared",
                        "exact task",
                        "binary64 squared",
                        "binary64 task",
                        "exp(-t/kappa)",
                        "exp(-t/(2 kappa))",
                        "exact mean ln(squared)",
                        "binary64 mean ln(squared)"),
                rows);
    }

    private Table each() {
        List<List<String>> rows = new ArrayList<>();
        for (Figure1Trial trial : trials) {
            for (Step step : Step.values()) {
                for (int t = 0; t <= options.loops(); t++) {
                    List<String> row = new ArrayList<>(List.of(
                            Integer.toString(trial.examples()),
                            Integer.toString(trial.trial()),
                            Long.toString(trial.seed()),
                            trial.theta().word(),
                            step.word(),
                            Integer.toString(t)));
                    for (Interval value : List.of(
                            trial.exact().get(step).squared().get(t),
                            trial.exact().get(step).task().get(t),
                            trial.rounded().get(step).squared().get(t),
                            trial.rounded().get(step).task().get(t))) {
                        row.add(Reals.down(value, DIGITS));
                        row.add(Reals.up(value, DIGITS));
                    }
                    rows.add(row);
                }
            }
        }
        return new Table(
                "errors of each trial",
                header(
                        List.of("n", "trial", "seed", "theta", "step", "t"),
                        "exact squared",
                        "exact task",
                        "binary64 squared",
                        "binary64 task"),
                rows);
    }

    private static List<String> header(List<String> keys, String... values) {
        List<String> header = new ArrayList<>(keys);
        for (String value : values) {
            header.add(value + " lower");
            header.add(value + " upper");
        }
        return header;
    }

    // drawings

    private Plot squared(boolean zoomed) {
        Plot plot = Plot.of(
                "Convergence, d = 4",
                "Mean logarithm of the normalised squared error against t for each n: exact, binary64 and the bound",
                Axis.linear("t"),
                Axis.linear("ln(squared error / initial squared error)"));
        return curves(plot, Reading.FIGURE, zoomed);
    }

    private Plot task() {
        Plot plot = Plot.of(
                "Task error of the looped Transformer, d = 4",
                "Mean logarithm of the task error against t for each n: exact, binary64 and the bound of Theorem 4.4",
                Axis.linear("t"),
                Axis.linear("ln(|<TF, theta*> - alpha| / |alpha|)"));
        return curves(plot, Reading.THEOREM_4_4, false);
    }

    private Plot curves(Plot empty, Reading reading, boolean zoomed) {
        Plot plot = empty;
        for (int n : options.sizes()) {
            Interval kappa = findings.averageKappa(n);
            String name = "n = %d, kappa = %s".formatted(n, Reals.fixed(kappa, 2));
            Line exact = Line.of(logarithms(Arithmetic.EXACT, reading, n), 1, zoomed);
            Line rounded = Line.of(logarithms(Arithmetic.BINARY64, reading, n), 5, zoomed);
            Line theory = Line.of(
                    reading.theory(kappa, options.loops()).stream()
                            .map(Reals::log)
                            .map(Optional::of)
                            .toList(),
                    1,
                    zoomed);
            plot = plot.with(org.loopcert.report.Series.line(name, exact.x(), exact.y()))
                    .with(org.loopcert.report.Series.points("binary64, n = " + n, rounded.x(), rounded.y())
                            .inColourOf(name))
                    .with(org.loopcert.report.Series.dashed("bound, n = " + n, theory.x(), theory.y())
                            .inColourOf(name));
        }
        return plot;
    }

    private List<Optional<Interval>> logarithms(Arithmetic arithmetic, Reading reading, int n) {
        return findings.meanLogarithms(arithmetic, reading, Step.AUTO, Theta.UNIT, n);
    }

    /** Logarithms as doubles, where there are any: for drawing only. */
    private record Line(List<Coordinate> x, List<Coordinate> y) {
        static Line of(List<Optional<Interval>> curve, int every, boolean zoomed) {
            List<Coordinate> x = new ArrayList<>();
            List<Coordinate> y = new ArrayList<>();
            for (int t = 0; t < curve.size(); t += every) {
                double value = curve.get(t).map(Reals::toDouble).orElse(Double.NEGATIVE_INFINITY);
                if (curve.get(t).isPresent() && (!zoomed || value >= ZOOM)) {
                    x.add(Coordinate.of(t));
                    y.add(Coordinate.of(value));
                }
            }
            return new Line(x, y);
        }
    }
}
