package org.loopcert.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.loopcert.matrix.Mask;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.MatrixInterpretation;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.Arithmetic;
import org.loopcert.ring.MatrixSymbol;
import org.loopcert.ring.MatrixWord;
import org.loopcert.ring.MatrixWordArithmetic;
import org.loopcert.ring.RationalField;
import org.loopcert.ring.RationalFunction;
import org.loopcert.ring.Shape;
import org.loopcert.ring.WordText;

/**
 * Identities for all n and d. Expected words are written by hand; words are evaluated at rational
 * matrices and compared with the scalar program, and multiplied out in indeterminate entries.
 */
class DimensionFreeStepTest {
    private static final MatrixWordArithmetic WORDS = MatrixWordArithmetic.INSTANCE;

    /** The blocks of generic Q and P, and parameters for special ones. */
    private static final List<MatrixSymbol> SYMBOLS = List.of(
            DimensionFreeStep.EXAMPLES,
            DimensionFreeStep.LABELS,
            DimensionFreeStep.QUERY_VECTOR,
            DimensionFreeStep.QUERY,
            DimensionFreeStep.THETA,
            DimensionFreeStep.STEP_SIZE,
            MatrixSymbol.matrix("Q11", "d", "d"),
            MatrixSymbol.vector("Q12", "d"),
            MatrixSymbol.vector("Q21", "d"),
            MatrixSymbol.scalar("Q22"),
            MatrixSymbol.matrix("P11", "d", "d"),
            MatrixSymbol.vector("P12", "d"),
            MatrixSymbol.vector("P21", "d"),
            MatrixSymbol.scalar("P22"),
            MatrixSymbol.matrix("A", "d", "d"),
            MatrixSymbol.symmetric("S", "d"),
            MatrixSymbol.vector("u", "d"),
            MatrixSymbol.vector("v", "d"),
            MatrixSymbol.nonzero("c"));

    private static final WordText TEXT = new WordText(SYMBOLS);
    private static final Shape[][] PARAMETERS = {
        {new Shape("d", "d"), new Shape("d", "1")}, {new Shape("1", "d"), Shape.SCALAR}
    };
    private static final Shape[][] STATE = {
        {new Shape("n", "d"), new Shape("n", "1")}, {new Shape("1", "d"), Shape.SCALAR}
    };

    private static Matrix<MatrixWord> blocks(Shape[][] shapes, String... words) {
        return Matrix.of(2, 2, (i, j) -> TEXT.of(shapes[i][j], words[2 * i + j]));
    }

    private static Matrix<MatrixWord> parameters(String blocks) {
        return blocks(PARAMETERS, blocks.split(" *\\| *"));
    }

    private static LinearAttention<MatrixWord> attention(String keyQuery, String valueOutput, String mask) {
        return LinearAttention.of(
                parameters(keyQuery), parameters(valueOutput), Mask.of(2, 2, (i, j) -> mask.charAt(2 * i + j) == '1'));
    }

    private static final String IDENTITY = "I | 0 | 0 | 1";
    private static final String PROJECTOR = "I | 0 | 0 | 0";
    private static final String GENERIC_Q = "Q11 | Q12 | Q21' | Q22";
    private static final String GENERIC_P = "P11 | P12 | P21' | P22";
    private static final String GENERATION = "0010";

    private static void holds(BlockComparison comparison, int blocks) {
        assertThat(comparison).isEqualTo(new BlockComparison.Equal(blocks));
    }

    private static BlockComparison.Difference difference(
            int row, int column, Shape shape, String expected, String found) {
        return new BlockComparison.Difference(row, column, TEXT.of(shape, expected), TEXT.of(shape, found));
    }

    @Nested
    class Construction {
        private final LoopedTransformer<MatrixWord> model = new LoopedTransformer<>(DimensionFreeStep.construction());

        @Test
        void lemmaHoldsForAllDimensions() {
            assertThat(DimensionFreeStep.update(DimensionFreeStep.construction()))
                    .isEqualTo(blocks(STATE, "0", "0", "q' X' X + alpha y' X", "0"));
            holds(DimensionFreeStep.lemma(DimensionFreeStep.construction()), 4);
        }

