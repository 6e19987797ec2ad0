package org.loopcert.certificate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.loopcert.certificate.Explanation.Sentence;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.Instance;
import org.loopcert.kernel.Statement;
import org.loopcert.kernel.Theorem;
import org.loopcert.kernel.Verdict;

/**
 * Whether an accepted certificate's instance reaches an error of 10^-6, and if not, what is in the way: the step, the
 * condition number, too few loops, label noise, a rank below d, or the start. All numbers are computed from the kernel's
 * theorems and the instance with exact or directed arithmetic; they are consequences, not lines of the certificate.
 */
final class Convergence {
    /** The error that is asked for. */
    static final Fraction TARGET = Fraction.of(BigInteger.ONE, BigInteger.TEN.pow(6));

    /** Loops are counted up to the most that an instance may have. */
    private static final long MOST = Instance.MAX_LOOPS;

    /** Scales of more bits than this are not compared with powers, which are enclosed down to 2^-4096 only. */
    private static final int SCALE_BITS = 4000;

    /** From this condition number on it is named as the cause, below it the number of loops. */
    private static final Fraction LARGE_KAPPA = Fraction.of(10);

    private static final String TARGET_WORDS = "10^-6";

    private final Verdict.Accepted accepted;
    private final Instance instance;
    private final Words words;
    private final List<Sentence> sentences = new ArrayList<>();
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();
    private final List<String> decisive = new ArrayList<>();

    /** Whether only the contraction is established, so that the target is one for |e(T)|/|e(0)|. */
    private boolean relative;

    private boolean slow;

    private final Optional<Found<Statement.Spectrum>> spectrum;
    private final Optional<Found<Statement.Contraction>> contraction;
    private final Optional<Found<Statement.LeastSquares>> leastSquares;

    /** A statement and its line. */
    private record Found<S extends Statement>(S statement, int line, String rule) {}

    /** An error bound scale * factor^(T/period) and where it is from. */
    private record Bound(String id, Fraction scale, Fraction base, long period, int line, String rule) {
        OptionalLong needed() {
            return Convergence.needed(base, scale, period);
        }
    }

    Convergence(Verdict.Accepted accepted, Words words) {
        this.accepted = accepted;
        this.instance = accepted.instance();
        this.words = words;
        this.spectrum = last(Statement.Spectrum.class);
        this.contraction = last(Statement.Contraction.class);
        this.leastSquares = last(Statement.LeastSquares.class);
        json.put("target", TARGET.toString());
        ArrayNode causes = json.putArray("causes");
        if (accepted.refutation()) {
            refuted(causes);
        } else {
            speed(causes);
            limit(causes);
        }
        json.put("reached", decisive.isEmpty());
        sentences.add(0, Sentence.of(summary()));
    }

    List<Sentence> sentences() {
        return sentences;
    }

    ObjectNode json() {
        return json;
    }

    private String summary() {
        if (accepted.refutation()) {
            return "These steps do not contract: from some start they never come closer, and the step is the cause.";
        }
        String goal = relative ? "a contraction by the factor " + TARGET_WORDS : "an error of " + TARGET_WORDS;
        if (!slow && !decisive.isEmpty()) {
            return "Against the least-squares solution tt, " + goal + " is reached after T = " + instance.loops()
                    + " loops; against theta* it never is; the cause: " + String.join(", ", decisive) + ".";
        }
        return decisive.isEmpty()
                ? "Nothing is in the way: " + goal + " is reached after T = " + instance.loops() + " loops."
                : "Not shown to be reached after T = " + instance.loops() + " loops: " + goal + "; the cause: "
                        + String.join(", ", decisive) + ".";
    }

    private void add(ArrayNode causes, String cause, boolean counts, String number, String text, List<Found<?>> basis) {
        ObjectNode node = causes.addObject();
        node.put("cause", cause);
        node.put("decisive", counts);
        node.put("number", number);
        node.put("text", text);
        if (counts) {
            decisive.add(cause);
        }
        sentences.add(new Sentence(
                cause + (counts ? " (a cause): " : " (not a cause): ") + text,
                basis.stream().map(Found::line).toList(),
                basis.stream().map(Found::rule).toList(),
                "",
                ""));
    }

