package org.loopcert.benchmark;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.loopcert.benchmark.BenchmarkTask.Size;
import org.loopcert.benchmark.Contender.Work;

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
record ComparisonOptions(
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
              --contenders %s (all), or none
              --java HOME,FLAG,...;HOME,FLAG,...   virtual machines for our rows (the one that runs this)
              --gmp NAME=FOLDER,... other builds of libgmp.so.10 to run the peers in C with, beside the installed one
              --rounds 7  --repetitions 3  --threads 1  --warm-up 5 (seconds)  --limit 120 (seconds)
              --folder target/benchmark
            """;

    static ComparisonOptions parse(String[] args) {
        Map<String, String> given = new HashMap<>(Map.ofEntries(
                Map.entry("--works", "R,C,K,G"),
                Map.entry("--sizes", Size.ALL.stream().map(Size::toString).collect(Collectors.joining(","))),
                Map.entry("--peers", Peer.ALL.stream().map(Peer::option).collect(Collectors.joining(","))),
                Map.entry(
                        "--contenders",
                        Contenders.ALL.stream().map(Contender::option).collect(Collectors.joining(","))),
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
        return new ComparisonOptions(
                Arrays.stream(Work.values())
                        .filter(work -> letters.contains(work.letter))
                        .toList(),
                list(given.get("--sizes"), ",").stream().map(Size::parse).toList(),
                list(given.get("--peers"), ","),
                list(given.get("--contenders"), ","),
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
        return String.format(
                USAGE,
                Peer.ALL.stream().map(Peer::option).collect(Collectors.joining(",")),
                Contenders.ALL.stream().map(Contender::option).collect(Collectors.joining(",")));
    }

    private static List<String> list(String text, String separator) {
        return Arrays.stream(text.split(separator))
                .filter(each -> !each.isBlank())
                .toList();
    }
}
