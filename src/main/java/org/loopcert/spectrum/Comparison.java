package org.loopcert.spectrum;

import java.math.BigInteger;
import java.util.List;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Inertia;
import org.loopcert.exact.IntegerLinearAlgebra;
import org.loopcert.exact.IntegerMatrix;
import org.loopcert.exact.IntegerVector;

/**
 * The exact order of an extreme eigenvalue and a positive rational number c, by witnesses: a Rayleigh quotient beyond c
 * on one side, a factor that proves the shifted matrix definite on the other. Both exist at some precision unless c is an
 * eigenvalue. That is excluded by a determinant that is not zero modulo a prime; otherwise the null space N of the shifted
 * matrix A is computed, and if there is one, A + N'N weighted is regular, and definite exactly if c is the extreme
 * eigenvalue, which a factor proves. So raising the precision ends. Should it go beyond {@value #LAST_BITS} bits, or an
 * eigenvalue be out of reach of any precision allowed, exact elimination decides.
 */
final class Comparison {
    private static final int FIRST_BITS = 60;
    private static final int LAST_BITS = 4000;

    private final Extremes extremes;
    private final Fraction value;
    private final boolean top;
    private boolean tieExcluded;

    private Comparison(Extremes extremes, Fraction value, boolean top) {
        this.extremes = extremes;
        this.value = value;
        this.top = top;
    }

    /** The sign of lambda_max - c for c &gt; 0. */
    static int largest(Extremes extremes, Fraction c) {
        return new Comparison(extremes, c, true).decide();
    }

    /** The sign of (smallest positive eigenvalue) - c for c &gt; 0. */
    static int smallest(Extremes extremes, Fraction c) {
        return -new Comparison(extremes, c, false).decide();
    }

    /** 1 if c lies inside the spectrum, 0 at its end, -1 beyond. */
    private int decide() {
        try {
            return byWitnesses();
        } catch (PrecisionLimitException beyond) {
            // no approximation of the eigenvalue is to be had; elimination needs none
            return byInertia();
        }
    }

    private int byWitnesses() {
        BigInteger denominator = extremes.gram().gDen();
        int spare = 4;
        for (int bits = first(); bits <= LAST_BITS; bits *= 2) {
            Eigenpair pair = top ? extremes.largest(bits) : extremes.smallest(bits);
            if (isInside(pair)) {
                return 1;
            }
            Fraction distance = pair.value(denominator).subtract(value);
            Fraction beyond = top ? distance.negate() : distance;
            Fraction error = pair.uncertainty(denominator);
            boolean resolved = beyond.compareTo(error.multiply(Fraction.of(4, 1))) > 0;
            if (resolved && new FactorSearch(shifted()).succeeds(scaled(beyond), spare)) {
                return -1;
            }
            spare *= 2;
            if (!tieExcluded && isEnd()) {
                return 0;
            }
        }
        return byInertia();
    }

    /** Where the search so far has come to, but so that precision can be raised. */
    private int first() {
        return Math.min(LAST_BITS / 8, Math.max(FIRST_BITS, extremes.known(top)));
    }

    private boolean isInside(Eigenpair pair) {
        if (top) {
            return pair.compareTo(value, extremes.gram().gDen()) > 0;
        }
        // of full rank every vector lies in the row space
        BigInteger[] v = extremes.nullSpace().isEmpty() ? pair.vector() : extremes.multiply(pair.vector());
        return extremes.compareQuotient(v, value) < 0;
    }

    private SymmetricWords shifted() {
        return top ? extremes.upper(value) : extremes.lower(value);
    }

    /** The distance of c from the spectrum as that of zero from the eigenvalues of the shifted matrix. */
    private Fraction scaled(Fraction distance) {
        return distance.multiply(
                Fraction.of(value.denominator().multiply(extremes.gram().gDen())));
    }

    /** Whether the value is the extreme eigenvalue; asked once. */
    private boolean isEnd() {
        SymmetricWords shifted = shifted();
        if (shifted.modularRank() == shifted.size()) {
            tieExcluded = true;
            return false;
        }
        IntegerMatrix matrix = top
                ? Spectra.upperMatrix(extremes.gram(), value)
                : Spectra.lowerMatrix(extremes.gram(), value, List.of(), BigInteger.ZERO);
        List<IntegerVector> basis = IntegerLinearAlgebra.nullSpace(matrix);
        tieExcluded = true;
        if (basis.isEmpty()) {
            return false;
        }
        IntegerMatrix full = top
                ? matrix
                : Spectra.lowerMatrix(extremes.gram(), value, extremes.nullSpace(), Spectra.nullSpaceWeight(value));
        IntegerMatrix projector = IntegerMatrix.ofColumns(basis).transpose().gram();
        BigInteger weight = BigInteger.ONE.shiftLeft(Math.max(0, matrix.bitLength() - projector.bitLength()));
        SymmetricWords regular = SymmetricWords.of(full.add(projector.multiply(weight)));
        return new FactorSearch(regular).find().isPresent();
    }

    private int byInertia() {
        if (top) {
            Inertia inertia = Inertia.of(Spectra.upperMatrix(extremes.gram(), value));
            return inertia.negative() > 0 ? 1 : inertia.zero() > 0 ? 0 : -1;
        }
        Inertia inertia = Inertia.of(Spectra.lowerMatrix(extremes.gram(), value, List.of(), BigInteger.ZERO));
        int nullity = extremes.gram().features() - extremes.rank();
        return inertia.negative() > nullity ? 1 : inertia.zero() > 0 ? 0 : -1;
    }
}
