package org.loopcert.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;

class DigitProductTest {

    /** Integers of mixed lengths and trailing zeros: zero, powers of two and their neighbours, random ones. */
    private static BigInteger[][] integers(Random random, int rows, int columns, int bits) {
        BigInteger[][] result = new BigInteger[rows][columns];
        for (BigInteger[] row : result) {
            int zeros = random.nextInt(3) == 0 ? random.nextInt(bits + 1) : 0;
            for (int j = 0; j < columns; j++) {
                BigInteger magnitude =
                        switch (random.nextInt(6)) {
                            case 0 -> BigInteger.ZERO;
                            case 1 -> BigInteger.ONE.shiftLeft(random.nextInt(bits + 1));
                            case 2 -> BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
                            default -> new BigInteger(random.nextInt(bits + 1), random);
                        };
                BigInteger shifted = magnitude.shiftLeft(zeros);
                row[j] = random.nextBoolean() ? shifted : shifted.negate();
            }
        }
        return result;
    }

    /** By the definition. */
    private static BigInteger[][] classical(BigInteger[][] a, BigInteger[][] b) {
        BigInteger[][] result = new BigInteger[a[0].length][b[0].length];
        for (int i = 0; i < a[0].length; i++) {
            for (int j = 0; j < b[0].length; j++) {
                BigInteger sum = BigInteger.ZERO;
                for (int k = 0; k < a.length; k++) {
                    sum = sum.add(a[k][i].multiply(b[k][j]));
                }
                result[i][j] = sum;
            }
        }
        return result;
    }

    @Property(tries = 200)
    void productsAreThoseOfBigIntegers(
            @ForAll @IntRange(min = 1, max = 40) int n,
            @ForAll @IntRange(min = 1, max = 9) int d,
            @ForAll @IntRange(min = 1, max = 9) int e,
            @ForAll @IntRange(min = 1, max = 400) int bits,
            @ForAll long seed) {
        Random random = new Random(seed);
        BigInteger[][] a = integers(random, n, d, bits);
        BigInteger[][] b = integers(random, n, e, 1 + random.nextInt(bits));
        assertThat(DigitProduct.gram(DigitRows.of(a), 0)).isDeepEqualTo(classical(a, a));
        assertThat(DigitProduct.transposeMultiply(DigitRows.of(a), DigitRows.of(a)))
                .isDeepEqualTo(classical(a, a));
        assertThat(DigitProduct.transposeMultiply(DigitRows.of(a), DigitRows.of(b)))
                .isDeepEqualTo(classical(a, b));
        assertThat(DigitProduct.transposeMultiply(DigitRows.of(b), DigitRows.of(a)))
                .isDeepEqualTo(classical(b, a));
    }

    @Property(tries = 24)
    void theLargestEntriesOfEachLengthAddUpExactly(
            @ForAll @IntRange(min = 1, max = 90) int bits, @ForAll boolean negative) {
        int n = 2100; // beyond any block
        BigInteger entry = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
        BigInteger[][] a = new BigInteger[n][2];
        for (BigInteger[] row : a) {
            row[0] = negative ? entry.negate() : entry;
            row[1] = entry;
        }
        BigInteger square = entry.multiply(entry).multiply(BigInteger.valueOf(n));
        BigInteger mixed = negative ? square.negate() : square;
        assertThat(DigitProduct.gram(DigitRows.of(a), 0))
                .isDeepEqualTo(new BigInteger[][] {{square, mixed}, {mixed, square}});
        assertThat(DigitProduct.transposeMultiply(DigitRows.of(a), DigitRows.of(a)))
                .isDeepEqualTo(new BigInteger[][] {{square, mixed}, {mixed, square}});
    }

    private static BigInteger scaled(double value) {
        return new BigDecimal(value)
                .multiply(new BigDecimal(BigInteger.TWO.pow(1074)))
                .toBigIntegerExact();
    }

