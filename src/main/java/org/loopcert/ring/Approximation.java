package org.loopcert.ring;

import ch.obermuhlner.math.big.BigDecimalMath;
import ch.obermuhlner.math.big.BigRational;
import java.math.BigDecimal;
import java.math.MathContext;

/** Approximate values of transcendental functions. They propose witnesses; nothing is decided by them. */
public final class Approximation {
    private Approximation() {}

    /** About exp(x), to the given number of significant decimal digits as far as the library goes. */
    public static BigDecimal exp(BigRational x, int digits) {
        MathContext context = new MathContext(digits + 5);
        return BigDecimalMath.exp(x.toBigDecimal(context), context);
    }
}
