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
import java.util.OptionalInt;
import java.util.Set;
import org.loopcert.kernel.Verdict;

/**
 * What a corpus expects of each of its files: {@code {"<file>": {"verdict": "...", "reason": "...", "line": 3}}}, where a
 * file is named by its path from the manifest's folder, with slashes. Reason, line and kind (certificate or refutation)
 * are compared where they are given; other fields are for other readers.
 */
final class Manifest {
    private static final Set<String> VERDICTS = Set.of("accepted", "rejected", "undecided", "malformed");

    private final Path folder;
    private final Map<String, Expectation> expectations;

    /** A verdict, and what else is known about it. */
    record Expectation(String verdict, Optional<String> reason, OptionalInt line, Optional<String> kind) {
        static Expectation found(String word, Optional<String> reason, Optional<Verdict> verdict) {
            OptionalInt line = OptionalInt.empty();
            Optional<String> kind = Optional.empty();
            if (verdict.isPresent()) {
                if (verdict.get() instanceof Verdict.Rejected rejected) {
                    line = OptionalInt.of(rejected.line());
                } else if (verdict.get() instanceof Verdict.Undecided undecided) {
                    line = OptionalInt.of(undecided.line());
                } else if (verdict.get() instanceof Verdict.Accepted accepted) {
                    kind = Optional.of(accepted.refutation() ? "refutation" : "certificate");
                }
            }
            return new Expectation(word, reason, line, kind);
        }

        /** Whether what was found is what this expects. */
        boolean isMetBy(Expectation found) {
            return verdict.equals(found.verdict)
                    && (reason.isEmpty() || reason.equals(found.reason))
                    && (line.isEmpty() || line.equals(found.line))
                    && (kind.isEmpty() || kind.equals(found.kind));
        }

        @Override
        public String toString() {
            return verdict
                    + kind.map(text -> " " + text).orElse("")
                    + (line.isPresent() ? " at line " + line.getAsInt() : "")
                    + reason.map(text -> " (" + text + ")").orElse("");
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
        String verdict = node.path("verdict").asText("");
        if (!VERDICTS.contains(verdict)) {
            throw malformed(
                    file,
                    "a verdict of '" + name + "', one of accepted, rejected, undecided, malformed",
                    "'" + verdict + "'");
        }
        JsonNode line = node.path("line");
        if (!line.isMissingNode() && !line.isInt()) {
            throw malformed(file, "an integer as line of '" + name + "'", line.toString());
        }
        return new Expectation(
                verdict,
                text(file, name, node, "reason"),
                line.isInt() ? OptionalInt.of(line.asInt()) : OptionalInt.empty(),
                text(file, name, node, "kind"));
    }

    private static Optional<String> text(Path file, String name, JsonNode node, String field) throws Failure {
        JsonNode value = node.path(field);
        if (!value.isMissingNode() && !value.isTextual()) {
            throw malformed(file, "a string as " + field + " of '" + name + "'", value.toString());
        }
        return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
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
