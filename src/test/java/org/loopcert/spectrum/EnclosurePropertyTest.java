package org.loopcert.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.exact.Inertia;
import org.loopcert.exact.IntegerMatrix;

class EnclosurePropertyTest {
    private static final Fraction WIDTH = Fraction.of(1, 1_000_000_000L);

    private static IntegerMatrix random(Random random, int rows, int columns, int bound) {
        long[][] entries = new long[rows][columns];
        for (long[] row : entries) {
            for (int j = 0; j < columns; j++) {
                row[j] = random.nextInt(2 * bound + 1) - bound;
            }
        }
        return IntegerMatrix.of(entries);
    }

    private static SpectrumEnclosure verified(Gram gram, Fraction width) {
        Spectrum spectrum = Enclosures.find(gram, width);
        assertThat(spectrum).isInstanceOf(SpectrumEnclosure.class);
        SpectrumEnclosure enclosure = (SpectrumEnclosure) spectrum;
        SpectrumChecks.assertVerified(gram, enclosure, width);
        return enclosure;
    }

    @Property(tries = 300)
    void randomMatricesOfAnyRank(
            @ForAll @IntRange(min = 1, max = 8) int n,
            @ForAll @IntRange(min = 1, max = 6) int d,
            @ForAll @IntRange(min = 1, max = 6) int rank,
            @ForAll @IntRange(min = 1, max = 20) int bound,
            @ForAll @IntRange(min = 1, max = 1000) int denominator,
            @ForAll long seed) {
        Random random = new Random(seed);
        Gram gram = SpectrumChecks.gramOf(
                random(random, n, rank, bound).multiply(random(random, rank, d, bound)), denominator);
        if (gram.gi().isZero()) {
            assertThat(Enclosures.find(gram, WIDTH)).isEqualTo(new ZeroMatrix());
        } else {
            verified(gram, WIDTH);
            StepRegimeTest.assertAutomatic(gram);
        }
    }

    @Property(tries = 150)
    void repeatedEigenvalues(
            @ForAll @IntRange(min = 2, max = 6) int d,
            @ForAll @IntRange(min = 1, max = 6) int rank,
            @ForAll @IntRange(min = 0, max = 500) int ridge,
            @ForAll @IntRange(min = 1, max = 97) int denominator,
            @ForAll long seed) {
        // B'B + ridge I has the eigenvalue ridge d - rank times; ridge I - shaped parts at the top
        IntegerMatrix low = random(new Random(seed), rank, d, 5).gram();
        BigInteger den = BigInteger.valueOf(denominator);
        Gram below = SpectrumChecks.gramWith(low.addToDiagonal(BigInteger.valueOf(ridge + 1L)), den);
        verified(below, WIDTH);
        BigInteger trace = BigInteger.ONE;
        for (int i = 0; i < d; i++) {
            trace = trace.add(low.get(i, i));
        }
        Gram above =
                SpectrumChecks.gramWith(low.multiply(BigInteger.ONE.negate()).addToDiagonal(trace), den);
        verified(above, WIDTH);
    }

    @Property(tries = 500)
    void factorIsFoundExactlyForPositiveDefiniteMatrices(
            @ForAll @IntRange(min = 1, max = 6) int d,
            @ForAll @IntRange(min = 1, max = 7) int rank,
            @ForAll @IntRange(min = -3, max = 3) int shift,
            @ForAll long seed) {
        IntegerMatrix a = random(new Random(seed), rank, d, 3).gram().addToDiagonal(BigInteger.valueOf(shift));
        var witness = FactorWitness.find(a);
        assertThat(witness.isPresent()).isEqualTo(Inertia.of(a).isPositiveDefinite());
        witness.ifPresent(w -> SpectrumChecks.assertProves(w, a));
    }

