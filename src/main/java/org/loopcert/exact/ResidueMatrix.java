package org.loopcert.exact;

/** An immutable matrix modulo a prime, for products with vectors; both orders of entries are kept. */
public final class ResidueMatrix {
    private final PrimeModulus modulus;
    private final int rows;
    private final int columns;
    private final long[] byRows; // in Montgomery form, so that products with plain vectors are plain
    private final long[] byColumns;

    private ResidueMatrix(PrimeModulus modulus, int rows, int columns, long[] residues) {
        this.modulus = modulus;
        this.rows = rows;
        this.columns = columns;
        this.byRows = new long[residues.length];
        this.byColumns = new long[residues.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                long entry = modulus.toMontgomery(residues[i * columns + j]);
                byRows[i * columns + j] = entry;
                byColumns[j * rows + i] = entry;
            }
        }
    }

    /** The residues of an integer matrix. */
    public static ResidueMatrix of(PrimeModulus modulus, IntegerMatrix matrix) {
        long[] residues = new long[Math.multiplyExact(matrix.rows(), matrix.columns())];
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                residues[i * matrix.columns() + j] = modulus.reduce(matrix.get(i, j));
            }
        }
        return new ResidueMatrix(modulus, matrix.rows(), matrix.columns(), residues);
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
        return new ResidueMatrix(modulus, rows, columns, modulus.reduce(entries));
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
