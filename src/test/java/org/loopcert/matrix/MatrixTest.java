package org.loopcert.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.loopcert.ring.Arithmetic;
import org.loopcert.ring.FloatingPoint;
import org.loopcert.ring.IntervalRing;
import org.loopcert.ring.MatrixSymbol;
import org.loopcert.ring.RationalField;
import org.loopcert.ring.RationalFunction;
import org.loopcert.ring.ResidueField;
import org.loopcert.ring.Shape;

class MatrixTest {
    private static final ResidueField RESIDUES = ResidueField.of(BigInteger.valueOf(10007));
    private static final RationalField RATIONALS = RationalField.INSTANCE;

    private static Matrix<BigInteger> random(Random random, int rows, int columns) {
        return Matrix.of(rows, columns, (i, j) -> RESIDUES.fromLong(random.nextInt()));
    }

    private static Matrix<BigRational> integers(long[]... rows) {
        return Matrix.of(rows.length, rows[0].length, (i, j) -> RATIONALS.fromLong(rows[i][j]));
    }

    @Test
    void refusesEmptyRaggedAndNull() {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> Matrix.of(List.<List<Integer>>of()));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Matrix.of(List.of(List.<Integer>of())));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Matrix.of(List.of(List.of(1, 2), List.of(3))))
                .withMessage("expected 2 columns in row 1, got 1");
        assertThatNullPointerException().isThrownBy(() -> Matrix.of(List.of(Arrays.asList(1, null))));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> Vector.of(List.of()));
    }

    @Test
    void isAValueThatDoesNotShareItsLists() {
        List<Integer> row = new ArrayList<>(List.of(1, 2));
        Matrix<Integer> matrix = Matrix.of(List.of(row));
        row.set(0, 9);
        assertThat(matrix).isEqualTo(Matrix.of(List.of(List.of(1, 2))));
        assertThat(matrix).hasSameHashCodeAs(Matrix.of(List.of(List.of(1, 2))));
        assertThat(matrix).isNotEqualTo(Matrix.of(List.of(List.of(1), List.of(2))));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> matrix.toLists().get(0).set(0, 9));
        assertThat(matrix.row(0)).isEqualTo(Vector.of(List.of(1, 2)));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> matrix.get(1, 0));
    }

    @Test
    void multipliesByHand() {
        assertThat(integers(new long[] {1, 2}, new long[] {3, 4})
                        .multiply(RATIONALS, integers(new long[] {5}, new long[] {6})))
                .isEqualTo(integers(new long[] {17}, new long[] {39}));
        assertThat(integers(new long[] {1, 2}, new long[] {3, 4}).gram(RATIONALS))
                .isEqualTo(integers(new long[] {10, 14}, new long[] {14, 20}));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> integers(new long[] {1, 2}).multiply(RATIONALS, integers(new long[] {1, 2})))
                .withMessage("expected a factor of 2 rows, got 1 rows");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> integers(new long[] {1, 2}).add(RATIONALS, integers(new long[] {1})));
    }

    @Property(tries = 200)
    void productLaws(
            @ForAll Random source,
            @ForAll @IntRange(min = 1, max = 5) int n,
            @ForAll @IntRange(min = 1, max = 5) int m,
            @ForAll @IntRange(min = 1, max = 5) int k) {
        Matrix<BigInteger> a = random(source, n, m);
        Matrix<BigInteger> b = random(source, m, k);
        Matrix<BigInteger> b2 = random(source, m, k);
        Matrix<BigInteger> c = random(source, k, n);
        assertThat(a.multiply(RESIDUES, b).multiply(RESIDUES, c))
                .isEqualTo(a.multiply(RESIDUES, b.multiply(RESIDUES, c)));
        assertThat(a.multiply(RESIDUES, b.add(RESIDUES, b2)))
                .isEqualTo(a.multiply(RESIDUES, b).add(RESIDUES, a.multiply(RESIDUES, b2)));
        assertThat(a.multiply(RESIDUES, b).transpose(RESIDUES))
                .isEqualTo(b.transpose(RESIDUES).multiply(RESIDUES, a.transpose(RESIDUES)));
        assertThat(Matrix.identity(RESIDUES, n).multiply(RESIDUES, a)).isEqualTo(a);
        assertThat(a.subtract(RESIDUES, a)).isEqualTo(Matrix.zero(RESIDUES, n, m));
        assertThat(a.add(RESIDUES, a.negate(RESIDUES))).isEqualTo(Matrix.zero(RESIDUES, n, m));
        assertThat(a.scale(RESIDUES, RESIDUES.fromLong(2))).isEqualTo(a.add(RESIDUES, a));
        Vector<BigInteger> v = b.column(0);
        assertThat(a.multiply(RESIDUES, v)).isEqualTo(a.multiply(RESIDUES, b).column(0));
        assertThat(a.multiply(RESIDUES, v).get(0)).isEqualTo(a.row(0).dot(RESIDUES, v));
    }

    @Property(tries = 200)
    void blocksReassembleAndMultiplyBlockwise(
            @ForAll Random source,
            @ForAll @IntRange(min = 2, max = 6) int n,
            @ForAll @IntRange(min = 2, max = 6) int m) {
        Matrix<BigInteger> a = random(source, n, m);
        int r = 1 + source.nextInt(n - 1);
        int c = 1 + source.nextInt(m - 1);
        Matrix<BigInteger> northWest = a.block(0, r, 0, c);
        Matrix<BigInteger> northEast = a.block(0, r, c, m);
        Matrix<BigInteger> south = a.block(r, n, 0, m);
        assertThat(Matrix.blockMatrix(List.of(List.of(northWest, northEast), List.of(south))))
                .isEqualTo(a);
        assertThat(northWest.gram(RESIDUES).add(RESIDUES, a.block(r, n, 0, c).gram(RESIDUES)))
                .isEqualTo(a.gram(RESIDUES).block(0, c, 0, c));
        if (r != n - r) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> Matrix.blockMatrix(List.of(List.of(northWest, south))));
        }
    }

    @Property(tries = 100)
    void maskIsAnEntrywiseProductWithZerosAndOnes(
            @ForAll Random source,
            @ForAll @IntRange(min = 1, max = 5) int n,
            @ForAll @IntRange(min = 1, max = 5) int m) {
        Matrix<BigInteger> a = random(source, n, m);
        Mask mask = Mask.of(n, m, (i, j) -> source.nextBoolean());
        Matrix<BigInteger> asMatrix = Matrix.of(n, m, (i, j) -> mask.isOne(i, j) ? RESIDUES.one() : RESIDUES.zero());
        assertThat(a.hadamard(RESIDUES, mask)).isEqualTo(a.hadamard(RESIDUES, asMatrix));
        assertThat(a.hadamard(RESIDUES, Mask.ones(n, m))).isEqualTo(a);
        assertThat(mask).isEqualTo(Mask.of(n, m, mask::isOne)).hasSameHashCodeAs(mask);
    }

    @Test
    void productsSkipNothing() {
        Matrix<Double> zeros = Matrix.of(List.of(List.of(0.0, 0.0)));
        Matrix<Double> infinite = Matrix.of(List.of(List.of(Double.POSITIVE_INFINITY), List.of(1.0)));
        assertThat(zeros.multiply(FloatingPoint.BINARY64, infinite).get(0, 0)).isNaN();
        assertThat(infinite.hadamard(FloatingPoint.BINARY64, Mask.of(2, 1, (i, j) -> i == 1))
                        .get(0, 0))
                .isZero();
    }

    @Test
    void sumsRunInTheOrderOfTheIndices() {
        Matrix<Double> row = Matrix.of(List.of(List.of(0x1p53, 1.0, -0x1p53)));
        Matrix<Double> ones = Matrix.column(Vector.constant(3, 1.0));
        assertThat(row.multiply(FloatingPoint.BINARY64, ones).get(0, 0)).isZero();
    }

    @Test
    void elementsOfAllSizesAreOneArithmetic() {
        MatrixArithmetic<BigRational> matrices = new MatrixArithmetic<>(RATIONALS);
        Matrix<BigRational> wide = Matrix.of(2, 3, (i, j) -> RATIONALS.fromLong(3L * i + j));
        Matrix<BigRational> two = matrices.scalar(RATIONALS.fromLong(2));
        assertThat(matrices.multiply(two, wide))
                .isEqualTo(wide.add(RATIONALS, wide))
                .isEqualTo(matrices.multiply(wide, two));
        assertThat(matrices.shape(wide)).hasToString("2 x 3");
        assertThat(matrices.show(two)).isEqualTo("[[2]]");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> matrices.multiply(wide, wide))
                .withMessage("expected a factor of 3 rows, got 2 rows");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> matrices.one(new Shape("2", "3")))
                .withMessageContaining("square");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> matrices.zero(new Shape("n", "3")))
                .withMessageContaining("expected a number of rows or columns, got n");
    }

    /** Rounded sums are not associative, so products of rounded matrices are not either. */
    @Test
    void matricesInheritOnlyTheLawsThatTheirProductsKeep() {
        assertThat(new MatrixArithmetic<>(RATIONALS).properties())
                .contains(org.loopcert.ring.Property.ASSOCIATIVE, org.loopcert.ring.Property.DISTRIBUTIVE)
                .doesNotContain(org.loopcert.ring.Property.COMMUTATIVE, org.loopcert.ring.Property.FIELD);
        assertThat(new MatrixArithmetic<>(IntervalRing.of(24)).properties())
                .doesNotContain(org.loopcert.ring.Property.ASSOCIATIVE);
    }

    @Test
    void masksOfBlocksAreExpanded() {
        MatrixInterpretation<BigRational> sizes =
                new MatrixInterpretation<>(RATIONALS, Map.of("n", 3, "d", 2), Map.of());
        Mask blocks = Mask.of(2, 2, (i, j) -> i == 1 && j == 0);
        assertThat(sizes.expand(blocks, List.of("n", "1"), List.of("d", "1"))).hasToString("000\n000\n000\n110");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> sizes.expand(blocks, List.of("n"), List.of("d", "1")))
                .withMessage("expected 2 heights and 2 widths, got 1 and 2");
    }

    @Test
    void mirroredEntriesOfASymmetricSymbolAreOneIndeterminate() {
        MatrixSymbol symmetric = MatrixSymbol.symmetric("S", "d");
        MatrixInterpretation<RationalFunction> entries =
                MatrixInterpretation.indeterminate(Map.of("d", 2), List.of(symmetric, MatrixSymbol.vector("q", "d")));
        Matrix<RationalFunction> value = entries.symbol(symmetric);
        assertThat(value.get(0, 1)).isEqualTo(value.get(1, 0)).isNotEqualTo(value.get(0, 0));
        assertThat(new MatrixArithmetic<>(entries.field()).show(value)).isEqualTo("[[S_1_1, S_1_2], [S_1_2, S_2_2]]");
        // X of shape n x 1 and X of shape 1 x d have an entry X_1 each
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> MatrixInterpretation.indeterminate(
                        Map.of("n", 1, "d", 1),
                        List.of(MatrixSymbol.vector("X", "n"), MatrixSymbol.matrix("X", "1", "d"))))
                .withMessageContaining("distinct");
    }

    /**
     * Words in non-commuting letters: the interfaces fit arithmetics that are no rings of scalars.
     */
    @Test
    void blockMatricesOfNonCommutingWordsKeepOrderAndTranspose() {
        Words words = new Words();
        Matrix<String> a = Matrix.of(List.of(List.of("A", "B")));
        Matrix<String> product = a.multiply(words, Matrix.of(List.of(List.of("C"), List.of("D"))));
        assertThat(product.get(0, 0)).isEqualTo("A.C+B.D");
        assertThat(a.multiply(words, a.transpose(words)).get(0, 0)).isEqualTo("A.A'+B.B'");
        assertThat(a.hadamard(words, Mask.of(1, 2, (i, j) -> j == 1)).toLists()).isEqualTo(List.of(List.of("0", "B")));
    }

    /** Free words, unsimplified; enough to see the order of factors. */
    private static final class Words implements Arithmetic<String> {
        @Override
        public String name() {
            return "words";
        }

        @Override
        public Set<org.loopcert.ring.Property> properties() {
            return Set.of();
        }

        @Override
        public Shape shape(String element) {
            return new Shape("k", "k");
        }

        @Override
        public String zero(Shape shape) {
            return "0";
        }

        @Override
        public String one(Shape shape) {
            return "I";
        }

        @Override
        public String add(String left, String right) {
            return left + "+" + right;
        }

        @Override
        public String subtract(String left, String right) {
            return left + "-" + right;
        }

        @Override
        public String negate(String element) {
            return "-" + element;
        }

        @Override
        public String multiply(String left, String right) {
            return left + "." + right;
        }

        @Override
        public String transpose(String element) {
            return element + "'";
        }

        @Override
        public boolean equal(String left, String right) {
            return left.equals(right);
        }
    }
}
