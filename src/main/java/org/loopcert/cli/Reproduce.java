package org.loopcert.cli;

import ch.obermuhlner.math.big.BigRational;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import org.loopcert.report.FontsUnavailableException;
import org.loopcert.reproduce.Comparison;
import org.loopcert.reproduce.Experiments;
import org.loopcert.reproduce.Figure1;
import org.loopcert.reproduce.Finding;
import org.loopcert.reproduce.Gaussian;
import org.loopcert.reproduce.Masks;
import org.loopcert.reproduce.Reproduction;
import org.loopcert.reproduce.Table;
import org.loopcert.reproduce.UndecidedException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** A paper's figure or experiment, exact beside floating point. */
@Command(
        name = "reproduce",
        description =
                "Does a figure, an experiment or a comparison of the paper again, in exact arithmetic and in binary64, with a verdict"
                        + " on every observation. The exit code is 0 also where an observation fails, and 3 where one is undecided.",
        footer = {
            "",
            "Example:",
            "  java -jar target/loopcert.jar reproduce experiment-1 --trials 1",
            "The paper's Figure 1 in full, with its page, takes a minute or two: reproduce figure-1 -o DIR"
        })
final class Reproduce implements Callable<Integer> {
    private static final int NOTHING_RANDOM = 0;

    private final Session session;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "NAME",
            converter = Name.Converter.class,
            description =
                    "figure-1 (convergence for n = 16..128), experiment-1 (one layer beside the gradient), experiment-2"
                            + " (error against T), experiment-3 (condition number against n/d), gaussian (kappa and n),"
                            + " comparison (the bounds of Theorems 4.4 and 4.5, and where they cross) or masks"
                            + " (entrywise and product masks)")
    private Name name;

    @Option(names = "--seed", paramLabel = "SEED", description = "of the first trial (default: 1)")
    private Long seed;

    @Option(
            names = "--trials",
            paramLabel = "K",
            description = "instances of each shape (default: 10 for figure-1, 1 for the experiments 1 and 2, 3 for"
                    + " experiment-3, 1000 for gaussian)")
    private Integer trials;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "write page, figures, tables and certificates to this new or empty folder, all or nothing")
    private Path output;

    @ArgGroup(
            validate = false,
            heading =
                    "%nThe grid of comparison, all combinations of values separated by commas (figure-1 has one --loops):%n")
    private Grid grid = new Grid();

    @ArgGroup(validate = false, heading = LimitArguments.HEADING)
    private LimitArguments.Kernel limits = new LimitArguments.Kernel();

    @Mixin
    private ResultArguments result;

    Reproduce(Session session) {
        this.session = session;
    }

    /** What comparison is made over. */
    private static final class Grid {
        @Option(names = "--d", paramLabel = "D", split = ",", description = "features (default: 1,2,4,8)")
        private List<Integer> features;

        @Option(
                names = "--loops",
                paramLabel = "T",
                split = ",",
                description = "numbers of loops (default: 1,2,3,5,10,20,50,100,200,1000; one number for figure-1: 200)")
        private List<Integer> loops;

        @Option(
                names = {"--alpha", "--query"},
                paramLabel = "ALPHA",
                split = ",",
                converter = InputArguments.Exact.class,
                description = "alpha, exact (default: 1,1/2,3)")
        private List<BigRational> queries;

        @Option(
                names = "--kappa",
                paramLabel = "KAPPA",
                split = ",",
                converter = InputArguments.Exact.class,
                description = "condition numbers, exact (default: 1,3/2,2,10,100)")
        private List<BigRational> kappas;

        @Option(
                names = "--n",
                paramLabel = "N",
                split = ",",
                converter = Whole.class,
                description = "in-context examples that stay as T increases (default: 128 and powers of ten)")
        private List<BigInteger> examples;

        Comparison.Options options(long maxBits) {
            return new Comparison.Options(
                    orElse(features, Comparison.Options.FEATURES),
                    orElse(loops, Comparison.Options.LOOPS),
                    orElse(queries, Comparison.Options.QUERIES),
                    orElse(kappas, Comparison.Options.KAPPAS),
                    orElse(examples, Comparison.Options.EXAMPLES),
                    maxBits);
        }

        private static <T> List<T> orElse(List<T> given, List<T> standard) {
            return given == null ? standard : given;
        }
    }

    /** An integer of any size, also as 1e100. */
    private static final class Whole implements ITypeConverter<BigInteger> {
        @Override
        public BigInteger convert(String text) {
            BigRational value = new InputArguments.Exact().convert(text);
            if (!value.isInteger()) {
                throw new TypeConversionException("expected a whole number such as 128 or 1e12, found '" + text + "'");
            }
            return value.getNumeratorBigInteger();
        }
    }

    /** What can be reproduced. */
    enum Name {
        FIGURE_1(Figure1.Options.TRIALS),
        EXPERIMENT_1(1),
        EXPERIMENT_2(1),
        EXPERIMENT_3(3),
        GAUSSIAN(Gaussian.TRIALS),
        COMPARISON(NOTHING_RANDOM),
        MASKS(NOTHING_RANDOM);

        private final int trials;

        Name(int trials) {
            this.trials = trials;
        }

        /** Whether instances are drawn, by --seed and --trials. */
        boolean isRandom() {
            return trials != NOTHING_RANDOM;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Reads a label. */
        static final class Converter implements ITypeConverter<Name> {
            @Override
            public Name convert(String text) {
                for (Name each : values()) {
                    if (each.label().equals(text)) {
                        return each;
                    }
                }
                throw new TypeConversionException("expected "
                        + List.of(values()).stream().map(Name::label).toList() + ", found '" + text + "'");
            }
        }
    }

    @Override
    public Integer call() throws Failure, IOException {
        requireOwnOptions();
        if (output != null) {
            OutputFolder.requireUsable(output);
        }
        try {
            Reproduction found = run(trials == null ? name.trials : trials);
            if (output != null) {
                SortedMap<String, byte[]> files = Progress.during(session, "drawing", result.quiet(), found::files);
                OutputFolder.write(session, output, files);
            }
            session.delivery().begin();
            report(found);
            return found.decided() ? ExitCode.ACCEPTED : ExitCode.UNDECIDED;
        } catch (UndecidedException e) {
            throw Failure.undecided(e.getMessage());
        } catch (FontsUnavailableException e) {
            throw Failure.undecided(e.getMessage());
        }
    }

    /** Refuses options that the name has no use for. */
    private void requireOwnOptions() {
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            boolean fits =
                    switch (option.longestName()) {
                        case "--seed", "--trials" -> name.isRandom();
                        case "--loops" -> name == Name.COMPARISON || name == Name.FIGURE_1;
                        case "--d", "--alpha", "--query", "--kappa", "--n" -> name == Name.COMPARISON;
                        default -> true;
                    };
            if (!fits) {
                throw new ParameterException(
                        spec.commandLine(), option.longestName() + ": not an option of " + name.label());
            }
        }
    }

    private Reproduction run(int count) throws UndecidedException {
        if (name == Name.COMPARISON) {
            Comparison.Options options = grid();
            return during(Comparison.work(options), progress -> Comparison.run(options, progress));
        }
        if (name == Name.MASKS) {
            return during(Masks.work(), Masks::run);
        }
        return random(count, seed == null ? 1 : seed);
    }

    private Comparison.Options grid() {
        try {
            return grid.options(limits.bits());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    /** The one number of loops of the figure. */
    private int figureLoops() {
        if (grid.loops == null) {
            return Figure1.Options.LOOPS;
        }
        if (grid.loops.size() != 1 || grid.loops.get(0) < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--loops: expected one number of at least 1 for figure-1, found " + grid.loops);
        }
        return grid.loops.get(0);
    }

    private Reproduction random(int count, long seed) throws UndecidedException {
        try {
            switch (name) {
                case FIGURE_1:
                    Figure1.Options figure =
                            new Figure1.Options(Figure1.Options.SIZES, count, figureLoops(), seed, limits.kernel());
                    return during(Figure1.work(figure), progress -> Figure1.run(figure, progress));
                case EXPERIMENT_1:
                    return during(
                            Experiments.layerWork(count),
                            progress -> Experiments.layer(options(count, seed), progress));
                case EXPERIMENT_2:
                    return during(
                            Experiments.loopsWork(count),
                            progress -> Experiments.loops(options(count, seed), progress));
                case EXPERIMENT_3:
                    return during(
                            Experiments.ratiosWork(count),
                            progress -> Experiments.ratios(options(count, seed), progress));
                default:
                    return during(Gaussian.work(count), progress -> Gaussian.run(seed, count, progress));
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--trials: " + e.getMessage());
        }
    }

    private Experiments.Options options(int count, long seed) {
        return new Experiments.Options(seed, count, limits.kernel());
    }

    @FunctionalInterface
    private interface Work {
        Reproduction run(IntConsumer progress) throws UndecidedException;
    }

    private Reproduction during(int steps, Work work) throws UndecidedException {
        try (Progress progress = Progress.of(session, "reproducing " + name.label(), steps, result.quiet())) {
            return work.run(progress::stepTo);
        }
    }

    private void report(Reproduction found) {
        if (result.json()) {
            ResultArguments.print(session, json(found));
        } else if (!result.quiet()) {
            print(found);
        }
        if (!result.quiet()) {
            session.err()
                    .println(
                            output == null
                                    ? "note: -o DIR keeps page, figures, tables and certificates"
                                    : "note: wrote " + output.resolve("index.html"));
        }
    }

    private void print(Reproduction found) {
        Summary summary = new Summary(session);
        session.out().println(found.name() + ": " + found.title());
        found.notes().forEach(note -> summary.wrapped("  ", note));
        for (Table table : found.tables()) {
            session.out().println();
            session.out().println(table.title());
            columns(table).forEach(line -> session.out().println("  " + line));
        }
        session.out().println();
        session.out().println("verdicts");
        for (Finding finding : found.findings()) {
            session.out()
                    .println("  " + finding.id() + "  [" + finding.arithmetic() + "]  "
                            + finding.outcome().word());
            summary.wrapped("      ", finding.claim());
            summary.wrapped("      ", "found: " + finding.words());
        }
    }

    /** Columns flush left, as wide as their widest cell. */
    private static List<String> columns(Table table) {
        int[] width = new int[table.columns().size()];
        for (int j = 0; j < width.length; j++) {
            width[j] = table.columns().get(j).length();
            for (List<String> row : table.rows()) {
                width[j] = Math.max(width[j], row.get(j).length());
            }
        }
        List<List<String>> lines = new ArrayList<>(List.of(table.columns()));
        lines.addAll(table.rows());
        return lines.stream()
                .map(row -> {
                    StringBuilder line = new StringBuilder();
                    for (int j = 0; j < width.length; j++) {
                        line.append(row.get(j))
                                .append(" ".repeat(width[j] - row.get(j).length() + 2));
                    }
                    return line.toString().stripTrailing();
                })
                .toList();
    }

    private ObjectNode json(Reproduction found) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", found.name());
        json.put("title", found.title());
        found.notes().forEach(json.putArray("notes")::add);
        ArrayNode findings = json.putArray("findings");
        for (Finding finding : found.findings()) {
            ObjectNode item = findings.addObject();
            item.put("id", finding.id());
            item.put("claim", finding.claim());
            item.put("arithmetic", finding.arithmetic());
            item.put("outcome", finding.outcome().word());
            item.put("found", finding.words());
            finding.certificates().forEach(item.putArray("certificates")::add);
        }
        ArrayNode tables = json.putArray("tables");
        for (Table table : found.tables()) {
            ObjectNode item = tables.addObject();
            item.put("title", table.title());
            table.columns().forEach(item.putArray("columns")::add);
            ArrayNode rows = item.putArray("rows");
            table.rows().forEach(row -> row.forEach(rows.addArray()::add));
        }
        json.put("output", output == null ? null : output.toString());
        return json;
    }
}
