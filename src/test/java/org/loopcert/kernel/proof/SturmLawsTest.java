package org.loopcert.kernel.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.OrderRules.Sturm;

/** Whether a polynomial is positive on an interval, against polynomials whose roots are known, and against values. */
class SturmLawsTest {
    private static Fraction fraction(long numerator, long denominator) {
        return Fraction.of(numerator).divide(Fraction.of(denominator));
    }

    private static List<Fraction> multiply(List<Fraction> left, List<Fraction> right) {
        Fraction[] product = new Fraction[left.size() + right.size() - 1];
        Arrays.fill(product, Fraction.ZERO);
        for (int i = 0; i < left.size(); i++) {
            for (int j = 0; j < right.size(); j++) {
                product[i + j] = product[i + j].add(left.get(i).multiply(right.get(j)));
            }
        }
        return List.of(product);
    }

    private static Fraction at(List<Fraction> polynomial, Fraction x) {
        Fraction value = Fraction.ZERO;
        for (int i = polynomial.size() - 1; i >= 0; i--) {
            value = value.multiply(x).add(polynomial.get(i));
        }
        return value;
    }

    private static Fraction small(Random random) {
        return fraction(random.nextInt(13) - 6, 1L + random.nextInt(3));
    }

    private static Fraction end(Random random) {
        return random.nextInt(4) == 0 ? null : small(random);
    }

    private static boolean inside(Fraction x, Fraction low, Fraction high) {
        return (low == null || low.atMost(x)) && (high == null || x.atMost(high));
    }

    /** A point of the interval. */
    private static Fraction inner(Fraction low, Fraction high) {
        return low != null ? low : high != null ? high : Fraction.ZERO;
    }

    /** A factor, the rational roots with their multiplicities, and quadratic factors without a real root. */
    @Property(tries = 2000)
    void positiveExactlyWhereThereIsNoRootAndOneValueIsPositive(@ForAll long seed) {
        Random random = new Random(seed);
        List<Fraction> roots = new ArrayList<>();
        List<Fraction> polynomial = List.of(fraction(random.nextBoolean() ? 2 : -1, 1L + random.nextInt(4)));
        int linear = random.nextInt(4);
        for (int i = 0; i < linear; i++) {
            Fraction root = small(random);
            roots.add(root);
            int times = 1 + random.nextInt(3);
            for (int j = 0; j < times; j++) {
                polynomial = multiply(polynomial, List.of(root.negate(), Fraction.ONE));
            }
        }
        int quadratic = random.nextInt(3);
        for (int i = 0; i < quadratic; i++) {
            // (x - a)^2 + b
            Fraction a = small(random);
            Fraction b = fraction(1L + random.nextInt(3), 1L + random.nextInt(40));
            polynomial = multiply(
                    polynomial,
                    List.of(a.multiply(a).add(b), a.multiply(Fraction.TWO).negate(), Fraction.ONE));
        }
        Fraction low = random.nextInt(4) == 0 && !roots.isEmpty() ? roots.get(0) : end(random);
        Fraction high = random.nextInt(4) == 0 && !roots.isEmpty() ? roots.get(roots.size() - 1) : end(random);
        boolean empty = low != null && high != null && high.below(low);
        boolean expected = !empty
                && roots.stream().noneMatch(each -> inside(each, low, high))
                && at(polynomial, inner(low, high)).signum() > 0;
        assertThat(isPositive(polynomial, low, high))
                .as("%s on %s .. %s", polynomial, low, high)
                .isEqualTo(expected);
    }

    /** Of any coefficients: where it says positive, every value is. */
    @Property(tries = 1000)
    void whatIsPositiveHasPositiveValues(@ForAll long seed) {
        Random random = new Random(seed);
        List<Fraction> polynomial = new ArrayList<>();
        int degree = random.nextInt(7);
        for (int i = 0; i < degree; i++) {
            polynomial.add(small(random));
        }
        polynomial.add(fraction(random.nextBoolean() ? 1 : -3, 2));
        Fraction low = small(random);
        Fraction high = low.add(fraction(random.nextInt(9), 2));
        boolean positive = isPositive(List.copyOf(polynomial), low, high);
        boolean everywhere = true;
        for (int i = 0; i <= 64; i++) {
            Fraction x = low.add(high.subtract(low).multiply(fraction(i, 64)));
            everywhere &= at(polynomial, x).signum() > 0;
        }
        assertThat(everywhere || !positive)
                .as("%s on %s .. %s", polynomial, low, high)
                .isTrue();
    }

    @Test
    void zeroIsNotPositiveAndAPositiveNumberIs() {
        assertThat(isPositive(List.of(), null, null)).isFalse();
        assertThat(isPositive(List.of(Fraction.ONE), null, null)).isTrue();
        assertThat(isPositive(List.of(Fraction.of(-1)), null, Fraction.ZERO)).isFalse();
        assertThat(isPositive(List.of(Fraction.ONE), Fraction.ONE, Fraction.ZERO))
                .as("no number is at least one and at most zero: nothing is derived from that")
                .isFalse();
    }

    /** (x - 1)(x - 2)...(x - 20), whose roots move far when a coefficient does. */
    @Test
    void rootsOfWilkinsonsPolynomialAreCounted() {
        List<Fraction> polynomial = List.of(Fraction.ONE);
        for (int i = 1; i <= 20; i++) {
            polynomial = multiply(polynomial, List.of(Fraction.of(-i), Fraction.ONE));
        }
        for (int i = 0; i <= 20; i++) {
            Fraction low = fraction(10L * i + 1, 10);
            Fraction high = fraction(10L * i + 9, 10);
            assertThat(isPositive(polynomial, low, high)).as("after %s", i).isEqualTo(i % 2 == 0);
            assertThat(isPositive(polynomial, low, high.add(fraction(1, 5))))
                    .as("over %s", i + 1)
                    .isEqualTo(i == 20);
        }
    }

    private static boolean isPositive(List<Fraction> polynomial, Fraction low, Fraction high) {
        Term none = Term.number(0);
        return new Sturm(none, none, none, low, high).isPositive(polynomial);
    }
}
