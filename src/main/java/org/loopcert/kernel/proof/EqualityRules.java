package org.loopcert.kernel.proof;

import java.util.Optional;
import org.loopcert.kernel.proof.Blocks.BlockMatrix;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.Formula.Relation;
import org.loopcert.kernel.proof.NotProved.Reason;

/** Equality. */
public final class EqualityRules {
    private EqualityRules() {}

    /**
     * Both sides have one normal form, for all dimensions.
     *
     * <pre>
     *   facts    nf(a) = nf(b) under the facts
     *   ------------------------------------- algebra
     *                  a = b
     * </pre>
     *
     * The normal form unfolds definitions, multiplies out blocks and words, and uses the facts: equations rewrite,
     * comparisons give signs, invertibility lets inverses cancel. Every division, root, logarithm, inverse, index and
     * exponent in either side must be shown to be defined. Soundness-critical.
     */
    public record Algebra(Term left, Term right) implements Theorem.Rule {
        @Override
        public Formula conclude(Theorem.Given given) throws NotProved, IllTyped {
            Comparison equality = Formula.compare(Relation.EQUAL, left, right);
            given.context().check(equality);
            Normalizer normalizer = new Normalizer(given.context(), given.facts(0));
            Optional<BlockMatrix> rest = normalizer.disagreement(left, right);
            NotProved.require(
                    rest.isEmpty(), Reason.NOT_EQUAL, "0 as the difference of the two sides", rest.orElse(null));
            return equality;
        }
    }
}
