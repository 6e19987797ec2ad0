package org.loopcert.exact;

import java.util.Arrays;

/**
 * Room for one thread's intermediate sums, and where its loops begin and end.
 *
 * <p>What the compiler of Java 17 makes of a loop runs single turns until the first array is aligned to the length of a
 * vector, and again for the rest behind the last vector: mostly eight in all, which is much for iterates of a hundred places.
 * A loop from the right one of eight indices, over one place more than a multiple of eight, has a single such turn. Which
 * index that is depends on where the arrays lie, and is found by the clock; any is right.
 */
final class Room {
    /** So many rows are worked on at a time. */
    static final int GROUP = 4;

    /** Doubles in the longest vector. */
    static final int LANES = 8;

    private static final int POINTS = 4;

    /** How many arrays it takes. */
    static final int ARRAYS = POINTS * GROUP + 3;

    /** How many arrays of twice the length it takes for joined digits. */
    static final int JOINED = GROUP + 1;

    private static final int CALLS = 16;
    private static final int TRIALS = 3;
    private static final int TRIAL_LOOPS = 6;
    private static final int TRIAL_PLACES = 4 * LANES + 1;

    /** Sums at each point, for each row. */
    final double[][][] sums = new double[POINTS][][];

    /** Sums of joined digits, for each row, and zeros. */
    final double[][] joined;

    final double[] zeros;
    private final double[] carries;
    private final double[] shifted;

    /** The index that loops begin from, 1 to {@link Digits#FRONT}. */
    int begin = Digits.FRONT;

    private int calls;

    /** Of arrays of zeros. */
    Room(double[]... arrays) {
        this(new double[0][], arrays);
    }

    /** As the other, with {@value #JOINED} arrays for the joined digits of vectors, or none. */
    Room(double[][] joined, double[]... arrays) {
        this.joined = joined;
        for (int p = 0; p < POINTS; p++) {
            sums[p] = Arrays.copyOfRange(arrays, p * GROUP, (p + 1) * GROUP);
        }
        zeros = arrays[POINTS * GROUP];
        carries = arrays[POINTS * GROUP + 1];
        shifted = arrays[POINTS * GROUP + 2];
    }

    /** Finds the index that loops are fastest from, once in so many calls: arrays may have been moved. */
    void align() {
        double[][] to = sums[0];
        if (calls++ % CALLS != 0 || to[0].length < Digits.FRONT + TRIAL_PLACES) {
            return;
        }
        long fastest = Long.MAX_VALUE;
        for (int from = Digits.FRONT - LANES + 1; from <= Digits.FRONT; from++) {
            for (int trial = 0; trial < TRIALS; trial++) {
                long start = System.nanoTime();
                for (int k = 0; k < TRIAL_LOOPS; k++) {
                    Digits.multiplyAdd(
                            to[0],
                            to[1],
                            to[2],
                            to[3],
                            zeros,
                            zeros,
                            0,
                            0,
                            0,
                            0,
                            0,
                            0,
                            0,
                            0,
                            from,
                            from + TRIAL_PLACES);
                }
                long time = System.nanoTime() - start;
                if (time < fastest) {
                    fastest = time;
                    begin = from;
                }
            }
        }
    }

    /** An index that loops over the lowest so many places end at. */
    int end(int places) {
        return begin + 1 + (Digits.FRONT + places - begin - 1 + LANES - 1) / LANES * LANES;
    }

    /** See {@link Digits#carry}; one place more is written. */
    void carry(double[] low, double[] high, int places) {
        Digits.carry(low, high, begin, end(places + 1), carries, shifted);
    }

    /**
     * Reduces digits of at most {@link Digits#LARGEST} of an entry, and forms its values at the points that the vector has
     * room for.
     *
     * @param places above which the digits are zero; two more are written
     */
    void reduce(DigitVector vector, int i, int places) {
        double[] low = vector.low[i];
        double[] high = vector.high[i];
        // loops may end later in another room
        int end = end(places + 2 + LANES);
        Digits.prepareReduction(low, high, begin, end, carries, shifted);
        if (vector.joined.length > 0) {
            Digits.addCarries(low, high, shifted, begin, end);
            vector.join(i, places + 2);
        } else if (vector.difference.length > 0) {
            Digits.addCarries(low, high, shifted, vector.sum[i], vector.difference[i], begin, end);
        } else if (vector.sum.length > 0) {
            Digits.addCarries(low, high, shifted, vector.sum[i], begin, end);
        } else {
            Digits.addCarries(low, high, shifted, begin, end);
        }
    }

    /** Forms the values of an entry, of reduced digits, at the points that the vector has room for. */
    void evaluate(DigitVector vector, int i) {
        int end = end(vector.length() + LANES);
        if (vector.joined.length > 0) {
            vector.join(i, vector.length());
        }
        if (vector.sum.length > 0) {
            Digits.add(vector.sum[i], vector.low[i], vector.high[i], begin, end);
        }
        if (vector.difference.length > 0) {
            Digits.subtract(vector.difference[i], vector.low[i], vector.high[i], begin, end);
        }
    }

    /** a += x, x so many places higher, from and to indices of x. */
    void add(double[] a, double[] x, int places, int from, int to) {
        if (places == 0) {
            Digits.add(a, x, from, to);
            return;
        }
        int end = to + above(places);
        lift(x, shifted, places, from, to, end);
        Digits.add(a, shifted, from, end);
    }

    /** a += x, b += y, x and y so many places higher, as {@link #add}. */
    void addBoth(double[] a, double[] x, int places, double[] b, double[] y, int otherPlaces, int from, int to) {
        int end = to + above(Math.max(places, otherPlaces));
        lift(x, shifted, places, from, to, end);
        lift(y, carries, otherPlaces, from, to, end);
        Digits.addBoth(a, shifted, b, carries, from, end);
    }

    /** Adds what is joined as the digits of a vector with this stride. */
    void addJoined(double[] low, double[] high, double[] joined, int stride) {
        int end = Digits.FRONT + stride;
        Arrays.fill(shifted, begin, Digits.FRONT, 0);
        System.arraycopy(joined, end, shifted, Digits.FRONT, stride);
        Digits.addBoth(low, joined, high, shifted, begin, end);
    }

    /** Places, so many that loops over as many more end well, too. */
    private static int above(int places) {
        return (places + LANES - 1) / LANES * LANES;
    }

    private static void lift(double[] x, double[] lifted, int places, int from, int to, int end) {
        Arrays.fill(lifted, from, from + places, 0);
        System.arraycopy(x, from, lifted, from + places, to - from);
        Arrays.fill(lifted, to + places, end, 0);
    }

    /** sums += factor x, x so many digits higher; both as low and high digits, from and to indices of x. */
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
