package org.loopcert.cli;

import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar with the time left, on a terminal and for work of more than two seconds only. */
final class Progress implements AutoCloseable {
    private static final long DELAY_MILLIS = 2000;
    private static final int UNKNOWN = -1;

    private final Session session;
    private final String task;
    private final long total;
    private final Thread timer;
    private ProgressBar bar;
    private long done;
    private boolean closed;

    private Progress(Session session, String task, long total, boolean shown) {
        this.session = session;
        this.task = task;
        this.total = total;
        this.timer = shown ? new Timer() : null;
        if (timer != null) {
            timer.setDaemon(true);
            timer.start();
        }
    }

    /** Shows the bar once the work has taken so long. */
    private final class Timer extends Thread {
        Timer() {
            super("progress");
        }

        @Override
        public void run() {
            try {
                Thread.sleep(DELAY_MILLIS);
                show();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the work is done already
            }
        }
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
            timer.interrupt();
        }
        if (bar != null) {
            bar.close();
        }
    }
}
