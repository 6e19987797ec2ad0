package org.loopcert.testing;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.loopcert.kernel.Kernel;

/**
 * The identifiers that a certificate can establish. An assertion that names any other is a mistake of the test: without
 * this check a misspelt {@code doesNotEstablish} would pass for ever.
 */
final class Statements {
    /** Rules whose conclusions have an identifier of another name, and those that establish nothing. */
    private static final Set<String> RULES_ONLY = Set.of(
            "symbolic-attention",
            "replay",
            "contraction-small-steps",
            "contraction-constant",
            "contraction-schedule",
            "non-contraction-constant",
            "non-contraction-schedule",
            "error-by-replay",
            "error-by-powering",
            "unmet");

    static final Set<String> IDS = ids();

    private Statements() {}

    private static Set<String> ids() {
        Set<String> ids = new TreeSet<>(Kernel.ruleNames());
        ids.removeAll(RULES_ONLY);
        ids.addAll(List.of("step-equivalence", "contraction", "non-contraction", "error-value"));
        return Collections.unmodifiableSet(ids);
    }

    static List<String> require(String... ids) {
        if (ids.length == 0) {
            throw new IllegalArgumentException("expected at least one id of a statement, found none");
        }
        for (String id : ids) {
            if (!IDS.contains(id)) {
                throw new IllegalArgumentException("expected ids of statements, of " + IDS + ", found " + id);
            }
        }
        return Arrays.asList(ids);
    }
}
