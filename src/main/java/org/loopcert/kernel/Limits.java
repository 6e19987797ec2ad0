package org.loopcert.kernel;

import java.math.BigInteger;

/**
 * What the checker is willing to spend; beyond a limit the answer is undecided, with the limit
 * named.
 *
 * @param bytes length of a certificate
 * @param depth nesting of a certificate
 * @param values number of values in a certificate
 * @param digits decimal digits of one integer in a certificate
 * @param declared decimal digits that the certificate itself declares for its longest integer
 * @param dimension columns of X
 * @param bits bit length that a recomputed integer may reach
 * @param work estimated bit operations of one line, in units of 64 x 64-bit products
 */
public record Limits(int bytes, int depth, int values, int digits, int declared, int dimension, long bits, long work) {
    /** Limits under which a hostile file costs at most seconds and a quarter of a gigabyte. */
    public static final Limits DEFAULT =
            new Limits(32_000_000, 16, 2_000_000, 20_000, Integer.MAX_VALUE, 256, 4_000_000L, 20_000_000_000L);

    Limits declaring(int most) {
        return new Limits(bytes, depth, values, digits, most, dimension, bits, work);
    }

    void bits(long found) throws Refusal {
        if (found > bits) {
            throw Refusal.limit("max-bits " + bits, found + " bits");
        }
    }

    /** The work is the product of the factors. */
    void work(long... factors) throws Refusal {
        BigInteger product = BigInteger.ONE;
        for (long factor : factors) {
            product = product.multiply(BigInteger.valueOf(factor));
        }
        if (product.compareTo(BigInteger.valueOf(work)) > 0) {
            throw Refusal.limit("max-work " + work, product + " units");
        }
    }
}
