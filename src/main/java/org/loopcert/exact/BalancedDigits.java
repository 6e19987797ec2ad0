package org.loopcert.exact;

import java.math.BigInteger;

/**
 * Integers taken apart into balanced digits of so many bits, least significant first, and put together of digits. A
 * balanced digit lies in [-2^(bits - 1), 2^(bits - 1)); the highest takes what is left, at most 2^53.
 */
final class BalancedDigits {
    private BalancedDigits() {}

    /** The digits planes[k][at][column] of value 2^exponent for an exponent of at least 0. */
    static void write(long value, int exponent, int bits, double[][][] planes, int at, int column) {
        int top = planes.length - 1;
        int first = Math.min(exponent / bits, top);
        int plane = 0;
        for (; plane < first; plane++) {
            planes[plane][at][column] = 0;
        }
        long rest = value;
        int offset = exponent - first * bits;
        for (; plane < top; plane++) {
            long digit = balanced(rest, bits - offset);
            planes[plane][at][column] = digit << offset;
            rest = (rest >> bits - offset)
                    + (digit < 0 ? 1 : 0); // (rest - digit) / 2^(bits - offset), without overflow
            offset = 0;
        }
        planes[top][at][column] = rest << offset;
    }

    /** So many digits to[offset + k stride] of an integer in two's complement, big-endian, over 2^shift, rounded down. */
    static void write(byte[] value, int shift, int bits, int count, double[] to, int offset, int stride) {
        long carry = 0;
        int at = offset;
        int bit = shift;
        for (int k = 1; k < count; k++) {
            long field = (field(value, bit) & (1L << bits) - 1) + carry;
            long digit = balanced(field, bits);
            to[at] = digit;
            carry = field - digit >> bits;
            at += stride;
            bit += bits;
        }
        to[at] = field(value, bit) + carry;
    }

    /** At least 57 bits from a bit on, those of the sign beyond the end. */
    private static long field(byte[] value, int bit) {
        int end = value.length - (bit >> 3);
        long field = value[0] >> 7;
        for (int i = Math.max(0, end - Long.BYTES); i < end; i++) {
            field = field << Byte.SIZE | value[i] & 0xff;
        }
        return field >> (bit & 7);
    }

    /** The residue modulo 2^bits in [-2^(bits-1), 2^(bits-1)). */
    private static long balanced(long value, int bits) {
        return value << Long.SIZE - bits >> Long.SIZE - bits;
    }

    /** An integer of digits that are given one after another. They may be any below 2^63 - 2^56. */
    static final class Sum {
        private final int bits;
        private final byte[] bytes;
        private int index;

        /** What is known and not written, fewer than 8 bits. */
        private long known;

        private int held;
        private long carry;

        /** For so many digits of at least 8 bits. */
        Sum(int bits, int digits) {
            this.bits = bits;
            this.bytes = new byte[Math.toIntExact((long) digits * bits / Byte.SIZE + Long.BYTES)];
            this.index = bytes.length;
        }

        void add(long digit) {
            carry += digit;
            known |= (carry & (1L << bits) - 1) << held;
            carry >>= bits;
            for (held += bits; held >= Byte.SIZE; held -= Byte.SIZE) {
                bytes[--index] = (byte) known;
                known >>>= Byte.SIZE;
            }
        }

        BigInteger value() {
            long rest = known | carry << held;
            while (index > 0) {
                bytes[--index] = (byte) rest;
                rest >>= Byte.SIZE;
            }
            return new BigInteger(bytes);
        }
    }
}
