package org.loopcert.exact;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.loopcert.matrix.Vector;

/**
 * A rational vector as integers over one positive common denominator, canonical: the gcd of all
 * numerators and the denominator is one.
 */
public final class ScaledVector {
    private final IntegerVector numerators;
    private final BigInteger denominator;

    /** Divisible by every prime of the denominator; makes the gcds of long iterates cheap. */
    private final BigInteger support;

    private ScaledVector(IntegerVector numerators, BigInteger denominator, BigInteger support) {
        this.numerators = numerators;
        this.denominator = denominator;
        this.support = support;
    }

    /**
     * The canonical form of numerators / denominator.
     *
     * @throws IllegalArgumentException if the denominator is not positive
     */
    public static ScaledVector of(IntegerVector numerators, BigInteger denominator) {
        return of(numerators, denominator, denominator);
    }

    /** As the public form, for a caller who knows a short support of the denominator. */
    static ScaledVector of(IntegerVector numerators, BigInteger denominator, BigInteger support) {
        if (denominator.signum() <= 0) {
            throw new IllegalArgumentException("denominator must be positive, got " + denominator);
        }
        BigInteger g = denominator;
        for (int i = 0; i < numerators.size() && !g.equals(BigInteger.ONE); i++) {
            g = Support.gcd(numerators.get(i), g, support);
        }
        if (g.equals(BigInteger.ONE)) {
            return new ScaledVector(numerators, denominator, support);
        }
        BigInteger[] reduced = numerators.toArray();
        for (int i = 0; i < reduced.length; i++) {
            reduced[i] = reduced[i].divide(g);
        }
        BigInteger rest = denominator.divide(g);
        return new ScaledVector(IntegerVector.of(reduced), rest, support.equals(denominator) ? rest : support);
    }

    /** The exact value of a rational vector. */
    public static ScaledVector of(Vector<BigRational> vector) {
        return of(vector.toList().stream().map(Fraction::of).toList());
    }

    /** The vector of these entries. */
    public static ScaledVector of(List<Fraction> fractions) {
        CommonDenominator common = new CommonDenominator(fractions.size());
        fractions.forEach(common::add);
        BigInteger[] entries = new BigInteger[fractions.size()];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = common.numerator(i);
        }
        // the least common denominator of reduced fractions leaves no common factor
        return new ScaledVector(IntegerVector.of(entries), common.denominator(), common.denominator());
    }

    public static ScaledVector zero(int size) {
        return of(IntegerVector.zero(size), BigInteger.ONE);
    }

    /** The integer vector. */
    public IntegerVector numerators() {
        return numerators;
    }

    /** The common denominator, positive. */
    public BigInteger denominator() {
        return denominator;
    }

    public int size() {
        return numerators.size();
    }

    public Fraction get(int i) {
        BigInteger p = numerators.get(i);
        return Fraction.divided(p, denominator, Support.gcd(p, denominator, support));
    }

    /**
     * The vector divided by a number.
     *
     * @throws ArithmeticException if it is zero
     */
    public ScaledVector divide(Fraction divisor) {
        if (divisor.signum() == 0) {
            throw new ArithmeticException("division by zero");
        }
        BigInteger factor = divisor.signum() > 0
                ? divisor.denominator()
                : divisor.denominator().negate();
        return of(
                numerators.multiply(factor),
                denominator.multiply(divisor.numerator().abs()));
    }

    /** The same vector with reduced rational entries. */
    public Vector<BigRational> toVector() {
        List<BigRational> entries = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            entries.add(get(i).toBigRational());
        }
        return Vector.of(entries);
    }

    static BigInteger lcm(BigInteger a, BigInteger b) {
        return a.mod(b).signum() == 0 ? a : a.divide(a.gcd(b)).multiply(b);
    }

    /** The numerator of a value over a multiple of its denominator. */
    static BigInteger scale(Fraction value, BigInteger common) {
        return value.numerator().multiply(common.divide(value.denominator()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScaledVector vector
                && denominator.equals(vector.denominator)
                && numerators.equals(vector.numerators);
    }

    @Override
    public int hashCode() {
        return Objects.hash(numerators, denominator);
    }

    @Override
    public String toString() {
        return numerators + "/" + denominator;
    }
}
