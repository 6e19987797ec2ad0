package org.loopcert.exact;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/**
 * Solves A x = c exactly for a square integer matrix that is invertible modulo a prime p, hence
 * invertible: x is found modulo p, p^2, ... and then as a vector of fractions (Dixon, Exact solution
 * of linear equations using p-adic expansions, 1982; Wang, A p-adic algorithm for univariate partial
 * fractions, 1981). A short solution ends the lifting early. What is found is a solution because A x
 * = c is checked in integers, and the only one as A is invertible.
 */
final class PadicSolver {
    private static final int BITS = ShortModulus.BITS;
    private static final long MASK = (1L << BITS) - 1;

    /** How much shorter than the modulus fractions have to be to be worth a check. */
    private static final int MARGIN = 24;

    private static final int FIRST_STEPS = 4;

    private final IntegerMatrix matrix;
    private final int size;
    private final ShortModulus modulus;
    private final double[][] inverse; // transposed, rows of zeros up to a multiple of four
    private final double[][][] planes; // of the transposed matrix

    private PadicSolver(IntegerMatrix matrix, ShortModulus modulus, double[][] inverse, DigitRows transposed) {
        this.matrix = matrix;
        this.size = matrix.rows();
        this.modulus = modulus;
        int padded = (size + 3) / 4 * 4;
        this.inverse = new double[padded][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                this.inverse[j][i] = inverse[i][j];
            }
        }
        this.planes = new double[transposed.highest() / BITS + 1][padded][size];
        for (int i = 0; i < size; i++) {
            transposed.write(i, 0, BITS, planes, i);
        }
    }

    /** A solver for a square matrix, or empty where it has no inverse modulo the prime. */
    static Optional<PadicSolver> of(IntegerMatrix matrix, ShortModulus modulus) {
        DigitRows rows = DigitRows.of(matrix.toArray());
        double[][] inverse = modulus.residues(rows);
        return invert(inverse, modulus)
                ? Optional.of(new PadicSolver(
                        matrix,
                        modulus,
                        inverse,
                        DigitRows.of(matrix.transpose().toArray())))
                : Optional.empty();
    }

    /** Replaces a matrix by its inverse, or says that there is none. */
    private static boolean invert(double[][] a, ShortModulus modulus) {
        int n = a.length;
        int[] swapped = new int[n];
        for (int c = 0; c < n; c++) {
            int pivot = c;
            while (pivot < n && a[pivot][c] == 0) {
                pivot++;
            }
            if (pivot == n) {
                return false;
            }
            swapped[c] = pivot;
            double[] row = a[pivot];
            a[pivot] = a[c];
            a[c] = row;
            double factor = modulus.inverse(row[c]);
            row[c] = 1;
            modulus.scale(row, factor);
            for (int i = 0; i < n; i++) {
                if (i != c && a[i][c] != 0) {
                    double f = a[i][c];
                    a[i][c] = 0;
                    modulus.subtractMultiple(a[i], f, row, 0);
                }
            }
        }
        for (int c = n - 1; c >= 0; c--) {
            for (double[] row : a) {
                double entry = row[c];
                row[c] = row[swapped[c]];
                row[swapped[c]] = entry;
            }
        }
        return true;
    }

    /**
     * The solution, or empty if none was found within Hadamard's bound: a residue that is no short
     * fraction was taken for one, as happens once in 2^24 times.
     */
    Optional<ScaledVector> solve(IntegerVector c) {
        long bound = hadamardBits(c);
        Lifting lifting = new Lifting(c);
        int next = FIRST_STEPS;
        while (true) {
            boolean last = (long) next * (BITS - 1) > bound;
            lifting.advanceTo(next);
            Optional<ScaledVector> solution = lifting.reconstruct()
                    .filter(x -> matrix.multiply(x.numerators()).equals(c.multiply(x.denominator())));
            if (solution.isPresent() || last) {
                return solution;
            }
            next += next / 2;
        }
    }

    /** More than the lengths of numerator and denominator of any entry of x together, after Cramer's rule. */
    private long hadamardBits(IntegerVector c) {
        long bits = 0;
        // |row| <= max sqrt(d + 1) for a row of A beside its entry of c
        int root = (Integer.SIZE - Integer.numberOfLeadingZeros(size + 1) + 1) / 2;
        for (int i = 0; i < size; i++) {
            bits += Math.max(matrix.row(i).bitLength(), c.get(i).bitLength()) + root;
        }
        return 2 * bits + MARGIN + 8;
    }

    /** One right side: the residual r with A x = c - p^k r, and the digits of x so far. */
    private final class Lifting {
        private final int length; // of an entry of the residual in digits
        private final long[] residual;
        private final double[] powers; // of the base of the residual
        private final double[] reduced = new double[inverse.length];
        private final double[][] product = new double[planes.length][size];
        private final long inverseOfPrime; // modulo 2^BITS
        private double[][] digits = new double[FIRST_STEPS][];
        private int steps;

        Lifting(IntegerVector c) {
            int bits = Math.max(c.bitLength(), matrix.bitLength() + Integer.SIZE - Integer.numberOfLeadingZeros(size));
            this.length = bits / BITS + 2;
            this.residual = new long[size * length];
            this.powers = modulus.powers(length);
            for (int i = 0; i < size; i++) {
                BigInteger rest = c.get(i);
                for (int k = 0; k < length; k++) {
                    residual[i * length + k] = k == length - 1 ? rest.longValueExact() : rest.longValue() & MASK;
                    rest = rest.shiftRight(BITS);
                }
            }
            this.inverseOfPrime = BigInteger.valueOf(modulus.prime())
                    .modInverse(BigInteger.ONE.shiftLeft(BITS))
                    .longValueExact();
        }

        void advanceTo(int count) {
            digits = Arrays.copyOf(digits, count);
            for (; steps < count; steps++) {
                digits[steps] = step();
            }
        }

        /** The next digits of x; the residual becomes (r - A x) / p. */
        private double[] step() {
            for (int i = 0; i < size; i++) {
                reduced[i] = modulus.reduce(residual, i * length, powers);
            }
            double[] x = new double[inverse.length];
            double[] solution = new double[size];
            combine(solution, inverse, reduced);
            modulus.reduce(solution);
            System.arraycopy(solution, 0, x, 0, size);
            for (int k = 0; k < planes.length; k++) {
                Arrays.fill(product[k], 0);
                combine(product[k], planes[k], x);
            }
            for (int i = 0; i < size; i++) {
                divide(i);
            }
            return solution;
        }

        /** The sum of multiples of rows; digits of 22 bits times residues, at most 1,000 of them. */
        private void combine(double[] sum, double[][] rows, double[] factors) {
            for (int k = 0; k < rows.length; k += 4) {
                DigitProduct.addMultiples(
                        sum,
                        factors[k],
                        rows[k],
                        factors[k + 1],
                        rows[k + 1],
                        factors[k + 2],
                        rows[k + 2],
                        factors[k + 3],
                        rows[k + 3],
                        0);
            }
        }

        /** Exact division from the lowest digit up, as p is odd. */
        private void divide(int i) {
            long p = modulus.prime();
            long carry = 0;
            int at = i * length;
            for (int k = 0; k < length - 1; k++, at++) {
                long value = residual[at] + carry - (k < planes.length ? (long) product[k][i] : 0);
                long quotient = value * inverseOfPrime & MASK;
                residual[at] = quotient;
                carry = value - quotient * p >> BITS;
            }
            long top = residual[at] + carry - (length - 1 < planes.length ? (long) product[length - 1][i] : 0);
            if (top % p != 0) {
                throw new IllegalStateException("the residual is no multiple of the prime");
            }
            residual[at] = top / p;
        }

        /** Fractions over one denominator that are x modulo p^steps, if there are any much shorter than that. */
        Optional<ScaledVector> reconstruct() {
            BigInteger[] squares = new BigInteger[Integer.SIZE - Integer.numberOfLeadingZeros(steps)];
            squares[0] = BigInteger.valueOf(modulus.prime());
            for (int k = 1; k < squares.length; k++) {
                squares[k] = squares[k - 1].multiply(squares[k - 1]);
            }
            BigInteger whole = BigInteger.valueOf(modulus.prime()).pow(steps);
            int room = whole.bitLength() - MARGIN;
            BigInteger half = whole.shiftRight(1);
            BigInteger denominator = BigInteger.ONE;
            BigInteger[] numerators = new BigInteger[size];
            for (int i = 0; i < size; i++) {
                BigInteger value =
                        value(i, 0, steps, squares).multiply(denominator).mod(whole);
                BigInteger numerator = value.compareTo(half) > 0 ? value.subtract(whole) : value;
                if (numerator.bitLength() + denominator.bitLength() > room) {
                    BigInteger[] fraction = fraction(value, whole);
                    denominator = denominator.multiply(fraction[1]);
                    numerator = fraction[0];
                    for (int k = 0; k < i; k++) {
                        numerators[k] = numerators[k].multiply(fraction[1]);
                    }
                }
                numerators[i] = numerator;
                if (numerator.bitLength() + denominator.bitLength() > room) {
                    return Optional.empty();
                }
            }
            return Optional.of(ScaledVector.of(IntegerVector.of(numerators), denominator));
        }

        /** The digits of x from one power of p on to another, halved at a power of two. */
        private BigInteger value(int i, int from, int to, BigInteger[] squares) {
            if (to - from == 1) {
                return BigInteger.valueOf((long) digits[from][i]);
            }
            int exponent = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(to - from - 1);
            int middle = from + (1 << exponent);
            return value(i, middle, to, squares).multiply(squares[exponent]).add(value(i, from, middle, squares));
        }

        /** The fraction a/b = value modulo m with a about as long as b, b positive, by Euclid's algorithm. */
        private static BigInteger[] fraction(BigInteger value, BigInteger m) {
            int bits = m.bitLength() / 2;
            BigInteger r0 = m;
            BigInteger r1 = value;
            BigInteger t0 = BigInteger.ZERO;
            BigInteger t1 = BigInteger.ONE;
            while (r1.bitLength() > bits) {
                BigInteger[] divided = r0.divideAndRemainder(r1);
                BigInteger t2 = t0.subtract(divided[0].multiply(t1));
                r0 = r1;
                r1 = divided[1];
                t0 = t1;
                t1 = t2;
            }
            return t1.signum() < 0 ? new BigInteger[] {r1.negate(), t1.negate()} : new BigInteger[] {r1, t1};
        }
    }
}
