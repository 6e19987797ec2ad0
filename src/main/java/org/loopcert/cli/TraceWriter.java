package org.loopcert.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** Writes iterates one after the other, so that a long trace is never held in memory. */
interface TraceWriter {
    /** Writes theta(t), or another value at t; every entry is one text, or two for an enclosure. */
    void iterate(long t, List<List<String>> entries) throws IOException;

    /** Completes the text; the writer under it stays open. */
    void end() throws IOException;

    /** A row for each t; an enclosure takes two columns. */
    static TraceWriter csv(Writer writer, List<String> names) {
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(writer);
        return new TraceWriter() {
            private boolean started;

            @Override
            public void iterate(long t, List<List<String>> entries) {
                if (!started) {
                    header(entries);
                    started = true;
                }
                List<String> row = new ArrayList<>();
                row.add(Long.toString(t));
                entries.forEach(row::addAll);
                csv.writeRecord(row);
            }

            private void header(List<List<String>> entries) {
                List<String> row = new ArrayList<>();
                row.add("t");
                for (int j = 0; j < entries.size(); j++) {
                    if (entries.get(j).size() == 1) {
                        row.add(names.get(j));
                    } else {
                        row.add(names.get(j) + " lower");
                        row.add(names.get(j) + " upper");
                    }
                }
                csv.writeRecord(row);
            }

            @Override
            public void end() throws IOException {
                csv.flush();
            }
        };
    }

    /** {@code {"loops": T, "theta": {"t": [entries]}}}; an enclosure is an array of two. The key is theta or another. */
    static TraceWriter json(Writer writer, long loops, String key) {
        return new TraceWriter() {
            private JsonGenerator json;

            private void start() throws IOException {
                if (json == null) {
                    json = new JsonFactory()
                            .createGenerator(writer)
                            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                            .setPrettyPrinter(new DefaultPrettyPrinter());
                    json.writeStartObject();
                    json.writeNumberField("loops", loops);
                    json.writeObjectFieldStart(key);
                }
            }

            @Override
            public void iterate(long t, List<List<String>> entries) throws IOException {
                start();
                json.writeArrayFieldStart(Long.toString(t));
                for (List<String> entry : entries) {
                    if (entry.size() == 1) {
                        json.writeString(entry.get(0));
                    } else {
                        json.writeArray(entry.toArray(String[]::new), 0, entry.size());
                    }
                }
                json.writeEndArray();
            }

            @Override
            public void end() throws IOException {
                start();
                json.writeEndObject();
                json.writeEndObject();
                json.close();
                writer.write('\n');
            }
        };
    }
}
