package org.loopcert.spectrum;

import java.math.BigInteger;
import org.loopcert.exact.IntegerMatrix;
import org.loopcert.exact.ModularElimination;
import org.loopcert.exact.TwosComplement;

/**
 * The upper triangle of a symmetric integer matrix in 64-bit words of two's complement, from which leading bits, digits
 * at any place and residues are read without an object per entry.
 */
final class SymmetricWords {
    private final int size;
    private final int words;
    private final int bits;
    private final long[] data;

    private SymmetricWords(int size, int words, int bits, long[] data) {
        this.size = size;
        this.words = words;
        this.bits = bits;
        this.data = data;
    }

    static SymmetricWords of(IntegerMatrix symmetric) {
        int bits = symmetric.bitLength();
        return new SymmetricWords(symmetric.rows(), TwosComplement.words(bits), bits, symmetric.upperTriangle());
    }

    private static SymmetricWords empty(int size, int bits) {
        int words = TwosComplement.words(bits);
        long entries = size * (size + 1L) / 2;
        return new SymmetricWords(size, words, bits, new long[Math.toIntExact(entries * words)]);
    }

    /** 2^shift A, or -2^shift A, plus c I. */
    SymmetricWords affine(int shift, boolean negate, BigInteger c) {
        SymmetricWords result = empty(size, Math.max(bits + shift, c.bitLength()) + 1);
        for (int entry = 0; entry < size * (size + 1) / 2; entry++) {
            long borrow = 1;
            for (int w = 0; w < result.words; w++) {
                long word = window(entry, 64 * w - shift);
                if (negate) {
                    word = ~word + borrow;
                    borrow = borrow == 1 && word == 0 ? 1 : 0;
                }
                result.data[entry * result.words + w] = word;
            }
        }
        for (int i = 0; i < size; i++) {
            int at = index(i, i);
            TwosComplement.store(result.get(at).add(c), result.data, at * result.words, result.words);
        }
        return result;
    }

    /** A times a factor of at least one. */
    SymmetricWords times(long factor) {
        if (factor == 1) {
            return this;
        }
        SymmetricWords result = empty(size, bits + Long.SIZE - Long.numberOfLeadingZeros(factor));
        for (int entry = 0; entry < size * (size + 1) / 2; entry++) {
            long carry = 0;
            for (int w = 0; w < result.words; w++) {
                // modulo a power of two, where the words without sign have the same product
                long word = word(entry, w);
                long low = word * factor + carry;
                long over = Long.compareUnsigned(low, carry) < 0 ? 1 : 0;
                carry = Math.multiplyHigh(word, factor) + (word >> 63 & factor) + over;
                result.data[entry * result.words + w] = low;
            }
        }
        return result;
    }

    /** factor (p I - q A), or factor (q A - p I), for positive integers q and factor. */
    SymmetricWords pencil(BigInteger p, BigInteger q, boolean negate, BigInteger factor) {
        int twos = q.getLowestSetBit();
        BigInteger odd = q.shiftRight(twos).multiply(factor);
        BigInteger shift = p.multiply(factor);
        if (odd.bitLength() < Long.SIZE) {
            return times(odd.longValue()).affine(twos, negate, negate ? shift : shift.negate());
        }
        BigInteger[][] rows = new BigInteger[size][size];
        BigInteger multiple = q.multiply(negate ? factor.negate() : factor);
        for (int i = 0; i < size; i++) {
            for (int j = i; j < size; j++) {
                rows[i][j] = get(index(i, j)).multiply(multiple);
                rows[j][i] = rows[i][j];
            }
            rows[i][i] = rows[i][i].add(negate ? shift : shift.negate());
        }
        return of(IntegerMatrix.of(rows));
    }

    int size() {
        return size;
    }

    /** No entry is longer, in bits without the sign. */
    int bits() {
        return bits;
    }

    /** The number of entry (i, j), i &le; j. */
    int index(int i, int j) {
        return i * size - i * (i - 1) / 2 + j - i;
    }

    /** The entry with this number. */
    BigInteger get(int index) {
        return TwosComplement.load(data, index * words, words);
    }

    /** floor(entry / 2^offset) modulo 2^64; the offset may be negative. */
    long window(int index, int offset) {
        int w = offset >> 6;
        int rest = offset & 63;
        long low = word(index, w);
        return rest == 0 ? low : low >>> rest | word(index, w + 1) << (64 - rest);
    }

    /** The {@link #window}s of entries (i, i), (i, i + 1), ... at one place, to[j] of entry (i, j). */
    void windows(int i, int offset, long[] to) {
        int w = offset >> 6;
        int rest = offset & 63;
        int index = index(i, i);
        if (w < 0 || w + 1 >= words) {
            for (int j = i; j < size; j++) {
                to[j] = window(index + j - i, offset);
            }
            return;
        }
        for (int j = i, at = index * words + w; j < size; j++, at += words) {
            to[j] = data[at] >>> rest | data[at + 1] << 1 << 63 - rest; // two shifts, as one by 64 would be one by 0
        }
    }

    private long word(int index, int w) {
        if (w < 0) {
            return 0;
        }
        return w < words ? data[index * words + w] : data[index * words + words - 1] >> 63;
    }

    /** The entry over 2^exponent, to within 2^-60 where no entry reaches 2^exponent. */
    double leading(int index, int exponent) {
        return window(index, exponent - 62) * 0x1p-62;
    }

    /** The full matrix over 2^exponent as in {@link #leading}. */
    double[][] leading(int exponent) {
        double[][] result = new double[size][size];
        int index = 0;
        for (int i = 0; i < size; i++) {
            for (int j = i; j < size; j++) {
                double value = leading(index++, exponent);
                result[i][j] = value;
                result[j][i] = value;
            }
        }
        return result;
    }

    /**
     * The rank modulo a prime, which never exceeds the rank over the rationals: where it is full, the determinant is not
     * zero. A smaller one proves nothing.
     */
    int modularRank() {
        double[][] residues = new double[size][size];
        int index = 0;
        for (int i = 0; i < size; i++) {
            for (int j = i; j < size; j++) {
                residues[i][j] = residue(index++, ModularElimination.prime());
                residues[j][i] = residues[i][j];
            }
        }
        return ModularElimination.rankModuloPrime(residues);
    }

    /** The entry modulo p, 0 &lt; p &lt; 2^31. */
    long residue(int index, long p) {
        long power = (1L << 32) % p;
        long top = data[index * words + words - 1];
        long sum = Math.floorMod(top >> 32, p);
        sum = (sum * power + (top & 0xffffffffL)) % p;
        for (int w = words - 2; w >= 0; w--) {
            long word = data[index * words + w];
            sum = (sum * power + (word >>> 32)) % p;
            sum = (sum * power + (word & 0xffffffffL)) % p;
        }
        return sum;
    }
}
