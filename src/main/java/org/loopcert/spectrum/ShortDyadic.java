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
        // a multiple of 2^e is one of every smaller power, so that the largest e can be searched by halving
        BigInteger least = scale(low, -last).ceiling();
        BigInteger greatest = scale(high, -last).floor();
        if (least.compareTo(greatest) > 0) {
            throw new IllegalArgumentException("no dyadic number between " + low + " and " + high);
        }
        BigInteger best = least;
        int works = last;
        int most = e;
        while (works < most) {
            int middle = works + (most - works + 1) / 2;
            int twos = middle - last;
            BigInteger multiple = least.negate().shiftRight(twos).negate(); // rounded up
            if (multiple.shiftLeft(twos).compareTo(greatest) <= 0) {
                best = multiple;
                works = middle;
            } else {
                most = middle - 1;
            }
        }
        return Fraction.dyadic(best, works);
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
