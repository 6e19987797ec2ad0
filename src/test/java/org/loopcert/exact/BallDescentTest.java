package org.loopcert.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BallDescentTest {
    private static final Function<Fraction, Optional<Fraction>> NOTHING = eta -> Optional.empty();

    /** An integer of random length, with a sign, often zero or a power of two. */
    private static BigInteger integer(Random random, int bits) {
        int length = random.nextInt(bits + 1);
        BigInteger value = random.nextInt(4) == 0 ? BigInteger.ONE.shiftLeft(length) : new BigInteger(length, random);
        return random.nextBoolean() ? value.negate() : value;
    }

    private static ScaledVector vector(Random random, int size, int bits) {
        BigInteger[] entries = new BigInteger[size];
        for (int i = 0; i < size; i++) {
            entries[i] = integer(random, bits);
        }
        BigInteger denominator = random.nextBoolean()
                ? BigInteger.valueOf(3 + random.nextInt(90))
                : BigInteger.ONE.shiftLeft(random.nextInt(2 * bits));
        return ScaledVector.of(IntegerVector.of(entries), denominator);
    }

    /** Of full rank or not, with entries of very different size or not. */
    private static Gram gram(Random random, int n, int d, int bits) {
        BigInteger[][] x = new BigInteger[n][d];
        boolean repeated = random.nextInt(3) == 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                x[i][j] = repeated && j > 0 ? x[i][0] : integer(random, bits);
            }
        }
        BigInteger denominator = BigInteger.valueOf(1 + random.nextInt(500)).shiftLeft(random.nextInt(bits));
        return Gram.of(ScaledMatrix.of(IntegerMatrix.of(x), denominator), vector(random, n, bits));
    }

    private static Fraction trace(Gram gram) {
        BigInteger trace = BigInteger.ONE;
        for (int i = 0; i < gram.features(); i++) {
            trace = trace.add(gram.gi().get(i, i));
        }
        return Fraction.of(trace, gram.gDen());
    }

    /** |v - centre|^2 is at most the square of the radius. */
    private static void requireHolds(BallVector ball, ScaledVector exact) {
        Fraction unit = Fraction.dyadic(BigInteger.ONE, Math.toIntExact(ball.exponent()));
        BigInteger[] centre = ball.centre();
        Fraction square = Fraction.ZERO;
        for (int i = 0; i < centre.length; i++) {
            Fraction off = exact.get(i).subtract(unit.multiply(Fraction.of(centre[i])));
            square = square.add(off.multiply(off));
        }
        BigDecimal radius = new BigDecimal(ball.radius());
        Fraction bound = Fraction.of(
                        radius.scaleByPowerOfTen(radius.scale()).toBigIntegerExact(),
                        BigInteger.TEN.pow(radius.scale()))
                .multiply(unit);
        assertThat(square).isLessThanOrEqualTo(bound.multiply(bound));
    }

    @Property(tries = 300)
    void everyIterateIsEnclosedAtAnyPrecision(
            @ForAll @IntRange(min = 1, max = 7) int n,
            @ForAll @IntRange(min = 1, max = 6) int d,
            @ForAll @IntRange(min = 1, max = 200) int bits,
            @ForAll @IntRange(min = 0, max = 12) int loops,
            @ForAll @IntRange(min = 0, max = 5) int kind,
            @ForAll long seed) {
        Random random = new Random(seed);
        Gram gram = gram(random, n, d, random.nextBoolean() ? 4 : 70);
        Fraction largest = trace(gram);
        List<Fraction> etas = new ArrayList<>();
        for (int t = 0; t < loops; t++) {
            // from steps that converge to ones that diverge, and all of one size where kind is 0
            Fraction share = Fraction.of(random.nextInt(1000) - (kind == 3 ? 500 : 0), kind == 4 ? 10 : 1000);
            etas.add(t > 0 && kind == 0 ? etas.get(0) : share.divide(largest));
        }
        ScaledVector start = vector(random, d, 60);
        ExactReplay exact = ExactReplay.start(gram, start, Schedule.of(etas));
        Function<Fraction, Optional<Fraction>> contraction = kind == 1 ? eta -> Optional.of(Fraction.ONE) : NOTHING;
        BallDescent descent = BallDescent.start(gram, start, contraction, bits);
        for (int t = 0; t <= loops; t++) {
            requireHolds(descent.theta(), exact.theta());
            assertThat(descent.loops()).isEqualTo(t);
            if (t < loops) {
                exact.advance();
                descent.advance(etas.get(t));
            }
        }
    }

    @Property(tries = 150)
    void powersEncloseTheExactOnes(
            @ForAll @IntRange(min = 1, max = 6) int n,
            @ForAll @IntRange(min = 1, max = 5) int d,
            @ForAll @IntRange(min = 1, max = 160) int bits,
            @ForAll @IntRange(min = 0, max = 20) int loops,
            @ForAll @IntRange(min = -400, max = 5000) int share,
            @ForAll long seed) {
        Random random = new Random(seed);
        Gram gram = gram(random, n, d, random.nextBoolean() ? 4 : 70);
        Gram unlabelled = new Gram(gram.matrix(), ScaledVector.zero(d), Fraction.ZERO, n);
        Fraction eta = Fraction.of(share, 1000).divide(trace(gram));
        ScaledVector start = vector(random, d, 60);
        ScaledVector exact = ExactReplay.run(unlabelled, start, Schedule.constant(eta), loops);
        requireHolds(new BallPower(gram, eta, NOTHING).times(start, loops, bits), exact);
    }

    @Property(tries = 60)
    void numbersFartherApartThanTheExponentsOfDoublesAreEnclosed(
            @ForAll @IntRange(min = 1, max = 3) int d,
            @ForAll @IntRange(min = 1, max = 100) int bits,
            @ForAll @IntRange(min = -3000, max = 3000) int stepExponent,
            @ForAll @IntRange(min = -3000, max = 3000) int startExponent,
            @ForAll long seed) {
        Random random = new Random(seed);
        Gram gram = gram(random, 2, d, 20);
        Fraction eta = Fraction.dyadic(BigInteger.valueOf(random.nextInt(200) - 100L), stepExponent);
        ScaledVector start =
                vector(random, d, 20).divide(Fraction.dyadic(BigInteger.valueOf(1 + random.nextInt(9)), startExponent));
        int loops = 3;
        ScaledVector exact = ExactReplay.run(gram, start, Schedule.constant(eta), loops);
        BallDescent descent = BallDescent.start(gram, start, NOTHING, bits);
        for (int t = 0; t < loops; t++) {
            descent.advance(eta);
        }
        assertThat(descent.theta().radius()).isFinite();
        requireHolds(descent.theta(), exact);
    }

    @Example
    void powersBeyondEveryExponentAreRefusedOrLeftToTheRadius() {
        Gram one = new Gram(
                ScaledMatrix.of(IntegerMatrix.identity(1), BigInteger.ONE), ScaledVector.zero(1), Fraction.ZERO, 1);
        ScaledVector start = ScaledVector.of(IntegerVector.of(1), BigInteger.ONE);
        // I - eta G = 2^96, whose power 2^62 has an exponent beyond a long
        BallPower growing = new BallPower(one, Fraction.ONE.subtract(Fraction.dyadic(BigInteger.ONE, 96)), NOTHING);
        assertThatThrownBy(() -> growing.times(start, 1L << 62, 50))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("expected numbers below");
        BallPower shrinking = new BallPower(one, Fraction.ONE.subtract(Fraction.dyadic(BigInteger.ONE, -96)), NOTHING);
        BallVector tiny = shrinking.times(start, 1L << 62, 50);
        assertThat(tiny.centre()).containsExactly(BigInteger.ZERO);
        assertThat(tiny.exponent()).isLessThan(-(1L << 40));
        assertThat(tiny.radius()).isBetween(0.5, 100.0);
    }

    @Example
    void radiiOfLongRunsStaySmall() {
        Random random = new Random(7);
        int d = 50; // more than one block of columns
        Gram gram = gram(random, 2 * d, d, 12);
        Fraction eta = Fraction.ONE.divide(trace(gram));
        ScaledVector start = vector(random, d, 20);
        Function<Fraction, Optional<Fraction>> contraction = step -> Optional.of(Fraction.ONE);
        int loops = 300;
        BallDescent descent = BallDescent.start(
                gram, start, contraction, BallDescent.precision(100, d, loops, Double.POSITIVE_INFINITY));
        Gram unlabelled = new Gram(gram.matrix(), ScaledVector.zero(d), Fraction.ZERO, 2 * d);
        BallDescent error = BallDescent.start(unlabelled, start, contraction, 170);
        for (int t = 0; t < loops; t++) {
            descent.advance(eta);
            error.advance(eta);
        }
        assertThat(descent.theta().relativeRadius()).isLessThanOrEqualTo(-100);
        BallVector power = new BallPower(gram, eta, contraction).times(start, loops, 110);
        assertThat(power.relativeRadius()).isLessThanOrEqualTo(-110);
        // two enclosures of one vector: their centres are no farther apart than both radii allow
        ScaledVector centre = ScaledVector.of(
                IntegerVector.of(power.centre()), BigInteger.ONE.shiftLeft(Math.toIntExact(-power.exponent())));
        BallVector wider = new BallVector(
                error.theta(),
                error.theta().radius()
                        + Math.scalb(
                                power.radius(),
                                Math.toIntExact(power.exponent() - error.theta().exponent())));
        requireHolds(wider, centre);
    }

    @Example
    void whatDoesNotFitIsRefused() {
        Gram gram = gram(new Random(1), 3, 2, 4);
        assertThatThrownBy(() -> BallDescent.start(gram, ScaledVector.zero(3), NOTHING, 60))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("of size 2, got 3");
        assertThatThrownBy(() -> new BallPower(gram, Fraction.ONE, NOTHING).times(ScaledVector.zero(2), -1, 60))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("t = -1");
        BallVector wider = BallVector.of(ScaledVector.zero(2), 2, 500);
        assertThatThrownBy(() -> wider.multiply(BallMatrix.of(gram.matrix(), 60)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DigitFormat");
    }

    @Property(tries = 300)
    void digitsAreTheIntegerAgain(
            @ForAll @IntRange(min = 1, max = 400) int bits,
            @ForAll @IntRange(min = 1, max = 3000) int terms,
            @ForAll long seed) {
        DigitFormat format = DigitFormat.of(terms, bits);
        BigInteger value = integer(new Random(seed), format.width() * format.count() - 2);
        double[] digits = new double[3 * format.count()];
        format.encode(value, digits, 1, 3);
        double half = Math.scalb(1.0, format.width() - 1);
        assertThat(Arrays.stream(digits)).allMatch(digit -> Math.abs(digit) <= half && digit == Math.rint(digit));
        assertThat(format.decode(digits, 1, 3)).isEqualTo(value);
    }

    static List<GroundTruthInstances.Instance> instances() throws IOException {
        return GroundTruthInstances.csv();
    }

    @ParameterizedTest
    @MethodSource("instances")
    void publicIteratesAreEnclosed(GroundTruthInstances.Instance instance) {
        Gram gram = instance.gram();
        ScaledVector zero = ScaledVector.zero(gram.features());
        ScaledVector solution = IntegerLinearAlgebra.leastSquares(gram);
        BigInteger[] negated = solution.numerators().toArray();
        for (int i = 0; i < negated.length; i++) {
            negated[i] = negated[i].negate();
        }
        ScaledVector first = ScaledVector.of(IntegerVector.of(negated), solution.denominator());
        for (JsonNode run : instance.truth().get("gd")) {
            Fraction eta = GroundTruthInstances.fraction(run.get("eta").asText());
            int loops = Math.min(run.get("T").asInt(), 100);
            ScaledVector exact = ExactReplay.run(gram, zero, Schedule.constant(eta), loops);
            BallDescent descent = BallDescent.start(gram, zero, NOTHING, 128);
            for (int t = 0; t < loops; t++) {
                descent.advance(eta);
            }
            requireHolds(descent.theta(), exact);
            Fraction[] error = new Fraction[gram.features()];
            for (int i = 0; i < error.length; i++) {
                error[i] = exact.get(i).subtract(solution.get(i));
            }
            requireHolds(new BallPower(gram, eta, NOTHING).times(first, loops, 90), vector(error));
        }
    }

    private static ScaledVector vector(Fraction[] entries) {
        BigInteger common = BigInteger.ONE;
        for (Fraction entry : entries) {
            common = ScaledVector.lcm(common, entry.denominator());
        }
        BigInteger[] numerators = new BigInteger[entries.length];
        for (int i = 0; i < entries.length; i++) {
            numerators[i] = ScaledVector.scale(entries[i], common);
        }
        return ScaledVector.of(IntegerVector.of(numerators), common);
    }
}
