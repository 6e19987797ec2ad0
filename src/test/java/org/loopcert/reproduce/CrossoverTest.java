package org.loopcert.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.obermuhlner.math.big.BigDecimalMath;
import ch.obermuhlner.math.big.BigRational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.loopcert.ring.RationalField;

class CrossoverTest {
    private static final RationalField Q = RationalField.INSTANCE;
    private static final long BITS = 1_000_000;

    private static Crossover of(int d, int loops, BigRational alpha, BigRational kappa) throws UndecidedException {
        return Crossover.of(d, loops, alpha, kappa, BITS);
    }

    /**
     * 8 T d^2 4^T / sqrt(n) against |alpha| exp(-T/(2 kappa)): both squared and multiplied by n exp(T/kappa), with the plain
     * series of exp in integers.
     */
    private static int compareTheirsToOurs(int d, int loops, BigRational alpha, BigRational kappa, BigInteger n) {
        BigInteger root = BigInteger.valueOf(8L * loops * d * d)
                .multiply(BigInteger.valueOf(4).pow(loops));
        BigRational x = Q.divide(BigRational.valueOf(loops), kappa);
        int places = 2 * n.bitLength() + 100;
        BigInteger one = BigInteger.ONE.shiftLeft(places);
        BigInteger low = one;
        BigInteger high = one;
        BigInteger termLow = one;
        BigInteger termHigh = one;
        // from k > 2 x on a term is at most half of the one before, and the rest at most the last one
        for (int k = 1; k <= 2 * loops + 2 || termHigh.compareTo(BigInteger.TWO) > 0; k++) {
            BigInteger divisor = x.getDenominatorBigInteger().multiply(BigInteger.valueOf(k));
            termLow = termLow.multiply(x.getNumeratorBigInteger()).divide(divisor);
            termHigh = termHigh.multiply(x.getNumeratorBigInteger())
                    .divide(divisor)
                    .add(BigInteger.ONE);
            low = low.add(termLow);
            high = high.add(termHigh);
        }
        high = loops == 0 ? one : high.add(termHigh);
        BigRational theirs = BigRational.valueOf(root.multiply(root));
        BigRational ours = Q.multiply(Q.multiply(alpha, alpha), BigRational.valueOf(n.shiftLeft(places)));
        int below = Q.compare(Q.multiply(theirs, BigRational.valueOf(low)), ours);
        int above = Q.compare(Q.multiply(theirs, BigRational.valueOf(high)), ours);
        assertThat(below).as("the oracle decides").isEqualTo(above);
        return below;
    }

    @Property(tries = 150)
    void theCrossoverIsTheFirstNWithTheirsBelow(
            @ForAll @IntRange(min = 1, max = 9) int d,
            @ForAll @IntRange(max = 60) int loops,
            @ForAll @IntRange(min = 1, max = 40) int p,
            @ForAll @IntRange(min = 1, max = 40) int q,
            @ForAll @IntRange(max = 500) int excess,
            @ForAll boolean negative)
            throws UndecidedException {
        BigRational alpha = RationalField.of(negative ? -p : p, q);
        BigRational kappa = RationalField.of(100 + excess, 100);
        Crossover found = of(d, loops, alpha, kappa);
        BigInteger n = found.crossover();
        assertThat(compareTheirsToOurs(d, loops, alpha, kappa, n)).isNegative();
        BigInteger before = n.subtract(BigInteger.ONE);
        if (before.signum() > 0) {
            assertThat(compareTheirsToOurs(d, loops, alpha, kappa, before)).isPositive();
        }
        assertThat(found.theirsIsSmallerAt(n)).isTrue();
        assertThat(found.theirsIsSmallerAt(before)).isFalse();
    }

    /** 8 T d^2 2^(2T) <= sqrt(n), squared, holds at the least n and not before. */
    @Property(tries = 100)
    void theConditionBeginsAtItsLeastN(
            @ForAll @IntRange(min = 1, max = 50) int d, @ForAll @IntRange(max = 50) int loops)
            throws UndecidedException {
        Crossover cell = of(d, loops, BigRational.ONE, BigRational.TWO);
        BigInteger left =
                BigInteger.valueOf(8L * loops * d * d).shiftLeft(2 * loops).pow(2);
        assertThat(left.compareTo(cell.conditionFrom())).isNotPositive();
        BigInteger before = cell.conditionFrom().subtract(BigInteger.ONE);
        assertThat(before.signum() == 0 || left.compareTo(before) > 0).isTrue();
        assertThat(cell.holdsAt(cell.conditionFrom())).isTrue();
        assertThat(cell.holdsAt(before)).isFalse();
        if (loops > 0) {
            // theirs is 1 at the least n, so that a query of at most 1 leaves ours the smaller there
            assertThat(cell.theirsIsSmallerAt(cell.conditionFrom())).isFalse();
            assertThat(cell.theirsIsAlwaysSmaller()).isFalse();
        }
    }

