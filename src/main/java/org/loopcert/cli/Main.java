package org.loopcert.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.loopcert.certificate.ReachedLimit;
import org.loopcert.certificate.ResultJson;
import org.loopcert.input.InputException;
import org.loopcert.kernel.Kernel;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Entry point of {@code loopcert.jar}. */
@Command(
        name = "loopcert",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        scope = ScopeType.INHERIT,
        description =
                "Proves, one instance at a time and in exact arithmetic, that a linear looped Transformer performs"
                        + " gradient descent and converges as the theory says; an independent kernel re-checks what it wrote.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:accepted",
            "1:rejected: well-formed, and something in it is false or refuted",
            "2:malformed or unreadable, or wrong usage",
            "3:undecided: a limit was reached, or something needed was not given",
            "70:a fault of loopcert"
        },
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Callable<Integer> {
    private static final String DEBUG = "--debug";

    @Spec
    private CommandSpec spec;

    @Option(names = DEBUG, scope = ScopeType.INHERIT, description = "show the stack trace of a fault")
    private boolean debug;

    private Main() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT); // digits and words are the same everywhere
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        Session session = new Session(out, err, System.console() != null);
        // a signal ends the process, and with it the temporary files
        Runtime.getRuntime().addShutdownHook(new Thread(() -> session.delivery().end(), "end"));
        System.exit(run(session, args));
    }

    /** Runs a command; never throws. */
    static int run(Session session, String... args) {
        int code;
        try {
            code = commandLine(session).execute(args);
        } catch (OutOfMemoryError e) {
            Failure failure =
                    Failure.undecided("limit max-memory " + Runtime.getRuntime().maxMemory()
                            + ", needed more bytes: the memory of the Java machine did not suffice (java -Xmx4g -jar ... gives"
                            + " more)");
            session.err().println("loopcert: " + failure.getMessage());
            report(session, List.of(args), failure.json());
            code = ExitCode.UNDECIDED;
        } catch (Throwable e) {
            code = fault(session, e, List.of(args).contains(DEBUG));
        }
        if (!session.delivery().stopped() && session.out().checkError() && code != ExitCode.FAULT) {
            session.err().println("loopcert: cannot write to standard output");
            code = ExitCode.worse(code, ExitCode.MALFORMED);
        }
        return code;
    }

    static CommandLine commandLine(Session session) {
        CommandLine line = new CommandLine(new Main());
        line.addSubcommand(new Certify(session));
        line.addSubcommand(new Check(session));
        line.addSubcommand(new ExplainCommand(session));
        line.addSubcommand(new Export(session));
        line.addSubcommand(new Prove(session));
        line.addSubcommand(Claims.commandLine(session));
        line.addSubcommand(new Trace(session));
        line.addSubcommand(new Audit(session));
        line.addSubcommand(new Generate(session));
        line.addSubcommand(new Reproduce(session));
        CommandLine completion = new CommandLine(new AutoComplete.GenerateCompletion());
        completion
                .getCommandSpec()
                .usageMessage()
                .footer("", "Example:", "  java -jar target/loopcert.jar generate-completion");
        line.addSubcommand(completion);
        line.setOut(session.out());
        line.setErr(session.err());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setAbbreviatedOptionsAllowed(false);
        line.setExpandAtFiles(false); // a file may be named @...
        line.setOverwrittenOptionsAllowed(false);
        line.setUsageHelpWidth(110);
        line.setExecutionStrategy(parsed -> Deadline.execute(session, parsed));
        line.setParameterExceptionHandler((e, args) -> usage(session, e, List.of(args)));
        line.setExecutionExceptionHandler((e, command, parsed) -> failed(session, e, parsed.originalArgs()));
        return line;
    }

    private static int usage(Session session, ParameterException e, List<String> args) {
        CommandLine command = e.getCommandLine();
        session.err().println("loopcert: " + e.getMessage());
        report(session, args, ResultJson.unread("malformed", e.getMessage()));
        session.err()
                .println("try: java -jar target/loopcert.jar "
                        + command.getCommandSpec()
                                .qualifiedName()
                                .substring(
                                        command.getCommandSpec().root().name().length())
                                .stripLeading()
                        + (command.getParent() == null ? "" : " ")
                        + "--help");
        return ExitCode.MALFORMED;
    }

    private static int failed(Session session, Exception e, List<String> args) {
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

    /** Whether the user asked for stack traces, wherever on the command line. */
    static boolean debugging(CommandSpec spec) {
        return spec.root().userObject() instanceof Main main && main.debug;
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

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "expected a command");
    }

    /** The version in the manifest of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {
                "loopcert " + (version == null ? "(not from a jar)" : version) + ", certificate format " + Kernel.FORMAT
            };
        }
    }
}
