package org.loopcert.matrix;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.loopcert.ring.Arithmetic;

/**
 * An immutable vector of at least one entry. Equality compares the entries with {@code equals};
 * {@link #equal} compares them in a ring.
 *
 * @param <E> the entry type, an immutable value
 */
public final class Vector<E> implements Iterable<E> {
    private final List<E> entries;

    private Vector(List<E> entries) {
        this.entries = entries;
    }

    /**
     * The vector of the given entries, in this order.
     *
     * @throws IllegalArgumentException if there is none
     * @throws NullPointerException if one is null
     */
    public static <E> Vector<E> of(List<? extends E> entries) {
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("expected a vector of at least one entry, got none");
        }
        return new Vector<>(List.copyOf(entries));
    }

    /** The vector of {@code size} equal entries. */
    public static <E> Vector<E> constant(int size, E entry) {
        List<E> entries = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            entries.add(entry);
        }
        return of(entries);
    }

    /** The number of entries. */
    public int size() {
        return entries.size();
    }

    /**
     * The entry at an index from zero.
     *
     * @throws IndexOutOfBoundsException outside the vector
     */
    public E get(int index) {
        return entries.get(index);
    }

    /** The entries in order, unmodifiable. */
    public List<E> toList() {
        return entries;
    }

    @Override
    public Iterator<E> iterator() {
        return entries.iterator();
    }

    /** The entrywise image. */
    public <F> Vector<F> map(Function<? super E, ? extends F> function) {
        List<F> image = new ArrayList<>(size());
        for (E entry : entries) {
            image.add(Objects.requireNonNull(function.apply(entry), "image"));
        }
        return of(image);
    }

    /** The sum of two vectors of one size. */
    public Vector<E> add(Arithmetic<E> ring, Vector<E> other) {
        requireSameSize(other);
        List<E> sum = new ArrayList<>(size());
        for (int i = 0; i < size(); i++) {
            sum.add(ring.add(get(i), other.get(i)));
        }
        return of(sum);
    }

    /** The difference of two vectors of one size. */
    public Vector<E> subtract(Arithmetic<E> ring, Vector<E> other) {
        requireSameSize(other);
        List<E> difference = new ArrayList<>(size());
        for (int i = 0; i < size(); i++) {
            difference.add(ring.subtract(get(i), other.get(i)));
        }
        return of(difference);
    }

    /** The factor times every entry, the factor on the left. */
    public Vector<E> scale(Arithmetic<E> ring, E factor) {
        return map(entry -> ring.multiply(factor, entry));
    }

    /** The additive inverse. */
    public Vector<E> negate(Arithmetic<E> ring) {
        return map(ring::negate);
    }

    /** The sum of the entrywise products, in the order of the entries. */
    public E dot(Arithmetic<E> ring, Vector<E> other) {
        requireSameSize(other);
        E sum = ring.multiply(get(0), other.get(0));
        for (int i = 1; i < size(); i++) {
            sum = ring.add(sum, ring.multiply(get(i), other.get(i)));
        }
        return sum;
    }

    /** Whether the sizes and, in the ring, all entries agree. */
    public boolean equal(Arithmetic<E> ring, Vector<E> other) {
        if (size() != other.size()) {
            return false;
        }
        for (int i = 0; i < size(); i++) {
            if (!ring.equal(get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }

    private void requireSameSize(Vector<E> other) {
        if (size() != other.size()) {
            throw new IllegalArgumentException("expected a vector of size " + size() + ", got size " + other.size());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Vector<?> vector && entries.equals(vector.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    @Override
    public String toString() {
        return entries.toString();
    }
}
