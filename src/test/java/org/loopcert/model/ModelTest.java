package org.loopcert.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.loopcert.matrix.Mask;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.AprationalField;
import org.loopcert.ring.Dyadic;
import org.loopcert.ring.DyadicRing;
import org.loopcert.ring.FloatingPoint;
import org.loopcert.ring.Interval;
import org.loopcert.ring.IntervalRing;
import org.loopcert.ring.Polynomial;
import org.loopcert.ring.PolynomialRing;
import org.loopcert.ring.RationalField;
import org.loopcert.ring.ResidueField;

/** The definitions against independent evaluations, and the two checks where they must accept. */
class ModelTest {
    private static final RationalField FIELD = RationalField.INSTANCE;

    /** The sum over all indices, written without any matrix operation. */
    static BigRational attentionByIndices(
            Matrix<BigRational> z,
            Matrix<BigRational> keyQuery,
            Matrix<BigRational> valueOutput,
            Matrix<BigRational> mask,
            int i,
            int j) {
        BigRational sum = BigRational.ZERO;
        for (int k = 0; k < z.rows(); k++) {
            BigRational score = BigRational.ZERO;
            for (int a = 0; a < z.columns(); a++) {
                for (int b = 0; b < z.columns(); b++) {
                    score = score.add(z.get(i, a).multiply(keyQuery.get(a, b)).multiply(z.get(k, b)))
                            .reduce();
                }
            }
            BigRational value = BigRational.ZERO;
            for (int c = 0; c < z.columns(); c++) {
                value = value.add(z.get(k, c).multiply(valueOutput.get(c, j))).reduce();
            }
            sum = sum.add(mask.get(i, k).multiply(score).multiply(value)).reduce();
        }
        return sum;
    }

