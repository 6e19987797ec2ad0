package org.loopcert.exact;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Integers taken apart into balanced digits of so many bits, least significant first, and put together of digits. A
 * balanced digit lies in [-2^(bits - 1), 2^(bits - 1)); the highest takes what is left, at most 2^53.
 */
final class BalancedDigits {
    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private BalancedDigits() {}

    /** The digits planes[k][at][column] of value 2^exponent for an exponent of at least 0. */
    static void write(long value, int exponent, int bits, double[][][] planes, int at, int column) {
        int top = planes.length - 1;
        int first = exponent / bits;
        int offset = exponent % bits;
        if (first > top) {
            offset += (first - top) * bits;
            first = top;
        }
        int plane = 0;
        for (; plane < first; plane++) {
            planes[plane][at][column] = 0;
        }
        long rest = value;
        for (; plane < top; plane++) {
            long digit = balanced(rest, bits - offset);
            planes[plane][at][column] = digit << offset;
            rest = (rest >> bits - offset)
                    + (digit < 0 ? 1 : 0); // (rest - digit) / 2^(bits - offset), without overflow
            offset = 0;
        }
        planes[top][at][column] = rest << offset;
    }

    /** So many digits to[offset + k stride] of an integer over 2^shift, rounded down. */
    static void write(BigInteger value, int shift, int bits, int count, double[] to, int offset, int stride) {
        byte[] bytes = value.bitLength() < Long.SIZE
                ? ByteBuffer.allocate(Long.BYTES).putLong(value.longValue()).array()
                : value.toByteArray();
        long carry = 0;
        int at = offset;
        int bit = shift;
        for (int k = 1; k < count; k++) {
            long field = (field(bytes, bit) & (1L << bits) - 1) + carry;
            long digit = balanced(field, bits);
            to[at] = digit;
            carry = field - digit >> bits;
            at += stride;
            bit += bits;
        }
        to[at] = field(bytes, bit) + carry;
    }

    /** At least 57 bits, from a bit on, of two's complement in at least 8 bytes; those of the sign beyond the end. */
    private static long field(byte[] value, int bit) {
        int last = value.length - Long.BYTES;
        int from = Math.max(0, last - (bit >> 3));
        return (long) BIG_ENDIAN.get(value, from) >> Math.min(bit - Byte.SIZE * (last - from), Long.SIZE - 1);
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
