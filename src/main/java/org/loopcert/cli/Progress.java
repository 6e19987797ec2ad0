package org.loopcert.cli;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar with the time left, on a terminal and for work of more than two seconds only. */
final class Progress implements AutoCloseable {
    private static final long DELAY_SECONDS = 2;
    private static final int UNKNOWN = -1;

    private final Session session;
    private final String task;
    private final long total;
    private final ScheduledExecutorService timer;
    private ProgressBar bar;
    private long done;
    private boolean closed;

    private Progress(Session session, String task, long total, boolean shown) {
        this.session = session;
        this.task = task;
        this.total = total;
        this.timer = shown ? Executors.newSingleThreadScheduledExecutor(Progress::daemon) : null;
        if (timer != null) {
            timer.schedule(this::show, DELAY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "progress");
        thread.setDaemon(true);
        return thread;
    }

    /** Progress through a known number of items. */
    static Progress of(Session session, String task, long total, boolean quiet) {
        return new Progress(session, task, total, session.interactive() && !quiet);
    }

    /** Does work whose length is not known, and shows that it is under way. */
    static <T> T during(Session session, String task, boolean quiet, Supplier<T> work) {
        Progress progress = of(session, task, UNKNOWN, quiet);
        try {
            return work.get();
        } finally {
            progress.close();
        }
    }

    private synchronized void show() {
        if (!closed) {
            ProgressBarBuilder builder = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(total)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setConsumer(new ConsoleProgressBarConsumer(session.progress()))
                    .clearDisplayOnFinish();
            bar = builder.build();
            bar.stepTo(done);
        }
    }

    /** So many items are done. */
    synchronized void stepTo(long count) {
        done = count;
        if (bar != null) {
            bar.stepTo(count);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (timer != null) {
            timer.shutdownNow();
        }
        if (bar != null) {
            bar.close();
        }
    }
}
