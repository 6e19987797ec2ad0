package org.loopcert.kernel;

import static org.loopcert.kernel.Refusal.require;

import java.util.List;
import org.loopcert.kernel.Instance.Step;
import org.loopcert.kernel.Verdict.Reason;

/** Rules about the final prediction error |<TF, theta*> - alpha|, and what replaces it. */
final class BoundRules {
    private BoundRules() {}

    private static void requireZeroStart(Problem problem) throws Refusal {
        require(problem.instance.startsAtZero(), Reason.START_NOT_ZERO, "q(0) = 0");
    }

    private static void requireRank(Problem problem, int rank) throws Refusal {
        require(rank == problem.d, Reason.RANK, "rank X = d = " + problem.d, rank);
    }

    /** The hypotheses that the paper's own theorem shares with its sharper forms. */
    private static void requireUnitTask(Problem problem, Theorem.Premises premises) throws Refusal {
        premises.take(Statement.Equivalence.class);
        Fraction norm = premises.take(Statement.Realizable.class).normSquare();
        require(norm.equals(Fraction.ONE), Reason.NOT_UNIT, "|theta*|^2 = 1", norm);
        requireZeroStart(problem);
    }

    /** The mean of eta_t mu over the steps, from below; zero for T = 0. */
    private static Fraction meanExponent(Problem problem, Statement.SmallSteps steps, Fraction muLower) {
        long loops = problem.instance.loops();
        return loops == 0 ? Fraction.ZERO : steps.sumLower().multiply(muLower).divide(Fraction.of(loops));
    }

    /** The literal step needs no slack, and without a loop there is nothing to show. */
    private static void requireExponent(Problem problem, Fraction needed, Fraction found) throws Refusal {
        boolean free = problem.instance.step() instanceof Step.InverseLambdaMax || problem.instance.loops() == 0;
        require(free || needed.atMost(found), Reason.EXPONENT, "an exponent of at least " + needed, found);
    }

    /**
     * <pre>
     *   step equivalence,  y = X theta*, |theta*| = 1,  rank X = d,  q(0) = 0,
     *   0 < eta_t <= 1/lambda_max,  mu sum eta_t >= T/(2 kappa') for a kappa' <= kappa
     *   -----------------------------------------------------------------------------
     *   |<TF, theta*> - alpha| <= |alpha| exp(-T/(2 kappa))
     * </pre>
     *
     * prod (1 - eta_t mu) <= exp(-mu sum eta_t). The literal step needs no slack, since then every
     * factor is at most 1 - 1/kappa. CHEN2024, Theorem 4.4. Soundness-critical.
     */
    static final class PaperBoundRule implements Theorem.Rule<Void> {
        @Override
        public Statement conclude(Problem problem, Theorem.Premises premises, Void witness) throws Refusal {
            requireUnitTask(problem, premises);
            Statement.Spectrum spectrum = premises.take(Statement.Spectrum.class);
            Statement.SmallSteps steps = premises.take(Statement.SmallSteps.class);
            premises.end();
            requireRank(problem, spectrum.rank());
            Fraction needed = Fraction.ONE.divide(Fraction.TWO.multiply(spectrum.kappaLower()));
            requireExponent(problem, needed, meanExponent(problem, steps, spectrum.muLower()));
            return new Statement.PaperBound(
                    problem.instance.alpha(), problem.instance.loops(), spectrum.kappaLower(), spectrum.kappaUpper());
        }
    }

    /**
     * <pre>
     *   hypotheses of theorem-4.4 without its last one
     *   -----------------------------------------------------
     *   |<TF, theta*> - alpha| <= |alpha| prod (1 - eta_t mu)
     * </pre>
     *
     * CHEN2024, Lemma 4.3 with Lemma 5.6 unsquared: twice the exponent. Soundness-critical.
     */
    static final class TightBoundRule implements Theorem.Rule<Void> {
        @Override
        public Statement conclude(Problem problem, Theorem.Premises premises, Void witness) throws Refusal {
            requireUnitTask(problem, premises);
            Statement.SmallestAtLeast low = premises.take(Statement.SmallestAtLeast.class);
            Statement.SmallSteps steps = premises.take(Statement.SmallSteps.class);
            premises.end();
            requireRank(problem, low.rank());
            Statement.Factor factor = ContractionRules.smallStepFactor(problem.instance.loops(), steps, low.bound());
            return new Statement.TightBound(problem.instance.alpha(), factor);
        }
    }

