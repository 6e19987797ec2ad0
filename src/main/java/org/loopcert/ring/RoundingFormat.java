package org.loopcert.ring;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * A binary floating-point format, rounding to nearest, ties to even: the numbers k * 2^(e - p + 1) with |k| < 2^p and
 * {@code emin <= e}, subnormals included, up to a largest one.
 *
 * <p>Numbers of every format are carried in doubles, since all formats but binary64 are proper subsets of it. Rounding
 * is decided as if the exponent had no upper bound; what happens to a result above the largest number then is the
 * format's {@link Overflow}, which also says what a conversion makes of an infinity. Results that round to zero keep
 * their sign.
 *
 * <p>Why the operations are correctly rounded, p <= 24 throughout (binary64 is the processor's own arithmetic, strict
 * since Java 17, and its fused multiply-add): the exact result is rounded to 53 bits first and to p bits after. A
 * product has at most 2p <= 48 bits and an exponent far from binary64's ends, so that its first rounding is exact. A
 * sum below 2^emin is a multiple of the smallest number with fewer than p bits, so exact; any other sum, and any
 * quotient, is unharmed by the first rounding because 53 >= 2p + 2 (S. A. Figueroa, When is double rounding innocuous?,
 * SIGNUM Newsletter 30(3), 1995); a subnormal quotient too, since its distance from a midpoint m is either 0 or at
 * least 2^-2p m. A fused multiply-add has no such theorem; there the first rounding is to odd, which is always harmless
 * with two bits to spare (S. Boldo, G. Melquiond, Emulation of FMA and correctly rounded sums: proved algorithms using
 * rounding to odd, IEEE Transactions on Computers 57(4), 2008, Theorem 1).
 */
public final class RoundingFormat {
    /** What becomes of infinities and of results that round above the largest number. */
    public enum Overflow {
        /** An infinity, as IEEE 754 has it. */
        INFINITY,
        /** NaN: the format has no infinities. */
        NAN,
        /** The largest number of the same sign. */
        SATURATE
    }

    /** IEEE 754 binary64. */
    public static final RoundingFormat BINARY64 = ieee("binary64", 53, 11);

    /** IEEE 754 binary32. */
    public static final RoundingFormat BINARY32 = ieee("binary32", 24, 8);

    /** IEEE 754 binary16. */
    public static final RoundingFormat BINARY16 = ieee("binary16", 11, 5);

    /** The upper half of a binary32. */
    public static final RoundingFormat BFLOAT16 = ieee("bfloat16", 8, 8);

    /** NVIDIA's TensorFloat-32: the exponents of binary32, the precision of binary16. */
    public static final RoundingFormat TF32 = ieee("tf32", 11, 8);

    /**
     * E4M3 of the OCP 8-bit Floating Point Specification (OFP8, revision 1.0, 2023): no infinities, S.1111.111 is the
     * only NaN, the largest number is 448. Its conversion that does not saturate overflows to NaN.
     */
    public static final RoundingFormat E4M3 = new RoundingFormat("e4m3", 4, 4, 448, false, Overflow.NAN);

    /** {@link #E4M3} under the specification's saturating conversion. */
    public static final RoundingFormat E4M3_SATURATING =
            new RoundingFormat("e4m3-saturating", 4, 4, 448, false, Overflow.SATURATE);

    /** E5M2 of the same specification: as IEEE 754 would have it, the largest number is 57344. */
    public static final RoundingFormat E5M2 = ieee("e5m2", 3, 5);

    /** {@link #E5M2} under the specification's saturating conversion, which infinities do not survive. */
    public static final RoundingFormat E5M2_SATURATING =
            new RoundingFormat("e5m2-saturating", 3, 5, E5M2.largest, true, Overflow.SATURATE);

    private static final List<RoundingFormat> ALL =
            List.of(BINARY64, BINARY32, BINARY16, BFLOAT16, TF32, E4M3, E4M3_SATURATING, E5M2, E5M2_SATURATING);

    private static final int DOUBLE_PRECISION = 53;
    private static final long DOUBLE_INFINITY = 0x7ff0_0000_0000_0000L;