    private void refuted(ArrayNode causes) {
        Found<Statement.NonContraction> found =
                last(Statement.NonContraction.class).orElseThrow();
        Fraction gain = found.statement().gain();
        String text;
        String number;
        if (!found.statement().everyLoop()) {
            number = gain.toString();
            text = "over the whole schedule some direction is multiplied by at least " + words.down(gain)
                    + ", which is not below 1.";
        } else if (instance.step().given().get(0).signum() <= 0) {
            number = instance.step().given().get(0).toString();
            text = "eta = " + words.about(instance.step().given().get(0))
                    + " is not positive, so that a step never goes downhill.";
        } else {
            Fraction product = gain.add(Fraction.ONE); // |1 - eta r| = eta r - 1
            number = product.toString();
            text = "eta lambda_max >= eta r = " + words.down(product)
                    + ", and from 2 on nothing contracts; a direction is multiplied by at least " + words.down(gain)
                    + " in size in every loop.";
        }
        List<Found<?>> basis = new ArrayList<>(List.of(found));
        if (spectrum.isPresent()) {
            Statement.Spectrum s = spectrum.get().statement();
            text += " lambda_max lies in [" + words.down(s.smoothnessLower()) + ", " + words.up(s.smoothnessUpper())
                    + "]: a step of 1/lambda_max, at least " + words.down(Fraction.ONE.divide(s.smoothnessUpper()))
                    + ", contracts.";
            basis.add(spectrum.get());
        }
        add(causes, "step", true, number, text, basis);
    }

    private void speed(ArrayNode causes) {
        Found<Statement.Contraction> found = contraction.orElseThrow();
        Bound bound = bound(found);
        OptionalLong needed = bound.needed();
        Optional<Found<Statement.ErrorValue>> error = error();
        relative = bound.id().equals("contraction");
        boolean far =
                error.map(value -> TARGET.below(value.statement().upper())).orElse(true);
        slow = (needed.isEmpty() || needed.getAsLong() > instance.loops()) && (relative || far);
        ObjectNode node = json.putObject("needed");
        node.put("bound", bound.id());
        node.put("loops", needed.isPresent() ? Long.valueOf(needed.getAsLong()) : null);
        json.put("loops", instance.loops());
        json.put("slow", slow);
        List<Found<?>> basis = new ArrayList<>(List.of(new Found<>(found.statement(), bound.line(), bound.rule())));
        StringBuilder text = new StringBuilder("By ").append(bound.id()).append(", ");
        text.append(
                needed.isPresent()
                        ? count(needed) + " loops"
                                + (bound.period() > 1 ? " (this schedule, over and over)" : "")
                                + " bring the " + (relative ? "factor" : "bound") + " to "
                                + TARGET_WORDS
                        : "not even " + MOST + " loops bring it to " + TARGET_WORDS);
        text.append(" (the same argument for another number of loops), and T = ")
                .append(instance.loops())
                .append('.');
        error.ifPresent(value -> {
            text.append(" After them the error itself, |<TF, tt> - alpha |tt|^2|, is at most ")
                    .append(words.up(value.statement().upper()))
                    .append('.');
            basis.add(value);
        });
        twoSided().ifPresent(least -> text.append(" By two-sided, no fewer than ")
                .append(least)
                .append(" loops can do it."));
        sentences.add(new Sentence(
                text.toString(),
                basis.stream().map(Found::line).toList(),
                basis.stream().map(Found::rule).toList(),
                "",
                ""));
        if (spectrum.isPresent()) {
            causesOfSpeed(causes, bound, needed);
        } else if (slow) {
            add(
                    causes,
                    "loops",
                    true,
                    count(needed),
                    "the certificate encloses no condition number to compare with.",
                    List.of());
        }
        start(causes, bound);
        weights(causes);
    }

    /**
     * The weights and the mask are the construction's in every instance, so that they can only be named to be excluded.
     *
     * <p>CHEN2024, Definition 3.5 and Lemma 4.1.
     */
    private void weights(ArrayNode causes) {
        last(Statement.Equivalence.class).ifPresent(found -> {
            String how = found.statement() instanceof Statement.StepEquivalence step
                    ? "line " + found.line() + " compared " + step.coefficients()
                            + " coefficients of an attention step with those of a gradient step, and all agree"
                    : "line " + found.line() + " replayed the " + ((Statement.Replayed) found.statement()).loops()
                            + " loops, and all agree with gradient descent";
            String number = found.statement() instanceof Statement.StepEquivalence step
                    ? Integer.toString(step.coefficients())
                    : Long.toString(((Statement.Replayed) found.statement()).loops());
            add(
                    causes,
                    "weights and mask",
                    false,
                    number,
                    "Q, P and M are those of the construction, and with them every loop is a gradient step: " + how
                            + ".",
                    List.of(found));
        });
    }

