package org.loopcert.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.loopcert.kernel.Limits;
import org.loopcert.reproduce.Figure1Trial.Theta;
import org.loopcert.ring.Interval;
import org.loopcert.ring.RationalField;

/**
 * CHEN2024, Section 6 and Figure 1: gradient descent and the looped Transformer on Gaussian X, d = 4, n in {16, 32, 64,
 * 128}, T = 200, in exact arithmetic and in binary64, beside every bound that the paper states.
 */
public final class Figure1 {
    /** The paper's average condition numbers, by n. */
    static final Map<Integer, Interval> PRINTED_KAPPA =
            Map.of(16, printed(457), 32, printed(313), 64, printed(207), 128, printed(162));

    private Figure1() {}

    private static Interval printed(int hundredths) {
        return Reals.of(RationalField.of(hundredths, 100));
    }

    /**
     * What to run.
     *
     * @param sizes n, ascending
     * @param trials of each size, 1 to 400
     * @param loops T, at least 1
     * @param seed of the first trial
     * @param limits of the kernel that checks the certificates
     */
    public record Options(List<Integer> sizes, int trials, int loops, long seed, Limits limits) {
        /** The sizes of the paper. */
        public static final List<Integer> SIZES = List.of(16, 32, 64, 128);

        /** The trials of the paper. */
        public static final int TRIALS = 10;

        /** The loops of the paper. */
        public static final int LOOPS = 200;

        /** The most trials, so that seeds of different n stay apart. */
        public static final int MAX_TRIALS = 400;

        /** Checks the ranges. */
        public Options {
            sizes = List.copyOf(sizes);
            if (trials < 1 || trials > MAX_TRIALS) {
                throw new IllegalArgumentException("expected 1 to " + MAX_TRIALS + " trials, got " + trials);
            }
            if (loops < 1 || sizes.size() < 2) {
                throw new IllegalArgumentException("expected at least one loop and two sizes");
            }
        }
    }

    /** How many steps of progress {@link #run} reports. */
    public static int work(Options options) {
        return options.sizes().size() * options.trials() * Theta.values().length;
    }

    /**
     * Runs and certifies every trial, and decides.
     *
     * @param progress told how many of {@link #work} are done, from any thread
     * @throws UndecidedException if a limit forbids a certificate
     */
    public static Reproduction run(Options options, IntConsumer progress) throws UndecidedException {
        return Figure1Report.of(options, trials(options, progress));
    }

    /** All trials, by theta*, then n, then trial. */
    static List<Figure1Trial> trials(Options options, IntConsumer progress) throws UndecidedException {
        List<Parallel.Task<Figure1Trial>> tasks = new ArrayList<>();
        for (Theta theta : Theta.values()) {
            for (int i = 0; i < options.sizes().size(); i++) {
                for (int k = 0; k < options.trials(); k++) {
                    int n = options.sizes().get(i);
                    int trial = k;
                    long seed = Figure1Trial.seed(options.seed(), i, k);
                    tasks.add(() -> Figure1Trial.run(n, trial, seed, theta, options.loops(), options.limits()));
                }
            }
        }
        return Parallel.all(tasks, progress);
    }
}
