package org.loopcert.kernel.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.obermuhlner.math.big.BigDecimalMath;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.value.Enclosure.Meter;
import org.loopcert.kernel.value.NotACounterexample.Reason;

class EnclosureTest {
    private static final MathContext DIGITS = new MathContext(80);

    private static Meter meter(int bits) {
        return new Meter(bits, new AtomicLong());
    }

    private static Fraction fraction(long numerator, long denominator) {
        return Fraction.of(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
    }

    private static BigDecimal decimal(Fraction value) {
        return new BigDecimal(value.numerator()).divide(new BigDecimal(value.denominator()), DIGITS);
    }

    /** Contains the number, which is known to far more digits than the enclosure, and is as narrow as asked for. */
    private static void encloses(Enclosure enclosure, BigDecimal value, int bits) {
        BigDecimal slack = value.abs().scaleByPowerOfTen(-70);
        assertThat(decimal(enclosure.lower())).isLessThanOrEqualTo(value.add(slack));
        assertThat(decimal(enclosure.upper())).isGreaterThanOrEqualTo(value.subtract(slack));
        Fraction width = enclosure.upper().subtract(enclosure.lower());
        BigDecimal allowed = value.abs().multiply(BigDecimal.valueOf(2).pow(-bits + 6, DIGITS));
        assertThat(decimal(width)).isLessThanOrEqualTo(allowed);
    }

    @Property(tries = 200)
    void theExponential(
            @ForAll @IntRange(min = -3000, max = 3000) int p,
            @ForAll @IntRange(min = 1, max = 400) int q,
            @ForAll @IntRange(min = 20, max = 160) int bits)
            throws Exception {
        Enclosure found = Enclosure.of(fraction(p, q)).exp(meter(bits));
        if (p == 0) {
            assertThat(found).isEqualTo(Enclosure.ONE);
        } else {
            assertThat(found.isExact()).isFalse();
            encloses(found, BigDecimalMath.exp(decimal(fraction(p, q)), DIGITS), bits);
        }
    }

    @Property(tries = 200)
    void theLogarithm(
            @ForAll @IntRange(min = 1, max = 100_000) int p,
            @ForAll @IntRange(min = 1, max = 100_000) int q,
            @ForAll @IntRange(min = 40, max = 160) int bits)
            throws Exception {
        Enclosure found = Enclosure.of(fraction(p, q)).log(meter(bits));
        if (p == q) {
            assertThat(found).isEqualTo(Enclosure.ZERO);
        } else {
            assertThat(found.isExact()).isFalse();
            encloses(found, BigDecimalMath.log(decimal(fraction(p, q)), DIGITS), bits - 20);
        }
    }

    @Property(tries = 200)
    void theRoot(
            @ForAll @IntRange(min = 0, max = 100_000) int p,
            @ForAll @IntRange(min = 1, max = 100_000) int q,
            @ForAll @IntRange(min = 20, max = 160) int bits)
            throws Exception {
        Fraction value = fraction(p, q);
        assertThat(Enclosure.of(value.multiply(value)).sqrt(meter(bits))).isEqualTo(Enclosure.of(value));
        Enclosure found = Enclosure.of(value).sqrt(meter(bits));
        assertThat(found.lower().multiply(found.lower()).atMost(value)).isTrue();
        assertThat(value.atMost(found.upper().multiply(found.upper()))).isTrue();
        encloses(found, BigDecimalMath.sqrt(decimal(value), DIGITS), bits);
    }

    @Property(tries = 300)
    void operationsContainTheirValuesAtAllPoints(
            @ForAll @IntRange(min = -40, max = 40) int a,
            @ForAll @IntRange(min = 0, max = 40) int width,
            @ForAll @IntRange(min = -40, max = 40) int c,
            @ForAll @IntRange(min = 0, max = 40) int other,
            @ForAll @IntRange(min = 0, max = 12) int at,
            @ForAll @IntRange(min = 0, max = 12) int and)
            throws Exception {
        Meter meter = meter(8);
        Enclosure one = new Enclosure(fraction(a, 7), fraction(a + width, 7));
        Enclosure two = new Enclosure(fraction(c, 11), fraction(c + other, 11));
        Fraction x = fraction(12L * a + (long) at * width, 84);
        Fraction y = fraction(12L * c + (long) and * other, 132);
        assertThat(one.add(two, meter).contains(x.add(y))).isTrue();
        assertThat(one.multiply(two, meter).contains(x.multiply(y))).isTrue();
        assertThat(one.square(meter).contains(x.multiply(x))).isTrue();
        assertThat(one.square(meter).lower().signum()).isNotNegative();
        assertThat(one.negate().contains(x.negate())).isTrue();
        assertThat(one.abs().contains(x.abs())).isTrue();
        assertThat(one.max(two).contains(x.max(y))).isTrue();
        assertThat(one.widen(two, meter).contains(x.add(y))).isTrue();
        assertThat(one.widen(two, meter).contains(x.subtract(y))).isTrue();
        assertThat(one.isApart(two))
                .isEqualTo(one.upper().below(two.lower()) || two.upper().below(one.lower()));
        if (!two.contains(Fraction.ZERO)) {
            assertThat(one.divide(two, meter).contains(x.divide(y))).isTrue();
        }
        boolean exact = width == 0 && other == 0;
        assertThat(one.multiply(two, meter).isExact() && one.add(two, meter).isExact())
                .isEqualTo(exact
                        || one.multiply(two, meter).equals(Enclosure.ZERO)
                                && one.add(two, meter).isExact());
    }

    @Property(tries = 100)
    void functionsOfEnclosuresContainThoseOfTheirPoints(
            @ForAll @IntRange(min = 1, max = 60) int a,
            @ForAll @IntRange(min = 1, max = 60) int width,
            @ForAll @IntRange(min = 0, max = 12) int at)
            throws Exception {
        Meter meter = meter(30);
        Enclosure one = new Enclosure(fraction(a, 7), fraction(a + width, 7));
        Enclosure x = Enclosure.of(fraction(12L * a + (long) at * width, 84));
        contains(one.exp(meter), x.exp(meter(60)));
        contains(one.negate().exp(meter), x.negate().exp(meter(60)));
        contains(one.log(meter), x.log(meter(60)));
        contains(one.sqrt(meter), x.sqrt(meter(60)));
    }

    private static void contains(Enclosure outer, Enclosure inner) {
        assertThat(outer.lower().atMost(inner.lower())).isTrue();
        assertThat(inner.upper().atMost(outer.upper())).isTrue();
    }

    @Test
    void whatIsUndefinedIsToldFromWhatIsNotKnown() {
        Enclosure around = new Enclosure(fraction(-1, 100), fraction(1, 100));
        refuses(Reason.UNDEFINED, () -> Enclosure.ONE.divide(Enclosure.ZERO, meter(64)));
        refuses(Reason.PRECISION, () -> Enclosure.ONE.divide(around, meter(64)));
        refuses(Reason.UNDEFINED, () -> Enclosure.ONE.negate().sqrt(meter(64)));
        refuses(Reason.PRECISION, () -> around.sqrt(meter(64)));
        refuses(Reason.UNDEFINED, () -> Enclosure.ZERO.log(meter(64)));
        refuses(Reason.UNDEFINED, () -> Enclosure.ONE.negate().log(meter(64)));
        refuses(Reason.PRECISION, () -> around.log(meter(64)));
        refuses(Reason.LIMIT, () -> Enclosure.of(Fraction.of(4097)).exp(meter(64)));
        refuses(Reason.LIMIT, () -> Enclosure.of(Fraction.of(-4097)).exp(meter(64)));
        refuses(Reason.LIMIT, () -> Enclosure.of(Fraction.of(BigInteger.ONE.shiftLeft(15_000)))
                .square(meter(64)));
        refuses(Reason.LIMIT, () -> Enclosure.ONE.add(Enclosure.ONE, new Meter(64, new AtomicLong(10_000_000))));
        assertThatThrownBy(() -> new Enclosure(Fraction.ONE, Fraction.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void refuses(Reason reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(NotACounterexample.class, not -> assertThat(not.reason())
                .isEqualTo(reason));
    }
}
