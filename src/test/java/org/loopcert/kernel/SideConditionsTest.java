package org.loopcert.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.loopcert.kernel.Given.q;

import java.math.BigInteger;
import java.util.AbstractList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.loopcert.kernel.Instance.Step;
import org.loopcert.kernel.TaskRules.Missing;
import org.loopcert.kernel.ValueRules.Iterates;
import org.loopcert.kernel.ValueRules.Powering;
import org.loopcert.kernel.ValueRules.Range;
import org.loopcert.kernel.ValueRules.Trajectory;
import org.loopcert.kernel.Verdict.Reason;

/**
 * Side conditions of rules at their boundaries and just beyond, on premises made directly. X is [[2, 1], [1, 2]], so
 * that G = [[5, 4], [4, 5]] has the eigenvalues 9 and 1.
 */
class SideConditionsTest {
    private static final Fraction NINTH = q(1, 9);
    private static final List<List<Fraction>> X =
            List.of(List.of(Fraction.TWO, Fraction.ONE), List.of(Fraction.ONE, Fraction.TWO));
    private static final List<Fraction> ONES = List.of(Fraction.ONE, Fraction.ONE);
    private static final List<Fraction> ZEROS = List.of(Fraction.ZERO, Fraction.ZERO);
    private static final Statement EQUIVALENCE = new Statement.StepEquivalence(9);
    private static final Statement UNIT = new Statement.Realizable(List.of(q(3, 5), q(4, 5)), Fraction.ONE);
    private static final Statement LOW = new Statement.SmallestAtLeast(Fraction.ONE, 2);
    private static final Statement SINGULAR = new Statement.SmallestAtLeast(Fraction.ONE, 1);
    private static final Statement HIGH = new Statement.LambdaMaxAtMost(Fraction.of(9));
    private static final Statement REACHED = new Statement.LambdaMaxAtLeast(Fraction.of(9));

    private static Problem problem(Step step, long loops) throws Refusal {
        return problem(ONES, ZEROS, Optional.empty(), step, loops);
    }

    private static Problem problem(
            List<Fraction> y, List<Fraction> start, Optional<List<Fraction>> task, Step step, long loops)
            throws Refusal {
        return new Problem(Given.instance(X, y, start, task, step, loops), Given.meter());
    }

    private static Step constant(long p, long q) {
        return new Step.Constant(q(p, q));
    }

    private static Step schedule(Fraction... etas) {
        return new Step.Schedule(List.of(etas));
    }

    private static <W> Statement conclude(Theorem.Rule<W> rule, Problem problem, W witness, Statement... premises)
            throws Refusal {
        return rule.conclude(problem, Given.premises(problem, premises), witness);
    }

