package org.loopcert.ring;

/**
 * A field with a total order.
 *
 * @param <E> the element type, an immutable value
 */
public interface OrderedField<E> extends Field<E>, OrderedRing<E> {}