    private final String name;
    private final int precision;
    private final int exponentBits;
    private final boolean hasInfinities;
    private final Overflow overflow;
    private final double largest;
    private final boolean isBinary64;

    /** The bits of the least double that rounds above {@link #largest}. */
    private final long firstBeyond;

    /** The bits of the least normal number, 2^emin. */
    private final long leastNormal;

    /** 2^52 of the smallest positive number: among doubles of this size that is the unit in the last place. */
    private final double quanta;

    private RoundingFormat(
            String name, int precision, int exponentBits, double largest, boolean hasInfinities, Overflow overflow) {
        this.name = name;
        this.precision = precision;
        this.exponentBits = exponentBits;
        this.largest = largest;
        this.hasInfinities = hasInfinities;
        this.overflow = overflow;
        this.isBinary64 = precision == DOUBLE_PRECISION;
        if (isBinary64) {
            firstBeyond = DOUBLE_INFINITY;
            leastNormal = Double.doubleToRawLongBits(Double.MIN_NORMAL);
            quanta = 0;
        } else {
            double midpoint = largest + Math.scalb(1.0, Math.getExponent(largest) - precision);
            boolean tieStays = Math.scalb(largest, precision - 1 - Math.getExponent(largest)) % 2 == 0;
            firstBeyond = Double.doubleToRawLongBits(tieStays ? Math.nextUp(midpoint) : midpoint);
            leastNormal = Double.doubleToRawLongBits(Math.scalb(1.0, minimumExponent()));
            quanta = Math.scalb(1.0, leastExponent() + DOUBLE_PRECISION - 1);
        }
    }

    private static RoundingFormat ieee(String name, int precision, int exponentBits) {
        int maximum = (1 << (exponentBits - 1)) - 1;
        double largest = Math.scalb(2 - Math.scalb(1.0, 1 - precision), maximum);
        return new RoundingFormat(name, precision, exponentBits, largest, true, Overflow.INFINITY);
    }

    /** All formats, the widest first. */
    public static List<RoundingFormat> all() {
        return ALL;
    }

    /** The format with a {@link #name()}. */
    public static Optional<RoundingFormat> named(String name) {
        return ALL.stream().filter(format -> format.name.equals(name)).findFirst();
    }

    /** A short name: binary64, bfloat16, e4m3-saturating. */
    public String name() {
        return name;
    }

    /** The number of significant bits p; the relative rounding error is at most 2^-p. */
    public int precision() {
        return precision;
    }

    /** The exponent emin of the least normal number. */
    public int minimumExponent() {
        return 2 - (1 << (exponentBits - 1));
    }

    /** The exponent of the smallest positive (subnormal) number, emin - p + 1. */
    public int leastExponent() {
        return minimumExponent() - precision + 1;
    }

    /** The exponent emax of the largest binade. */
    public int maximumExponent() {
        return Math.getExponent(largest);
    }

    /** The largest finite number. */
    public double largest() {
        return largest;
    }

    /** The smallest positive number, subnormal. */
    public double smallest() {
        return Math.scalb(1.0, leastExponent());
    }

    /** What becomes of results above {@link #largest()}. */
    public Overflow overflow() {
        return overflow;
    }

    /** Whether there are infinities among the values. */
    public boolean hasInfinities() {
        return hasInfinities;
    }

    /** The bits of an encoding: sign, exponent and trailing significand. */
    public int width() {
        return exponentBits + precision;
    }

    /** Whether the double is a value of this format; NaN always is. */
    public boolean contains(double value) {
        if (Double.isNaN(value)) {
            return true;
        }
        return Double.isInfinite(value) ? hasInfinities : round(value) == value;
    }

    /** Whether every finite number of the other format is one of this, too. */
    public boolean contains(RoundingFormat other) {
        return precision >= other.precision && leastExponent() <= other.leastExponent() && largest >= other.largest;
    }

