package org.loopcert.kernel;

import java.math.BigInteger;

/**
 * What the checker is willing to spend on one certificate; beyond a limit the answer is undecided, with the limit named.
 *
 * @param bytes length of a certificate
 * @param depth nesting of a certificate
 * @param values number of values in a certificate
 * @param digits decimal digits of one integer in a certificate
 * @param dimension columns of X
 * @param bits bit length that a recomputed integer may reach; common denominators may reach a sixteenth of it
 * @param memory 64-bit words that one matrix or vector of recomputed integers may take
 * @param work estimated work of all lines together, in products of 64-bit words
 */
public record Limits(int bytes, int depth, int values, int digits, int dimension, long bits, long memory, long work) {
    /**
     * Limits under which a hostile file costs at most seconds and a gigabyte, or a quarter of that if it is no longer than
     * 8 MB. They hold a certificate by theorem of 520 x 512 doubles.
     */
    public static final Limits DEFAULT =
            new Limits(32_000_000, 16, 1_000_000, 10_000, 512, 4_000_000L, 8_000_000L, 4_000_000_000L);

    /** What one check has spent so far. */
    static final class Meter {
        /** What a product costs beside its words: objects, and everything around it. */
        private static final BigInteger OVERHEAD = BigInteger.valueOf(16);

        final Limits limits;
        private BigInteger spent = BigInteger.ZERO;
        private int longest = 1;

        Meter(Limits limits) {
            this.limits = limits;
        }

        /** Reads of an integer with this many digits. */
        void digits(int found) throws Refusal {
            longest = Math.max(longest, found);
            if (found > limits.digits) {
                throw Refusal.limit("max-digits " + limits.digits, found + " digits");
            }
        }

        /** The digits of the longest integer read so far. */
        int longest() {
            return longest;
        }

        void bits(long found) throws Refusal {
            bits(BigInteger.valueOf(found));
        }

        void bits(BigInteger found) throws Refusal {
            if (found.compareTo(BigInteger.valueOf(limits.bits)) > 0) {
                throw Refusal.limit("max-bits " + limits.bits, found + " bits");
            }
        }

        /** A common denominator; sums over it are reduced, at a cost quadratic in its length. */
        void denominator(BigInteger common) throws Refusal {
            bits(16L * common.bitLength());
            long words = common.bitLength() / 64 + 1;
            work(words, words);
        }

        /** Integers that are held at once: the product of the factors in 64-bit words. */
        void memory(long... factors) throws Refusal {
            if (product(factors).compareTo(BigInteger.valueOf(limits.memory)) > 0) {
                throw Refusal.limit("max-memory " + limits.memory + " words", product(factors) + " words");
            }
        }

        /** Work about to be done: so many products of integers of left and right words. */
        void work(long left, long right, long... count) throws Refusal {
            units(product(left, right).add(OVERHEAD), count);
        }

        /** Work about to be done: this much each so many times. */
        void units(BigInteger each, long... count) throws Refusal {
            spent = spent.add(product(count).multiply(each));
            if (spent.compareTo(BigInteger.valueOf(limits.work)) > 0) {
                throw Refusal.limit("max-work " + limits.work, spent + " units");
            }
        }

        private static BigInteger product(long... factors) {
            BigInteger product = BigInteger.ONE;
            for (long factor : factors) {
                product = product.multiply(BigInteger.valueOf(factor));
            }
            return product;
        }
    }
}
