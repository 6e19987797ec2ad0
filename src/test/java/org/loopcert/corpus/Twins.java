package org.loopcert.corpus;

import static org.loopcert.certificate.Texts.field;
import static org.loopcert.corpus.CertificateText.constant;
import static org.loopcert.corpus.CertificateText.count;
import static org.loopcert.corpus.CertificateText.elimination;
import static org.loopcert.corpus.CertificateText.factor;
import static org.loopcert.corpus.CertificateText.instance;
import static org.loopcert.corpus.CertificateText.lambdaMax;
import static org.loopcert.corpus.CertificateText.number;
import static org.loopcert.corpus.CertificateText.numbers;
import static org.loopcert.corpus.CertificateText.rows;
import static org.loopcert.corpus.CertificateText.schedule;
import static org.loopcert.corpus.CertificateText.text;
import static org.loopcert.corpus.CertificateText.vector;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.loopcert.certificate.Texts;
import org.loopcert.kernel.Json;

/**
 * Small valid certificates, written by hand, that together use every rule; the rejected files are these with one flaw.
 *
 * <p>Most are about X = [[2, 1], [1, 2]], so that G = [[5, 4], [4, 5]] has the eigenvalues 9 on (1, 1) and 1 on (1, -1).
 */
final class Twins {
    private static final List<String> NONE = List.of();
    private static final String SYMBOLIC = "symbolic-attention";
    private static final String UPPER = "lambda-max-at-most";
    private static final String LOWER = "smallest-positive-at-least";
    private static final String REACHES = "lambda-max-at-least";
    private static final String DROPS = "smallest-positive-at-most";
    private static final String SPECTRUM = "spectrum";
    private static final String SMALL = "small-steps";
    private static final String CONTRACTION = "contraction-small-steps";
    private static final String TASK = "realizable";
    private static final String FIT = "least-squares";
    private static final String TRAJECTORY = "rounded-trajectory";

    private static final Json.Arr X = rows(numbers("2", "1"), numbers("1", "2"));
    private static final Json.Arr Y = numbers("2", "11/5");
    private static final Json.Arr THETA = numbers("3/5", "4/5");
    private static final Json.Arr ZERO = numbers("0", "0");

    private Twins() {}

