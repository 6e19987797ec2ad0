package org.loopcert.certificate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.Theorem;
import org.loopcert.kernel.Verdict;

/**
 * A verdict explained to a reader: the argument of an accepted certificate, or where and why another file fails. It is
 * made from the kernel's verdict and theorems; where something is read off the instance or the file instead, the sentence
 * says so.
 */
public final class Explanation {
    private static final int LONG = 60;
    private static final int DIGITS = 10;
    private static final Pattern LONG_NUMBER = Pattern.compile("-?[0-9]{1,20000}(/[0-9]{1,20000})?");

    /**
     * Sentences under a heading.
     *
     * @param title the heading
     */
    public record Section(String title, List<Sentence> sentences) {
        /** Copies the list. */
        public Section {
            sentences = List.copyOf(sentences);
        }
    }

    /**
     * A statement in words and what it rests on.
     *
     * @param text one or more sentences
     * @param lines the lines of the certificate that it rests on, from 1; none where it is read off the instance or file
     * @param rules the rules of these lines
     * @param source the paper's statement, empty where there is none
     * @param exact the kernel's statement with every number written out, empty where there is none
     */
    public record Sentence(String text, List<Integer> lines, List<String> rules, String source, String exact) {
        /** Copies the lists. */
        public Sentence {
            lines = List.copyOf(lines);
            rules = List.copyOf(rules);
        }

        static Sentence of(String text) {
            return new Sentence(text, List.of(), List.of(), "", "");
        }

        /** The text with its lines, rules and source in brackets, as it is printed. */
        public String cited() {
            List<String> parts = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                parts.add("line " + lines.get(i) + " " + rules.get(i));
            }
            String place = String.join(", ", parts);
            String whole = source.isEmpty() ? place : place.isEmpty() ? source : place + "; " + source;
            return whole.isEmpty() ? text : text + " [" + whole + "]";
        }
    }

    /**
     * What is known of the lines before the one that fails.
     *
     * @param derived how many lines the kernel derived, by its verdict on the whole file
     * @param theorems their theorems, when the kernel could be made to say them; else empty
     * @param how how they were obtained, or why not, in a sentence
     */
    public record Established(int derived, List<Theorem> theorems, String how) {
        /** Copies the list. */
        public Established {
            theorems = List.copyOf(theorems);
            if (!theorems.isEmpty() && theorems.size() != derived) {
                throw new IllegalArgumentException("expected " + derived + " theorems, got " + theorems.size());
            }
        }
    }

    private final Verdict verdict;
    private final List<Section> sections;
    private final ObjectNode details;

    Explanation(Verdict verdict, List<Section> sections, ObjectNode details) {
        this.verdict = verdict;
        this.sections = List.copyOf(sections);
        this.details = details;
    }

    /**
     * Explains an accepted certificate.
     *
     * @param certificate the bytes that the kernel accepted
     * @param words how numbers are written
     */
    public static Explanation accepted(Verdict.Accepted accepted, byte[] certificate, Words words) {
        return new Argument(accepted, certificate, words).explain();
    }

    /**
     * Explains why a file is not accepted.
     *
     * @param file its bytes
     * @param established what is known of the lines before the failing one
     */
    public static Explanation refused(Verdict verdict, byte[] file, Established established, Words words) {
        return new Refused(verdict, file, established, words).explain();
    }

    /** Headings and sentences in the order in which they are to be read. */
    public List<Section> sections() {
        return sections;
    }

    /** The object that {@code --json} prints. */
    public ObjectNode json() {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("verdict", verdict.word());
        result.put("reason", Outcome.reason(verdict).orElse(null));
        result.setAll(details.deepCopy());
        ArrayNode list = result.putArray("explanation");
        for (Section section : sections) {
            ObjectNode node = list.addObject();
            node.put("title", section.title());
            ArrayNode sentences = node.putArray("sentences");
            for (Sentence each : section.sentences()) {
                ObjectNode item = sentences.addObject();
                item.put("text", each.text());
                each.lines().forEach(item.putArray("lines")::add);
                each.rules().forEach(item.putArray("rules")::add);
                item.put("source", each.source().isEmpty() ? null : each.source());
                if (!each.exact().isEmpty()) {
                    item.put("statement", each.exact());
                }
            }
        }
        return result;
    }

    /** The text with numbers of more than 60 characters replaced by decimals that are marked as not exact. */
    static String shortened(String text) {
        Matcher matcher = LONG_NUMBER.matcher(text);
        return matcher.replaceAll(found -> Matcher.quoteReplacement(
                found.group().length() <= LONG ? found.group() : "about " + decimal(found.group())));
    }

    private static String decimal(String number) {
        return parse(number).map(value -> Decimals.down(value, DIGITS)).orElse(number.substring(0, LONG) + "...");
    }

    private static Optional<Fraction> parse(String number) {
        String[] parts = number.split("/");
        BigInteger q = parts.length == 1 ? BigInteger.ONE : new BigInteger(parts[1]);
        return q.signum() == 0 ? Optional.empty() : Optional.of(Fraction.of(new BigInteger(parts[0]), q));
    }

    /** {@code lines 1 and 2}, {@code line 3}. */
    static String lines(List<Integer> numbers) {
        String joined = numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
        int last = joined.lastIndexOf(", ");
        String listed = last < 0 ? joined : joined.substring(0, last) + " and " + joined.substring(last + 2);
        return (numbers.size() == 1 ? "line " : "lines ") + listed;
    }
}
