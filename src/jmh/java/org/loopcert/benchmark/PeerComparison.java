package org.loopcert.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.loopcert.benchmark.BenchmarkTask.Size;
import org.loopcert.benchmark.Contender.Work;

/**
 * Runs our contenders and the peers that the machine has by turns, and prints medians, ratios and spread as Markdown.
 *
 * <p>In every round each contender has its turn: peers in a new process, ours in a virtual machine that stays warm. A peer's
 * number for a round is the median of its repetitions in that process, ours that of as many runs. A ratio is the median over
 * the rounds of the quotient by the fastest baseline of the same round, so that what else the machine does at a time cancels.
 * All seconds are processor time of the whole process, which for ours counts compiler and collector too.
 */
public final class PeerComparison {
    /** Seconds of one run from which on a round has a single one. */
    private static final double LONG = 2;

    private final Options options;
    private final Path folder;
    private final PrintStream out;
    private final Map<String, String> missing;

    private PeerComparison(Options options, PrintStream out) throws IOException {
        this.options = options;
        this.out = out;
        folder = options.folder().resolve("peers");
        missing = Peer.install(folder);
    }

    /**
     * What to run.
     *
     * @param works R, C, K, G
     * @param peers the peers' short names
     * @param machines virtual machines: a home or an empty text for the present one, and flags behind it, comma-separated
     * @param libraries names and folders of other builds of libgmp.so.10 for the peers in C, beside the installed one
     * @param repetitions runs of a contender in a round
     * @param warmUp seconds for which each of our contenders runs before it is measured
     * @param timeLimit seconds after which a contender is given up
     */
    private record Options(
            List<Work> works,
            List<Size> sizes,
            List<String> peers,
            List<String> contenders,
            List<String> machines,
            Map<String, String> libraries,
            int rounds,
            int repetitions,
            int threads,
            double warmUp,
            long timeLimit,
            Path folder) {
        private static final String USAGE = """
                options, each followed by its value, lists separated by commas (flags of --java by commas, machines by ;):
                  --works R,C,K,G       replay, certificate, kernel, Gram matrix (all)
                  --sizes 16x4x200,...  n x d x T, r20 behind it for X rounded to multiples of 2^-20 (the six of the page)
                  --peers %s (all), or none
                  --contenders NAME;... rows of ours, by name (all), or none
                  --java HOME,FLAG,...;HOME,FLAG,...   virtual machines for our rows (the one that runs this)
                  --gmp NAME=FOLDER,... other builds of libgmp.so.10 to run the peers in C with, beside the installed one
                  --rounds 7  --repetitions 3  --threads 1  --warm-up 5 (seconds)  --limit 120 (seconds)
                  --folder target/benchmark
                """;

        static Options parse(String[] args) {
            Map<String, String> given = new HashMap<>(Map.ofEntries(
                    Map.entry("--works", "R,C,K,G"),
                    Map.entry("--sizes", Size.ALL.stream().map(Size::toString).collect(Collectors.joining(","))),
                    Map.entry("--peers", Peer.ALL.stream().map(Peer::option).collect(Collectors.joining(","))),
                    Map.entry(
                            "--contenders",
                            Contenders.ALL.stream().map(Contender::name).collect(Collectors.joining(";"))),
                    Map.entry("--java", System.getProperty("java.home")),
                    Map.entry("--gmp", ""),
                    Map.entry("--rounds", "7"),
                    Map.entry("--repetitions", "3"),
                    Map.entry("--threads", "1"),
                    Map.entry("--warm-up", "5"),
                    Map.entry("--limit", "120"),
                    Map.entry("--folder", "target/benchmark")));
            for (int i = 0; i < args.length; i += 2) {
                if (!given.containsKey(args[i]) || i + 1 == args.length) {
                    throw new IllegalArgumentException("unknown option " + args[i] + "\n" + usage());
                }
                given.put(args[i], args[i + 1]);
            }
            List<String> letters = list(given.get("--works"), ",");
            return new Options(
                    Arrays.stream(Work.values())
                            .filter(work -> letters.contains(work.letter))
                            .toList(),
                    list(given.get("--sizes"), ",").stream().map(Size::parse).toList(),
                    list(given.get("--peers"), ","),
                    list(given.get("--contenders"), ";"),
                    list(given.get("--java"), ";"),
                    list(given.get("--gmp"), ",").stream()
                            .collect(Collectors.toMap(each -> each.split("=")[0], each -> each.split("=")[1])),
                    Integer.parseInt(given.get("--rounds")),
                    Integer.parseInt(given.get("--repetitions")),
                    Integer.parseInt(given.get("--threads")),
                    Double.parseDouble(given.get("--warm-up")),
                    Long.parseLong(given.get("--limit")),
                    Path.of(given.get("--folder")).toAbsolutePath());
        }

        static String usage() {
            return String.format(USAGE, Peer.ALL.stream().map(Peer::option).collect(Collectors.joining(",")));
        }

        private static List<String> list(String text, String separator) {
            return Arrays.stream(text.split(separator))
                    .filter(each -> !each.isBlank())
                    .toList();
        }
    }

