package org.loopcert.kernel;

import static org.loopcert.kernel.Refusal.require;

import java.math.BigInteger;
import java.util.List;
import org.loopcert.kernel.Instance.Step;
import org.loopcert.kernel.Verdict.Reason;

/** Rules about the factor by which the distance to the limit shrinks, or does not. */
final class ContractionRules {
    private ContractionRules() {}

    /** The step of the instance, which must be of this kind. */
    static <S extends Step> S step(Problem problem, Class<S> kind) throws Refusal {
        Step step = problem.instance.step();
        String found = step.getClass().getSimpleName();
        require(kind.isInstance(step), Reason.STEP_KIND, kind.getSimpleName(), found);
        return kind.cast(step);
    }

    /**
     * <pre>
     *   0 < eta_t <= 1/L,  lambda_max <= L          eta_t = 1/lambda_max (the literal step)
     *   -----------------------------------   or   ---------------------------------------
     *   the steps are small                         the steps are small
     * </pre>
     *
     * CHEN2024, the hypothesis of Lemma 5.6. Soundness-critical.
     */
    static final class SmallStepsRule implements Theorem.Rule<Void> {
        @Override
        public Statement conclude(Problem problem, Theorem.Premises premises, Void witness) throws Refusal {
            Fraction loops = Fraction.of(problem.instance.loops());
            if (problem.instance.step() instanceof Step.InverseLambdaMax) {
                Fraction lower = premises.take(Statement.LambdaMaxAtLeast.class).bound();
                Fraction upper = premises.take(Statement.LambdaMaxAtMost.class).bound();
                premises.end();
                Fraction eta = Fraction.ONE.divide(upper);
                return new Statement.SmallSteps(loops.multiply(eta), loops.divide(lower), eta);
            }
            Fraction smoothness = premises.take(Statement.LambdaMaxAtMost.class).bound();
            premises.end();
            Fraction sum = Fraction.ZERO;
            for (Fraction eta : problem.instance.step().given()) {
                boolean small = eta.signum() > 0 && eta.multiply(smoothness).atMost(Fraction.ONE);
                require(small, Reason.STEP_TOO_LARGE, "every step in (0, 1/L]", eta);
                sum = sum.add(eta);
                problem.meter.denominator(sum.denominator());
            }
            if (problem.instance.step() instanceof Step.Constant constant) {
                return new Statement.SmallSteps(loops.multiply(sum), loops.multiply(sum), constant.eta());
            }
            return new Statement.SmallSteps(sum, sum, null);
        }
    }

    /**
     * <pre>
     *   mu I <= G on the row space,  0 < eta_t <= 1/lambda_max
     *   -----------------------------------------------------------------
     *   |e(t+1)| <= (1 - eta_t mu) |e(t)|,  |e(T)| <= prod (1 - eta_t mu) |e(0)|
     * </pre>
     *
     * CHEN2024, Lemma 5.6, without the square. Soundness-critical.
     */
    static final class SmallStepContraction implements Theorem.Rule<Void> {
        @Override
        public Statement conclude(Problem problem, Theorem.Premises premises, Void witness) throws Refusal {
            Fraction mu = premises.take(Statement.SmallestAtLeast.class).bound();
            Statement.SmallSteps steps = premises.take(Statement.SmallSteps.class);
            premises.end();
            boolean contracts = steps.constant() != null || problem.instance.loops() > 0;
            require(contracts, Reason.NOT_CONTRACTING, "a schedule of at least one step");
            return new Statement.Contraction(smallStepFactor(problem.instance.loops(), steps, mu), true);
        }
    }

    /** prod (1 - eta_t mu), or for a constant step its power. */
    static Statement.Factor smallStepFactor(long loops, Statement.SmallSteps steps, Fraction mu) {
        return steps.constant() == null
                ? new Statement.Product(mu)
                : new Statement.Power(Fraction.ONE.subtract(steps.constant().multiply(mu)), loops);
    }

