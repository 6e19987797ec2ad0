package org.loopcert.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.loopcert.kernel.ValueRules.Enclosure;

class EnclosureTest {
    @Provide
    Arbitrary<Fraction> fractions() {
        Arbitrary<BigInteger> p =
                Arbitraries.bigIntegers().between(BigInteger.valueOf(-10_000), BigInteger.valueOf(10_000));
        Arbitrary<BigInteger> q = Arbitraries.bigIntegers().between(BigInteger.ONE, BigInteger.valueOf(3_000));
        return Combinators.combine(p, q).as(Fraction::of);
    }

    private static boolean contains(Enclosure.Interval interval, Fraction x, int bits) {
        BigInteger one = BigInteger.ONE.shiftLeft(bits);
        return Fraction.of(interval.low(), one).atMost(x) && x.atMost(Fraction.of(interval.high(), one));
    }

    @Property(tries = 300)
    void dotAndScaleContainTheExactValue(
            @ForAll @Size(6) List<@From("fractions") Fraction> entries,
            @ForAll("fractions") Fraction factor,
            @ForAll @IntRange(min = 1, max = 80) int bits)
            throws Refusal {
        List<Fraction> a = entries.subList(0, 3);
        List<Fraction> b = entries.subList(3, 6);
        Enclosure enclosure = new Enclosure(bits, Given.meter());
        Enclosure.Interval dot = enclosure.dot(enclosure.vector(a), enclosure.vector(b));
        Fraction exact = Vectors.dot(a, b, Given.meter());
        assertThat(contains(dot, exact, bits)).isTrue();
        assertThat(contains(enclosure.scale(factor, dot), exact.multiply(factor), bits))
                .isTrue();
    }

    @Property(tries = 300)
    void sizeWithinIsTrueOnlyIfItHoldsForEveryPoint(
            @ForAll("fractions") Fraction a,
            @ForAll("fractions") Fraction b,
            @ForAll("fractions") Fraction lower,
            @ForAll("fractions") Fraction upper) {
        Enclosure enclosure = new Enclosure(40, Given.meter());
        Enclosure.Interval interval = enclosure.of(a.min(b), a.max(b));
        if (enclosure.sizeWithin(interval, lower, upper)) {
            for (Fraction x : List.of(a, b, a.add(b).divide(Fraction.TWO))) {
                assertThat(lower.atMost(x.abs()) && x.abs().atMost(upper)).isTrue();
            }
            boolean root = a.signum() * b.signum() <= 0;
            assertThat(!root || lower.signum() <= 0).isTrue();
        }
    }

    /** (I - eta G)^2^k by squaring contains the exact powers, for every eta of the range. */
    @Property(tries = 100)
    void powersOfTheDescentContainTheExactOnes(
            @ForAll @Size(4) List<@IntRange(min = -4, max = 4) Integer> x,
            @ForAll @IntRange(min = 1, max = 30) int p,
            @ForAll @IntRange(max = 3) int squarings)
            throws Refusal {
        long[][] rows = {{x.get(0), x.get(1)}, {x.get(2), x.get(3)}};
        Fraction low = Given.q(p, 100);
        Fraction high = Given.q(p + 1, 100);
        Problem problem = Given.problem(rows, new Instance.Step.Constant(low), 1);
        Enclosure enclosure = new Enclosure(60, Given.meter());
        Enclosure.Interval[][] power = enclosure.descent(problem, low, high);
        for (int k = 0; k < squarings; k++) {
            power = enclosure.square(power);
        }
        for (Fraction eta : List.of(low, high, low.add(high).divide(Fraction.TWO))) {
            Fraction[][] exact = descent(problem, eta);
            for (int k = 0; k < squarings; k++) {
                exact = square(exact);
            }
            for (int i = 0; i < 2; i++) {
                for (int j = 0; j < 2; j++) {
                    assertThat(contains(power[i][j], exact[i][j], 60)).isTrue();
                }
            }
        }
    }

    private static Fraction[][] descent(Problem problem, Fraction eta) {
        return IntStream.range(0, 2)
                .mapToObj(i -> IntStream.range(0, 2)
                        .mapToObj(j -> Fraction.of(i == j ? 1 : 0)
                                .subtract(eta.multiply(Fraction.of(problem.gram[i][j], problem.square))))
                        .toArray(Fraction[]::new))
                .toArray(Fraction[][]::new);
    }

    private static Fraction[][] square(Fraction[][] a) {
        return Arrays.stream(a)
                .map(row -> IntStream.range(0, 2)
                        .mapToObj(j -> row[0].multiply(a[0][j]).add(row[1].multiply(a[1][j])))
                        .toArray(Fraction[]::new))
                .toArray(Fraction[][]::new);
    }

    private static final BigInteger[] SIGNS = {
        BigInteger.valueOf(-7), BigInteger.valueOf(-2), BigInteger.ZERO, BigInteger.valueOf(3), BigInteger.valueOf(5)
    };

