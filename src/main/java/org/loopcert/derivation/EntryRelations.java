package org.loopcert.derivation;

import cc.redberry.rings.Rational;
import cc.redberry.rings.Rings;
import cc.redberry.rings.bigint.BigInteger;
import cc.redberry.rings.poly.multivar.DegreeVector;
import cc.redberry.rings.poly.multivar.Monomial;
import cc.redberry.rings.poly.multivar.MultivariatePolynomial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The ideal of polynomials that are known to be zero, by a Groebner basis as far as the budget of pairs carries. What
 * reduces to zero is in the ideal also where the basis is not complete. Auxiliary indeterminates (roots, absolute values)
 * come before the entries in the order, so that the elements without them are relations among entries alone.
 */
final class EntryRelations {
    private final int auxiliary;
    private final EntryMeter meter;
    private final List<MultivariatePolynomial<Rational<BigInteger>>> basis = new ArrayList<>();
    private boolean contradictory;
    private boolean complete = true;

    private record Pair(int first, int second, int degree) {}

    /** The relations, in indeterminates of which the first {@code auxiliary} ones are no entries. */
    EntryRelations(List<MultivariatePolynomial<BigInteger>> relations, int auxiliary, int pairs, EntryMeter meter) {
        this.auxiliary = auxiliary;
        this.meter = meter;
        List<Pair> queue = new ArrayList<>();
        for (MultivariatePolynomial<BigInteger> each : relations) {
            insert(reduce(rational(each)), queue);
        }
        int done = 0;
        while (!queue.isEmpty() && !contradictory) {
            if (done++ >= pairs) {
                complete = false;
                return;
            }
            Pair next = queue.stream()
                    .min(Comparator.comparingInt(Pair::degree)
                            .thenComparingInt(Pair::second)
                            .thenComparingInt(Pair::first))
                    .orElseThrow();
            queue.remove(next);
            try {
                insert(reduce(syzygy(basis.get(next.first()), basis.get(next.second()))), queue);
            } catch (EntryFailure tooLong) {
                if (tooLong.kind() != EntryFailure.Cause.BUDGET) {
                    throw tooLong;
                }
                complete = false;
                return;
            }
        }
    }

    private Comparator<DegreeVector> order() {
        return (left, right) -> {
            int first = block(left, right, 0, auxiliary);
            return first != 0 ? first : block(left, right, auxiliary, left.exponents.length);
        };
    }

    /** Graded reverse lexicographic on some of the indeterminates. */
    private static int block(DegreeVector left, DegreeVector right, int from, int to) {
        int difference = 0;
        for (int i = from; i < to; i++) {
            difference += left.exponents[i] - right.exponents[i];
        }
        for (int i = to - 1; difference == 0 && i >= from; i--) {
            if (left.exponents[i] != right.exponents[i]) {
                return right.exponents[i] - left.exponents[i];
            }
        }
        return difference;
    }

    private MultivariatePolynomial<Rational<BigInteger>> rational(MultivariatePolynomial<BigInteger> value) {
        return value.mapCoefficients(Rings.Q, each -> new Rational<>(Rings.Z, each))
                .setOrdering(order());
    }

    private void insert(MultivariatePolynomial<Rational<BigInteger>> found, List<Pair> queue) {
        if (found.isZero()) {
            return;
        }
        if (found.isConstant()) {
            contradictory = true;
        }
        basis.add(found.monic());
        int number = basis.size() - 1;
        for (int i = 0; i < number; i++) {
            DegreeVector left = basis.get(i).lt();
            DegreeVector right = found.lt();
            DegreeVector common = common(left, right);
            // leading monomials without a common indeterminate give nothing new (Buchberger's first criterion)
            if (common.totalDegree < left.totalDegree + right.totalDegree) {
                queue.add(new Pair(i, number, common.totalDegree));
            }
        }
    }

    private static DegreeVector common(DegreeVector left, DegreeVector right) {
        int[] exponents = new int[left.exponents.length];
        for (int i = 0; i < exponents.length; i++) {
            exponents[i] = Math.max(left.exponents[i], right.exponents[i]);
        }
        return new DegreeVector(exponents);
    }

    private MultivariatePolynomial<Rational<BigInteger>> syzygy(
            MultivariatePolynomial<Rational<BigInteger>> left, MultivariatePolynomial<Rational<BigInteger>> right) {
        meter.spend((long) left.size() + right.size());
        DegreeVector common = common(left.lt(), right.lt());
        return left.clone()
                .multiplyByDegreeVector(common.dvDivideExact(left.lt()))
                .subtract(right.clone().multiplyByDegreeVector(common.dvDivideExact(right.lt())));
    }

    private MultivariatePolynomial<Rational<BigInteger>> reduce(MultivariatePolynomial<Rational<BigInteger>> value) {
        MultivariatePolynomial<Rational<BigInteger>> rest = value.clone();
        MultivariatePolynomial<Rational<BigInteger>> remainder = value.createZero();
        while (!rest.isZero()) {
            Monomial<Rational<BigInteger>> leading = rest.lt();
            MultivariatePolynomial<Rational<BigInteger>> divisor = null;
            for (MultivariatePolynomial<Rational<BigInteger>> each : basis) {
                if (leading.dvDivisibleBy(each.lt())) {
                    divisor = each;
                    break;
                }
            }
            if (divisor == null) {
                meter.spend(1);
                remainder.add(leading);
                rest.subtractLt();
            } else {
                meter.spend(divisor.size());
                rest.subtract(leading.divideOrNull(divisor.lt()), divisor);
                meter.length(rest.size());
            }
        }
        return remainder;
    }

    /** Whether the polynomial is seen to be zero wherever the relations hold. */
    boolean implyZero(MultivariatePolynomial<BigInteger> value) {
        return value.isZero() || reduce(rational(value)).isZero();
    }

    /** A polynomial that is equal wherever the relations hold, the same one for equal ones if the basis is complete. */
    MultivariatePolynomial<Rational<BigInteger>> normalForm(MultivariatePolynomial<BigInteger> value) {
        return reduce(rational(value));
    }

    /** Whether nothing satisfies the relations. */
    boolean contradictory() {
        return contradictory;
    }

    /** Whether the basis is a Groebner basis. */
    boolean complete() {
        return complete;
    }

    /** The elements of the basis in entries alone. */
    List<MultivariatePolynomial<Rational<BigInteger>>> amongEntries() {
        return basis.stream()
                .filter(each -> {
                    int[] degrees = each.degrees();
                    for (int i = 0; i < auxiliary; i++) {
                        if (degrees[i] > 0) {
                            return false;
                        }
                    }
                    return true;
                })
                .toList();
    }
}
