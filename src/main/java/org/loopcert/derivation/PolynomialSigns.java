package org.loopcert.derivation;

import cc.redberry.rings.Rational;
import cc.redberry.rings.Rings;
import cc.redberry.rings.bigint.BigInteger;
import cc.redberry.rings.poly.PolynomialFactorDecomposition;
import cc.redberry.rings.poly.PolynomialMethods;
import cc.redberry.rings.poly.univar.UnivariatePolynomial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.Formula.Relation;
import org.loopcert.kernel.proof.IllTyped;
import org.loopcert.kernel.proof.LemmaRules.Lemma;
import org.loopcert.kernel.proof.LemmaRules.Name;
import org.loopcert.kernel.proof.LinearForm;
import org.loopcert.kernel.proof.OrderRules;
import org.loopcert.kernel.proof.Shape;
import org.loopcert.kernel.proof.Term;
import org.loopcert.kernel.proof.Term.Kind;
import org.loopcert.kernel.proof.Theorem;

/**
 * Polynomials of known sign that an inequality may be made of: squares, found by completing squares where the difference
 * is a quadratic form in symbols and 1; and, for one scalar between numbers, the factors of the difference, those without
 * a root there by Sturm's sequence. Untrusted.
 */
final class PolynomialSigns {
    private static final int MAX_SYMBOLS = 8;
    private static final int MAX_DEGREE = 40;

    private final Inequalities search;

    PolynomialSigns(Inequalities search) {
        this.search = search;
    }

    /** Products of theorems, each a lower bound by zero, of which right - left may be a combination. */
    List<List<Theorem>> products(Term left, Term right) throws IllTyped {
        List<List<Theorem>> found = new ArrayList<>();
        Set<Term> symbols = new LinkedHashSet<>();
        for (Term side : List.of(left, right)) {
            Terms.walk(side, each -> {
                boolean symbol = each.kind() == Kind.SYMBOL || each.kind() == Kind.APPLY;
                if (symbol && (each.shape().isScalar() || Terms.isColumn(each))) {
                    symbols.add(each);
                }
            });
        }
        if (symbols.isEmpty() || symbols.size() > MAX_SYMBOLS) {
            return found;
        }
        found.addAll(squares(Term.subtract(right, left), symbols));
        if (symbols.size() == 1 && symbols.iterator().next().shape().isScalar()) {
            univariate(left, right, symbols.iterator().next()).ifPresent(found::add);
        }
        return found;
    }

    /** Completed squares, where the difference is a quadratic form in the symbols of each shape, and 1 among scalars. */
    private List<List<Theorem>> squares(Term difference, Set<Term> symbols) throws IllTyped {
        Optional<Map<String, Fraction>> goal = search.coefficients(difference);
        List<List<Theorem>> found = new ArrayList<>();
        if (goal.isEmpty()) {
            return found;
        }
        Map<Shape, List<Term>> groups = new LinkedHashMap<>();
        groups.put(Shape.SCALAR, new ArrayList<>());
        symbols.forEach(each ->
                groups.computeIfAbsent(each.shape(), none -> new ArrayList<>()).add(each));
        groups.get(Shape.SCALAR).add(Term.number(1));
        for (List<Term> basis : groups.values()) {
            int size = basis.size();
            Fraction[][] form = new Fraction[size][size];
            for (int i = 0; i < size; i++) {
                for (int j = i; j < size; j++) {
                    Term product = Term.product(List.of(Term.transpose(basis.get(i)), basis.get(j)));
                    Optional<Map<String, Fraction>> parts = search.coefficients(product);
                    if (parts.isEmpty() || parts.get().size() != 1) {
                        return found;
                    }
                    Map.Entry<String, Fraction> only =
                            parts.get().entrySet().iterator().next();
                    Fraction value = goal.get()
                            .getOrDefault(only.getKey(), Fraction.ZERO)
                            .divide(only.getValue());
                    form[i][j] = i == j ? value : value.divide(Fraction.TWO);
                    form[j][i] = form[i][j];
                }
            }
            for (Term each : complete(form, basis)) {
                search.attempt(new Lemma(Name.SQUARE, List.of(each)), List.of())
                        .ifPresent(square -> found.add(List.of(square)));
            }
        }
        return found;
    }

