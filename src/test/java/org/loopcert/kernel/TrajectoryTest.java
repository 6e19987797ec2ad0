package org.loopcert.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.loopcert.certify.Naive;
import org.loopcert.kernel.Instance.Step;
import org.loopcert.kernel.ValueRules.Trajectory;
import org.loopcert.kernel.Verdict.Reason;

/**
 * The rule of rounded trajectories against a second computation in BigRational arithmetic: it accepts just what its side
 * condition says, at the border and a hair to either side of it, and what it concludes is true of the iterates.
 */
class TrajectoryTest {
    private static final BigRational HAIR =
            Naive.divide(Naive.ONE, Naive.integer(2).pow(200));

    /** Legs and hypotenuse: offsets of rational length. */
    private static final int[][] TRIPLES = {{3, 4, 5}, {5, 12, 13}, {8, 15, 17}, {20, 21, 29}, {0, 1, 1}};

    /** A random instance of rank d with small steps; X and y are small multiples of 1 or 1/4. */
    private static final class Case {
        private final Random random;
        private final int d;
        private final BigRational[][] gram;
        private final BigRational[] moment;
        private final BigRational[] solution;
        private final BigRational mu;
        private final List<BigRational> etas = new ArrayList<>();
        private final boolean constant;
        private final Problem problem;

        Case(long seed) throws Refusal {
            random = new Random(seed);
            d = 1 + random.nextInt(3);
            BigRational[][] x;
            do {
                x = new BigRational[d + random.nextInt(3)][];
                for (int i = 0; i < x.length; i++) {
                    x[i] = vector(4);
                }
            } while (Naive.rank(x) < d);
            BigRational[] y = new BigRational[x.length];
            Arrays.setAll(y, i -> small(6));
            gram = Naive.multiply(Naive.transpose(x), x);
            moment = Naive.multiply(Naive.transpose(x), y);
            solution = Naive.leastNormSolution(gram, moment);
            BigRational trace = Naive.ZERO;
            for (int i = 0; i < d; i++) {
                trace = Naive.add(trace, gram[i][i]);
            }
            // the eigenvalues multiply to the determinant and none exceeds the trace; for d = 1 both bounds are
            // attained
            mu = Naive.divide(determinant(), Naive.power(trace, d - 1));
            constant = random.nextBoolean();
            int loops = random.nextInt(7);
            BigRational first = eta(trace);
            for (int t = 0; t < loops; t++) {
                etas.add(constant ? first : eta(trace));
            }
            List<List<Fraction>> rows = Arrays.stream(x).map(Case::fractions).toList();
            Step step = constant
                    ? new Step.Constant(fraction(first))
                    : new Step.Schedule(etas.stream().map(Case::fraction).toList());
            if (loops == 0) {
                etas.add(first); // the size of the one step is known even if it is never taken
            }
            Instance instance = Given.instance(rows, fractions(y), fractions(vector(3)), Optional.empty(), step, loops);
            problem = new Problem(instance, Given.meter());
        }

        private BigRational small(int range) {
            return Naive.divide(
                    Naive.integer(random.nextInt(2 * range + 1) - range), Naive.integer(random.nextBoolean() ? 1 : 4));
        }

        private BigRational[] vector(int range) {
            BigRational[] result = new BigRational[d];
            Arrays.setAll(result, j -> small(range));
            return result;
        }

        /** At most 1/trace, which is 1/lambda_max for d = 1. */
        private BigRational eta(BigRational trace) {
            return Naive.divide(Naive.divide(Naive.integer(1 + random.nextInt(4)), Naive.integer(4)), trace);
        }

        private BigRational determinant() {
            BigRational[][] g = gram;
            if (d == 1) {
                return g[0][0];
            }
            BigRational last = Naive.ZERO;
            if (d == 2) {
                return minor(0, 1, 0, 1);
            }
            for (int j = 0; j < 3; j++) {
                BigRational term = Naive.multiply(g[0][j], minor(1, 2, (j + 1) % 3, (j + 2) % 3));
                last = Naive.add(last, term);
            }
            return last;
        }

        private BigRational minor(int i, int k, int a, int b) {
            return Naive.subtract(Naive.multiply(gram[i][a], gram[k][b]), Naive.multiply(gram[i][b], gram[k][a]));
        }

        private static Fraction fraction(BigRational value) {
            BigRational reduced = value.reduce();
            return Fraction.of(reduced.getNumeratorBigInteger(), reduced.getDenominatorBigInteger());
        }

        private static List<Fraction> fractions(BigRational[] values) {
            return Arrays.stream(values).map(Case::fraction).toList();
        }

