package org.loopcert.claim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.loopcert.derivation.Derivation;
import org.loopcert.derivation.DerivationChecker;
import org.loopcert.derivation.DerivationReader;
import org.loopcert.derivation.DerivationReport;
import org.loopcert.derivation.DerivationSyntaxException;
import org.loopcert.derivation.LineReport;
import org.loopcert.derivation.ShippedDerivations;

/**
 * Checks the evidence of claims again and compares it with what is recorded: derivations line by line, certificates of
 * counterexamples, commands finding by finding, quotations with themselves and, where a folder of papers is given, with
 * the texts. Each derivation, certificate and command once.
 */
public final class ClaimCheck {
    private final ClaimRegistry registry;
    private final Commands commands;
    private final Optional<Path> papers;
    private final Map<String, Outcome> derivations = new ConcurrentHashMap<>();
    private final Map<String, Found> found = new HashMap<>();
    private final Map<Claim.Source, String> texts = new EnumMap<>(Claim.Source.class);

    /** Runs commands of this program. */
    @FunctionalInterface
    public interface Commands {
        /**
         * What a command finds, by name.
         *
         * @param arguments without the program
         * @throws CommandFailedException if it does not end with findings
         */
        Map<String, String> run(String arguments) throws CommandFailedException;
    }

    /**
     * A check.
     *
     * @param papers the folder with the texts that are quoted, if they are at hand
     */
    public ClaimCheck(ClaimRegistry registry, Commands commands, Optional<Path> papers) {
        this.registry = registry;
        this.commands = commands;
        this.papers = papers;
    }

    /**
     * What became of a piece of evidence.
     *
     * @param name of the derivation, the command, or the text
     * @param lines of a derivation, in the order of the file
     * @param changes in words; empty if everything is as recorded
     */
    public record Outcome(Claim.Evidence evidence, String name, List<LineReport> lines, List<String> changes) {
        public Outcome {
            lines = lines.stream()
                    .sorted(Comparator.comparing(LineReport::place))
                    .toList();
            changes = List.copyOf(changes);
        }

        /** The number of lines that are so. */
        public long count(Recorded.State state) {
            return lines.stream().filter(each -> Recorded.state(each) == state).count();
        }
    }

    /** Checks the derivations of the claims, as many at a time as there are processors. */
    public void prepare(List<Claim> claims) {
        claims.stream().flatMap(each -> each.derivations().stream()).distinct().toList().parallelStream()
                .forEach(this::derivation);
    }

    /**
     * All evidence of a claim that can be decided again, in its order.
     *
     * @throws UncheckedIOException if a text cannot be read
     */
    public List<Outcome> check(Claim claim) {
        return claim.evidence().stream()
                .filter(Claim.Evidence::rechecked)
                .map(this::check)
                .toList();
    }

    /** The derivations of a claim alone; empty if it rests on none. */
    public List<Outcome> derivations(Claim claim) {
        return claim.derivations().stream().map(this::derivation).toList();
    }

    Outcome check(Claim.Evidence evidence) {
        if (evidence instanceof Claim.Evidence.Command command) {
            return command(command, command.arguments(), command.finds());
        }
        if (evidence instanceof Claim.Evidence.Counterexample counterexample) {
            return command(counterexample, counterexample.command(), counterexample.finds());
        }
        if (evidence instanceof Claim.Evidence.Quotation quotation) {
            return quotation(quotation);
        }
        return derivation(((Claim.Evidence.Derivation) evidence).name());
    }

    private Outcome derivation(String name) {
        return derivations.computeIfAbsent(name, this::compare);
    }

    private Outcome compare(String name) {
        String text = ShippedDerivations.text(name).orElseThrow();
        try {
            Derivation derivation = DerivationReader.read(name, text);
            return compare(name, DerivationChecker.check(name, derivation), registry.lines(name));
        } catch (DerivationSyntaxException e) {
            return new Outcome(
                    new Claim.Evidence.Derivation(name),
                    name,
                    List.of(),
                    List.of("it is no derivation: line " + e.place() + ", " + e.getMessage()));
        }
    }

    /** Compares a report with what is recorded. */
    static Outcome compare(String name, DerivationReport report, Map<String, Recorded> recorded) {
        Set<String> keys = new HashSet<>();
        List<String> changes = new ArrayList<>();
        for (LineReport line : report.lines()) {
            String key = Recorded.key(line);
            Recorded.State found = Recorded.state(line);
            if (!keys.add(key)) {
                changes.add("line " + key + " is reported twice");
            }
            Recorded.State expected =
                    recorded.containsKey(key) ? recorded.get(key).state() : Recorded.State.PROVED;
            if (found != expected) {
                changes.add("line " + key + " at " + line.place() + " was " + expected.word() + " and is "
                        + found.word() + ": " + line.text());
            }
        }
        recorded.keySet().stream()
                .filter(each -> !keys.contains(each))
                .forEach(each -> changes.add("line " + each + " is recorded and not there"));
        return new Outcome(new Claim.Evidence.Derivation(name), name, report.lines(), changes);
    }

    /** What a command found, or why it failed. */
    private record Found(Map<String, String> findings, Optional<String> failure) {}

    private Found run(String arguments) {
        try {
            return new Found(commands.run(arguments), Optional.empty());
        } catch (CommandFailedException e) {
            return new Found(Map.of(), Optional.of(e.getMessage()));
        }
    }

    private Outcome command(Claim.Evidence evidence, String arguments, Map<String, String> finds) {
        Found now = found.computeIfAbsent(arguments, this::run);
        List<String> changes = new ArrayList<>();
        now.failure().ifPresent(each -> changes.add("it failed: " + each));
        finds.forEach((name, outcome) -> {
            String other = now.findings().get(name);
            if (other == null) {
                changes.add(name + " was " + outcome + " and is not found");
            } else if (!other.equals(outcome)) {
                changes.add(name + " was " + outcome + " and is " + other);
            }
        });
        return new Outcome(evidence, arguments, List.of(), changes);
    }

    private Outcome quotation(Claim.Evidence.Quotation quotation) {
        List<String> changes = new ArrayList<>();
        for (String quote : quotation.quotes()) {
            quotation.words().stream()
                    .filter(each -> !quote.contains(each))
                    .forEach(each -> changes.add("'" + each + "' is not in '" + quote + "'"));
        }
        papers.ifPresent(folder -> {
            String text = texts.computeIfAbsent(quotation.source(), each -> text(folder.resolve(each.file())));
            quotation.quotes().stream()
                    .filter(each -> !text.contains(spaced(each)))
                    .forEach(each -> changes.add("the text does not have '" + each + "'"));
            String small = text.toLowerCase(Locale.ROOT);
            quotation.absent().stream()
                    .filter(each -> small.contains(each.toLowerCase(Locale.ROOT)))
                    .forEach(each -> changes.add("the text has '" + each + "'"));
        });
        return new Outcome(quotation, quotation.source().title(), List.of(), changes);
    }

    private static String text(Path file) {
        try {
            return spaced(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines end where the extraction ended them. */
    private static String spaced(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