    /** One row of a table: what it is called, and what it measured, round by round. */
    private static final class Row {
        final String name;
        final boolean baseline;
        final List<Double> seconds = new ArrayList<>();
        final List<Double> wall = new ArrayList<>();
        String reason = "";

        /** One is enough where it takes longer than {@link #LONG}. */
        boolean once;

        Row(String name, boolean baseline) {
            this.name = name;
            this.baseline = baseline;
        }
    }

    /** What runs in a round for one row. */
    private interface Turn {
        /**
         * Adds one number to the row.
         *
         * @return the checksum
         */
        long run(Row row) throws IOException, Peer.NotMeasured;
    }

    /** A virtual machine with {@link ContenderServer} in it; started again after a contender had to be given up. */
    private final class Machine implements AutoCloseable {
        private final List<String> command = new ArrayList<>();
        private final String label;
        private Process process;
        private BufferedReader answers;

        Machine(String text, Size size) throws IOException, Peer.NotMeasured {
            String[] parts = text.split(",");
            Path java = Path.of(parts[0], "bin", "java");
            command.add(java.toString());
            command.addAll(Arrays.asList(parts).subList(1, parts.length));
            List<String> flags = command.subList(1, command.size());
            String version = Peer.output(List.of(java.toString(), "--version"), folder, Map.of(), 60)
                    .lines()
                    .findFirst()
                    .orElse("?");
            label = String.join(" ", version.replaceAll(" 20\\d\\d-.*", ""), String.join(" ", flags))
                    .trim();
            command.addAll(List.of(
                    "-classpath",
                    System.getProperty("java.class.path"),
                    ContenderServer.class.getName(),
                    options.folder().toString(),
                    size.toString(),
                    Integer.toString(options.threads()),
                    Double.toString(options.warmUp())));
        }

        String ask(String command, String name) throws IOException, Peer.NotMeasured {
            if (process == null || !process.isAlive()) {
                process = new ProcessBuilder(this.command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                answers = process.inputReader(StandardCharsets.UTF_8);
            }
            process.outputWriter(StandardCharsets.UTF_8).write(command + " " + name + "\n");
            process.outputWriter(StandardCharsets.UTF_8).flush();
            long end = System.nanoTime() + options.timeLimit() * 1_000_000_000L;
            while (!answers.ready()) {
                if (!process.isAlive()) {
                    throw new Peer.NotMeasured("the virtual machine ended");
                }
                if (System.nanoTime() > end) {
                    close();
                    throw new Peer.NotMeasured("more than " + options.timeLimit() + " s");
                }
                try {
                    Thread.sleep(2);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted", e);
                }
            }
            String answer = answers.readLine();
            if (answer.startsWith("failed ")) {
                throw new Peer.NotMeasured(answer.substring("failed ".length()));
            }
            return answer;
        }

        @Override
        public void close() {
            if (process != null) {
                process.destroyForcibly();
                process = null;
            }
        }
    }

