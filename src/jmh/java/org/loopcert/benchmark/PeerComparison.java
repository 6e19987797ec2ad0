package org.loopcert.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.loopcert.benchmark.BenchmarkTask.Size;
import org.loopcert.benchmark.ComparisonTable.Row;
import org.loopcert.benchmark.Contender.Work;

/**
 * Runs our contenders and the peers that the machine has by turns, and prints medians, ratios and spread as Markdown.
 *
 * <p>In every round each contender has its turn: peers in a new process, ours in a virtual machine that stays warm. A peer's
 * number for a round is the median of its repetitions in that process, the first run left out, ours that of as many runs. A ratio is the median over
 * the rounds of the quotient by the fastest baseline of the same round, so that what else the machine does at a time cancels.
 * All seconds are processor time of the whole process, which for ours counts compiler and collector too.
 */
public final class PeerComparison {
    /** Seconds of one run from which on a round has a single one. */
    private static final double LONG = 2;

    private final ComparisonOptions options;
    private final Path folder;
    private final PrintStream out;
    private final Map<String, String> missing;

    private PeerComparison(ComparisonOptions options, PrintStream out) throws IOException {
        this.options = options;
        this.out = out;
        folder = options.folder().resolve("peers");
        missing = Peer.install(folder);
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

    /** Runs what the options say; {@code --help} explains them. */
    public static void main(String[] args) throws IOException, Peer.NotMeasured {
        if (args.length > 0 && args[0].equals("--help")) {
            System.out.print(ComparisonOptions.usage());
            return;
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PeerComparison comparison = new PeerComparison(ComparisonOptions.parse(args), out);
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
        List<WarmMachine> machines = new ArrayList<>();
        try {
            for (String text : options.machines()) {
                WarmMachine machine = new WarmMachine(text, size, options);
                machines.add(machine);
                for (Contender contender : Contenders.ALL) {
                    if (contender.work() == work && options.contenders().contains(contender.option())) {
                        String name = options.machines().size() > 1
                                ? contender.name() + " (" + machine.label() + ")"
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
            if (turns.isEmpty()) {
                return;
            }
            runRounds(work, turns);
            ComparisonTable table = new ComparisonTable(new ArrayList<>(turns.keySet()), options.rounds());
            out.println("### Task " + work.letter + ", n x d x T = " + size + "\n");
            for (WarmMachine machine : machines) {
                long memory = machine.peakMemory();
                if (memory > 0) {
                    out.println("Ours on " + machine.label() + ", at most " + memory + " MB resident.\n");
                }
            }
            out.println(table);
            if (work == Work.REPLAY) {
                out.println(table.rates(OperationCount.of(task)));
            }

        } finally {
            machines.forEach(WarmMachine::close);
        }
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

    private long ours(WarmMachine machine, Contender contender, Row row) throws IOException, Peer.NotMeasured {
        machine.warm(contender.option());
        List<Double> seconds = new ArrayList<>();
        List<Double> wall = new ArrayList<>();
        long checksum = 0;
        for (int repetition = 0; repetition < (row.once ? 1 : options.repetitions()); repetition++) {
            String[] words = machine.ask("run", contender.option()).split(" ");
            seconds.add(Double.valueOf(words[1]));
            wall.add(Double.valueOf(words[2]));
            checksum = Long.parseLong(words[3]);
            row.once |= wall.get(0) > LONG;
        }
        row.seconds.add(ComparisonTable.median(seconds));
        row.wall.add(ComparisonTable.median(wall));
        return checksum;
    }

    private long peer(Peer peer, Size size, Map<String, String> environment, Row row)
            throws IOException, Peer.NotMeasured {
        if (missing.containsKey(peer.option())) {
            throw new Peer.NotMeasured(missing.get(peer.option()));
        }
        Path file = BenchmarkTask.file(options.folder(), size);
        // the first run of a process is its warm-up, unless it takes so long that this does not matter
        int dropped = row.once ? 0 : 1;
        int repetitions = row.once ? 1 : options.repetitions() + dropped;
        Peer.Outcome outcome = peer.run(folder, file, repetitions, environment, options.timeLimit());
        row.seconds.add(ComparisonTable.median(outcome.seconds().subList(dropped, repetitions)));
        row.once = outcome.seconds().get(0) > LONG;
        return outcome.checksum();
    }
}
