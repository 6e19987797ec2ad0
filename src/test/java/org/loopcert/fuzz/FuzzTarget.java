package org.loopcert.fuzz;

import ch.obermuhlner.math.big.BigRational;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.loopcert.certify.CertificateTree;
import org.loopcert.cli.Cli;
import org.loopcert.input.ArrayBytes;
import org.loopcert.input.ExactDecimal;
import org.loopcert.input.InputException;
import org.loopcert.input.InputLimits;
import org.loopcert.input.InputOptions;
import org.loopcert.input.InputReader;
import org.loopcert.input.InstanceJson;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.input.VectorReader;
import org.loopcert.kernel.Json;
import org.loopcert.kernel.Kernel;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Verdict;
import org.loopcert.matrix.Vector;

/**
 * The readers of untrusted bytes, each with what must hold whatever the bytes are: it answers or refuses in the declared
 * way, answers the same when asked again, and takes little memory. A breach leaves {@link #run} as an error or exception.
 */
enum FuzzTarget {
    /** The kernel on a file as it is. */
    CERTIFICATE(FuzzTarget::certificate),
    /** The kernel on a file brought into canonical form with the cost it has, so that changes reach the rules. */
    SEALED_CERTIFICATE(FuzzTarget::sealedCertificate),
    /** The command {@code explain}, in words with all digits and as data. */
    EXPLAIN(FuzzTarget::explain),
    /** The list of verdicts that {@code check --expect} reads. */
    MANIFEST(FuzzTarget::manifest),
    INSTANCE_JSON(bytes -> instance("json", bytes)),
    CSV(bytes -> instance("csv", bytes)),
    TSV(bytes -> instance("tsv", bytes)),
    NPY(bytes -> instance("npy", bytes)),
    NPZ(bytes -> instance("npz", bytes)),
    /** Arrays inside an archive that is itself whole; without this, most changes end at a checksum. */
    NPZ_MEMBERS(FuzzTarget::members),
    SAFETENSORS(bytes -> instance("safetensors", bytes)),
    MATRIX_MARKET(bytes -> instance("mtx", bytes)),
    /** Vectors in files of their own, as for {@code --theta}. */
    VECTOR(FuzzTarget::vector),
    /** Numbers of options such as {@code --query}. */
    NUMBER(FuzzTarget::number),
    /** Step sizes of {@code --step}. */
    STEP(FuzzTarget::step);

    /** Inputs that a fuzzer tries are not longer. */
    static final int LONGEST = 8192;

    private static final InputLimits LIMITS = InputLimits.DEFAULT
            .withMaxBytes(1 << 16)
            .withMaxValueBytes(1 << 18)
            .withNumberCaps(1000, 1000)
            .withShape(1000, 100);

    /** Canonical text spells numbers out, and so is longer than what was read. */
    private static final InputLimits WIDE =
            InputLimits.DEFAULT.withNumberCaps(1_000_000, 1_000_000).withMaxValueBytes(1L << 40);

    private static final Limits KERNEL = new Limits(1 << 16, 16, 20_000, 2000, 32, 200_000, 200_000, 40_000_000);

    /** Many times what such files and numbers take, far below what their headers can claim. */
    private static final long MOST_ALLOCATED = 256L << 20;

    private static final Set<Integer> ANSWERS = Set.of(0, 1, 2, 3);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER = Scratch.folder();
    private static final Path THETA = write("theta.json", "[1, \"-2/3\"]".getBytes(StandardCharsets.US_ASCII));

    private final Consumer<byte[]> body;

    FuzzTarget(Consumer<byte[]> body) {
        this.body = body;
    }

    /** The name in folders and on command lines. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static FuzzTarget of(String word) {
        return Arrays.stream(values())
                .filter(target -> target.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no fuzz target '" + word + "'"));
    }

    /** Reads the bytes; returns if and only if all that must hold holds. */
    void run(byte[] bytes) {
        if (allocated(bytes) > MOST_ALLOCATED) { // unless most of it was for loading classes
            long again = allocated(bytes);
            require(again <= MOST_ALLOCATED, again + " bytes of memory taken for " + bytes.length);
        }
    }

