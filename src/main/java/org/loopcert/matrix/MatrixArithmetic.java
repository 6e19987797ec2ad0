package org.loopcert.matrix;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.loopcert.ring.Arithmetic;
import org.loopcert.ring.Property;
import org.loopcert.ring.Ring;
import org.loopcert.ring.Shape;

/**
 * Matrices over a ring as elements themselves, of all sizes at once: the image of matrix words at
 * fixed dimensions. A 1 x 1 matrix multiplies any other.
 *
 * @param ring the ring of the entries
 * @param <E> the entry type
 */
public record MatrixArithmetic<E>(Ring<E> ring) implements Arithmetic<Matrix<E>> {
    @Override
    public String name() {
        return "matrices over " + ring.name();
    }

    @Override
    public Set<Property> properties() {
        EnumSet<Property> properties = EnumSet.of(
                Property.EXACT,
                Property.CANONICAL,
                Property.ADDITIVE_GROUP,
                Property.ASSOCIATIVE,
                Property.DISTRIBUTIVE,
                Property.PARTIAL_MULTIPLICATION);
        properties.retainAll(ring.properties());
        if (!ring.properties().containsAll(Set.of(Property.ADDITIVE_GROUP, Property.DISTRIBUTIVE))) {
            // sums inside the product would have to be exchanged
            properties.remove(Property.ASSOCIATIVE);
        }
        return Set.copyOf(properties);
    }

    @Override
    public Shape shape(Matrix<E> element) {
        return shape(element.rows(), element.columns());
    }

    /** The shape with these sizes. */
    public static Shape shape(int rows, int columns) {
        return new Shape(Integer.toString(rows), Integer.toString(columns));
    }

    @Override
    public Matrix<E> zero(Shape shape) {
        return Matrix.zero(ring, size(shape.rows()), size(shape.columns()));
    }

    @Override
    public Matrix<E> one(Shape shape) {
        if (!shape.equals(shape.transpose())) {
            throw new IllegalArgumentException(name() + ": expected a square shape, got " + shape);
        }
        return Matrix.identity(ring, size(shape.rows()));
    }

    private int size(String dimension) {
        try {
            return Integer.parseInt(dimension);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    name() + ": expected a number of rows or columns, got " + dimension, notANumber);
        }
    }

    /** The 1 x 1 matrix of an entry. */
    public Matrix<E> scalar(E entry) {
        return Matrix.of(List.of(List.of(entry)));
    }

    @Override
    public Matrix<E> add(Matrix<E> left, Matrix<E> right) {
        return left.add(ring, right);
    }

    @Override
    public Matrix<E> subtract(Matrix<E> left, Matrix<E> right) {
        return left.subtract(ring, right);
    }

    @Override
    public Matrix<E> negate(Matrix<E> element) {
        return element.negate(ring);
    }

    @Override
    public Matrix<E> multiply(Matrix<E> left, Matrix<E> right) {
        if (left.columns() != right.rows()) {
            if (isScalar(left)) {
                return right.scale(ring, left.get(0, 0));
            }
            if (isScalar(right)) {
                return left.map(entry -> ring.multiply(entry, right.get(0, 0)));
            }
        }
        return left.multiply(ring, right);
    }

    private boolean isScalar(Matrix<E> matrix) {
        return matrix.rows() == 1 && matrix.columns() == 1;
    }

    @Override
    public Matrix<E> transpose(Matrix<E> element) {
        return element.transpose(ring);
    }

    @Override
    public boolean equal(Matrix<E> left, Matrix<E> right) {
        return left.equal(ring, right);
    }

    @Override
    public String show(Matrix<E> element) {
        return element.map(ring::show).toString();
    }
}
