package org.loopcert.derivation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The stored derivations with what their manifests expect: {@code accept} is proved line by line, {@code reject} holds
 * one planted mistake per file beside its valid twin, {@code open} is true but beyond the rules.
 */
public final class StoredDerivations {
    public static final Path ROOT = Path.of("src/test/resources/org/loopcert/derivation");
    private static final String SUFFIX = ".derivation";

    /**
     * What a manifest says of a file; what it leaves open is empty.
     *
     * @param name without folder and suffix
     * @param problems place and reason of every line that is not proved, in the order of the report
     * @param lines the number of lines that are proved
     * @param twin the valid derivation that a false one stands beside
     * @param mistake the kind of mistake
     * @param expected what the first problem says was expected
     * @param found what the first problem says was found
     * @param refuted whether values are found at which a line is false
     */
    public record Case(
            String name,
            String text,
            String verdict,
            List<String> problems,
            Optional<Integer> lines,
            Optional<String> twin,
            Optional<String> mistake,
            Optional<String> expected,
            Optional<String> found,
            boolean refuted) {
        @Override
        public String toString() {
            return name;
        }
    }

    private StoredDerivations() {}

    public static List<Case> accept() throws IOException {
        return read("accept");
    }

    public static List<Case> reject() throws IOException {
        return read("reject");
    }

    public static List<Case> open() throws IOException {
        return read("open");
    }

    /** The names of the derivations in a folder, in or out of its manifest. */
    static List<String> stored(String part) throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve(part))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("manifest.json"))
                    .map(StoredDerivations::bare)
                    .sorted()
                    .toList();
        }
    }

    private static String bare(String file) {
        return file.substring(0, file.length() - SUFFIX.length());
    }

    private static List<Case> read(String part) throws IOException {
        Path folder = ROOT.resolve(part);
        JsonNode manifest =
                new JsonMapper().readTree(folder.resolve("manifest.json").toFile());
        List<Case> cases = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : manifest.properties()) {
            JsonNode says = entry.getValue();
            List<String> problems = new ArrayList<>();
            says.path("problems").forEach(each -> problems.add(each.asText()));
            cases.add(new Case(
                    bare(entry.getKey()),
                    Files.readString(folder.resolve(entry.getKey())),
                    says.path("verdict").asText("proved"),
                    List.copyOf(problems),
                    Optional.of(says.path("lines")).filter(JsonNode::isInt).map(JsonNode::intValue),
                    text(says, "twin").map(StoredDerivations::bare),
                    text(says, "mistake"),
                    text(says, "expected"),
                    text(says, "found"),
                    says.path("refuted").asBoolean(false)));
        }
        return List.copyOf(cases);
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.ofNullable(node.path(field).textValue());
    }
}
