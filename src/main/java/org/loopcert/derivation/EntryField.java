package org.loopcert.derivation;

import cc.redberry.rings.Rational;
import cc.redberry.rings.Rings;
import cc.redberry.rings.bigint.BigInteger;
import cc.redberry.rings.poly.PolynomialFactorDecomposition;
import cc.redberry.rings.poly.multivar.Monomial;
import cc.redberry.rings.poly.multivar.MonomialOrder;
import cc.redberry.rings.poly.multivar.MultivariateDivision;
import cc.redberry.rings.poly.multivar.MultivariateGCD;
import cc.redberry.rings.poly.multivar.MultivariatePolynomial;
import cc.redberry.rings.poly.multivar.MultivariateSquareFreeFactorization;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.loopcert.ring.Field;
import org.loopcert.ring.Property;

/**
 * Rational functions over Q in a fixed number of indeterminates, on the Rings library. Denominators are kept as products
 * of the factors they came with, common factors are cancelled where they are at hand, and greatest common divisors are
 * taken only for {@link #reduced} ones.
 */
final class EntryField implements Field<Entry> {
    /** What a greatest common divisor costs, in products of the same length. */
    private static final long DIVISOR_COST = 10;

    private static final Set<Property> PROPERTIES = Set.copyOf(EnumSet.of(
            Property.EXACT,
            Property.ADDITIVE_GROUP,
            Property.ASSOCIATIVE,
            Property.COMMUTATIVE,
            Property.DISTRIBUTIVE,
            Property.FIELD));

    private final MultivariatePolynomial<BigInteger> nought;
    private final EntryMeter meter;

    EntryField(int indeterminates, EntryMeter meter) {
        this.nought = MultivariatePolynomial.zero(indeterminates, Rings.Z, MonomialOrder.DEFAULT);
        this.meter = meter;
    }

    int indeterminates() {
        return nought.nVariables;
    }

    @Override
    public String name() {
        return "rational functions in " + indeterminates() + " indeterminates";
    }

    @Override
    public Set<Property> properties() {
        return PROPERTIES;
    }

    @Override
    public Entry zero() {
        return polynomial(nought);
    }

    @Override
    public Entry one() {
        return polynomial(nought.createOne());
    }

    @Override
    public Entry fromInteger(java.math.BigInteger value) {
        return polynomial(nought.createConstant(new BigInteger(value)));
    }

    /** The indeterminate of this number. */
    Entry indeterminate(int number) {
        return polynomial(nought.createMonomial(number, 1));
    }

    Entry polynomial(MultivariatePolynomial<BigInteger> value) {
        return new Entry(value, BigInteger.ONE, Map.of());
    }

    /** A polynomial with rational coefficients. */
    Entry rational(MultivariatePolynomial<Rational<BigInteger>> value) {
        BigInteger common = BigInteger.ONE;
        for (Monomial<Rational<BigInteger>> each : value) {
            BigInteger denominator = each.coefficient.denominator();
            common = common.multiply(denominator).divideExact(common.gcd(denominator));
        }
        MultivariatePolynomial<BigInteger> numerator = nought.clone();
        for (Monomial<Rational<BigInteger>> each : value) {
            BigInteger factor = common.divideExact(each.coefficient.denominator());
            numerator.add(new Monomial<>(each.dv(), each.coefficient.numerator().multiply(factor)));
        }
        return content(numerator, common, Map.of());
    }

    @Override
    public Entry add(Entry left, Entry right) {
        if (left.isZero()) {
            return right;
        }
        if (right.isZero()) {
            return left;
        }
        Map<MultivariatePolynomial<BigInteger>, Integer> common = new LinkedHashMap<>(left.factors());
        right.factors().forEach((factor, exponent) -> common.merge(factor, exponent, Math::max));
        BigInteger constant = left.constant()
                .multiply(right.constant())
                .divideExact(left.constant().gcd(right.constant()));
        MultivariatePolynomial<BigInteger> sum = over(left, constant, common);
        meter.spend(sum.size() + right.numerator().size());
        sum = sum.add(over(right, constant, common));
        return cancelled(sum, constant, common);
    }

    /** A copy of the numerator that belongs to a common denominator. */
    private MultivariatePolynomial<BigInteger> over(
            Entry entry, BigInteger constant, Map<MultivariatePolynomial<BigInteger>, Integer> common) {
        MultivariatePolynomial<BigInteger> numerator =
                entry.numerator().clone().multiply(constant.divideExact(entry.constant()));
        for (Map.Entry<MultivariatePolynomial<BigInteger>, Integer> each : common.entrySet()) {
            for (int i = entry.factors().getOrDefault(each.getKey(), 0); i < each.getValue(); i++) {
                numerator = product(numerator, each.getKey());
            }
        }
        return numerator;
    }

