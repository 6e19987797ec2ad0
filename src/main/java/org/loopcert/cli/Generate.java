package org.loopcert.cli;

import ch.obermuhlner.math.big.BigRational;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.loopcert.generate.Family;
import org.loopcert.generate.Generator;
import org.loopcert.generate.GeneratorOptions;
import org.loopcert.input.InstanceJson;
import org.loopcert.input.Problem;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes instances. */
@Command(
        name = "generate",
        description = "Makes an instance and prints it as JSON; the same options and seed give the same instance.",
        footer = {
            "",
            "Example:",
            "  java -jar target/loopcert.jar generate --family spectrum --n 16 --d 4 --kappa 1000000 --seed 7"
        })
final class Generate implements Callable<Integer> {
    /** Fractions, their factors while they are made, and their text. */
    private static final int BYTES_PER_ENTRY = 256;

    private final Session session;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--family",
            required = true,
            paramLabel = "NAME",
            description = "gaussian, rational, spectrum (with --kappa) or orthogonal")
    private Family family;

    @Option(names = "--n", required = true, paramLabel = "N", description = "in-context examples")
    private int examples;

    @Option(names = "--d", required = true, paramLabel = "D", description = "features")
    private int features;

    @Option(names = "--seed", paramLabel = "SEED", description = "of the random numbers (default: 1)")
    private long seed = 1;

    @Option(
            names = "--kappa",
            paramLabel = "KAPPA",
            converter = InputArguments.Exact.class,
            description = "condition number of X'X on the row space, for the family spectrum")
    private BigRational kappa;

    @Option(
            names = "--noise",
            paramLabel = "NORM",
            converter = InputArguments.Exact.class,
            description = "|y - X theta*| (default: 0)")
    private BigRational noise = BigRational.ZERO;

    @Option(names = "--rank", paramLabel = "R", description = "rank of X (default: as large as possible)")
    private Integer rank;

    @Option(names = "--duplicates", paramLabel = "K", description = "rows that repeat earlier rows (default: 0)")
    private int duplicates;

    @Option(
            names = {"--alpha", "--query"},
            paramLabel = "ALPHA",
            converter = InputArguments.Exact.class,
            description = "alpha (default: 1)")
    private BigRational alpha = BigRational.ONE;

    @Option(names = "--loops", paramLabel = "T", description = "number of loops (default: 200)")
    private long loops = Problem.DEFAULT_LOOPS;

    @Option(names = "--bits", paramLabel = "BITS", description = "binary places of Gaussian entries (default: 16)")
    private int bits = GeneratorOptions.DEFAULT_FRACTION_BITS;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "write to this file; an existing one is replaced only by a complete one")
    private Path output;

    @ArgGroup(validate = false, heading = LimitArguments.HEADING)
    private LimitArguments limits = new LimitArguments();

    Generate(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Failure {
        if (output != null) {
            OutputFile.require(session, output);
        }
        GeneratorOptions options = options();
        long needed = (long) examples * features * BYTES_PER_ENTRY;
        if (needed > limits.memory()) {
            throw Failure.undecided(
                    "limit max-memory " + limits.memory() + ", needed " + needed + " bytes, estimated for n d entries");
        }
        String text = InstanceJson.write(Generator.generate(options));
        if (output == null) {
            session.out().print(text);
        } else {
            OutputFile.replace(session, output, writer -> writer.write(text));
        }
        return ExitCode.ACCEPTED;
    }

    private GeneratorOptions options() {
        try {
            return new GeneratorOptions(
                    family,
                    examples,
                    features,
                    seed,
                    Optional.ofNullable(kappa),
                    noise,
                    Optional.ofNullable(rank),
                    duplicates,
                    alpha,
                    loops,
                    bits);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }
}
