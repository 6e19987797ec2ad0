package org.loopcert.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.List;
import org.loopcert.certificate.ReachedLimit;
import org.loopcert.certificate.ResultJson;
import org.loopcert.input.InputException;

/** What is said, and which exit code is earned, where a command ends without a result. */
final class Failures {
    /** The option that asks for stack traces. */
    static final String DEBUG = "--debug";

    private Failures() {}

    /** The end of a command by an exception. */
    static int failed(Session session, Exception e, List<String> args) {
        if (e instanceof InputException input) {
            boolean limit = input.limit().isPresent();
            session.err().println("loopcert: " + (limit ? "undecided: " : "") + input.getMessage());
            report(session, args, json(input));
            return limit ? ExitCode.UNDECIDED : ExitCode.MALFORMED;
        }
        if (e instanceof Failure failure) {
            session.err().println("loopcert: " + failure.getMessage());
            report(session, args, failure.json());
            return failure.exitCode();
        }
        report(session, args, ResultJson.unread("fault", String.valueOf(e.getMessage())));
        return fault(session, e, args.contains(DEBUG));
    }

    /** The end of a command where the memory did not suffice. */
    static int outOfMemory(Session session, List<String> args) {
        Failure failure =
                Failure.undecided("limit max-memory " + Runtime.getRuntime().maxMemory()
                        + ", needed more bytes: the memory of the Java machine did not suffice (java -Xmx4g -jar ... gives"
                        + " more)");
        session.err().println("loopcert: " + failure.getMessage());
        report(session, args, failure.json());
        return ExitCode.UNDECIDED;
    }

    /** The result for an input that was refused. */
    static ObjectNode json(InputException e) {
        return e.limit()
                .map(limit -> ResultJson.beyond(
                        e.getMessage(),
                        new ReachedLimit(
                                limit.name(),
                                BigInteger.valueOf(limit.allowed()),
                                BigInteger.valueOf(limit.needed()),
                                "")))
                .orElseGet(() -> ResultJson.unread("malformed", e.getMessage()));
    }

    /** Prints what went wrong as JSON where JSON was asked for, unless a result was begun. */
    static void report(Session session, List<String> args, ObjectNode result) {
        if (args.contains("--json") && !session.printed()) {
            ResultArguments.print(session, result);
        }
    }

    static int fault(Session session, Throwable e, boolean debug) {
        String message = e.getMessage() == null
                ? ""
                : ": " + e.getMessage().lines().findFirst().orElse("");
        session.err().println("loopcert: fault: " + e.getClass().getSimpleName() + message);
        if (debug) {
            e.printStackTrace(session.err());
        }
        return ExitCode.FAULT;
    }
}
