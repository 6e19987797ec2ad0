package org.loopcert.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.loopcert.derivation.Derivation;
import org.loopcert.derivation.DerivationChecker;
import org.loopcert.derivation.DerivationReader;
import org.loopcert.derivation.DerivationReport;
import org.loopcert.derivation.DerivationSyntaxException;
import org.loopcert.derivation.RoutesContradictException;
import org.loopcert.derivation.ShippedDerivations;
import org.loopcert.derivation.Statement;
import org.loopcert.report.JUnitXml;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Derivations, line by line. */
@Command(
        name = "prove",
        description =
                "Checks derivations line by line, for all dimensions: every line is proved, not proved or ill-typed. Of"
                        + " a folder it takes every .derivation file below it. Several files: the exit code is the worst, in"
                        + " the order 70, 2, 1, 3, 0.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every line is proved",
            "1:a line is ill-typed, or false: a counterexample is given",
            "2:not a derivation, unreadable, without a claim, or wrong usage",
            "3:a line is not proved and not refuted, or a limit was reached",
            "70:a fault of loopcert"
        },
        footer = {
            "",
            "Example:",
            "  java -jar target/loopcert.jar prove --list",
            "  java -jar target/loopcert.jar prove --show chen2024/lemma-4.1",
            "  java -jar target/loopcert.jar prove chen2024/lemma-4.1 --verbose"
        })
final class Prove implements Callable<Integer> {
    /** Checks a derivation of a name. */
    @FunctionalInterface
    interface Checker {
        DerivationReport check(String name, Derivation derivation);
    }

