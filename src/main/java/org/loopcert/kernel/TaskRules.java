package org.loopcert.kernel;

import static org.loopcert.kernel.Refusal.require;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.loopcert.kernel.Instance.Step;
import org.loopcert.kernel.Verdict.Reason;

/** Rules about the labels: where they come from and what fits them best. */
final class TaskRules {
    private TaskRules() {}

    /** D y - D X theta, times the common denominator of theta, which comes last. */
    private static BigInteger[] residual(Problem problem, List<Fraction> theta) throws Refusal {
        BigInteger[] scaled = Vectors.overCommonDenominator(theta, problem.meter);
        BigInteger denominator = scaled[theta.size()];
        int words = (Vectors.bits(scaled) + problem.bits) / 64 + 1;
        problem.meter.memory(problem.n, words);
        problem.meter.work(words, words, problem.n, problem.d + 1L);
        for (int j = 0; j < problem.d; j++) {
            scaled[j] = scaled[j].negate();
        }
        BigInteger[] result = Arrays.copyOf(Vectors.multiply(problem.prompt, scaled), problem.n + 1);
        result[problem.n] = denominator;
        return result;
    }

    /** |y - X theta|^2. */
    static Fraction residualSquare(Problem problem, List<Fraction> theta) throws Refusal {
        BigInteger[] residual = residual(problem, theta);
        BigInteger denominator = residual[problem.n].multiply(problem.scale);
        residual[problem.n] = BigInteger.ZERO;
        return Fraction.of(Vectors.dot(residual, residual), denominator.multiply(denominator));
    }

    private static void requireShape(Problem problem, List<Fraction> theta) throws Refusal {
        require(theta.size() == problem.d, Reason.SHAPE, problem.d + " entries", theta.size());
    }

    /**
     * <pre>
     *   y - X theta* = 0
     *   ------------------------------------
     *   the labels are realizable by theta*
     * </pre>
     *
     * CHEN2024, Definition 3.2, with the norm computed and not assumed. Soundness-critical.
     */
    static final class RealizableRule implements Theorem.Rule<List<Fraction>> {
        @Override
        public List<Fraction> read(Fields fields) throws Refusal {
            return fields.fractions("theta");
        }

        @Override
        public Statement conclude(Problem problem, Theorem.Premises premises, List<Fraction> theta) throws Refusal {
            premises.end();
            requireShape(problem, theta);
            Fraction square = residualSquare(problem, theta);
            require(square.signum() == 0, Reason.NOT_REALIZABLE, "y = X theta*");
            boolean own = problem.instance.task().orElse(theta).equals(theta);
            require(own, Reason.NO_TASK, "the theta of the instance");
            return new Statement.Realizable(theta, Vectors.dot(theta, theta, problem.meter));
        }
    }

    /** A solution of the normal equations and, where rank X < d, a preimage under G. */
    record Solution(List<Fraction> theta, List<Fraction> preimage) {}

    /**
     * <pre>
     *   X'(y - X tt) = 0,  rank X = r,  tt = G w where r < d
     *   -----------------------------------------------------------------------------
     *   tt is the least-squares solution, of least norm; the only one where rank X = d
     * </pre>
     *
     * tt = G w puts tt into the row space, where the solution is unique. CHEN2024, Definition 3.9.
     * Soundness-critical.
     */
    static final class LeastSquaresRule implements Theorem.Rule<Solution> {
        @Override
        public Solution read(Fields fields) throws Refusal {
            return new Solution(fields.fractions("theta"), fields.fractions("preimage"));
        }

