package org.loopcert.ring;

import java.math.BigInteger;
import java.util.EnumSet;
import java.util.Set;

/**
 * Integers modulo a prime, as representatives from zero to the prime minus one. Equality modulo a
 * random prime is a fast cross-check of an identity, never a proof of it.
 */
public final class ResidueField implements Field<BigInteger> {
    private static final int CERTAINTY = 100;
    private static final Set<Property> PROPERTIES = Set.copyOf(EnumSet.of(
            Property.EXACT,
            Property.CANONICAL,
            Property.ADDITIVE_GROUP,
            Property.ASSOCIATIVE,
            Property.COMMUTATIVE,
            Property.DISTRIBUTIVE,
            Property.FIELD));

    private final BigInteger prime;

    private ResidueField(BigInteger prime) {
        this.prime = prime;
    }

    /**
     * The residues modulo a prime.
     *
     * @throws IllegalArgumentException if a probabilistic test finds the number composite
     */
    public static ResidueField of(BigInteger prime) {
        if (prime.signum() <= 0 || !prime.isProbablePrime(CERTAINTY)) {
            throw new IllegalArgumentException("expected a prime modulus, got " + prime);
        }
        return new ResidueField(prime);
    }

    /** The modulus. */
    public BigInteger prime() {
        return prime;
    }

    @Override
    public String name() {
        return "residues modulo " + prime;
    }

    @Override
    public Set<Property> properties() {
        return PROPERTIES;
    }

    @Override
    public BigInteger zero() {
        return BigInteger.ZERO;
    }

    @Override
    public BigInteger one() {
        return BigInteger.ONE;
    }

    @Override
    public BigInteger fromInteger(BigInteger value) {
        return value.mod(prime);
    }

    @Override
    public BigInteger add(BigInteger left, BigInteger right) {
        return left.add(right).mod(prime);
    }

    @Override
    public BigInteger subtract(BigInteger left, BigInteger right) {
        return left.subtract(right).mod(prime);
    }

    @Override
    public BigInteger negate(BigInteger element) {
        return element.negate().mod(prime);
    }

    @Override
    public BigInteger multiply(BigInteger left, BigInteger right) {
        return left.multiply(right).mod(prime);
    }

    @Override
    public BigInteger divide(BigInteger dividend, BigInteger divisor) {
        if (divisor.mod(prime).signum() == 0) {
            throw new ArithmeticException(name() + ": expected a nonzero divisor, got " + divisor);
        }
        return dividend.multiply(divisor.modInverse(prime)).mod(prime);
    }

    @Override
    public boolean equal(BigInteger left, BigInteger right) {
        return left.subtract(right).mod(prime).signum() == 0;
    }
}
