package org.loopcert.spectrum;

import java.math.BigInteger;
import java.util.Optional;
import org.loopcert.exact.IntegerMatrix;

/**
 * An extreme eigenpair of a positive definite integer matrix B by inverse iteration in fixed point, for matrices whose
 * small end is lost in the rounding errors of doubles: solves with a rounded Cholesky factor of B - sigma I, or sigma I - B,
 * the shift sigma beyond the spectrum and moved towards it. A factor that does not exist shows that a shift was too bold.
 */
final class ShiftedInverse {
    /** Bits by which the factor is longer than it has to be to exist. */
    private static final int FACTOR_SPARE = 24;

    private static final int SPARE = 64;

    /** Bits by which a shift comes closer to the spectrum than the one before. */
    private static final int CLOSER = 12;

    /** Steps with one factor, unless they gain little. */
    private static final int STEPS = 8;

    private final SymmetricWords matrix;
    private final DigitMatrix digits;
    private final boolean top;
    private Eigenpair pair;
    private int residualBits;
    private BigInteger[] residual;

    /** The residual over the length of the vector, as a power of two. */
    private int residualExponent;

    private ShiftedInverse(SymmetricWords matrix, boolean top) {
        this.matrix = matrix;
        this.digits = DigitMatrix.of(matrix);
        this.top = top;
    }

    /**
     * The eigenpair with about this many leading bits right.
     *
     * @param start a vector that is not orthogonal to the eigenvector
     * @throws PrecisionLimitException if vectors would have to be longer than allowed
     */
    static Eigenpair find(SymmetricWords matrix, boolean top, BigInteger[] start, int bits) {
        return new ShiftedInverse(matrix, top).find(start, bits);
    }

    private Eigenpair find(BigInteger[] start, int bits) {
        int precision = bits + SPARE;
        accept(mixed(start), precision);
        // below zero there is no eigenvalue, and none above the sum of the diagonal
        Shift shift = new Shift(top ? trace() : BigInteger.ZERO, 0);
        FactorWitness factor =
                factor(shift).orElseThrow(() -> new IllegalArgumentException("expected a positive definite matrix"));
        int closeness = CLOSER;
        while (true) {
            // how long vectors have to be shows after the first steps: B may be ill-conditioned
            int range = Math.max(0, matrix.bits() - pair.exponent());
            precision = Math.max(precision, bits + range + SPARE);
            PrecisionLimitException.require(precision);
            iterate(factor, shift.places(), precision, bits);
            if (bits() >= bits) {
                return pair.withError(residualExponent);
            }
            Shift next = next(closeness);
            int closer = next.compareTo(shift);
            if (top ? closer < 0 : closer > 0) {
                Optional<FactorWitness> found = factor(next);
                if (found.isPresent()) {
                    factor = found.get();
                    shift = next;
                    closeness += CLOSER;
                }
            }
        }
    }

    /** As close to the quotient as asked, but not closer than the residual is long, within which there is an eigenvalue. */
    private Shift next(int closeness) {
        int places = Math.max(0, closeness + 4 - pair.exponent());
        int away = Math.max(residualExponent + 1, pair.exponent() - closeness);
        BigInteger distance = BigInteger.ONE.shiftLeft(Math.max(0, places + away));
        BigInteger quotient = pair.floor(places);
        return new Shift(top ? quotient.add(distance) : quotient.subtract(distance), places);
    }

    private Optional<FactorWitness> factor(Shift shift) {
        SymmetricWords shifted = matrix.affine(
                shift.places(), top, top ? shift.value() : shift.value().negate());
        return new FactorSearch(shifted).roomy(FACTOR_SPARE);
    }

    /** value 2^-places. */
    private record Shift(BigInteger value, int places) implements Comparable<Shift> {
        @Override
        public int compareTo(Shift other) {
            return value.shiftLeft(other.places).compareTo(other.value.shiftLeft(places));
        }
    }

    private int bits() {
        return pair.exponent() - residualExponent;
    }

    /** A start that is not orthogonal to anything in particular. */
    private static BigInteger[] mixed(BigInteger[] start) {
        int bits = Roundings.bitLength(start);
        BigInteger[] result = new BigInteger[start.length];
        for (int i = 0; i < start.length; i++) {
            // the fractional parts of multiples of the golden ratio
            long scattered = (i + 1) * 0x9E3779B9L & 0xffffffffL;
            result[i] = start[i].shiftLeft(40).add(BigInteger.valueOf(scattered).shiftLeft(Math.max(0, bits - 8)));
        }
        return result;
    }

    private BigInteger trace() {
        BigInteger sum = BigInteger.ONE;
        for (int i = 0; i < matrix.size(); i++) {
            sum = sum.add(matrix.get(matrix.index(i, i)));
        }
        return sum;
    }

    private void iterate(FactorWitness factor, int places, int precision, int bits) {
        for (int step = 0; step < STEPS; step++) {
            int before = bits();
            correct(factor, places, precision);
            if (bits() >= bits || step > 2 && bits() < before + 2) {
                return;
            }
        }
    }

    private void correct(FactorWitness factor, int places, int precision) {
        int longest = Roundings.bitLength(residual);
        if (longest == 0) {
            accept(pair.vector(), precision);
            return;
        }
        IntegerMatrix r = factor.factor();
        int up = Math.max(0, 2 * r.bitLength() + SPARE + precision - longest);
        BigInteger[] x = solve(r, residual, up);
        // B - sigma is 2^-places 4^-scale R'R, or its negative
        int down = up + residualBits - places - 2 * factor.scale();
        BigInteger[] v = pair.vector();
        BigInteger[] next = new BigInteger[v.length];
        for (int i = 0; i < v.length; i++) {
            // v - (B - sigma)^-1 (B - rho) v is a multiple of (B - sigma)^-1 v
            BigInteger change = x[i].shiftLeft(Math.max(0, -down));
            BigInteger scaled = v[i].shiftLeft(Math.max(0, down));
            next[i] = top ? scaled.add(change) : scaled.subtract(change);
        }
        accept(next, precision);
    }

    /** (R'R)^-1 b 2^up. */
    private static BigInteger[] solve(IntegerMatrix r, BigInteger[] b, int up) {
        int d = b.length;
        BigInteger[] x = new BigInteger[d];
        for (int i = 0; i < d; i++) {
            BigInteger sum = b[i].shiftLeft(up);
            for (int l = 0; l < i; l++) {
                sum = sum.subtract(r.get(l, i).multiply(x[l]));
            }
            x[i] = sum.divide(r.get(i, i));
        }
        for (int i = d - 1; i >= 0; i--) {
            BigInteger sum = x[i];
            for (int l = i + 1; l < d; l++) {
                sum = sum.subtract(r.get(i, l).multiply(x[l]));
            }
            x[i] = sum.divide(r.get(i, i));
        }
        return x;
    }

    /** Takes a vector, scaled to length 2^precision. */
    private void accept(BigInteger[] vector, int precision) {
        BigInteger[] unit = Eigenpair.unit(vector, precision);
        pair = Eigenpair.of(digits, unit, precision);
        residualBits = Math.max(0, precision + SPARE - pair.exponent());
        residual = pair.residual(residualBits);
        int longest = Roundings.bitLength(residual);
        int size = 32 - Integer.numberOfLeadingZeros(unit.length);
        residualExponent = (longest == 0 ? 0 : longest + size) - residualBits - precision;
    }
}
