package org.loopcert.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.Kernel;
import org.loopcert.kernel.Verdict;

class ExplanationTest {
    @Test
    void everyRuleHasWordsAndOneHeading() {
        assertThat(RuleGuide.names()).containsExactlyInAnyOrderElementsOf(Kernel.ruleNames());
        assertThat(Argument.covered()).containsExactlyInAnyOrderElementsOf(Kernel.ruleNames());
        assertThatThrownBy(() -> RuleGuide.of("hearsay")).hasMessageContaining("hearsay");
    }

    @Test
    void everyReasonHasItsOwnWords() {
        assertThat(Arrays.stream(Verdict.Reason.values()).map(RuleGuide::reason))
                .doesNotHaveDuplicates()
                .allSatisfy(words -> assertThat(words).isNotBlank());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "max-bytes",
                "max-depth",
                "max-values",
                "max-digits",
                "max-dimension",
                "max-bits",
                "max-memory",
                "max-work"
            })
    void everyLimitHasAWayOut(String name) {
        assertThat(RuleGuide.limit("limit " + name + " 10, needed 11")).isEqualTo(name);
        assertThat(RuleGuide.raise("limit " + name + " 10, needed 11")).doesNotContain("no option is known");
    }

    @Test
    void theBitsThatAreNeededAreSuggested() {
        assertThat(RuleGuide.raise("limit max-bits 10, needed 4711 bits")).startsWith("--max-bits 4711 raises it");
        assertThat(RuleGuide.raise("something else")).isEqualTo("no option is known for it");
    }

    /** Against powers written out. */
    @Property(tries = 200)
    void neededLoopsAreTheLeast(
            @ForAll @IntRange(min = 0, max = 199) int p,
            @ForAll @IntRange(min = 1, max = 1000) int scale,
            @ForAll @IntRange(min = 1, max = 5) int period) {
        Fraction base = Fraction.of(BigInteger.valueOf(p), BigInteger.valueOf(200));
        Fraction factor = Fraction.of(scale);
        long found = Convergence.needed(base, factor, period).orElseThrow();
        assertThat(found % period).isZero();
        int runs = Math.toIntExact(found / period);
        assertThat(bound(base, factor, runs).atMost(Convergence.TARGET)).isTrue();
        assertThat(bound(base, factor, runs - 1).atMost(Convergence.TARGET)).isFalse();
    }

    private static Fraction bound(Fraction base, Fraction scale, int count) {
        return scale.multiply(
                Fraction.of(base.numerator().pow(count), base.denominator().pow(count)));
    }

    @Test
    void neededLoopsHaveEnds() {
        assertThat(Convergence.needed(Fraction.ONE, Fraction.ONE, 1)).isEmpty();
        assertThat(Convergence.needed(Fraction.ONE, Convergence.TARGET, 1)).isEqualTo(OptionalLong.of(0));
        Fraction huge = Fraction.of(BigInteger.ONE.shiftLeft(10_000));
        assertThat(Convergence.needed(Fraction.ZERO, huge, 1)).isEmpty();
        // kappa = 10^31: far beyond the most loops that an instance may have
        Fraction slow = Fraction.ONE.subtract(Fraction.of(BigInteger.ONE, BigInteger.TEN.pow(31)));
        assertThat(Convergence.needed(slow, Fraction.ONE, 1)).isEmpty();
        Fraction kappa = Fraction.ONE.subtract(Fraction.of(BigInteger.ONE, BigInteger.TEN.pow(6)));
        // 6 ln 10 / -ln(1 - 10^-6) = 13815503.65
        assertThat(Convergence.needed(kappa, Fraction.ONE, 1)).isEqualTo(OptionalLong.of(13_815_504));
    }

    @Test
    void longNumbersAreMarkedAsNotExact() {
        String digits = "3".repeat(61);
        assertThat(Explanation.shortened("found " + digits + "/2, 1/3")).isEqualTo("found about 1.666666666E+60, 1/3");
        assertThat(Explanation.shortened(digits + "/0")).endsWith("...");
        assertThat(Explanation.lines(List.of(3))).isEqualTo("line 3");
        assertThat(Explanation.lines(List.of(3, 1, 2))).isEqualTo("lines 3, 1 and 2");
    }
}
