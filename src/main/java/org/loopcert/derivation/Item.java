package org.loopcert.derivation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Term;

/** A part of a proof. */
public sealed interface Item {
    Place place();

    String text();

    /**
     * A term and steps from it.
     *
     * @param text the first term as the user wrote it
     */
    record Chain(Place place, String text, Elaborated<Term> first, List<Step> steps) implements Item {
        public Chain {
            steps = List.copyOf(steps);
        }
    }

    /**
     * An intermediate fact.
     *
     * @param name as given, or empty
     * @param fixed see {@link Statement#fixed()}
     */
    record Have(
            String name,
            Elaborated<Formula> formula,
            Map<String, String> fixed,
            Place place,
            String text,
            Justification by,
            Optional<Proof> proof)
            implements Item {
        public Have {
            fixed = Statement.ordered(fixed);
        }
    }
}
