package org.loopcert.ring;

import cc.redberry.rings.bigint.BigInteger;
import cc.redberry.rings.poly.multivar.Monomial;
import cc.redberry.rings.poly.multivar.MultivariateDivision;
import cc.redberry.rings.poly.multivar.MultivariateGCD;
import cc.redberry.rings.poly.multivar.MultivariatePolynomial;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A quotient of two polynomials in several indeterminates, in lowest terms: integer coefficients, no
 * common factor, and a positive leading coefficient of the denominator. An immutable value around
 * mutable ones of the Rings library, which never leave this package. Made by a {@link
 * RationalFunctionField}.
 */
public final class RationalFunction {
    private final MultivariatePolynomial<BigInteger> numerator;
    private final MultivariatePolynomial<BigInteger> denominator;

    private RationalFunction(
            MultivariatePolynomial<BigInteger> numerator, MultivariatePolynomial<BigInteger> denominator) {
        this.numerator = numerator;
        this.denominator = denominator;
    }

    /** Takes over both polynomials; they must not be changed afterwards. */
    static RationalFunction of(
            MultivariatePolynomial<BigInteger> numerator, MultivariatePolynomial<BigInteger> denominator) {
        if (numerator.isZero()) {
            return new RationalFunction(numerator, denominator.createOne());
        }
        MultivariatePolynomial<BigInteger> top = numerator;
        MultivariatePolynomial<BigInteger> bottom = denominator;
        if (!bottom.isOne()) {
            // the gcd over the integers, contents included
            MultivariatePolynomial<BigInteger> common = MultivariateGCD.PolynomialGCD(top, bottom);
            if (!common.isOne()) {
                top = MultivariateDivision.divideExact(top, common);
                bottom = MultivariateDivision.divideExact(bottom, common);
            }
            if (bottom.signumOfLC() < 0) {
                top = top.copy().negate();
                bottom = bottom.copy().negate();
            }
        }
        return new RationalFunction(top, bottom);
    }

    /** The library's numerator, not to be changed. */
    MultivariatePolynomial<BigInteger> numerator() {
        return numerator;
    }

    /** The library's denominator, not to be changed. */
    MultivariatePolynomial<BigInteger> denominator() {
        return denominator;
    }

    /** Whether it is the zero function. */
    public boolean isZero() {
        return numerator.isZero();
    }

    /** Whether the denominator is one. */
    public boolean isPolynomial() {
        return denominator.isOne();
    }

    String show(String[] names) {
        return isPolynomial()
                ? numerator.toString(names)
                : "(" + numerator.toString(names) + ")/(" + denominator.toString(names) + ")";
    }

    private static boolean same(MultivariatePolynomial<BigInteger> left, MultivariatePolynomial<BigInteger> right) {
        return left.nVariables == right.nVariables
                && left.size() == right.size()
                && left.copy().subtract(right).isZero();
    }

    private static int hash(MultivariatePolynomial<BigInteger> polynomial) {
        Set<List<Integer>> monomials = new HashSet<>();
        for (Monomial<BigInteger> term : polynomial) {
            monomials.add(Arrays.stream(term.exponents).boxed().collect(Collectors.toList()));
        }
        return monomials.hashCode();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RationalFunction function
                && same(numerator, function.numerator)
                && same(denominator, function.denominator);
    }

    @Override
    public int hashCode() {
        return 31 * hash(numerator) + hash(denominator);
    }

    @Override
    public String toString() {
        String[] names = new String[numerator.nVariables];
        Arrays.setAll(names, i -> "x_" + (i + 1));
        return show(names);
    }
}
