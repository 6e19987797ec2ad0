package org.loopcert.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the kernel says about each stored flawed file, in full: where it stops, what it expected and what it found. */
class RefusalsTest {
    private static final Path CORPUS = Path.of("certificates");

    private static List<NamedCsvRecord> table;

    @BeforeAll
    static void read() throws IOException {
        try (CsvReader<NamedCsvRecord> records =
                CsvReader.builder().ofNamedCsvRecord(Path.of("src/test/resources/org/loopcert/kernel/refusals.csv"))) {
            table = records.stream().toList();
        }
    }

    /** The place, and what was expected and found there. */
    private static List<String> told(Verdict verdict) {
        if (verdict instanceof Verdict.Malformed malformed) {
            return List.of(
                    malformed.row() + ":" + malformed.column() + " @" + malformed.offset(),
                    malformed.expected(),
                    malformed.found());
        }
        if (verdict instanceof Verdict.Undecided undecided) {
            return List.of(undecided.line() + " " + undecided.rule(), undecided.missing(), "");
        }
        Verdict.Rejected rejected = (Verdict.Rejected) verdict;
        return List.of(rejected.line() + " " + rejected.rule(), rejected.expected(), rejected.found());
    }

    @TestFactory
    Stream<DynamicTest> saysWhereAndWhy() {
        return table.stream()
                .map(row -> DynamicTest.dynamicTest(row.getField("file"), () -> {
                    byte[] file = Files.readAllBytes(CORPUS.resolve(row.getField("file")));
                    Verdict verdict = Kernel.check(file, Limits.DEFAULT);
                    assertThat(verdict.word()).isEqualTo(row.getField("verdict"));
                    assertThat(told(verdict))
                            .containsExactly(row.getField("place"), row.getField("expected"), row.getField("found"));
                }));
    }

    @Test
    void everyVerdictIsInTheTable() {
        assertThat(table)
                .extracting(row -> row.getField("verdict"))
                .contains("malformed", "rejected", "undecided")
                .hasSizeGreaterThan(300);
    }
}