    private final Session session;
    private final Checker checker;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "derivations, folders of them, - for standard input, or names of shipped derivations")
    private List<String> arguments = List.of();

    @Option(names = "--list", description = "the names of the shipped derivations")
    private boolean list;

    @Option(names = "--show", paramLabel = "NAME", description = "print a shipped derivation, to copy and change it")
    private String show;

    @Option(names = "--verbose", description = "of a proved line also the rule and what it uses")
    private boolean verbose;

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "also write the result as JUnit XML; a line that is not proved is a failure")
    private Path junit;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "also write the counterexamples as certificates to this new or empty folder, all or nothing;"
                    + " where no line is refuted it is not made")
    private Path output;

    @ArgGroup(validate = false, heading = LimitArguments.HEADING)
    private LimitArguments.Text limits = new LimitArguments.Text();

    @Mixin
    private ResultArguments result;

    Prove(Session session) {
        this(session, DerivationChecker::check);
    }

    Prove(Session session, Checker checker) {
        this.session = session;
        this.checker = checker;
    }

    @Override
    public Integer call() throws Exception {
        int asked = (list ? 1 : 0) + (show == null ? 0 : 1) + (arguments.isEmpty() ? 0 : 1);
        if (asked != 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected either FILE..., --list or --show NAME, found " + (asked == 0 ? "none" : "several"));
        }
        if ((junit != null || output != null) && arguments.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected FILE... beside " + (junit != null ? "--junit" : "-o") + ", found none");
        }
        if (output != null) {
            OutputFolder.requireUsable(output);
        }
        if (list) {
            return list();
        }
        return show == null ? prove() : show();
    }

    private int list() throws IOException, DerivationSyntaxException {
        Map<String, String> titles = new LinkedHashMap<>();
        for (String each : ShippedDerivations.names()) {
            String text = ShippedDerivations.text(each).orElseThrow();
            titles.put(each, DerivationReader.read(each, text).title());
        }
        session.delivery().begin();
        if (result.json()) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            titles.forEach((id, title) -> all.addObject().put("id", id).put("title", title));
            ResultArguments.print(session, all);
        } else if (!result.quiet()) {
            titles.forEach((id, title) -> session.out().println(id + "  " + title));
        }
        return ExitCode.ACCEPTED;
    }

    private int show() throws IOException {
        String text = ShippedDerivations.text(show)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--show: expected one of " + String.join(", ", ShippedDerivations.names()) + ", found '" + show
                                + "'"));
        session.delivery().begin();
        if (result.json()) {
            ResultArguments.print(
                    session,
                    JsonNodeFactory.instance.objectNode().put("id", show).put("text", text));
        } else {
            session.out().print(text);
        }
        return ExitCode.ACCEPTED;
    }

    private int prove() throws Exception {
        List<ProofSource> sources = new ArrayList<>();
        List<ProofResult> results = new ArrayList<>();
        int worst = ExitCode.ACCEPTED;
        for (String each : arguments) {
            try {
                sources.addAll(ProofSource.of(each));
            } catch (Failure e) {
                if (arguments.size() == 1) {
                    throw e;
                }
                session.err().println("loopcert: " + e.getMessage());
                results.add(ProofResult.Unchecked.of(each, e));
                worst = ExitCode.worse(worst, e.exitCode());
            }
        }
        if (arguments.stream().filter(ProofSource.STANDARD_INPUT::equals).count() > 1) {
            throw new ParameterException(spec.commandLine(), "expected standard input (-) once, found it twice");
        }
        if (junit != null) {
            OutputFile.require(
                    session,
                    junit,
                    sources.stream().flatMap(each -> each.file().stream()).toList());
        }
        boolean single = arguments.size() == 1
                && sources.size() == 1
                && sources.get(0).name().equals(arguments.get(0));
        ProofSummary summary = new ProofSummary(session, verbose);
        earned(worst);
        try (Progress progress = Progress.of(session, "proving", sources.size(), result.quiet())) {
            for (ProofSource each : sources) {
                ProofResult checked = check(each);
                results.add(checked);
                earned(checked.code());
                worst = ExitCode.worse(worst, checked.code());
                if (!result.json() && !result.quiet()) {
                    show(summary, checked, single);
                }
                progress.stepTo(results.size());
            }
        }
        if (junit != null) {
            List<JUnitXml.Suite> suites =
                    results.stream().map(ProofResult::suite).toList();
            OutputFile.replace(session, junit, writer -> JUnitXml.write(writer, "loopcert prove", suites));
        }
        if (output != null) {
            write(results);
        }
        session.delivery().begin();
        if (result.json()) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            results.forEach(each -> all.add(each.json()));
            ResultArguments.print(session, single ? all.get(0) : all);
        } else if (!single && !result.quiet()) {
            session.out().println(counted(results));
        }
        return worst;
    }

    /** What a run that is stopped ends with; of JSON it shows nothing. */
    private void earned(int code) {
        if (!result.json()) {
            session.earned(code);
        }
    }

    private void write(List<ProofResult> results) throws Failure {
        SortedMap<String, byte[]> files = CounterexampleFiles.of(results);
        if (files.isEmpty()) {
            session.err().println("loopcert: no line is refuted, so that " + output + " is not written");
            return;
        }
        OutputFolder.write(session, output, files);
        if (!result.json() && !result.quiet()) {
            session.err()
                    .println("loopcert: " + files.size() + (files.size() == 1 ? " counterexample" : " counterexamples")
                            + " written to " + output);
        }
    }

    private void show(ProofSummary summary, ProofResult checked, boolean single) throws Failure {
        if (single) {
            summary.full(checked);
        } else {
            summary.brief(checked);
        }
        if (session.out().checkError()) {
            throw Failure.unusable("cannot write to standard output", null);
        }
    }

    private static String counted(List<ProofResult> results) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        results.forEach(each -> counts.merge(each.word(), 1, Integer::sum));
        List<String> words = new ArrayList<>();
        counts.forEach((word, count) -> words.add(count + " " + word));
        return results.size() + (results.size() == 1 ? " file: " : " files: ") + String.join(", ", words);
    }

    /** Each by itself: what is wrong with one does not stop the others. */
    private ProofResult check(ProofSource source) {
        String name = source.name();
        try {
            return check(name, source.read(limits));
        } catch (IOException e) {
            String reason = "cannot read it: " + OutputFile.describe(e);
            session.err().println("loopcert: " + name + ": " + reason);
            return ProofResult.Unchecked.unreadable(name, reason);
        } catch (ProofSource.NotUtf8 e) {
            session.err().println("loopcert: " + name + ": " + e.getMessage());
            return ProofResult.Unchecked.notUtf8(name, e);
        } catch (Failure e) {
            session.err().println("loopcert: " + name + ": " + e.getMessage());
            return ProofResult.Unchecked.of(name, e);
        } catch (OutOfMemoryError e) {
            Failure failure = limits.exhausted();
            session.err().println("loopcert: " + name + ": " + failure.getMessage());
            return ProofResult.Unchecked.of(name, failure);
        } catch (RoutesContradictException e) {
            return fault(
                    name,
                    e,
                    "the two routes contradict each other at line " + e.place() + ", please report it: "
                            + e.getMessage(),
                    Optional.of(e));
        } catch (RuntimeException | StackOverflowError e) {
            return fault(name, e, String.valueOf(e.getMessage()), Optional.empty());
        }
    }

    private ProofResult check(String name, String text) {
        try {
            Derivation derivation = DerivationReader.read(name, text);
            if (derivation.statements().stream().noneMatch(each -> each.kind() == Statement.Kind.CLAIM)) {
                ProofResult.Unchecked none = ProofResult.Unchecked.withoutClaim(name, text);
                session.err().println("loopcert: " + name + ": " + none.reason());
                return none;
            }
            return ProofResult.Checked.of(name, text, derivation, checker.check(name, derivation));
        } catch (DerivationSyntaxException e) {
            return ProofResult.Malformed.of(name, text, e);
        }
    }

    private ProofResult fault(
            String name, Throwable e, String reason, Optional<RoutesContradictException> contradiction) {
        Failures.fault(session, new IllegalStateException(name + ": " + reason, e), Commands.debugging(spec));
        return ProofResult.Unchecked.fault(name, reason, contradiction.map(RoutesContradictException::place));
    }
}
