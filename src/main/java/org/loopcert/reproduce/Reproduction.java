package org.loopcert.reproduce;

import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * What a reproduction found and the files that show it.
 *
 * @param name as on the command line
 * @param title in words
 * @param notes what was computed, and what the arithmetics disagree about; one sentence or paragraph each
 * @param findings the verdicts
 * @param tables the numbers
 * @param content makes the files, which takes drawing
 */
public record Reproduction(
        String name,
        String title,
        List<String> notes,
        List<Finding> findings,
        List<Table> tables,
        Function<Reproduction, SortedMap<String, byte[]>> content) {
    /** Copies the lists. */
    public Reproduction {
        notes = List.copyOf(notes);
        findings = List.copyOf(findings);
        tables = List.copyOf(tables);
    }

    /**
     * The files: contents by path relative to the output folder, {@code /} between names.
     *
     * @throws org.loopcert.report.FontsUnavailableException if the machine has no font to draw with
     */
    public SortedMap<String, byte[]> files() {
        return content.apply(this);
    }

    /** Whether every finding is decided. */
    public boolean decided() {
        return findings.stream().noneMatch(finding -> finding.outcome() == Outcome.UNDECIDED);
    }
}
