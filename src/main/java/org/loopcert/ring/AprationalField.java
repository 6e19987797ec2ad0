package org.loopcert.ring;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.Set;
import org.apfloat.Apint;
import org.apfloat.Aprational;

/** The rationals on apfloat's {@link Aprational}: a second, independent implementation. */
public final class AprationalField implements OrderedField<Aprational> {
    /** The only instance. */
    public static final AprationalField INSTANCE = new AprationalField();

    private static final Aprational ZERO = new Aprational(Apint.ZERO);
    private static final Aprational ONE = new Aprational(Apint.ONE);
    private static final Set<Property> PROPERTIES = Set.copyOf(EnumSet.of(
            Property.EXACT,
            Property.CANONICAL,
            Property.ADDITIVE_GROUP,
            Property.ASSOCIATIVE,
            Property.COMMUTATIVE,
            Property.DISTRIBUTIVE,
            Property.FIELD,
            Property.ORDERED));

    private AprationalField() {}

    /** The same number on the other implementation, reduced. */
    public static BigRational toRational(Aprational value) {
        return RationalField.of(
                value.numerator().toBigInteger(), value.denominator().toBigInteger());
    }

    @Override
    public String name() {
        return "rationals (apfloat)";
    }

    @Override
    public Set<Property> properties() {
        return PROPERTIES;
    }

    @Override
    public Aprational zero() {
        return ZERO;
    }

    @Override
    public Aprational one() {
        return ONE;
    }

    @Override
    public Aprational fromInteger(BigInteger value) {
        return new Aprational(new Apint(value));
    }

    @Override
    public Aprational fromRational(BigRational value) {
        BigRational canonical = RationalField.canonical(value);
        return new Aprational(
                new Apint(canonical.getNumeratorBigInteger()), new Apint(canonical.getDenominatorBigInteger()));
    }

    @Override
    public Aprational add(Aprational left, Aprational right) {
        return left.add(right);
    }

    @Override
    public Aprational subtract(Aprational left, Aprational right) {
        return left.subtract(right);
    }

    @Override
    public Aprational negate(Aprational element) {
        return element.negate();
    }

    @Override
    public Aprational multiply(Aprational left, Aprational right) {
        return left.multiply(right);
    }

    @Override
    public Aprational divide(Aprational dividend, Aprational divisor) {
        if (divisor.signum() == 0) {
            throw new ArithmeticException(name() + ": expected a nonzero divisor, got 0");
        }
        return dividend.divide(divisor);
    }

    @Override
    public boolean equal(Aprational left, Aprational right) {
        return left.equals(right);
    }

    @Override
    public boolean isZero(Aprational element) {
        return element.signum() == 0;
    }

    @Override
    public int compare(Aprational left, Aprational right) {
        return left.compareTo(right);
    }

    @Override
    public int signum(Aprational element) {
        return element.signum();
    }

    @Override
    public String show(Aprational element) {
        return RationalField.INSTANCE.show(toRational(element));
    }
}
