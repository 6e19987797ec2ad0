package org.loopcert.certificate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.Instance;
import org.loopcert.kernel.Statement;
import org.loopcert.kernel.Theorem;
import org.loopcert.kernel.Verdict;

/**
 * The object that {@code --json} prints for one certificate. Exact numbers are strings, integers or {@code p/q}; an
 * object of {@code lower} and {@code upper} encloses a number; a {@code decimal} is rounded up to 17 digits.
 */
public final class ResultJson {
    private static final int DIGITS = 17;
    private static final Pattern FRACTION = Pattern.compile("-?[0-9]{1,20000}(/[0-9]{1,20000})?");

    private static final String TWO_SIDED = "two-sided";

    /** What each theorem would say, for those that are not established. */
    private static final Map<String, String> FORMS = Map.of(
            "theorem-4.4",
            "|<TF, theta*> - alpha| <= |alpha| exp(-T/(2 kappa))",
            "tight-bound",
            "|<TF, theta*> - alpha| <= |alpha| prod_{t<T} (1 - eta_t mu)",
            "doubled-exponent",
            "|<TF, theta*> - alpha| <= |alpha| exp(-T/kappa)",
            TWO_SIDED,
            "(1 - eta |y|^2)^T <= |<TF, theta*> - alpha| / |alpha| <= (1 - eta mu)^T",
            "error-identity",
            "<TF, theta*> - alpha |theta*|^2 = -alpha theta*' p_T(G) theta*",
            "exponential",
            "(1 - 1/kappa)^T <= exp(-T/kappa)",
            "contraction",
            "|e(T)| <= f |e(0)| with f < 1",
            "general-labels",
            "|<TF, tt> - alpha |tt|^2| <= |alpha| |tt| |e(T)|",
            "non-contraction",
            "the steps do not contract");

    /** What holds instead of a theorem whose hypothesis fails, the most specific first. */
    private static final Map<String, List<String>> INSTEAD = Map.of(
            "label-noise", List.of("noise", "general-labels", "contraction"),
            "rank-deficient", List.of("limit-error", "general-labels", "contraction"),
            "start", List.of("general-labels", "contraction"),
            "norm", List.of("noise", "general-labels", "contraction"),
            "step", List.of("general-labels", "contraction", "non-contraction"),
            "schedule", List.of("tight-bound", "general-labels", "contraction"));

    /**
     * A statement that is neither established nor refuted.
     *
     * @param id its identifier in results
     * @param because what was missing
     */
    public record Open(String id, String because) {}

    private ResultJson() {}

