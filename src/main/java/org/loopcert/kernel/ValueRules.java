package org.loopcert.kernel;

import static org.loopcert.kernel.Refusal.require;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.loopcert.kernel.Instance.Step;
import org.loopcert.kernel.Verdict.Reason;

/** Rules about actual values: of the error, of the paper's bound and of rounded iterates. */
final class ValueRules {
    private ValueRules() {}

    /** A number of loops and an enclosure. */
    record Range(long t, Fraction lower, Fraction upper) {}

    /** Compares a fraction with p/q, q > 0, without reducing the latter. */
    private static int compare(Fraction fraction, BigInteger p, BigInteger q) {
        return fraction.numerator().multiply(q).compareTo(p.multiply(fraction.denominator()));
    }

    private static void requireEnclosed(boolean enclosed, Range range) throws Refusal {
        require(enclosed, Reason.NOT_ENCLOSED, "a value in [" + range.lower() + ", " + range.upper() + "]");
    }

    /**
     * <pre>
     *   step equivalence,  tt least-squares solution,  theta(t) by exact replay
     *   ------------------------------------------------------------------------
     *   l <= |alpha| |<theta(t), tt> - |tt|^2| <= u
     * </pre>
     *
     * Soundness-critical.
     */
    static final class ExactError implements Theorem.Rule<Range> {
        @Override
        public Range read(Fields fields) throws Refusal {
            return new Range(
                    fields.count("t", 0, Instance.MAX_LOOPS), fields.fraction("lower"), fields.fraction("upper"));
        }

        @Override
        public Statement conclude(Problem problem, Theorem.Premises premises, Range range) throws Refusal {
            premises.take(Statement.Equivalence.class);
            Statement.LeastSquares solution = premises.take(Statement.LeastSquares.class);
            premises.end();
            require(range.t() <= problem.instance.loops(), Reason.SHAPE, "t at most T", range.t());
            EquivalenceRules.Replay replay = new EquivalenceRules.Replay(problem, problem.d);
            replay.advanceTo(range.t());
            BigInteger[] scaled = Vectors.overCommonDenominator(solution.theta(), problem.meter);
            BigInteger[] u = Arrays.copyOf(scaled, problem.d);
            BigInteger scale = scaled[problem.d];
            // alpha (N.u s - u.u D) / (D s^2) for theta(t) = N/D and tt = u/s
            Fraction alpha = problem.instance.alpha();
            BigInteger product = Vectors.dot(replay.numerators(), u).multiply(scale);
            BigInteger square = Vectors.dot(u, u).multiply(replay.denominator());
            BigInteger error =
                    product.subtract(square).multiply(alpha.numerator()).abs();
            BigInteger denominator = replay.denominator().multiply(scale.pow(2)).multiply(alpha.denominator());
            boolean above = compare(range.lower(), error, denominator) <= 0;
            requireEnclosed(above && compare(range.upper(), error, denominator) >= 0, range);
            return new Statement.ErrorValue(range.t(), range.lower(), range.upper(), true);
        }
    }

    /** The range of the error at T and the precision to recompute it with. */
    record Powering(int bits, Range range) {}

    /**
     * <pre>
     *   step equivalence,  tt least-squares solution,  one constant step,
     *   (I - eta G)^T (theta(0) - tt) enclosed by repeated squaring with outward rounding
     *   ----------------------------------------------------------------------------------
     *   l <= |alpha| |tt'(I - eta G)^T (theta(0) - tt)| <= u
     * </pre>
     *
     * Free of T but for its logarithm. The literal step enters as [1/L, 1/L'] from a spectrum
     * premise. Soundness-critical.
     */
    static final class EnclosedError implements Theorem.Rule<Powering> {
        @Override
        public Powering read(Fields fields) throws Refusal {
            int bits = fields.index("bits", 1, 100_000);
            long t = fields.count("t", 0, Instance.MAX_LOOPS);
            return new Powering(bits, new Range(t, fields.fraction("lower"), fields.fraction("upper")));
        }

