package org.loopcert.exact;

import java.util.Arrays;

/** An immutable matrix modulo a prime, for products with vectors; both orders of entries are kept. */
public final class ResidueMatrix {
    private final PrimeModulus modulus;
    private final int rows;
    private final int columns;
    private final long[] byRows; // in Montgomery form, so that products with plain vectors are plain
    private final long[] byColumns;

    private ResidueMatrix(PrimeModulus modulus, int rows, int columns, long[] byRows, long[] byColumns) {
        this.modulus = modulus;
        this.rows = rows;
        this.columns = columns;
        this.byRows = byRows;
        this.byColumns = byColumns;
    }

    private static ResidueMatrix ofResidues(PrimeModulus modulus, int rows, int columns, long[] residues) {
        long[] byRows = new long[residues.length];
        long[] byColumns = new long[residues.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                long entry = modulus.toMontgomery(residues[i * columns + j]);
                byRows[i * columns + j] = entry;
                byColumns[j * rows + i] = entry;
            }
        }
        return new ResidueMatrix(modulus, rows, columns, byRows, byColumns);
    }

    /** The residues of an integer matrix. */
    public static ResidueMatrix of(PrimeModulus modulus, IntegerMatrix matrix) {
        return ofResidues(modulus, matrix.rows(), matrix.columns(), matrix.residues(modulus));
    }

    /**
     * The residues of the exact values of doubles, row by row.
     *
     * @throws IllegalArgumentException if an entry is not finite, or the length is not rows * columns
     */
    public static ResidueMatrix of(PrimeModulus modulus, int rows, int columns, double[] entries) {
        if (rows < 1 || columns < 1 || entries.length != Math.multiplyExact(rows, columns)) {
            throw new IllegalArgumentException(
                    "expected " + rows + " x " + columns + " entries, got " + entries.length);
        }
        return ofResidues(modulus, rows, columns, modulus.reduce(entries));
    }

    public PrimeModulus modulus() {
        return modulus;
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /**
     * A v into {@code product}, a different array.
     *
     * @throws IllegalArgumentException if the sizes do not fit
     */
    public void multiply(long[] v, long[] product) {
        multiply(byRows, rows, columns, v, product);
    }

    /**
     * A'v into {@code product}, a different array.
     *
     * @throws IllegalArgumentException if the sizes do not fit
     */
    public void transposeMultiply(long[] v, long[] product) {
        multiply(byColumns, columns, rows, v, product);
    }

    /** A'A. */
    ResidueMatrix gram() {
        long[] products = new long[Math.multiplyExact(columns, columns)];
        for (int i = 0; i < columns; i++) {
            long[] column = Arrays.copyOfRange(byColumns, i * rows, (i + 1) * rows);
            for (int j = 0; j <= i; j++) {
                // of two factors in Montgomery form the product has that form, too
                long entry = modulus.dot(byColumns, j * rows, column);
                products[i * columns + j] = entry;
                products[j * columns + i] = entry;
            }
        }
        return new ResidueMatrix(modulus, columns, columns, products, products);
    }

    private void multiply(long[] matrix, int height, int width, long[] v, long[] product) {
        if (v.length != width || product.length != height) {
            throw new IllegalArgumentException("expected vectors of sizes " + width + " and " + height + ", got "
                    + v.length + " and " + product.length);
        }
        for (int i = 0; i < height; i++) {
            product[i] = modulus.dot(matrix, i * width, v);
        }
    }
}
