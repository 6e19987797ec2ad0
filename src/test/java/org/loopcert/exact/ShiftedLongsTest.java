package org.loopcert.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.loopcert.matrix.DyadicMatrix;
import org.loopcert.matrix.Matrix;
import org.loopcert.ring.RationalField;

/** Matrices of short integers times powers of two behave as those of big integers. */
class ShiftedLongsTest {
    private static Matrix<BigRational> dyadics(Random random, int rows, int columns, int range) {
        return Matrix.of(rows, columns, (i, j) -> {
            long m = random.nextLong() >> random.nextInt(64);
            int e = random.nextInt(range + 1);
            return RationalField.of(BigInteger.valueOf(random.nextInt(9) == 0 ? 0 : m), BigInteger.ONE.shiftLeft(e));
        });
    }

    @Property(tries = 60)
    void behaveAsBigIntegers(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 20) int rows,
            @ForAll @IntRange(min = 1, max = 9) int columns,
            @ForAll @IntRange(min = 0, max = 150) int range,
            @ForAll @IntRange(min = 1, max = 70) int bits) {
        Random random = new Random(seed);
        Matrix<BigRational> matrix = dyadics(random, rows, columns, range);
        ScaledMatrix scaled = ScaledMatrix.of(matrix);
        assertThat(DyadicMatrix.of(matrix)).isPresent();
        IntegerMatrix compact = scaled.numerators();
        BigInteger[][] entries = new BigInteger[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                entries[i][j] = compact.get(i, j);
                assertThat(RationalField.of(entries[i][j], scaled.denominator()))
                        .isEqualTo(RationalField.canonical(matrix.get(i, j)));
            }
        }
        IntegerMatrix big = IntegerMatrix.of(entries);
        BigInteger[] vector = new BigInteger[columns];
        for (int j = 0; j < columns; j++) {
            vector[j] = new BigInteger(bits, random).subtract(BigInteger.ONE.shiftLeft(bits - 1));
        }
        IntegerVector v = IntegerVector.of(vector);
        assertThat(compact.bitLength()).isEqualTo(big.bitLength());
        assertThat(compact.commonFactor(BigInteger.ONE.shiftLeft(90)))
                .isEqualTo(big.commonFactor(BigInteger.ONE.shiftLeft(90)));
        assertThat(compact.multiply(v)).isEqualTo(big.multiply(v));
        assertThat(compact.gram()).isEqualTo(big.gramClassical());
        assertThat(compact.transposeMultiply(big)).isEqualTo(big.gramClassical());
        IntegerVector labels = IntegerVector.of(dyadics(random, rows, 1, 0).column(0).toList().stream()
                .map(label -> label.getNumeratorBigInteger().shiftLeft(random.nextInt(bits)))
                .toArray(BigInteger[]::new));
        assertThat(compact.gramAndMoment(labels).gram()).isEqualTo(big.gramClassical());
        assertThat(compact.gramAndMoment(labels).moment())
                .isEqualTo(big.transpose().multiply(labels));
        assertThat(compact.lowestSetBit()).isEqualTo(big.lowestSetBit());
        int width = 1 + random.nextInt(30);
        int shift = random.nextInt(1 + Math.min(compact.lowestSetBit(), 200));
        int least = Math.max(0, compact.bitLength() - shift - 52);
        int count = 1 + (least + width - 1) / width + random.nextInt(4);
        double[][][] digits = big.digits(shift, width, count);
        assertThat(compact.digits(shift, width, count)).isDeepEqualTo(digits);
        BigInteger value = BigInteger.ZERO;
        for (int k = count - 1; k >= 0; k--) {
            value = value.shiftLeft(width).add(BigInteger.valueOf((long) digits[k][0][0]));
            assertThat(digits[k][0][0])
                    .isBetween(
                            k == count - 1 ? -0x1p53 : -Math.scalb(0.5, width),
                            k == count - 1 ? 0x1p53 : Math.scalb(0.5, width) - 1);
        }
        assertThat(value.shiftLeft(shift)).isEqualTo(entries[0][0]);
        assertThat(compact.transpose()).isEqualTo(big.transpose());
        assertThat(compact).isEqualTo(big);
        assertThat(compact.get(0, 0)).isEqualTo(entries[0][0]);
    }

    @Property(tries = 200)
    void doublesAreTakenExactly(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int columns) {
        Random random = new Random(seed);
        double[] entries = new double[columns * (1 + random.nextInt(4))];
        Arrays.setAll(entries, at -> switch (random.nextInt(5)) {
            case 0 -> 0.0;
            case 1 -> random.nextInt(100);
            case 2 -> Math.scalb(random.nextGaussian(), random.nextInt(60));
            default -> anyDouble(random);
        });
        if (Arrays.stream(entries).anyMatch(entry -> Math.abs(entry) >= 0x1p63)) {
            assertThat(DyadicMatrix.of(columns, entries)).isEmpty();
            return;
        }
        ScaledMatrix expected = ScaledMatrix.of(Matrix.of(
                entries.length / columns,
                columns,
                (i, j) -> BigRational.valueOf(new BigDecimal(entries[i * columns + j]))));
        ScaledMatrix scaled = ScaledMatrix.of(DyadicMatrix.of(columns, entries).orElseThrow());
        assertThat(scaled).isEqualTo(expected);
        PrimeModulus modulus = ModularCheck.of(seed).moduli().get(0);
        BigInteger[] integers = Arrays.stream(expected.numerators().toArray())
                .flatMap(Arrays::stream)
                .toArray(BigInteger[]::new);
        assertThat(scaled.numerators().residues(modulus)).isEqualTo(modulus.reduce(IntegerVector.of(integers)));
    }

    private static double anyDouble(Random random) {
        double entry = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(entry) && random.nextInt(4) > 0 ? entry : Double.MIN_VALUE * random.nextInt(9);
    }

    @Example
    void numbersThatAreNotFiniteAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> DyadicMatrix.of(1, new double[] {1, Double.NaN}));
        assertThatIllegalArgumentException().isThrownBy(() -> DyadicMatrix.of(2, new double[3]));
        assertThatIllegalArgumentException().isThrownBy(() -> DyadicMatrix.of(0, new double[0]));
    }

    @Property(tries = 30)
    void otherRationalsStayRational(@ForAll long seed, @ForAll @IntRange(min = 64, max = 90) int bits) {
        Matrix<BigRational> half = dyadics(new Random(seed), 2, 2, 3);
        BigRational odd = new Random(seed).nextBoolean()
                ? RationalField.of(1, 3)
                : RationalField.of(BigInteger.ONE.shiftLeft(bits).add(BigInteger.ONE), BigInteger.TWO);
        Matrix<BigRational> mixed = Matrix.of(2, 2, (i, j) -> i == 1 && j == 1 ? odd : half.get(i, j));
        assertThat(DyadicMatrix.of(mixed)).isEmpty();
        assertThat(ScaledMatrix.of(mixed).toMatrix()).isEqualTo(mixed);
    }
}
