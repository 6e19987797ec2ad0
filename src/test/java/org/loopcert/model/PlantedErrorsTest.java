package org.loopcert.model;

import static org.assertj.core.api.Assertions.assertThat;

import ch.obermuhlner.math.big.BigRational;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.loopcert.matrix.Mask;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.Arithmetic;
import org.loopcert.ring.RationalField;

/**
 * One planted error a test: each must be caught, with the reason asserted. The valid twin of all of
 * them is {@link #validTwin}.
 */
class PlantedErrorsTest {
    private static final RationalField FIELD = RationalField.INSTANCE;
    private static final int N = 3;
    private static final int D = 2;

    private static final Matrix<BigRational> EXAMPLES =
            integers(new long[] {1, 2}, new long[] {-1, 3}, new long[] {2, 1});
    private static final Vector<BigRational> LABELS =
            integers(new long[] {3, 1, -2}).row(0);
    private static final Prompt<BigRational> PROMPT =
            new Prompt<>(EXAMPLES, LABELS, integers(new long[] {1, -2}).row(0), FIELD.fromLong(3));
    private static final List<BigRational> SCHEDULE =
            List.of(RationalField.of(1, 20), RationalField.of(1, 30), RationalField.of(1, 25));
    private static final LinearAttention<BigRational> CONSTRUCTION = LinearAttention.construction(FIELD, N, D);

    private static Matrix<BigRational> integers(long[]... rows) {
        return Matrix.of(rows.length, rows[0].length, (i, j) -> FIELD.fromLong(rows[i][j]));
    }

    private static LinearAttention<BigRational> withMask(Mask.Pattern pattern) {
        return LinearAttention.of(CONSTRUCTION.keyQuery(), CONSTRUCTION.valueOutput(), Mask.of(N + 1, N + 1, pattern));
    }

    private static SymbolicStep.Result symbolic(LinearAttention<BigRational> attention) {
        return SymbolicStep.check(FIELD, EXAMPLES, LABELS, attention);
    }

    private static ReplayCheck.Result replay(LoopedModel<BigRational> model) {
        return ReplayCheck.check(FIELD, model, PROMPT, SCHEDULE);
    }

    private static ReplayCheck.Result replay(Attention<BigRational> attention) {
        return replay(new LoopedTransformer<>(attention));
    }

    private static void differsInTheFirstLoop(ReplayCheck.Result result) {
        assertThat(result)
                .isInstanceOfSatisfying(ReplayCheck.IterateDiffers.class, differs -> assertThat(differs.loop())
                        .isEqualTo(1));
    }

    @Test
    void validTwin() {
        assertThat(symbolic(CONSTRUCTION)).isEqualTo(new SymbolicStep.Equal(1, 48));
        assertThat(replay(CONSTRUCTION)).isEqualTo(new ReplayCheck.Equal(3));
    }

    /** Z + eta Attn(Z). */
    private record WrongSign(Attention<BigRational> attention) implements LoopedModel<BigRational> {
        @Override
        public Matrix<BigRational> step(
                Arithmetic<BigRational> ring, Matrix<BigRational> hiddenState, BigRational stepSize) {
            return hiddenState.add(ring, attention.apply(ring, hiddenState).scale(ring, stepSize));
        }

        @Override
        public Vector<BigRational> read(Arithmetic<BigRational> ring, Matrix<BigRational> hiddenState) {
            return new LoopedTransformer<>(attention).read(ring, hiddenState);
        }
    }

    @Test
    void wrongSignOfTheUpdate() {
        differsInTheFirstLoop(replay(new WrongSign(CONSTRUCTION)));
    }

    @Test
    void wrongSignOfTheKeyQueryMatrix() {
        LinearAttention<BigRational> wrong = LinearAttention.of(
                CONSTRUCTION.keyQuery().negate(FIELD), CONSTRUCTION.valueOutput(), CONSTRUCTION.mask());
        assertThat(symbolic(wrong))
                .isEqualTo(new SymbolicStep.Different(3, 0, "6*q_1 + 1*q_2 + -2*alpha", "-6*q_1 + -1*q_2 + 2*alpha"));
        differsInTheFirstLoop(replay(wrong));
    }

