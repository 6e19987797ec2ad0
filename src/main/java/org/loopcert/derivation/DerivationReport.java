package org.loopcert.derivation;

import java.util.List;

/**
 * What became of a derivation, line by line.
 *
 * @param file its name
 * @param id as the file says
 * @param title empty if none
 * @param statements lemmas and claims, with what was proved of each
 * @param lines as they were checked: the lines of a proof, then the statement that they prove
 */
public record DerivationReport(String file, String id, String title, List<Outcome> statements, List<LineReport> lines) {
    public DerivationReport {
        statements = List.copyOf(statements);
        lines = List.copyOf(lines);
    }

    /**
     * What became of a lemma or claim.
     *
     * @param theorem the statement with its quantifiers, as the kernel derived it; empty unless proved
     * @param words the same with everything it quantifies over, in words; empty unless proved
     * @param hypotheses the names of the hypotheses that it rests on
     */
    public record Outcome(
            Statement.Kind kind,
            String name,
            Place place,
            String text,
            LineReport.Verdict verdict,
            String theorem,
            String words,
            List<String> hypotheses) {
        public Outcome {
            hypotheses = List.copyOf(hypotheses);
        }
    }

    /**
     * Proved if every line is; ill-typed if some line is; not proved otherwise. A derivation that claims nothing proves
     * nothing.
     */
    public LineReport.Verdict verdict() {
        if (lines.stream().anyMatch(each -> each.verdict() == LineReport.Verdict.ILL_TYPED)) {
            return LineReport.Verdict.ILL_TYPED;
        }
        boolean proved = !statements.isEmpty()
                && lines.stream().allMatch(each -> each.verdict() == LineReport.Verdict.PROVED)
                && statements.stream().allMatch(each -> each.verdict() == LineReport.Verdict.PROVED);
        return proved ? LineReport.Verdict.PROVED : LineReport.Verdict.NOT_PROVED;
    }

    /** Whether a line is false at values that satisfy every hypothesis. */
    public boolean refuted() {
        return lines.stream().anyMatch(each -> each.counterexample().isPresent());
    }

    /** The number of lines with a verdict. */
    public long count(LineReport.Verdict verdict) {
        return lines.stream().filter(each -> each.verdict() == verdict).count();
    }
}
