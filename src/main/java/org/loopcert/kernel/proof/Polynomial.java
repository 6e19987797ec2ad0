package org.loopcert.kernel.proof;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.loopcert.kernel.Fraction;

/** A linear combination of monomials of one shape; no stored coefficient is zero. The empty word is the identity. */
final class Polynomial {
    private final Shape shape;
    private final NavigableMap<Monomial, Fraction> terms;

    private Polynomial(Shape shape, NavigableMap<Monomial, Fraction> terms) {
        this.shape = shape;
        this.terms = Collections.unmodifiableNavigableMap(terms);
    }

    static Polynomial zero(Shape shape) {
        return new Polynomial(shape, new TreeMap<>());
    }

    static Polynomial of(Shape shape, Monomial monomial, Fraction coefficient) {
        NavigableMap<Monomial, Fraction> terms = new TreeMap<>();
        if (coefficient.signum() != 0) {
            terms.put(monomial, coefficient);
        }
        return new Polynomial(shape, terms);
    }

    static Polynomial number(Fraction value) {
        return of(Shape.SCALAR, Monomial.ONE, value);
    }

    static Polynomial identity(LinearForm size) {
        return of(new Shape(size, size), Monomial.ONE, Fraction.ONE);
    }

    /** A single atom, as a scalar or a letter. */
    static Polynomial of(Atom atom) {
        Monomial monomial = atom.shape().isScalar()
                ? Monomial.of(atom, LinearForm.ONE)
                : new Monomial(new TreeMap<>(), new Atom.Word(java.util.List.of(new Atom.Letter(atom, false))));
        return of(atom.shape(), monomial, Fraction.ONE);
    }

    /** An integer as a scalar. */
    static Polynomial integer(LinearForm form) {
        Polynomial sum = number(Fraction.of(form.constant()));
        for (String each : form.variables()) {
            Monomial variable = Monomial.of(Atom.integer(each), LinearForm.ONE);
            sum = sum.add(of(Shape.SCALAR, variable, Fraction.of(form.coefficient(each))));
        }
        return sum;
    }

    Shape shape() {
        return shape;
    }

    SortedMap<Monomial, Fraction> terms() {
        return terms;
    }

    boolean isZero() {
        return terms.isEmpty();
    }

    /** Whether it is a number, or a number times the identity. */
    boolean isNumber() {
        return terms.isEmpty() || terms.size() == 1 && terms.firstKey().isOne();
    }

    /** The value of a number. */
    Fraction number() {
        return terms.isEmpty() ? Fraction.ZERO : terms.firstEntry().getValue();
    }

    /** The largest monomial; there must be one. */
    Monomial leading() {
        return terms.lastKey();
    }

    Fraction coefficient(Monomial monomial) {
        return terms.getOrDefault(monomial, Fraction.ZERO);
    }

    Polynomial add(Polynomial other) {
        if (!shape.equals(other.shape)) {
            throw new IllegalArgumentException("sum of " + shape + " and " + other.shape);
        }
        NavigableMap<Monomial, Fraction> sum = new TreeMap<>(terms);
        other.terms.forEach((monomial, value) -> sum.merge(monomial, value, Fraction::add));
        sum.values().removeIf(value -> value.signum() == 0);
        return new Polynomial(shape, sum);
    }

    Polynomial subtract(Polynomial other) {
        return add(other.scale(Fraction.of(-1)));
    }

    Polynomial scale(Fraction factor) {
        if (factor.signum() == 0) {
            return zero(shape);
        }
        NavigableMap<Monomial, Fraction> product = new TreeMap<>(terms);
        product.replaceAll((monomial, value) -> value.multiply(factor));
        return new Polynomial(shape, product);
    }

    /** The factor c with this = c other, or zero where there is none. */
    Fraction ratio(Polynomial other) {
        if (isZero() || other.isZero() || !shape.equals(other.shape)) {
            return Fraction.ZERO;
        }
        Fraction factor =
                terms.firstEntry().getValue().divide(other.terms.firstEntry().getValue());
        return equals(other.scale(factor)) ? factor : Fraction.ZERO;
    }

    String key() {
        return shape.rows() + "," + shape.columns() + ":"
                + terms.entrySet().stream()
                        .map(each -> each.getValue() + "@" + each.getKey().key())
                        .collect(Collectors.joining("&"));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Polynomial polynomial
                && shape.equals(polynomial.shape)
                && terms.equals(polynomial.terms);
    }

    @Override
    public int hashCode() {
        return terms.hashCode();
    }

    /** The polynomial as a reader writes it, largest monomial first. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<Monomial, Fraction> each : terms.descendingMap().entrySet()) {
            boolean one = each.getKey().isOne();
            String unit = shape.isScalar() ? "" : "I";
            String monomial = one ? unit : each.getKey().toString();
            Fraction size = each.getValue().abs();
            boolean minus = each.getValue().signum() < 0;
            text.append(text.length() == 0 ? (minus ? "-" : "") : minus ? " - " : " + ");
            text.append(size.equals(Fraction.ONE) && !monomial.isEmpty() ? monomial : (size + " " + monomial).trim());
        }
        return terms.isEmpty() ? "0" : text.toString();
    }
}