        @Override
        public Statement conclude(Problem problem, Theorem.Premises premises, Powering witness) throws Refusal {
            premises.take(Statement.Equivalence.class);
            List<Fraction> solution =
                    premises.take(Statement.LeastSquares.class).theta();
            boolean constant = !(problem.instance.step() instanceof Step.Schedule);
            require(constant, Reason.STEP_KIND, "a constant step");
            List<Fraction> given = problem.instance.step().given();
            Statement.Spectrum spectrum = given.isEmpty() ? premises.take(Statement.Spectrum.class) : null;
            Fraction low = given.isEmpty() ? Fraction.ONE.divide(spectrum.smoothnessUpper()) : given.get(0);
            Fraction high = given.isEmpty() ? Fraction.ONE.divide(spectrum.smoothnessLower()) : given.get(0);
            premises.end();
            Range range = witness.range();
            require(range.t() <= problem.instance.loops(), Reason.SHAPE, "t at most T", range.t());
            Enclosure enclosure = new Enclosure(witness.bits(), problem.meter);
            List<Fraction> distance = Vectors.subtract(problem.instance.firstIterate(), solution, problem.meter);
            Enclosure.Interval[] state = enclosure.vector(distance);
            Enclosure.Interval[][] power = enclosure.descent(problem, low, high);
            int words = (witness.bits() + problem.bits) / 64 + 1;
            problem.meter.work(words, words, problem.d, problem.d, problem.d);
            for (long rest = range.t(); rest > 0; rest >>= 1) {
                if ((rest & 1) == 1) {
                    state = enclosure.multiply(power, state);
                }
                if (rest > 1) {
                    power = enclosure.square(power);
                }
            }
            Enclosure.Interval error =
                    enclosure.scale(problem.instance.alpha(), enclosure.dot(enclosure.vector(solution), state));
            requireEnclosed(enclosure.sizeWithin(error, range.lower(), range.upper()), range);
            return new Statement.ErrorValue(range.t(), range.lower(), range.upper(), false);
        }
    }

    /**
     * <pre>
     *   kappa in [a, b]
     *   -----------------------------------------------------------------------------
     *   l <= |alpha| exp(-T/(2 a)) <= |alpha| exp(-T/(2 kappa)) <= |alpha| exp(-T/(2 b)) <= u
     * </pre>
     *
     * exp by its series with directed rounding. Soundness-critical.
     */
    static final class PaperBoundValueRule implements Theorem.Rule<Range> {
        @Override
        public Range read(Fields fields) throws Refusal {
            return new Range(0, fields.fraction("lower"), fields.fraction("upper"));
        }

        @Override
        public Statement conclude(Problem problem, Theorem.Premises premises, Range range) throws Refusal {
            Statement.PaperBound bound = premises.take(Statement.PaperBound.class);
            premises.end();
            Fraction alpha = bound.alpha().abs();
            Fraction half = Fraction.of(BigInteger.valueOf(bound.loops()), BigInteger.TWO);
            Fraction least = alpha.multiply(Exponential.bound(half.divide(bound.kappaLower()), true));
            Fraction most = alpha.multiply(Exponential.bound(half.divide(bound.kappaUpper()), false));
            requireEnclosed(range.lower().atMost(least) && most.atMost(range.upper()), range);
            return new Statement.PaperBoundValue(range.lower(), range.upper());
        }
    }

    /** Rounded iterates: for each t the vector and a bound of its distance. */
    record Iterates(List<Long> at, List<List<Fraction>> rounded, List<Fraction> distances) {}

    /**
     * <pre>
     *   theta(t) by exact replay,  max_i |r_i(t) - theta_i(t)| <= c(t) for every listed t
     *   ---------------------------------------------------------------------------------
     *   the given rounded iterates r(t) lie within c(t) of the exact ones
     * </pre>
     *
     * That a processor produced them is not part of the statement. Soundness-critical.
     */
    static final class RoundedIteratesRule implements Theorem.Rule<Iterates> {
        @Override
        public Iterates read(Fields fields) throws Refusal {
            List<Long> at = new ArrayList<>();
            List<List<Fraction>> rounded = new ArrayList<>();
            List<Fraction> distances = new ArrayList<>();
            for (Fields item : fields.objects("iterates")) {
                at.add(item.count("t", at.isEmpty() ? 0 : at.get(at.size() - 1) + 1, Instance.MAX_LOOPS));
                rounded.add(item.fractions("theta"));
                distances.add(item.fraction("distance"));
                item.end();
            }
            return new Iterates(List.copyOf(at), rounded, List.copyOf(distances));
        }

