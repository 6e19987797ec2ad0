package org.loopcert.exact;

import java.util.Arrays;

/**
 * Products of one integer matrix with vectors of long integers, exact, in digits as {@link DigitReplay} forms them. Mutable
 * room is kept between products: for one thread at a time.
 */
public final class ConstantProduct {
    private final ConstantMatrix matrix;
    private final int rows;
    private final int columns;
    private int capacity;
    private DigitVector vector;
    private DigitVector product;
    private Room room;

    private ConstantProduct(IntegerMatrix matrix) {
        this.matrix = ConstantMatrix.of(matrix);
        this.rows = matrix.rows();
        this.columns = matrix.columns();
    }

    public static ConstantProduct of(IntegerMatrix matrix) {
        return new ConstantProduct(matrix);
    }

    /**
     * The product.
     *
     * @throws IllegalArgumentException if the vector has another size than the matrix has columns
     */
    public IntegerVector multiply(IntegerVector values) {
        if (values.size() != columns) {
            throw new IllegalArgumentException("expected a vector of size " + columns + ", got " + values.size());
        }
        int total = Digits.places(values.bitLength()) + matrix.places();
        if (Digits.capacity(total + 2) > capacity) {
            capacity = Digits.capacity(2 * total + 2);
            int points = matrix.arrays() * columns;
            double[][] arrays = new double[points + 2 * rows + Room.ARRAYS][capacity];
            vector = new DigitVector(columns, Arrays.copyOfRange(arrays, 0, points));
            product = new DigitVector(rows, Arrays.copyOfRange(arrays, points, points + 2 * rows));
            room = new Room(Arrays.copyOfRange(arrays, points + 2 * rows, arrays.length));
        }
        vector.set(values);
        room.align();
        for (int j = 0; j < columns; j++) {
            room.evaluate(vector, j);
        }
        product.clear();
        matrix.addTo(product, 0, total, vector, room, 0, rows);
        product.trim(total + 2);
        return product.toVector();
    }
}
