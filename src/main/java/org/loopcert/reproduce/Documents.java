package org.loopcert.reproduce;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.loopcert.report.Badge;
import org.loopcert.report.Cell;
import org.loopcert.report.CsvTable;
import org.loopcert.report.Figure;
import org.loopcert.report.Page;

/** The files that every reproduction writes: tables as CSV, and a page with all of it. */
final class Documents {
    private Documents() {}

    /** A figure with its caption. */
    record Drawing(Figure figure, String caption) {}

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] csv(Table table) {
        StringWriter writer = new StringWriter();
        try {
            new CsvTable(table.columns(), table.rows()).writeTo(writer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return utf8(writer.toString());
    }

    /** The same files with {@code index.html} among them. */
    static SortedMap<String, byte[]> withPage(
            Reproduction result, SortedMap<String, byte[]> files, List<Drawing> drawings) {
        SortedMap<String, byte[]> all = new TreeMap<>(files);
        all.put("index.html", utf8(page(result, files.keySet(), drawings)));
        return all;
    }

    private static String page(Reproduction result, Collection<String> files, List<Drawing> drawings) {
        Page page = new Page(result.title()).section("What was computed");
        result.notes().forEach(page::paragraph);
        if (!drawings.isEmpty()) {
            page.section("Figures");
        }
        drawings.forEach(drawing -> page.figure(drawing.figure(), drawing.caption()));
        page.section("Verdicts");
        for (Finding finding : result.findings()) {
            page.verdict(
                    badge(finding.outcome()),
                    finding.id() + ", " + finding.arithmetic() + ": " + finding.claim() + ". Found: " + finding.words()
                            + ".");
        }
        page.section("Numbers");
        result.tables().forEach(table -> page.table(shown(table)));
        List<String> certificates = result.findings().stream()
                .flatMap(finding -> finding.certificates().stream())
                .distinct()
                .sorted()
                .toList();
        if (!certificates.isEmpty()) {
            page.section("Certificates")
                    .paragraph(
                            "The kernel accepted each of these files; check them again with: java -jar target/loopcert.jar check certificates")
                    .copyable(certificates.size() + " certificates", String.join("\n", certificates));
            for (Finding finding : result.findings()) {
                page.copyable(
                        finding.id() + ", " + finding.arithmetic() + ": "
                                + finding.certificates().size() + " certificates",
                        String.join("\n", finding.certificates()));
            }
        }
        List<String> others =
                files.stream().filter(name -> !name.startsWith("certificates/")).toList();
        page.section("Files").list(others);
        return page.html();
    }

    private static Badge badge(Outcome outcome) {
        return new Badge(
                outcome.word(),
                switch (outcome) {
                    case HOLDS -> Badge.Tone.GOOD;
                    case FAILS -> Badge.Tone.BAD;
                    case UNDECIDED -> Badge.Tone.OPEN;
                });
    }

    private static org.loopcert.report.Table shown(Table table) {
        org.loopcert.report.Table.Column[] columns = table.columns().stream()
                .map(org.loopcert.report.Table.Column::words)
                .toArray(org.loopcert.report.Table.Column[]::new);
        org.loopcert.report.Table result = org.loopcert.report.Table.of(table.title(), columns);
        for (List<String> row : table.rows()) {
            result = result.with(row.stream().map(Cell::of).toArray(Cell[]::new));
        }
        return result;
    }
}