        @Override
        public Statement conclude(Problem problem, Theorem.Premises premises, Iterates witness) throws Refusal {
            premises.end();
            EquivalenceRules.Replay replay = new EquivalenceRules.Replay(problem, problem.d);
            for (int k = 0; k < witness.at().size(); k++) {
                long t = witness.at().get(k);
                List<Fraction> rounded = witness.rounded().get(k);
                Fraction distance = witness.distances().get(k);
                require(t <= problem.instance.loops(), Reason.SHAPE, "t at most T", t);
                require(rounded.size() == problem.d, Reason.SHAPE, problem.d + " entries", rounded.size());
                replay.advanceTo(t);
                for (int j = 0; j < problem.d; j++) {
                    BigInteger exact =
                            replay.numerators()[j].multiply(rounded.get(j).denominator());
                    BigInteger given = rounded.get(j).numerator().multiply(replay.denominator());
                    BigInteger unit = rounded.get(j).denominator().multiply(replay.denominator());
                    boolean within = compare(distance, given.subtract(exact).abs(), unit) >= 0;
                    require(within, Reason.NOT_ENCLOSED, "at most " + distance + " off at t = " + t);
                }
            }
            return new Statement.RoundedIterates(witness.at(), witness.distances());
        }
    }

    /** Rounded iterates r(0), .., r(k), and a bound of how far each is off the step from the one before. */
    record Trajectory(Fraction residual, List<List<Fraction>> iterates) {}

    /**
     * <pre>
     *   mu I <= G, rank X = d,  0 < eta_t <= 1/lambda_max,  tt least-squares solution,
     *   |r(t+1) - (r(t) - eta_t (G r(t) - b))| <= rho for t < k
     *   ------------------------------------------------------------------------------
     *   |r(k) - tt| <= prod (1 - eta_t mu) |r(0) - tt| + rho k
     *   and, for a constant step, + rho min(k, 1/(eta mu)) in the place of + rho k
     * </pre>
     *
     * r(t) - tt shrinks by 1 - eta_t mu and gains at most rho in each step. Needs no replay. Soundness-critical.
     */
    static final class RoundedTrajectoryRule implements Theorem.Rule<Trajectory> {
        @Override
        public Trajectory read(Fields fields) throws Refusal {
            return new Trajectory(fields.fraction("residual"), fields.fractionRows("iterates"));
        }

        @Override
        public Statement conclude(Problem problem, Theorem.Premises premises, Trajectory witness) throws Refusal {
            Statement.SmallestAtLeast low = premises.take(Statement.SmallestAtLeast.class);
            Statement.SmallSteps steps = premises.take(Statement.SmallSteps.class);
            Statement.LeastSquares solution = premises.take(Statement.LeastSquares.class);
            premises.end();
            require(low.rank() == problem.d, Reason.RANK, "rank X = d = " + problem.d, low.rank());
            Step step = problem.instance.step();
            require(!(step instanceof Step.InverseLambdaMax), Reason.STEP_KIND, "rational steps");
            Fraction rho = witness.residual();
            require(rho.signum() >= 0, Reason.NOT_POSITIVE, "a residual of at least 0", rho);
            List<List<Fraction>> iterates = witness.iterates();
            int k = iterates.size() - 1;
            boolean fits = true;
            for (List<Fraction> each : iterates) {
                fits &= each.size() == problem.d;
            }
            require(0 <= k && k <= problem.instance.loops() && fits, Reason.SHAPE, "up to T + 1 iterates in R^d");
            for (int t = 0; t < k; t++) {
                requireStep(problem, step.at(t), iterates.get(t), iterates.get(t + 1), rho);
            }
            Fraction count = steps.constant() == null
                    ? Fraction.of(k)
                    : Fraction.of(k).min(Fraction.ONE.divide(steps.constant().multiply(low.bound())));
            Statement.Factor factor = ContractionRules.smallStepFactor(k, steps, low.bound());
            List<Fraction> first = Vectors.subtract(iterates.get(0), solution.theta(), problem.meter);
            Fraction square = Vectors.dot(first, first, problem.meter);
            return new Statement.RoundedTrajectory(k, factor, rho.multiply(count), square);
        }

