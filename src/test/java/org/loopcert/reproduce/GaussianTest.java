package org.loopcert.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import ch.obermuhlner.math.big.BigRational;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.generate.Family;
import org.loopcert.generate.Generator;
import org.loopcert.generate.GeneratorOptions;
import org.loopcert.input.Problem;
import org.loopcert.ring.RationalField;
import org.loopcert.spectrum.Enclosures;
import org.loopcert.spectrum.SpectrumEnclosure;

class GaussianTest {
    private static final List<Integer> CONSTANTS = List.of(1, 2, 3, 4, 6, 8, 12, 16);

    @Test
    void leastConstantOfDiagonalMatrices() {
        // kappa = 7/2 <= 1 + c/2 from c = 5 on
        assertThat(Gaussian.leastConstant(new long[][] {{2, 0}, {0, 7}}, 2, CONSTANTS))
                .isEqualTo(CONSTANTS.indexOf(6));
        // kappa = 3 = 1 + 4/2 exactly
        assertThat(Gaussian.leastConstant(new long[][] {{1, 0}, {0, 3}}, 2, CONSTANTS))
                .isEqualTo(CONSTANTS.indexOf(4));
        assertThat(Gaussian.leastConstant(new long[][] {{5, 0}, {0, 5}}, 2, CONSTANTS))
                .isZero();
        assertThat(Gaussian.leastConstant(new long[][] {{1, 0}, {0, 1000}}, 2, CONSTANTS))
                .isEqualTo(CONSTANTS.size());
        assertThat(Gaussian.leastConstant(new long[][] {{1, 1}, {1, 1}}, 2, CONSTANTS))
                .isEqualTo(CONSTANTS.size());
    }

    @Test
    void inertiaAgreesWithTheEnclosureOfKappa() {
        for (int seed = 1; seed <= 40; seed++) {
            long[][] x = Generator.gaussianNumerators(24, 3, seed, 16);
            Problem problem = Generator.generate(GeneratorOptions.of(Family.GAUSSIAN, 24, 3, seed));
            SpectrumEnclosure spectrum = (SpectrumEnclosure)
                    Enclosures.find(Gram.of(problem.x(), problem.y()), Fraction.of(1, 1_000_000_000));
            int expected = 0;
            while (expected < CONSTANTS.size()
                    && spectrum.conditionNumberLower()
                                    .compareTo(Fraction.ONE.add(Fraction.of(CONSTANTS.get(expected), 4)))
                            > 0) {
                expected++;
            }
            assertThat(Gaussian.leastConstant(product(x), 4, CONSTANTS))
                    .as("seed " + seed)
                    .isEqualTo(expected);
        }
    }

    private static long[][] product(long[][] x) {
        int d = x[0].length;
        long[][] g = new long[d][d];
        for (long[] row : x) {
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    g[i][j] += row[i] * row[j];
                }
            }
        }
        return g;
    }

    @Test
    void numeratorsAreTheGeneratedExamples() {
        Problem problem = Generator.generate(
                GeneratorOptions.of(Family.GAUSSIAN, 5, 3, 77).withFractionBits(48));
        long[][] numerators = Generator.gaussianNumerators(5, 3, 77, 48);
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 3; j++) {
                BigRational entry = RationalField.of(numerators[i][j], 1L << 48);
                assertThat(problem.x().get(i, j)).isEqualTo(entry);
            }
        }
    }

    @Test
    void fewTrialsLeaveTheStatementOpenAndManyDecideIt() throws UndecidedException {
        Reproduction few = Gaussian.run(1, 2, done -> {});
        assertThat(few.findings()).extracting(Finding::outcome).containsOnly(Outcome.UNDECIDED);
        assertThat(few.decided()).isFalse();
        Reproduction again = Gaussian.run(1, 2, done -> {});
        assertThat(again.tables()).isEqualTo(few.tables());
    }
}
