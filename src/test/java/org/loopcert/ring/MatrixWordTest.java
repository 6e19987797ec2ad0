package org.loopcert.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.MatrixInterpretation;

class MatrixWordTest {
    private static final MatrixWordArithmetic WORDS = MatrixWordArithmetic.INSTANCE;
    private static final WordText TEXT = new WordText(ArithmeticCase.SYMBOLS);

    private static MatrixSymbol symbol(String name) {
        return ArithmeticCase.SYMBOLS.stream()
                .filter(symbol -> symbol.name().equals(name))
                .findAny()
                .orElseThrow();
    }

    private static MatrixWord word(String shape, String text) {
        return TEXT.of(new Shape(shape.substring(0, 1), shape.substring(1)), text);
    }

    /** Shape, the word as one would write it, its normal form. */
    @ParameterizedTest
    @CsvSource({
        "11, 3, 3",
        "11, y' y, (y'*y)",
        "11, q' X' y, (q'*X'*y)",
        "11, y' X q, (q'*X'*y)",
        "11, u' S q, (q'*S*u)",
        "11, u' S' q, (q'*S*u)",
        "11, alpha 1/alpha, 1",
        "11, eta alpha eta, alpha*eta^2",
        "11, 1/alpha 1/alpha, alpha^-2",
        "11, q' u q' u, (q'*u)^2",
        "11, q' u u' q, (q'*u)^2",
        "11, q' u - u' q, 0",
        "11, 1/2 q' A q - 1/2 q' A' q, 0",
        "nd, X, X",
        "nd, y q', y*q'",
        "nd, y q' X' y q', (q'*X'*y)*y*q'",
        "nd, alpha X eta, alpha*eta*X",
        "nd, X A - X A', X*A - X*A'",
        "dd, A S A', A*S*A'",
        "dd, S' - S, 0",
        "dd, A - A', A - A'",
        "dd, I, I",
        "dd, 2 I + A, 2*I + A",
        "dd, q u' - u q', q*u' - u*q'",
        "1d, q' X' X + alpha y' X, q'*X'*X + alpha*y'*X",
        "1d, u' q q', (q'*u)*q'",
        "d1, q q' u, (q'*u)*q",
    })
    void normalForms(String shape, String text, String normal) {
        MatrixWord word = word(shape, text);
        assertThat(word).hasToString(normal);
        assertThat(word.shape()).hasToString(shape.charAt(0) + " x " + shape.charAt(1));
    }

    /** Words that a careless normal form would confuse. */
    @ParameterizedTest
    @CsvSource({
        "dd, A S, S A",
        "dd, A A', A' A",
        "dd, q u', u q'",
        "11, q' A u, q' A' u",
        "11, q' q, u' q",
        "nd, X A, X A'",
        "nd, X, Y",
        "11, q' q u' u, q' u q' u",
        "dd, q' u I, q u'",
        "11, eta, alpha",
    })
    void differentWordsStayDifferent(String shape, String left, String right) {
        assertThat(word(shape, left)).isNotEqualTo(word(shape, right));
        assertThat(WORDS.isZero(WORDS.subtract(word(shape, left), word(shape, right))))
                .isFalse();
    }

