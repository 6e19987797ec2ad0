package org.loopcert.exact;

import java.math.BigInteger;
import java.util.Arrays;

/** A constant integer that long integers are multiplied by. A power of two is a shift: one digit that is not zero. */
final class DigitFactor {
    /** A factor of so many bits is one digit: its product with a reduced digit is below 2^52. */
    private static final int WIDE_BITS = 29;

    private final double[] digits;

    DigitFactor(BigInteger value) {
        digits = value.bitLength() <= WIDE_BITS ? new double[] {value.doubleValue()} : Digits.of(value);
    }

    /** How many places a product is longer than what is multiplied, at most. */
    int places() {
        return digits.length / 2 + 1;
    }

    /** The largest size of a sum that {@link #multiply} leaves, at most. */
    long largest() {
        long sum = 0;
        for (double digit : digits) {
            sum += (long) Math.abs(digit);
        }
        return sum > Digits.LARGEST / 2 / Digits.REDUCED ? Digits.LARGEST / 2 : sum * Digits.REDUCED;
    }

    /**
     * Row i of {@code to} = value * this before the carries are taken out, zero from value's length + places() on as far
     * as {@code cleared}.
     */
    void multiply(DigitVector value, DigitVector to, int i, int cleared, Room room) {
        int length = value.length();
        double[][] from = {value.low[i], value.high[i]};
        double[][] sums = {to.low[i], to.high[i]};
        int first = 0;
        while (first < digits.length - 1 && digits[first] == 0) {
            first++;
        }
        for (int plane = 0; plane < 2; plane++) {
            double[] sum = sums[(first + plane) & 1];
            int offset = (first + plane) / 2;
            int start = Digits.FRONT + offset;
            Arrays.fill(sum, Digits.FRONT, start, 0);
            System.arraycopy(from[plane], Digits.FRONT, sum, start, length);
            Arrays.fill(sum, start + length, Math.max(Digits.FRONT + cleared, start + length), 0);
            Digits.scale(sum, digits[first], room.begin, room.end(offset + length));
        }
        long largest = size(first);
        for (int k = first + 1; k < digits.length; k++) {
            if (digits[k] == 0) {
                continue;
            }
            if (largest + size(k) > Digits.LARGEST / 2) {
                room.carry(to.low[i], to.high[i], length + k / 2 + 1);
                largest = Digits.CARRIED;
            }
            room.multiplyAdd(sums, from, digits[k], k, room.begin, room.end(length));
            largest += size(k);
        }
    }

    private long size(int k) {
        return (long) Math.abs(digits[k]) * Digits.REDUCED;
    }
}
