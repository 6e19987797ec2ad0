package org.loopcert.spectrum;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.exact.IntegerMatrix;
import org.loopcert.exact.IntegerVector;

/**
 * Approximations of the extreme positive eigenpairs of one Gram matrix GI, as fine as asked for, and short integer vectors
 * near the eigenvectors.
 *
 * <p>Doubles propose; the residual of a proposal is formed exactly, and a solution with the tridiagonal form in doubles
 * removes most of it: inverse iteration, every step of which gains as many bits as the gap to the other eigenvalues
 * stands out of the rounding errors. Where it does not, as at the small end of an ill-conditioned matrix, {@link
 * ShiftedInverse} takes over.
 */
final class Extremes {
    /** Fractional bits of the first vectors. */
    private static final int FIRST_PRECISION = 52;

    /** An eigenvalue below 2^-this times the norm is not looked for in doubles. */
    private static final int DOUBLE_RANGE = 36;

    /** Eigenvalues closer than 2^-this times the norm are taken for one. */
    private static final int CLUSTER = 44;

    /** The shift stays this far from the spectrum, as a power of two of the norm: above the errors of the reduction. */
    private static final int SHIFT = 46;

    /** A step of inverse iteration has to gain as many bits. */
    private static final int LEAST_GAIN = 6;

    /** Bits of an eigenvalue beyond twice those of a vector rounded from its eigenvector. */
    private static final int SPARE_BITS = 32;

    private final Reduction base;
    private final Gram gram;
    private final SymmetricWords words;
    private final DigitMatrix digits;
    private final double[][] leading;
    private final Tridiagonal tridiagonal;
    private final double[] values;
    private final Search largest = new Search(true);
    private final Search smallest = new Search(false);

    /** A new search, for a Gram matrix other than zero. */
    Extremes(Reduction base) {
        this.base = base;
        this.gram = base.gram();
        this.words = base.words();
        this.digits = base.digits();
        this.leading = base.leading();
        this.tridiagonal = base.tridiagonal();
        this.values = base.values();
    }

    /** For a Gram matrix other than zero. */
    static Extremes of(Gram gram) {
        return new Extremes(Reduction.of(gram));
    }

    /** As {@link #of(Gram)}, where the rank is known; a null space is then computed only where it is asked for. */
    static Extremes of(Gram gram, int rank) {
        return new Extremes(Reduction.of(gram, rank));
    }

    Gram gram() {
        return gram;
    }

    SymmetricWords words() {
        return words;
    }

    /** {@link Spectra#upperMatrix}. */
    SymmetricWords upper(Fraction bound) {
        return upper(bound, BigInteger.ONE);
    }

    /** A positive multiple of {@link Spectra#upperMatrix}. */
    SymmetricWords upper(Fraction bound, BigInteger multiple) {
        return words.pencil(bound.numerator().multiply(gram.gDen()), bound.denominator(), true, multiple);
    }

    /** {@link Spectra#lowerMatrix} with the null space of GI and a weight that is large enough. */
    SymmetricWords lower(Fraction bound) {
        return lower(bound, BigInteger.ONE);
    }

    /** A positive multiple of {@link #lower(Fraction)}. */
    SymmetricWords lower(Fraction bound, BigInteger multiple) {
        return nullSpace().isEmpty()
                ? words.pencil(bound.numerator().multiply(gram.gDen()), bound.denominator(), false, multiple)
                : SymmetricWords.of(Spectra.lowerMatrix(gram, bound, nullSpace(), Spectra.nullSpaceWeight(bound))
                        .multiply(multiple));
    }

    /** The exact rank of GI. */
    int rank() {
        return base.rank();
    }

    /** A basis of the null space of GI in echelon form. */
    List<IntegerVector> nullSpace() {
        return base.nullSpace();
    }

    /**
     * The largest eigenvalue of GI with about this many leading bits right.
     *
     * @throws PrecisionLimitException if no precision allowed is enough
     */
    Eigenpair largest(int bits) {
        return largest.to(bits);
    }

    /** The smallest positive eigenvalue, as {@link #largest}. */
    Eigenpair smallest(int bits) {
        return smallest.to(bits);
    }

