package org.loopcert.ring;

import cc.redberry.rings.Rational;
import cc.redberry.rings.bigint.BigInteger;
import cc.redberry.rings.poly.multivar.DegreeVector;
import cc.redberry.rings.poly.multivar.Monomial;
import cc.redberry.rings.poly.multivar.MultivariatePolynomial;
import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A polynomial in several indeterminates over the rationals. An immutable value around a mutable
 * one of the Rings library, which never leaves this package. Made by a {@link PolynomialRing}.
 */
public final class Polynomial {
    private final MultivariatePolynomial<Rational<BigInteger>> value;

    Polynomial(MultivariatePolynomial<Rational<BigInteger>> value) {
        this.value = value;
    }

    /** A copy that may be changed. */
    MultivariatePolynomial<Rational<BigInteger>> copy() {
        return value.copy();
    }

    /** The library's value, not to be changed. */
    MultivariatePolynomial<Rational<BigInteger>> value() {
        return value;
    }

    /** The total degree; zero for constants, the zero polynomial included. */
    public int degree() {
        int degree = 0;
        for (Monomial<Rational<BigInteger>> term : value) {
            degree = Math.max(degree, term.totalDegree);
        }
        return degree;
    }

    /** Whether every coefficient is zero. */
    public boolean isZero() {
        return value.isZero();
    }

    /** The nonzero coefficients by exponents, one exponent per indeterminate. */
    public Map<List<Integer>, BigRational> terms() {
        Map<List<Integer>, BigRational> terms = new HashMap<>();
        for (Monomial<Rational<BigInteger>> term : value) {
            terms.put(exponents(term), PolynomialRing.toRational(term.coefficient));
        }
        return terms;
    }

    private static List<Integer> exponents(DegreeVector term) {
        List<Integer> exponents = new ArrayList<>();
        for (int exponent : term.exponents) {
            exponents.add(exponent);
        }
        return List.copyOf(exponents);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Polynomial polynomial
                && value.nVariables == polynomial.value.nVariables
                && copy().subtract(polynomial.value).isZero();
    }

    @Override
    public int hashCode() {
        Set<List<Integer>> monomials = new HashSet<>();
        for (Monomial<Rational<BigInteger>> term : value) {
            monomials.add(exponents(term));
        }
        return monomials.hashCode();
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
