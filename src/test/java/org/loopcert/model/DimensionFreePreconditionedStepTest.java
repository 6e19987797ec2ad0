package org.loopcert.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.obermuhlner.math.big.BigRational;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.MatrixInterpretation;
import org.loopcert.ring.MatrixSymbol;
import org.loopcert.ring.MatrixWord;
import org.loopcert.ring.MatrixWordArithmetic;
import org.loopcert.ring.RationalField;
import org.loopcert.ring.Shape;
import org.loopcert.ring.WordText;

class DimensionFreePreconditionedStepTest {
    private static final MatrixWordArithmetic WORDS = MatrixWordArithmetic.INSTANCE;
    private static final List<MatrixSymbol> SYMBOLS = List.of(
            DimensionFreePreconditionedStep.EXAMPLES,
            DimensionFreePreconditionedStep.LABELS,
            DimensionFreePreconditionedStep.QUERY,
            DimensionFreePreconditionedStep.PRECONDITIONER,
            DimensionFreePreconditionedStep.SHIFT,
            DimensionFreePreconditionedStep.ITERATE,
            DimensionFreePreconditionedStep.STEP_SIZE);
    private static final WordText TEXT = new WordText(SYMBOLS);
    private static final Shape[][] STATE = {
        {new Shape("d", "n"), new Shape("d", "1")}, {new Shape("1", "n"), Shape.SCALAR}
    };
    private static final MatrixWord SHIFT = MatrixWord.of(DimensionFreePreconditionedStep.SHIFT);
    private static final MatrixWord NO_SHIFT = WORDS.zero(new Shape("d", "1"));

    private static Matrix<MatrixWord> blocks(String... words) {
        return Matrix.of(2, 2, (i, j) -> TEXT.of(STATE[i][j], words[2 * i + j]));
    }

    private static void holds(BlockComparison comparison, int blocks) {
        assertThat(comparison).isEqualTo(new BlockComparison.Equal(blocks));
    }

    private static PreconditionedAttention<MatrixWord> with(String keyQuery, String valueOutput, String mask) {
        Shape[][] shapes = {{new Shape("d", "d"), new Shape("d", "1")}, {new Shape("1", "d"), Shape.SCALAR}};
        Shape[][] maskShapes = {{new Shape("n", "n"), new Shape("n", "1")}, {new Shape("1", "n"), Shape.SCALAR}};
        return new PreconditionedAttention<>(
                matrix(shapes, keyQuery), matrix(shapes, valueOutput), matrix(maskShapes, mask));
    }

    private static Matrix<MatrixWord> matrix(Shape[][] shapes, String text) {
        String[] words = text.split(" *\\| *");
        return Matrix.of(2, 2, (i, j) -> TEXT.of(shapes[i][j], words[2 * i + j]));
    }

    @Test
    void constructionIsTheOneWrittenByHand() {
        assertThat(DimensionFreePreconditionedStep.construction())
                .isEqualTo(with("A | 0 | 0 | 0", "0 | 0 | u' | 1", "I | 0 | 0 | 0"));
    }

    @Test
    void updateInWords() {
        assertThat(DimensionFreePreconditionedStep.construction()
                        .apply(WORDS, DimensionFreePreconditionedStep.prompt().asMatrix(WORDS)))
                .isEqualTo(blocks("0", "0", "u' X X' A X + y' X' A X", "u' X X' A x + y' X' A x"));
    }

    @Test
    void loopIsGradientDescentPreconditionedWithTheTranspose() {
        holds(
                DimensionFreePreconditionedStep.step(DimensionFreePreconditionedStep.construction(NO_SHIFT), NO_SHIFT),
                4);
        holds(DimensionFreePreconditionedStep.step(DimensionFreePreconditionedStep.construction(), SHIFT), 4);
        MatrixWord twice = WORDS.add(SHIFT, SHIFT);
        holds(DimensionFreePreconditionedStep.step(DimensionFreePreconditionedStep.construction(twice), twice), 4);
    }

