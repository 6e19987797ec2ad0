package org.loopcert.reproduce;

import java.util.List;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/** Placeholder of a draft. */
public final class Masks {
    private Masks() {}

    /** Steps. */
    public static int work() {
        return 1;
    }

    /** Runs. */
    public static Reproduction run(IntConsumer progress) {
        return new Reproduction("masks", "", List.of(), List.of(), List.of(), r -> new TreeMap<>());
    }
}
