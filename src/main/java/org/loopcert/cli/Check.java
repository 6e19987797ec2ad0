package org.loopcert.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.loopcert.input.InputException;
import org.loopcert.input.Problem;
import org.loopcert.kernel.Json;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The kernel alone, on files and folders. */
@Command(
        name = "check",
        description =
                "Checks certificates, refutations and counterexamples with the kernel alone (of a counterexample the reader"
                        + " of derivations is trusted too). Of a folder it takes every .json file below it, except manifests. Several files: the exit code is the worst, in the order 70, 2, 1, 3, 0.",
        footer = {
            "",
            "Example:",
            "  java -jar target/loopcert.jar generate --family gaussian --n 16 --d 4 --seed 1 -o instance.json",
            "  java -jar target/loopcert.jar certify instance.json -o certificate.json",
            "  java -jar target/loopcert.jar check certificate.json --input instance.json"
        })
final class Check implements Callable<Integer> {
    private final Session session;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CERT", arity = "0..*", description = "certificates, or folders of them")
    private List<Path> certificates = new ArrayList<>();

    @Option(
            names = "--list",
            paramLabel = "FILE",
            description = "a file that names further certificates or folders, one a line")
    private Path list;

    @Option(
            names = "--conclusions",
            description =
                    "print of each file one line with the verdict, and of an accepted one a line with the numbers of each"
                            + " conclusion, as other checkers print them (FORMAT.md, section 3.4)")
    private boolean conclusions;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "your own file: refuse a certificate about any other instance than this one, or a"
                    + " counterexample to any other .derivation")
    private Path input;

    @Mixin
    private InputArguments inputArguments;

    @Option(
            names = "--expect",
            paramLabel = "MANIFEST",
            description = "JSON of the expected verdicts, {\"<file>\": {\"verdict\": \"...\", \"reason\": \"...\"}}:"
                    + " exit 0 if and only if every file is listed, present and as expected, else 1. An entry with"
                    + " \"certificate\": \"<file>\" is an input, read for that certificate with the list of \"options\";"
                    + " paths begin at the manifest's folder")
    private Path expect;

    @ArgGroup(validate = false, heading = LimitArguments.HEADING)
    private LimitArguments.Kernel limits = new LimitArguments.Kernel();

    @Mixin
    private ResultArguments result;

    Check(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        if (input == null && inputArguments.given()) {
            throw new ParameterException(
                    spec.commandLine(), "expected --input FILE beside options that say how to read it, found none");
        }
        addListed();
        if (conclusions && result.json()) {
            throw new ParameterException(spec.commandLine(), "expected --conclusions or --json, found both");
        }
        Optional<Expectations> expectations = expect == null ? Optional.empty() : Optional.of(new Expectations(expect));
        CheckOptions options = new CheckOptions(
                certificates,
                own(),
                expectations,
                limits,
                conclusions,
                result.json(),
                result.quiet(),
                Commands.debugging(spec));
        return new CheckRun(session, options).run();
    }

    private CheckOptions.Own own() throws Failure, InputException {
        Optional<String> derivation = CounterexampleCheck.own(input, limits.kernel());
        if (derivation.isPresent() && inputArguments.given()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected no options that say how to read data beside a derivation, found some");
        }
        if (input == null || derivation.isPresent()) {
            return new CheckOptions.Own(Optional.empty(), derivation);
        }
        Problem problem = inputArguments.read(input, limits.input(), session, result.quiet());
        byte[] instance = Json.print(Instances.resolved(problem, limits.bits()));
        return new CheckOptions.Own(Optional.of(instance), Optional.empty());
    }

    private void addListed() throws Failure {
        if (list != null) {
            try {
                Files.readAllLines(list).stream()
                        .filter(line -> !line.isEmpty())
                        .map(Path::of)
                        .forEach(certificates::add);
            } catch (IOException e) {
                throw Failure.unusable("cannot read " + list + ": " + OutputFile.describe(e), e);
            }
        }
        if (certificates.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "expected certificates, found none");
        }
    }
}