    /** All twins by name. */
    static Map<String, byte[]> all() {
        Map<String, byte[]> twins = new TreeMap<>();
        twins.put("minimal", spectral(full(constant("1/9"))).certificate());
        twins.put("fit", fit().certificate());
        twins.put("values", values().certificate());
        for (String rule : List.of("theorem-4.4", "doubled-exponent")) {
            twins.put(
                    rule,
                    unit(constant("1/9"))
                            .line(rule, List.of(SYMBOLIC, TASK, SPECTRUM, SMALL))
                            .certificate());
        }
        for (String rule : List.of("tight-bound", "two-sided")) {
            twins.put(
                    rule,
                    unit(constant("1/9"))
                            .line(rule, List.of(SYMBOLIC, TASK, LOWER, SMALL))
                            .certificate());
        }
        twins.put(
                "error-identity",
                unit(constant("1/9"))
                        .line("error-identity", List.of(SYMBOLIC, TASK))
                        .certificate());
        twins.put(
                "theorem-4.4-value",
                unit(constant("1/9"))
                        .line("theorem-4.4", List.of(SYMBOLIC, TASK, SPECTRUM, SMALL))
                        .line(
                                "theorem-4.4-value",
                                List.of("theorem-4.4"),
                                number("lower", "529/625"),
                                number("upper", "1693/2000"))
                        .certificate());
        twins.put(
                "small-schedule",
                unit(schedule("1/9", "1/9", "1/10"))
                        .line("theorem-4.4", List.of(SYMBOLIC, TASK, SPECTRUM, SMALL))
                        .line("doubled-exponent", List.of(SYMBOLIC, TASK, SPECTRUM, SMALL))
                        .line("tight-bound", List.of(SYMBOLIC, TASK, LOWER, SMALL))
                        .certificate());
        twins.put(
                "rank-deficient",
                rankDeficient("1/25")
                        .line(SMALL, List.of(UPPER))
                        .line(CONTRACTION, List.of(LOWER, SMALL))
                        .line(FIT, List.of(LOWER), vector("theta", "1/5", "2/5"), vector("preimage", "1/25", "0"))
                        .line(TASK, NONE, vector("theta", "1", "0"))
                        .line("general-labels", List.of(SYMBOLIC, FIT, CONTRACTION))
                        .line("limit-error", List.of(SYMBOLIC, FIT, TASK, CONTRACTION))
                        .line(
                                "unmet",
                                List.of(LOWER),
                                number("theorem", "theorem-4.4"),
                                number("hypothesis", "rank-deficient"))
                        .certificate());
        twins.put(
                "refuted-rank-deficient",
                rankDeficient("-1/25")
                        .line("non-contraction-constant", NONE, vector("vector", "1", "0"))
                        .refutation());
        twins.put("plane", plane().certificate());
        twins.put("noise", noise().certificate());
        twins.put("start", start().certificate());
        twins.put("constant", constantStep().certificate());
        twins.put("schedule", scheduled("1/2", "1/8").certificate());
        // |p| is 0.89 at x = 9 and about 0.6 around x = 5, numbers of one length, in which the larger one must be found
        twins.put("schedule-near-one", scheduled("4/7", "27/200").certificate());
        // eta mu = 1/18 = 1/(2 kappa): Theorem 4.4 with nothing to spare
        twins.put(
                "half-step",
                unit(constant("1/18"))
                        .line("theorem-4.4", List.of(SYMBOLIC, TASK, SPECTRUM, SMALL))
                        .certificate());
        twins.put("closest-values", closestValues().certificate());
        twins.put("literal", literal().certificate());
        twins.put("no-loops", noLoops().certificate());
        twins.put(
                "literal-no-loops",
                enclosed(instance("1", 0, lambdaMax(), ZERO, Optional.of(THETA), Y, X))
                        .line(SMALL, List.of(REACHES, UPPER))
                        .line(CONTRACTION, List.of(LOWER, SMALL))
                        .line("replay", NONE)
                        .certificate());
        twins.put("values-from-above", valuesFromAbove().certificate());
        twins.put(
                "rank-deficient-task",
                rankDeficient("1/25", Optional.of(numbers("3", "-1")))
                        .line(SMALL, List.of(UPPER))
                        .line(CONTRACTION, List.of(LOWER, SMALL))
                        .line(TASK, NONE, vector("theta", "3", "-1"))
                        .line(
                                "unmet",
                                List.of(TASK, LOWER),
                                number("theorem", "theorem-4.4"),
                                number("hypothesis", "norm"))
                        .certificate());
        trajectories(twins);
        twins.put(
                "refuted-constant",
                refuted(constant("2/9"), 3)
                        .line("non-contraction-constant", NONE, vector("vector", "1", "1"))
                        .refutation());
        twins.put(
                "refuted-negative",
                refuted(constant("-1/9"), 3)
                        .line("non-contraction-constant", NONE, vector("vector", "1", "0"))
                        .refutation());
        twins.put(
                "refuted-schedule",
                refuted(schedule("1/2", "1/2"), 2)
                        .line("non-contraction-schedule", List.of(REACHES, UPPER))
                        .refutation());
        twins.put(
                "refuted-standing-still",
                refuted(schedule("0", "0"), 2)
                        .line("non-contraction-schedule", List.of(REACHES, UPPER))
                        .refutation());
        twins.put(
                "refuted-at-the-low-end",
                refuted(schedule("-1", "3"), 2)
                        .line("non-contraction-schedule", List.of(LOWER, DROPS))
                        .refutation());
        return twins;
    }

