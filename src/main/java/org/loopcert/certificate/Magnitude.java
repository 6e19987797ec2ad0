package org.loopcert.certificate;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.Instance;
import org.loopcert.kernel.Statement;

/**
 * A number that is not negative, between two exact fractions; known exactly where these are equal. Long products are
 * enclosed with directed rounding, so that T steps never cost numbers of T digits.
 *
 * @param lower at most the number
 * @param upper at least the number
 */
record Magnitude(Fraction lower, Fraction upper) {
    /** Beyond so many bits a power is enclosed instead of written out; about 3,900 decimal digits. */
    static final int EXACT_BITS = 13_000;

    private static final int BITS = 256;

    /** Values below 2^-4096 are enclosed by 0 and 2^-4096. */
    private static final long TINY = 4096;

    private static final long HUGE = 1 << 20;

    static Magnitude exact(Fraction value) {
        return new Magnitude(value, value);
    }

    boolean isExact() {
        return lower.equals(upper);
    }

    Magnitude times(Fraction factor) {
        return new Magnitude(lower.multiply(factor), upper.multiply(factor));
    }

    Magnitude times(Magnitude other) {
        return new Magnitude(lower.multiply(other.lower), upper.multiply(other.upper));
    }

    /** The value of a factor over all loops of its instance. */
    static Magnitude of(Statement.Factor factor, Instance instance) {
        if (factor instanceof Statement.Power power) {
            return power(power.base(), power.loops());
        }
        if (factor instanceof Statement.Product product) {
            List<Fraction> factors = new ArrayList<>();
            for (Fraction eta : instance.step().given()) {
                factors.add(Fraction.ONE.subtract(eta.multiply(product.mu())));
            }
            return product(factors);
        }
        return exact(((Statement.Value) factor).bound());
    }

    /** base^loops for base in [0, 1]. */
    static Magnitude power(Fraction base, long loops) {
        long bits =
                (long) Math.max(base.numerator().bitLength(), base.denominator().bitLength());
        if (bits == 0 || loops <= EXACT_BITS / bits) {
            int exponent = Math.toIntExact(loops);
            return exact(new Fraction(
                    base.numerator().pow(exponent), base.denominator().pow(exponent)));
        }
        return new Magnitude(
                Directed.of(base, false).power(loops).value(),
                Directed.of(base, true).power(loops).value());
    }

    /** The product of factors that are not negative. */
    static Magnitude product(List<Fraction> factors) {
        long bits = 0;
        for (Fraction factor : factors) {
            bits += Math.max(
                    factor.numerator().bitLength(), factor.denominator().bitLength());
        }
        if (bits <= EXACT_BITS) {
            Fraction whole = Fraction.ONE;
            for (Fraction factor : factors) {
                whole = whole.multiply(factor);
            }
            return exact(whole);
        }
        Directed low = Directed.of(Fraction.ONE, false);
        Directed high = Directed.of(Fraction.ONE, true);
        for (Fraction factor : factors) {
            low = low.times(Directed.of(factor, false));
            high = high.times(Directed.of(factor, true));
        }
        return new Magnitude(low.value(), high.value());
    }

    /** The root of a number that is not negative. */
    static Magnitude root(Fraction square) {
        BigInteger p = square.numerator();
        BigInteger q = square.denominator();
        BigInteger[] above = p.sqrtAndRemainder();
        BigInteger[] below = q.sqrtAndRemainder();
        if (above[1].signum() == 0 && below[1].signum() == 0) {
            return exact(new Fraction(above[0], below[0]));
        }
        // sqrt(p/q) = sqrt(p q 4^k) / (q 2^k)
        int shift = Math.max(0, BITS - (p.bitLength() + q.bitLength()) / 2);
        BigInteger floor = p.multiply(q).shiftLeft(2 * shift).sqrt();
        BigInteger scale = q.shiftLeft(shift);
        return new Magnitude(Fraction.of(floor, scale), Fraction.of(floor.add(BigInteger.ONE), scale));
    }

    /** mantissa 2^exponent >= 0, rounded in one direction after every operation. */
    private record Directed(BigInteger mantissa, long exponent, boolean up) {
        static Directed of(Fraction value, boolean up) {
            int shift = Math.max(
                    0,
                    BITS + value.denominator().bitLength() - value.numerator().bitLength());
            BigInteger[] parts = value.numerator().shiftLeft(shift).divideAndRemainder(value.denominator());
            boolean raise = up && parts[1].signum() != 0;
            return new Directed(raise ? parts[0].add(BigInteger.ONE) : parts[0], -shift, up).rounded();
        }

        Directed times(Directed other) {
            return new Directed(mantissa.multiply(other.mantissa), Math.addExact(exponent, other.exponent), up)
                    .rounded();
        }

        Directed power(long count) {
            Directed result = new Directed(BigInteger.ONE, 0, up);
            Directed square = this;
            for (long rest = count; rest > 0; rest >>= 1) {
                if ((rest & 1) == 1) {
                    result = result.times(square);
                }
                if (rest > 1) {
                    square = square.times(square);
                }
            }
            return result;
        }

        private Directed rounded() {
            int excess = mantissa.bitLength() - BITS;
            if (excess <= 0) {
                return this;
            }
            BigInteger kept = mantissa.shiftRight(excess);
            boolean raise = up && mantissa.getLowestSetBit() < excess;
            return new Directed(raise ? kept.add(BigInteger.ONE) : kept, Math.addExact(exponent, excess), up);
        }

        Fraction value() {
            long length = mantissa.bitLength() + exponent;
            if (mantissa.signum() != 0 && length < -TINY) {
                return up
                        ? Fraction.of(BigInteger.ONE, BigInteger.ONE.shiftLeft(Math.toIntExact(TINY)))
                        : Fraction.ZERO;
            }
            if (length > HUGE) {
                throw new ArithmeticException("expected a factor of at most 1, got about 2^" + length);
            }
            int shift = mantissa.signum() == 0 ? 0 : Math.toIntExact(exponent);
            return shift >= 0
                    ? Fraction.of(mantissa.shiftLeft(shift))
                    : Fraction.of(mantissa, BigInteger.ONE.shiftLeft(-shift));
        }
    }
}
