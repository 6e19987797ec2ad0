package org.loopcert.certificate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.loopcert.certificate.Explanation.Section;
import org.loopcert.certificate.Explanation.Sentence;
import org.loopcert.kernel.Instance;
import org.loopcert.kernel.Statement;
import org.loopcert.kernel.Theorem;
import org.loopcert.kernel.Verdict;

/** The argument of an accepted certificate, in an order that a reader can follow. */
final class Argument {
    /** Which rules belong under which heading; every rule is under one. */
    private record Topic(String title, Set<String> rules) {}

    private static final List<Topic> TOPICS = List.of(
            new Topic("what attention computes", Set.of("symbolic-attention", "replay")),
            new Topic(
                    "the spectrum of G = X'X",
                    Set.of(
                            "lambda-max-at-most",
                            "smallest-positive-at-least",
                            "lambda-max-at-least",
                            "smallest-positive-at-most",
                            "spectrum",
                            "exponential")),
            new Topic(
                    "why the steps contract",
                    Set.of("small-steps", "contraction-small-steps", "contraction-constant", "contraction-schedule")),
            new Topic("why nothing contracts", Set.of("non-contraction-constant", "non-contraction-schedule")),
            new Topic("the labels", Set.of("realizable", "least-squares")),
            new Topic(
                    "which theorem gives which bound",
                    Set.of(
                            "theorem-4.4",
                            "theorem-4.4-value",
                            "tight-bound",
                            "doubled-exponent",
                            "two-sided",
                            "general-labels",
                            "limit-error",
                            "noise",
                            "error-identity")),
            new Topic("which theorem does not apply", Set.of("unmet")),
            new Topic("actual values", Set.of("error-by-replay", "error-by-powering")),
            new Topic("what is only measured", Set.of("rounded-iterates", "rounded-trajectory")));

    private static final Set<String> BOUNDS = TOPICS.get(5).rules();

    private final Verdict.Accepted accepted;
    private final byte[] certificate;
    private final CertificateText text;
    private final Words words;

    Argument(Verdict.Accepted accepted, byte[] certificate, Words words) {
        this.accepted = accepted;
        this.certificate = certificate;
        this.text = CertificateText.of(certificate);
        this.words = words;
    }

