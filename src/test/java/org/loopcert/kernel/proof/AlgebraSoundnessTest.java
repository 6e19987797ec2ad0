package org.loopcert.kernel.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.loopcert.kernel.proof.Formula.Relation;

/**
 * What the rules algebra and sign derive about random terms holds at every point tried, with dimensions, exponents and
 * scalars small enough that the special cases occur: dimension one, empty sums, zero to the power zero, singular
 * matrices, norm zero.
 */
class AlgebraSoundnessTest {
    private static final int POINTS = 24;

    private final List<String> wrong = new ArrayList<>();
    private final Map<String, Integer> answers = new TreeMap<>();

    /** Terms that agree at two points in general position are asked to be equal, and are tested at special points. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void termsThatAgreeInGeneralPositionAreEqualOnlyIfTheyAlwaysAgree(long seed) throws IllTyped {
        RandomTerms terms = new RandomTerms(seed);
        List<TermValues> general = List.of(terms.values(true), terms.values(true));
        List<TermValues> special = points(terms);
        Map<String, List<Term>> groups = new HashMap<>();
        for (int i = 0; i < 6000; i++) {
            Term term = terms.term(2);
            try {
                StringBuilder key = new StringBuilder(term.shape().toString());
                for (TermValues each : general) {
                    key.append(Arrays.deepToString(each.value(term)));
                }
                groups.computeIfAbsent(key.toString(), each -> new ArrayList<>())
                        .add(term);
            } catch (TermValues.Unknown notRational) {
                answers.merge("no value", 1, Integer::sum);
            }
        }
        for (List<Term> group : groups.values()) {
            group.sort(Comparator.comparing(Term::toString));
            for (int i = 1; i < Math.min(group.size(), 40); i++) {
                equation(terms, special, group.get(i % 2 == 0 ? 0 : i - 1), group.get(i));
            }
        }
        System.out.println("seed " + seed + ", equations of terms that agree in general: " + answers);
        assertThat(wrong).isEmpty();
        assertThat(answers.getOrDefault("PROVED", 0)).isGreaterThan(150);
    }

    /** Equal by laws of algebra: mostly proved. Changed in one place: proved only if still true. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void rearrangementsAreProvedAndChangesAreNot(long seed) throws IllTyped {
        RandomTerms terms = new RandomTerms(seed);
        Rearrangements laws = new Rearrangements(seed);
        List<TermValues> special = points(terms);
        int defined = 0;
        int proved = 0;
        for (int i = 0; i < 1500; i++) {
            Term term = terms.term(2);
            if (!equation(terms, special, term, term)) {
                continue;
            }
            defined++;
            Term other = laws.equal(laws.equal(term));
            proved += equation(terms, special, term, other) ? 1 : 0;
            Term changed = laws.different(other);
            equation(terms, special, term, changed);
        }
        System.out.println(
                "seed " + seed + ", rearrangements proved: " + proved + " of " + defined + "; all answers: " + answers);
        assertThat(wrong).isEmpty();
        assertThat(defined).isGreaterThan(700);
        assertThat(proved * 100).isGreaterThan(defined * 90);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void signsThatAreDerivedHold(long seed) throws IllTyped {
        RandomTerms terms = new RandomTerms(seed);
        List<TermValues> special = points(terms);
        for (int i = 0; i < 2000; i++) {
            Term term = terms.scalarTerm(2);
            for (Relation each : List.of(Relation.AT_MOST, Relation.BELOW, Relation.DIFFERENT)) {
                derive(terms, special, new OrderRules.Sign(each, Term.number(0), term));
            }
        }
        System.out.println("seed " + seed + ", signs: " + answers);
        assertThat(wrong).isEmpty();
        assertThat(answers.getOrDefault("PROVED", 0)).isGreaterThan(400);
    }

    private static List<TermValues> points(RandomTerms terms) {
        List<TermValues> points = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            TermValues values = terms.values(false);
            assertThat(terms.context.hypotheses()).allMatch(values::holds);
            points.add(values);
        }
        return points;
    }

    private boolean equation(RandomTerms terms, List<TermValues> points, Term left, Term right) throws IllTyped {
        return derive(terms, points, new EqualityRules.Algebra(left, right));
    }

    private boolean derive(RandomTerms terms, List<TermValues> points, Theorem.Rule rule) throws IllTyped {
        Theorem theorem;
        try {
            theorem = Theorem.derive(terms.context, rule, terms.facts());
        } catch (NotProved refused) {
            answers.merge(refused.reason().toString(), 1, Integer::sum);
            return false;
        } catch (RuntimeException | StackOverflowError crash) {
            wrong.add(rule + " fails: " + crash);
            return false;
        }
        answers.merge("PROVED", 1, Integer::sum);
        for (TermValues each : points) {
            try {
                if (!each.holds(theorem.formula())) {
                    wrong.add(theorem.formula() + " is false at " + each.describe());
                    return true;
                }
            } catch (TermValues.Unknown notRational) {
                answers.merge("no value", 1, Integer::sum);
            }
        }
        return true;
    }
}