    private static void trajectories(Map<String, byte[]> twins) {
        // the first step is off by (3, 4)/90, of length 1/18, the second by less; T = 3 is not reached
        Json.Arr rounded = rows(numbers("0", "0"), numbers("13/18", "34/45"), numbers("2/3", "11/15"));
        twins.put(
                "trajectory", trajectory(full(constant("1/9")), "1/18", rounded).certificate());
        // gradient descent itself
        Json.Arr exact = rows(
                numbers("0", "0"),
                numbers("31/45", "32/45"),
                numbers("55/81", "292/405"),
                numbers("2443/3645", "532/729"));
        twins.put(
                "trajectory-exact",
                trajectory(full(constant("1/9")), "0", exact).certificate());
        // multiples of 1/64 from another start than theta(0); the first step is off most, by the root of 1/20480
        Json.Arr scheduled = rows(
                numbers("1/2", "1/4"), numbers("51/64", "19/32"), numbers("25/32", "5/8"), numbers("49/64", "41/64"));
        twins.put(
                "trajectory-schedule",
                trajectory(full(schedule("1/9", "1/9", "1/10")), "1/143", scheduled)
                        .certificate());
        Json.Arr followed =
                rows(numbers("1/2", "1/4"), numbers("4/5", "3/5"), numbers("7/9", "28/45"), numbers("19/25", "16/25"));
        twins.put(
                "trajectory-exact-schedule",
                trajectory(full(schedule("1/9", "1/9", "1/10")), "0", followed).certificate());
        // one iterate and no step: nothing is asked of where it is, nor of q(0), alpha and the norm of theta*
        Json.Obj elsewhere = instance(
                "-2", 2, constant("1/9"), numbers("1", "-1/3"), Optional.of(numbers("1", "1")), numbers("3", "3"), X);
        twins.put(
                "trajectory-without-steps",
                spectral(elsewhere)
                        .line(FIT, List.of(LOWER), vector("theta", "1", "1"), vector("preimage"))
                        .line(
                                TRAJECTORY,
                                List.of(LOWER, SMALL, FIT),
                                number("residual", "1/2"),
                                field("iterates", rows(numbers("7", "-5"))))
                        .certificate());
        // G w = (9, 12)/500 for w = r - tt, so that standing still is off by 1/100; 1/(eta mu) = 9 steps of it add up
        Json.Arr[] still = new Json.Arr[11];
        Arrays.fill(still, numbers("299/500", "102/125"));
        twins.put(
                "trajectory-standing-still",
                trajectory(instance("1", 10, constant("1/9"), ZERO, Optional.of(THETA), Y, X), "1/100", rows(still))
                        .certificate());
    }

    private static CertificateText trajectory(Json.Obj instance, String residual, Json.Arr iterates) {
        return spectral(instance)
                .line(FIT, List.of(LOWER), field("theta", THETA), vector("preimage"))
                .line(
                        TRAJECTORY,
                        List.of(LOWER, SMALL, FIT),
                        number("residual", residual),
                        field("iterates", iterates));
    }

    private static Json.Obj full(Json.Obj step) {
        return instance("1", 3, step, ZERO, Optional.of(THETA), Y, X);
    }

    /** Step equivalence and both ends of the spectrum. */
    private static CertificateText enclosed(Json.Obj instance) {
        return CertificateText.about(instance)
                .line(SYMBOLIC, NONE)
                .line(UPPER, NONE, number("bound", "9"), elimination())
                .line(LOWER, NONE, number("bound", "1"), vector("nullSpace"), vector("weight"), elimination())
                .line(REACHES, NONE, number("bound", "9"), vector("vector", "1", "1"))
                .line(DROPS, NONE, number("bound", "1"), vector("vector", "1", "-1"))
                .line(SPECTRUM, List.of(LOWER, DROPS, REACHES, UPPER));
    }

    private static CertificateText spectral(Json.Obj instance) {
        return enclosed(instance)
                .line("exponential", List.of(SPECTRUM))
                .line(SMALL, List.of(UPPER))
                .line(CONTRACTION, List.of(LOWER, SMALL));
    }

    private static CertificateText unit(Json.Obj step) {
        return spectral(full(step)).line(TASK, NONE, field("theta", THETA));
    }

    /** Both bounds by factors. D = 5, so that the kernel's matrices are 25 (9 I - G) and 25 (2 G - I). */
    private static CertificateText fit() {
        return CertificateText.about(full(constant("1/10")))
                .line(SYMBOLIC, NONE)
                .line("replay", NONE)
                .line(UPPER, NONE, number("bound", "9"), factor(0, numbers("10", "-10"), numbers("0")))
                .line(
                        LOWER,
                        NONE,
                        number("bound", "1/2"),
                        vector("nullSpace"),
                        vector("weight"),
                        factor(1, numbers("29", "27"), numbers("12")))
                .line(REACHES, NONE, number("bound", "9"), vector("vector", "1", "1"))
                .line(DROPS, NONE, number("bound", "1"), vector("vector", "1", "-1"))
                .line(SPECTRUM, List.of(LOWER, DROPS, REACHES, UPPER))
                .line(SMALL, List.of(UPPER))
                .line(CONTRACTION, List.of(LOWER, SMALL))
                .line(FIT, List.of(LOWER), field("theta", THETA), vector("preimage"))
                .line("general-labels", List.of("replay", FIT, CONTRACTION));
    }

