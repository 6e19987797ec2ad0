package org.loopcert.exact;

import java.math.BigInteger;
import java.util.Arrays;

/** A constant integer that long integers are multiplied by. A power of two is a shift: one digit, or two, that are not zero. */
final class DigitFactor {
    /** So many products are added up before a sum is reduced; another sum of them has room in it. */
    static final int TERMS = Digits.TERMS / 2;

    private final double[] digits;
    private final int terms;

    DigitFactor(BigInteger value) {
        double[] all = new double[Digits.count(value.bitLength())];
        digits = Arrays.copyOf(all, Digits.trimmed(all, Digits.write(value, all, 0)));
        terms = Math.min(
                TERMS, (int) Arrays.stream(digits).filter(digit -> digit != 0).count());
    }

    int length() {
        return digits.length;
    }

    /** How many products {@link #multiply} adds up at most at one place. */
    int terms() {
        return terms;
    }

    /**
     * to = value * this before carries are taken out, zero from length + length() on as far as {@code cleared}. With more
     * than {@link #TERMS} terms the result is reduced on the way.
     */
    void multiply(double[] value, int length, double[] to, int cleared, ConstantMatrix.Room room) {
        Arrays.fill(to, 0, cleared, 0);
        int added = 0;
        for (int k = 0; k < digits.length; k++) {
            if (digits[k] == 0) {
                continue;
            }
            if (added == TERMS) {
                room.reduce(to, length + k + 1);
                added = 1;
            }
            room.multiplyAdd(to, value, digits[k], k, 0, length);
            added++;
        }
    }
}