    private static void refuses(Reason reason, String expected, String found, ThrowingCallable check) {
        assertThatThrownBy(check).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.kind).isEqualTo(Refusal.Kind.REJECTED);
            assertThat(refusal.reason).isEqualTo(reason);
            assertThat(refusal.expected).isEqualTo(expected);
            assertThat(refusal.found).isEqualTo(found);
        });
    }

    @Test
    void symbolicAttentionSeesADifferenceInEveryCoefficient() throws Refusal {
        Theorem.Rule<Void> rule = new EquivalenceRules.SymbolicAttention();
        assertThat(conclude(rule, problem(constant(1, 9), 3), null)).isEqualTo(EQUIVALENCE);
        for (int i = 0; i < 2; i++) {
            Problem wrong = problem(constant(1, 9), 3);
            wrong.moment[i] = wrong.moment[i].add(BigInteger.ONE);
            String column = "the gradient step in column " + (i + 1);
            refuses(Reason.NOT_GRADIENT, column, "not so", () -> conclude(rule, wrong, null));
            for (int j = 0; j < 2; j++) {
                Problem other = problem(constant(1, 9), 3);
                other.gram[i][j] = other.gram[i][j].subtract(BigInteger.ONE);
                refuses(Reason.NOT_GRADIENT, column, "not so", () -> conclude(rule, other, null));
            }
        }
    }

    @Test
    void replaySeesADifferenceInEveryLoop() throws Refusal {
        Theorem.Rule<Void> rule = new EquivalenceRules.ReplaySteps();
        List<Fraction> start = List.of(q(1, 2), q(1, 3));
        Step steps = schedule(q(1, 7), q(1, 5));
        assertThat(conclude(rule, problem(ONES, start, Optional.empty(), steps, 2), null))
                .isEqualTo(new Statement.Replayed(2));
        for (int i = 0; i < 2; i++) {
            Problem wrong = problem(ONES, start, Optional.empty(), steps, 2);
            wrong.gram[i][i] = wrong.gram[i][i].add(BigInteger.ONE);
            refuses(
                    Reason.NOT_GRADIENT,
                    "q(t) = -alpha theta(t) at t = 1",
                    "not so",
                    () -> conclude(rule, wrong, null));
        }
        // the second loop alone: q(0) = 0, and the first step is 0
        Problem late = problem(ONES, ZEROS, Optional.empty(), schedule(Fraction.ZERO, q(1, 5)), 2);
        late.moment[1] = late.moment[1].add(BigInteger.ONE);
        refuses(Reason.NOT_GRADIENT, "q(t) = -alpha theta(t) at t = 2", "not so", () -> conclude(rule, late, null));
    }

    /** Reads as another vector each time it is asked for all of its entries at once. */
    private static final class Fickle extends AbstractList<Fraction> {
        @Override
        public Fraction get(int index) {
            return Fraction.ONE;
        }

        @Override
        public int size() {
            return 2;
        }

        @Override
        public Object[] toArray() {
            return new Object[] {Fraction.ONE, Fraction.TWO};
        }
    }

    @Test
    void replaySeesADifferenceInTheStart() throws Refusal {
        Problem problem = problem(ONES, new Fickle(), Optional.empty(), constant(1, 9), 0);
        refuses(
                Reason.NOT_GRADIENT,
                "q(t) = -alpha theta(t) at t = 0",
                "not so",
                () -> conclude(new EquivalenceRules.ReplaySteps(), problem, null));
    }

    @Test
    void replayNeedsRationalStepsUnlessThereIsNoLoop() throws Refusal {
        Theorem.Rule<Void> rule = new EquivalenceRules.ReplaySteps();
        assertThat(conclude(rule, problem(new Step.InverseLambdaMax(), 0), null))
                .isEqualTo(new Statement.Replayed(0));
        assertThat(conclude(rule, problem(schedule(), 0), null)).isEqualTo(new Statement.Replayed(0));
        assertThat(conclude(rule, problem(constant(1, 9), 0), null)).isEqualTo(new Statement.Replayed(0));
        Problem literal = problem(new Step.InverseLambdaMax(), 1);
        refuses(Reason.STEP_KIND, "rational steps", "not so", () -> conclude(rule, literal, null));
    }

    @Test
    void replayTakesEachStepInItsOrder() throws Refusal {
        Problem problem = problem(ONES, ZEROS, Optional.empty(), schedule(q(1, 3), q(1, 2)), 2);
        EquivalenceRules.Replay replay = new EquivalenceRules.Replay(problem, 2);
        replay.advanceTo(2);
        // b = (3, 3) is an eigenvector of 9: theta(1) = b/3, theta(2) = theta(1) - (9 theta(1) - b)/2 = (-2, -2)
        assertThat(replay.t()).isEqualTo(2);
        for (BigInteger numerator : replay.numerators()) {
            assertThat(Fraction.of(numerator, replay.denominator())).isEqualTo(Fraction.of(-2));
        }
        assertThat(replay.first).isEqualTo(BigInteger.ONE);
    }

    @Test
    void smallSteps() throws Refusal {
        Theorem.Rule<Void> rule = new ContractionRules.SmallStepsRule();
        assertThat(conclude(rule, problem(schedule(NINTH, q(1, 10)), 2), null, HIGH))
                .isEqualTo(new Statement.SmallSteps(q(19, 90), q(19, 90), null));
        for (Fraction eta : List.of(q(1000, 8999), Fraction.ZERO, q(-1, 9))) {
            Problem problem = problem(schedule(NINTH, eta), 2);
            refuses(
                    Reason.STEP_TOO_LARGE,
                    "every step in (0, 1/L]",
                    eta.toString(),
                    () -> conclude(rule, problem, null, HIGH));
        }
        assertThat(conclude(
                        rule,
                        problem(new Step.InverseLambdaMax(), 3),
                        null,
                        new Statement.LambdaMaxAtLeast(Fraction.of(8)),
                        HIGH))
                .isEqualTo(new Statement.SmallSteps(q(1, 3), q(3, 8), NINTH));
    }

    @Test
    void smallStepsContractInAtLeastOneStep() throws Refusal {
        Theorem.Rule<Void> rule = new ContractionRules.SmallStepContraction();
        Statement none = new Statement.SmallSteps(Fraction.ZERO, Fraction.ZERO, null);
        Statement one = new Statement.SmallSteps(NINTH, NINTH, null);
        Statement constant = new Statement.SmallSteps(Fraction.ZERO, Fraction.ZERO, NINTH);
        assertThat(conclude(rule, problem(schedule(NINTH), 1), null, LOW, one))
                .isEqualTo(new Statement.Contraction(new Statement.Product(Fraction.ONE), true));
        assertThat(conclude(rule, problem(constant(1, 9), 0), null, LOW, constant))
                .isEqualTo(new Statement.Contraction(new Statement.Power(q(8, 9), 0), true));
        Problem empty = problem(schedule(), 0);
        refuses(
                Reason.NOT_CONTRACTING,
                "a schedule of at least one step",
                "not so",
                () -> conclude(rule, empty, null, LOW, none));
    }

    @Test
    void constantStepsContractBelowTwoOverLambdaMax() throws Refusal {
        Theorem.Rule<Void> rule = new ContractionRules.ConstantContraction();
        assertThat(conclude(rule, problem(constant(199, 900), 1), null, LOW, HIGH))
                .isEqualTo(new Statement.Contraction(new Statement.Power(q(99, 100), 1), false));
        for (long p : new long[] {200, 0, -1, 201}) {
            Problem problem = problem(constant(p, 900), 1);
            Fraction rho =
                    p > 0 ? q(p, 100).subtract(Fraction.ONE) : q(900 - p, 900).max(q(100 - p, 100));
            refuses(Reason.NOT_CONTRACTING, "rho < 1", rho.toString(), () -> conclude(rule, problem, null, LOW, HIGH));
        }
    }

    @Test
    void constantStepsDivergeFromTwoOverTheQuotientOnAndUpToZero() throws Refusal {
        Theorem.Rule<BigInteger[]> rule = new ContractionRules.ConstantDivergence();
        BigInteger[] top = {BigInteger.ONE, BigInteger.ONE};
        assertThat(conclude(rule, problem(constant(2, 9), 1), top))
                .isEqualTo(new Statement.NonContraction(Fraction.ONE, true));
        assertThat(conclude(rule, problem(constant(0, 1), 1), top))
                .isEqualTo(new Statement.NonContraction(Fraction.ONE, true));
        assertThat(conclude(rule, problem(constant(-1, 9), 1), top))
                .isEqualTo(new Statement.NonContraction(Fraction.TWO, true));
        Problem contracts = problem(constant(199, 900), 1);
        refuses(Reason.NOT_REFUTED, "eta v'Gv >= 2 v'v, or eta <= 0", "199/100", () -> conclude(rule, contracts, top));
        Problem small = problem(constant(1, 1000), 1);
        refuses(Reason.NOT_REFUTED, "eta v'Gv >= 2 v'v, or eta <= 0", "9/1000", () -> conclude(rule, small, top));
        // a null vector says nothing about lambda_max, even for a step below 0
        Problem zero = Given.problem(new long[][] {{1, 0}}, constant(-1, 1), 1);
        BigInteger[] inNullSpace = {BigInteger.ZERO, BigInteger.ONE};
        refuses(Reason.NOT_REFUTED, "eta v'Gv >= 2 v'v, or eta <= 0", "0", () -> conclude(rule, zero, inNullSpace));
    }

    private static Statement diverges(Fraction low, Fraction high, Fraction... etas) throws Refusal {
        return conclude(
                new ContractionRules.ScheduleDivergence(),
                problem(schedule(etas), etas.length),
                null,
                new Statement.LambdaMaxAtLeast(low),
                new Statement.LambdaMaxAtMost(high));
    }

    @Test
    void schedulesDivergeByTheSmallerEndUnlessTheSignChanges() throws Refusal {
        Fraction three = Fraction.of(3);
        // 1 - x over [3, 9] is -2 to -8; 1 + x is 4 to 10; 1 - x/3 is 0 to -2; 1 - x/9 is 2/3 to 0
        assertThat(diverges(three, Fraction.of(9), Fraction.ONE))
                .isEqualTo(new Statement.NonContraction(Fraction.TWO, false));
        assertThat(diverges(three, Fraction.of(9), Fraction.ONE.negate()))
                .isEqualTo(new Statement.NonContraction(Fraction.of(4), false));
        assertThat(diverges(three, three, q(2, 3))).isEqualTo(new Statement.NonContraction(Fraction.ONE, false));
        for (Fraction eta : List.of(q(1, 5), q(1, 3), NINTH)) {
            refuses(
                    Reason.NOT_REFUTED,
                    "a product of at least 1",
                    "0",
                    () -> diverges(three, Fraction.of(9), Fraction.of(100), eta));
        }
        refuses(Reason.NOT_REFUTED, "at least one step", "not so", () -> diverges(three, three));
    }

    private static String unmet(Problem problem, String hypothesis, Statement... premises) throws Refusal {
        Missing missing = new Missing("theorem-4.4", hypothesis);
        Statement.Unmet unmet = (Statement.Unmet) conclude(new TaskRules.UnmetRule(), problem, missing, premises);
        assertThat(unmet.theorem()).isEqualTo("theorem-4.4");
        assertThat(unmet.hypothesis()).isEqualTo(hypothesis);
        return unmet.because();
    }

    private static void met(Problem problem, String hypothesis, Statement... premises) {
        refuses(
                Reason.HYPOTHESIS_HOLDS,
                "the hypothesis to fail",
                "not so",
                () -> unmet(problem, hypothesis, premises));
    }

    @Test
    void stepsAreUnmetOutsideTheirInterval() throws Refusal {
        String outside = " is not in (0, 1/lambda_max]";
        assertThat(unmet(problem(constant(0, 1), 1), "step", REACHED)).isEqualTo("a step of 0" + outside);
        assertThat(unmet(problem(constant(-1, 9), 1), "step", REACHED)).isEqualTo("a step of -1/9" + outside);
        assertThat(unmet(problem(constant(1000, 8999), 1), "step", REACHED)).isEqualTo("a step of 1000/8999" + outside);
        assertThat(unmet(problem(schedule(NINTH, Fraction.ONE), 2), "step", REACHED))
                .isEqualTo("a step of 1" + outside);
        met(problem(constant(1, 9), 1), "step", REACHED);
        met(problem(schedule(NINTH, q(1, 1000)), 2), "step", REACHED);
        met(problem(new Step.InverseLambdaMax(), 2), "step", REACHED);
    }

    @Test
    void otherHypothesesAreUnmet() throws Refusal {
        Problem problem = problem(constant(1, 9), 1);
        Statement exact = new Statement.LeastSquares(ONES, Fraction.TWO, Fraction.ZERO, 2);
        Statement noisy = new Statement.LeastSquares(ONES, Fraction.TWO, q(1, 7), 2);
        assertThat(unmet(problem, "label-noise", noisy))
                .isEqualTo("y differs from X theta for every theta; the least |y - X theta|^2 is 1/7");
        met(problem, "label-noise", exact);
        assertThat(unmet(problem, "rank-deficient", SINGULAR)).isEqualTo("rank X = 1 < d = 2");
        met(problem, "rank-deficient", LOW);
        Problem away = problem(ONES, List.of(Fraction.ZERO, Fraction.ONE), Optional.empty(), constant(1, 9), 1);
        assertThat(unmet(away, "start")).isEqualTo("q(0) is not zero");
        met(problem, "start");
    }

    @Test
    void theNormIsUnmetOnlyOfTheOneTask() throws Refusal {
        Statement two = new Statement.Realizable(ONES, Fraction.TWO);
        Problem unnamed = problem(constant(1, 9), 1);
        Problem named = problem(ONES, ZEROS, Optional.of(ONES), constant(1, 9), 1);
        assertThat(unmet(unnamed, "norm", two, LOW)).isEqualTo("|theta*|^2 = 2");
        assertThat(unmet(named, "norm", two, LOW)).isEqualTo("|theta*|^2 = 2");
        assertThat(unmet(named, "norm", two, SINGULAR)).isEqualTo("|theta*|^2 = 2");
        met(named, "norm", UNIT, SINGULAR);
        refuses(
                Reason.RANK,
                "the only theta*, or the instance's own",
                "not so",
                () -> unmet(unnamed, "norm", two, SINGULAR));
    }

    @Test
    void twoSidedBoundsTakeTheLargerStepBelow() throws Refusal {
        Theorem.Rule<Void> rule = new BoundRules.TwoSidedRule();
        Statement steps = new Statement.SmallSteps(q(2, 10), q(2, 8), q(1, 10));
        assertThat(conclude(rule, problem(new Step.InverseLambdaMax(), 2), null, EQUIVALENCE, UNIT, LOW, steps))
                .isEqualTo(new Statement.TwoSided(q(3, 4), q(9, 10), 2));
        Statement none = new Statement.SmallSteps(Fraction.ZERO, Fraction.ZERO, q(1, 10));
        assertThat(conclude(rule, problem(new Step.InverseLambdaMax(), 0), null, EQUIVALENCE, UNIT, LOW, none))
                .isEqualTo(new Statement.TwoSided(q(4, 5), q(9, 10), 0));
        Statement varying = new Statement.SmallSteps(NINTH, NINTH, null);
        Problem schedule = problem(schedule(NINTH), 1);
        assertThatThrownBy(() -> conclude(rule, schedule, null, EQUIVALENCE, UNIT, LOW, varying))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason).isEqualTo(Reason.STEP_KIND));
    }

    private static Statement spectrum(Fraction mu, Fraction kappa) {
        return new Statement.Spectrum(2, 2, mu, mu, mu.multiply(kappa), mu.multiply(kappa), kappa, kappa);
    }

    /** The mean exponent is 1/4; kappa' = 2 needs just that much for theorem 4.4, and x + x^2/2 = 9/32. */
    @Test
    void exponentsSufficeFromEqualityOn() throws Refusal {
        Statement steps = new Statement.SmallSteps(q(1, 2), q(1, 2), q(1, 4));
        Theorem.Rule<Void> paper = new BoundRules.PaperBoundRule();
        Theorem.Rule<Void> doubled = new BoundRules.DoubledExponentRule();
        Problem problem = problem(constant(1, 4), 2);
        Statement enough = spectrum(Fraction.ONE, Fraction.TWO);
        assertThat(conclude(paper, problem, null, EQUIVALENCE, UNIT, enough, steps))
                .isEqualTo(new Statement.PaperBound(Fraction.ONE, 2, Fraction.TWO, Fraction.TWO));
        Statement exact = spectrum(Fraction.ONE, q(32, 9));
        assertThat(conclude(doubled, problem, null, EQUIVALENCE, UNIT, exact, steps))
                .isEqualTo(new Statement.DoubledExponent(Fraction.ONE, 2));
        Statement less = spectrum(Fraction.ONE, q(1999, 1000));
        refuses(
                Reason.EXPONENT,
                "an exponent of at least 500/1999",
                "1/4",
                () -> conclude(paper, problem, null, EQUIVALENCE, UNIT, less, steps));
        Statement tooLittle = spectrum(Fraction.ONE, q(31, 9));
        refuses(
                Reason.EXPONENT,
                "an exponent of at least 9/31",
                "9/32",
                () -> conclude(doubled, problem, null, EQUIVALENCE, UNIT, tooLittle, steps));
        for (Problem free : List.of(problem(new Step.InverseLambdaMax(), 2), problem(constant(1, 4), 0))) {
            assertThatCode(() -> conclude(paper, free, null, EQUIVALENCE, UNIT, less, steps))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void identityAndTightBoundSayWhatTheyShould() throws Refusal {
        Problem problem = problem(constant(1, 9), 3);
        assertThat(conclude(new BoundRules.ErrorIdentityRule(), problem, null, EQUIVALENCE, UNIT))
                .isEqualTo(new Statement.ErrorIdentity(List.of(q(3, 5), q(4, 5))));
        Statement steps = new Statement.SmallSteps(q(1, 3), q(1, 3), NINTH);
        assertThat(conclude(new BoundRules.TightBoundRule(), problem, null, EQUIVALENCE, UNIT, LOW, steps))
                .isEqualTo(new Statement.TightBound(Fraction.ONE, new Statement.Power(q(8, 9), 3)));
        Statement half = new Statement.Realizable(List.of(q(1, 2), q(1, 2)), q(1, 2));
        refuses(
                Reason.NOT_UNIT,
                "|theta*|^2 = 1",
                "1/2",
                () -> conclude(new BoundRules.TightBoundRule(), problem, null, EQUIVALENCE, half, LOW, steps));
    }

    /** theta(1) = b/9 = (1/3, 1/3) = tt for alpha 1, q(0) = 0 and eta = 1/9, and theta(0) = 0. */
    @Test
    void valuesAreAskedForUpToTheLastLoop() throws Refusal {
        Problem problem = problem(constant(1, 9), 1);
        Statement fit = new Statement.LeastSquares(List.of(q(1, 3), q(1, 3)), q(2, 9), Fraction.ZERO, 2);
        Theorem.Rule<Range> exact = new ValueRules.ExactError();
        assertThat(conclude(exact, problem, new Range(1, Fraction.ZERO, Fraction.ZERO), EQUIVALENCE, fit))
                .isEqualTo(new Statement.ErrorValue(1, Fraction.ZERO, Fraction.ZERO, true));
        assertThat(conclude(exact, problem, new Range(0, q(2, 9), q(2, 9)), EQUIVALENCE, fit))
                .isEqualTo(new Statement.ErrorValue(0, q(2, 9), q(2, 9), true));
        Range after = new Range(2, Fraction.ZERO, Fraction.ZERO);
        refuses(Reason.SHAPE, "t at most T", "2", () -> conclude(exact, problem, after, EQUIVALENCE, fit));
        for (Range range : List.of(
                new Range(0, q(2, 9), q(221, 1000)),
                new Range(0, q(223, 1000), Fraction.ONE),
                new Range(0, Fraction.ONE, Fraction.ZERO))) {
            assertThatThrownBy(() -> conclude(exact, problem, range, EQUIVALENCE, fit))
                    .isInstanceOfSatisfying(
                            Refusal.class, refusal -> assertThat(refusal.reason).isEqualTo(Reason.NOT_ENCLOSED));
        }
        Theorem.Rule<Powering> powering = new ValueRules.EnclosedError();
        Powering last = new Powering(40, new Range(1, Fraction.ZERO, q(1, 1 << 30)));
        assertThat(conclude(powering, problem, last, EQUIVALENCE, fit))
                .isEqualTo(new Statement.ErrorValue(1, Fraction.ZERO, q(1, 1 << 30), false));
        refuses(
                Reason.SHAPE,
                "t at most T",
                "2",
                () -> conclude(powering, problem, new Powering(40, after), EQUIVALENCE, fit));
    }

    private static Iterates iterate(long t, Fraction entry, Fraction distance) {
        return new Iterates(List.of(t), List.of(List.of(q(1, 3), entry)), List.of(distance));
    }

    @Test
    void roundedIteratesLieWithinTheirDistance() throws Refusal {
        Theorem.Rule<Iterates> rule = new ValueRules.RoundedIteratesRule();
        Problem problem = problem(constant(1, 9), 1);
        for (Fraction entry : List.of(q(1, 2), q(1, 6))) {
            assertThat(conclude(rule, problem, iterate(1, entry, q(1, 6))))
                    .isEqualTo(new Statement.RoundedIterates(List.of(1L), List.of(q(1, 6))));
            refuses(
                    Reason.NOT_ENCLOSED,
                    "at most 1/7 off at t = 1",
                    "not so",
                    () -> conclude(rule, problem, iterate(1, entry, q(1, 7))));
        }
        refuses(Reason.SHAPE, "t at most T", "2", () -> conclude(rule, problem, iterate(2, q(1, 3), Fraction.ONE)));
    }

    /** y = (1, 1): tt = (1/3, 1/3), and the step 1/9 takes 0 there at once. */
    @Test
    void trajectoriesFollowTheStepsUpToTheirResidual() throws Refusal {
        Theorem.Rule<Trajectory> rule = new ValueRules.RoundedTrajectoryRule();
        Problem problem = problem(constant(1, 9), 2);
        Statement steps = new Statement.SmallSteps(q(2, 9), q(2, 9), NINTH);
        Statement fit = new Statement.LeastSquares(List.of(q(1, 3), q(1, 3)), q(2, 9), Fraction.ZERO, 2);
        Statement.Factor power = new Statement.Power(q(8, 9), 1);
        List<Fraction> zero = List.of(Fraction.ZERO, Fraction.ZERO);
        // (3, 4)/30 off in every combination of signs, of length 1/6
        for (List<Fraction> last : List.of(
                List.of(q(13, 30), q(14, 30)),
                List.of(q(7, 30), q(14, 30)),
                List.of(q(13, 30), q(6, 30)),
                List.of(q(7, 30), q(6, 30)))) {
            List<List<Fraction>> iterates = List.of(zero, last);
            for (Fraction residual : List.of(q(1, 6), q(1, 5))) {
                assertThat(conclude(rule, problem, new Trajectory(residual, iterates), LOW, steps, fit))
                        .isEqualTo(new Statement.RoundedTrajectory(1, power, residual, q(2, 9)));
            }
            refuses(
                    Reason.NOT_ENCLOSED,
                    "every step at most 1/7 off",
                    "not so",
                    () -> conclude(rule, problem, new Trajectory(q(1, 7), iterates), LOW, steps, fit));
            refuses(
                    Reason.NOT_POSITIVE,
                    "a residual of at least 0",
                    "-1/6",
                    () -> conclude(rule, problem, new Trajectory(q(-1, 6), iterates), LOW, steps, fit));
            refuses(
                    Reason.RANK,
                    "rank X = d = 2",
                    "1",
                    () -> conclude(rule, problem, new Trajectory(q(1, 6), iterates), SINGULAR, steps, fit));
        }
        List<Fraction> there = List.of(q(1, 3), q(1, 3));
        List<List<Fraction>> whole = List.of(zero, there, there);
        assertThat(conclude(rule, problem, new Trajectory(Fraction.ZERO, whole), LOW, steps, fit))
                .isEqualTo(new Statement.RoundedTrajectory(2, new Statement.Power(q(8, 9), 2), Fraction.ZERO, q(2, 9)));
        for (List<List<Fraction>> shape : List.of(
                List.<List<Fraction>>of(),
                List.of(zero, there, there, there),
                List.of(zero, List.of(q(1, 3))),
                List.of(List.of(Fraction.ZERO)),
                List.of(List.of(q(1, 3), q(1, 3), q(1, 3))))) {
            refuses(
                    Reason.SHAPE,
                    "up to T + 1 iterates in R^d",
                    "not so",
                    () -> conclude(rule, problem, new Trajectory(Fraction.ONE, shape), LOW, steps, fit));
        }
        Problem literal = problem(new Step.InverseLambdaMax(), 2);
        refuses(
                Reason.STEP_KIND,
                "rational steps",
                "not so",
                () -> conclude(rule, literal, new Trajectory(Fraction.ZERO, List.of(zero)), LOW, steps, fit));
    }

    /** With eta mu = 1/2 no more than two residuals add up, however many there are; with a schedule all of them do. */
    @Test
    void residualsOfAConstantStepAddUpToALimit() throws Refusal {
        Theorem.Rule<Trajectory> rule = new ValueRules.RoundedTrajectoryRule();
        Statement one = new Statement.SmallestAtLeast(Fraction.ONE, 1);
        Statement fit = new Statement.LeastSquares(ZEROS.subList(0, 1), Fraction.ZERO, Fraction.ZERO, 1);
        Statement constant = new Statement.SmallSteps(q(3, 2), q(3, 2), q(1, 2));
        Statement schedule = new Statement.SmallSteps(q(3, 2), q(3, 2), null);
        Step half = new Step.Schedule(List.of(q(1, 2), q(1, 2), q(1, 2)));
        Fraction rho = q(1, 8);
        for (int k = 0; k <= 3; k++) {
            // standing still at 1/4, an eighth off the step to 1/8
            List<List<Fraction>> still = Collections.nCopies(k + 1, List.of(q(1, 4)));
            Problem given = Given.problem(new long[][] {{1}}, constant(1, 2), 3);
            assertThat(conclude(rule, given, new Trajectory(rho, still), one, constant, fit))
                    .isEqualTo(new Statement.RoundedTrajectory(
                            k, new Statement.Power(q(1, 2), k), rho.multiply(Fraction.of(Math.min(k, 2))), q(1, 16)));
            Problem scheduled = Given.problem(new long[][] {{1}}, half, 3);
            assertThat(conclude(rule, scheduled, new Trajectory(rho, still), one, schedule, fit))
                    .isEqualTo(new Statement.RoundedTrajectory(
                            k, new Statement.Product(Fraction.ONE), rho.multiply(Fraction.of(k)), q(1, 16)));
        }
    }

    /** G = 1 and T = 1 on a grid of 2: |1 - eta| is divided by 1 - 1/8, so that 1/8 gives just 1. */
    @Test
    void schedulesContractOnlyWithABoundBelowOne() throws Refusal {
        Theorem.Rule<Integer> rule = new ContractionRules.ScheduleContraction();
        Statement low = new Statement.SmallestAtLeast(Fraction.ONE, 1);
        Statement high = new Statement.LambdaMaxAtMost(Fraction.ONE);
        Problem exact = Given.problem(new long[][] {{1}}, schedule(q(1, 8)), 1);
        refuses(Reason.NOT_CONTRACTING, "a bound < 1", "1", () -> conclude(rule, exact, 2, low, high));
        Problem more = Given.problem(new long[][] {{1}}, schedule(q(9, 16)), 1);
        assertThat(conclude(rule, more, 2, low, high))
                .isEqualTo(new Statement.Contraction(new Statement.Value(q(1, 2)), false));
        refuses(Reason.GRID, "a grid of more than 1", "1", () -> conclude(rule, more, 1, low, high));
    }

    @Test
    void theValueOfThePapersBoundMayBeItsEnd() throws Refusal {
        Theorem.Rule<Range> rule = new ValueRules.PaperBoundValueRule();
        Problem problem = problem(constant(1, 9), 0);
        Statement bound = new Statement.PaperBound(Fraction.of(-3), 0, Fraction.ONE, Fraction.TWO);
        Fraction three = Fraction.of(3);
        assertThat(conclude(rule, problem, new Range(0, three, three), bound))
                .isEqualTo(new Statement.PaperBoundValue(three, three));
        for (Range range :
                List.of(new Range(0, q(301, 100), Fraction.of(4)), new Range(0, Fraction.ONE, q(299, 100)))) {
            assertThatThrownBy(() -> conclude(rule, problem, range, bound))
                    .isInstanceOfSatisfying(
                            Refusal.class, refusal -> assertThat(refusal.reason).isEqualTo(Reason.NOT_ENCLOSED));
        }
    }

    @Test
    void quotientsMayMeetTheirBounds() throws Refusal {
        Problem problem = problem(constant(1, 9), 1);
        BigInteger[] top = {BigInteger.ONE, BigInteger.ONE};
        BigInteger[] bottom = {BigInteger.ONE, BigInteger.ONE.negate()};
        Theorem.Rule<SpectrumRules.Rayleigh> largest = new SpectrumRules.LargestAtLeast();
        Theorem.Rule<SpectrumRules.Rayleigh> smallest = new SpectrumRules.SmallestAtMost();
        assertThat(conclude(largest, problem, new SpectrumRules.Rayleigh(Fraction.of(9), top)))
                .isEqualTo(REACHED);
        assertThat(conclude(smallest, problem, new SpectrumRules.Rayleigh(Fraction.ONE, bottom)))
                .isEqualTo(new Statement.SmallestAtMost(Fraction.ONE));
        refuses(
                Reason.RAYLEIGH,
                "a quotient of at least 91/10",
                "9",
                () -> conclude(largest, problem, new SpectrumRules.Rayleigh(q(91, 10), top)));
        refuses(
                Reason.RAYLEIGH,
                "a quotient of at most 9/10",
                "1",
                () -> conclude(smallest, problem, new SpectrumRules.Rayleigh(q(9, 10), bottom)));
        refuses(
                Reason.NOT_POSITIVE,
                "a bound > 0",
                "0",
                () -> conclude(largest, problem, new SpectrumRules.Rayleigh(Fraction.ZERO, top)));
    }

    @Test
    void premisesAreTakenInOrder() throws Refusal {
        Problem problem = problem(constant(1, 9), 1);
        Theorem.Premises premises = Given.premises(problem, LOW, HIGH);
        assertThat(premises.nextIs(Statement.LambdaMaxAtMost.class)).isFalse();
        refuses(
                Reason.PREMISE_KIND,
                "premise 1 of kind LambdaMaxAtMost",
                "given",
                () -> premises.take(Statement.LambdaMaxAtMost.class));
        assertThat(premises.take(Statement.SmallestAtLeast.class)).isEqualTo(LOW);
        refuses(Reason.PREMISE_KIND, "1 premises", "2", premises::end);
        assertThat(premises.take(Statement.LambdaMaxAtMost.class)).isEqualTo(HIGH);
        premises.end();
        assertThat(premises.nextIs(Statement.LambdaMaxAtMost.class)).isFalse();
        refuses(
                Reason.PREMISE_KIND,
                "premise 3 of kind LambdaMaxAtMost",
                "no further premise",
                () -> premises.take(Statement.LambdaMaxAtMost.class));
    }

    @Test
    void theoremsSayWhatDerivedThem() throws Refusal {
        Problem problem = problem(constant(1, 9), 1);
        Theorem.Rule<Void> rule = (given, premises, witness) -> HIGH;
        Theorem theorem = Theorem.derive(
                new Theorem.Named<>("a rule", "an id", rule), problem, new Theorem.Premises(List.of()), null);
        assertThat(theorem.rule()).isEqualTo("a rule");
        assertThat(theorem.id()).isEqualTo("an id");
        assertThat(theorem.statement()).isEqualTo(HIGH);
    }
}
