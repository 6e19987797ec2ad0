package org.loopcert.certificate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    static final int DIGITS = 17;

    /** What each theorem would say, for those that are not established. */
    private static final Map<String, String> FORMS = Map.of(
            "theorem-4.4",
            "|<TF, theta*> - alpha| <= |alpha| exp(-T/(2 kappa))",
            "tight-bound",
            "|<TF, theta*> - alpha| <= |alpha| prod_{t<T} (1 - eta_t mu)",
            "doubled-exponent",
            "|<TF, theta*> - alpha| <= |alpha| exp(-T/kappa)",
            Outcome.TWO_SIDED,
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

    private ResultJson() {}

    /**
     * The result for one certificate.
     *
     * @param verdict the kernel's verdict on it
     * @param certificate its bytes; the measured drift and the backends are read from them
     * @param open what the producer could not decide; empty for a certificate that was only read
     */
    public static ObjectNode of(Verdict verdict, byte[] certificate, List<Outcome.Open> open) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("verdict", verdict.word());
        result.put("reason", Outcome.reason(verdict).orElse(null));
        if (verdict instanceof Verdict.Accepted accepted) {
            accepted(result, accepted);
            measured(result, Measured.of(certificate));
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
        for (Outcome.Open each : open) {
            ArrayNode list = result.withArrayProperty("notEstablished");
            ObjectNode item = list.addObject();
            item.put("id", each.id());
            item.put("statement", FORMS.getOrDefault(each.id(), each.id()));
            item.put("evidence", "undecided");
            item.put("because", each.because());
        }
        return result;
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

    private static void accepted(ObjectNode result, Verdict.Accepted accepted) {
        Instance instance = accepted.instance();
        result.put("kind", accepted.refutation() ? "refutation" : "certificate");
        result.put("boundToInput", accepted.bound());
        result.put("n", instance.n());
        result.put("d", instance.d());
        Optional<Integer> rank = Outcome.rank(accepted);
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
                Outcome.last(accepted, Statement.Spectrum.class)
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
        return Outcome.last(accepted, Statement.Spectrum.class)
                .map(s -> new Ends(s.smoothnessLower(), s.smoothnessUpper()))
                .orElseGet(() -> new Ends(
                        Outcome.last(accepted, Statement.LambdaMaxAtLeast.class)
                                .map(Statement.LambdaMaxAtLeast::bound)
                                .orElse(null),
                        Outcome.last(accepted, Statement.LambdaMaxAtMost.class)
                                .map(Statement.LambdaMaxAtMost::bound)
                                .orElse(null)));
    }

    private static Ends smallestPositive(Verdict.Accepted accepted) {
        return Outcome.last(accepted, Statement.Spectrum.class)
                .map(s -> new Ends(s.muLower(), s.muUpper()))
                .orElseGet(() -> new Ends(
                        Outcome.last(accepted, Statement.SmallestAtLeast.class)
                                .map(Statement.SmallestAtLeast::bound)
                                .orElse(null),
                        Outcome.last(accepted, Statement.SmallestAtMost.class)
                                .map(Statement.SmallestAtMost::bound)
                                .orElse(null)));
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

    private static void notEstablished(ArrayNode list, Verdict.Accepted accepted) {
        for (Outcome.NotEstablished each : Outcome.notEstablished(accepted)) {
            ObjectNode item = list.addObject();
            item.put("id", each.id());
            item.put("statement", FORMS.getOrDefault(each.id(), each.id()));
            item.put("evidence", Words.THEOREM);
            item.put("because", each.because());
            each.hypotheses().forEach(item.putArray("hypotheses")::add);
            each.instead().ifPresent(other -> item.put("instead", other));
        }
    }

    private static JsonNode error(Verdict.Accepted accepted) {
        return Outcome.error(accepted)
                .<JsonNode>map(value -> magnitude(new Magnitude(value.lower(), value.upper())))
                .orElse(JsonNodeFactory.instance.nullNode());
    }

    private static JsonNode bound(Verdict.Accepted accepted) {
        return Outcome.FinalBound.of(accepted)
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

    /** What the producer measured. */
    private static void measured(ObjectNode result, Measured measured) {
        result.set(
                "drift", measured.drift().<JsonNode>map(ResultJson::drift).orElse(JsonNodeFactory.instance.nullNode()));
        if (!measured.runs().isEmpty()) {
            ArrayNode formats = result.putArray("formats");
            for (Measured.Run run : measured.runs()) {
                ObjectNode format = formats.addObject();
                format.put("format", run.format().orElse(null));
                format.put("order", run.order().orElse(null));
                format.put("accumulate", run.accumulate().orElse(null));
                format.put("fused", run.fused().orElse(null));
                format.put("summation", run.summation().orElse(null));
                format.set("drift", drift(run.drift()));
            }
        }
        if (measured.replay().isPresent()) {
            Measured.Replay run = measured.replay().get();
            ObjectNode replay = result.putObject("producerReplay");
            replay.put("loops", run.loops());
            replay.put("bits", run.bits());
            replay.put("boundCompared", run.bound());
            run.primes().forEach(replay.putArray("primes")::add);
            replay.put("seed", run.seed());
        }
        measured.backends().forEach(result.putArray("backends")::add);
    }

    private static ObjectNode drift(Measured.Drift measured) {
        ObjectNode drift = JsonNodeFactory.instance.objectNode();
        drift.put("format", measured.format());
        drift.put("order", measured.order().orElse(null));
        number(drift, "absolute", measured.absolute());
        number(drift, "ulps", measured.ulps());
        number(drift, "bound", measured.bound());
        if (measured.leavesBoundAt().isPresent()) {
            drift.put("leavesBoundAt", measured.leavesBoundAt().getAsLong());
        } else {
            drift.putNull("leavesBoundAt");
        }
        return drift;
    }

    private static void number(ObjectNode to, String name, Optional<String> text) {
        to.put(name, text.orElse(null));
        Measured.decimal(text).ifPresent(decimal -> to.put(name + "Decimal", decimal));
    }
}
