package org.loopcert.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.Statement;
import org.loopcert.kernel.Verdict;
import org.loopcert.kernel.Verdict.Reason;

class WordsTest {
    private static final Fraction HALF = fraction(1, 2);
    private static final Fraction TWO = Fraction.TWO;

    /** Some 78 digits, just above 1/3. */
    private static final Fraction LONG = Fraction.of(
            BigInteger.TEN.pow(39),
            BigInteger.TEN.pow(39).multiply(BigInteger.valueOf(3)).subtract(BigInteger.ONE));

    private static final Statement.Power POWER = new Statement.Power(HALF, 7);

    private static Fraction fraction(long p, long q) {
        return Fraction.of(BigInteger.valueOf(p), BigInteger.valueOf(q));
    }

    private static List<Statement> oneOfEach() {
        List<Fraction> theta = List.of(HALF, TWO);
        return List.of(
                new Statement.StepEquivalence(30),
                new Statement.Replayed(7),
                new Statement.LambdaMaxAtMost(TWO),
                new Statement.SmallestAtLeast(HALF, 2),
                new Statement.LambdaMaxAtLeast(TWO),
                new Statement.SmallestAtMost(HALF),
                new Statement.Spectrum(2, 3, HALF, HALF, TWO, TWO, fraction(4, 1), fraction(5, 1)),
                new Statement.SmallSteps(HALF, TWO, null),
                new Statement.Contraction(POWER, true),
                new Statement.Exponential(HALF, TWO, 7),
                new Statement.Realizable(theta, TWO),
                new Statement.LeastSquares(theta, TWO, HALF, 1),
                new Statement.PaperBound(TWO.negate(), 7, HALF, TWO),
                new Statement.PaperBoundValue(HALF, TWO),
                new Statement.TightBound(TWO.negate(), POWER),
                new Statement.DoubledExponent(TWO, 7),
                new Statement.GeneralLabels(TWO, new Statement.Product(HALF)),
                new Statement.LimitError(theta, HALF, TWO, POWER),
                new Statement.Noise(TWO, HALF, new Statement.Value(HALF), TWO),
                new Statement.ErrorIdentity(theta),
                new Statement.TwoSided(HALF, TWO, 7),
                new Statement.NonContraction(TWO, true),
                new Statement.ErrorValue(7, HALF, TWO, true),
                new Statement.RoundedIterates(List.of(1L, 7L), List.of(HALF, TWO)),
                new Statement.RoundedTrajectory(5, new Statement.Power(HALF, 5), fraction(1, 9), TWO),
                new Statement.Unmet("theorem-4.4", "start", "q(0) is not zero"));
    }

    private static void leaves(Class<?> kind, Set<Class<?>> found) {
        if (!kind.isSealed()) {
            found.add(kind);
            return;
        }
        for (Class<?> each : kind.getPermittedSubclasses()) {
            leaves(each, found);
        }
    }

    @Test
    void everyKindOfStatementHasWordsOfItsOwn() {
        Set<Class<?>> kinds = new LinkedHashSet<>();
        leaves(Statement.class, kinds);
        Set<Class<?>> covered = new LinkedHashSet<>();
        Set<String> texts = new LinkedHashSet<>();
        for (Statement statement : oneOfEach()) {
            covered.add(statement.getClass());
            texts.add(Words.EXACT.statement(statement));
            texts.add(Words.BRIEF.statement(statement));
        }
        assertThat(covered).isEqualTo(kinds);
        assertThat(texts).hasSize(oneOfEach().size()).allMatch(text -> text.length() > 10);
    }

    @Test
    void wordsCarryQuantifiersAndRanges() {
        assertThat(Words.EXACT.statement(new Statement.StepEquivalence(30)))
                .contains("for every q in R^d and every alpha", "every schedule and every T");
        assertThat(Words.EXACT.statement(new Statement.Exponential(HALF, TWO, 7)))
                .isEqualTo("(1 - 1/k)^7 <= exp(-7/k) for every real k in [1/2, 2], kappa among them");
        assertThat(Words.EXACT.statement(new Statement.TightBound(TWO.negate(), POWER)))
                .isEqualTo("|<TF, theta*> - alpha| <= 2 * (1/2)^7");
        assertThat(Words.EXACT.statement(new Statement.Contraction(POWER, false)))
                .isEqualTo("|e(t+1)| <= 1/2 |e(t)| for every t < T, and |e(T)| <= (1/2)^7 |e(0)|");
        assertThat(Words.EXACT.statement(new Statement.Contraction(new Statement.Product(HALF), true)))
                .contains("(1 - eta_t mu)", "Lemma 5.6", "for every t <= T");
        assertThat(Words.EXACT.statement(new Statement.Contraction(new Statement.Value(HALF), false)))
                .isEqualTo("|e(T)| <= 1/2 |e(0)|");
        assertThat(Words.EXACT.statement(new Statement.NonContraction(TWO, true)))
                .contains("for every t");
        assertThat(Words.EXACT.statement(new Statement.NonContraction(TWO, false)))
                .contains("|e(T)| >= |e(0)|");
    }

