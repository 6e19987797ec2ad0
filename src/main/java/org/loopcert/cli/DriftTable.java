package org.loopcert.cli;

import ch.obermuhlner.math.big.BigRational;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.loopcert.certify.InstanceAudit;
import org.loopcert.drift.DriftAudit;
import org.loopcert.drift.Enclosure;
import org.loopcert.drift.Origin;
import org.loopcert.input.Problem;
import org.loopcert.ring.RoundingFormat;

/** Every step and entry of audited runs as CSV; decimals are rounded up. */
final class DriftTable {
    private static final int DIGITS = 17;

    private static final List<String> HEADER = List.of(
            "format",
            "t",
            "entry",
            "rounded",
            "absolute",
            "relative",
            "ulps",
            "bound",
            "local input",
            "local product",
            "local accumulation",
            "feedback",
            "total input",
            "total product",
            "total accumulation");

    private DriftTable() {}

    /** Writes the table; the split is that of the largest entry, the same in every row of a step. */
    static void write(InstanceAudit audit, Problem problem, Writer writer) throws IOException {
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(writer);
        csv.writeRecord(HEADER);
        for (DriftAudit run : audit.runs()) {
            for (DriftAudit.Step step : run.steps()) {
                List<String> parts = parts(step);
                for (int j = 0; j < step.entries().size(); j++) {
                    csv.writeRecord(row(run, step, j, problem.featureNames().get(j), parts));
                }
            }
        }
        csv.flush();
    }

    private static List<String> row(DriftAudit run, DriftAudit.Step step, int j, String name, List<String> parts) {
        DriftAudit.Entry entry = step.entries().get(j);
        List<String> row = new ArrayList<>();
        row.add(run.configuration().format().name());
        row.add(Integer.toString(step.loop()));
        row.add(name);
        row.add(RoundingFormat.toHex(entry.rounded()));
        row.add(up(entry.absolute()));
        row.add(entry.relative().map(DriftTable::up).orElse(""));
        row.add(up(entry.ulps()));
        row.add(up(step.bound().entries().get(j)));
        row.addAll(parts);
        return row;
    }

    private static List<String> parts(DriftAudit.Step step) {
        Optional<DriftAudit.Parts> parts = step.parts();
        List<String> cells = new ArrayList<>();
        parts.ifPresentOrElse(
                each -> {
                    add(cells, each.local());
                    cells.add(up(each.feedback()));
                    add(cells, each.total());
                },
                () -> cells.addAll(List.of("", "", "", "", "", "", "")));
        return cells;
    }

    private static void add(List<String> cells, Map<Origin, Enclosure> parts) {
        for (Origin origin : Origin.values()) {
            cells.add(up(parts.get(origin)));
        }
    }

    private static String up(Enclosure value) {
        return value.upperDecimal(DIGITS);
    }

    private static String up(BigRational value) {
        return Enclosure.exact(value).upperDecimal(DIGITS);
    }
}
