package org.loopcert.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.loopcert.exact.Gram;
import org.loopcert.exact.GramStream;
import org.loopcert.exact.IntegerLinearAlgebra;
import org.loopcert.exact.IntegerVector;
import org.loopcert.exact.ModularCheck;
import org.loopcert.exact.PrimeModulus;
import org.loopcert.input.ExampleStream;
import org.loopcert.input.InputException;
import org.loopcert.input.InputOptions;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The exact Gram matrix of examples too many to be kept. */
@Command(
        name = "gram",
        description = "Adds up G = X'X and b = X'y exactly, reading the examples once and keeping a block of them at a"
                + " time; cross-checks the sums modulo two random primes.",
        footer = {"", "Example:", "  java -jar target/loopcert.jar gram src/test/resources/data/Norris.csv --json"})
final class GramCommand implements Callable<Integer> {
    /** An entry of G on its way: digits, sums in fixed point, integers. */
    private static final int BYTES_PER_ENTRY = 600;

    /** A block of examples, its digits and its text. */
    private static final long BYTES_PER_BLOCK = 1L << 26;

    private final Session session;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "INPUT", description = "examples: .csv, .tsv or .npy")
    private Path input;

    @Option(
            names = "--labels",
            paramLabel = "COL",
            description = "label column of a table (default: a column named y, else the last); or column of a matrix,"
                    + " last or counted from 0")
    private String labels;

    @Option(
            names = "--features",
            paramLabel = "COL",
            description = "feature columns of a table, in this order (default: all others), written as in the header of"
                    + " a CSV file: a name with a comma stands in double quotes")
    private List<String> features;

    @Option(names = "--labels-file", paramLabel = "FILE", description = "labels of a matrix in an .npy of their own")
    private Path labelsFile;

    @Option(names = "--seed", paramLabel = "SEED", description = "of the random primes of the cross-check (default: 1)")
    private long seed = 1;

    @ArgGroup(validate = false, heading = LimitArguments.HEADING)
    private LimitArguments.Streaming limits = new LimitArguments.Streaming();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "write the result as JSON to this file; an existing one is replaced only by a complete one")
    private Path output;

    @Mixin
    private ResultArguments result;

    GramCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InputException, Failure {
        if (output != null) {
            List<Path> read = new ArrayList<>();
            read.add(input);
            read.add(labelsFile);
            OutputFile.require(session, output, read);
        }
        ModularCheck check = ModularCheck.of(seed);
        Gram gram;
        List<String> names;
        List<ExampleStream.Source> sources;
        try (ExampleStream examples = ExampleStream.open(input, options(), limits.input())) {
            names = examples.featureNames();
            requireMemory(names.size());
            gram = add(examples, new GramStream(names.size(), check));
            sources = examples.sources();
        }
        int rank = IntegerLinearAlgebra.rank(gram.gi());
        ObjectNode json = json(gram, rank, names, sources, check);
        if (output != null) {
            OutputFile.replace(
                    session,
                    output,
                    writer -> writer.write(
                            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n"));
        }
        if (result.json()) {
            ResultArguments.print(session, json);
        } else if (!result.quiet()) {
            summary(gram, rank, sources, check);
        }
        return ExitCode.ACCEPTED;
    }

    private InputOptions options() {
        try {
            InputOptions none = InputOptions.NONE;
            return new InputOptions(
                    Optional.ofNullable(labels),
                    Optional.ofNullable(features).map(InputArguments::names),
                    false,
                    Optional.ofNullable(labelsFile),
                    none.theta(),
                    none.start(),
                    none.loops(),
                    none.query(),
                    none.step(),
                    none.loss(),
                    none.array(),
                    none.index());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private void requireMemory(int d) throws Failure {
        long needed = BYTES_PER_BLOCK + (d + 1L) * (d + 1L) * BYTES_PER_ENTRY;
        if (needed > limits.memory()) {
            throw Failure.undecided(
                    "limit max-memory " + limits.memory() + ", needed " + needed + " bytes, estimated for d^2 entries");
        }
    }

    private Gram add(ExampleStream examples, GramStream sum) throws InputException, Failure {
        try (Progress progress = Progress.of(session, "reading", examples.bytes(), result.quiet())) {
            for (ExampleStream.Block block = examples.next(); block != null; block = examples.next()) {
                if (block instanceof ExampleStream.Doubles doubles) {
                    sum.add(doubles.entries(), doubles.rows());
                } else if (block instanceof ExampleStream.Decimals decimals) {
                    sum.add(decimals.entries(), decimals.rows(), decimals.places());
                } else if (block instanceof ExampleStream.Integers integers) {
                    sum.add(integers.rows(), integers.exponent(), integers.places());
                }
                if (sum.examples() > limits.rows()) {
                    throw Failure.undecided("limit max-rows " + limits.rows() + ", needed " + sum.examples());
                }
                progress.stepTo(examples.position());
            }
        }
        return sum.sum();
    }

    private static ObjectNode json(
            Gram gram, int rank, List<String> names, List<ExampleStream.Source> sources, ModularCheck check) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("examples", gram.examples());
        json.put("features", gram.features());
        json.put("rank", rank);
        json.put("bits", bits(gram));
        for (ExampleStream.Source source : sources) {
            json.withArrayProperty("sources")
                    .addObject()
                    .put("file", source.file())
                    .put("sha256", source.sha256());
        }
        names.forEach(json.withArrayProperty("featureNames")::add);
        ObjectNode matrix = json.putObject("gram");
        matrix.put("denominator", gram.gDen().toString());
        ArrayNode rows = matrix.putArray("numerators");
        for (int i = 0; i < gram.features(); i++) {
            write(gram.gi().row(i), rows.addArray());
        }
        ObjectNode moment = json.putObject("moment");
        moment.put("denominator", gram.bDen().toString());
        write(gram.bi(), moment.putArray("numerators"));
        json.put("labelsNormSquared", gram.labelsNormSquared().toString());
        ObjectNode modular = json.putObject("modularCheck");
        modular.put("seed", check.seed());
        for (PrimeModulus modulus : check.moduli()) {
            modular.withArrayProperty("primes").add(Long.toString(modulus.prime()));
        }
        return json;
    }

    private static void write(IntegerVector vector, ArrayNode array) {
        for (int i = 0; i < vector.size(); i++) {
            array.add(vector.get(i).toString());
        }
    }

    /** The longest integer of the result. */
    private static int bits(Gram gram) {
        int matrix = Math.max(gram.gi().bitLength(), gram.gDen().bitLength());
        return Math.max(matrix, Math.max(gram.bi().bitLength(), gram.bDen().bitLength()));
    }

    private void summary(Gram gram, int rank, List<ExampleStream.Source> sources, ModularCheck check) {
        session.out().println("examples     " + gram.examples());
        session.out().println("features     " + gram.features());
        session.out().println("rank         " + rank);
        session.out().println("longest      " + bits(gram) + " bits");
        for (ExampleStream.Source source : sources) {
            session.out().println("SHA-256      " + source.sha256() + "  " + source.file());
        }
        session.out()
                .println("cross-check  passed modulo " + check.moduli().get(0).prime() + " and "
                        + check.moduli().get(1).prime() + ", seed " + check.seed());
        if (output != null) {
            session.out().println("G and b      in " + output);
        } else {
            session.out().println("G and b      with --json, or -o FILE");
        }
    }
}
