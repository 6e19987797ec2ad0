package org.loopcert.ring;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.Set;

/**
 * The arithmetic of a {@link RoundingFormat}, every operation rounded to nearest, ties to even. Neither associative nor
 * distributive; where overflow gives infinities or NaN it goes on with those, as the hardware does. Only division by
 * zero is refused, as in every {@link Field}.
 */
public final class FloatingPoint implements OrderedField<Double> {
    /** The arithmetic of Java's double. */
    public static final FloatingPoint BINARY64 = of(RoundingFormat.BINARY64);

    private final RoundingFormat format;
    private final Set<Property> properties;

    private FloatingPoint(RoundingFormat format) {
        this.format = format;
        EnumSet<Property> laws = EnumSet.of(Property.COMMUTATIVE, Property.CORRECTLY_ROUNDED);
        if (format.overflow() != RoundingFormat.Overflow.NAN) {
            laws.add(Property.ORDERED); // a sum that overflows to NaN has no place in the order
        }
        this.properties = Set.copyOf(laws);
    }

    /** The arithmetic of a format. */
    public static FloatingPoint of(RoundingFormat format) {
        return new FloatingPoint(format);
    }

    /** The format of the elements. */
    public RoundingFormat format() {
        return format;
    }

    /**
     * The exact value of a finite number, reduced.
     *
     * @throws ArithmeticException on NaN and infinities
     */
    public static BigRational exact(double value) {
        return Dyadic.of(value).toRational();
    }

    @Override
    public String name() {
        return format.name();
    }

    @Override
    public Set<Property> properties() {
        return properties;
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
        return format.round(BigRational.valueOf(value));
    }

    @Override
    public Double fromRational(BigRational value) {
        return format.round(value);
    }

    @Override
    public Double add(Double left, Double right) {
        return format.add(left, right);
    }

    @Override
    public Double subtract(Double left, Double right) {
        return format.subtract(left, right);
    }

    @Override
    public Double negate(Double element) {
        return -element;
    }

    @Override
    public Double multiply(Double left, Double right) {
        return format.multiply(left, right);
    }

    @Override
    public Double divide(Double dividend, Double divisor) {
        if (divisor == 0.0) {
            throw new ArithmeticException(name() + ": expected a nonzero divisor, got " + divisor);
        }
        return format.divide(dividend, divisor);
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
        return RoundingFormat.toHex(element);
    }
}
