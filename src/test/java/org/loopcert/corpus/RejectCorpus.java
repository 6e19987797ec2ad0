package org.loopcert.corpus;

import static org.loopcert.certificate.Texts.field;
import static org.loopcert.corpus.CertificateText.count;
import static org.loopcert.corpus.CertificateText.number;
import static org.loopcert.corpus.CertificateText.numbers;
import static org.loopcert.corpus.CertificateText.rows;
import static org.loopcert.corpus.CertificateText.schedule;
import static org.loopcert.corpus.CertificateText.vector;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.loopcert.certificate.Texts;
import org.loopcert.kernel.Json;
import org.loopcert.kernel.Verdict.Reason;
import org.loopcert.ring.RationalField;

/**
 * Certificates with exactly one planted flaw each. A flaw is a change of a valid twin after which length and digits are
 * declared anew, so that the reason asserted is the only one there is.
 */
final class RejectCorpus {
    /** A rejected file, the reason and the line expected, and the valid file that it was made from. */
    record Flawed(byte[] file, Reason reason, int line, String twin) {}

    private static final List<String> EQUIVALENCES = List.of("symbolic-attention", "replay");
    private static final String HAIR = "1/1000000000000000000000000000000";

    private final Map<String, byte[]> twins;
    private final Map<String, Flawed> files = new TreeMap<>();

    private RejectCorpus(Map<String, byte[]> twins) {
        this.twins = twins;
    }

    /** All rejected files by path below the folder of the corpus. */
    static Map<String, Flawed> all(Map<String, byte[]> twins) {
        RejectCorpus corpus = new RejectCorpus(twins);
        corpus.certificate();
        corpus.premises();
        corpus.equivalence();
        corpus.upper();
        corpus.lower();
        corpus.rayleigh();
        corpus.smallSteps();
        corpus.contraction();
        corpus.nonContraction();
        corpus.labels();
        corpus.unmet();
        corpus.bounds();
        corpus.values();
        corpus.trajectories();
        return corpus.files;
    }

    private void put(String name, Flawed flawed) {
        if (files.put(name + ".json", flawed) != null) {
            throw new IllegalStateException("twice: " + name);
        }
    }

    /** A flaw that shows in the last line of this rule. */
    private void flaw(String rule, String name, String twin, Reason reason, UnaryOperator<Edit> change) {
        Edit edit = change.apply(Edit.of(twins.get(twin)));
        put(rule + "/" + name, new Flawed(edit.seal(), reason, edit.number(rule), twin));
    }

    /** A flaw of the certificate as a whole. */
    private void whole(String folder, String name, String twin, Reason reason, UnaryOperator<Edit> change) {
        put(
                folder + "/" + name,
                new Flawed(change.apply(Edit.of(twins.get(twin))).seal(), reason, 0, twin));
    }

    private void cost(String name, String place, long value) {
        put("cost/" + name, new Flawed(minimal().set("cost/" + place, value).print(), Reason.COST, 0, "minimal"));
    }

    private Edit minimal() {
        return Edit.of(twins.get("minimal"));
    }

    private static BigRational hair() {
        return RationalField.of(BigInteger.ONE, new BigInteger(HAIR.substring(2)));
    }

    private static String add(String fraction, BigRational delta) {
        String[] parts = fraction.split("/");
        BigInteger q = parts.length == 1 ? BigInteger.ONE : new BigInteger(parts[1]);
        return Texts.fraction(RationalField.INSTANCE.add(RationalField.of(new BigInteger(parts[0]), q), delta));
    }

    private static String above(String fraction) {
        return add(fraction, hair());
    }

    private static String below(String fraction) {
        return add(fraction, hair().negate());
    }

    private static String at(String rule, String place) {
        return "lines/" + rule + "/" + place;
    }

    private void certificate() {
        whole("instance", "zero-query", "minimal", Reason.ZERO_QUERY, e -> e.set("instance/alpha", "0"));
        cost("examples", "n", 3);
        cost("features", "d", 3);
        cost("loops", "loops", 4);
        cost("bytes-one-less", "bytes", twins.get("minimal").length - 1L);
        cost("bytes-one-more", "bytes", twins.get("minimal").length + 1L);
        cost("digits-one-less", "digits", 1);
        cost("digits-one-more", "digits", 3);
        put(
                "cost/digits-of-a-witness",
                new Flawed(Edit.of(twins.get("values")).set("cost/digits", 4).print(), Reason.COST, 0, "values"));
        whole("obligations", "no-equivalence", "minimal", Reason.MISSING_OBLIGATION, e -> e.drop("symbolic-attention"));
        whole("obligations", "no-spectrum", "minimal", Reason.MISSING_OBLIGATION, e -> e.drop("exponential")
                .drop("spectrum"));
        whole(
                "obligations",
                "no-contraction",
                "minimal",
                Reason.MISSING_OBLIGATION,
                e -> e.drop("contraction-small-steps"));
        whole("obligations", "no-line-at-all", "minimal", Reason.MISSING_OBLIGATION, e -> e.set("lines", numbers()));
        whole(
                "obligations",
                "no-divergence",
                "refuted-constant",
                Reason.MISSING_OBLIGATION,
                e -> e.drop("non-contraction-constant"));
        whole(
                "obligations",
                "certificate-sold-as-refutation",
                "minimal",
                Reason.MISSING_OBLIGATION,
                e -> e.set("kind", "refutation"));
        whole(
                "obligations",
                "refutation-sold-as-certificate",
                "refuted-constant",
                Reason.MISSING_OBLIGATION,
                e -> e.set("kind", "certificate"));
    }

