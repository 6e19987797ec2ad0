package org.loopcert.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.loopcert.kernel.Verdict;
import picocli.CommandLine.Help.Ansi;

/** Where a run of the program writes, and what its terminal can show. */
final class Session {
    private final PrintWriter out;
    private final PrintWriter err;
    private final PrintStream progress;
    private final boolean interactive;

    /**
     * A session.
     *
     * @param interactive whether standard error is a terminal, where progress may be shown
     */
    Session(PrintStream out, PrintStream err, boolean interactive) {
        this.out = new PrintWriter(out, false, StandardCharsets.UTF_8);
        this.err = new PrintWriter(err, true, StandardCharsets.UTF_8);
        this.progress = err;
        this.interactive = interactive;
    }

    /** For results. */
    PrintWriter out() {
        return out;
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
        if (!interactive || !Ansi.AUTO.enabled()) {
            return word;
        }
        String colour =
                switch (word) {
                    case "accepted" -> "green";
                    case "rejected" -> "red";
                    case "undecided" -> "yellow";
                    default -> "magenta";
                };
        return Ansi.ON.string("@|bold," + colour + " " + word + "|@");
    }

    String coloured(Verdict verdict) {
        return coloured(verdict.word());
    }
}
