package org.loopcert.certificate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.loopcert.kernel.Instance;
import org.loopcert.kernel.Statement;
import org.loopcert.kernel.Theorem;
import org.loopcert.kernel.Verdict;

/** What a verdict comes to: its reason, the best statements among those established, and what is not established. */
public final class Outcome {
    static final String TWO_SIDED = "two-sided";

    private static final int DIGITS = 10;

    /** What holds instead of a theorem whose hypothesis fails, the most specific first. */
    private static final Map<String, List<String>> INSTEAD = Map.of(
            "label-noise", List.of("noise", "general-labels", "contraction"),
            "rank-deficient", List.of("limit-error", "general-labels", "contraction"),
            "start", List.of("general-labels", "contraction"),
            "norm", List.of("noise", "general-labels", "contraction"),
            "step", List.of("general-labels", "contraction", "non-contraction"),
            "schedule", List.of("tight-bound", "general-labels", "contraction"));

    private Outcome() {}

    /**
     * A statement that is neither established nor refuted.
     *
     * @param id its identifier in results
     * @param because what was missing
     */
    public record Open(String id, String because) {}

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

    /** The rank of X, where a statement says it. */
    public static Optional<Integer> rank(Verdict.Accepted accepted) {
        Optional<Statement.Spectrum> spectrum = last(accepted, Statement.Spectrum.class);
        if (spectrum.isPresent()) {
            return Optional.of(spectrum.get().rank());
        }
        Optional<Statement.SmallestAtLeast> smallest = last(accepted, Statement.SmallestAtLeast.class);
        return smallest.isPresent() ? Optional.of(smallest.get().rank()) : Optional.empty();
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
                if (!unmet.containsKey(statement.theorem())) {
                    unmet.put(statement.theorem(), new ArrayList<>());
                }
                unmet.get(statement.theorem()).add(statement);
            }
        }
        List<NotEstablished> result = new ArrayList<>();
        for (Map.Entry<String, List<Statement.Unmet>> each : unmet.entrySet()) {
            Set<String> hypotheses = new LinkedHashSet<>();
            Set<String> because = new LinkedHashSet<>();
            for (Statement.Unmet statement : each.getValue()) {
                hypotheses.add(statement.hypothesis());
                because.add(Words.unmet(statement));
            }
            result.add(new NotEstablished(
                    each.getKey(), String.join("; ", because), List.copyOf(hypotheses), instead(accepted, hypotheses)));
        }
        if (!unmet.containsKey(TWO_SIDED) && needsOneStep(accepted)) {
            Set<String> hypotheses = Set.of("schedule");
            result.add(new NotEstablished(
                    TWO_SIDED,
                    "it needs the same step in every loop, but the steps are a schedule",
                    List.copyOf(hypotheses),
                    instead(accepted, hypotheses)));
        }
        return result;
    }

    /** The two-sided bound is about one step; that the steps are a schedule is read off the instance, without a line. */
    private static boolean needsOneStep(Verdict.Accepted accepted) {
        return !accepted.refutation() && accepted.instance().step() instanceof Instance.Step.Schedule;
    }

    private static Optional<String> instead(Verdict.Accepted accepted, Set<String> hypotheses) {
        List<String> established = new ArrayList<>();
        for (Theorem theorem : accepted.theorems()) {
            if (!(theorem.statement() instanceof Statement.Unmet)) {
                established.add(theorem.id());
            }
        }
        for (String hypothesis : hypotheses) {
            for (String id : INSTEAD.getOrDefault(hypothesis, List.of())) {
                if (established.contains(id)) {
                    return Optional.of(id);
                }
            }
        }
        return Optional.empty();
    }

    /** The narrowest statement about the error after T loops. */
    static Optional<Statement.ErrorValue> error(Verdict.Accepted accepted) {
        Optional<Statement.ErrorValue> narrowest = Optional.empty();
        for (Theorem theorem : accepted.theorems()) {
            if (theorem.statement() instanceof Statement.ErrorValue value
                    && value.t() == accepted.instance().loops()
                    && (narrowest.isEmpty() || isNarrower(value, narrowest.get()))) {
                narrowest = Optional.of(value);
            }
        }
        return narrowest;
    }

    private static boolean isNarrower(Statement.ErrorValue a, Statement.ErrorValue b) {
        return a.upper().subtract(a.lower()).below(b.upper().subtract(b.lower()));
    }

    /** The best final bound of the error after T loops, and which statement gives it. */
    record FinalBound(String id, Magnitude value) {
        static Optional<FinalBound> of(Verdict.Accepted accepted) {
            Instance instance = accepted.instance();
            Optional<Statement.TightBound> tight = last(accepted, Statement.TightBound.class);
            if (tight.isPresent()) {
                Magnitude factor = Magnitude.of(tight.get().factor(), instance);
                return Optional.of(new FinalBound(
                        "tight-bound", factor.times(tight.get().alpha().abs())));
            }
            Optional<Statement.GeneralLabels> general = last(accepted, Statement.GeneralLabels.class);
            if (general.isPresent()) {
                Magnitude factor = Magnitude.of(general.get().factor(), instance);
                return Optional.of(new FinalBound(
                        "general-labels",
                        Magnitude.root(general.get().squaredScale()).times(factor)));
            }
            Optional<Statement.PaperBoundValue> paper = last(accepted, Statement.PaperBoundValue.class);
            return paper.isPresent()
                    ? Optional.of(new FinalBound(
                            "theorem-4.4",
                            new Magnitude(paper.get().lower(), paper.get().upper())))
                    : Optional.empty();
        }
    }

    /** The error after T loops in words, rounded outward; empty where the certificate does not state it. */
    public static Optional<String> errorWords(Verdict.Accepted accepted) {
        Optional<Statement.ErrorValue> error = error(accepted);
        if (error.isEmpty()) {
            return Optional.empty();
        }
        String lower = Decimals.down(error.get().lower(), DIGITS);
        String upper = Decimals.up(error.get().upper(), DIGITS);
        return Optional.of(lower.equals(upper) ? lower : "in [" + lower + ", " + upper + "]");
    }

    /** The final bound in words, rounded up, with the statement that gives it; empty where there is none. */
    public static Optional<String> boundWords(Verdict.Accepted accepted) {
        Optional<FinalBound> bound = FinalBound.of(accepted);
        return bound.isPresent()
                ? Optional.of("at most " + Decimals.up(bound.get().value().upper(), DIGITS) + " by "
                        + bound.get().id())
                : Optional.empty();
    }

    /** The last statement of a kind. */
    static <S extends Statement> Optional<S> last(Verdict.Accepted accepted, Class<S> kind) {
        for (int i = accepted.theorems().size() - 1; i >= 0; i--) {
            Statement statement = accepted.theorems().get(i).statement();
            if (kind.isInstance(statement)) {
                return Optional.of(kind.cast(statement));
            }
        }
        return Optional.empty();
    }
}
