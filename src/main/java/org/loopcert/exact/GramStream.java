package org.loopcert.exact;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;

/**
 * The exact Gram data of examples that arrive in blocks of rows, in memory that does not grow with
 * their number. A row holds the features and then the label; numbers are doubles' exact values, or
 * integers times powers of two and ten.
 *
 * <p>The sum Z'Z of all rows Z = [X y] is cross-checked modulo two primes: for a random vector w,
 * (Z'Z) w is compared with the sum of z (z'w) over the rows z. A wrong sum passes a prime p with
 * probability 1/p beside that of p dividing the error.
 */
public final class GramStream {
    private final int columns;
    private final ModularCheck check;
    private final long[][] vectors; // w, one for each prime
    private final long[][] images; // the sums of z (z'w)
    private BigInteger[][] sum; // Z'Z = sum 2^(2 exponent) / 10^(2 decimals)
    private int exponent;
    private int decimals;
    private long examples;

    /**
     * No examples yet.
     *
     * @param features d, at least 1
     * @throws IllegalArgumentException if there are no features
     */
    public GramStream(int features, ModularCheck check) {
        if (features < 1) {
            throw new IllegalArgumentException("expected at least one feature, got " + features);
        }
        this.columns = features + 1;
        this.check = check;
        Random random = new Random(check.seed());
        this.vectors = new long[check.moduli().size()][columns];
        this.images = new long[vectors.length][columns];
        for (int m = 0; m < vectors.length; m++) {
            for (int j = 0; j < columns; j++) {
                vectors[m][j] = check.moduli().get(m).reduce(random.nextLong());
            }
        }
        this.sum = new BigInteger[columns][columns];
        for (BigInteger[] row : sum) {
            Arrays.fill(row, BigInteger.ZERO);
        }
    }

    /**
     * Adds examples of doubles, row by row in the first entries of an array.
     *
     * @throws IllegalArgumentException if a number is not finite
     */
    public void add(double[] entries, int rows) {
        requireRows(entries.length, rows);
        DigitRows digits = DigitRows.of(entries, rows, columns);
        int lowest = digits.lowest();
        if (lowest != DigitRows.NO_EXPONENT) {
            accumulate(DigitProduct.gram(digits, lowest), lowest, 0);
            long[] residues = new long[columns];
            for (int m = 0; m < vectors.length; m++) {
                PrimeModulus modulus = check.moduli().get(m);
                for (int i = 0; i < rows; i++) {
                    for (int j = 0; j < columns; j++) {
                        residues[j] = modulus.reduce(entries[i * columns + j]);
                    }
                    addImage(m, residues, 1);
                }
            }
        }
        examples += rows;
    }

    /** Adds examples of numbers entry / 10^places, row by row in the first entries of an array. */
    public void add(long[] entries, int rows, int places) {
        requireRows(entries.length, rows);
        accumulate(DigitProduct.gram(DigitRows.of(entries, rows, columns), 0), 0, places);
        long[] residues = new long[columns];
        for (int m = 0; m < vectors.length; m++) {
            PrimeModulus modulus = check.moduli().get(m);
            long unit = unit(modulus, 0, places);
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    residues[j] = modulus.reduce(entries[i * columns + j]);
                }
                addImage(m, residues, unit);
            }
        }
        examples += rows;
    }

    /** Adds examples of numbers entry 2^power / 10^places. */
    public void add(BigInteger[][] rows, int power, int places) {
        for (BigInteger[] row : rows) {
            requireRows(row.length, 1);
        }
        if (rows.length == 0) {
            return;
        }
        accumulate(IntegerMatrix.of(rows).gram().toArray(), power, places);
        for (int m = 0; m < vectors.length; m++) {
            long unit = unit(check.moduli().get(m), power, places);
            for (BigInteger[] row : rows) {
                addImage(m, check.moduli().get(m).reduce(IntegerVector.of(row)), unit);
            }
        }
        examples += rows.length;
    }

    private void requireRows(int length, int rows) {
        if (rows < 0 || length < (long) rows * columns) {
            throw new IllegalArgumentException(
                    "expected " + rows + " rows of " + columns + " numbers, got " + length + " numbers");
        }
    }

    /** The square of 2^power / 10^places. */
    private static long unit(PrimeModulus modulus, int power, int places) {
        long two = modulus.power(power < 0 ? modulus.inverse(2) : 2, 2L * Math.abs(power));
        return modulus.multiply(two, modulus.power(modulus.inverse(10), 2L * places));
    }

    private void addImage(int m, long[] z, long unit) {
        PrimeModulus modulus = check.moduli().get(m);
        long product = modulus.dot(z, vectors[m]);
        modulus.addMultiple(images[m], unit == 1 ? product : modulus.multiply(product, unit), z);
    }

    private void accumulate(BigInteger[][] product, int power, int places) {
        int least = examples == 0 ? power : Math.min(exponent, power);
        int most = Math.max(decimals, places);
        BigInteger scaleSum = BigInteger.TEN.pow(2 * (most - decimals));
        BigInteger scaleProduct = BigInteger.TEN.pow(2 * (most - places));
        boolean plain = most == decimals && most == places;
        for (int i = 0; i < columns; i++) {
            for (int j = i; j < columns; j++) {
                BigInteger old = sum[i][j].shiftLeft(2 * (exponent - least));
                BigInteger more = product[i][j].shiftLeft(2 * (power - least));
                sum[i][j] = plain ? old.add(more) : old.multiply(scaleSum).add(more.multiply(scaleProduct));
                sum[j][i] = sum[i][j];
            }
        }
        exponent = least;
        decimals = most;
    }

    /** n so far. */
    public long examples() {
        return examples;
    }

    /**
     * The Gram data of all examples, cross-checked.
     *
     * @throws IllegalStateException if there are no examples, or the cross-check fails
     * @throws ArithmeticException if there are 2^31 examples or more
     */
    public Gram sum() {
        if (examples == 0) {
            throw new IllegalStateException("expected at least one example");
        }
        for (int m = 0; m < vectors.length; m++) {
            PrimeModulus modulus = check.moduli().get(m);
            long[] image = new long[columns];
            ResidueMatrix.of(modulus, IntegerMatrix.of(sum)).multiply(vectors[m], image);
            modulus.scale(image, unit(modulus, exponent, decimals));
            check.requireEqual("(Z'Z) w", modulus, images[m], image);
        }
        BigInteger denominator = BigInteger.TEN.pow(2 * decimals).shiftLeft(Math.max(0, -2 * exponent));
        BigInteger factor = BigInteger.ONE.shiftLeft(Math.max(0, 2 * exponent));
        int d = columns - 1;
        BigInteger[][] g = new BigInteger[d][];
        for (int i = 0; i < d; i++) {
            g[i] = Arrays.copyOf(sum[i], d);
        }
        return new Gram(
                ScaledMatrix.of(IntegerMatrix.of(g).multiply(factor), denominator),
                ScaledVector.of(IntegerVector.of(Arrays.copyOf(sum[d], d)).multiply(factor), denominator),
                Fraction.of(sum[d][d].multiply(factor), denominator),
                Math.toIntExact(examples));
    }
}