    /** The answer read off without its minus sign. */
    private record WrongSignOfTheAnswer(LoopedTransformer<BigRational> model) implements LoopedModel<BigRational> {
        @Override
        public Matrix<BigRational> step(
                Arithmetic<BigRational> ring, Matrix<BigRational> hiddenState, BigRational stepSize) {
            return model.step(ring, hiddenState, stepSize);
        }

        @Override
        public Vector<BigRational> read(Arithmetic<BigRational> ring, Matrix<BigRational> hiddenState) {
            return model.read(ring, hiddenState).negate(ring);
        }
    }

    @Test
    void wrongSignOfTheAnswer() {
        assertThat(replay(new WrongSignOfTheAnswer(new LoopedTransformer<>(CONSTRUCTION))))
                .isInstanceOfSatisfying(ReplayCheck.OutputDiffers.class, differs -> assertThat(differs.coordinate())
                        .isZero());
    }

    /**
     * Z Q' Z' in place of Z Q Z'. The construction's Q = I hides it, so a key-query matrix that is
     * not symmetric is compared with the definition written in indices.
     */
    @Test
    void transposedKeyQueryMatrix() {
        Matrix<BigRational> keyQuery = integers(new long[] {1, 2, 0}, new long[] {0, 1, 0}, new long[] {5, 0, 1});
        transposedFactorIsSeen(keyQuery, Matrix.identity(FIELD, D + 1), true);
    }

    /** Z P' in place of Z P, hidden by the construction's symmetric P in the same way. */
    @Test
    void transposedValueOutputMatrix() {
        Matrix<BigRational> valueOutput = integers(new long[] {1, 0, 4}, new long[] {2, 1, 0}, new long[] {0, 0, 1});
        transposedFactorIsSeen(Matrix.identity(FIELD, D + 1), valueOutput, false);
    }

    private static void transposedFactorIsSeen(
            Matrix<BigRational> keyQuery, Matrix<BigRational> valueOutput, boolean transposeKeyQuery) {
        Mask mask = CONSTRUCTION.mask();
        Matrix<BigRational> maskMatrix =
                Matrix.of(N + 1, N + 1, (i, j) -> mask.isOne(i, j) ? FIELD.one() : FIELD.zero());
        Matrix<BigRational> z = PROMPT.asMatrix(FIELD);
        Matrix<BigRational> expected = Matrix.of(
                N + 1, D + 1, (i, j) -> ModelTest.attentionByIndices(z, keyQuery, valueOutput, maskMatrix, i, j));
        LinearAttention<BigRational> wrong = transposeKeyQuery
                ? LinearAttention.of(keyQuery.transpose(FIELD), valueOutput, mask)
                : LinearAttention.of(keyQuery, valueOutput.transpose(FIELD), mask);
        assertThat(LinearAttention.of(keyQuery, valueOutput, mask)
                        .apply(FIELD, z)
                        .equal(FIELD, expected))
                .isTrue();
        assertThat(wrong.apply(FIELD, z).equal(FIELD, expected)).isFalse();
    }

    /** A key-query matrix that mixes features is not the gradient step, transposed or not. */
    @Test
    void keyQueryMatrixThatIsNotSymmetric() {
        Matrix<BigRational> keyQuery = integers(new long[] {1, 1, 0}, new long[] {0, 1, 0}, new long[] {0, 0, 1});
        SymbolicStep.Result upper =
                symbolic(LinearAttention.of(keyQuery, CONSTRUCTION.valueOutput(), CONSTRUCTION.mask()));
        SymbolicStep.Result lower = symbolic(
                LinearAttention.of(keyQuery.transpose(FIELD), CONSTRUCTION.valueOutput(), CONSTRUCTION.mask()));
        assertThat(upper)
                .isEqualTo(new SymbolicStep.Different(3, 0, "6*q_1 + 1*q_2 + -2*alpha", "7*q_1 + 1*q_2 + -2*alpha"));
        assertThat(lower)
                .isEqualTo(new SymbolicStep.Different(3, 0, "6*q_1 + 1*q_2 + -2*alpha", "6*q_1 + 7*q_2 + -2*alpha"));
    }

    @Test
    void transposedMask() {
        LinearAttention<BigRational> wrong = withMask((i, j) -> j == N && i < N);
        // the score is already affine in q, and the value it multiplies is q itself
        assertThat(symbolic(wrong))
                .isInstanceOfSatisfying(SymbolicStep.DegreeExceeded.class, exceeded -> assertThat(exceeded.row())
                        .isZero());
        assertThat(replay(wrong)).isInstanceOf(ReplayCheck.ContextChanged.class);
    }

