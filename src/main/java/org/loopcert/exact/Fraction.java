package org.loopcert.exact;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.Objects;
import org.loopcert.ring.RationalField;

/**
 * An exact rational p/q in lowest terms with q &gt; 0, the scalar of the exact engine.
 *
 * <p>Not a record: a record's public constructor would have to repeat the gcd to stay canonical,
 * and on late iterates that gcd is the dearest operation of all.
 */
public final class Fraction implements Comparable<Fraction> {

    public static final Fraction ZERO = new Fraction(BigInteger.ZERO, BigInteger.ONE);
    public static final Fraction ONE = new Fraction(BigInteger.ONE, BigInteger.ONE);

    private final BigInteger numerator;
    private final BigInteger denominator;

    private Fraction(BigInteger numerator, BigInteger denominator) {
        this.numerator = numerator;
        this.denominator = denominator;
    }

    /** p/q for q &gt; 0 and a g &gt; 0 that the caller knows to be gcd(p, q). */
    static Fraction divided(BigInteger p, BigInteger q, BigInteger g) {
        return g.equals(BigInteger.ONE) ? new Fraction(p, q) : new Fraction(p.divide(g), q.divide(g));
    }

    /**
     * p/q in lowest terms.
     *
     * @throws ArithmeticException if q is zero
     */
    public static Fraction of(BigInteger p, BigInteger q) {
        if (q.signum() == 0) {
            throw new ArithmeticException("denominator is zero");
        }
        if (q.signum() > 0 && q.bitCount() == 1) {
            int twos = q.bitLength() - 1;
            int shared = p.signum() == 0 ? twos : Math.min(twos, p.getLowestSetBit());
            return shared == 0 ? new Fraction(p, q) : new Fraction(p.shiftRight(shared), q.shiftRight(shared));
        }
        if (p.signum() == 0) {
            return ZERO;
        }
        BigInteger g = RationalField.gcd(p, q);
        if (q.signum() < 0) {
            g = g.negate();
        }
        return g.equals(BigInteger.ONE) ? new Fraction(p, q) : new Fraction(p.divide(g), q.divide(g));
    }

    /** p/q in lowest terms. */
    public static Fraction of(long p, long q) {
        return of(BigInteger.valueOf(p), BigInteger.valueOf(q));
    }

    /** The integer p as a fraction. */
    public static Fraction of(BigInteger p) {
        return new Fraction(p, BigInteger.ONE);
    }

    /** The dyadic number k 2^e. */
    public static Fraction dyadic(BigInteger k, int e) {
        return e >= 0 ? of(k.shiftLeft(e), BigInteger.ONE) : of(k, BigInteger.ONE.shiftLeft(Math.negateExact(e)));
    }

    /** The value of a rational, whether or not it was reduced. */
    public static Fraction of(BigRational value) {
        BigRational canonical = RationalField.canonical(value);
        return new Fraction(canonical.getNumeratorBigInteger(), canonical.getDenominatorBigInteger());
    }

    /** The same number, reduced, as the element type of the rational ring. */
    public BigRational toBigRational() {
        return numerator.signum() == 0 ? BigRational.ZERO : RationalField.ofReduced(numerator, denominator);
    }

    /** p. */
    public BigInteger numerator() {
        return numerator;
    }

    /** q, positive and coprime to p. */
    public BigInteger denominator() {
        return denominator;
    }

    public int signum() {
        return numerator.signum();
    }

    public Fraction negate() {
        return new Fraction(numerator.negate(), denominator);
    }

    public Fraction add(Fraction other) {
        return of(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    public Fraction subtract(Fraction other) {
        return add(other.negate());
    }

    public Fraction multiply(Fraction other) {
        return of(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    /**
     * The quotient.
     *
     * @throws ArithmeticException if the divisor is zero
     */
    public Fraction divide(Fraction other) {
        return of(numerator.multiply(other.denominator), denominator.multiply(other.numerator));
    }

    /** The largest integer not above this number. */
    public BigInteger floor() {
        BigInteger[] parts = numerator.divideAndRemainder(denominator);
        return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    /** The smallest integer not below this number. */
    public BigInteger ceiling() {
        return negate().floor().negate();
    }

    @Override
    public int compareTo(Fraction other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fraction fraction
                && numerator.equals(fraction.numerator)
                && denominator.equals(fraction.denominator);
    }

    @Override
    public int hashCode() {
        return Objects.hash(numerator, denominator);
    }

    /** The canonical hash spelling {@code p/q}, also for integers. */
    @Override
    public String toString() {
        return numerator + "/" + denominator;
    }
}
