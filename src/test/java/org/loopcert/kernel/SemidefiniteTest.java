package org.loopcert.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.loopcert.exact.Inertia;
import org.loopcert.exact.IntegerMatrix;
import org.loopcert.kernel.SpectrumRules.Semidefinite;
import org.loopcert.spectrum.FactorWitness;

/** Both witnesses of semidefiniteness against the exact inertia, on matrices at and around the border. */
class SemidefiniteTest {
    private static boolean proves(Semidefinite witness, BigInteger[][] a) {
        try {
            // a copy, for elimination overwrites what it decides
            witness.prove(Arrays.stream(a).map(BigInteger[]::clone).toArray(BigInteger[][]::new), Given.meter());
            return true;
        } catch (Refusal refusal) {
            assertThat(refusal.kind).isEqualTo(Refusal.Kind.REJECTED);
            return false;
        }
    }

    private static boolean semidefinite(BigInteger[][] a) {
        return Inertia.of(IntegerMatrix.of(a)).isPositiveSemidefinite();
    }

    /** B'B of any rank, sometimes with one entry pair moved by one. */
    private static BigInteger[][] border(SplittableRandom random, int d) {
        int rank = random.nextInt(1, d + 1);
        long[][] b = new long[rank][d];
        for (long[] row : b) {
            for (int j = 0; j < d; j++) {
                row[j] = random.nextInt(-3, 4);
            }
        }
        BigInteger[][] a = new BigInteger[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                long sum = 0;
                for (long[] row : b) {
                    sum += row[i] * row[j];
                }
                a[i][j] = BigInteger.valueOf(sum);
            }
        }
        if (random.nextBoolean()) {
            int i = random.nextInt(d);
            int j = random.nextInt(d);
            BigInteger delta = BigInteger.valueOf(random.nextInt(-1, 2));
            a[i][j] = a[i][j].add(delta);
            a[j][i] = a[i][j];
        }
        return a;
    }

    private static BigInteger[][] times(BigInteger[][] a, BigInteger factor) {
        BigInteger[][] result = new BigInteger[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                result[i][j] = a[i][j].multiply(factor);
            }
        }
        return result;
    }

    @Property(tries = 1000)
    void eliminationDecidesExactly(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int d) {
        BigInteger[][] a = border(new SplittableRandom(seed), d);
        assertThat(proves(new Semidefinite(-1, null), a)).isEqualTo(semidefinite(a));
    }

    /** Rounded Cholesky factors, some with an entry moved: what they prove is so. */
    @Property(tries = 1000)
    void aFactorNeverProvesAnIndefiniteMatrix(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int d, @ForAll @IntRange(max = 12) int scale) {
        SplittableRandom random = new SplittableRandom(seed);
        BigInteger[][] a = border(random, d);
        for (int i = 0; i < d; i++) {
            a[i][i] = a[i][i].add(BigInteger.valueOf(random.nextInt(0, 3)));
        }
        BigInteger[][] factor = cholesky(times(a, BigInteger.ONE.shiftLeft(2 * scale)));
        if (random.nextBoolean()) {
            int i = random.nextInt(d);
            int j = random.nextInt(d - i);
            factor[i][j] = factor[i][j].add(BigInteger.valueOf(random.nextInt(-2, 3)));
        }
        if (proves(new Semidefinite(scale, factor), a)) {
            assertThat(semidefinite(a)).isTrue();
        }
    }

    /** Rows from the diagonal on; roots and quotients rounded down, zero where there is none. */
    private static BigInteger[][] cholesky(BigInteger[][] a) {
        int d = a.length;
        BigInteger[][] r = new BigInteger[d][];
        for (int i = 0; i < d; i++) {
            r[i] = new BigInteger[d - i];
            for (int j = i; j < d; j++) {
                BigInteger rest = a[i][j];
                for (int k = 0; k < i; k++) {
                    rest = rest.subtract(r[k][i - k].multiply(r[k][j - k]));
                }
                BigInteger diagonal = r[i][0];
                if (j == i) {
                    r[i][0] = rest.signum() > 0 ? rest.sqrt() : BigInteger.ZERO;
                } else {
                    r[i][j - i] = diagonal.signum() > 0 ? rest.divide(diagonal) : BigInteger.ZERO;
                }
            }
        }
        return r;
    }

    @Property(tries = 300)
    void witnessesThatAreFoundAreProofs(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int d) {
        BigInteger[][] a = border(new SplittableRandom(seed), d);
        Optional<FactorWitness> found = FactorWitness.find(IntegerMatrix.of(a));
        if (found.isPresent()) {
            BigInteger[][] rows = new BigInteger[d][];
            for (int i = 0; i < d; i++) {
                BigInteger[] row = found.get().factor().row(i).toArray();
                rows[i] = Arrays.copyOfRange(row, i, d);
            }
            assertThat(proves(new Semidefinite(found.get().scale(), rows), a)).isTrue();
            assertThat(semidefinite(a)).isTrue();
        }
    }

    @Test
    void bordersOfTheFactorForm() {
        BigInteger[][] zero = {{BigInteger.ZERO}};
        BigInteger[][] minus = {{BigInteger.ONE.negate()}};
        BigInteger[][] nothing = {{BigInteger.ZERO}};
        assertThat(proves(new Semidefinite(0, nothing), zero)).isTrue();
        assertThat(proves(new Semidefinite(0, nothing), minus)).isFalse();
        assertThat(proves(new Semidefinite(50, nothing), minus)).isFalse();
        assertThat(proves(new Semidefinite(-1, null), zero)).isTrue();
        assertThat(proves(new Semidefinite(-1, null), minus)).isFalse();
    }

    private static BigInteger[][] matrix(long[]... rows) {
        return Arrays.stream(rows)
                .map(row -> Arrays.stream(row).mapToObj(BigInteger::valueOf).toArray(BigInteger[]::new))
                .toArray(BigInteger[][]::new);
    }

    private static void refuses(Semidefinite witness, BigInteger[][] a, Verdict.Reason reason, String expected) {
        assertThatThrownBy(() -> witness.prove(a, Given.meter())).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.reason).isEqualTo(reason);
            assertThat(refusal.expected).isEqualTo(expected);
        });
    }

    /** Matrices at the border, and moved by one beyond it in each place. */
    @Test
    void eliminationOnFixedMatrices() throws Refusal {
        Semidefinite elimination = new Semidefinite(-1, null);
        for (BigInteger[][] a : List.of(
                matrix(new long[] {0}),
                matrix(new long[] {7}),
                matrix(new long[] {0, 0}, new long[] {0, 0}),
                matrix(new long[] {0, 0}, new long[] {0, 3}),
                matrix(new long[] {4, 6}, new long[] {6, 9}),
                matrix(new long[] {4, -6}, new long[] {-6, 9}),
                matrix(new long[] {1, 2, 3}, new long[] {2, 4, 6}, new long[] {3, 6, 9}),
                matrix(new long[] {2, -1, -1}, new long[] {-1, 2, -1}, new long[] {-1, -1, 2}),
                matrix(new long[] {0, 0, 0}, new long[] {0, 5, 2}, new long[] {0, 2, 1}),
                matrix(new long[] {2, 1, 1}, new long[] {1, 3, 2}, new long[] {1, 2, 4}))) {
            assertThat(semidefinite(a)).isTrue();
            elimination.prove(a, Given.meter());
        }
        String negative = "no negative pivot";
        String rest = "a zero rest under a zero diagonal";
        refuses(elimination, matrix(new long[] {-1}), Verdict.Reason.NOT_SEMIDEFINITE, negative);
        refuses(elimination, matrix(new long[] {0, 1}, new long[] {1, 0}), Verdict.Reason.NOT_SEMIDEFINITE, rest);
        refuses(elimination, matrix(new long[] {0, -1}, new long[] {-1, 0}), Verdict.Reason.NOT_SEMIDEFINITE, rest);
        refuses(elimination, matrix(new long[] {0, 1}, new long[] {1, 5}), Verdict.Reason.NOT_SEMIDEFINITE, negative);
        refuses(elimination, matrix(new long[] {4, 6}, new long[] {6, 8}), Verdict.Reason.NOT_SEMIDEFINITE, negative);
        refuses(elimination, matrix(new long[] {4, 7}, new long[] {7, 9}), Verdict.Reason.NOT_SEMIDEFINITE, negative);
        refuses(elimination, matrix(new long[] {5, 0}, new long[] {0, -1}), Verdict.Reason.NOT_SEMIDEFINITE, negative);
        refuses(
                elimination,
                matrix(new long[] {1, 1, 1}, new long[] {1, 1, 2}, new long[] {1, 2, 1}),
                Verdict.Reason.NOT_SEMIDEFINITE,
                rest);
        refuses(
                elimination,
                matrix(new long[] {2, -1, -1}, new long[] {-1, 2, -1}, new long[] {-1, -1, 1}),
                Verdict.Reason.NOT_SEMIDEFINITE,
                negative);
    }

    /** A = [[4, 2], [2, 5]] = R'R for R = [[2, 1], [0, 2]]; E = 4^k A - (2^k R)'(2^k R) = 0. */
    @Test
    void factorsOnFixedMatrices() throws Refusal {
        BigInteger[][] a = matrix(new long[] {4, 2}, new long[] {2, 5});
        new Semidefinite(0, matrix(new long[] {2, 1}, new long[] {2})).prove(a, Given.meter());
        new Semidefinite(1, matrix(new long[] {4, 2}, new long[] {4})).prove(a, Given.meter());
        new Semidefinite(0, matrix(new long[] {1, 0}, new long[] {1})).prove(a, Given.meter());
        // E = [[2, 2], [2, 1]] at rows (1, 0), (2): row 2 is not dominant; [[3, 2], [2, 4]] is
        String[] row = {"diagonal dominance in row 1", "diagonal dominance in row 2"};
        refuses(new Semidefinite(0, matrix(new long[] {1, 0}, new long[] {2})), a, Verdict.Reason.NOT_DOMINANT, row[1]);
        refuses(new Semidefinite(0, matrix(new long[] {2, 0}, new long[] {0})), a, Verdict.Reason.NOT_DOMINANT, row[0]);
        refuses(new Semidefinite(1, matrix(new long[] {4, 3}, new long[] {4})), a, Verdict.Reason.NOT_DOMINANT, row[0]);
        new Semidefinite(0, matrix(new long[] {0, 0}, new long[] {0})).prove(a, Given.meter());
        // dominant with equality
        new Semidefinite(0, matrix(new long[] {0, 0}, new long[] {0}))
                .prove(matrix(new long[] {2, -2}, new long[] {-2, 2}), Given.meter());
        String shape = "an upper triangle of order 2";
        for (BigInteger[][] rows : List.of(
                matrix(new long[] {2, 1}),
                matrix(new long[] {2, 1}, new long[] {2}, new long[] {}),
                matrix(new long[] {2}, new long[] {2}),
                matrix(new long[] {2, 1}, new long[] {2, 0}),
                matrix(new long[] {2, 1}, new long[] {}))) {
            refuses(new Semidefinite(0, rows), a, Verdict.Reason.SHAPE, shape);
        }
    }
}