        /** |s - (r - eta (G r - b))| <= rho, over the product of all denominators: no fraction is reduced on the way. */
        private static void requireStep(Problem problem, Fraction eta, List<Fraction> r, List<Fraction> s, Fraction rho)
                throws Refusal {
            BigInteger[] from = Vectors.overCommonDenominator(r, problem.meter);
            BigInteger[] to = Vectors.overCommonDenominator(s, problem.meter);
            BigInteger[] given = {eta.numerator(), eta.denominator(), rho.numerator(), rho.denominator()};
            int words = (Vectors.bits(from) + Vectors.bits(to) + 2 * Vectors.bits(given) + problem.bits) / 64 + 1;
            problem.meter.work(words, words, problem.d, problem.d + 4L);
            BigInteger[] off = Vectors.multiply(problem.gram, Arrays.copyOf(from, problem.d));
            BigInteger whole = problem.square.multiply(eta.denominator());
            for (int j = 0; j < problem.d; j++) {
                BigInteger slope = off[j].subtract(problem.moment[j].multiply(from[problem.d]));
                BigInteger step = from[j].multiply(whole).subtract(slope.multiply(eta.numerator()));
                off[j] = to[j].multiply(whole).multiply(from[problem.d]).subtract(step.multiply(to[problem.d]));
            }
            BigInteger unit = whole.multiply(from[problem.d]).multiply(to[problem.d].multiply(rho.numerator()));
            BigInteger square = Vectors.dot(off, off).multiply(rho.denominator().pow(2));
            require(square.compareTo(unit.pow(2)) <= 0, Reason.NOT_ENCLOSED, "every step at most " + rho + " off");
        }
    }

    /** Fixed-point interval arithmetic: both ends are integers over 2^bits, rounded outward. */
    static final class Enclosure {
        /** The interval [low, high] / 2^bits. */
        record Interval(BigInteger low, BigInteger high) {}

        private final int bits;
        private final Limits.Meter meter;

        Enclosure(int bits, Limits.Meter meter) {
            this.bits = bits;
            this.meter = meter;
        }

        private BigInteger floor(Fraction x) {
            BigInteger[] parts = x.numerator().shiftLeft(bits).divideAndRemainder(x.denominator());
            return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
        }

        Interval of(Fraction low, Fraction high) {
            return new Interval(floor(low), floor(high.negate()).negate());
        }

        Interval[] vector(List<Fraction> v) {
            Interval[] result = new Interval[v.size()];
            for (int i = 0; i < result.length; i++) {
                result[i] = of(v.get(i), v.get(i));
            }
            return result;
        }

        /** I - eta G for eta in [low, high], low > 0 or low = high. */
        Interval[][] descent(Problem problem, Fraction low, Fraction high) {
            Interval[][] result = new Interval[problem.d][problem.d];
            for (int i = 0; i < problem.d; i++) {
                for (int j = 0; j < problem.d; j++) {
                    Fraction entry = Fraction.of(problem.gram[i][j], problem.square);
                    Fraction unit = i == j ? Fraction.ONE : Fraction.ZERO;
                    Fraction first = unit.subtract(low.multiply(entry));
                    Fraction second = unit.subtract(high.multiply(entry));
                    result[i][j] = of(first.min(second), first.max(second));
                }
            }
            return result;
        }

        /** Sum of products; the ends are exact over 2^(2 bits) until the one rounding at the end. */
        Interval dot(Interval[] a, Interval[] b) {
            BigInteger low = BigInteger.ZERO;
            BigInteger high = BigInteger.ZERO;
            for (int k = 0; k < a.length; k++) {
                BigInteger p = a[k].low().multiply(b[k].low());
                BigInteger q = a[k].low().multiply(b[k].high());
                BigInteger r = a[k].high().multiply(b[k].low());
                BigInteger s = a[k].high().multiply(b[k].high());
                low = low.add(p.min(q).min(r.min(s)));
                high = high.add(p.max(q).max(r.max(s)));
            }
            // shiftRight rounds towards minus infinity
            return new Interval(
                    low.shiftRight(bits), high.negate().shiftRight(bits).negate());
        }

