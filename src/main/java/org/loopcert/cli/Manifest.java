package org.loopcert.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a corpus expects of each of its files: {@code {"<file>": {"verdict": "...", "reason": "..."}}}, where a file is
 * named by its path from the manifest's folder, with slashes; the reason may be left out.
 */
final class Manifest {
    private static final Set<String> VERDICTS = Set.of("accepted", "rejected", "undecided", "malformed");

    private final Path folder;
    private final Map<String, Expectation> expectations;

    /** A verdict, and the reason where one is expected. */
    record Expectation(String verdict, Optional<String> reason) {
        @Override
        public String toString() {
            return verdict + reason.map(text -> " (" + text + ")").orElse("");
        }
    }

    private Manifest(Path folder, Map<String, Expectation> expectations) {
        this.folder = folder;
        this.expectations = expectations;
    }

    static Manifest read(Path file) throws Failure {
        JsonNode root;
        try {
            root = JsonMapper.builder()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            String reason = OutputFile.describe(e).lines().findFirst().orElse("not JSON");
            throw Failure.unusable("--expect: cannot read " + file + ": " + reason, e);
        }
        if (root == null || !root.isObject()) {
            throw malformed(file, "an object of files", "something else");
        }
        Map<String, Expectation> expectations = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            expectations.put(entry.getKey(), expectation(file, entry.getKey(), entry.getValue()));
        }
        Path folder = file.toAbsolutePath().normalize().getParent();
        return new Manifest(folder, expectations);
    }

    private static Expectation expectation(Path file, String name, JsonNode node) throws Failure {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!Set.of("verdict", "reason").contains(field.getKey())
                    || !field.getValue().isTextual()) {
                throw malformed(file, "verdict and reason of '" + name + "' as strings", "'" + field.getKey() + "'");
            }
        }
        String verdict = node.path("verdict").asText("");
        if (!VERDICTS.contains(verdict)) {
            throw malformed(
                    file,
                    "a verdict of '" + name + "', one of accepted, rejected, undecided, malformed",
                    "'" + verdict + "'");
        }
        return new Expectation(
                verdict, node.has("reason") ? Optional.of(node.path("reason").asText()) : Optional.empty());
    }

    private static Failure malformed(Path file, String expected, String found) {
        return Failure.unusable(file + ": expected " + expected + ", found " + found, null);
    }

    /** The name of a file in this manifest. */
    String name(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return absolute.startsWith(folder)
                ? folder.relativize(absolute).toString().replace('\\', '/')
                : String.valueOf(absolute.getFileName());
    }

    Optional<Expectation> expected(Path file) {
        return Optional.ofNullable(expectations.get(name(file)));
    }

    Set<String> names() {
        return expectations.keySet();
    }
}
