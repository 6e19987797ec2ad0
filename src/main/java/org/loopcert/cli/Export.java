package org.loopcert.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.loopcert.certificate.CoqExport;
import org.loopcert.certificate.CounterexampleText;
import org.loopcert.certificate.Words;
import org.loopcert.input.Problem;
import org.loopcert.kernel.Json;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Verdict;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A certificate as a file of a proof assistant. */
@Command(
        name = "export",
        description =
                "Writes an accepted certificate as a Coq file: its data, one computation by the verified checker, and theorems"
                        + " about this very instance. Coq checks it with the library of src/main/coq.",
        footer = {
            "",
            "Example:",
            "  java -jar target/loopcert.jar generate --family gaussian --n 16 --d 4 --seed 1 -o instance.json",
            "  java -jar target/loopcert.jar certify instance.json -o certificate.json",
            "  java -jar target/loopcert.jar export certificate.json --to coq -o certificate.v"
        })
final class Export implements Callable<Integer> {
    /** What a certificate can be written for. */
    enum Target {
        COQ;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Session session;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CERT", description = "a certificate")
    private Path certificate;

    @Option(names = "--to", required = true, description = "for what: ${COMPLETION-CANDIDATES}")
    private Target target;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "what the theorems are called (default: after the file)")
    private String name;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "your own file: export the certificate as one about this instance")
    private Path input;

    @Mixin
    private InputArguments inputArguments;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "where to write (default: standard output)")
    private Path output;

    @ArgGroup(validate = false, heading = LimitArguments.HEADING)
    private LimitArguments.Kernel limits = new LimitArguments.Kernel();

    @Option(names = "--quiet", description = "no progress and no notes")
    private boolean quiet;

    Export(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        if (input == null && inputArguments.given()) {
            throw new ParameterException(
                    spec.commandLine(), "expected --input FILE beside options that say how to read it, found none");
        }
        String called = name == null ? CoqExport.nameOf(certificate) : name;
        if (!called.matches("[A-Za-z][A-Za-z0-9_]*")) {
            throw new ParameterException(
                    spec.commandLine(), "--name: expected letters, digits and underscores, found '" + called + "'");
        }
        if (output != null) {
            OutputFile.require(session, output, Arrays.asList(certificate, input));
        }
        byte[] bytes = read(limits.kernel());
        if (CounterexampleText.isOne(bytes)) {
            throw Failure.unusable(
                    certificate + ": expected a certificate about an instance, found a counterexample to a derivation",
                    null);
        }
        Optional<byte[]> own = own();
        Verdict verdict = Progress.during(session, "checking", quiet, () -> limits.check(bytes, own));
        if (!(verdict instanceof Verdict.Accepted accepted)) {
            session.err().println(certificate + ": " + verdict.word() + ", so nothing is exported");
            session.err().println("  " + Words.because(verdict));
            return ExitCode.of(verdict);
        }
        CoqExport export = new CoqExport(accepted, bytes, called);
        if (output == null) {
            StringWriter text = new StringWriter();
            export.write(text);
            session.out().print(text);
        } else {
            OutputFile.replace(session, output, export::write);
            if (!quiet && !output.getFileName().toString().matches("[A-Za-z_][A-Za-z0-9_]*\\.v")) {
                session.err().println("note: coqc takes files named by letters, digits and underscores, ending in .v");
            }
        }
        return ExitCode.ACCEPTED;
    }

    private byte[] read(Limits kernel) throws Failure {
        try {
            return CertificateCheck.read(certificate, kernel);
        } catch (IOException e) {
            throw Failure.unusable(certificate + ": cannot read it: " + OutputFile.describe(e), e);
        }
    }

    private Optional<byte[]> own() throws Exception {
        if (input == null) {
            return Optional.empty();
        }
        Problem problem = inputArguments.read(input, limits.input(), session, quiet);
        return Optional.of(Json.print(Instances.resolved(problem, limits.bits())));
    }
}
