package org.loopcert.drift;

import java.util.Locale;

/** How the terms of a sum of products are brought together; every partial sum is rounded. */
public sealed interface Summation {
    /** From 0 and from left to right. */
    Summation SEQUENTIAL = new Sequential();

    /** Neighbours are added, then neighbouring sums, and so on; a last one without neighbour waits (HIGHAM2002, 4.1). */
    Summation PAIRWISE = new Pairwise();

    /** Blocks of so many terms, each from 0 and left to right, then the sums of the blocks in the same way. */
    static Summation blocked(int size) {
        return new Blocked(size);
    }

    /**
     * Reads {@code sequential}, {@code pairwise} or {@code blocked:K}, in any case.
     *
     * @throws IllegalArgumentException for any other text, or a K that is not from 1 to 2^31 - 1
     */
    static Summation parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        String blocked = "blocked:";
        if (lower.equals("sequential")) {
            return SEQUENTIAL;
        }
        if (lower.equals("pairwise")) {
            return PAIRWISE;
        }
        if (lower.matches(blocked + "[1-9][0-9]{0,9}")) {
            long size = Long.parseLong(lower.substring(blocked.length()));
            if (size <= Integer.MAX_VALUE) {
                return blocked((int) size);
            }
        }
        throw new IllegalArgumentException(
                "expected sequential, pairwise or blocked:K with a K from 1 to " + Integer.MAX_VALUE + ", got " + text);
    }

    /** See {@link #SEQUENTIAL}. */
    record Sequential() implements Summation {
        @Override
        public String toString() {
            return "sequential";
        }
    }

    /** See {@link #PAIRWISE}. */
    record Pairwise() implements Summation {
        @Override
        public String toString() {
            return "pairwise";
        }
    }

    /**
     * See {@link #blocked}.
     *
     * @param size the terms of a block, at least 1
     */
    record Blocked(int size) implements Summation {
        /** Requires a size of at least 1. */
        public Blocked {
            if (size < 1) {
                throw new IllegalArgumentException("expected blocks of at least 1 term, got " + size);
            }
        }

        @Override
        public String toString() {
            return "blocked:" + size;
        }
    }
}
