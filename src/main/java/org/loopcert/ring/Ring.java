package org.loopcert.ring;

import java.math.BigInteger;

/**
 * An arithmetic of scalars, with a map from the integers.
 *
 * @param <E> the element type, an immutable value
 */
public interface Ring<E> extends Arithmetic<E> {
    /** The additive identity. */
    E zero();

    /** The multiplicative identity. */
    E one();

    /**
     * The image of an integer. Exact wherever {@link Property#EXACT} is declared; elsewhere rounded
     * or enclosed.
     */
    E fromInteger(BigInteger value);

    /** The image of a small integer. */
    default E fromLong(long value) {
        return fromInteger(BigInteger.valueOf(value));
    }

    @Override
    default Shape shape(E element) {
        return Shape.SCALAR;
    }

    @Override
    default E zero(Shape shape) {
        requireScalar(shape);
        return zero();
    }

    @Override
    default E one(Shape shape) {
        requireScalar(shape);
        return one();
    }

    @Override
    default E subtract(E left, E right) {
        return add(left, negate(right));
    }

    @Override
    default E transpose(E element) {
        return element;
    }

    @Override
    default boolean isZero(E element) {
        return equal(element, zero());
    }

    private void requireScalar(Shape shape) {
        if (!Shape.SCALAR.equals(shape)) {
            throw new IllegalArgumentException(name() + ": expected shape 1 x 1, got " + shape);
        }
    }
}