    /** For every rule: each premise replaced by one of another kind, one too few, one too many. */
    private void premises() {
        for (var example : Map.ofEntries(
                        Map.entry("replay", "fit"),
                        Map.entry("lambda-max-at-most", "minimal"),
                        Map.entry("smallest-positive-at-least", "minimal"),
                        Map.entry("lambda-max-at-least", "minimal"),
                        Map.entry("smallest-positive-at-most", "minimal"),
                        Map.entry("spectrum", "minimal"),
                        Map.entry("exponential", "minimal"),
                        Map.entry("small-steps", "minimal"),
                        Map.entry("contraction-small-steps", "minimal"),
                        Map.entry("contraction-constant", "constant"),
                        Map.entry("contraction-schedule", "schedule"),
                        Map.entry("non-contraction-constant", "refuted-constant"),
                        Map.entry("non-contraction-schedule", "refuted-schedule"),
                        Map.entry("realizable", "error-identity"),
                        Map.entry("least-squares", "fit"),
                        Map.entry("unmet", "constant"),
                        Map.entry("theorem-4.4", "theorem-4.4"),
                        Map.entry("theorem-4.4-value", "theorem-4.4-value"),
                        Map.entry("tight-bound", "tight-bound"),
                        Map.entry("doubled-exponent", "doubled-exponent"),
                        Map.entry("two-sided", "two-sided"),
                        Map.entry("error-identity", "error-identity"),
                        Map.entry("general-labels", "fit"),
                        Map.entry("limit-error", "rank-deficient"),
                        Map.entry("noise", "noise"),
                        Map.entry("error-by-replay", "values"),
                        Map.entry("error-by-powering", "values"),
                        Map.entry("rounded-iterates", "values"),
                        Map.entry("rounded-trajectory", "trajectory"))
                .entrySet()) {
            premises(example.getKey(), example.getValue());
        }
        premises("small-steps", "literal", "literal-");
        premises("unmet", "start", "norm-");
        premises("error-by-powering", "literal", "literal-");
        premises("non-contraction-schedule", "refuted-at-the-low-end", "low-");
        for (String hypothesis : List.of("label-noise", "rank-deficient", "norm", "step")) {
            flaw("unmet", "premise-of-another-kind-for-" + hypothesis, "constant", Reason.PREMISE_KIND, e -> e.set(
                            at("unmet", "hypothesis"), hypothesis)
                    .set(at("unmet", "premises/0"), e.number("symbolic-attention")));
        }
        flaw("unmet", "premise-for-the-start", "start", Reason.PREMISE_KIND, e -> e.set(
                        at("unmet", "hypothesis"), "start")
                .set(at("unmet", "theorem"), "theorem-4.4"));
        flaw("spectrum", "premises-swapped", "minimal", Reason.PREMISE_KIND, e -> e.set(
                        at("spectrum", "premises/2"), e.number("lambda-max-at-most"))
                .set(at("spectrum", "premises/3"), e.number("lambda-max-at-least")));
        flaw(
                "small-steps",
                "lower-bound-in-place-of-upper",
                "minimal",
                Reason.PREMISE_KIND,
                e -> e.set(at("small-steps", "premises/0"), e.number("lambda-max-at-least")));
        flaw(
                "spectrum",
                "premise-is-itself",
                "minimal",
                Reason.PREMISE_ORDER,
                e -> e.set(at("spectrum", "premises/0"), e.number("spectrum")));
        flaw(
                "spectrum",
                "premise-from-a-later-line",
                "minimal",
                Reason.PREMISE_ORDER,
                e -> e.set(at("spectrum", "premises/0"), e.number("exponential")));
        flaw(
                "spectrum",
                "premise-is-no-line",
                "minimal",
                Reason.PREMISE_ORDER,
                e -> e.set(at("spectrum", "premises/0"), 99));
    }

    private void premises(String rule, String twin) {
        premises(rule, twin, "");
    }

    private void premises(String rule, String twin, String prefix) {
        Edit valid = Edit.of(twins.get(twin));
        int count = ((Json.Arr) valid.get(at(rule, "premises"))).items().size();
        for (int k = 0; k < count; k++) {
            String place = at(rule, "premises/" + k);
            int premise = Math.toIntExact(((Json.Int) valid.get(place)).value());
            boolean equivalence =
                    EQUIVALENCES.contains(((Json.Str) valid.get("lines/" + (premise - 1) + "/rule")).text());
            int other = valid.number(equivalence ? "lambda-max-at-least" : "symbolic-attention");
            flaw(
                    rule,
                    prefix + "premise-" + (k + 1) + "-of-another-kind",
                    twin,
                    Reason.PREMISE_KIND,
                    e -> e.set(place, other));
        }
        if (count > 0) {
            String last = at(rule, "premises/" + (count - 1));
            flaw(rule, prefix + "premise-missing", twin, Reason.PREMISE_KIND, e -> e.remove(last));
        }
        if (valid.number(rule) > 1) {
            flaw(
                    rule,
                    prefix + "premise-too-many",
                    twin,
                    Reason.PREMISE_KIND,
                    e -> e.append(at(rule, "premises"), Texts.count(1)));
        }
    }

    private void equivalence() {
        flaw("symbolic-attention", "premise-too-many", "minimal", Reason.PREMISE_KIND, e -> e.drop("symbolic-attention")
                .line("symbolic-attention", List.of("lambda-max-at-most")));
        flaw("replay", "literal-step", "literal", Reason.STEP_KIND, e -> e.line("replay", List.of()));
    }

