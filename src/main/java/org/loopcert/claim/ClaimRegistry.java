package org.loopcert.claim;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.loopcert.derivation.ShippedDerivations;

/** All claims, in the order of the texts, and what is recorded of the lines of the derivations that they rest on. */
public final class ClaimRegistry {
    private static final String FOLDER = "/org/loopcert/claims/";
    private static final String LINES = "lines.json";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+([.-][a-z0-9]+)*");
    private static final Set<String> FIELDS = Set.of(
            "id",
            "kind",
            "place",
            "statement",
            "hypotheses",
            "quantifier",
            "verdict",
            "detail",
            "repair",
            "extractionDoubt",
            "evidence",
            "range");
    private static final Set<Claim.Verdict> NEED_DETAIL = EnumSet.complementOf(EnumSet.of(Claim.Verdict.HOLDS));
    private static final Set<Claim.Verdict> NEED_REPAIR =
            EnumSet.of(Claim.Verdict.PROOF_BROKEN, Claim.Verdict.ILL_TYPED);
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final List<Claim> claims;
    private final Map<String, Map<String, Recorded>> lines;

    private ClaimRegistry(List<Claim> claims, Map<String, Map<String, Recorded>> lines) {
        this.claims = List.copyOf(claims);
        this.lines = lines;
    }

    /**
     * The shipped registry.
     *
     * @throws RegistryException if it does not hold together
     */
    public static ClaimRegistry shipped() {
        Map<Bibliography, String> texts = new EnumMap<>(Bibliography.class);
        for (Bibliography each : Bibliography.values()) {
            texts.put(each, resource(each.file()));
        }
        return read(texts, resource(LINES));
    }

    /**
     * Reads a registry.
     *
     * @param texts a JSON array of claims for each text
     * @param lines a JSON object: derivation, line, what is recorded of it
     * @throws RegistryException if they do not hold together
     */
    public static ClaimRegistry read(Map<Bibliography, String> texts, String lines) {
        List<Claim> claims = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        texts.forEach((paper, text) -> {
            JsonNode all = tree(paper.file(), text);
            require(all.isArray(), paper.file(), "an array of claims", all.getNodeType());
            for (JsonNode each : all) {
                Claim claim = new Reader(paper, each).claim();
                require(ids.add(claim.id()), claim.id(), "a new id", "it twice");
                claims.add(claim);
            }
        });
        Set<String> used = new LinkedHashSet<>();
        claims.forEach(each -> used.addAll(each.derivations()));
        return new ClaimRegistry(claims, lines(used, lines));
    }

    private static Map<String, Map<String, Recorded>> lines(Set<String> derivations, String text) {
        Map<String, Map<String, Recorded>> all = new TreeMap<>();
        derivations.forEach(each -> all.put(each, new LinkedHashMap<>()));
        JsonNode tree = tree(LINES, text);
        require(tree.isObject(), LINES, "an object", tree.getNodeType());
        tree.properties().forEach(derivation -> {
            Map<String, Recorded> recorded = all.get(derivation.getKey());
            require(recorded != null, LINES, "a derivation that a claim names", derivation.getKey());
            derivation.getValue().properties().forEach(line -> {
                String place = LINES + ", " + derivation.getKey() + ", " + line.getKey();
                String state = line.getValue().asText();
                recorded.put(
                        line.getKey(),
                        Recorded.of(state)
                                .orElseThrow(() ->
                                        new RegistryException(place, "refuted, ill-typed, open or open: RULE", state)));
            });
        });
        return all;
    }

    /** All, in the order of the texts. */
    public List<Claim> claims() {
        return claims;
    }

    /** Those of a text. */
    public List<Claim> claims(Bibliography paper) {
        return claims.stream().filter(each -> each.paper() == paper).toList();
    }