        private static BigRational[] add(BigRational[] a, BigRational[] b) {
            BigRational[] sum = new BigRational[a.length];
            Arrays.setAll(sum, j -> Naive.add(a[j], b[j]));
            return sum;
        }

        /** r - eta (G r - b). */
        private BigRational[] step(BigRational[] r, BigRational eta) {
            return Naive.subtract(r, Naive.scale(eta, Naive.subtract(Naive.multiply(gram, r), moment)));
        }

        /** A vector of this length along a random axis or across two; with every offset along one direction for d = 1. */
        private BigRational[] offset(BigRational length) {
            BigRational[] result = Naive.zero(d);
            int[] triple = TRIPLES[random.nextInt(TRIPLES.length)];
            int i = random.nextInt(d);
            int j = random.nextInt(d);
            if (i == j) {
                result[i] = random.nextInt(4) == 0 ? Naive.negate(length) : length;
                return result;
            }
            BigRational unit = Naive.divide(length, Naive.integer(triple[2]));
            result[i] = Naive.multiply(unit, Naive.integer(random.nextBoolean() ? triple[0] : -triple[0]));
            result[j] = Naive.multiply(unit, Naive.integer(random.nextBoolean() ? triple[1] : -triple[1]));
            return result;
        }

        private List<BigRational[]> iterates(int k, BigRational length) {
            List<BigRational[]> iterates = new ArrayList<>();
            // far away, at the solution, or on the side that the offsets push to
            iterates.add(
                    switch (random.nextInt(3)) {
                        case 0 -> vector(9);
                        case 1 -> solution;
                        default -> add(solution, offset(length));
                    });
            int loud = random.nextInt(k + 1);
            for (int t = 0; t < k; t++) {
                // one step, or every step, is off by the whole length
                BigRational here = loud == 0 || t == loud - 1 ? length : Naive.divide(length, Naive.integer(2 + t));
                iterates.add(add(step(iterates.get(t), etas.get(t)), offset(here)));
            }
            return iterates;
        }

        private Statement conclude(List<BigRational[]> iterates, BigRational residual) throws Refusal {
            List<List<Fraction>> rows = iterates.stream().map(Case::fractions).toList();
            Statement low = new Statement.SmallestAtLeast(fraction(mu), d);
            Statement steps =
                    new Statement.SmallSteps(Fraction.ZERO, Fraction.ONE, constant ? fraction(etas.get(0)) : null);
            Statement fit = new Statement.LeastSquares(fractions(solution), Fraction.ONE, Fraction.ZERO, d);
            return new ValueRules.RoundedTrajectoryRule()
                    .conclude(
                            problem,
                            Given.premises(problem, low, steps, fit),
                            new Trajectory(fraction(residual), rows));
        }

        /** The largest squared distance of an iterate from the exact step. */
        private BigRational largestSquare(List<BigRational[]> iterates) {
            BigRational largest = Naive.ZERO;
            for (int t = 0; t + 1 < iterates.size(); t++) {
                BigRational[] off = Naive.subtract(iterates.get(t + 1), step(iterates.get(t), etas.get(t)));
                BigRational square = Naive.dot(off, off);
                largest = Naive.atMost(largest, square) ? square : largest;
            }
            return largest;
        }

        /** sqrt(x) <= f sqrt(y) + a for f, a >= 0. */
        private static boolean rootAtMost(BigRational x, BigRational f, BigRational y, BigRational a) {
            BigRational rest = Naive.subtract(x, Naive.add(Naive.multiply(Naive.square(f), y), Naive.square(a)));
            BigRational cross = Naive.multiply(Naive.integer(4), Naive.multiply(Naive.square(Naive.multiply(f, a)), y));
            return rest.signum() <= 0 || Naive.atMost(Naive.square(rest), cross);
        }

        private void requireTrue(Statement.RoundedTrajectory s, List<BigRational[]> iterates) {
            int k = iterates.size() - 1;
            assertThat(s.k()).isEqualTo(k);
            BigRational factor = Naive.ONE;
            for (int t = 0; t < k; t++) {
                BigRational kept = s.factor() instanceof Statement.Power power
                        ? Naive.rational(power.base())
                        : Naive.subtract(
                                Naive.ONE,
                                Naive.multiply(etas.get(t), Naive.rational(((Statement.Product) s.factor()).mu())));
                factor = Naive.multiply(factor, kept);
            }
            if (s.factor() instanceof Statement.Power power) {
                assertThat(power.loops()).isEqualTo(k);
            }
            BigRational[] first = Naive.subtract(iterates.get(0), solution);
            BigRational[] last = Naive.subtract(iterates.get(k), solution);
            assertThat(Naive.equal(Naive.rational(s.startSquare()), Naive.dot(first, first)))
                    .isTrue();
            assertThat(rootAtMost(
                            Naive.dot(last, last), factor, Naive.dot(first, first), Naive.rational(s.accumulated())))
                    .as("|r(k) - tt| <= f |r(0) - tt| + a")
                    .isTrue();
        }
    }

