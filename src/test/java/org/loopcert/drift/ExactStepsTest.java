package org.loopcert.drift;

import static org.assertj.core.api.Assertions.assertThat;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.loopcert.exact.ConstantProduct;
import org.loopcert.exact.IntegerMatrix;
import org.loopcert.exact.IntegerVector;

class ExactStepsTest {
    /** Iterates of all lengths, shorter ones after longer ones, by both ways. */
    @Property(tries = 30)
    void productsInDigitsAreThoseOfBigIntegers(
            @ForAll @IntRange(min = 1, max = 40) int d,
            @ForAll @IntRange(min = 1, max = 300) int bits,
            @ForAll long seed) {
        Random random = new Random(seed);
        BigInteger[][] matrix = new BigInteger[d][d];
        for (BigInteger[] row : matrix) {
            for (int j = 0; j < d; j++) {
                row[j] = integer(random, bits);
            }
        }
        ConstantProduct product = ConstantProduct.of(IntegerMatrix.of(matrix));
        for (int length : new int[] {100, 3000, 10, 9000, 200}) {
            BigInteger[] vector = new BigInteger[d];
            for (int j = 0; j < d; j++) {
                vector[j] = integer(random, length);
            }
            BigInteger[] expected = new BigInteger[d];
            for (int i = 0; i < d; i++) {
                expected[i] = BigInteger.ZERO;
                for (int j = 0; j < d; j++) {
                    expected[i] = expected[i].add(matrix[i][j].multiply(vector[j]));
                }
            }
            assertThat(product.multiply(IntegerVector.of(vector)).toArray()).containsExactly(expected);
        }
    }

    @Property(tries = 30)
    void stepsAreThoseOfBigIntegers(@ForAll @IntRange(min = 1, max = 20) int d, @ForAll long seed) {
        Random random = new Random(seed);
        BigInteger[][] gram = new BigInteger[d][d];
        BigInteger[] labels = new BigInteger[d];
        for (int i = 0; i < d; i++) {
            labels[i] = integer(random, 100);
            for (int j = 0; j <= i; j++) {
                gram[i][j] = integer(random, 100);
                gram[j][i] = gram[i][j];
            }
        }
        ScaledProblem problem = new ScaledProblem(gram, labels, BigInteger.ONE.shiftLeft(random.nextInt(90)));
        ExactSteps steps = new ExactSteps();
        for (int k = 0; k < 4; k++) {
            AffineStep step = AffineStep.of(problem, BigRational.valueOf(1 + random.nextInt(9), 10), BigRational.ONE);
            for (int length : new int[] {10, 9000, 40_000}) {
                BigInteger[] point = new BigInteger[d];
                for (int j = 0; j < d; j++) {
                    point[j] = integer(random, length);
                }
                BigInteger denominator = BigInteger.ONE.shiftLeft(random.nextInt(100));
                ReferencePoint next = steps.next(step, new ReferencePoint(7, point, denominator, new Dyad[d]));
                assertThat(next.loop()).isEqualTo(8);
                requireStep(step, point, denominator, next);
                requireStep(step, next.numerators(), next.denominator(), steps.next(step, next));
            }
        }
    }

    /** next = A point + c, by products of big integers. */
    private static void requireStep(AffineStep step, BigInteger[] point, BigInteger denominator, ReferencePoint next) {
        BigInteger below = step.denominator().multiply(denominator);
        BigInteger[] image = step.apply(point, denominator);
        for (int i = 0; i < point.length; i++) {
            BigInteger expected = step.offset()[i].multiply(denominator);
            for (int j = 0; j < point.length; j++) {
                expected = expected.add(step.matrix()[i][j].multiply(point[j]));
            }
            assertThat(image[i]).isEqualTo(expected);
            assertThat(next.numerators()[i].multiply(below)).isEqualTo(expected.multiply(next.denominator()));
        }
    }

    private static BigInteger integer(Random random, int bits) {
        BigInteger value = new BigInteger(random.nextInt(bits + 1), random);
        return random.nextBoolean() ? value : value.negate();
    }
}
