package org.loopcert.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.loopcert.cli.Cli;

/**
 * Files changed at random bytes and given to the command line: it ends in 0, 1, 2 or 3, whatever they hold. The number of
 * files and the seed are {@code -Ddamaged.count} and {@code -Ddamaged.seed}.
 */
class DamagedFilesTest {
    private static final Set<Integer> ANSWERS = Set.of(0, 1, 2, 3);
    private static final int LONGEST = 100_000;
    private static final int PROGRESS = 5_000;

    /** Files up to this length get a certificate, for commands that compare the two. */
    private static final int SMALL = 500;

    private static final byte[] NO_CERTIFICATE = "{}".getBytes(StandardCharsets.US_ASCII);

    /** Small, so that a hostile number costs milliseconds. */
    private static final List<String> LIMITS = List.of("--max-bits", "30000", "--max-memory", "48M");

    private static final Path STORED = Path.of("src/test/resources/org/loopcert/damaged");
    private static final Path FOLDER = Scratch.folder();

    /**
     * A file to damage.
     *
     * @param options what makes the command line read it, where something does
     * @param certificate a certificate of it, where it has one
     */
    private record Whole(String name, byte[] bytes, List<String> options, byte[] certificate) {
        String extension() {
            return name.substring(name.lastIndexOf('.') + 1);
        }
    }

    private static Whole whole(Path path) throws IOException {
        String name = path.getFileName().toString();
        byte[] bytes = Files.readAllBytes(path);
        Path file = Scratch.write(FOLDER, name, bytes);
        List<List<String>> candidates = new ArrayList<>(List.of(List.of()));
        if (!name.matches(".*\\.(csv|json|tsv)")) {
            candidates.add(List.of("--index", "0"));
            for (int d = 1; d <= 12; d++) {
                String ones = IntStream.range(0, d).mapToObj(j -> "1").collect(Collectors.joining(",", "[", "]"));
                Path theta = Scratch.write(FOLDER, "ones-" + d + ".json", ones.getBytes(StandardCharsets.US_ASCII));
                candidates.add(List.of("--theta", theta.toString()));
            }
        }
        for (List<String> options : candidates) {
            List<String> read = new ArrayList<>(List.of("trace", file.toString(), "--loops", "0", "-q"));
            read.addAll(options);
            if (Cli.run(read.toArray()).code() == 0) {
                return new Whole(name, bytes, options, certificate(file, options));
            }
        }
        return new Whole(name, bytes, List.of(), NO_CERTIFICATE);
    }

    private static byte[] certificate(Path file, List<String> options) throws IOException {
        Path output = FOLDER.resolve("whole.cert.json");
        Files.deleteIfExists(output);
        List<String> command =
                new ArrayList<>(List.of("certify", file.toString(), "--loops", "3", "--backend", "scaled", "-q"));
        command.addAll(options);
        command.addAll(List.of("-o", output.toString()));
        if (Files.size(file) <= SMALL) {
            Cli.run(command.toArray());
        }
        return Files.exists(output) ? Files.readAllBytes(output) : NO_CERTIFICATE;
    }

    /** Every file of a format that the command line reads, by extension. */
    private static Map<String, List<Whole>> files(Path... roots) throws IOException {
        Map<String, List<Whole>> files = new TreeMap<>();
        for (Path root : roots) {
            try (Stream<Path> tree = Files.walk(root)) {
                List<Path> found = tree.filter(Files::isRegularFile)
                        .filter(file -> file.toString().matches(".*\\.(json|csv|tsv|npy|npz|safetensors|mtx)"))
                        .filter(file -> file.toFile().length() <= LONGEST)
                        .sorted()
                        .toList();
                for (Path path : found) {
                    Whole whole = whole(path);
                    files.computeIfAbsent(whole.extension(), key -> new ArrayList<>())
                            .add(whole);
                }
            }
        }
        return files;
    }

    /** A file of a random format; small ones more often, since they cost less and every byte of them matters more. */
    private static Whole pick(Map<String, List<Whole>> files, Random random) {
        List<List<Whole>> formats = List.copyOf(files.values());
        List<Whole> format = formats.get(random.nextInt(formats.size()));
        Whole first = format.get(random.nextInt(format.size()));
        Whole second = format.get(random.nextInt(format.size()));
        boolean smaller = random.nextInt(4) > 0;
        return (first.bytes().length < second.bytes().length) == smaller ? first : second;
    }

    private static byte[] damaged(Whole whole, byte[] other, Random random) {
        if (whole.extension().equals("npz") && random.nextInt(3) > 0) {
            return ByteMutations.changedMember(whole.bytes(), other, random)
                    .orElseGet(() -> ByteMutations.changed(whole.bytes(), other, random));
        }
        return ByteMutations.changed(whole.bytes(), other, random);
    }

    private static List<String> command(Path file, Whole whole, Random random) {
        List<String> command = new ArrayList<>();
        boolean certificate = whole.name().endsWith(".json") && random.nextInt(8) == 0;
        switch (certificate ? 0 : 1 + random.nextInt(10)) {
            case 0 -> {
                command.addAll(List.of(random.nextBoolean() ? "check" : "explain", file.toString()));
                command.addAll(LIMITS);
                return command;
            }
            case 1 -> command.addAll(List.of("trace", file.toString(), "-q"));
            case 2 -> command.addAll(List.of("trace", file.toString(), "--path", "enclosure", "--precision", "8"));
            case 3 -> command.addAll(List.of("trace", file.toString(), "--path", "binary64", "--json"));
            case 4, 5 -> {
                Path known = Scratch.write(FOLDER, "known.json", whole.certificate());
                command.addAll(List.of(
                        random.nextInt(3) == 0 ? "explain" : "check", known.toString(), "--input", file.toString()));
            }
            case 6 -> command.addAll(List.of("certify", file.toString(), "--json"));
            default -> command.addAll(List.of("certify", file.toString(), "-q"));
        }
        command.addAll(List.of("--loops", "3"));
        command.addAll(whole.options());
        if (command.get(0).equals("certify") && (whole.bytes().length > SMALL || random.nextInt(8) > 0)) {
            command.addAll(List.of("--backend", "scaled")); // the others take most of the time on larger files
        }
        if (random.nextInt(8) == 0) {
            command.addAll(random.nextBoolean() ? List.of("--const") : List.of("--step", "lambda-max"));
        }
        command.addAll(LIMITS);
        return command;
    }

