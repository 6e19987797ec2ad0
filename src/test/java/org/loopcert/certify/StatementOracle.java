package org.loopcert.certify;

import ch.obermuhlner.math.big.BigRational;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.Instance;
import org.loopcert.kernel.Json;
import org.loopcert.kernel.Statement;
import org.loopcert.kernel.Theorem;
import org.loopcert.kernel.Verdict;
import org.loopcert.ring.RationalField;

/**
 * Confirms what an accepted certificate establishes, statement by statement, from the instance alone: by the definitions,
 * in BigRational arithmetic and with eigenvalues counted by Descartes' rule. Never asks how the kernel came to it.
 */
final class StatementOracle {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Precisions at which irrational numbers are enclosed until a comparison is decided. */
    private static final int[] BITS = {64, 320, 1600, 8000};

    private static final int REMEMBERED = 64;

    private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** An instance's facts and the statements that were confirmed for it. */
    private record Known(ExactFacts facts, Set<String> confirmed) {}

    /** Fails with an AssertionError that names the first statement that is not true. */
    void confirm(Verdict.Accepted accepted, byte[] certificate) {
        Instance instance = accepted.instance();
        String text = new String(Json.print(instance.text()), StandardCharsets.US_ASCII);
        Known about = known.computeIfAbsent(text, key -> new Known(new ExactFacts(instance), new HashSet<>()));
        List<BigRational[]> tasks = new ArrayList<>();
        for (int i = 0; i < accepted.theorems().size(); i++) {
            Theorem theorem = accepted.theorems().get(i);
            Statement statement = theorem.statement();
            boolean refers =
                    statement instanceof Statement.RoundedIterates || statement instanceof Statement.RoundedTrajectory;
            JsonNode line = refers ? line(certificate, i) : null;
            String key = statement + " " + tasks.stream().map(Arrays::toString).toList() + " " + line;
            if (!about.confirmed().contains(key)) {
                new Confirmation(about.facts(), instance, tasks, line, statement).run();
                about.confirmed().add(key);
            }
            if (statement instanceof Statement.Realizable realizable) {
                tasks.add(Naive.rationals(realizable.theta()));
            }
        }
    }

    /** One statement by itself; theta* is the one named by the instance, or else the least-squares solution. */
    static void confirm(Instance instance, Statement statement, JsonNode line) {
        ExactFacts facts = new ExactFacts(instance);
        BigRational[] task = instance.task().map(Naive::rationals).orElse(facts.solution);
        List<BigRational[]> tasks = facts.realizes(task) ? List.<BigRational[]>of(task) : List.of();
        new Confirmation(facts, instance, tasks, line, statement).run();
    }

