package org.loopcert.derivation;

import java.util.List;
import java.util.Optional;

/**
 * What became of one line of a derivation.
 *
 * @param place where the line starts, or the part of it that is wrong
 * @param part the hypothesis, lemma or claim that the line belongs to
 * @param step the number of the line within its part, from 1; 0 for the statement of the part itself
 * @param text the line as the user wrote it
 * @param rules the rules that derived it; empty unless proved
 * @param uses the names of the hypotheses, lemmas and earlier lines that it uses
 * @param problem why it is not proved or ill-typed
 * @param comparison what the second route says: both sides expanded to entries at fixed shapes; empty where it was not
 *     asked
 * @param search what the search for a counterexample came to; empty where it was not asked
 */
public record LineReport(
        Place place,
        String part,
        int step,
        String text,
        Verdict verdict,
        List<String> rules,
        List<String> uses,
        Optional<Problem> problem,
        Optional<EntryCheck.Result> comparison,
        Optional<SearchResult> search) {
    public LineReport {
        rules = List.copyOf(rules);
        uses = List.copyOf(uses);
    }

    /** Of a proved line what the second route says, in words. */
    public Optional<String> entries() {
        return comparison.filter(each -> verdict == Verdict.PROVED).map(SecondRoute::words);
    }

    /** Values that satisfy every hypothesis and at which the line is false. */
    public Optional<Refutation> counterexample() {
        return search.filter(SearchResult.Refuted.class::isInstance)
                .map(SearchResult.Refuted.class::cast)
                .map(SearchResult.Refuted::refutation);
    }

    /** How much was searched in vain for values at which the line is false. */
    public Optional<SearchResult.Undecided> undecided() {
        return search.filter(SearchResult.Undecided.class::isInstance).map(SearchResult.Undecided.class::cast);
    }

    /** The answer about a line. */
    public enum Verdict {
        /** It follows, for all dimensions and all values of the declared names. */
        PROVED,
        /** No rule derives it. That does not make it false. */
        NOT_PROVED,
        /** Its shapes do not fit: it says nothing. */
        ILL_TYPED;

        /** The word in reports. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Why a line is not proved or ill-typed.
     *
     * @param reason a code
     * @param expected what would have been needed
     * @param found what is there
     * @param message both in words
     */
    public record Problem(String reason, String expected, String found, String message) {}
}
