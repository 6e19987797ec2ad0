package org.loopcert.derivation;

import java.util.Optional;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Term;
import org.loopcert.matrix.Matrix;

/** What terms and formulas come to at values. The search asks; it decides nothing itself. */
interface Judge {
    /** Whether a formula holds. */
    enum Answer {
        TRUE,
        FALSE,
        /** Undefined, not decided, or in need of a value that is not there. */
        NONE
    }

    /** The value of a term, if it is defined and rational. */
    Optional<Matrix<Fraction>> value(Instance instance, Term term);

    Answer truth(Instance instance, Formula formula);
}
