package org.loopcert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loopcert.kernel.Limits;

/** The malformed corpus and files too long to be stored: the verdicts of the manifest in a quarter of a gigabyte. */
class HostileCorpusIT {
    private static final long MOST_KILOBYTES = 256 << 10;
    private static final List<String> SMALL_HEAP = List.of("-Xmx160m", "-XX:+UseSerialGC");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+([0-9]+) kB");

    @TempDir
    Path folder;

    @Test
    void theMalformedCorpusIsJudgedAsItsManifestSays() {
        LoopcertJar run = LoopcertJar.run(
                List.of(), "check", "--expect", "certificates/malformed/manifest.json", "certificates/malformed");
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.err()).isEmpty();
    }

    /** As users start it, on a machine of any size, and with a small heap. */
    @Test
    void itTakesLessThanAQuarterOfAGigabyte() {
        for (List<String> heap : List.of(List.<String>of(), SMALL_HEAP)) {
            assertThat(peak(
                            heap,
                            "check",
                            "--expect",
                            "certificates/malformed/manifest.json",
                            "certificates/malformed"))
                    .isBetween(1L, MOST_KILOBYTES);
        }
    }

    @Test
    void tenMillionDigitsAreCountedAndNotConverted() throws IOException {
        String digits = "7".repeat(10_000_000);
        Files.writeString(folder.resolve("a.csv"), "a,b,y\n1,2,1\n3,4,2\n5,7," + digits + "\n");
        Files.writeString(
                folder.resolve("b.json"), "{\"X\": [[1, 2], [3, 4], [5, 7]], \"y\": [1, 2, " + digits + "]}\n");
        Files.writeString(
                folder.resolve("c.json"), "{\"X\": [[1, 2], [3, 4], [5, 7]], \"y\": [1, 2, \"" + digits + "\"]}\n");
        Files.writeString(
                folder.resolve("d.mtx"), "%%MatrixMarket matrix array real general\n1 2\n1\n" + digits + "\n");
        String twin = Files.readString(Path.of("certificates/malformed/inputs/certificate.json"));
        Files.writeString(folder.resolve("twin.json"), twin);
        String more = "7".repeat(Limits.DEFAULT.bytes());
        Files.writeString(folder.resolve("e.json"), twin.replaceFirst("\"y\": \\[\"1\"", "\"y\": [\"" + more + "\""));
        Files.writeString(folder.resolve("f.json"), twin.replaceFirst("\"n\": 3", "\"n\": " + more));
        String input = "{\"certificate\": \"twin.json\", %s\"verdict\": \"undecided\", \"reason\": \"limit\","
                + " \"limit\": \"max-digits\"}";
        String plain = input.formatted("");
        Path manifest = Files.writeString(
                folder.resolve("manifest.json"),
                "{\"b.json\": " + plain + ", \"c.json\": " + plain + ", \"d.mtx\": "
                        + input.formatted("\"options\": [\"--labels\", \"last\"], ")
                        + ", \"e.json\": {\"verdict\": \"undecided\", \"reason\": \"limit\", \"limit\": \"max-bytes\"}"
                        + ", \"f.json\": {\"verdict\": \"undecided\", \"reason\": \"limit\", \"limit\": \"max-bytes\"}"
                        + ", \"a.csv\": " + plain
                        + ", \"twin.json\": {\"verdict\": \"accepted\"}}");
        LoopcertJar run = LoopcertJar.run(SMALL_HEAP, "check", "--expect", manifest, folder);
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("7 files checked");
        assertThat(peak(SMALL_HEAP, "check", "--expect", manifest, folder)).isBetween(1L, MOST_KILOBYTES);
    }

    @Test
    void littleMemoryEndsUndecidedAndNotInAFault() throws IOException {
        StringBuilder rows = new StringBuilder("a,b,y\n");
        for (int i = 0; i < 400_000; i++) {
            rows.append(i).append(",1.").append(i).append(",1\n");
        }
        Path table = Files.writeString(folder.resolve("long.csv"), rows);
        for (String heap : List.of("-Xmx24m", "-Xmx64m", "-Xmx128m")) {
            for (String verb : List.of("certify", "trace")) {
                LoopcertJar run = LoopcertJar.run(List.of(heap), verb, table, "--json", "--loops", 2);
                assertThat(run.code()).as(heap + run.err()).isEqualTo(3);
                assertThat(run.out()).contains("\"name\" : \"max-memory\"");
                assertThat(run.err()).contains("max-memory").doesNotContain("\tat ");
            }
        }
    }

    /** The most memory that a run had at any time, in kilobytes; its code must be 0. */
    private static long peak(List<String> heap, Object... arguments) {
        Assumptions.assumeTrue(Files.isReadable(PeakMemory.STATUS), "the peak is read from the /proc of Linux");
        LoopcertJar run = LoopcertJar.measured(heap, arguments);
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        Matcher matcher = PEAK.matcher(run.err());
        assertThat(matcher.find()).as(run.err()).isTrue();
        return Long.parseLong(matcher.group(1));
    }
}
