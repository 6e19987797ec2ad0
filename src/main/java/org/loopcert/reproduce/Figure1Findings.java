package org.loopcert.reproduce;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.loopcert.exact.Fraction;
import org.loopcert.reproduce.Certifying.Certified;
import org.loopcert.reproduce.Figure1Trial.Step;
import org.loopcert.reproduce.Figure1Trial.Theta;
import org.loopcert.ring.Dyadic;
import org.loopcert.ring.Interval;

/** The verdicts on the observations of CHEN2024, Section 6, in both arithmetics. */
final class Figure1Findings {
    private final List<Integer> sizes;
    private final int trialCount;
    private final int loops;
    private final List<Figure1Trial> trials;
    private final Map<Integer, Interval> averageKappa;
    private final Map<Mean, Series> means = new HashMap<>();

    private record Mean(Arithmetic arithmetic, Step step, Theta theta, int n) {}

    Figure1Findings(Figure1.Options options, List<Figure1Trial> trials) {
        this.sizes = options.sizes();
        this.trialCount = options.trials();
        this.loops = options.loops();
        this.trials = trials;
        this.averageKappa = sizes.stream()
                .collect(Collectors.toMap(
                        n -> n,
                        n -> Reals.mean(of(n, Theta.UNIT).stream()
                                .map(Figure1Trial::kappa)
                                .toList())));
    }

    /** The two arithmetics of a run. */
    enum Arithmetic {
        EXACT(Finding.EXACT),
        BINARY64(Finding.BINARY64);

        private final String word;

        Arithmetic(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        Series of(Figure1Trial trial, Step step) {
            return (this == EXACT ? trial.exact() : trial.rounded()).get(step);
        }
    }

    /** Where one binary64 run leaves one bound. */
    record Exit(Bound bound, Figure1Trial trial, OptionalInt leavesAt) {}

    List<Figure1Trial> of(int n, Theta theta) {
        return trials.stream()
                .filter(trial -> trial.examples() == n && trial.theta() == theta)
                .toList();
    }

    /** The average condition number of the trials of one size. */
    Interval averageKappa(int n) {
        return averageKappa.get(n);
    }

    /** The mean errors of all trials of one size. */
    Series mean(Arithmetic arithmetic, Step step, Theta theta, int n) {
        return means.computeIfAbsent(
                new Mean(arithmetic, step, theta, n),
                key -> Series.mean(of(n, theta).stream()
                        .map(trial -> arithmetic.of(trial, step))
                        .toList()));
    }

    private List<List<Interval>> means(
            Arithmetic arithmetic, Step step, Theta theta, Function<Series, List<Interval>> error) {
        return sizes.stream()
                .map(n -> error.apply(mean(arithmetic, step, theta, n)))
                .toList();
    }

    private List<String> certificates(Collection<Figure1Trial> of) {
        return of.stream()
                .flatMap(trial -> trial.certificates().values().stream())
                .map(Certified::file)
                .sorted()
                .toList();
    }

    private String checked() {
        return "n in %s, %d trials each, theta* unit and as drawn, step auto and 1/lambda_max, t = 0..%d"
                .formatted(sizes, trialCount, loops);
    }

    List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        for (Arithmetic arithmetic : Arithmetic.values()) {
            findings.addAll(bounds(arithmetic));
        }
        findings.add(unnormalised());
        findings.add(kappaFalls(Arithmetic.EXACT));
        findings.add(kappaFalls(Arithmetic.BINARY64));
        findings.add(printedKappa());
        findings.add(theorySlopes());
        for (Arithmetic arithmetic : Arithmetic.values()) {
            findings.add(curvesFall(arithmetic, true));
            findings.add(curvesFall(arithmetic, false));
            findings.add(endSlopes(arithmetic));
        }
        for (Arithmetic arithmetic : Arithmetic.values()) {
            findings.addAll(gaps(arithmetic));
        }
        for (Arithmetic arithmetic : Arithmetic.values()) {
            for (Reading reading : Reading.values()) {
                findings.add(drawnBelow(arithmetic, reading));
            }
        }
        return findings;
    }

    // (a) empirical below theory