    /** theta(1) = (31/45, 32/45); the error at t = 3 is (1 - 1/9)^3 / 50. */
    private static CertificateText values() {
        Json.Obj first = Texts.object(count("t", 0), field("theta", ZERO), number("distance", "0"));
        Json.Obj second = Texts.object(count("t", 1), vector("theta", "11/16", "23/32"), number("distance", "1/128"));
        return spectral(full(constant("1/9")))
                .line(FIT, List.of(LOWER), field("theta", THETA), vector("preimage"))
                .line(
                        "error-by-replay",
                        List.of(SYMBOLIC, FIT),
                        count("t", 3),
                        number("lower", "256/18225"),
                        number("upper", "256/18225"))
                .line(
                        "error-by-powering",
                        List.of(SYMBOLIC, FIT),
                        count("bits", 64),
                        count("t", 3),
                        number("lower", "1/72"),
                        number("upper", "1/71"))
                .line("rounded-iterates", NONE, field("iterates", Texts.array(List.of(first, second))));
    }

    /** The least upper ends that the kernel's own enclosures of exp(-1/6) and, in eight places, of the error allow. */
    private static CertificateText closestValues() {
        return unit(constant("1/9"))
                .line(FIT, List.of(LOWER), field("theta", THETA), vector("preimage"))
                .line("theorem-4.4", List.of(SYMBOLIC, TASK, SPECTRUM, SMALL))
                .line(
                        "theorem-4.4-value",
                        List.of("theorem-4.4"),
                        number("lower", "529/625"),
                        number(
                                "upper",
                                "85070591730234615865843651857942052864/100499029369154774429389704325466523579"))
                .line(
                        "error-by-powering",
                        List.of(SYMBOLIC, FIT),
                        count("bits", 8),
                        count("t", 3),
                        number("lower", "0"),
                        number("upper", "7/256"));
    }

    /** alpha is negative, so that the error is positive. */
    private static CertificateText valuesFromAbove() {
        return spectral(instance("-1", 3, constant("1/9"), ZERO, Optional.of(THETA), Y, X))
                .line(FIT, List.of(LOWER), field("theta", THETA), vector("preimage"))
                .line(
                        "error-by-powering",
                        List.of(SYMBOLIC, FIT),
                        count("bits", 64),
                        count("t", 3),
                        number("lower", "1/72"),
                        number("upper", "1/71"));
    }

    /** X = [[1, 2], [2, 4]]: G has the eigenvalue 25 on (1, 2) and the null space of (2, -1). */
    private static CertificateText rankDeficient(String eta) {
        return rankDeficient(eta, Optional.empty());
    }

    private static CertificateText rankDeficient(String eta, Optional<Json.Arr> theta) {
        Json.Arr x = rows(numbers("1", "2"), numbers("2", "4"));
        Json.Obj instance = instance("1", 2, constant(eta), ZERO, theta, numbers("1", "2"), x);
        return CertificateText.about(instance)
                .line(SYMBOLIC, NONE)
                .line(UPPER, NONE, number("bound", "25"), elimination())
                .line(
                        LOWER,
                        NONE,
                        number("bound", "25"),
                        field("nullSpace", rows(numbers("2", "-1"))),
                        vector("weight", "6"),
                        factor(0, numbers("2", "-1"), numbers("0")))
                .line(REACHES, NONE, number("bound", "25"), vector("vector", "1", "2"))
                .line(DROPS, NONE, number("bound", "25"), vector("vector", "1", "0"))
                .line(SPECTRUM, List.of(LOWER, DROPS, REACHES, UPPER));
    }

    /** X = [[1, 1, 1]]: a null space of two dimensions. */
    private static CertificateText plane() {
        Json.Obj instance = instance(
                "1",
                1,
                constant("1/3"),
                numbers("0", "0", "0"),
                Optional.empty(),
                numbers("1"),
                rows(numbers("1", "1", "1")));
        return CertificateText.about(instance)
                .line(SYMBOLIC, NONE)
                .line(UPPER, NONE, number("bound", "3"), elimination())
                .line(
                        LOWER,
                        NONE,
                        number("bound", "3"),
                        field("nullSpace", rows(numbers("1", "-1", "0"), numbers("1", "0", "-1"))),
                        vector("weight", "3"),
                        elimination())
                .line(REACHES, NONE, number("bound", "3"), vector("vector", "1", "1", "1"))
                .line(DROPS, NONE, number("bound", "3"), vector("vector", "1", "0", "0"))
                .line(SPECTRUM, List.of(LOWER, DROPS, REACHES, UPPER))
                .line(SMALL, List.of(UPPER))
                .line(CONTRACTION, List.of(LOWER, SMALL));
    }

