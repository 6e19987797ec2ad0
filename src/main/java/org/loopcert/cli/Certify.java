package org.loopcert.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.loopcert.certificate.Measured;
import org.loopcert.certificate.Outcome;
import org.loopcert.certificate.ResultJson;
import org.loopcert.certify.Certification;
import org.loopcert.certify.Certifier;
import org.loopcert.certify.CertifyOptions;
import org.loopcert.input.Problem;
import org.loopcert.kernel.Verdict;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** From an instance to a certificate, or to a refutation. */
@Command(
        name = "certify",
        description = "Certifies an instance and has the kernel check the certificate. A false claim is refuted: the"
                + " refutation is written and the exit code is 1.",
        footer = {
            "",
            "Example:",
            "  java -jar target/loopcert.jar generate --family gaussian --n 16 --d 4 --seed 1 -o instance.json",
            "  java -jar target/loopcert.jar certify instance.json -o certificate.json"
        })
final class Certify implements Callable<Integer> {
    private static final String REFUTED = "non-contraction";

    private final Session session;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "INPUT", description = "an instance: .json, .csv or .tsv")
    private Path input;

    @Mixin
    private InputArguments inputArguments;

    @Option(
            names = "--evidence",
            paramLabel = "KIND",
            description = "theorem, replay or both, for step equivalence (default: both where replay is affordable)")
    private CertifyOptions.Evidence evidence = CertifyOptions.Evidence.BOTH;

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            split = ",",
            description = "scaled, rational, apfloat: arithmetics that evaluate the symbolic step (default: all)")
    private List<CertifyOptions.Backend> backends;

    @Option(
            names = "--precision",
            paramLabel = "DIGITS",
            description = "enclosures are at most 10^-DIGITS wide, relatively (default: 9)")
    private int precision = CertifyOptions.DEFAULT.relativeWidthDigits();

    @Option(names = "--bound", description = "write the hash of the instance instead of the instance")
    private boolean bound;

    @Option(
            names = "--no-values",
            description = "leave out enclosures of the error, rounded iterates and everything measured")
    private boolean withoutValues;

    @ArgGroup(validate = false, heading = LimitArguments.HEADING)
    private LimitArguments.Kernel limits = new LimitArguments.Kernel();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "keep the certificate in this file; an existing one is replaced only by a complete one")
    private Path output;

    @Mixin
    private ResultArguments result;

    Certify(Session session) {
        this.session = session;
    }

    /**
     * The command of {@code certify INPUT} with some of --evidence, --no-values, --output and --quiet, each at most once and
     * with its value in a word of its own; empty for any other command line. To load the general parser takes longer than to
     * certify a small instance.
     */
    static Optional<Certify> plain(Session session, String... args) {
        Certify certify = new Certify(session);
        boolean quiet = false;
        Set<String> seen = new HashSet<>();
        for (int i = 1; i < args.length; i++) {
            String word = args[i];
            boolean takesValue = word.equals("--evidence") || word.equals("-o") || word.equals("--output");
            String value = takesValue && i + 1 < args.length ? args[++i] : word;
            String name =
                    switch (word) {
                        case "-o" -> "--output";
                        case "-q" -> "--quiet";
                        default -> word.startsWith("-") ? word : "INPUT";
                    };
            if (!seen.add(name) || value.isEmpty() || name.startsWith("-") && takesValue == value.startsWith("-")) {
                return Optional.empty();
            }
            switch (name) {
                case "--evidence" -> {
                    Optional<CertifyOptions.Evidence> kind = Arrays.stream(CertifyOptions.Evidence.values())
                            .filter(each -> InputArguments.typed(each).equals(value))
                            .findFirst();
                    if (kind.isEmpty()) {
                        return Optional.empty();
                    }
                    certify.evidence = kind.get();
                }
                case "--no-values" -> certify.withoutValues = true;
                case "--output" -> certify.output = Path.of(value);
                case "--quiet" -> quiet = true;
                case "INPUT" -> certify.input = Path.of(value);
                default -> {
                    return Optional.empty();
                }
            }
        }
        certify.inputArguments = new InputArguments();
        certify.result = new ResultArguments(false, quiet);
        return certify.input == null ? Optional.empty() : Optional.of(certify);
    }

    @Override
    public Integer call() throws Exception {
        if (output != null) {
            OutputFile.require(session, output, inputArguments.files(input));
        }
        return certify(inputArguments.read(input, limits.input(), session, result.quiet()));
    }

    private int certify(Problem problem) throws Failure, IOException {
        CertifyOptions options = options();
        Certification certification =
                Progress.during(session, "certifying", result.quiet(), () -> Certifier.certify(problem, options));
        Verdict verdict = limits.inOptions(certification.verdict());
        boolean writable = verdict instanceof Verdict.Accepted;
        if (output != null && writable) {
            OutputFile.replace(session, output, certification.certificate());
        }
        session.delivery().begin();
        report(certification, verdict);
        if (!result.quiet()) {
            note(writable, certification.certificate().length);
        }
        return refuted(verdict) ? ExitCode.REJECTED : ExitCode.of(verdict);
    }

    private CertifyOptions options() {
        Set<CertifyOptions.Backend> chosen =
                backends == null ? CertifyOptions.DEFAULT.backends() : EnumSet.copyOf(backends);
        try {
            return new CertifyOptions(evidence, chosen, precision, bound, !withoutValues, limits.kernel());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--precision: " + e.getMessage());
        }
    }

    private static boolean refuted(Verdict verdict) {
        return verdict instanceof Verdict.Accepted accepted && accepted.refutation();
    }

    private void report(Certification certification, Verdict verdict) {
        List<Outcome.Open> open = certification.undecided().stream()
                .map(each -> new Outcome.Open(each.id(), each.because()))
                .toList();
        if (result.json()) {
            ObjectNode json = ResultJson.of(verdict, certification.certificate(), open);
            if (refuted(verdict)) {
                // the kernel accepts the refutation, and with that rejects what was to be certified
                json.put("verdict", "rejected");
                json.put("reason", REFUTED);
            }
            ResultArguments.print(session, json);
        } else if (!result.quiet()) {
            String word = session.coloured(refuted(verdict) ? "rejected" : verdict.word());
            session.out().println(input + ": " + word + (refuted(verdict) ? " (convergence is refuted)" : ""));
            Summary summary = new Summary(session);
            if (verdict instanceof Verdict.Accepted accepted) {
                summary.accepted(accepted, Measured.of(certification.certificate()), open);
            } else {
                summary.undecided(verdict);
            }
        }
    }

    private void note(boolean writable, int bytes) {
        if (!writable) {
            session.err().println("note: no certificate was written");
        } else if (output == null) {
            session.err().println("note: -o FILE keeps the certificate (" + bytes + " bytes)");
        } else {
            session.err().println("note: wrote " + output + " (" + bytes + " bytes)");
        }
    }
}
