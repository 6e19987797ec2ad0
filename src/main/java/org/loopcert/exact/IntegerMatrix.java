package org.loopcert.exact;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.loopcert.matrix.DyadicMatrix;

/**
 * An immutable rectangular matrix of big integers with at least one row and one column. One of short integers times powers
 * of two makes objects of its entries only when they are asked for.
 */
public final class IntegerMatrix {
    private static final int SHORT_BITS = 62;

    /** Null unless the matrix was made of short integers. */
    private final ShiftedLongs compact;

    /** Null unless the matrix was made as a symmetric one in words. */
    private final PackedSymmetric packed;

    /** Null until they are needed; racing threads would make the same. */
    private volatile BigInteger[][] made;

    private IntegerMatrix(BigInteger[][] entries) {
        this.compact = null;
        this.packed = null;
        this.made = entries;
    }

    private IntegerMatrix(ShiftedLongs compact) {
        this.compact = compact;
        this.packed = null;
    }

    private IntegerMatrix(PackedSymmetric packed) {
        this.compact = null;
        this.packed = packed;
    }

    private BigInteger[][] entries() {
        BigInteger[][] entries = made;
        if (entries == null) {
            entries = compact != null ? compact.toArray() : packed.toArray();
            made = entries;
        }
        return entries;
    }

    private DigitRows digitRows() {
        return compact != null ? compact : DigitRows.of(entries());
    }