    @Property(tries = 100)
    void attentionIsItsDefinitionForAnyMatrices(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 4) int n,
            @ForAll @IntRange(min = 1, max = 3) int d) {
        Matrix<BigRational> keyQuery = Samples.matrix(random, d + 1, d + 1);
        Matrix<BigRational> valueOutput = Samples.matrix(random, d + 1, d + 1);
        Matrix<BigRational> weights = Samples.matrix(random, n + 1, n + 1)
                .hadamard(FIELD, Mask.of(n + 1, n + 1, (i, j) -> random.nextBoolean()));
        Mask pattern = Mask.of(n + 1, n + 1, (i, j) -> random.nextBoolean());
        Matrix<BigRational> patternMatrix =
                Matrix.of(n + 1, n + 1, (i, j) -> pattern.isOne(i, j) ? FIELD.one() : FIELD.zero());
        Matrix<BigRational> z = Samples.prompt(random, n, d).asMatrix(FIELD);
        LinearAttention<BigRational> weighted = LinearAttention.of(FIELD, keyQuery, valueOutput, weights);
        LinearAttention<BigRational> masked = LinearAttention.of(keyQuery, valueOutput, pattern);
        Matrix<BigRational> withWeights = weighted.apply(FIELD, z);
        Matrix<BigRational> withPattern = masked.apply(FIELD, z);
        for (int i = 0; i <= n; i++) {
            for (int j = 0; j <= d; j++) {
                assertThat(FIELD.show(withWeights.get(i, j)))
                        .isEqualTo(FIELD.show(attentionByIndices(z, keyQuery, valueOutput, weights, i, j)));
                assertThat(FIELD.show(withPattern.get(i, j)))
                        .isEqualTo(FIELD.show(attentionByIndices(z, keyQuery, valueOutput, patternMatrix, i, j)));
                assertThat(weighted.entry(FIELD, z, i, j)).isEqualTo(withWeights.get(i, j));
                assertThat(masked.entry(FIELD, z, i, j)).isEqualTo(withPattern.get(i, j));
            }
        }
        // the formula as printed, with every product taken whole
        assertThat(z.multiply(FIELD, keyQuery)
                        .multiply(FIELD, z.transpose(FIELD))
                        .hadamard(FIELD, pattern)
                        .multiply(FIELD, z)
                        .multiply(FIELD, valueOutput))
                .isEqualTo(withPattern);
    }

    @Property(tries = 300)
    void constructionIsTheGradientStepOnBothRationals(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 8) int n,
            @ForAll @IntRange(min = 1, max = 5) int d) {
        Matrix<BigRational> examples = Samples.matrix(random, n, d);
        Vector<BigRational> labels = Samples.vector(random, n);
        SymbolicStep.Result first =
                SymbolicStep.check(FIELD, examples, labels, LinearAttention.construction(FIELD, n, d));
        AprationalField apfloat = AprationalField.INSTANCE;
        SymbolicStep.Result second = SymbolicStep.check(
                apfloat,
                examples.map(apfloat::fromRational),
                labels.map(apfloat::fromRational),
                LinearAttention.construction(apfloat, n, d));
        assertThat(first).isInstanceOf(SymbolicStep.Equal.class).isEqualTo(second);
        assertThat(((SymbolicStep.Equal) first).coefficients()).isEqualTo((n + 1L) * (d + 1) * (d + 2));
    }

    @Property(tries = 100)
    void constructionReplaysGradientDescent(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 8) int n,
            @ForAll @IntRange(min = 1, max = 5) int d,
            @ForAll @IntRange(min = 0, max = 6) int loops) {
        Prompt<BigRational> prompt = Samples.prompt(random, n, d);
        List<BigRational> schedule = Samples.schedule(random, loops);
        assertThat(ReplayCheck.check(
                        FIELD, new LoopedTransformer<>(LinearAttention.construction(FIELD, n, d)), prompt, schedule))
                .isEqualTo(new ReplayCheck.Equal(loops));
        AprationalField apfloat = AprationalField.INSTANCE;
        assertThat(ReplayCheck.check(
                        apfloat,
                        new LoopedTransformer<>(LinearAttention.construction(apfloat, n, d)),
                        Samples.map(apfloat, prompt),
                        Samples.map(apfloat, schedule)))
                .isEqualTo(new ReplayCheck.Equal(loops));
    }

    /** Fast and probabilistic: an identity over the rationals holds modulo a random 61-bit prime. */
    @Property(tries = 50)
    void constructionReplaysGradientDescentModuloARandomPrime(@ForAll Random random) {
        ResidueField field = ResidueField.of(BigInteger.probablePrime(61, random));
        int n = 20;
        int d = 6;
        Prompt<BigInteger> prompt = residues(field, random, n, d);
        List<BigInteger> schedule = new ArrayList<>();
        for (int t = 0; t < 20; t++) {
            schedule.add(field.fromInteger(new BigInteger(61, random)));
        }
        LinearAttention<BigInteger> construction = LinearAttention.construction(field, n, d);
        assertThat(ReplayCheck.check(field, new LoopedTransformer<>(construction), prompt, schedule))
                .isEqualTo(new ReplayCheck.Equal(20));
        assertThat(SymbolicStep.check(field, prompt.examples(), prompt.labels(), construction))
                .isInstanceOf(SymbolicStep.Equal.class);
    }

    private static Prompt<BigInteger> residues(ResidueField field, Random random, int n, int d) {
        Matrix<BigInteger> z = Matrix.of(n + 1, d + 1, (i, j) -> {
            BigInteger residue = field.fromInteger(new BigInteger(61, random));
            return residue.signum() == 0 ? field.one() : residue;
        });
        return Prompt.of(field, z);
    }

    /** With q, alpha and eta all symbolic, two whole loops agree as polynomials. */
    @Property(tries = 30)
    void loopsAgreeAsPolynomials(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 3) int n,
            @ForAll @IntRange(min = 1, max = 2) int d) {
        List<String> names = new ArrayList<>(SymbolicStep.indeterminates(d));
        names.add("eta_0");
        names.add("eta_1");
        PolynomialRing ring = PolynomialRing.of(names);
        List<Polynomial> queryVector = new ArrayList<>();
        for (int i = 0; i < d; i++) {
            queryVector.add(ring.indeterminate(names.get(i)));
        }
        Prompt<Polynomial> prompt = new Prompt<>(
                Samples.matrix(random, n, d).map(ring::constant),
                Samples.vector(random, n).map(ring::constant),
                Vector.of(queryVector),
                ring.indeterminate("alpha"));
        List<Polynomial> schedule = List.of(ring.indeterminate("eta_0"), ring.indeterminate("eta_1"));
        LoopedTransformer<Polynomial> model = new LoopedTransformer<>(LinearAttention.construction(ring, n, d));
        // q(t+1) = q(t) - eta_t (G q(t) + alpha b), that is theta(t+1) times -alpha, without division
        Vector<Polynomial> q = prompt.queryVector();
        for (Polynomial eta : schedule) {
            q = q.subtract(
                    ring,
                    prompt.gram(ring)
                            .multiply(ring, q)
                            .add(ring, prompt.moment(ring).scale(ring, prompt.query()))
                            .scale(ring, eta));
        }
        assertThat(model.output(ring, prompt, schedule)).isEqualTo(q.negate(ring));
    }

    /** Polynomials decide what the affine forms leave open, and confirm what they decide. */
    @Property(tries = 60)
    void affineResultsAgreeWithPolynomials(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 3) int n,
            @ForAll @IntRange(min = 1, max = 2) int d) {
        Matrix<BigRational> examples = Samples.matrix(random, n, d);
        Vector<BigRational> labels = Samples.vector(random, n);
        boolean intact = random.nextBoolean();
        LinearAttention<BigRational> attention = intact
                ? LinearAttention.construction(FIELD, n, d)
                : LinearAttention.of(
                        Samples.matrix(random, d + 1, d + 1),
                        Samples.matrix(random, d + 1, d + 1),
                        Mask.of(n + 1, n + 1, (i, j) -> random.nextInt(3) == 0));
        PolynomialRing ring = PolynomialRing.of(SymbolicStep.indeterminates(d));
        List<Polynomial> queryVector = new ArrayList<>();
        for (int i = 0; i < d; i++) {
            queryVector.add(ring.indeterminate("q_" + (i + 1)));
        }
        Prompt<Polynomial> prompt = new Prompt<>(
                examples.map(ring::constant),
                labels.map(ring::constant),
                Vector.of(queryVector),
                ring.indeterminate("alpha"));
        Matrix<Polynomial> found = attention.map(ring::constant).apply(ring, prompt.asMatrix(ring));
        Vector<Polynomial> row = prompt.gram(ring)
                .multiply(ring, prompt.queryVector())
                .add(ring, prompt.moment(ring).scale(ring, prompt.query()));
        Matrix<Polynomial> expected = Matrix.of(n + 1, d + 1, (i, j) -> i == n && j < d ? row.get(j) : ring.zero());
        SymbolicStep.Result result = SymbolicStep.check(FIELD, examples, labels, attention);
        if (result instanceof SymbolicStep.Equal) {
            assertThat(found.equal(ring, expected)).isTrue();
        } else if (result instanceof SymbolicStep.Different different) {
            int i = different.row();
            int j = different.column();
            assertThat(ring.equal(found.get(i, j), expected.get(i, j))).isFalse();
        }
        assertThat(result instanceof SymbolicStep.Equal || !intact).isTrue();
    }

    @Test
    void largestSizeOfTheSymbolicCheck() {
        Random random = new Random(20260101);
        int n = 128;
        int d = 12;
        Matrix<BigRational> examples = Samples.matrix(random, n, d);
        Vector<BigRational> labels = Samples.vector(random, n);
        SymbolicStep.Equal expected = new SymbolicStep.Equal(1, 129L * 13 * 14);
        assertThat(SymbolicStep.check(FIELD, examples, labels, LinearAttention.construction(FIELD, n, d)))
                .isEqualTo(expected);
        AprationalField apfloat = AprationalField.INSTANCE;
        assertThat(SymbolicStep.check(
                        apfloat,
                        examples.map(apfloat::fromRational),
                        labels.map(apfloat::fromRational),
                        LinearAttention.construction(apfloat, n, d)))
                .isEqualTo(expected);
    }

    @Test
    void allZeroExamplesHaveDegreeZero() {
        assertThat(SymbolicStep.check(
                        FIELD,
                        Matrix.zero(FIELD, 2, 2),
                        Vector.constant(2, FIELD.one()),
                        LinearAttention.construction(FIELD, 2, 2)))
                .isEqualTo(new SymbolicStep.Equal(0, 36));
    }

    /** Figure 1's claim by hand: one example x = 2, y = 4, alpha = 1, eta = 1/8. */
    @Test
    void oneStepByHand() {
        Prompt<BigRational> prompt = new Prompt<>(
                Matrix.of(List.of(List.of(FIELD.fromLong(2)))),
                Vector.of(List.of(FIELD.fromLong(4))),
                Vector.of(List.of(FIELD.zero())),
                FIELD.one());
        LoopedTransformer<BigRational> model = new LoopedTransformer<>(LinearAttention.construction(FIELD, 1, 1));
        // G = 4, b = 8: theta goes from 0 to 1
        assertThat(model.output(FIELD, prompt, List.of(RationalField.of(1, 8))))
                .isEqualTo(Vector.of(List.of(FIELD.one())));
        assertThat(model.hiddenStates(FIELD, prompt, List.of(RationalField.of(1, 8))))
                .hasSize(2)
                .first()
                .isEqualTo(prompt.asMatrix(FIELD));
    }

    /** The same program over dyadics is exact, over binary64 near, over intervals containing. */
    @Property(tries = 60)
    void otherRingsRunTheSameProgram(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 6) int n,
            @ForAll @IntRange(min = 1, max = 4) int d) {
        Matrix<Double> z = Matrix.of(n + 1, d + 1, (i, j) -> Math.scalb((double) random.nextInt(1 << 20), -18));
        List<Double> schedule = List.of(0x1p-10, 0x3p-12, 0x1p-9);
        Vector<BigRational> exact = new LoopedTransformer<>(LinearAttention.construction(FIELD, n, d))
                .output(
                        FIELD,
                        Prompt.of(FIELD, z.map(FloatingPoint::exact)),
                        schedule.stream().map(FloatingPoint::exact).toList());
        DyadicRing dyadics = DyadicRing.INSTANCE;
        assertThat(new LoopedTransformer<>(LinearAttention.construction(dyadics, n, d))
                        .output(
                                dyadics,
                                Prompt.of(dyadics, z.map(Dyadic::of)),
                                schedule.stream().map(Dyadic::of).toList())
                        .map(Dyadic::toRational))
                .isEqualTo(exact);
        IntervalRing intervals = IntervalRing.of(30);
        Vector<Interval> enclosures = new LoopedTransformer<>(LinearAttention.construction(intervals, n, d))
                .output(
                        intervals,
                        Prompt.of(intervals, z.map(x -> intervals.fromRational(FloatingPoint.exact(x)))),
                        schedule.stream().map(x -> Interval.of(Dyadic.of(x))).toList());
        Vector<Double> rounded = new LoopedTransformer<>(LinearAttention.construction(FloatingPoint.BINARY64, n, d))
                .output(FloatingPoint.BINARY64, Prompt.of(FloatingPoint.BINARY64, z), schedule);
        for (int j = 0; j < d; j++) {
            assertThat(enclosures.get(j).contains(exact.get(j))).isTrue();
            assertThat(enclosures.get(j).contains(FloatingPoint.exact(rounded.get(j))))
                    .isTrue();
        }
    }

    @Test
    void sizesAreChecked() {
        Matrix<BigRational> examples = Matrix.zero(FIELD, 3, 2);
        Vector<BigRational> two = Vector.constant(2, FIELD.one());
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new Prompt<>(examples, two, two, FIELD.one()))
                .withMessage("expected 3 labels, one per example, got 2");
        Vector<BigRational> three = Vector.constant(3, FIELD.one());
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new Prompt<>(examples, three, three, FIELD.one()));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> LinearAttention.construction(FIELD, 2, 2)
                        .apply(FIELD, new Prompt<>(examples, three, two, FIELD.one()).asMatrix(FIELD)))
                .withMessage("expected a hidden state of 3 x 3, got 4 x 3");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> LinearAttention.of(Matrix.identity(FIELD, 3), examples, Mask.ones(4, 4)));
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> ReplayCheck.check(
                        FIELD,
                        new LoopedTransformer<>(LinearAttention.construction(FIELD, 3, 2)),
                        new Prompt<>(examples, three, two, FIELD.zero()),
                        List.of()));
    }

    @Test
    void checksRefuseArithmeticThatRounds() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> SymbolicStep.check(
                        FloatingPoint.BINARY64,
                        Matrix.of(List.of(List.of(1.0))),
                        Vector.of(List.of(1.0)),
                        LinearAttention.construction(FloatingPoint.BINARY64, 1, 1)))
                .withMessageContaining("binary64");
    }
}
