package org.loopcert.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.obermuhlner.math.big.BigRational;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.loopcert.ring.RationalField;

class ExactDecimalTest {
    private static BigRational parse(String text) {
        return ExactDecimal.parse(text, InputLimits.DEFAULT);
    }

    private static ExactDecimal.RefusedException refusal(String text) {
        return catchThrowableOfType(ExactDecimal.RefusedException.class, () -> parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "3, 3, 1",
        "-0.25, -1, 4",
        "1e-3, 1, 1000",
        ".5, 1, 2",
        "5., 5, 1",
        "+7, 7, 1",
        "-6/4, -3, 2",
        "6/3, 2, 1",
        "0/5, 0, 1",
        "-0, 0, 1",
        "-0.00e7, 0, 1",
        "0.1, 1, 10",
        "12.50E+1, 125, 1",
        "1.5e0003, 1500, 1",
        "007, 7, 1",
        "+.5e1, 5, 1",
        "0e10000, 0, 1"
    })
    void readsTheExactValueReduced(String text, long numerator, long denominator) {
        assertThat(parse(text)).isEqualTo(RationalField.of(numerator, denominator));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".", "+", "-", "e5", ".e5", "1e", "1e+", "1.2.3", "--1", "1/", "/2", "1/2/3", "1/-2", "1.5/2", "1/2.5",
                "0x10", "1f", "1d", "1_000", "1,5", " 1", "1 ", "1e5.0", "\u0661", "1/2e3", "\uff11", "1\u00a0"
            })
    void refusesWhatIsOutsideTheGrammar(String text) {
        assertThat(refusal(text)).isNotNull();
        assertThat(refusal(text).kind()).isEqualTo(InputException.Kind.UNREADABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "nan", "inf", "-Infinity", "+inf", "NA", "N/A", "null", "None"})
    void namesMissingAndInfiniteValues(String text) {
        assertThat(refusal(text)).hasMessageContaining("missing or not finite").hasMessageContaining(text);
    }

    @Test
    void namesEmptyEntriesAndZeroDenominators() {
        assertThat(refusal("")).hasMessage("expected a number, found an empty entry");
        assertThat(refusal("7/0")).hasMessage("expected a fraction p/q with q > 0, found the denominator 0");
        assertThat(refusal("7/000")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e2000000000",
                "1e-2000000000",
                "-3.5E+99999999999999999999999999",
                "1e10001",
                "0e10001",
                "1e2147483648",
                "1e-4294967297"
            })
    void capsExponentsBeforeConversion(String text) {
        assertThat(refusal(text).kind()).isEqualTo(InputException.Kind.BEYOND_LIMIT);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(refusal(text)).isNotNull();
        // 10^2000000000 alone would take 830 million bytes
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
    }

    @Test
    void capsDigitsBeforeConversion() {
        String atLimit = "9".repeat(10_000);
        assertThat(parse(atLimit)).isEqualTo(BigRational.valueOf(new BigInteger(atLimit)));
        for (String text : new String[] {atLimit + "9", atLimit + ".5", atLimit + "/3", "." + atLimit + "1"}) {
            assertThat(refusal(text).kind()).isEqualTo(InputException.Kind.BEYOND_LIMIT);
        }
        InputLimits small = InputLimits.DEFAULT.withNumberCaps(3, 2);
        assertThat(ExactDecimal.parse("1.25e-2", small)).isEqualTo(RationalField.of(1, 80));
        assertThat(catchThrowableOfType(ExactDecimal.RefusedException.class, () -> ExactDecimal.parse("1.255", small))
                        .found())
                .isEqualTo("4 digits");
    }

    @Test
    void formatsCanonically() {
        assertThat(ExactDecimal.format(BigRational.valueOf(-6).divide(4))).isEqualTo("-3/2");
        assertThat(ExactDecimal.format(BigRational.valueOf(6).divide(3))).isEqualTo("2");
        assertThat(ExactDecimal.formatDecimal(RationalField.of(-1, 80))).contains("-0.0125");
        assertThat(ExactDecimal.formatDecimal(RationalField.of(7, 1))).contains("7");
        assertThat(ExactDecimal.formatDecimal(RationalField.of(1, 3))).isEmpty();
        assertThat(ExactDecimal.formatDecimal(BigRational.ZERO)).contains("0");
    }

    @Property
    void fractionsSurviveWritingAndReading(@ForAll("fractions") BigRational value) {
        assertThat(parse(ExactDecimal.format(value))).isEqualTo(value);
    }

    @Property
    void decimalsSurviveWritingAndReading(@ForAll("decimals") BigDecimal value) {
        BigRational exact = value.scale() >= 0
                ? RationalField.of(value.unscaledValue(), BigInteger.TEN.pow(value.scale()))
                : BigRational.valueOf(value.toBigIntegerExact());
        assertThat(parse(value.toString())).isEqualTo(exact); // may have an exponent
        assertThat(parse(value.toPlainString())).isEqualTo(exact);
        assertThat(ExactDecimal.formatDecimal(exact).map(ExactDecimalTest::parse))
                .contains(exact);
    }

    @Property
    void binaryFloatsSurviveAsDecimals(@ForAll double value) {
        BigDecimal exact = new BigDecimal(value);
        BigRational read = ExactDecimal.parse(exact.toPlainString(), InputLimits.DEFAULT);
        assertThat(new BigDecimal(ExactDecimal.formatDecimal(read).orElseThrow()))
                .isEqualByComparingTo(exact);
    }

    @Property
    void anyTextIsEitherANumberOrRefused(
            @ForAll @NumericChars @AlphaChars @Chars({'.', '-', '+', '/', 'e'}) @StringLength(max = 9) String text) {
        ExactDecimal.RefusedException refused = refusal(text);
        boolean grammar = text.matches("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?")
                || text.matches("[-+]?\\d+/\\d+") && !text.matches(".*/0+");
        if (grammar && refused != null) {
            assertThat(refused.kind()).isEqualTo(InputException.Kind.BEYOND_LIMIT);
        } else {
            assertThat(refused == null).isEqualTo(grammar);
        }
    }

    @Provide
    Arbitrary<BigRational> fractions() {
        Arbitrary<BigInteger> numerators =
                Arbitraries.bigIntegers().between(BigInteger.TWO.pow(200).negate(), BigInteger.TWO.pow(200));
        Arbitrary<BigInteger> denominators = Arbitraries.bigIntegers().between(BigInteger.ONE, BigInteger.TWO.pow(200));
        return Combinators.combine(numerators, denominators).as(RationalField::of);
    }

    @Provide
    Arbitrary<BigDecimal> decimals() {
        Arbitrary<BigInteger> digits =
                Arbitraries.bigIntegers().between(BigInteger.TWO.pow(150).negate(), BigInteger.TWO.pow(150));
        return Combinators.combine(digits, Arbitraries.integers().between(-60, 300))
                .as(BigDecimal::new);
    }
}