    @Property(tries = 200)
    void rayleighSearchIsCompleteAndSound(
            @ForAll @IntRange(min = 1, max = 5) int d,
            @ForAll @IntRange(min = 1, max = 5) int rank,
            @ForAll @IntRange(min = 1, max = 60) int p,
            @ForAll @IntRange(min = 1, max = 4) int q,
            @ForAll long seed) {
        Gram gram = SpectrumChecks.gramOf(random(new Random(seed), rank, d, 2), 1);
        Fraction bound = Fraction.of(p, q);
        int r = gram.features() - Inertia.of(gram.gi()).zero();
        var top = RayleighSearch.atLeast(gram, bound);
        assertThat(top.isPresent()).isEqualTo(Spectra.compareLargest(gram, bound) >= 0);
        top.ifPresent(v -> assertThat(SpectrumChecks.quotient(gram, v)).isGreaterThanOrEqualTo(bound));
        var low = RayleighSearch.rowSpaceAtMost(gram, bound);
        assertThat(low.isPresent()).isEqualTo(r > 0 && Spectra.compareSmallestPositive(gram, bound, r) <= 0);
        low.ifPresent(w ->
                assertThat(SpectrumChecks.quotient(gram, gram.gi().multiply(w))).isLessThanOrEqualTo(bound));
    }

    @Example
    void tamperedFactorProvesNothing() {
        IntegerMatrix a = IntegerMatrix.of(new long[][] {{5, 2, 1}, {2, 6, -2}, {1, -2, 7}});
        FactorWitness good = FactorWitness.find(a).orElseThrow();
        BigInteger[][] r = good.factor().toArray();
        r[0][2] = r[0][2].add(BigInteger.valueOf(40).shiftLeft(good.scale()));
        assertThat(new FactorWitness(good.scale(), IntegerMatrix.of(r)).proves(a))
                .isFalse();
        assertThat(good.proves(a.addToDiagonal(BigInteger.valueOf(-9)))).isFalse();
    }

    @Example
    void everyRowOfTheResidualMustBeDominant() {
        FactorWitness none = new FactorWitness(0, IntegerMatrix.of(new long[][] {{0, 0}, {0, 0}}));
        assertThat(none.proves(IntegerMatrix.of(new long[][] {{9, 5}, {5, 5}}))).isTrue();
        assertThat(none.proves(IntegerMatrix.of(new long[][] {{9, 5}, {5, 4}}))).isFalse();
        assertThat(none.proves(IntegerMatrix.of(new long[][] {{4, 5}, {5, 9}}))).isFalse();
        assertThat(none.proves(IntegerMatrix.of(new long[][] {{9, -5}, {-5, 4}})))
                .isFalse();
        assertThat(none.proves(IntegerMatrix.of(new long[][] {{9, 5}, {4, 9}}))).isFalse();
    }

    @Example
    void eigenvaluesNextToShortDyadicNumbersAreNotTakenForThem() {
        BigInteger unit = BigInteger.TWO.pow(300);
        for (int off : new int[] {-1, 1}) {
            BigInteger near = unit.shiftLeft(2).add(BigInteger.valueOf(off));
            IntegerMatrix g = IntegerMatrix.of(
                    new BigInteger[][] {{near, BigInteger.ZERO}, {BigInteger.ZERO, near.shiftLeft(1)}});
            SpectrumEnclosure enclosure = verified(SpectrumChecks.gramWith(g, unit), WIDTH);
            assertThat(enclosure.largestUpperWitness()).isPresent();
            assertThat(enclosure.smallestLowerWitness()).isPresent();
        }
    }

    @Example
    void givesUpBeyondThePrecisionLimit() {
        BigInteger zero = BigInteger.ZERO;
        Gram gram = SpectrumChecks.gramWith(
                IntegerMatrix.of(new BigInteger[][] {{BigInteger.TWO.pow(300_000), zero}, {zero, BigInteger.ONE}}),
                BigInteger.ONE);
        assertThatThrownBy(() -> Enclosures.find(gram, WIDTH))
                .isInstanceOf(PrecisionLimitException.class)
                .hasMessageContaining("limit");
    }

