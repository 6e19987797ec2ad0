package org.loopcert.kernel.proof;

import static org.loopcert.kernel.proof.NotProved.require;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Blocks.BlockMatrix;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.Formula.Relation;
import org.loopcert.kernel.proof.NotProved.Reason;
import org.loopcert.kernel.proof.Polynomial.Monomial;

/** The order of the reals. */
public final class OrderRules {
    private static final Set<Relation> ORDERS = EnumSet.of(Relation.AT_MOST, Relation.BELOW, Relation.LOEWNER);

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
                    Comparison premise = Chain.comparison(given.premise(number));
                    require(ORDERS.contains(premise.relation()), Reason.PREMISE, "an order", premise.relation());
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
                    : has(normalizer.signs(), comparison, difference.get(), strict);
            String found = difference.map(Object::toString).orElse("0");
            require(holds, Reason.SIGN, "0 " + relation.sign() + " right side - left side", found);
            return comparison;
        }

        private boolean has(Signs signs, Comparison comparison, BlockMatrix difference, boolean strict) {
            Polynomial value = difference.get(0, 0);
            if (relation == Relation.LOEWNER) {
                boolean unit = value.terms().keySet().stream()
                        .allMatch(each -> each.word().isEmpty());
                Polynomial scalar = value.map(Shape.SCALAR, each -> Polynomial.scalar(each.powers(), Fraction.ONE));
                return difference.isSingle() && unit && signs.isNonNegative(scalar);
            }
            Optional<LinearForm> integer = comparison.integers();
            return switch (relation) {
                case AT_MOST -> integer.filter(signs::isNonNegative).isPresent() || signs.isNonNegative(value);
                case BELOW ->
                    integer.filter(each -> signs.isNonNegative(each.plus(-1))).isPresent()
                            || strict && signs.isNonNegative(value)
                            || signs.isPositive(value);
                case DIFFERENT -> products.isEmpty() && signs.isNonZero(value);
                default -> false;
            };
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
        public Formula conclude(Theorem.Given given) throws NotProved, IllTyped {
            Comparison all = comparison(given.premise(0));
            for (Theorem each : given.premises().subList(1, given.premises().size())) {
                Comparison next = comparison(each);
                Term middle = all.right();
                require(next.left().equals(middle), Reason.PREMISE, middle.toString(), next.left());
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
            boolean order = Set.of(Relation.AT_MOST, Relation.BELOW).containsAll(List.of(first, second));
            require(order, Reason.PREMISE, "relations that compose", first.sign() + " and " + second.sign());
            return Relation.BELOW;
        }
    }

    /**
     * A polynomial without a root in an interval has the sign that it has at an end.
     *
     * <pre>
     *   p &lt;= x    x &lt;= q    facts    b - a is a polynomial in x, positive on [p, q]
     *   ------------------------------------------------------------------------ sturm
     *                                   a &lt; b
     * </pre>
     *
     * The number of roots is the change of variations in sign of Sturm's sequence (Sturm 1829). Soundness-critical.
     *
     * @param scalar x, a single atom of normal forms
     * @param low p, a number, or null where the interval is unbounded below
     * @param high q, or null
     */
    public record Sturm(Term left, Term right, Term scalar, Fraction low, Fraction high) implements Theorem.Rule {
        private static final int MAX_DEGREE = 60;

        @Override
        public Formula conclude(Theorem.Given given) throws NotProved, IllTyped {
            Comparison comparison = Formula.compare(Relation.BELOW, left, right);
            given.context().check(comparison);
            require(low == null || isBound(given, Term.number(low), scalar), Reason.PREMISE, "the lower bound", low);
            require(high == null || isBound(given, scalar, Term.number(high)), Reason.PREMISE, "the upper bound", high);
            Normalizer normalizer = new Normalizer(given.context(), given.facts(0));
            Polynomial difference = normalizer.scalarDifference(right, left);
            Polynomial value = normalizer.scalarDifference(scalar, Term.number(0));
            boolean atom = value.terms().size() == 1 && value.leading().powers().size() == 1;
            require(atom, Reason.PREMISE, "a single scalar", value);
            Atom variable = value.leading().powers().firstKey();
            require(value.equals(Polynomial.of(variable)), Reason.PREMISE, "a single scalar", value);
            boolean holds = isPositive(coefficients(difference, variable));
            require(holds, Reason.SIGN, "no root in " + low + " .. " + high + " and a positive value", difference);
            return comparison;
        }

        private static boolean isBound(Theorem.Given given, Term left, Term right) throws IllTyped {
            return given.facts(0).contains(Formula.compare(Relation.AT_MOST, left, right))
                    || given.facts(0).contains(Formula.compare(Relation.BELOW, left, right));
        }

        /** By exponents from 0; the last one is not zero. */
        private static List<Fraction> coefficients(Polynomial polynomial, Atom variable) throws NotProved {
            List<Fraction> values = new ArrayList<>(List.of(polynomial.coefficient(Monomial.ONE)));
            for (int i = 1; i <= MAX_DEGREE; i++) {
                values.add(polynomial.coefficient(Monomial.of(variable, LinearForm.of(i))));
            }
            long count = values.stream().filter(each -> each.signum() != 0).count();
            require(count == polynomial.terms().size(), Reason.PREMISE, "a polynomial in one scalar", polynomial);
            return trimmed(values);
        }

        private static List<Fraction> trimmed(List<Fraction> polynomial) {
            int size = polynomial.size();
            while (size > 0 && polynomial.get(size - 1).signum() == 0) {
                size--;
            }
            return List.copyOf(polynomial.subList(0, size));
        }

        /** Whether it is positive on the closed interval. */
        boolean isPositive(List<Fraction> polynomial) {
            if (polynomial.isEmpty()
                    || low != null && high != null && high.subtract(low).signum() < 0) {
                return false;
            }
            List<Fraction> next = new ArrayList<>();
            for (int i = 1; i < polynomial.size(); i++) {
                next.add(polynomial.get(i).multiply(Fraction.of(i)));
            }
            List<List<Fraction>> sequence = new ArrayList<>(List.of(polynomial));
            while (!next.isEmpty()) {
                sequence.add(next);
                next = negatedRemainder(sequence.get(sequence.size() - 2), next);
            }
            List<Integer> atLow =
                    sequence.stream().map(each -> sign(each, low, false)).toList();
            List<Integer> atHigh =
                    sequence.stream().map(each -> sign(each, high, true)).toList();
            return variations(atLow) == variations(atHigh) && atLow.get(0) > 0 && atHigh.get(0) > 0;
        }

        private static List<Fraction> negatedRemainder(List<Fraction> dividend, List<Fraction> divisor) {
            List<Fraction> rest = new ArrayList<>(dividend);
            Fraction leading = divisor.get(divisor.size() - 1);
            for (int shift = dividend.size() - divisor.size(); shift >= 0; shift--) {
                Fraction factor = rest.get(shift + divisor.size() - 1).divide(leading);
                for (int i = 0; i < divisor.size(); i++) {
                    rest.set(shift + i, rest.get(shift + i).subtract(factor.multiply(divisor.get(i))));
                }
            }
            rest.replaceAll(Fraction::negate);
            return trimmed(rest);
        }

        /** How often the sign changes, zeros left out. */
        private static int variations(List<Integer> signs) {
            List<Integer> others = signs.stream().filter(each -> each != 0).toList();
            int count = 0;
            for (int i = 1; i < others.size(); i++) {
                count += others.get(i) * others.get(i - 1) < 0 ? 1 : 0;
            }
            return count;
        }

        /** The sign at a number, or at an infinite end, above or below. */
        private static int sign(List<Fraction> polynomial, Fraction at, boolean above) {
            int degree = polynomial.size() - 1;
            if (at == null) {
                int leading = polynomial.get(degree).signum();
                return above || degree % 2 == 0 ? leading : -leading;
            }
            Fraction value = Fraction.ZERO;
            for (int i = degree; i >= 0; i--) {
                value = value.multiply(at).add(polynomial.get(i));
            }
            return value.signum();
        }
    }
}