    private static void damage(String what, Map<String, List<Whole>> files, int count) {
        String given = System.getProperty("damaged.seed", "");
        long seed = given.isEmpty() ? new Random().nextInt(Integer.MAX_VALUE) : Long.parseLong(given);
        Map<String, Integer> answers = new TreeMap<>();
        Map<String, Integer> codes = new TreeMap<>();
        List<Whole> all = files.values().stream().flatMap(List::stream).toList();
        SplittableRandom seeds = new SplittableRandom(seed);
        try (Watchdog watchdog = new Watchdog()) {
            for (int k = 0; k < count; k++) {
                Random random = new Random(seeds.nextLong());
                Whole whole = pick(files, random);
                byte[] bytes =
                        damaged(whole, all.get(random.nextInt(all.size())).bytes(), random);
                Path file = Scratch.write(FOLDER, "damaged." + whole.extension(), bytes);
                List<String> command = command(file, whole, random);
                String kept = "damaged-" + seed + "-" + k + "." + whole.extension();
                int code = watchdog.watch(kept, bytes, () -> answer(command, whole));
                codes.merge(Integer.toString(code), 1, Integer::sum);
                answers.merge(command.get(0) + " " + whole.extension() + " " + code, 1, Integer::sum);
                if ((k + 1) % PROGRESS == 0) {
                    log(k + 1 + " " + what + ", damaged.seed=" + seed + ": " + codes);
                }
            }
        }
        String report = what + ", damaged.seed=" + seed + ": exit codes " + codes + " in " + answers;
        log(report);
        assertThat(codes.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(count);
        assertThat(codes).as(report).containsKeys("0", "2");
    }

    private static void log(String text) {
        System.getLogger(DamagedFilesTest.class.getName()).log(System.Logger.Level.INFO, text);
    }

    private static int answer(List<String> command, Whole whole) {
        Cli run = Cli.run(command.toArray());
        String described = "damaged " + whole.name() + ", " + command + ", code " + run.code() + "\n" + run.err();
        assertThat(run.code()).as(described).isIn(ANSWERS);
        assertThat(run.err()).as(described).doesNotContain("\tat ").doesNotContain("Exception");
        return run.code();
    }

    private static int count(int normally) {
        return Integer.getInteger("damaged.count", normally);
    }

    /** Files that once broke the command line or kept it busy without end. */
    @Test
    void filesThatOnceFailedEndInAnAnswer() throws IOException {
        List<Path> files;
        try (Stream<Path> stored = Files.list(STORED)) {
            files = stored.sorted().toList();
        }
        assertThat(files).isNotEmpty();
        try (Watchdog watchdog = new Watchdog()) {
            for (Path path : files) {
                Whole whole = new Whole(path.toString(), Files.readAllBytes(path), List.of(), NO_CERTIFICATE);
                for (List<String> how : List.of(
                        List.of("certify", "-q"),
                        List.of("certify", "--json", "--step", "lambda-max"),
                        List.of("trace", "--path", "enclosure"),
                        List.of("trace"))) {
                    List<String> command = new ArrayList<>(how);
                    command.addAll(List.of(path.toString(), "--loops", "3"));
                    command.addAll(LIMITS);
                    watchdog.watch(path.getFileName().toString(), whole.bytes(), () -> answer(command, whole));
                }
            }
        }
    }

    @Test
    void damagedPublicFilesEndInAnAnswer() throws IOException {
        String data = System.getProperty("loopcert.data", "");
        Path root = Path.of(data).resolve("public");
        Assumptions.assumeTrue(
                !data.isEmpty() && Files.isDirectory(root), "needs the folder named by -Dloopcert.data, with public/");
        Map<String, List<Whole>> files = files(root);
        assertThat(files.keySet()).contains("json", "csv", "npy", "npz", "safetensors", "mtx");
        damage("public files", files, count(1500));
    }

    @Test
    void damagedFilesOfTheRepositoryEndInAnAnswer() throws IOException {
        Map<String, byte[]> made = new LinkedHashMap<>();
        for (FuzzTarget target : List.of(
                FuzzTarget.INSTANCE_JSON,
                FuzzTarget.CSV,
                FuzzTarget.TSV,
                FuzzTarget.NPY,
                FuzzTarget.NPZ,
                FuzzTarget.SAFETENSORS,
                FuzzTarget.MATRIX_MARKET)) {
            String extension = target == FuzzTarget.INSTANCE_JSON
                    ? "json"
                    : target == FuzzTarget.MATRIX_MARKET ? "mtx" : target.word();
            FuzzSeeds.of(target)
                    .forEach((name, bytes) -> made.put(target.word() + "-" + name + "." + extension, bytes));
        }
        Path seeds = Scratch.folder();
        made.forEach((name, bytes) -> Scratch.write(seeds, name, bytes));
        Map<String, List<Whole>> files = files(seeds, Path.of("certificates/accept/twins"));
        assertThat(files).hasSize(7);
        damage("files of the repository", files, Math.min(count(500), 20_000));
    }
}