    /** How many bits of an eigenvalue are known already. */
    int known(boolean top) {
        Eigenpair pair = (top ? largest : smallest).pair;
        return pair == null ? 0 : pair.bits();
    }

    /** The exact product of GI with a vector. */
    BigInteger[] multiply(BigInteger[] vector) {
        return digits.multiply(vector);
    }

    /** The exact sign of the Rayleigh quotient of v != 0 less a bound. */
    int compareQuotient(BigInteger[] v, Fraction bound) {
        return Eigenpair.of(digits, v, 0).compareTo(bound, gram.gDen());
    }

    /**
     * The shortest of some roundings v of an eigenvector for lambda_max with v'Gv &ge; bound v'v, if there is one.
     *
     * @param bits leading bits of the eigenvalue to begin with
     */
    Optional<IntegerVector> vectorAtLeast(int bits, Fraction bound) {
        return rounded(largest, bits, pair -> {
            double value = scaled(pair);
            return Roundings.shortest(
                    pair,
                    margin(pair.value(gram.gDen()).subtract(bound), pair),
                    (w, error) -> Roundings.deficit(leading, value, w, error),
                    v -> isAtLeast(v, bound));
        });
    }

    /** As {@link #vectorAtLeast}, of w for which v = GI w is not zero and v'Gv &le; bound v'v. */
    Optional<IntegerVector> preimageAtMost(int bits, Fraction bound) {
        return rounded(smallest, bits, pair -> {
            double value = scaled(pair);
            return Roundings.shortest(
                    pair,
                    margin(bound.subtract(pair.value(gram.gDen())), pair),
                    (w, error) -> Roundings.excess(leading, value, w, error),
                    w -> isRowSpaceAtMost(w, bound));
        });
    }

    /** Of small matrices it is the eigenvector itself that is rounded, and not one close enough to it. */
    private Optional<IntegerVector> rounded(
            Search search, int bits, Function<Eigenpair, Optional<IntegerVector>> rounding) {
        Eigenpair pair = search.to(bits);
        Optional<IntegerVector> found = rounding.apply(pair);
        int needed = 2 * found.map(IntegerVector::bitLength).orElse(0) + SPARE_BITS;
        return found.isPresent() && words.size() <= JacobiRotations.LARGEST && pair.bits() < needed
                ? rounding.apply(search.to(needed))
                : found;
    }

    /** log2 of what a quotient may miss the eigenvalue by, as a multiple of 2^bits; NaN if nothing may be missed. */
    private double margin(Fraction distance, Eigenpair pair) {
        Fraction error = pair.uncertainty(gram.gDen());
        Fraction allowed = distance.add(error).add(error);
        return allowed.signum() <= 0
                ? Double.NaN
                : Roundings.log2(allowed) + Roundings.log2(Fraction.of(gram.gDen())) - words.bits();
    }

    private double scaled(Eigenpair pair) {
        return StrictMath.pow(2, Roundings.log2(pair.value(BigInteger.ONE)) - words.bits());
    }

    private boolean isAtLeast(IntegerVector v, Fraction bound) {
        return !v.isZero() && compareQuotient(v.toArray(), bound) >= 0;
    }

    private boolean isRowSpaceAtMost(IntegerVector w, Fraction bound) {
        BigInteger[] v = digits.multiply(w.toArray());
        return Eigenpair.dot(v, v).signum() != 0 && compareQuotient(v, bound) <= 0;
    }

    /** The search for one of the two. */
    private final class Search {
        private final boolean top;
        private Eigenpair pair;
        private BigInteger[] residual;
        private int residualBits;
        private int residualExponent;
        private boolean stagnant;

        private Search(boolean top) {
            this.top = top;
        }

        private int index() {
            return top ? 0 : rank() - 1;
        }

        private Eigenpair to(int bits) {
            if (pair == null && !stagnant) {
                start();
            }
            while (!stagnant && pair.bits() < bits) {
                refine();
            }
            if (pair == null || pair.bits() < bits) {
                pair = inFixedPoint(bits);
            }
            return pair;
        }

