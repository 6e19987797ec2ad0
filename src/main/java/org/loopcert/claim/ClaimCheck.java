package org.loopcert.claim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.loopcert.derivation.Derivation;
import org.loopcert.derivation.DerivationChecker;
import org.loopcert.derivation.DerivationReader;
import org.loopcert.derivation.DerivationReport;
import org.loopcert.derivation.DerivationSyntaxException;
import org.loopcert.derivation.LineReport;
import org.loopcert.derivation.ShippedDerivations;

/** Checks the derivations of claims again and compares every line with what is recorded. Each derivation once. */
public final class ClaimCheck {
    private final ClaimRegistry registry;
    private final Map<String, Outcome> outcomes = new HashMap<>();

    public ClaimCheck(ClaimRegistry registry) {
        this.registry = registry;
    }

    /**
     * What became of a derivation.
     *
     * @param lines as reported, in the order of the file
     * @param changes in words; empty if every line is as recorded
     */
    public record Outcome(String derivation, List<LineReport> lines, List<String> changes) {
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

    /** The derivations of a claim; empty if it rests on none. */
    public List<Outcome> check(Claim claim) {
        return claim.derivations().stream().map(this::check).toList();
    }

    private Outcome check(String name) {
        return outcomes.computeIfAbsent(name, this::compare);
    }

    private Outcome compare(String name) {
        String text = ShippedDerivations.text(name).orElseThrow();
        try {
            Derivation derivation = DerivationReader.read(name, text);
            return compare(name, DerivationChecker.check(name, derivation), registry.lines(name));
        } catch (DerivationSyntaxException e) {
            return new Outcome(
                    name, List.of(), List.of("it is no derivation: line " + e.place() + ", " + e.getMessage()));
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
        return new Outcome(name, report.lines(), changes);
    }
}
