package org.loopcert.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * {@code --max-time}: a command with a deadline works in a thread of its own, which is left behind at the deadline. It
 * cannot write any more then, and ends with the process. The kernel has no clock; its own limit is max-work.
 */
final class Deadline {
    private static final long FLUSH_MILLIS = 1000;

    private Deadline() {}

    /** Runs the command, until its deadline if it has one. */
    static int execute(Session session, ParseResult parsed) {
        ParseResult last = last(parsed);
        requireOnce(last);
        Optional<Duration> time = time(last);
        return time.isPresent() ? execute(session, parsed, time.get()) : new RunLast().execute(parsed);
    }

    private static ParseResult last(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        return last;
    }

    /** An option twice is refused; in the group of the limits the parser does not see to it. */
    private static void requireOnce(ParseResult last) {
        for (OptionSpec option : last.matchedOptionsSet()) {
            if (option.longestName().startsWith("--max-")
                    && last.originalArgs().stream()
                                    .filter(each -> each.equals(option.longestName())
                                            || each.startsWith(option.longestName() + "="))
                                    .count()
                            > 1) {
                throw new ParameterException(
                        last.commandSpec().commandLine(),
                        "option '" + option.longestName() + "' should be specified only once");
            }
        }
    }

    private static Optional<Duration> time(ParseResult last) {
        OptionSpec option = last.matchedOption("--max-time");
        return option == null ? Optional.empty() : Optional.of(option.getValue());
    }

    private static int execute(Session session, ParseResult parsed, Duration time) {
        FutureTask<Integer> work = new FutureTask<>(() -> new RunLast().execute(parsed));
        daemon("work", work).start();
        long start = System.nanoTime();
        try {
            return result(work, time.toMillis());
        } catch (TimeoutException e) {
            if (!session.stop()) {
                return delivered(work);
            }
            return stopped(session, parsed, time, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private static int stopped(Session session, ParseResult parsed, Duration time, Duration spent) {
        Failure failure = Failure.undecided("limit max-time " + time.toMillis() + " ms, needed more than "
                + Math.max(time.toMillis(), spent.toMillis()) + " ms"
                + (session.printed() ? "; what was printed ends where the time ended" : ""));
        session.err().println("loopcert: " + failure.getMessage());
        session.delivery().left().ifPresent(file -> session.err()
                .println("loopcert: cannot remove the temporary file " + file));
        Failures.report(session, parsed.originalArgs(), failure.json());
        flush(session);
        return ExitCode.worse(session.worst(), ExitCode.UNDECIDED);
    }

    /** Shows what was printed before; not for ever, since it may be a full pipe that took the time. */
    private static void flush(Session session) {
        Thread flush = daemon("flush", () -> session.out().flush());
        flush.start();
        try {
            flush.join(FLUSH_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The result of work that is being delivered. */
    private static int delivered(FutureTask<Integer> work) {
        try {
            return result(work, Long.MAX_VALUE);
        } catch (TimeoutException e) {
            throw new IllegalStateException("waited for ever", e);
        }
    }

    private static int result(FutureTask<Integer> work, long millis) throws TimeoutException {
        try {
            return work.get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException exception) {
                throw exception;
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

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
