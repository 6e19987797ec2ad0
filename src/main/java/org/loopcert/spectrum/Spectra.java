package org.loopcert.spectrum;

import java.math.BigInteger;
import java.util.List;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.exact.IntegerMatrix;
import org.loopcert.exact.IntegerVector;

/**
 * The integer matrices whose definiteness decides where eigenvalues of G = GI / gDen lie relative
 * to a rational p/q, and the exact decisions themselves.
 */
public final class Spectra {
    private Spectra() {}

    /** p gDen I - q GI: positive semidefinite exactly when lambda_max &le; p/q. */
    public static IntegerMatrix upperMatrix(Gram gram, Fraction bound) {
        return gram.gi()
                .multiply(bound.denominator().negate())
                .addToDiagonal(bound.numerator().multiply(gram.gDen()));
    }

    /**
     * q GI + c gDen q N N' - p gDen I, N an integer basis of the null space of X as columns: positive
     * semidefinite only if p/q &le; the smallest positive eigenvalue, and for large c if so. With
     * full rank (empty basis) the middle term is absent.
     */
    public static IntegerMatrix lowerMatrix(Gram gram, Fraction bound, List<IntegerVector> nullSpace, BigInteger c) {
        BigInteger q = bound.denominator();
        IntegerMatrix matrix = gram.gi()
                .multiply(q)
                .addToDiagonal(bound.numerator().multiply(gram.gDen()).negate());
        if (nullSpace.isEmpty()) {
            return matrix;
        }
        IntegerMatrix projector = IntegerMatrix.ofColumns(nullSpace).transpose().gram();
        return matrix.add(projector.multiply(c.multiply(gram.gDen()).multiply(q)));
    }

    /**
     * A c that is large enough in {@link #lowerMatrix} for every bound below the smallest positive
     * eigenvalue: N in echelon form has N'N &ge; I, so any c above p/q will do; twice that leaves the
     * factor as much margin on the null space as p/q itself.
     */
    public static BigInteger nullSpaceWeight(Fraction bound) {
        return bound.add(bound).floor().add(BigInteger.ONE).max(BigInteger.ONE);
    }

    /** The exact sign of eta lambda_max - c: negative, zero or positive. */
    public static int compareStep(Gram gram, Fraction eta, long c) {
        if (eta.signum() == 0) {
            return -Long.signum(c);
        }
        return eta.signum() * compareLargest(gram, Fraction.of(c, 1).divide(eta));
    }

    /** The exact sign of lambda_max - p/q. */
    public static int compareLargest(Gram gram, Fraction value) {
        if (value.signum() < 0) {
            return 1;
        }
        if (gram.gi().isZero()) {
            return -value.signum();
        }
        return value.signum() == 0 ? 1 : Comparison.largest(Extremes.of(gram), value);
    }

    /**
     * The exact sign of (smallest positive eigenvalue) - p/q for p/q &gt; 0.
     *
     * @param rank the rank of G, at least one
     */
    public static int compareSmallestPositive(Gram gram, Fraction value, int rank) {
        if (value.signum() <= 0) {
            throw new IllegalArgumentException("expected a positive value, got " + value);
        }
        return Comparison.smallest(Extremes.of(gram, rank), value);
    }
}
