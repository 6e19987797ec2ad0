package org.loopcert.exact;

import java.util.Arrays;

/** Room for one thread's intermediate sums. */
final class Room {
    /** So many rows are worked on at a time. */
    static final int GROUP = 4;

    private static final int POINTS = 4;

    /** How many arrays it takes. */
    static final int ARRAYS = POINTS * GROUP + 4;

    /** Sums at each point, for each row. */
    final double[][][] sums = new double[POINTS][][];

    final double[] zeros;
    private final double[] lowCarries;
    private final double[] highCarries;

    /** The first number is zero and stays so. */
    private final double[] shifted;

    Room(double[]... arrays) {
        for (int p = 0; p < POINTS; p++) {
            sums[p] = Arrays.copyOfRange(arrays, p * GROUP, (p + 1) * GROUP);
        }
        zeros = arrays[POINTS * GROUP];
        lowCarries = arrays[POINTS * GROUP + 1];
        highCarries = arrays[POINTS * GROUP + 2];
        shifted = arrays[POINTS * GROUP + 3];
    }

    /** See {@link Digits#carry}. */
    void carry(double[] low, double[] high, int length) {
        Digits.carry(low, high, length, lowCarries, highCarries, shifted);
    }

    /** See {@link Digits#reduce}. */
    void reduce(double[] low, double[] high, int length) {
        Digits.reduce(low, high, length, lowCarries, highCarries, shifted);
    }

    /** a += x, x so many places higher. */
    void add(double[] a, double[] x, int places, int from, int to) {
        if (places == 0) {
            Digits.add(a, x, from, to); // and the first number of the shifted ones stays zero
        } else {
            System.arraycopy(x, from, shifted, from + places, to - from);
            Digits.add(a, shifted, from + places, to + places);
        }
    }

    /** sums += factor x, x so many digits higher; both as low and high digits. */
    void multiplyAdd(double[][] sums, double[][] x, double factor, int digits, int from, int to) {
        for (int plane = 0; plane < 2; plane++) {
            double[] sum = sums[(digits + plane) & 1];
            int places = (digits + plane) / 2;
            if (places == 0) {
                Digits.multiplyAdd(sum, x[plane], factor, from, to);
            } else {
                System.arraycopy(x[plane], from, shifted, from + places, to - from);
                Digits.multiplyAdd(sum, shifted, factor, from + places, to + places);
            }
        }
    }
}
