package org.loopcert.kernel.proof;

import java.util.List;
import java.util.Set;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.Formula.Relation;
import org.loopcert.kernel.proof.NotProved.Reason;

/** The order of the reals. */
public final class OrderRules {
    private OrderRules() {}

    /**
     * The sign of the difference.
     *
     * <pre>
     *   facts    b - a is a sum of terms of known sign
     *   ---------------------------------------------- sign
     *        a &lt;= b    (a &lt; b, a != b alike)
     * </pre>
     *
     * A term is at least zero by its even exponents, by what it denotes (norms, roots, exponentials, v'v), by a bound
     * of its integers, or by a fact; a fact may be subtracted first. Soundness-critical.
     */
    public record Sign(Relation relation, Term left, Term right) implements Theorem.Rule {
        @Override
        public String name() {
            return "sign";
        }

        @Override
        public Formula conclude(Theorem.Given given) throws NotProved, IllTyped {
            Comparison comparison = Formula.compare(relation, left, right);
            given.context().check(comparison);
            Normalizer normalizer = new Normalizer(given.context(), given.facts(0));
            Signs signs = normalizer.signs();
            NotProved.require(
                    relation != Relation.EQUAL && relation != Relation.LOEWNER,
                    Reason.PREMISE,
                    "an order of scalars",
                    relation.sign());
            Polynomial difference = normalizer.scalarDifference(right, left);
            boolean holds =
                    switch (relation) {
                        case AT_MOST -> signs.isNonNegative(difference);
                        case BELOW -> signs.isPositive(difference);
                        default -> signs.isNonZero(difference) || signs.isPositive(difference.scale(Fraction.of(-1)));
                    };
            NotProved.require(holds, Reason.SIGN, "0 " + relation.sign() + " right side - left side", difference);
            return comparison;
        }
    }

    /**
     * Transitivity.
     *
     * <pre>
     *   a R b    b S c    ...
     *   --------------------- chain
     *        a (R S ...) z
     * </pre>
     *
     * The result is strict if a premise is, an equality if all are. The terms must be the same as written. The Loewner
     * order goes with itself and with equality; a difference with equalities. Soundness-critical.
     */
    public record Chain() implements Theorem.Rule {
        @Override
        public String name() {
            return "chain";
        }

        @Override
        public Formula conclude(Theorem.Given given) throws NotProved, IllTyped {
            Comparison all = comparison(given.premise(0));
            for (Theorem each : given.premises().subList(1, given.premises().size())) {
                Comparison next = comparison(each);
                NotProved.require(
                        all.right().equals(next.left()),
                        Reason.PREMISE,
                        all.right().toString(),
                        next.left());
                all = Formula.compare(compose(all.relation(), next.relation()), all.left(), next.right());
            }
            return all;
        }

        private static Comparison comparison(Theorem theorem) throws NotProved {
            if (theorem.formula() instanceof Comparison comparison) {
                return comparison;
            }
            throw NotProved.of(Reason.PREMISE, "a comparison", theorem.formula());
        }

        private static Relation compose(Relation first, Relation second) throws NotProved {
            if (first == Relation.EQUAL || first == second && first != Relation.DIFFERENT) {
                return second;
            }
            if (second == Relation.EQUAL) {
                return first;
            }
            NotProved.require(
                    Set.copyOf(List.of(first, second)).equals(Set.of(Relation.AT_MOST, Relation.BELOW)),
                    Reason.PREMISE,
                    "relations that compose",
                    first.sign() + " and " + second.sign());
            return Relation.BELOW;
        }
    }
}