    private static Curves.Against against(Bound bound, Arithmetic arithmetic, Figure1Trial trial, Step step) {
        List<Interval> curve = bound.error(arithmetic.of(trial, step));
        return Curves.against(curve, bound.line(trial.rates().get(step), trial.kappa(), curve.size() - 1));
    }

    /** For each bound and trial, where the binary64 run with the automatic step first leaves the bound. */
    List<Exit> exits() {
        List<Exit> exits = new ArrayList<>();
        for (Bound bound : Bound.values()) {
            for (Figure1Trial trial : trials) {
                exits.add(new Exit(
                        bound,
                        trial,
                        against(bound, Arithmetic.BINARY64, trial, Step.AUTO).leavesAt()));
            }
        }
        return exits;
    }

    private List<Finding> bounds(Arithmetic arithmetic) {
        List<Finding> findings = new ArrayList<>();
        List<Outcome> papers = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (Bound bound : Bound.values()) {
            List<Outcome> outcomes = new ArrayList<>();
            List<String> places = new ArrayList<>();
            for (Theta theta : Theta.values()) {
                for (int n : sizes) {
                    List<Integer> first = new ArrayList<>();
                    for (Figure1Trial trial : of(n, theta)) {
                        for (Step step : Step.values()) {
                            Curves.Against against = against(bound, arithmetic, trial, step);
                            outcomes.add(against.outcome());
                            if (step == Step.AUTO && against.leavesAt().isPresent()) {
                                first.add(against.leavesAt().getAsInt());
                            }
                        }
                    }
                    if (!first.isEmpty()) {
                        places.add("n = %d, theta* %s: %d of %d, first at t = %s"
                                .formatted(n, words(theta), first.size(), trialCount, spread(first)));
                    }
                }
            }
            Outcome outcome = Outcome.all(outcomes);
            if (!bound.own() && bound != Bound.HALF_EXPONENT) {
                papers.add(outcome);
                if (outcome != Outcome.HOLDS) {
                    left.add(bound.id());
                }
            }
            findings.add(new Finding(
                    "a/" + bound.id(),
                    bound.words() + "; " + checked(),
                    arithmetic.word(),
                    outcome,
                    outcome == Outcome.HOLDS
                            ? "holds at all " + outcomes.size() * (loops + 1L) + " points"
                            : "runs that leave it, with the step auto: " + String.join("; ", places),
                    certificates(trials)));
        }
        findings.add(
                0,
                new Finding(
                        "a",
                        "the empirical error never exceeds a bound that the paper states (Lemma 5.6, Theorems 5.8 and 4.4); "
                                + checked(),
                        arithmetic.word(),
                        Outcome.all(papers),
                        left.isEmpty()
                                ? "all three bounds hold everywhere"
                                : "left by some run: " + String.join(", ", left)
                                        + "; the rounded error stands still at the rounding of theta* while the bound goes on falling",
                        certificates(trials)));
        return findings;
    }

    /** With |theta*| other than 1 the paper's own task error tends to |alpha| | |theta*|^2 - 1 |, not to 0. */
    private Finding unnormalised() {
        List<Outcome> outcomes = new ArrayList<>();
        List<Integer> first = new ArrayList<>();
        for (Figure1Trial trial : trials) {
            if (trial.theta() == Theta.DRAWN) {
                List<Interval> bound = Bound.THEOREM_4_4.line(trial.rates().get(Step.AUTO), trial.kappa(), loops);
                Curves.Against against = Curves.against(
                        printedTaskError(trial.squaredNorm(), trial.exact().get(Step.AUTO)), bound);
                outcomes.add(against.outcome());
                against.leavesAt().ifPresent(first::add);
            }
        }
        return new Finding(
                "a/hypothesis-norm",
                "|<TF, theta*> - alpha| <= |alpha| exp(-t/(2 kappa)) also for theta* as drawn, |theta*| != 1; step auto,"
                        + " t = 0.." + loops,
                Finding.EXACT,
                Outcome.all(outcomes),
                "Theorem 4.4 needs |theta*| = 1 (Definition 3.2); without it the error tends to |alpha| ||theta*|^2 - 1|. Left in "
                        + first.size() + " of " + outcomes.size() + " trials"
                        + (first.isEmpty() ? "" : ", first at t = " + spread(first))
                        + ". What holds instead is a/theorem-4.4 for |<TF, theta*> - alpha |theta*|^2| / |theta*|^2",
                certificates(trials.stream()
                        .filter(trial -> trial.theta() == Theta.DRAWN)
                        .toList()));
    }

