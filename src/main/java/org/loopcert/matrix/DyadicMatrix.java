package org.loopcert.matrix;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/**
 * A matrix of dyadic numbers m 2^-e in lowest terms, e &ge; 0, whose numerators fit 64 bits, as all doubles of magnitude below
 * 2^63 are and nearly all data; without an object per entry.
 */
public final class DyadicMatrix {
    /** Integers of so many decimal digits fit a long. */
    private static final int SHORT_DIGITS = 18;

    private static final int MANTISSA_BITS = 52;
    private static final int LEAST_EXPONENT = -1074; // of a double written as integer times power of two

    private final int columns;
    private final long[] numerators;
    private final int[] exponents;
    private final int exponent;

    private DyadicMatrix(int columns, long[] numerators, int[] exponents, int exponent) {
        this.columns = columns;
        this.numerators = numerators;
        this.exponents = exponents;
        this.exponent = exponent;
    }

    /** The same matrix, if all its entries are such numbers. */
    public static Optional<DyadicMatrix> of(Matrix<BigRational> matrix) {
        int count = Math.multiplyExact(matrix.rows(), matrix.columns());
        long[] numerators = new long[count];
        int[] exponents = new int[count];
        int largest = 0;
        for (int at = 0, i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++, at++) {
                BigRational entry = matrix.get(i, j);
                BigDecimal above = entry.getNumerator();
                int exponent = exponent(entry.getDenominator());
                if (exponent < 0 || !isShort(above)) {
                    return Optional.empty();
                }
                long numerator = above.longValue();
                int shared = Math.min(exponent, Long.numberOfTrailingZeros(numerator)); // 64 of zero
                shared = numerator == 0 ? exponent : shared;
                numerators[at] = shared < Long.SIZE ? numerator >> shared : 0;
                exponents[at] = exponent - shared;
                largest = Math.max(largest, exponent - shared);
            }
        }
        return Optional.of(new DyadicMatrix(matrix.columns(), numerators, exponents, largest));
    }

    /**
     * The exact values of doubles, row by row, if all are of magnitude below 2^63.
     *
     * @throws IllegalArgumentException if an entry is not finite, or their number is not a positive multiple of the columns
     */
    public static Optional<DyadicMatrix> of(int columns, double[] entries) {
        if (columns < 1 || entries.length == 0 || entries.length % columns != 0) {
            throw new IllegalArgumentException(entries.length + " entries in rows of " + columns);
        }
        long[] numerators = new long[entries.length];
        int[] exponents = new int[entries.length];
        int largest = 0;
        for (int at = 0; at < entries.length; at++) {
            double entry = entries[at];
            if (!Double.isFinite(entry)) {
                throw new IllegalArgumentException("expected finite numbers, got " + entry);
            }
            if (Math.abs(entry) >= 0x1p63) {
                return Optional.empty();
            }
            long bits = Double.doubleToRawLongBits(entry);
            int field = (int) (bits >>> MANTISSA_BITS) & 0x7ff;
            long mantissa = bits & (1L << MANTISSA_BITS) - 1 | (field == 0 ? 0 : 1L << MANTISSA_BITS);
            if (mantissa == 0) {
                continue;
            }
            int twos = Long.numberOfTrailingZeros(mantissa);
            int exponent = -LEAST_EXPONENT - Math.max(0, field - 1) - twos; // m 2^-exponent with an odd m
            long numerator = exponent >= 0 ? mantissa >> twos : mantissa >> twos << -exponent;
            numerators[at] = bits < 0 ? -numerator : numerator;
            exponents[at] = Math.max(0, exponent);
            largest = Math.max(largest, exponent);
        }
        return Optional.of(new DyadicMatrix(columns, numerators, exponents, largest));
    }

    private static boolean isShort(BigDecimal value) {
        return value.scale() == 0
                && (value.precision() <= SHORT_DIGITS || value.unscaledValue().bitLength() < Long.SIZE);
    }

    /** e of a denominator 2^e, -1 of any other. */
    private static int exponent(BigDecimal denominator) {
        if (denominator.scale() != 0) {
            return -1;
        }
        if (denominator.precision() <= SHORT_DIGITS) {
            long q = denominator.longValue();
            return q > 0 && (q & q - 1) == 0 ? Long.numberOfTrailingZeros(q) : -1;
        }
        BigInteger q = denominator.unscaledValue();
        return q.signum() > 0 && q.bitCount() == 1 ? q.bitLength() - 1 : -1;
    }

    public int rows() {
        return numerators.length / columns;
    }

    public int columns() {
        return columns;
    }

    /** The largest e of an entry: 2^e is the least common denominator. */
    public int exponent() {
        return exponent;
    }

    /** m of the entry m 2^-e, odd unless e = 0. */
    public long numerator(int i, int j) {
        return numerators[i * columns + j];
    }

    /** e of the entry m 2^-e. */
    public int exponent(int i, int j) {
        return exponents[i * columns + j];
    }
}
