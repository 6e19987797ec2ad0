package org.loopcert.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A table of a page; the first cell of every row is its header. Immutable.
 *
 * @param caption what it shows
 * @param columns its columns
 * @param rows its rows, each as long as the columns
 */
public record Table(String caption, List<Column> columns, List<List<Cell>> rows) {
    /**
     * A column.
     *
     * @param name its header
     * @param numeric whether it is set flush right, in digits of one width
     */
    public record Column(String name, boolean numeric) {
        /** Requires the name. */
        public Column {
            Objects.requireNonNull(name, "name");
        }

        /** A column of words. */
        public static Column words(String name) {
            return new Column(name, false);
        }

        /** A column of numbers. */
        public static Column numbers(String name) {
            return new Column(name, true);
        }
    }

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if there is no column or a row is not as long as they are
     */
    public Table {
        Objects.requireNonNull(caption, "caption");
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("table " + caption + ": expected a column");
        }
        for (List<Cell> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(
                        "table " + caption + ": expected " + columns.size() + " cells, got " + row);
            }
        }
    }

    /** A table without rows yet. */
    public static Table of(String caption, Column... columns) {
        return new Table(caption, Arrays.asList(columns), List.of());
    }

    /** The same with one more row. */
    public Table with(Cell... row) {
        List<List<Cell>> added = new ArrayList<>(rows);
        added.add(List.of(row));
        return new Table(caption, columns, added);
    }

    /** The same with one more row of texts. */
    public Table with(String... row) {
        return with(Arrays.stream(row).map(Cell::of).toArray(Cell[]::new));
    }
}