    /** |<theta(t), theta*> - 1| from the scaled error: for steps of at most 1/lambda_max the sign never changes. */
    private static List<Interval> printedTaskError(Fraction squaredNorm, Series series) {
        Interval norm = Reals.of(squaredNorm);
        return series.task().stream()
                .map(task ->
                        Reals.abs(Reals.subtract(Reals.multiply(norm, Reals.subtract(Reals.ONE, task)), Reals.ONE)))
                .toList();
    }

    // (b) condition numbers

    private Finding kappaFalls(Arithmetic arithmetic) {
        boolean exact = arithmetic == Arithmetic.EXACT;
        List<List<Interval>> averages = sizes.stream()
                .map(n -> List.of(exact ? averageKappa(n) : roundedAverage(n)))
                .toList();
        return new Finding(
                "b",
                "the average condition number falls as n grows; n in %s, %d trials each".formatted(sizes, trialCount),
                arithmetic.word(),
                Curves.falling(averages, 0),
                IntStream.range(0, sizes.size())
                                .mapToObj(i -> "n = %d: %s"
                                        .formatted(
                                                sizes.get(i),
                                                Reals.about(averages.get(i).get(0), 10)))
                                .collect(Collectors.joining("; "))
                        + (exact ? " (certified enclosures)" : " (Jacobi rotations in binary64, averaged in binary64)"),
                certificates(trials.stream()
                        .filter(trial -> trial.theta() == Theta.UNIT)
                        .toList()));
    }

    private Interval roundedAverage(int n) {
        double sum = 0;
        for (Figure1Trial trial : of(n, Theta.UNIT)) {
            sum += trial.roundedKappa();
        }
        return Interval.of(Dyadic.of(sum / trialCount));
    }

    private Finding printedKappa() {
        List<Outcome> outcomes = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (int n : sizes) {
            Interval printed = Figure1.PRINTED_KAPPA.get(n);
            if (printed != null) {
                Spread spread = Spread.of(
                        of(n, Theta.UNIT).stream().map(Figure1Trial::kappa).toList());
                Outcome inside = Outcome.all(
                        List.of(Outcome.atMost(spread.least(), printed), Outcome.atMost(printed, spread.greatest())));
                outcomes.add(inside);
                words.add("n = %d: %s, here %s to %s, mean %s"
                        .formatted(
                                n,
                                Reals.fixed(printed, 2),
                                Reals.fixed(spread.least(), 2),
                                Reals.fixed(spread.greatest(), 2),
                                Reals.fixed(spread.mean(), 2)));
            }
        }
        return new Finding(
                "b/printed",
                "the paper's average condition numbers lie within the spread (least to greatest) of the trials here",
                Finding.EXACT,
                Outcome.all(outcomes),
                String.join("; ", words),
                certificates(trials.stream()
                        .filter(trial -> trial.theta() == Theta.UNIT)
                        .toList()));
    }

    // (c) slopes

    private Finding theorySlopes() {
        List<List<Interval>> slopes =
                sizes.stream().map(n -> List.of(averageKappa(n))).toList();
        return new Finding(
                "c/theory",
                "the theoretical lines, of slope -1/(2 kappa) or -1/kappa at the average kappa, are steeper for larger n",
                Finding.EXACT,
                Curves.falling(slopes, 0),
                "slopes -1/(2 kappa): "
                        + sizes.stream()
                                .map(n -> "n = %d: -%s"
                                        .formatted(
                                                n,
                                                Reals.about(
                                                        Reals.divide(
                                                                Reals.ONE,
                                                                Reals.multiply(Reals.of(2), averageKappa(n))),
                                                        5)))
                                .collect(Collectors.joining("; ")),
                certificates(trials.stream()
                        .filter(trial -> trial.theta() == Theta.UNIT)
                        .toList()));
    }