    /** The conversion of a double; the identity for binary64. */
    public double round(double value) {
        if (isBinary64) {
            return value;
        }
        long bits = Double.doubleToRawLongBits(value);
        long magnitude = bits & Long.MAX_VALUE;
        if (magnitude >= firstBeyond) {
            return beyond(value);
        }
        if (magnitude < leastNormal) {
            // the sum has the smallest number as its unit in the last place: the processor rounds, ties to even
            double sum = Double.longBitsToDouble(magnitude) + quanta;
            return Math.copySign(sum - quanta, value);
        }
        int drop = DOUBLE_PRECISION - precision;
        // one less than half a unit, or half where the last kept bit is odd; a carry reaches the exponent as it should
        long increment = (1L << (drop - 1)) - 1 + (magnitude >>> drop & 1);
        long rounded = magnitude + increment & -1L << drop;
        return Double.longBitsToDouble(rounded | bits & Long.MIN_VALUE);
    }

    private double beyond(double value) {
        if (Double.isNaN(value)) {
            return Double.NaN;
        }
        return switch (overflow) {
            case INFINITY -> Math.copySign(Double.POSITIVE_INFINITY, value);
            case NAN -> Double.NaN;
            case SATURATE -> Math.copySign(largest, value);
        };
    }

    /** The nearest value of a rational; a rational zero gives +0. */
    public double round(BigRational value) {
        BigRational reduced = RationalField.canonical(value);
        return round(reduced.getNumeratorBigInteger(), reduced.getDenominatorBigInteger());
    }

    /** The nearest value of a dyadic; zero gives +0. */
    public double round(Dyadic value) {
        // far outside the range the exact fraction would only be huge, not informative
        long top = (long) value.mantissa().abs().bitLength() + value.exponent();
        if (value.signum() != 0 && top > maximumExponent() + 1) {
            return beyond(value.signum());
        }
        if (value.signum() != 0 && top < leastExponent()) {
            return value.signum() < 0 ? -0.0 : 0.0;
        }
        return round(value.toRational());
    }

    private double round(BigInteger numerator, BigInteger denominator) {
        if (numerator.signum() == 0) {
            return 0.0;
        }
        BigInteger magnitude = numerator.abs();
        int exponent = ulpExponent(magnitude, denominator);
        BigInteger n = exponent < 0 ? magnitude.shiftLeft(-exponent) : magnitude;
        BigInteger d = exponent > 0 ? denominator.shiftLeft(exponent) : denominator;
        BigInteger[] parts = n.divideAndRemainder(d);
        int half = parts[1].shiftLeft(1).compareTo(d);
        BigInteger mantissa = parts[0];
        if (half > 0 || half == 0 && mantissa.testBit(0)) {
            mantissa = mantissa.add(BigInteger.ONE);
        }
        if (mantissa.bitLength() + (long) exponent > maximumExponent() + 1) {
            return beyond(numerator.signum());
        }
        // at most p bits (or 2^p) and an exponent of at least leastExponent(): both conversions are exact
        double rounded = Math.scalb((double) mantissa.longValueExact(), exponent);
        if (rounded > largest) {
            return beyond(numerator.signum());
        }
        return numerator.signum() < 0 ? -rounded : rounded;
    }

    /**
     * The unit in the last place of an exact value: 2^max(floor(log2 |value|) - p + 1, leastExponent()), and
     * 2^leastExponent() at zero. Beyond the largest number the exponents go on as if unbounded.
     */
    public BigRational ulp(BigRational value) {
        BigRational reduced = RationalField.canonical(value);
        int exponent = ulpExponent(reduced.getNumeratorBigInteger().abs(), reduced.getDenominatorBigInteger());
        return new Dyadic(BigInteger.ONE, exponent).toRational();
    }

    /** The exponent of the unit in the last place of a quotient of nonnegative by positive. */
    public int ulpExponent(BigInteger numerator, BigInteger denominator) {
        if (numerator.signum() == 0) {
            return leastExponent();
        }
        int log = numerator.bitLength() - denominator.bitLength();
        boolean below = log >= 0
                ? numerator.compareTo(denominator.shiftLeft(log)) < 0
                : numerator.shiftLeft(-log).compareTo(denominator) < 0;
        return Math.max((below ? log - 1 : log) - (precision - 1), leastExponent());
    }