    @Test
    void shapesAreChecked() {
        MatrixWord x = word("nd", "X");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> WORDS.add(x, word("dd", "A")))
                .withMessage("matrix words: expected a summand of shape n x d, got d x d");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> WORDS.multiply(x, x))
                .withMessage("matrix words: expected a right factor of d rows, got shape n x d");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> WORDS.one(x.shape()))
                .withMessageContaining("square");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new MatrixSymbol("S", new Shape("n", "d"), MatrixSymbol.Kind.SYMMETRIC));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new MatrixSymbol("c", new Shape("d", "d"), MatrixSymbol.Kind.NONZERO));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> MatrixSymbol.scalar(" "));
    }

    @Test
    void zerosOfDifferentShapesDiffer() {
        assertThat(WORDS.equal(word("nd", "X - X"), word("dd", "A - A"))).isFalse();
    }

    @Test
    void onlyProductsOfNonzeroScalarsAreInverted() {
        assertThat(WORDS.invert(TEXT.of("2 alpha alpha"))).isEqualTo(TEXT.of("1/2 1/alpha 1/alpha"));
        assertThat(WORDS.invert(TEXT.of("2/3"))).isEqualTo(TEXT.of("3/2"));
        for (MatrixWord other : List.of(
                TEXT.of("eta"), TEXT.of("eta alpha"), TEXT.of("alpha + 1"), TEXT.of("eta - eta"), TEXT.of("q' q"))) {
            assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> WORDS.invert(other));
        }
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> WORDS.invert(word("dd", "I")));
    }

    @Test
    void substitutionKeepsShapeAndKind() {
        MatrixWord word = word("1d", "q' X' X + alpha y' X");
        assertThat(WORDS.substitute(word, Map.of(symbol("y"), word("n1", "X u"))))
                .isEqualTo(word("1d", "q' X' X + alpha u' X' X"));
        assertThat(WORDS.substitute(TEXT.of("1/alpha"), Map.of(symbol("alpha"), TEXT.of("2 alpha alpha"))))
                .isEqualTo(TEXT.of("1/2 1/alpha 1/alpha"));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> WORDS.substitute(word, Map.of(symbol("y"), word("d1", "u"))))
                .withMessageContaining("expected a value of shape n x 1 for y, got d x 1");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> WORDS.substitute(word("dd", "S"), Map.of(symbol("S"), word("dd", "A"))))
                .withMessageContaining("expected a symmetric value for S, got A");
        assertThat(WORDS.substitute(word("dd", "S"), Map.of(symbol("S"), word("dd", "A + A'"))))
                .isEqualTo(word("dd", "A + A'"));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> WORDS.substitute(TEXT.of("alpha"), Map.of(symbol("alpha"), TEXT.of("eta - eta"))))
                .withMessageContaining("expected a nonzero value for alpha");
    }

    @Test
    void powersMustBeInNormalForm() {
        MatrixWord.Power number = TEXT.of("q' A u").terms().firstKey().scalars().get(0);
        assertThat(MatrixWord.of(number)).isEqualTo(TEXT.of("q' A u"));
        for (MatrixWord.Power other : List.of(
                new MatrixWord.Power(number.base().transpose(), 1),
                new MatrixWord.Power(number.base(), 0),
                new MatrixWord.Power(number.base(), -1),
                new MatrixWord.Power(new MatrixWord.Product(List.of()), 1))) {
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> MatrixWord.of(other));
        }
    }

    private static MatrixInterpretation<BigInteger> random(Random random, int n, int d) {
        ResidueField field = ResidueField.of(BigInteger.TWO.pow(61).subtract(BigInteger.ONE));
        return MatrixInterpretation.of(
                field,
                Map.of("n", n, "d", d),
                ArithmeticCase.SYMBOLS,
                (symbol, i, j) -> field.add(field.one(), field.fromInteger(new BigInteger(60, random))));
    }

    /** Sums, products and transposes of words become those of their matrices, at every shape. */
    @Property(tries = 200)
    void valuesAtMatricesAreAHomomorphism(@ForAll Random random) {
        List<String> dimensions = List.of("1", "n", "d");
        String rows = dimensions.get(random.nextInt(3));
        String middle = dimensions.get(random.nextInt(3));
        MatrixWord a = ArithmeticCase.word(new Shape(rows, middle), random);
        MatrixWord b = ArithmeticCase.word(new Shape(rows, middle), random);
        MatrixWord c = ArithmeticCase.word(new Shape(middle, dimensions.get(random.nextInt(3))), random);
        for (int[] size : new int[][] {{1, 1}, {2, 1}, {3, 2}, {4, 3}}) {
            MatrixInterpretation<BigInteger> values = random(random, size[0], size[1]);
            Arithmetic<Matrix<BigInteger>> matrices = values.arithmetic();
            Matrix<BigInteger> p = a.evaluate(values);
            Matrix<BigInteger> q = b.evaluate(values);
            Matrix<BigInteger> r = c.evaluate(values);
            assertThat(WORDS.add(a, b).evaluate(values)).isEqualTo(matrices.add(p, q));
            assertThat(WORDS.multiply(a, c).evaluate(values)).isEqualTo(matrices.multiply(p, r));
            assertThat(WORDS.transpose(a).evaluate(values)).isEqualTo(matrices.transpose(p));
            assertThat(WORDS.negate(a).evaluate(values)).isEqualTo(matrices.negate(p));
        }
    }

    /** The normal form is complete: words that differ take different values at some matrices. */
    @Property(tries = 300)
    void differentWordsHaveDifferentValues(@ForAll Random random) {
        List<String> dimensions = List.of("1", "n", "d");
        Shape shape = new Shape(dimensions.get(random.nextInt(3)), dimensions.get(random.nextInt(3)));
        MatrixWord a = ArithmeticCase.word(shape, random);
        MatrixWord b = ArithmeticCase.word(shape, random);
        // larger than the degree, so that no identity of small matrices interferes
        MatrixInterpretation<BigInteger> values = random(random, 7, 6);
        assertThat(a.evaluate(values).equals(b.evaluate(values))).isEqualTo(a.equals(b));
    }

    @Test
    void identitiesOfSmallMatricesAreNoIdentitiesOfWords() {
        // of 1 x 1 matrices
        MatrixWord commutator = word("dd", "A S - S A");
        assertThat(WORDS.isZero(commutator)).isFalse();
        assertThat(commutator.evaluate(random(new Random(1), 2, 1)).get(0, 0)).isZero();
    }

    @Test
    void valuesMustFit() {
        RationalField field = RationalField.INSTANCE;
        MatrixSymbol s = symbol("S");
        Matrix<BigRational> lower = Matrix.of(2, 2, (i, j) -> i >= j ? field.one() : field.zero());
        MatrixWord word = MatrixWord.of(s);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> word.evaluate(new MatrixInterpretation<>(field, Map.of("d", 2), Map.of(s, lower))))
                .withMessageContaining("expected a symmetric value for S");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> word.evaluate(new MatrixInterpretation<>(field, Map.of("d", 3), Map.of(s, lower))))
                .withMessageContaining("expected a value of shape 3 x 3 for S, got 2 x 2");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> word.evaluate(new MatrixInterpretation<>(field, Map.of("n", 3), Map.of(s, lower))))
                .withMessageContaining("expected a size for the dimension d");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> word.evaluate(new MatrixInterpretation<>(field, Map.of("d", 2), Map.of())))
                .withMessageContaining("expected a value for the symbol S");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new MatrixInterpretation<>(field, Map.of("d", 0), Map.of()));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new MatrixInterpretation<>(field, Map.of("1", 2), Map.of()));
    }
}