    @Property(tries = 60)
    void doublesOfAnyExponentAreTakenExactlyInAnyBlocks(
            @ForAll @IntRange(min = 1, max = 30) int n,
            @ForAll @IntRange(min = 1, max = 5) int d,
            @ForAll @IntRange(min = 0, max = 1070) int spread,
            @ForAll long seed) {
        Random random = new Random(seed);
        double[] entries = new double[n * d];
        BigInteger[][] exact = new BigInteger[n][d];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = switch (random.nextInt(12)) {
                case 0 -> -0.0;
                case 1 -> Double.MIN_VALUE * random.nextInt(9);
                case 2 -> random.nextInt(100) - 50;
                default -> Math.scalb(random.nextGaussian(), random.nextInt(spread + 1) - spread / 2);
            };
            exact[i / d][i % d] = scaled(entries[i]);
        }
        DigitProduct whole = DigitProduct.gram(d, -2148, 2100);
        DigitRows rows = DigitRows.of(entries, n, d);
        whole.add(rows, rows);
        DigitProduct blocks = DigitProduct.gram(d, -2148, 2100);
        for (int from = n; from > 0; ) {
            int length = 1 + random.nextInt(from);
            from -= length;
            DigitRows block = DigitRows.of(Arrays.copyOfRange(entries, from * d, (from + length) * d), length, d);
            blocks.add(block, block);
        }
        BigInteger[][] expected = classical(exact, exact);
        assertThat(whole.sum().integers(-2148)).isDeepEqualTo(expected);
        assertThat(blocks.sum().integers(-2148)).isDeepEqualTo(expected);
    }

    @Example
    void doublesAtBothEndsOfTheirRangeMeetInOneRow() {
        double[] ends = {
            Double.MAX_VALUE,
            -Double.MAX_VALUE,
            Double.MIN_VALUE,
            -Double.MIN_VALUE,
            0x1p1023,
            -Math.nextDown(Double.MIN_NORMAL),
            0
        };
        int n = 40;
        int d = ends.length;
        double[] entries = new double[n * d];
        BigInteger[][] exact = new BigInteger[n][d];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = ends[(i + i / d) % d];
            exact[i / d][i % d] = scaled(entries[i]);
        }
        DigitRows rows = DigitRows.of(entries, n, d);
        assertThat(DigitProduct.gram(rows, -1074)).isDeepEqualTo(classical(exact, exact));
    }

    @Property(tries = 100)
    void matricesMultiplyAlikeEitherWay(
            @ForAll @IntRange(min = 1, max = 20) int n,
            @ForAll @IntRange(min = 6, max = 20) int d,
            @ForAll @IntRange(min = 1, max = 400) int bits,
            @ForAll long seed) {
        Random random = new Random(seed);
        IntegerMatrix a = IntegerMatrix.of(integers(random, n, d, bits));
        IntegerMatrix b = IntegerMatrix.of(integers(random, n, d, bits));
        IntegerVector v = b.column(0);
        IntegerMatrix classical = a.transpose().multiplyClassical(b);
        assertThat(a.transposeMultiply(b)).isEqualTo(classical);
        assertThat(a.transpose().multiply(b)).isEqualTo(classical);
        assertThat(a.transposeMultiply(v)).isEqualTo(classical.column(0));
        assertThat(a.gram()).isEqualTo(a.gramClassical()).isEqualTo(a.transposeMultiply(a));
    }

    /** Doubles that are integers of such different size that their squares are added up one by one, but not beside a vector. */
    @Property(tries = 40)
    void aVectorBesideIsNeverLeftOut(
            @ForAll @IntRange(min = 1, max = 12) int n, @ForAll @IntRange(min = 1, max = 6) int d, @ForAll long seed) {
        Random random = new Random(seed);
        double[] entries = new double[n * d];
        Arrays.setAll(entries, k -> Math.scalb(Math.rint(random.nextGaussian() * 1000), random.nextInt(900)));
        BigInteger[][] rows = new BigInteger[n][d];
        BigInteger[][] vector = integers(random, n, 1, 60);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                rows[i][j] = new BigDecimal(entries[i * d + j]).toBigIntegerExact();
            }
        }
        DigitProduct.WithVector found = DigitProduct.gramAndMoment(DigitRows.of(entries, n, d), DigitRows.of(vector));
        IntegerMatrix a = IntegerMatrix.of(rows);
        assertThat(IntegerMatrix.of(found.gram())).isEqualTo(a.gramClassical());
        assertThat(found.gram().bits()).isEqualTo(a.gramClassical().bitLength());
        assertThat(found.moment())
                .containsExactly(a.transpose()
                        .multiplyClassical(IntegerMatrix.of(vector))
                        .column(0)
                        .toArray());
    }

    /** Dyadic, decimal and other fractions, some of them not reduced. */
    @Property(tries = 300)
    void rationalsAreBroughtToTheirLeastCommonDenominator(
            @ForAll @IntRange(min = 1, max = 12) int n, @ForAll long seed) {
        Random random = new Random(seed);
        int kind = random.nextInt(3);
        List<BigRational> values = new ArrayList<>();
        BigInteger common = BigInteger.ONE;
        for (int i = 0; i < n; i++) {
            BigInteger p =
                    new BigInteger(random.nextInt(80), random).subtract(BigInteger.ONE.shiftLeft(random.nextInt(80)));
            BigInteger q =
                    switch (kind) {
                        case 0 -> BigInteger.ONE.shiftLeft(random.nextInt(90));
                        case 1 -> BigInteger.TEN.pow(random.nextInt(9));
                        default -> BigInteger.valueOf(1 + random.nextInt(12));
                    };
            values.add(
                    random.nextBoolean()
                            ? RationalField.of(p, q)
                            : BigRational.valueOf(new BigDecimal(p), new BigDecimal(q, random.nextInt(3))));
            Fraction value = Fraction.of(values.get(i));
            common = common.multiply(value.denominator()).divide(common.gcd(value.denominator()));
        }
        ScaledVector vector = ScaledVector.of(Vector.of(values));
        ScaledMatrix matrix = ScaledMatrix.of(Matrix.row(Vector.of(values)));
        assertThat(vector.denominator()).isEqualTo(common).isEqualTo(matrix.denominator());
        for (int i = 0; i < n; i++) {
            assertThat(vector.get(i)).isEqualTo(Fraction.of(values.get(i))).isEqualTo(matrix.get(0, i));
        }
        assertThat(vector).isEqualTo(ScaledVector.of(vector.numerators(), vector.denominator()));
        BigInteger factor = BigInteger.valueOf(1 + random.nextInt(64));
        assertThat(ScaledMatrix.of(matrix.numerators().multiply(factor), common.multiply(factor)))
                .isEqualTo(matrix);
    }

    @Example
    void whatIsNotFiniteIsRefused() {
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThatIllegalArgumentException().isThrownBy(() -> DigitRows.of(new double[] {1, value}, 1, 2));
        }
    }
}
