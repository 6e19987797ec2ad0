package org.loopcert.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
            Optional<CheckOptions> plain = CheckOptions.plain(args);
            code = plain.isPresent() ? check(session, plain.get(), args) : other(session, args);
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

    private static int check(Session session, CheckOptions options, String... args) {
        try {
            return new CheckRun(session, options).run();
        } catch (Exception e) {
            return Failures.failed(session, e, List.of(args));
        }
    }

    private static int other(Session session, String... args) {
        Optional<Certify> plain =
                args.length > 1 && args[0].equals("certify") ? Certify.plain(session, args) : Optional.empty();
        if (plain.isEmpty()) {
            return Commands.line(session, List.of(args)).execute(args);
        }
        try {
            return plain.get().call();
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
