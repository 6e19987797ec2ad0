package org.loopcert.kernel.proof;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Atom.Word;

/** A linear combination of monomials of one shape; no stored coefficient is zero. The empty word is the identity. */
record Polynomial(Shape shape, NavigableMap<Monomial, Fraction> terms) {
    Polynomial {
        terms = Collections.unmodifiableNavigableMap(terms);
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

    /** The word itself; it must not be empty. */
    static Polynomial of(Word word) {
        Shape first = word.letters().get(0).shape();
        Shape last = word.letters().get(word.letters().size() - 1).shape();
        return of(new Shape(first.rows(), last.columns()), Monomial.ONE.withWord(word), Fraction.ONE);
    }

    /** A single atom, as a scalar or a letter. */
    static Polynomial of(Atom atom) {
        return atom.shape().isScalar()
                ? of(Shape.SCALAR, Monomial.of(atom, LinearForm.ONE), Fraction.ONE)
                : letter(atom, false);
    }

    /** A matrix atom or its transpose. */
    static Polynomial letter(Atom atom, boolean transposed) {
        return of(new Word(List.of(new Atom.Letter(atom, transposed))));
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

    boolean isZero() {
        return terms.isEmpty();
    }

    /** Whether it is a number, or a number times the identity. */
    boolean isNumber() {
        return terms.isEmpty() || terms.size() == 1 && terms.firstKey().isOne();
    }

    /** Whether it is the number one. */
    boolean isOne() {
        return equals(number(Fraction.ONE));
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

    /** A linear map, by its values at monomials. */
    interface Linear<E extends Exception> {
        Polynomial at(Monomial monomial) throws E;
    }

    /** The value of a linear map into a shape. */
    <E extends Exception> Polynomial map(Shape into, Linear<E> map) throws E {
        Polynomial sum = zero(into);
        for (Map.Entry<Monomial, Fraction> each : terms.entrySet()) {
            sum = sum.add(map.at(each.getKey()).scale(each.getValue()));
        }
        return sum;
    }

    /** A number times powers of scalars. */
    static Polynomial scalar(SortedMap<Atom, LinearForm> powers, Fraction coefficient) {
        return of(Shape.SCALAR, new Monomial(powers, Word.EMPTY), coefficient);
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
    public String toString() {
        return key();
    }

    /** A product of powers of scalar atoms and a word. No stored exponent is zero. */
    record Monomial(SortedMap<Atom, LinearForm> powers, Word word, String key) implements Comparable<Monomial> {
        static final Monomial ONE = new Monomial(new TreeMap<>(), Word.EMPTY);

        /** The only one that is called: the key spells out both, once. */
        Monomial(SortedMap<Atom, LinearForm> powers, Word word) {
            this(Collections.unmodifiableSortedMap(powers), word, key(powers, word));
        }

        private static String key(Map<Atom, LinearForm> powers, Word word) {
            return powers.entrySet().stream()
                            .map(each -> each.getKey().key() + "^" + each.getValue())
                            .collect(Collectors.joining("*"))
                    + "|"
                    + word.key();
        }

        static Monomial of(Atom scalar, LinearForm exponent) {
            return new Monomial(multiply(new TreeMap<>(), Map.of(scalar, exponent)), Word.EMPTY);
        }

        /** The product of two lists of powers. */
        static SortedMap<Atom, LinearForm> multiply(Map<Atom, LinearForm> left, Map<Atom, LinearForm> right) {
            SortedMap<Atom, LinearForm> product = new TreeMap<>(left);
            right.forEach((atom, exponent) -> product.merge(atom, exponent, LinearForm::add));
            product.values().removeIf(LinearForm::isZero);
            return product;
        }

        /** The exponent of an atom, zero where it does not occur. */
        LinearForm exponent(Atom atom) {
            return powers.getOrDefault(atom, LinearForm.ZERO);
        }

        Monomial withWord(Word other) {
            return new Monomial(powers, other);
        }

        boolean isOne() {
            return powers.isEmpty() && word.isEmpty();
        }

        /** Whether every exponent is a positive number, so that the monomial can be a pattern. */
        boolean isPattern() {
            return !isOne()
                    && powers.values().stream()
                            .allMatch(
                                    each -> each.isConstant() && each.constant().signum() > 0);
        }

        BigInteger degree() {
            BigInteger degree = BigInteger.valueOf(word.letters().size());
            for (Map.Entry<Atom, LinearForm> each : powers.entrySet()) {
                LinearForm exponent = each.getValue();
                BigInteger symbolic = exponent.isConstant() ? BigInteger.ZERO : BigInteger.ONE;
                degree = degree.add(exponent.constant()
                        .abs()
                        .add(symbolic)
                        .multiply(each.getKey().weight()));
            }
            return degree;
        }

        /** By degree, then by word, then by powers: rules rewrite the larger side of an equation. */
        @Override
        public int compareTo(Monomial other) {
            int order = degree().compareTo(other.degree());
            if (order == 0) {
                order = word.compareTo(other.word);
            }
            return order != 0 ? order : key.compareTo(other.key);
        }
    }
}
