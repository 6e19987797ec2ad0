package org.loopcert.benchmark;

import java.util.function.LongSupplier;

/** Something of ours that does one of the benchmark's works and is measured beside the peers. */
interface Contender {

    /** What is measured. */
    enum Work {
        /** Task R: T loops of attention and of gradient descent, exact, compared and bounded at every t. */
        REPLAY("R", true),
        /** Task C: a certificate by theorem, found and written. */
        CERTIFY("C", false),
        /** Task K: a certificate checked by the kernel. */
        CHECK("K", false),
        /** X'X, exact. */
        GRAM("G", true);

        final String letter;

        /** Whether every contender's checksum must be the same. */
        final boolean comparable;

        Work(String letter, boolean comparable) {
            this.letter = letter;
            this.comparable = comparable;
        }
    }

    /** What the row is called. */
    String name();

    /** A short name without blanks. */
    String option();

    Work work();

    /**
     * Makes the input ready, which is not measured.
     *
     * @param threads how many threads may be used
     * @return what is measured: does the work from X and y as doubles on, throws if a check fails, and returns the checksum
     *     of theta(T) or of X'X, zero where the work has none
     */
    LongSupplier prepare(BenchmarkTask task, int threads);
}
