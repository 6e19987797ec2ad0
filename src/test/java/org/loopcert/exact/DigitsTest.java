package org.loopcert.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Digits, and products of constants with them, against BigInteger. */
class DigitsTest {
    private static BigInteger value(double[] low, double[] high, int places) {
        BigInteger sum = BigInteger.ZERO;
        for (int k = places - 1; k >= 0; k--) {
            sum = sum.shiftLeft(Digits.BITS).add(BigInteger.valueOf((long) high[Digits.FRONT + k]));
            sum = sum.shiftLeft(Digits.BITS).add(BigInteger.valueOf((long) low[Digits.FRONT + k]));
        }
        return sum;
    }

    private static void assertReduced(double[]... arrays) {
        for (double[] digits : arrays) {
            for (double digit : digits) {
                assertThat(Math.abs(digit)).isLessThanOrEqualTo(Digits.REDUCED);
            }
        }
    }

    @Property(tries = 300)
    void digitsStandForTheirInteger(@ForAll @IntRange(min = 0, max = 200) int bits, @ForAll long seed) {
        Random random = new Random(seed);
        BigInteger edge = BigInteger.ONE.shiftLeft(bits);
        for (BigInteger size : List.of(
                edge,
                edge.subtract(BigInteger.ONE),
                edge.add(BigInteger.ONE),
                new BigInteger(bits + 1, random),
                edge.subtract(BigInteger.ONE.shiftLeft(bits / 2)))) {
            for (BigInteger value : List.of(size, size.negate())) {
                int most = Digits.places(value.bitLength()) + 3;
                double[] low = new double[Digits.capacity(most)];
                double[] high = new double[Digits.capacity(most)];
                int places = Digits.write(value, low, high, 2);
                assertThat(places).isLessThanOrEqualTo(Digits.places(value.bitLength()));
                assertThat(value(low, high, most)).isEqualTo(value.shiftLeft(2 * Digits.PLACE_BITS));
                assertThat(Digits.read(low, high, most)).isEqualTo(value.shiftLeft(2 * Digits.PLACE_BITS));
                for (double digit : low) {
                    assertThat(digit).isBetween(-0x1p22, 0x1p22 - 1);
                }
                // the highest digit takes what is left
                int few = Math.max(1, (value.bitLength() + 2) / Digits.BITS);
                double[][][] digits =
                        IntegerMatrix.of(new BigInteger[][] {{value}}).digits(0, Digits.BITS, few);
                BigInteger sum = BigInteger.ZERO;
                for (int k = few - 1; k >= 0; k--) {
                    sum = sum.shiftLeft(Digits.BITS).add(BigInteger.valueOf((long) digits[k][0][0]));
                }
                assertThat(sum).isEqualTo(value);
            }
        }
    }

    @Property(tries = 300)
    void carriesKeepTheInteger(@ForAll @IntRange(min = 1, max = 40) int places, @ForAll long seed) {
        Random random = new Random(seed);
        double[][] digits = new double[2][Digits.capacity(places + 2)];
        for (double[] plane : digits) {
            for (int k = Digits.FRONT; k < Digits.FRONT + places; k++) {
                long size = random.nextLong() >> (12 + random.nextInt(40));
                plane[k] = random.nextInt(4) == 0 ? Math.copySign(Digits.LARGEST, size) : size;
            }
        }
        BigInteger value = value(digits[0], digits[1], places);
        assertThat(Digits.read(digits[0], digits[1], places)).isEqualTo(value);
        double[][] carried = {digits[0].clone(), digits[1].clone()};
        double[][] room = new double[2][Digits.capacity(places + 2)];
        for (double[] numbers : room) {
            Arrays.fill(numbers, Double.NaN);
        }
        int from = random.nextInt(Digits.FRONT + 1);
        int to = Digits.FRONT + places + 2 + random.nextInt(8);
        Digits.carry(carried[0], carried[1], from, to, room[0], room[1]);
        assertThat(value(carried[0], carried[1], places + 1)).isEqualTo(value);
        for (double digit : carried[random.nextInt(2)]) {
            assertThat(Math.abs(digit)).isLessThanOrEqualTo(Digits.CARRIED);
        }
        Digits.prepareReduction(digits[0], digits[1], from, to, room[0], room[1]);
        Digits.addCarries(digits[0], digits[1], room[1], from, to);
        assertThat(value(digits[0], digits[1], places + 2)).isEqualTo(value);
        assertReduced(digits);
        assertThat(Digits.equal(digits[0], digits[1], carried[0], carried[1], places + 2))
                .isTrue();
        carried[random.nextInt(2)][Digits.FRONT + random.nextInt(places)] += 1;
        assertThat(Digits.equal(digits[0], digits[1], carried[0], carried[1], places + 2))
                .isFalse();
    }

    /** An entry of any kind of size, often with digits as large as they can be. */
    private static BigInteger entry(Random random, int bits, boolean extreme) {
        if (!extreme) {
            BigInteger value = new BigInteger(random.nextInt(bits + 1), random);
            return random.nextBoolean() ? value : value.negate();
        }
        BigInteger value = BigInteger.ZERO;
        for (int k = 0; k * Digits.BITS < bits; k++) {
            value = value.subtract(BigInteger.ONE.shiftLeft(Digits.BITS * k + Digits.BITS - 1));
        }
        return random.nextInt(20) == 0 ? value.negate() : value;
    }

