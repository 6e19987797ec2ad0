package org.loopcert.spectrum;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.exact.Inertia;
import org.loopcert.exact.IntegerLinearAlgebra;
import org.loopcert.exact.IntegerMatrix;
import org.loopcert.exact.IntegerVector;
import org.loopcert.exact.ModularElimination;

/** What doubles find and digits check, against exact elimination, BigIntegers and the Jacobi method in fixed point. */
class FastPathTest {
    private static final BigInteger MINUS_ONE = BigInteger.ONE.negate();

    private static IntegerMatrix random(Random random, int rows, int columns, int bits) {
        BigInteger[][] entries = new BigInteger[rows][columns];
        for (BigInteger[] row : entries) {
            for (int j = 0; j < columns; j++) {
                BigInteger entry = new BigInteger(1 + random.nextInt(bits), random);
                row[j] = random.nextBoolean() ? entry : entry.negate();
            }
        }
        return IntegerMatrix.of(entries);
    }

    private static IntegerMatrix symmetric(Random random, int d, int bits) {
        IntegerMatrix half = random(random, d, d, bits);
        return half.add(half.transpose());
    }

    /** H D H for a Householder matrix times |u|^2: integer eigenvalues |u|^4 D, in a basis that is not aligned. */
    private static IntegerMatrix withEigenvalues(Random random, BigInteger[] eigenvalues) {
        int d = eigenvalues.length;
        long[] u = new long[d];
        long square = 0;
        for (int i = 0; i < d; i++) {
            u[i] = random.nextInt(7) - 3;
            square += u[i] * u[i];
        }
        long[][] h = new long[d][d];
        BigInteger[][] diagonal = new BigInteger[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                h[i][j] = square == 0 ? (i == j ? 1 : 0) : (i == j ? square : 0) - 2 * u[i] * u[j];
                diagonal[i][j] = i == j ? eigenvalues[i] : BigInteger.ZERO;
            }
        }
        IntegerMatrix reflection = IntegerMatrix.of(h);
        return reflection.multiply(IntegerMatrix.of(diagonal)).multiply(reflection);
    }

    private static int byInertia(IntegerMatrix upper) {
        Inertia inertia = Inertia.of(upper);
        return inertia.negative() > 0 ? 1 : inertia.zero() > 0 ? 0 : -1;
    }

    private static void compare(Gram gram, Fraction value) {
        assertThat(Spectra.compareLargest(gram, value)).isEqualTo(byInertia(Spectra.upperMatrix(gram, value)));
        int rank = gram.features() - Inertia.of(gram.gi()).zero();
        if (rank > 0) {
            Inertia lower = Inertia.of(Spectra.lowerMatrix(gram, value, List.of(), BigInteger.ZERO));
            int order = lower.negative() > gram.features() - rank ? -1 : lower.zero() > 0 ? 0 : 1;
            assertThat(Spectra.compareSmallestPositive(gram, value, rank)).isEqualTo(order);
        }
    }

    @Property(tries = 150)
    void comparisonsAreThoseOfInertiaAtAndAroundRationalEigenvalues(
            @ForAll @IntRange(min = 1, max = 6) int d,
            @ForAll @IntRange(min = 1, max = 200) int range,
            @ForAll @IntRange(min = 1, max = 300) int distance,
            @ForAll long seed) {
        Random random = new Random(seed);
        BigInteger[] eigenvalues = new BigInteger[d];
        for (int i = 0; i < d; i++) {
            boolean again = i > 0 && random.nextInt(3) == 0;
            BigInteger fresh = random.nextInt(6) == 0 ? BigInteger.ZERO : new BigInteger(range, random);
            eigenvalues[i] = again ? eigenvalues[i - 1] : fresh;
        }
        BigInteger denominator = new BigInteger(1 + random.nextInt(400), random).setBit(0);
        Gram gram = SpectrumChecks.gramWith(withEigenvalues(random, eigenvalues), denominator);
        BigInteger scale = gram.gi().isZero() ? BigInteger.ONE : gram.gi().content();
        for (BigInteger eigenvalue : eigenvalues) {
            // the reflection squared is a multiple of the identity
            BigInteger factor = factor(gram, eigenvalues);
            Fraction tie = Fraction.of(eigenvalue.multiply(factor), denominator);
            Fraction hair = Fraction.of(scale, BigInteger.TWO.pow(distance).multiply(denominator));
            for (Fraction value : List.of(tie, tie.add(hair), tie.subtract(hair))) {
                if (value.signum() > 0) {
                    compare(gram, value);
                }
            }
        }
    }

    private static BigInteger factor(Gram gram, BigInteger[] eigenvalues) {
        BigInteger trace = BigInteger.ZERO;
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < eigenvalues.length; i++) {
            trace = trace.add(gram.gi().get(i, i));
            sum = sum.add(eigenvalues[i]);
        }
        return sum.signum() == 0 ? BigInteger.ONE : trace.divide(sum);
    }

    @Property(tries = 60)
    void enclosuresHoldForIllConditionedMatricesOfAnyScale(
            @ForAll @IntRange(min = 2, max = 5) int d,
            @ForAll @IntRange(min = 1, max = 210) int range,
            @ForAll @IntRange(min = 1, max = 1500) int scale,
            @ForAll long seed) {
        Random random = new Random(seed);
        IntegerMatrix x = random(random, d + 2, d, range);
        Gram gram = SpectrumChecks.gramWith(x.gram(), BigInteger.ONE.shiftLeft(scale));
        if (!gram.gi().isZero()) {
            Fraction width = Fraction.of(1, 1_000_000);
            SpectrumChecks.assertVerified(gram, (SpectrumEnclosure) Enclosures.find(gram, width), width);
            StepRegimeTest.assertAutomatic(gram);
        }
    }

    @Property(tries = 25)
    void approximationsAreThoseOfTheJacobiMethod(
            @ForAll @IntRange(min = 1, max = 18) int d,
            @ForAll @IntRange(min = 1, max = 60) int bits,
            @ForAll long seed) {
        Random random = new Random(seed);
        Gram gram = SpectrumChecks.gramWith(random(random, d + 1, d, bits).gram(), BigInteger.ONE);
        if (gram.gi().isZero()) {
            return;
        }
        Extremes extremes = Extremes.of(gram);
        EigenApproximation eigen = EigenApproximation.of(gram.gi(), 300);
        for (boolean top : new boolean[] {true, false}) {
            Eigenpair pair = top ? extremes.largest(100) : extremes.smallest(100);
            Fraction expected = eigen.value(top ? 0 : extremes.rank() - 1, BigInteger.ONE);
            Fraction error = pair.uncertainty(BigInteger.ONE).add(eigen.uncertainty(BigInteger.ONE));
            Fraction difference = pair.value(BigInteger.ONE).subtract(expected);
            assertThat(pair.bits()).isGreaterThanOrEqualTo(100);
            assertThat(difference).isBetween(error.negate(), error);
        }
    }

    @Property(tries = 150)
    void factorsInSlicesAreThoseOfExactRounding(
            @ForAll @IntRange(min = 1, max = 12) int d,
            @ForAll @IntRange(min = 2, max = 90) int bits,
            @ForAll @IntRange(min = 0, max = 160) int k,
            @ForAll long seed) {
        IntegerMatrix a = random(new Random(seed), d + 1, d, bits).gram().addToDiagonal(BigInteger.ONE);
        SymmetricWords words = SymmetricWords.of(a);
        int length = k + (words.bits() + 1) / 2;
        // more than what rounding leaves over, and less than the smallest eigenvalue
        BigInteger shift = BigInteger.valueOf(d).shiftLeft(length);
        Optional<IntegerMatrix> exact = FixedPointCholesky.of(words, k, shift);
        SlicedCholesky sliced = SlicedCholesky.of(words, k, length, shift);
        if (exact.isPresent() && sliced.exists()) {
            // entries themselves may differ where a pivot is small, but not what they leave over
            for (IntegerMatrix r : List.of(exact.get(), sliced.factor(0))) {
                assertThat(dominates(a, k, r)).isTrue();
                assertThat(Residual.isDominant(words, k, r)).isTrue();
            }
        } else if (exact.isPresent()) {
            // at most a pivot within a small part of the shift may be taken for none
            BigInteger more = shift.add(shift.shiftRight(4));
            assertThat(FixedPointCholesky.of(words, k, more)).isEmpty();
        }
    }

    /** By definition. */
    private static boolean dominates(IntegerMatrix a, int k, IntegerMatrix r) {
        IntegerMatrix e = a.multiply(BigInteger.ONE.shiftLeft(2 * k))
                .add(r.transpose().multiply(r).multiply(MINUS_ONE));
        for (int i = 0; i < a.rows(); i++) {
            BigInteger slack = e.get(i, i);
            for (int j = 0; j < a.rows(); j++) {
                slack = j == i ? slack : slack.subtract(e.get(i, j).abs());
            }
            if (slack.signum() < 0) {
                return false;
            }
        }
        return true;
    }

    @Property(tries = 300)
    void residualsAreJudgedByDefinition(
            @ForAll @IntRange(min = 1, max = 9) int d,
            @ForAll @IntRange(min = 1, max = 130) int bits,
            @ForAll @IntRange(min = 0, max = 80) int zeros,
            @ForAll @IntRange(min = 0, max = 3) int k,
            @ForAll long seed) {
        Random random = new Random(seed);
        IntegerMatrix full = random(random, d, d, bits).multiply(BigInteger.ONE.shiftLeft(zeros));
        BigInteger[][] rows = full.toArray();
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                rows[i][j] = j < i ? BigInteger.ZERO : rows[i][j].abs();
            }
        }
        IntegerMatrix r = IntegerMatrix.of(rows);
        // A = (R'R + E) / 4^k rounded down, with E about as long as R and on the verge of dominance
        BigInteger[][] a = r.transpose().multiply(r).toArray();
        int length = 1 + random.nextInt(bits + zeros + 2);
        BigInteger[] sums = new BigInteger[d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < i; j++) {
                BigInteger e = new BigInteger(length, random).subtract(BigInteger.ONE.shiftLeft(length - 1));
                a[i][j] = a[i][j].add(e);
                a[j][i] = a[i][j];
                sums[i] = sums[i] == null ? e.abs() : sums[i].add(e.abs());
                sums[j] = sums[j] == null ? e.abs() : sums[j].add(e.abs());
            }
        }
        for (int i = 0; i < d; i++) {
            BigInteger sum = sums[i] == null ? BigInteger.ZERO : sums[i];
            a[i][i] = a[i][i].add(sum).add(BigInteger.valueOf(random.nextInt(4) == 0 ? -1 : random.nextInt(3)));
            for (int j = 0; j < d; j++) {
                a[i][j] = a[i][j].shiftRight(2 * k);
            }
        }
        IntegerMatrix matrix = IntegerMatrix.of(a);
        assertThat(Residual.isDominant(SymmetricWords.of(matrix), k, r)).isEqualTo(dominates(matrix, k, r));
    }

    @Property(tries = 200)
    void wordsAndDigitsHoldTheMatrix(
            @ForAll @IntRange(min = 1, max = 9) int d,
            @ForAll @IntRange(min = 1, max = 900) int bits,
            @ForAll @IntRange(min = 1, max = 900) int length,
            @ForAll @IntRange(min = 0, max = 100) int shift,
            @ForAll long seed) {
        Random random = new Random(seed);
        IntegerMatrix a = symmetric(random, d, bits);
        SymmetricWords words = SymmetricWords.of(a);
        BigInteger[] v = random(random, 1, d, length).toArray()[0];
        IntegerVector expected = a.multiply(IntegerVector.of(v));
        assertThat(DigitMatrix.of(words).multiply(v)).containsExactly(expected.toArray());

        BigInteger c = new BigInteger(length, random).negate();
        boolean negate = random.nextBoolean();
        BigInteger factor = BigInteger.ONE.shiftLeft(shift).multiply(negate ? MINUS_ONE : BigInteger.ONE);
        IntegerMatrix affine = a.multiply(factor).addToDiagonal(c);
        SymmetricWords moved = words.affine(shift, negate, c);
        for (int i = 0; i < d; i++) {
            for (int j = i; j < d; j++) {
                assertThat(words.get(words.index(i, j))).isEqualTo(a.get(i, j));
                assertThat(moved.get(moved.index(i, j))).isEqualTo(affine.get(i, j));
                assertThat(words.residue(words.index(i, j), 33554393))
                        .isEqualTo(a.get(i, j).mod(BigInteger.valueOf(33554393)).longValue());
            }
        }
    }

    @Property(tries = 200)
    void theRankModuloAPrimeIsAtMostTheRank(
            @ForAll @IntRange(min = 1, max = 9) int d,
            @ForAll @IntRange(min = 1, max = 9) int rank,
            @ForAll long seed) {
        IntegerMatrix a = random(new Random(seed), rank, d, 2).gram();
        // never larger than the rank; smaller where the prime divides minors, as below
        int modular = SymmetricWords.of(a).modularRank();
        assertThat(modular).isLessThanOrEqualTo(IntegerLinearAlgebra.rank(a));
        IntegerMatrix prime = IntegerMatrix.identity(d).multiply(BigInteger.valueOf(ModularElimination.prime()));
        assertThat(SymmetricWords.of(prime).modularRank()).isZero();
        assertThat(SymmetricWords.of(IntegerMatrix.identity(d)).modularRank()).isEqualTo(d);
    }

    @Example
    void comparisonsBeyondThePrecisionLimit() {
        BigInteger zero = BigInteger.ZERO;
        Gram gram = SpectrumChecks.gramWith(
                IntegerMatrix.of(new BigInteger[][] {{BigInteger.TWO.pow(300_000), zero}, {zero, BigInteger.ONE}}),
                BigInteger.ONE);
        assertThat(Spectra.compareSmallestPositive(gram, Fraction.ONE, 2)).isZero();
        assertThat(Spectra.compareSmallestPositive(gram, Fraction.of(1, 2), 2)).isPositive();
        assertThat(Spectra.compareSmallestPositive(gram, Fraction.of(3, 2), 2)).isNegative();
    }

    @Example
    void manyFeatures() {
        Random random = new Random(11);
        int d = 150;
        Gram gram = SpectrumChecks.gramWith(random(random, d, d, 20).gram(), BigInteger.TWO.pow(40));
        Fraction width = Fraction.of(1, 1_000_000_000);
        SpectrumEnclosure found = (SpectrumEnclosure) Enclosures.find(gram, width);
        assertThat(found.largestUpperWitness().orElseThrow().proves(Spectra.upperMatrix(gram, found.largestUpper())))
                .isTrue();
        assertThat(found.smallestLowerWitness()
                        .orElseThrow()
                        .proves(Spectra.lowerMatrix(gram, found.smallestLower(), List.of(), BigInteger.ZERO)))
                .isTrue();
        assertThat(SpectrumChecks.quotient(gram, found.largestLowerVector()))
                .isGreaterThanOrEqualTo(found.largestLower());
        IntegerVector v = gram.gi().multiply(found.smallestUpperPreimage());
        assertThat(SpectrumChecks.quotient(gram, v)).isLessThanOrEqualTo(found.smallestUpper());
        Fraction eta = AutoStep.choose(gram).orElseThrow();
        assertThat(FactorWitness.find(Spectra.upperMatrix(gram, Fraction.ONE.divide(eta))))
                .isPresent();
    }
}