        Interval[] multiply(Interval[][] a, Interval[] v) {
            Interval[] result = new Interval[a.length];
            for (int i = 0; i < a.length; i++) {
                result[i] = dot(a[i], v);
            }
            return result;
        }

        /** The square of a symmetric matrix. */
        Interval[][] square(Interval[][] a) throws Refusal {
            int d = a.length;
            Interval[][] result = new Interval[d][d];
            for (int i = 0; i < d; i++) {
                for (int j = 0; j <= i; j++) {
                    result[i][j] = dot(a[i], a[j]);
                    result[j][i] = result[i][j];
                    int length = Math.max(
                            result[i][j].high().bitLength(), result[i][j].low().bitLength());
                    meter.memory(d, d, length / 32 + 1);
                    meter.work(length / 64 + 1, length / 64 + 1, d);
                }
            }
            return result;
        }

        Interval scale(Fraction factor, Interval x) {
            BigInteger unit = factor.denominator().shiftLeft(bits);
            Fraction low = Fraction.of(x.low().multiply(factor.numerator()), unit);
            Fraction high = Fraction.of(x.high().multiply(factor.numerator()), unit);
            return of(low.min(high), low.max(high));
        }

        /** Whether l <= |x| <= u for every x of the interval. */
        boolean sizeWithin(Interval x, Fraction lower, Fraction upper) {
            BigInteger one = BigInteger.ONE.shiftLeft(bits);
            BigInteger most = x.low().abs().max(x.high().abs());
            // low <= high: the end nearer to 0, or 0 where it lies in between
            BigInteger least = x.low().max(x.high().negate()).max(BigInteger.ZERO);
            return lower.atMost(Fraction.of(least, one))
                    && Fraction.of(most, one).atMost(upper);
        }
    }

    /**
     * Bounds of exp(-x), x >= 0, from the series of exp and repeated squaring with directed rounding.
     */
    static final class Exponential {
        private static final int BITS = 256;
        private static final int TERMS = 60;

        /** Beyond this exponent a lower bound is 0 and an upper bound 2^-4096. */
        private static final int TINY = 4096;

        private Exponential() {}

        /** A rational at most exp(-x), or else one at least that. */
        static Fraction bound(Fraction x, boolean below) {
            Rounded value = power(x, below);
            if (value.exponent() + value.mantissa().bitLength() > (below ? TINY : TINY + 1)) {
                return below ? Fraction.ZERO : Fraction.of(BigInteger.ONE, BigInteger.ONE.shiftLeft(TINY));
            }
            int shift = Math.toIntExact(value.exponent());
            return shift >= 0
                    ? Fraction.of(BigInteger.ONE, value.mantissa().shiftLeft(shift))
                    : Fraction.of(BigInteger.ONE.shiftLeft(-shift), value.mantissa());
        }

        /** exp(x) from above or below. */
        private static Rounded power(Fraction x, boolean up) {
            int halvings =
                    Math.max(0, x.numerator().bitLength() - x.denominator().bitLength() + 2);
            // r = x / 2^halvings is below 1/2
            BigInteger denominator = x.denominator().shiftLeft(halvings);
            BigInteger r = divide(x.numerator().shiftLeft(BITS), denominator, up);
            BigInteger term = BigInteger.ONE.shiftLeft(BITS);
            BigInteger sum = term;
            for (int k = 1; k <= TERMS; k++) {
                term = divide(term.multiply(r), BigInteger.valueOf(k).shiftLeft(BITS), up);
                sum = sum.add(term);
            }
            if (up) {
                // the rest of the series is at most its last term, since r/k < 1/2
                sum = sum.add(term);
            }
            Rounded result = Rounded.one(up).times(sum, BigInteger.ONE.shiftLeft(BITS));
            for (int k = 0; k < halvings; k++) {
                result = result.square();
            }
            return result;
        }

        private static BigInteger divide(BigInteger p, BigInteger q, boolean up) {
            return (up ? p.add(q).subtract(BigInteger.ONE) : p).divide(q);
        }
    }
}
