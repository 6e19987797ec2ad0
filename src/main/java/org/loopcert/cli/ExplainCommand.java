package org.loopcert.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.loopcert.certificate.CounterexampleText;
import org.loopcert.certificate.Explanation;
import org.loopcert.certificate.ResultJson;
import org.loopcert.certificate.Words;
import org.loopcert.input.InputException;
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

/** What a certificate argues, or where and why it fails. */
@Command(
        name = "explain",
        description =
                "Walks through an accepted certificate in words, with its lines, rules and numbers; says what limits"
                        + " its convergence. Of any other file it says what fails first, where, and what was derived before.",
        footer = {
            "",
            "Example:",
            "  java -jar target/loopcert.jar generate --family gaussian --n 16 --d 4 --seed 1 -o instance.json",
            "  java -jar target/loopcert.jar certify instance.json -o certificate.json",
            "  java -jar target/loopcert.jar explain certificate.json"
        })
final class ExplainCommand implements Callable<Integer> {
    private static final String VERBATIM = "the text there";

    private final Session session;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CERT", description = "a certificate")
    private Path certificate;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "your own file: explain the certificate as one about this instance")
    private Path input;

    @Mixin
    private InputArguments inputArguments;

    @Option(names = "--exact", description = "write every number out, however long")
    private boolean exact;

    @ArgGroup(validate = false, heading = LimitArguments.HEADING)
    private LimitArguments.Kernel limits = new LimitArguments.Kernel();

    @Mixin
    private ResultArguments result;

    ExplainCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        if (input == null && inputArguments.given()) {
            throw new ParameterException(
                    spec.commandLine(), "expected --input FILE beside options that say how to read it, found none");
        }
        Limits kernel = limits.kernel();
        byte[] bytes = read(kernel);
        if (CounterexampleText.isOne(bytes)) {
            return counterexample(bytes, kernel);
        }
        Optional<byte[]> own = own();
        Verdict verdict = Progress.during(session, "checking", result.quiet(), () -> limits.check(bytes, own));
        if (verdict instanceof Verdict.Malformed && !result.quiet() && !CertificateCheck.namesItsFormat(bytes)) {
            session.err().println("note: " + certificate + " does not begin as a certificate does (certify makes one)");
        }
        Words words = exact ? Words.EXACT : Words.BRIEF;
        Explanation explanation = verdict instanceof Verdict.Accepted accepted
                ? Explanation.accepted(accepted, bytes, words)
                : Explanation.refused(verdict, bytes, new Rederivation(kernel).before(verdict, bytes, own), words);
        if (result.json()) {
            ObjectNode json = named();
            json.setAll(explanation.json());
            ResultArguments.print(session, json);
        } else if (!result.quiet()) {
            show(verdict, explanation);
        }
        return ExitCode.of(verdict);
    }

    private int counterexample(byte[] bytes, Limits kernel) throws Failure {
        Optional<String> own = CounterexampleCheck.own(input, kernel);
        if (input != null && own.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "expected a .derivation as --input of a counterexample, found " + input);
        }
        CounterexampleCheck checked = CounterexampleCheck.of(bytes, own, kernel);
        if (result.json()) {
            ObjectNode json = named();
            json.put("verdict", checked.word());
            json.put("reason", checked.reason().orElse(null));
            ArrayNode list = json.putArray("explanation");
            for (CounterexampleCheck.Section section : checked.explanation()) {
                ArrayNode sentences =
                        list.addObject().put("title", section.title()).putArray("sentences");
                section.sentences().forEach(each -> sentences.addObject().put("text", each));
            }
            ResultArguments.print(session, json);
        } else if (!result.quiet()) {
            boolean refutes = checked.code() == ExitCode.ACCEPTED;
            session.out()
                    .println(certificate + ": " + session.coloured(checked.word())
                            + (refutes ? " (refutes a line of a derivation)" : ""));
            Summary summary = new Summary(session);
            for (CounterexampleCheck.Section section : checked.explanation()) {
                session.out().println();
                session.out().println(section.title());
                section.sentences().forEach(each -> summary.wrapped("  - ", ProofSummary.plain(each)));
            }
        }
        return checked.code();
    }

    private byte[] read(Limits kernel) throws Failure {
        try {
            return CertificateCheck.read(certificate, kernel);
        } catch (IOException e) {
            String reason = "cannot read it: " + OutputFile.describe(e);
            if (result.json()) {
                ResultArguments.print(session, named().setAll(ResultJson.unread("malformed", reason)));
            }
            throw Failure.unusable(certificate + ": " + reason, e);
        }
    }

    private Optional<byte[]> own() throws InputException, Failure {
        if (input == null) {
            return Optional.empty();
        }
        Problem problem = inputArguments.read(input, limits.input(), session, result.quiet());
        return Optional.of(Json.print(Instances.resolved(problem, limits.bits())));
    }

    private ObjectNode named() {
        return JsonNodeFactory.instance.objectNode().put("file", certificate.toString());
    }

    private void show(Verdict verdict, Explanation explanation) {
        String kind = verdict instanceof Verdict.Accepted accepted
                ? accepted.refutation() ? " (refutes convergence)" : " (convergence certified)"
                : "";
        session.out().println(certificate + ": " + session.coloured(verdict) + kind);
        Summary summary = new Summary(session);
        for (Explanation.Section section : explanation.sections()) {
            session.out().println();
            session.out().println(section.title());
            List<Explanation.Sentence> sentences = section.sentences();
            for (Explanation.Sentence sentence : sentences) {
                if (section.title().equals(VERBATIM)) {
                    session.out().println("    " + sentence.text());
                } else {
                    summary.wrapped("  - ", sentence.cited());
                }
            }
        }
    }
}