    /** The claim of an id. */
    public Optional<Claim> find(String id) {
        return claims.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /** The names of the derivations that some claim rests on, sorted. */
    public Set<String> derivations() {
        return Collections.unmodifiableSet(lines.keySet());
    }

    /** The lines of a derivation that are recorded as not proved. */
    public Map<String, Recorded> lines(String derivation) {
        return Collections.unmodifiableMap(lines.getOrDefault(derivation, Map.of()));
    }

    /** What open lines among the evidence of a claim wait for, without repetition. */
    public Set<String> open(Claim claim) {
        Set<String> rules = new LinkedHashSet<>();
        claim.derivations().forEach(each -> lines(each).values().forEach(line -> line.rule()
                .ifPresent(rules::add)));
        return rules;
    }

    private static String resource(String file) {
        try (InputStream stream = ClaimRegistry.class.getResourceAsStream(FOLDER + file)) {
            if (stream == null) {
                throw new RegistryException(FOLDER, file, "no such file");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode tree(String file, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new RegistryException(file, "JSON", e.getMessage());
        }
    }

    private static void require(boolean fine, String place, String expected, Object found) {
        if (!fine) {
            throw new RegistryException(place, expected, String.valueOf(found));
        }
    }

    /** Reads one claim. */
    private static final class Reader {
        private final Bibliography paper;
        private final JsonNode node;
        private final String place;

        Reader(Bibliography paper, JsonNode node) {
            this.paper = paper;
            this.node = node;
            this.place = paper.file() + ", " + node.path("id").asText("a claim without id");
        }

        Claim claim() {
            require(node.isObject(), place, "an object", node.getNodeType());
            node.fieldNames().forEachRemaining(each -> require(FIELDS.contains(each), place, "one of " + FIELDS, each));
            String id = text("id");
            String prefix = paper.id() + "/";
            require(
                    id.startsWith(prefix)
                            && NAME.matcher(id.substring(prefix.length())).matches(),
                    place,
                    prefix + "name in small letters",
                    id);
            String word = text("verdict");
            Claim.Verdict verdict =
                    Claim.Verdict.of(word).orElseThrow(() -> new RegistryException(place, "a verdict", word));
            Claim claim = new Claim(
                    paper,
                    id,
                    constant(node, Claim.Kind.class, "kind"),
                    text("place"),
                    text("statement"),
                    texts(node, "hypotheses"),
                    constant(node, Claim.Quantifier.class, "quantifier"),
                    verdict,
                    optional("detail"),
                    optional("repair"),
                    optional("extractionDoubt"),
                    evidence(),
                    text("range"));
            require(!NEED_DETAIL.contains(verdict) || claim.detail().isPresent(), place, "detail of " + word, "none");
            require(!NEED_REPAIR.contains(verdict) || claim.repair().isPresent(), place, "repair of " + word, "none");
            return claim;
        }

        private String text(String field) {
            return text(node, field);
        }

        private String text(JsonNode object, String field) {
            JsonNode value = object.path(field);
            require(value.isTextual() && !value.asText().isBlank(), place, field, value);
            return value.asText();
        }

        private Optional<String> optional(String field) {
            return node.has(field) ? Optional.of(text(field)) : Optional.empty();
        }

        private List<String> texts(JsonNode object, String field) {
            JsonNode values = object.path(field);
            require(values.isArray(), place, field + ", an array", values);
            List<String> texts = new ArrayList<>();
            for (JsonNode each : values) {
                require(each.isTextual() && !each.asText().isBlank(), place, field + " that are texts", each);
                texts.add(each.asText());
            }
            return texts;
        }

        private <E extends Enum<E>> E constant(JsonNode object, Class<E> type, String field) {
            String word = text(object, field);
            return Arrays.stream(type.getEnumConstants())
                    .filter(each ->
                            each.name().toLowerCase(java.util.Locale.ROOT).equals(word))
                    .findFirst()
                    .orElseThrow(() -> new RegistryException(place, field, word));
        }

        private List<Claim.Evidence> evidence() {
            JsonNode values = node.path("evidence");
            require(values.isArray() && !values.isEmpty(), place, "evidence", values);
            List<Claim.Evidence> all = new ArrayList<>();
            values.forEach(each -> all.add(evidence(each)));
            return all;
        }

        private Claim.Evidence evidence(JsonNode value) {
            Set<String> fields = new LinkedHashSet<>();
            value.fieldNames().forEachRemaining(fields::add);
            if (fields.contains("quotes")) {
                return quotation(value, fields);
            }
            if (fields.contains("command")) {
                require(
                        fields.equals(Set.of("command", "says")) || fields.equals(Set.of("command", "says", "finds")),
                        place,
                        "command with says, and finds",
                        fields);
                return new Claim.Evidence.Command(
                        text(value, "command"), text(value, "says"), finds(value.path("finds")));
            }
            if (fields.equals(Set.of("derivation"))) {
                String name = text(value, "derivation");
                require(ShippedDerivations.names().contains(name), place, "a shipped derivation", name);
                return new Claim.Evidence.Derivation(name);
            }
            if (fields.contains("counterexample")) {
                return counterexample(value, fields);
            }
            require(
                    fields.equals(Set.of("argument")),
                    place,
                    "derivation, counterexample, command, quotes or argument",
                    fields);
            return new Claim.Evidence.Argument(text(value, "argument"));
        }

        private Claim.Evidence counterexample(JsonNode value, Set<String> fields) {
            require(
                    fields.equals(Set.of("counterexample", "derivation", "line")),
                    place,
                    "counterexample with derivation and line",
                    fields);
            String name = text(value, "counterexample");
            require(ShippedCounterexamples.file(name).isPresent(), place, "a shipped counterexample", name);
            String derivation = text(value, "derivation");
            require(ShippedDerivations.names().contains(derivation), place, "a shipped derivation", derivation);
            return new Claim.Evidence.Counterexample(name, derivation, text(value, "line"));
        }

        private Map<String, String> finds(JsonNode value) {
            require(value.isMissingNode() || (value.isObject() && !value.isEmpty()), place, "findings", value);
            Map<String, String> all = new LinkedHashMap<>();
            value.fieldNames().forEachRemaining(each -> all.put(each, text(value, each)));
            return all;
        }

        private Claim.Evidence quotation(JsonNode value, Set<String> fields) {
            require(
                    Set.of("source", "quotes", "words", "absent", "says").containsAll(fields),
                    place,
                    "source, quotes, words, absent and says",
                    fields);
            List<String> quotes = texts(value, "quotes");
            List<String> absent = value.has("absent") ? texts(value, "absent") : List.of();
            require(!quotes.isEmpty(), place, "quotes", value);
            return new Claim.Evidence.Quotation(
                    constant(value, Claim.Source.class, "source"),
                    quotes,
                    value.has("words") ? texts(value, "words") : List.of(),
                    absent,
                    text(value, "says"));
        }
    }
}