    @Override
    public Entry negate(Entry element) {
        return new Entry(element.numerator().clone().negate(), element.constant(), element.factors());
    }

    @Override
    public Entry multiply(Entry left, Entry right) {
        if (left.isZero() || right.isZero()) {
            return zero();
        }
        MultivariatePolynomial<BigInteger> numerator = product(left.numerator(), right.numerator());
        BigInteger constant = left.constant().multiply(right.constant());
        Map<MultivariatePolynomial<BigInteger>, Integer> factors = new LinkedHashMap<>(left.factors());
        right.factors().forEach((factor, exponent) -> factors.merge(factor, exponent, Integer::sum));
        return cancelled(numerator, constant, factors);
    }

    MultivariatePolynomial<BigInteger> product(
            MultivariatePolynomial<BigInteger> left, MultivariatePolynomial<BigInteger> right) {
        meter.spend((long) left.size() * right.size());
        MultivariatePolynomial<BigInteger> product = left.clone().multiply(right);
        meter.length(product.size());
        return product;
    }

    /** To a power of at least zero. */
    Entry power(Entry base, int exponent) {
        Entry result = one();
        for (int i = 0; i < exponent; i++) {
            result = multiply(result, base);
        }
        return result;
    }

    private Entry cancelled(
            MultivariatePolynomial<BigInteger> numerator,
            BigInteger constant,
            Map<MultivariatePolynomial<BigInteger>, Integer> factors) {
        if (numerator.isZero()) {
            return zero();
        }
        MultivariatePolynomial<BigInteger> rest = numerator;
        Map<MultivariatePolynomial<BigInteger>, Integer> left = new LinkedHashMap<>();
        for (Map.Entry<MultivariatePolynomial<BigInteger>, Integer> each : factors.entrySet()) {
            int exponent = each.getValue();
            while (exponent > 0) {
                MultivariatePolynomial<BigInteger> quotient = divided(rest, each.getKey());
                if (quotient == null) {
                    break;
                }
                rest = quotient;
                exponent--;
            }
            if (exponent > 0) {
                left.put(each.getKey(), exponent);
            }
        }
        return content(rest, constant, left);
    }

    private Entry content(
            MultivariatePolynomial<BigInteger> numerator,
            BigInteger constant,
            Map<MultivariatePolynomial<BigInteger>, Integer> factors) {
        if (numerator.isZero()) {
            return zero();
        }
        BigInteger common =
                constant.isOne() ? constant : numerator.content().abs().gcd(constant);
        return common.isOne()
                ? new Entry(numerator, constant, factors)
                : new Entry(numerator.clone().divideExact(common), constant.divideExact(common), factors);
    }

    private MultivariatePolynomial<BigInteger> divided(
            MultivariatePolynomial<BigInteger> dividend, MultivariatePolynomial<BigInteger> divisor) {
        int[] high = dividend.degrees();
        int[] needed = divisor.degrees();
        for (int i = 0; i < high.length; i++) {
            if (needed[i] > high[i]) {
                return null;
            }
        }
        meter.spend((long) dividend.size() * divisor.size());
        return MultivariateDivision.divideOrNull(dividend, divisor);
    }

    @Override
    public Entry divide(Entry dividend, Entry divisor) {
        return multiply(dividend, invert(divisor));
    }

    @Override
    public Entry invert(Entry element) {
        if (element.isZero()) {
            throw EntryFailure.undefined("division by zero");
        }
        MultivariatePolynomial<BigInteger> numerator = nought.createConstant(element.constant());
        for (Map.Entry<MultivariatePolynomial<BigInteger>, Integer> each :
                element.factors().entrySet()) {
            for (int i = 0; i < each.getValue(); i++) {
                numerator = product(numerator, each.getKey());
            }
        }
        Split split = split(element.numerator());
        return content(split.negative() ? numerator.negate() : numerator, split.content(), split.powers());
    }

    /** (-1 if negative) * content * product of variables and a rest without variables as factors. */
    private record Split(
            boolean negative, BigInteger content, Map<MultivariatePolynomial<BigInteger>, Integer> powers) {}