    private void upper() {
        String rule = "lambda-max-at-most";
        flaw(rule, "a-hair-below", "minimal", Reason.NOT_SEMIDEFINITE, e -> e.set(at(rule, "bound"), below("9")));
        flaw(rule, "zero-diagonal", "minimal", Reason.NOT_SEMIDEFINITE, e -> e.set(at(rule, "bound"), "5"));
        flaw(rule, "negative", "minimal", Reason.NOT_SEMIDEFINITE, e -> e.set(at(rule, "bound"), "-9"));
        flaw(rule, "of-another-instance", "minimal", Reason.NOT_SEMIDEFINITE, e -> e.set("lines/1", Twins.foreign()));
        flaw(rule, "larger-examples", "minimal", Reason.NOT_SEMIDEFINITE, e -> e.set("instance/X/0/0", above("2")));
        flaw(rule, "factor-a-hair-below", "fit", Reason.NOT_DOMINANT, e -> e.set(at(rule, "bound"), below("9")));
        flaw(rule, "factor-entry-larger", "fit", Reason.NOT_DOMINANT, e -> e.set(at(rule, "witness/rows/0/0"), "11"));
        flaw(rule, "factor-sign", "fit", Reason.NOT_DOMINANT, e -> e.set(at(rule, "witness/rows/0/1"), "10"));
        flaw(rule, "factor-off-diagonal", "fit", Reason.NOT_DOMINANT, e -> e.set(at(rule, "witness/rows/0/1"), "-9"));
        flaw(rule, "factor-last-row", "fit", Reason.NOT_DOMINANT, e -> e.set(at(rule, "witness/rows/1/0"), "1"));
        flaw(rule, "factor-row-missing", "fit", Reason.SHAPE, e -> e.remove(at(rule, "witness/rows/1")));
        flaw(rule, "factor-row-too-many", "fit", Reason.SHAPE, e -> e.append(at(rule, "witness/rows"), numbers()));
        flaw(
                rule,
                "factor-not-triangular",
                "fit",
                Reason.SHAPE,
                e -> e.set(at(rule, "witness/rows/1"), numbers("0", "0")));
        flaw(rule, "factor-row-short", "fit", Reason.SHAPE, e -> e.set(at(rule, "witness/rows/0"), numbers("10")));
    }

    private void lower() {
        String rule = "smallest-positive-at-least";
        flaw(rule, "a-hair-above", "minimal", Reason.NOT_SEMIDEFINITE, e -> e.set(at(rule, "bound"), above("1")));
        flaw(rule, "zero", "minimal", Reason.NOT_POSITIVE, e -> e.set(at(rule, "bound"), "0"));
        flaw(rule, "negative", "minimal", Reason.NOT_POSITIVE, e -> e.set(at(rule, "bound"), "-1"));
        flaw(rule, "factor-bound-above", "fit", Reason.NOT_DOMINANT, e -> e.set(at(rule, "bound"), "1"));
        flaw(rule, "factor-entry", "fit", Reason.NOT_DOMINANT, e -> e.set(at(rule, "witness/rows/1/0"), "13"));
        flaw(rule, "factor-scale", "fit", Reason.NOT_DOMINANT, e -> e.set(at(rule, "witness/scale"), 0));
        flaw(rule, "factor-row-missing", "fit", Reason.SHAPE, e -> e.remove(at(rule, "witness/rows/1")));
        String deficient = "rank-deficient";
        flaw(
                rule,
                "not-in-the-null-space",
                deficient,
                Reason.NULL_SPACE,
                e -> e.set(at(rule, "nullSpace/0"), numbers("2", "1")));
        flaw(
                rule,
                "null-vector-a-little-off",
                deficient,
                Reason.NULL_SPACE,
                e -> e.set(at(rule, "nullSpace/0"), numbers("2000000000000000000001", "-1000000000000000000000")));
        flaw(
                rule,
                "null-vector-zero",
                deficient,
                Reason.NULL_SPACE,
                e -> e.set(at(rule, "nullSpace/0"), numbers("0", "0")));
        flaw(
                rule,
                "null-vector-too-long",
                deficient,
                Reason.SHAPE,
                e -> e.set(at(rule, "nullSpace/0"), numbers("2", "-1", "0")));
        flaw(rule, "null-vector-too-short", deficient, Reason.SHAPE, e -> e.set(at(rule, "nullSpace/0"), numbers("0")));
        flaw(
                rule,
                "basis-dependent",
                "plane",
                Reason.NULL_SPACE,
                e -> e.set(at(rule, "nullSpace/1"), numbers("2", "-2", "0")));
        flaw(
                rule,
                "basis-without-pivots",
                "plane",
                Reason.NULL_SPACE,
                e -> e.set(at(rule, "nullSpace"), rows(numbers("1", "-1", "0"), numbers("1", "1", "-2"))));
        flaw(
                rule,
                "basis-of-everything",
                deficient,
                Reason.NULL_SPACE,
                e -> e.append(at(rule, "nullSpace"), numbers("1", "2")));
        flaw(rule, "basis-of-everything-where-X-is-zero", "plane", Reason.NULL_SPACE, e -> e.set(
                        "instance/X/0", numbers("0", "0", "0"))
                .set(
                        at(rule, "nullSpace"),
                        rows(numbers("1", "0", "0"), numbers("0", "1", "0"), numbers("0", "0", "1"))));
        flaw(rule, "basis-one-too-few", "plane", Reason.NOT_SEMIDEFINITE, e -> e.remove(at(rule, "nullSpace/1")));
        flaw(rule, "rank-claimed-full", deficient, Reason.NOT_DOMINANT, e -> e.set(at(rule, "nullSpace"), numbers())
                .set(at(rule, "weight"), numbers()));
        flaw(rule, "rank-claimed-full-elimination", "plane", Reason.NOT_SEMIDEFINITE, e -> e.set(
                        at(rule, "nullSpace"), numbers())
                .set(at(rule, "weight"), numbers()));
        flaw(rule, "weight-too-small", "plane", Reason.NOT_SEMIDEFINITE, e -> e.set(at(rule, "weight/0"), "2"));
        flaw(rule, "weight-negative", deficient, Reason.NOT_DOMINANT, e -> e.set(at(rule, "weight/0"), "-6"));
    }

