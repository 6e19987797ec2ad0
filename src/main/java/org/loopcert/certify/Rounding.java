package org.loopcert.certify;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import org.loopcert.ring.RationalField;

/** Directed rounding of exact rationals to dyadic numbers with a short numerator. */
final class Rounding {
    private static final int BITS = 48;

    private Rounding() {}

    /** A dyadic number of 48 bits, at least the value and within 2^-46 of it, relatively; exact for zero. */
    static BigRational up(BigRational value) {
        return RationalField.INSTANCE.negate(down(RationalField.INSTANCE.negate(value)));
    }

    /** A dyadic number of some 48 bits, or an integer, at least the root of the value and close to it; exact for zero. */
    static BigRational rootUp(BigRational value) {
        BigRational reduced = RationalField.canonical(value);
        BigInteger p = reduced.getNumeratorBigInteger();
        BigInteger q = reduced.getDenominatorBigInteger();
        int shift = Math.max(0, BITS - (p.bitLength() - q.bitLength()) / 2);
        BigInteger[] parts = p.shiftLeft(2 * shift).divideAndRemainder(q);
        BigInteger[] root = parts[0].sqrtAndRemainder();
        boolean exact = parts[1].signum() == 0 && root[1].signum() == 0;
        return RationalField.of(exact ? root[0] : root[0].add(BigInteger.ONE), BigInteger.ONE.shiftLeft(shift));
    }

    /** A dyadic number of 48 bits, at most the value and within 2^-46 of it, relatively; exact for zero. */
    static BigRational down(BigRational value) {
        BigRational reduced = RationalField.canonical(value);
        BigInteger p = reduced.getNumeratorBigInteger();
        BigInteger q = reduced.getDenominatorBigInteger();
        if (p.signum() == 0) {
            return BigRational.ZERO;
        }
        int shift = BITS - p.bitLength() + q.bitLength();
        BigInteger numerator = shift > 0 ? p.shiftLeft(shift) : p;
        BigInteger denominator = shift < 0 ? q.shiftLeft(-shift) : q;
        BigInteger[] parts = numerator.divideAndRemainder(denominator);
        BigInteger floor = parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
        return shift > 0
                ? RationalField.of(floor, BigInteger.ONE.shiftLeft(shift))
                : RationalField.of(floor.shiftLeft(-shift), BigInteger.ONE);
    }
}