        @Test
        void constructionIsTheOneWrittenByHand() {
            LinearAttention<MatrixWord> byHand = attention(IDENTITY, PROJECTOR, GENERATION);
            assertThat(DimensionFreeStep.construction().keyQuery()).isEqualTo(byHand.keyQuery());
            assertThat(DimensionFreeStep.construction().valueOutput()).isEqualTo(byHand.valueOutput());
            assertThat(DimensionFreeStep.construction().mask()).isEqualTo(byHand.mask());
        }

        @Test
        void theoremHoldsForAllDimensionsAndLoops() {
            holds(DimensionFreeStep.base(), 4);
            holds(DimensionFreeStep.inductionStep(model), 4);
            holds(DimensionFreeStep.answer(model), 1);
        }

        /** The induction step spelled out, not by way of GradientDescent. */
        @Test
        void nextQueryVectorIsMinusAlphaTimesTheGradientStep() {
            Matrix<MatrixWord> before = blocks(STATE, "X", "y", "0 - alpha theta'", "alpha");
            assertThat(model.step(WORDS, before, TEXT.of("eta")))
                    .isEqualTo(blocks(
                            STATE, "X", "y", "0 - alpha theta' + alpha eta theta' X' X - alpha eta y' X", "alpha"));
        }

        @Test
        void manyLoopsAreManySteps() {
            List<MatrixWord> schedule = List.of(TEXT.of("eta"), TEXT.of("c"), TEXT.of("2/3 c eta"));
            Prompt<MatrixWord> prompt = DimensionFreeStep.prompt();
            GradientDescent<MatrixWord> descent = GradientDescent.of(WORDS, prompt);
            Vector<MatrixWord> start = Vector.of(List.of(TEXT.of(new Shape("d", "1"), "0 - 1/alpha q")));
            Vector<MatrixWord> last = descent.iterates(WORDS, start, schedule).get(3);
            assertThat(model.output(WORDS, prompt, schedule)).isEqualTo(last.scale(WORDS, prompt.query()));
        }

        @Test
        void constructionIsClassifiedAsTheGradientStep() {
            assertThat(DimensionFreeStep.classify(DimensionFreeStep.construction()))
                    .isEqualTo(new DimensionFreeStep.GradientStep());
        }
    }

    @Nested
    class AnyParameters {
        @Test
        void formulaForAnyBlocksUnderTheGenerationMask() {
            assertThat(DimensionFreeStep.update(attention(GENERIC_Q, GENERIC_P, GENERATION)))
                    .isEqualTo(blocks(
                            STATE,
                            "0",
                            "0",
                            "q' Q11 X' X P11 + alpha Q21' X' X P11 + q' Q12 y' X P11 + alpha Q22 y' X P11"
                                    + " + q' Q11 X' y P21' + alpha Q21' X' y P21' + q' Q12 y' y P21'"
                                    + " + alpha Q22 y' y P21'",
                            "q' Q11 X' X P12 + alpha Q21' X' X P12 + q' Q12 y' X P12 + alpha Q22 y' X P12"
                                    + " + q' Q11 X' y P22 + alpha Q21' X' y P22 + q' Q12 y' y P22"
                                    + " + alpha Q22 y' y P22"));
        }

        @Test
        void formulaForExamplesThatAttendToEachOther() {
            Matrix<MatrixWord> update = DimensionFreeStep.update(attention("A | 0 | 0 | 0", "S | 0 | 0 | 0", "1000"));
            assertThat(update).isEqualTo(blocks(STATE, "X A X' X S", "0", "0", "0"));
        }