    /** Runs what the options say; {@code --help} explains them. */
    public static void main(String[] args) throws IOException, Peer.NotMeasured {
        if (args.length > 0 && args[0].equals("--help")) {
            System.out.print(Options.usage());
            return;
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PeerComparison comparison = new PeerComparison(Options.parse(args), out);
        comparison.printConditions();
        for (Work work : comparison.options.works()) {
            for (Size size : comparison.options.sizes()) {
                comparison.compare(work, size);
            }
        }
        comparison.printLoad("at the end");
    }

    // conditions

    private void printConditions() throws IOException, Peer.NotMeasured {
        String model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name") || line.startsWith("cpu family"))
                .distinct()
                .map(line -> line.replaceAll("\\s*:\\s*", " "))
                .collect(Collectors.joining(", "));
        out.println("- processor: " + model + "; " + Runtime.getRuntime().availableProcessors() + " available");
        out.println("- rounds " + options.rounds() + ", repetitions " + options.repetitions() + ", threads "
                + options.threads() + ", warm-up " + options.warmUp() + " s for each of our rows");
        if (!missing.containsKey("limbs")) {
            out.println("- " + line(List.of("./replay", "version"), Map.of()) + " (Debian's); "
                    + line(List.of("cc", "--version"), Map.of()));
            printPeak("Debian's GMP", Map.of());
            for (Map.Entry<String, String> library : options.libraries().entrySet()) {
                printPeak("GMP " + library.getKey(), Map.of("LD_LIBRARY_PATH", library.getValue()));
            }
        }
        if (!missing.containsKey("pari")) {
            out.println("- PARI/GP " + line(List.of("gp", "--version-short"), Map.of()));
        }
        if (!missing.containsKey("sympy")) {
            String versions = "import sympy, gmpy2; print(sympy.__version__, 'with gmpy2', gmpy2.version())";
            out.println("- SymPy " + line(List.of(Peer.PYTHON, "-c", versions), Map.of()));
        }
        missing.forEach((peer, reason) -> out.println("- not here: " + peer + " " + reason));
        printLoad("at the start");
        out.println();
    }

    private String line(List<String> command, Map<String, String> environment) throws IOException, Peer.NotMeasured {
        return Peer.output(command, folder, environment, 60).lines().findFirst().orElse("?");
    }

    /** Operations per nanosecond that the processor reaches. */
    private void printPeak(String label, Map<String, String> environment) throws IOException, Peer.NotMeasured {
        String rates =
                Peer.output(List.of("./peak"), folder, environment, 120).lines().collect(Collectors.joining(", "));
        out.println("- operations per nanosecond, " + label + ": " + rates);
    }

    private void printLoad(String when) throws IOException {
        String[] load = Files.readString(Path.of("/proc/loadavg")).split(" ");
        out.println("- load " + when + ": " + load[0] + " (1 min), " + load[1] + " (5 min)");
    }

    // rounds

    private void compare(Work work, Size size) throws IOException, Peer.NotMeasured {
        BenchmarkTask task = BenchmarkTask.in(options.folder(), size);
        Map<Row, Turn> turns = new LinkedHashMap<>();
        List<Machine> machines = new ArrayList<>();
        try {
            for (String text : options.machines()) {
                Machine machine = new Machine(text, size);
                machines.add(machine);
                for (Contender contender : Contenders.ALL) {
                    if (contender.work() == work && options.contenders().contains(contender.name())) {
                        String name = options.machines().size() > 1
                                ? contender.name() + " (" + machine.label + ")"
                                : contender.name();
                        turns.put(new Row(name, false), row -> ours(machine, contender, row));
                    }
                }
            }
            for (Peer peer : Peer.ALL) {
                if (peer.work() == work && options.peers().contains(peer.option())) {
                    turns.put(new Row(peer.name(), peer.baseline()), row -> peer(peer, size, Map.of(), row));
                    if (peer.program().endsWith(".c")) {
                        options.libraries()
                                .forEach((label, library) -> turns.put(
                                        new Row(peer.name() + ", GMP " + label, false),
                                        row -> peer(peer, size, Map.of("LD_LIBRARY_PATH", library), row)));
                    }
                }
            }
            runRounds(work, turns);
        } finally {
            machines.forEach(Machine::close);
        }
        print(work, task, new ArrayList<>(turns.keySet()), machines);
    }

    private void runRounds(Work work, Map<Row, Turn> turns) throws IOException {
        Map<Long, List<String>> checksums = new TreeMap<>();
        for (int round = 0; round < options.rounds(); round++) {
            for (Map.Entry<Row, Turn> each : turns.entrySet()) {
                Row row = each.getKey();
                if (!row.reason.isEmpty()) {
                    continue;
                }
                try {
                    long checksum = each.getValue().run(row);
                    checksums
                            .computeIfAbsent(checksum, value -> new ArrayList<>())
                            .add(row.name);
                } catch (Peer.NotMeasured e) {
                    row.reason = e.getMessage();
                }
            }
        }
        if (work.comparable && checksums.size() > 1) {
            throw new IllegalStateException("contenders disagree: " + checksums);
        }
    }

    private long ours(Machine machine, Contender contender, Row row) throws IOException, Peer.NotMeasured {
        if (row.seconds.isEmpty() || machine.process == null) {
            machine.ask("warm", contender.name());
        }
        List<Double> seconds = new ArrayList<>();
        List<Double> wall = new ArrayList<>();
        long checksum = 0;
        for (int repetition = 0; repetition < (row.once ? 1 : options.repetitions()); repetition++) {
            String[] words = machine.ask("run", contender.name()).split(" ");
            seconds.add(Double.valueOf(words[1]));
            wall.add(Double.valueOf(words[2]));
            checksum = Long.parseLong(words[3]);
            row.once |= wall.get(0) > LONG;
        }
        row.seconds.add(median(seconds));
        row.wall.add(median(wall));
        return checksum;
    }

    private long peer(Peer peer, Size size, Map<String, String> environment, Row row)
            throws IOException, Peer.NotMeasured {
        if (missing.containsKey(peer.option())) {
            throw new Peer.NotMeasured(missing.get(peer.option()));
        }
        Path file = BenchmarkTask.file(options.folder(), size);
        int repetitions = row.once ? 1 : options.repetitions();
        Peer.Outcome outcome = peer.run(folder, file, repetitions, environment, options.timeLimit());
        row.seconds.add(median(outcome.seconds()));
        row.once = outcome.seconds().get(0) > LONG;
        return outcome.checksum();
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    // tables

    private void print(Work work, BenchmarkTask task, List<Row> rows, List<Machine> machines) {
        out.println("### Task " + work.letter + ", n x d x T = " + task.size());
        if (machines.size() == 1) {
            out.println();
            out.println("Ours on " + machines.get(0).label + ".");
        }
        out.println();
        out.println(
                "| contender | processor time, ms | ratio to the fastest baseline | spread of the ratio | wall, ms |");
        out.println("|---|---:|---:|---:|---:|");
        double[] best = new double[options.rounds()];
        Arrays.fill(best, Double.POSITIVE_INFINITY);
        for (Row row : rows) {
            for (int round = 0; row.baseline && round < row.seconds.size(); round++) {
                best[round] = Math.min(best[round], row.seconds.get(round));
            }
        }
        for (Row row : rows) {
            if (!row.reason.isEmpty() || row.seconds.isEmpty()) {
                out.println("| " + row.name + " | - | - | " + row.reason + " | - |");
                continue;
            }
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < row.seconds.size(); round++) {
                ratios.add(row.seconds.get(round) / best[round]);
            }
            Collections.sort(ratios);
            boolean compared = !Double.isInfinite(best[0]);
            out.println("| " + row.name + (row.baseline ? " *" : "") + " | " + number(median(row.seconds) * 1e3) + " | "
                    + (compared ? number(median(ratios)) : "-") + " | "
                    + (compared ? number(ratios.get(0)) + " to " + number(ratios.get(ratios.size() - 1)) : "-") + " | "
                    + (row.wall.isEmpty() ? "" : number(median(row.wall) * 1e3)) + " |");
        }
        out.println();
        if (work == Work.REPLAY) {
            OperationCount count = OperationCount.of(task);
            out.println(count);
            out.println();
            for (Row row : rows) {
                if (!row.seconds.isEmpty() && (row.baseline || !row.wall.isEmpty())) {
                    out.println("- " + row.name + ": " + count.rates(median(row.seconds)));
                }
            }
            out.println();
        }
    }

    /** Three significant digits. */
    private static String number(double value) {
        int digits = (int) Math.max(0, 2 - Math.floor(Math.log10(value)));
        return String.format(Locale.ROOT, "%." + Math.min(digits, 9) + "f", value);
    }
}
