package org.loopcert.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.loopcert.exact.Fraction;

class ClopperPearsonTest {
    private static final Fraction RISK = Fraction.of(1, 20);
    private static final BigInteger GRID = BigInteger.ONE.shiftLeft(20);

    /**
     * 95 % intervals as in the tables of exact binomial limits, the last three as in R. G. Newcombe, Statistics in
     * Medicine 17 (1998), table I; 0 and all successes by 1 - (risk/2)^(1/n).
     */
    @ParameterizedTest
    @CsvSource({
        "0, 10, 0, 0.30850",
        "1, 10, 0.00253, 0.44502",
        "5, 10, 0.18709, 0.81291",
        "8, 10, 0.44390, 0.97479",
        "10, 10, 0.69150, 1",
        "0, 1000, 0, 0.0036821",
        "1000, 1000, 0.9963179, 1",
        "81, 263, 0.2527, 0.3676",
        "15, 148, 0.0578, 0.1617",
        "1, 29, 0.0009, 0.1776"
    })
    void meetsPublishedLimits(int successes, int trials, double lower, double upper) {
        ClopperPearson found = ClopperPearson.of(successes, trials, RISK);
        assertThat(value(found.lower())).isCloseTo(lower, within(6e-5));
        assertThat(value(found.upper())).isCloseTo(upper, within(6e-5));
    }

    private static double value(Fraction x) {
        return x.toBigRational().toBigDecimal().doubleValue();
    }

    /** P(X >= k), term by term. */
    private static Fraction tail(Fraction p, int k, int trials) {
        Fraction sum = Fraction.ZERO;
        for (int i = k; i <= trials; i++) {
            Fraction term = Fraction.ONE;
            for (int j = 0; j < i; j++) {
                term = term.multiply(p).multiply(Fraction.of(trials - j, j + 1L));
            }
            for (int j = i; j < trials; j++) {
                term = term.multiply(Fraction.ONE.subtract(p));
            }
            sum = sum.add(term);
        }
        return sum;
    }

    @Property(tries = 30)
    void liesJustOutsideTheTrueLimits(
            @ForAll @IntRange(min = 1, max = 14) int trials, @ForAll @IntRange(max = 14) int k) {
        int successes = Math.min(k, trials);
        ClopperPearson found = ClopperPearson.of(successes, trials, RISK);
        Fraction half = Fraction.of(1, 40);
        Fraction step = Fraction.of(BigInteger.ONE, GRID);
        if (successes > 0) {
            assertThat(tail(found.lower(), successes, trials)).isLessThanOrEqualTo(half);
            assertThat(tail(found.lower().add(step), successes, trials)).isGreaterThan(half);
        } else {
            assertThat(found.lower()).isEqualTo(Fraction.ZERO);
        }
        if (successes < trials) {
            Fraction most = Fraction.ONE.subtract(half);
            assertThat(tail(found.upper(), successes + 1, trials)).isGreaterThanOrEqualTo(most);
            assertThat(tail(found.upper().subtract(step), successes + 1, trials))
                    .isLessThan(most);
        } else {
            assertThat(found.upper()).isEqualTo(Fraction.ONE);
        }
    }

    @Test
    void refusesImpossibleCounts() {
        assertThatThrownBy(() -> ClopperPearson.of(3, 2, RISK)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ClopperPearson.of(0, 0, RISK)).isInstanceOf(IllegalArgumentException.class);
    }
}