    @Test
    void droppedExample() {
        for (int dropped = 0; dropped < N; dropped++) {
            int missing = dropped;
            LinearAttention<BigRational> wrong = withMask((i, j) -> i == N && j < N && j != missing);
            assertThat(symbolic(wrong))
                    .isInstanceOfSatisfying(SymbolicStep.Different.class, different -> assertThat(different.row())
                            .isEqualTo(N));
            differsInTheFirstLoop(replay(wrong));
        }
    }

    /** A dropped example of zeros changes nothing, and is rightly not reported. */
    @Test
    void droppedExampleOfZerosIsHarmless() {
        Matrix<BigRational> examples = integers(new long[] {1, 2}, new long[] {0, 0}, new long[] {2, 1});
        assertThat(SymbolicStep.check(FIELD, examples, LABELS, withMask((i, j) -> i == N && j < N && j != 1)))
                .isEqualTo(new SymbolicStep.Equal(1, 48));
    }

    @Test
    void causalMaskThatLetsExamplesAttend() {
        LinearAttention<BigRational> wrong = withMask((i, j) -> j < i);
        // the second example attends to the first: a constant where the gradient step has zero
        assertThat(symbolic(wrong)).isEqualTo(new SymbolicStep.Different(1, 0, "0", "8"));
        assertThat(replay(wrong))
                .isInstanceOfSatisfying(ReplayCheck.ContextChanged.class, changed -> assertThat(changed.row())
                        .isEqualTo(1));
    }

    @Test
    void maskOfOnes() {
        LinearAttention<BigRational> wrong = withMask((i, j) -> true);
        assertThat(symbolic(wrong)).isInstanceOf(SymbolicStep.DegreeExceeded.class);
        assertThat(replay(wrong)).isInstanceOf(ReplayCheck.ContextChanged.class);
    }

    @Test
    void maskWithAWeightOfTwo() {
        Matrix<BigRational> weights =
                Matrix.of(N + 1, N + 1, (i, j) -> FIELD.fromLong(i == N && j < N ? 1 + j / 2 : 0));
        LinearAttention<BigRational> wrong =
                LinearAttention.of(FIELD, CONSTRUCTION.keyQuery(), CONSTRUCTION.valueOutput(), weights);
        assertThat(symbolic(wrong)).isInstanceOf(SymbolicStep.Different.class);
        differsInTheFirstLoop(replay(wrong));
    }

    /** The query attends to itself as well: a term |q|^2 q of degree three. */
    @Test
    void queryThatAttendsToItself() {
        LinearAttention<BigRational> wrong = withMask((i, j) -> i == N);
        assertThat(symbolic(wrong)).isInstanceOfSatisfying(SymbolicStep.DegreeExceeded.class, exceeded -> {
            assertThat(exceeded.row()).isEqualTo(N);
            assertThat(exceeded.column()).isZero();
        });
        differsInTheFirstLoop(replay(wrong));
    }

    /**
     * A term c q_1 q_2 on top of the construction. It vanishes at q = 0, e_1, ..., e_d, so that
     * agreement at these points would let it pass.
     */
    private record DegreeTwo<E>(LinearAttention<E> construction) implements Attention<E> {
        @Override
        public E entry(Arithmetic<E> ring, Matrix<E> hiddenState, int row, int column) {
            E entry = construction.entry(ring, hiddenState, row, column);
            return row == N && column == 1
                    ? ring.add(entry, ring.multiply(hiddenState.get(N, 0), hiddenState.get(N, 1)))
                    : entry;
        }
    }

    @Test
    void termOfDegreeTwoInTheQueryVector() {
        for (int point = 0; point <= D; point++) {
            int unit = point - 1;
            Vector<BigRational> queryVector =
                    Matrix.of(1, D, (i, j) -> FIELD.fromLong(j == unit ? 1 : 0)).row(0);
            Matrix<BigRational> z = new Prompt<>(EXAMPLES, LABELS, queryVector, FIELD.one()).asMatrix(FIELD);
            assertThat(new DegreeTwo<>(CONSTRUCTION).apply(FIELD, z))
                    .as("agrees at point %d", point)
                    .isEqualTo(CONSTRUCTION.apply(FIELD, z));
        }
        assertThat(SymbolicStep.check(
                        FIELD, EXAMPLES, LABELS, affine -> new DegreeTwo<>(CONSTRUCTION.map(affine::constant))))
                .isEqualTo(new SymbolicStep.DegreeExceeded(N, 1, "1*q_1", "1*q_2"));
        differsInTheFirstLoop(replay(new DegreeTwo<>(CONSTRUCTION)));
    }

