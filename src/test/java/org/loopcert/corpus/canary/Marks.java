package org.loopcert.corpus.canary;

import java.util.BitSet;

/** Notes the marked instructions that a run comes by. Runs are on one thread at a time. */
public final class Marks {
    private static final BitSet SEEN = new BitSet();

    private Marks() {}

    static void clear() {
        SEEN.clear();
    }

    static BitSet seen() {
        return (BitSet) SEEN.clone();
    }

    /** Called before a marked instruction. */
    public static void at(int number) {
        SEEN.set(number);
    }
}
