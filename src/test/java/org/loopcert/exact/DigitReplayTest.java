package org.loopcert.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DigitReplayTest {
    private static final ModularCheck CHECK = ModularCheck.of(20241011);

    /** An instance in all parts that a replay needs. */
    private record Instance(
            ScaledMatrix x, ScaledVector y, ScaledVector q, Fraction alpha, Schedule schedule, int loops) {
        Gram gram() {
            return Gram.of(x, y);
        }

        ScaledVector start() {
            return q.divide(alpha.negate());
        }

        DigitReplay replay(Optional<DigitReplay.Target> target, int threads) {
            return DigitReplay.start(x, y, gram(), q, alpha, schedule, loops, target, CHECK, threads);
        }
    }

    private static BigInteger integer(Random random, int bits) {
        BigInteger value = new BigInteger(1 + random.nextInt(bits), random);
        return switch (random.nextInt(6)) {
            case 0 -> BigInteger.ZERO;
            case 1 -> value.negate();
            case 2 -> BigInteger.ONE.shiftLeft(random.nextInt(bits)).subtract(BigInteger.valueOf(random.nextInt(2)));
            default -> random.nextBoolean() ? value : value.negate();
        };
    }

    private static IntegerVector integers(Random random, int size, int bits) {
        return IntegerVector.of(
                IntStream.range(0, size).mapToObj(i -> integer(random, bits)).toArray(BigInteger[]::new));
    }

    private static IntegerMatrix matrix(Random random, int rows, int columns, int bits) {
        BigInteger[][] entries = new BigInteger[rows][];
        Arrays.setAll(entries, i -> integers(random, columns, bits).toArray());
        return IntegerMatrix.of(entries);
    }

    private static BigInteger denominator(Random random, boolean dyadic) {
        if (!dyadic && random.nextInt(30) == 0) {
            return new BigInteger(900, random).setBit(899);
        }
        return dyadic
                ? BigInteger.ONE.shiftLeft(random.nextInt(90))
                : BigInteger.valueOf(1 + random.nextInt(1000)).pow(1 + random.nextInt(5));
    }

    private static Fraction fraction(Random random, boolean dyadic) {
        BigInteger numerator = integer(random, 70);
        return Fraction.of(numerator.signum() == 0 ? BigInteger.ONE : numerator, denominator(random, dyadic));
    }

    private static Instance instance(int n, int d, int loops, boolean dyadic, boolean constant, long seed) {
        Random random = new Random(seed);
        int bits = 1 + random.nextInt(random.nextInt(20) == 0 ? 5000 : 100);
        ScaledMatrix x = ScaledMatrix.of(matrix(random, n, d, bits), denominator(random, dyadic));
        ScaledVector y = ScaledVector.of(integers(random, n, bits), denominator(random, dyadic));
        ScaledVector q = ScaledVector.of(integers(random, d, 30), denominator(random, random.nextBoolean()));
        List<Fraction> etas = IntStream.range(0, constant ? 1 : loops)
                .mapToObj(t -> random.nextInt(8) == 0 ? Fraction.ZERO : fraction(random, dyadic))
                .toList();
        Schedule schedule = constant ? Schedule.constant(etas.get(0)) : Schedule.of(etas);
        return new Instance(x, y, q, fraction(random, dyadic), schedule, loops);
    }

    @Property(tries = 120)
    void equalsBothReplaysInBigIntegers(
            @ForAll @IntRange(min = 1, max = 9) int n,
            @ForAll @IntRange(min = 1, max = 5) int d,
            @ForAll @IntRange(min = 0, max = 7) int loops,
            @ForAll boolean dyadic,
            @ForAll boolean constant,
            @ForAll long seed) {
        Instance instance = instance(n, d, loops, dyadic, constant, seed);
        DigitReplay replay = instance.replay(Optional.empty(), 2);
        ExactReplay descent = ExactReplay.start(instance.gram(), instance.start(), instance.schedule());
        AttentionReplay attention =
                AttentionReplay.start(instance.x(), instance.y(), instance.q(), instance.alpha(), instance.schedule());
        for (int t = 0; t <= loops; t++) {
            if (t > 0) {
                replay.advance();
                descent.advance();
                attention.advance();
            }
            assertThat(replay.loops()).isEqualTo(t);
            assertThat(replay.agrees()).isTrue();
            assertThat(replay.theta()).isEqualTo(descent.theta()).isEqualTo(attention.theta());
        }
        assertThatThrownBy(replay::advance).isInstanceOf(IllegalStateException.class);
        DigitReplay.Size size = DigitReplay.predict(
                instance.x(),
                instance.y(),
                instance.gram(),
                instance.q(),
                instance.alpha(),
                instance.schedule(),
                loops,
                Optional.empty());
        assertThat(replay.bits()).isLessThanOrEqualTo(size.bits());
        assertThat(replay.theta().denominator().bitLength()).isLessThanOrEqualTo(Math.toIntExact(size.bits()));
    }

    /** More columns than one sum may have, more rows than one group, and every digit as large as it can be. */
    @Property(tries = 12)
    void longSumsOfTheLargestDigitsStayExact(
            @ForAll @IntRange(min = 120, max = 600) int n,
            @ForAll @IntRange(min = 1, max = 3) int d,
            @ForAll @IntRange(min = 1, max = 2) int threads,
            @ForAll long seed) {
        Random random = new Random(seed);
        // -2^22 (1 + 2^23 + 2^46): balanced digits of the largest size and one sign
        BigInteger extreme = BigInteger.ZERO;
        for (int k = 0; k < 1 + random.nextInt(4); k++) {
            extreme = extreme.add(BigInteger.ONE.shiftLeft(22 + 23 * k));
        }
        BigInteger[][] entries = new BigInteger[n][d];
        BigInteger[] labels = new BigInteger[n];
        for (int i = 0; i < n; i++) {
            Arrays.fill(entries[i], random.nextInt(50) == 0 ? extreme.add(BigInteger.ONE) : extreme.negate());
            labels[i] = extreme.negate();
        }
        Instance instance = new Instance(
                ScaledMatrix.of(IntegerMatrix.of(entries), BigInteger.ONE),
                ScaledVector.of(IntegerVector.of(labels), BigInteger.ONE),
                ScaledVector.of(IntegerVector.of(Arrays.copyOf(labels, d)), BigInteger.ONE),
                Fraction.ONE,
                Schedule.constant(Fraction.of(extreme.negate(), BigInteger.valueOf(3))),
                3);
        DigitReplay replay = instance.replay(Optional.empty(), threads);
        for (int t = 0; t < 3; t++) {
            replay.advance();
            assertThat(replay.agrees()).isTrue();
        }
        assertThat(replay.theta())
                .isEqualTo(ExactReplay.run(instance.gram(), instance.start(), instance.schedule(), 3));
    }

    /** A long column of large entries: sums of many tiles, out of which carries are taken on the way. */
    @Property(tries = 2)
    void longColumnsStayExact(@ForAll long seed) {
        Random random = new Random(seed);
        int n = 20_000 + random.nextInt(1000);
        BigInteger large = BigInteger.ONE.shiftLeft(73).subtract(BigInteger.ONE.shiftLeft(9));
        BigInteger[][] entries = new BigInteger[n][1];
        for (BigInteger[] row : entries) {
            row[0] = random.nextInt(200) == 0 ? BigInteger.valueOf(1 + random.nextInt(500)) : large;
        }
        BigInteger[] labels = new BigInteger[n];
        Arrays.fill(labels, large.negate());
        Instance instance = new Instance(
                ScaledMatrix.of(IntegerMatrix.of(entries), BigInteger.ONE.shiftLeft(66)),
                ScaledVector.of(IntegerVector.of(labels), BigInteger.ONE),
                ScaledVector.of(IntegerVector.of(large.negate()), BigInteger.ONE),
                Fraction.ONE,
                Schedule.constant(Fraction.dyadic(large, -90)),
                2);
        DigitReplay replay = instance.replay(Optional.empty(), 2);
        replay.advance();
        replay.advance();
        assertThat(replay.agrees()).isTrue();
        assertThat(replay.theta())
                .isEqualTo(ExactReplay.run(instance.gram(), instance.start(), instance.schedule(), 2));
    }

    @Property(tries = 200)
    void decidesTheBoundAsRationalsDo(
            @ForAll @IntRange(min = 1, max = 6) int n,
            @ForAll @IntRange(min = 1, max = 3) int d,
            @ForAll boolean dyadic,
            @ForAll @IntRange(min = 0, max = 4) int kind,
            @ForAll long seed) {
        Random random = new Random(seed);
        Instance drawn = instance(n, d, 5, dyadic, true, seed);
        // the bound is exact equality where X'X = 1 and one entry moves, and in the limit everywhere
        Instance instance = kind == 0
                ? new Instance(
                        ScaledMatrix.of(IntegerMatrix.identity(d), BigInteger.ONE),
                        ScaledVector.of(integers(random, d, 40), BigInteger.ONE),
                        ScaledVector.zero(d),
                        Fraction.ONE,
                        Schedule.constant(Fraction.of(1 + random.nextInt(3), 4)),
                        5)
                : drawn;
        ScaledVector point =
                switch (kind) {
                    case 0 -> instance.y();
                    case 1 -> instance.start();
                    default -> ScaledVector.of(integers(random, d, 20), BigInteger.valueOf(1 + random.nextInt(40)));
                };
        Fraction left = Fraction.ONE.subtract(instance.schedule().step(0));
        Fraction ratio =
                switch (kind) {
                    case 0 -> left.multiply(left);
                    case 1 -> Fraction.ZERO;
                    case 2 -> Fraction.of(BigInteger.ONE.shiftLeft(random.nextInt(200)), BigInteger.ONE);
                    default -> Fraction.of(random.nextInt(9), 1 + random.nextInt(9));
                };
        DigitReplay replay = instance.replay(Optional.of(new DigitReplay.Target(point, ratio)), 1);
        Fraction bound = distance(replay.theta(), point);
        for (int t = 0; t <= 5; t++) {
            if (t > 0) {
                replay.advance();
                bound = bound.multiply(ratio);
            }
            assertThat(replay.withinBound())
                    .isEqualTo(distance(replay.theta(), point).compareTo(bound) <= 0);
        }
    }

    private static Fraction distance(ScaledVector a, ScaledVector b) {
        Fraction sum = Fraction.ZERO;
        for (int j = 0; j < a.size(); j++) {
            Fraction difference = a.get(j).subtract(b.get(j));
            sum = sum.add(difference.multiply(difference));
        }
        return sum;
    }

    @Property(tries = 300)
    void lowerBoundsOfProductsAreCloseAndBelow(@ForAll long seed) {
        Random random = new Random(seed);
        Fraction exact = Fraction.ONE;
        FloorNumber floor = FloorNumber.of(Fraction.ONE);
        for (int k = 0; k < 20; k++) {
            Fraction factor = Fraction.of(new BigInteger(150, random), BigInteger.ONE.add(new BigInteger(150, random)));
            exact = exact.multiply(factor);
            floor = floor.multiply(FloorNumber.of(factor));
        }
        Fraction value = Fraction.of(floor.mantissa(), BigInteger.ONE)
                .multiply(Fraction.dyadic(BigInteger.ONE, Math.toIntExact(floor.exponent())));
        assertThat(value).isLessThanOrEqualTo(exact);
        assertThat(value.add(exact.multiply(Fraction.dyadic(BigInteger.ONE, -57))))
                .isGreaterThanOrEqualTo(exact);
        assertThat(floor.isAtLeast(floor.mantissa(), floor.exponent())).isTrue();
        assertThat(floor.isAtLeast(floor.mantissa().add(BigInteger.ONE), floor.exponent()))
                .isFalse();
        assertThat(floor.isAtLeast(floor.mantissa().shiftLeft(3), floor.exponent() - 3))
                .isTrue();
        assertThat(floor.isAtLeast(floor.mantissa().shiftLeft(3).add(BigInteger.ONE), floor.exponent() - 3))
                .isFalse();
        assertThat(floor.isAtLeast(BigInteger.ZERO, Long.MAX_VALUE / 2)).isTrue();
    }

    @Example
    void wrongDigitsAreFoundModuloThePrimes() {
        Instance instance = instance(5, 3, 4, true, true, 11);
        BigInteger[] labels = new BigInteger[5];
        Arrays.setAll(labels, i -> instance.y()
                .get(i)
                .multiply(Fraction.of(
                        instance.x().denominator().multiply(instance.y().denominator()), BigInteger.ONE))
                .numerator());
        ResidueReplay residues = new ResidueReplay(
                CHECK.moduli().get(0),
                instance.x().numerators(),
                IntegerVector.of(labels),
                instance.q().numerators(),
                BigInteger.ONE,
                4);
        DigitVector exact = new DigitVector(3, new double[6][Digits.capacity(8)]);
        exact.set(instance.q().numerators());
        residues.check(CHECK, exact, 0);
        exact.low[1][Digits.FRONT] += 1;
        assertThatThrownBy(() -> residues.check(CHECK, exact, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("entry 1 of q(0)")
                .hasMessageContaining("seed 20241011");
    }

    @Property(tries = 100)
    void residuesAreTheSameWithAndWithoutAGramMatrix(
            @ForAll @IntRange(min = 1, max = 9) int n, @ForAll @IntRange(min = 1, max = 5) int d, @ForAll long seed) {
        Random random = new Random(seed);
        IntegerMatrix x = IntegerLinearAlgebraTest.random(random, n, d, Integer.MAX_VALUE / 2);
        IntegerVector y = x.transpose().row(0);
        IntegerVector query = x.row(0);
        int loops = 3;
        for (PrimeModulus modulus : CHECK.moduli()) {
            DigitVector exact = new DigitVector(d, new double[2 * d][Digits.capacity(40)]);
            BigInteger[] integers = query.toArray();
            // so many loops that X'X is worth its time, and none
            ResidueReplay[] replays = {
                new ResidueReplay(modulus, x, y, query, BigInteger.TEN, 1_000_000_000),
                new ResidueReplay(modulus, x, y, query, BigInteger.TEN, 0)
            };
            BigInteger unit = BigInteger.TEN;
            for (int t = 0; t < loops; t++) {
                BigInteger p = new BigInteger(70, random);
                BigInteger w = new BigInteger(130, random).add(BigInteger.ONE);
                IntegerVector now = IntegerVector.of(integers);
                BigInteger[] scores = x.multiply(now.multiply(p)).toArray();
                BigInteger constant = p.multiply(unit);
                Arrays.setAll(scores, i -> scores[i].add(y.get(i).multiply(constant)));
                IntegerVector update = x.transpose().multiply(IntegerVector.of(scores));
                Arrays.setAll(integers, j -> now.get(j).multiply(w).subtract(update.get(j)));
                unit = unit.multiply(w);
                exact.set(IntegerVector.of(integers));
                for (ResidueReplay replay : replays) {
                    replay.advance(p, w);
                    replay.check(CHECK, exact, t + 1);
                }
            }
        }
    }

    /** No power of such a step is formed, and no array of such a length. */
    @Example
    void hostileStepsArePredictedWithoutWork() {
        Instance instance = instance(4, 2, 3, true, true, 7);
        DigitReplay.Size size = DigitReplay.predict(
                instance.x(),
                instance.y(),
                instance.gram(),
                instance.q(),
                instance.alpha(),
                Schedule.constant(Fraction.of(BigInteger.ONE.shiftLeft(4_000_000), BigInteger.valueOf(3))),
                1_000_000_000,
                Optional.empty());
        assertThat(size.bits()).isGreaterThan(4_000_000L * 1_000_000_000L);
        assertThat(size.products()).isEqualTo(Long.MAX_VALUE);
    }

    @Example
    void refusesWhatDoesNotFit() {
        Instance instance = instance(4, 2, 3, true, false, 5);
        List<Runnable> wrong = new ArrayList<>();
        wrong.add(() -> DigitReplay.start(
                instance.x(),
                instance.y(),
                instance.gram(),
                ScaledVector.zero(3),
                Fraction.ONE,
                instance.schedule(),
                3,
                Optional.empty(),
                CHECK,
                1));
        wrong.add(() -> DigitReplay.start(
                instance.x(),
                instance.y(),
                instance.gram(),
                instance.q(),
                Fraction.ZERO,
                instance.schedule(),
                3,
                Optional.empty(),
                CHECK,
                1));
        wrong.add(() -> DigitReplay.start(
                instance.x(),
                instance.y(),
                instance.gram(),
                instance.q(),
                Fraction.ONE,
                instance.schedule(),
                4,
                Optional.empty(),
                CHECK,
                1));
        wrong.add(() -> instance.replay(Optional.of(new DigitReplay.Target(ScaledVector.zero(1), Fraction.ONE)), 1));
        wrong.add(() -> instance.replay(Optional.empty(), 0));
        wrong.add(() -> new DigitReplay.Target(ScaledVector.zero(1), Fraction.of(-1, 2)));
        for (Runnable each : wrong) {
            assertThatThrownBy(each::run).isInstanceOf(IllegalArgumentException.class);
        }
        DigitReplay withoutTarget = instance.replay(Optional.empty(), 1);
        assertThatThrownBy(withoutTarget::withinBound).isInstanceOf(IllegalStateException.class);
        assertThat(withoutTarget.modularCheck()).isSameAs(CHECK);
        assertThat(AttentionReplay.run(
                        instance.x(),
                        instance.y(),
                        instance.q(),
                        instance.alpha(),
                        instance.schedule(),
                        0,
                        Set.of(),
                        (t, theta) -> {}))
                .isEqualTo(withoutTarget.theta());
    }
}