    /** Runs another number of loops than the schedule has. */
    private record OffByOne(LoopedTransformer<BigRational> model, int more) implements LoopedModel<BigRational> {
        @Override
        public Matrix<BigRational> step(
                Arithmetic<BigRational> ring, Matrix<BigRational> hiddenState, BigRational stepSize) {
            return model.step(ring, hiddenState, stepSize);
        }

        @Override
        public Vector<BigRational> read(Arithmetic<BigRational> ring, Matrix<BigRational> hiddenState) {
            return model.read(ring, hiddenState);
        }

        @Override
        public Vector<BigRational> output(
                Arithmetic<BigRational> ring, Prompt<BigRational> prompt, List<BigRational> schedule) {
            Matrix<BigRational> state = prompt.asMatrix(ring);
            for (int t = 0; t < schedule.size() + more; t++) {
                state = step(ring, state, schedule.get(Math.min(t, schedule.size() - 1)));
            }
            return read(ring, state);
        }
    }

    @Test
    void oneLoopTooFew() {
        assertThat(replay(new OffByOne(new LoopedTransformer<>(CONSTRUCTION), -1)))
                .isInstanceOf(ReplayCheck.OutputDiffers.class);
    }

    @Test
    void oneLoopTooMany() {
        assertThat(replay(new OffByOne(new LoopedTransformer<>(CONSTRUCTION), 1)))
                .isInstanceOf(ReplayCheck.OutputDiffers.class);
    }

    @Test
    void theOffByOneHarnessItselfIsValid() {
        assertThat(replay(new OffByOne(new LoopedTransformer<>(CONSTRUCTION), 0)))
                .isEqualTo(new ReplayCheck.Equal(3));
    }

    /** A schedule shifted by one: the second loop takes the third step size. */
    private record ShiftedSchedule(LoopedTransformer<BigRational> model) implements LoopedModel<BigRational> {
        @Override
        public Matrix<BigRational> step(
                Arithmetic<BigRational> ring, Matrix<BigRational> hiddenState, BigRational stepSize) {
            int next = Math.min(SCHEDULE.indexOf(stepSize) + 1, SCHEDULE.size() - 1);
            return model.step(ring, hiddenState, SCHEDULE.get(next));
        }

        @Override
        public Vector<BigRational> read(Arithmetic<BigRational> ring, Matrix<BigRational> hiddenState) {
            return model.read(ring, hiddenState);
        }
    }

    @Test
    void scheduleShiftedByOne() {
        differsInTheFirstLoop(replay(new ShiftedSchedule(new LoopedTransformer<>(CONSTRUCTION))));
    }

    /** P = I lets the labels through: alpha changes from loop to loop. */
    @Test
    void labelLeak() {
        LinearAttention<BigRational> wrong =
                LinearAttention.of(CONSTRUCTION.keyQuery(), Matrix.identity(FIELD, D + 1), CONSTRUCTION.mask());
        assertThat(symbolic(wrong)).isEqualTo(new SymbolicStep.Different(3, 2, "0", "-2*q_1 + 7*q_2 + 14*alpha"));
        assertThat(replay(wrong)).isInstanceOfSatisfying(ReplayCheck.ContextChanged.class, changed -> {
            assertThat(changed.row()).isEqualTo(N);
            assertThat(changed.column()).isEqualTo(D);
        });
    }

    /** Q = diag(I, 0) forgets the labels: the gradient loses its constant part alpha b. */
    @Test
    void forgottenLabels() {
        LinearAttention<BigRational> wrong =
                LinearAttention.of(CONSTRUCTION.valueOutput(), CONSTRUCTION.valueOutput(), CONSTRUCTION.mask());
        assertThat(symbolic(wrong))
                .isEqualTo(new SymbolicStep.Different(3, 0, "6*q_1 + 1*q_2 + -2*alpha", "6*q_1 + 1*q_2"));
        differsInTheFirstLoop(replay(wrong));
    }
}
