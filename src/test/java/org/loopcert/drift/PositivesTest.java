package org.loopcert.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PositivesTest {
    private static final int BITS = 64;

    private static Positives positives(Dyad... values) {
        return Positives.of(values).orElseThrow();
    }

    /** Zeros, single bits, runs of ones and random mantissas, of exponents that meet, overlap and miss each other. */
    private static Dyad number(Random random, int spread) {
        int length = 1 + random.nextInt(BITS);
        BigInteger mantissa =
                switch (random.nextInt(6)) {
                    case 0 -> BigInteger.ZERO;
                    case 1 -> BigInteger.ONE.shiftLeft(length);
                    case 2 -> BigInteger.ONE.shiftLeft(length).subtract(BigInteger.ONE);
                    default -> new BigInteger(length, random);
                };
        return new Dyad(mantissa, random.nextInt(2 * spread + 1) - spread);
    }

    @Property(tries = 2000)
    void sumsOfProductsAreRoundedAsDyadsAre(
            @ForAll @IntRange(min = 1, max = 6) int size,
            @ForAll @IntRange(min = 0, max = 150) int spread,
            @ForAll long seed) {
        Random random = new Random(seed);
        Dyad[] left = new Dyad[size + 2];
        Dyad[] right = new Dyad[size];
        for (int j = 0; j < left.length; j++) {
            left[j] = number(random, spread);
        }
        for (int j = 0; j < size; j++) {
            right[j] = number(random, spread);
        }
        Dyad start = number(random, 2 * spread);
        Dyad expected = start;
        for (int j = 1; j < size; j++) {
            expected = expected.add(left[j + 2].multiply(right[j])).up(BITS);
        }
        Positives sum = positives(Dyad.ONE, start);
        sum.addProducts(1, positives(left), 2, positives(right), 1);
        assertThat(sum.get(1)).isEqualByComparingTo(expected);
        assertThat(sum.get(0)).isEqualByComparingTo(Dyad.ONE);
    }

    @Test
    void sumsStayAboveTheFloorAndAreRefusedBeyondTheCeiling() {
        Dyad[] tiny = {new Dyad(BigInteger.valueOf(3), -Dyad.FLOOR / 2 - 9)};
        Positives sum = positives(Dyad.ZERO);
        sum.addProducts(0, positives(tiny), 0, positives(tiny), 0);
        assertThat(sum.get(0)).isEqualByComparingTo(tiny[0].multiply(tiny[0]).up(BITS));
        assertThat(sum.get(0)).isEqualByComparingTo(Dyad.powerOfTwo(-Dyad.FLOOR));
        Dyad[] huge = {new Dyad(BigInteger.valueOf(3), Dyad.CEILING / 2)};
        assertThatThrownBy(() -> positives(Dyad.ZERO).addProducts(0, positives(huge), 0, positives(huge), 0))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("expected a magnitude of at most 2^4194304, got about 2^4194308");
    }

    @Test
    void longerOrNegativeNumbersAreLeftToDyads() {
        BigInteger longer = BigInteger.ONE.shiftLeft(BITS).add(BigInteger.ONE);
        assertThat(Positives.of(new Dyad[] {new Dyad(longer, 0)})).isEmpty();
        assertThat(Positives.of(new Dyad[] {Dyad.ONE.negate()})).isEmpty();
        assertThat(positives(new Dyad(BigInteger.ONE.shiftLeft(300), -200)).get(0))
                .isEqualByComparingTo(Dyad.powerOfTwo(100));
    }

    /** By both ways, until the errors have settled. */
    @Property(tries = 30)
    void errorsPropagateAsInDyads(@ForAll @IntRange(min = 1, max = 9) int d, @ForAll long seed) {
        Random random = new Random(seed);
        BigInteger[][] matrix = new BigInteger[d][d];
        BigInteger[] labels = new BigInteger[d];
        for (int i = 0; i < d; i++) {
            labels[i] = new BigInteger(90, random);
            for (int j = 0; j <= i; j++) {
                matrix[i][j] = new BigInteger(random.nextInt(90), random);
                matrix[j][i] = matrix[i][j];
            }
        }
        ScaledProblem problem = new ScaledProblem(matrix, labels, BigInteger.ONE.shiftLeft(89));
        AffineStep step = AffineStep.of(problem, BigRational.valueOf(1, 3), BigRational.ONE);
        Dyad[] entries = new Dyad[d];
        Dyad[] local = new Dyad[d];
        for (int j = 0; j < d; j++) {
            entries[j] = number(random, 60);
            // longer than 64 bits, as a sum may begin
            local[j] = new Dyad(new BigInteger(100, random), -random.nextInt(300));
        }
        for (int t = 0; t < 4; t++) {
            Dyad[] expected = ErrorPropagation.image(step, entries, local);
            Dyad[] image = ErrorPropagation.image(step, positives(entries), local);
            for (int j = 0; j < d; j++) {
                assertThat(image[j]).isEqualByComparingTo(expected[j]);
            }
            entries = expected;
        }
    }
}
