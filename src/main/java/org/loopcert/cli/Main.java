package org.loopcert.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Entry point of {@code loopcert.jar}. Whatever it needs for every command is loaded at every start, so it is little. */
public final class Main {
    private Main() {}

    /** Runs a command and exits with its code; none but daemons run beside it. */
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT); // digits and words are the same everywhere
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        Session session = new Session(out, err, interactive());
        Runtime.getRuntime().addShutdownHook(new End(session));
        int code = run(session, args);
        // newer Javas look for a logger at every exit; without one the end of this thread is enough
        if (code != ExitCode.ACCEPTED) {
            System.exit(code);
        }
    }

    /** The shell that starts this knows what is a terminal; to ask Java takes longer than to check a small certificate. */
    private static boolean interactive() {
        String said = System.getProperty("loopcert.terminal");
        return said == null ? System.console() != null : said.equals("true");
    }

    /** Runs a command; never throws. */
    static int run(Session session, String... args) {
        int code;
        try {
            Optional<Callable<Integer>> plain = plain(session, args);
            code = plain.isPresent()
                    ? plain(session, plain.get(), args)
                    : Commands.line(session, List.of(args)).execute(args);
        } catch (OutOfMemoryError e) {
            code = Failures.outOfMemory(session, List.of(args));
        } catch (Throwable e) {
            code = Failures.fault(session, e, List.of(args).contains(Failures.DEBUG));
        }
        if (!session.delivery().stopped() && session.out().checkError() && code != ExitCode.FAULT) {
            session.err().println("loopcert: cannot write to standard output");
            code = ExitCode.worse(code, ExitCode.MALFORMED);
        }
        return code;
    }

    /** What a command line with the plainest options alone asks for, which needs no general parser. */
    private static Optional<Callable<Integer>> plain(Session session, String... args) {
        Optional<CheckOptions> check = CheckOptions.plain(args);
        if (check.isPresent()) {
            return Optional.of(() -> new CheckRun(session, check.get()).run());
        }
        return args.length > 1 && args[0].equals("certify")
                ? Certify.plain(session, args).map(certify -> certify)
                : Optional.empty();
    }

    private static int plain(Session session, Callable<Integer> command, String... args) {
        try {
            return command.call();
        } catch (Exception e) {
            return Failures.failed(session, e, List.of(args));
        }
    }

    /** A signal ends the process, and with it the temporary files. */
    private static final class End extends Thread {
        private final Session session;

        End(Session session) {
            super("end");
            this.session = session;
        }

        @Override
        public void run() {
            session.delivery().end();
        }
    }
}