    private long allocated(byte[] bytes) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        body.accept(bytes);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static Path write(String name, byte[] bytes) {
        return Scratch.write(FOLDER, name, bytes);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    private static void certificate(byte[] bytes) {
        Verdict verdict = Kernel.check(bytes, KERNEL);
        if (verdict instanceof Verdict.Malformed malformed) {
            require(malformed.offset() >= 0 && malformed.offset() <= bytes.length, "a place in the file: " + malformed);
        } else if (verdict instanceof Verdict.Accepted accepted) {
            Verdict again = Kernel.check(bytes, Json.print(accepted.instance().text()), KERNEL);
            require(again instanceof Verdict.Accepted, "accepted for its own instance: " + again);
        } else {
            require(verdict != null, "a verdict");
        }
    }

    private static void sealedCertificate(byte[] bytes) {
        JsonNode tree;
        try {
            tree = JSON.readTree(bytes);
        } catch (IOException e) {
            return; // nothing to seal
        }
        boolean complete = tree instanceof ObjectNode
                && tree.path("cost").isObject()
                && tree.path("instance").path("y").isArray()
                && tree.path("instance").path("start").isArray()
                && writable(tree);
        if (complete) {
            certificate(CertificateTree.write((ObjectNode) tree));
        }
    }

    /** Whether the kernel's printer has a spelling for everything in the tree. */
    private static boolean writable(JsonNode node) {
        if (node.isTextual()) {
            return node.asText().chars().allMatch(c -> c >= ' ' && c < 127 && c != '"' && c != '\\');
        }
        if (node.isValueNode()) {
            return node.isIntegralNumber() && node.canConvertToLong() && node.asLong() >= 0;
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!field.getKey().matches("[a-zA-Z]+")) {
                return false;
            }
        }
        for (JsonNode child : node) {
            if (!writable(child)) {
                return false;
            }
        }
        return true;
    }

    private static void answers(Object... arguments) {
        Cli run = Cli.run(arguments);
        String command = Arrays.toString(arguments);
        require(ANSWERS.contains(run.code()), command + " ends in " + run.code() + ": " + run.err());
        require(!run.err().contains("\tat "), command + " prints a stack trace: " + run.err());
    }

    private static void explain(byte[] bytes) {
        Path file = write("certificate.json", bytes);
        answers("explain", file, "--exact", "--max-bits", 200_000, "--max-memory", "64M");
        answers("explain", file, "--json", "--max-bits", 200_000, "--max-memory", "64M");
    }

    private static void manifest(byte[] bytes) {
        Path empty = write("empty.json", new byte[0]);
        answers("check", empty, "--expect", write("manifest.json", bytes));
    }

    /** A problem, or the refusal. */
    private record Outcome(Optional<Problem> problem, String refusal) {}

    private static Outcome outcome(Path file, InputOptions options) {
        try {
            return new Outcome(Optional.of(InputReader.read(file, options, LIMITS)), "");
        } catch (InputException e) {
            return new Outcome(Optional.empty(), requireReadable(e));
        }
    }

    private static String requireReadable(InputException e) {
        String message = e.getMessage();
        require(message.startsWith(FOLDER.toString()), "the file is named: " + message);
        require(message.chars().noneMatch(Character::isISOControl), "one line without control characters: " + message);
        require(!e.expected().isEmpty() && !e.found().isEmpty(), "expected and found: " + message);
        require(message.length() < 4000, "a short message: " + message);
        return e.kind() + " " + message;
    }

