package org.loopcert.certify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import org.loopcert.kernel.Kernel;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Verdict;

/** Certificates changed at random: the kernel answers, and what it accepts is true. */
class MutantTest {
    private static final int POOL = 70;
    private static final int TRIES = 12_000;
    private static final Map<String, Integer> ANSWERS = new TreeMap<>();
    private static final List<byte[]> VALID = valid();
    private static final Mutations MUTATIONS = new Mutations(VALID);
    private static final StatementOracle ORACLE = new StatementOracle();

    private static List<byte[]> valid() {
        List<byte[]> result = new ArrayList<>();
        for (long seed = 1; result.size() < POOL; seed++) {
            Certification certification =
                    Certifier.certify(SmallInstances.problem(new Random(seed)), CertifyOptions.DEFAULT);
            if (certification.verdict() instanceof Verdict.Accepted) {
                result.add(certification.certificate());
            }
        }
        return result;
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void anAcceptedMutantSaysNothingFalse(@ForAll Random random) {
        byte[] mutant = MUTATIONS.mutant(random);
        Verdict verdict;
        try {
            verdict = Kernel.check(mutant, Limits.DEFAULT);
        } catch (RuntimeException e) {
            throw new AssertionError("the kernel fails on\n" + new String(mutant, StandardCharsets.US_ASCII), e);
        }
        if (verdict instanceof Verdict.Accepted accepted) {
            ORACLE.confirm(accepted, mutant);
        }
        String reason = verdict instanceof Verdict.Rejected rejected
                ? " " + rejected.reason().code()
                : verdict instanceof Verdict.Undecided undecided
                        ? " " + undecided.reason().code()
                        : "";
        ANSWERS.merge(verdict.word() + reason, 1, Integer::sum);
    }

    @Example
    void writingAnUnchangedCertificateGivesTheSameBytes() {
        for (byte[] certificate : VALID) {
            assertThat(CertificateTree.write(CertificateTree.read(certificate))).isEqualTo(certificate);
        }
    }

    @AfterContainer
    static void mutantsReachTheRules() {
        System.getLogger(MutantTest.class.getName()).log(System.Logger.Level.INFO, ANSWERS.toString());
        int malformed = ANSWERS.getOrDefault("malformed", 0);
        assertThat(malformed).as("mutants stopped by the reader").isLessThan(TRIES / 6);
        assertThat(ANSWERS.getOrDefault("accepted", 0)).as("accepted mutants").isGreaterThan(TRIES / 20);
        assertThat(ANSWERS.keySet().stream().filter(answer -> answer.startsWith("rejected")))
                .as("reasons of rejection")
                .hasSizeGreaterThan(18);
    }
}