    private void rayleigh() {
        String least = "lambda-max-at-least";
        flaw(least, "a-hair-above", "minimal", Reason.RAYLEIGH, e -> e.set(at(least, "bound"), above("9")));
        flaw(
                least,
                "vector-a-little-off",
                "minimal",
                Reason.RAYLEIGH,
                e -> e.set(at(least, "vector"), numbers("1000000000001", "1000000000000")));
        flaw(least, "vector-zero", "minimal", Reason.ZERO_WITNESS, e -> e.set(at(least, "vector"), numbers("0", "0")));
        flaw(least, "vector-short", "minimal", Reason.SHAPE, e -> e.set(at(least, "vector"), numbers("1")));
        flaw(least, "vector-long", "minimal", Reason.SHAPE, e -> e.set(at(least, "vector"), numbers("1", "1", "0")));
        flaw(least, "zero", "minimal", Reason.NOT_POSITIVE, e -> e.set(at(least, "bound"), "0"));
        flaw(least, "negative", "minimal", Reason.NOT_POSITIVE, e -> e.set(at(least, "bound"), "-1"));
        String most = "smallest-positive-at-most";
        flaw(most, "a-hair-below", "minimal", Reason.RAYLEIGH, e -> e.set(at(most, "bound"), below("1")));
        flaw(most, "zero", "minimal", Reason.RAYLEIGH, e -> e.set(at(most, "bound"), "0"));
        flaw(
                most,
                "vector-a-little-off",
                "minimal",
                Reason.RAYLEIGH,
                e -> e.set(at(most, "vector"), numbers("1000000000001", "-1000000000000")));
        flaw(most, "vector-zero", "minimal", Reason.ZERO_WITNESS, e -> e.set(at(most, "vector"), numbers("0", "0")));
        flaw(
                most,
                "vector-in-the-null-space",
                "rank-deficient",
                Reason.ZERO_WITNESS,
                e -> e.set(at(most, "vector"), numbers("2", "-1")));
        // (2, -1) + (1, 0)/10^20 is almost in the null space, where the quotient of the vector itself is tiny
        flaw(most, "vector-near-the-null-space", "rank-deficient", Reason.RAYLEIGH, e -> e.set(
                        at(most, "vector"), numbers("200000000000000000001", "-100000000000000000000"))
                .set(at(most, "bound"), "1"));
        flaw(most, "vector-short", "minimal", Reason.SHAPE, e -> e.set(at(most, "vector"), numbers("1")));
        flaw(most, "vector-long", "minimal", Reason.SHAPE, e -> e.set(at(most, "vector"), numbers("1", "-1", "0")));
    }

    private void smallSteps() {
        String rule = "small-steps";
        String eta = "instance/step/eta";
        flaw(rule, "a-hair-above", "minimal", Reason.STEP_TOO_LARGE, e -> e.set(eta, above("1/9")));
        flaw(rule, "zero", "minimal", Reason.STEP_TOO_LARGE, e -> e.set(eta, "0"));
        flaw(rule, "negative", "minimal", Reason.STEP_TOO_LARGE, e -> e.set(eta, "-1/9"));
        flaw(
                rule,
                "upper-bound-too-wide",
                "minimal",
                Reason.STEP_TOO_LARGE,
                e -> e.set(at("lambda-max-at-most", "bound"), above("9")));
        flaw(
                rule,
                "one-of-a-schedule",
                "small-schedule",
                Reason.STEP_TOO_LARGE,
                e -> e.set("instance/step/etas/1", above("1/9")));
        flaw(
                rule,
                "last-of-a-schedule-zero",
                "small-schedule",
                Reason.STEP_TOO_LARGE,
                e -> e.set("instance/step/etas/2", "0"));
        flaw(rule, "literal-bounds-swapped", "literal", Reason.PREMISE_KIND, e -> e.set(
                        at(rule, "premises/0"), e.number("lambda-max-at-most"))
                .set(at(rule, "premises/1"), e.number("lambda-max-at-least")));
    }

    private void contraction() {
        flaw(
                "contraction-small-steps",
                "schedule-without-steps",
                "no-loops",
                Reason.NOT_CONTRACTING,
                e -> e.set("instance/step", schedule()));
        String constant = "contraction-constant";
        flaw(
                constant,
                "at-two-over-lambda-max",
                "constant",
                Reason.NOT_CONTRACTING,
                e -> e.set("instance/step/eta", "2/9"));
        flaw(constant, "zero", "constant", Reason.NOT_CONTRACTING, e -> e.set("instance/step/eta", "0"));
        flaw(constant, "negative", "constant", Reason.NOT_CONTRACTING, e -> e.set("instance/step/eta", "-1/9"));
        flaw(
                constant,
                "upper-bound-too-wide",
                "constant",
                Reason.NOT_CONTRACTING,
                e -> e.set(at("lambda-max-at-most", "bound"), "12"));
        flaw(
                constant,
                "of-a-schedule",
                "schedule",
                Reason.STEP_KIND,
                e -> e.line(constant, List.of("smallest-positive-at-least", "lambda-max-at-most")));
        flaw(
                constant,
                "of-the-literal-step",
                "literal",
                Reason.STEP_KIND,
                e -> e.line(constant, List.of("smallest-positive-at-least", "lambda-max-at-most")));
        String schedule = "contraction-schedule";
        flaw(schedule, "grid-of-the-degree", "schedule", Reason.GRID, e -> e.set(at(schedule, "grid"), 2));
        flaw(schedule, "grid-of-one", "schedule", Reason.GRID, e -> e.set(at(schedule, "grid"), 1));
        flaw(
                schedule,
                "grid-too-coarse-for-the-bound",
                "schedule-near-one",
                Reason.NOT_CONTRACTING,
                e -> e.set(at(schedule, "grid"), 3));
        // the product of no factors is 1, which is not below 1
        flaw(schedule, "no-loops", "schedule", Reason.NOT_CONTRACTING, e -> e.set("instance/step", schedule())
                .set("instance/loops", 0)
                .set("cost/loops", 0));
        flaw(
                schedule,
                "too-large-inside",
                "schedule",
                Reason.NOT_CONTRACTING,
                e -> e.set("instance/step", schedule("1", "1/9")));
        flaw(
                schedule,
                "too-large-at-the-top",
                "schedule",
                Reason.NOT_CONTRACTING,
                e -> e.set("instance/step", schedule("1/2", "1/4")));
        flaw(
                schedule,
                "too-large-at-the-bottom",
                "schedule",
                Reason.NOT_CONTRACTING,
                e -> e.set("instance/step", schedule("-1/7", "1/9")));
        // both ends of [mu, L] are points of the grid, and nothing else shows these
        flaw(
                schedule,
                "too-large-at-the-low-end-alone",
                "schedule",
                Reason.NOT_CONTRACTING,
                e -> e.set("instance/step", schedule("-1/6", "149/1000")));
        flaw(
                schedule,
                "too-large-at-the-high-end-alone",
                "schedule",
                Reason.NOT_CONTRACTING,
                e -> e.set("instance/step", schedule("1/2", "1427/10000")));
        flaw(
                schedule,
                "of-a-constant-step",
                "constant",
                Reason.STEP_KIND,
                e -> e.line(schedule, List.of("smallest-positive-at-least", "lambda-max-at-most"), count("grid", 16)));
        flaw(
                schedule,
                "of-the-literal-step",
                "literal",
                Reason.STEP_KIND,
                e -> e.line(schedule, List.of("smallest-positive-at-least", "lambda-max-at-most"), count("grid", 16)));
    }

