package org.loopcert.drift;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import org.loopcert.exact.ConstantProduct;
import org.loopcert.exact.IntegerMatrix;
import org.loopcert.exact.IntegerVector;

/** One exact step: state -> A state + c with A = I - eta G, over one denominator. */
final class AffineStep {
    /** The bits to which bounds are rounded up. */
    static final int BITS = 64;

    /** Vectors of so many entries, or of so many bits in all, are multiplied in digits. */
    private static final int MANY = 16;

    private static final long LONG = 1 << 15;

    private final BigInteger[][] matrix;
    private final BigInteger[] offset;
    private final BigInteger denominator;
    private final BigInteger shared;
    private final Divisor divisor;

    /** A without the factor that all its numerators share with the denominator, for products. */
    private Linear linear;

    private record Linear(BigInteger[][] matrix, ConstantProduct product) {}

    /** What is asked for in bounds only. */
    private Bounds bounds;

    /** Upper bounds: of |A|, entry by entry in rows, of |c|, and of the Euclidean norm of A. */
    private record Bounds(Dyad[] magnitudes, Positives packed, Dyad[] offsets, Dyad norm) {}

    private AffineStep(BigInteger[][] matrix, BigInteger[] offset, BigInteger denominator, BigInteger shared) {
        this.matrix = matrix;
        this.offset = offset;
        this.denominator = denominator;
        this.shared = shared;
        this.divisor = new Divisor(denominator);
    }

    private Bounds bounds() {
        if (bounds == null) {
            bounds = bound();
        }
        return bounds;
    }

    private Bounds bound() {
        int d = offset.length;
        Dyad[] magnitudes = new Dyad[d * d];
        Dyad[] offsets = new Dyad[d];
        Dyad largestRow = Dyad.ZERO;
        Dyad squares = Dyad.ZERO;
        for (int i = 0; i < d; i++) {
            Dyad row = Dyad.ZERO;
            for (int j = 0; j < d; j++) {
                Dyad magnitude = divisor.around(matrix[i][j].abs(), BITS).up();
                magnitudes[i * d + j] = magnitude;
                row = row.add(magnitude).up(BITS);
                squares = squares.add(magnitude.multiply(magnitude)).up(BITS);
            }
            offsets[i] = divisor.around(offset[i].abs(), BITS).up();
            largestRow = Dyad.max(largestRow, row);
        }
        // A is symmetric, so its largest row sum bounds the Euclidean norm, as Frobenius' norm does
        Dyad norm = Dyad.min(largestRow, squares.sqrtUp(BITS));
        return new Bounds(magnitudes, Positives.of(magnitudes).orElseThrow(), offsets, norm);
    }