        @Override
        public Statement conclude(Problem problem, Theorem.Premises premises, Solution witness) throws Refusal {
            int rank = premises.take(Statement.SmallestAtLeast.class).rank();
            premises.end();
            List<Fraction> theta = witness.theta();
            requireShape(problem, theta);
            BigInteger[] residual = residual(problem, theta);
            for (int j = 0; j < problem.d; j++) {
                BigInteger normal = BigInteger.ZERO;
                for (int i = 0; i < problem.n; i++) {
                    normal = normal.add(problem.examples[i][j].multiply(residual[i]));
                }
                require(normal.signum() == 0, Reason.NOT_LEAST_SQUARES, "X'(y - X tt) = 0");
            }
            if (rank < problem.d) {
                requireShape(problem, witness.preimage());
                BigInteger[] scaled = Vectors.overCommonDenominator(witness.preimage(), problem.meter);
                BigInteger[] w = Arrays.copyOf(scaled, problem.d);
                BigInteger[] image = Vectors.multiply(problem.gram, w);
                BigInteger denominator = scaled[problem.d].multiply(problem.square);
                for (int j = 0; j < problem.d; j++) {
                    boolean equal = theta.get(j).equals(Fraction.of(image[j], denominator));
                    require(equal, Reason.NOT_LEAST_SQUARES, "tt = G w, so that tt has least norm");
                }
            } else {
                require(witness.preimage().isEmpty(), Reason.SHAPE, "no preimage where rank X = d");
            }
            return new Statement.LeastSquares(
                    theta, Vectors.dot(theta, theta, problem.meter), residualSquare(problem, theta), rank);
        }
    }

    /** A theorem and the hypothesis that fails. */
    record Missing(String theorem, String hypothesis) {}

    /**
     * <pre>
     *   a fact that contradicts the hypothesis
     *   --------------------------------------
     *   the theorem's hypothesis is not met
     * </pre>
     *
     * The fact is a premise, or is read off the instance. Soundness-critical.
     */
    static final class UnmetRule implements Theorem.Rule<Missing> {
        private static final Set<String> ALL = Set.of("label-noise", "rank-deficient", "start", "norm", "step");
        private static final Map<String, Set<String>> HYPOTHESES = Map.of(
                "theorem-4.4", ALL,
                "tight-bound", ALL,
                "doubled-exponent", ALL,
                "two-sided", ALL,
                "error-identity", Set.of("label-noise", "start"));

        @Override
        public Missing read(Fields fields) throws Refusal {
            Missing missing = new Missing(fields.string("theorem"), fields.string("hypothesis"));
            if (!HYPOTHESES.getOrDefault(missing.theorem(), Set.of()).contains(missing.hypothesis())) {
                throw Refusal.malformed(
                        fields.at(), "a theorem and one of its hypotheses", Json.brief(missing.hypothesis()));
            }
            return missing;
        }

        @Override
        public Statement conclude(Problem problem, Theorem.Premises premises, Missing witness) throws Refusal {
            String because = because(problem, premises, witness.hypothesis());
            premises.end();
            require(because != null, Reason.HYPOTHESIS_HOLDS, "the hypothesis to fail");
            return new Statement.Unmet(witness.theorem(), witness.hypothesis(), because);
        }

        private static String because(Problem problem, Theorem.Premises premises, String hypothesis) throws Refusal {
            Instance instance = problem.instance;
            return switch (hypothesis) {
                case "label-noise" -> {
                    Fraction least = premises.take(Statement.LeastSquares.class).residual();
                    String noise = "y differs from X theta for every theta; the least |y - X theta|^2 is " + least;
                    yield least.signum() == 0 ? null : noise;
                }
                case "rank-deficient" -> {
                    int rank = premises.take(Statement.SmallestAtLeast.class).rank();
                    yield rank == problem.d ? null : "rank X = " + rank + " < d = " + problem.d;
                }
                case "start" -> instance.startsAtZero() ? null : "q(0) is not zero";
                case "norm" -> {
                    Fraction square = premises.take(Statement.Realizable.class).normSquare();
                    int rank = premises.take(Statement.SmallestAtLeast.class).rank();
                    boolean only = rank == problem.d || instance.task().isPresent();
                    require(only, Reason.RANK, "the only theta*, or the instance's own");
                    yield square.equals(Fraction.ONE) ? null : "|theta*|^2 = " + square;
                }
                default ->
                    stepTooLarge(
                            instance.step(),
                            premises.take(Statement.LambdaMaxAtLeast.class).bound());
            };
        }

        private static String stepTooLarge(Step step, Fraction smoothness) {
            for (Fraction eta : step.given()) {
                if (eta.signum() <= 0 || Fraction.ONE.below(eta.multiply(smoothness))) {
                    return "a step of " + eta + " is not in (0, 1/lambda_max]";
                }
            }
            return null;
        }
    }
}
