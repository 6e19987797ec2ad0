package org.loopcert.reproduce;

import java.util.List;

/**
 * A verdict on one observation in one arithmetic.
 *
 * @param id short name, unique in a reproduction
 * @param claim the observation, quantified
 * @param arithmetic {@code exact} or {@code binary64}
 * @param outcome whether it holds for what was computed
 * @param words what was found: how many, where first, by how much
 * @param certificates the files, relative to the output folder, that the finding rests on
 */
public record Finding(
        String id, String claim, String arithmetic, Outcome outcome, String words, List<String> certificates) {
    static final String EXACT = "exact";
    static final String BINARY64 = "binary64";

    /** Copies the list. */
    public Finding {
        certificates = List.copyOf(certificates);
    }
}
