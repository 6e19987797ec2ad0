package org.loopcert.corpus.canary;

/**
 * Counts the backward jumps of a broken kernel and ends the check that has made too many, so that a canary whose loop
 * lost its end stops on every machine at the same place. Broken kernels run on one thread at a time.
 */
public final class Fuel {
    private static long used;
    private static long allowed;

    private Fuel() {}

    /** The end of a check that made more backward jumps than it was given. */
    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Exhausted() {
            super("out of fuel", null, false, false);
        }
    }

    static void fill(long jumps) {
        used = 0;
        allowed = jumps;
    }

    static long used() {
        return used;
    }

    /** Called before every backward jump of a kernel loaded by {@link CanaryKernel}. */
    public static void burn() {
        used++;
        if (used > allowed) {
            throw new Exhausted();
        }
    }
}