    @Property(tries = 150)
    void productsAreExact(
            @ForAll @IntRange(min = 1, max = 9) int rows,
            @ForAll @IntRange(min = 1, max = 200) int columns,
            @ForAll @IntRange(min = 1, max = 400) int places,
            @ForAll boolean extreme,
            @ForAll boolean transposed,
            @ForAll long seed) {
        Random random = new Random(seed);
        // about a million products at most
        int length = Math.max(1, Math.min(places, 150_000 / (rows * columns)));
        int bits = 1 + random.nextInt(List.of(400, 100, 100, 28).get(random.nextInt(4)));
        BigInteger[][] entries = new BigInteger[rows][columns];
        for (BigInteger[] row : entries) {
            Arrays.setAll(row, j -> random.nextInt(9) == 0 ? BigInteger.ZERO : entry(random, bits, extreme));
        }
        IntegerMatrix integers = IntegerMatrix.of(entries);
        ConstantMatrix matrix = transposed
                ? ConstantMatrix.of(integers.transpose().multiply(BigInteger.ONE.negate()))
                        .negativeTransposed()
                : ConstantMatrix.of(integers);
        int total = length + matrix.places();
        boolean joins = matrix.joins() && random.nextInt(4) > 0;
        double[][] joined = new double[joins ? columns + Room.JOINED : 0][Digits.capacity(2 * total + 4)];
        DigitVector vector = new DigitVector(
                columns, Arrays.copyOf(joined, joins ? columns : 0), new double[4 * columns][Digits.capacity(length)]);
        for (int j = 0; j < columns; j++) {
            fill(vector.low[j], length, random, extreme);
            fill(vector.high[j], length, random, extreme);
        }
        vector.trim(length);
        Room room = new Room(
                Arrays.copyOfRange(joined, joins ? columns : 0, joined.length),
                new double[Room.ARRAYS][Digits.capacity(total + 2)]);
        room.begin = 1 + random.nextInt(Digits.FRONT);
        for (int j = 0; j < columns; j++) {
            room.evaluate(vector, j);
        }
        BigInteger[] values = vector.toVector().toArray();
        DigitVector sums = new DigitVector(rows, new double[2 * rows][Digits.capacity(total + 2)]);
        BigInteger[] expected = new BigInteger[rows];
        for (int i = 0; i < rows; i++) {
            for (int k = Digits.FRONT; k < Digits.FRONT + length; k++) {
                sums.low[i][k] = random.nextBoolean() ? Digits.LARGEST : -Digits.LARGEST;
                sums.high[i][k] = random.nextLong() >> 12;
            }
            expected[i] = Digits.read(sums.low[i], sums.high[i], length);
            for (int j = 0; j < columns; j++) {
                expected[i] = expected[i].add(entries[i][j].multiply(values[j]));
            }
        }
        int half = random.nextInt(rows + 1);
        // another thread's loops may begin elsewhere
        room.begin = 1 + random.nextInt(Digits.FRONT);
        matrix.addTo(sums, Digits.LARGEST, total, vector, room, 0, half);
        matrix.addTo(sums, Digits.LARGEST, total, vector, room, half, rows);
        sums.trim(total + 2);
        assertThat(sums.toVector().toArray()).containsExactly(expected);
        assertReduced(sums.low);
        assertReduced(sums.high);
    }

    private static void fill(double[] digits, int places, Random random, boolean extreme) {
        for (int k = Digits.FRONT; k < Digits.FRONT + places; k++) {
            digits[k] = extreme
                    ? (random.nextInt(20) == 0 ? -Digits.REDUCED : Digits.REDUCED)
                    : random.nextInt(2 * Digits.REDUCED + 1) - Digits.REDUCED;
        }
    }

    @Property(tries = 200)
    void factorsAreExact(
            @ForAll @IntRange(min = 0, max = 3000) int bits,
            @ForAll @IntRange(min = 1, max = 30) int length,
            @ForAll boolean extreme,
            @ForAll long seed) {
        Random random = new Random(seed);
        BigInteger value =
                random.nextInt(4) == 0 ? BigInteger.ONE.shiftLeft(bits) : entry(random, bits == 0 ? 1 : bits, extreme);
        DigitFactor factor = new DigitFactor(value);
        int total = length + factor.places();
        DigitVector vector = new DigitVector(1, new double[2][Digits.capacity(length)]);
        fill(vector.low[0], length, random, extreme);
        fill(vector.high[0], length, random, extreme);
        vector.trim(length);
        DigitVector product = new DigitVector(1, new double[2][Digits.capacity(total + 2)]);
        IntStream.range(0, total).forEach(k -> product.low[0][Digits.FRONT + k] = Double.NaN);
        IntStream.range(0, total).forEach(k -> product.high[0][Digits.FRONT + k] = Double.NaN);
        Room room = new Room(new double[Room.ARRAYS][Digits.capacity(total + 2)]);
        room.begin = 1 + random.nextInt(Digits.FRONT);
        factor.multiply(vector, product, 0, total, room);
        for (double digit : product.low[0]) {
            assertThat(Math.abs(digit)).isLessThanOrEqualTo(factor.largest());
        }
        assertThat(factor.largest()).isLessThanOrEqualTo(Digits.LARGEST / 2);
        assertThat(value(product.low[0], product.high[0], total + 2))
                .isEqualTo(value.multiply(value(vector.low[0], vector.high[0], length)));
    }
}
