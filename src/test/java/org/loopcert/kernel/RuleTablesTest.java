package org.loopcert.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** One table for each rule, read from the stored corpus: valid uses, and one file for each side condition. */
class RuleTablesTest {
    private static final Path REJECT = Path.of("certificates/reject");

    private static Map<String, JsonNode> manifest() throws IOException {
        JsonNode root = new ObjectMapper().readTree(Files.readAllBytes(REJECT.resolve("manifest.json")));
        Map<String, JsonNode> entries = new TreeMap<>();
        root.properties().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
        return entries;
    }

    private static Verdict check(Path file) throws IOException {
        return Kernel.check(Files.readAllBytes(file), Limits.DEFAULT);
    }

    @TestFactory
    Stream<DynamicContainer> tables() throws IOException {
        Map<String, List<DynamicTest>> tables = new TreeMap<>();
        Map<String, Set<String>> twins = new TreeMap<>();
        manifest().forEach((path, entry) -> {
            String rule = path.substring(0, path.indexOf('/'));
            twins.computeIfAbsent(rule, key -> new LinkedHashSet<>())
                    .add(entry.get("twin").asText());
            tables.computeIfAbsent(rule, key -> new ArrayList<>())
                    .add(DynamicTest.dynamicTest("rejects " + path, () -> assertThat(check(REJECT.resolve(path)))
                            .isInstanceOfSatisfying(Verdict.Rejected.class, verdict -> {
                                assertThat(verdict.reason().code())
                                        .isEqualTo(entry.get("reason").asText());
                                assertThat(verdict.line())
                                        .isEqualTo(entry.get("line").asInt());
                                assertThat(verdict.expected()).isNotBlank();
                            })));
        });
        twins.forEach((rule, files) -> files.forEach(twin -> tables.get(rule)
                .add(DynamicTest.dynamicTest("accepts " + twin, () -> assertThat(check(REJECT.resolve(twin)))
                        .isInstanceOf(Verdict.Accepted.class)))));
        return tables.entrySet().stream()
                .map(table -> DynamicContainer.dynamicContainer(table.getKey(), table.getValue()));
    }

    @Test
    void everyRejectionNamesItsRule() throws IOException {
        for (Map.Entry<String, JsonNode> entry : manifest().entrySet()) {
            Verdict.Rejected verdict = (Verdict.Rejected) check(REJECT.resolve(entry.getKey()));
            boolean decoding = verdict.line() == 0;
            assertThat(decoding ? "" : verdict.rule())
                    .isEqualTo(
                            decoding
                                    ? ""
                                    : entry.getKey().substring(0, entry.getKey().indexOf('/')));
        }
    }
}
