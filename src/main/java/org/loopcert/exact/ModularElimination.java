package org.loopcert.exact;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Exact linear algebra by elimination modulo a prime, which proposes, and p-adic lifting with a check
 * in integers, which proves. An empty answer says that no prime that was tried could decide.
 */
public final class ModularElimination {
    private static final int PRIMES = 3;

    private static final ShortModulus FIRST =
            ShortModulus.candidates().findFirst().orElseThrow();

    private ModularElimination() {}

    /**
     * Rows and columns of a minor that is not zero modulo a prime, hence not zero; the columns are
     * those independent of the ones before.
     */
    private record Pivots(int[] rows, int[] columns) {
        int rank() {
            return rows.length;
        }
    }

    /** The prime of {@link #rankModuloPrime}, below 2^22 and always the same. */
    public static int prime() {
        return FIRST.prime();
    }

    /**
     * The rank modulo {@link #prime} of a matrix of integers below 2^51, which is overwritten. It never exceeds the rank of
     * an integer matrix of these residues; a smaller one proves nothing.
     */
    public static int rankModuloPrime(double[][] residues) {
        for (double[] row : residues) {
            FIRST.reduce(row);
        }
        return pivots(residues, FIRST).rank();
    }

    static Optional<Integer> rank(IntegerMatrix matrix) {
        IntegerMatrix wide = matrix.rows() < matrix.columns() ? matrix.transpose() : matrix;
        return nullSpace(wide).map(basis -> wide.columns() - basis.size());
    }

    static Optional<List<IntegerVector>> nullSpace(IntegerMatrix matrix) {
        return isTooLarge(matrix)
                ? Optional.empty()
                : ShortModulus.candidates()
                        .limit(PRIMES)
                        .flatMap(modulus -> nullSpace(matrix, modulus).stream())
                        .findFirst();
    }

    /** The solution of a square system; empty also where the matrix is singular. */
    static Optional<ScaledVector> solve(IntegerMatrix a, IntegerVector c) {
        return isTooLarge(a)
                ? Optional.empty()
                : ShortModulus.candidates()
                        .limit(PRIMES)
                        .flatMap(modulus -> PadicSolver.of(a, modulus).stream())
                        .findFirst()
                        .flatMap(solver -> solver.solve(c));
    }

    private static boolean isTooLarge(IntegerMatrix matrix) {
        return Math.min(matrix.rows(), matrix.columns()) > ShortModulus.LONGEST_SUM;
    }

    private static Optional<List<IntegerVector>> nullSpace(IntegerMatrix matrix, ShortModulus modulus) {
        Pivots pivots = pivots(modulus.residues(DigitRows.of(matrix.toArray())), modulus);
        int columns = matrix.columns();
        if (pivots.rank() == columns) {
            return Optional.of(List.of());
        }
        Optional<PadicSolver> solver = pivots.rank() == 0
                ? Optional.empty()
                : PadicSolver.of(select(matrix, pivots.rows(), pivots.columns()), modulus);
        List<IntegerVector> basis = new ArrayList<>();
        for (int free = 0; free < columns; free++) {
            if (Arrays.binarySearch(pivots.columns(), free) >= 0) {
                continue;
            }
            BigInteger[] v = new BigInteger[columns];
            Arrays.fill(v, BigInteger.ZERO);
            v[free] = BigInteger.ONE;
            if (solver.isPresent()) {
                IntegerVector right =
                        select(matrix, pivots.rows(), new int[] {free}).column(0);
                Optional<ScaledVector> solution = solver.get().solve(right);
                if (solution.isEmpty()) {
                    return Optional.empty();
                }
                v[free] = solution.get().denominator();
                for (int k = 0; k < pivots.rank(); k++) {
                    v[pivots.columns()[k]] = solution.get().numerators().get(k).negate();
                }
            }
            // canonical fractions make the vector primitive; behind its pivot it has to be zero
            IntegerVector vector = IntegerVector.of(v);
            boolean echelon = IntStream.range(free + 1, columns).allMatch(i -> v[i].signum() == 0);
            if (!echelon || !matrix.multiply(vector).isZero()) {
                return Optional.empty(); // the rank or the columns are others than modulo this prime
            }
            basis.add(vector);
        }
        return Optional.of(List.copyOf(basis));
    }

    private static IntegerMatrix select(IntegerMatrix matrix, int[] rows, int[] columns) {
        BigInteger[][] result = new BigInteger[rows.length][columns.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                result[i][j] = matrix.get(rows[i], columns[j]);
            }
        }
        return IntegerMatrix.wrap(result);
    }

    /** Eliminates the rows of residues in place. */
    private static Pivots pivots(double[][] a, ShortModulus modulus) {
        int[] order = IntStream.range(0, a.length).toArray();
        int[] columns = new int[Math.min(a.length, a[0].length)];
        int rank = 0;
        for (int column = 0; column < a[0].length && rank < a.length; column++) {
            int pivot = rank;
            while (pivot < a.length && a[pivot][column] == 0) {
                pivot++;
            }
            if (pivot == a.length) {
                continue;
            }
            double[] row = a[pivot];
            a[pivot] = a[rank];
            a[rank] = row;
            int index = order[pivot];
            order[pivot] = order[rank];
            order[rank] = index;
            modulus.scale(row, modulus.inverse(row[column]));
            for (int i = rank + 1; i < a.length; i++) {
                if (a[i][column] != 0) {
                    modulus.subtractMultiple(a[i], a[i][column], row, column);
                }
            }
            columns[rank++] = column;
        }
        return new Pivots(Arrays.copyOf(order, rank), Arrays.copyOf(columns, rank));
    }
}
