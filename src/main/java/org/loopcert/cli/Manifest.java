package org.loopcert.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.loopcert.kernel.Verdict;

/**
 * What a corpus expects of each of its files: {@code {"<file>": {"verdict": "...", "reason": "...", "line": 3}}}, where a
 * file is named by its path from the manifest's folder, with slashes. Reason, limit, line and kind (certificate,
 * refutation or counterexample) are compared where they are given. An entry with {@code "certificate": "<file>"} names an input, which is
 * checked as {@code check <certificate> --input <file>} with the arguments of {@code "options"}; files that either names
 * stand in the manifest's folder too. Other fields are for other readers.
 */
final class Manifest {
    private static final Set<String> VERDICTS = Set.of("accepted", "rejected", "undecided", "malformed");

    private final Path folder;
    private final Map<String, Expectation> expectations;
    private final Map<String, Input> inputs = new LinkedHashMap<>();

    /** What an input is checked with. */
    record Input(Path certificate, List<String> options) {}

    /** A verdict, and what else is known about it. */
    record Expectation(
            String verdict, Optional<String> reason, OptionalInt line, Optional<String> kind, Optional<String> limit) {
        static Expectation found(
                String word,
                Optional<String> reason,
                Optional<Verdict> verdict,
                Optional<String> own,
                Optional<String> limit) {
            OptionalInt line = OptionalInt.empty();
            Optional<String> kind = own;
            if (verdict.isPresent()) {
                if (verdict.get() instanceof Verdict.Rejected rejected) {
                    line = OptionalInt.of(rejected.line());
                } else if (verdict.get() instanceof Verdict.Undecided undecided) {
                    line = OptionalInt.of(undecided.line());
                } else if (verdict.get() instanceof Verdict.Accepted accepted) {
                    kind = Optional.of(accepted.refutation() ? "refutation" : "certificate");
                }
            }
            return new Expectation(word, reason, line, kind, limit);
        }

        /** Whether what was found is what this expects. */
        boolean isMetBy(Expectation found) {
            return verdict.equals(found.verdict)
                    && (reason.isEmpty() || reason.equals(found.reason))
                    && (line.isEmpty() || line.equals(found.line))
                    && (kind.isEmpty() || kind.equals(found.kind))
                    && (limit.isEmpty() || limit.equals(found.limit));
        }

        @Override
        public String toString() {
            return verdict
                    + kind.map(text -> " " + text).orElse("")
                    + (line.isPresent() ? " at line " + line.getAsInt() : "")
                    + reason.map(text ->
                                    " (" + text + limit.map(name -> " " + name).orElse("") + ")")
                            .orElse("");
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
        Manifest manifest = new Manifest(folder, expectations);
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            Optional<String> certificate = text(file, entry.getKey(), entry.getValue(), "certificate");
            if (certificate.isPresent()) {
                List<String> options = strings(file, entry.getKey(), entry.getValue(), "options");
                manifest.inputs.put(entry.getKey(), new Input(folder.resolve(certificate.get()), options));
            }
        }
        return manifest;
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
                text(file, name, node, "kind"),
                text(file, name, node, "limit"));
    }

    private static Optional<String> text(Path file, String name, JsonNode node, String field) throws Failure {
        JsonNode value = node.path(field);
        if (!value.isMissingNode() && !value.isTextual()) {
            throw malformed(file, "a string as " + field + " of '" + name + "'", value.toString());
        }
        return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
    }

    private static List<String> strings(Path file, String name, JsonNode node, String field) throws Failure {
        List<String> strings = new ArrayList<>();
        JsonNode list = node.path(field);
        if (!list.isMissingNode() && !list.isArray()) {
            throw malformed(file, "a list of strings as " + field + " of '" + name + "'", list.toString());
        }
        for (JsonNode each : list) {
            if (!each.isTextual()) {
                throw malformed(file, "strings as " + field + " of '" + name + "'", each.toString());
            }
            strings.add(each.asText());
        }
        return strings;
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

    /** What a file is checked with, where it is an input and no certificate. */
    Optional<Input> input(Path file) {
        return Optional.ofNullable(inputs.get(name(file)));
    }

    /** The inputs that are listed and stand in a folder or below it, each by its path through this folder. */
    List<Path> inputs(Path below) {
        Path absolute = below.toAbsolutePath().normalize();
        return inputs.keySet().stream()
                .map(name -> folder.resolve(name).normalize())
                .filter(file -> file.startsWith(absolute) && Files.isRegularFile(file))
                .map(file -> below.resolve(absolute.relativize(file)))
                .toList();
    }

    /** The folder of the manifest, from which its paths begin. */
    Path folder() {
        return folder;
    }

    Set<String> names() {
        return expectations.keySet();
    }
}
