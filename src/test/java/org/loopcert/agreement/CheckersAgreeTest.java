package org.loopcert.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The kernel and the Python checker answer alike about the stored certificates and about changed ones. The number of the
 * latter and their seed are {@code -Dagreement.mutants} and {@code -Dagreement.seed}.
 */
class CheckersAgreeTest {
    private static final Path ROOT = Path.of("certificates");
    private static final int SECONDS = 10;
    private static final int NORMALLY = 400;

    private final AgreementGate gate = new AgreementGate(
            List.of(Checker.Program.java(), Checker.Program.python(SECONDS)), Path.of("target", "disagreements"));

    @BeforeEach
    void python() {
        assumeTrue(
                Checker.Program.present("python3", "--version"),
                "python3 is not there, so certificates/check.py was not compared with the kernel");
    }

    @Test
    void aboutTheCorpora() {
        gate.compare(AgreementGate.certificates(ROOT));
        log();
        assertThat(gate.disagreements()).isEmpty();
        int valid = AgreementGate.certificates(ROOT.resolve("accept")).size();
        assertThat(gate.verdicts("python").get("accepted")).isGreaterThanOrEqualTo(valid);
    }

    @Test
    void aboutChangedCertificates(@TempDir Path scratch) {
        int count = Integer.getInteger("agreement.mutants", NORMALLY);
        gate.mutants(
                AgreementGate.certificates(ROOT.resolve("accept")), count, Long.getLong("agreement.seed", 1), scratch);
        log();
        assertThat(gate.disagreements()).isEmpty();
        assertThat(gate.verdicts("java")).containsKeys("accepted", "rejected", "malformed");
        assertThat(gate.verdicts("python").get("accepted")).isGreaterThan(count / 50);
        assertThat(gate.verdicts("python").getOrDefault("undecided limit", 0)).isLessThan(count / 50);
        assertThat(scratch).matches(folder -> Files.isDirectory(folder)).isEmptyDirectory();
    }

    private void log() {
        System.getLogger(CheckersAgreeTest.class.getName()).log(System.Logger.Level.INFO, gate.report());
    }
}
