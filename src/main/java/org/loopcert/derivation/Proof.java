package org.loopcert.derivation;

import java.util.List;

/** How a statement is proved. */
public sealed interface Proof {
    /** Chains and intermediate facts, in order; the last is to give the statement. */
    record Items(List<Item> items) implements Proof {
        public Items {
            items = List.copyOf(items);
        }
    }

    /**
     * By induction.
     *
     * @param variable the free integer variable of the context that the base and the step use for the bound one
     * @param shown the same as the user wrote it
     * @param place of {@code proof}
     * @param base at the lower bound of the variable
     * @param step from the variable to the next integer
     */
    record Induction(String variable, String shown, Place place, Items base, Items step) implements Proof {}
}
