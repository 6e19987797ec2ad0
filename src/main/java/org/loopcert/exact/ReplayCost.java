package org.loopcert.exact;

/**
 * What a replay will cost, bounded before it runs, so that a caller can refuse it.
 *
 * @param bits upper bound of the bit length of any integer in the last iterate, before reduction
 * @param wordMultiplications upper bound of 64-bit word multiplications by the schoolbook method;
 *     saturates at {@link Long#MAX_VALUE}
 */
public record ReplayCost(long bits, long wordMultiplications) {

    /**
     * Cost of {@code loops} steps whose operands grow from {@code start} by at most {@code growth}.
     */
    static ReplayCost of(long start, long growth, int loops, long operationsPerStep, long factorBits) {
        long bits = saturatingAdd(start, saturatingMultiply(growth, loops));
        long words = bits / 64 + 1;
        long perStep = saturatingMultiply(operationsPerStep, saturatingMultiply(words, factorBits / 64 + 1));
        return new ReplayCost(bits, saturatingMultiply(perStep, loops));
    }

    private static long saturatingAdd(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    /** For non-negative factors. */
    private static long saturatingMultiply(long a, long b) {
        return a != 0 && b > Long.MAX_VALUE / a ? Long.MAX_VALUE : a * b;
    }
}
