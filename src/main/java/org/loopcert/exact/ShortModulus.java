package org.loopcert.exact;

import java.math.BigInteger;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Arithmetic on vectors modulo a prime p below 2^22, in doubles. Residues lie about zero, at most
 * p/2 + 1 in magnitude; two of them have a product below 2^43, and so sums of 1,000 are integers
 * within 2^53, hence exact.
 */
final class ShortModulus {
    /** The length of the primes. */
    static final int BITS = 22;

    /** The longest sum of products of two residues that is exact. */
    static final int LONGEST_SUM = 1000;

    /** Adding and subtracting it rounds a double below 2^51 to an integer. */
    private static final double ROUNDER = 0x1.8p52;

    /** The primes are random so that no input is made for them, and the same in every run. */
    private static final long SEED = 20_240_513;

    private final double p;
    private final double reciprocal;

    private ShortModulus(int prime) {
        this.p = prime;
        this.reciprocal = 1.0 / prime;
    }

    /** Different primes to be tried one after another. */
    static Stream<ShortModulus> candidates() {
        Random random = new Random(SEED);
        int half = 1 << BITS - 1;
        return random.ints(half, 2 * half)
                .filter(n -> BigInteger.valueOf(n).isProbablePrime(100))
                .distinct()
                .mapToObj(ShortModulus::new);
    }

    int prime() {
        return (int) p;
    }

    /** The residue of an integer below 2^53; in a loop over an array the compiler makes vectors of it. */
    double reduce(double value) {
        double quotient = value * reciprocal + ROUNDER - ROUNDER;
        return Math.fma(-quotient, p, value);
    }

    void reduce(double[] v) {
        for (int j = 0; j < v.length; j++) {
            v[j] = reduce(v[j]);
        }
    }

    /** v - f w in the place of v, from an index on. */
    void subtractMultiple(double[] v, double f, double[] w, int from) {
        for (int j = from; j < v.length; j++) {
            v[j] = reduce(Math.fma(-f, w[j], v[j]));
        }
    }

    void scale(double[] v, double f) {
        for (int j = 0; j < v.length; j++) {
            v[j] = reduce(v[j] * f);
        }
    }

    /** 1/a = a^(p - 2) for a residue other than zero. */
    double inverse(double a) {
        double inverse = 1;
        double power = a;
        for (int e = prime() - 2; e > 0; e >>= 1) {
            if ((e & 1) == 1) {
                inverse = reduce(inverse * power);
            }
            power = reduce(power * power);
        }
        return inverse;
    }

    /** The first powers of 2^BITS. */
    double[] powers(int count) {
        double[] powers = new double[count];
        double power = 1;
        for (int k = 0; k < count; k++) {
            powers[k] = power;
            power = reduce(power * (1 << BITS));
        }
        return powers;
    }

    /** The residue of the sum of digits[from + k] 2^(BITS k), digits below 2^BITS, for as many powers. */
    double reduce(long[] digits, int from, double[] powers) {
        long sum = 0; // of products below 2^44, few enough for 63 bits
        for (int k = 0; k < powers.length; k++) {
            sum += digits[from + k] * (long) powers[k];
        }
        return reduce((double) (sum % prime()));
    }

    /** Rows of integers modulo the prime. */
    double[][] residues(DigitRows rows) {
        double[] powers = powers(rows.highest() / BITS + 1);
        double[][][] digits = new double[powers.length][1][rows.columns()];
        double[][] result = new double[rows.rows()][rows.columns()];
        for (int i = 0; i < result.length; i++) {
            rows.write(i, 0, BITS, digits, 0);
            for (int k = 0; k < powers.length; k++) {
                subtractMultiple(result[i], -powers[k], digits[k][0], 0);
            }
        }
        return result;
    }
}
