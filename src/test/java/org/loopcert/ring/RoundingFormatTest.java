package org.loopcert.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.loopcert.ring.RoundingFormat.Overflow;

/**
 * Rounding against an oracle that knows only the encodings: it lists or brackets the neighbours of an exact value and
 * takes the nearer one, on a tie the one whose pattern is even.
 */
class RoundingFormatTest {
    private static final RationalField Q = RationalField.INSTANCE;

    static Stream<RoundingFormat> all() {
        return RoundingFormat.all().stream();
    }

    static Stream<RoundingFormat> small() {
        return all().filter(format -> format.width() <= 16);
    }

    /** Patterns with exponent fields beyond the format stand for the numbers that would follow the largest. */
    private static final class Oracle {
        private static final Map<RoundingFormat, Oracle> KNOWN = new HashMap<>();

        private final RoundingFormat format;
        private final int fractionBits;
        private final int bias;
        private final long lastFinite;

        /** One over the smallest positive number. */
        private final BigInteger scale;

        private Oracle(RoundingFormat format, int fractionBits, int bias, long lastFinite) {
            this.format = format;
            this.fractionBits = fractionBits;
            this.bias = bias;
            this.lastFinite = lastFinite;
            this.scale = BigInteger.ONE.shiftLeft(bias + fractionBits - 1);
        }

        static Oracle of(RoundingFormat format) {
            return KNOWN.computeIfAbsent(format, f -> {
                String name = f.name().replace("-saturating", "");
                return switch (name) {
                    case "binary64" -> new Oracle(f, 52, 1023, 0x7fef_ffff_ffff_ffffL);
                    case "binary32" -> new Oracle(f, 23, 127, 0x7f7f_ffffL);
                    case "binary16" -> new Oracle(f, 10, 15, 0x7bffL);
                    case "bfloat16" -> new Oracle(f, 7, 127, 0x7f7fL);
                    case "tf32" -> new Oracle(f, 10, 127, 0x3fbffL);
                    case "e4m3" -> new Oracle(f, 3, 7, 0x7eL);
                    case "e5m2" -> new Oracle(f, 2, 15, 0x7bL);
                    default -> throw new AssertionError("no oracle for " + name);
                };
            });
        }

        /** The number a nonnegative pattern stands for, by the definition of the interchange formats. */
        BigRational number(long pattern) {
            return RationalField.of(scaled(pattern), scale);
        }

        private BigInteger scaled(long pattern) {
            long field = pattern >>> fractionBits;
            long fraction = pattern & (1L << fractionBits) - 1;
            long mantissa = field == 0 ? fraction : fraction + (1L << fractionBits);
            return BigInteger.valueOf(mantissa).shiftLeft((int) Math.max(field, 1) - 1);
        }

        double round(BigRational value) {
            if (value.signum() == 0) {
                return 0.0;
            }
            BigInteger denominator = value.getDenominatorBigInteger();
            BigInteger magnitude = value.getNumeratorBigInteger().abs().multiply(scale);
            long low = 0;
            long high = lastFinite + 1;
            if (magnitude.compareTo(scaled(high).multiply(denominator)) >= 0) {
                return beyond(value.signum());
            }
            while (high - low > 1) {
                long middle = low + (high - low) / 2;
                if (scaled(middle).multiply(denominator).compareTo(magnitude) <= 0) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            BigInteger fromLow = magnitude.subtract(scaled(low).multiply(denominator));
            BigInteger fromHigh = scaled(high).multiply(denominator).subtract(magnitude);
            int nearer = fromLow.compareTo(fromHigh);
            long chosen = nearer < 0 || nearer == 0 && low % 2 == 0 ? low : high;
            if (chosen > lastFinite) {
                return beyond(value.signum());
            }
            double carried = Double.parseDouble(number(chosen).toBigDecimal().toString());
            return value.signum() < 0 ? -carried : carried;
        }

        private double beyond(int sign) {
            return switch (format.overflow()) {
                case INFINITY -> sign * Double.POSITIVE_INFINITY;
                case NAN -> Double.NaN;
                case SATURATE ->
                    sign * Double.parseDouble(number(lastFinite).toBigDecimal().toPlainString());
            };
        }
    }

