package org.loopcert.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loopcert.agreement.Checker.Program;

/**
 * The kernel, the checker extracted from Coq and the one in Python answer alike about the stored certificates and about
 * changed ones. The number of the latter and their seed are {@code -Dagreement.mutants} and {@code -Dagreement.seed}.
 */
class CheckersAgreeIT {
    private static final Path ROOT = Path.of("certificates");
    private static final Path KEPT = Path.of("target", "disagreements");
    private static final int NORMALLY = 10_000;

    /** Stored certificates that are beyond a limit by design; a checker need not reach all of these limits. */
    private static final int BEYOND_LIMITS = 12;

    /** Of so many mutants at most one is beyond a limit of a checker. */
    private static final int RARELY = 200;

    private final Checkers checkers = Checkers.found();
    private final AgreementGate gate = new AgreementGate(checkers.programs(), KEPT);

    @BeforeEach
    void moreThanOne() {
        if (checkers.programs().size() < 2) {
            checkers.require(Checkers.required());
        }
    }

    private void report(String what) {
        List<String> lines = gate.report();
        Checkers.say(what + ": " + lines.get(0));
        lines.subList(1, lines.size()).forEach(Checkers::say);
        checkers.absent().forEach(Checkers::say);
    }

    private Set<String> names() {
        return checkers.programs().stream().map(Program::name).collect(Collectors.toSet());
    }

    @Test
    void allThreeAreCompared() {
        checkers.absent().forEach(Checkers::say);
        checkers.require(Checkers.required());
        assertThat(names()).containsExactlyInAnyOrder("java", "coq", "python");
    }

    @Test
    void aboutTheCorpora() {
        List<Path> files = Stream.of("accept", "bound", "reject", "malformed")
                .flatMap(folder -> AgreementGate.certificates(ROOT.resolve(folder)).stream())
                .toList();
        gate.compare(files);
        report("corpora");
        assertThat(gate.disagreements()).isEmpty();
        int valid = AgreementGate.certificates(ROOT.resolve("accept")).size();
        for (String name : names()) {
            assertThat(gate.verdicts(name).get("accepted")).as(name).isGreaterThanOrEqualTo(valid);
            assertThat(gate.verdicts(name).getOrDefault("undecided limit", 0))
                    .as("%s stops at limits in files made for that alone", name)
                    .isLessThanOrEqualTo(BEYOND_LIMITS);
            assertThat(gate.verdicts(name).keySet()).as(name).noneMatch(verdict -> verdict.startsWith("declined"));
        }
    }

    @Test
    void counterexamplesAreForTheKernelAlone() {
        List<Path> files = Stream.of("accept", "claims", "reject")
                .map(folder -> ROOT.resolve("counterexamples").resolve(folder))
                .flatMap(folder -> AgreementGate.certificates(folder).stream())
                .toList();
        gate.compare(files);
        gate.compare(AgreementGate.certificates(ROOT.resolve("counterexamples/malformed")));
        report("counterexamples");
        assertThat(gate.disagreements()).isEmpty();
        for (Program program : checkers.programs()) {
            if (!program.name().equals("java")) {
                assertThat(program.answers(files))
                        .as(program.name())
                        .extracting(Checker.Answer::verdict)
                        .containsOnly("declined counterexample");
            }
        }
        assertThat(gate.verdicts("java").get("accepted"))
                .isEqualTo(AgreementGate.certificates(ROOT.resolve("counterexamples/accept"))
                                .size()
                        + AgreementGate.certificates(ROOT.resolve("counterexamples/claims"))
                                .size());
    }

    @Test
    void aboutChangedCertificates(@TempDir Path scratch) {
        int count = Integer.getInteger("agreement.mutants", NORMALLY);
        long seed = Long.getLong("agreement.seed", 1);
        gate.mutants(AgreementGate.certificates(ROOT.resolve("accept")), count, seed, scratch);
        report("mutants of seed " + seed);
        assertThat(gate.disagreements()).isEmpty();
        for (String name : names()) {
            assertThat(gate.verdicts(name)).as(name).containsKeys("accepted", "rejected", "malformed");
            assertThat(gate.verdicts(name).get("accepted")).as(name).isGreaterThan(count / 50);
            assertThat(gate.verdicts(name).keySet()).as(name).noneMatch(verdict -> verdict.startsWith("declined"));
            assertThat(gate.verdicts(name).getOrDefault("undecided limit", 0))
                    .as("%s decides nearly all", name)
                    .isLessThanOrEqualTo(5 + count / RARELY);
        }
        assertThat(scratch).matches(Files::isDirectory).isEmptyDirectory();
    }
}
