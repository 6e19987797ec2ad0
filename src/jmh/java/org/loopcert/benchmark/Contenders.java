package org.loopcert.benchmark;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.loopcert.benchmark.Contender.Work;
import org.loopcert.certify.Certifier;
import org.loopcert.certify.CertifyOptions;
import org.loopcert.certify.UndecidedException;
import org.loopcert.exact.AttentionReplay;
import org.loopcert.exact.DigitReplay;
import org.loopcert.exact.ExactReplay;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.exact.IntegerVector;
import org.loopcert.exact.ModularCheck;
import org.loopcert.exact.ScaledMatrix;
import org.loopcert.exact.ScaledVector;
import org.loopcert.exact.Schedule;
import org.loopcert.input.Problem;
import org.loopcert.kernel.Kernel;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Verdict;

/** The rows of the comparison that run in a virtual machine; a new engine is one more element of {@link #ALL}. */
final class Contenders {
    /** Enough for the largest instance. */
    private static final Limits LIMITS =
            new Limits(64_000_000, 16, 2_000_000, 10_000, 512, 4_000_000, 64_000_000, 40_000_000_000L);

    private static final CertifyOptions BY_THEOREM =
            new CertifyOptions(CertifyOptions.Evidence.THEOREM, Set.of(), 9, false, false, LIMITS);

    static final List<Contender> ALL = List.of(
            contender("digits", "DigitReplay", Work.REPLAY, (task, threads) -> () -> digits(task, threads)),
            contender(
                    "bigint",
                    "java.math.BigInteger, scaled",
                    Work.REPLAY,
                    (task, threads) -> () -> new BigIntegerReplay(task).run()),
            contender(
                    "reference", "AttentionReplay and ExactReplay", Work.REPLAY, (task, threads) -> () -> replay(task)),
            contender("gram_of", "Gram.of", Work.GRAM, Contenders::gram),
            contender("certifier", "Certifier.propose", Work.CERTIFY, Contenders::certifier),
            contender("kernel", "Kernel.check", Work.CHECK, Contenders::kernel));

    private static final long SEED = 1;

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

    private static long digits(BenchmarkTask task, int threads) {
        ScaledMatrix x = task.examples();
        ScaledVector y = task.labels(x);
        Fraction ratio = Fraction.ONE.subtract(task.step().multiply(task.convexity()));
        ScaledVector star = ScaledVector.of(IntegerVector.of(task.star()), BigInteger.valueOf(task.starDenominator()));
        DigitReplay replay = DigitReplay.start(
                x,
                y,
                Gram.of(x, y),
                ScaledVector.zero(x.columns()),
                Fraction.ONE,
                Schedule.constant(task.step()),
                task.size().loops(),
                Optional.of(new DigitReplay.Target(star, ratio)),
                ModularCheck.of(SEED),
                threads);
        while (true) {
            if (!replay.agrees() || !replay.withinBound()) {
                throw new IllegalStateException("task R fails at t = " + replay.loops());
            }
            if (replay.loops() == task.size().loops()) {
                ScaledVector theta = replay.theta();
                return BenchmarkTask.checksum(theta.numerators().toArray(), theta.denominator());
            }
            replay.advance();
        }
    }

    private static long replay(BenchmarkTask task) {
        ScaledMatrix x = task.examples();
        ScaledVector y = task.labels(x);
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
        return () -> proposal(problem).length > 0 ? 0 : 1;
    }

    private static LongSupplier kernel(BenchmarkTask task, int threads) {
        byte[] made = proposal(task.problem(task.size().loops()));
        return () -> {
            requireAccepted(Kernel.check(made, LIMITS));
            return 0;
        };
    }

    private static byte[] proposal(Problem problem) {
        try {
            return Certifier.propose(problem, BY_THEOREM);
        } catch (UndecidedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void requireAccepted(Verdict verdict) {
        if (!(verdict instanceof Verdict.Accepted)) {
            throw new IllegalStateException("expected an accepted certificate, got " + verdict);
        }
    }
}
