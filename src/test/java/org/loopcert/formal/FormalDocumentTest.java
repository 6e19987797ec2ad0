package org.loopcert.formal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.loopcert.kernel.Kernel;

/** The page on the formal part names theorems, rules and files that exist, and all rules; the audit has its theorems. */
class FormalDocumentTest {
    private static final Path COQ = Path.of("src", "main", "coq");
    private static final Path CORPUS = Path.of("certificates");
    private static final Pattern QUOTED = Pattern.compile("`([^`]*)`");

    /** A row of the map: what stands in quotation marks in its last three columns. */
    private record Row(String statement, List<String> theorems, List<String> rules, List<String> files) {
        static Row of(String line) {
            String[] cells = line.split("\\|");
            return new Row(cells[1].trim(), quoted(cells[2]), quoted(cells[3]), quoted(cells[4]));
        }

        private static List<String> quoted(String cell) {
            return QUOTED.matcher(cell).results().map(found -> found.group(1)).toList();
        }
    }

    private static List<Row> map() throws IOException {
        String page = Files.readString(Path.of("src", "site", "markdown", "formal.md"));
        String table = page.substring(page.indexOf("<!-- map:begin -->"), page.indexOf("<!-- map:end -->"));
        return table.lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| statement |"))
                .map(Row::of)
                .toList();
    }

    private static Stream<Path> theories() throws IOException {
        return Files.list(COQ.resolve("theories"))
                .filter(path -> path.toString().endsWith(".v"));
    }

    private static Set<String> stated(Path source) throws IOException {
        return Pattern.compile("^(?:Theorem|Lemma|Corollary) ([A-Za-z0-9_']+)", Pattern.MULTILINE)
                .matcher(Files.readString(source))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    @Test
    void everyTheoremIsStated() throws IOException {
        for (Row row : map()) {
            assertThat(row.theorems()).as(row.statement()).isNotEmpty();
            for (String theorem : row.theorems()) {
                String[] parts = theorem.split("\\.");
                assertThat(stated(COQ.resolve("theories").resolve(parts[0] + ".v")))
                        .as(theorem)
                        .contains(parts[1]);
            }
        }
    }

    @Test
    void theAuditHasTheTheoremsOfThePage() throws IOException {
        Set<String> listed = new LinkedHashSet<>();
        map().forEach(row -> listed.addAll(row.theorems()));
        List<String> audited = Pattern.compile("^Print Assumptions ([A-Za-z0-9_.']+)\\.$", Pattern.MULTILINE)
                .matcher(Files.readString(COQ.resolve("audit").resolve("audit.v")))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(audited).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(listed);
        assertThat(Files.readAllLines(COQ.resolve("audit").resolve("audit.expected")))
                .hasSameSizeAs(audited)
                .allMatch(line -> line.matches(
                        "[A-Za-z0-9_.']+:( sig_forall_dec| sig_not_dec| functional_extensionality_dep| classic)*"));
    }

    @Test
    void everyRuleHasARowAndALemma() throws IOException {
        List<String> rules = map().stream().flatMap(row -> row.rules().stream()).toList();
        assertThat(rules).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(Kernel.ruleNames());
        Set<String> lemmas = new LinkedHashSet<>();
        try (Stream<Path> sources = theories()) {
            for (Path source : sources.toList()) {
                lemmas.addAll(stated(source));
            }
        }
        assertThat(lemmas)
                .containsAll(rules.stream()
                        .map(rule -> rule.replace(".", "").replace('-', '_') + "_sound")
                        .toList());
    }

    @Test
    void theFilesHaveTheRules() throws IOException {
        for (Row row : map()) {
            if (row.rules().isEmpty()) {
                assertThat(row.files()).as(row.statement()).isEmpty();
                continue;
            }
            assertThat(row.rules()).hasSize(1);
            String rule = row.rules().get(0);
            assertThat(row.files()).hasSize(2).last().isEqualTo("reject/" + rule);
            assertThat(CORPUS.resolve(row.files().get(0))).content().as(rule).contains("\"rule\": \"" + rule + "\"");
            assertThat(CORPUS.resolve(row.files().get(1))).isNotEmptyDirectory();
        }
    }

    /** Where nothing but parentheses of comments would have to be trusted, the proofs have none of the ways around a proof. */
    @Test
    void nothingIsAssumed() throws IOException {
        List<String> found = new ArrayList<>();
        Pattern assumed = Pattern.compile(
                "\\b(Admitted|admit|give_up|Axioms?|Parameters?|Conjectures?|bypass_check|Declare Module|type-in-type)\\b");
        try (Stream<Path> sources = theories()) {
            for (Path source : sources.toList()) {
                String code = Pattern.compile("\\(\\*.*?\\*\\)", Pattern.DOTALL)
                        .matcher(Files.readString(source))
                        .replaceAll("");
                assumed.matcher(code)
                        .results()
                        .map(MatchResult::group)
                        .forEach(word -> found.add(source + ": " + word));
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void linesAreAtMostEightyColumns() throws IOException {
        try (Stream<Path> sources = theories()) {
            for (Path source : sources.toList()) {
                assertThat(Files.readAllLines(source)).as(source.toString()).allMatch(line -> line.length() <= 80);
            }
        }
    }
}