    /**
     * The step on the state scale * theta.
     *
     * @param scale 1 for theta, -alpha for the query vector
     */
    static AffineStep of(ScaledProblem problem, BigRational stepSize, BigRational scale) {
        int d = problem.gramLabels().length;
        BigInteger p = stepSize.getNumeratorBigInteger();
        BigInteger identity = stepSize.getDenominatorBigInteger().multiply(problem.denominator());
        BigInteger scaleDenominator = scale.getDenominatorBigInteger();
        BigInteger denominator = identity.multiply(scaleDenominator);
        BigInteger ofMatrix = denominator;
        BigInteger[][] matrix = new BigInteger[d][d];
        BigInteger[] offset = new BigInteger[d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                BigInteger entry = p.multiply(problem.gram()[i][j]).negate();
                matrix[i][j] = (i == j ? entry.add(identity) : entry).multiply(scaleDenominator);
                if (j <= i) {
                    ofMatrix = ofMatrix.gcd(matrix[i][j]); // A is symmetric
                }
            }
            offset[i] = p.multiply(problem.gramLabels()[i]).multiply(scale.getNumeratorBigInteger());
        }
        BigInteger common = ofMatrix;
        for (BigInteger entry : offset) {
            common = common.gcd(entry);
        }
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                matrix[i][j] = matrix[i][j].divide(common);
            }
            offset[i] = offset[i].divide(common);
        }
        return new AffineStep(matrix, offset, denominator.divide(common), ofMatrix.divide(common));
    }

    BigInteger denominator() {
        return denominator;
    }

    /** The numerators of c. */
    BigInteger[] offset() {
        return offset;
    }

    /** The numerators of A, d x d. */
    BigInteger[][] matrix() {
        return matrix;
    }

    /** Upper bounds of |A|, entry by entry. */
    Dyad magnitude(int row, int column) {
        return bounds().magnitudes()[row * offset.length + column];
    }

    /** The same, row after row. */
    Positives magnitudes() {
        return bounds().packed();
    }

    /** An upper bound of |c_entry|. */
    Dyad offsetMagnitude(int entry) {
        return bounds().offsets()[entry];
    }

    /** An upper bound of the Euclidean norm of A. */
    Dyad norm() {
        return bounds().norm();
    }

    private Linear linear() {
        if (linear == null) {
            int d = offset.length;
            BigInteger[][] reduced = new BigInteger[d][d];
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    reduced[i][j] = matrix[i][j].divide(shared);
                }
            }
            linear = new Linear(reduced, ConstantProduct.of(IntegerMatrix.of(reduced)));
        }
        return linear;
    }

    /** The largest g > 0 with all numerators of A, and the denominator, divisible by g. */
    BigInteger shared() {
        return shared;
    }

    /** A v for integers v, as numerators over denominator() / shared(). */
    BigInteger[] linear(BigInteger[] vector) {
        int d = offset.length;
        IntegerVector values = IntegerVector.of(vector);
        if (d >= MANY || (long) d * values.bitLength() >= LONG) {
            return linear().product().multiply(values).toArray();
        }
        BigInteger[] image = new BigInteger[d];
        for (int i = 0; i < d; i++) {
            BigInteger sum = BigInteger.ZERO;
            for (int j = 0; j < d; j++) {
                sum = sum.add(linear().matrix()[i][j].multiply(vector[j]));
            }
            image[i] = sum;
        }
        return image;
    }

    /** The numerators over (pointDenominator * denominator()) of the exact step. */
    BigInteger[] apply(BigInteger[] point, BigInteger pointDenominator) {
        BigInteger[] image = linear(point);
        for (int i = 0; i < image.length; i++) {
            image[i] = image[i].multiply(shared).add(offset[i].multiply(pointDenominator));
        }
        return image;
    }

    /**
     * The exact step of a dyadic point, as numerators over denominator() * 2^-exponent.
     *
     * @param exponent at most 0 and at most every exponent of the point
     */
    BigInteger[] apply(Dyad[] point, int exponent) {
        BigInteger[] numerators = new BigInteger[point.length];
        for (int j = 0; j < point.length; j++) {
            numerators[j] = point[j].signum() == 0 ? BigInteger.ZERO : point[j].at(exponent);
        }
        return apply(numerators, BigInteger.ONE.shiftLeft(-exponent));
    }

    /** Upper bounds of |next - step(point)|, each computed exactly and rounded up once. */
    Dyad[] residual(Dyad[] point, Dyad[] next) {
        int exponent = Math.min(commonExponent(point), commonExponent(next));
        BigInteger[] image = apply(point, exponent);
        Dyad[] residual = new Dyad[point.length];
        for (int j = 0; j < point.length; j++) {
            BigInteger value = next[j].signum() == 0
                    ? BigInteger.ZERO
                    : next[j].at(exponent).multiply(denominator);
            Dyad quotient = divisor.around(value.subtract(image[j]).abs(), BITS).up();
            residual[j] = Measured.shifted(quotient, exponent);
        }
        return residual;
    }

    /** The quotient numerator / (denominator() * 2^-exponent), rounded. */
    Dyad scaled(BigInteger numerator, int exponent, boolean upward, int bits) {
        Dyad quotient = upward ? Dyad.up(numerator, denominator, bits) : Dyad.down(numerator, denominator, bits);
        return new Dyad(quotient.mantissa(), Math.addExact(quotient.exponent(), exponent));
    }

    static int commonExponent(Dyad[] point) {
        int exponent = 0;
        for (Dyad entry : point) {
            exponent = entry.signum() == 0 ? exponent : Math.min(exponent, entry.exponent());
        }
        return exponent;
    }
}