    /** The step spelled out: what is left of the labels, and the prediction. */
    @Test
    void loopSpelledOut() {
        Matrix<MatrixWord> before = blocks("X", "x", "y' - w' X", "0 - w' x");
        assertThat(new LoopedTransformer<>(DimensionFreePreconditionedStep.construction(NO_SHIFT))
                        .step(WORDS, before, TEXT.of("eta")))
                .isEqualTo(blocks(
                        "X",
                        "x",
                        "y' - w' X + eta w' X X' A X - eta y' X' A X",
                        "0 - w' x + eta w' X X' A x - eta y' X' A x"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void predictionFormula(int loops) {
        holds(DimensionFreePreconditionedStep.prediction(DimensionFreePreconditionedStep.construction(), loops), 1);
    }

    @Test
    void predictionFormulaForAllLoopsByInduction() {
        holds(DimensionFreePreconditionedStep.errorStep(DimensionFreePreconditionedStep.construction()), 4);
        assertThat(DimensionFreePreconditionedStep.contraction())
                .isEqualTo(TEXT.of(new Shape("d", "d"), "I - eta X X' A"));
    }

    /** Q, P, M with one deviation each. */
    @ParameterizedTest
    @CsvSource({
        "A' | 0 | 0 | 0, 0 | 0 | u' | 1, I | 0 | 0 | 0",
        "A | 0 | 0 | 1, 0 | 0 | u' | 1, I | 0 | 0 | 0",
        "0 - A | 0 | 0 | 0, 0 | 0 | u' | 1, I | 0 | 0 | 0",
        "A | 0 | 0 | 0, 0 | 0 | 0 - u' | 1, I | 0 | 0 | 0",
        "A | 0 | 0 | 0, 0 | 0 | u' | 2, I | 0 | 0 | 0",
        "A | 0 | 0 | 0, 0 | u | 0 | 1, I | 0 | 0 | 0",
        "A | 0 | 0 | 0, I | 0 | u' | 1, I | 0 | 0 | 0",
        "A | 0 | 0 | 0, 0 | 0 | u' | 1, I | 0 | 0 | 1",
        "A | 0 | 0 | 0, 0 | 0 | u' | 1, 0 | 0 | 0 | 1",
    })
    void deviationsAreSeen(String keyQuery, String valueOutput, String mask) {
        PreconditionedAttention<MatrixWord> wrong = with(keyQuery, valueOutput, mask);
        assertThat(DimensionFreePreconditionedStep.step(wrong, SHIFT)).isInstanceOf(BlockComparison.Different.class);
        assertThat(DimensionFreePreconditionedStep.errorStep(wrong)).isInstanceOf(BlockComparison.Different.class);
        assertThat(DimensionFreePreconditionedStep.prediction(wrong, 2)).isInstanceOf(BlockComparison.Different.class);
    }

    @Test
    void wrongShiftIsShown() {
        assertThat(DimensionFreePreconditionedStep.step(DimensionFreePreconditionedStep.construction(), NO_SHIFT))
                .isEqualTo(new BlockComparison.Different(List.of(
                        new BlockComparison.Difference(
                                1,
                                0,
                                TEXT.of(STATE[1][0], "y' - w' X + eta w' X X' A X - eta y' X' A X"),
                                TEXT.of(STATE[1][0], "y' - w' X + eta w' X X' A X - eta y' X' A X - eta u' X X' A X")),
                        new BlockComparison.Difference(
                                1,
                                1,
                                TEXT.of("eta w' X X' A x - eta y' X' A x - w' x"),
                                TEXT.of("eta w' X X' A x - eta y' X' A x - w' x - eta u' X X' A x")))));
    }

    @Test
    void wordsTakeTheValuesOfTheScalarProgram() {
        Random random = new Random(17);
        PreconditionedAttention<MatrixWord> words = DimensionFreePreconditionedStep.construction();
        Matrix<MatrixWord> prompt = DimensionFreePreconditionedStep.prompt().asMatrix(WORDS);
        for (int[] size : new int[][] {{1, 1}, {2, 1}, {3, 2}, {4, 3}}) {
            MatrixInterpretation<BigRational> values = MatrixInterpretation.of(
                    RationalField.INSTANCE,
                    Map.of("n", size[0], "d", size[1]),
                    SYMBOLS,
                    (symbol, i, j) -> Samples.nonzero(random));
            PreconditionedAttention<BigRational> scalar = PreconditionedAttention.construction(
                    RationalField.INSTANCE,
                    values.symbol(DimensionFreePreconditionedStep.PRECONDITIONER),
                    values.symbol(DimensionFreePreconditionedStep.SHIFT).column(0),
                    size[0]);
            assertThat(values.evaluate(words.keyQuery())).isEqualTo(scalar.keyQuery());
            assertThat(values.evaluate(words.valueOutput())).isEqualTo(scalar.valueOutput());
            assertThat(values.evaluate(words.mask())).isEqualTo(scalar.mask());
            assertThat(values.evaluate(words.apply(WORDS, prompt)))
                    .isEqualTo(scalar.apply(RationalField.INSTANCE, values.evaluate(prompt)));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "1, 2", "3, 2"})
    void wordsMultipliedOutAreTheProgramOnIndeterminates(int n, int d) {
        PreconditionedAttention<MatrixWord> words = DimensionFreePreconditionedStep.construction();
        Matrix<MatrixWord> update =
                words.apply(WORDS, DimensionFreePreconditionedStep.prompt().asMatrix(WORDS));
        assertThat(EntrywiseCheck.update(words, update, Map.of("n", n, "d", d)))
                .isEqualTo(new EntrywiseCheck.Equal((n + 1) * (d + 1)));
    }

    @Test
    void wrongWordsAreSeenInTheEntries() {
        Matrix<MatrixWord> wrong = blocks("0", "0", "u' X X' A' X + y' X' A X", "u' X X' A x + y' X' A x");
        assertThat(EntrywiseCheck.update(DimensionFreePreconditionedStep.construction(), wrong, Map.of("n", 2, "d", 2)))
                .isInstanceOfSatisfying(EntrywiseCheck.Different.class, different -> {
                    assertThat(different.row()).isEqualTo(2);
                    assertThat(different.column()).isZero();
                });
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() ->
                        EntrywiseCheck.update(DimensionFreePreconditionedStep.construction(), wrong, Map.of("n", 2)))
                .withMessageContaining("expected a size for the dimension d");
    }
}
