package org.loopcert.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Runs one input after the other and keeps the one that fails, or that does not come to an end, below
 * {@code target/mutants}. The time is far beyond what the limits on memory and work allow, so that a slow machine does not
 * reach it.
 */
public final class Watchdog implements AutoCloseable {
    private static final Path KEPT = Path.of("target", "mutants");
    private static final long MINUTES = 5;

    private final ExecutorService worker = Executors.newSingleThreadExecutor(this::thread);
    private volatile Thread running;

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task, "watched");
        thread.setDaemon(true);
        running = thread;
        return thread;
    }

    /**
     * What the task answers.
     *
     * @param name file under which the input is kept
     * @throws AssertionError if the task throws or hangs
     */
    public <T> T watch(String name, byte[] input, Supplier<T> task) {
        Future<T> answer = worker.submit(task::get);
        try {
            return answer.get(MINUTES, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause() + "\n  the input is kept in " + keep(name, input), e.getCause());
        } catch (TimeoutException e) {
            AssertionError hang = new AssertionError(
                    "no end after " + MINUTES + " minutes; the input is kept in " + keep(name, input));
            hang.setStackTrace(running.getStackTrace());
            throw hang;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path keep(String name, byte[] input) {
        try {
            Files.createDirectories(KEPT);
            return Files.write(KEPT.resolve(name), input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
