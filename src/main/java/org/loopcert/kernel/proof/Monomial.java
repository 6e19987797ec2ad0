package org.loopcert.kernel.proof;

import java.math.BigInteger;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.loopcert.kernel.proof.Atom.Word;

/** A product of powers of scalar atoms and a word. No stored exponent is zero. */
final class Monomial implements Comparable<Monomial> {
    static final Monomial ONE = new Monomial(new TreeMap<>(), Word.EMPTY);

    private final SortedMap<Atom, LinearForm> powers;
    private final Word word;
    private final String key;

    Monomial(SortedMap<Atom, LinearForm> powers, Word word) {
        this.powers = Collections.unmodifiableSortedMap(powers);
        this.word = word;
        key = powers.entrySet().stream()
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

    SortedMap<Atom, LinearForm> powers() {
        return powers;
    }

    Word word() {
        return word;
    }

    /** The exponent of an atom, zero where it does not occur. */
    LinearForm exponent(Atom atom) {
        return powers.getOrDefault(atom, LinearForm.ZERO);
    }

    Monomial withWord(Word other) {
        return new Monomial(powers, other);
    }

    String key() {
        return key;
    }

    boolean isOne() {
        return powers.isEmpty() && word.isEmpty();
    }

    /** Whether every exponent is a positive number, so that the monomial can be a pattern. */
    boolean isPattern() {
        return !isOne()
                && powers.values().stream()
                        .allMatch(each -> each.isConstant() && each.constant().signum() > 0);
    }

    private BigInteger degree() {
        BigInteger degree = BigInteger.valueOf(word.letters().size());
        for (Map.Entry<Atom, LinearForm> each : powers.entrySet()) {
            LinearForm exponent = each.getValue();
            BigInteger size = exponent.isConstant()
                    ? exponent.constant().abs()
                    : exponent.constant().abs().add(BigInteger.ONE);
            degree = degree.add(size.multiply(BigInteger.valueOf(each.getKey().weight())));
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

    @Override
    public boolean equals(Object other) {
        return other instanceof Monomial monomial && key.equals(monomial.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        String scalars = powers.entrySet().stream()
                .map(each -> each.getValue().isOne()
                        ? each.getKey().toString()
                        : each.getKey() + "^{" + each.getValue() + "}")
                .collect(Collectors.joining(" "));
        return (scalars + " " + word).trim();
    }
}