    /** The sum of two values, rounded once. */
    public double add(double left, double right) {
        return round(left + right);
    }

    /** The difference of two values, rounded once. */
    public double subtract(double left, double right) {
        return round(left - right);
    }

    /** The product of two values, rounded once. */
    public double multiply(double left, double right) {
        return round(left * right);
    }

    /** The quotient of two values, rounded once; division by zero as IEEE 754 has it, then converted. */
    public double divide(double dividend, double divisor) {
        return round(dividend / divisor);
    }

    /** left * right + addend of three values, rounded once. */
    public double fusedMultiplyAdd(double left, double right, double addend) {
        return isBinary64 ? Math.fma(left, right, addend) : round(addToOdd(left * right, addend));
    }

    /**
     * The sum of two doubles far from overflow, rounded to odd: exact, or the one of its two neighbours whose last bit
     * is set. The error term is exact (D. E. Knuth, The Art of Computer Programming 2, 4.2.2, Theorem B).
     */
    private static double addToOdd(double left, double right) {
        double sum = left + right;
        double shadow = sum - left;
        double error = left - (sum - shadow) + (right - shadow);
        long bits = Double.doubleToRawLongBits(sum);
        if (error == 0 || (bits & 1) != 0 || !Double.isFinite(sum)) {
            return sum;
        }
        return Double.longBitsToDouble(error > 0 == sum > 0 ? bits + 1 : bits - 1);
    }

    /**
     * The value that a bit pattern stands for.
     *
     * @param bits the lowest {@link #width()} bits: sign, exponent, trailing significand
     * @throws IllegalArgumentException if higher bits are set
     */
    public double decode(long bits) {
        if (width() < Long.SIZE && bits >>> width() != 0) {
            throw new IllegalArgumentException(
                    "expected at most " + width() + " bits, got 0x" + Long.toHexString(bits));
        }
        long trailing = bits & trailingMask();
        int biased = (int) (bits >>> (precision - 1)) & exponentMask();
        double magnitude;
        if (biased == exponentMask() && hasInfinities) {
            magnitude = trailing == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else if (biased == exponentMask() && trailing == trailingMask()) {
            magnitude = Double.NaN;
        } else {
            long integer = biased == 0 ? trailing : trailing | 1L << (precision - 1);
            magnitude = Math.scalb((double) integer, leastExponent() + Math.max(biased, 1) - 1);
        }
        return (bits >>> (width() - 1) & 1) == 0 ? magnitude : -magnitude;
    }

    /**
     * The bit pattern of a value, in the lowest {@link #width()} bits; NaN gives the quiet one without sign and payload.
     *
     * @throws IllegalArgumentException if the double is no value of this format
     */
    public long encode(double value) {
        if (!contains(value)) {
            throw new IllegalArgumentException("expected a value of " + name + ", got " + value);
        }
        long exponentField = (long) exponentMask() << (precision - 1);
        if (Double.isNaN(value)) {
            return exponentField | (hasInfinities ? 1L << (precision - 2) : trailingMask());
        }
        long sign = (Double.doubleToRawLongBits(value) >>> Long.SIZE - 1) << (width() - 1);
        if (Double.isInfinite(value)) {
            return sign | exponentField;
        }
        int exponent = Math.max(Math.getExponent(value), minimumExponent());
        // scaling to an integer below 2^p goes in two steps, since one factor may overflow
        long integer = (long) Math.scalb(Math.scalb(Math.abs(value), -exponent), precision - 1);
        long biased = integer >>> (precision - 1) == 0 ? 0 : exponent - minimumExponent() + 1;
        return sign | biased << (precision - 1) | integer & trailingMask();
    }

    /** The hexadecimal literal of C99 and Java, for instance {@code 0x1.8p0}; nan, inf and -inf as C99 prints them. */
    public static String toHex(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        return Double.isInfinite(value) ? value < 0 ? "-inf" : "inf" : Double.toHexString(value);
    }

    private long trailingMask() {
        return (1L << (precision - 1)) - 1;
    }

    private int exponentMask() {
        return (1 << exponentBits) - 1;
    }

    @Override
    public String toString() {
        return name;
    }
}
