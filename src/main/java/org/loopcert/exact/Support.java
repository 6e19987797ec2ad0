package org.loopcert.exact;

import java.math.BigInteger;

/**
 * Gcds of long integers whose primes are known in advance.
 *
 * <p>The denominator of an iterate is a product of the few denominators of the steps. A
 * <em>support</em> is an integer divisible by each of its odd primes; what a numerator shares with
 * the denominator is then found by dividing by short integers, in time linear in its length, where
 * the general gcd is quadratic.
 */
final class Support {
    /** Beyond this length the support is no shorter path than the general gcd. */
    private static final int MAX_BITS = 4096;

    private Support() {}

    /** The support of one factor; zero stands for "not known". */
    static BigInteger of(BigInteger factor) {
        BigInteger odd = oddPart(factor.abs());
        return odd.bitLength() > MAX_BITS ? BigInteger.ZERO : odd;
    }

    /** The support of a product. */
    static BigInteger join(BigInteger support, BigInteger factor) {
        BigInteger odd = of(factor);
        if (support.signum() == 0 || odd.signum() == 0) {
            return BigInteger.ZERO;
        }
        if (support.mod(odd).signum() == 0) {
            return support;
        }
        return of(ScaledVector.lcm(support, odd));
    }

    static boolean isUseful(BigInteger support) {
        return support.signum() > 0;
    }

    /** gcd(a, b) for b &gt; 0 whose odd primes all divide the support. */
    static BigInteger gcd(BigInteger a, BigInteger b, BigInteger support) {
        if (a.signum() == 0) {
            return b;
        }
        if (4L * support.bitLength() > b.bitLength()) {
            return b.gcd(a);
        }
        int twos = Math.min(a.getLowestSetBit(), b.getLowestSetBit());
        BigInteger rest = oddPart(a.abs());
        BigInteger shared = BigInteger.ONE;
        BigInteger g = oddPart(support);
        g = g.gcd(rest.mod(g));
        while (!g.equals(BigInteger.ONE)) {
            rest = rest.divide(g);
            shared = shared.multiply(g);
            // squaring lets the exponents taken out double each time
            BigInteger square = g.multiply(g);
            g = square.gcd(rest.mod(square));
        }
        return shared.gcd(b.mod(shared)).shiftLeft(twos);
    }

    private static BigInteger oddPart(BigInteger positive) {
        return positive.signum() == 0 ? positive : positive.shiftRight(positive.getLowestSetBit());
    }
}
