package org.loopcert.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.MatrixInterpretation;
import org.loopcert.ring.Field;
import org.loopcert.ring.MatrixSymbol;
import org.loopcert.ring.MatrixWord;
import org.loopcert.ring.MatrixWordArithmetic;
import org.loopcert.ring.RationalFunction;
import org.loopcert.ring.Shape;

/**
 * The second way to an identity of matrix words, which shares no normal form with the first: every
 * entry of every symbol is an indeterminate, the reference program runs on scalars at given
 * dimensions, and the words, multiplied out, must give the same rational functions. It establishes
 * the equality for all matrices of these dimensions.
 */
public final class EntrywiseCheck {
    private EntrywiseCheck() {}

    /** The answer. */
    public sealed interface Result permits Equal, Different {}

    /**
     * All entries agree.
     *
     * @param entries how many were compared
     */
    public record Equal(int entries) implements Result {}

    /**
     * Two entries differ.
     *
     * @param row row of the first differing entry, from zero
     * @param column its column, from zero
     * @param expected the entry of the scalar program, in exact notation
     * @param found the entry of the words
     */
    public record Different(int row, int column, String expected, String found) implements Result {}

    /**
     * Compares an update with the reference program, {@link LinearAttention} on scalars.
     *
     * @param attention in blocks
     * @param update the blocks of the update as words, see {@link DimensionFreeStep#update}
     * @param dimensions the sizes of n, d, and of the dimensions of symbols that Q and P contain
     * @throws IllegalArgumentException if the mask is weighted, or a size is missing
     */
    public static Result update(
            LinearAttention<MatrixWord> attention, Matrix<MatrixWord> update, Map<String, Integer> dimensions) {
        if (attention.weights().isPresent()) {
            throw new IllegalArgumentException("expected a mask of zeros and ones, got weights");
        }
        Matrix<MatrixWord> prompt = DimensionFreeStep.prompt().asMatrix(MatrixWordArithmetic.INSTANCE);
        MatrixInterpretation<RationalFunction> entries =
                interpretation(dimensions, List.of(prompt, attention.keyQuery(), attention.valueOutput(), update));
        List<String> heights = List.of(DimensionFreeStep.EXAMPLES.shape().rows(), Shape.SCALAR.rows());
        LinearAttention<RationalFunction> scalar = LinearAttention.of(
                entries.evaluate(attention.keyQuery()),
                entries.evaluate(attention.valueOutput()),
                entries.expand(attention.mask(), heights, heights));
        return compare(entries, scalar, prompt, update);
    }

    /**
     * Compares an update with the reference program, {@link PreconditionedAttention} on scalars.
     *
     * @param attention in blocks
     * @param update the blocks of the update as words
     * @param dimensions the sizes of n, d, and of the dimensions of symbols that Q, P and M contain
     * @throws IllegalArgumentException if a size is missing
     */
    public static Result update(
            PreconditionedAttention<MatrixWord> attention, Matrix<MatrixWord> update, Map<String, Integer> dimensions) {
        Matrix<MatrixWord> prompt = DimensionFreePreconditionedStep.prompt().asMatrix(MatrixWordArithmetic.INSTANCE);
        MatrixInterpretation<RationalFunction> entries = interpretation(
                dimensions, List.of(prompt, attention.keyQuery(), attention.valueOutput(), attention.mask(), update));
        PreconditionedAttention<RationalFunction> scalar = new PreconditionedAttention<>(
                entries.evaluate(attention.keyQuery()),
                entries.evaluate(attention.valueOutput()),
                entries.evaluate(attention.mask()));
        return compare(entries, scalar, prompt, update);
    }

    private static MatrixInterpretation<RationalFunction> interpretation(
            Map<String, Integer> dimensions, List<Matrix<MatrixWord>> blocks) {
        SortedSet<MatrixSymbol> symbols = new TreeSet<>();
        blocks.forEach(matrix -> matrix.toLists().forEach(row -> row.forEach(word -> symbols.addAll(word.symbols()))));
        return MatrixInterpretation.indeterminate(dimensions, new ArrayList<>(symbols));
    }

    private static Result compare(
            MatrixInterpretation<RationalFunction> entries,
            Attention<RationalFunction> attention,
            Matrix<MatrixWord> prompt,
            Matrix<MatrixWord> update) {
        Field<RationalFunction> field = entries.field();
        Matrix<RationalFunction> expected = attention.apply(field, entries.evaluate(prompt));
        Matrix<RationalFunction> found = entries.evaluate(update);
        if (expected.rows() != found.rows() || expected.columns() != found.columns()) {
            throw new IllegalArgumentException("expected an update of " + expected.rows() + " x " + expected.columns()
                    + ", got " + found.rows() + " x " + found.columns());
        }
        for (int i = 0; i < expected.rows(); i++) {
            for (int j = 0; j < expected.columns(); j++) {
                if (!field.equal(expected.get(i, j), found.get(i, j))) {
                    return new Different(i, j, field.show(expected.get(i, j)), field.show(found.get(i, j)));
                }
            }
        }
        return new Equal(expected.rows() * expected.columns());
    }
}
