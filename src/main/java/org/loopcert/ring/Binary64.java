package org.loopcert.ring;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.Set;

/**
 * IEEE 754 binary64, every operation rounded to nearest, ties to even. Neither associative nor
 * distributive; overflow gives infinities and infinities may give NaN, as the hardware does. Only
 * division by zero is refused, as in every {@link Field}.
 */
public final class Binary64 implements OrderedField<Double> {
    /** The only instance. */
    public static final Binary64 INSTANCE = new Binary64();

    private static final int PRECISION = 53;
    private static final int LEAST_EXPONENT = -1074;
    private static final int GREATEST_EXPONENT = 1024;
    private static final Set<Property> PROPERTIES =
            Set.copyOf(EnumSet.of(Property.COMMUTATIVE, Property.ORDERED, Property.CORRECTLY_ROUNDED));

    private Binary64() {}

    /**
     * A rational rounded to nearest, ties to even.
     *
     * @param value the rounded number; an infinity if {@code overflow}
     * @param exact whether nothing was lost
     * @param overflow whether the magnitude rounds beyond the greatest finite number
     */
    public record Rounded(double value, boolean exact, boolean overflow) {}

    /**
     * The exact value of a finite number, reduced.
     *
     * @throws ArithmeticException on NaN and infinities
     */
    public static BigRational exact(double value) {
        return Dyadic.of(value).toRational();
    }

    /** Rounds a rational once, subnormal results included. */
    public static Rounded round(BigRational value) {
        BigRational canonical = RationalField.canonical(value);
        return round(canonical.getNumeratorBigInteger(), canonical.getDenominatorBigInteger());
    }

    /** Rounds a dyadic once, subnormal results included. */
    public static Rounded round(Dyadic value) {
        // far outside the range the exact fraction would only be huge, not informative
        long top = (long) value.mantissa().abs().bitLength() + value.exponent();
        if (value.signum() != 0 && top > GREATEST_EXPONENT) {
            return overflow(value.signum());
        }
        if (value.signum() != 0 && top < LEAST_EXPONENT) {
            return new Rounded(value.signum() < 0 ? -0.0 : 0.0, false, false);
        }
        return round(value.toRational());
    }

    private static Rounded round(BigInteger numerator, BigInteger denominator) {
        if (numerator.signum() == 0) {
            return new Rounded(0.0, true, false);
        }
        BigInteger magnitude = numerator.abs();
        // a quotient of at least 54 bits, so that the last kept bit is always above the sticky ones
        int shift = PRECISION + 2 - (magnitude.bitLength() - denominator.bitLength());
        BigInteger[] parts = shift >= 0
                ? magnitude.shiftLeft(shift).divideAndRemainder(denominator)
                : magnitude.divideAndRemainder(denominator.shiftLeft(-shift));
        BigInteger quotient = parts[0];
        boolean sticky = parts[1].signum() != 0;
        int last = Math.max(quotient.bitLength() - PRECISION - shift, LEAST_EXPONENT);
        int drop = last + shift;
        BigInteger kept = quotient.shiftRight(drop);
        // the halfway bit and everything below it
        boolean half = quotient.testBit(drop - 1);
        boolean below = sticky || quotient.getLowestSetBit() < drop - 1;
        if (half && (below || kept.testBit(0))) {
            kept = kept.add(BigInteger.ONE);
        }
        if (kept.bitLength() + last > GREATEST_EXPONENT) {
            return overflow(numerator.signum());
        }
        double rounded = Math.scalb(kept.doubleValue(), last);
        return new Rounded(numerator.signum() < 0 ? -rounded : rounded, !half && !below, false);
    }

    private static Rounded overflow(int sign) {
        return new Rounded(sign < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY, false, true);
    }

    @Override
    public String name() {
        return "binary64";
    }

    @Override
    public Set<Property> properties() {
        return PROPERTIES;
    }

    @Override
    public Double zero() {
        return 0.0;
    }

    @Override
    public Double one() {
        return 1.0;
    }

    @Override
    public Double fromInteger(BigInteger value) {
        return round(BigRational.valueOf(value)).value();
    }

    @Override
    public Double fromRational(BigRational value) {
        return round(value).value();
    }

    @Override
    public Double add(Double left, Double right) {
        return left + right;
    }

    @Override
    public Double subtract(Double left, Double right) {
        return left - right;
    }

    @Override
    public Double negate(Double element) {
        return -element;
    }

    @Override
    public Double multiply(Double left, Double right) {
        return left * right;
    }

    @Override
    public Double divide(Double dividend, Double divisor) {
        if (divisor == 0.0) {
            throw new ArithmeticException(name() + ": expected a nonzero divisor, got " + divisor);
        }
        return dividend / divisor;
    }

    /**
     * Equality of numbers: the two zeros are equal, and NaN equals NaN so that runs can be compared.
     */
    @Override
    public boolean equal(Double left, Double right) {
        return left.doubleValue() == right.doubleValue() || (left.isNaN() && right.isNaN());
    }

    /**
     * The order of the numbers.
     *
     * @throws ArithmeticException on NaN, which has no place in it
     */
    @Override
    public int compare(Double left, Double right) {
        if (left.isNaN() || right.isNaN()) {
            throw new ArithmeticException(name() + ": expected two numbers to compare, got NaN");
        }
        // adding 0.0 makes -0.0 into 0.0, which Double.compare would tell apart
        return Double.compare(left + 0.0, right + 0.0);
    }

    @Override
    public String show(Double element) {
        return Double.toHexString(element);
    }
}