    private void nonContraction() {
        String constant = "non-contraction-constant";
        String vector = at(constant, "vector");
        flaw(
                constant,
                "a-hair-below",
                "refuted-constant",
                Reason.NOT_REFUTED,
                e -> e.set("instance/step/eta", below("2/9")));
        flaw(
                constant,
                "vector-of-the-low-end",
                "refuted-constant",
                Reason.NOT_REFUTED,
                e -> e.set(vector, numbers("1", "-1")));
        flaw(constant, "vector-zero", "refuted-constant", Reason.ZERO_WITNESS, e -> e.set(vector, numbers("0", "0")));
        flaw(constant, "vector-short", "refuted-constant", Reason.SHAPE, e -> e.set(vector, numbers("1")));
        flaw(constant, "vector-long", "refuted-constant", Reason.SHAPE, e -> e.set(vector, numbers("1", "1", "1")));
        flaw(
                constant,
                "vector-in-the-null-space",
                "refuted-rank-deficient",
                Reason.NOT_REFUTED,
                e -> e.set(vector, numbers("2", "-1")));
        flaw(
                constant,
                "of-a-schedule",
                "refuted-schedule",
                Reason.STEP_KIND,
                e -> e.line(constant, List.of(), vector("vector", "1", "1")));
        flaw(
                constant,
                "of-a-contracting-step",
                "constant",
                Reason.NOT_REFUTED,
                e -> e.line(constant, List.of(), vector("vector", "1", "1")));
        flaw(
                constant,
                "of-the-literal-step",
                "literal",
                Reason.STEP_KIND,
                e -> e.line(constant, List.of(), vector("vector", "1", "1")));
        String schedule = "non-contraction-schedule";
        flaw(
                schedule,
                "contracts-at-the-top",
                "refuted-schedule",
                Reason.NOT_REFUTED,
                e -> e.set("instance/step", schedule("1/5", "1/5")));
        flaw(
                schedule,
                "a-hair-below",
                "refuted-schedule",
                Reason.NOT_REFUTED,
                e -> e.set("instance/step", schedule("2/9", below("2/9"))));
        flaw(
                schedule,
                "root-inside",
                "refuted-schedule",
                Reason.NOT_REFUTED,
                e -> e.set(at("lambda-max-at-least", "bound"), "1"));
        // the second step makes up for whatever the first one leaves at the two ends
        flaw(schedule, "root-inside-between-large-ends", "refuted-schedule", Reason.NOT_REFUTED, e -> e.set(
                        at("lambda-max-at-least", "bound"), "1")
                .set("instance/step", schedule("1/2", "10")));
        flaw(
                schedule,
                "contracts-at-the-bottom",
                "refuted-at-the-low-end",
                Reason.NOT_REFUTED,
                e -> e.set("instance/step", schedule("1/2", "2")));
        flaw(schedule, "without-steps", "refuted-schedule", Reason.NOT_REFUTED, e -> e.set("instance/step", schedule())
                .set("instance/loops", 0)
                .set("cost/loops", 0));
        flaw(
                schedule,
                "of-a-constant-step",
                "refuted-constant",
                Reason.STEP_KIND,
                e -> e.line(schedule, List.of("lambda-max-at-least", "lambda-max-at-most")));
        flaw(
                schedule,
                "of-the-literal-step",
                "literal",
                Reason.STEP_KIND,
                e -> e.line(schedule, List.of("lambda-max-at-least", "lambda-max-at-most")));
        flaw(schedule, "low-bounds-swapped", "refuted-at-the-low-end", Reason.PREMISE_KIND, e -> e.set(
                        at(schedule, "premises/0"), e.number("smallest-positive-at-most"))
                .set(at(schedule, "premises/1"), e.number("smallest-positive-at-least")));
        flaw(
                schedule,
                "ends-mixed",
                "refuted-schedule",
                Reason.PREMISE_KIND,
                e -> e.set(at(schedule, "premises/1"), e.number("smallest-positive-at-most")));
    }

