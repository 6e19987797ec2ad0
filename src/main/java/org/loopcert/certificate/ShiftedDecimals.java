package org.loopcert.certificate;

import java.math.BigInteger;

/**
 * The decimal digits of integers m 2^s for one s, by multiplication in base 10^9.
 *
 * <p>An m below 2^63 has three digits of that base. Each place of the product sums at most three products below 10^18 and
 * what is carried, below 2^62 in all.
 */
final class ShiftedDecimals {
    static final int PLACES = 9;

    private static final long BASE = 1_000_000_000;

    private final long[] power;
    private final int[] product;
    private int length;

    ShiftedDecimals(int shift) {
        BigInteger rest = BigInteger.ONE.shiftLeft(shift);
        BigInteger base = BigInteger.valueOf(BASE);
        this.power = new long[(int) (shift * 0.30103 / PLACES) + 1];
        for (int i = 0; i < power.length; i++) {
            power[i] = rest.mod(base).longValueExact();
            rest = rest.divide(base);
        }
        if (rest.signum() != 0) {
            throw new IllegalStateException("2^" + shift + " is longer than expected");
        }
        this.product = new int[power.length + 3];
    }

    /** Multiplies a number that is not negative by 2^s and returns the number of places of the product, at least one. */
    int multiply(long m) {
        long high = m / BASE;
        long m0 = m - high * BASE;
        long m2 = high / BASE;
        long m1 = high - m2 * BASE;
        long carry = 0;
        long last = 0;
        long beforeLast = 0;
        for (int i = 0; i < product.length; i++) {
            long next = i < power.length ? power[i] : 0;
            long sum = carry + m0 * next + m1 * last + m2 * beforeLast;
            carry = sum / BASE;
            product[i] = (int) (sum - carry * BASE);
            beforeLast = last;
            last = next;
        }
        length = product.length;
        while (length > 1 && product[length - 1] == 0) {
            length--;
        }
        return length;
    }

    /** A place of the last product, the least first. */
    int place(int i) {
        return product[i];
    }
}
