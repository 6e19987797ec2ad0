package org.loopcert.benchmark;

import java.math.BigInteger;
import java.util.Locale;

/**
 * What task R must multiply, whoever does it: with g bits gained by every step, theta(t) over D 2^(g t) has g t bits; X'(X
 * q) meets 2 n d entries of X, of one word each (two or three digits), and G theta meets d^2 entries of G.
 *
 * @param growth g = 2 s + e, where 2^s X and 2^e eta are integers
 * @param words products of words of 64 bits
 * @param digits products of digits of 23 bits, each with each
 * @param bits the length of theta(T)
 */
record OperationCount(int growth, double words, double digits, long bits) {
    private static final int WORD = 64;
    private static final int DIGIT = 23;

    static OperationCount of(BenchmarkTask task) {
        long n = task.size().examples();
        long d = task.size().features();
        long loops = task.size().loops();
        int growth = 2 * task.scale() + task.stepExponent();
        int entry = 0;
        for (BigInteger[] row : task.integers()) {
            for (BigInteger each : row) {
                // of the odd part: a power of two costs a shift only
                entry = Math.max(entry, each.bitLength() - Math.max(each.getLowestSetBit(), 0));
            }
        }
        int gram = 2 * task.scale() + Long.SIZE - Long.numberOfLeadingZeros(4 * n);
        // sum of g t over t < T
        double bits = growth * (loops * (loops - 1) / 2.0);
        return new OperationCount(
                growth,
                (2.0 * n * d * ceiling(entry, WORD) + d * d * ceiling(gram, WORD)) * bits / WORD,
                (2.0 * n * d * ceiling(entry, DIGIT) + d * d * ceiling(gram, DIGIT)) * bits / DIGIT,
                growth * loops);
    }

    private static double ceiling(int bits, int unit) {
        return (bits + unit - 1) / unit;
    }

    /** How fast a contender multiplies, whichever of the two it uses. */
    String rates(double seconds) {
        return String.format(
                Locale.ROOT,
                "%.3g products of words or %.3g of digits in a nanosecond",
                words / seconds * 1e-9,
                digits / seconds * 1e-9);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "theta(T) has %d bits, %d more with every step; %.3g products of words of 64 bits, %.3g of digits of 23.",
                bits,
                growth,
                words,
                digits);
    }
}
