package org.loopcert.corpus.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.loopcert.corpus.UnstoredCases;

/** The stored certificates with what their manifests expect, each file read once. */
final class StoredCorpus {
    static final Path ROOT = Path.of("certificates");
    private static final List<String> PARTS = List.of("reject", "malformed", "bound", "accept");

    /**
     * What a manifest says about a file, or what a kernel says; a field that a manifest leaves open is empty.
     *
     * @param verdict the word of the verdict, or {@code fault} where a kernel gave none
     * @param kind certificate or refutation, of an accepted file
     */
    record Outcome(String verdict, Optional<String> reason, Optional<Integer> line, Optional<String> kind) {
        /** Whether the outcome found agrees in everything that this expectation names. */
        boolean isMetBy(Outcome found) {
            return verdict.equals(found.verdict)
                    && (reason.isEmpty() || reason.equals(found.reason))
                    && (line.isEmpty() || line.equals(found.line))
                    && (kind.isEmpty() || kind.equals(found.kind));
        }

        @Override
        public String toString() {
            return verdict
                    + kind.map(word -> " " + word).orElse("")
                    + reason.map(code -> " (" + code + ")").orElse("")
                    + line.map(number -> " at line " + number).orElse("");
        }
    }

    /** One check: a certificate, the instance of the user's own file where one is given, and what is expected. */
    record Case(String name, byte[] certificate, Optional<byte[]> own, Outcome expected) {}

    private StoredCorpus() {}

    /** Every certificate of the four folders, and the cases that are not stored. Inputs are for readers, not kernels. */
    static List<Case> read() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (String part : PARTS) {
            for (Map.Entry<String, JsonNode> entry : manifest(part).properties()) {
                if (entry.getValue().has("certificate")) {
                    continue;
                }
                byte[] file = Files.readAllBytes(ROOT.resolve(part).resolve(entry.getKey()));
                cases.add(new Case(part + "/" + entry.getKey(), file, Optional.empty(), expected(entry.getValue())));
            }
        }
        UnstoredCases.all()
                .forEach(given -> cases.add(new Case(
                        "unstored/" + given.name(),
                        given.certificate(),
                        given.instance(),
                        new Outcome(given.verdict(), given.reason(), Optional.empty(), Optional.empty()))));
        return List.copyOf(cases);
    }

    static JsonNode manifest(String part) throws IOException {
        return new JsonMapper()
                .readTree(ROOT.resolve(part).resolve("manifest.json").toFile());
    }

    private static Outcome expected(JsonNode node) {
        return new Outcome(
                node.path("verdict").asText(),
                Optional.ofNullable(node.path("reason").textValue()),
                Optional.of(node.path("line")).filter(JsonNode::isInt).map(JsonNode::intValue),
                Optional.ofNullable(node.path("kind").textValue()));
    }
}
