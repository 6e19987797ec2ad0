package org.loopcert.benchmark;

import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.loopcert.benchmark.Contender.Work;
import org.loopcert.certify.Certification;
import org.loopcert.certify.Certifier;
import org.loopcert.certify.CertifyOptions;
import org.loopcert.exact.AttentionReplay;
import org.loopcert.exact.ExactReplay;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.exact.ScaledMatrix;
import org.loopcert.exact.ScaledVector;
import org.loopcert.exact.Schedule;
import org.loopcert.input.Problem;
import org.loopcert.kernel.Kernel;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Verdict;

/** The rows of the comparison that run in a virtual machine; a new engine is one more element of {@link #ALL}. */
final class Contenders {
    private static final CertifyOptions BY_THEOREM =
            new CertifyOptions(CertifyOptions.Evidence.THEOREM, Set.of(), 9, false, Limits.DEFAULT);

    static final List<Contender> ALL = List.of(
            contender(
                    "bigint",
                    "java.math.BigInteger, scaled",
                    Work.REPLAY,
                    (task, threads) -> () -> new BigIntegerReplay(task).run()),
            contender(
                    "reference", "AttentionReplay and ExactReplay", Work.REPLAY, (task, threads) -> () -> replay(task)),
            contender("gram_of", "Gram.of", Work.GRAM, Contenders::gram),
            contender("certifier", "Certifier, by theorem", Work.CERTIFY, Contenders::certifier),
            contender("kernel", "Kernel.check", Work.CHECK, Contenders::kernel));

    private Contenders() {}

    /** As {@link Contender#prepare}. */
    private interface Preparation {
        LongSupplier prepare(BenchmarkTask task, int threads);
    }

    private record Named(String option, String name, Work work, Preparation preparation) implements Contender {
        @Override
        public LongSupplier prepare(BenchmarkTask task, int threads) {
            return preparation.prepare(task, threads);
        }
    }

    private static Contender contender(String option, String name, Work work, Preparation preparation) {
        return new Named(option, name, work, preparation);
    }

    static Contender named(String option) {
        return ALL.stream()
                .filter(contender -> contender.option().equals(option))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no contender " + option));
    }

    private static long replay(BenchmarkTask task) {
        ScaledMatrix x = task.examples();
        ScaledVector y = task.labels();
        Schedule schedule = Schedule.constant(task.step());
        ScaledVector zero = ScaledVector.zero(x.columns());
        AttentionReplay attention = AttentionReplay.start(x, y, zero, Fraction.ONE, schedule);
        ExactReplay descent = ExactReplay.start(Gram.of(x, y), zero, schedule);
        BoundCheck bound = new BoundCheck(task);
        while (true) {
            ScaledVector theta = descent.theta();
            if (!attention.theta().equals(theta)) {
                throw new IllegalStateException("attention is not gradient descent");
            }
            bound.require(theta.numerators().toArray(), theta.denominator());
            if (descent.loops() == task.size().loops()) {
                return BenchmarkTask.checksum(theta.numerators().toArray(), theta.denominator());
            }
            attention.advance();
            descent.advance();
            bound.advance();
        }
    }

    private static LongSupplier gram(BenchmarkTask task, int threads) {
        ScaledVector y = task.labels();
        return () -> BenchmarkTask.checksum(Gram.of(task.examples(), y).matrix());
    }

    private static LongSupplier certifier(BenchmarkTask task, int threads) {
        Problem problem = task.problem(task.size().loops());
        return () -> {
            requireAccepted(Certifier.certify(problem, BY_THEOREM).verdict());
            return 0;
        };
    }

    private static LongSupplier kernel(BenchmarkTask task, int threads) {
        Certification made = Certifier.certify(task.problem(task.size().loops()), BY_THEOREM);
        return () -> {
            requireAccepted(Kernel.check(made.certificate(), Limits.DEFAULT));
            return 0;
        };
    }

    private static void requireAccepted(Verdict verdict) {
        if (!(verdict instanceof Verdict.Accepted)) {
            throw new IllegalStateException("expected an accepted certificate, got " + verdict);
        }
    }
}