    private void labels() {
        String task = "realizable";
        String base = "error-identity";
        flaw(task, "label-a-little-off", base, Reason.NOT_REALIZABLE, e -> e.set("instance/y/1", above("11/5")));
        flaw(task, "theta-a-little-off", base, Reason.NOT_REALIZABLE, e -> e.set(at(task, "theta/0"), above("3/5")));
        flaw(
                task,
                "theta-negated",
                base,
                Reason.NOT_REALIZABLE,
                e -> e.set(at(task, "theta"), numbers("-3/5", "-4/5")));
        flaw(
                task,
                "noise-in-one-label",
                "noise",
                Reason.NOT_REALIZABLE,
                e -> e.line(task, List.of(), vector("theta", "3/5", "4/5")));
        flaw(task, "theta-short", base, Reason.SHAPE, e -> e.set(at(task, "theta"), numbers("3/5")));
        flaw(task, "theta-long", base, Reason.SHAPE, e -> e.set(at(task, "theta"), numbers("3/5", "4/5", "0")));
        flaw(task, "not-the-instances-own", base, Reason.NO_TASK, e -> e.set("instance/theta", numbers("4/5", "3/5")));
        String fit = "least-squares";
        flaw(fit, "last-digit", "fit", Reason.NOT_LEAST_SQUARES, e -> e.set(at(fit, "theta/1"), above("4/5")));
        flaw(fit, "label-changed", "fit", Reason.NOT_LEAST_SQUARES, e -> e.set("instance/y/0", "3"));
        flaw(fit, "theta-zero", "noise", Reason.NOT_LEAST_SQUARES, e -> e.set(at(fit, "theta"), numbers("0", "0")));
        flaw(fit, "theta-short", "fit", Reason.SHAPE, e -> e.set(at(fit, "theta"), numbers("3/5")));
        flaw(fit, "theta-long", "fit", Reason.SHAPE, e -> e.set(at(fit, "theta"), numbers("3/5", "4/5", "0")));
        flaw(fit, "preimage-at-full-rank", "fit", Reason.SHAPE, e -> e.set(at(fit, "preimage"), numbers("0", "0")));
        String deficient = "rank-deficient";
        flaw(
                fit,
                "not-of-least-norm",
                deficient,
                Reason.NOT_LEAST_SQUARES,
                e -> e.set(at(fit, "theta"), numbers("1", "0")));
        flaw(
                fit,
                "preimage-wrong",
                deficient,
                Reason.NOT_LEAST_SQUARES,
                e -> e.set(at(fit, "preimage/0"), above("1/25")));
        flaw(fit, "preimage-missing", deficient, Reason.SHAPE, e -> e.set(at(fit, "preimage"), numbers()));
        flaw(fit, "preimage-short", deficient, Reason.SHAPE, e -> e.set(at(fit, "preimage"), numbers("1/25")));
    }

    private void unmet() {
        String rule = "unmet";
        flaw(rule, "no-label-noise", "start", Reason.HYPOTHESIS_HOLDS, e -> e.premises(rule, "least-squares")
                .set(at(rule, "hypothesis"), "label-noise"));
        flaw(rule, "full-rank", "start", Reason.HYPOTHESIS_HOLDS, e -> e.premises(rule, "smallest-positive-at-least")
                .set(at(rule, "hypothesis"), "rank-deficient"));
        // theta = (1, 0) has norm one and gives the same labels
        flaw(rule, "norm-of-one-theta-among-many", "rank-deficient", Reason.RANK, e -> e.set(
                        at("realizable", "theta"), numbers("3", "-1"))
                .premises(rule, "realizable", "smallest-positive-at-least")
                .set(at(rule, "hypothesis"), "norm"));
        flaw(rule, "start-is-zero", "constant", Reason.HYPOTHESIS_HOLDS, e -> e.set(at(rule, "premises"), numbers())
                .set(at(rule, "hypothesis"), "start"));
        flaw(
                rule,
                "norm-is-one",
                "error-identity",
                Reason.HYPOTHESIS_HOLDS,
                e -> e.line(
                        rule,
                        List.of("realizable", "smallest-positive-at-least"),
                        number("theorem", "theorem-4.4"),
                        number("hypothesis", "norm")));
        flaw(
                rule,
                "steps-are-small",
                "minimal",
                Reason.HYPOTHESIS_HOLDS,
                e -> e.line(
                        rule,
                        List.of("lambda-max-at-least"),
                        number("theorem", "two-sided"),
                        number("hypothesis", "step")));
        flaw(
                rule,
                "step-larger-only-perhaps",
                "constant",
                Reason.HYPOTHESIS_HOLDS,
                e -> e.set(at("lambda-max-at-least", "bound"), "6"));
        flaw(
                rule,
                "literal-step-is-small",
                "literal",
                Reason.HYPOTHESIS_HOLDS,
                e -> e.line(
                        rule,
                        List.of("lambda-max-at-least"),
                        number("theorem", "two-sided"),
                        number("hypothesis", "step")));
    }

