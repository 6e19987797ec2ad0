package org.loopcert.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.loopcert.benchmark.BenchmarkTask.Size;

/** A virtual machine with {@link ContenderServer} in it; started again after a contender had to be given up. */
final class WarmMachine implements AutoCloseable {
    private final List<String> command = new ArrayList<>();
    private final String label;
    private final long timeLimit;
    private Process process;
    private BufferedReader answers;
    private final Set<String> warm = new HashSet<>();

    WarmMachine(String text, Size size, ComparisonOptions options) throws IOException, Peer.NotMeasured {
        String[] parts = text.split(",");
        Path java = Path.of(parts[0], "bin", "java");
        command.add(java.toString());
        command.addAll(Arrays.asList(parts).subList(1, parts.length));
        List<String> flags = command.subList(1, command.size());
        String version = Peer.output(List.of(java.toString(), "--version"), options.folder(), Map.of(), 60)
                .lines()
                .findFirst()
                .orElse("?");
        label = String.join(" ", version.replaceAll(" 20\\d\\d-.*", ""), String.join(" ", flags))
                .trim();
        timeLimit = options.timeLimit();
        command.addAll(List.of(
                "-classpath",
                System.getProperty("java.class.path"),
                ContenderServer.class.getName(),
                options.folder().toString(),
                size.toString(),
                Integer.toString(options.threads()),
                Double.toString(options.warmUp())));
    }

    /** Which virtual machine, and its flags. */
    String label() {
        return label;
    }

    /** The server's answer to a command about a contender. */
    String ask(String command, String name) throws IOException, Peer.NotMeasured {
        if (process == null || !process.isAlive()) {
            process = new ProcessBuilder(this.command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            answers = process.inputReader(StandardCharsets.UTF_8);
            warm.clear();
        }
        process.outputWriter(StandardCharsets.UTF_8).write(command + " " + name + "\n");
        process.outputWriter(StandardCharsets.UTF_8).flush();
        long end = System.nanoTime() + timeLimit * 1_000_000_000L;
        while (!answers.ready()) {
            if (!process.isAlive()) {
                throw new Peer.NotMeasured("the virtual machine ended");
            }
            if (System.nanoTime() > end) {
                close();
                throw new Peer.NotMeasured("more than " + timeLimit + " s");
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

    /** Warms a contender up, unless it is warm. */
    void warm(String name) throws IOException, Peer.NotMeasured {
        if (process == null || !process.isAlive() || !warm.contains(name)) {
            ask("warm", name);
            warm.add(name);
        }
    }

    /** The most memory that the process ever had resident, in megabytes; zero if it does not run. */
    long peakMemory() throws IOException {
        if (process == null || !process.isAlive()) {
            return 0;
        }
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .sum();
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
            process = null;
        }
    }
}
