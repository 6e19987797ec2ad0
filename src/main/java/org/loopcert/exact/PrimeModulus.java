package org.loopcert.exact;

import java.math.BigInteger;
import java.util.Optional;

/**
 * Arithmetic modulo an odd prime p of 61 bits. Residues are longs in [0, p).
 *
 * <p>Products are reduced as Montgomery does (Modular multiplication without trial division, 1985)
 * with R = 2^64: a factor that is used again is kept as a R mod p, its <em>Montgomery form</em>, and
 * the product of such a factor with a plain residue is plain.
 */
public final class PrimeModulus {
    /** The length of the primes: sums of 16 products fit 127 bits beside a reduced high word. */
    public static final int BITS = 61;

    /** Strong pseudoprimes to all of these have at least 82 bits (Sorenson and Webster 2015). */
    private static final int[] WITNESSES = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37};

    private static final int MANTISSA_BITS = 52;
    private static final long MANTISSA = (1L << MANTISSA_BITS) - 1;
    private static final int LEAST_EXPONENT = -1074; // of a double written as integer times power of two
    private static final int EXPONENTS = 2046;

    private static final int HALF_BITS = 62;

    private final long p;
    private final long negativeInverse; // -1/p modulo 2^64
    private final long square; // R^2 mod p
    private final long half; // 2^62 in Montgomery form
    private final BigInteger prime;
    private final long[] powers = new long[EXPONENTS]; // 2^e in Montgomery form, e from LEAST_EXPONENT

    private PrimeModulus(long p) {
        this.p = p;
        this.prime = BigInteger.valueOf(p);
        long inverse = p; // right to three bits, which every step of Newton doubles
        for (int bits = 3; bits < Long.SIZE; bits *= 2) {
            inverse *= 2 - p * inverse;
        }
        this.negativeInverse = -inverse;
        long power = 1L << BITS - 1; // then 2^(BITS - 1 + i)
        for (int i = BITS - 1; i < 2 * Long.SIZE; i++) {
            power = add(power, power);
        }
        this.square = power;
        long twice = add(1L << BITS - 1, 1L << BITS - 1);
        this.half = toMontgomery(add(twice, twice));
    }

    /**
     * Arithmetic modulo a prime.
     *
     * @throws IllegalArgumentException unless it is a prime of 61 bits
     */
    public static PrimeModulus of(long prime) {
        return find(prime)
                .orElseThrow(() -> new IllegalArgumentException("expected a prime of " + BITS + " bits, got " + prime));
    }

    /** As {@link #of}, or empty where the number is none of these primes. */
    static Optional<PrimeModulus> find(long candidate) {
        if (candidate >>> BITS - 1 != 1 || (candidate & 1) == 0) {
            return Optional.empty();
        }
        PrimeModulus modulus = new PrimeModulus(candidate);
        if (!modulus.isPrime()) {
            return Optional.empty();
        }
        modulus.fillPowers();
        return Optional.of(modulus);
    }

    /** The test of Miller and Rabin, a proof for numbers this short. */
    private boolean isPrime() {
        int twos = Long.numberOfTrailingZeros(p - 1);
        for (int witness : WITNESSES) {
            long power = power(witness, p - 1 >> twos);
            boolean strong = power == 1 || power == p - 1;
            for (int i = 1; i < twos && !strong; i++) {
                power = multiply(power, power);
                strong = power == p - 1;
            }
            if (!strong) {
                return false;
            }
        }
        return true;
    }

    private void fillPowers() {
        powers[0] = toMontgomery(power(p + 1 >>> 1, -LEAST_EXPONENT));
        for (int i = 1; i < EXPONENTS; i++) {
            powers[i] = add(powers[i - 1], powers[i - 1]);
        }
    }

    /** p. */
    public long prime() {
        return p;
    }

    /** The residue of an integer. */
    public long reduce(long value) {
        long remainder = value % p;
        return remainder + (p & remainder >> 63);
    }

    /** The residue of an integer of any length. */
    public long reduce(BigInteger value) {
        int bits = value.bitLength();
        if (bits < Long.SIZE) {
            return reduce(value.longValue());
        }
        if (bits < HALF_BITS + Long.SIZE) {
            long high = reduce(value.shiftRight(HALF_BITS).longValue());
            return add(reduceProduct(high, half), reduce(value.longValue() & (1L << HALF_BITS) - 1));
        }
        return value.mod(prime).longValue();
    }

    /** The residue of value 2^exponent for an exponent of at least 0. */
    long reduceShifted(long value, int exponent) {
        long residue = reduce(value);
        return exponent < EXPONENTS + LEAST_EXPONENT
                ? reduceProduct(residue, powers[exponent - LEAST_EXPONENT])
                : multiply(residue, power(2, exponent));
    }

    /**
     * The residue of the exact value of a double, a dyadic rational: halves exist modulo p.
     *
     * @throws IllegalArgumentException if the double is not finite
     */
    public long reduce(double value) {
        long bits = Double.doubleToRawLongBits(value);
        int exponent = (int) (bits >>> MANTISSA_BITS) & 0x7ff;
        if (exponent == 0x7ff) {
            throw new IllegalArgumentException("expected a finite number, got " + value);
        }
        long mantissa = bits & MANTISSA | (exponent == 0 ? 0 : MANTISSA + 1);
        long residue = reduceProduct(mantissa, powers[Math.max(exponent - 1, 0)]);
        return bits < 0 ? negate(residue) : residue;
    }

    /**
     * The residue of a fraction.
     *
     * @throws ArithmeticException if p divides the denominator
     */
    public long reduce(Fraction value) {
        return multiply(reduce(value.numerator()), inverse(reduce(value.denominator())));
    }

    /** The residues of the entries. */
    public long[] reduce(IntegerVector vector) {
        long[] residues = new long[vector.size()];
        for (int i = 0; i < residues.length; i++) {
            residues[i] = reduce(vector.get(i));
        }
        return residues;
    }

    /**
     * The residues of vectors of doubles' exact values.
     *
     * @throws IllegalArgumentException if an entry is not finite
     */
    public long[] reduce(double[] vector) {
        long[] residues = new long[vector.length];
        for (int i = 0; i < residues.length; i++) {
            residues[i] = reduce(vector[i]);
        }
        return residues;
    }

    /**
     * The residue of a number written in low and high digits, sum of (low[k] + high[k] 2^bits) 4^((k - from) bits) for k
     * from {@code from} to {@code end - 1}.
     *
     * @param low integers of magnitude below 2^53, as the high ones times 2^bits
     * @param bits of the base, at most 26
     */
    long reduceDigits(double[] low, double[] high, int from, int end, int bits) {
        long base = toMontgomery(1L << 2 * bits);
        long residue = 0;
        for (int k = end - 1; k >= from; k--) {
            long digit = (long) low[k] + ((long) high[k] << bits);
            residue = add(reduceProduct(residue, base), digit + (p & digit >> 63));
        }
        return residue;
    }

    public long add(long a, long b) {
        long sum = a + b - p;
        return sum + (p & sum >> 63);
    }

    public long subtract(long a, long b) {
        long difference = a - b;
        return difference + (p & difference >> 63);
    }

    public long negate(long a) {
        return a == 0 ? 0 : p - a;
    }

    public long multiply(long a, long b) {
        return reduceProduct(reduceProduct(a, square), b);
    }

    /** a^e for e &gt;= 0. */
    public long power(long a, long e) {
        if (e < 0) {
            throw new IllegalArgumentException("expected an exponent of at least 0, got " + e);
        }
        long result = 1;
        long factor = toMontgomery(a);
        for (long rest = e; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                result = reduceProduct(result, factor);
            }
            factor = reduceProduct(factor, factor);
        }
        return result;
    }

    /**
     * 1/a.
     *
     * @throws ArithmeticException if a is zero
     */
    public long inverse(long a) {
        if (a == 0) {
            throw new ArithmeticException("zero has no inverse modulo " + p);
        }
        return power(a, p - 2);
    }

    /**
     * v + f w in the place of v.
     *
     * @throws IllegalArgumentException if the sizes differ
     */
    public void addMultiple(long[] v, long f, long[] w) {
        requireSize(v.length, w.length);
        long factor = toMontgomery(f);
        for (int i = 0; i < v.length; i++) {
            v[i] = add(v[i], reduceProduct(w[i], factor));
        }
    }

    /**
     * f v in the place of v.
     */
    public void scale(long[] v, long f) {
        long factor = toMontgomery(f);
        for (int i = 0; i < v.length; i++) {
            v[i] = reduceProduct(v[i], factor);
        }
    }

    /**
     * The inner product.
     *
     * @throws IllegalArgumentException if the sizes differ
     */
    public long dot(long[] v, long[] w) {
        requireSize(v.length, w.length);
        return toMontgomery(dot(v, 0, w));
    }

    /** a R mod p for a plain a. */
    long toMontgomery(long a) {
        return reduceProduct(a, square);
    }

    /** a b / R mod p, for 0 &lt;= a, b and a b &lt; p R: the plain product where one is in Montgomery form. */
    long reduceProduct(long a, long b) {
        return reduce(Math.multiplyHigh(a, b), a * b);
    }

    /** (high R + low) / R mod p for 0 &lt;= high &lt; p and an unsigned low. */
    private long reduce(long high, long low) {
        long m = low * negativeInverse;
        // low + m p is a multiple of R; both are unsigned, and their sum carries unless low is zero
        long product = Math.multiplyHigh(m, p) + (p & m >> 63);
        long result = high + product + ((low | -low) >>> 63) - p;
        return result + (p & result >> 63);
    }

    /** The inner product, divided by R, of v and as many entries of w, from {@code start} on. */
    long dot(long[] w, int start, long[] v) {
        long high = 0; // at most 61 bits at the start of a block
        long low = 0; // sum of the low halves of the low words
        long middle = 0; // sum of the high halves of the low words
        int n = v.length;
        int i = 0;
        while (i < n) {
            // sixteen products below p^2 add less than 2^62 to the high word, and 2^36 to the halves
            int end = Math.min(i + 16, n);
            for (; i < end; i++) {
                long a = v[i];
                long b = w[start + i];
                long product = a * b;
                high += Math.multiplyHigh(a, b);
                low += product & 0xffffffffL;
                middle += product >>> 32;
            }
            middle += low >>> 32;
            low &= 0xffffffffL;
            high += middle >>> 32;
            middle &= 0xffffffffL;
            high %= p;
        }
        return reduce(high, middle << 32 | low);
    }

    private static void requireSize(int expected, int size) {
        if (size != expected) {
            throw new IllegalArgumentException("expected a vector of size " + expected + ", got " + size);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PrimeModulus modulus && p == modulus.p;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(p);
    }

    @Override
    public String toString() {
        return "modulo " + p;
    }
}
