package org.loopcert.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class IntegerLinearAlgebraTest {

    static IntegerMatrix random(Random random, int rows, int columns, int bound) {
        long[][] entries = new long[rows][columns];
        for (long[] row : entries) {
            for (int j = 0; j < columns; j++) {
                row[j] = random.nextInt(2 * bound + 1) - bound;
            }
        }
        return IntegerMatrix.of(entries);
    }

    /** A product through {@code rank} columns: rank at most that. */
    static IntegerMatrix randomOfRank(Random random, int rows, int columns, int rank, int bound) {
        return random(random, rows, rank, bound).multiply(random(random, rank, columns, bound));
    }

    /** Faddeev-LeVerrier: coefficients c_0..c_d of det(x I - A), c_d = 1. */
    private static BigInteger[] characteristicPolynomial(IntegerMatrix a) {
        int d = a.rows();
        BigInteger[] c = new BigInteger[d + 1];
        c[d] = BigInteger.ONE;
        IntegerMatrix m = IntegerMatrix.identity(d);
        for (int k = 1; k <= d; k++) {
            IntegerMatrix am = a.multiply(m);
            BigInteger trace = BigInteger.ZERO;
            for (int i = 0; i < d; i++) {
                trace = trace.add(am.get(i, i));
            }
            c[d - k] = trace.negate().divide(BigInteger.valueOf(k));
            m = am.addToDiagonal(c[d - k]);
        }
        return c;
    }

    /** Descartes' rule is exact for a polynomial whose roots are all real. */
    private static Inertia inertiaByDescartes(IntegerMatrix a) {
        BigInteger[] c = characteristicPolynomial(a);
        int zero = 0;
        while (c[zero].signum() == 0) {
            zero++;
        }
        int variations = 0;
        int last = 0;
        for (BigInteger coefficient : c) {
            int sign = coefficient.signum();
            if (sign != 0 && last != 0 && sign != last) {
                variations++;
            }
            last = sign != 0 ? sign : last;
        }
        return new Inertia(a.rows() - zero - variations, zero, variations);
    }

    @Property(tries = 2000)
    void inertiaAgreesWithSignVariations(
            @ForAll @IntRange(min = 1, max = 6) int d,
            @ForAll @IntRange(min = 1, max = 3) int bound,
            @ForAll boolean emptyDiagonal,
            @ForAll long seed) {
        BigInteger[][] a = random(new Random(seed), d, d, bound).toArray();
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < i; j++) {
                a[i][j] = a[j][i];
            }
            a[i][i] = emptyDiagonal ? BigInteger.ZERO : a[i][i];
        }
        IntegerMatrix symmetric = IntegerMatrix.of(a);
        assertThat(Inertia.of(symmetric)).isEqualTo(inertiaByDescartes(symmetric));
    }

    @Property(tries = 500)
    void inertiaOfSingularCongruences(
            @ForAll @IntRange(min = 1, max = 6) int d,
            @ForAll @IntRange(min = 1, max = 6) int rank,
            @ForAll long seed) {
        Random random = new Random(seed);
        IntegerMatrix b = random(random, rank, d, 3);
        BigInteger[][] signs = IntegerMatrix.identity(rank).toArray();
        for (int i = 0; i < rank; i++) {
            signs[i][i] = BigInteger.valueOf(random.nextInt(3) - 1);
        }
        IntegerMatrix symmetric =
                b.transpose().multiply(IntegerMatrix.of(signs)).multiply(b);
        assertThat(Inertia.of(symmetric)).isEqualTo(inertiaByDescartes(symmetric));
    }

    @Property(tries = 500)
    void nullSpaceIsInEchelonFormAndComplete(
            @ForAll @IntRange(min = 1, max = 7) int rows,
            @ForAll @IntRange(min = 1, max = 6) int columns,
            @ForAll @IntRange(min = 1, max = 6) int rank,
            @ForAll long seed) {
        IntegerMatrix a = randomOfRank(new Random(seed), rows, columns, rank, 2);
        List<IntegerVector> basis = IntegerLinearAlgebra.nullSpace(a);
        assertThat(basis).hasSize(columns - IntegerLinearAlgebra.rank(a));
        assertThat(IntegerLinearAlgebra.rank(a))
                .isEqualTo(IntegerLinearAlgebra.rank(a.transpose()))
                .isLessThanOrEqualTo(rank);
        for (IntegerVector v : basis) {
            assertThat(a.multiply(v).isZero()).isTrue();
            assertThat(v.content()).isEqualTo(BigInteger.ONE);
            boolean hasPivot = false;
            for (int i = 0; i < columns; i++) {
                int row = i;
                hasPivot |= v.get(i).signum() > 0
                        && basis.stream().allMatch(w -> w == v || w.get(row).signum() == 0);
            }
            assertThat(hasPivot).isTrue();
        }
        // G = A'A is singular exactly where A has a null space
        Inertia inertia = Inertia.of(a.gram());
        assertThat(inertia).isEqualTo(new Inertia(0, basis.size(), columns - basis.size()));
    }

    @Property(tries = 500)
    void leastSquaresSolvesTheNormalEquationsWithMinimumNorm(
            @ForAll @IntRange(min = 1, max = 8) int n,
            @ForAll @IntRange(min = 1, max = 5) int d,
            @ForAll @IntRange(min = 1, max = 5) int rank,
            @ForAll long seed) {
        Random random = new Random(seed);
        ScaledMatrix x =
                ScaledMatrix.of(randomOfRank(random, n, d, rank, 3), BigInteger.valueOf(1 + random.nextInt(9)));
        ScaledVector y = ScaledVector.of(random(random, n, 1, 9).column(0), BigInteger.valueOf(1 + random.nextInt(9)));
        Gram gram = Gram.of(x, y);
        ScaledVector t = IntegerLinearAlgebra.leastSquares(gram);
        IntegerVector left = gram.gi().multiply(t.numerators());
        assertThat(ScaledVector.of(left, gram.gDen().multiply(t.denominator()))).isEqualTo(gram.moment());
        for (IntegerVector v : IntegerLinearAlgebra.nullSpace(gram.gi())) {
            assertThat(v.dot(t.numerators())).isEqualTo(BigInteger.ZERO);
        }
    }

    /** Eliminated by Bareiss and by primes; entries up to 200 bits, ranks from zero to full. */
    @Property(tries = 400)
    void primesAndBareissAgree(
            @ForAll @IntRange(min = 1, max = 9) int rows,
            @ForAll @IntRange(min = 1, max = 9) int columns,
            @ForAll @IntRange(min = 0, max = 9) int rank,
            @ForAll @IntRange(min = 1, max = 100) int bits,
            @ForAll long seed) {
        Random random = new Random(seed);
        IntegerMatrix a = rank == 0
                ? IntegerMatrix.of(new long[rows][columns])
                : randomOfRank(random, rows, columns, rank, 2).multiply(BigInteger.ONE.shiftLeft(bits - 1));
        if (rank > 0 && random.nextBoolean()) {
            a = integers(random, rows, rank, bits).multiply(integers(random, rank, columns, bits));
        }
        List<IntegerVector> basis = BareissElimination.nullSpace(a);
        assertThat(ModularElimination.nullSpace(a)).contains(basis);
        assertThat(IntegerLinearAlgebra.nullSpace(a)).isEqualTo(basis);
        assertThat(ModularElimination.rank(a)).contains(BareissElimination.rank(a));
        if (rows == columns) {
            IntegerVector right = integers(random, rows, 1, 2 * bits).column(0);
            assertThat(ModularElimination.solve(a, right)).isEqualTo(BareissElimination.solve(a, right));
            IntegerVector image = a.multiply(random(random, rows, 1, 9).column(0));
            assertThat(ModularElimination.solve(a, image)).isEqualTo(BareissElimination.solve(a, image));
            assertThat(IntegerLinearAlgebra.solve(a, image)).isEqualTo(BareissElimination.solve(a, image));
        }
    }

    private static IntegerMatrix integers(Random random, int rows, int columns, int bits) {
        BigInteger[][] entries = new BigInteger[rows][columns];
        for (BigInteger[] row : entries) {
            for (int j = 0; j < columns; j++) {
                row[j] = new BigInteger(bits, random).subtract(BigInteger.ONE.shiftLeft(bits - 1));
            }
        }
        return IntegerMatrix.of(entries);
    }

    /** The rows of G stacked on its null space, solved by Bareiss. */
    private static ScaledVector leastSquaresByBareiss(Gram gram) {
        List<BigInteger[]> rows = new ArrayList<>();
        List<BigInteger> right = new ArrayList<>();
        for (int i = 0; i < gram.features(); i++) {
            rows.add(gram.gi().row(i).toArray());
            if (BareissElimination.rank(IntegerMatrix.of(rows.toArray(BigInteger[][]::new))) < rows.size()) {
                rows.remove(rows.size() - 1);
            } else {
                right.add(gram.bi().get(i));
            }
        }
        for (IntegerVector v : BareissElimination.nullSpace(gram.gi())) {
            rows.add(v.toArray());
            right.add(BigInteger.ZERO);
        }
        ScaledVector t = BareissElimination.solve(
                        IntegerMatrix.of(rows.toArray(BigInteger[][]::new)),
                        IntegerVector.of(right.toArray(BigInteger[]::new)))
                .orElseThrow();
        return ScaledVector.of(
                t.numerators().multiply(gram.gDen()), t.denominator().multiply(gram.bDen()));
    }

    @Property(tries = 150)
    void leastSquaresAgreesWithBareiss(
            @ForAll @IntRange(min = 1, max = 10) int n,
            @ForAll @IntRange(min = 1, max = 9) int d,
            @ForAll @IntRange(min = 1, max = 9) int rank,
            @ForAll @IntRange(min = 1, max = 60) int bits,
            @ForAll long seed) {
        Random random = new Random(seed);
        IntegerMatrix x = integers(random, n, rank, bits).multiply(integers(random, rank, d, bits));
        Gram gram = Gram.of(
                ScaledMatrix.of(x, BigInteger.valueOf(1 + random.nextInt(99))),
                ScaledVector.of(integers(random, n, 1, bits).column(0), BigInteger.valueOf(1 + random.nextInt(9))));
        assertThat(IntegerLinearAlgebra.leastSquares(gram)).isEqualTo(leastSquaresByBareiss(gram));
    }

    @Example
    void aPrimeThatDividesThePivotsIsReplaced() {
        // singular modulo the first prime, of full rank, and of other pivot columns
        BigInteger p = BigInteger.valueOf(
                ShortModulus.candidates().findFirst().orElseThrow().prime());
        IntegerMatrix multiple = IntegerMatrix.identity(7).multiply(p);
        IntegerVector right = IntegerVector.of(1, 2, 3, 4, 5, 6, 7);
        assertThat(ModularElimination.nullSpace(multiple)).contains(List.of());
        assertThat(ModularElimination.solve(multiple, right)).contains(ScaledVector.of(right, p));
        BigInteger[][] columns = new BigInteger[7][7];
        for (BigInteger[] row : columns) {
            Arrays.fill(row, BigInteger.ONE);
        }
        columns[0][1] = p.add(BigInteger.ONE);
        columns[1][3] = BigInteger.TEN;
        IntegerMatrix other = IntegerMatrix.of(columns);
        assertThat(ModularElimination.nullSpace(other)).contains(BareissElimination.nullSpace(other));
    }

    @Example
    void solveSaysWhenTheMatrixIsSingular() {
        IntegerVector right = IntegerVector.of(5, 11);
        assertThat(IntegerLinearAlgebra.solve(IntegerMatrix.of(new long[][] {{0, 2}, {4, 1}}), right))
                .contains(ScaledVector.of(IntegerVector.of(17, 20), BigInteger.valueOf(8)));
        assertThat(IntegerLinearAlgebra.solve(IntegerMatrix.of(new long[][] {{1, 2}, {2, 4}}), right))
                .isEmpty();
    }
}