    /**
     * The result for one certificate.
     *
     * @param verdict the kernel's verdict on it
     * @param certificate its bytes; the measured drift and the backends are read from them
     * @param open what the producer could not decide; empty for a certificate that was only read
     */
    public static ObjectNode of(Verdict verdict, byte[] certificate, List<Open> open) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("verdict", verdict.word());
        result.put("reason", reason(verdict).orElse(null));
        if (verdict instanceof Verdict.Accepted accepted) {
            accepted(result, accepted);
            measured(result, certificate);
        } else if (verdict instanceof Verdict.Rejected rejected) {
            result.put("line", rejected.line());
            result.put("rule", rejected.rule());
            result.put("expected", rejected.expected());
            result.put("found", rejected.found());
        } else if (verdict instanceof Verdict.Undecided undecided) {
            result.put("line", undecided.line());
            result.put("rule", undecided.rule());
            result.put("missing", undecided.missing());
            ReachedLimit.of(undecided.missing()).ifPresent(limit -> result.set("limit", limit.json()));
        } else if (verdict instanceof Verdict.Malformed malformed) {
            result.put("row", malformed.row());
            result.put("column", malformed.column());
            result.put("offset", malformed.offset());
            result.put("expected", malformed.expected());
            result.put("found", malformed.found());
        }
        for (Open each : open) {
            ArrayNode list = result.withArrayProperty("notEstablished");
            ObjectNode item = list.addObject();
            item.put("id", each.id());
            item.put("statement", FORMS.getOrDefault(each.id(), each.id()));
            item.put("evidence", "undecided");
            item.put("because", each.because());
        }
        return result;
    }

    /** The measured drifts of a result: that of each audited format, else the one of the binary64 run, if there is any. */
    static List<JsonNode> drifts(JsonNode result) {
        List<JsonNode> drifts = new ArrayList<>();
        result.path("formats").forEach(run -> drifts.add(run.path("drift")));
        if (drifts.isEmpty() && result.path("drift").isObject()) {
            drifts.add(result.path("drift"));
        }
        return drifts;
    }

    /** The measured drifts in words, one sentence part a format: the run, how far off, and where it leaves the bound. */
    public static List<String> driftWords(JsonNode result, UnaryOperator<String> decimal) {
        List<String> words = new ArrayList<>();
        for (JsonNode drift : drifts(result)) {
            String run = "%s, order %s, only measured: "
                    .formatted(
                            drift.path("format").asText("unknown"),
                            drift.path("order").asText("unknown"));
            if (!drift.hasNonNull("absoluteDecimal")) {
                words.add(run + "no finite iterate");
                continue;
            }
            String ulps = drift.hasNonNull("ulpsDecimal")
                    ? " (" + decimal.apply(drift.path("ulpsDecimal").asText()) + " ulps)"
                    : "";
            String leaves = drift.path("leavesBoundAt").isIntegralNumber()
                    ? "; leaves the bound at t = " + drift.path("leavesBoundAt").asLong()
                    : "";
            words.add(run + "at most "
                    + decimal.apply(drift.path("absoluteDecimal").asText()) + ulps + " off the exact iterates"
                    + leaves);
        }
        return words;
    }

    /** The result for a file that could not be read at all, or an input beyond a limit. */
    public static ObjectNode unread(String verdict, String reason) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("verdict", verdict);
        result.put("reason", reason);
        return result;
    }

    /** The result where a limit was reached before any certificate was checked. */
    public static ObjectNode beyond(String message, ReachedLimit limit) {
        ObjectNode result = unread("undecided", Verdict.Reason.LIMIT.code());
        result.put("missing", message);
        result.set("limit", limit.json());
        return result;
    }

    /** The code of a rejection or of what is missing, or what is malformed; empty for accepted files. */
    public static Optional<String> reason(Verdict verdict) {
        if (verdict instanceof Verdict.Rejected rejected) {
            return Optional.of(rejected.reason().code());
        }
        if (verdict instanceof Verdict.Undecided undecided) {
            return Optional.of(undecided.reason().code());
        }
        if (verdict instanceof Verdict.Malformed malformed) {
            return Optional.of("expected " + malformed.expected() + ", found " + malformed.found());
        }
        return Optional.empty();
    }

    private static void accepted(ObjectNode result, Verdict.Accepted accepted) {
        Instance instance = accepted.instance();
        result.put("kind", accepted.refutation() ? "refutation" : "certificate");
        result.put("boundToInput", accepted.bound());
        result.put("n", instance.n());
        result.put("d", instance.d());
        Optional<Integer> rank = rank(accepted);
        result.put("rank", rank.orElse(null));
        result.put("loops", instance.loops());
        result.put("alpha", instance.alpha().toString());
        Ends smoothness = smoothness(accepted);
        Ends positive = smallestPositive(accepted);
        result.set("eta", eta(instance.step(), smoothness));
        if (rank.isPresent() && rank.get() < instance.d()) {
            result.put("mu", "0");
            result.set("muPositive", positive.json());
        } else {
            result.set("mu", positive.json());
        }
        result.set("smoothness", smoothness.json());
        result.set(
                "kappa",
                last(accepted, Statement.Spectrum.class)
                        .map(s -> new Ends(s.kappaLower(), s.kappaUpper()))
                        .orElse(Ends.UNKNOWN)
                        .json());
        ArrayNode established = result.putArray("established");
        for (int line = 1; line <= accepted.theorems().size(); line++) {
            Theorem theorem = accepted.theorems().get(line - 1);
            if (!(theorem.statement() instanceof Statement.Unmet)) {
                ObjectNode item = established.addObject();
                item.put("id", theorem.id());
                item.put("statement", Words.EXACT.statement(theorem.statement()));
                item.put("evidence", Words.evidence(theorem.statement()));
                item.put("because", "rule " + theorem.rule() + ", line " + line);
            }
        }
        notEstablished(result.putArray("notEstablished"), accepted);
        Words.fewExamples(accepted).ifPresent(note -> result.putArray("notes").add(note));
        result.set("error", error(accepted));
        result.set("bound", bound(accepted));
    }

    /** Two ends of which either may be unknown. */
    private record Ends(Fraction lower, Fraction upper) {
        static final Ends UNKNOWN = new Ends(null, null);

        JsonNode json() {
            if (lower == null && upper == null) {
                return JsonNodeFactory.instance.nullNode();
            }
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("lower", lower == null ? null : lower.toString());
            node.put("upper", upper == null ? null : upper.toString());
            return node;
        }
    }

    private static Ends smoothness(Verdict.Accepted accepted) {
        return last(accepted, Statement.Spectrum.class)
                .map(s -> new Ends(s.smoothnessLower(), s.smoothnessUpper()))
                .orElseGet(() -> new Ends(
                        last(accepted, Statement.LambdaMaxAtLeast.class)
                                .map(Statement.LambdaMaxAtLeast::bound)
                                .orElse(null),
                        last(accepted, Statement.LambdaMaxAtMost.class)
                                .map(Statement.LambdaMaxAtMost::bound)
                                .orElse(null)));
    }

    private static Ends smallestPositive(Verdict.Accepted accepted) {
        return last(accepted, Statement.Spectrum.class)
                .map(s -> new Ends(s.muLower(), s.muUpper()))
                .orElseGet(() -> new Ends(
                        last(accepted, Statement.SmallestAtLeast.class)
                                .map(Statement.SmallestAtLeast::bound)
                                .orElse(null),
                        last(accepted, Statement.SmallestAtMost.class)
                                .map(Statement.SmallestAtMost::bound)
                                .orElse(null)));
    }

    private static Optional<Integer> rank(Verdict.Accepted accepted) {
        Optional<Integer> known = last(accepted, Statement.Spectrum.class).map(Statement.Spectrum::rank);
        return known.isPresent()
                ? known
                : last(accepted, Statement.SmallestAtLeast.class).map(Statement.SmallestAtLeast::rank);
    }

    private static JsonNode eta(Instance.Step step, Ends smoothness) {
        if (step instanceof Instance.Step.Constant constant) {
            return JsonNodeFactory.instance.textNode(constant.eta().toString());
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        if (step instanceof Instance.Step.Schedule schedule) {
            schedule.given().forEach(eta -> list.add(eta.toString()));
            return list;
        }
        if (smoothness.lower() == null || smoothness.upper() == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        list.add(Fraction.ONE.divide(smoothness.upper()).toString());
        list.add(Fraction.ONE.divide(smoothness.lower()).toString());
        return list;
    }

    /**
     * What does not hold of an accepted certificate's instance: one entry a theorem, with all its failing hypotheses.
     *
     * @param id the theorem
     * @param because the failing hypotheses and the facts that contradict them
     * @param hypotheses their names
     * @param instead the established statement that takes its place, where there is one
     */
    public record NotEstablished(String id, String because, List<String> hypotheses, Optional<String> instead) {
        /** Copies the list. */
        public NotEstablished {
            hypotheses = List.copyOf(hypotheses);
        }
    }

    /** The theorems whose hypotheses the instance does not meet, in the order of the certificate. */
    public static List<NotEstablished> notEstablished(Verdict.Accepted accepted) {
        Map<String, List<Statement.Unmet>> unmet = new LinkedHashMap<>();
        for (Theorem theorem : accepted.theorems()) {
            if (theorem.statement() instanceof Statement.Unmet statement) {
                unmet.computeIfAbsent(statement.theorem(), id -> new ArrayList<>())
                        .add(statement);
            }
        }
        List<NotEstablished> result = new ArrayList<>();
        unmet.forEach((id, statements) -> {
            List<String> hypotheses = statements.stream()
                    .map(Statement.Unmet::hypothesis)
                    .distinct()
                    .toList();
            result.add(new NotEstablished(
                    id,
                    statements.stream().map(Words::unmet).distinct().collect(Collectors.joining("; ")),
                    hypotheses,
                    instead(accepted, hypotheses)));
        });
        if (!unmet.containsKey(TWO_SIDED) && needsOneStep(accepted)) {
            List<String> hypotheses = List.of("schedule");
            result.add(new NotEstablished(
                    TWO_SIDED,
                    "it needs the same step in every loop, but the steps are a schedule",
                    hypotheses,
                    instead(accepted, hypotheses)));
        }
        return result;
    }

    /** The two-sided bound is about one step; that the steps are a schedule is read off the instance, without a line. */
    private static boolean needsOneStep(Verdict.Accepted accepted) {
        return !accepted.refutation() && accepted.instance().step() instanceof Instance.Step.Schedule;
    }

    private static void notEstablished(ArrayNode list, Verdict.Accepted accepted) {
        for (NotEstablished each : notEstablished(accepted)) {
            ObjectNode item = list.addObject();
            item.put("id", each.id());
            item.put("statement", FORMS.getOrDefault(each.id(), each.id()));
            item.put("evidence", Words.THEOREM);
            item.put("because", each.because());
            each.hypotheses().forEach(item.putArray("hypotheses")::add);
            each.instead().ifPresent(other -> item.put("instead", other));
        }
    }

    private static Optional<String> instead(Verdict.Accepted accepted, List<String> hypotheses) {
        List<String> established = accepted.theorems().stream()
                .filter(theorem -> !(theorem.statement() instanceof Statement.Unmet))
                .map(Theorem::id)
                .toList();
        return hypotheses.stream()
                .flatMap(hypothesis -> INSTEAD.getOrDefault(hypothesis, List.of()).stream())
                .filter(established::contains)
                .findFirst();
    }

    private static JsonNode error(Verdict.Accepted accepted) {
        return error(accepted.theorems(), accepted.instance().loops())
                .<JsonNode>map(value -> magnitude(new Magnitude(value.lower(), value.upper())))
                .orElse(JsonNodeFactory.instance.nullNode());
    }

    /** The narrowest statement about the error after T loops. */
    static Optional<Statement.ErrorValue> error(List<Theorem> theorems, long loops) {
        return theorems.stream()
                .map(Theorem::statement)
                .filter(Statement.ErrorValue.class::isInstance)
                .map(Statement.ErrorValue.class::cast)
                .filter(value -> value.t() == loops)
                .min((a, b) -> a.upper().subtract(a.lower()).compareTo(b.upper().subtract(b.lower())));
    }

    /** The best final bound of the error after T loops, and which statement gives it. */
    record FinalBound(String id, Magnitude value) {
        static Optional<FinalBound> of(Verdict.Accepted accepted) {
            Instance instance = accepted.instance();
            Optional<FinalBound> best = last(accepted, Statement.TightBound.class)
                    .map(s -> new FinalBound(
                            "tight-bound",
                            Magnitude.of(s.factor(), instance).times(s.alpha().abs())));
            if (best.isEmpty()) {
                best = last(accepted, Statement.GeneralLabels.class)
                        .map(s -> new FinalBound(
                                "general-labels",
                                Magnitude.root(s.squaredScale()).times(Magnitude.of(s.factor(), instance))));
            }
            if (best.isEmpty()) {
                best = last(accepted, Statement.PaperBoundValue.class)
                        .map(s -> new FinalBound("theorem-4.4", new Magnitude(s.lower(), s.upper())));
            }
            return best;
        }
    }

    private static JsonNode bound(Verdict.Accepted accepted) {
        return FinalBound.of(accepted)
                .<JsonNode>map(bound -> {
                    ObjectNode node = magnitude(bound.value());
                    node.put("id", bound.id());
                    return node;
                })
                .orElse(JsonNodeFactory.instance.nullNode());
    }

    private static ObjectNode magnitude(Magnitude value) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (value.isExact()) {
            node.put("exact", value.lower().toString());
        } else {
            node.put("lower", value.lower().toString());
            node.put("upper", value.upper().toString());
        }
        node.put("decimal", Decimals.up(value.upper(), DIGITS));
        return node;
    }

    /** The error after T loops in words, rounded outward; empty where the certificate does not state it. */
    public static Optional<String> errorWords(Verdict.Accepted accepted) {
        return error(accepted.theorems(), accepted.instance().loops())
                .map(value -> words(new Magnitude(value.lower(), value.upper())));
    }

    /** The final bound in words, rounded up, with the statement that gives it; empty where there is none. */
    public static Optional<String> boundWords(Verdict.Accepted accepted) {
        return FinalBound.of(accepted)
                .map(bound -> "at most " + Decimals.up(bound.value().upper(), 10) + " by " + bound.id());
    }

    private static String words(Magnitude value) {
        String lower = Decimals.down(value.lower(), 10);
        String upper = Decimals.up(value.upper(), 10);
        return lower.equals(upper) ? lower : "in [" + lower + ", " + upper + "]";
    }

    /** Copies what the producer measured; shapes that the producer never writes are left out. */
    private static void measured(ObjectNode result, byte[] certificate) {
        JsonNode measured = read(certificate).path("measured");
        ArrayNode formats = JsonNodeFactory.instance.arrayNode();
        measured.path("formats").forEach(run -> {
            if (run.isObject()) {
                ObjectNode format = formats.addObject();
                for (String name : List.of("format", "order", "accumulate", "fused", "summation")) {
                    copyText(run, name, format);
                }
                format.set("drift", drift(run, run.path("format").asText("")));
            }
        });
        JsonNode own = measured.path("binary64");
        result.set("drift", own.isObject() ? drift(own, "binary64") : representative(formats));
        if (!formats.isEmpty()) {
            result.set("formats", formats);
        }
        ArrayNode backends = result.putArray("backends");
        measured.path("backends").forEach(backend -> {
            if (backend.isTextual()) {
                backends.add(backend.asText());
            }
        });
    }

    /** The drift of a binary64 run among several, else of the first one. */
    private static JsonNode representative(ArrayNode formats) {
        for (JsonNode run : formats) {
            if (run.path("format").asText("").equals("binary64")) {
                return run.path("drift").deepCopy();
            }
        }
        return formats.isEmpty()
                ? JsonNodeFactory.instance.nullNode()
                : formats.get(0).path("drift").deepCopy();
    }

    private static ObjectNode drift(JsonNode run, String format) {
        ObjectNode drift = JsonNodeFactory.instance.objectNode();
        drift.put("format", format);
        copyText(run, "order", drift);
        copyNumber(run, "absolute", drift);
        copyNumber(run, "ulps", drift);
        copyNumber(run, "bound", drift);
        JsonNode leaves = run.path("leavesBoundAt").path(0);
        drift.set("leavesBoundAt", leaves.isIntegralNumber() ? leaves : JsonNodeFactory.instance.nullNode());
        return drift;
    }

    private static void copyText(JsonNode from, String name, ObjectNode to) {
        to.put(name, from.path(name).isTextual() ? from.path(name).asText() : null);
    }

    private static void copyNumber(JsonNode from, String name, ObjectNode to) {
        copyText(from, name, to);
        parse(from.path(name)).ifPresent(value -> to.put(name + "Decimal", Decimals.up(value, DIGITS)));
    }

    private static Optional<Fraction> parse(JsonNode node) {
        if (!node.isTextual() || !FRACTION.matcher(node.asText()).matches()) {
            return Optional.empty();
        }
        String[] parts = node.asText().split("/");
        BigInteger q = parts.length == 1 ? BigInteger.ONE : new BigInteger(parts[1]);
        return q.signum() == 0 ? Optional.empty() : Optional.of(Fraction.of(new BigInteger(parts[0]), q));
    }

    private static JsonNode read(byte[] certificate) {
        try {
            return new ObjectMapper().readTree(certificate);
        } catch (IOException e) {
            // the kernel accepted these bytes, and its grammar is a part of JSON
            throw new UncheckedIOException("an accepted certificate is not JSON", e);
        }
    }

    private static <S extends Statement> Optional<S> last(Verdict.Accepted accepted, Class<S> kind) {
        return accepted.theorems().stream()
                .map(Theorem::statement)
                .filter(kind::isInstance)
                .map(kind::cast)
                .reduce((first, second) -> second);
    }
}