        /** Q, P; the preconditioner A. */
        @ParameterizedTest
        @CsvSource({
            "I | 0 | 0 | 1, A | 0 | 0 | 0, A'",
            "I | 0 | 0 | 1, A' | 0 | 0 | 0, A",
            "I | 0 | 0 | 1, S | 0 | 0 | 0, S",
            "2 I | 0 | 0 | 2, 1/2 A' S | 0 | 0 | 0, S A",
            "c I | 0 | 0 | c, A' | 0 | 0 | 0, c A",
            "I | 0 | 0 | 1, u v' | 0 | 0 | 0, v u'",
            "I | 0 | 0 | 1, u v' + c I | 0 | 0 | 0, v u' + c I",
            "I | 0 | 0 | 1, u u' A | 0 | 0 | 0, A' u u'",
            "I | 0 | 0 | 1, u' v I | 0 | 0 | 0, u' v I",
            "I | 0 | 0 | 1, 0 - I | 0 | 0 | 0, 0 - I",
            "I | 0 | 0 | 1, 3 I | 0 | 0 | 0, 3 I",
        })
        void preconditionedSteps(String keyQuery, String valueOutput, String preconditioner) {
            LinearAttention<MatrixWord> attention = attention(keyQuery, valueOutput, GENERATION);
            MatrixWord matrix = TEXT.of(new Shape("d", "d"), preconditioner);
            assertThat(DimensionFreeStep.classify(attention))
                    .isEqualTo(new DimensionFreeStep.PreconditionedStep(matrix));
            holds(DimensionFreeStep.inductionStep(new LoopedTransformer<>(attention), matrix), 4);
            assertThat(DimensionFreeStep.inductionStep(new LoopedTransformer<>(attention)))
                    .isInstanceOf(BlockComparison.Different.class);
        }

        /** Ways to write the gradient step that differ from the construction. */
        @ParameterizedTest
        @CsvSource({
            "2 I | 0 | 0 | 2, 1/2 I | 0 | 0 | 0",
            "c I | 0 | 0 | c, 1/c I | 0 | 0 | 0",
            "0 - I | 0 | 0 | 0 - 1, 0 - I | 0 | 0 | 0",
        })
        void gradientSteps(String keyQuery, String valueOutput) {
            LinearAttention<MatrixWord> attention = attention(keyQuery, valueOutput, GENERATION);
            assertThat(DimensionFreeStep.classify(attention)).isEqualTo(new DimensionFreeStep.GradientStep());
            holds(DimensionFreeStep.lemma(attention), 4);
            holds(DimensionFreeStep.inductionStep(new LoopedTransformer<>(attention)), 4);
        }

        static Stream<Arguments> others() {
            Shape row = new Shape("1", "d");
            return Stream.of(
                    // the label's weight in the key-query matrix has another sign than the features'
                    Arguments.of(
                            attention("I | 0 | 0 | 0 - 1", PROJECTOR, GENERATION),
                            List.of(difference(1, 0, row, "q' X' X + alpha y' X", "q' X' X - alpha y' X"))),
                    // the label's weight is missing
                    Arguments.of(
                            attention(PROJECTOR, PROJECTOR, GENERATION),
                            List.of(difference(1, 0, row, "q' X' X + alpha y' X", "q' X' X"))),
                    // a preconditioner on the wrong side: q'A X'X
                    Arguments.of(
                            attention("A | 0 | 0 | 1", PROJECTOR, GENERATION),
                            List.of(difference(1, 0, row, "q' X' X + alpha y' X", "q' A X' X + alpha y' X"))),
                    // the labels leak
                    Arguments.of(
                            attention(IDENTITY, IDENTITY, GENERATION),
                            List.of(difference(1, 1, Shape.SCALAR, "0", "q' X' y + alpha y' y"))),
                    // a wrong block of P is the identity
                    Arguments.of(
                            attention(IDENTITY, "0 | 0 | 0 | 1", GENERATION),
                            List.of(
                                    difference(1, 0, row, "q' X' X + alpha y' X", "0"),
                                    difference(1, 1, Shape.SCALAR, "0", "q' X' y + alpha y' y"))),
                    // the query attends to itself too
                    Arguments.of(
                            attention(IDENTITY, PROJECTOR, "0011"),
                            List.of(difference(
                                    1,
                                    0,
                                    row,
                                    "q' X' X + alpha y' X",
                                    "q' X' X + alpha y' X + q' q q' + alpha alpha q'"))),
                    // the examples attend to each other too
                    Arguments.of(
                            attention(IDENTITY, PROJECTOR, "1010"),
                            List.of(difference(0, 0, new Shape("n", "d"), "0", "X X' X + y y' X"))),
                    // nothing happens
                    Arguments.of(
                            attention(IDENTITY, PROJECTOR, "0000"),
                            List.of(difference(1, 0, row, "q' X' X + alpha y' X", "0"))),
                    // a mask of examples that attend to the query
                    Arguments.of(
                            attention(IDENTITY, PROJECTOR, "0100"),
                            List.of(
                                    difference(0, 0, new Shape("n", "d"), "0", "X q q' + alpha y q'"),
                                    difference(1, 0, row, "q' X' X + alpha y' X", "0"))));
        }

