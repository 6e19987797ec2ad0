package org.loopcert.certificate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.loopcert.kernel.Verdict;

/**
 * What each rule is for, in words: for a reader of certificates, after section 4 of {@code certificates/FORMAT.md}. It
 * says what a rule does; what a line established is said by the kernel's theorem alone.
 */
final class RuleGuide {
    /**
     * A rule.
     *
     * @param lead what its conclusion is about, the beginning of a sentence
     * @param why the argument in one sentence
     * @param source the paper's statement, or what replaces it
     * @param premises what each premise gives, in order
     * @param checked side conditions that the rule itself checks
     */
    record Rule(String lead, String why, String source, List<String> premises, List<String> checked) {}

    private static final String EQUIVALENCE = "step equivalence";
    private static final String UNIT = "y = X theta* with |theta*|^2 = 1";
    private static final String LOWER = "rank X = d and the lower bound mu";
    private static final String SPECTRUM = "rank X = d, mu and the condition number";
    private static final String SMALL = "0 < eta_t <= 1/lambda_max and the sum of the steps";
    private static final String ZERO_START = "q(0) = 0";
    private static final String LEAST = "the least-squares solution tt";
    private static final String FACTOR = "the factor f of the contraction";
    private static final String MU = "the lower bound mu of the smallest positive eigenvalue";
    private static final String CAP = "the upper bound L of lambda_max";

    private static final Pattern LIMIT = Pattern.compile("max-[a-z]{1,20}");
    private static final Pattern NEEDED = Pattern.compile("needed ([0-9]{1,18}) bits");

    private static final Map<String, Rule> RULES = rules();

    private RuleGuide() {}

    static Rule of(String rule) {
        Rule found = RULES.get(rule);
        if (found == null) {
            throw new IllegalArgumentException("no words for the rule " + rule);
        }
        return found;
    }

    private static Rule rule(String lead, String why, String source, List<String> premises, List<String> checked) {
        return new Rule(lead, why, source, premises, checked);
    }

    private static Map<String, Rule> rules() {
        Map<String, Rule> rules = new LinkedHashMap<>();
        equivalence(rules);
        spectrum(rules);
        contraction(rules);
        labels(rules);
        bounds(rules);
        values(rules);
        return Collections.unmodifiableMap(rules);
    }

    private static void equivalence(Map<String, Rule> rules) {
        rules.put(
                "symbolic-attention",
                rule(
                        "One loop of attention is one step of gradient descent",
                        "q and alpha were kept symbolic: two linear forms with equal coefficients are equal everywhere,"
                                + " and induction over the loops does the rest",
                        "CHEN2024, Definition 3.5, Lemma 4.1 and Theorem 4.2",
                        List.of(),
                        List.of("every coefficient of Attn(Z) equals that of the gradient step")));
        rules.put(
                "replay",
                rule(
                        "The loops were also run",
                        "attention and gradient descent were both recomputed from this start with these steps",
                        "CHEN2024, Theorem 4.2, for this instance",
                        List.of(),
                        List.of("q(t) = -alpha theta(t) in every loop")));
    }

    private static void spectrum(Map<String, Rule> rules) {
        rules.put(
                "lambda-max-at-most",
                rule(
                        "The largest eigenvalue of G is bounded from above",
                        "L I - G is positive semidefinite, shown in integers by its witness",
                        "CHEN2024, Lemma 5.3",
                        List.of(),
                        List.of("L I - G is positive semidefinite")));
        rules.put(
                "smallest-positive-at-least",
                rule(
                        "The smallest positive eigenvalue of G is bounded from below, and the rank of X is counted",
                        "G - mu I is positive semidefinite once the null space of X is filled up",
                        "CHEN2024, Lemmas 5.4 and 5.5",
                        List.of(),
                        List.of(
                                "mu > 0",
                                "the basis spans the null space",
                                "G - mu I is positive semidefinite there")));
        rules.put(
                "lambda-max-at-least",
                rule(
                        "The largest eigenvalue of G is bounded from below",
                        "a Rayleigh quotient never exceeds the largest eigenvalue",
                        "Rayleigh-Ritz; the paper needs only the other side",
                        List.of(),
                        List.of("v'Gv >= c v'v for the vector of the witness")));
        rules.put(
                "smallest-positive-at-most",
                rule(
                        "The smallest positive eigenvalue of G is bounded from above",
                        "a Rayleigh quotient on the row space is never below it",
                        "Rayleigh-Ritz; the paper needs only the other side",
                        List.of(),
                        List.of("v'Gv <= c v'v for v = G w in the row space")));
        rules.put(
                "spectrum",
                rule(
                        "Both ends of the spectrum, and with them the condition number, are enclosed",
                        "the quotient of the two ends is monotone in each",
                        "CHEN2024, Definition 3.11, on the row space",
                        List.of("rank X and mu", "mu from above", "lambda_max from below", "lambda_max from above"),
                        List.of()));
        rules.put(
                "exponential",
                rule(
                        "The geometric rate is at most the exponential one",
                        "1 - x <= exp(-x), raised to the power T",
                        "CHEN2024, Fact 5.7, for real kappa",
                        List.of("the condition number"),
                        List.of()));
    }

