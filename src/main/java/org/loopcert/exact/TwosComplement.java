package org.loopcert.exact;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;

/** Integers as words of 64 bits in two's complement, the least significant first. */
public final class TwosComplement {
    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private TwosComplement() {}

    /** How many words an integer of so many bits, counted as {@link BigInteger#bitLength} does, takes. */
    public static int words(int bits) {
        return bits / Long.SIZE + 1;
    }

    /** Writes an integer to so many words from a place on, which are at least as many as it takes. */
    public static void store(BigInteger value, long[] data, int at, int words) {
        if (value.bitLength() < Long.SIZE) {
            long low = value.longValue();
            data[at] = low;
            for (int w = 1; w < words; w++) {
                data[at + w] = low >> Long.SIZE - 1;
            }
            return;
        }
        byte[] bytes = value.toByteArray();
        int end = bytes.length;
        int w = 0;
        for (; end >= Long.BYTES; end -= Long.BYTES) {
            data[at + w++] = (long) BIG_ENDIAN.get(bytes, end - Long.BYTES);
        }
        if (w < words) {
            long top = bytes[0] >> Byte.SIZE - 1;
            for (int b = 0; b < end; b++) {
                top = top << Byte.SIZE | bytes[b] & 0xff;
            }
            data[at + w++] = top;
            for (; w < words; w++) {
                data[at + w] = bytes[0] >> Byte.SIZE - 1;
            }
        }
    }

    /** The integer in so many words from a place on. */
    public static BigInteger load(long[] data, int at, int words) {
        byte[] bytes = new byte[Long.BYTES * words];
        for (int w = 0; w < words; w++) {
            BIG_ENDIAN.set(bytes, Long.BYTES * (words - 1 - w), data[at + w]);
        }
        return new BigInteger(bytes);
    }
}
