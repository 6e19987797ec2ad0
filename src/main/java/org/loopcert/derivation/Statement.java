package org.loopcert.derivation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.loopcert.kernel.proof.Formula;

/**
 * A lemma or claim.
 *
 * @param name as given, or claim1, lemma2, ... by position
 * @param fixed for a statement {@code for all}: the name of each variable bound in its formula, and the free name of the
 *     context that its proof uses for it
 * @param place of the keyword
 * @param text the formula as the user wrote it, on one line
 * @param by what the statement itself is justified by, where it has no proof
 */
public record Statement(
        Kind kind,
        String name,
        Elaborated<Formula> formula,
        Map<String, String> fixed,
        Place place,
        String text,
        Optional<Proof> proof,
        Justification by) {
    /** A lemma helps; a claim is what the derivation is for. */
    public enum Kind {
        LEMMA,
        CLAIM
    }

    public Statement {
        fixed = ordered(fixed);
    }

    static Map<String, String> ordered(Map<String, String> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