    /**
     * <pre>
     *   mu I <= G <= L I on the row space,  rho = max(|1 - eta mu|, |1 - eta L|) < 1
     *   ---------------------------------------------------------------------------
     *   |e(t+1)| <= rho |e(t)|,  |e(T)| <= rho^T |e(0)|
     * </pre>
     *
     * |1 - eta x| is convex in x, so that its maximum over [mu, L] lies at an end.
     * Soundness-critical.
     */
    static final class ConstantContraction implements Theorem.Rule<Void> {
        @Override
        public Statement conclude(Problem problem, Theorem.Premises premises, Void witness) throws Refusal {
            Fraction mu = premises.take(Statement.SmallestAtLeast.class).bound();
            Fraction smoothness = premises.take(Statement.LambdaMaxAtMost.class).bound();
            premises.end();
            Fraction eta = step(problem, Step.Constant.class).eta();
            Fraction low = Fraction.ONE.subtract(eta.multiply(mu));
            Fraction high = Fraction.ONE.subtract(eta.multiply(smoothness));
            Fraction rho = low.abs().max(high.abs());
            require(rho.below(Fraction.ONE), Reason.NOT_CONTRACTING, "rho < 1", rho);
            return new Statement.Contraction(new Statement.Power(rho, problem.instance.loops()), false);
        }
    }

    /**
     * <pre>
     *   mu I <= G <= L I on the row space,  p(x) = prod (1 - eta_t x) of degree T < N,
     *   c >= |p| at the 2N+1 points of the grid, divided by 1 - T^2/(2 N^2),  c < 1
     *   -----------------------------------------------------------------------------
     *   |e(T)| <= c |e(0)|
     * </pre>
     *
     * The grid x = +-(N^2 - j^2)/(N^2 + j^2), j = 0..N, mapped from [-1, 1] to [mu, L], leaves no
     * angle arccos x further than 1/N from a grid point. By M. Riesz's lemma a trigonometric
     * polynomial of degree T that attains its maximum modulus m at an angle is at least m cos(T/N) at
     * every angle within 1/N of it, and cos u >= 1 - u^2/2. Soundness-critical.
     */
    static final class ScheduleContraction implements Theorem.Rule<Integer> {
        @Override
        public Integer read(Fields fields) throws Refusal {
            return fields.index("grid", 1, 10_000_000);
        }

        @Override
        public Statement conclude(Problem problem, Theorem.Premises premises, Integer grid) throws Refusal {
            Fraction mu = premises.take(Statement.SmallestAtLeast.class).bound();
            Fraction smoothness = premises.take(Statement.LambdaMaxAtMost.class).bound();
            premises.end();
            Step.Schedule schedule = step(problem, Step.Schedule.class);
            long loops = problem.instance.loops();
            require(loops < grid, Reason.GRID, "a grid of more than " + loops, grid);
            long bits =
                    (long) mu.denominator().bitLength() + smoothness.numerator().bitLength();
            for (Fraction eta : schedule.given()) {
                bits = Math.max(bits, eta.bits());
            }
            problem.meter.work(bits / 64 + 1, 50, 2, loops, grid);
            Fraction middle = mu.add(smoothness).divide(Fraction.TWO);
            Fraction radius = smoothness.subtract(mu).divide(Fraction.TWO);
            Rounded largest = modulus(schedule.given(), mu);
            long square = Math.multiplyExact((long) grid, grid);
            for (long j = -grid; j <= grid; j++) {
                Fraction node = Fraction.of(
                        BigInteger.valueOf(Long.signum(j) * (square - j * j)), BigInteger.valueOf(square + j * j));
                if (j == 0) {
                    node = Fraction.ONE;
                }
                Rounded value = modulus(schedule.given(), middle.add(radius.multiply(node)));
                largest = largest.below(value) ? value : largest;
            }
            Fraction slack = Fraction.ONE.subtract(Fraction.of(
                    BigInteger.valueOf(loops).pow(2), BigInteger.valueOf(square).shiftLeft(1)));
            Fraction bound = largest.value(problem.meter).divide(slack);
            require(bound.below(Fraction.ONE), Reason.NOT_CONTRACTING, "a bound < 1", bound);
            return new Statement.Contraction(new Statement.Value(bound), false);
        }