    private static JsonNode line(byte[] certificate, int index) {
        try {
            return JSON.readTree(certificate).get("lines").get(index);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One statement about one instance.
     *
     * @param tasks the theta* that the certificate has shown to realize the labels
     * @param line the certificate's line, where the statement refers to numbers that only the line holds
     */
    private record Confirmation(
            ExactFacts facts, Instance instance, List<BigRational[]> tasks, JsonNode line, Statement statement) {

        void run() {
            if (statement instanceof Statement.StepEquivalence s) {
                stepEquivalence(s);
            } else if (statement instanceof Statement.Replayed s) {
                replayed(s);
            } else if (statement instanceof Statement.LambdaMaxAtMost s) {
                require(lambdaMaxAtMost(Naive.rational(s.bound())), "lambda_max <= bound");
            } else if (statement instanceof Statement.SmallestAtLeast s) {
                require(s.rank() == facts.rank, "rank X");
                require(smallestAtLeast(Naive.rational(s.bound())), "smallest positive eigenvalue >= bound > 0");
            } else if (statement instanceof Statement.LambdaMaxAtLeast s) {
                require(lambdaMaxAtLeast(Naive.rational(s.bound())), "lambda_max >= bound > 0");
            } else if (statement instanceof Statement.SmallestAtMost s) {
                require(smallestAtMost(Naive.rational(s.bound())), "smallest positive eigenvalue <= bound");
            } else if (statement instanceof Statement.Spectrum s) {
                spectrum(s);
            } else if (statement instanceof Statement.SmallSteps s) {
                smallSteps(s);
            } else if (statement instanceof Statement.Contraction s) {
                requireContraction(s.factor());
                require(!s.smallSteps() || facts.stepsAreSmall(), "steps of at most 1/lambda_max");
            } else if (statement instanceof Statement.Exponential s) {
                exponential(s);
            } else if (statement instanceof Statement.Realizable s) {
                realizable(s);
            } else if (statement instanceof Statement.LeastSquares s) {
                leastSquares(s);
            } else if (statement instanceof Statement.PaperBound s) {
                paperBound(s);
            } else if (statement instanceof Statement.PaperBoundValue s) {
                paperBoundValue(s);
            } else if (statement instanceof Statement.TightBound s) {
                tightBound(s);
            } else if (statement instanceof Statement.DoubledExponent s) {
                requireUnitTask(s.alpha());
                require(s.loops() == facts.loops, "T");
                requireAtMost(this::relativeError, bits -> exponential(1, bits), "error <= |alpha| exp(-T/kappa)");
            } else if (statement instanceof Statement.GeneralLabels s) {
                generalLabels(s);
            } else if (statement instanceof Statement.LimitError s) {
                limitError(s);
            } else if (statement instanceof Statement.Noise s) {
                noise(s);
            } else if (statement instanceof Statement.ErrorIdentity s) {
                errorIdentity(Naive.rationals(s.theta()));
            } else if (statement instanceof Statement.TwoSided s) {
                twoSided(s);
            } else if (statement instanceof Statement.NonContraction s) {
                nonContraction(s);
            } else if (statement instanceof Statement.ErrorValue s) {
                errorValue(s);
            } else if (statement instanceof Statement.RoundedIterates s) {
                roundedIterates(s);
            } else if (statement instanceof Statement.RoundedTrajectory s) {
                roundedTrajectory(s);
            } else if (statement instanceof Statement.Unmet s) {
                unmet(s);
            } else {
                throw new AssertionError("the oracle knows no statement of kind " + statement.getClass());
            }
        }

        private void require(boolean condition, String what) {
            if (!condition) {
                throw new AssertionError("not so: " + what + "\n  statement " + statement + "\n  theta* "
                        + tasks.stream().map(Arrays::toString).toList() + "\n  line " + line + "\n  instance "
                        + new String(Json.print(instance.text()), StandardCharsets.US_ASCII));
            }
        }

        /** left <= right, both enclosed ever more tightly until the answer is certain. */
        private void requireAtMost(IntFunction<Bracket> left, IntFunction<Bracket> right, String what) {
            for (int bits : BITS) {
                Bracket a = left.apply(bits);
                Bracket b = right.apply(bits);
                if (Naive.atMost(a.high(), b.low())) {
                    return;
                }
                require(Naive.atMost(a.low(), b.high()), what);
            }
            require(false, what + " (not decided at " + BITS[BITS.length - 1] + " bits)");
        }

        private static IntFunction<Bracket> exactly(BigRational value) {
            return bits -> Bracket.of(value);
        }

        private boolean lambdaMaxAtMost(BigRational bound) {
            return facts.eigenvalues.countAbove(bound) == 0;
        }

        private boolean lambdaMaxAtLeast(BigRational bound) {
            return bound.signum() > 0 && facts.eigenvalues.countAtLeast(bound) > 0;
        }

        private boolean smallestAtLeast(BigRational bound) {
            return bound.signum() > 0
                    && facts.eigenvalues.countPositive() > 0
                    && facts.eigenvalues.countAtLeast(bound) == facts.eigenvalues.countPositive();
        }

        private boolean smallestAtMost(BigRational bound) {
            return facts.eigenvalues.countPositive()
                    > facts.eigenvalues.countAbove(bound.signum() < 0 ? Naive.ZERO : bound);
        }

        private void stepEquivalence(Statement.StepEquivalence s) {
            require(s.coefficients() == (facts.d + 1) * (facts.d + 1), "number of coefficients");
            // Attn(Z) is a polynomial of degree at most 3 in the last row of Z, and such a polynomial is fixed by its
            // values at the points of the simplex lattice of order 3
            int[] point = new int[facts.d + 1];
            do {
                if (Arrays.stream(point).sum() <= 3) {
                    requireGradientStep(point);
                }
            } while (next(point));
        }

        private static boolean next(int[] point) {
            for (int k = 0; k < point.length; k++) {
                if (++point[k] <= 3) {
                    return true;
                }
                point[k] = 0;
            }
            return false;
        }

        private void requireGradientStep(int[] point) {
            BigRational[] row = Arrays.stream(point).mapToObj(Naive::integer).toArray(BigRational[]::new);
            BigRational[] q = Arrays.copyOf(row, facts.d);
            BigRational query = row[facts.d];
            BigRational[][] attention = facts.attention(facts.prompt(q, query));
            BigRational[] image = Naive.multiply(facts.gram, q);
            for (int i = 0; i <= facts.n; i++) {
                for (int c = 0; c <= facts.d; c++) {
                    BigRational expected = i == facts.n && c < facts.d
                            ? Naive.add(image[c], Naive.multiply(query, facts.moment[c]))
                            : Naive.ZERO;
                    require(Naive.equal(attention[i][c], expected), "Attn(Z) = [[0, 0], [q'G + alpha b', 0]]");
                }
            }
        }

        private void replayed(Statement.Replayed s) {
            require(s.loops() == facts.loops && facts.replayable(), "T replayed steps");
            BigRational[][] z = facts.prompt(facts.start, facts.alpha);
            for (int t = 0; t <= facts.loops; t++) {
                BigRational[] theta = facts.iterates.get(t).get(0);
                BigRational[][] expected = facts.prompt(Naive.scale(Naive.negate(facts.alpha), theta), facts.alpha);
                for (int i = 0; i <= facts.n; i++) {
                    require(Naive.equal(z[i], expected[i]), "q(t) = -alpha theta(t) at t = " + t);
                }
                if (t < facts.loops) {
                    z = Naive.combine(Naive.ONE, z, Naive.negate(facts.etas[t]), facts.attention(z));
                }
            }
        }

        private void spectrum(Statement.Spectrum s) {
            require(s.rank() == facts.rank && s.d() == facts.d, "rank and d");
            require(smallestAtLeast(Naive.rational(s.muLower())), "mu from below");
            require(smallestAtMost(Naive.rational(s.muUpper())), "mu from above");
            require(lambdaMaxAtLeast(Naive.rational(s.smoothnessLower())), "L from below");
            require(lambdaMaxAtMost(Naive.rational(s.smoothnessUpper())), "L from above");
            requireKappa(s.kappaLower(), s.kappaUpper());
        }

        private void requireKappa(Fraction lower, Fraction upper) {
            require(Fraction.ONE.atMost(lower), "kappa >= 1 in the enclosure");
            requireAtMost(exactly(Naive.rational(lower)), this::kappa, "kappa from below");
            requireAtMost(this::kappa, exactly(Naive.rational(upper)), "kappa from above");
        }

        private Bracket kappa(int bits) {
            return facts.eigenvalues
                    .largest(bits)
                    .multiply(facts.eigenvalues.smallestPositive(bits).reciprocal());
        }

        private void smallSteps(Statement.SmallSteps s) {
            require(facts.stepsAreSmall(), "0 < eta_t <= 1/lambda_max");
            IntFunction<Bracket> sum = bits -> facts.literal()
                    ? facts.literalStep(bits).scale(Naive.integer(facts.loops))
                    : Bracket.of(Arrays.stream(facts.etas).reduce(Naive.ZERO, Naive::add));
            requireAtMost(exactly(Naive.rational(s.sumLower())), sum, "sum of the steps from below");
            requireAtMost(sum, exactly(Naive.rational(s.sumUpper())), "sum of the steps from above");
            if (instance.step() instanceof Instance.Step.Schedule) {
                require(s.constant() == null, "no constant step");
            } else if (facts.literal()) {
                require(s.constant().signum() > 0, "a positive step");
                requireAtMost(exactly(Naive.rational(s.constant())), facts::literalStep, "the literal step from below");
            } else {
                require(instance.step().given().equals(List.of(s.constant())), "the constant step");
                require(s.constant().signum() > 0, "a positive step");
                BigRational inverse = Naive.divide(Naive.ONE, Naive.rational(s.constant()));
                require(lambdaMaxAtMost(inverse), "the constant step is at most 1/lambda_max");
            }
        }

        /** |p(lambda)| <= f for every positive eigenvalue lambda: f^2 G - G p(G)^2 is positive semidefinite. */
        private boolean bounds(BigRational f, BigRational[][] p) {
            BigRational[][] square = Naive.multiply(facts.gram, Naive.multiply(p, p));
            return f.signum() >= 0
                    && new Eigenvalues(Naive.combine(Naive.square(f), facts.gram, Naive.integer(-1), square))
                            .positiveSemidefinite();
        }

        private static boolean inUnit(BigRational f) {
            return f.signum() >= 0 && Naive.compare(f, Naive.ONE) < 0;
        }

        private void requireContraction(Statement.Factor factor) {
            if (factor instanceof Statement.Power power) {
                BigRational base = Naive.rational(power.base());
                require(inUnit(base) && power.loops() == facts.loops, "0 <= base < 1, to the power T");
                if (facts.literal()) {
                    BigRational kept = Naive.subtract(Naive.ONE, base);
                    requireAtMost(
                            bits -> facts.eigenvalues.largest(bits).scale(kept),
                            facts.eigenvalues::smallestPositive,
                            "1 - lambda/lambda_max <= base");
                } else {
                    require(instance.step() instanceof Instance.Step.Constant, "a constant step");
                    BigRational eta = Naive.rational(instance.step().given().get(0));
                    BigRational[][] step =
                            Naive.combine(Naive.ONE, Naive.identity(facts.d), Naive.negate(eta), facts.gram);
                    require(bounds(base, step), "|1 - eta lambda| <= base");
                }
            } else if (factor instanceof Statement.Product product) {
                require(instance.step() instanceof Instance.Step.Schedule, "a schedule");
                for (int t = 0; t < facts.loops; t++) {
                    BigRational f =
                            Naive.subtract(Naive.ONE, Naive.multiply(facts.etas[t], Naive.rational(product.mu())));
                    require(inUnit(f), "0 <= 1 - eta_t mu < 1");
                    require(bounds(f, facts.descent(t, t + 1)), "|1 - eta_t lambda| <= 1 - eta_t mu at t = " + t);
                }
            } else if (factor instanceof Statement.Value value) {
                BigRational f = Naive.rational(value.bound());
                require(!facts.literal() && inUnit(f), "rational steps, 0 <= f < 1");
                require(bounds(f, facts.descent(0, facts.loops)), "|p_T(lambda)| <= f");
            } else {
                throw new AssertionError("the oracle knows no factor of kind " + factor.getClass());
            }
        }

        /** The factor after t loops. */
        private BigRational factor(Statement.Factor factor, int t) {
            if (factor instanceof Statement.Power power) {
                require(power.loops() == facts.loops, "power T");
                return Naive.power(Naive.rational(power.base()), t);
            }
            if (factor instanceof Statement.Product product) {
                BigRational f = Naive.ONE;
                for (int s = 0; s < t; s++) {
                    f = Naive.multiply(
                            f, Naive.subtract(Naive.ONE, Naive.multiply(facts.etas[s], Naive.rational(product.mu()))));
                }
                return f;
            }
            require(t == facts.loops, "a bound of the whole product");
            return Naive.rational(((Statement.Value) factor).bound());
        }

        /** The numbers of loops for which a factor speaks. */
        private List<Integer> times(Statement.Factor factor) {
            List<Integer> times = new ArrayList<>();
            for (int t = factor instanceof Statement.Value ? facts.loops : 0; t <= facts.loops; t++) {
                times.add(t);
            }
            return times;
        }

        private void exponential(Statement.Exponential s) {
            require(s.loops() == facts.loops, "T");
            requireKappa(s.kappaLower(), s.kappaUpper());
            BigRational low = Naive.rational(s.kappaLower());
            BigRational high = Naive.rational(s.kappaUpper());
            for (BigRational k : List.of(low, Naive.divide(Naive.add(low, high), Naive.integer(2)), high)) {
                BigRational inverse = Naive.divide(Naive.ONE, k);
                BigRational left = Naive.power(Naive.subtract(Naive.ONE, inverse), facts.loops);
                BigRational exponent = Naive.multiply(Naive.integer(facts.loops), inverse);
                requireAtMost(exactly(left), bits -> ExponentialBracket.at(exponent, bits), "(1 - 1/k)^T <= exp(-T/k)");
            }
        }

        private void realizable(Statement.Realizable s) {
            BigRational[] theta = Naive.rationals(s.theta());
            require(facts.realizes(theta), "y = X theta");
            require(Naive.equal(Naive.dot(theta, theta), Naive.rational(s.normSquare())), "|theta|^2");
            require(instance.task().isEmpty() || instance.task().get().equals(s.theta()), "the instance's own theta*");
        }

        private void leastSquares(Statement.LeastSquares s) {
            BigRational[] theta = Naive.rationals(s.theta());
            require(Naive.equal(theta, facts.solution), "the least-squares solution of least norm");
            require(Naive.equal(Naive.multiply(facts.gram, theta), facts.moment), "G tt = b");
            require(Naive.inRowSpace(facts.x, theta), "tt in the row space");
            require(Naive.equal(Naive.dot(theta, theta), Naive.rational(s.normSquare())), "|tt|^2");
            require(Naive.equal(residualSquare(theta), Naive.rational(s.residual())), "|y - X tt|^2");
            require(s.rank() == facts.rank, "rank X");
        }

        private BigRational residualSquare(BigRational[] theta) {
            BigRational[] residual = Naive.subtract(facts.y, Naive.multiply(facts.x, theta));
            return Naive.dot(residual, residual);
        }

        /** Hypotheses of Theorem 4.4; theta* is then the only least-squares solution. */
        private void requireUnitTask(Fraction alpha) {
            require(Naive.equal(Naive.rational(alpha), facts.alpha), "alpha");
            require(facts.rank == facts.d, "rank X = d");
            require(facts.realizes(facts.solution), "y = X theta*");
            require(Naive.equal(Naive.dot(facts.solution, facts.solution), Naive.ONE), "|theta*| = 1");
            require(facts.startsAtZero(), "q(0) = 0");
            require(facts.stepsAreSmall(), "0 < eta_t <= 1/lambda_max");
        }

        /** |<TF, tt> - alpha |tt|^2| / |alpha|. */
        private Bracket relativeError(int bits) {
            return relativeError(facts.loops, bits);
        }

        private Bracket relativeError(int t, int bits) {
            return facts.error(t, facts.solution, bits).abs().scale(Naive.divide(Naive.ONE, Naive.abs(facts.alpha)));
        }

        /** exp(-T/(divisor kappa)). */
        private Bracket exponential(int divisor, int bits) {
            Bracket x = facts.loopsOverKappa(bits).scale(RationalField.of(1, divisor));
            return new Bracket(
                    ExponentialBracket.at(x.high(), bits).low(),
                    ExponentialBracket.at(x.low(), bits).high());
        }

        private void paperBound(Statement.PaperBound s) {
            requireUnitTask(s.alpha());
            require(s.loops() == facts.loops, "T");
            requireKappa(s.kappaLower(), s.kappaUpper());
            requireAtMost(this::relativeError, bits -> exponential(2, bits), "error <= |alpha| exp(-T/(2 kappa))");
        }

        private void paperBoundValue(Statement.PaperBoundValue s) {
            IntFunction<Bracket> bound = bits -> exponential(2, bits).scale(Naive.abs(facts.alpha));
            requireAtMost(exactly(Naive.rational(s.lower())), bound, "the bound from below");
            requireAtMost(bound, exactly(Naive.rational(s.upper())), "the bound from above");
        }

        private void tightBound(Statement.TightBound s) {
            requireUnitTask(s.alpha());
            requireContraction(s.factor());
            for (int t : times(s.factor())) {
                requireAtMost(
                        bits -> relativeError(t, bits), exactly(factor(s.factor(), t)), "error <= |alpha| f, t = " + t);
            }
        }

        private void generalLabels(Statement.GeneralLabels s) {
            BigRational[] distance = Naive.subtract(facts.iterates.get(0).get(0), facts.solution);
            BigRational scale = Naive.multiply(
                    Naive.square(facts.alpha),
                    Naive.multiply(Naive.dot(facts.solution, facts.solution), Naive.dot(distance, distance)));
            require(Naive.equal(scale, Naive.rational(s.squaredScale())), "alpha^2 |tt|^2 |theta(0) - tt|^2");
            for (int t : times(s.factor())) {
                requireAtMost(
                        bits -> square(facts.error(t, facts.solution, bits)),
                        exactly(Naive.multiply(scale, Naive.square(factor(s.factor(), t)))),
                        "error^2 <= scale f^2, t = " + t);
            }
        }

        private static Bracket square(Bracket value) {
            return value.abs().multiply(value.abs());
        }

        private void limitError(Statement.LimitError s) {
            require(facts.rank < facts.d, "rank X < d");
            require(facts.startsAtZero(), "q(0) = 0");
            BigRational size = Naive.abs(facts.alpha);
            BigRational norm = Naive.dot(facts.solution, facts.solution);
            require(
                    Naive.equal(Naive.rational(s.squaredScale()), Naive.square(Naive.multiply(size, norm))),
                    "alpha^2 |tt|^4");
            BigRational[] task = Naive.rationals(s.theta());
            require(facts.realizes(task), "y = X theta*");
            BigRational lost = Naive.subtract(Naive.dot(task, task), norm);
            require(Naive.equal(Naive.rational(s.limit()), Naive.multiply(size, lost)), "the limit");
            for (int t : times(s.factor())) {
                requireAtMost(
                        bits -> square(facts.error(t, task, bits).add(Bracket.of(Naive.multiply(facts.alpha, lost)))),
                        exactly(Naive.multiply(Naive.rational(s.squaredScale()), Naive.square(factor(s.factor(), t)))),
                        "distance to the limit, t = " + t);
            }
        }

        private void noise(Statement.Noise s) {
            require(facts.rank == facts.d && facts.startsAtZero() && facts.stepsAreSmall(), "hypotheses of noise");
            BigRational[] theta = Naive.rationals(instance.task().orElseThrow());
            require(Naive.equal(Naive.rational(s.scale()), Naive.abs(facts.alpha)), "|alpha|");
            require(Naive.equal(Naive.rational(s.normSquare()), Naive.dot(theta, theta)), "|theta*|^2");
            for (int t : times(s.factor())) {
                BigRational smooth = Naive.multiply(
                        Naive.rational(s.scale()),
                        Naive.multiply(Naive.rational(s.normSquare()), factor(s.factor(), t)));
                BigRational floor =
                        Naive.multiply(Naive.square(Naive.rational(s.scale())), Naive.rational(s.floorSquare()));
                requireAtMost(
                        bits -> square(excess(facts.error(t, theta, bits).abs(), smooth)),
                        exactly(floor),
                        "error <= |alpha| (|theta*|^2 f + root), t = " + t);
            }
        }

        /** max(0, value - part). */
        private static Bracket excess(Bracket value, BigRational part) {
            Bracket rest = value.add(Bracket.of(Naive.negate(part)));
            return new Bracket(
                    rest.low().signum() < 0 ? Naive.ZERO : rest.low(),
                    rest.high().signum() < 0 ? Naive.ZERO : rest.high());
        }

        /** Coefficient by coefficient in the literal step; else for the one product of the rational steps. */
        private void errorIdentity(BigRational[] theta) {
            require(facts.startsAtZero() && facts.realizes(theta), "q(0) = 0 and y = X theta*");
            List<BigRational[]> last = facts.iterates.get(facts.loops);
            if (!facts.literal()) {
                BigRational right = Naive.negate(Naive.multiply(
                        facts.alpha, Naive.dot(theta, Naive.multiply(facts.descent(0, facts.loops), theta))));
                require(facts.error(facts.loops, theta, 0).equals(Bracket.of(right)), "the identity");
                return;
            }
            BigRational[] power = theta;
            BigRational binomial = Naive.ONE;
            for (int k = 0; k <= facts.loops; k++) {
                BigRational left = Naive.dot(last.get(k), theta);
                left = k == 0 ? Naive.subtract(left, Naive.dot(theta, theta)) : left;
                BigRational right = Naive.multiply(binomial, Naive.dot(theta, power));
                require(Naive.equal(left, k % 2 == 0 ? Naive.negate(right) : right), "the identity, coefficient " + k);
                power = Naive.multiply(facts.gram, power);
                binomial = Naive.divide(Naive.multiply(binomial, Naive.integer(facts.loops - k)), Naive.integer(k + 1));
            }
        }

        private void twoSided(Statement.TwoSided s) {
            requireUnitTask(instance.alpha());
            require(s.loops() == facts.loops, "T");
            BigRational lower = Naive.rational(s.lower());
            BigRational upper = Naive.rational(s.upper());
            require(lower.signum() >= 0 && inUnit(upper), "0 <= lower, 0 <= upper < 1");
            for (int t = 0; t <= facts.loops; t++) {
                int after = t;
                requireAtMost(exactly(Naive.power(lower, t)), bits -> relativeError(after, bits), "lower^t <= error");
                requireAtMost(bits -> relativeError(after, bits), exactly(Naive.power(upper, t)), "error <= upper^t");
            }
        }

        /** gain^2 G - G p(G)^2 is positive on the row space exactly if every positive eigenvalue is shrunk below gain. */
        private void nonContraction(Statement.NonContraction s) {
            BigRational gain = Naive.rational(s.gain());
            require(Naive.atMost(Naive.ONE, gain), "gain >= 1");
            require(facts.rank > 0 && !facts.literal(), "a positive eigenvalue and rational steps");
            BigRational[][] p;
            if (s.everyLoop()) {
                require(instance.step() instanceof Instance.Step.Constant, "a constant step");
                BigRational eta = Naive.rational(instance.step().given().get(0));
                p = Naive.combine(Naive.ONE, Naive.identity(facts.d), Naive.negate(eta), facts.gram);
            } else {
                p = facts.descent(0, facts.loops);
            }
            BigRational[][] square = Naive.multiply(facts.gram, Naive.multiply(p, p));
            Eigenvalues shrunk =
                    new Eigenvalues(Naive.combine(Naive.square(gain), facts.gram, Naive.integer(-1), square));
            require(shrunk.countPositive() < facts.rank, "|p(lambda)| >= gain for an eigenvalue lambda > 0");
        }

        private void errorValue(Statement.ErrorValue s) {
            require(s.t() >= 0 && s.t() <= facts.loops, "t at most T");
            require(!s.replayed() || facts.replayable(), "rational steps for a replay");
            IntFunction<Bracket> error =
                    bits -> facts.error((int) s.t(), facts.solution, bits).abs();
            requireAtMost(exactly(Naive.rational(s.lower())), error, "the error from below");
            requireAtMost(error, exactly(Naive.rational(s.upper())), "the error from above");
        }

        private void roundedIterates(Statement.RoundedIterates s) {
            JsonNode iterates = line.get("iterates");
            require(facts.replayable(), "rational steps");
            require(iterates.size() == s.at().size() && s.distances().size() == s.at().size(), "one distance each");
            for (int k = 0; k < iterates.size(); k++) {
                require(iterates.get(k).get("t").asLong() == s.at().get(k), "the listed loops");
                BigRational[] theta =
                        facts.iterates.get(s.at().get(k).intValue()).get(0);
                JsonNode rounded = iterates.get(k).get("theta");
                require(rounded.size() == facts.d, "d entries");
                for (int j = 0; j < facts.d; j++) {
                    BigRational off = Naive.abs(
                            Naive.subtract(Naive.rational(rounded.get(j).asText()), theta[j]));
                    require(
                            Naive.atMost(off, Naive.rational(s.distances().get(k))),
                            "the distance at " + s.at().get(k));
                }
            }
        }

        /**
         * The inequality itself, with its root decided exactly; and that it follows for every trajectory of this residual:
         * mu is a lower bound of the eigenvalues, and the residual one of what no step exceeds.
         */
        private void roundedTrajectory(Statement.RoundedTrajectory s) {
            List<BigRational[]> iterates = new ArrayList<>();
            for (JsonNode iterate : line.get("iterates")) {
                BigRational[] r = new BigRational[iterate.size()];
                for (int j = 0; j < r.length; j++) {
                    r[j] = Naive.rational(iterate.get(j).asText());
                }
                iterates.add(r);
            }
            int k = iterates.size() - 1;
            require(k >= 0 && k <= facts.loops && s.k() == k, "at most T + 1 iterates, counted");
            require(iterates.stream().allMatch(r -> r.length == facts.d), "d entries");
            require(facts.rank == facts.d, "rank X = d");
            require(!facts.literal() && facts.stepsAreSmall(), "given steps of at most 1/lambda_max");
            BigRational rho = Naive.rational(line.get("residual").asText());
            require(rho.signum() >= 0, "a residual of at least 0");
            for (int t = 0; t < k; t++) {
                BigRational[] gradient = Naive.subtract(Naive.multiply(facts.gram, iterates.get(t)), facts.moment);
                BigRational[] off = Naive.subtract(
                        Naive.subtract(iterates.get(t + 1), iterates.get(t)),
                        Naive.scale(Naive.negate(facts.etas[t]), gradient));
                require(Naive.atMost(Naive.dot(off, off), Naive.square(rho)), "the residual of step " + t);
            }
            BigRational[] first = Naive.subtract(iterates.get(0), facts.solution);
            BigRational[] last = Naive.subtract(iterates.get(k), facts.solution);
            require(Naive.equal(Naive.rational(s.startSquare()), Naive.dot(first, first)), "|r(0) - tt|^2");
            BigRational factor = trajectoryFactor(s, k);
            require(
                    Naive.equal(Naive.rational(s.accumulated()), Naive.multiply(rho, additions(s.factor(), k))),
                    "what the residuals add up to");
            require(
                    rootAtMost(Naive.dot(last, last), factor, Naive.dot(first, first), Naive.rational(s.accumulated())),
                    "|r(k) - tt| <= f |r(0) - tt| + a");
        }

        /** The product over the first k steps, each factor in [0, 1) and at least the norm of that step. */
        private BigRational trajectoryFactor(Statement.RoundedTrajectory s, int k) {
            require(
                    s.factor() instanceof Statement.Power != instance.step() instanceof Instance.Step.Schedule,
                    "a power for one step, a product for a schedule");
            BigRational product = Naive.ONE;
            for (int t = 0; t < k; t++) {
                BigRational f = s.factor() instanceof Statement.Power power
                        ? Naive.rational(power.base())
                        : Naive.subtract(
                                Naive.ONE,
                                Naive.multiply(facts.etas[t], Naive.rational(((Statement.Product) s.factor()).mu())));
                require(inUnit(f) && bounds(f, facts.descent(t, t + 1)), "|1 - eta_t lambda| <= f at t = " + t);
                product = Naive.multiply(product, f);
            }
            if (s.factor() instanceof Statement.Power power) {
                require(power.loops() == k && inUnit(Naive.rational(power.base())), "power k, 0 <= base < 1");
            }
            return product;
        }

        /** How many residuals add up at most: k, and for one step of the factor f also 1 + f + f^2 + .. = 1/(1 - f). */
        private static BigRational additions(Statement.Factor factor, int k) {
            BigRational count = Naive.integer(k);
            if (factor instanceof Statement.Power power) {
                BigRational series = Naive.divide(Naive.ONE, Naive.subtract(Naive.ONE, Naive.rational(power.base())));
                return Naive.atMost(series, count) ? series : count;
            }
            return count;
        }

        /** sqrt(x) <= f sqrt(y) + a for f, a >= 0: squared once, and once more where the rest is not negative. */
        private static boolean rootAtMost(BigRational x, BigRational f, BigRational y, BigRational a) {
            BigRational rest = Naive.subtract(x, Naive.add(Naive.multiply(Naive.square(f), y), Naive.square(a)));
            BigRational cross = Naive.multiply(Naive.integer(4), Naive.multiply(Naive.square(Naive.multiply(f, a)), y));
            return rest.signum() <= 0 || Naive.atMost(Naive.square(rest), cross);
        }

        /** The hypothesis fails, and the number that is given as the reason is right. */
        private void unmet(Statement.Unmet s) {
            switch (s.hypothesis()) {
                case "label-noise" -> {
                    BigRational residual = residualSquare(facts.solution);
                    require(residual.signum() > 0, "y differs from X theta for every theta");
                    require(s.because().endsWith(" " + RationalField.INSTANCE.show(residual)), "the residual");
                }
                case "rank-deficient" -> {
                    require(facts.rank < facts.d, "rank X < d");
                    require(s.because().equals("rank X = " + facts.rank + " < d = " + facts.d), "the rank");
                }
                case "start" -> require(!facts.startsAtZero(), "q(0) differs from 0");
                case "norm" -> {
                    require(facts.rank == facts.d || instance.task().isPresent(), "only one theta*, or its own");
                    Optional<BigRational> norm = tasks.stream()
                            .map(task -> Naive.dot(task, task))
                            .filter(square -> s.because().equals("|theta*|^2 = " + RationalField.INSTANCE.show(square)))
                            .findFirst();
                    require(norm.isPresent() && !Naive.equal(norm.get(), Naive.ONE), "|theta*| differs from 1");
                }
                case "step" -> {
                    require(!facts.stepsAreSmall(), "a step outside (0, 1/lambda_max]");
                    boolean named = Arrays.stream(facts.given)
                            .anyMatch(
                                    eta -> s.because().startsWith("a step of " + RationalField.INSTANCE.show(eta) + " ")
                                            && (eta.signum() <= 0
                                                    || facts.eigenvalues.countAbove(Naive.divide(Naive.ONE, eta)) > 0));
                    require(named, "the step that is named");
                }
                default -> throw new AssertionError("the oracle knows no hypothesis " + s.hypothesis());
            }
        }
    }
}
