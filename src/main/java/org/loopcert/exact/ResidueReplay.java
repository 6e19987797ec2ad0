package org.loopcert.exact;

import java.math.BigInteger;

/**
 * The attention's side of {@link DigitReplay} modulo a prime: Q_{t+1} = W_t Q_t - XI' (XI p_t Q_t + YI p_t U_t) in residues,
 * one of each integer.
 */
final class ResidueReplay {
    private final PrimeModulus modulus;
    private final ResidueMatrix examples;
    private final long[] labels;
    private final long[] query;
    private final long[] scaled;
    private final long[] score;
    private final long[] attention;
    private long unit;

    ResidueReplay(PrimeModulus modulus, IntegerMatrix x, IntegerVector y, IntegerVector query, BigInteger unit) {
        this.modulus = modulus;
        this.examples = ResidueMatrix.of(modulus, x);
        this.labels = modulus.reduce(y);
        this.query = modulus.reduce(query);
        this.unit = modulus.reduce(unit);
        scaled = new long[query.size()];
        score = new long[y.size()];
        attention = new long[query.size()];
    }

    /** One loop with eta_t = p_t / r_t and W_t. */
    void advance(BigInteger numerator, BigInteger scale) {
        long p = modulus.reduce(numerator);
        long w = modulus.reduce(scale);
        System.arraycopy(query, 0, scaled, 0, query.length);
        modulus.scale(scaled, p);
        examples.multiply(scaled, score);
        modulus.addMultiple(score, modulus.multiply(p, unit), labels);
        examples.transposeMultiply(score, attention);
        modulus.scale(query, w);
        modulus.addMultiple(query, modulus.negate(1), attention);
        unit = modulus.multiply(w, unit);
    }

    /**
     * Compares with the exact integers.
     *
     * @throws IllegalStateException if they differ
     */
    void check(ModularCheck check, DigitVector exact, int loops) {
        long[] found = new long[query.length];
        for (int j = 0; j < found.length; j++) {
            found[j] = modulus.reduceDigits(exact.low[j], exact.high[j], exact.length(), Digits.BITS);
        }
        check.requireEqual("q(" + loops + ")", modulus, query, found);
    }
}
