package org.loopcert.spectrum;

import java.math.BigInteger;
import org.loopcert.exact.Fraction;

/** Dyadic rationals with short numerators. */
final class ShortDyadic {
    private ShortDyadic() {}

    /**
     * The dyadic number in [low, high], 0 &lt; low &le; high, with the largest power of two dividing
     * it.
     *
     * @throws IllegalArgumentException if the interval is empty or a point that is not dyadic
     */
    static Fraction between(Fraction low, Fraction high) {
        if (low.signum() <= 0 || low.compareTo(high) > 0) {
            throw new IllegalArgumentException("expected 0 < low <= high");
        }
        int e = exponent(high) + 1;
        // a gap of at least 2^e contains a multiple of 2^e; a dyadic point is reached at its own
        // exponent
        Fraction gap = high.subtract(low);
        int last = gap.signum() > 0 ? exponent(gap) - 1 : 1 - low.denominator().bitLength();
        for (; e >= last; e--) {
            BigInteger k = scale(low, -e).ceiling();
            Fraction candidate = Fraction.dyadic(k, e);
            if (candidate.compareTo(high) <= 0) {
                return candidate;
            }
        }
        throw new IllegalArgumentException("no dyadic number between " + low + " and " + high);
    }

    /** floor(log2 x) or one less, for x &gt; 0. */
    static int exponent(Fraction x) {
        return x.numerator().bitLength() - x.denominator().bitLength() - 1;
    }

    /** x 2^e. */
    static Fraction scale(Fraction x, int e) {
        return x.multiply(Fraction.dyadic(BigInteger.ONE, e));
    }
}
