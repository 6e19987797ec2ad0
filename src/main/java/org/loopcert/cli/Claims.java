package org.loopcert.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.loopcert.claim.Bibliography;
import org.loopcert.claim.Claim;
import org.loopcert.claim.ClaimCheck;
import org.loopcert.claim.ClaimPage;
import org.loopcert.claim.ClaimRegistry;
import org.loopcert.claim.Recorded;
import org.loopcert.derivation.LineReport;
import org.loopcert.report.JUnitXml;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The registry of the papers' claims. */
@Command(
        name = "claims",
        description =
                "What the papers print, statement by statement, with a verdict, its evidence and the smallest repair.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Example:",
            "  java -jar target/loopcert.jar claims list",
            "  java -jar target/loopcert.jar claims show CHEN2024/lemma-5.5",
            "  java -jar target/loopcert.jar claims run CHEN2024/theorem-4.2"
        })
final class Claims implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    private Claims() {}

    static CommandLine commandLine(Session session) {
        return commandLine(session, ClaimRegistry::shipped);
    }

    /** The commands on another registry. */
    static CommandLine commandLine(Session session, Supplier<ClaimRegistry> registry) {
        return new CommandLine(new Claims())
                .addSubcommand(new Listing(session, registry))
                .addSubcommand(new Show(session, registry))
                .addSubcommand(new Run(session, registry));
    }

    private static ClaimCheck check(ClaimRegistry registry, Optional<Path> papers) {
        return new ClaimCheck(registry, ClaimCommands::run, papers);
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "expected list, show ID or run [ID...], found none");
    }

    private static Claim find(CommandSpec spec, ClaimRegistry registry, String id) {
        return registry.find(id)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "expected the id of a claim, such as "
                                + registry.claims().get(0).id() + " (claims list names them), found '" + id + "'"));
    }

    private static ObjectNode json(ClaimRegistry registry, Claim claim) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", claim.id());
        json.putNull("part");
        json.putNull("step");
        json.put("verdict", claim.verdict().word());
        ArrayNode evidence = json.putArray("evidence");
        for (Claim.Evidence each : claim.evidence()) {
            ObjectNode item = evidence.addObject();
            if (each instanceof Claim.Evidence.Derivation derivation) {
                item.put("derivation", derivation.name());
            } else if (each instanceof Claim.Evidence.Counterexample counterexample) {
                item.put("counterexample", counterexample.name());
                item.put("derivation", counterexample.derivation());
                item.put("line", counterexample.line());
                item.put("command", counterexample.command());
            } else if (each instanceof Claim.Evidence.Command command) {
                item.put("command", command.arguments()).put("says", command.says());
                command.finds().forEach(item.putObject("finds")::put);
            } else if (each instanceof Claim.Evidence.Quotation quotation) {
                item.put("source", quotation.source().file());
                quotation.quotes().forEach(item.putArray("quotes")::add);
                quotation.words().forEach(item.putArray("words")::add);
                quotation.absent().forEach(item.putArray("absent")::add);
                item.put("says", quotation.says());
            } else if (each instanceof Claim.Evidence.Argument argument) {
                item.put("argument", argument.text());
            }
        }
        json.put("repair", claim.repair().orElse(null));
        json.put("extractionDoubt", claim.extractionDoubt().orElse(null));
        json.put("kind", claim.kind().word());
        json.put("place", claim.place());
        json.put("statement", claim.statement());
        claim.hypotheses().forEach(json.putArray("hypotheses")::add);
        json.put("quantifier", claim.quantifier().word());
        json.put("detail", claim.detail().orElse(null));
        json.put("range", claim.range());
        registry.open(claim).forEach(json.putArray("open")::add);
        return json;
    }

    /** All claims, a line each. */
    @Command(
            name = "list",
            description =
                    "The claims with kind and verdict, a line each. An asterisk marks a verdict that rests in part on"
                            + " lines of a derivation that no rule proves yet.",
            footer = {"", "Example:", "  java -jar target/loopcert.jar claims list"})
    static final class Listing implements Callable<Integer> {
        private final Session session;
        private final Supplier<ClaimRegistry> shipped;

        @Option(names = "--markdown", description = "the page of results, as Markdown")
        private boolean markdown;

        @Mixin
        private ResultArguments result;

        @Spec
        private CommandSpec spec;

        Listing(Session session, Supplier<ClaimRegistry> shipped) {
            this.session = session;
            this.shipped = shipped;
        }

        @Override
        public Integer call() throws IOException {
            if (markdown && result.json()) {
                throw new ParameterException(spec.commandLine(), "expected --markdown or --json, found both");
            }
            ClaimRegistry registry = shipped.get();
            session.delivery().begin();
            if (result.json()) {
                ArrayNode all = JsonNodeFactory.instance.arrayNode();
                registry.claims().forEach(each -> all.add(json(registry, each)));
                ResultArguments.print(session, all);
            } else if (markdown) {
                session.out().print(ClaimPage.of(registry));
            } else if (!result.quiet()) {
                print(registry);
            }
            return ExitCode.ACCEPTED;
        }

        private void print(ClaimRegistry registry) {
            int width = registry.claims().stream()
                    .mapToInt(each -> each.id().length())
                    .max()
                    .orElse(0);
            for (Claim each : registry.claims()) {
                session.out()
                        .println(each.id() + " ".repeat(width - each.id().length()) + "  "
                                + "%-10s  ".formatted(each.kind().word())
                                + each.verdict().word()
                                + (registry.open(each).isEmpty() ? "" : " *"));
            }
            for (Bibliography each : Bibliography.values()) {
                session.out().println(each.id() + ": " + ClaimPage.counted(registry.claims(each)));
            }
        }
    }

    /** One claim, all of it. */
    @Command(
            name = "show",
            description = "All about a claim, with the lines of its derivations as they are checked now.",
            footer = {"", "Example:", "  java -jar target/loopcert.jar claims show CHEN2024/lemma-5.5"})
    static final class Show implements Callable<Integer> {
        private final Session session;
        private final Supplier<ClaimRegistry> shipped;

        @Parameters(paramLabel = "ID", description = "of a claim, such as CHEN2024/lemma-5.5")
        private String id;

        @Mixin
        private ResultArguments result;

        @Spec
        private CommandSpec spec;

        Show(Session session, Supplier<ClaimRegistry> shipped) {
            this.session = session;
            this.shipped = shipped;
        }

        @Override
        public Integer call() throws IOException {
            ClaimRegistry registry = shipped.get();
            Claim claim = find(spec, registry, id);
            List<ClaimCheck.Outcome> outcomes =
                    check(registry, Optional.empty()).derivations(claim);
            session.delivery().begin();
            if (result.json()) {
                ObjectNode json = json(registry, claim);
                ArrayNode lines = json.putArray("lines");
                outcomes.forEach(outcome -> outcome.lines().forEach(line -> {
                    ObjectNode item = lines.addObject();
                    item.put("derivation", outcome.name());
                    item.put("part", line.part());
                    item.put("step", line.step());
                    item.put("verdict", Recorded.state(line).word());
                    item.put("line", line.place().line());
                    item.put("text", line.text());
                    item.put("waitsFor", rule(registry, outcome.name(), line).orElse(null));
                }));
                ResultArguments.print(session, json);
            } else if (!result.quiet()) {
                print(registry, claim, outcomes);
            }
            return ExitCode.ACCEPTED;
        }

        private static Optional<String> rule(ClaimRegistry registry, String derivation, LineReport line) {
            return Optional.ofNullable(registry.lines(derivation).get(Recorded.key(line)))
                    .flatMap(Recorded::rule);
        }

        private void print(ClaimRegistry registry, Claim claim, List<ClaimCheck.Outcome> outcomes) {
            Summary summary = new Summary(session);
            session.out().println(claim.id() + ": " + claim.verdict().word());
            field(summary, "place", claim.place());
            field(
                    summary,
                    "kind",
                    claim.kind().word() + ", " + claim.quantifier().word());
            field(summary, "printed", claim.statement());
            claim.hypotheses().forEach(each -> field(summary, "hypothesis", each));
            claim.detail().ifPresent(each -> field(summary, "because", each));
            claim.repair().ifPresent(each -> field(summary, "repair", each));
            claim.extractionDoubt().ifPresent(each -> field(summary, "doubt", each));
            field(summary, "range", claim.range());
            field(summary, "again", "claims run " + claim.id());
            for (Claim.Evidence each : claim.evidence()) {
                if (each instanceof Claim.Evidence.Counterexample counterexample) {
                    field(
                            summary,
                            "refuted by",
                            counterexample.command() + ": refutes " + ClaimPage.refuted(counterexample));
                } else if (each instanceof Claim.Evidence.Command command) {
                    field(
                            summary,
                            "command",
                            command.arguments() + ": " + command.says()
                                    + (command.finds().isEmpty()
                                            ? ""
                                            : "; found: " + ClaimPage.findings(command.finds())));
                } else if (each instanceof Claim.Evidence.Quotation quotation) {
                    quotation
                            .quotes()
                            .forEach(quote -> field(
                                    summary,
                                    "text",
                                    "\"" + quote + "\", " + quotation.source().file()));
                    field(summary, "", quotation.says());
                } else if (each instanceof Claim.Evidence.Argument argument) {
                    field(summary, "argument", argument.text());
                }
            }
            for (ClaimCheck.Outcome outcome : outcomes) {
                session.out().println("derivation " + outcome.name());
                for (LineReport line : outcome.lines()) {
                    String state = Recorded.state(line).word();
                    summary.wrapped(
                            "  " + session.coloured(state) + " ".repeat(11 - state.length()),
                            line.text().isEmpty() ? line.part() : line.text(),
                            6);
                    rule(registry, outcome.name(), line)
                            .ifPresent(each -> summary.wrapped("      ", "waits for: " + each));
                }
            }
        }

        private static void field(Summary summary, String name, String text) {
            summary.wrapped("  " + "%-12s".formatted(name), text, 14);
        }
    }

    /** Checks the evidence again. */
    @Command(
            name = "run",
            description =
                    "Checks the evidence of claims again and compares it with what is recorded: derivations line by line,"
                            + " certificates of counterexamples, commands by their findings, quotations. Arguments in words, and commands that take minutes,"
                            + " are named by show and not run.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:everything is as recorded",
                "1:a line, a counterexample, a finding or a quotation is not as recorded",
                "2:wrong usage, or a text cannot be read",
                "70:a fault of loopcert"
            },
            footer = {"", "Example:", "  java -jar target/loopcert.jar claims run CHEN2024/theorem-4.2"})
    static final class Run implements Callable<Integer> {
        private final Session session;
        private final Supplier<ClaimRegistry> shipped;

        @Parameters(paramLabel = "ID", arity = "0..*", description = "of claims (default: all)")
        private List<String> ids = List.of();

        @Option(
                names = "--papers",
                paramLabel = "DIR",
                description = "look quotations up in the texts of this folder; without it, they are taken as stored")
        private Path papers;

        @Option(names = "--junit", paramLabel = "FILE", description = "also write the result as JUnit XML")
        private Path junit;

        @Mixin
        private ResultArguments result;

        @Spec
        private CommandSpec spec;

        Run(Session session, Supplier<ClaimRegistry> shipped) {
            this.session = session;
            this.shipped = shipped;
        }

        @Override
        public Integer call() throws IOException, Failure {
            ClaimRegistry registry = shipped.get();
            List<Claim> claims = ids.isEmpty()
                    ? registry.claims()
                    : ids.stream().map(each -> find(spec, registry, each)).toList();
            if (junit != null) {
                OutputFile.require(session, junit, List.of());
            }
            requireTexts();
            ClaimCheck check = check(registry, Optional.ofNullable(papers));
            List<Rerun> reruns = new ArrayList<>();
            try (Progress progress = Progress.of(session, "checking claims", claims.size(), result.quiet())) {
                check.prepare(claims);
                for (Claim each : claims) {
                    reruns.add(new Rerun(each, check.check(each)));
                    progress.stepTo(reruns.size());
                }
            }
            if (junit != null) {
                List<JUnitXml.Suite> suites = suites(reruns);
                OutputFile.replace(session, junit, writer -> JUnitXml.write(writer, "loopcert claims", suites));
            }
            session.delivery().begin();
            if (result.json()) {
                ArrayNode all = JsonNodeFactory.instance.arrayNode();
                for (Rerun each : reruns) {
                    ObjectNode item = json(registry, each.claim());
                    item.put("result", each.word());
                    each.changes().forEach(item.putArray("changes")::add);
                    all.add(item);
                }
                ResultArguments.print(session, all);
            } else if (!result.quiet()) {
                print(reruns);
            }
            return reruns.stream().allMatch(each -> each.changes().isEmpty()) ? ExitCode.ACCEPTED : ExitCode.REJECTED;
        }

        private void requireTexts() {
            for (Claim.Source each : papers == null ? List.<Claim.Source>of() : List.of(Claim.Source.values())) {
                if (!Files.isReadable(papers.resolve(each.file()))) {
                    throw new ParameterException(
                            spec.commandLine(), "--papers: expected the text " + each.file() + " in " + papers);
                }
            }
        }

        private void print(List<Rerun> reruns) {
            Summary summary = new Summary(session);
            for (Rerun each : reruns) {
                session.out()
                        .println("%-13s".formatted(each.word()) + each.claim().id() + ": "
                                + each.claim().verdict().word() + each.counted());
                each.changes().forEach(change -> summary.wrapped("  ", change));
            }
            session.out()
                    .println(ClaimPage.counted(reruns.stream().map(Rerun::claim).toList()) + "; "
                            + reruns.stream()
                                    .collect(Collectors.groupingBy(Rerun::word, TreeMap::new, Collectors.counting()))
                                    .entrySet()
                                    .stream()
                                    .map(each -> each.getValue() + " " + each.getKey())
                                    .collect(Collectors.joining(", ")));
        }

        private static List<JUnitXml.Suite> suites(List<Rerun> reruns) {
            List<JUnitXml.Suite> suites = new ArrayList<>();
            for (Bibliography paper : Bibliography.values()) {
                List<JUnitXml.Case> cases = reruns.stream()
                        .filter(each -> each.claim().paper() == paper)
                        .map(each -> new JUnitXml.Case(paper.id(), each.claim().id(), each.problem()))
                        .toList();
                if (!cases.isEmpty()) {
                    suites.add(new JUnitXml.Suite(paper.id(), cases));
                }
            }
            return suites;
        }
    }

    /** A claim, checked again. */
    private record Rerun(Claim claim, List<ClaimCheck.Outcome> outcomes) {
        List<String> changes() {
            return outcomes.stream()
                    .flatMap(each -> each.changes().stream().map(change -> each.name() + ": " + change))
                    .toList();
        }

        /** Whether the evidence is as recorded; not of arguments, and commands that are not run, alone. */
        String word() {
            return outcomes.isEmpty() ? "not rerun" : changes().isEmpty() ? "as recorded" : "changed";
        }

        String counted() {
            List<String> counts = new ArrayList<>();
            for (Recorded.State state : Recorded.State.values()) {
                long count =
                        outcomes.stream().mapToLong(each -> each.count(state)).sum();
                if (count > 0) {
                    counts.add(count + " " + state.word());
                }
            }
            List<String> parts = new ArrayList<>();
            if (!counts.isEmpty()) {
                parts.add("lines: " + String.join(", ", counts));
            }
            int counterexamples = 0;
            int findings = 0;
            int quotes = 0;
            for (ClaimCheck.Outcome each : outcomes) {
                if (each.evidence() instanceof Claim.Evidence.Command command) {
                    findings += command.finds().size();
                } else if (each.evidence() instanceof Claim.Evidence.Quotation quotation) {
                    quotes += quotation.quotes().size();
                } else if (each.evidence() instanceof Claim.Evidence.Counterexample) {
                    counterexamples++;
                }
            }
            if (counterexamples > 0) {
                parts.add("counterexamples: " + counterexamples);
            }
            if (findings > 0) {
                parts.add("findings: " + findings);
            }
            if (quotes > 0) {
                parts.add("quotations: " + quotes);
            }
            return parts.isEmpty() ? "" : " (" + String.join("; ", parts) + ")";
        }

        Optional<JUnitXml.Problem> problem() {
            List<String> changes = changes();
            return changes.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new JUnitXml.Problem(false, "changed", changes.get(0), String.join("\n", changes)));
        }
    }
}
