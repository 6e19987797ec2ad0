package org.loopcert.exact;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * Exact linear algebra over the integers. Every result is proved in integers: a rank from below by a
 * minor that is no multiple of a prime, from above by a null space; solutions by the equations.
 */
public final class IntegerLinearAlgebra {
    /** Matrices of fewer entries are eliminated at once. */
    private static final int FEW_ENTRIES = 64;

    private IntegerLinearAlgebra() {}

    private static boolean isSmall(IntegerMatrix matrix) {
        return (long) matrix.rows() * matrix.columns() <= FEW_ENTRIES;
    }

    /** The rank of a matrix. */
    public static int rank(IntegerMatrix matrix) {
        return isSmall(matrix)
                ? BareissElimination.rank(matrix)
                : ModularElimination.rank(matrix).orElseGet(() -> BareissElimination.rank(matrix));
    }

    /**
     * A basis of {v : A v = 0} in echelon form: primitive integer vectors, each with a pivot position
     * where it is positive and all others are zero, and zero in the columns behind it that are
     * independent of those before. Empty when the columns are independent.
     */
    public static List<IntegerVector> nullSpace(IntegerMatrix matrix) {
        return isSmall(matrix)
                ? BareissElimination.nullSpace(matrix)
                : ModularElimination.nullSpace(matrix).orElseGet(() -> BareissElimination.nullSpace(matrix));
    }

    /**
     * The unique solution of the square system A x = c, or empty if A is singular.
     *
     * @throws IllegalArgumentException if A is not square or c does not fit
     */
    public static Optional<ScaledVector> solve(IntegerMatrix a, IntegerVector c) {
        if (a.columns() != a.rows() || c.size() != a.rows()) {
            throw new IllegalArgumentException("solve needs a square matrix and a matching right side");
        }
        if (isSmall(a)) {
            return BareissElimination.solve(a, c);
        }
        Optional<ScaledVector> solution = ModularElimination.solve(a, c);
        if (solution.isPresent()
                || ModularElimination.nullSpace(a)
                        .filter(basis -> !basis.isEmpty())
                        .isPresent()) {
            return solution;
        }
        return BareissElimination.solve(a, c);
    }

    /**
     * The least-squares solution theta-tilde: G t = b, and t orthogonal to the null space of G when
     * rank X &lt; d, which makes it the one of minimum norm.
     */
    public static ScaledVector leastSquares(Gram gram) {
        IntegerMatrix g = gram.gi();
        List<IntegerVector> basis = nullSpace(g);
        // GI t = bI gDen / bDen: solve for bI and scale
        ScaledVector t = basis.isEmpty()
                ? solve(g, gram.bi()).orElseThrow(() -> new IllegalStateException("no null space and no solution"))
                : leastNorm(g, gram.bi(), basis);
        return ScaledVector.of(
                t.numerators().multiply(gram.gDen()), t.denominator().multiply(gram.bDen()));
    }

    /**
     * The solution of G t = b of least norm for a singular symmetric G whose columns span b. With R
     * the independent rows of G it is t = R'w for R R'w = the same rows of b: a combination of rows of
     * G is orthogonal to its null space, and the other equations follow from those of R.
     */
    private static ScaledVector leastNorm(IntegerMatrix g, IntegerVector b, List<IntegerVector> basis) {
        int d = g.columns();
        boolean[] dependent = new boolean[d];
        for (IntegerVector v : basis) {
            // as G is symmetric, rows depend on the ones before where columns do
            dependent[last(v)] = true;
        }
        int rank = d - basis.size();
        if (rank == 0) {
            return ScaledVector.zero(d);
        }
        BigInteger[][] rows = new BigInteger[rank][];
        BigInteger[] right = new BigInteger[rank];
        int filled = 0;
        for (int i = 0; i < d; i++) {
            if (!dependent[i]) {
                rows[filled] = g.row(i).toArray();
                right[filled] = b.get(i);
                filled++;
            }
        }
        IntegerMatrix r = IntegerMatrix.wrap(rows);
        ScaledVector w = solve(r.transpose().gram(), IntegerVector.of(right))
                .orElseThrow(() -> new IllegalStateException("the rows beside the null space are dependent"));
        return ScaledVector.of(r.transpose().multiply(w.numerators()), w.denominator());
    }

    /** The position of the last entry other than zero, the pivot of a vector of a null space. */
    private static int last(IntegerVector v) {
        int i = v.size() - 1;
        while (v.get(i).signum() == 0) {
            i--;
        }
        return i;
    }
}
