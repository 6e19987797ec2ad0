package org.loopcert.certify;

import java.math.BigInteger;
import java.util.Arrays;
import org.loopcert.exact.Fraction;

/** Intervals of integers over 2^bits with outward rounding, kept apart from the kernel's own. */
record FixedPoint(int bits) {
    /** The interval [low, high] / 2^bits. */
    record Interval(BigInteger low, BigInteger high) {}

    private BigInteger floor(Fraction x) {
        return Fraction.of(x.numerator().shiftLeft(bits), x.denominator()).floor();
    }

    Interval hull(Fraction a, Fraction b) {
        Fraction low = a.compareTo(b) <= 0 ? a : b;
        Fraction high = a.compareTo(b) <= 0 ? b : a;
        return new Interval(floor(low), floor(high.negate()).negate());
    }

    Interval dot(Interval[] a, Interval[] b) {
        BigInteger low = BigInteger.ZERO;
        BigInteger high = BigInteger.ZERO;
        for (int k = 0; k < a.length; k++) {
            BigInteger[] products = {
                a[k].low().multiply(b[k].low()),
                a[k].low().multiply(b[k].high()),
                a[k].high().multiply(b[k].low()),
                a[k].high().multiply(b[k].high())
            };
            Arrays.sort(products);
            low = low.add(products[0]);
            high = high.add(products[3]);
        }
        return new Interval(low.shiftRight(bits), high.negate().shiftRight(bits).negate());
    }

    Interval[] multiply(Interval[][] a, Interval[] v) {
        return Arrays.stream(a).map(row -> dot(row, v)).toArray(Interval[]::new);
    }

    Interval[][] square(Interval[][] a) {
        Interval[][] result = new Interval[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j <= i; j++) {
                result[i][j] = dot(a[i], a[j]);
                result[j][i] = result[i][j];
            }
        }
        return result;
    }
}