    private void bounds() {
        BigRational epsilon = hair();
        BigRational twice = RationalField.INSTANCE.add(epsilon, epsilon);
        String first = add("3/5", epsilon);
        for (String rule : List.of("theorem-4.4", "tight-bound", "doubled-exponent", "two-sided")) {
            flaw(rule, "start-not-zero", rule, Reason.START_NOT_ZERO, e -> e.set("instance/start/1", HAIR));
            // theta* = (3/5 + epsilon, 4/5), with labels to match
            flaw(rule, "norm-a-hair-above", rule, Reason.NOT_UNIT, e -> e.set("instance/theta/0", first)
                    .set(at("realizable", "theta/0"), first)
                    .set("instance/y/0", add("2", twice))
                    .set("instance/y/1", add("11/5", epsilon)));
            flaw(rule, "norm-two", rule, Reason.NOT_UNIT, e -> e.set("instance/theta", numbers("1", "1"))
                    .set(at("realizable", "theta"), numbers("1", "1"))
                    .set("instance/y", numbers("3", "3")));
            boolean spectrum = rule.equals("theorem-4.4") || rule.equals("doubled-exponent");
            String low = spectrum ? "spectrum" : "smallest-positive-at-least";
            flaw(
                    rule,
                    "rank-deficient",
                    "rank-deficient",
                    Reason.RANK,
                    e -> e.line(rule, List.of("symbolic-attention", "realizable", low, "small-steps")));
        }
        flaw("theorem-4.4", "exponent", "theorem-4.4", Reason.EXPONENT, e -> e.set("instance/step/eta", below("1/18")));
        flaw(
                "theorem-4.4",
                "exponent-of-a-schedule",
                "small-schedule",
                Reason.EXPONENT,
                e -> e.set("instance/step", schedule("1/9", "1/40", "1/40")));
        flaw(
                "theorem-4.4",
                "enclosures-too-wide",
                "theorem-4.4",
                Reason.EXPONENT,
                e -> e.set(at("lambda-max-at-least", "bound"), "4"));
        flaw(
                "doubled-exponent",
                "exponent",
                "doubled-exponent",
                Reason.EXPONENT,
                e -> e.set("instance/step/eta", "1/10"));
        flaw(
                "doubled-exponent",
                "exponent-of-a-schedule",
                "small-schedule",
                Reason.EXPONENT,
                e -> e.set("instance/step", schedule("1/9", "1/9", "1/20")));
        flaw(
                "two-sided",
                "of-a-schedule",
                "small-schedule",
                Reason.STEP_KIND,
                e -> e.line(
                        "two-sided",
                        List.of("symbolic-attention", "realizable", "smallest-positive-at-least", "small-steps")));
        flaw(
                "error-identity",
                "start-not-zero",
                "error-identity",
                Reason.START_NOT_ZERO,
                e -> e.set("instance/start/0", "1"));
        flaw(
                "limit-error",
                "start-not-zero",
                "rank-deficient",
                Reason.START_NOT_ZERO,
                e -> e.set("instance/start/0", HAIR));
        flaw("limit-error", "full-rank", "fit", Reason.RANK, e -> e.line(
                        "realizable", List.of(), vector("theta", "3/5", "4/5"))
                .line(
                        "limit-error",
                        List.of("symbolic-attention", "least-squares", "realizable", "contraction-small-steps")));
        flaw("noise", "start-not-zero", "noise", Reason.START_NOT_ZERO, e -> e.set("instance/start/0", HAIR));
        flaw("noise", "no-theta", "noise", Reason.NO_TASK, e -> e.remove("instance/theta"));
        flaw(
                "noise",
                "rank-deficient",
                "rank-deficient",
                Reason.RANK,
                e -> e.line("noise", List.of("symbolic-attention", "smallest-positive-at-least", "small-steps")));
    }

    private void values() {
        String replay = "error-by-replay";
        String exact = "256/18225";
        flaw(replay, "lower-too-high", "values", Reason.NOT_ENCLOSED, e -> e.set(at(replay, "lower"), above(exact))
                .set(at(replay, "upper"), "1"));
        flaw(replay, "upper-too-low", "values", Reason.NOT_ENCLOSED, e -> e.set(at(replay, "lower"), "0")
                .set(at(replay, "upper"), below(exact)));
        flaw(replay, "sign", "values", Reason.NOT_ENCLOSED, e -> e.set(at(replay, "lower"), "-256/18225")
                .set(at(replay, "upper"), "-256/18225"));
        flaw(replay, "another-loop", "values", Reason.NOT_ENCLOSED, e -> e.set(at(replay, "t"), 2));
        flaw(replay, "query-doubled", "values", Reason.NOT_ENCLOSED, e -> e.set("instance/alpha", "2"));
        flaw(replay, "beyond-the-last-loop", "values", Reason.SHAPE, e -> e.set(at(replay, "t"), 4));
        flaw(
                replay,
                "literal-step",
                "literal",
                Reason.STEP_KIND,
                e -> e.line(
                        replay,
                        List.of("symbolic-attention", "least-squares"),
                        count("t", 3),
                        number("lower", "0"),
                        number("upper", "1")));
        String powering = "error-by-powering";
        flaw(powering, "lower-too-high", "values", Reason.NOT_ENCLOSED, e -> e.set(at(powering, "lower"), "1/71"));
        flaw(powering, "upper-too-low", "values", Reason.NOT_ENCLOSED, e -> e.set(at(powering, "upper"), "1/72"));
        flaw(powering, "precision-too-low", "values", Reason.NOT_ENCLOSED, e -> e.set(at(powering, "bits"), 8));
        // the enclosure of the error reaches from -3/8 to 1/8, and nothing keeps the error from being zero
        flaw(powering, "lower-where-the-enclosure-has-a-root", "values", Reason.NOT_ENCLOSED, e -> e.set(
                        at(powering, "bits"), 3)
                .set(at(powering, "upper"), "10"));
        flaw(powering, "another-loop", "values", Reason.NOT_ENCLOSED, e -> e.set(at(powering, "t"), 2));
        flaw(powering, "beyond-the-last-loop", "values", Reason.SHAPE, e -> e.set(at(powering, "t"), 4));
        flaw(
                powering,
                "literal-step-enclosed-too-wide",
                "literal",
                Reason.NOT_ENCLOSED,
                e -> e.set(at("lambda-max-at-least", "bound"), "8"));
        flaw(powering, "of-a-schedule", "schedule", Reason.STEP_KIND, e -> e.line(
                        "least-squares",
                        List.of("smallest-positive-at-least"),
                        vector("theta", "3/5", "4/5"),
                        vector("preimage"))
                .line(
                        powering,
                        List.of("symbolic-attention", "least-squares"),
                        count("bits", 64),
                        count("t", 2),
                        number("lower", "0"),
                        number("upper", "10")));
        String bound = "theorem-4.4-value";
        flaw(bound, "lower-too-high", bound, Reason.NOT_ENCLOSED, e -> e.set(at(bound, "lower"), "1693/2000"));
        flaw(bound, "upper-too-low", bound, Reason.NOT_ENCLOSED, e -> e.set(at(bound, "upper"), "529/625"));
        flaw(
                bound,
                "another-kappa",
                bound,
                Reason.NOT_ENCLOSED,
                e -> e.set(at("smallest-positive-at-most", "bound"), "9/8"));
        flaw(bound, "query-doubled", bound, Reason.NOT_ENCLOSED, e -> e.set("instance/alpha", "-2"));
        String rounded = "rounded-iterates";
        flaw(
                rounded,
                "distance-too-small",
                "values",
                Reason.NOT_ENCLOSED,
                e -> e.set(at(rounded, "iterates/1/distance"), "1/132"));
        flaw(
                rounded,
                "distance-negative",
                "values",
                Reason.NOT_ENCLOSED,
                e -> e.set(at(rounded, "iterates/0/distance"), "-1"));
        flaw(
                rounded,
                "entry-a-little-off",
                "values",
                Reason.NOT_ENCLOSED,
                e -> e.set(at(rounded, "iterates/1/theta/1"), "185/256"));
        flaw(rounded, "another-loop", "values", Reason.NOT_ENCLOSED, e -> e.set(at(rounded, "iterates/1/t"), 2));
        flaw(rounded, "beyond-the-last-loop", "values", Reason.SHAPE, e -> e.set(at(rounded, "iterates/1/t"), 4));
        flaw(
                rounded,
                "entry-missing",
                "values",
                Reason.SHAPE,
                e -> e.set(at(rounded, "iterates/1/theta"), numbers("11/16")));
        flaw(
                rounded,
                "literal-step",
                "literal",
                Reason.STEP_KIND,
                e -> e.line(rounded, List.of(), field("iterates", numbers())));
    }