    private static List<Enclosure.Interval> intervals() {
        return Arrays.stream(SIGNS)
                .flatMap(low -> Arrays.stream(SIGNS)
                        .filter(high -> low.compareTo(high) <= 0)
                        .map(high -> new Enclosure.Interval(low, high)))
                .toList();
    }

    /** All signs of both ends: with 0 bits the products of the ends are attained, so that the result is exact. */
    @Test
    void productsOfAllSigns() {
        Enclosure enclosure = new Enclosure(0, Given.meter());
        for (Enclosure.Interval a : intervals()) {
            for (Enclosure.Interval b : intervals()) {
                List<BigInteger> products = List.of(
                        a.low().multiply(b.low()),
                        a.low().multiply(b.high()),
                        a.high().multiply(b.low()),
                        a.high().multiply(b.high()));
                BigInteger low = products.stream().min(BigInteger::compareTo).orElseThrow();
                BigInteger high = products.stream().max(BigInteger::compareTo).orElseThrow();
                assertThat(enclosure.dot(new Enclosure.Interval[] {a}, new Enclosure.Interval[] {b}))
                        .isEqualTo(new Enclosure.Interval(low, high));
            }
        }
    }

    @Test
    void sizesOfAllSigns() {
        Enclosure enclosure = new Enclosure(0, Given.meter());
        for (Enclosure.Interval x : intervals()) {
            boolean root = x.low().signum() * x.high().signum() <= 0;
            BigInteger least =
                    root ? BigInteger.ZERO : x.low().abs().min(x.high().abs());
            BigInteger most = x.low().abs().max(x.high().abs());
            Fraction l = Fraction.of(least);
            Fraction u = Fraction.of(most);
            assertThat(enclosure.sizeWithin(x, l, u)).isTrue();
            assertThat(enclosure.sizeWithin(x, l.subtract(Fraction.ONE), u.add(Fraction.ONE)))
                    .isTrue();
            assertThat(enclosure.sizeWithin(x, l.add(Given.q(1, 9)), u)).isFalse();
            assertThat(enclosure.sizeWithin(x, l, u.subtract(Given.q(1, 9)))).isFalse();
        }
    }

    @Test
    void endsAreRoundedOutwardOnlyWhereTheyMust() {
        Enclosure enclosure = new Enclosure(2, Given.meter());
        assertThat(enclosure.of(Given.q(3, 4), Given.q(5, 4))).isEqualTo(interval(3, 5));
        assertThat(enclosure.of(Given.q(-5, 4), Given.q(-3, 4))).isEqualTo(interval(-5, -3));
        assertThat(enclosure.of(Given.q(1, 3), Given.q(1, 3))).isEqualTo(interval(1, 2));
        assertThat(enclosure.of(Given.q(-1, 3), Given.q(-1, 3))).isEqualTo(interval(-2, -1));
        assertThat(enclosure.of(Fraction.ZERO, Fraction.ZERO)).isEqualTo(interval(0, 0));
        // [3/4, 5/4] by 1/3, and by -1/3
        assertThat(enclosure.scale(Given.q(1, 3), interval(3, 5))).isEqualTo(interval(1, 2));
        assertThat(enclosure.scale(Given.q(-1, 3), interval(3, 5))).isEqualTo(interval(-2, -1));
        // 3/4 squared is 9/16, between 2/4 and 3/4
        Enclosure.Interval[] v = {interval(3, 3)};
        assertThat(enclosure.dot(v, v)).isEqualTo(interval(2, 3));
        // -9/16 rounds away from 0 below
        assertThat(enclosure.dot(v, new Enclosure.Interval[] {interval(-3, -3)}))
                .isEqualTo(interval(-3, -2));
    }

    private static Enclosure.Interval interval(long low, long high) {
        return new Enclosure.Interval(BigInteger.valueOf(low), BigInteger.valueOf(high));
    }

    /** G = [[5, 4], [4, 5]]: I - eta G for eta in [1/4, 1/2], and its square at eta = 1/2 alone. */
    @Test
    void descentAndItsSquare() throws Refusal {
        Problem problem = Given.problem(new long[][] {{2, 1}, {1, 2}}, new Instance.Step.Constant(Given.q(1, 4)), 1);
        Enclosure enclosure = new Enclosure(2, Given.meter());
        Enclosure.Interval[][] descent = enclosure.descent(problem, Given.q(1, 4), Given.q(1, 2));
        assertThat(descent).isDeepEqualTo(new Enclosure.Interval[][] {
            {interval(-6, -1), interval(-8, -4)}, {interval(-8, -4), interval(-6, -1)}
        });
        // [[-3/2, -2], [-2, -3/2]] squared
        Enclosure.Interval[][] power = enclosure.square(enclosure.descent(problem, Given.q(1, 2), Given.q(1, 2)));
        assertThat(power).isDeepEqualTo(new Enclosure.Interval[][] {
            {interval(25, 25), interval(24, 24)}, {interval(24, 24), interval(25, 25)}
        });
        Enclosure.Interval[] v = {interval(4, 4), interval(0, 4)};
        assertThat(enclosure.multiply(power, v)).containsExactly(interval(25, 49), interval(24, 49));
    }
}
