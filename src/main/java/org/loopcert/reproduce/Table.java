package org.loopcert.reproduce;

import java.util.List;

/**
 * Rows of texts under headings.
 *
 * @param title what is listed
 * @param columns headings
 * @param rows as many texts a row as there are headings
 */
public record Table(String title, List<String> columns, List<List<String>> rows) {
    /** Copies the lists and checks their sizes. */
    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<String> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException("expected " + columns.size() + " cells in each row, got " + row);
            }
        }
    }
}
