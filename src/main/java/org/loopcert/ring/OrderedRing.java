package org.loopcert.ring;

/**
 * A ring with a total order.
 *
 * @param <E> the element type, an immutable value
 */
public interface OrderedRing<E> extends Ring<E> {
    /** Negative, zero or positive as left is less than, equal to or greater than right. */
    int compare(E left, E right);

    /** The sign: -1, 0 or 1. */
    default int signum(E element) {
        return Integer.signum(compare(element, zero()));
    }

    /** The absolute value. */
    default E abs(E element) {
        return signum(element) < 0 ? negate(element) : element;
    }
}
