package org.loopcert.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;

class ExactReplayPropertyTest {
    private static final RationalField Q = RationalField.INSTANCE;

    private static BigRational random(Random random) {
        return RationalField.of(random.nextInt(41) - 20, 1 + random.nextInt(12));
    }

    private static Vector<BigRational> randomVector(Random random, int size) {
        return Vector.of(IntStream.range(0, size).mapToObj(i -> random(random)).toList());
    }

    private static Matrix<BigRational> randomMatrix(Random random, int rows, int columns) {
        return Matrix.of(IntStream.range(0, rows)
                .mapToObj(i -> randomVector(random, columns).toList())
                .toList());
    }

    /** theta - eta X'(X theta - y), written out entry by entry. */
    private static List<BigRational> naiveStep(
            Matrix<BigRational> x, Vector<BigRational> y, List<BigRational> theta, BigRational eta) {
        List<BigRational> next = new ArrayList<>(theta);
        for (int i = 0; i < x.rows(); i++) {
            BigRational residual = Q.negate(y.get(i));
            for (int j = 0; j < x.columns(); j++) {
                residual = Q.add(residual, Q.multiply(x.get(i, j), theta.get(j)));
            }
            for (int j = 0; j < x.columns(); j++) {
                BigRational change = Q.multiply(eta, Q.multiply(x.get(i, j), residual));
                next.set(j, Q.add(next.get(j), Q.negate(change)));
            }
        }
        return next;
    }

    @Property(tries = 1000)
    void bothReplaysAgreeWithNaiveRationals(
            @ForAll @IntRange(min = 1, max = 8) int n,
            @ForAll @IntRange(min = 1, max = 5) int d,
            @ForAll @IntRange(min = 0, max = 12) int loops,
            @ForAll boolean constant,
            @ForAll long seed) {
        Random random = new Random(seed);
        Matrix<BigRational> x = randomMatrix(random, n, d);
        Vector<BigRational> y = randomVector(random, n);
        Vector<BigRational> q = randomVector(random, d);
        BigRational alpha = RationalField.of(random.nextBoolean() ? 3 : -5, 1 + random.nextInt(7));
        List<Fraction> etas = new ArrayList<>();
        for (int t = 0; t < loops; t++) {
            etas.add(constant && t > 0 ? etas.get(0) : Fraction.of(random(random)));
        }
        Schedule schedule = constant && loops > 0 ? Schedule.constant(etas.get(0)) : Schedule.of(etas);
        List<List<BigRational>> naive = new ArrayList<>();
        naive.add(q.toList().stream().map(e -> Q.negate(Q.divide(e, alpha))).toList());
        for (int t = 0; t < loops; t++) {
            naive.add(naiveStep(x, y, naive.get(t), etas.get(t).toBigRational()));
        }

        Set<Integer> times = IntStream.rangeClosed(0, loops).boxed().collect(Collectors.toSet());
        Map<Integer, ScaledVector> gradient = new HashMap<>();
        Map<Integer, ScaledVector> attention = new HashMap<>();
        Gram gram = Gram.of(x, y);
        ScaledVector start = ScaledVector.of(Vector.of(naive.get(0)));
        ScaledVector last = ExactReplay.run(gram, start, schedule, loops, times, gradient::put);
        AttentionReplay.run(
                ScaledMatrix.of(x),
                ScaledVector.of(y),
                ScaledVector.of(q),
                Fraction.of(alpha),
                schedule,
                loops,
                times,
                attention::put);
        for (int t = 0; t <= loops; t++) {
            assertThat(gradient.get(t).toVector().toList()).isEqualTo(naive.get(t));
            assertThat(attention.get(t)).isEqualTo(gradient.get(t));
        }
        assertThat(last).isEqualTo(gradient.get(loops));

        ReplayCost cost = ExactReplay.estimate(gram, start, schedule, loops);
        assertThat((long) last.numerators().bitLength()).isLessThanOrEqualTo(cost.bits());
        assertThat((long) last.denominator().bitLength()).isLessThanOrEqualTo(cost.bits());
        ReplayCost attentionCost = AttentionReplay.estimate(
                ScaledMatrix.of(x), ScaledVector.of(y), ScaledVector.of(q), Fraction.of(alpha), schedule, loops);
        assertThat((long) last.denominator().bitLength()).isLessThanOrEqualTo(attentionCost.bits());
    }

