package org.loopcert.ring;

import cc.redberry.rings.Rational;
import cc.redberry.rings.Rings;
import cc.redberry.rings.poly.multivar.DegreeVector;
import cc.redberry.rings.poly.multivar.MonomialOrder;
import cc.redberry.rings.poly.multivar.MultivariatePolynomial;
import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Polynomials in named indeterminates over the rationals, on the Rings library. Equality is
 * equality of all coefficients, hence for all values of the indeterminates.
 */
public final class PolynomialRing implements Ring<Polynomial> {
    private static final Comparator<DegreeVector> ORDER = MonomialOrder.DEFAULT;
    private static final Set<Property> PROPERTIES = Set.copyOf(EnumSet.of(
            Property.EXACT,
            Property.CANONICAL,
            Property.ADDITIVE_GROUP,
            Property.ASSOCIATIVE,
            Property.COMMUTATIVE,
            Property.DISTRIBUTIVE));

    private final List<String> indeterminates;

    private PolynomialRing(List<String> indeterminates) {
        this.indeterminates = indeterminates;
    }

    /**
     * The polynomials in the named indeterminates.
     *
     * @throws IllegalArgumentException unless there is at least one name and no name occurs twice
     */
    public static PolynomialRing of(List<String> indeterminates) {
        if (indeterminates.isEmpty() || new HashSet<>(indeterminates).size() != indeterminates.size()) {
            throw new IllegalArgumentException("expected distinct indeterminates, at least one, got " + indeterminates);
        }
        return new PolynomialRing(List.copyOf(indeterminates));
    }

    /** The names, in the order of the exponents. */
    public List<String> indeterminates() {
        return indeterminates;
    }

    /** The constant polynomial. */
    public Polynomial constant(BigRational value) {
        return new Polynomial(MultivariatePolynomial.zero(indeterminates.size(), Rings.Q, ORDER)
                .add(fromBigRational(value)));
    }

    /**
     * The indeterminate of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Polynomial indeterminate(String name) {
        int index = indeterminates.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "expected one of the indeterminates " + indeterminates + ", got " + name);
        }
        return new Polynomial(MultivariatePolynomial.zero(indeterminates.size(), Rings.Q, ORDER)
                .createMonomial(index, 1));
    }

    /**
     * The value where the indeterminates have the given values.
     *
     * @throws IllegalArgumentException unless there is one value per indeterminate
     */
    public BigRational evaluate(Polynomial polynomial, List<BigRational> values) {
        if (values.size() != indeterminates.size()) {
            throw new IllegalArgumentException("expected " + indeterminates.size() + " values, got " + values.size());
        }
        RationalField rationals = RationalField.INSTANCE;
        BigRational sum = rationals.zero();
        for (Map.Entry<List<Integer>, BigRational> term : polynomial.terms().entrySet()) {
            BigRational product = term.getValue();
            for (int i = 0; i < values.size(); i++) {
                for (int k = 0; k < term.getKey().get(i); k++) {
                    product = rationals.multiply(product, values.get(i));
                }
            }
            sum = rationals.add(sum, product);
        }
        return sum;
    }

    static BigRational toRational(Rational<cc.redberry.rings.bigint.BigInteger> value) {
        return RationalField.of(
                new BigInteger(value.numerator().toByteArray()),
                new BigInteger(value.denominator().toByteArray()));
    }

    private static Rational<cc.redberry.rings.bigint.BigInteger> fromBigRational(BigRational value) {
        BigRational canonical = RationalField.canonical(value);
        return new Rational<>(
                Rings.Z,
                new cc.redberry.rings.bigint.BigInteger(canonical.getNumeratorBigInteger()),
                new cc.redberry.rings.bigint.BigInteger(canonical.getDenominatorBigInteger()));
    }

    @Override
    public String name() {
        return "polynomials in " + String.join(", ", indeterminates);
    }

    @Override
    public Set<Property> properties() {
        return PROPERTIES;
    }

    @Override
    public Polynomial zero() {
        return constant(BigRational.ZERO);
    }

    @Override
    public Polynomial one() {
        return constant(BigRational.ONE);
    }

    @Override
    public Polynomial fromInteger(BigInteger value) {
        return constant(BigRational.valueOf(value));
    }

    @Override
    public Polynomial add(Polynomial left, Polynomial right) {
        return new Polynomial(left.copy().add(right.value()));
    }

    @Override
    public Polynomial subtract(Polynomial left, Polynomial right) {
        return new Polynomial(left.copy().subtract(right.value()));
    }

    @Override
    public Polynomial negate(Polynomial element) {
        return new Polynomial(element.copy().negate());
    }

    @Override
    public Polynomial multiply(Polynomial left, Polynomial right) {
        return new Polynomial(left.copy().multiply(right.value()));
    }

    @Override
    public boolean equal(Polynomial left, Polynomial right) {
        return left.equals(right);
    }

    @Override
    public boolean isZero(Polynomial element) {
        return element.isZero();
    }

    @Override
    public String show(Polynomial element) {
        return element.value().toString(indeterminates.toArray(String[]::new));
    }
}
