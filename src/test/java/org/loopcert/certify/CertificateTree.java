package org.loopcert.certify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.loopcert.certificate.Texts;
import org.loopcert.kernel.Json;

/** Certificates as trees that tests can change, and back to canonical bytes. */
public final class CertificateTree {
    private static final ObjectMapper JSON = new ObjectMapper();

    private CertificateTree() {}

    public static ObjectNode read(byte[] certificate) {
        try {
            return (ObjectNode) JSON.readTree(certificate);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The canonical bytes, with the cost that this certificate has. */
    public static byte[] write(ObjectNode certificate) {
        JsonNode instance = certificate.path("instance");
        ObjectNode cost = (ObjectNode) certificate.get("cost");
        if (instance.has("X")) {
            cost.put("n", instance.path("y").size());
            cost.put("d", instance.path("start").size());
            cost.put("loops", instance.path("loops").asLong());
        }
        cost.put("digits", Math.max(1, Math.max(digits(instance), digits(certificate.path("lines")))));
        byte[] text = new byte[0];
        do {
            cost.put("bytes", text.length);
            text = Json.print(kernel(certificate));
        } while (cost.get("bytes").asInt() != text.length);
        return text;
    }

    /** The most decimal digits in a row in any string. */
    private static int digits(JsonNode node) {
        int most = 0;
        if (node.isTextual()) {
            for (String run : node.asText().split("[^0-9]", -1)) {
                most = Math.max(most, run.length());
            }
        }
        for (JsonNode child : node) {
            most = Math.max(most, digits(child));
        }
        return most;
    }

    private static Json kernel(JsonNode node) {
        if (node.isObject()) {
            List<Texts.Field> fields = new ArrayList<>();
            node.properties().forEach(entry -> fields.add(Texts.field(entry.getKey(), kernel(entry.getValue()))));
            return Texts.object(fields);
        }
        if (node.isArray()) {
            List<Json> items = new ArrayList<>();
            node.forEach(item -> items.add(kernel(item)));
            return Texts.array(items);
        }
        return node.isTextual() ? Texts.string(node.asText()) : Texts.count(node.asLong());
    }
}
