package org.loopcert.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.loopcert.ring.Interval;

/** Comparisons of curves over t, one curve for each n in ascending order. Decided without logarithms. */
final class Curves {
    private Curves() {}

    /** How a curve lies to its bound: the first t at which it is certainly above, and the first that stays open. */
    record Against(OptionalInt leavesAt, OptionalInt openAt) {
        Outcome outcome() {
            if (leavesAt.isPresent()) {
                return Outcome.FAILS;
            }
            return openAt.isPresent() ? Outcome.UNDECIDED : Outcome.HOLDS;
        }
    }

    /** Holds a curve against a bound, for every t. */
    static Against against(List<Interval> curve, List<Interval> bound) {
        int leaves = -1;
        int open = -1;
        for (int t = curve.size() - 1; t >= 0; t--) {
            Outcome outcome = Outcome.atMost(curve.get(t), bound.get(t));
            leaves = outcome == Outcome.FAILS ? t : leaves;
            open = outcome == Outcome.UNDECIDED ? t : open;
        }
        return new Against(optional(leaves), optional(open));
    }

    private static OptionalInt optional(int t) {
        return t < 0 ? OptionalInt.empty() : OptionalInt.of(t);
    }

    /** Whether each curve lies strictly below the one before it at t. */
    static Outcome falling(List<List<Interval>> curves, int t) {
        List<Outcome> pairs = new ArrayList<>();
        for (int i = 1; i < curves.size(); i++) {
            pairs.add(Outcome.less(curves.get(i).get(t), curves.get(i - 1).get(t)));
        }
        return Outcome.all(pairs);
    }

    /**
     * For each pair of neighbours, whether the gap between theory and empirical curve, on a logarithmic axis, is strictly
     * smaller for the second: theory_2 / empirical_2 < theory_1 / empirical_1, multiplied out.
     */
    static List<Outcome> narrower(List<List<Interval>> theory, List<List<Interval>> empirical, int t) {
        List<Outcome> pairs = new ArrayList<>();
        for (int i = 1; i < theory.size(); i++) {
            Interval second =
                    Reals.multiply(theory.get(i).get(t), empirical.get(i - 1).get(t));
            Interval first =
                    Reals.multiply(theory.get(i - 1).get(t), empirical.get(i).get(t));
            pairs.add(Outcome.less(second, first));
        }
        return pairs;
    }

    /** As {@link #narrower}, strictly larger for the second. */
    static List<Outcome> wider(List<List<Interval>> theory, List<List<Interval>> empirical, int t) {
        // the same comparison with the roles of theory and empirical exchanged
        return narrower(empirical, theory, t);
    }

    /** The numbers of 1, ..., T, as ranges. */
    static String ranges(List<Integer> times) {
        StringBuilder text = new StringBuilder();
        int i = 0;
        while (i < times.size()) {
            int j = i;
            while (j + 1 < times.size() && times.get(j + 1) == times.get(j) + 1) {
                j++;
            }
            text.append(text.length() == 0 ? "" : ", ").append(times.get(i));
            if (j > i) {
                text.append("..").append(times.get(j));
            }
            i = j + 1;
        }
        return text.length() == 0 ? "none" : text.toString();
    }
}
