package org.loopcert.ring;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.Set;

/**
 * Intervals with dyadic ends of a given precision, rounded outward. The law is containment: the
 * result of an operation contains the results of all members. Subtraction does not undo addition
 * and distributivity is lost, so neither is declared.
 */
public final class IntervalRing implements Field<Interval> {
    private static final Set<Property> PROPERTIES =
            Set.copyOf(EnumSet.of(Property.CANONICAL, Property.COMMUTATIVE, Property.ENCLOSURE));

    private final int precision;

    private IntervalRing(int precision) {
        this.precision = precision;
    }

    /**
     * Intervals whose ends have at most {@code precision} bits.
     *
     * @throws IllegalArgumentException unless the precision is at least two bits
     */
    public static IntervalRing of(int precision) {
        if (precision < 2) {
            throw new IllegalArgumentException("expected a precision of at least 2 bits, got " + precision);
        }
        return new IntervalRing(precision);
    }

    /** The precision of the ends in bits. */
    public int precision() {
        return precision;
    }

    private Interval outward(Dyadic lower, Dyadic upper) {
        return new Interval(lower.roundDown(precision), upper.roundUp(precision));
    }

    @Override
    public String name() {
        return "intervals of " + precision + " bits";
    }

    @Override
    public Set<Property> properties() {
        return PROPERTIES;
    }

    @Override
    public Interval zero() {
        return Interval.of(Dyadic.ZERO);
    }

    @Override
    public Interval one() {
        return Interval.of(Dyadic.ONE);
    }

    @Override
    public Interval fromInteger(BigInteger value) {
        Dyadic dyadic = Dyadic.of(value);
        return outward(dyadic, dyadic);
    }

    @Override
    public Interval fromRational(BigRational value) {
        BigRational canonical = RationalField.canonical(value);
        BigInteger p = canonical.getNumeratorBigInteger();
        BigInteger q = canonical.getDenominatorBigInteger();
        return new Interval(Dyadic.quotientDown(p, q, precision), Dyadic.quotientUp(p, q, precision));
    }

    @Override
    public Interval add(Interval left, Interval right) {
        return outward(left.lower().add(right.lower()), left.upper().add(right.upper()));
    }

    @Override
    public Interval negate(Interval element) {
        return new Interval(element.upper().negate(), element.lower().negate());
    }

    @Override
    public Interval multiply(Interval left, Interval right) {
        Dyadic a = left.lower().multiply(right.lower());
        Dyadic b = left.lower().multiply(right.upper());
        Dyadic c = left.upper().multiply(right.lower());
        Dyadic d = left.upper().multiply(right.upper());
        return outward(min(min(a, b), min(c, d)), max(max(a, b), max(c, d)));
    }

    @Override
    public Interval divide(Interval dividend, Interval divisor) {
        if (divisor.lower().signum() <= 0 && divisor.upper().signum() >= 0) {
            throw new ArithmeticException(name() + ": expected a divisor that does not contain 0, got " + divisor);
        }
        return new Interval(
                min(
                        min(down(dividend.lower(), divisor.lower()), down(dividend.lower(), divisor.upper())),
                        min(down(dividend.upper(), divisor.lower()), down(dividend.upper(), divisor.upper()))),
                max(
                        max(up(dividend.lower(), divisor.lower()), up(dividend.lower(), divisor.upper())),
                        max(up(dividend.upper(), divisor.lower()), up(dividend.upper(), divisor.upper()))));
    }

    private Dyadic down(Dyadic dividend, Dyadic divisor) {
        Dyadic mantissas = Dyadic.quotientDown(dividend.mantissa(), divisor.mantissa(), precision);
        int exponent = Math.subtractExact(dividend.exponent(), divisor.exponent());
        return mantissas.multiply(new Dyadic(BigInteger.ONE, exponent));
    }

    private Dyadic up(Dyadic dividend, Dyadic divisor) {
        return down(dividend.negate(), divisor).negate();
    }

    /** Whether both are the same set. */
    @Override
    public boolean equal(Interval left, Interval right) {
        return left.equals(right);
    }

    private static Dyadic min(Dyadic left, Dyadic right) {
        return left.compareTo(right) <= 0 ? left : right;
    }

    private static Dyadic max(Dyadic left, Dyadic right) {
        return left.compareTo(right) >= 0 ? left : right;
    }
}