    private Finding curvesFall(Arithmetic arithmetic, boolean squared) {
        List<Outcome> outcomes = new ArrayList<>();
        List<String> exceptions = new ArrayList<>();
        for (Theta theta : Theta.values()) {
            for (Step step : Step.values()) {
                List<List<Interval>> means = means(arithmetic, step, theta, squared ? Series::squared : Series::task);
                List<Outcome> each = IntStream.rangeClosed(1, loops)
                        .mapToObj(t -> Curves.falling(means, t))
                        .toList();
                outcomes.addAll(each);
                List<Integer> not = IntStream.rangeClosed(1, loops)
                        .filter(t -> each.get(t - 1) != Outcome.HOLDS)
                        .boxed()
                        .toList();
                if (!not.isEmpty() && step == Step.AUTO) {
                    exceptions.add("theta* %s: not at t = %s".formatted(words(theta), Curves.ranges(not)));
                }
            }
        }
        return new Finding(
                squared ? "c/empirical" : "c/task",
                "the mean normalised %s error is strictly smaller for larger n at every t = 1..%d: the mean slope from 0 to t is steeper"
                        .formatted(squared ? "squared" : "task", loops),
                arithmetic.word(),
                Outcome.all(outcomes),
                exceptions.isEmpty()
                        ? "holds at every t, for both theta* and both steps"
                        : String.join("; ", exceptions),
                certificates(trials));
    }

    private Finding endSlopes(Arithmetic arithmetic) {
        List<Outcome> outcomes = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (Theta theta : Theta.values()) {
            for (Step step : Step.values()) {
                List<List<Interval>> means = means(arithmetic, step, theta, Series::squared);
                List<Outcome> pairs = new ArrayList<>();
                for (int i = 1; i < means.size(); i++) {
                    // m_2(T) / m_2(T-1) < m_1(T) / m_1(T-1), multiplied out
                    pairs.add(Outcome.less(
                            Reals.multiply(
                                    means.get(i).get(loops), means.get(i - 1).get(loops - 1)),
                            Reals.multiply(
                                    means.get(i).get(loops - 1),
                                    means.get(i - 1).get(loops))));
                }
                outcomes.add(Outcome.all(pairs));
                if (step == Step.AUTO) {
                    words.add("theta* %s: last ratio ".formatted(words(theta))
                            + IntStream.range(0, sizes.size())
                                    .mapToObj(i -> "n = %d: %s".formatted(sizes.get(i), lastRatio(means.get(i))))
                                    .collect(Collectors.joining(", ")));
                }
            }
        }
        return new Finding(
                "c/end-slope",
                "the mean squared error falls by a greater factor in the last loop, from t = %d to %d, for larger n"
                        .formatted(loops - 1, loops),
                arithmetic.word(),
                Outcome.all(outcomes),
                String.join("; ", words),
                certificates(trials));
    }

    private String lastRatio(List<Interval> mean) {
        Interval before = mean.get(loops - 1);
        return before.lower().signum() == 0 ? "0/0" : Reals.about(Reals.divide(mean.get(loops), before), 4);
    }

    // (d) the gap

    /** How the trials of one n become one curve. */
    enum Aggregate {
        MEAN("mean error", "mean error beside the line at the average kappa"),
        LOGARITHM("mean logarithm", "mean logarithm beside the line at the average kappa"),
        EACH("each trial", "each trial beside the line at its own kappa, mean of the gaps");

        private final String brief;
        private final String words;

        Aggregate(String brief, String words) {
            this.brief = brief;
            this.words = words;
        }

        /** For tables. */
        String brief() {
            return brief;
        }

        String words() {
            return words;
        }
    }

    /**
     * Theory and empirical curve of one n. Mean logarithms are kept as logarithms of products, so that comparing needs
     * none: for all n both are powers with the same exponent, the number of trials.
     */
    private record Pair(List<Interval> theory, List<Interval> empirical) {}

    private Pair pair(Arithmetic arithmetic, Reading reading, Aggregate aggregate, Step step, Theta theta, int n) {
        if (aggregate == Aggregate.MEAN) {
            return new Pair(
                    reading.theory(averageKappa(n), loops), reading.empirical(mean(arithmetic, step, theta, n)));
        }
        List<List<Interval>> curves = new ArrayList<>();
        List<List<Interval>> lines = new ArrayList<>();
        for (Figure1Trial trial : of(n, theta)) {
            curves.add(reading.empirical(arithmetic.of(trial, step)));
            lines.add(reading.theory(aggregate == Aggregate.EACH ? trial.kappa() : averageKappa(n), loops));
        }
        return new Pair(product(lines), product(curves));
    }

