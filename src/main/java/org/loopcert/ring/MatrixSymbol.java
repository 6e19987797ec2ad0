package org.loopcert.ring;

import java.util.Comparator;
import java.util.Objects;

/**
 * A letter of the alphabet that {@link MatrixWord}s are written in: a matrix of symbolic shape, about
 * which nothing else is known than what its kind says. Symbols are compared as a whole: two that
 * share a name only are two symbols.
 *
 * @param name the name, for messages
 * @param shape the shape; the dimension {@code "1"} is the number one, all others are variables
 * @param kind what else is known
 */
public record MatrixSymbol(String name, Shape shape, Kind kind) implements Comparable<MatrixSymbol> {
    private static final Comparator<MatrixSymbol> ORDER = Comparator.comparing(MatrixSymbol::name)
            .thenComparing(symbol -> symbol.shape().rows())
            .thenComparing(symbol -> symbol.shape().columns())
            .thenComparing(MatrixSymbol::kind);

    /** What is known of a symbol beside its shape. */
    public enum Kind {
        /** Nothing. */
        GENERAL,
        /** It equals its transpose; square. */
        SYMMETRIC,
        /** It has an inverse; a scalar. */
        NONZERO
    }

    /** Checks the name, and that the kind fits the shape. */
    public MatrixSymbol {
        if (Objects.requireNonNull(name, "name").isBlank()) {
            throw new IllegalArgumentException("expected the name of a symbol, got a blank one");
        }
        if (kind == Kind.SYMMETRIC && !shape.equals(shape.transpose())) {
            throw new IllegalArgumentException("expected a square shape for the symmetric " + name + ", got " + shape);
        }
        if (kind == Kind.NONZERO && !shape.equals(Shape.SCALAR)) {
            throw new IllegalArgumentException("expected shape 1 x 1 for the nonzero " + name + ", got " + shape);
        }
        if (kind == Kind.SYMMETRIC && shape.equals(Shape.SCALAR)) {
            // every scalar is symmetric: one symbol, one value
            kind = Kind.GENERAL;
        }
    }

    /** A matrix. */
    public static MatrixSymbol matrix(String name, String rows, String columns) {
        return new MatrixSymbol(name, new Shape(rows, columns), Kind.GENERAL);
    }

    /** A matrix that equals its transpose. */
    public static MatrixSymbol symmetric(String name, String size) {
        return new MatrixSymbol(name, new Shape(size, size), Kind.SYMMETRIC);
    }

    /** A column vector. */
    public static MatrixSymbol vector(String name, String size) {
        return new MatrixSymbol(name, new Shape(size, "1"), Kind.GENERAL);
    }

    /** A scalar. */
    public static MatrixSymbol scalar(String name) {
        return new MatrixSymbol(name, Shape.SCALAR, Kind.GENERAL);
    }

    /** A scalar that has an inverse. */
    public static MatrixSymbol nonzero(String name) {
        return new MatrixSymbol(name, Shape.SCALAR, Kind.NONZERO);
    }

    /** Whether it is known to equal its transpose. */
    public boolean isSymmetric() {
        return kind == Kind.SYMMETRIC || shape.equals(Shape.SCALAR);
    }

    @Override
    public int compareTo(MatrixSymbol other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return name;
    }
}
