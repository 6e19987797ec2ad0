package org.loopcert.exact;

import java.math.BigInteger;

/**
 * A matrix of sums of many integers times powers of two, each entry a fixed-point number over a range
 * of binary places known before. Carries wait: a word of 32 places is kept in a long.
 */
final class FixedPointMatrix {
    private static final int WORD_BITS = 32;
    private static final long WORD = 0xffffffffL;
    private static final int HALF_BITS = 27;
    private static final long HALF = (1L << HALF_BITS) - 1;

    /** Words of less than 2^33 in magnitude each that a long may add up beside a carried word. */
    private static final int MOST_PENDING = 1 << 28;

    private final int rows;
    private final int columns;
    private final boolean symmetric;
    private final int lowest;
    private final int words; // of an entry, two of them beyond the range, for words that carry over
    private final long[] entries;
    private int pending;

    private FixedPointMatrix(int rows, int columns, boolean symmetric, int lowest, int highest) {
        this.rows = rows;
        this.columns = columns;
        this.symmetric = symmetric;
        this.lowest = lowest;
        this.words = (highest - lowest) / WORD_BITS + 4;
        this.entries = new long[Math.multiplyExact(Math.multiplyExact(rows, columns), words)];
    }

    /** Zero, with room for sums of magnitude below 2^highest of multiples of 2^lowest. */
    static FixedPointMatrix of(int rows, int columns, int lowest, int highest) {
        return new FixedPointMatrix(rows, columns, false, lowest, highest);
    }

    /** As {@link #of}, of which the entries below the diagonal are mirror images and not kept. */
    static FixedPointMatrix symmetric(int size, int lowest, int highest) {
        return new FixedPointMatrix(size, size, true, lowest, highest);
    }

    /** Adds values 2^exponent, entry by entry in rows. */
    void add(long[] values, int exponent) {
        count(1);
        int place = exponent - lowest;
        int word = place / WORD_BITS;
        int offset = place % WORD_BITS;
        for (int i = 0; i < rows; i++) {
            int from = symmetric ? i : 0;
            int at = (i * columns + from) * words + word;
            for (int j = from; j < columns; j++, at += words) {
                add(at, offset, values[i * columns + j]);
            }
        }
    }

    /** Adds a value to the words from one on. */
    private void add(int at, int offset, long value) {
        long rest = value >> WORD_BITS - offset;
        entries[at] += value << offset & WORD;
        entries[at + 1] += rest & WORD;
        entries[at + 2] += rest >> WORD_BITS;
    }

    /**
     * Adds v v' to a symmetric matrix, one product after the other.
     *
     * @param odd v over powers of two, magnitudes below 2^53
     * @param exponents of these powers
     */
    void addSquare(long[] odd, int[] exponents) {
        count(3); // three values for a product
        for (int i = 0; i < rows; i++) {
            for (int j = i; j < columns && odd[i] != 0; j++) {
                if (odd[j] != 0) {
                    int at = (i * columns + j) * words;
                    long sign = (odd[i] ^ odd[j]) < 0 ? -1 : 1;
                    addProduct(at, exponents[i] + exponents[j] - lowest, Math.abs(odd[i]), Math.abs(odd[j]), sign);
                }
            }
        }
    }

    /** Halves of 27 bits, of which two products and their sum are below 2^55; a half of zero may lie beyond the range. */
    private void addProduct(int at, int place, long a, long b, long sign) {
        long highA = a >> HALF_BITS;
        long highB = b >> HALF_BITS;
        long lowA = a & HALF;
        long lowB = b & HALF;
        addAt(at, place, sign * (lowA * lowB));
        addAt(at, place + HALF_BITS, sign * (lowA * highB + highA * lowB));
        addAt(at, place + 2 * HALF_BITS, sign * (highA * highB));
    }

    private void addAt(int at, int place, long value) {
        if (value != 0) {
            add(at + place / WORD_BITS, place % WORD_BITS, value);
        }
    }

    /** Before so many values are added to every entry. */
    private void count(int values) {
        if (pending + values > MOST_PENDING) {
            carry();
        }
        pending += values;
    }

    private void carry() {
        for (int i = 0; i < rows; i++) {
            int end = (i + 1) * columns * words;
            for (int at = (i * columns + (symmetric ? i : 0)) * words; at < end; at += words) {
                long carry = 0;
                for (int k = at; k < at + words - 1; k++) {
                    long word = entries[k] + carry;
                    carry = word >> WORD_BITS;
                    entries[k] = word & WORD;
                }
                entries[at + words - 1] += carry;
            }
        }
        pending = 1;
    }

    /**
     * The entries divided by 2^exponent, exactly.
     *
     * @throws ArithmeticException if one is not a multiple
     */
    BigInteger[][] integers(int exponent) {
        carry();
        BigInteger[][] result = new BigInteger[rows][columns];
        byte[] bytes = new byte[words * (WORD_BITS / Byte.SIZE)];
        for (int i = 0; i < rows; i++) {
            for (int j = symmetric ? i : 0; j < columns; j++) {
                BigInteger value = integer((i * columns + j) * words, bytes);
                int shift = exponent - lowest;
                if (shift > 0 && value.signum() != 0 && value.getLowestSetBit() < shift) {
                    throw new ArithmeticException("an entry is no multiple of 2^" + exponent);
                }
                result[i][j] = value.shiftRight(shift);
                if (symmetric) {
                    result[j][i] = result[i][j];
                }
            }
        }
        return result;
    }

    /** The entries of a symmetric matrix over 2^lowest. */
    PackedSymmetric packed() {
        carry();
        int bits = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = i; j < columns; j++) {
                bits = Math.max(bits, bitLength((i * columns + j) * words));
            }
        }
        int count = TwosComplement.words(bits);
        long[] data = new long[Math.toIntExact(rows * (rows + 1L) / 2 * count)];
        int to = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = i; j < columns; j++) {
                int at = (i * columns + j) * words;
                for (int k = 0; k < 2 * count; k += 2) {
                    data[to++] = word(at, k) & WORD | word(at, k + 1) << WORD_BITS;
                }
            }
        }
        return new PackedSymmetric(rows, bits, data);
    }

    /** A word of an entry after carries; beyond the last those of its sign. */
    private long word(int at, int k) {
        return k < words ? entries[at + k] : entries[at + words - 1] >> WORD_BITS;
    }

    /** As {@link BigInteger#bitLength}, after carries. */
    private int bitLength(int at) {
        int top = words - 1;
        int sign = Math.toIntExact(entries[at + top]) >> WORD_BITS - 1;
        while (top > 0 && (int) entries[at + top] == sign) {
            top--;
        }
        return WORD_BITS * top + Integer.SIZE - Integer.numberOfLeadingZeros((int) entries[at + top] ^ sign);
    }

    /** The integer that an entry is a multiple 2^lowest of. */
    private BigInteger integer(int at, byte[] bytes) {
        // the words below the top one are without sign; words that only repeat the sign are left out
        int top = words - 1;
        long word = entries[at + top];
        while (top > 0 && word == (int) entries[at + top - 1] >> WORD_BITS - 1) {
            top--;
            word = (int) entries[at + top];
        }
        if (top <= 1) {
            return BigInteger.valueOf(top == 0 ? word : word << WORD_BITS | entries[at]);
        }
        int length = 0;
        for (int k = top; k >= 0; k--) {
            long each = entries[at + k];
            bytes[length++] = (byte) (each >> 24);
            bytes[length++] = (byte) (each >> 16);
            bytes[length++] = (byte) (each >> 8);
            bytes[length++] = (byte) each;
        }
        return new BigInteger(bytes, 0, length);
    }
}