    @ParameterizedTest
    @CsvSource({
        "binary64, 53, 64, 1.7976931348623157e308, 4.9e-324, INFINITY",
        "binary32, 24, 32, 3.4028234663852886e38, 1.401298464324817e-45, INFINITY",
        "binary16, 11, 16, 65504, 5.9604644775390625e-8, INFINITY",
        "bfloat16, 8, 16, 3.3895313892515355e38, 9.183549615799121e-41, INFINITY",
        "tf32, 11, 19, 3.4011621342146535e38, 1.1479437019748901e-41, INFINITY",
        "e4m3, 4, 8, 448, 0.001953125, NAN",
        "e4m3-saturating, 4, 8, 448, 0.001953125, SATURATE",
        "e5m2, 3, 8, 57344, 1.52587890625e-5, INFINITY",
        "e5m2-saturating, 3, 8, 57344, 1.52587890625e-5, SATURATE"
    })
    void publishedParameters(
            String name, int precision, int width, double largest, double smallest, Overflow overflow) {
        RoundingFormat format = RoundingFormat.named(name).orElseThrow();
        assertThat(format.precision()).isEqualTo(precision);
        assertThat(format.width()).isEqualTo(width);
        assertThat(format.largest()).isEqualTo(largest);
        assertThat(format.smallest()).isEqualTo(smallest);
        assertThat(format.overflow()).isEqualTo(overflow);
        assertThat(format).hasToString(name);
        assertThat(RoundingFormat.named(name.toUpperCase(Locale.ROOT))).isEmpty();
    }

