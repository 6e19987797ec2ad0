package org.loopcert.exact;

import java.math.BigInteger;

/**
 * The attention's side of {@link DigitReplay} modulo a prime: Q_{t+1} = W_t Q_t - XI' (XI p_t Q_t + YI p_t U_t) in residues,
 * one of each integer. Where there are many loops, XI'XI and XI'YI modulo the prime are formed first.
 */
final class ResidueReplay {
    private final PrimeModulus modulus;

    /** XI'XI, or XI where the factors are multiplied one after the other. */
    private final ResidueMatrix matrix;

    private final boolean gram;

    /** XI'YI or YI. */
    private final long[] constants;

    private final long[] query;
    private final long[] scaled;
    private final long[] score;
    private final long[] attention;
    private long unit;

    ResidueReplay(
            PrimeModulus modulus, IntegerMatrix x, IntegerVector y, IntegerVector query, BigInteger unit, int loops) {
        this.modulus = modulus;
        double n = x.rows();
        double d = x.columns();
        ResidueMatrix examples = ResidueMatrix.of(modulus, x);
        long[] labels = modulus.reduce(y);
        gram = n * (d + 1) / 2 + d * loops < 2 * n * loops;
        if (gram) {
            matrix = examples.gram();
            constants = new long[query.size()];
            examples.transposeMultiply(labels, constants);
        } else {
            matrix = examples;
            constants = labels;
        }
        this.query = modulus.reduce(query);
        this.unit = modulus.reduce(unit);
        scaled = new long[query.size()];
        score = new long[constants.length];
        attention = new long[query.size()];
    }

    /** One loop with eta_t = p_t / r_t and W_t. */
    void advance(BigInteger numerator, BigInteger scale) {
        long p = modulus.reduce(numerator);
        long w = modulus.reduce(scale);
        System.arraycopy(query, 0, scaled, 0, query.length);
        modulus.scale(scaled, p);
        matrix.multiply(scaled, score);
        modulus.addMultiple(score, modulus.multiply(p, unit), constants);
        long[] update = score;
        if (!gram) {
            matrix.transposeMultiply(score, attention);
            update = attention;
        }
        modulus.scale(query, w);
        modulus.addMultiple(query, modulus.negate(1), update);
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
            int end = Digits.FRONT + exact.length();
            found[j] = modulus.reduceDigits(exact.low[j], exact.high[j], Digits.FRONT, end, Digits.BITS);
        }
        check.requireEqual("q(" + loops + ")", modulus, query, found);
    }
}
