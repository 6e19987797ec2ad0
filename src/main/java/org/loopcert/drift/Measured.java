package org.loopcert.drift;

import java.math.BigInteger;
import org.loopcert.ring.RationalField;

/**
 * A measured nonnegative quantity: outward bounds of {@value #BITS} bits for quick comparison, and
 * where it is known exactly the quotient numerator / denominator * 2^shift, left unreduced until
 * somebody asks for it.
 *
 * @param lower a lower bound
 * @param upper an upper bound
 * @param numerator of the exact value, null if only the bounds are known
 * @param denominator positive, or null
 * @param shift the power of two
 */
record Measured(Dyad lower, Dyad upper, BigInteger numerator, BigInteger denominator, int shift) {
    static final int BITS = 128;

    static Measured exact(BigInteger numerator, Divisor divisor, int shift) {
        Divisor.Bounds bounds = divisor.around(numerator, BITS);
        return new Measured(
                shifted(bounds.down(), shift), shifted(bounds.up(), shift), numerator, divisor.denominator(), shift);
    }

    static Measured between(Dyad lower, Dyad upper) {
        return new Measured(lower, upper, null, null, 0);
    }

    static Dyad shifted(Dyad value, int shift) {
        return new Dyad(value.mantissa(), Math.addExact(value.exponent(), shift));
    }

    boolean isExact() {
        return numerator != null;
    }

    /**
     * Whether this is larger; where bounds overlap and a value is not exact, has the larger bound.
     */
    boolean exceeds(Measured other) {
        if (lower.compareTo(other.upper) > 0) {
            return true;
        }
        if (upper.compareTo(other.lower) <= 0) {
            return false;
        }
        if (!isExact() || !other.isExact()) {
            return upper.compareTo(other.upper) > 0;
        }
        int common = Math.min(shift, other.shift);
        BigInteger left = numerator.shiftLeft(shift - common).multiply(other.denominator);
        BigInteger right = other.numerator.shiftLeft(other.shift - common).multiply(denominator);
        return left.compareTo(right) > 0;
    }

    Enclosure enclosure() {
        if (!isExact()) {
            return Enclosure.of(lower, upper);
        }
        return Enclosure.exact(
                shift >= 0
                        ? RationalField.of(numerator.shiftLeft(shift), denominator)
                        : RationalField.of(numerator, denominator.shiftLeft(-shift)));
    }
}
