package org.loopcert.derivation;

import cc.redberry.rings.bigint.BigInteger;
import cc.redberry.rings.poly.multivar.MultivariatePolynomial;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An entry of an expanded term: numerator / (constant * product of factor^exponent). Not reduced; two entries are equal
 * exactly when their difference has the numerator zero. Made by an {@link EntryField}; the polynomials are never changed.
 *
 * @param numerator with integer coefficients
 * @param constant positive
 * @param factors primitive, not constant, with positive leading coefficients, to positive exponents
 */
record Entry(
        MultivariatePolynomial<BigInteger> numerator,
        BigInteger constant,
        Map<MultivariatePolynomial<BigInteger>, Integer> factors) {
    Entry {
        factors = new LinkedHashMap<>(factors);
    }

    /** Whether the numerator is the zero polynomial. */
    boolean isZero() {
        return numerator.isZero();
    }

    /** Whether no indeterminate is divided by. */
    boolean isPolynomial() {
        return factors.isEmpty();
    }
}
