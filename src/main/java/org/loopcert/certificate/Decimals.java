package org.loopcert.certificate;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
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
        int twos = above - below;
        BigInteger power = BigInteger.ONE.shiftLeft(Math.abs(twos));
        BigDecimal quotient = twos >= 0
                ? new BigDecimal(numerator.multiply(power))
                        .divide(new BigDecimal(denominator), new MathContext(digits, mode))
                : new BigDecimal(numerator)
                        .divide(new BigDecimal(denominator.multiply(power)), new MathContext(digits, mode));
        BigDecimal plain = quotient.stripTrailingZeros();
        return plain.scale() <= 0 && plain.precision() - plain.scale() <= digits
                ? plain.toPlainString()
                : plain.toString();
    }

    private static BigInteger shiftRight(BigInteger positive, int count, boolean up) {
        BigInteger kept = positive.shiftRight(count);
        return up && positive.getLowestSetBit() < count ? kept.add(BigInteger.ONE) : kept;
    }
}
