package org.loopcert.ring;

import java.math.BigInteger;
import java.util.EnumSet;
import java.util.Set;

/**
 * Integers times powers of two: exact like the rationals, without any gcd, and without division.
 */
public final class DyadicRing implements OrderedRing<Dyadic> {
    /** The only instance. */
    public static final DyadicRing INSTANCE = new DyadicRing();

    private static final Set<Property> PROPERTIES = Set.copyOf(EnumSet.of(
            Property.EXACT,
            Property.CANONICAL,
            Property.ADDITIVE_GROUP,
            Property.ASSOCIATIVE,
            Property.COMMUTATIVE,
            Property.DISTRIBUTIVE,
            Property.ORDERED));

    private DyadicRing() {}

    @Override
    public String name() {
        return "dyadics";
    }

    @Override
    public Set<Property> properties() {
        return PROPERTIES;
    }

    @Override
    public Dyadic zero() {
        return Dyadic.ZERO;
    }

    @Override
    public Dyadic one() {
        return Dyadic.ONE;
    }

    @Override
    public Dyadic fromInteger(BigInteger value) {
        return Dyadic.of(value);
    }

    @Override
    public Dyadic add(Dyadic left, Dyadic right) {
        return left.add(right);
    }

    @Override
    public Dyadic negate(Dyadic element) {
        return element.negate();
    }

    @Override
    public Dyadic multiply(Dyadic left, Dyadic right) {
        return left.multiply(right);
    }

    @Override
    public boolean equal(Dyadic left, Dyadic right) {
        return left.equals(right);
    }

    @Override
    public int compare(Dyadic left, Dyadic right) {
        return left.compareTo(right);
    }
}
