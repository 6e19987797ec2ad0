package org.loopcert.spectrum;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.IntegerVector;

/**
 * Verified bounds of the extreme positive eigenvalues of G = GI / gDen on the row space of X, with
 * the integer witnesses that prove them. All four bounds are dyadic. Where an eigenvalue is itself
 * a short dyadic number, both its bounds equal it; the matrix that decides that bound is then
 * singular and has no factor witness (exact elimination decides it).
 *
 * @param rank the rank of G
 * @param largestLower at most lambda_max
 * @param largestUpper L, at least lambda_max
 * @param smallestLower mu, at most the smallest positive eigenvalue, positive
 * @param smallestUpper at least the smallest positive eigenvalue
 * @param largestUpperWitness for {@code witnessMultiple} times {@link Spectra#upperMatrix} at L; empty if L = lambda_max
 * @param largestLowerVector v with v'Gv &ge; largestLower v'v
 * @param smallestLowerWitness for {@code witnessMultiple} times {@link Spectra#lowerMatrix} at mu with
 *     {@code nullSpace} and {@code nullSpaceWeight}; empty if mu is the eigenvalue itself
 * @param smallestUpperPreimage w with v = GI w not zero and v'Gv &le; smallestUpper v'v
 * @param nullSpace integer basis of {v : Xv = 0} in echelon form, empty for full rank
 * @param nullSpaceWeight the c of {@link Spectra#lowerMatrix}
 * @param witnessMultiple positive
 */
public record SpectrumEnclosure(
        int rank,
        Fraction largestLower,
        Fraction largestUpper,
        Fraction smallestLower,
        Fraction smallestUpper,
        Optional<FactorWitness> largestUpperWitness,
        IntegerVector largestLowerVector,
        Optional<FactorWitness> smallestLowerWitness,
        IntegerVector smallestUpperPreimage,
        List<IntegerVector> nullSpace,
        BigInteger nullSpaceWeight,
        BigInteger witnessMultiple)
        implements Spectrum {

    public SpectrumEnclosure {
        nullSpace = List.copyOf(nullSpace);
    }

    /** kappa_lo, at most the condition number of G on the row space; at least one. */
    public Fraction conditionNumberLower() {
        Fraction quotient = largestLower.divide(smallestUpper);
        return quotient.compareTo(Fraction.ONE) < 0 ? Fraction.ONE : quotient;
    }

    /** kappa_hi, at least the condition number of G on the row space. */
    public Fraction conditionNumberUpper() {
        return largestUpper.divide(smallestLower);
    }
}
