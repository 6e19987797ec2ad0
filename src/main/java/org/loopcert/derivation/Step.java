package org.loopcert.derivation;

import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Term;

/**
 * A step of a chain: the term before it stands in the relation to this term.
 *
 * @param reversed whether the sign is {@code >=}, {@code >} or {@code >>=}: then this term stands in the relation to the
 *     one before it
 * @param place of the sign
 * @param text sign and term as the user wrote them, on one line
 */
public record Step(
        Formula.Relation relation,
        boolean reversed,
        Elaborated<Term> term,
        Justification by,
        Place place,
        String text) {}
