package org.loopcert.report;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A number to be drawn: a rational, of any size, or the NaN or infinity in which a rounded run may end. A finite double
 * is the rational that it is.
 */
public final class Coordinate {
    /** Bits of a quotient that a double is made of; more than its 53. */
    private static final int BITS = 64;

    private static final int SHORT = 12;

    private static final MathContext SIX_DIGITS = new MathContext(6);

    private static final double LOG10_OF_2 = Math.log10(2);

    /** Null for NaN and the infinities. */
    private final BigRational exact;

    private final double notFinite;

    private Coordinate(BigRational exact, double notFinite) {
        this.exact = exact;
        this.notFinite = notFinite;
    }

    /** The rational itself. */
    public static Coordinate of(BigRational value) {
        return new Coordinate(value.reduce(), 0);
    }

    /** The double itself, which may be NaN or infinite. */
    public static Coordinate of(double value) {
        return Double.isFinite(value) ? of(BigRational.valueOf(new BigDecimal(value))) : new Coordinate(null, value);
    }

    /** Rationals, in their order. */
    public static List<Coordinate> exact(List<BigRational> values) {
        return values.stream().map(Coordinate::of).toList();
    }

    /** Doubles, in their order. */
    public static List<Coordinate> rounded(double... values) {
        return Arrays.stream(values).mapToObj(Coordinate::of).toList();
    }

    /** The integers from first to last, as for the loops t = 0, ..., T. */
    public static List<Coordinate> range(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(i -> of(BigRational.valueOf(i)))
                .toList();
    }

    /** The rational; empty for NaN and the infinities. */
    public Optional<BigRational> value() {
        return Optional.ofNullable(exact);
    }

    boolean isFinite() {
        return exact != null;
    }

    boolean isInteger() {
        return exact != null && exact.isInteger();
    }

    /** The sign of a finite number. */
    int signum() {
        return exact.signum();
    }

    /** A finite number to about 16 digits; infinite where no double is large enough, 0 where none is small enough. */
    double toDouble() {
        if (exact.signum() == 0) {
            return 0;
        }
        BigInteger numerator = exact.getNumeratorBigInteger();
        BigInteger denominator = exact.getDenominatorBigInteger();
        int shift = BITS - numerator.bitLength() + denominator.bitLength();
        double quotient = numerator.abs().shiftLeft(shift).divide(denominator).doubleValue();
        return exact.signum() * Math.scalb(quotient, -shift);
    }

    /** log10 of a positive number, however small or large, to about 15 digits: no double holds the number itself. */
    double log10() {
        if (exact.signum() <= 0) {
            throw new ArithmeticException("expected a positive number, got " + this);
        }
        BigInteger numerator = exact.getNumeratorBigInteger();
        BigInteger denominator = exact.getDenominatorBigInteger();
        int shift = BITS - numerator.bitLength() + denominator.bitLength();
        double quotient = numerator.shiftLeft(shift).divide(denominator).doubleValue();
        return Math.log10(quotient) - shift * LOG10_OF_2;
    }

    /** The number itself if it is short, else six digits of it. */
    String brief() {
        String text = toString();
        if (exact == null || text.length() <= SHORT) {
            return text;
        }
        BigDecimal numerator = new BigDecimal(exact.getNumeratorBigInteger());
        BigDecimal denominator = new BigDecimal(exact.getDenominatorBigInteger());
        BigDecimal rounded = numerator.divide(denominator, SIX_DIGITS).stripTrailingZeros();
        boolean same = rounded.multiply(denominator).compareTo(numerator) == 0;
        return (same ? "" : "about ") + rounded;
    }

    /** p, p/q, NaN, Infinity or -Infinity. */
    @Override
    public String toString() {
        if (exact == null) {
            return Double.toString(notFinite);
        }
        BigInteger denominator = exact.getDenominatorBigInteger();
        String numerator = exact.getNumeratorBigInteger().toString();
        return denominator.equals(BigInteger.ONE) ? numerator : numerator + "/" + denominator;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Coordinate that
                && Objects.equals(exact, that.exact)
                && Double.compare(notFinite, that.notFinite) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(exact, notFinite);
    }
}
