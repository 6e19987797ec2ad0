package org.loopcert.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.loopcert.certificate.ResultJson;
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

/** The commands and how their lines are parsed. */
@Command(
        name = "loopcert",
        mixinStandardHelpOptions = true,
        versionProvider = Commands.Version.class,
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
final class Commands implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = Failures.DEBUG, scope = ScopeType.INHERIT, description = "show the stack trace of a fault")
    private boolean debug;

    private Commands() {}

    /** The parser of command lines, whose commands write to the session. */
    static CommandLine line(Session session) {
        return line(session, List.of());
    }

    /** As {@link #line(Session)}, for one line only: where a command comes first, no other is made. */
    static CommandLine line(Session session, List<String> words) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("certify", () -> new Certify(session));
        commands.put("check", () -> new Check(session));
        commands.put("explain", () -> new ExplainCommand(session));
        commands.put("export", () -> new Export(session));
        commands.put("prove", () -> new Prove(session));
        commands.put("claims", () -> Claims.commandLine(session));
        commands.put("trace", () -> new Trace(session));
        commands.put("audit", () -> new Audit(session));
        commands.put("gram", () -> new GramCommand(session));
        commands.put("generate", () -> new Generate(session));
        commands.put("reproduce", () -> new Reproduce(session));
        CommandLine line = new CommandLine(new Commands());
        if (!words.isEmpty() && commands.containsKey(words.get(0))) {
            line.addSubcommand(commands.get(words.get(0)).get());
        } else {
            commands.values().forEach(command -> line.addSubcommand(command.get()));
            line.addSubcommand(completion());
        }
        line.setOut(session.out());
        line.setErr(session.err());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setAbbreviatedOptionsAllowed(false);
        line.setExpandAtFiles(false); // a file may be named @...
        line.setOverwrittenOptionsAllowed(false);
        line.setUsageHelpWidth(110);
        line.setExecutionStrategy(parsed -> Deadline.execute(session, parsed));
        line.setParameterExceptionHandler((e, args) -> usage(session, e, List.of(args)));
        line.setExecutionExceptionHandler((e, command, parsed) -> Failures.failed(session, e, parsed.originalArgs()));
        return line;
    }

    private static CommandLine completion() {
        CommandLine completion = new CommandLine(new AutoComplete.GenerateCompletion());
        completion
                .getCommandSpec()
                .usageMessage()
                .footer("", "Example:", "  java -jar target/loopcert.jar generate-completion");
        return completion;
    }

    private static int usage(Session session, ParameterException e, List<String> args) {
        CommandLine command = e.getCommandLine();
        session.err().println("loopcert: " + e.getMessage());
        Failures.report(session, args, ResultJson.unread("malformed", e.getMessage()));
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

    /** Whether the user asked for stack traces, wherever on the command line. */
    static boolean debugging(CommandSpec spec) {
        return spec.root().userObject() instanceof Commands commands && commands.debug;
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "expected a command");
    }

    /** The version in the manifest of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Commands.class.getPackage().getImplementationVersion();
            return new String[] {
                "loopcert " + (version == null ? "(not from a jar)" : version) + ", certificate format " + Kernel.FORMAT
            };
        }
    }
}
