package org.loopcert.kernel.proof;

import static org.loopcert.kernel.proof.NotProved.require;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Blocks.BlockMatrix;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.Formula.Relation;
import org.loopcert.kernel.proof.NotProved.Reason;

/** The order of the reals. */
public final class OrderRules {
    private OrderRules() {}

    /** A positive number times the product of right - left over comparisons among the premises, by their numbers. */
    public record Product(Fraction weight, List<Integer> premises) {
        public Product {
            premises = List.copyOf(premises);
        }
    }

    /**
     * The sign of the difference.
     *
     * <pre>
     *   l_1 R r_1  ...  facts    b - a - sum of w (r_i - l_i) ... (r_j - l_j) is a sum of terms of known sign
     *   ------------------------------------------------------------------------------------------- sign
     *                    a &lt;= b    (a &lt; b, a != b, A &lt;&lt;= B alike)
     * </pre>
     *
     * A product of numbers of at least zero is at least zero. A term is at least zero by its even exponents, by what it
     * denotes (norms, roots, exponentials, v'v), by a bound of its integers, or by a fact; a fact may be subtracted
     * first. In the Loewner order each product has one factor that is an order of matrices, the others are scalars, and
     * what remains is a multiple of I by a number of at least zero. Soundness-critical.
     */
    public record Sign(Relation relation, Term left, Term right, List<Product> products) implements Theorem.Rule {
        public Sign {
            products = List.copyOf(products);
        }

        /** With nothing subtracted. */
        public Sign(Relation relation, Term left, Term right) {
            this(relation, left, right, List.of());
        }

        @Override
        public String name() {
            return products.isEmpty() ? "sign" : "combination";
        }

        @Override
        public Formula conclude(Theorem.Given given) throws NotProved, IllTyped {
            Comparison comparison = Formula.compare(relation, left, right);
            given.context().check(comparison);
            require(relation != Relation.EQUAL, Reason.PREMISE, "an order", relation.sign());
            Normalizer normalizer = new Normalizer(given.context(), given.facts(0));
            Term rest = Term.subtract(right, left);
            boolean strict = false;
            for (Product each : products) {
                require(each.weight().signum() > 0, Reason.SIGN, "a positive weight", each.weight());
                List<Term> factors = new ArrayList<>(List.of(Term.number(each.weight())));
                boolean positive = true;
                int matrices = 0;
                for (int number : each.premises()) {
                    Comparison premise = order(given.premise(number));
                    matrices += premise.relation() == Relation.LOEWNER ? 1 : 0;
                    positive &= premise.relation() == Relation.BELOW;
                    factors.add(Term.subtract(premise.right(), premise.left()));
                }
                boolean fits = matrices == (relation == Relation.LOEWNER ? 1 : 0);
                require(fits, Reason.PREMISE, "an order of matrices in each product", matrices);
                strict |= positive;
                rest = Term.subtract(rest, Term.product(factors));
            }
            // empty where it is zero once denominators are multiplied out
            Optional<BlockMatrix> difference = normalizer.disagreement(rest, Term.zero(rest.shape()));
            boolean holds = difference.isEmpty()
                    ? relation == Relation.AT_MOST
                            || relation == Relation.LOEWNER
                            || strict && relation == Relation.BELOW
                    : has(normalizer.signs(), difference.get(), strict);
            require(
                    holds,
                    Reason.SIGN,
                    "0 " + relation.sign() + " right side - left side",
                    difference.map(Object::toString).orElse("0"));
            return comparison;
        }

        private boolean has(Signs signs, BlockMatrix difference, boolean strict) throws NotProved {
            if (relation == Relation.LOEWNER) {
                boolean unit = difference.isSingle()
                        && difference.get(0, 0).terms().keySet().stream()
                                .allMatch(each -> each.word().isEmpty());
                return unit
                        && signs.isNonNegative(difference
                                .get(0, 0)
                                .map(Shape.SCALAR, each -> Polynomial.scalar(each.powers(), Fraction.ONE)));
            }
            Polynomial value = difference.get(0, 0);
            if (left.asInteger().isPresent() && right.asInteger().isPresent()) {
                LinearForm form =
                        right.asInteger().get().subtract(left.asInteger().get());
                if (relation == Relation.AT_MOST && signs.isNonNegative(form)
                        || relation == Relation.BELOW && signs.isNonNegative(form.plus(-1))) {
                    return true;
                }
            }
            return switch (relation) {
                case AT_MOST -> signs.isNonNegative(value);
                case BELOW -> strict && signs.isNonNegative(value) || signs.isPositive(value);
                case DIFFERENT -> products.isEmpty() && signs.isNonZero(value);
                default -> false;
            };
        }
    }

    /** The premise as an order of scalars or of matrices. */
    private static Comparison order(Theorem premise) throws NotProved {
        Comparison comparison = Chain.comparison(premise);
        Relation relation = comparison.relation();
        boolean order = relation == Relation.AT_MOST || relation == Relation.BELOW || relation == Relation.LOEWNER;
        require(order, Reason.PREMISE, "an order", relation.sign());
        return comparison;
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
                require(
                        all.right().equals(next.left()),
                        Reason.PREMISE,
                        all.right().toString(),
                        next.left());
                all = Formula.compare(compose(all.relation(), next.relation()), all.left(), next.right());
            }
            return all;
        }

        static Comparison comparison(Theorem theorem) throws NotProved {
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
            require(
                    Set.copyOf(List.of(first, second)).equals(Set.of(Relation.AT_MOST, Relation.BELOW)),
                    Reason.PREMISE,
                    "relations that compose",
                    first.sign() + " and " + second.sign());
            return Relation.BELOW;
        }
    }
}
