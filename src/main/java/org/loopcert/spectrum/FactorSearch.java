package org.loopcert.spectrum;

import java.math.BigInteger;
import java.util.Optional;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Inertia;
import org.loopcert.exact.IntegerLinearAlgebra;
import org.loopcert.exact.IntegerMatrix;

/**
 * The search for the shortest {@link FactorWitness} of one matrix: rounded Cholesky factors of 4^k A - D I with growing k,
 * of which the shortest that exists is proved.
 *
 * <p>Rounding leaves residuals of at most R_ii / 2 off the diagonal, so that the shift D = (d-1)/2 max R_ii makes the
 * residual dominant whenever the factor exists. Entries of R with {@link SlicedCholesky#TAIL_BITS} bits cost no more than
 * shorter ones, and a k below zero stands for a factor times 2^-k at scale zero.
 */
final class FactorSearch {
    /** Bits of R above half of those of A from which on a failure asks exact elimination whether there is a factor. */
    private static final int PATIENCE = 48;

    private static final int STEP_BITS = 24;

    /** Matrices up to this size are small. */
    private static final int SMALL = 16;

    private final SymmetricWords matrix;
    private final int size;
    private final BigInteger largest;

    /** k plus this is the length of R. */
    private final int half;

    /** Where the last factor that did not exist failed. */
    private Optional<BigInteger[]> failure = Optional.empty();

    private boolean knownRegular;
    private boolean knownDefinite;

    FactorSearch(SymmetricWords matrix) {
        this.matrix = matrix;
        this.size = matrix.size();
        BigInteger most = BigInteger.ZERO;
        for (int i = 0; i < size; i++) {
            most = most.max(matrix.get(matrix.index(i, i)));
        }
        this.largest = most;
        this.half = (most.bitLength() + 1) / 2;
    }

    /** A factor at one k. */
    private interface Attempt {
        FactorWitness witness();

        /** About the smallest eigenvalue of A over 4^half, which no diagonal entry reaches; NaN if not known. */
        double smallestEigenvalue();
    }

    private boolean hasPositiveDiagonal() {
        for (int i = 0; i < size; i++) {
            if (matrix.get(matrix.index(i, i)).signum() <= 0) {
                return false;
            }
        }
        return true;
    }

    /** The shortest witness; present exactly when A is positive definite. */
    Optional<FactorWitness> find() {
        return raise(false).map(this::shortest);
    }

    /**
     * A factor that is not proved, longer by some bits than about the shortest.
     *
     * @throws PrecisionLimitException if it would be longer than is allowed
     */
    Optional<FactorWitness> roomy(int spare) {
        return raise(true).flatMap(some -> attempt(some.k() + spare)).map(Attempt::witness);
    }

    /** A length without a factor, as far as tried, and one with. */
    private record Bracket(int failed, int k, Attempt attempt) {}

    private Optional<Bracket> raise(boolean limited) {
        if (!hasPositiveDiagonal()) {
            return Optional.empty();
        }
        int k = lowest();
        int failed = k - 1;
        if (limited) {
            PrecisionLimitException.require(k + half);
        }
        Optional<Attempt> found = attempt(k);
        while (found.isEmpty()) {
            if (limited) {
                PrecisionLimitException.require(k + half);
            }
            if (k + half >= SlicedCholesky.TAIL_BITS && isRefuted(k)) {
                return Optional.empty();
            }
            failed = k;
            int bits = k + half;
            k = Math.max(SlicedCholesky.TAIL_BITS, bits + Math.max(STEP_BITS, bits / 2)) - half;
            found = attempt(k);
        }
        return Optional.of(new Bracket(failed, k, found.get()));
    }

    /**
     * Whether a factor proves A positive semidefinite, tried at one length only.
     *
     * @param smallest about the smallest eigenvalue of A
     * @param spare bits more than it needs
     */
    boolean succeeds(Fraction smallest, int spare) {
        if (!hasPositiveDiagonal()) {
            return false;
        }
        int range = largest.bitLength() - ShortDyadic.exponent(smallest);
        int bits = range + 32 - Integer.numberOfLeadingZeros(size) + spare;
        int k = Math.max(lowest(), bits - half);
        return attempt(k).map(found -> found.witness().proves(matrix)).orElse(false);
    }

    private int lowest() {
        return size <= SMALL ? 0 : Math.min(0, SlicedCholesky.TAIL_BITS - half);
    }