    private static void acceptsAsItShould(Case given, List<BigRational[]> iterates, BigRational residual) {
        boolean should = residual.signum() >= 0 && Naive.atMost(given.largestSquare(iterates), Naive.square(residual));
        Statement[] statement = new Statement[1];
        Throwable refused = catchThrowable(() -> statement[0] = given.conclude(iterates, residual));
        Statistics.label("verdict").collect(should ? "accepted" : "refused");
        if (should) {
            assertThat(refused).isNull();
            given.requireTrue((Statement.RoundedTrajectory) statement[0], iterates);
        } else {
            assertThat(refused).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.reason)
                    .isEqualTo(residual.signum() < 0 ? Reason.NOT_POSITIVE : Reason.NOT_ENCLOSED));
        }
    }

    /** The residual is the length of the offsets, and a hair more or less, or has the other sign. */
    @Property(tries = 1500)
    void acceptsUpToTheBorderAndConcludesNothingFalse(@ForAll long seed) throws Refusal {
        Case given = new Case(seed);
        int k = given.random.nextInt(Math.toIntExact(given.problem.instance.loops()) + 1);
        BigRational length = Naive.divide(
                Naive.integer(given.random.nextInt(4)), Naive.integer(2).pow(given.random.nextInt(60)));
        List<BigRational[]> iterates = given.iterates(k, length);
        for (BigRational residual : List.of(
                length,
                Naive.add(length, HAIR),
                Naive.subtract(length, HAIR),
                Naive.divide(length, Naive.integer(2)),
                Naive.negate(length))) {
            acceptsAsItShould(given, iterates, residual);
        }
    }

    /** One number of a border case off by a hair: the iterates that it makes are judged anew. */
    @Property(tries = 1500)
    void seesAHairInAnyEntry(@ForAll long seed) throws Refusal {
        Case given = new Case(seed);
        int k = given.random.nextInt(Math.toIntExact(given.problem.instance.loops()) + 1);
        BigRational length = Naive.divide(Naive.integer(given.random.nextInt(3)), Naive.integer(1024));
        List<BigRational[]> iterates = given.iterates(k, length);
        int at = given.random.nextInt(k + 1);
        BigRational[] moved = iterates.get(at).clone();
        int entry = given.random.nextInt(given.d);
        moved[entry] = given.random.nextBoolean() ? Naive.add(moved[entry], HAIR) : Naive.subtract(moved[entry], HAIR);
        iterates.set(at, moved);
        acceptsAsItShould(given, iterates, length);
    }

    /** G = 1 and eta = 1: nothing is kept of what was before, and one residual is all that adds up; the bound is attained. */
    @Property(tries = 300)
    void theBoundIsAttainedWhereAllStepsErrOneWay(@ForAll long seed) throws Refusal {
        Random random = new Random(seed);
        int k = 1 + random.nextInt(6);
        BigRational length = Naive.divide(Naive.integer(1 + random.nextInt(9)), Naive.integer(7));
        Problem one = Given.problem(new long[][] {{1}}, new Step.Constant(Fraction.ONE), k);
        List<List<Fraction>> rows = new ArrayList<>(Collections.nCopies(k + 1, List.of(Case.fraction(length))));
        rows.set(0, List.of(Case.fraction(Naive.integer(5))));
        Statement low = new Statement.SmallestAtLeast(Fraction.ONE, 1);
        Statement steps = new Statement.SmallSteps(Fraction.of(k), Fraction.of(k), Fraction.ONE);
        Statement fit = new Statement.LeastSquares(List.of(Fraction.ZERO), Fraction.ZERO, Fraction.ZERO, 1);
        assertThat(new ValueRules.RoundedTrajectoryRule()
                        .conclude(
                                one, Given.premises(one, low, steps, fit), new Trajectory(Case.fraction(length), rows)))
                .isEqualTo(new Statement.RoundedTrajectory(
                        k,
                        new Statement.Power(Fraction.ZERO, k),
                        Case.fraction(length),
                        Fraction.of(BigInteger.valueOf(25))));
    }
}