    Explanation explain() {
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("the instance", instance()));
        for (Topic topic : TOPICS) {
            List<Sentence> sentences = sentences(topic);
            if (topic.title().equals("what is only measured")) {
                sentences.addAll(measured());
            } else if (topic.rules().contains("unmet")) {
                sentences.addAll(otherwise());
            } else if (topic.title().equals("actual values")) {
                sentences.addAll(bestBound());
            }
            if (!sentences.isEmpty()) {
                sections.add(new Section(topic.title(), sentences));
            }
        }
        Convergence convergence = new Convergence(accepted, words);
        sections.add(new Section("what limits convergence", convergence.sentences()));
        sections.add(new Section("what this means", List.of(Sentence.of(Words.meaning(accepted)))));
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.put("kind", accepted.refutation() ? "refutation" : "certificate");
        ArrayNode ids = details.putArray("ids");
        accepted.theorems().stream().map(Theorem::id).distinct().forEach(ids::add);
        details.set("convergence", convergence.json());
        return new Explanation(accepted, sections, details);
    }

    private List<Sentence> instance() {
        Instance instance = accepted.instance();
        boolean zero = instance.start().stream().allMatch(q -> q.signum() == 0);
        List<Sentence> result = new ArrayList<>();
        result.add(Sentence.of(
                ("The prompt holds n = %d examples of d = %d features with their labels; the query is alpha ="
                                + " %s, the query vector starts %s, and there are T = %d loops. These numbers are read off the"
                                + " instance%s.")
                        .formatted(
                                instance.n(),
                                instance.d(),
                                words.about(instance.alpha()),
                                zero ? "at q(0) = 0" : "away from 0",
                                instance.loops(),
                                accepted.bound() ? ", which was rebuilt from your own file" : " in the certificate")));
        result.add(Sentence.of("The step size is " + words.step(instance.step())
                + ", relative to the loss 1/2 |y - X theta|^2; "
                + (instance.task().isPresent()
                        ? "the instance names the theta* that its labels are about."
                        : "the instance names no theta* of its own.")));
        if (instance.loops() == 0) {
            result.add(Sentence.of("With T = 0 nothing is computed: TF is -q(0)."));
        }
        return result;
    }

    private List<Sentence> sentences(Topic topic) {
        List<Sentence> result = new ArrayList<>();
        for (int i = 0; i < accepted.theorems().size(); i++) {
            Theorem theorem = accepted.theorems().get(i);
            if (topic.rules().contains(theorem.rule())) {
                result.add(sentence(theorem, i + 1));
            }
        }
        return result;
    }

    private Sentence sentence(Theorem theorem, int line) {
        RuleGuide.Rule rule = RuleGuide.of(theorem.rule());
        List<Integer> premises = text.lines().get(line - 1).premises();
        StringBuilder said = new StringBuilder();
        said.append(theorem.id()).append(": ").append(rule.lead()).append(": ");
        said.append(statement(theorem.statement())).append(". ");
        said.append("Evidence: ").append(Words.evidence(theorem.statement())).append(". ");
        said.append("Why: ").append(rule.why()).append('.');
        if (BOUNDS.contains(theorem.rule())) {
            said.append(" Hypotheses: ").append(hypotheses(rule, premises)).append('.');
        } else if (!premises.isEmpty()) {
            said.append(" It uses ").append(Explanation.lines(premises)).append('.');
        }
        List<Integer> lines = new ArrayList<>(List.of(line));
        lines.addAll(premises);
        List<String> rules = lines.stream()
                .map(each -> accepted.theorems().get(each - 1).rule())
                .toList();
        return new Sentence(said.toString(), lines, rules, rule.source(), Words.EXACT.statement(theorem.statement()));
    }

    private String statement(Statement statement) {
        String said = words.statement(statement);
        return words == Words.EXACT ? said : Explanation.shortened(said);
    }

    /** Every hypothesis and where it was checked. */
    private String hypotheses(RuleGuide.Rule rule, List<Integer> premises) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < premises.size(); i++) {
            Theorem premise = accepted.theorems().get(premises.get(i) - 1);
            String role = i < rule.premises().size() ? rule.premises().get(i) : premise.id();
            parts.add("%s (line %d, %s)".formatted(role, premises.get(i), premise.rule()));
        }
        rule.checked().forEach(each -> parts.add(each + " (checked by this rule on the instance and its premises)"));
        return String.join("; ", parts);
    }

    /** What holds in place of the theorems that do not apply, and those that the steps alone rule out. */
    private List<Sentence> otherwise() {
        List<Sentence> result = new ArrayList<>();
        for (Outcome.NotEstablished each : Outcome.notEstablished(accepted)) {
            boolean line = accepted.theorems().stream()
                    .anyMatch(theorem -> theorem.statement() instanceof Statement.Unmet unmet
                            && unmet.theorem().equals(each.id()));
            String instead = each.instead()
                    .map(id -> "In place of " + each.id() + ", " + id + " is established.")
                    .orElse("");
            String said = line
                    ? instead
                    : "%s does not apply: %s. %s"
                            .formatted(each.id(), each.because(), instead)
                            .strip();
            if (!said.isEmpty()) {
                result.add(Sentence.of(words == Words.EXACT ? said : Explanation.shortened(said)));
            }
        }
        return result;
    }

    private List<Sentence> bestBound() {
        return Outcome.boundWords(accepted)
                .map(bound -> Sentence.of("The best final bound says that the error after T loops is " + bound
                        + "; it is evaluated here, from the statement of that name, rounded up."))
                .stream()
                .toList();
    }

    /** What the producer wrote down beside the lines. */
    private List<Sentence> measured() {
        Measured measured = Measured.of(certificate);
        List<Sentence> sentences = new ArrayList<>();
        for (Measured.Drift drift : measured.drifts()) {
            String leaves = drift.leavesBoundAt().isPresent()
                    ? " and that it leaves the bound at t = "
                            + drift.leavesBoundAt().getAsLong()
                    : "";
            sentences.add(Sentence.of(
                    ("The producer says that its %s run (order %s) stayed within %s of the exact iterates%s. Nothing"
                                    + " follows from it, and no checker uses it.")
                            .formatted(
                                    drift.format(),
                                    drift.order().orElse("unknown"),
                                    Measured.decimal(drift.absolute()).orElse("an unknown distance"),
                                    leaves)));
        }
        if (!measured.backends().isEmpty()) {
            sentences.add(Sentence.of("The producer says that these arithmetics agreed on the symbolic step: "
                    + String.join(", ", measured.backends()) + ". Nothing follows from it."));
        }
        if (sentences.isEmpty()) {
            sentences.add(Sentence.of("The certificate holds no measurement by its producer."));
        }
        return sentences;
    }

    /** The rules that have a heading. */
    static List<String> covered() {
        return TOPICS.stream().flatMap(topic -> topic.rules().stream()).toList();
    }
}
