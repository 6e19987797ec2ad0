package org.loopcert.ring;

import cc.redberry.rings.Rings;
import cc.redberry.rings.poly.multivar.DegreeVector;
import cc.redberry.rings.poly.multivar.Monomial;
import cc.redberry.rings.poly.multivar.MonomialOrder;
import cc.redberry.rings.poly.multivar.MultivariatePolynomial;
import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Rational functions of named indeterminates over the rationals, on the Rings library. Equality
 * means equal values wherever both are defined.
 */
public final class RationalFunctionField implements Field<RationalFunction> {
    private static final Comparator<DegreeVector> ORDER = MonomialOrder.DEFAULT;
    private static final Set<Property> PROPERTIES = Set.copyOf(EnumSet.of(
            Property.EXACT,
            Property.CANONICAL,
            Property.ADDITIVE_GROUP,
            Property.ASSOCIATIVE,
            Property.COMMUTATIVE,
            Property.DISTRIBUTIVE,
            Property.FIELD));

    private final List<String> indeterminates;

    private RationalFunctionField(List<String> indeterminates) {
        this.indeterminates = indeterminates;
    }

    /**
     * The rational functions of the named indeterminates.
     *
     * @throws IllegalArgumentException unless there is at least one name and no name occurs twice
     */
    public static RationalFunctionField of(List<String> indeterminates) {
        if (indeterminates.isEmpty() || new HashSet<>(indeterminates).size() != indeterminates.size()) {
            throw new IllegalArgumentException("expected distinct indeterminates, at least one, got " + indeterminates);
        }
        return new RationalFunctionField(List.copyOf(indeterminates));
    }

    /** The names, in order. */
    public List<String> indeterminates() {
        return indeterminates;
    }

    /**
     * The indeterminate of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public RationalFunction indeterminate(String name) {
        int index = indeterminates.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "expected one of the indeterminates " + indeterminates + ", got " + name);
        }
        return RationalFunction.of(integer(BigInteger.ZERO).createMonomial(index, 1), integer(BigInteger.ONE));
    }

    /**
     * The value where the indeterminates have the given values.
     *
     * @throws IllegalArgumentException unless there is one value per indeterminate
     * @throws ArithmeticException if the denominator vanishes there
     */
    public BigRational evaluate(RationalFunction function, List<BigRational> values) {
        if (values.size() != indeterminates.size()) {
            throw new IllegalArgumentException("expected " + indeterminates.size() + " values, got " + values.size());
        }
        return RationalField.INSTANCE.divide(
                evaluate(function.numerator(), values), evaluate(function.denominator(), values));
    }

    private static BigRational evaluate(
            MultivariatePolynomial<cc.redberry.rings.bigint.BigInteger> polynomial, List<BigRational> values) {
        RationalField rationals = RationalField.INSTANCE;
        BigRational sum = rationals.zero();
        for (Monomial<cc.redberry.rings.bigint.BigInteger> term : polynomial) {
            BigRational product = rationals.fromInteger(new BigInteger(term.coefficient.toByteArray()));
            for (int i = 0; i < values.size(); i++) {
                for (int k = 0; k < term.exponents[i]; k++) {
                    product = rationals.multiply(product, values.get(i));
                }
            }
            sum = rationals.add(sum, product);
        }
        return sum;
    }

    private MultivariatePolynomial<cc.redberry.rings.bigint.BigInteger> integer(BigInteger value) {
        return MultivariatePolynomial.zero(indeterminates.size(), Rings.Z, ORDER)
                .add(new cc.redberry.rings.bigint.BigInteger(value));
    }

    @Override
    public String name() {
        return "rational functions of " + String.join(", ", indeterminates);
    }

    @Override
    public Set<Property> properties() {
        return PROPERTIES;
    }

    @Override
    public RationalFunction zero() {
        return fromInteger(BigInteger.ZERO);
    }

    @Override
    public RationalFunction one() {
        return fromInteger(BigInteger.ONE);
    }

    @Override
    public RationalFunction fromInteger(BigInteger value) {
        return RationalFunction.of(integer(value), integer(BigInteger.ONE));
    }

    @Override
    public RationalFunction add(RationalFunction left, RationalFunction right) {
        if (left.isPolynomial() && right.isPolynomial()) {
            return RationalFunction.of(left.numerator().copy().add(right.numerator()), left.denominator());
        }
        return RationalFunction.of(
                left.numerator()
                        .copy()
                        .multiply(right.denominator())
                        .add(right.numerator().copy().multiply(left.denominator())),
                left.denominator().copy().multiply(right.denominator()));
    }

    @Override
    public RationalFunction negate(RationalFunction element) {
        return RationalFunction.of(element.numerator().copy().negate(), element.denominator());
    }

    @Override
    public RationalFunction multiply(RationalFunction left, RationalFunction right) {
        return RationalFunction.of(
                left.numerator().copy().multiply(right.numerator()),
                left.denominator().copy().multiply(right.denominator()));
    }

    @Override
    public RationalFunction divide(RationalFunction dividend, RationalFunction divisor) {
        if (divisor.isZero()) {
            throw new ArithmeticException(name() + ": expected a nonzero divisor, got 0");
        }
        return RationalFunction.of(
                dividend.numerator().copy().multiply(divisor.denominator()),
                dividend.denominator().copy().multiply(divisor.numerator()));
    }

    @Override
    public boolean equal(RationalFunction left, RationalFunction right) {
        // multiplied out where the lowest terms differ, so that the answer does not rest on the gcd
        return left.equals(right)
                || left.numerator()
                        .copy()
                        .multiply(right.denominator())
                        .subtract(right.numerator().copy().multiply(left.denominator()))
                        .isZero();
    }

    @Override
    public boolean isZero(RationalFunction element) {
        return element.isZero();
    }

    @Override
    public String show(RationalFunction element) {
        return element.show(indeterminates.toArray(String[]::new));
    }
}