    @Property(tries = 200)
    void conversionsKeepTheValueAndAreCanonical(
            @ForAll @IntRange(min = 1, max = 5) int rows,
            @ForAll @IntRange(min = 1, max = 5) int columns,
            @ForAll long seed) {
        Matrix<BigRational> matrix = randomMatrix(new Random(seed), rows, columns);
        ScaledMatrix scaled = ScaledMatrix.of(matrix);
        assertThat(scaled.toMatrix()).isEqualTo(matrix);
        assertThat(scaled.numerators().content().gcd(scaled.denominator())).isEqualTo(BigInteger.ONE);
    }

    @Example
    void decimalAndUnreducedRationalsAreReadExactly() {
        BigRational decimal = BigRational.valueOf("0.125").add(BigRational.valueOf("0.5"));
        assertThat(Fraction.of(decimal)).isEqualTo(Fraction.of(5, 8));
        assertThat(Fraction.of(BigRational.valueOf(6, -4))).isEqualTo(Fraction.of(-3, 2));
    }

    @Example
    void refusesWhatDoesNotFit() {
        Gram gram = Gram.of(
                ScaledMatrix.of(IntegerMatrix.of(new long[][] {{1, 2}}), BigInteger.ONE),
                ScaledVector.of(IntegerVector.of(3), BigInteger.ONE));
        Schedule two = Schedule.of(List.of(Fraction.ONE, Fraction.ONE));
        assertThatThrownBy(() -> ExactReplay.run(gram, ScaledVector.zero(2), two, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 steps");
        assertThatThrownBy(() -> ExactReplay.start(gram, ScaledVector.zero(3), two))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("size 2, got 3");
        assertThatThrownBy(() -> Fraction.of(BigInteger.TWO, BigInteger.ZERO)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> ScaledVector.of(IntegerVector.of(2, 4), BigInteger.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ScaledMatrix(IntegerMatrix.of(new long[][] {{2, 4}}), BigInteger.TWO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 1000)
    void gcdThroughTheSupportIsTheGcd(
            @ForAll @IntRange(min = 1, max = 400) int exponent,
            @ForAll @IntRange(min = 0, max = 500) int shared,
            @ForAll long seed) {
        Random random = new Random(seed);
        BigInteger step = BigInteger.valueOf(2L * (1 + random.nextInt(900)) * (1 + random.nextInt(90)));
        BigInteger other = BigInteger.valueOf(15);
        BigInteger b = step.pow(exponent).multiply(other.pow(random.nextInt(5)));
        BigInteger a = new BigInteger(200, random)
                .multiply(step.gcd(BigInteger.valueOf(60)).pow(shared))
                .multiply(BigInteger.valueOf(3 - 6L * random.nextInt(2)).pow(random.nextInt(9)));
        BigInteger support = Support.join(Support.of(step), other);
        assertThat(Support.gcd(a, b, support)).isEqualTo(a.gcd(b));
    }

    @Example
    void canonicalAlsoWhenManyDifferentStepsLeaveNoShortSupport() {
        Random random = new Random(3);
        List<Fraction> etas = IntStream.range(0, 60)
                .mapToObj(t -> Fraction.of(
                        new BigInteger(100, random),
                        new BigInteger(101, random).setBit(100).setBit(0)))
                .toList();
        ScaledMatrix x = ScaledMatrix.of(IntegerMatrix.of(new long[][] {{1, 2}, {3, 5}}), BigInteger.TEN);
        ScaledVector y = ScaledVector.of(IntegerVector.of(1, 7), BigInteger.valueOf(3));
        ScaledVector theta = ExactReplay.run(Gram.of(x, y), ScaledVector.zero(2), Schedule.of(etas), 60);
        assertThat(theta.numerators().content().gcd(theta.denominator())).isEqualTo(BigInteger.ONE);
        assertThat(AttentionReplay.run(
                        x,
                        y,
                        ScaledVector.zero(2),
                        Fraction.of(-6, 35),
                        Schedule.of(etas),
                        60,
                        Set.of(),
                        (t, iterate) -> {}))
                .isEqualTo(theta);
    }
}
