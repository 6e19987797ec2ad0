package org.loopcert.claim;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A statement of a text, and what became of it.
 *
 * @param id such as {@code CHEN2024/lemma-4.1}
 * @param place section and number as printed
 * @param statement what is printed, its formulas in ASCII
 * @param hypotheses as printed with it
 * @param detail the added hypothesis, the broken step, the counterexample, what is ill-typed, why it is undecided
 * @param repair the smallest change under which it holds
 * @param extractionDoubt where a flaw may come from the extraction of the text
 * @param evidence at least one
 * @param range for which values the evidence speaks
 */
public record Claim(
        Bibliography paper,
        String id,
        Kind kind,
        String place,
        String statement,
        List<String> hypotheses,
        Quantifier quantifier,
        Verdict verdict,
        Optional<String> detail,
        Optional<String> repair,
        Optional<String> extractionDoubt,
        List<Evidence> evidence,
        String range) {
    public Claim {
        hypotheses = List.copyOf(hypotheses);
        evidence = List.copyOf(evidence);
    }

    /** The names of the derivations among the evidence. */
    public List<String> derivations() {
        return evidence.stream()
                .filter(Evidence.Derivation.class::isInstance)
                .map(each -> ((Evidence.Derivation) each).name())
                .toList();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** What the text calls it; prose is a sentence without number. */
    public enum Kind {
        DEFINITION,
        FACT,
        LEMMA,
        THEOREM,
        REMARK,
        PROSE;

        public String word() {
            return Claim.word(this);
        }
    }

    /** How far it reaches. A definition, or a sentence about the text itself, asserts nothing about values. */
    public enum Quantifier {
        UNIVERSAL,
        PROBABILISTIC,
        EXISTENTIAL,
        EMPIRICAL,
        DEFINITION;

        public String word() {
            return Claim.word(this);
        }
    }

    /** What became of it. */
    public enum Verdict {
        HOLDS("holds"),
        HOLDS_WITH_ADDED_HYPOTHESIS("holds with added hypothesis"),
        PROOF_BROKEN("proof broken"),
        REFUTED("refuted"),
        ILL_TYPED("ill-typed"),
        UNDECIDED("undecided");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        static Optional<Verdict> of(String word) {
            return Arrays.stream(values())
                    .filter(each -> each.word.equals(word))
                    .findFirst();
        }
    }

    /** What a verdict rests on. */
    public sealed interface Evidence {
        /** A shipped derivation, checked line by line. */
        record Derivation(String name) implements Evidence {}

        /**
         * A command of this program, which is not run with the registry.
         *
         * @param arguments without the program
         * @param says what to look at in its result
         */
        record Command(String arguments, String says) implements Evidence {}

        /** A proof or a place in words, which no program checks. */
        record Argument(String text) implements Evidence {}
    }
}
