package org.loopcert.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.obermuhlner.math.big.BigRational;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.MatrixInterpretation;
import org.loopcert.model.MaskComparison.Different;
import org.loopcert.model.MaskComparison.Result;
import org.loopcert.model.MaskComparison.Same;
import org.loopcert.model.MaskComparison.Weights;
import org.loopcert.ring.MatrixSymbol;
import org.loopcert.ring.RationalField;
import org.loopcert.ring.RationalFunction;
import org.loopcert.ring.RationalFunctionField;

class MaskComparisonTest {
    private static final RationalField Q = RationalField.INSTANCE;

    /** Whether row i of both layers is one row of polynomials in the entries of Z. */
    private static boolean equalAsPolynomials(
            Matrix<BigRational> m, Matrix<BigRational> n, Matrix<BigRational> q, Matrix<BigRational> p, int row) {
        MatrixSymbol symbol = MatrixSymbol.matrix("Z", "rows", "columns");
        MatrixInterpretation<RationalFunction> entries =
                MatrixInterpretation.indeterminate(Map.of("rows", m.rows(), "columns", q.rows()), List.of(symbol));
        RationalFunctionField field = (RationalFunctionField) entries.field();
        Matrix<RationalFunction> z = entries.symbol(symbol);
        Matrix<RationalFunction> scores =
                z.multiply(field, q.map(field::fromRational)).multiply(field, z.transpose(field));
        Matrix<RationalFunction> difference = scores.hadamard(field, m.map(field::fromRational))
                .subtract(field, scores.multiply(field, n.map(field::fromRational)))
                .multiply(field, z)
                .multiply(field, p.map(field::fromRational));
        return difference.row(row).toList().stream().allMatch(field::isZero);
    }

    private static Matrix<BigRational> random(Random random, int rows, int columns) {
        return Matrix.of(rows, columns, (i, j) -> BigRational.valueOf(random.nextInt(3) - 1));
    }

    private static Matrix<BigRational> outer(Matrix<BigRational> column, Matrix<BigRational> row) {
        return column.multiply(Q, row.transpose(Q));
    }

    /** Q and P of each case in turn, d + 1 rows. */
    private static List<Matrix<BigRational>> weights(Random random, int kind, int size) {
        Matrix<BigRational> any = random(random, size, size);
        Matrix<BigRational> line = random(random, size, 1);
        Matrix<BigRational> rankOne = outer(random(random, size, 1), random(random, size, 1));
        return switch (kind) {
            case 0 -> List.of(outer(random(random, size, 1), line), outer(line, random(random, size, 1)));
            case 1 -> List.of(any.subtract(Q, any.transpose(Q)), rankOne);
            case 2 -> List.of(any.subtract(Q, any.transpose(Q)), random(random, size, size));
            case 3 -> List.of(any, rankOne);
            case 4 -> List.of(rankOne, any);
            case 5 -> List.of(rankOne, outer(random(random, size, 1), random(random, size, 1)));
            default -> List.of(any, random(random, size, size));
        };
    }

    /** A mask that agrees by one of the rules, and one that may not by a change of one entry. */
    private static List<Matrix<BigRational>> masks(Random random, int kind, int change, int size) {
        List<BigRational> diagonal = random(random, 1, size).row(0).toList();
        Matrix<BigRational> own = random(random, size, size);
        Matrix<BigRational> m = Matrix.of(size, size, (i, j) -> kind == 1 && i == j ? own.get(i, j) : diagonal.get(j));
        Matrix<BigRational> n = Matrix.of(size, size, (i, j) -> {
            if (i == j) {
                return diagonal.get(j);
            }
            return kind == 2 ? Q.subtract(own.get(i, j), own.get(j, i)) : Q.zero();
        });
        int row = random.nextInt(size);
        int column = random.nextInt(size);
        return List.of(change == 1 ? bumped(m, row, column) : m, change == 2 ? bumped(n, row, column) : n);
    }

    private static Matrix<BigRational> bumped(Matrix<BigRational> matrix, int row, int column) {
        return Matrix.of(
                matrix.rows(),
                matrix.columns(),
                (i, j) -> i == row && j == column ? Q.add(matrix.get(i, j), BigRational.ONE) : matrix.get(i, j));
    }