    private void causesOfSpeed(ArrayNode causes, Bound bound, OptionalLong needed) {
        Found<Statement.Spectrum> found = spectrum.orElseThrow();
        Statement.Spectrum s = found.statement();
        Fraction kappa = s.kappaUpper();
        OptionalLong reference = needed(Fraction.ONE.subtract(Fraction.ONE.divide(kappa)), bound.scale(), 1);
        long atReference = reference.orElse(Long.MAX_VALUE);
        boolean step = slow
                && instance.loops() > 0
                && reference.isPresent()
                && needed.orElse(Long.MAX_VALUE) / 2 > atReference;
        step(causes, found, step, needed, reference);
        boolean ill = slow && atReference > instance.loops() && LARGE_KAPPA.atMost(s.kappaLower());
        Fraction best = kappa.subtract(Fraction.ONE).divide(kappa.add(Fraction.ONE));
        Fraction root = Magnitude.root(kappa).upper();
        Fraction chebyshev = root.subtract(Fraction.ONE).divide(root.add(Fraction.ONE));
        String text =
                ("kappa = lambda_max/lambda_min+ lies in [%s, %s]; for the same bound eta = 1/lambda_max needs %s loops, the"
                                + " best constant step 2/(lambda_max + lambda_min+) %s, and a Chebyshev schedule of that length"
                                + " %s (upper bounds of what is needed).")
                        .formatted(
                                words.down(s.kappaLower()),
                                words.up(kappa),
                                count(reference),
                                count(needed(best, bound.scale(), 1)),
                                count(needed(chebyshev, bound.scale().multiply(Fraction.TWO), 1)));
        add(causes, "condition number", ill, s.kappaLower().toString(), text, List.of(found));
        if (slow && !step && !ill) {
            String few = "T = " + instance.loops() + " is below the " + count(needed) + " loops that the bound needs"
                    + (atReference > instance.loops()
                            ? ", and kappa, at most " + words.up(kappa) + ", is not large."
                            : ", although " + count(reference) + " would do with eta = 1/lambda_max.");
            add(causes, "loops", true, count(needed), few, List.of(found));
        }
    }

    private void step(
            ArrayNode causes,
            Found<Statement.Spectrum> found,
            boolean counts,
            OptionalLong needed,
            OptionalLong reference) {
        Statement.Spectrum s = found.statement();
        if (instance.step() instanceof Instance.Step.InverseLambdaMax) {
            add(causes, "step", false, "1", "eta lambda_max = 1 exactly, the step of the paper.", List.of(found));
            return;
        }
        if (instance.step().given().isEmpty()) {
            return; // a schedule of no loops
        }
        Fraction largest =
                instance.step().given().stream().max(Fraction::compareTo).orElseThrow();
        Fraction low = largest.multiply(largest.signum() < 0 ? s.smoothnessUpper() : s.smoothnessLower());
        Fraction high = largest.multiply(largest.signum() < 0 ? s.smoothnessLower() : s.smoothnessUpper());
        String which = instance.step() instanceof Instance.Step.Schedule ? "the largest eta_t" : "eta";
        Optional<Found<Statement.SmallSteps>> small = last(Statement.SmallSteps.class);
        String where = high.atMost(Fraction.ONE) || small.isPresent()
                ? "at most the paper's 1/lambda_max"
                : Fraction.ONE.below(low) ? "beyond the paper's 1/lambda_max" : "close to the paper's 1/lambda_max";
        List<Found<?>> basis = new ArrayList<>(List.of(found));
        small.ifPresent(basis::add);
        String compared = counts
                ? " With eta = 1/lambda_max the bound needs " + count(reference) + " loops instead of " + count(needed)
                        + ": the step is too " + (high.below(Fraction.ONE) ? "short." : "long, close to 2/lambda_max.")
                : "";
        if (counts && instance.step() instanceof Instance.Step.Schedule) {
            compared = " With eta = 1/lambda_max the bound needs " + count(reference) + " loops instead of "
                    + count(needed) + ".";
        }
        add(
                causes,
                "step",
                counts,
                low.toString(),
                "%s times lambda_max lies in [%s, %s], %s; from 2 on a constant step does not contract.%s"
                        .formatted(which, words.down(low), words.up(high), where, compared),
                basis);
    }