    private static void contraction(Map<String, Rule> rules) {
        rules.put(
                "small-steps",
                rule(
                        "Every step is short enough",
                        "eta_t L <= 1 for an upper bound L of lambda_max, or the step is 1/lambda_max itself",
                        "CHEN2024, hypothesis of Lemma 5.6",
                        List.of(CAP),
                        List.of("eta_t > 0 and eta_t L <= 1 for every t")));
        rules.put(
                "contraction-small-steps",
                rule(
                        "Every step brings the iterate closer to the solution",
                        "e(t+1) = (I - eta_t G) e(t), whose eigenvalues on the row space are in [0, 1 - eta_t mu]",
                        "CHEN2024, Lemma 5.6, without the square",
                        List.of(MU, SMALL),
                        List.of("at least one step where the steps are a schedule")));
        rules.put(
                "contraction-constant",
                rule(
                        "Every step brings the iterate closer to the solution, although it may be longer than 1/lambda_max",
                        "|1 - eta x| is convex in x, so that its maximum over the spectrum is at one of its ends",
                        "beyond CHEN2024, Lemma 5.6, which needs eta <= 1/lambda_max",
                        List.of(MU, CAP),
                        List.of("a constant step", "max(|1 - eta mu|, |1 - eta L|) < 1")));
        rules.put(
                "contraction-schedule",
                rule(
                        "The schedule as a whole brings the iterate closer to the solution, although single steps may not",
                        "|p_T| was bounded at the points of a grid, and M. Riesz's inequality bounds it between them",
                        "beyond CHEN2024, Lemma 5.6, which needs eta_t <= 1/lambda_max",
                        List.of(MU, CAP),
                        List.of("a schedule", "T < the number of grid points", "the bound of |p_T| is below 1")));
        rules.put(
                "non-contraction-constant",
                rule(
                        "Nothing contracts with this step",
                        "lambda_max is at least the Rayleigh quotient r of the witness; with eta r >= 2, or eta <= 0, the"
                                + " component along its eigenvector never shrinks",
                        "CHEN2024, Lemma 5.6 needs 0 < eta <= 1/lambda_max; from 2/lambda_max on its conclusion fails",
                        List.of(),
                        List.of("a constant step", "eta r >= 2, or eta <= 0, for r = v'Gv / v'v > 0")));
        rules.put(
                "non-contraction-schedule",
                rule(
                        "Nothing contracts over this schedule",
                        "the factors |1 - eta_t x| are bounded from below for an eigenvalue x known to lie in an interval",
                        "CHEN2024, Lemma 5.6 needs 0 < eta_t <= 1/lambda_max; here its conclusion fails",
                        List.of("an eigenvalue from below", "the same eigenvalue from above"),
                        List.of("a schedule of at least one step", "the product is at least 1")));
    }

    private static void labels(Map<String, Rule> rules) {
        rules.put(
                "realizable",
                rule(
                        "The labels carry no noise",
                        "every label equals the product of its example with theta*",
                        "CHEN2024, Definition 3.2; the norm is computed, not assumed",
                        List.of(),
                        List.of("y = X theta*", "theta* is the instance's own, where it names one")));
        rules.put(
                "least-squares",
                rule(
                        "The least-squares solution is known",
                        "it solves the normal equations, and where X has a null space it has no part in it",
                        "CHEN2024, Definition 3.9",
                        List.of("rank X"),
                        List.of("X'(y - X tt) = 0", "tt = G w where rank X < d")));
        rules.put(
                "unmet",
                rule(
                        "A theorem does not apply",
                        "a fact contradicts one of its hypotheses; whether its inequality holds all the same is left open",
                        "the hypotheses of CHEN2024, Theorem 4.4, and of its sharper forms",
                        List.of("the fact that contradicts the hypothesis", "rank X"),
                        List.of("the hypothesis fails")));
    }

