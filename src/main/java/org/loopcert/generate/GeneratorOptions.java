package org.loopcert.generate;

import ch.obermuhlner.math.big.BigRational;
import java.util.Objects;
import java.util.Optional;
import org.loopcert.input.Problem;
import org.loopcert.ring.RationalField;

/**
 * What to generate. Combinations that no X satisfies, or that a family does not offer, are refused.
 *
 * @param family how X is made
 * @param examples n, at least 1
 * @param features d, at least 1
 * @param seed of the random numbers; the same options and seed give the same instance
 * @param kappa condition number of G = X'X on the row space, at least 1; required by and only for
 *     {@link Family#SPECTRUM}
 * @param noise |y - X theta*|, at least 0
 * @param rank of X; default min(n - duplicates, d)
 * @param duplicates number of rows, at the end of X, that repeat earlier rows
 * @param alpha query, not zero
 * @param loops T, at least 0
 * @param fractionBits binary places of Gaussian entries, 0 to 48
 */
public record GeneratorOptions(
        Family family,
        int examples,
        int features,
        long seed,
        Optional<BigRational> kappa,
        BigRational noise,
        Optional<Integer> rank,
        int duplicates,
        BigRational alpha,
        long loops,
        int fractionBits) {

    /** Binary places of Gaussian entries where nothing else is said. */
    public static final int DEFAULT_FRACTION_BITS = 16;

    private static final int MAX_ENTRIES = 10_000_000;
    private static final int MAX_KAPPA_BITS = 1024;

    /**
     * Checks the combination.
     *
     * @throws IllegalArgumentException naming the option, what was expected and what was found
     */
    public GeneratorOptions {
        Objects.requireNonNull(family);
        kappa = kappa.map(RationalField::canonical);
        noise = RationalField.canonical(noise);
        alpha = RationalField.canonical(alpha);
        require(examples >= 1, "--n", "at least 1", examples);
        require(features >= 1, "--d", "at least 1", features);
        require(
                (long) examples * features <= MAX_ENTRIES,
                "--n times --d",
                "at most " + MAX_ENTRIES,
                (long) examples * features);
        require(noise.signum() >= 0, "--noise", "at least 0", show(noise));
        require(alpha.signum() != 0, "--query", "a nonzero alpha", "0");
        require(loops >= 0, "--loops", "at least 0", loops);
        require(fractionBits >= 0 && fractionBits <= 48, "--bits", "from 0 to 48", fractionBits);
        require(
                duplicates >= 0 && duplicates < examples,
                "--duplicates",
                "from 0 to n - 1 = " + (examples - 1),
                duplicates);
        int largest = Math.min(examples - duplicates, features);
        if (rank.isPresent()) {
            require(
                    rank.get() >= 1 && rank.get() <= largest,
                    "--rank",
                    "from 1 to min(n - duplicates, d) = " + largest,
                    rank.get());
        }
        boolean prescribed = family == Family.SPECTRUM || family == Family.ORTHOGONAL;
        require(
                !prescribed || duplicates == 0,
                "--duplicates",
                "0, since the family " + family.label() + " prescribes the spectrum",
                duplicates);
        if (family == Family.SPECTRUM) {
            require(kappa.isPresent(), "--kappa", "a condition number for the family spectrum", "none");
            BigRational value = kappa.get();
            require(value.compareTo(BigRational.ONE) >= 0, "--kappa", "at least 1", show(value));
            require(
                    value.getNumeratorBigInteger().bitLength()
                                    + value.getDenominatorBigInteger().bitLength()
                            <= MAX_KAPPA_BITS,
                    "--kappa",
                    "at most " + MAX_KAPPA_BITS + " bits",
                    "more");
            require(
                    value.equals(BigRational.ONE) || rank.orElse(largest) > 1,
                    "--kappa",
                    "1 at rank 1, where G has one positive eigenvalue",
                    show(value));
        } else {
            boolean one = kappa.isPresent() && kappa.get().equals(BigRational.ONE);
            require(
                    kappa.isEmpty() || family == Family.ORTHOGONAL && one,
                    "--kappa",
                    family == Family.ORTHOGONAL
                            ? "1 for the family orthogonal"
                            : "none for the family " + family.label() + " (the family spectrum prescribes it)",
                    kappa.map(GeneratorOptions::show).orElse(""));
        }
    }

    /** Full rank, no noise, no duplicates, alpha = 1, T = 200; the family must need no kappa. */
    public static GeneratorOptions of(Family family, int examples, int features, long seed) {
        return plain(family, examples, features, seed, Optional.empty());
    }

    /** {@link Family#SPECTRUM} with a condition number; otherwise as {@link #of}. */
    public static GeneratorOptions spectrum(int examples, int features, long seed, BigRational kappa) {
        return plain(Family.SPECTRUM, examples, features, seed, Optional.of(kappa));
    }

    private static GeneratorOptions plain(
            Family family, int examples, int features, long seed, Optional<BigRational> kappa) {
        return new GeneratorOptions(
                family,
                examples,
                features,
                seed,
                kappa,
                BigRational.ZERO,
                Optional.empty(),
                0,
                BigRational.ONE,
                Problem.DEFAULT_LOOPS,
                DEFAULT_FRACTION_BITS);
    }

    /** The rank that X will have. */
    public int effectiveRank() {
        return rank.orElse(Math.min(examples - duplicates, features));
    }

    /** With noise of this Euclidean norm on the labels. */
    public GeneratorOptions withNoise(BigRational norm) {
        return new GeneratorOptions(
                family, examples, features, seed, kappa, norm, rank, duplicates, alpha, loops, fractionBits);
    }

    /** With this rank. */
    public GeneratorOptions withRank(int value) {
        return new GeneratorOptions(
                family,
                examples,
                features,
                seed,
                kappa,
                noise,
                Optional.of(value),
                duplicates,
                alpha,
                loops,
                fractionBits);
    }

    /** With this many repeated rows. */
    public GeneratorOptions withDuplicates(int rows) {
        return new GeneratorOptions(
                family, examples, features, seed, kappa, noise, rank, rows, alpha, loops, fractionBits);
    }

    /** With this query. */
    public GeneratorOptions withAlpha(BigRational query) {
        return new GeneratorOptions(
                family, examples, features, seed, kappa, noise, rank, duplicates, query, loops, fractionBits);
    }

    /** With this many loops. */
    public GeneratorOptions withLoops(long count) {
        return new GeneratorOptions(
                family, examples, features, seed, kappa, noise, rank, duplicates, alpha, count, fractionBits);
    }

    /** With this many binary places of Gaussian entries. */
    public GeneratorOptions withFractionBits(int bits) {
        return new GeneratorOptions(
                family, examples, features, seed, kappa, noise, rank, duplicates, alpha, loops, bits);
    }

    private static String show(BigRational value) {
        return RationalField.INSTANCE.show(value);
    }

    private static void require(boolean holds, String option, String expected, Object found) {
        if (!holds) {
            throw new IllegalArgumentException(option + ": expected " + expected + ", found " + found);
        }
    }
}
