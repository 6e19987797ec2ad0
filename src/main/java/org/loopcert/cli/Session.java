package org.loopcert.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import org.loopcert.kernel.Verdict;

/** Where a run of the program writes, and what its terminal can show. */
final class Session {
    private final ResultWriter results;
    private final ResultWriter messages;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Delivery delivery = new Delivery();
    private volatile int worst = ExitCode.ACCEPTED;
    private final PrintStream progress;
    private final boolean interactive;

    /**
     * A session.
     *
     * @param interactive whether standard error is a terminal, where progress may be shown
     */
    Session(PrintStream out, PrintStream err, boolean interactive) {
        this.results = new ResultWriter(out);
        this.messages = new ResultWriter(err);
        this.out = new PrintWriter(results, false);
        this.err = new PrintWriter(messages, true);
        this.progress = err;
        this.interactive = interactive;
    }

    /** For results. */
    PrintWriter out() {
        return out;
    }

    /** For long results: unlike {@link #out}, it fails where nobody reads any more. */
    Writer results() {
        return results;
    }

    /** Whether anything was printed as a result. */
    boolean printed() {
        return results.used();
    }

    /** What becomes of the run's files. */
    Delivery delivery() {
        return delivery;
    }

    /** An exit code that the run has earned by now, should it be stopped. */
    void earned(int code) {
        worst = ExitCode.worse(worst, code);
    }

    /** The exit code of a run that is stopped. */
    int worst() {
        return worst;
    }

    /** Stops the work of another thread, unless its result is being delivered; whether it did. */
    boolean stop() {
        if (!delivery.stop()) {
            return false;
        }
        results.leaveTo(Thread.currentThread());
        messages.leaveTo(Thread.currentThread());
        return true;
    }

    /** For everything else. */
    PrintWriter err() {
        return err;
    }

    /** The stream on which a progress bar is drawn. */
    PrintStream progress() {
        return progress;
    }

    boolean interactive() {
        return interactive;
    }

    /** The verdict's word, in colour where the terminal shows colours and NO_COLOR is not set. */
    String coloured(String word) {
        return interactive && Colours.shown() ? Colours.of(word) : word;
    }

    String coloured(Verdict verdict) {
        return coloured(verdict.word());
    }
}
