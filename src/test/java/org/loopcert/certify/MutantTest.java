package org.loopcert.certify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.loopcert.certify.Mutations.Kind;
import org.loopcert.certify.Mutations.Mutant;
import org.loopcert.drift.RunConfiguration;
import org.loopcert.drift.SummationOrder;
import org.loopcert.fuzz.Watchdog;
import org.loopcert.input.Problem;
import org.loopcert.kernel.Kernel;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Verdict;
import org.loopcert.ring.RoundingFormat;

/**
 * Certificates changed at random: the kernel answers, and what it accepts is true. The number of mutants and the seed are
 * {@code -Dmutants.count} and {@code -Dmutants.seed}; a mutant that fails is kept below {@code target/mutants}.
 */
class MutantTest {
    private static final int POOL = 70;
    private static final int NORMALLY = 12_000;

    private static final List<RunConfiguration> RUN =
            List.of(RunConfiguration.of(RoundingFormat.BFLOAT16, SummationOrder.RESIDUAL));

    /** No file that is changed so is a certificate. */
    private static final Set<Kind> NEVER_ACCEPTED = EnumSet.of(
            Kind.COST,
            Kind.SPELLING,
            Kind.ENCODING,
            Kind.BYTE_ORDER_MARK,
            Kind.ESCAPE,
            Kind.LINE_ENDS,
            Kind.SPACES,
            Kind.TRUNCATION);

    /** Changes that so seldom leave a certificate that only many mutants are sure to hold one. */
    private static final Set<Kind> SELDOM_ACCEPTED = EnumSet.of(Kind.PREMISES, Kind.RULE, Kind.FIELDS);

    private static final int MANY = 100_000;

    private final Map<String, Integer> answers = new TreeMap<>();
    private final Map<Kind, Integer> exercised = new EnumMap<>(Kind.class);
    private final Map<Kind, Integer> accepted = new EnumMap<>(Kind.class);
    private int inForm;
    private int inFormMalformed;

    private static List<byte[]> valid() {
        List<byte[]> result = new ArrayList<>();
        for (long seed = 1; result.size() < POOL; seed++) {
            Certification certification = certified(SmallInstances.problem(new Random(seed)), seed % 3 == 0);
            if (certification.verdict() instanceof Verdict.Accepted) {
                result.add(certification.certificate());
            }
        }
        return result;
    }

    /** With the trajectory of a run, where one is asked for and the step is not the literal one, which cannot be run. */
    private static Certification certified(Problem problem, boolean trajectory) {
        try {
            if (trajectory) {
                InstanceAudit audit = InstanceAudit.of(problem, RUN, CertifyOptions.DEFAULT.relativeWidthDigits());
                Recording recording = new Recording(audit.runs(), List.of(0), Optional.empty(), true);
                return Certifier.certify(problem, CertifyOptions.DEFAULT, recording);
            }
            return Certifier.certify(problem, CertifyOptions.DEFAULT);
        } catch (UndecidedException e) {
            return Certifier.certify(problem, CertifyOptions.DEFAULT);
        }
    }

    @Test
    void anAcceptedMutantSaysNothingFalse() {
        int count = Integer.getInteger("mutants.count", NORMALLY);
        String given = System.getProperty("mutants.seed", "");
        long seed = given.isEmpty() ? new Random().nextInt(Integer.MAX_VALUE) : Long.parseLong(given);
        Mutations mutations = new Mutations(valid());
        StatementOracle oracle = new StatementOracle();
        SplittableRandom seeds = new SplittableRandom(seed);
        try (Watchdog watchdog = new Watchdog()) {
            for (int k = 0; k < count; k++) {
                Mutant mutant = mutations.mutant(new Random(seeds.nextLong()));
                Verdict verdict = watchdog.watch(
                        "mutant-" + seed + "-" + k + ".json", mutant.bytes(), () -> judged(mutant.bytes(), oracle));
                count(mutant, verdict);
                if ((k + 1) % MANY == 0) {
                    log(k + 1 + " mutants, mutants.seed=" + seed + ": " + answers);
                }
            }
        }
        String report = count + " mutants, mutants.seed=" + seed + ": " + answers + "\n  changes " + exercised
                + "\n  accepted " + accepted;
        log(report);
        requireAllReached(count, report);
    }

    private static void log(String text) {
        System.getLogger(MutantTest.class.getName()).log(System.Logger.Level.INFO, text);
    }

    private static Verdict judged(byte[] mutant, StatementOracle oracle) {
        Verdict verdict = Kernel.check(mutant, Limits.DEFAULT);
        if (verdict instanceof Verdict.Accepted accepted) {
            oracle.confirm(accepted, mutant);
        }
        return verdict;
    }

    private void count(Mutant mutant, Verdict verdict) {
        String reason = verdict instanceof Verdict.Rejected rejected
                ? " " + rejected.reason().code()
                : verdict instanceof Verdict.Undecided undecided
                        ? " " + undecided.reason().code()
                        : "";
        answers.merge(verdict.word() + reason, 1, Integer::sum);
        for (Kind kind : mutant.kinds()) {
            exercised.merge(kind, 1, Integer::sum);
            if (verdict instanceof Verdict.Accepted) {
                accepted.merge(kind, 1, Integer::sum);
            }
        }
        if (mutant.kinds().stream().allMatch(Kind::keepsForm) && !mutant.kinds().contains(Kind.FIELDS)) {
            inForm++;
            inFormMalformed += verdict instanceof Verdict.Malformed ? 1 : 0;
        }
    }

    private void requireAllReached(int count, String report) {
        assertThat(exercised.keySet()).as(report).containsExactly(Kind.values());
        assertThat(accepted.keySet()).as(report).doesNotContainAnyElementsOf(NEVER_ACCEPTED);
        Set<Kind> sometimes = EnumSet.complementOf(EnumSet.copyOf(NEVER_ACCEPTED));
        if (count < MANY) {
            sometimes.removeAll(SELDOM_ACCEPTED);
        }
        assertThat(accepted.keySet()).as(report).containsAll(sometimes);
        assertThat(inFormMalformed)
                .as("mutants in form stopped by the reader; " + report)
                .isLessThan(inForm / 6);
        assertThat(answers.getOrDefault("accepted", 0))
                .as("accepted; " + report)
                .isGreaterThan(inForm / 20);
        assertThat(answers.keySet().stream().filter(answer -> answer.startsWith("rejected")))
                .as("reasons of rejection")
                .hasSizeGreaterThan(18);
    }

    @Test
    void writingAnUnchangedCertificateGivesTheSameBytes() {
        for (byte[] certificate : valid()) {
            assertThat(CertificateTree.write(CertificateTree.read(certificate))).isEqualTo(certificate);
        }
    }
}
