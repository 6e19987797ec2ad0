package org.loopcert.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Runs Jazzer, which must be on the class path, on one {@link FuzzTarget} after the other, each in a process of its own:
 *
 * <pre>
 *   mvn -P fuzz test [-Dfuzz.seconds=60] [-Dfuzz.targets=csv,npy] [-Dfuzz.seed=1]
 * </pre>
 *
 * Inputs that raised coverage stay in {@code target/fuzz/TARGET/corpus}, so that the next run goes on from them. What
 * breaks a target is in {@code target/fuzz/TARGET/findings}; kept below {@link FuzzSeeds#FINDINGS} it is replayed in
 * every build.
 */
public final class FuzzCampaign {
    private static final Path ROOT = Path.of("target", "fuzz");

    private FuzzCampaign() {}

    /** Ends with 1 if anything was found. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        long seconds = Long.parseLong(System.getProperty("fuzz.seconds", "60"));
        String chosen = System.getProperty("fuzz.targets", "");
        String given = System.getProperty("fuzz.seed", "");
        int seed = given.isEmpty() ? 1 + new Random().nextInt(1 << 30) : Integer.parseInt(given);
        List<FuzzTarget> targets = chosen.isEmpty()
                ? List.of(FuzzTarget.values())
                : Arrays.stream(chosen.split(",")).map(FuzzTarget::of).toList();
        System.out.println("fuzzing " + targets.size() + " targets for " + seconds + " s each, fuzz.seed=" + seed);
        boolean clean = true;
        for (FuzzTarget target : targets) {
            clean &= fuzz(target, seconds, seed);
        }
        System.exit(clean ? 0 : 1);
    }

    private static boolean fuzz(FuzzTarget target, long seconds, int seed) throws IOException, InterruptedException {
        Path folder = ROOT.resolve(target.word());
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        Path findings = Files.createDirectories(folder.resolve("findings"));
        Path seeds = folder.resolve("seeds");
        empty(seeds);
        for (Map.Entry<String, byte[]> each : FuzzSeeds.of(target).entrySet()) {
            Files.write(seeds.resolve(each.getKey().replace('/', '-')), each.getValue());
        }
        Path dictionary = Files.writeString(folder.resolve("dictionary.txt"), FuzzSeeds.dictionary());
        Path log = folder.resolve("log.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + FuzzEntry.class.getName(),
                "--target_args=" + target.word(),
                "--instrumentation_includes=org.loopcert.**:de.siegmar.fastcsv.**:com.fasterxml.jackson.core.**",
                "--keep_going=10",
                "--reproducer_path=" + folder,
                "-max_total_time=" + seconds,
                "-timeout=120",
                "-rss_limit_mb=3000",
                "-max_len=" + FuzzTarget.LONGEST,
                "-seed=" + seed,
                "-dict=" + dictionary,
                "-artifact_prefix=" + findings + "/",
                "-print_final_stats=1",
                "-report_slow_units=60",
                corpus.toString(),
                seeds.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String last = "no coverage was reported";
        String executions = "";
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                var out = Files.newBufferedWriter(log)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.write(line);
                out.newLine();
                last = line.contains(" cov: ") ? line.strip().replaceAll("\\s+", " ") : last;
                executions = line.startsWith("stat::number_of_executed_units") ? line.split("\\s+")[1] : executions;
            }
        }
        int code = process.waitFor();
        List<Path> found;
        try (Stream<Path> files = Files.list(findings)) {
            found = files.sorted().toList();
        }
        System.out.println(target.word() + ": " + executions + " executions, " + last + ", exit " + code + ", "
                + found.size() + " findings");
        found.forEach(file -> System.out.println("  " + file));
        if (code != 0 || !found.isEmpty()) {
            System.out.println("  see " + log);
        }
        return code == 0 && found.isEmpty();
    }

    private static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> tree = Files.walk(folder)) {
                for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(folder);
    }
}
