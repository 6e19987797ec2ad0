package org.loopcert.ring;

import java.util.Set;

/**
 * Operations on elements that do not know their ring. General enough for scalars and for
 * non-commuting, dimension-free matrix words alike: zero and one are given by shape, multiplication
 * keeps the order of its factors, and transposition reverses products.
 *
 * <p>Operations on elements whose shapes do not fit throw {@link IllegalArgumentException}.
 *
 * @param <E> the element type, an immutable value
 */
public interface Arithmetic<E> {
    /** A short name with parameters, e.g. {@code "residues modulo 7"}; used in messages. */
    String name();

    /** The laws this arithmetic obeys. */
    Set<Property> properties();

    /** Whether the law holds here. */
    default boolean has(Property property) {
        return properties().contains(property);
    }

    /** The shape of an element. */
    Shape shape(E element);

    /** The additive identity of a shape. */
    E zero(Shape shape);

    /**
     * The multiplicative identity of a square shape.
     *
     * @throws IllegalArgumentException if the shape is not square
     */
    E one(Shape shape);

    /** The sum. */
    E add(E left, E right);

    /** The difference, left minus right. */
    E subtract(E left, E right);

    /** The additive inverse. */
    E negate(E element);

    /** The product, in this order. */
    E multiply(E left, E right);

    /** The transpose; the identity on scalars. */
    E transpose(E element);

    /**
     * Whether both denote the same element. For enclosures and rounded numbers this compares the
     * stored values, not the reals they stand for.
     */
    boolean equal(E left, E right);

    /** Whether the element is the zero of its shape. */
    default boolean isZero(E element) {
        return equal(element, zero(shape(element)));
    }

    /** The element in exact notation, for messages and logs. */
    default String show(E element) {
        return String.valueOf(element);
    }
}
