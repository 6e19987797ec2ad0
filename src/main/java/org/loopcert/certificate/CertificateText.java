package org.loopcert.certificate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.loopcert.kernel.Json;

/**
 * The parts of a certificate's text that verdicts do not carry: which premises and which witness every line names. Only
 * for texts that the kernel found inside the grammar; nothing read here is believed.
 *
 * @param refutation whether it claims that the steps do not contract
 * @param n number of examples, as declared
 * @param d number of features, as declared
 * @param loops T, as declared
 * @param instance the instance, or the object that holds its hash
 * @param lines the lines in order
 */
public record CertificateText(boolean refutation, int n, int d, long loops, Json.Obj instance, List<Line> lines) {
    /** Copies the list. */
    public CertificateText {
        lines = List.copyOf(lines);
    }

    /**
     * A line as it is written.
     *
     * @param premises numbers of lines, from 1
     * @param witness the fields after the premises
     */
    public record Line(String rule, List<Integer> premises, List<Texts.Field> witness) {
        /** Copies the lists. */
        public Line {
            premises = List.copyOf(premises);
            witness = List.copyOf(witness);
        }
    }

    /** Reads a certificate that is inside the grammar. */
    public static CertificateText of(byte[] certificate) {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(certificate);
        } catch (IOException e) {
            // the kernel found these bytes inside its grammar, which is a part of JSON
            throw new UncheckedIOException("a certificate inside the grammar is not JSON", e);
        }
        List<Line> lines = new ArrayList<>();
        root.path("lines").forEach(each -> lines.add(line((Json.Obj) json(each))));
        JsonNode cost = root.path("cost");
        return new CertificateText(
                root.path("kind").asText().equals("refutation"),
                cost.path("n").asInt(),
                cost.path("d").asInt(),
                cost.path("loops").asLong(),
                (Json.Obj) json(root.path("instance")),
                lines);
    }

    private static Line line(Json.Obj text) {
        String rule = "";
        List<Integer> premises = List.of();
        List<Texts.Field> witness = new ArrayList<>();
        for (int i = 0; i < text.names().size(); i++) {
            String name = text.names().get(i);
            Json value = text.values().get(i);
            if (name.equals("rule")) {
                rule = ((Json.Str) value).text();
            } else if (name.equals("premises")) {
                premises = ((Json.Arr) value)
                        .items().stream()
                                .map(item -> Math.toIntExact(((Json.Int) item).value()))
                                .toList();
            } else if (!name.equals("line")) {
                witness.add(Texts.field(name, value));
            }
        }
        return new Line(rule, premises, witness);
    }

    private static Json json(JsonNode node) {
        if (node.isObject()) {
            List<Texts.Field> fields = new ArrayList<>();
            node.properties().forEach(each -> fields.add(Texts.field(each.getKey(), json(each.getValue()))));
            return Texts.object(fields);
        }
        if (node.isArray()) {
            List<Json> items = new ArrayList<>();
            node.forEach(each -> items.add(json(each)));
            return Texts.array(items);
        }
        return node.isTextual() ? Texts.string(node.asText()) : Texts.count(node.asLong());
    }

    /** The first lines alone, as a certificate of its own with its own cost. */
    public byte[] prefix(int count) {
        return write(refutation, lines.subList(0, count), List.of());
    }

    /**
     * The first lines, followed by all lines of another certificate of the same instance with their premises moved
     * along.
     */
    public byte[] prefix(int count, CertificateText other) {
        return write(other.refutation, lines.subList(0, count), other.lines);
    }

    private byte[] write(boolean refuting, List<Line> first, List<Line> second) {
        CertificateWriter writer = new CertificateWriter(instance, n, d, loops);
        first.forEach(
                line -> writer.line(line.rule(), line.premises(), line.witness().toArray(Texts.Field[]::new)));
        for (Line line : second) {
            List<Integer> moved =
                    line.premises().stream().map(each -> each + first.size()).toList();
            writer.line(line.rule(), moved, line.witness().toArray(Texts.Field[]::new));
        }
        return writer.write(refuting, Optional.empty());
    }
}
