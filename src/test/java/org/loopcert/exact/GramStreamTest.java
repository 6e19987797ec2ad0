package org.loopcert.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class GramStreamTest {
    private static final ModularCheck CHECK = ModularCheck.of(7);

    /** A row of numbers value 2^exponent / 10^places, in the form in which it is added. */
    private record Row(double[] doubles, long[] decimals, BigInteger[] integers, int exponent, int places) {

        static Row random(Random random, int columns, int spread) {
            double[] doubles = new double[columns];
            long[] decimals = new long[columns];
            BigInteger[] integers = new BigInteger[columns];
            for (int j = 0; j < columns; j++) {
                doubles[j] = random.nextInt(5) == 0
                        ? 0
                        : Math.scalb(random.nextGaussian(), random.nextInt(spread) - spread / 2);
                decimals[j] = random.nextInt(9) == 0 ? Long.MIN_VALUE : random.nextLong() >> random.nextInt(60);
                integers[j] = new BigInteger(random.nextInt(150), random).subtract(BigInteger.TEN.pow(9));
            }
            return switch (random.nextInt(3)) {
                case 0 -> new Row(doubles, null, null, 0, 0);
                case 1 -> new Row(null, decimals, null, 0, random.nextInt(20));
                default -> new Row(null, null, integers, random.nextInt(90) - 60, random.nextInt(20));
            };
        }

        BigDecimal get(int j) {
            if (doubles != null) {
                return new BigDecimal(doubles[j]);
            }
            if (decimals != null) {
                return BigDecimal.valueOf(decimals[j], places);
            }
            BigDecimal scaled = new BigDecimal(integers[j], places);
            return exponent >= 0
                    ? scaled.multiply(new BigDecimal(BigInteger.TWO.pow(exponent)))
                    : scaled.multiply(new BigDecimal("0.5").pow(-exponent));
        }

        boolean isLike(Row other) {
            return doubles != null
                    ? other.doubles != null
                    : decimals != null
                            ? other.decimals != null && places == other.places
                            : other.integers != null && exponent == other.exponent && places == other.places;
        }
    }

    /** Adds rows in order, as many alike at a time as the seed says. */
    private static Gram streamed(List<Row> rows, int d, Random random) {
        GramStream stream = new GramStream(d, CHECK);
        for (int from = 0; from < rows.size(); ) {
            int to = from + 1;
            while (to < rows.size() && rows.get(from).isLike(rows.get(to)) && random.nextInt(4) > 0) {
                to++;
            }
            List<Row> block = rows.subList(from, to);
            Row first = block.get(0);
            if (first.doubles != null) {
                stream.add(
                        block.stream()
                                .flatMapToDouble(row -> Arrays.stream(row.doubles))
                                .toArray(),
                        block.size());
            } else if (first.decimals != null) {
                stream.add(
                        block.stream()
                                .flatMapToLong(row -> Arrays.stream(row.decimals))
                                .toArray(),
                        block.size(),
                        first.places);
            } else {
                stream.add(
                        block.stream().map(row -> row.integers).toArray(BigInteger[][]::new),
                        first.exponent,
                        first.places);
            }
            from = to;
        }
        return stream.sum();
    }

    private static Fraction fraction(BigDecimal value) {
        return value.scale() > 0
                ? Fraction.of(value.unscaledValue(), BigInteger.TEN.pow(value.scale()))
                : Fraction.of(value.toBigIntegerExact());
    }

    @Property(tries = 150)
    void streamingIsTheSameAsInMemoryInAnyBlocksAndOrder(
            @ForAll @IntRange(min = 1, max = 30) int n,
            @ForAll @IntRange(min = 1, max = 5) int d,
            @ForAll @IntRange(min = 1, max = 2000) int spread,
            @ForAll long seed) {
        Random random = new Random(seed);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            rows.add(Row.random(random, d + 1, spread));
        }
        Gram gram = streamed(rows, d, random);
        for (int i = 0; i <= d; i++) {
            for (int j = i; j <= d; j++) {
                BigDecimal sum = BigDecimal.ZERO;
                for (Row row : rows) {
                    sum = sum.add(row.get(i).multiply(row.get(j)));
                }
                Fraction found =
                        j < d ? gram.matrix().get(i, j) : i < d ? gram.moment().get(i) : gram.labelsNormSquared();
                assertThat(found).isEqualTo(fraction(sum));
            }
        }
        assertThat(gram.examples()).isEqualTo(n);
        Collections.shuffle(rows, random);
        assertThat(streamed(rows, d, random)).isEqualTo(gram);
    }

    @Property(tries = 20)
    void longBlocksOfDoublesAgreeWithGram(@ForAll @IntRange(min = 1, max = 12) int d, @ForAll long seed) {
        Random random = new Random(seed);
        int n = 300;
        double[] entries = random.doubles((long) n * (d + 1)).toArray();
        BigInteger[][] x = new BigInteger[n][d];
        BigInteger[] y = new BigInteger[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= d; j++) {
                BigInteger scaled = new BigDecimal(entries[i * (d + 1) + j])
                        .multiply(new BigDecimal(BigInteger.TWO.pow(1074)))
                        .toBigIntegerExact();
                if (j < d) {
                    x[i][j] = scaled;
                } else {
                    y[i] = scaled;
                }
            }
        }
        BigInteger unit = BigInteger.TWO.pow(1074);
        GramStream stream = new GramStream(d, CHECK);
        stream.add(entries, n);
        assertThat(stream.sum())
                .isEqualTo(Gram.of(
                        ScaledMatrix.of(IntegerMatrix.of(x), unit), ScaledVector.of(IntegerVector.of(y), unit)));
    }

    @Example
    void theCrossCheckFindsAWrongSum() throws ReflectiveOperationException {
        GramStream stream = new GramStream(1, CHECK);
        stream.add(new double[] {0.5, 3, 2, 1}, 2);
        assertThat(stream.sum().moment().get(0)).isEqualTo(Fraction.of(7, 2));
        Field field = GramStream.class.getDeclaredField("sum");
        field.setAccessible(true);
        BigInteger[][] sum = (BigInteger[][]) field.get(stream);
        sum[0][1] = sum[0][1].add(BigInteger.ONE);
        assertThatIllegalStateException()
                .isThrownBy(stream::sum)
                .withMessageContaining("(Z'Z) w")
                .withMessageContaining("seed 7");
    }

    @Example
    void whatDoesNotFitIsRefused() {
        GramStream stream = new GramStream(2, CHECK);
        assertThatIllegalStateException().isThrownBy(stream::sum);
        assertThatIllegalArgumentException().isThrownBy(() -> stream.add(new double[5], 2));
        assertThatIllegalArgumentException().isThrownBy(() -> stream.add(new double[] {1, 2, Double.NaN}, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> stream.add(new BigInteger[][] {{BigInteger.ONE}}, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new GramStream(0, CHECK));
    }
}