    private static List<InputOptions> options(String extension) {
        InputOptions known = InputOptions.NONE.withTheta(THETA);
        return switch (extension) {
            case "csv", "tsv" ->
                List.of(InputOptions.NONE, InputOptions.NONE.withLabels("b").withConstant());
            case "json" -> List.of(InputOptions.NONE);
            case "mtx" -> List.of(known);
            default ->
                List.of(
                        InputOptions.NONE,
                        InputOptions.NONE.withIndex(1),
                        known,
                        InputOptions.NONE.withLabels("ys").withArray("xs").withIndex(0));
        };
    }

    private static void instance(String extension, byte[] bytes) {
        Path file = write("input." + extension, bytes);
        for (InputOptions options : options(extension)) {
            Outcome outcome = outcome(file, options);
            require(outcome.equals(outcome(file, options)), "the same when read again: " + outcome);
            outcome.problem().ifPresent(FuzzTarget::requireReadBack);
        }
    }

    /** An instance written as JSON is the same instance. */
    private static void requireReadBack(Problem problem) {
        Path file = write("back.json", InstanceJson.write(problem).getBytes(StandardCharsets.UTF_8));
        try {
            Problem back = InputReader.read(file, InputOptions.NONE, WIDE);
            boolean same = back.x().equals(problem.x())
                    && back.y().equals(problem.y())
                    && back.theta().equals(problem.theta())
                    && back.alpha().equals(problem.alpha())
                    && back.start().equals(problem.start())
                    && back.loops() == problem.loops()
                    && back.step().equals(problem.step());
            require(same, "read back as " + back + " instead of " + problem);
        } catch (InputException e) {
            throw new AssertionError("written as JSON and refused", e);
        }
    }

    private static void members(byte[] bytes) {
        // two members of the same damage, or the damage beside labels that are whole
        byte[] whole = ArrayBytes.npy("(2, 3)", 1, 2, 3, 4, 5, 6);
        boolean odd = bytes.length % 2 == 1;
        Map<String, byte[]> members = new TreeMap<>();
        members.put("xs.npy", bytes);
        members.put("ys.npy", odd ? bytes : whole);
        instance("npz", ArrayBytes.zip(odd, members));
        instance("npz", ArrayBytes.zip(!odd, Map.of("X.npy", bytes)));
    }

    private static void vector(byte[] bytes) {
        for (String extension : List.of("txt", "npy", "mtx")) {
            Path file = write("vector." + extension, bytes);
            try {
                Vector<BigRational> entries = VectorReader.read(file, LIMITS);
                require(entries.equals(VectorReader.read(file, LIMITS)), "the same when read again");
            } catch (InputException e) {
                requireReadable(e);
            }
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void number(byte[] bytes) {
        String text = text(bytes);
        try {
            BigRational value = ExactDecimal.parse(text, LIMITS);
            require(ExactDecimal.parse(ExactDecimal.format(value), WIDE).equals(value), "read back " + value);
            if (text.indexOf('/') < 0) {
                BigDecimal decimal = new BigDecimal(text);
                require(BigRational.valueOf(decimal).compareTo(value) == 0, text + " read as " + value);
            }
            Optional<String> decimal = ExactDecimal.formatDecimal(value);
            decimal.ifPresent(shown -> require(ExactDecimal.parse(shown, WIDE).equals(value), "shown as " + shown));
        } catch (ExactDecimal.RefusedException e) {
            requireRefusal(e);
        }
    }

    private static void step(byte[] bytes) {
        try {
            StepSpec step = StepSpec.parse(text(bytes), LIMITS);
            require(StepSpec.parse(step.toString(), WIDE).equals(step), "read back " + step);
            Objects.requireNonNull(step.dividedBy(3));
        } catch (ExactDecimal.RefusedException e) {
            requireRefusal(e);
        }
    }

    private static void requireRefusal(ExactDecimal.RefusedException e) {
        require(!e.expected().isEmpty() && !e.found().isEmpty(), "expected and found: " + e.getMessage());
        require(e.getMessage().chars().noneMatch(Character::isISOControl), "one line: " + e.getMessage());
        require(e.getMessage().length() < 1000, "a short message: " + e.getMessage());
    }
}