    @Example
    void scalarMultiplesOfTheIdentityHaveConditionNumberOneWhereDyadic() {
        SpectrumEnclosure three = verified(
                SpectrumChecks.gramWith(IntegerMatrix.identity(4).multiply(BigInteger.valueOf(3)), BigInteger.ONE),
                WIDTH);
        assertThat(three.conditionNumberLower()).isEqualTo(Fraction.ONE);
        assertThat(three.conditionNumberUpper()).isEqualTo(Fraction.ONE);
        verified(SpectrumChecks.gramOf(IntegerMatrix.identity(4), 3), WIDTH);
        verified(SpectrumChecks.gramOf(IntegerMatrix.of(new long[][] {{2}, {5}}), 7), WIDTH);
        assertThat(Enclosures.find(SpectrumChecks.gramOf(IntegerMatrix.of(new long[][] {{0, 0}}), 1), WIDTH))
                .isEqualTo(new ZeroMatrix());
    }

    @Example
    void extremeConditionNumbers() {
        for (int exponent : new int[] {31, 60, 300}) {
            BigInteger big = BigInteger.TEN.pow(exponent);
            BigInteger zero = BigInteger.ZERO;
            IntegerMatrix diagonal = IntegerMatrix.of(new BigInteger[][] {
                {big, zero, zero},
                {zero, BigInteger.valueOf(12345), zero},
                {zero, zero, BigInteger.ONE}
            });
            Gram gram = SpectrumChecks.gramWith(diagonal, BigInteger.valueOf(7));
            SpectrumEnclosure enclosure = verified(gram, WIDTH);
            assertThat(enclosure.conditionNumberLower()).isLessThanOrEqualTo(Fraction.of(big));
            assertThat(enclosure.conditionNumberUpper()).isGreaterThanOrEqualTo(Fraction.of(big));
            // the same spectrum in a basis that is not aligned
            IntegerMatrix h = IntegerMatrix.of(new long[][] {{1, 2, 2}, {2, 1, -2}, {2, -2, 1}});
            verified(
                    SpectrumChecks.gramWith(h.multiply(diagonal).multiply(h.transpose()), BigInteger.valueOf(63)),
                    WIDTH);
        }
    }

    @Example
    void hilbertMatrices() {
        for (int d = 2; d <= 12; d++) {
            BigInteger common = BigInteger.ONE;
            for (long i = 1; i < 2L * d; i++) {
                BigInteger b = BigInteger.valueOf(i);
                common = common.divide(common.gcd(b)).multiply(b);
            }
            BigInteger[][] h = new BigInteger[d][d];
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    h[i][j] = common.divide(BigInteger.valueOf(i + j + 1L));
                }
            }
            // G is the square of a Hilbert matrix: condition number up to 1e32 at d = 12
            verified(SpectrumChecks.gramWith(IntegerMatrix.of(h).gram(), common.pow(2)), WIDTH);
        }
    }

    @Example
    void rankDeficientWithLongNullVectors() {
        IntegerMatrix x = IntegerMatrix.of(new long[][] {
            {1, 1_000_003, 999_999_937, 17},
            {3, 7, 1_000_000_007, 29},
            {4, 1_000_010, 1_999_999_944, 46}
        });
        SpectrumEnclosure enclosure = verified(SpectrumChecks.gramOf(x, 10), WIDTH);
        assertThat(enclosure.rank()).isEqualTo(2);
    }

    @Example
    void sixtyFourFeatures() {
        Gram gram = SpectrumChecks.gramOf(random(new Random(5), 100, 64, 1000), 1000);
        Spectrum spectrum = Enclosures.find(gram, WIDTH);
        SpectrumEnclosure enclosure = (SpectrumEnclosure) spectrum;
        assertThat(enclosure.rank()).isEqualTo(64);
        SpectrumChecks.assertProves(
                enclosure.largestUpperWitness().orElseThrow(), Spectra.upperMatrix(gram, enclosure.largestUpper()));
        SpectrumChecks.assertProves(
                enclosure.smallestLowerWitness().orElseThrow(),
                Spectra.lowerMatrix(
                        gram, enclosure.smallestLower(), enclosure.nullSpace(), enclosure.nullSpaceWeight()));
    }
}