    /** For each t the mean logarithm of the errors of all trials; empty where one is 0. */
    List<Optional<Interval>> meanLogarithms(Arithmetic arithmetic, Reading reading, Step step, Theta theta, int n) {
        return pair(arithmetic, reading, Aggregate.LOGARITHM, step, theta, n).empirical().stream()
                .map(product -> product.lower().signum() == 0
                        ? Optional.<Interval>empty()
                        : Optional.of(Reals.divide(Reals.log(product), Reals.of(trialCount))))
                .toList();
    }

    private static List<Interval> product(List<List<Interval>> curves) {
        return IntStream.range(0, curves.get(0).size())
                .mapToObj(t -> curves.stream().map(curve -> curve.get(t)).reduce(Reals.ONE, Reals::multiply))
                .toList();
    }

    /** What one reading says of the gaps in one arithmetic, for one step and theta*. */
    private record Gaps(List<Pair> pairs, int loops) {
        private List<List<Interval>> theory() {
            return pairs.stream().map(Pair::theory).toList();
        }

        private List<List<Interval>> empirical() {
            return pairs.stream().map(Pair::empirical).toList();
        }

        List<Outcome> narrower(int t) {
            return Curves.narrower(theory(), empirical(), t);
        }

        String times(boolean narrow) {
            List<List<Interval>> theory = theory();
            List<List<Interval>> empirical = empirical();
            return Curves.ranges(IntStream.rangeClosed(1, loops)
                    .filter(t -> Outcome.all(
                                    narrow ? Curves.narrower(theory, empirical, t) : Curves.wider(theory, empirical, t))
                            == Outcome.HOLDS)
                    .boxed()
                    .toList());
        }
    }

    private Gaps gaps(Arithmetic arithmetic, Reading reading, Aggregate aggregate, Step step, Theta theta) {
        return new Gaps(
                sizes.stream()
                        .map(n -> pair(arithmetic, reading, aggregate, step, theta, n))
                        .toList(),
                loops);
    }

    /** First the reading that fits the printed figure, then all. */
    private List<Finding> gaps(Arithmetic arithmetic) {
        List<Finding> findings = new ArrayList<>();
        List<String> holding = new ArrayList<>();
        Outcome headline = Outcome.UNDECIDED;
        for (Reading reading : Reading.values()) {
            for (Aggregate aggregate : Aggregate.values()) {
                Finding finding = gapNarrows(arithmetic, reading, aggregate);
                findings.add(finding);
                if (finding.outcome() == Outcome.HOLDS) {
                    holding.add(finding.id());
                }
                if (reading == Reading.FIGURE && aggregate == Aggregate.LOGARITHM) {
                    headline = finding.outcome();
                }
            }
        }
        findings.add(
                0,
                new Finding(
                        "d",
                        "the gap between empirical and theoretical line at T = %d is strictly smaller for larger n, theta* unit, both steps, as the figure is drawn: %s, %s"
                                .formatted(loops, Reading.FIGURE.words(), Aggregate.LOGARITHM.words()),
                        arithmetic.word(),
                        headline,
                        "neighbouring n whose gap narrows at T: " + narrowing(arithmetic, Aggregate.LOGARITHM)
                                + "; with the logarithm of the mean error instead: "
                                + narrowing(arithmetic, Aggregate.MEAN) + "; of the " + findings.size()
                                + " readings (three lines, three ways to average), it holds for all n under "
                                + (holding.isEmpty() ? "none" : String.join(", ", holding)),
                        certificates(unit())));
        return findings;
    }

    private List<Figure1Trial> unit() {
        return trials.stream().filter(trial -> trial.theta() == Theta.UNIT).toList();
    }

