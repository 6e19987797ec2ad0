package org.loopcert.certify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loopcert.input.InputException;
import org.loopcert.input.InputLimits;
import org.loopcert.input.InputOptions;
import org.loopcert.input.InputReader;
import org.loopcert.input.Problem;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Verdict;

/** A grid that the kernel would not pay for is replaced by a coarser one, and a limit is not reported as a failure. */
class ScheduleGridTest {
    private static final int LOOPS = 40;

    @TempDir
    Path folder;

    private Problem chebyshev() throws IOException, InputException {
        Path file = Files.writeString(
                folder.resolve("instance.json"),
                "{\"X\": [[1, 0], [0, 3]], \"theta\": [\"3/5\", \"4/5\"], \"loops\": " + LOOPS
                        + ", \"step\": \"chebyshev\"}");
        return InputReader.read(file, InputOptions.NONE, InputLimits.DEFAULT);
    }

    private Certification certify(long work) throws IOException, InputException {
        Limits all = Limits.DEFAULT;
        Limits limits = new Limits(
                all.bytes(), all.depth(), all.values(), all.digits(), all.dimension(), all.bits(), all.memory(), work);
        return Certifier.certify(
                chebyshev(),
                new CertifyOptions(
                        CertifyOptions.Evidence.THEOREM, Set.of(CertifyOptions.Backend.SCALED), 9, false, limits));
    }

    private static String text(Certification certification) {
        return new String(certification.certificate(), StandardCharsets.US_ASCII);
    }

    @Test
    void theUsualGridWhereItIsAffordable() throws IOException, InputException {
        assertThat(text(certify(Limits.DEFAULT.work()))).contains("\"grid\": " + 8 * LOOPS);
    }

    @Test
    void aCoarserGridBelowTheLimit() throws IOException, InputException {
        // 2 T N products of (length * 50 + 16) units: 320 points cost at least 1.7 million
        Certification coarse = certify(1_600_000);
        assertThat(coarse.verdict()).isInstanceOf(Verdict.Accepted.class);
        assertThat(text(coarse)).containsPattern("\"grid\": (80|160)\n");
    }

    @Test
    void theLimitIsNamed() throws IOException, InputException {
        assertThat(certify(100_000).verdict())
                .isInstanceOfSatisfying(Verdict.Undecided.class, undecided -> assertThat(undecided.missing())
                        .contains("within the limits", "max-work 100000")
                        .doesNotContain("is not bounded below 1"));
    }
}
