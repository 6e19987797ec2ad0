package org.loopcert.kernel.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A matrix of polynomials, cut into blocks.
 *
 * @param heights the numbers of rows of the block rows
 * @param widths the numbers of columns of the block columns
 * @param blocks by rows
 */
record BlockMatrix(List<LinearForm> heights, List<LinearForm> widths, List<List<Polynomial>> blocks) {
    BlockMatrix {
        heights = List.copyOf(heights);
        widths = List.copyOf(widths);
        blocks = blocks.stream().map(List::copyOf).toList();
    }

    static BlockMatrix of(Polynomial single) {
        Shape shape = single.shape();
        return new BlockMatrix(List.of(shape.rows()), List.of(shape.columns()), List.of(List.of(single)));
    }

    Shape shape() {
        return new Shape(total(heights), total(widths));
    }

    static LinearForm total(List<LinearForm> sizes) {
        return sizes.stream().reduce(LinearForm.ZERO, LinearForm::add);
    }

    boolean isSingle() {
        return heights.size() == 1 && widths.size() == 1;
    }

    Polynomial get(int row, int column) {
        return blocks.get(row).get(column);
    }

    /** What is done to each block, which knows its place. */
    interface Entry {
        Polynomial at(int row, int column) throws NotProved;
    }

    static BlockMatrix of(List<LinearForm> heights, List<LinearForm> widths, Entry entry) throws NotProved {
        List<List<Polynomial>> rows = new ArrayList<>();
        for (int i = 0; i < heights.size(); i++) {
            List<Polynomial> row = new ArrayList<>();
            for (int j = 0; j < widths.size(); j++) {
                row.add(entry.at(i, j));
            }
            rows.add(row);
        }
        return new BlockMatrix(heights, widths, rows);
    }

    String key() {
        return heights + "/" + widths + "/"
                + blocks.stream()
                        .map(row -> row.stream().map(Polynomial::key).collect(Collectors.joining(",")))
                        .collect(Collectors.joining(";"));
    }

    @Override
    public String toString() {
        return isSingle()
                ? get(0, 0).toString()
                : blocks.stream()
                        .map(row -> row.stream().map(Polynomial::toString).collect(Collectors.joining(", ")))
                        .collect(Collectors.joining("; ", "[", "]"));
    }
}
