package org.loopcert.drift;

import ch.obermuhlner.math.big.BigRational;
import java.util.Objects;
import java.util.Optional;
import org.loopcert.exact.Fraction;
import org.loopcert.ring.RationalField;

/**
 * What the caller has certified about |I - eta G|, the factor by which a step can stretch an error
 * in the Euclidean norm. The bounds of this package are as trustworthy as this.
 */
public final class Contraction {
    private static final RationalField Q = RationalField.INSTANCE;
    private static final Contraction NONE = new Contraction(null, null, null);

    private final BigRational factor;
    private final BigRational strongConvexity;
    private final BigRational smoothness;

    private Contraction(BigRational factor, BigRational strongConvexity, BigRational smoothness) {
        this.factor = factor;
        this.strongConvexity = strongConvexity;
        this.smoothness = smoothness;
    }

    /** Nothing is certified: norms of I - eta G that are easy to bound are used instead. */
    public static Contraction none() {
        return NONE;
    }

    /**
     * |I - eta G| is at most the factor at every step; 1 wherever 0 <= eta <= 2/L.
     *
     * @throws IllegalArgumentException if the factor is negative
     */
    public static Contraction atMost(BigRational factor) {
        if (factor.signum() < 0) {
            throw new IllegalArgumentException("expected a factor of at least 0, got " + factor);
        }
        return new Contraction(RationalField.canonical(factor), null, null);
    }

    /**
     * mu I <= G <= L I on the whole space, so that |I - eta G| is at most max(|1 - eta mu|, |1 - eta
     * L|); mu is 0 where X does not have full column rank.
     *
     * @throws IllegalArgumentException unless 0 <= mu <= L
     */
    public static Contraction fromSpectrum(BigRational strongConvexity, BigRational smoothness) {
        if (strongConvexity.signum() < 0 || Q.compare(strongConvexity, smoothness) > 0) {
            throw new IllegalArgumentException(
                    "expected 0 <= mu <= L, got mu = " + strongConvexity + ", L = " + smoothness);
        }
        return new Contraction(null, RationalField.canonical(strongConvexity), RationalField.canonical(smoothness));
    }

    /** The certified upper bound of |I - eta G| for a step size, if there is one. */
    public Optional<BigRational> factor(BigRational stepSize) {
        if (smoothness == null) {
            return Optional.ofNullable(factor);
        }
        Objects.requireNonNull(stepSize, "stepSize");
        BigRational atMu = stretch(stepSize, strongConvexity);
        BigRational atL = stretch(stepSize, smoothness);
        return Optional.of(Q.compare(atMu, atL) >= 0 ? atMu : atL);
    }

    /** As {@link #factor}, in the numbers of the exact engine. */
    Optional<Fraction> fraction(Fraction stepSize) {
        return factor(stepSize.toBigRational()).map(Fraction::of);
    }

    private static BigRational stretch(BigRational stepSize, BigRational eigenvalue) {
        return Q.subtract(BigRational.ONE, Q.multiply(stepSize, eigenvalue)).abs();
    }
}
