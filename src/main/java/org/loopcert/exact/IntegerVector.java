package org.loopcert.exact;

import java.math.BigInteger;
import java.util.Arrays;

/** An immutable vector of big integers. */
public final class IntegerVector {
    private final BigInteger[] entries;

    private IntegerVector(BigInteger[] entries) {
        this.entries = entries;
    }

    /**
     * Copies the entries.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static IntegerVector of(BigInteger... entries) {
        if (entries.length == 0) {
            throw new IllegalArgumentException("a vector needs at least one entry");
        }
        return new IntegerVector(entries.clone());
    }

    public static IntegerVector of(long... entries) {
        return of(Arrays.stream(entries).mapToObj(BigInteger::valueOf).toArray(BigInteger[]::new));
    }

    /** The sums over k of digits[k][i] 2^(k bits), for digits below 2^63 - 2^56 and at least 8 bits. */
    public static IntegerVector ofDigits(long[][] digits, int bits) {
        BigInteger[] entries = new BigInteger[digits[0].length];
        for (int i = 0; i < entries.length; i++) {
            BalancedDigits.Sum sum = new BalancedDigits.Sum(bits, digits.length);
            for (long[] plane : digits) {
                sum.add(plane[i]);
            }
            entries[i] = sum.value();
        }
        return new IntegerVector(entries);
    }

    public static IntegerVector zero(int size) {
        BigInteger[] zeros = new BigInteger[size];
        Arrays.fill(zeros, BigInteger.ZERO);
        return of(zeros);
    }

    public int size() {
        return entries.length;
    }

    public BigInteger get(int i) {
        return entries[i];
    }

    /** A fresh array of the entries. */
    public BigInteger[] toArray() {
        return entries.clone();
    }

    public boolean isZero() {
        for (BigInteger entry : entries) {
            if (entry.signum() != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * The inner product.
     *
     * @throws IllegalArgumentException if the sizes differ
     */
    public BigInteger dot(IntegerVector other) {
        requireSize(other.size());
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < entries.length; i++) {
            sum = sum.add(entries[i].multiply(other.entries[i]));
        }
        return sum;
    }

    public IntegerVector multiply(BigInteger factor) {
        return new IntegerVector(Arrays.stream(entries).map(factor::multiply).toArray(BigInteger[]::new));
    }

    /** Greatest common divisor of the entries, zero for the zero vector. */
    public BigInteger content() {
        BigInteger gcd = BigInteger.ZERO;
        for (BigInteger entry : entries) {
            gcd = gcd.gcd(entry);
            if (gcd.equals(BigInteger.ONE)) {
                break;
            }
        }
        return gcd;
    }

    /** Divides by the content; the zero vector stays. */
    public IntegerVector primitive() {
        BigInteger content = content();
        if (content.signum() == 0 || content.equals(BigInteger.ONE)) {
            return this;
        }
        return new IntegerVector(
                Arrays.stream(entries).map(entry -> entry.divide(content)).toArray(BigInteger[]::new));
    }

    /** The longest entry, in bits. */
    public int bitLength() {
        int longest = 0;
        for (BigInteger entry : entries) {
            longest = Math.max(longest, entry.bitLength());
        }
        return longest;
    }

    private void requireSize(int size) {
        if (size != entries.length) {
            throw new IllegalArgumentException("expected a vector of size " + entries.length + ", got " + size);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IntegerVector vector && Arrays.equals(entries, vector.entries);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(entries);
    }

    @Override
    public String toString() {
        return Arrays.toString(entries);
    }
}
