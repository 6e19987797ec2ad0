package org.loopcert.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.loopcert.ring.RationalField;

class ComparisonTest {
    private static final List<BigInteger> SIZES = List.of(BigInteger.valueOf(128), BigInteger.TEN.pow(12));

    private static Comparison.Options options(
            List<Integer> features, List<Integer> loops, List<BigRational> queries, List<BigRational> kappas) {
        return new Comparison.Options(features, loops, queries, kappas, SIZES, 100_000);
    }

    private static Reproduction run(Comparison.Options options) throws UndecidedException {
        return Comparison.run(options, done -> {});
    }

    private static Map<String, Finding> byId(Reproduction found) {
        return found.findings().stream().collect(Collectors.toMap(Finding::id, Function.identity()));
    }

    private static String file(Reproduction found, String name) {
        return new String(found.files().get(name), StandardCharsets.UTF_8);
    }

    @Test
    void goldenGridOfUnitQueries() throws UndecidedException {
        Reproduction found = run(options(
                List.of(1, 4), List.of(1, 3), List.of(BigRational.ONE), List.of(BigRational.ONE, BigRational.TEN)));
        assertThat(file(found, "comparison.csv").lines())
                .containsExactly(
                        "d,T,alpha,kappa,condition from n,theirs below ours from n,theirs smaller with condition from n,ours smaller before,exp(T/kappa)/alpha^2 lower,exp(T/kappa)/alpha^2 upper",
                        "1,1,1,1,1024,2784,2784,true,2.7182818284590452,2.7182818284590453",
                        "1,1,1,10,1024,1132,1132,true,1.1051709180756476,1.1051709180756477",
                        "1,3,1,1,2359296,47387727,47387727,true,20.085536923187667,20.085536923187668",
                        "1,3,1,10,2359296,3184717,3184717,true,1.3498588075760031,1.3498588075760032",
                        "4,1,1,1,262144,712582,712582,true,2.7182818284590452,2.7182818284590453",
                        "4,1,1,10,262144,289714,289714,true,1.1051709180756476,1.1051709180756477",
                        "4,3,1,1,603979776,12131258092,12131258092,true,20.085536923187667,20.085536923187668",
                        "4,3,1,10,603979776,815287421,815287421,true,1.3498588075760031,1.3498588075760032");
        assertThat(found.decided()).isTrue();
        assertThat(byId(found).get("ours-at-the-least-n").outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(byId(found).get("ours-is-smaller").outcome()).isEqualTo(Outcome.FAILS);
        assertThat(byId(found).get("ours-is-smaller").words())
                .contains("from n = 2784")
                .contains("In 8 cells ours is smaller before, in 0 never");
        assertThat(found.files().keySet())
                .containsExactly("comparison.csv", "comparison.png", "comparison.svg", "fixed-n.csv", "index.html");
    }

    @Test
    void goldenGridOfLargeQueriesAndNoLoops() throws UndecidedException {
        Reproduction found = run(options(
                List.of(2),
                List.of(0, 2),
                List.of(BigRational.valueOf(3), RationalField.of(-1, 2)),
                List.of(RationalField.of(6, 4))));
        assertThat(file(found, "comparison.csv").lines().skip(1))
                .containsExactly(
                        "2,0,3,3/2,1,1,1,false,,",
                        "2,0,-1/2,3/2,1,1,1,false,,",
                        "2,2,3,3/2,1048576,441995,1048576,false,0.42151865496479752,0.42151865496479753",
                        "2,2,-1/2,3/2,1048576,15911797,15911797,true,15.174671578732710,15.174671578732711");
        assertThat(file(found, "fixed-n.csv").lines().skip(1))
                .containsExactly(
                        "2,128,0,3,3/2,none",
                        "2,128,0,-1/2,3/2,none",
                        "2,1000000000000,6,3,3/2,6",
                        "2,1000000000000,6,-1/2,3/2,5");
        assertThat(byId(found).get("ours-at-the-least-n").outcome()).isEqualTo(Outcome.FAILS);
        assertThat(byId(found).get("ours-at-the-least-n").words()).contains("in 1 of 2 cells");
    }

    @Test
    void theExperimentsOfThePaperLieOutsideTheConditionForAnyLoop() throws UndecidedException {
        Reproduction found = run(options(List.of(1), List.of(1), List.of(BigRational.ONE), List.of(BigRational.ONE)));
        Finding sizes = byId(found).get("paper-sizes");
        assertThat(sizes.outcome()).isEqualTo(Outcome.FAILS);
        assertThat(sizes.words())
                .contains("up to T = 0 only")
                .contains("n = 262144")
                .contains("(250 digits)");
        assertThat(found.findings())
                .filteredOn(finding -> finding.outcome() == Outcome.HOLDS)
                .extracting(Finding::id)
                .containsExactlyInAnyOrder(
                        "ours-decays",
                        "theirs-increases",
                        "theirs-at-most-1",
                        "exponential-examples",
                        "ours-at-the-least-n");
    }

    @Test
    void withoutLoopsThereIsNothingThatScaleCouldChange() throws UndecidedException {
        Reproduction found = run(options(List.of(1), List.of(0), List.of(BigRational.ONE), List.of(BigRational.ONE)));
        assertThat(byId(found).get("scale").outcome()).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void longIntegersAreShownInBrief() {
        assertThat(Comparison.brief(BigInteger.valueOf(123_456_789_012_345L))).isEqualTo("123456789012345");
        assertThat(Comparison.brief(BigInteger.TEN.pow(20).subtract(BigInteger.ONE)))
                .isEqualTo("9.999999...e19 (20 digits)");
        assertThat(Comparison.brief(BigInteger.TEN.pow(20))).isEqualTo("1.000000...e20 (21 digits)");
    }

    @Test
    void rangesOfTheGrid() {
        List<BigRational> one = List.of(BigRational.ONE);
        assertThatThrownBy(() -> options(List.of(0), List.of(1), one, one)).hasMessageContaining("--d: expected");
        assertThatThrownBy(() -> options(List.of(1), List.of(-1), one, one)).hasMessageContaining("--loops: expected");
        assertThatThrownBy(() -> options(List.of(1), List.of(), one, one)).hasMessageContaining("--loops: expected");
        assertThatThrownBy(() -> options(List.of(1), List.of(1), List.of(BigRational.ZERO), one))
                .hasMessageContaining("--query: expected");
        assertThatThrownBy(() -> options(List.of(1), List.of(1), one, List.of(RationalField.of(1, 2))))
                .hasMessageContaining("--kappa: expected at least 1, got 1/2");
        assertThatThrownBy(() -> options(
                        List.of(1), List.of(1), one, List.of(RationalField.of(3, 2), BigRational.valueOf(6, 4))))
                .hasMessageContaining("none twice");
    }
}
