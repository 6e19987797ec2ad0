package org.loopcert.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.loopcert.audit.RunWords;
import org.loopcert.certify.CertifyOptions.Backend;
import org.loopcert.input.Problem;
import org.loopcert.ring.RoundingFormat;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The iterates theta(t) of an instance. */
@Command(
        name = "trace",
        description = "Prints the iterates theta(t): exactly, as enclosures, or bit for bit as a rounded run has them.",
        footer = {
            "",
            "Example:",
            "  java -jar target/loopcert.jar generate --family rational --n 8 --d 3 --loops 20 --seed 1 -o instance.json",
            "  java -jar target/loopcert.jar trace instance.json --path exact --at 0,1,10 --format json",
            "  java -jar target/loopcert.jar trace instance.json --path bfloat16 --accumulate binary32 --at 20"
        })
final class Trace implements Callable<Integer> {
    /** All iterates are printed up to this T; beyond it the user says which. */
    private static final long ALL = 1000;

    private static final int DIGITS = 30;

    private final Session session;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "INPUT", description = "an instance: .json, .csv or .tsv")
    private Path input;

    @Mixin
    private InputArguments inputArguments;

    @Option(
            names = "--path",
            paramLabel = "PATH",
            converter = Paths.class,
            completionCandidates = PathNames.class,
            description = "one of ${COMPLETION-CANDIDATES}. exact: reduced fractions; enclosure: rigorous [lower,"
                    + " upper]; certified-binary64: the same by binary64 alone, with a bound of its own rounding errors;"
                    + " any other: the rounded run in that format, as C99 hexadecimal literals (default: exact)")
    private TracePath path = new TracePath(PathKind.EXACT, null);

    @Option(names = "--at", paramLabel = "t", split = ",", description = "loops to print (default: 0 to T, T <= 1000)")
    private List<Long> at;

    @Option(names = "--format", paramLabel = "FORMAT", description = "csv or json (default: csv)")
    private Format format;

    @Mixin
    private RoundedArguments rounded;

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            description = "arithmetic of the exact path: scaled integers, or the reference program over rational or"
                    + " apfloat (default: scaled)")
    private Backend backend;

    @Option(
            names = "--precision",
            paramLabel = "DIGITS",
            description = "decimal digits that enclosures are computed with (default: 30)")
    private Integer precision;

    @Option(
            names = "--error",
            description = "instead of the entries, enclosures of the error |alpha| |<theta(t), tt> - |tt|^2| with the"
                    + " least-squares solution tt, in decimals (with --path enclosure)")
    private boolean error;

    @ArgGroup(validate = false, heading = LimitArguments.HEADING)
    private LimitArguments.Reading limits = new LimitArguments.Reading();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "write to this file; an existing one is replaced only by a complete one")
    private Path output;

    @Mixin
    private ResultArguments result;

    /** Which iterates. */
    enum PathKind {
        EXACT("exact"),
        ENCLOSURE("enclosure"),
        CERTIFIED("certified-binary64"),
        ROUNDED("");

        private final String text;

        PathKind(String text) {
            this.text = text;
        }

        /** The kinds that are a path by themselves. */
        private static final List<PathKind> NAMED = List.of(EXACT, ENCLOSURE, CERTIFIED);
    }

    /**
     * What {@code --path} says.
     *
     * @param format the format of a rounded run, otherwise null
     */
    record TracePath(PathKind kind, RoundingFormat format) {
        @Override
        public String toString() {
            return kind == PathKind.ROUNDED ? format.name() : kind.text;
        }
    }

    /** The texts of paths. */
    static final class PathNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return names().iterator();
        }

        static List<String> names() {
            List<String> names = new ArrayList<>();
            PathKind.NAMED.forEach(kind -> names.add(kind.text));
            new RoundedArguments.Formats().forEach(names::add);
            return names;
        }
    }

    /** A path by name. */
    static final class Paths implements ITypeConverter<TracePath> {
        @Override
        public TracePath convert(String text) {
            for (PathKind kind : PathKind.NAMED) {
                if (kind.text.equals(text.toLowerCase(Locale.ROOT))) {
                    return new TracePath(kind, null);
                }
            }
            return RoundingFormat.named(text.toLowerCase(Locale.ROOT))
                    .map(format -> new TracePath(PathKind.ROUNDED, format))
                    .orElseThrow(() -> new TypeConversionException(
                            "expected one of " + String.join(", ", PathNames.names()) + ", found '" + text + "'"));
        }
    }

    /** How they are written. */
    enum Format {
        CSV,
        JSON
    }

    Trace(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        requireFitting();
        if (output != null) {
            OutputFile.require(session, output, inputArguments.files(input));
        }
        Problem problem = inputArguments.read(input, limits.input(), session, result.quiet());
        List<Long> times = times(problem);
        Iterates iterates = new Iterates(problem, limits, Instances.steps(problem, limits.bits()), times);
        boolean json = result.json() || format == Format.JSON;
        if (output != null) {
            OutputFile.replace(
                    session,
                    output,
                    writer -> write(iterates, json ? jsonTo(writer, problem) : csvTo(writer, problem)));
        } else {
            Writer out = session.results();
            try {
                write(iterates, json ? jsonTo(out, problem) : csvTo(out, problem));
                out.flush();
            } catch (IOException | UncheckedIOException e) {
                throw Failure.unusable("cannot write to standard output: " + e.getMessage(), e);
            }
        }
        return ExitCode.ACCEPTED;
    }

    private TraceWriter jsonTo(Writer writer, Problem problem) {
        return TraceWriter.json(writer, problem.loops(), error ? "error" : "theta");
    }

    private TraceWriter csvTo(Writer writer, Problem problem) {
        return TraceWriter.csv(writer, error ? List.of("error") : problem.featureNames());
    }

    private void write(Iterates iterates, TraceWriter writer) throws IOException, Failure {
        try (Progress progress = Progress.of(session, "tracing", iterates.last(), result.quiet())) {
            switch (path.kind()) {
                case EXACT -> iterates.exact(backend == null ? Backend.SCALED : backend, writer, progress);
                case ENCLOSURE -> {
                    int digits = precision == null ? DIGITS : precision;
                    if (error) {
                        iterates.errors(digits, writer, progress);
                    } else {
                        iterates.enclosures(digits, writer, progress);
                    }
                }
                case CERTIFIED -> iterates.certified(writer, progress);
                case ROUNDED ->
                    iterates.rounded(rounded.configuration(path.format()), writer)
                            .filter(failure -> !result.quiet())
                            .ifPresent(failure -> session.err()
                                    .println("loopcert: the " + path + " run is not finite from t = " + failure.loop()
                                            + ": " + RunWords.failure(failure)));
            }
        }
        writer.end();
    }

    private void requireFitting() {
        requireOnly(rounded.given() != null, PathKind.ROUNDED, rounded.given());
        requireOnly(backend != null, PathKind.EXACT, "--backend");
        requireOnly(precision != null, PathKind.ENCLOSURE, "--precision");
        requireOnly(error, PathKind.ENCLOSURE, "--error");
        if (path.kind() == PathKind.ROUNDED) {
            rounded.configuration(path.format());
        }
        if (precision != null && (precision < 1 || precision > 100_000)) {
            throw usage("--precision: expected 1 to 100000 digits, found " + precision);
        }
        if (result.json() && format == Format.CSV) {
            throw usage("expected --json or --format csv, found both");
        }
    }

    private void requireOnly(boolean given, PathKind kind, String option) {
        if (given && path.kind() != kind) {
            String expected = kind == PathKind.ROUNDED ? "one of " + RoundedArguments.Formats.listed() : kind.text;
            throw usage(option + ": expected --path " + expected + ", found --path " + path);
        }
    }

    private List<Long> times(Problem problem) {
        TreeSet<Long> times = new TreeSet<>();
        if (at == null) {
            if (problem.loops() > ALL) {
                throw usage("--at: expected the loops to print, since T = " + problem.loops() + " is more than " + ALL
                        + "; found none");
            }
            for (long t = 0; t <= problem.loops(); t++) {
                times.add(t);
            }
        } else {
            for (long t : at) {
                if (t < 0 || t > problem.loops()) {
                    throw usage("--at: expected loops from 0 to T = " + problem.loops() + ", found " + t);
                }
                times.add(t);
            }
        }
        return List.copyOf(times);
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
