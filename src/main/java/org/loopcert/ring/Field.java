package org.loopcert.ring;

import ch.obermuhlner.math.big.BigRational;

/**
 * A ring with division and a map from the rationals. Whether division is the inverse of
 * multiplication is said by {@link Property#FIELD}: rounded numbers and intervals divide too.
 *
 * @param <E> the element type, an immutable value
 */
public interface Field<E> extends Ring<E> {
    /**
     * The quotient.
     *
     * @throws ArithmeticException if the divisor is zero, or an enclosure that contains zero
     */
    E divide(E dividend, E divisor);

    /**
     * The multiplicative inverse.
     *
     * @throws ArithmeticException if the element is zero, or an enclosure that contains zero
     */
    default E invert(E element) {
        return divide(one(), element);
    }

    /**
     * The image of a rational.
     *
     * @throws ArithmeticException if its denominator is zero here (possible modulo a prime)
     */
    default E fromRational(BigRational value) {
        return divide(fromInteger(value.getNumeratorBigInteger()), fromInteger(value.getDenominatorBigInteger()));
    }
}
