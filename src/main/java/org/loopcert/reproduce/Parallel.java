package org.loopcert.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Runs independent tasks on all processors; results come in the order of the tasks, whatever finishes first. */
final class Parallel {
    private Parallel() {}

    /** Something that may be undecided. */
    @FunctionalInterface
    interface Task<T> {
        T run() throws UndecidedException;
    }

    static <T> List<T> all(List<Task<T>> tasks, IntConsumer progress) throws UndecidedException {
        AtomicInteger done = new AtomicInteger();
        ExecutorService pool =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), Parallel::daemon);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (Task<T> task : tasks) {
                futures.add(pool.submit(() -> {
                    T result = task.run();
                    progress.accept(done.incrementAndGet());
                    return result;
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(get(future));
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    /** A thread that does not keep a stopped program alive. */
    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "reproduce");
        thread.setDaemon(true);
        return thread;
    }

    private static <T> T get(Future<T> future) throws UndecidedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UndecidedException undecided) {
                throw undecided;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
