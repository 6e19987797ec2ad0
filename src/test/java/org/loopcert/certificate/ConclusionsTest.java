package org.loopcert.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.Kernel;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Statement;
import org.loopcert.kernel.Verdict;

/** The text in which checkers are compared, against numbers that are worked out by hand. */
class ConclusionsTest {
    private static Verdict check(String file) throws IOException {
        return Kernel.check(Files.readAllBytes(Path.of("certificates", file)), Limits.DEFAULT);
    }

    /** G is diag(9, 1) and T is 3. */
    @Test
    void aCertificate() throws IOException {
        Verdict verdict = check("accept/twins/minimal.json");
        assertThat(Conclusions.verdict(verdict)).isEqualTo("accepted certificate");
        assertThat(Conclusions.of(verdict))
                .containsExactly(
                        "1 symbolic-attention",
                        "2 lambda-max-at-most 9",
                        "3 smallest-positive-at-least 1 2",
                        "4 lambda-max-at-least 9",
                        "5 smallest-positive-at-most 1",
                        "6 spectrum 2 1 1 9 9 9 9",
                        "7 exponential 9 9 3",
                        "8 small-steps 1/3 1/3 1/9",
                        "9 contraction-small-steps power 8/9 3");
    }

    @Test
    void refusalsHaveNoConclusions() throws IOException {
        Verdict rejected = check("reject/contraction-constant/of-a-schedule.json");
        assertThat(Conclusions.verdict(rejected)).isEqualTo("rejected step-kind 8");
        assertThat(Conclusions.of(rejected)).isEmpty();
        assertThat(Conclusions.verdict(check("malformed/comment.json"))).isEqualTo("malformed");
        assertThat(Conclusions.verdict(check("bound/cars.json"))).isEqualTo("undecided needs-input");
        Verdict tooLong = Kernel.check(new byte[Limits.DEFAULT.bytes() + 1], Limits.DEFAULT);
        assertThat(Conclusions.verdict(tooLong)).isEqualTo("undecided limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reject/cost/bytes-one-less.json", "reject/obligations/no-spectrum.json"})
    void theWholeFileIsLineZero(String file) throws IOException {
        assertThat(Conclusions.verdict(check(file))).startsWith("rejected ").endsWith(" 0");
    }

    private static String words(Statement statement) {
        return Conclusions.line(7, "rule", statement);
    }

    @Test
    void everyFormOfAFactor() {
        Fraction half = Fraction.of(BigInteger.ONE, BigInteger.TWO);
        assertThat(words(new Statement.Contraction(new Statement.Power(half, 12), true)))
                .isEqualTo("7 rule power 1/2 12");
        assertThat(words(new Statement.TightBound(Fraction.TWO, new Statement.Product(half))))
                .isEqualTo("7 rule 2 product 1/2");
        assertThat(words(new Statement.GeneralLabels(Fraction.ZERO, new Statement.Value(half))))
                .isEqualTo("7 rule 0 value 1/2");
    }

    @Test
    void listsAreWrittenInFull() {
        Fraction three = Fraction.of(3);
        List<Fraction> theta = List.of(Fraction.ONE, three.negate());
        Statement.Factor factor = new Statement.Power(Fraction.ZERO, 0);
        assertThat(words(new Statement.LimitError(theta, three, Fraction.TWO, factor)))
                .isEqualTo("7 rule 3 2 power 0 0 1 -3");
        assertThat(words(new Statement.Noise(three, Fraction.ONE, factor, Fraction.TWO)))
                .isEqualTo("7 rule 3 1 power 0 0 2");
        assertThat(words(new Statement.LeastSquares(theta, three, Fraction.ZERO, 2)))
                .isEqualTo("7 rule 2 3 0 1 -3");
        assertThat(words(new Statement.RoundedIterates(List.of(0L, 4L), theta))).isEqualTo("7 rule 0 1 4 -3");
        assertThat(words(new Statement.RoundedIterates(List.of(), List.of()))).isEqualTo("7 rule");
        assertThat(words(new Statement.RoundedTrajectory(4, factor, three, Fraction.TWO)))
                .isEqualTo("7 rule 4 power 0 0 3 2");
        assertThat(words(new Statement.SmallSteps(three, three, null))).isEqualTo("7 rule 3 3 -");
    }

    /** Of each kind of statement, so that one without words is found before a certificate has it. */
    @Test
    void everyStatementHasWords() {
        List<Class<?>> kinds = Stream.of(Statement.class.getPermittedSubclasses())
                .flatMap(kind -> kind.isInterface() ? Stream.of(kind.getPermittedSubclasses()) : Stream.of(kind))
                .toList();
        assertThat(kinds).hasSizeGreaterThan(20);
        assertThat(Set.<Class<?>>copyOf(Conclusions.kinds())).containsExactlyInAnyOrderElementsOf(kinds);
    }

    @Test
    void theTextIsAscii() throws IOException {
        String text = String.join("\n", Conclusions.of(check("accept/steps/chebyshev.json")));
        assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(text)).isTrue();
        assertThat(text).contains("contraction-schedule value ");
    }
}