    /** A library's exp, where its rounding cannot matter. */
    @Property(tries = 50)
    void agreesWithALibrary(
            @ForAll @IntRange(min = 1, max = 8) int d,
            @ForAll @IntRange(min = 1, max = 40) int loops,
            @ForAll @IntRange(min = 1, max = 30) int alpha,
            @ForAll @IntRange(min = 1, max = 100) int kappa)
            throws UndecidedException {
        MathContext digits = new MathContext(150);
        BigDecimal limit = BigDecimalMath.exp(new BigDecimal(loops).divide(new BigDecimal(kappa), digits), digits)
                .multiply(new BigDecimal(Crossover.condition(d, loops)))
                .divide(new BigDecimal(alpha * alpha), digits);
        BigDecimal floor = limit.setScale(0, RoundingMode.FLOOR);
        BigDecimal margin = new BigDecimal("1e-20");
        Assume.that(limit.subtract(floor).compareTo(margin) > 0
                && limit.subtract(floor).compareTo(BigDecimal.ONE.subtract(margin)) < 0);
        assertThat(of(d, loops, BigRational.valueOf(alpha), BigRational.valueOf(kappa))
                        .crossover())
                .isEqualTo(floor.toBigInteger().add(BigInteger.ONE));
    }

    @ParameterizedTest
    @CsvSource({
        // 1024 e = 2783.5..., 65536 e^2 = 484249.5..., 1024 e / 9 = 309.2...
        "1, 1, 1, 1, 1024, 2784, false",
        "1, 2, 1, 1, 65536, 484250, false",
        "1, 1, 3, 1, 1024, 310, true",
        "1, 1, -3, 1, 1024, 310, true",
        "5, 0, 1, 1, 1, 1, true",
    })
    void knownValues(int d, int loops, int alpha, int kappa, BigInteger condition, BigInteger crossover, boolean always)
            throws UndecidedException {
        Crossover cell = of(d, loops, BigRational.valueOf(alpha), BigRational.valueOf(kappa));
        assertThat(cell.conditionFrom()).isEqualTo(condition);
        assertThat(cell.crossover()).isEqualTo(crossover);
        assertThat(cell.theirsIsAlwaysSmaller()).isEqualTo(always);
    }

    @Property(tries = 100)
    void mostLoopsIsTheLastWithTheCondition(
            @ForAll @IntRange(min = 1, max = 9) int d,
            @ForAll @IntRange(min = 1) int n,
            @ForAll @IntRange(max = 300) int shift) {
        BigInteger examples = BigInteger.valueOf(n).shiftLeft(shift);
        int most = Crossover.mostLoops(d, examples);
        assertThat(Crossover.condition(d, most)).isLessThanOrEqualTo(examples);
        assertThat(Crossover.condition(d, most + 1)).isGreaterThan(examples);
    }

    @Test
    void theEdgeOfTheConditionCounts() {
        BigInteger edge = Crossover.condition(4, 7);
        assertThat(Crossover.mostLoops(4, edge)).isEqualTo(7);
        assertThat(Crossover.mostLoops(4, edge.subtract(BigInteger.ONE))).isEqualTo(6);
        assertThat(Crossover.mostLoops(1, BigInteger.ONE)).isZero();
    }

    @Test
    void limitsAndRanges() {
        assertThatThrownBy(() -> Crossover.of(1, 10, BigRational.ONE, BigRational.ONE, 50))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("limit max-bits 50, needed");
        assertThatThrownBy(() -> of(0, 1, BigRational.ONE, BigRational.ONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> of(1, -1, BigRational.ONE, BigRational.ONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> of(1, 1, BigRational.ZERO, BigRational.ONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> of(1, 1, BigRational.ONE, RationalField.of(99, 100)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Crossover.mostLoops(1, BigInteger.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