    private static void bounds(Map<String, Rule> rules) {
        rules.put(
                "theorem-4.4",
                rule(
                        "The paper's bound holds",
                        "prod (1 - eta_t mu) <= exp(-mu sum eta_t) <= exp(-T/(2 kappa))",
                        "CHEN2024, Theorem 4.4",
                        List.of(EQUIVALENCE, UNIT, SPECTRUM, SMALL),
                        List.of(
                                ZERO_START,
                                "mu (sum of the steps)/T >= 1/(2 kappa), not needed for the literal step or T = 0")));
        rules.put(
                "tight-bound",
                rule(
                        "A sharper bound holds",
                        "the error is at most |alpha| |e(T)| with |e(0)| = 1, by Cauchy-Schwarz",
                        "CHEN2024, Lemma 4.3 with Lemma 5.6 unsquared",
                        List.of(EQUIVALENCE, UNIT, LOWER, SMALL),
                        List.of(ZERO_START)));
        rules.put(
                "doubled-exponent",
                rule(
                        "The paper's exponent can be doubled",
                        "ln(1 - x) <= -x - x^2/2 for each factor, and convexity of the square",
                        "sharper than CHEN2024, Theorem 4.4",
                        List.of(EQUIVALENCE, UNIT, SPECTRUM, SMALL),
                        List.of(
                                ZERO_START,
                                "x + x^2/2 >= 1/kappa for x = mu (sum of the steps)/T, not needed for the literal step or"
                                        + " T = 0")));
        rules.put(
                "two-sided",
                rule(
                        "The error is also bounded from below",
                        "it is a mean of (1 - eta x)^T over the eigenvalues x, and that power is convex (Jensen)",
                        "sharper than CHEN2024, Theorem 4.4",
                        List.of(EQUIVALENCE, UNIT, LOWER, SMALL),
                        List.of(ZERO_START, "one step for all loops")));
        rules.put(
                "general-labels",
                rule(
                        "A bound holds for any labels, start and rank",
                        "theta(T) differs from tt by e(T) and a null vector, which tt is orthogonal to; Cauchy-Schwarz",
                        "as CHEN2024, Lemma 4.3, without its hypotheses on the labels",
                        List.of(EQUIVALENCE, LEAST, FACTOR),
                        List.of()));
        rules.put(
                "limit-error",
                rule(
                        "Because X has a null space, the error has a limit that loops do not remove",
                        "theta(T) stays in the row space, and theta* need not be there",
                        "outside CHEN2024, Theorem 4.4, which needs rank X = d",
                        List.of(EQUIVALENCE, LEAST, "y = X theta*", FACTOR),
                        List.of(ZERO_START, "rank X < d")));
        rules.put(
                "noise",
                rule(
                        "With noise in the labels, the bound has a floor",
                        "along a singular value s of X the noise is amplified by at most min(1/s, s sum eta_t)",
                        "outside CHEN2024, Theorem 4.4, which needs y = X theta*",
                        List.of(EQUIVALENCE, LOWER, SMALL),
                        List.of(ZERO_START, "the instance names theta*")));
        rules.put(
                "error-identity",
                rule(
                        "The error is an identity",
                        "G theta* = b, so that theta(T) - theta* = p_T(G) (0 - theta*)",
                        "behind CHEN2024, Lemma 4.3",
                        List.of(EQUIVALENCE, "y = X theta*"),
                        List.of(ZERO_START)));
    }

    private static void values(Map<String, Rule> rules) {
        rules.put(
                "error-by-replay",
                rule(
                        "The error itself was computed",
                        "all steps up to this t were recomputed exactly",
                        "the quantity bounded in CHEN2024, Theorem 4.4, for tt in place of theta*",
                        List.of(EQUIVALENCE, LEAST),
                        List.of("rational steps or T = 0", "t <= T", "the error is in the given interval")));
        rules.put(
                "error-by-powering",
                rule(
                        "The error itself was enclosed",
                        "(I - eta G)^t was raised by repeated squaring with outward rounding",
                        "the quantity bounded in CHEN2024, Theorem 4.4, for tt in place of theta*",
                        List.of(EQUIVALENCE, LEAST, "the enclosure of lambda_max, for the literal step"),
                        List.of("one step for all loops", "t <= T", "the enclosure is in the given interval")));
        rules.put(
                "theorem-4.4-value",
                rule(
                        "The paper's bound has this value",
                        "exp was bounded by rationals on both sides, for both ends of kappa",
                        "CHEN2024, Theorem 4.4",
                        List.of("the bound of Theorem 4.4"),
                        List.of("the computed enclosure is in the given interval")));
        rules.put(
                "rounded-iterates",
                rule(
                        "Rounded iterates were compared with the exact ones",
                        "theta(t) was recomputed exactly",
                        "no statement of the paper",
                        List.of(),
                        List.of("rational steps or T = 0", "t <= T", "every entry is within the given distance")));
        rules.put(
                "rounded-trajectory",
                rule(
                        "Rounded iterates come closer to the solution as the exact ones do, up to what their rounding adds",
                        "r(t) - tt shrinks by 1 - eta_t mu in each step and gains at most the residual rho",
                        "CHEN2024, Lemma 5.6, for iterates that follow the steps up to rho each",
                        List.of(LOWER, SMALL, LEAST),
                        List.of(
                                "rational steps",
                                "rho >= 0",
                                "at most T + 1 iterates of d entries",
                                "|r(t+1) - (r(t) - eta_t (G r(t) - b))| <= rho for every t")));
    }

