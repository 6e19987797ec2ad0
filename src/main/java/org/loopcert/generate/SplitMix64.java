package org.loopcert.generate;

/**
 * The generator of Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (OOPSLA
 * 2014), written out so that a seed means the same instance in every release of Java.
 */
final class SplitMix64 {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    SplitMix64(long seed) {
        this.state = seed;
    }

    long nextLong() {
        state += GOLDEN_GAMMA;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** Uniform in 0 to bound - 1, without bias: the incomplete last block of 63-bit values is cut. */
    int below(int bound) {
        long usable = Long.MAX_VALUE - Long.MAX_VALUE % bound;
        long bits;
        do {
            bits = nextLong() >>> 1;
        } while (bits >= usable);
        return (int) (bits % bound);
    }

    /** Uniform in low to high, both included. */
    int between(int low, int high) {
        return low + below(high - low + 1);
    }

    /**
     * A standard normal number by Marsaglia's polar method; StrictMath's logarithm and square root
     * give the same bits everywhere. The second number of each pair is not used.
     */
    double nextGaussian() {
        while (true) {
            double u = 2 * unit() - 1;
            double v = 2 * unit() - 1;
            double s = u * u + v * v;
            if (s > 0 && s < 1) {
                return u * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
            }
        }
    }

    private double unit() {
        return (nextLong() >>> 11) * 0x1p-53;
    }
}
