package org.loopcert.benchmark;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.loopcert.drift.CertifiedBatch;
import org.loopcert.drift.CertifiedBinary64;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Instances per second at n = 128, d = 4, T = 200: the certified binary64 path, which also bounds its error, beside the
 * same descent in plain Java, uncertified, and beside NumPy and Octave where they are installed. Every contender gets
 * the same prompts and the same step, and forms what it needs from X and y itself.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Throughput {
    private static final int N = 128;
    private static final int D = 4;
    private static final int T = 200;
    private static final int PROMPTS = 64;
    private static final int SIZE = N * (D + 1);

    private double[] prompts;
    private double[] examples;
    private double[] labels;
    private double[] steps;
    private double[] start;
    private double[] theta;
    private double[] gradient;
    private double[] gram;
    private CertifiedBinary64 certified;
    private int turn;

    /** Gaussian prompts, X and y side by side, and for each a step of at most 1/lambda_max. */
    @Setup
    public void setUp() {
        prompts = prompts();
        start = new double[D];
        theta = new double[D];
        gradient = new double[D];
        gram = new double[D * D];
        certified = new CertifiedBinary64(D);
        examples = new double[PROMPTS * N * D];
        labels = new double[PROMPTS * N];
        for (int row = 0; row < labels.length; row++) {
            System.arraycopy(prompts, row * (D + 1), examples, row * D, D);
            labels[row] = prompts[row * (D + 1) + D];
        }
        steps = new double[PROMPTS];
        for (int b = 0; b < PROMPTS; b++) {
            certified.load(prompts, b * SIZE, D + 1, prompts, b * SIZE + D, D + 1, N, true);
            steps[b] = certified.inverseSmoothness();
        }
    }

    private static double[] prompts() {
        Random random = new Random(20241011);
        double[] prompts = new double[PROMPTS * SIZE];
        for (int row = 0; row < PROMPTS * N; row++) {
            double label = 0;
            for (int j = 0; j < D; j++) {
                double entry = random.nextGaussian();
                prompts[row * (D + 1) + j] = entry;
                label += (j + 1) * entry;
            }
            prompts[row * (D + 1) + D] = label;
        }
        return prompts;
    }

    private int next() {
        turn = (turn + 1) % PROMPTS;
        return turn;
    }

    /** theta(T), rounded, and a proven bound of its distance from the exact one. */
    @Benchmark
    public double certifiedBinary64() {
        int b = next();
        certified.load(prompts, b * SIZE, D + 1, prompts, b * SIZE + D, D + 1, N, true);
        certified.descend(start, steps[b], true, T);
        return certified.radius();
    }

    /** All prompts at once, on every processor. */
    @Benchmark
    @OperationsPerInvocation(PROMPTS)
    public double certifiedBatchOnAllProcessors() {
        return CertifiedBatch.descend(examples, labels, N, D, steps, T).radius(0);
    }

    /** The residual form in plain Java, T passes over X: what the looped Transformer computes; no bound. */
    @Benchmark
    public double plainLoopOverExamples() {
        int b = next();
        Arrays.fill(theta, 0);
        for (int t = 0; t < T; t++) {
            Arrays.fill(gradient, 0);
            for (int i = 0; i < N; i++) {
                int at = b * SIZE + i * (D + 1);
                double residual = -prompts[at + D];
                for (int j = 0; j < D; j++) {
                    residual += prompts[at + j] * theta[j];
                }
                for (int j = 0; j < D; j++) {
                    gradient[j] += prompts[at + j] * residual;
                }
            }
            for (int j = 0; j < D; j++) {
                theta[j] -= steps[b] * gradient[j];
            }
        }
        return theta[0];
    }

    /** The Gram form in plain Java, one pass over X and T steps of order d^2; no bound. */
    @Benchmark
    public double plainLoopThroughGram() {
        int b = next();
        Arrays.fill(theta, 0);
        Arrays.fill(gram, 0);
        double[] labels = new double[D];
        for (int i = 0; i < N; i++) {
            int at = b * SIZE + i * (D + 1);
            for (int j = 0; j < D; j++) {
                for (int k = 0; k < D; k++) {
                    gram[j * D + k] += prompts[at + j] * prompts[at + k];
                }
                labels[j] += prompts[at + j] * prompts[at + D];
            }
        }
        for (int t = 0; t < T; t++) {
            for (int j = 0; j < D; j++) {
                double sum = -labels[j];
                for (int k = 0; k < D; k++) {
                    sum += gram[j * D + k] * theta[k];
                }
                gradient[j] = sum;
            }
            for (int j = 0; j < D; j++) {
                theta[j] -= steps[b] * gradient[j];
            }
        }
        return theta[0];
    }

    /** Runs all contenders one after the other and prints their throughputs and ratios. */
    public static void main(String[] args) throws RunnerException, IOException {
        Map<String, Double> found = new LinkedHashMap<>();
        Collection<RunResult> results = new Runner(
                        new OptionsBuilder().include(Throughput.class.getName()).build())
                .run();
        for (RunResult result : results) {
            String label = result.getPrimaryResult().getLabel();
            found.put("Java " + label, result.getPrimaryResult().getScore());
        }
        Path data = Files.createTempFile("prompts", ".txt");
        try {
            write(data);
            found.putAll(peer("python3", "peer.py", data));
            found.putAll(peer("octave-cli", "peer.m", data));
        } finally {
            Files.delete(data);
        }
        double certified = found.get("Java certifiedBinary64");
        System.out.printf(
                Locale.ROOT, "%n%-36s %16s %24s%n", "n = 128, d = 4, T = 200", "instances/s", "certified is faster by");
        found.forEach(
                (name, rate) -> System.out.printf(Locale.ROOT, "%-36s %16.0f %23.2fx%n", name, rate, certified / rate));
    }

    /** One prompt after the other: the step, then the rows of [X | y]. */
    private static void write(Path data) throws IOException {
        Throughput state = new Throughput();
        state.setUp();
        StringBuilder text = new StringBuilder();
        for (int b = 0; b < PROMPTS; b++) {
            text.append(state.steps[b]).append('\n');
            for (int i = 0; i < SIZE; i++) {
                text.append(state.prompts[b * SIZE + i]).append((i + 1) % (D + 1) == 0 ? '\n' : ' ');
            }
        }
        Files.writeString(data, text);
    }

    /** Lines "name rate" of a peer's program, or a line of standard error that says why there are none. */
    private static Map<String, Double> peer(String interpreter, String program, Path data) throws IOException {
        Map<String, Double> found = new LinkedHashMap<>();
        Path script = Files.createTempFile("peer", program);
        Process process;
        try (var source = Throughput.class.getResourceAsStream("/" + program)) {
            Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
            process = new ProcessBuilder(interpreter, script.toString(), data.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            System.err.println("not compared with " + interpreter + ": " + e.getMessage());
            return found;
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                System.err.println("not compared with " + interpreter + ": see above");
                return found;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + interpreter);
        }
        Files.delete(script);
        for (String line : output.lines().toList()) {
            int space = line.lastIndexOf(' ');
            found.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
        }
        return found;
    }
}
