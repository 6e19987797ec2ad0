package org.loopcert.exact;

import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The cross-check of an exact computation modulo two random primes of 61 bits: the same quantities
 * are computed again modulo each, in another way, and compared. It finds a fault of the exact
 * engine with a probability that falls short of one by less than 2^-50 for numbers up to a million
 * bits; it proves nothing, and no certificate rests on it.
 *
 * <p>The primes follow from the seed alone, so that a run can be repeated.
 */
public final class ModularCheck {
    private final long seed;
    private final List<PrimeModulus> moduli;

    private ModularCheck(long seed, List<PrimeModulus> moduli) {
        this.seed = seed;
        this.moduli = moduli;
    }

    /** The two different primes drawn from a seed. */
    public static ModularCheck of(long seed) {
        Random random = new Random(seed); // its algorithm is part of its specification
        PrimeModulus first = draw(random);
        PrimeModulus second = draw(random);
        while (second.equals(first)) {
            second = draw(random);
        }
        return new ModularCheck(seed, List.of(first, second));
    }

    /** The least prime from a random number of 61 bits on, or the next draw where it is longer. */
    private static PrimeModulus draw(Random random) {
        while (true) {
            long top = 1L << PrimeModulus.BITS - 1;
            for (long n = top | random.nextLong() & top - 1 | 1; n >>> PrimeModulus.BITS == 0; n += 2) {
                Optional<PrimeModulus> modulus = PrimeModulus.find(n);
                if (modulus.isPresent()) {
                    return modulus.get();
                }
            }
        }
    }

    /** What the primes were drawn from. */
    public long seed() {
        return seed;
    }

    /** The two moduli. */
    public List<PrimeModulus> moduli() {
        return moduli;
    }

    /**
     * Compares residues.
     *
     * @param what names the quantity, for the message
     * @param expected by the modular computation
     * @param found the reduced exact result
     * @throws IllegalStateException if they differ
     */
    public void requireEqual(String what, PrimeModulus modulus, long expected, long found) {
        if (expected != found) {
            throw new IllegalStateException("the modular cross-check failed: " + what + " is " + found + " " + modulus
                    + ", expected " + expected + " (seed " + seed + ")");
        }
    }

    /**
     * Compares vectors of residues.
     *
     * @throws IllegalStateException if they differ, naming the first entry that does
     */
    public void requireEqual(String what, PrimeModulus modulus, long[] expected, long[] found) {
        if (expected.length != found.length) {
            throw new IllegalStateException("the modular cross-check failed: " + what + " has " + found.length
                    + " entries, expected " + expected.length);
        }
        for (int i = 0; i < expected.length; i++) {
            if (expected[i] != found[i]) {
                requireEqual("entry " + i + " of " + what, modulus, expected[i], found[i]);
            }
        }
    }
}