    /** What a reason code means for someone who looks at the failing line. */
    static String reason(Verdict.Reason reason) {
        return switch (reason) {
            case MISSING_OBLIGATION -> "a line is missing that this kind of certificate must establish";
            case PREMISE_ORDER ->
                "a premise is the line itself, a later line or no line; only earlier lines can be used";
            case PREMISE_KIND ->
                "a premise establishes something else than the rule needs in that place, or there are too many or too few";
            case COST -> "the declared cost is not that of the file and its instance";
            case SHAPE -> "sizes do not fit each other, or t is beyond T";
            case ZERO_QUERY -> "alpha is 0, and then no theta(0) = -q(0)/alpha exists";
            case NOT_GRADIENT -> "the attention is not the gradient step";
            case NOT_DOMINANT ->
                "4^k A - R'R is not diagonally dominant, so the factor R does not show that A is positive semidefinite;"
                        + " the bound may be true with another witness";
            case NOT_SEMIDEFINITE ->
                "elimination finds a negative pivot or a nonzero entry beside a zero one: the bound is false";
            case ZERO_WITNESS -> "the vector of the witness is 0 and shows nothing";
            case RAYLEIGH -> "the vector's Rayleigh quotient is on the wrong side of the bound it should show";
            case NULL_SPACE -> "the basis is not one of the null space of X, or not in echelon form, or is everything";
            case NOT_POSITIVE -> "a number that must be positive is not";
            case RANK -> "the rank of X is not the one that the rule needs";
            case STEP_TOO_LARGE -> "a step is not in (0, 1/L] for the L of the premise";
            case STEP_KIND ->
                "the instance's step (constant, schedule or literal) is not the one that the rule is about";
            case NOT_CONTRACTING -> "the factor is not below 1: by these premises nothing contracts";
            case NOT_REFUTED -> "the witness does not show that the steps fail to contract";
            case GRID -> "the grid has too few points for a polynomial of degree T";
            case NOT_REALIZABLE -> "y differs from X theta: the labels carry noise relative to this theta";
            case NOT_LEAST_SQUARES ->
                "the vector does not solve the normal equations, or is not shown to have least norm";
            case NOT_UNIT -> "|theta*| is not 1, which this bound assumes";
            case START_NOT_ZERO -> "q(0) is not 0, which this bound assumes";
            case EXPONENT -> "the steps are too short, or the enclosures too wide, for the exponential form";
            case NO_TASK -> "the instance names no theta*, or another one";
            case NOT_ENCLOSED ->
                "the claimed interval misses the value, or is narrower than the checker's own enclosure";
            case HYPOTHESIS_HOLDS -> "the hypothesis is said to fail, and as far as the premise shows it holds";
            case OTHER_INSTANCE -> "the certificate is about another instance than the given file";
            case NEEDS_INPUT -> "only the hash of the instance is in the file";
            case LIMIT -> "a declared limit of the checker is exceeded";
        };
    }

    /** The name of the limit in the message of an undecided verdict, such as max-bits; empty where there is none. */
    static String limit(String message) {
        Matcher matcher = LIMIT.matcher(message);
        return matcher.find() ? matcher.group() : "";
    }

    /** How to get beyond the limit that the message names. */
    static String raise(String message) {
        return switch (limit(message)) {
            case "max-bits" -> {
                Matcher needed = NEEDED.matcher(message);
                yield "--max-bits " + (needed.find() ? needed.group(1) : "BITS")
                        + " raises it (twice the bits also allow four times the work)";
            }
            case "max-work" ->
                "--max-work raises it; it also grows with the square of --max-bits: --max-bits 8000000 allows four times"
                        + " as much as the default";
            case "max-memory" ->
                "--max-memory SIZE raises it, such as --max-memory 4G, with as much heap (java -Xmx4g -jar ...)";
            case "max-bytes", "max-depth", "max-values", "max-digits", "max-dimension", "max-time" ->
                "--" + limit(message)
                        + ReachedLimit.of(message)
                                .map(reached -> " " + reached.needed())
                                .orElse("")
                        + " or more raises it; it is there so that a hostile file cannot cost more";
            default -> "no option is known for it";
        };
    }

    static List<String> names() {
        return new ArrayList<>(RULES.keySet());
    }
}
