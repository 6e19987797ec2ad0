package org.loopcert.claim;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    /** A text that is quoted. */
    public enum Source {
        PAPER("the paper", "chen2024-looped-transformers-2410.11268.md"),
        SUMMARY("the summary", "chen2024-summary-and-open-questions.md"),
        GATMIRY("the abstract of Gatmiry et al. 2024", "gatmiry2024-abstract.txt");

        private final String title;
        private final String file;

        Source(String title, String file) {
            this.title = title;
            this.file = file;
        }

        /** With its article. */
        public String title() {
            return title;
        }

        /** Its name in a folder of papers. */
        public String file() {
            return file;
        }
    }

    /** What a verdict rests on. */
    public sealed interface Evidence {
        /** Whether it is decided again with the registry. */
        default boolean rechecked() {
            return this instanceof Derivation
                    || this instanceof Counterexample
                    || this instanceof Quotation
                    || (this instanceof Command command && !command.finds().isEmpty());
        }

        /** A shipped derivation, checked line by line. */
        record Derivation(String name) implements Evidence {}

        /**
         * A certificate that a line of a shipped derivation does not follow from what it stands under.
         *
         * @param name of the certificate, see {@link ShippedCounterexamples}
         * @param derivation whose text it holds
         * @param line that it refutes, named as by {@link Recorded#key}
         */
        record Counterexample(String name, String derivation, String line) implements Evidence {
            /** The command that decides it again; it finds what {@link #finds} says. */
            public String command() {
                return "check " + ShippedCounterexamples.path(name);
            }

            /** What the command finds, by name. */
            public Map<String, String> finds() {
                Map<String, String> finds = new LinkedHashMap<>();
                finds.put("verdict", "accepted");
                finds.put("derivation", derivation);
                finds.put("line", line);
                return finds;
            }
        }

        /**
         * A command of this program.
         *
         * @param arguments without the program
         * @param says what to look at in its result
         * @param finds what it finds, by name, compared when it is run with the registry; empty if it takes too long for that
         */
        record Command(String arguments, String says, Map<String, String> finds) implements Evidence {
            public Command {
                finds = Collections.unmodifiableMap(new LinkedHashMap<>(finds));
            }
        }

        /**
         * What is printed, where nothing but the text decides.
         *
         * @param source the text
         * @param quotes its words, white space apart
         * @param words each stands in every quote
         * @param absent these stand nowhere in the text; decided only where the text is at hand
         * @param says what follows
         */
        record Quotation(Source source, List<String> quotes, List<String> words, List<String> absent, String says)
                implements Evidence {
            public Quotation {
                quotes = List.copyOf(quotes);
                words = List.copyOf(words);
                absent = List.copyOf(absent);
            }
        }

        /** A proof or a place in words, which no program checks. */
        record Argument(String text) implements Evidence {}
    }
}