        @ParameterizedTest
        @MethodSource("others")
        void otherUpdatesAreShown(LinearAttention<MatrixWord> attention, List<BlockComparison.Difference> differences) {
            assertThat(DimensionFreeStep.classify(attention)).isEqualTo(new DimensionFreeStep.OtherUpdate(differences));
            assertThat(DimensionFreeStep.lemma(attention)).isInstanceOf(BlockComparison.Different.class);
        }

        /** A skew form vanishes at every vector: what is added is zero, and is seen to be. */
        @Test
        void zeroInDisguiseIsNoDifference() {
            LinearAttention<MatrixWord> attention = attention("A - A' | 0 | 0 | 0", PROJECTOR, "0001");
            assertThat(DimensionFreeStep.update(attention).get(1, 0)).isEqualTo(TEXT.of(new Shape("1", "d"), "0"));
        }

        @Test
        void parametersMustNotContainThePrompt() {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() ->
                            DimensionFreeStep.classify(attention(IDENTITY, "theta theta' | 0 | 0 | 0", GENERATION)))
                    .withMessage("expected a block without symbols of the prompt, got [theta] in theta*theta'");
            Matrix<MatrixWord> weights = Matrix.of(2, 2, (i, j) -> TEXT.of(i == 1 && j == 0 ? "alpha" : "0"));
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> DimensionFreeStep.classify(
                            LinearAttention.of(WORDS, parameters(IDENTITY), parameters(PROJECTOR), weights)))
                    .withMessageContaining("got [alpha] in alpha");
        }

        @Test
        void weightsOfBlocksAreScalars() {
            Matrix<MatrixWord> weights = Matrix.of(2, 2, (i, j) -> TEXT.of(i == 1 && j == 0 ? "c" : "0"));
            LinearAttention<MatrixWord> weighted =
                    LinearAttention.of(WORDS, parameters(IDENTITY), parameters(PROJECTOR), weights);
            assertThat(DimensionFreeStep.classify(weighted))
                    .isEqualTo(new DimensionFreeStep.PreconditionedStep(TEXT.of(new Shape("d", "d"), "c I")));
            Matrix<MatrixWord> matrices = Matrix.of(2, 2, (i, j) -> WORDS.one(new Shape("n", "n")));
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> LinearAttention.of(WORDS, parameters(IDENTITY), parameters(PROJECTOR), matrices))
                    .withMessage("expected a mask of scalars, got a weight of shape n x n");
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() ->
                            EntrywiseCheck.update(weighted, DimensionFreeStep.update(weighted), Map.of("n", 1, "d", 1)))
                    .withMessageContaining("got weights");
        }

        @Test
        void blocksOfWrongShapesAreRefused() {
            Matrix<MatrixWord> wrong = blocks(STATE, "X", "y", "q'", "1");
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> DimensionFreeStep.update(
                            LinearAttention.of(wrong, parameters(PROJECTOR), LinearAttention.generationMask(1))))
                    .withMessageContaining("matrix words");
        }
    }

    /** Attention with one deviation from the definition; each must be seen in the normal form. */
    @Nested
    class FalseTwins {
        private Matrix<MatrixWord> masked(Matrix<MatrixWord> scores) {
            return scores.hadamard(WORDS, LinearAttention.generationMask(1));
        }

        private Attention<MatrixWord> twin(UnaryOperator<Matrix<MatrixWord>> update) {
            return new Attention<>() {
                @Override
                public MatrixWord entry(
                        Arithmetic<MatrixWord> ring, Matrix<MatrixWord> hiddenState, int row, int column) {
                    return update.apply(hiddenState).get(row, column);
                }
            };
        }

        private final Matrix<MatrixWord> q = parameters(GENERIC_Q);
        private final Matrix<MatrixWord> p = parameters(GENERIC_P);
        private final Matrix<MatrixWord> truth = DimensionFreeStep.update(attention(GENERIC_Q, GENERIC_P, GENERATION));

        private Matrix<MatrixWord> printed(
                Matrix<MatrixWord> z, Matrix<MatrixWord> keyQuery, Matrix<MatrixWord> valueOutput) {
            return masked(z.multiply(WORDS, keyQuery).multiply(WORDS, z.transpose(WORDS)))
                    .multiply(WORDS, z)
                    .multiply(WORDS, valueOutput);
        }

        @Test
        void formulaAsPrintedIsTheTrueTwin() {
            assertThat(DimensionFreeStep.update(twin(z -> printed(z, q, p)))).isEqualTo(truth);
        }

        @Test
        void deviationsAreSeen() {
            assertThat(DimensionFreeStep.update(twin(z -> printed(z, q.transpose(WORDS), p))))
                    .as("transposed key-query matrix")
                    .isNotEqualTo(truth);
            assertThat(DimensionFreeStep.update(twin(z -> printed(z, q, p.transpose(WORDS)))))
                    .as("transposed value-output matrix")
                    .isNotEqualTo(truth);
            assertThat(DimensionFreeStep.update(twin(z -> printed(z, q, p).negate(WORDS))))
                    .as("sign")
                    .isNotEqualTo(truth);
            assertThat(DimensionFreeStep.update(twin(z -> printed(z, p, q))))
                    .as("exchanged matrices")
                    .isNotEqualTo(truth);
            assertThat(DimensionFreeStep.update(attention(GENERIC_Q, "P11 | P12 | 0 | P22", GENERATION)))
                    .as("dropped block")
                    .isNotEqualTo(truth);
            assertThat(DimensionFreeStep.update(attention(GENERIC_Q, GENERIC_P, "0011")))
                    .as("mask")
                    .isNotEqualTo(truth);
        }

        /** Z + eta Attn(Z), and the answer without its sign. */
        @Test
        void wrongSignsOfTheModel() {
            LoopedModel<MatrixWord> wrong = new LoopedModel<>() {
                private final Attention<MatrixWord> attention = DimensionFreeStep.construction();

                @Override
                public Matrix<MatrixWord> step(
                        Arithmetic<MatrixWord> ring, Matrix<MatrixWord> hiddenState, MatrixWord stepSize) {
                    return hiddenState.add(
                            ring, attention.apply(ring, hiddenState).scale(ring, stepSize));
                }

                @Override
                public Vector<MatrixWord> read(Arithmetic<MatrixWord> ring, Matrix<MatrixWord> hiddenState) {
                    return new LoopedTransformer<>(attention)
                            .read(ring, hiddenState)
                            .negate(ring);
                }
            };
            assertThat(DimensionFreeStep.inductionStep(wrong))
                    .isEqualTo(new BlockComparison.Different(List.of(difference(
                            1,
                            0,
                            new Shape("1", "d"),
                            "alpha eta theta' X' X - alpha eta y' X - alpha theta'",
                            "alpha eta y' X - alpha eta theta' X' X - alpha theta'"))));
            assertThat(DimensionFreeStep.answer(wrong))
                    .isEqualTo(new BlockComparison.Different(
                            List.of(difference(0, 0, new Shape("d", "1"), "alpha theta", "0 - alpha theta"))));
            holds(DimensionFreeStep.inductionStep(wrong, TEXT.of(new Shape("d", "d"), "0 - I")), 4);
        }
    }

    /** Words against the scalar program: at rational matrices, and with every entry indeterminate. */
    @Nested
    class AtFixedShapes {
        static Stream<LinearAttention<MatrixWord>> attentions() {
            List<LinearAttention<MatrixWord>> attentions = new ArrayList<>(List.of(
                    DimensionFreeStep.construction(),
                    attention(IDENTITY, "A | u | v' | c", GENERATION),
                    attention("A S | u | u' A | c", "u v' | 0 | 0 | 0", GENERATION),
                    attention("c I | 0 | 0 | c", "1/c A' S | 0 | 0 | 0", GENERATION)));
            for (int pattern = 0; pattern < 16; pattern++) {
                String mask =
                        String.format("%4s", Integer.toBinaryString(pattern)).replace(' ', '0');
                attentions.add(attention(GENERIC_Q, GENERIC_P, mask));
            }
            return attentions.stream();
        }

        private MatrixInterpretation<BigRational> random(
                LinearAttention<MatrixWord> attention, Random random, int n, int d) {
            SortedSet<MatrixSymbol> symbols = new TreeSet<>();
            for (Matrix<MatrixWord> matrix : List.of(
                    attention.keyQuery(),
                    attention.valueOutput(),
                    DimensionFreeStep.prompt().asMatrix(WORDS))) {
                matrix.toLists().forEach(row -> row.forEach(word -> symbols.addAll(word.symbols())));
            }
            return MatrixInterpretation.of(
                    RationalField.INSTANCE,
                    Map.of("n", n, "d", d),
                    List.copyOf(symbols),
                    (symbol, i, j) -> Samples.nonzero(random));
        }

        @ParameterizedTest
        @MethodSource("attentions")
        void wordsTakeTheValuesOfTheScalarProgram(LinearAttention<MatrixWord> attention) {
            Random random = new Random(11);
            for (int[] size : new int[][] {{1, 1}, {2, 1}, {3, 2}, {4, 3}}) {
                MatrixInterpretation<BigRational> values = random(attention, random, size[0], size[1]);
                LinearAttention<BigRational> scalar = LinearAttention.of(
                        values.evaluate(attention.keyQuery()),
                        values.evaluate(attention.valueOutput()),
                        values.expand(attention.mask(), List.of("n", "1"), List.of("n", "1")));
                Matrix<BigRational> state =
                        values.evaluate(DimensionFreeStep.prompt().asMatrix(WORDS));
                assertThat(state.rows()).isEqualTo(size[0] + 1);
                assertThat(values.evaluate(DimensionFreeStep.update(attention)))
                        .isEqualTo(scalar.apply(RationalField.INSTANCE, state));
            }
        }

        @Test
        void blockConstructionIsTheScalarConstruction() {
            MatrixInterpretation<BigRational> values = random(DimensionFreeStep.construction(), new Random(3), 4, 3);
            LinearAttention<BigRational> scalar = LinearAttention.construction(RationalField.INSTANCE, 4, 3);
            LinearAttention<MatrixWord> blocks = DimensionFreeStep.construction();
            assertThat(values.evaluate(blocks.keyQuery())).isEqualTo(scalar.keyQuery());
            assertThat(values.evaluate(blocks.valueOutput())).isEqualTo(scalar.valueOutput());
            assertThat(values.expand(blocks.mask(), List.of("n", "1"), List.of("n", "1")))
                    .isEqualTo(scalar.mask());
        }

        @ParameterizedTest
        @MethodSource("attentions")
        void wordsMultipliedOutAreTheProgramOnIndeterminates(LinearAttention<MatrixWord> attention) {
            Matrix<MatrixWord> update = DimensionFreeStep.update(attention);
            for (int[] size : new int[][] {{1, 1}, {2, 1}, {1, 2}, {3, 2}}) {
                assertThat(EntrywiseCheck.update(attention, update, Map.of("n", size[0], "d", size[1])))
                        .isEqualTo(new EntrywiseCheck.Equal((size[0] + 1) * (size[1] + 1)));
            }
        }

        /** Theorem 4.2 at fixed shapes and loops, with every entry and every step size indeterminate. */
        @ParameterizedTest
        @CsvSource({"1, 1, 3", "2, 1, 2", "1, 2, 2", "2, 2, 2", "4, 3, 1"})
        void loopsOnIndeterminates(int n, int d, int loops) {
            List<MatrixSymbol> symbols = new ArrayList<>(List.of(
                    DimensionFreeStep.EXAMPLES,
                    DimensionFreeStep.LABELS,
                    DimensionFreeStep.QUERY_VECTOR,
                    DimensionFreeStep.QUERY));
            for (int t = 0; t < loops; t++) {
                symbols.add(MatrixSymbol.scalar("eta_" + t));
            }
            MatrixInterpretation<RationalFunction> entries =
                    MatrixInterpretation.indeterminate(Map.of("n", n, "d", d), symbols);
            Prompt<RationalFunction> prompt = Prompt.of(
                    entries.field(), entries.evaluate(DimensionFreeStep.prompt().asMatrix(WORDS)));
            List<RationalFunction> schedule = symbols.subList(4, symbols.size()).stream()
                    .map(symbol -> entries.symbol(symbol).get(0, 0))
                    .toList();
            LinearAttention<RationalFunction> construction = LinearAttention.construction(entries.field(), n, d);
            assertThat(ReplayCheck.check(entries.field(), new LoopedTransformer<>(construction), prompt, schedule))
                    .isEqualTo(new ReplayCheck.Equal(loops));
            LinearAttention<RationalFunction> wrong = LinearAttention.of(
                    construction.keyQuery(), construction.valueOutput().negate(entries.field()), construction.mask());
            assertThat(ReplayCheck.check(entries.field(), new LoopedTransformer<>(wrong), prompt, schedule))
                    .isInstanceOf(ReplayCheck.IterateDiffers.class);
        }

        /** The construction at a larger shape. */
        @Test
        void lemmaOnIndeterminates() {
            assertThat(EntrywiseCheck.update(
                            DimensionFreeStep.construction(),
                            DimensionFreeStep.gradientUpdate(),
                            Map.of("n", 4, "d", 3)))
                    .isEqualTo(new EntrywiseCheck.Equal(20));
        }

        /** Wrong words for the construction's last row; the entrywise way must tell each from the truth. */
        @ParameterizedTest
        @CsvSource({
            "q' X' X - alpha y' X",
            "q' X' X",
            "q' X' X + y' X",
            "q' X' X + 2 alpha y' X",
            "q' X' X + alpha y' X + q'",
            "q' q q' + alpha y' X",
        })
        void wrongWordsAreSeenInTheEntries(String row) {
            Matrix<MatrixWord> wrong = blocks(STATE, "0", "0", row, "0");
            assertThat(BlockComparison.of(DimensionFreeStep.gradientUpdate(), wrong))
                    .isInstanceOf(BlockComparison.Different.class);
            assertThat(EntrywiseCheck.update(DimensionFreeStep.construction(), wrong, Map.of("n", 2, "d", 2)))
                    .isInstanceOfSatisfying(EntrywiseCheck.Different.class, different -> {
                        assertThat(different.row()).isEqualTo(2);
                        assertThat(different.column()).isZero();
                        assertThat(different.expected()).contains("X_1_1*alpha*y_1");
                    });
        }

        /** A dropped transpose: X A X' for X A'X'. At d = 1 nothing is to be seen, at d = 2 it is. */
        @Test
        void droppedTransposeIsSeenFromTwoFeaturesOn() {
            LinearAttention<MatrixWord> attention = attention("A | 0 | 0 | 0", PROJECTOR, GENERATION);
            Matrix<MatrixWord> wrong = blocks(STATE, "0", "0", "q' A' X' X", "0");
            assertThat(DimensionFreeStep.update(attention)).isNotEqualTo(wrong);
            assertThat(EntrywiseCheck.update(attention, wrong, Map.of("n", 2, "d", 1)))
                    .isEqualTo(new EntrywiseCheck.Equal(6));
            assertThat(EntrywiseCheck.update(attention, wrong, Map.of("n", 2, "d", 2)))
                    .isInstanceOf(EntrywiseCheck.Different.class);
        }
    }
}
