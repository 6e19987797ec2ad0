package org.loopcert.kernel.proof;

import static org.loopcert.kernel.proof.NotProved.require;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
     *   0 &lt; m    p &lt;= x    x &lt;= q    facts    m (b - a) is a polynomial in x, positive on [p, q]
     *   ----------------------------------------------------------------------------------- sturm
     *                                       a &lt; b
     * </pre>
     *
     * p and q are numbers, known by any premises after the first; where one is missing the interval is unbounded there.
     * The number of roots is the change of variations in sign of Sturm's sequence (Sturm 1829); the multiplier m clears
     * denominators. Soundness-critical.
     *
     * @param scalar x, a single atom of normal forms
     */
    public record Sturm(Term left, Term right, Term scalar, Term multiplier) implements Theorem.Rule {
        @Override
        public String name() {
            return "sturm";
        }

        @Override
        public Formula conclude(Theorem.Given given) throws NotProved, IllTyped {
            Comparison comparison = Formula.compare(Relation.BELOW, left, right);
            given.context().check(comparison);
            Formula positive = Formula.compare(Relation.BELOW, Term.number(0), multiplier);
            Formula found = given.premise(0).formula();
            require(found.equals(positive), Reason.PREMISE, positive.toString(), found);
            Normalizer normalizer = new Normalizer(given.context(), given.facts(0));
            Term zero = Term.number(0);
            Polynomial value = normalizer.scalarDifference(scalar, zero);
            Polynomial cleared =
                    normalizer.scalarDifference(Term.product(List.of(multiplier, Term.subtract(right, left))), zero);
            // the two factors by themselves, so that both sides are defined
            normalizer.scalarDifference(right, left);
            Map<Atom, LinearForm> powers =
                    value.isZero() ? Map.of() : value.leading().powers();
            boolean atom = powers.size() == 1
                    && value.equals(Polynomial.of(powers.keySet().iterator().next()));
            require(atom, Reason.PREMISE, "a single scalar", value);
            List<Fraction> coefficients =
                    coefficients(cleared, powers.keySet().iterator().next());
            Fraction low = null;
            Fraction high = null;
            for (Formula each : given.facts(1)) {
                if (each instanceof Comparison bound
                        && (bound.relation() == Relation.AT_MOST || bound.relation() == Relation.BELOW)) {
                    if (bound.right().equals(scalar) && bound.left().kind() == Term.Kind.NUMBER) {
                        low = bound.left().value();
                    } else if (bound.left().equals(scalar) && bound.right().kind() == Term.Kind.NUMBER) {
                        high = bound.right().value();
                    }
                }
            }
            boolean holds = isPositive(coefficients, low, high);
            require(holds, Reason.SIGN, "no root in " + low + " .. " + high + " and a positive value", cleared);
            return comparison;
        }

        private static List<Fraction> coefficients(Polynomial polynomial, Atom variable) throws NotProved {
            Fraction[] values = new Fraction[MAX_DEGREE + 1];
            Arrays.fill(values, Fraction.ZERO);
            for (Map.Entry<Monomial, Fraction> each : polynomial.terms().entrySet()) {
                LinearForm exponent = each.getKey().exponent(variable);
                boolean power = each.getKey().powers().size() == (exponent.isZero() ? 0 : 1)
                        && exponent.isConstant()
                        && exponent.constant().signum() >= 0
                        && exponent.constant().compareTo(BigInteger.valueOf(MAX_DEGREE)) <= 0;
                require(power, Reason.PREMISE, "a polynomial in one scalar", polynomial);
                values[exponent.constant().intValueExact()] = each.getValue();
            }
            return trimmed(Arrays.asList(values));
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
            rest.replaceAll(each -> each.multiply(Fraction.of(-1)));
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