    /**
     * <pre>
     *   hypotheses of theorem-4.4,  x + x^2/2 >= 1/kappa' for x = mean of eta_t mu, kappa' <= kappa
     *   -------------------------------------------------------------------------------------------
     *   |<TF, theta*> - alpha| <= |alpha| exp(-T/kappa)
     * </pre>
     *
     * ln(1 - x) <= -x - x^2/2, convexity of x^2, and for the literal step 1 - 1/kappa <=
     * exp(-1/kappa). Soundness-critical.
     */
    static final class DoubledExponentRule implements Theorem.Rule<Void> {
        @Override
        public Statement conclude(Problem problem, Theorem.Premises premises, Void witness) throws Refusal {
            requireUnitTask(problem, premises);
            Statement.Spectrum spectrum = premises.take(Statement.Spectrum.class);
            Statement.SmallSteps steps = premises.take(Statement.SmallSteps.class);
            premises.end();
            requireRank(problem, spectrum.rank());
            Fraction mean = meanExponent(problem, steps, spectrum.muLower());
            Fraction exponent = mean.add(mean.multiply(mean).divide(Fraction.TWO));
            requireExponent(problem, Fraction.ONE.divide(spectrum.kappaLower()), exponent);
            return new Statement.DoubledExponent(problem.instance.alpha(), problem.instance.loops());
        }
    }

    /**
     * <pre>
     *   step equivalence,  tt least-squares solution of least norm,  |e(T)| <= f |e(0)|
     *   ------------------------------------------------------------------------------
     *   |<TF, tt> - alpha |tt|^2| <= |alpha| |tt| f |theta(0) - tt|
     * </pre>
     *
     * theta(T) = tt + e(T) + v with v in the null space and tt orthogonal to it; |e(0)| <= |theta(0)
     * - tt|. Cauchy-Schwarz as in CHEN2024, Lemma 4.3. Soundness-critical.
     */
    static final class GeneralLabelsRule implements Theorem.Rule<Void> {
        @Override
        public Statement conclude(Problem problem, Theorem.Premises premises, Void witness) throws Refusal {
            premises.take(Statement.Equivalence.class);
            Statement.LeastSquares solution = premises.take(Statement.LeastSquares.class);
            Statement.Factor factor = premises.take(Statement.Contraction.class).factor();
            premises.end();
            Fraction alpha = problem.instance.alpha();
            List<Fraction> distance =
                    Vectors.subtract(problem.instance.firstIterate(), solution.theta(), problem.meter);
            Fraction square = Vectors.dot(distance, distance, problem.meter);
            Fraction scale = alpha.multiply(alpha).multiply(solution.normSquare());
            return new Statement.GeneralLabels(scale.multiply(square), factor);
        }
    }

    /**
     * <pre>
     *   step equivalence,  tt of least norm, rank X < d,  y = X theta*,  q(0) = 0,  |e(T)| <= f |e(0)|
     *   ----------------------------------------------------------------------------------------------
     *   |(<TF, theta*> - alpha |theta*|^2) + alpha (|theta*|^2 - |tt|^2)| <= |alpha| |tt|^2 f
     * </pre>
     *
     * tt = Pi theta*, and theta(T) stays in the row space, where e(T) = theta(T) - tt.
     * Soundness-critical.
     */
    static final class LimitErrorRule implements Theorem.Rule<Void> {
        @Override
        public Statement conclude(Problem problem, Theorem.Premises premises, Void witness) throws Refusal {
            premises.take(Statement.Equivalence.class);
            Statement.LeastSquares solution = premises.take(Statement.LeastSquares.class);
            Statement.Realizable task = premises.take(Statement.Realizable.class);
            Statement.Factor factor = premises.take(Statement.Contraction.class).factor();
            premises.end();
            requireZeroStart(problem);
            require(solution.rank() < problem.d, Reason.RANK, "rank X < d = " + problem.d, solution.rank());
            Fraction alpha = problem.instance.alpha();
            Fraction norm = solution.normSquare();
            return new Statement.LimitError(
                    task.theta(),
                    alpha.abs().multiply(task.normSquare().subtract(norm)),
                    alpha.multiply(alpha).multiply(norm).multiply(norm),
                    factor);
        }
    }