    @Test
    void longNumbersAreShortenedToTheSafeSide() {
        assertThat(LONG.toString().length()).isGreaterThan(60);
        assertThat(Words.EXACT.statement(new Statement.LambdaMaxAtMost(LONG))).contains(LONG.toString());
        assertThat(Words.BRIEF.statement(new Statement.LambdaMaxAtMost(LONG))).endsWith("L = 0.3333333334");
        assertThat(Words.BRIEF.statement(new Statement.LambdaMaxAtLeast(LONG))).endsWith(">= 0.3333333333");
        assertThat(Words.BRIEF.statement(new Statement.Realizable(List.of(LONG), LONG)))
                .contains("about 0.3333333333");
        assertThat(Words.BRIEF.up(fraction(1_000_000_007L, 3_000_000_007L)))
                .isEqualTo("1000000007/3000000007 ~ 0.3333333349");
        List<Fraction> many = new ArrayList<>(Collections.nCopies(20, HALF));
        assertThat(Words.BRIEF.statement(new Statement.Realizable(many, TWO))).contains("1/2, ...]");
        assertThat(Words.EXACT.statement(new Statement.Realizable(many, TWO))).doesNotContain("...");
    }

    @Test
    void evidenceIsNeverMixedUp() {
        assertThat(Words.evidence(new Statement.Replayed(7))).isEqualTo("replay");
        assertThat(Words.evidence(new Statement.ErrorValue(7, HALF, TWO, false)))
                .isEqualTo("theorem, machine-checked");
        assertThat(Words.evidence(new Statement.ErrorValue(7, HALF, TWO, true))).isEqualTo("replay");
    }

    @Test
    void refusalsNamePlaceExpectedAndFound() {
        assertThat(Words.because(new Verdict.Rejected(Reason.RAYLEIGH, 4, "lambda-max-at-least", "a", "b")))
                .isEqualTo("rayleigh at line 4 (lambda-max-at-least): expected a, found b");
        assertThat(Words.because(new Verdict.Rejected(Reason.COST, 0, "cost", "a", "b")))
                .isEqualTo("cost at the cost of the certificate: expected a, found b");
        assertThat(Words.because(new Verdict.Malformed(3, 5, 60, "a", "b")))
                .isEqualTo("line 3, column 5 (byte 60): expected a, found b");
        assertThat(Words.because(new Verdict.Undecided(Reason.NEEDS_INPUT, 0, "instance", "the file")))
                .contains("--input FILE");
        assertThat(Words.meaning(new Verdict.Rejected(Reason.COST, 0, "cost", "a", "b")))
                .startsWith("rejected: ");
        assertThat(Words.meaning(new Verdict.Undecided(Reason.LIMIT, 0, "cost", "a")))
                .startsWith("undecided: ");
        assertThat(Words.meaning(new Verdict.Malformed(3, 5, 60, "a", "b"))).startsWith("malformed: ");
    }

    /** The product over all loops is smaller than that over the first k. */
    @Test
    void theFactorOfATrajectoryIsThatOfItsOwnSteps() {
        Statement scheduled = new Statement.RoundedTrajectory(5, new Statement.Product(HALF), HALF, TWO);
        assertThat(Words.EXACT.statement(scheduled))
                .contains("k = 5", "f |r(0) - tt| + 1/2 of tt", "|r(0) - tt|^2 = 2", "prod_{t<k} (1 - eta_t mu)")
                .doesNotContain("t<T");
        Statement constant = new Statement.RoundedTrajectory(5, new Statement.Power(HALF, 5), HALF, TWO);
        assertThat(Words.EXACT.statement(constant)).contains("f = (1/2)^5");
    }
}
