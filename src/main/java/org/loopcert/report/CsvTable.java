package org.loopcert.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of texts, to be written as CSV (RFC 4180, lines ended by LF).
 *
 * @param header the names of the columns
 * @param rows the rows, each as long as the header
 */
public record CsvTable(List<String> header, List<List<String>> rows) {
    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if a row is not as long as the header
     */
    public CsvTable {
        header = List.copyOf(header);
        rows = rows.stream().map(List::copyOf).toList();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).size() != header.size()) {
                throw new IllegalArgumentException("row " + (i + 1) + ": expected " + header.size() + " cells, got "
                        + rows.get(i).size());
            }
        }
    }

    /**
     * The values behind a plot, exactly as they were given: series, x, y lower and y upper (the same but for bands), in
     * the order of the series.
     */
    public static CsvTable of(Plot plot) {
        List<List<String>> rows = new ArrayList<>();
        for (Series each : plot.series()) {
            for (int i = 0; i < each.x().size(); i++) {
                rows.add(List.of(
                        each.name(),
                        each.x().get(i).toString(),
                        each.lower().get(i).toString(),
                        each.upper().get(i).toString()));
            }
        }
        return new CsvTable(List.of("series", "x", "y lower", "y upper"), rows);
    }

    /** Writes header and rows; the writer stays open. */
    public void writeTo(Writer writer) throws IOException {
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(writer);
        csv.writeRecord(header);
        rows.forEach(csv::writeRecord);
        csv.flush();
    }
}
