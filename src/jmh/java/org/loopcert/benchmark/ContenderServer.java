package org.loopcert.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A virtual machine that stays warm: runs one {@link Contender} whenever {@link PeerComparison} asks for it, so that its
 * turns can alternate with those of other processes.
 *
 * <p>Arguments: the folder of the tasks, the size, the number of threads, seconds of warm-up. Reads lines {@code warm OPTION},
 * answered by {@code warm RUNS} after the warm-up, and {@code run OPTION}, answered by {@code ran CPU WALL CHECKSUM} with the
 * seconds of the run after the first one; a run shorter than fifty milliseconds is repeated and averaged. Anything that fails is answered by
 * {@code failed REASON}.
 */
final class ContenderServer {
    private static final long SHORTEST = 50_000_000;

    private final Map<String, LongSupplier> prepared = new HashMap<>();
    private final BenchmarkTask task;
    private final int threads;
    private final double warmUp;

    private ContenderServer(BenchmarkTask task, int threads, double warmUp) {
        this.task = task;
        this.threads = threads;
        this.warmUp = warmUp;
    }

    public static void main(String[] args) throws IOException {
        BenchmarkTask task = BenchmarkTask.in(Path.of(args[0]), BenchmarkTask.Size.parse(args[1]));
        new ContenderServer(task, Integer.parseInt(args[2]), Double.parseDouble(args[3])).serve();
    }

    private void serve() throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String name = line.substring(line.indexOf(' ') + 1);
            try {
                out.println(line.startsWith("warm ") ? warm(name) : run(name));
            } catch (RuntimeException | OutOfMemoryError e) {
                out.println("failed " + e.toString().replace('\n', ' '));
            }
        }
    }

    private String warm(String name) {
        LongSupplier work = Contenders.named(name).prepare(task, threads);
        prepared.put(name, work);
        long end = System.nanoTime() + (long) (warmUp * 1e9);
        int runs = 0;
        do {
            work.getAsLong();
            runs++;
        } while (System.nanoTime() < end);
        return "warm " + runs;
    }

    private String run(String name) throws IOException {
        LongSupplier work = prepared.get(name);
        // as in the peers' processes the first run after a wait, which finds its data out of the caches, is left out
        work.getAsLong();
        ProcessorTime processor = ProcessorTime.start();
        long begin = System.nanoTime();
        long checksum = 0;
        int runs = 0;
        long spent = 0;
        while (spent < SHORTEST) {
            checksum = work.getAsLong();
            runs++;
            spent = System.nanoTime() - begin;
        }
        double seconds = processor.elapsed() * 1e-9 / runs;
        return String.format(Locale.ROOT, "ran %.9f %.9f %d", seconds, spent * 1e-9 / runs, checksum);
    }
}
