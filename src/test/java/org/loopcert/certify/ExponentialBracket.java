package org.loopcert.certify;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import org.loopcert.ring.RationalField;

/** Bounds of exp(-x) for x >= 0: the alternating series at x / 2^k, then k squarings, all rounded outward. */
public final class ExponentialBracket {
    private ExponentialBracket() {}

    /** An enclosure of exp(-x), exact at 0; about {@code bits} binary places wide. */
    public static Bracket at(BigRational x, int bits) {
        if (x.signum() < 0) {
            throw new IllegalArgumentException("x >= 0 expected");
        }
        if (x.signum() == 0) {
            return Bracket.of(Naive.ONE);
        }
        int halvings = 0;
        BigRational r = x;
        while (Naive.compare(r, RationalField.of(1, 2)) > 0) {
            r = Naive.divide(r, Naive.integer(2));
            halvings++;
        }
        int places = bits + 2 * halvings + 8;
        BigRational low = series(round(r, places, true), places).low();
        BigRational high = series(round(r, places, false), places).high();
        for (int k = 0; k < halvings; k++) {
            low = round(Naive.square(low), places, false);
            high = round(Naive.square(high), places, true);
        }
        return new Bracket(low, high);
    }

    /** For 0 <= r <= 1/2 the terms r^k/k! fall, so consecutive partial sums enclose exp(-r). */
    private static Bracket series(BigRational r, int places) {
        BigRational unit = RationalField.of(BigInteger.ONE, BigInteger.ONE.shiftLeft(places));
        BigRational term = Naive.ONE;
        BigRational sum = Naive.ONE;
        BigRational before = Naive.ONE;
        int k = 0;
        while (Naive.compare(Naive.abs(term), unit) > 0 || k % 2 == 0) {
            k++;
            term = Naive.divide(Naive.multiply(term, Naive.negate(r)), Naive.integer(k));
            before = sum;
            sum = Naive.add(sum, term);
        }
        return new Bracket(round(sum, places, false), round(before, places, true));
    }

    private static BigRational round(BigRational value, int places, boolean up) {
        BigInteger p = value.getNumeratorBigInteger().shiftLeft(places);
        BigInteger q = value.getDenominatorBigInteger();
        BigInteger floor = p.subtract(p.mod(q)).divide(q);
        boolean exact = floor.multiply(q).equals(p);
        return RationalField.of(up && !exact ? floor.add(BigInteger.ONE) : floor, BigInteger.ONE.shiftLeft(places));
    }
}