    /** The linear forms whose squares, with weights, sum to a quadratic form, as far as its pivots are positive. */
    private static List<Term> complete(Fraction[][] form, List<Term> basis) throws IllTyped {
        List<Term> squares = new ArrayList<>();
        int size = basis.size();
        for (int k = 0; k < size; k++) {
            if (form[k][k].signum() <= 0) {
                continue;
            }
            List<Term> summands = new ArrayList<>();
            Fraction[] row = form[k].clone();
            for (int j = 0; j < size; j++) {
                if (row[j].signum() != 0) {
                    summands.add(Terms.scaled(row[j].divide(row[k]), basis.get(j)));
                }
            }
            squares.add(Term.sum(summands));
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    form[i][j] = form[i][j].subtract(row[i].multiply(row[j]).divide(row[k]));
                }
            }
        }
        return squares;
    }

    /** The factors of right - left as a polynomial in one scalar, with the sign that each has where the scalar lies. */
    private Optional<List<Theorem>> univariate(Term left, Term right, Term scalar) throws IllTyped {
        Optional<UnivariatePolynomial<Rational<BigInteger>>> difference =
                polynomial(Term.subtract(right, left), scalar);
        if (difference.isEmpty() || difference.get().isConstant()) {
            return Optional.empty();
        }
        List<Theorem> bounds = bounds(scalar);
        List<Theorem> product = new ArrayList<>();
        PolynomialFactorDecomposition<UnivariatePolynomial<Rational<BigInteger>>> factors =
                PolynomialMethods.Factor(difference.get());
        UnivariatePolynomial<Rational<BigInteger>> rest = factors.unit.copy();
        for (int i = 0; i < factors.size(); i++) {
            UnivariatePolynomial<Rational<BigInteger>> factor = factors.get(i);
            Term term = term(factor, scalar);
            for (int j = 0; j < factors.getExponent(i) / 2; j++) {
                search.attempt(new Lemma(Name.SQUARE, List.of(term)), List.of()).ifPresent(product::add);
            }
            if (factors.getExponent(i) % 2 == 1) {
                Optional<Theorem> bound = bounds.stream()
                        .filter(each -> isRoot(factor, each, scalar))
                        .findFirst();
                if (bound.isPresent()) {
                    product.add(bound.get());
                    rest = isLower(bound.get(), scalar) ? rest : rest.negate();
                } else {
                    rest = rest.multiply(factor);
                }
            }
        }
        if (!rest.isConstant()) {
            Map<Boolean, Fraction> ends = new HashMap<>();
            bounds.forEach(each -> ends.put(isLower(each, scalar), number(each, scalar)));
            Optional<Theorem> positive = search.attempt(
                    new OrderRules.Sturm(Term.number(0), term(rest, scalar), scalar, ends.get(true), ends.get(false)),
                    bounds);
            if (positive.isEmpty()) {
                return Optional.empty();
            }
            product.add(positive.get());
        }
        return product.isEmpty() ? Optional.empty() : Optional.of(product);
    }

    /** The bounds of a scalar by numbers that facts give, the numbers written out. */
    private List<Theorem> bounds(Term scalar) throws IllTyped {
        Map<Boolean, Theorem> found = new HashMap<>();
        for (Theorem each : search.orders(false)) {
            Comparison fact = (Comparison) each.formula();
            boolean above = fact.right().equals(scalar);
            Optional<Fraction> number = Terms.number(above ? fact.left() : fact.right());
            if (number.isPresent() && (above || fact.left().equals(scalar))) {
                Term value = Term.number(number.get());
                Relation relation = fact.relation();
                search.attempt(
                                above
                                        ? new OrderRules.Sign(relation, value, scalar)
                                        : new OrderRules.Sign(relation, scalar, value),
                                List.of(each))
                        .ifPresent(bound -> found.put(above, bound));
            }
        }
        return List.copyOf(found.values());
    }

    private static boolean isLower(Theorem bound, Term scalar) {
        return ((Comparison) bound.formula()).right().equals(scalar);
    }

    private static Fraction number(Theorem bound, Term scalar) {
        Comparison fact = (Comparison) bound.formula();
        return (isLower(bound, scalar) ? fact.left() : fact.right()).value();
    }

    private static boolean isRoot(UnivariatePolynomial<Rational<BigInteger>> factor, Theorem bound, Term scalar) {
        return factor.degree() == 1
                && factor.evaluate(rational(number(bound, scalar))).isZero();
    }

    private static Rational<BigInteger> rational(Fraction value) {
        return new Rational<>(
                Rings.Z,
                new BigInteger(value.numerator().toByteArray()),
                new BigInteger(value.denominator().toByteArray()));
    }

    private static Fraction fraction(Rational<BigInteger> value) {
        return Fraction.of(
                new java.math.BigInteger(value.numerator().toByteArray()),
                new java.math.BigInteger(value.denominator().toByteArray()));
    }

    private static Term term(UnivariatePolynomial<Rational<BigInteger>> polynomial, Term scalar) throws IllTyped {
        List<Term> summands = new ArrayList<>();
        for (int i = 0; i <= polynomial.degree(); i++) {
            if (!polynomial.get(i).isZero()) {
                Term power = i == 0 ? Term.number(1) : i == 1 ? scalar : Term.power(scalar, LinearForm.of(i));
                summands.add(Terms.scaled(fraction(polynomial.get(i)), power));
            }
        }
        return summands.isEmpty() ? Term.number(0) : Term.sum(summands);
    }

    /** A term as a polynomial in one scalar with rational coefficients, where it is written as one. */
    private static Optional<UnivariatePolynomial<Rational<BigInteger>>> polynomial(Term term, Term scalar) {
        UnivariatePolynomial<Rational<BigInteger>> zero = UnivariatePolynomial.zero(Rings.Q);
        if (term.equals(scalar)) {
            return Optional.of(zero.createMonomial(Rings.Q.getOne(), 1));
        }
        Optional<Fraction> number = Terms.number(term);
        if (number.isPresent()) {
            return Optional.of(UnivariatePolynomial.constant(Rings.Q, rational(number.get())));
        }
        List<UnivariatePolynomial<Rational<BigInteger>>> parts = new ArrayList<>();
        for (Term each : term.arguments()) {
            Optional<UnivariatePolynomial<Rational<BigInteger>>> part = polynomial(each, scalar);
            if (part.isEmpty()) {
                return part;
            }
            parts.add(part.get());
        }
        UnivariatePolynomial<Rational<BigInteger>> value =
                switch (term.kind()) {
                    case SUM -> {
                        UnivariatePolynomial<Rational<BigInteger>> sum = zero;
                        for (UnivariatePolynomial<Rational<BigInteger>> each : parts) {
                            sum = sum.copy().add(each);
                        }
                        yield sum;
                    }
                    case PRODUCT -> {
                        UnivariatePolynomial<Rational<BigInteger>> product = zero.createOne();
                        for (UnivariatePolynomial<Rational<BigInteger>> each : parts) {
                            product = product.degree() + each.degree() > MAX_DEGREE
                                    ? null
                                    : product.copy().multiply(each);
                            if (product == null) {
                                break;
                            }
                        }
                        yield product;
                    }
                    case POWER -> power(parts.get(0), term.index(0));
                    case QUOTIENT ->
                        parts.get(1).isConstant() && !parts.get(1).isZero()
                                ? parts.get(0).copy().divideByLC(parts.get(1))
                                : null;
                    case TRANSPOSE -> parts.get(0);
                    default -> null;
                };
        return Optional.ofNullable(value);
    }

    private static UnivariatePolynomial<Rational<BigInteger>> power(
            UnivariatePolynomial<Rational<BigInteger>> base, LinearForm exponent) {
        boolean small = exponent.isConstant()
                && exponent.constant().signum() >= 0
                && exponent.constant().bitLength() <= 6
                && exponent.constant().intValueExact() * base.degree() <= MAX_DEGREE;
        return small ? PolynomialMethods.polyPow(base, exponent.constant().intValueExact()) : null;
    }
}