    /** A third example, all zero, whose label is pure noise. */
    private static CertificateText noise() {
        Json.Arr x = rows(numbers("2", "1"), numbers("1", "2"), numbers("0", "0"));
        Json.Obj instance = instance("1", 3, constant("1/9"), ZERO, Optional.of(THETA), numbers("2", "11/5", "1/7"), x);
        return spectral(instance)
                .line(FIT, List.of(LOWER), field("theta", THETA), vector("preimage"))
                .line("noise", List.of(SYMBOLIC, LOWER, SMALL))
                .line("unmet", List.of(FIT), number("theorem", "theorem-4.4"), number("hypothesis", "label-noise"));
    }

    /** q(0) is not zero, alpha not one and theta* no unit vector. */
    private static CertificateText start() {
        Json.Arr ones = numbers("1", "1");
        Json.Obj instance =
                instance("-2", 2, constant("1/9"), numbers("1", "-1/3"), Optional.of(ones), numbers("3", "3"), X);
        return spectral(instance)
                .line(TASK, NONE, field("theta", ones))
                .line(FIT, List.of(LOWER), field("theta", ones), vector("preimage"))
                .line("general-labels", List.of(SYMBOLIC, FIT, CONTRACTION))
                .line("unmet", NONE, number("theorem", "tight-bound"), number("hypothesis", "start"))
                .line("unmet", List.of(TASK, LOWER), number("theorem", "two-sided"), number("hypothesis", "norm"));
    }

    /** A step between 1/lambda_max and 2/lambda_max. */
    private static CertificateText constantStep() {
        return enclosed(full(constant("1/6")))
                .line("contraction-constant", List.of(LOWER, UPPER))
                .line("unmet", List.of(REACHES), number("theorem", "theorem-4.4"), number("hypothesis", "step"));
    }

    /** Two steps; 1/2 and 1/8 are near the Chebyshev points of [1, 9], and the first is beyond 2/lambda_max. */
    private static CertificateText scheduled(String first, String second) {
        return enclosed(instance("1", 2, schedule(first, second), ZERO, Optional.of(THETA), Y, X))
                .line("contraction-schedule", List.of(LOWER, UPPER), count("grid", 16));
    }

    private static CertificateText literal() {
        return enclosed(full(lambdaMax()))
                .line(SMALL, List.of(REACHES, UPPER))
                .line(CONTRACTION, List.of(LOWER, SMALL))
                .line(TASK, NONE, field("theta", THETA))
                .line(FIT, List.of(LOWER), field("theta", THETA), vector("preimage"))
                .line("theorem-4.4", List.of(SYMBOLIC, TASK, SPECTRUM, SMALL))
                .line("tight-bound", List.of(SYMBOLIC, TASK, LOWER, SMALL))
                .line("doubled-exponent", List.of(SYMBOLIC, TASK, SPECTRUM, SMALL))
                .line("two-sided", List.of(SYMBOLIC, TASK, LOWER, SMALL))
                .line(
                        "error-by-powering",
                        List.of(SYMBOLIC, FIT, SPECTRUM),
                        count("bits", 64),
                        count("t", 3),
                        number("lower", "1/72"),
                        number("upper", "1/71"));
    }

    /** T = 0 with a constant step: the error is that of theta(0). */
    private static CertificateText noLoops() {
        return spectral(instance("1", 0, constant("1/9"), ZERO, Optional.of(THETA), Y, X))
                .line(TASK, NONE, field("theta", THETA))
                .line("theorem-4.4", List.of(SYMBOLIC, TASK, SPECTRUM, SMALL))
                .line("two-sided", List.of(SYMBOLIC, TASK, LOWER, SMALL));
    }

    private static CertificateText refuted(Json.Obj step, long loops) {
        return enclosed(instance("1", loops, step, ZERO, Optional.of(THETA), Y, X));
    }

    /** A line of another instance, X/2 in place of X: lambda_max <= 9/4. */
    static Json foreign() {
        return Texts.object(
                count("line", 2),
                field("rule", text(UPPER)),
                field("premises", numbers()),
                number("bound", "9/4"),
                elimination());
    }
}
