package org.loopcert.matrix;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.loopcert.ring.Arithmetic;
import org.loopcert.ring.Field;
import org.loopcert.ring.Interpretation;
import org.loopcert.ring.MatrixSymbol;
import org.loopcert.ring.MatrixWord;
import org.loopcert.ring.RationalFunction;
import org.loopcert.ring.RationalFunctionField;
import org.loopcert.ring.Shape;

/**
 * Matrix words at fixed dimensions: every symbol is a matrix over a field.
 *
 * @param field the field of the entries
 * @param dimensions the sizes by name, positive; the dimension {@code "1"} is one without saying so
 * @param values the matrices by symbol
 * @param <E> the entry type
 */
public record MatrixInterpretation<E>(
        Field<E> field, Map<String, Integer> dimensions, Map<MatrixSymbol, Matrix<E>> values)
        implements Interpretation<Matrix<E>> {
    private static final String ONE = Shape.SCALAR.rows();

    /** Copies both maps and checks the sizes. */
    public MatrixInterpretation {
        dimensions = Map.copyOf(dimensions);
        values = Map.copyOf(values);
        dimensions.forEach((name, size) -> {
            if (size < 1 || (name.equals(ONE) && size != 1)) {
                throw new IllegalArgumentException("expected a positive size for " + name + ", got " + size);
            }
        });
    }

    /** Computes an entry of a symbol from its indices. */
    @FunctionalInterface
    public interface Entries<E> {
        /** The entry; a symmetric symbol is asked for one of every two mirrored entries. */
        E at(MatrixSymbol symbol, int row, int column);
    }

    /** The interpretation whose entries are computed one by one, row by row. */
    public static <E> MatrixInterpretation<E> of(
            Field<E> field, Map<String, Integer> dimensions, List<MatrixSymbol> symbols, Entries<E> entries) {
        Map<MatrixSymbol, Matrix<E>> values = new HashMap<>();
        for (MatrixSymbol symbol : symbols) {
            boolean isSymmetric = symbol.isSymmetric();
            Map<List<Integer>, E> lower = new HashMap<>();
            values.put(
                    symbol,
                    Matrix.of(
                            size(dimensions, symbol.shape().rows()),
                            size(dimensions, symbol.shape().columns()),
                            (i, j) -> isSymmetric
                                    ? lower.computeIfAbsent(
                                            List.of(Math.max(i, j), Math.min(i, j)), key -> entries.at(symbol, i, j))
                                    : entries.at(symbol, i, j)));
        }
        return new MatrixInterpretation<>(field, dimensions, values);
    }

    /**
     * The interpretation where every entry is an indeterminate of its own, named as in {@code X_2_1},
     * {@code q_2} or {@code alpha}; the mirrored entries of a symmetric symbol are one. An identity of words that holds in it holds
     * for all matrices of these dimensions.
     *
     * @param symbols at least one
     * @throws IllegalArgumentException if two entries would have the same name
     */
    public static MatrixInterpretation<RationalFunction> indeterminate(
            Map<String, Integer> dimensions, List<MatrixSymbol> symbols) {
        List<String> names = new ArrayList<>();
        for (MatrixSymbol symbol : symbols) {
            for (int i = 0; i < size(dimensions, symbol.shape().rows()); i++) {
                for (int j = 0; j < size(dimensions, symbol.shape().columns()); j++) {
                    names.add(entryName(symbol, i, j));
                }
            }
        }
        RationalFunctionField field = RationalFunctionField.of(names);
        return of(field, dimensions, symbols, (symbol, i, j) -> field.indeterminate(entryName(symbol, i, j)));
    }

    private static String entryName(MatrixSymbol symbol, int row, int column) {
        String index = symbol.shape().rows().equals(ONE) ? "" : "_" + (row + 1);
        return symbol.name() + index + (symbol.shape().columns().equals(ONE) ? "" : "_" + (column + 1));
    }

    /** The matrix assembled from the values of the blocks. */
    public Matrix<E> evaluate(Matrix<MatrixWord> blocks) {
        List<List<Matrix<E>>> values = new ArrayList<>();
        for (List<MatrixWord> row : blocks.toLists()) {
            List<Matrix<E>> band = new ArrayList<>();
            for (MatrixWord block : row) {
                band.add(block.evaluate(this));
            }
            values.add(band);
        }
        return Matrix.blockMatrix(values);
    }

    /** The mask that is constant on blocks of these heights and widths, given by dimension. */
    public Mask expand(Mask blocks, List<String> heights, List<String> widths) {
        if (heights.size() != blocks.rows() || widths.size() != blocks.columns()) {
            throw new IllegalArgumentException("expected " + blocks.rows() + " heights and " + blocks.columns()
                    + " widths, got " + heights.size() + " and " + widths.size());
        }
        List<Integer> bands = indices(heights);
        List<Integer> columns = indices(widths);
        return Mask.of(bands.size(), columns.size(), (i, j) -> blocks.isOne(bands.get(i), columns.get(j)));
    }

    private List<Integer> indices(List<String> names) {
        List<Integer> indices = new ArrayList<>();
        for (int block = 0; block < names.size(); block++) {
            for (int k = size(dimensions, names.get(block)); k > 0; k--) {
                indices.add(block);
            }
        }
        return indices;
    }

    @Override
    public Arithmetic<Matrix<E>> arithmetic() {
        return new MatrixArithmetic<>(field);
    }

    @Override
    public Matrix<E> symbol(MatrixSymbol symbol) {
        Matrix<E> value = values.get(symbol);
        if (value == null) {
            throw new IllegalArgumentException("expected a value for the symbol " + symbol + ", got none");
        }
        return value;
    }

    @Override
    public Shape shape(Shape shape) {
        return MatrixArithmetic.shape(size(dimensions, shape.rows()), size(dimensions, shape.columns()));
    }

    private static int size(Map<String, Integer> dimensions, String name) {
        Integer size = name.equals(ONE) ? Integer.valueOf(1) : dimensions.get(name);
        if (size == null) {
            throw new IllegalArgumentException("expected a size for the dimension " + name + ", got none");
        }
        return size;
    }

    @Override
    public Matrix<E> constant(BigRational value) {
        return new MatrixArithmetic<>(field).scalar(field.fromRational(value));
    }

    @Override
    public Matrix<E> invert(Matrix<E> scalar) {
        return scalar.map(field::invert);
    }
}
