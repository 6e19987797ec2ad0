package org.loopcert.certify;

import static org.loopcert.certificate.Texts.field;

import java.util.List;
import java.util.Optional;
import org.loopcert.certificate.Texts;
import org.loopcert.exact.DigitReplay;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.exact.ModularCheck;
import org.loopcert.exact.ScaledMatrix;
import org.loopcert.exact.ScaledVector;
import org.loopcert.exact.Schedule;
import org.loopcert.input.Problem;
import org.loopcert.kernel.Json;

/**
 * The producer's own exact replay of all loops, attention beside gradient descent, by the fast engine. It is far beyond
 * what the kernel replays, and so it is measured: a fault of the engine, the compiler or the processor would show here, and
 * nothing in a certificate rests on it.
 */
final class ProducerReplay {
    /** Products of digits; about two seconds on one core. */
    private static final long MOST_PRODUCTS = 10_000_000_000L;

    private static final long MOST_BYTES = 200_000_000L;

    /** theta* and the bound are compared along the way if their numbers are this short. */
    private static final int SHORT_BITS = 256;

    /** The primes of the cross-check are drawn from this, so that a certificate's bytes depend on its instance alone. */
    private static final long SEED = 20_241_011L;

    private ProducerReplay() {}

    /**
     * Replays the loops, if that is affordable.
     *
     * @param x the problem's X
     * @param y the problem's y
     * @param reference theta* and rho with |theta(t) - theta*|^2 <= rho^t |theta(0) - theta*|^2, where that is certified
     * @return what is written down; empty if the replay would be too long
     * @throws IllegalStateException if the two differ, exceed the bound, or fail the modular cross-check: a fault
     */
    static Optional<Json.Obj> measure(
            Problem problem,
            ScaledMatrix x,
            ScaledVector y,
            Gram gram,
            Schedule schedule,
            Optional<DigitReplay.Target> reference) {
        if (problem.loops() > Integer.MAX_VALUE) {
            return Optional.empty();
        }
        int loops = (int) problem.loops();
        ScaledVector q = ScaledVector.of(problem.start());
        Fraction alpha = Fraction.of(problem.alpha());
        Optional<DigitReplay.Target> target = reference.filter(ProducerReplay::isShort);
        DigitReplay.Size size = DigitReplay.predict(x, y, gram, q, alpha, schedule, loops, target);
        if (size.products() > MOST_PRODUCTS || size.bytes() > MOST_BYTES) {
            return Optional.empty();
        }
        // the run in binary64 goes on beside it
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
        DigitReplay replay =
                DigitReplay.start(x, y, gram, q, alpha, schedule, loops, target, ModularCheck.of(SEED), threads);
        require(replay, target.isPresent());
        while (replay.loops() < loops) {
            replay.advance();
            require(replay, target.isPresent());
        }
        List<Json> primes = replay.modularCheck().moduli().stream()
                .map(each -> (Json) Texts.string(Long.toString(each.prime())))
                .toList();
        return Optional.of(Texts.object(
                field("loops", Texts.count(loops)),
                field("bits", Texts.count(replay.bits())),
                field("bound", Texts.string(target.isPresent() ? "yes" : "no")),
                field("primes", Texts.array(primes)),
                field("seed", Texts.string(Long.toString(SEED)))));
    }

    private static boolean isShort(DigitReplay.Target target) {
        return target.point().denominator().bitLength() <= SHORT_BITS
                && target.point().numerators().bitLength() <= SHORT_BITS
                && target.ratio().denominator().bitLength() <= 16 * SHORT_BITS;
    }

    private static void require(DigitReplay replay, boolean bounded) {
        if (!replay.agrees()) {
            throw new IllegalStateException("q(t) is not -alpha theta(t) at t = " + replay.loops());
        }
        if (bounded && !replay.withinBound()) {
            throw new IllegalStateException("theta(t) is beyond the certified bound at t = " + replay.loops());
        }
    }
}