    /** A start away from 0 enlarges |e(0)|. */
    private void start(ArrayNode causes, Bound bound) {
        boolean zero = instance.start().stream().allMatch(q -> q.signum() == 0);
        if (zero || leastSquares.isEmpty()) {
            return;
        }
        Statement.LeastSquares s = leastSquares.get().statement();
        Fraction distance = Fraction.ZERO;
        for (int j = 0; j < s.theta().size(); j++) {
            Fraction first = instance.start().get(j).negate().divide(instance.alpha());
            Fraction difference = first.subtract(s.theta().get(j));
            distance = distance.add(difference.multiply(difference));
        }
        OptionalLong fromZero = needed(bound.base(), instance.alpha().abs().multiply(s.normSquare()), bound.period());
        boolean counts = slow && fromZero.isPresent() && fromZero.getAsLong() <= instance.loops();
        add(
                causes,
                "start",
                counts,
                distance.toString(),
                ("q(0) is not 0: |theta(0) - tt|^2 = %s, where a start at 0 has |tt|^2 = %s and needs %s loops for the"
                                + " same bound.")
                        .formatted(words.about(distance), words.about(s.normSquare()), count(fromZero)),
                List.of(leastSquares.get()));
    }

    /** What loops never remove: the part of theta* that noise or a null space hides. */
    private void limit(ArrayNode causes) {
        if (leastSquares.isEmpty()) {
            return;
        }
        Found<Statement.LeastSquares> found = leastSquares.get();
        Statement.LeastSquares s = found.statement();
        Optional<Fraction> noise = instance.task().map(this::noiseSquare);
        boolean noisy = s.residual().signum() > 0 || noise.map(Fraction::signum).orElse(0) > 0;
        boolean deficient = s.rank() < instance.d();
        boolean zero = instance.start().stream().allMatch(q -> q.signum() == 0);
        if (deficient) {
            Optional<Found<Statement.LimitError>> limit = last(Statement.LimitError.class);
            boolean counts =
                    limit.isPresent() && TARGET.below(limit.get().statement().limit());
            String text = "rank X = " + s.rank() + " < d = " + instance.d()
                    + ", so that the null space of X, of dimension " + (instance.d() - s.rank())
                    + ", is never seen. "
                    + (limit.isPresent()
                            ? "Against theta* the error tends to "
                                    + words.about(limit.get().statement().limit()) + ", whatever T is."
                            : noisy && instance.task().isPresent() && zero
                                    ? "What it leaves of theta* is counted with the noise below."
                                    : "Against tt the error still vanishes; no theta* is fixed to compare with.");
            List<Found<?>> basis = new ArrayList<>(List.of(found));
            limit.ifPresent(basis::add);
            add(
                    causes,
                    "rank deficiency",
                    counts,
                    limit.map(each -> each.statement().limit().toString()).orElse(Integer.toString(s.rank())),
                    text,
                    basis);
        }
        if (noisy) {
            noise(causes, found, noise, zero || !deficient);
        }
    }

    /** |y - X theta|^2. */
    private Fraction noiseSquare(List<Fraction> theta) {
        Fraction sum = Fraction.ZERO;
        for (int i = 0; i < instance.n(); i++) {
            Fraction difference = instance.labels().get(i);
            for (int j = 0; j < instance.d(); j++) {
                Fraction product = instance.examples().get(i).get(j).multiply(theta.get(j));
                difference = difference.subtract(product);
            }
            sum = sum.add(difference.multiply(difference));
        }
        return sum;
    }

    private void noise(
            ArrayNode causes, Found<Statement.LeastSquares> found, Optional<Fraction> square, boolean limitKnown) {
        Statement.LeastSquares s = found.statement();
        StringBuilder text = new StringBuilder("|y - X tt|^2 = ").append(words.about(s.residual()));
        text.append(s.residual().signum() > 0 ? " > 0, so that no theta fits the labels." : ".");
        square.ifPresent(value ->
                text.append(" |y - X theta*|^2 = ").append(words.about(value)).append('.'));
        boolean counts = false;
        if (instance.task().isPresent() && limitKnown) {
            Fraction gap = Fraction.ZERO;
            for (int j = 0; j < s.theta().size(); j++) {
                Fraction star = instance.task().get().get(j);
                gap = gap.add(star.multiply(s.theta().get(j).subtract(star)));
            }
            Fraction limit = gap.multiply(instance.alpha()).abs();
            counts = TARGET.below(limit);
            text.append(
                            " Loops that contract lead to tt instead of theta*, where the error against theta* is |alpha| |<tt,"
                                    + " theta*> - |theta*|^2| = ")
                    .append(words.about(limit))
                    .append('.');
        } else {
            text.append(" Against tt the error still vanishes; the bounds for theta* do not apply.");
        }
        List<Found<?>> basis = new ArrayList<>(List.of(found));
        last(Statement.Noise.class).ifPresent(floor -> {
            text.append(" The noise floor of the certified bound is at most ")
                    .append(words.up(floor.statement()
                            .scale()
                            .multiply(Magnitude.root(floor.statement().floorSquare())
                                    .upper())))
                    .append('.');
            basis.add(floor);
        });
        add(causes, "label noise", counts, square.orElse(s.residual()).toString(), text.toString(), basis);
    }