    private void trajectories() {
        String rule = "rounded-trajectory";
        String base = "trajectory";
        List<String> premises = List.of("smallest-positive-at-least", "small-steps", "least-squares");
        flaw(
                rule,
                "premises-swapped",
                base,
                Reason.PREMISE_KIND,
                e -> e.premises(rule, "small-steps", "smallest-positive-at-least", "least-squares"));
        flaw(
                rule,
                "rank-deficient",
                "rank-deficient",
                Reason.RANK,
                e -> e.line(rule, premises, number("residual", "0"), field("iterates", rows(numbers("0", "0")))));
        flaw(
                rule,
                "literal-step",
                "literal",
                Reason.STEP_KIND,
                e -> e.line(rule, premises, number("residual", "0"), field("iterates", rows(numbers("0", "0")))));
        // its square is that of the valid one
        flaw(rule, "residual-negative", base, Reason.NOT_POSITIVE, e -> e.set(at(rule, "residual"), "-1/18"));
        flaw(
                rule,
                "residual-a-hair-below-zero",
                "trajectory-without-steps",
                Reason.NOT_POSITIVE,
                e -> e.set(at(rule, "residual"), below("0")));
        flaw(rule, "no-iterate", base, Reason.SHAPE, e -> e.set(at(rule, "iterates"), numbers()));
        // each continues the steps exactly
        flaw(
                rule,
                "one-more-than-the-loops",
                "trajectory-exact",
                Reason.SHAPE,
                e -> e.append(at(rule, "iterates"), numbers("21731/32805", "24196/32805")));
        flaw(rule, "entry-missing", base, Reason.SHAPE, e -> e.set(at(rule, "iterates/1"), numbers("13/18")));
        flaw(
                rule,
                "entry-too-many",
                base,
                Reason.SHAPE,
                e -> e.set(at(rule, "iterates/2"), numbers("2/3", "11/15", "0")));
        flaw(
                rule,
                "entry-too-many-without-steps",
                "trajectory-without-steps",
                Reason.SHAPE,
                e -> e.set(at(rule, "iterates/0"), numbers("7", "-5", "0")));
        flaw(rule, "residual-a-hair-below", base, Reason.NOT_ENCLOSED, e -> e.set(at(rule, "residual"), below("1/18")));
        // more than either entry is off, and less than the two together
        flaw(
                rule,
                "residual-of-the-largest-entry",
                base,
                Reason.NOT_ENCLOSED,
                e -> e.set(at(rule, "residual"), "2/45"));
        flaw(rule, "last-iterate-off", base, Reason.NOT_ENCLOSED, e -> e.set(at(rule, "iterates/2/1"), "4/5"));
        flaw(
                rule,
                "last-iterate-off-the-other-way",
                base,
                Reason.NOT_ENCLOSED,
                e -> e.set(at(rule, "iterates/2/0"), "3/5"));
        flaw(rule, "first-iterate-moved", base, Reason.NOT_ENCLOSED, e -> e.set(at(rule, "iterates/0/0"), HAIR));
        flaw(
                rule,
                "entries-swapped",
                base,
                Reason.NOT_ENCLOSED,
                e -> e.set(at(rule, "iterates/1"), numbers("34/45", "13/18")));
        flaw(rule, "iterate-left-out", "trajectory-exact", Reason.NOT_ENCLOSED, e -> e.remove(at(rule, "iterates/1")));
        flaw(
                rule,
                "exact-but-for-a-hair",
                "trajectory-exact",
                Reason.NOT_ENCLOSED,
                e -> e.set(at(rule, "iterates/3/0"), above("2443/3645")));
        // the second step of the schedule is 1/9 and the third 1/10
        flaw(
                rule,
                "steps-of-the-schedule-swapped",
                "trajectory-exact-schedule",
                Reason.NOT_ENCLOSED,
                e -> e.set("instance/step", schedule("1/9", "1/10", "1/9")));
        flaw(
                rule,
                "another-constant-step",
                "trajectory-exact",
                Reason.NOT_ENCLOSED,
                e -> e.set("instance/step/eta", below("1/9")));
        flaw(
                rule,
                "standing-still-with-half-the-residual",
                "trajectory-standing-still",
                Reason.NOT_ENCLOSED,
                e -> e.set(at(rule, "residual"), "1/200"));
    }
}
