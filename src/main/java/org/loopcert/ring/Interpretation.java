package org.loopcert.ring;

import ch.obermuhlner.math.big.BigRational;

/**
 * What the symbols of matrix words stand for: matrices of numbers at a fixed shape, or other words.
 * It determines the value of every word, see {@link MatrixWord#evaluate}.
 *
 * @param <F> what words become
 */
public interface Interpretation<F> {
    /** The arithmetic of the values. It multiplies by 1 x 1 elements whatever the other shape is. */
    Arithmetic<F> arithmetic();

    /**
     * The value of a symbol, of the shape {@code shape(symbol.shape())}.
     *
     * @throws IllegalArgumentException if it has none
     */
    F symbol(MatrixSymbol symbol);

    /**
     * The shape that a symbolic one becomes.
     *
     * @throws IllegalArgumentException if a dimension has no value
     */
    Shape shape(Shape shape);

    /** The 1 x 1 value of a rational. */
    F constant(BigRational value);

    /**
     * The inverse of a 1 x 1 value.
     *
     * @throws ArithmeticException if it has none
     */
    F invert(F scalar);
}
