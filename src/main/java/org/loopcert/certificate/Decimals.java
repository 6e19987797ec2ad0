package org.loopcert.certificate;

import java.math.BigInteger;
import java.math.RoundingMode;
import org.loopcert.kernel.Fraction;

/** Decimals of exact fractions, rounded in a stated direction; decided by integers alone. */
final class Decimals {
    /** Bits kept of numerator and denominator before a decimal is made of them. */
    private static final int BITS = 256;

    private Decimals() {}

    /** The least decimal of so many significant digits that is not below the value. */
    static String up(Fraction value, int digits) {
        return value.signum() < 0
                ? negated(magnitude(value.negate(), digits, RoundingMode.FLOOR))
                : magnitude(value, digits, RoundingMode.CEILING);
    }

    /** The greatest decimal of so many significant digits that is not above the value. */
    static String down(Fraction value, int digits) {
        return value.signum() < 0
                ? negated(magnitude(value.negate(), digits, RoundingMode.CEILING))
                : magnitude(value, digits, RoundingMode.FLOOR);
    }

    private static String negated(String text) {
        return text.equals("0") ? text : "-" + text;
    }

    private static String magnitude(Fraction value, int digits, RoundingMode mode) {
        if (value.signum() == 0) {
            return "0";
        }
        boolean up = mode == RoundingMode.CEILING;
        int above = Math.max(0, value.numerator().bitLength() - BITS);
        int below = Math.max(0, value.denominator().bitLength() - BITS);
        BigInteger numerator = shiftRight(value.numerator(), above, up);
        BigInteger denominator = shiftRight(value.denominator(), below, !up);
        // value = numerator / denominator * 2^(above - below), up to the directed rounding
        return above >= below
                ? quotient(numerator.shiftLeft(above - below), denominator, digits, up)
                : quotient(numerator, denominator.shiftLeft(below - above), digits, up);
    }

    /**
     * p / q > 0 rounded to so many significant digits, with integers alone: BigDecimal computes powers of five of 150,000
     * bits when some Javas load it.
     */
    private static String quotient(BigInteger p, BigInteger q, int digits, boolean up) {
        // p / q > 2^(bits - 1) and 0.30102 < log10(2) < 0.30103, so that this is at most the exponent, and not much
        // less
        long bits = p.bitLength() - (long) q.bitLength();
        long places = digits - 1 - Math.floorDiv((bits - 1) * (bits > 0 ? 30102 : 30103), 100_000L);
        BigInteger[] parts = scaled(p, q, places);
        int excess = parts[0].toString().length() - digits;
        if (excess > 0) {
            places -= excess;
            parts = scaled(p, q, places);
        }
        BigInteger rounded = up && parts[1].signum() != 0 ? parts[0].add(BigInteger.ONE) : parts[0];
        String text = rounded.toString();
        int end = text.length();
        while (text.charAt(end - 1) == '0') {
            end--;
            places--;
        }
        return spelled(text.substring(0, end), places, digits);
    }

    /** Quotient and remainder of p 10^places by q, where q is multiplied instead if places < 0. */
    private static BigInteger[] scaled(BigInteger p, BigInteger q, long places) {
        BigInteger power = BigInteger.TEN.pow(Math.toIntExact(Math.abs(places)));
        return places >= 0 ? p.multiply(power).divideAndRemainder(q) : p.divideAndRemainder(q.multiply(power));
    }

    /** The number of these digits, of which so many are behind the point, as BigDecimal spells it; short integers in full. */
    private static String spelled(String digits, long places, int most) {
        long exponent = digits.length() - 1 - places;
        if (places <= 0 && exponent < most) {
            return digits + "0".repeat(Math.toIntExact(-places));
        }
        if (places > 0 && exponent >= -6) {
            String padded = "0".repeat(Math.toIntExact(Math.max(0, -exponent))) + digits;
            int point = padded.length() - Math.toIntExact(places);
            return padded.substring(0, point) + "." + padded.substring(point);
        }
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return digits.charAt(0) + fraction + "E" + (exponent > 0 ? "+" : "") + exponent;
    }

    private static BigInteger shiftRight(BigInteger positive, int count, boolean up) {
        BigInteger kept = positive.shiftRight(count);
        return up && positive.getLowestSetBit() < count ? kept.add(BigInteger.ONE) : kept;
    }
}
