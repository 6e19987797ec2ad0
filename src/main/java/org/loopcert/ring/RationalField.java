package org.loopcert.ring;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.Set;

/**
 * The rationals on {@link BigRational}. That class never reduces by itself, so every result here is
 * rebuilt with gcd 1 and a positive denominator; without it the digits explode within a few steps.
 */
public final class RationalField implements OrderedField<BigRational> {
    /** The only instance. */
    public static final RationalField INSTANCE = new RationalField();

    private static final Set<Property> PROPERTIES = Set.copyOf(EnumSet.of(
            Property.EXACT,
            Property.CANONICAL,
            Property.ADDITIVE_GROUP,
            Property.ASSOCIATIVE,
            Property.COMMUTATIVE,
            Property.DISTRIBUTIVE,
            Property.FIELD,
            Property.ORDERED));

    private RationalField() {}

    /**
     * The canonical quotient of two integers.
     *
     * @throws ArithmeticException if the denominator is zero
     */
    public static BigRational of(BigInteger numerator, BigInteger denominator) {
        if (denominator.signum() == 0) {
            throw new ArithmeticException("rationals: expected a nonzero denominator, got 0");
        }
        if (numerator.signum() == 0) {
            return BigRational.ZERO;
        }
        if (isPowerOfTwo(denominator)) {
            // the exact values of doubles come in thousands, and need no gcd
            int shared = Math.min(numerator.getLowestSetBit(), denominator.bitLength() - 1);
            return shared == 0
                    ? ofReduced(numerator, denominator)
                    : ofReduced(numerator.shiftRight(shared), denominator.shiftRight(shared));
        }
        BigInteger divisor = gcd(numerator, denominator);
        if (denominator.signum() < 0) {
            divisor = divisor.negate();
        }
        return divisor.equals(BigInteger.ONE)
                ? ofReduced(numerator, denominator)
                : ofReduced(numerator.divide(divisor), denominator.divide(divisor));
    }

    /**
     * The quotient of integers without a common factor, the denominator positive. Short ones are kept without a {@link
     * BigInteger} behind each, which halves the memory of large data.
     */
    public static BigRational ofReduced(BigInteger numerator, BigInteger denominator) {
        return numerator.bitLength() < Long.SIZE && denominator.bitLength() < Long.SIZE
                ? BigRational.valueOf(
                        BigDecimal.valueOf(numerator.longValue()), BigDecimal.valueOf(denominator.longValue()))
                : BigRational.valueOf(numerator, denominator);
    }

    /**
     * The greatest common divisor of two integers other than zero, fast where the second is a power of two times something
     * short, as denominators mostly are.
     */
    public static BigInteger gcd(BigInteger p, BigInteger q) {
        int twos = q.getLowestSetBit();
        BigInteger odd = q.shiftRight(twos);
        if (odd.signum() < 0 || odd.bitLength() >= Integer.SIZE) {
            return p.gcd(odd).shiftLeft(Math.min(twos, p.getLowestSetBit()));
        }
        long a = odd.longValue();
        long b = p.mod(odd).longValue();
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return BigInteger.valueOf(a).shiftLeft(Math.min(twos, p.getLowestSetBit()));
    }

    private static boolean isPowerOfTwo(BigInteger value) {
        return value.signum() > 0 && value.bitCount() == 1;
    }

    /** The canonical quotient of two small integers. */
    public static BigRational of(long numerator, long denominator) {
        return of(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
    }

    /** The same number with gcd 1 and positive denominator, whatever representation it came in. */
    public static BigRational canonical(BigRational value) {
        BigDecimal above = value.getNumerator();
        BigDecimal below = value.getDenominator();
        if (above.scale() == 0 && below.scale() == 0 && isPowerOfTwo(below.unscaledValue())) {
            boolean odd = above.unscaledValue().testBit(0);
            if (odd || below.unscaledValue().equals(BigInteger.ONE)) {
                return value;
            }
        }
        // BigRational may hold decimal fractions above and below the line
        int scale = Math.max(above.scale(), below.scale());
        if (scale <= 0) {
            return of(value.getNumeratorBigInteger(), value.getDenominatorBigInteger());
        }
        return of(above.setScale(scale).unscaledValue(), below.setScale(scale).unscaledValue());
    }

    @Override
    public String name() {
        return "rationals (big-math)";
    }

    @Override
    public Set<Property> properties() {
        return PROPERTIES;
    }

    @Override
    public BigRational zero() {
        return BigRational.ZERO;
    }

    @Override
    public BigRational one() {
        return BigRational.ONE;
    }

    @Override
    public BigRational fromInteger(BigInteger value) {
        return BigRational.valueOf(value);
    }

    @Override
    public BigRational fromRational(BigRational value) {
        return canonical(value);
    }

    @Override
    public BigRational add(BigRational left, BigRational right) {
        return sum(left, right, false);
    }

    @Override
    public BigRational subtract(BigRational left, BigRational right) {
        return sum(left, right, true);
    }

    private static BigRational sum(BigRational left, BigRational right, boolean negateRight) {
        BigInteger p = left.getNumeratorBigInteger();
        BigInteger q = left.getDenominatorBigInteger();
        BigInteger s = right.getDenominatorBigInteger();
        BigInteger r = right.getNumeratorBigInteger();
        if (negateRight) {
            r = r.negate();
        }
        return q.equals(s) ? of(p.add(r), q) : of(p.multiply(s).add(r.multiply(q)), q.multiply(s));
    }

    @Override
    public BigRational negate(BigRational element) {
        return of(element.getNumeratorBigInteger().negate(), element.getDenominatorBigInteger());
    }

    @Override
    public BigRational multiply(BigRational left, BigRational right) {
        return of(
                left.getNumeratorBigInteger().multiply(right.getNumeratorBigInteger()),
                left.getDenominatorBigInteger().multiply(right.getDenominatorBigInteger()));
    }

    @Override
    public BigRational divide(BigRational dividend, BigRational divisor) {
        if (isZero(divisor)) {
            throw new ArithmeticException(name() + ": expected a nonzero divisor, got 0");
        }
        return of(
                dividend.getNumeratorBigInteger().multiply(divisor.getDenominatorBigInteger()),
                dividend.getDenominatorBigInteger().multiply(divisor.getNumeratorBigInteger()));
    }

    @Override
    public boolean equal(BigRational left, BigRational right) {
        return compare(left, right) == 0;
    }

    @Override
    public boolean isZero(BigRational element) {
        return element.getNumerator().signum() == 0;
    }

    @Override
    public int compare(BigRational left, BigRational right) {
        BigInteger q = left.getDenominatorBigInteger();
        BigInteger s = right.getDenominatorBigInteger();
        if (q.equals(s)) {
            return left.getNumeratorBigInteger().compareTo(right.getNumeratorBigInteger());
        }
        return left.getNumeratorBigInteger()
                .multiply(s)
                .compareTo(right.getNumeratorBigInteger().multiply(q));
    }

    @Override
    public int signum(BigRational element) {
        return element.getNumerator().signum();
    }

    @Override
    public String show(BigRational element) {
        BigRational value = canonical(element);
        BigInteger denominator = value.getDenominatorBigInteger();
        return denominator.equals(BigInteger.ONE)
                ? value.getNumeratorBigInteger().toString()
                : value.getNumeratorBigInteger() + "/" + denominator;
    }
}