        /** An upper bound of |p(x)|. */
        private static Rounded modulus(List<Fraction> etas, Fraction x) {
            Rounded product = Rounded.one(true);
            for (Fraction eta : etas) {
                BigInteger denominator = eta.denominator().multiply(x.denominator());
                BigInteger difference = denominator.subtract(eta.numerator().multiply(x.numerator()));
                product = product.times(difference.abs(), denominator);
            }
            return product;
        }
    }

    /**
     * <pre>
     *   v != 0,  r = v'Gv / v'v > 0,  eta r >= 2 or eta <= 0
     *   ----------------------------------------------------------
     *   |1 - eta lambda_max| >= |1 - eta r| >= 1: no contraction
     * </pre>
     *
     * lambda_max >= r by Rayleigh-Ritz. Soundness-critical.
     */
    static final class ConstantDivergence implements Theorem.Rule<BigInteger[]> {
        @Override
        public BigInteger[] read(Fields fields) throws Refusal {
            return fields.integers("vector");
        }

        @Override
        public Statement conclude(Problem problem, Theorem.Premises premises, BigInteger[] v) throws Refusal {
            premises.end();
            Step.Constant constant = step(problem, Step.Constant.class);
            Fraction quotient = problem.rayleigh(v);
            Fraction product = constant.eta().multiply(quotient);
            boolean grows = constant.eta().signum() <= 0 || Fraction.TWO.atMost(product);
            require(quotient.signum() > 0 && grows, Reason.NOT_REFUTED, "eta v'Gv >= 2 v'v, or eta <= 0", product);
            return new Statement.NonContraction(Fraction.ONE.subtract(product).abs(), true);
        }
    }

    /**
     * <pre>
     *   an eigenvalue in [a, b], a > 0,  prod_t min over [a, b] of |1 - eta_t x| >= 1
     *   ----------------------------------------------------------------------------
     *   |p_T(lambda)| >= 1 for that eigenvalue: no contraction
     * </pre>
     *
     * The eigenvalue is lambda_max or the smallest positive one, by its two premises.
     * Soundness-critical.
     */
    static final class ScheduleDivergence implements Theorem.Rule<Void> {
        @Override
        public Statement conclude(Problem problem, Theorem.Premises premises, Void witness) throws Refusal {
            boolean largest = premises.nextIs(Statement.LambdaMaxAtLeast.class);
            Fraction low = largest
                    ? premises.take(Statement.LambdaMaxAtLeast.class).bound()
                    : premises.take(Statement.SmallestAtLeast.class).bound();
            Fraction high = largest
                    ? premises.take(Statement.LambdaMaxAtMost.class).bound()
                    : premises.take(Statement.SmallestAtMost.class).bound();
            premises.end();
            Step.Schedule schedule = step(problem, Step.Schedule.class);
            require(!schedule.given().isEmpty(), Reason.NOT_REFUTED, "at least one step");
            Rounded product = Rounded.one(false);
            for (Fraction eta : schedule.given()) {
                Fraction first = Fraction.ONE.subtract(eta.multiply(low));
                Fraction last = Fraction.ONE.subtract(eta.multiply(high));
                // the smaller modulus, or 0 where the sign changes in between
                Fraction least = first.min(last).max(first.max(last).negate()).max(Fraction.ZERO);
                product = product.times(least.numerator(), least.denominator());
            }
            Fraction gain = product.value(problem.meter);
            require(Fraction.ONE.atMost(gain), Reason.NOT_REFUTED, "a product of at least 1", gain);
            return new Statement.NonContraction(gain, false);
        }
    }
}