    private Split split(MultivariatePolynomial<BigInteger> value) {
        BigInteger content = value.content().abs();
        boolean negative = value.lc().signum() < 0;
        Monomial<BigInteger> monomial = value.monomialContent();
        MultivariatePolynomial<BigInteger> rest =
                value.clone().divideDegreeVectorOrNull(monomial).divideExact(negative ? content.negate() : content);
        Map<MultivariatePolynomial<BigInteger>, Integer> powers = new LinkedHashMap<>();
        for (int i = 0; i < monomial.exponents.length; i++) {
            if (monomial.exponents[i] > 0) {
                powers.put(nought.createMonomial(i, 1), monomial.exponents[i]);
            }
        }
        if (!rest.isConstant()) {
            powers.put(rest, 1);
        }
        return new Split(negative, content, powers);
    }

    /** A signed constant times powers of square-free factors that are primitive with positive leading coefficients. */
    record Powers(BigInteger constant, Map<MultivariatePolynomial<BigInteger>, Integer> factors) {}

    Powers squareFree(MultivariatePolynomial<BigInteger> value) {
        Split split = split(value);
        Map<MultivariatePolynomial<BigInteger>, Integer> factors = new LinkedHashMap<>();
        for (Map.Entry<MultivariatePolynomial<BigInteger>, Integer> each :
                split.powers().entrySet()) {
            if (each.getKey().isVariable()) {
                factors.merge(each.getKey(), each.getValue(), Integer::sum);
                continue;
            }
            meter.spend(DIVISOR_COST * each.getKey().size() * each.getKey().size());
            PolynomialFactorDecomposition<MultivariatePolynomial<BigInteger>> parts =
                    MultivariateSquareFreeFactorization.SquareFreeFactorization(
                            each.getKey().clone());
            for (int i = 0; i < parts.size(); i++) {
                Map<MultivariatePolynomial<BigInteger>, Integer> part =
                        split(parts.get(i)).powers();
                int exponent = parts.getExponent(i);
                part.forEach((factor, power) -> factors.merge(factor, power * exponent, Integer::sum));
            }
        }
        // the factors are primitive, so the constant is that of the value up to sign
        boolean negative = split.negative();
        return new Powers(negative ? split.content().negate() : split.content(), factors);
    }

    /** The same function with the greatest common divisor cancelled and at most one factor below. */
    Entry reduced(Entry entry) {
        if (entry.isPolynomial()) {
            return content(entry.numerator(), entry.constant(), Map.of());
        }
        MultivariatePolynomial<BigInteger> denominator = denominator(entry);
        meter.spend(DIVISOR_COST * entry.numerator().size() * denominator.size());
        MultivariatePolynomial<BigInteger> common =
                MultivariateGCD.PolynomialGCD(entry.numerator().clone(), denominator.clone());
        MultivariatePolynomial<BigInteger> numerator =
                MultivariateDivision.divideExact(entry.numerator().clone(), common);
        denominator = MultivariateDivision.divideExact(denominator, common);
        BigInteger content = denominator.content().abs();
        if (denominator.lc().signum() < 0) {
            content = content.negate();
        }
        denominator = denominator.divideExact(content);
        if (content.signum() < 0) {
            numerator = numerator.negate();
        }
        return content(
                numerator,
                entry.constant().multiply(content.abs()),
                denominator.isConstant() ? Map.of() : Map.of(denominator, 1));
    }

    /** The product of the factors, without the constant. */
    MultivariatePolynomial<BigInteger> denominator(Entry entry) {
        MultivariatePolynomial<BigInteger> denominator = nought.createOne();
        for (Map.Entry<MultivariatePolynomial<BigInteger>, Integer> each :
                entry.factors().entrySet()) {
            for (int i = 0; i < each.getValue(); i++) {
                denominator = product(denominator, each.getKey());
            }
        }
        return denominator;
    }

    /** One spelling per function, in the numbers of the indeterminates. */
    String key(Entry entry) {
        Entry reduced = reduced(entry);
        return "(" + reduced.numerator() + ")/" + reduced.constant() + "/"
                + reduced.factors().keySet();
    }

    /** Each monomial of a reduced entry as an entry with coefficient one, and its coefficient above the constant. */
    List<Map.Entry<Entry, BigInteger>> monomials(Entry reduced) {
        List<Map.Entry<Entry, BigInteger>> parts = new ArrayList<>();
        for (Monomial<BigInteger> each : reduced.numerator()) {
            MultivariatePolynomial<BigInteger> power = nought.createOne().multiplyByDegreeVector(each.dv());
            parts.add(Map.entry(reduced(new Entry(power, BigInteger.ONE, reduced.factors())), each.coefficient));
        }
        return parts;
    }

    @Override
    public boolean equal(Entry left, Entry right) {
        return subtract(left, right).isZero();
    }

    @Override
    public boolean isZero(Entry element) {
        return element.isZero();
    }
}
