package org.loopcert.benchmark;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.loopcert.benchmark.Contender.Work;

/**
 * A program of ours that does a work of the benchmark with somebody else's library, in a process of its own.
 *
 * @param name how the row is called
 * @param option how {@code --peers} names it
 * @param work what it does
 * @param program its source among the resources
 * @param method what the C program for task R is to do; empty for programs that do one thing
 * @param packages the Debian packages that provide what it needs
 * @param baseline whether it counts for "FLINT-best" or its like, the fastest of those that use GMP and FLINT
 */
record Peer(String name, String option, Work work, String program, String method, String packages, boolean baseline) {
    /** Debian's own, for which python3-sympy is installed. */
    static final String PYTHON = "/usr/bin/python3";

    private static final String C_PACKAGES = "gcc libflint-dev libflint-arb-dev libgmp-dev";

    static final List<Peer> ALL = List.of(
            c("GMP, on limbs", "limbs", Work.REPLAY, "limbs", true),
            c("FLINT, fmpz", "fmpz", Work.REPLAY, "fmpz", true),
            c("FLINT, fmpz_mat", "fmpz_mat", Work.REPLAY, "fmpz_mat", true),
            c("FLINT, fmpq_mat (rationals)", "fmpq_mat", Work.REPLAY, "fmpq_mat", false),
            new Peer("PARI/GP, scaled integers", "pari", Work.REPLAY, "replay.gp", "", "pari-gp", false),
            new Peer(
                    "SymPy, DomainMatrix over QQ",
                    "sympy",
                    Work.REPLAY,
                    "replay.py",
                    "",
                    "python3-sympy python3-gmpy2",
                    false),
            c("C, modulo two 61-bit primes (no bound)", "modular", Work.REPLAY, "modular", false),
            new Peer("FLINT and Arb, the same proof", "arb", Work.CERTIFY, "proof.c", "arb", C_PACKAGES, true),
            new Peer(
                    "FLINT and Arb, by their matrices",
                    "arb_mat",
                    Work.CERTIFY,
                    "proof.c",
                    "arb_mat",
                    C_PACKAGES,
                    false),
            c("C, on limbs", "gram", Work.GRAM, "gram", true),
            c("FLINT, fmpz_mat_mul", "gram_fmpz", Work.GRAM, "gram_fmpz", true));

    /** What a program measured in one process: the seconds of each repetition, and the checksum of all. */
    record Outcome(List<Double> seconds, long checksum) {}

    /** Why a peer has no number, in a few words. */
    static final class NotMeasured extends Exception {
        private static final long serialVersionUID = 1;

        NotMeasured(String message) {
            super(message);
        }
    }

    private static Peer c(String name, String option, Work work, String method, boolean baseline) {
        return new Peer(name, option, work, "replay.c", method, C_PACKAGES, baseline);
    }

    /**
     * Copies the programs into a folder and compiles those in C.
     *
     * @return the names of the peers' options that cannot run here, with the reason
     */
    static Map<String, String> install(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String source : List.of("task.h", "scaled.h", "replay.c", "proof.c", "peak.c", "replay.gp", "replay.py")) {
            try (var in = Peer.class.getResourceAsStream("/peers/" + source)) {
                Files.copy(in, folder.resolve(source), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Map<String, String> missing = new TreeMap<>();
        Map<String, String> reasons = new HashMap<>();
        for (String program : List.of("replay", "proof", "peak")) {
            List<String> compile =
                    new ArrayList<>(List.of("cc", "-O3", "-march=native", program + ".c", "-o", program));
            if (program.equals("proof")) {
                compile.add("-lflint-arb");
            }
            compile.addAll(List.of("-lflint", "-lgmp", "-lm"));
            explain(compile, folder).ifPresent(reason -> reasons.put(program + ".c", reason));
        }
        explain(List.of("gp", "--version-short"), folder).ifPresent(reason -> reasons.put("replay.gp", reason));
        explain(List.of(PYTHON, "-c", "import sympy, gmpy2"), folder)
                .ifPresent(reason -> reasons.put("replay.py", reason));
        for (Peer peer : ALL) {
            if (reasons.containsKey(peer.program)) {
                missing.put(peer.option, "needs " + peer.packages + ": " + reasons.get(peer.program));
            }
        }
        return missing;
    }

    private static Optional<String> explain(List<String> command, Path folder) throws IOException {
        try {
            output(command, folder, Map.of(), 120);
            return Optional.empty();
        } catch (NotMeasured e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Runs the program on a task once, in a new process. */
    Outcome run(Path folder, Path task, int repetitions, Map<String, String> environment, long timeLimit)
            throws IOException, NotMeasured {
        Map<String, String> variables = new HashMap<>(environment);
        List<String> command;
        String times = Integer.toString(repetitions);
        String file = task.toAbsolutePath().toString();
        switch (program) {
            case "replay.c" -> command = List.of("./replay", file, method, times);
            case "proof.c" -> command = List.of("./proof", file, method, times);
            case "replay.py" -> command = List.of(PYTHON, "replay.py", file, times);
            default -> {
                command = List.of("gp", "-q", "-f", "-D", "parisizemax=4G", "-D", "nbthreads=1", "replay.gp");
                variables.put("TASK", file);
                variables.put("REPETITIONS", times);
            }
        }
        List<Double> seconds = new ArrayList<>();
        long checksum = 0;
        for (String line : output(command, folder, variables, timeLimit).lines().toList()) {
            String[] words = line.split(" ");
            seconds.add(Double.valueOf(words[1]));
            checksum = Long.parseLong(words[2]);
        }
        if (seconds.size() != repetitions) {
            throw new NotMeasured("expected " + repetitions + " results, got " + seconds.size());
        }
        return new Outcome(seconds, checksum);
    }

    /** Standard output of a command in a folder. */
    static String output(List<String> command, Path folder, Map<String, String> environment, long timeLimit)
            throws IOException, NotMeasured {
        File errors = folder.resolve("errors.txt").toFile();
        File out = folder.resolve("output.txt").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(out)
                .redirectError(errors);
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new NotMeasured(command.get(0) + " cannot be started");
        }
        try {
            if (!process.waitFor(timeLimit, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new NotMeasured("more than " + timeLimit + " s");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + command);
        }
        if (process.exitValue() != 0) {
            String first = read(errors.toPath()).lines().findFirst().orElse("exit status " + process.exitValue());
            throw new NotMeasured(first);
        }
        return read(out.toPath());
    }

    private static String read(Path path) {
        try {
            return Files.readString(path, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