    /**
     * Copies the rows.
     *
     * @throws IllegalArgumentException if there is no row, no column, or the rows differ in length
     */
    public static IntegerMatrix of(BigInteger[][] rows) {
        if (rows.length == 0 || rows[0].length == 0) {
            throw new IllegalArgumentException("a matrix needs at least one row and one column");
        }
        BigInteger[][] copy = new BigInteger[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != rows[0].length) {
                throw new IllegalArgumentException(
                        "row " + i + " has " + rows[i].length + " entries, expected " + rows[0].length);
            }
            copy[i] = rows[i].clone();
        }
        return new IntegerMatrix(copy);
    }

    /** As {@link #of(BigInteger[][])}, without a copy: for rows that nobody else keeps. */
    static IntegerMatrix wrap(BigInteger[][] rows) {
        return new IntegerMatrix(rows);
    }

    public static IntegerMatrix of(long[][] rows) {
        BigInteger[][] converted = new BigInteger[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            converted[i] = Arrays.stream(rows[i]).mapToObj(BigInteger::valueOf).toArray(BigInteger[]::new);
        }
        return of(converted);
    }

    /** The numerators of a matrix over its least common denominator. */
    static IntegerMatrix of(DyadicMatrix matrix) {
        return new IntegerMatrix(ShiftedLongs.of(matrix));
    }

    /** A symmetric matrix. */
    static IntegerMatrix of(PackedSymmetric matrix) {
        return new IntegerMatrix(matrix);
    }

    /** The matrix with these columns, all of one size. */
    public static IntegerMatrix ofColumns(List<IntegerVector> columns) {
        BigInteger[][] rows = new BigInteger[columns.get(0).size()][columns.size()];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.size(); j++) {
                rows[i][j] = columns.get(j).get(i);
            }
        }
        return of(rows);
    }

    /**
     * The square matrix of the integers m 2^shift, for numbers m in rows, which are kept and must not change.
     *
     * @throws IllegalArgumentException if their number is not a positive square or the shift is negative
     */
    public static IntegerMatrix ofScaled(long[] numbers, int shift) {
        int size = (int) Math.round(Math.sqrt(numbers.length)); // exact below 2^31
        if (size == 0 || size * size != numbers.length || shift < 0) {
            throw new IllegalArgumentException(numbers.length + " numbers and a shift of " + shift);
        }
        return new IntegerMatrix(new ShiftedLongs(size, size, numbers, shift));
    }

    public static IntegerMatrix identity(int size) {
        BigInteger[][] rows = new BigInteger[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                rows[i][j] = i == j ? BigInteger.ONE : BigInteger.ZERO;
            }
        }
        return of(rows);
    }

    public int rows() {
        if (compact != null) {
            return compact.rows();
        }
        return packed != null ? packed.size() : made.length;
    }

    public int columns() {
        if (compact != null) {
            return compact.columns();
        }
        return packed != null ? packed.size() : made[0].length;
    }

    public BigInteger get(int i, int j) {
        BigInteger[][] entries = made;
        if (entries != null) {
            return entries[i][j];
        }
        return compact != null ? compact.get(i, j) : packed.get(i, j);
    }

    /** The sign of an entry. */
    public int signum(int i, int j) {
        return compact != null ? Long.signum(compact.number(i, j)) : get(i, j).signum();
    }

    /** The largest e with all entries multiples of 2^e, if those over 2^e are shorter than 2^62; empty also of zero. */
    public OptionalInt shortScale() {
        if (compact == null) {
            return OptionalInt.empty();
        }
        int lowest = compact.lowest();
        return lowest != DigitRows.NO_EXPONENT && compact.highest() - lowest < SHORT_BITS
                ? OptionalInt.of(lowest)
                : OptionalInt.empty();
    }

    /** An entry over 2^e for an e that divides all, where {@link #shortScale} exists. */
    public long shortEntry(int i, int j, int e) {
        int shift = compact.shift(i, j) - e;
        return shift >= 0 ? compact.number(i, j) << shift : compact.number(i, j) >> -shift;
    }

    /** The largest e with all entries multiples of 2^e, {@link Integer#MAX_VALUE} if all are zero. */
    public int lowestSetBit() {
        return digitRows().lowest();
    }

    /**
     * Balanced digits: entry (i, j) is the sum of planes[k][i][j] 2^(shift + k bits), each an integer in [-2^(bits - 1),
     * 2^(bits - 1)), but for the highest, which takes what is left.
     *
     * @param shift at most {@link #lowestSetBit}
     * @param bits 1 to 30
     * @param count so many that what is left is at most 2^53
     */
    public double[][][] digits(int shift, int bits, int count) {
        double[][][] planes = new double[count][rows()][columns()];
        DigitRows source = digitRows();
        for (int i = 0; i < rows(); i++) {
            source.write(i, shift, bits, planes, i);
        }
        return planes;
    }

    /** The entries modulo a prime, row by row. */
    long[] residues(PrimeModulus modulus) {
        if (compact != null) {
            return compact.residues(modulus);
        }
        long[] residues = new long[Math.multiplyExact(rows(), columns())];
        int at = 0;
        for (BigInteger[] row : made) {
            for (BigInteger entry : row) {
                residues[at++] = modulus.reduce(entry);
            }
        }
        return residues;
    }

    public IntegerVector row(int i) {
        return IntegerVector.of(entries()[i]);
    }

    public IntegerVector column(int j) {
        return IntegerVector.of(Arrays.stream(entries()).map(row -> row[j]).toArray(BigInteger[]::new));
    }

    /** A fresh array of fresh rows. */
    public BigInteger[][] toArray() {
        BigInteger[][] entries = entries();
        BigInteger[][] copy = new BigInteger[entries.length][];
        for (int i = 0; i < entries.length; i++) {
            copy[i] = entries[i].clone();
        }
        return copy;
    }

    public boolean isSymmetric() {
        if (packed != null || rows() != columns()) {
            return packed != null;
        }
        BigInteger[][] entries = entries();
        for (int i = 0; i < rows(); i++) {
            for (int j = 0; j < i; j++) {
                if (!entries[i][j].equals(entries[j][i])) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * The entries of a symmetric matrix from the diagonal on, row by row, in as many words of {@link TwosComplement} as the
     * longest takes; not to be written to.
     *
     * @throws IllegalArgumentException if the matrix is not symmetric
     */
    public long[] upperTriangle() {
        if (!isSymmetric()) {
            throw new IllegalArgumentException("expected a symmetric matrix");
        }
        return (packed != null ? packed : PackedSymmetric.of(entries())).data();
    }

    public boolean isZero() {
        if (packed != null) {
            return packed.isZero();
        }
        for (BigInteger[] row : entries()) {
            for (BigInteger entry : row) {
                if (entry.signum() != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    public IntegerMatrix transpose() {
        BigInteger[][] entries = entries();
        BigInteger[][] result = new BigInteger[columns()][rows()];
        for (int i = 0; i < rows(); i++) {
            for (int j = 0; j < columns(); j++) {
                result[j][i] = entries[i][j];
            }
        }
        return new IntegerMatrix(result);
    }

    /**
     * The product with a column vector.
     *
     * @throws IllegalArgumentException if the sizes do not match
     */
    public IntegerVector multiply(IntegerVector vector) {
        if (vector.size() != columns()) {
            throw new IllegalArgumentException("expected a vector of size " + columns() + ", got " + vector.size());
        }
        if (compact != null && compact.fits(vector.bitLength())) {
            return IntegerVector.of(compact.multiply(vector));
        }
        BigInteger[][] entries = entries();
        BigInteger[] result = new BigInteger[rows()];
        for (int i = 0; i < result.length; i++) {
            BigInteger sum = BigInteger.ZERO;
            for (int j = 0; j < columns(); j++) {
                sum = sum.add(entries[i][j].multiply(vector.get(j)));
            }
            result[i] = sum;
        }
        return IntegerVector.of(result);
    }

    /**
     * The product.
     *
     * @throws IllegalArgumentException if the sizes do not match
     */
    public IntegerMatrix multiply(IntegerMatrix other) {
        if (other.rows() != columns()) {
            throw new IllegalArgumentException("expected a matrix with " + columns() + " rows, got " + other.rows());
        }
        if (!DigitProduct.pays(columns(), rows(), other.columns(), bitLength(), other.bitLength())) {
            return multiplyClassical(other);
        }
        return new IntegerMatrix(DigitProduct.transposeMultiply(transpose().digitRows(), other.digitRows()));
    }

    /** The product by the definition, which is faster for few or very long entries. */
    IntegerMatrix multiplyClassical(IntegerMatrix other) {
        BigInteger[][] left = entries();
        BigInteger[][] right = other.entries();
        BigInteger[][] result = new BigInteger[rows()][other.columns()];
        for (int i = 0; i < rows(); i++) {
            for (int j = 0; j < other.columns(); j++) {
                BigInteger sum = BigInteger.ZERO;
                for (int l = 0; l < columns(); l++) {
                    sum = sum.add(left[i][l].multiply(right[l][j]));
                }
                result[i][j] = sum;
            }
        }
        return new IntegerMatrix(result);
    }

    /**
     * The product A'B, computed in full also where B is A.
     *
     * @throws IllegalArgumentException if the numbers of rows differ
     */
    public IntegerMatrix transposeMultiply(IntegerMatrix other) {
        if (other.rows() != rows()) {
            throw new IllegalArgumentException("expected a matrix with " + rows() + " rows, got " + other.rows());
        }
        if (!DigitProduct.pays(rows(), columns(), other.columns(), bitLength(), other.bitLength())) {
            return transpose().multiplyClassical(other);
        }
        return new IntegerMatrix(DigitProduct.transposeMultiply(digitRows(), other.digitRows()));
    }

    /**
     * The product A'v.
     *
     * @throws IllegalArgumentException if the sizes do not match
     */
    public IntegerVector transposeMultiply(IntegerVector vector) {
        if (vector.size() != rows()) {
            throw new IllegalArgumentException("expected a vector of size " + rows() + ", got " + vector.size());
        }
        return transposeMultiply(IntegerMatrix.ofColumns(List.of(vector))).column(0);
    }

    /** A'A, computing each symmetric pair once. */
    public IntegerMatrix gram() {
        int bits = bitLength();
        return DigitProduct.pays(rows(), columns(), columns(), bits, bits)
                ? new IntegerMatrix(DigitProduct.gram(digitRows(), 0))
                : gramClassical();
    }

    /** A'A and A'v. */
    record WithVector(IntegerMatrix gram, IntegerVector moment) {}

    /**
     * A'A and A'v together.
     *
     * @throws IllegalArgumentException if the sizes do not match
     */
    WithVector gramAndMoment(IntegerVector vector) {
        int bits = bitLength();
        if (vector.size() != rows()
                || !DigitProduct.pays(rows(), columns(), columns(), bits, bits)
                || !DigitProduct.pays(rows(), columns(), columns(), bits, vector.bitLength())) {
            return new WithVector(gram(), transposeMultiply(vector));
        }
        DigitRows column = IntegerMatrix.ofColumns(List.of(vector)).digitRows();
        DigitProduct.WithVector products = DigitProduct.gramAndMoment(digitRows(), column);
        return new WithVector(new IntegerMatrix(products.gram()), IntegerVector.of(products.moment()));
    }

    /** A'A by the definition. */
    IntegerMatrix gramClassical() {
        BigInteger[][] entries = entries();
        int d = columns();
        BigInteger[][] result = new BigInteger[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = i; j < d; j++) {
                BigInteger sum = BigInteger.ZERO;
                for (BigInteger[] row : entries) {
                    sum = sum.add(row[i].multiply(row[j]));
                }
                result[i][j] = sum;
                result[j][i] = sum;
            }
        }
        return new IntegerMatrix(result);
    }

    public IntegerMatrix multiply(BigInteger factor) {
        return map(factor::multiply);
    }

    /**
     * The sum.
     *
     * @throws IllegalArgumentException if the shapes differ
     */
    public IntegerMatrix add(IntegerMatrix other) {
        if (rows() != other.rows() || columns() != other.columns()) {
            throw new IllegalArgumentException("shapes differ");
        }
        BigInteger[][] left = entries();
        BigInteger[][] right = other.entries();
        BigInteger[][] result = new BigInteger[rows()][columns()];
        for (int i = 0; i < rows(); i++) {
            for (int j = 0; j < columns(); j++) {
                result[i][j] = left[i][j].add(right[i][j]);
            }
        }
        return new IntegerMatrix(result);
    }

    /** A + s I for a square A. */
    public IntegerMatrix addToDiagonal(BigInteger s) {
        BigInteger[][] result = toArray();
        for (int i = 0; i < result.length; i++) {
            result[i][i] = result[i][i].add(s);
        }
        return new IntegerMatrix(result);
    }

    /** v'Av for a square A. */
    public BigInteger quadraticForm(IntegerVector v) {
        return v.dot(multiply(v));
    }

    /** Greatest common divisor of all entries, zero for the zero matrix. */
    public BigInteger content() {
        BigInteger gcd = BigInteger.ZERO;
        for (BigInteger[] row : entries()) {
            for (BigInteger entry : row) {
                gcd = gcd.gcd(entry);
                if (gcd.equals(BigInteger.ONE)) {
                    return gcd;
                }
            }
        }
        return gcd;
    }

    /** The greatest common divisor of all entries and a positive integer. */
    BigInteger commonFactor(BigInteger divisor) {
        BigInteger g = divisor;
        if (g.bitCount() == 1) {
            int twos = g.bitLength() - 1;
            if (compact != null) {
                return BigInteger.ONE.shiftLeft(Math.min(twos, compact.lowest()));
            }
            if (packed != null) {
                return BigInteger.ONE.shiftLeft(packed.lowestSetBit(twos));
            }
            BigInteger[][] entries = made;
            for (int i = 0; i < entries.length && twos > 0; i++) {
                for (BigInteger entry : entries[i]) {
                    if (entry.signum() != 0) {
                        twos = Math.min(twos, entry.getLowestSetBit());
                    }
                }
            }
            return BigInteger.ONE.shiftLeft(twos);
        }
        for (BigInteger[] row : entries()) {
            for (BigInteger entry : row) {
                if (g.equals(BigInteger.ONE)) {
                    return g;
                }
                g = g.gcd(entry);
            }
        }
        return g;
    }

    /** Divides every entry; the divisor, a positive integer, must divide each. */
    IntegerMatrix divideExact(BigInteger divisor) {
        if (divisor.bitCount() == 1) {
            int twos = divisor.bitLength() - 1;
            return twos == 0 ? this : map(entry -> entry.shiftRight(twos));
        }
        return map(entry -> entry.divide(divisor));
    }

    /** The longest entry, in bits. */
    public int bitLength() {
        if (compact != null) {
            return compact.highest();
        }
        if (packed != null) {
            return packed.bits();
        }
        int longest = 0;
        for (BigInteger[] row : made) {
            for (BigInteger entry : row) {
                longest = Math.max(longest, entry.bitLength());
            }
        }
        return longest;
    }

    private IntegerMatrix map(UnaryOperator<BigInteger> function) {
        BigInteger[][] entries = entries();
        BigInteger[][] result = new BigInteger[rows()][];
        for (int i = 0; i < result.length; i++) {
            result[i] = Arrays.stream(entries[i]).map(function).toArray(BigInteger[]::new);
        }
        return new IntegerMatrix(result);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IntegerMatrix matrix && Arrays.deepEquals(entries(), matrix.entries());
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(entries());
    }

    @Override
    public String toString() {
        return Arrays.deepToString(entries());
    }
}