    /**
     * <pre>
     *   step equivalence,  rank X = d,  0 < eta_t <= 1/lambda_max,  q(0) = 0,  eps = y - X theta*
     *   ------------------------------------------------------------------------------------------
     *   |<TF, theta*> - alpha |theta*|^2| <= |alpha| (|theta*|^2 prod (1 - eta_t mu)
     *                                       + |theta*| |eps| min(1/sqrt(mu), sqrt(sum eta_t)))
     * </pre>
     *
     * Along a singular value s of X the noise is amplified by (1 - prod (1 - eta_t s^2))/s, at most
     * min(1/s, s sum eta_t). Soundness-critical.
     */
    static final class NoiseRule implements Theorem.Rule<Void> {
        @Override
        public Statement conclude(Problem problem, Theorem.Premises premises, Void witness) throws Refusal {
            premises.take(Statement.Equivalence.class);
            Statement.SmallestAtLeast low = premises.take(Statement.SmallestAtLeast.class);
            Statement.SmallSteps steps = premises.take(Statement.SmallSteps.class);
            premises.end();
            requireRank(problem, low.rank());
            requireZeroStart(problem);
            require(problem.instance.task().isPresent(), Reason.NO_TASK, "theta in the instance");
            List<Fraction> theta = problem.instance.task().get();
            Fraction norm = Vectors.dot(theta, theta, problem.meter);
            Fraction amplification = Fraction.ONE.divide(low.bound()).min(steps.sumUpper());
            Fraction floor =
                    norm.multiply(TaskRules.residualSquare(problem, theta)).multiply(amplification);
            Statement.Factor factor = ContractionRules.smallStepFactor(problem.instance.loops(), steps, low.bound());
            return new Statement.Noise(problem.instance.alpha().abs(), norm, factor, floor);
        }
    }

    /**
     * <pre>
     *   step equivalence,  y = X theta*,  q(0) = 0
     *   ---------------------------------------------------------------
     *   <TF, theta*> - alpha |theta*|^2 = -alpha theta*' p_T(G) theta*
     * </pre>
     *
     * theta(T) - theta* = p_T(G) (0 - theta*). Soundness-critical.
     */
    static final class ErrorIdentityRule implements Theorem.Rule<Void> {
        @Override
        public Statement conclude(Problem problem, Theorem.Premises premises, Void witness) throws Refusal {
            premises.take(Statement.Equivalence.class);
            Statement.Realizable task = premises.take(Statement.Realizable.class);
            premises.end();
            requireZeroStart(problem);
            return new Statement.ErrorIdentity(task.theta());
        }
    }

    /**
     * <pre>
     *   hypotheses of tight-bound,  one constant step eta <= 1/lambda_max
     *   ------------------------------------------------------------------
     *   (1 - eta |y|^2)^T <= |<TF, theta*> - alpha|/|alpha| <= (1 - eta mu)^T
     * </pre>
     *
     * The error is theta*'(I - eta G)^T theta* by the identity; x^T is convex on [0, 1] and the
     * weights of theta* on the eigenvectors sum to 1 (Jensen). Soundness-critical.
     */
    static final class TwoSidedRule implements Theorem.Rule<Void> {
        @Override
        public Statement conclude(Problem problem, Theorem.Premises premises, Void witness) throws Refusal {
            requireUnitTask(problem, premises);
            Statement.SmallestAtLeast low = premises.take(Statement.SmallestAtLeast.class);
            Statement.SmallSteps steps = premises.take(Statement.SmallSteps.class);
            premises.end();
            requireRank(problem, low.rank());
            require(steps.constant() != null, Reason.STEP_KIND, "a constant step", problem.instance.step());
            long loops = problem.instance.loops();
            Fraction largest = loops == 0 ? steps.constant() : steps.sumUpper().divide(Fraction.of(loops));
            Fraction square = Fraction.of(problem.labelSquare, problem.square);
            return new Statement.TwoSided(
                    Fraction.ONE.subtract(largest.multiply(square)).max(Fraction.ZERO),
                    Fraction.ONE.subtract(steps.constant().multiply(low.bound())),
                    loops);
        }
    }
}
