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
        int places = 0;
        BigInteger shift = top ? trace() : BigInteger.ZERO;
        int closeness = 0;
        Optional<FactorWitness> last = Optional.empty();
        int lastPlaces = 0;
        while (true) {
            Optional<FactorWitness> factor = new FactorSearch(shifted(places, shift)).roomy(FACTOR_SPARE);
            if (factor.isPresent()) {
                last = factor;
                lastPlaces = places;
                closeness += CLOSER;
            }
            // how long vectors have to be shows after the first factor: B may be ill-conditioned
            int range = Math.max(0, matrix.bits() - pair.exponent());
            precision = Math.max(precision, bits + range + SPARE);
            PrecisionLimitException.require(precision);
            iterate(last.orElseThrow(), lastPlaces, precision, bits);
            if (bits() >= bits) {
                return pair.withError(residualExponent);
            }
            // some eigenvalue is no farther from the quotient than the residual is long
            places = Math.max(0, closeness + 4 - pair.exponent());
            BigInteger away = BigInteger.ONE.shiftLeft(
                    Math.max(0, places + Math.max(residualExponent + 1, pair.exponent() - closeness)));
            shift = top ? pair.floor(places).add(away) : pair.floor(places).subtract(away);
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

    /** 2^places B - shift I, or its negative. */
    private SymmetricWords shifted(int places, BigInteger shift) {
        return matrix.affine(places, top, top ? shift : shift.negate());
    }

    private void iterate(FactorWitness factor, int places, int precision, int bits) {
        for (int step = 0; step < STEPS; step++) {
            int before = residualExponent;
            correct(factor, places, precision);
            if (bits() >= bits || residualExponent > before - 2 && step > 1) {
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
        BigInteger along = Eigenpair.dot(x, v);
        BigInteger square = Eigenpair.dot(v, v);
        BigInteger[] next = new BigInteger[v.length];
        for (int i = 0; i < v.length; i++) {
            BigInteger across = x[i].subtract(along.multiply(v[i]).divide(square));
            BigInteger scaled = v[i].shiftLeft(Math.max(0, down));
            across = across.shiftLeft(Math.max(0, -down));
            next[i] = top ? scaled.add(across) : scaled.subtract(across);
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
        BigInteger square = Eigenpair.dot(vector, vector);
        int more = Math.max(0, precision + 8 - square.bitLength() / 2);
        BigInteger length = square.shiftLeft(2 * more).sqrt();
        BigInteger[] unit = new BigInteger[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = vector[i].shiftLeft(precision + more).divide(length);
        }
        pair = Eigenpair.of(digits, unit, precision);
        residualBits = Math.max(0, precision + SPARE - pair.exponent());
        residual = pair.residual(residualBits);
        int longest = Roundings.bitLength(residual);
        int size = 32 - Integer.numberOfLeadingZeros(unit.length);
        residualExponent = (longest == 0 ? 0 : longest + size) - residualBits - precision;
    }
}