    @Property(tries = 400)
    void decidesAsPolynomialsDo(
            @ForAll long seed,
            @ForAll @IntRange(max = 6) int kind,
            @ForAll @IntRange(max = 2) int masks,
            @ForAll @IntRange(max = 2) int change,
            @ForAll @IntRange(min = 2, max = 3) int rows,
            @ForAll @IntRange(min = 2, max = 3) int columns) {
        Random random = new Random(seed);
        List<Matrix<BigRational>> weights = weights(random, kind, columns);
        List<Matrix<BigRational>> pair = masks(random, masks, change, rows);
        Matrix<BigRational> m = pair.get(0);
        Matrix<BigRational> n = pair.get(1);
        boolean all = true;
        for (int row = 0; row < rows; row++) {
            boolean same = equalAsPolynomials(m, n, weights.get(0), weights.get(1), row);
            Result result = MaskComparison.decideRow(m, n, weights.get(0), weights.get(1), row);
            assertThat(result instanceof Same).as("row %s: %s", row, result).isEqualTo(same);
            if (result instanceof Different different) {
                assertThat(different.row()).isEqualTo(row);
                tellsApart(different, m, n, weights);
            }
            all &= same;
        }
        assertThat(MaskComparison.decide(m, n, weights.get(0), weights.get(1)) instanceof Same)
                .isEqualTo(all);
    }

    private static void tellsApart(
            Different different, Matrix<BigRational> m, Matrix<BigRational> n, List<Matrix<BigRational>> weights) {
        Matrix<BigRational> z = different.prompt();
        Matrix<BigRational> scores = z.multiply(Q, weights.get(0)).multiply(Q, z.transpose(Q));
        Matrix<BigRational> entrywise = scores.hadamard(Q, m).multiply(Q, z).multiply(Q, weights.get(1));
        Matrix<BigRational> product = scores.multiply(Q, n).multiply(Q, z).multiply(Q, weights.get(1));
        assertThat(different.entrywise()).isEqualTo(entrywise);
        assertThat(different.product()).isEqualTo(product);
        assertThat(entrywise.row(different.row())).isNotEqualTo(product.row(different.row()));
        assertThat(z.toLists().stream().flatMap(List::stream).filter(entry -> !Q.isZero(entry)))
                .hasSizeBetween(1, 3);
    }

    private static Matrix<BigRational> of(int... entries) {
        int size = (int) Math.round(Math.sqrt(entries.length));
        return Matrix.of(size, size, (i, j) -> BigRational.valueOf(entries[i * size + j]));
    }

    @Test
    void casesOfTheWeights() {
        Matrix<BigRational> identity = of(1, 0, 0, 1);
        assertThat(Weights.of(of(0, 0, 0, 0), identity)).isEqualTo(Weights.ZERO);
        assertThat(Weights.of(identity, of(0, 0, 0, 0))).isEqualTo(Weights.ZERO);
        assertThat(Weights.of(of(0, 2, -2, 0), of(1, 1, 1, 1))).isEqualTo(Weights.SKEW);
        assertThat(Weights.of(of(1, 3, 2, 6), of(1, 0, 3, 0))).isEqualTo(Weights.ALIGNED);
        assertThat(Weights.of(of(1, 3, 2, 6), of(1, 1, 2, 2))).isEqualTo(Weights.GENERAL);
        assertThat(Weights.of(identity, of(1, 0, 0, 0))).isEqualTo(Weights.GENERAL);
    }

    /** The mask of Definition 3.5 has no product mask, its last row has diag(I_n, 0): at any n and d. */
    @Test
    void theGenerationMask() {
        for (int n = 1; n <= 6; n++) {
            for (int d = 1; d <= 4; d++) {
                int last = n;
                LinearAttention<BigRational> lemma = LinearAttention.construction(Q, n, d);
                Matrix<BigRational> mask =
                        Matrix.of(n + 1, n + 1, (i, j) -> lemma.mask().isOne(i, j) ? Q.one() : Q.zero());
                Matrix<BigRational> product =
                        Matrix.of(n + 1, n + 1, (i, j) -> i == j && i < last ? Q.one() : Q.zero());
                assertThat(MaskComparison.decideRow(mask, product, lemma.keyQuery(), lemma.valueOutput(), n))
                        .isEqualTo(new Same(Weights.GENERAL));
                assertThat(MaskComparison.decide(mask, product, lemma.keyQuery(), lemma.valueOutput()))
                        .isInstanceOfSatisfying(Different.class, different -> assertThat(different.row())
                                .isZero());
                assertThat(MaskComparison.decide(
                                mask, Matrix.zero(Q, n + 1, n + 1), lemma.keyQuery(), lemma.valueOutput()))
                        .isInstanceOfSatisfying(Different.class, different -> assertThat(different.row())
                                .isEqualTo(last));
            }
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        Matrix<BigRational> two = of(1, 0, 0, 1);
        Matrix<BigRational> three = of(1, 0, 0, 0, 1, 0, 0, 0, 1);
        assertThatThrownBy(() -> MaskComparison.decide(two, three, two, two)).hasMessageContaining("masks of one size");
        assertThatThrownBy(() -> MaskComparison.decide(two, two, two, three))
                .hasMessageContaining("value-output matrix of 2 rows");
    }
}