        private Eigenpair inFixedPoint(int bits) {
            SymmetricWords regular = words;
            if (!top && rank() < words.size()) {
                IntegerMatrix basis = IntegerMatrix.ofColumns(nullSpace()).transpose();
                BigInteger weight = BigInteger.ONE.shiftLeft(words.bits());
                regular = SymmetricWords.of(gram.gi().add(basis.gram().multiply(weight)));
            }
            BigInteger[] start = pair != null ? pair.vector() : rounded(vector());
            Eigenpair found = ShiftedInverse.find(regular, top, start, bits);
            return Eigenpair.of(digits, found.vector(), found.precision()).withError(found.errorExponent());
        }

        /** A unit eigenvector as doubles see it. */
        private double[] vector() {
            return leading.length <= JacobiRotations.LARGEST
                    ? JacobiRotations.eigenvectors(words.leading(words.bits()))[index()]
                    : tridiagonal.eigenvector(values[index()]);
        }

        private BigInteger[] rounded(double[] v) {
            BigInteger[] result = new BigInteger[v.length];
            for (int i = 0; i < v.length; i++) {
                result[i] = BigInteger.valueOf(Math.round(Math.scalb(v[i], FIRST_PRECISION)));
            }
            return result;
        }

        private void start() {
            double value = values[index()];
            if (!(value > Math.scalb(tridiagonal.norm(), -DOUBLE_RANGE))) {
                stagnant = true;
                return;
            }
            accept(Eigenpair.of(digits, rounded(vector()), FIRST_PRECISION));
        }

        /** Estimates the error of a new pair from its exact residual. */
        private void accept(Eigenpair next) {
            residualBits = Math.max(0, next.precision() + 64 - words.bits());
            residual = next.residual(residualBits);
            int longest = Roundings.bitLength(residual);
            // as a power of two, where the matrix has entries of at most one
            int relative = -2 * next.precision();
            if (longest > 0) {
                int size = 32 - Integer.numberOfLeadingZeros(residual.length);
                relative = Math.max(relative, longest + size - residualBits - next.precision() - words.bits());
            }
            if (pair != null && relative > residualExponent - LEAST_GAIN) {
                stagnant = true;
                return;
            }
            residualExponent = relative;
            int error = relative;
            double value = values[index()];
            double gap = Double.POSITIVE_INFINITY;
            boolean cluster = false;
            for (int j = 0; j < values.length; j++) {
                double distance = Math.abs(values[j] - value);
                if (distance > Math.scalb(tridiagonal.norm(), -CLUSTER)) {
                    gap = Math.min(gap, distance);
                } else if (j != index()) {
                    cluster = true;
                }
            }
            if (!cluster) {
                int gapExponent = gap == Double.POSITIVE_INFINITY ? 0 : Math.getExponent(gap);
                error = Math.min(error, 2 * relative - gapExponent + 1);
            }
            pair = next.withError(error + words.bits());
        }

        /** One step of inverse iteration, as a correction. */
        private void refine() {
            int longest = Roundings.bitLength(residual);
            double[] x = Roundings.toDoubles(residual, longest);
            double[] v = Roundings.toDoubles(pair.vector(), pair.precision());
            double shift = Math.scalb(tridiagonal.norm(), -SHIFT);
            tridiagonal.solve(values[index()] + (top ? shift : -shift), x);
            double along = 0;
            double square = 0;
            for (int i = 0; i < x.length; i++) {
                along += x[i] * v[i];
                square += v[i] * v[i];
            }
            double largest = 0;
            for (int i = 0; i < x.length; i++) {
                x[i] -= along / square * v[i];
                largest = Math.max(largest, Math.abs(x[i]));
            }
            // the correction is x 2^exponent in units of the last place of v
            int exponent = longest - residualBits - words.bits();
            int correction = largest == 0 ? 0 : Math.getExponent(largest) + 1 + exponent;
            int precision = largest == 0
                    ? 2 * pair.precision()
                    : Math.max(pair.precision(), 55 - correction + pair.precision());
            int shiftLeft = precision - pair.precision();
            BigInteger[] next = new BigInteger[x.length];
            for (int i = 0; i < next.length; i++) {
                next[i] =
                        pair.vector()[i].shiftLeft(shiftLeft).subtract(Roundings.toInteger(x[i], exponent + shiftLeft));
            }
            accept(Eigenpair.of(digits, Eigenpair.unit(next, precision), precision));
        }
    }
}