    /** The bound whose loops are counted: the tight one, else the general one, else the contraction alone. */
    private Bound bound(Found<Statement.Contraction> found) {
        Optional<Found<Statement.TightBound>> tight = last(Statement.TightBound.class);
        if (tight.isPresent()) {
            Statement.TightBound s = tight.get().statement();
            return bound("tight-bound", s.alpha().abs(), s.factor(), tight.get());
        }
        Optional<Found<Statement.GeneralLabels>> general = last(Statement.GeneralLabels.class);
        if (general.isPresent()) {
            Statement.GeneralLabels s = general.get().statement();
            return bound("general-labels", Magnitude.root(s.squaredScale()).upper(), s.factor(), general.get());
        }
        return bound("contraction", Fraction.ONE, found.statement().factor(), found);
    }

    private Bound bound(String id, Fraction scale, Statement.Factor factor, Found<?> at) {
        if (factor instanceof Statement.Power power) {
            return new Bound(id, scale, power.base(), 1, at.line(), at.rule());
        }
        // a schedule, counted in whole runs of it
        Fraction whole = Magnitude.of(factor, instance).upper();
        return new Bound(id, scale, whole, Math.max(1, instance.loops()), at.line(), at.rule());
    }

    /** The fewest loops for which the lower side of two-sided allows the target; empty where it is not established. */
    private Optional<Long> twoSided() {
        return last(Statement.TwoSided.class).flatMap(found -> {
            Fraction lower = found.statement().lower();
            Fraction scale = instance.alpha().abs();
            if (lower.signum() == 0 || scale.atMost(TARGET) || Fraction.ONE.atMost(lower) || tooLong(scale)) {
                return Optional.empty();
            }
            long above = 0; // loops at which the error certainly exceeds the target
            for (long jump = Long.highestOneBit(MOST); jump > 0; jump >>= 1) {
                Fraction least = Magnitude.power(lower, above + jump).lower().multiply(scale);
                above += TARGET.below(least) ? jump : 0;
            }
            return Optional.of(above + 1);
        });
    }

    private static boolean tooLong(Fraction scale) {
        return scale.numerator().bitLength() - scale.denominator().bitLength() > SCALE_BITS;
    }

    /**
     * The least multiple N of the period, up to the most loops of an instance, for which scale base^(N/period) is at most
     * the target by directed rounding; the true least number can be below it by that rounding only.
     *
     * @param base in [0, 1]
     */
    static OptionalLong needed(Fraction base, Fraction scale, long period) {
        if (scale.atMost(TARGET)) {
            return OptionalLong.of(0);
        }
        long most = MOST / period;
        if (tooLong(scale) || !reaches(base, scale, most)) {
            return OptionalLong.empty();
        }
        long low = 0;
        long high = most;
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (reaches(base, scale, middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return OptionalLong.of(high * period);
    }

    private static boolean reaches(Fraction base, Fraction scale, long count) {
        return count > 0 && Magnitude.power(base, count).upper().multiply(scale).atMost(TARGET);
    }

    private static String count(OptionalLong loops) {
        return loops.isPresent() ? Long.toString(loops.getAsLong()) : "more than " + MOST;
    }

    private Optional<Found<Statement.ErrorValue>> error() {
        return Outcome.error(accepted).map(value -> {
            for (int i = 0; i < accepted.theorems().size(); i++) {
                if (accepted.theorems().get(i).statement() == value) {
                    return new Found<>(value, i + 1, accepted.theorems().get(i).rule());
                }
            }
            throw new IllegalStateException("a statement without a line");
        });
    }

    private <S extends Statement> Optional<Found<S>> last(Class<S> kind) {
        for (int i = accepted.theorems().size() - 1; i >= 0; i--) {
            Theorem theorem = accepted.theorems().get(i);
            if (kind.isInstance(theorem.statement())) {
                return Optional.of(new Found<>(kind.cast(theorem.statement()), i + 1, theorem.rule()));
            }
        }
        return Optional.empty();
    }
}
