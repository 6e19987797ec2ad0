package org.loopcert.exact;

import java.math.BigInteger;

/**
 * A symmetric integer matrix without an object per entry: the entries from the diagonal on, row by row, in {@link
 * TwosComplement}, each in as many words as the longest takes.
 */
final class PackedSymmetric {
    private final int size;
    private final int bits;
    private final int words;
    private final long[] data;

    /** Keeps the array. */
    PackedSymmetric(int size, int bits, long[] data) {
        this.size = size;
        this.bits = bits;
        this.words = TwosComplement.words(bits);
        this.data = data;
    }

    /** The upper triangle of a square array. */
    static PackedSymmetric of(BigInteger[][] rows) {
        int d = rows.length;
        int bits = 0;
        for (int i = 0; i < d; i++) {
            for (int j = i; j < d; j++) {
                bits = Math.max(bits, rows[i][j].bitLength());
            }
        }
        int words = TwosComplement.words(bits);
        long[] data = new long[Math.toIntExact(d * (d + 1L) / 2 * words)];
        int at = 0;
        for (int i = 0; i < d; i++) {
            for (int j = i; j < d; j++) {
                TwosComplement.store(rows[i][j], data, at, words);
                at += words;
            }
        }
        return new PackedSymmetric(d, bits, data);
    }

    int size() {
        return size;
    }

    /** The longest entry, as {@link BigInteger#bitLength} counts. */
    int bits() {
        return bits;
    }

    /** The array, not to be written to. */
    long[] data() {
        return data;
    }

    BigInteger get(int i, int j) {
        int row = Math.min(i, j);
        int index = row * size - row * (row - 1) / 2 + Math.max(i, j) - row;
        return TwosComplement.load(data, index * words, words);
    }

    boolean isZero() {
        for (long word : data) {
            if (word != 0) {
                return false;
            }
        }
        return true;
    }

    /** The largest e, no more than a limit, with all entries multiples of 2^e. */
    int lowestSetBit(int limit) {
        int least = limit;
        for (int at = 0; at < data.length && least > 0; at += words) {
            int w = 0;
            while (w < words && data[at + w] == 0) {
                w++;
            }
            if (w < words) {
                least = Math.min(least, Long.SIZE * w + Long.numberOfTrailingZeros(data[at + w]));
            }
        }
        return least;
    }

    BigInteger[][] toArray() {
        BigInteger[][] rows = new BigInteger[size][size];
        int at = 0;
        for (int i = 0; i < size; i++) {
            for (int j = i; j < size; j++) {
                rows[i][j] = TwosComplement.load(data, at, words);
                rows[j][i] = rows[i][j];
                at += words;
            }
        }
        return rows;
    }
}
