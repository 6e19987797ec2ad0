package org.loopcert.kernel.proof;

import static org.loopcert.kernel.proof.NotProved.require;

import java.util.ArrayList;
import java.util.List;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.Formula.Relation;
import org.loopcert.kernel.proof.NotProved.Reason;
import org.loopcert.kernel.proof.Polynomial.Monomial;

/** Polynomials in one scalar on an interval. */
public final class SturmRules {
    private static final int MAX_DEGREE = 60;

    private SturmRules() {}

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
        @Override
        public String name() {
            return "sturm";
        }

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
            boolean holds = isPositive(coefficients(difference, variable), low, high);
            require(holds, Reason.SIGN, "no root in " + low + " .. " + high + " and a positive value", difference);
            return comparison;
        }

        private static boolean isBound(Theorem.Given given, Term left, Term right) throws IllTyped {
            return given.facts(0).contains(Formula.compare(Relation.AT_MOST, left, right))
                    || given.facts(0).contains(Formula.compare(Relation.BELOW, left, right));
        }

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

        /** Whether it is positive on the closed interval; an end that is null is infinite. */
        static boolean isPositive(List<Fraction> polynomial, Fraction low, Fraction high) {
            if (polynomial.isEmpty()
                    || low != null && high != null && high.subtract(low).signum() < 0) {
                return false;
            }
            List<List<Fraction>> sequence = new ArrayList<>(List.of(polynomial));
            List<Fraction> next = derivative(polynomial);
            while (!next.isEmpty()) {
                sequence.add(next);
                next = negatedRemainder(sequence.get(sequence.size() - 2), next);
            }
            boolean same = variations(sequence, low, false) == variations(sequence, high, true);
            return same && sign(polynomial, low, false) > 0 && sign(polynomial, high, true) > 0;
        }

        private static List<Fraction> derivative(List<Fraction> polynomial) {
            List<Fraction> values = new ArrayList<>();
            for (int i = 1; i < polynomial.size(); i++) {
                values.add(polynomial.get(i).multiply(Fraction.of(i)));
            }
            return values;
        }

        private static List<Fraction> negatedRemainder(List<Fraction> dividend, List<Fraction> divisor) {
            List<Fraction> rest = new ArrayList<>(dividend);
            Fraction leading = divisor.get(divisor.size() - 1);
            for (int shift = dividend.size() - divisor.size(); shift >= 0; shift--) {
                Fraction factor = rest.get(shift + divisor.size() - 1).divide(leading);
                for (int i = 0; i < divisor.size(); i++) {
                    Fraction value = rest.get(shift + i).subtract(factor.multiply(divisor.get(i)));
                    rest.set(shift + i, value);
                }
            }
            rest.replaceAll(Fraction::negate);
            return trimmed(rest);
        }

        private static int variations(List<List<Fraction>> sequence, Fraction at, boolean up) {
            int count = 0;
            int before = 0;
            for (List<Fraction> each : sequence) {
                int sign = sign(each, at, up);
                if (sign != 0) {
                    count += sign * before < 0 ? 1 : 0;
                    before = sign;
                }
            }
            return count;
        }

        /** The sign at a number, or at an infinite end. */
        private static int sign(List<Fraction> polynomial, Fraction at, boolean up) {
            int degree = polynomial.size() - 1;
            if (at == null) {
                int leading = polynomial.get(degree).signum();
                return up || degree % 2 == 0 ? leading : -leading;
            }
            Fraction value = Fraction.ZERO;
            for (int i = degree; i >= 0; i--) {
                value = value.multiply(at).add(polynomial.get(i));
            }
            return value.signum();
        }
    }
}