    /** The shortest of the factors between one that does not exist and one that does. */
    private FactorWitness shortest(Bracket bracket) {
        int failed = bracket.failed();
        int k = bracket.k();
        Attempt best = bracket.attempt();
        if (k - failed > 1) {
            int next = Math.max(failed + 1, Math.min(k - 1, guess(best, failed, k)));
            for (int step = 1; k - failed > 1; ) {
                Optional<Attempt> attempt = attempt(next);
                if (attempt.isPresent()) {
                    best = attempt.get();
                    k = next;
                    next = k - step;
                } else {
                    failed = next;
                    next = failed + step;
                }
                step *= 2;
                if (next <= failed || next >= k) {
                    next = (failed + k) >> 1;
                }
            }
        }
        FactorWitness witness = rounded(k, best);
        // rounding in doubles may spoil a little of what the shift allows for; one more bit mends that
        while (!witness.proves(matrix)) {
            k++;
            witness = attempt(k)
                    .orElseThrow(() -> new IllegalStateException("a longer factor does not exist"))
                    .witness();
        }
        return witness;
    }

    /** Of small matrices the factor that exact arithmetic rounds to, which is worth its low cost to readers who repeat it. */
    private FactorWitness rounded(int k, Attempt best) {
        return size > SMALL
                ? best.witness()
                : FixedPointCholesky.of(matrix, k, shift(k))
                        .map(factor -> new FixedPoint(factor, k).witness())
                        .orElseGet(best::witness);
    }

    private int guess(Attempt first, int failed, int k) {
        double smallest = first.smallestEigenvalue();
        if (Double.isNaN(smallest)) {
            return (failed + k) >> 1;
        }
        double rooms = Roundings.log2(Math.max(1, size - 1) / 2.0) - Roundings.log2(smallest);
        return (int) Math.ceil(rooms) - half;
    }

    /** Whether A is known not to be positive definite, asked after a failure. */
    private boolean isRefuted(int k) {
        if (knownDefinite) {
            return false;
        }
        if (!knownRegular) {
            if (matrix.modularRank() < size && IntegerLinearAlgebra.rank(full()) < size) {
                return true;
            }
            knownRegular = true;
        }
        Optional<BigInteger[]> x = failure;
        if (x.isPresent()
                && Eigenpair.dot(x.get(), DigitMatrix.of(matrix).multiply(x.get()))
                                .signum()
                        < 0) {
            return true;
        }
        if (k > PATIENCE + matrix.bits()) {
            if (!Inertia.of(full()).isPositiveDefinite()) {
                return true;
            }
            knownDefinite = true;
        }
        return false;
    }

    private IntegerMatrix full() {
        BigInteger[][] rows = new BigInteger[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = i; j < size; j++) {
                rows[i][j] = matrix.get(matrix.index(i, j));
                rows[j][i] = rows[i][j];
            }
        }
        return IntegerMatrix.of(rows);
    }

    private BigInteger shift(int k) {
        BigInteger most = k >= 0 ? largest.shiftLeft(2 * k) : largest.shiftRight(-2 * k);
        return most.sqrt()
                .add(BigInteger.ONE)
                .multiply(BigInteger.valueOf(size - 1L))
                .add(BigInteger.ONE)
                .shiftRight(1);
    }

    private Optional<Attempt> attempt(int k) {
        int bits = k + half;
        if (bits > SlicedCholesky.MAX_BITS) {
            return FixedPointCholesky.of(matrix, k, shift(k)).map(factor -> new FixedPoint(factor, k));
        }
        SlicedCholesky cholesky = SlicedCholesky.of(matrix, k, bits, shift(k));
        if (cholesky.exists()) {
            return Optional.of(new Sliced(cholesky, k));
        }
        failure = cholesky.failure();
        return Optional.empty();
    }

    private record FixedPoint(IntegerMatrix factor, int k) implements Attempt {
        @Override
        public FactorWitness witness() {
            return new FactorWitness(Math.max(0, k), factor.multiply(BigInteger.ONE.shiftLeft(Math.max(0, -k))));
        }

        @Override
        public double smallestEigenvalue() {
            return Double.NaN;
        }
    }

    private record Sliced(SlicedCholesky cholesky, int k) implements Attempt {
        @Override
        public FactorWitness witness() {
            return new FactorWitness(Math.max(0, k), cholesky.factor(Math.max(0, -k)));
        }

        @Override
        public double smallestEigenvalue() {
            return cholesky.smallestEigenvalue();
        }
    }
}
