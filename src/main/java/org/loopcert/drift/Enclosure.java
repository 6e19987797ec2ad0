package org.loopcert.drift;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;

/**
 * A closed interval with exact ends that certainly holds a real number; a single point where the
 * number is known exactly.
 *
 * @param lower the lower end, reduced
 * @param upper the upper end, reduced
 */
public record Enclosure(BigRational lower, BigRational upper) {
    private static final RationalField Q = RationalField.INSTANCE;
    private static final int DECIMAL_BITS = 192;

    /** Requires lower <= upper. */
    public Enclosure {
        lower = RationalField.canonical(lower);
        upper = RationalField.canonical(upper);
        if (Q.compare(lower, upper) > 0) {
            throw new IllegalArgumentException("expected lower <= upper, got " + Q.show(lower) + " > " + Q.show(upper));
        }
    }

    /** The enclosure of a number known exactly. */
    public static Enclosure exact(BigRational value) {
        return new Enclosure(value, value);
    }

    static Enclosure of(Dyad lower, Dyad upper) {
        return new Enclosure(lower.toRational(), upper.toRational());
    }

    /** Whether the number is known exactly. */
    public boolean isExact() {
        return lower.equals(upper);
    }

    /** Whether the number may be the given one. */
    public boolean contains(BigRational value) {
        return Q.compare(lower, value) <= 0 && Q.compare(value, upper) <= 0;
    }

    /** The distance of the ends. */
    public BigRational width() {
        return Q.subtract(upper, lower);
    }

    /** The enclosure of this number plus an exact one. */
    public Enclosure plus(BigRational value) {
        return new Enclosure(Q.add(lower, value), Q.add(upper, value));
    }

    /** The enclosure of the square of the Euclidean norm of the enclosed vector. */
    public static Enclosure squaredNorm(List<Enclosure> entries) {
        BigRational low = BigRational.ZERO;
        BigRational high = BigRational.ZERO;
        for (Enclosure entry : entries) {
            BigRational a = Q.multiply(entry.lower, entry.lower);
            BigRational b = Q.multiply(entry.upper, entry.upper);
            boolean aroundZero = entry.lower.signum() < 0 && entry.upper.signum() > 0;
            boolean ascending = Q.compare(a, b) <= 0;
            low = aroundZero ? low : Q.add(low, ascending ? a : b);
            high = Q.add(high, ascending ? b : a);
        }
        return new Enclosure(low, high);
    }

    /**
     * The enclosure of the absolute value of the inner product of the enclosed vector with an exact one.
     *
     * @throws IndexOutOfBoundsException if the exact vector is shorter
     */
    public static Enclosure absoluteInnerProduct(List<Enclosure> entries, Vector<BigRational> vector) {
        BigRational low = BigRational.ZERO;
        BigRational high = BigRational.ZERO;
        for (int j = 0; j < entries.size(); j++) {
            BigRational a = Q.multiply(entries.get(j).lower, vector.get(j));
            BigRational b = Q.multiply(entries.get(j).upper, vector.get(j));
            boolean ascending = Q.compare(a, b) <= 0;
            low = Q.add(low, ascending ? a : b);
            high = Q.add(high, ascending ? b : a);
        }
        if (low.signum() >= 0) {
            return new Enclosure(low, high);
        }
        return high.signum() <= 0
                ? new Enclosure(Q.negate(high), Q.negate(low))
                : new Enclosure(BigRational.ZERO, Q.compare(Q.negate(low), high) >= 0 ? Q.negate(low) : high);
    }

    /** The enclosure of this number times an exact one that is not negative. */
    public Enclosure times(BigRational factor) {
        return new Enclosure(Q.multiply(lower, factor), Q.multiply(upper, factor));
    }

    /** The lower end in the given number of significant decimal digits, rounded down. */
    public String lowerDecimal(int digits) {
        return decimal(Dyad.down(lower, DECIMAL_BITS), digits, RoundingMode.FLOOR);
    }

    /** The upper end in the given number of significant decimal digits, rounded up. */
    public String upperDecimal(int digits) {
        return decimal(Dyad.up(upper, DECIMAL_BITS), digits, RoundingMode.CEILING);
    }

    private static String decimal(Dyad value, int digits, RoundingMode mode) {
        MathContext context = new MathContext(digits, mode);
        BigDecimal power = new BigDecimal(BigInteger.ONE.shiftLeft(Math.abs(value.exponent())));
        BigDecimal mantissa = new BigDecimal(value.mantissa());
        BigDecimal rounded = value.exponent() < 0 ? mantissa.divide(power, context) : mantissa.multiply(power, context);
        return rounded.stripTrailingZeros().toString();
    }
}
