package org.loopcert.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** A'B in digits of base 2^24 against A'B by products of BigInteger, above all where digits and sums are largest. */
class ProductsTest {
    private static final BigInteger ONE = BigInteger.ONE;

    private static BigInteger[][] digitwise(BigInteger[][] a, BigInteger[][] b) throws Refusal {
        return Vectors.transposedTimes(a, b, Given.meter());
    }

    private static BigInteger[][] plain(BigInteger[][] a, BigInteger[][] b) {
        BigInteger[][] result = filled(a[0].length, b[0].length, BigInteger.ZERO);
        for (int k = 0; k < a.length; k++) {
            for (int i = 0; i < a[0].length; i++) {
                for (int j = 0; j < b[0].length; j++) {
                    result[i][j] = result[i][j].add(a[k][i].multiply(b[k][j]));
                }
            }
        }
        return result;
    }

    private static BigInteger[][] filled(int rows, int columns, BigInteger... values) {
        BigInteger[][] result = new BigInteger[rows][columns];
        for (int k = 0; k < rows * columns; k++) {
            result[k / columns][k % columns] = values[k % values.length];
        }
        return result;
    }

    private static void agrees(BigInteger[][] a, BigInteger[][] b) throws Refusal {
        assertThat(digitwise(a, b)).isDeepEqualTo(plain(a, b));
        assertThat(digitwise(b, a)).isDeepEqualTo(plain(b, a));
    }

    private static BigInteger[] around(int bits) {
        BigInteger power = ONE.shiftLeft(bits);
        return new BigInteger[] {
            power, power.subtract(ONE), power.negate(), power.negate().subtract(ONE), power.add(ONE), ONE.negate()
        };
    }

    /** The borders of bytes, digits, words: 2^k, its neighbours and their negatives. */
    @Test
    void entriesAroundPowersOfTwo() throws Refusal {
        for (int bits :
                new int[] {0, 1, 7, 8, 15, 16, 22, 23, 24, 25, 31, 32, 47, 48, 49, 63, 64, 71, 72, 95, 96, 240}) {
            for (int other : new int[] {0, 23, 24, 47, 48, 64}) {
                agrees(filled(5, 3, around(bits)), filled(5, 2, around(other)));
            }
        }
    }

    /** Every digit 2^24 - 1, in as many rows as are summed at once, in one more, and in twice as many and one. */
    @Test
    void largestDigitsInTheLargestNumberOfRows() throws Refusal {
        BigInteger most = ONE.shiftLeft(48).subtract(ONE);
        BigInteger least = ONE.shiftLeft(47).negate();
        for (int rows : new int[] {16_384, 16_385, 32_769}) {
            BigInteger n = BigInteger.valueOf(rows);
            assertThat(digitwise(filled(rows, 1, most), filled(rows, 2, most, least)))
                    .isDeepEqualTo(new BigInteger[][] {
                        {n.multiply(most).multiply(most), n.multiply(most).multiply(least)}
                    });
        }
        BigInteger n = BigInteger.valueOf(16_384);
        assertThat(digitwise(filled(16_384, 1, least), filled(16_384, 1, least))[0][0])
                .isEqualTo(n.multiply(least).multiply(least));
    }

    /** Rows that are long are taken in turn: 60,000 bits and 80 columns leave 10 at once, 2^23 bits a single one. */
    @Test
    void fewLongRowsAtOnce() throws Refusal {
        Random random = new Random(20);
        BigInteger[] shortAndLong = {
            new BigInteger(60_000, random), ONE, BigInteger.ZERO, new BigInteger(30_000, random).negate(), ONE.negate()
        };
        agrees(filled(23, 80, shortAndLong), filled(23, 1, ONE, BigInteger.TWO.negate(), new BigInteger(100, random)));
        BigInteger[][] a = filled(3, 3, new BigInteger(9_000_000, random).setBit(9_000_000), ONE, ONE.negate());
        BigInteger[][] b = filled(3, 2, BigInteger.valueOf(3), BigInteger.valueOf(-5));
        Limits.Meter meter = new Limits.Meter(new Limits(1, 1, 1, 1, 1, 1, Long.MAX_VALUE, Long.MAX_VALUE));
        assertThat(Vectors.transposedTimes(a, b, meter)).isDeepEqualTo(plain(a, b));
    }

    @Test
    void zerosAndSingleEntries() throws Refusal {
        BigInteger[][] zero = filled(4, 3, BigInteger.ZERO);
        agrees(zero, zero);
        agrees(zero, filled(4, 2, around(50)));
        agrees(filled(1, 1, ONE.negate()), filled(1, 1, ONE));
        // a row of zeros between others, and zero digits between the digits of an entry
        agrees(
                filled(3, 1, ONE.shiftLeft(96), BigInteger.ZERO, ONE.negate()),
                filled(3, 2, ONE.shiftLeft(48).add(ONE), ONE.shiftLeft(48).negate()));
    }

    /** Sums whose digits cancel: every carry there is, and a result of one digit or none. */
    @Test
    void cancellation() throws Refusal {
        BigInteger large = ONE.shiftLeft(200).subtract(ONE);
        assertThat(digitwise(filled(2, 1, large), filled(2, 1, large, large.negate()))[0][0])
                .isZero();
        assertThat(digitwise(filled(2, 1, large, ONE), filled(2, 1, ONE, large.negate()))[0][0])
                .isZero();
        assertThat(digitwise(filled(2, 1, large, ONE), filled(2, 1, ONE, ONE.subtract(large)))[0][0])
                .isEqualTo(ONE);
        assertThat(digitwise(
                        filled(2, 1, large, ONE),
                        filled(2, 1, ONE, large.add(ONE).negate()))[0][0])
                .isEqualTo(ONE.negate());
    }

    @Provide
    Arbitrary<BigInteger> entries() {
        Arbitrary<BigInteger> shorts =
                Arbitraries.bigIntegers().between(BigInteger.valueOf(-1000), BigInteger.valueOf(1000));
        BigInteger most = ONE.shiftLeft(300);
        return Arbitraries.oneOf(
                shorts,
                Arbitraries.bigIntegers().between(most.negate(), most),
                Arbitraries.integers().between(0, 300).flatMap(bits -> Arbitraries.of(around(bits))));
    }

    @Property(tries = 300)
    void agreesWithProductsOfBigInteger(
            @ForAll("entries") BigInteger first,
            @ForAll("entries") BigInteger second,
            @ForAll("entries") BigInteger third,
            @ForAll long seed)
            throws Refusal {
        Random random = new Random(seed);
        int rows = 1 + random.nextInt(6);
        BigInteger[] values = {first, second, third, BigInteger.ZERO};
        BigInteger[][] a = filled(rows, 1 + random.nextInt(4), values);
        BigInteger[][] b = filled(rows, 1 + random.nextInt(4), values);
        for (BigInteger[] row : List.of(a[0], b[rows - 1])) {
            Arrays.setAll(row, k -> values[random.nextInt(4)]);
        }
        agrees(a, b);
    }
}