    /** The neighbouring n whose gap narrows at T in the figure as drawn, theta* unit, step auto. */
    String narrowing(Arithmetic arithmetic, Aggregate aggregate) {
        List<Outcome> pairs = gaps(arithmetic, Reading.FIGURE, aggregate, Step.AUTO, Theta.UNIT)
                .narrower(loops);
        String list = IntStream.range(0, pairs.size())
                .filter(i -> pairs.get(i) == Outcome.HOLDS)
                .mapToObj(i -> sizes.get(i) + " to " + sizes.get(i + 1))
                .collect(Collectors.joining(", "));
        return list.isEmpty() ? "none" : list;
    }

    private Finding gapNarrows(Arithmetic arithmetic, Reading reading, Aggregate aggregate) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Step step : Step.values()) {
            outcomes.addAll(
                    gaps(arithmetic, reading, aggregate, step, Theta.UNIT).narrower(loops));
        }
        Gaps auto = gaps(arithmetic, reading, aggregate, Step.AUTO, Theta.UNIT);
        return new Finding(
                "d/" + id(reading) + "/" + aggregate.name().toLowerCase(Locale.ROOT),
                "the gap ln(theory / empirical) at T = %d is strictly smaller for larger n, theta* unit, both steps; %s, %s"
                        .formatted(loops, reading.words(), aggregate.words()),
                arithmetic.word(),
                Outcome.all(outcomes),
                "gap at T %s for n = %s; all neighbours narrow at t = %s, all widen at t = %s"
                        .formatted(
                                String.join(", ", gapsAtEnd(arithmetic, reading, aggregate, Theta.UNIT)),
                                sizes.toString().replaceAll("[\\[\\]]", ""),
                                auto.times(true),
                                auto.times(false)),
                certificates(unit()));
    }

    private static String id(Reading reading) {
        return reading.name().toLowerCase(Locale.ROOT).replace("_4_4", "-4.4").replace("_5_8", "-5.8");
    }

    /** The gap at T for each n, step auto, in natural logarithms. */
    List<String> gapsAtEnd(Arithmetic arithmetic, Reading reading, Aggregate aggregate, Theta theta) {
        return gaps(arithmetic, reading, aggregate, Step.AUTO, theta).pairs().stream()
                .map(pair -> {
                    Interval empirical = pair.empirical().get(loops);
                    if (empirical.lower().signum() == 0) {
                        return "infinite";
                    }
                    Interval gap = Reals.subtract(Reals.log(pair.theory().get(loops)), Reals.log(empirical));
                    return Reals.fixed(aggregate == Aggregate.MEAN ? gap : Reals.divide(gap, Reals.of(trialCount)), 1);
                })
                .toList();
    }

    /** Whether the mean curve lies below the line at the average kappa: a line that no theorem states. */
    private Finding drawnBelow(Arithmetic arithmetic, Reading reading) {
        List<Outcome> outcomes = new ArrayList<>();
        List<String> places = new ArrayList<>();
        for (Theta theta : Theta.values()) {
            for (int n : sizes) {
                for (Step step : Step.values()) {
                    Pair pair = pair(arithmetic, reading, Aggregate.MEAN, step, theta, n);
                    Curves.Against against = Curves.against(pair.empirical(), pair.theory());
                    outcomes.add(against.outcome());
                    if (step == Step.AUTO && against.leavesAt().isPresent()) {
                        places.add("n = %d, theta* %s: from t = %d"
                                .formatted(n, words(theta), against.leavesAt().getAsInt()));
                    }
                }
            }
        }
        return new Finding(
                "a/drawn/" + id(reading),
                "the mean error of the trials lies below the line at their average kappa, for every n and t = 0..%d; %s"
                        .formatted(loops, reading.words()),
                arithmetic.word(),
                Outcome.all(outcomes),
                places.isEmpty()
                        ? "holds everywhere"
                        : "it does not: " + String.join("; ", places)
                                + ". The bounds hold trial by trial, at each trial's own kappa; at the average kappa they bound no mean, which the worst trial rules",
                certificates(trials));
    }

    static String words(Theta theta) {
        return theta == Theta.UNIT ? "unit" : "as drawn";
    }

    private static String spread(List<Integer> values) {
        int least = values.stream().mapToInt(Integer::intValue).min().orElseThrow();
        int greatest = values.stream().mapToInt(Integer::intValue).max().orElseThrow();
        return least == greatest ? Integer.toString(least) : least + ".." + greatest;
    }
}
