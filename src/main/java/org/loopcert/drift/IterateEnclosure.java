package org.loopcert.drift;

import java.util.List;

/**
 * Rigorous enclosures of the entries of theta(loop), or of its error where so stated.
 *
 * @param loop t
 * @param entries one enclosure an entry
 */
public record IterateEnclosure(long loop, List<Enclosure> entries) {
    /** Copies the entries. */
    public IterateEnclosure {
        entries = List.copyOf(entries);
    }
}
