package org.loopcert.cli;

import ch.obermuhlner.math.big.BigRational;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.loopcert.input.ExactDecimal;
import org.loopcert.input.InputException;
import org.loopcert.input.InputLimits;
import org.loopcert.input.InputOptions;
import org.loopcert.input.InputReader;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options of every command that takes an INPUT. */
final class InputArguments {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec mixee;

    @Option(
            names = "--labels",
            paramLabel = "COL",
            description =
                    "label column of a table (default: a column named y, else the last); array of labels; or column"
                            + " of a matrix, last or counted from 0")
    private String labels;

    @Option(
            names = "--features",
            paramLabel = "COL",
            description =
                    "feature columns of a table, in this order (default: all others), written as in the header of a"
                            + " CSV file: a name with a comma stands in double quotes")
    private List<String> features;

    @Option(names = "--const", description = "put a column of ones named const in front of the features")
    private boolean constant;

    @Option(names = "--labels-file", paramLabel = "FILE", description = "labels in a file of their own")
    private Path labelsFile;

    @Option(names = "--theta", paramLabel = "FILE", description = "theta* in a file")
    private Path theta;

    @Option(names = "--start", paramLabel = "FILE", description = "q(0) in a file (default: zeros)")
    private Path start;

    @Option(
            names = "--loops",
            paramLabel = "T",
            description = "number of loops (default: what the file says, else 200)")
    private Long loops;

    @Option(
            names = "--query",
            paramLabel = "ALPHA",
            converter = Exact.class,
            description = "alpha, exact (default: what the file says, else 1)")
    private BigRational query;

    @Option(
            names = "--step",
            paramLabel = "STEP",
            converter = Steps.class,
            description = "auto, p/q, p/q,p/q,..., chebyshev or lambda-max (default: what the file says, else auto)")
    private StepSpec step;

    @Option(
            names = "--loss",
            paramLabel = "FORM",
            description = "what a given step is relative to: sum, 1/2 |y - X theta|^2, or mean, its n-th part"
                    + " (default: sum)")
    private InputOptions.Loss loss;

    @Option(
            names = "--array",
            paramLabel = "NAME",
            description = "array of a file that holds several (default: the only one, or X with y, or xs with ys)")
    private String array;

    @Option(names = "--index", paramLabel = "I", description = "prompt of a file that stacks several, from 0")
    private Integer index;

    /** An exact decimal or fraction. */
    static final class Exact implements ITypeConverter<BigRational> {
        @Override
        public BigRational convert(String text) {
            try {
                return ExactDecimal.parse(text, InputLimits.DEFAULT);
            } catch (ExactDecimal.RefusedException e) {
                throw refused(e);
            }
        }
    }

    /** Step sizes. */
    static final class Steps implements ITypeConverter<StepSpec> {
        @Override
        public StepSpec convert(String text) {
            try {
                return StepSpec.parse(text);
            } catch (ExactDecimal.RefusedException e) {
                throw refused(e);
            }
        }
    }

    private static TypeConversionException refused(ExactDecimal.RefusedException e) {
        return new TypeConversionException("expected " + e.expected() + ", found " + e.found());
    }

    /**
     * Options from elsewhere than the command line.
     *
     * @param base the folder that paths begin from
     */
    static InputArguments parse(List<String> options, Path base) throws Failure {
        InputArguments arguments = new InputArguments();
        try {
            CommandLine.populateCommand(new Holder(arguments), options.toArray(String[]::new));
        } catch (ParameterException e) {
            throw Failure.unusable("options " + options + ": " + e.getMessage(), e);
        }
        arguments.labelsFile = arguments.labelsFile == null ? null : base.resolve(arguments.labelsFile);
        arguments.theta = arguments.theta == null ? null : base.resolve(arguments.theta);
        arguments.start = arguments.start == null ? null : base.resolve(arguments.start);
        return arguments;
    }

    /** A command that has these options alone. */
    @Command
    private static final class Holder {
        @Mixin
        private final InputArguments arguments;

        Holder(InputArguments arguments) {
            this.arguments = arguments;
        }
    }

    /** The input and the files that these options name. */
    List<Path> files(Path input) {
        return Arrays.asList(input, labelsFile, theta, start);
    }

    /** Whether any of these options was given. */
    boolean given() {
        return labels != null
                || features != null
                || constant
                || labelsFile != null
                || theta != null
                || start != null
                || loops != null
                || query != null
                || step != null
                || loss != null
                || array != null
                || index != null;
    }

    /** Reads the input with these options; notes what they replace unless quiet. */
    Problem read(Path input, InputLimits limits, Session session, boolean quiet) throws InputException {
        if (!InputReader.holdsArrays(input)) {
            requireNoArray(input);
        }
        InputReader.Reading reading = InputReader.readNoting(input, options(), limits);
        if (!quiet && !reading.overridden().isEmpty()) {
            session.err()
                    .println("note: " + String.join(", ", reading.overridden()) + " replaced what " + input + " says");
        }
        return reading.problem();
    }

    private void requireNoArray(Path input) {
        List<String> given = new ArrayList<>();
        if (array != null) {
            given.add("--array");
        }
        if (index != null) {
            given.add("--index");
        }
        if (!given.isEmpty()) {
            throw usage(String.join(" and ", given)
                    + ": expected a .npy, .npz or .safetensors file, found "
                    + input
                    + ", which is one instance");
        }
    }

    private InputOptions options() {
        try {
            return new InputOptions(
                    Optional.ofNullable(labels),
                    Optional.ofNullable(features).map(InputArguments::names),
                    constant,
                    Optional.ofNullable(labelsFile),
                    Optional.ofNullable(theta),
                    Optional.ofNullable(start),
                    Optional.ofNullable(loops),
                    Optional.ofNullable(query),
                    Optional.ofNullable(step),
                    loss == null ? InputOptions.Loss.SUM : loss,
                    Optional.ofNullable(array),
                    Optional.ofNullable(index));
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    /** The names in lists of them, which are records of CSV. */
    static List<String> names(List<String> lists) {
        List<String> names = new ArrayList<>();
        for (String list : lists) {
            try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(list)) {
                for (CsvRecord each : reader) {
                    each.getFields().forEach(name -> names.add(name.strip()));
                }
            } catch (IOException | CsvParseException e) {
                throw new IllegalArgumentException("--features: expected names as in the header of a CSV file", e);
            }
        }
        return names;
    }

    private ParameterException usage(String message) {
        return new ParameterException(mixee.commandLine(), message);
    }

    /** The lower-case name of a choice, as it is typed. */
    static String typed(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