    @Test
    void theSpecialPatternsOfEightBits() {
        RoundingFormat e4m3 = RoundingFormat.E4M3;
        RoundingFormat e5m2 = RoundingFormat.E5M2;
        assertThat(e4m3.decode(0x7e)).isEqualTo(448);
        assertThat(e4m3.decode(0x7f)).isNaN();
        assertThat(e4m3.decode(0xff)).isNaN();
        assertThat(e4m3.decode(0x01)).isEqualTo(0x1p-9);
        assertThat(e4m3.decode(0x08)).isEqualTo(0x1p-6);
        assertThat(e4m3.encode(Double.NaN)).isEqualTo(0x7f);
        assertThat(e5m2.decode(0x7c)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(e5m2.decode(0xfc)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(e5m2.decode(0x7b)).isEqualTo(57344);
        assertThat(Stream.of(0x7d, 0x7e, 0x7f, 0xfd)).allMatch(bits -> Double.isNaN(e5m2.decode(bits)));
        assertThat(e5m2.decode(0x01)).isEqualTo(0x1p-16);
        assertThat(e5m2.encode(Double.NaN)).isEqualTo(0x7e);
    }

    /** OFP8, revision 1.0, section 5.2.1: NaN, infinities and values above the largest, both modes. */
    @Test
    void conversionsAtTheEndsOfEightBits() {
        for (double sign : new double[] {1, -1}) {
            double infinity = sign * Double.POSITIVE_INFINITY;
            assertThat(RoundingFormat.E4M3.round(infinity)).isNaN();
            assertThat(RoundingFormat.E4M3.round(sign * 464)).isEqualTo(sign * 448);
            assertThat(RoundingFormat.E4M3.round(sign * Math.nextUp(464.0))).isNaN();
            assertThat(RoundingFormat.E4M3_SATURATING.round(infinity)).isEqualTo(sign * 448);
            assertThat(RoundingFormat.E4M3_SATURATING.round(sign * 1e300)).isEqualTo(sign * 448);
            assertThat(RoundingFormat.E5M2.round(infinity)).isEqualTo(infinity);
            assertThat(RoundingFormat.E5M2.round(sign * 61440)).isEqualTo(infinity);
            assertThat(RoundingFormat.E5M2.round(sign * Math.nextDown(61440.0))).isEqualTo(sign * 57344);
            assertThat(RoundingFormat.E5M2_SATURATING.round(infinity)).isEqualTo(sign * 57344);
            assertThat(RoundingFormat.E5M2_SATURATING.round(sign * 61440)).isEqualTo(sign * 57344);
        }
        assertThat(RoundingFormat.all()).allMatch(format -> Double.isNaN(format.round(Double.NaN)));
    }

    @ParameterizedTest
    @MethodSource("small")
    void everyPatternIsItsOwnConversion(RoundingFormat format) {
        int numbers = 0;
        for (long bits = 0; bits < 1L << format.width(); bits++) {
            double value = format.decode(bits);
            assertThat(format.contains(value)).isTrue();
            if (Double.isNaN(value)) {
                assertThat(format.decode(format.encode(value))).isNaN();
                continue;
            }
            assertThat(format.encode(value)).isEqualTo(bits);
            if (Double.isInfinite(value)) {
                continue;
            }
            numbers++;
            same(format.round(value), value, "%s", format);
            long magnitude = bits & (1L << (format.width() - 1)) - 1;
            BigRational number = Oracle.of(format).number(magnitude);
            assertThat(Q.abs(FloatingPoint.exact(value))).isEqualTo(number);
            same(format.round(FloatingPoint.exact(value)), value + 0.0, "%s", format);
            same(format.round(Dyadic.of(value)), value + 0.0, "%s", format);
        }
        long last = Oracle.of(format).lastFinite;
        assertThat(numbers).isEqualTo(Math.toIntExact(2 * (last + 1)));
        assertThatThrownBy(() -> format.decode(1L << format.width())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> format.encode(0.1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> format.encode(2 * format.largest())).isInstanceOf(IllegalArgumentException.class);
    }

    /** Every midpoint, the doubles next to it and exact values closer than any double, of both signs. */
    @ParameterizedTest
    @MethodSource("small")
    void everyMidpointAndItsNeighbours(RoundingFormat format) {
        Oracle oracle = Oracle.of(format);
        Dyadic crumb = new Dyadic(BigInteger.ONE, -200);
        int midpoints = 0;
        for (long bits = 0; bits <= oracle.lastFinite; bits++) {
            double low = format.decode(bits);
            double high = bits == oracle.lastFinite ? Double.NaN : format.decode(bits + 1);
            BigRational exactMiddle = Q.divide(Q.add(oracle.number(bits), oracle.number(bits + 1)), BigRational.TWO);
            double middle = RoundingFormat.BINARY64.round(exactMiddle);
            assertThat(FloatingPoint.exact(middle)).isEqualTo(exactMiddle);
            double above = Double.isNaN(high) ? overflowed(format) : high;
            double even = bits % 2 == 0 ? low : above;
            for (double sign : new double[] {1, -1}) {
                same(format.round(sign * middle), sign * even, "%s near %s", format, middle);
                same(format.round(sign * Math.nextDown(middle)), sign * low, "%s near %s", format, middle);
                same(format.round(sign * Math.nextUp(middle)), sign * above, "%s near %s", format, middle);
                Dyadic exact = Dyadic.of(sign * middle);
                Dyadic outward = sign > 0 ? crumb : crumb.negate();
                same(format.round(exact), sign * even, "%s near %s", format, middle);
                same(format.round(exact.add(outward)), sign * above, "%s near %s", format, middle);
                same(format.round(exact.add(outward.negate())), sign * low, "%s near %s", format, middle);
                same(format.round(exact.toRational()), sign * even, "%s near %s", format, middle);
            }
            midpoints++;
        }
        assertThat(midpoints).isEqualTo(Math.toIntExact(oracle.lastFinite + 1));
    }

    private static double overflowed(RoundingFormat format) {
        return switch (format.overflow()) {
            case INFINITY -> Double.POSITIVE_INFINITY;
            case NAN -> Double.NaN;
            case SATURATE -> format.largest();
        };
    }

    private static void same(double actual, double expected, String what, Object... values) {
        // by bits: the sign of zero counts, and NaN is NaN
        assertThat(Double.doubleToLongBits(actual))
                .as("%s: %s, expected %s", String.format(what, values), actual, expected)
                .isEqualTo(Double.doubleToLongBits(expected));
    }

    /** The wide formats at every exponent: around the power of two, its neighbours and the midpoints between. */
    @ParameterizedTest
    @MethodSource("all")
    void everyExponentBoundary(RoundingFormat format) {
        Oracle oracle = Oracle.of(format);
        int checked = 0;
        int stride = format.precision() == 53 ? 6 : 1; // 2046 fields of binary64 take their time
        for (long field = 0; field <= oracle.lastFinite >>> oracle.fractionBits; field += stride) {
            for (long offset = -2; offset <= 2; offset++) {
                long pattern = Math.max(0, (field << oracle.fractionBits) + offset);
                if (pattern > oracle.lastFinite) {
                    continue;
                }
                BigRational low = oracle.number(pattern);
                BigRational gap = Q.subtract(oracle.number(pattern + 1), low);
                for (int eighths : new int[] {0, 3, 4, 5}) {
                    BigRational value = Q.add(low, Q.multiply(gap, RationalField.of(eighths, 8)));
                    double expected = oracle.round(value);
                    same(format.round(value), expected, "%s of %s", format, value);
                    if (format.precision() < 53) {
                        double carried = RoundingFormat.BINARY64.round(value);
                        same(format.round(carried), expected, "%s of %s", format, carried);
                        same(format.round(-carried), -expected, "%s of %s", format, -carried);
                    }
                    checked++;
                }
            }
        }
        assertThat(checked).isGreaterThan(4 * 5 * 14);
    }

    /** A finite value: ordinary, any pattern, or with few bits set, where ties and cancellation live. */
    private static double operand(RoundingFormat format, Random random) {
        if (random.nextInt(3) > 0) {
            return RingCase.value(format, random);
        }
        double one = Math.scalb(1.0, 1 - format.precision());
        double mantissa = 1 + (random.nextInt(5) - 2) * one;
        int exponent = random.nextInt(4 * format.precision()) - 2 * format.precision();
        double value = format.round(Math.scalb(random.nextBoolean() ? mantissa : -mantissa, exponent));
        return Double.isFinite(value) ? value : operand(format, random);
    }

    @Property(tries = 400)
    void conversionsOfRandomNumbers(@ForAll Random random) {
        for (RoundingFormat format : RoundingFormat.all()) {
            Oracle oracle = Oracle.of(format);
            int exponent = random.nextInt(2 * format.maximumExponent() + 60) - format.maximumExponent() - 30;
            double value = Math.scalb(random.nextDouble() - 0.5, exponent);
            if (Double.isFinite(value) && value != 0) {
                double expected = oracle.round(FloatingPoint.exact(value));
                same(format.round(value), expected, "%s of %s", format, value);
                same(format.round(Dyadic.of(value)), expected, "%s of %s", format, value);
            }
            BigRational fraction = RingCase.rational(random);
            same(format.round(fraction), oracle.round(fraction), "%s of %s", format, fraction);
            assertThat(format.ulp(fraction)).isEqualTo(naiveUlp(format, fraction));
        }
    }

    private static BigRational naiveUlp(RoundingFormat format, BigRational value) {
        BigRational ulp = FloatingPoint.exact(format.smallest());
        BigRational binade = FloatingPoint.exact(Math.scalb(1.0, format.minimumExponent() + 1));
        while (Q.compare(binade, Q.abs(value)) <= 0) {
            binade = Q.multiply(binade, BigRational.TWO);
            ulp = Q.multiply(ulp, BigRational.TWO);
        }
        return ulp;
    }

    @Property(tries = 1500)
    void operationsAreTheExactResultsRoundedOnce(@ForAll Random random) {
        for (RoundingFormat format : RoundingFormat.all()) {
            Oracle oracle = Oracle.of(format);
            double a = operand(format, random);
            double b = operand(format, random);
            double c = operand(format, random);
            BigRational p = FloatingPoint.exact(a);
            BigRational q = FloatingPoint.exact(b);
            BigRational r = FloatingPoint.exact(c);
            requireRounded(format.add(a, b), oracle.round(Q.add(p, q)), "%s: %s + %s", format, a, b);
            requireRounded(format.subtract(a, b), oracle.round(Q.subtract(p, q)), "%s: %s - %s", format, a, b);
            requireRounded(format.multiply(a, b), oracle.round(Q.multiply(p, q)), "%s: %s * %s", format, a, b);
            requireRounded(
                    format.fusedMultiplyAdd(a, b, c),
                    oracle.round(Q.add(Q.multiply(p, q), r)),
                    "%s: %s * %s + %s",
                    format,
                    a,
                    b,
                    c);
            if (b != 0) {
                requireRounded(format.divide(a, b), oracle.round(Q.divide(p, q)), "%s: %s / %s", format, a, b);
            }
        }
    }

    /** An exact zero has no sign; the operations' zeros are compared with Java's float in another test. */
    private static void requireRounded(double actual, double expected, String what, Object... values) {
        same(expected == 0 ? actual + 0.0 : actual, expected + 0.0, what, values);
    }

    /** Where rounding to binary64 first and to the format after would give another result. */
    @ParameterizedTest
    @MethodSource("all")
    void fusedOperationsDoNotRoundTwice(RoundingFormat format) {
        int p = format.precision();
        double ulp = Math.scalb(1.0, 1 - p);
        // (1 + u)(1 - u) is less than 1 by u^2, so that the sum is just below the midpoint of 2^p and its successor
        double odd = Math.scalb(1 + ulp, p);
        double even = Math.scalb(1.0, p);
        if (Double.isFinite(format.round(odd)) && format.round(odd) == odd) {
            same(format.fusedMultiplyAdd(1 + ulp, 1 - ulp, even), even, "%s", format);
            same(format.fusedMultiplyAdd(1 + ulp, 1 - ulp, odd), odd, "%s", format);
            same(format.fusedMultiplyAdd(-1 - ulp, 1 - ulp, -odd), -odd, "%s", format);
        }
    }

    /** Here the nearest double is odd already; its even neighbour would be the midpoint. */
    @Test
    void anOddSumStaysAsItIs() {
        float u = 0x1p-23f;
        float a = 1 + 400 * u;
        float b = 1 - 400 * u; // a b is 1 - 160000 * 2^-46, so the sum is 0.61 * 2^-28 below a midpoint
        float c = 0x1.000002p24f;
        same(RoundingFormat.BINARY32.fusedMultiplyAdd(a, b, c), c, "binary32");
        same(Math.fma(a, b, c), c, "float");
    }

    /** Java's float is binary32: another implementation, signed zeros, infinities and NaN included. */
    @Property(tries = 300)
    void binary32IsJavasFloat(@ForAll Random random) {
        RoundingFormat format = RoundingFormat.BINARY32;
        for (int i = 0; i < 500; i++) {
            float a = anyFloat(random);
            float b = anyFloat(random);
            float c = anyFloat(random);
            same(format.add(a, b), a + b, "%s + %s", a, b);
            same(format.subtract(a, b), a - b, "%s - %s", a, b);
            same(format.multiply(a, b), a * b, "%s * %s", a, b);
            same(format.divide(a, b), a / b, "%s / %s", a, b);
            same(format.fusedMultiplyAdd(a, b, c), Math.fma(a, b, c), "%s * %s + %s", a, b, c);
            double any = Double.longBitsToDouble(random.nextLong());
            same(format.round(any), (float) any, "%s", any);
            same(format.decode(Integer.toUnsignedLong(Float.floatToRawIntBits(a))), a, "%s", a);
            assertThat(format.encode(a)).isEqualTo(Integer.toUnsignedLong(Float.floatToIntBits(a)));
        }
    }

    private static float anyFloat(Random random) {
        float[] special = {0f, -0f, 1f, -1f, Float.MIN_VALUE, Float.MAX_VALUE, Float.MIN_NORMAL, 1f / 0, -1f / 0, 0f / 0
        };
        return switch (random.nextInt(4)) {
            case 0 -> special[random.nextInt(special.length)];
            case 1 -> Float.intBitsToFloat(random.nextInt());
            default -> (float) operand(RoundingFormat.BINARY32, random);
        };
    }

    /** The special values in the other formats: what the processor does in binary64, converted. */
    @ParameterizedTest
    @MethodSource("all")
    void specialOperands(RoundingFormat format) {
        double largest = format.largest();
        double smallest = format.smallest();
        double beyond = overflowed(format);
        same(format.add(largest, largest), beyond, "%s", format);
        same(format.subtract(-largest, largest), -beyond, "%s", format);
        same(format.multiply(-largest, largest), -beyond, "%s", format);
        same(format.fusedMultiplyAdd(largest, largest, largest), beyond, "%s", format);
        same(format.fusedMultiplyAdd(largest, 1, -largest), 0.0, "%s", format);
        same(format.divide(1, 0.0), beyond, "%s", format);
        same(format.divide(1, -0.0), -beyond, "%s", format);
        same(format.divide(0.0, 0.0), Double.NaN, "%s", format);
        same(format.multiply(smallest, -smallest), -0.0, "%s", format);
        same(format.multiply(smallest, 0.5), 0.0, "%s", format);
        same(format.multiply(3 * smallest, 0.5), 2 * smallest, "%s", format);
        same(format.add(-0.0, -0.0), -0.0, "%s", format);
        same(format.add(smallest, -smallest), 0.0, "%s", format);
        same(format.subtract(0.0, 0.0), 0.0, "%s", format);
        same(format.fusedMultiplyAdd(smallest, -smallest, 0.0), -0.0, "%s", format);
        same(format.add(Double.NaN, 1), Double.NaN, "%s", format);
        if (format.hasInfinities() && format.overflow() == Overflow.INFINITY) {
            double infinity = Double.POSITIVE_INFINITY;
            same(format.subtract(infinity, infinity), Double.NaN, "%s", format);
            same(format.multiply(infinity, 0.0), Double.NaN, "%s", format);
            same(format.add(infinity, -largest), infinity, "%s", format);
            same(format.fusedMultiplyAdd(infinity, 0.0, 1), Double.NaN, "%s", format);
            same(format.divide(1, -infinity), -0.0, "%s", format);
        }
        assertThat(format.contains(Double.POSITIVE_INFINITY)).isEqualTo(format.hasInfinities());
    }

    @Test
    void whichFormatsHoldWhich() {
        Map<String, List<String>> wider = new TreeMap<>();
        for (RoundingFormat narrow : RoundingFormat.all()) {
            wider.put(
                    narrow.name(),
                    all().filter(format -> format.contains(narrow))
                            .map(RoundingFormat::name)
                            .toList());
        }
        assertThat(wider)
                .containsEntry("binary64", List.of("binary64"))
                .containsEntry("binary32", List.of("binary64", "binary32"))
                .containsEntry("binary16", List.of("binary64", "binary32", "binary16", "tf32"))
                .containsEntry("bfloat16", List.of("binary64", "binary32", "bfloat16", "tf32"))
                .containsEntry("tf32", List.of("binary64", "binary32", "tf32"))
                .containsEntry(
                        "e5m2",
                        List.of("binary64", "binary32", "binary16", "bfloat16", "tf32", "e5m2", "e5m2-saturating"));
        assertThat(wider.get("e4m3")).contains("binary16", "bfloat16").doesNotContain("e5m2");
        // and by enumeration
        for (RoundingFormat narrow : small().toList()) {
            for (RoundingFormat wide : RoundingFormat.all()) {
                boolean holds = true;
                for (long bits = 0; bits <= Oracle.of(narrow).lastFinite; bits++) {
                    holds &= wide.contains(narrow.decode(bits));
                }
                assertThat(wide.contains(narrow)).as("%s in %s", narrow, wide).isEqualTo(holds);
            }
        }
    }

    @Test
    void hexadecimalLiterals() {
        assertThat(RoundingFormat.toHex(1.5)).isEqualTo("0x1.8p0");
        assertThat(RoundingFormat.toHex(-0.0)).isEqualTo("-0x0.0p0");
        assertThat(RoundingFormat.toHex(Double.NaN)).isEqualTo("nan");
        assertThat(RoundingFormat.toHex(Double.POSITIVE_INFINITY)).isEqualTo("inf");
        assertThat(RoundingFormat.toHex(Double.NEGATIVE_INFINITY)).isEqualTo("-inf");
    }

    @Property
    void everyFiniteDoubleIsItsOwnNearest(@ForAll long bits) {
        RoundingFormat format = RoundingFormat.BINARY64;
        double value = Double.longBitsToDouble(bits);
        same(format.decode(bits), value, "%s", bits);
        if (Double.isFinite(value)) {
            assertThat(format.encode(value)).isEqualTo(bits);
            same(format.round(FloatingPoint.exact(value)), value == 0 ? 0.0 : value, "%s", value);
            assertThat(FloatingPoint.exact(value))
                    .isEqualTo(RationalField.canonical(BigRational.valueOf(new BigDecimal(value))));
            assertThat(FloatingPoint.exact(Math.ulp(value))).isEqualTo(format.ulp(FloatingPoint.exact(value)));
        }
    }

    @Property
    void decimalsRoundAsTheLanguageRoundsThem(
            @ForAll @BigRange(min = "-1e40", max = "1e40") BigInteger digits,
            @ForAll @IntRange(min = -370, max = 300) int scale) {
        BigInteger power = BigInteger.TEN.pow(Math.abs(scale));
        BigRational exact =
                scale < 0 ? RationalField.of(digits, power) : RationalField.of(digits.multiply(power), BigInteger.ONE);
        String text = digits + "E" + scale;
        same(RoundingFormat.BINARY64.round(exact), Double.parseDouble(text), "%s", text);
        same(RoundingFormat.BINARY32.round(exact), Float.parseFloat(text), "%s", text);
    }
}
