package org.loopcert.kernel;

import java.math.BigInteger;

/**
 * An exact rational in lowest terms with a positive denominator.
 *
 * @param numerator any integer
 * @param denominator positive, coprime to the numerator
 */
public record Fraction(BigInteger numerator, BigInteger denominator) implements Comparable<Fraction> {
    public static final Fraction ZERO = of(0);
    public static final Fraction ONE = of(1);
    public static final Fraction TWO = of(2);

    public Fraction {
        if (plain(denominator).signum() <= 0 || !coprime(plain(numerator), denominator)) {
            throw new IllegalArgumentException("not in lowest terms: " + numerator + "/" + denominator);
        }
    }

    /** Whether p and q > 0 have no common divisor; for a power of two q: whether p is odd or q is 1. */
    private static boolean coprime(BigInteger p, BigInteger q) {
        return q.bitCount() == 1
                ? p.testBit(0) || q.equals(BigInteger.ONE)
                : p.gcd(q).equals(BigInteger.ONE);
    }

    /** The integer itself, unless it is of a subclass, which may compute and compare as it likes. */
    public static BigInteger plain(BigInteger integer) {
        if (integer.getClass() != BigInteger.class) {
            throw new IllegalArgumentException("not a BigInteger but a " + integer.getClass());
        }
        return integer;
    }

    /** The quotient in lowest terms; the denominator must not be zero. */
    public static Fraction of(BigInteger numerator, BigInteger denominator) {
        if (denominator.signum() == 0) {
            throw new ArithmeticException("denominator is zero");
        }
        BigInteger divisor = numerator.gcd(denominator);
        if (denominator.signum() < 0) {
            divisor = divisor.negate();
        }
        return new Fraction(numerator.divide(divisor), denominator.divide(divisor));
    }

    public static Fraction of(BigInteger integer) {
        return new Fraction(integer, BigInteger.ONE);
    }

    public static Fraction of(long integer) {
        return of(BigInteger.valueOf(integer));
    }

    /**
     * Reads the one canonical spelling: {@code 0}, {@code -12} or {@code p/q} in lowest terms with q
     * at least 2.
     */
    static Fraction read(Json.Str text, Limits.Meter meter) throws Refusal {
        String s = text.text();
        int slash = s.indexOf('/');
        if (slash < 0) {
            return of(integer(s, text.at(), meter));
        }
        BigInteger p = integer(s.substring(0, slash), text.at(), meter);
        BigInteger q = integer(s.substring(slash + 1), text.at(), meter);
        if (q.compareTo(BigInteger.TWO) < 0 || !coprime(p, q)) {
            throw Refusal.malformed(text.at(), "a fraction in lowest terms with denominator at least 2", Json.brief(s));
        }
        return new Fraction(p, q);
    }

    private static BigInteger integer(String s, int at, Limits.Meter meter) throws Refusal {
        int start = s.startsWith("-") ? 1 : 0;
        boolean canonical = s.length() > start && (s.charAt(start) != '0' || s.equals("0"));
        for (int i = start; i < s.length(); i++) {
            canonical &= s.charAt(i) >= '0' && s.charAt(i) <= '9';
        }
        if (!canonical) {
            throw Refusal.malformed(at, "an integer or a fraction p/q", Json.brief(s));
        }
        meter.digits(s.length() - start);
        return new BigInteger(s);
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

    public Fraction divide(Fraction other) {
        return of(numerator.multiply(other.denominator), denominator.multiply(other.numerator));
    }

    public Fraction negate() {
        return new Fraction(numerator.negate(), denominator);
    }

    public Fraction abs() {
        return signum() < 0 ? negate() : this;
    }

    /** The bits of numerator and denominator together. */
    long bits() {
        return (long) numerator.bitLength() + denominator.bitLength();
    }

    public int signum() {
        return numerator.signum();
    }

    public Fraction max(Fraction other) {
        return compareTo(other) >= 0 ? this : other;
    }

    public Fraction min(Fraction other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public boolean atMost(Fraction other) {
        return compareTo(other) <= 0;
    }

    public boolean below(Fraction other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(Fraction other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }

    /** As of any record of lowest terms, but not linked at run time, which takes as long as a small certificate. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Fraction that && compareTo(that) == 0;
    }

    /** The canonical spelling. */
    @Override
    public String toString() {
        return denominator.equals(BigInteger.ONE) ? numerator.toString() : numerator + "/" + denominator;
    }
}
