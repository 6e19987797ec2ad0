package org.loopcert.exact;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Gradient descent theta(t+1) = theta(t) - eta_t (G theta(t) - b), replayed exactly in scaled
 * integers at d^2 products a step.
 *
 * <p>A step with eta = p/q is one affine map theta &lt;- (M theta + v) / D with integer M, v, D.
 * Numerators and their common denominator are only reduced when an iterate is asked for: a gcd per
 * step costs more than the few bits it saves. A replay is a cursor: mutable, for one thread.
 */
public final class ExactReplay {
    private final Gram gram;
    private final Schedule schedule;
    private final Map<Fraction, Step> steps = new HashMap<>();
    private BigInteger[] numerators;
    private BigInteger denominator;
    private BigInteger support;
    private int loops;

    /** theta &lt;- (matrix theta + shift) / scale. */
    private record Step(BigInteger[][] matrix, BigInteger[] shift, BigInteger scale) {}

    private ExactReplay(Gram gram, ScaledVector start, Schedule schedule) {
        if (start.size() != gram.features()) {
            throw new IllegalArgumentException(
                    "expected theta(0) of size " + gram.features() + ", got " + start.size());
        }
        this.gram = gram;
        this.schedule = schedule;
        this.numerators = start.numerators().toArray();
        this.denominator = start.denominator();
        this.support = Support.of(start.denominator());
    }

    /**
     * A replay standing at theta(0).
     *
     * @throws IllegalArgumentException if theta(0) has not d entries
     */
    public static ExactReplay start(Gram gram, ScaledVector start, Schedule schedule) {
        return new ExactReplay(gram, start, schedule);
    }

    /**
     * Runs all loops and shows the visitor the iterates of the chosen times.
     *
     * @return theta(loops)
     * @throws IllegalArgumentException if the schedule is shorter than the loops
     */
    public static ScaledVector run(
            Gram gram, ScaledVector start, Schedule schedule, int loops, Set<Integer> times, IterateVisitor visitor) {
        schedule.requireLoops(loops);
        ExactReplay replay = start(gram, start, schedule);
        for (int t = 0; t <= loops; t++) {
            replay.advanceTo(t);
            if (times.contains(t)) {
                visitor.visit(t, replay.theta());
            }
        }
        return replay.theta();
    }

    /** theta(loops) alone. */
    public static ScaledVector run(Gram gram, ScaledVector start, Schedule schedule, int loops) {
        return run(gram, start, schedule, loops, Set.of(), (t, theta) -> {});
    }

    /** A bound of bit length and work of {@link #run}, without running it. */
    public static ReplayCost estimate(Gram gram, ScaledVector start, Schedule schedule, int loops) {
        schedule.requireLoops(loops);
        ExactReplay replay = start(gram, start, schedule);
        int distinct = schedule.length().isPresent() ? loops : Math.min(loops, 1);
        long growth = 0;
        long factor = 0;
        int d = gram.features();
        for (int t = 0; t < distinct; t++) {
            Step step = replay.step(schedule.step(t));
            long longest = Math.max(
                    step.scale().bitLength(), IntegerVector.of(step.shift()).bitLength());
            longest = Math.max(longest, IntegerMatrix.of(step.matrix()).bitLength());
            factor = Math.max(factor, longest);
            // d products and one shift are added up in every entry
            growth = Math.max(growth, longest + 32 - Integer.numberOfLeadingZeros(d));
        }
        long first =
                Math.max(start.numerators().bitLength(), start.denominator().bitLength());
        return ReplayCost.of(first, growth, loops, (long) d * d + d + 1, factor);
    }

    /** t, the number of loops done. */
    public int loops() {
        return loops;
    }

    /** theta(t), reduced. */
    public ScaledVector theta() {
        return Support.isUseful(support)
                ? ScaledVector.of(IntegerVector.of(numerators), denominator, support)
                : ScaledVector.of(IntegerVector.of(numerators), denominator);
    }

    /**
     * Does one loop.
     *
     * @throws IndexOutOfBoundsException if a listed schedule has no step left
     */
    public void advance() {
        Fraction eta = schedule.step(loops);
        Step step = schedule.isConstant() ? steps.computeIfAbsent(eta, this::step) : step(eta);
        int d = numerators.length;
        BigInteger[] next = new BigInteger[d];
        for (int i = 0; i < d; i++) {
            BigInteger sum = step.shift()[i].multiply(denominator);
            for (int j = 0; j < d; j++) {
                if (step.matrix()[i][j].signum() != 0) {
                    sum = sum.add(step.matrix()[i][j].multiply(numerators[j]));
                }
            }
            next[i] = sum;
        }
        numerators = next;
        denominator = denominator.multiply(step.scale());
        support = Support.join(support, step.scale());
        loops++;
    }

    /**
     * Runs on until t loops are done.
     *
     * @throws IllegalArgumentException if t lies behind
     */
    public void advanceTo(int t) {
        if (t < loops) {
            throw new IllegalArgumentException("already at loop " + loops + ", cannot go back to " + t);
        }
        while (loops < t) {
            advance();
        }
    }

    /** I - eta G and eta b over one common denominator in lowest terms. */
    private Step step(Fraction eta) {
        BigInteger common = ScaledVector.lcm(gram.gDen(), gram.bDen());
        BigInteger p = eta.numerator();
        BigInteger scale = eta.denominator().multiply(common);
        IntegerMatrix matrix = gram.gi()
                .multiply(p.negate().multiply(common.divide(gram.gDen())))
                .addToDiagonal(scale);
        IntegerVector shift = gram.bi().multiply(p.multiply(common.divide(gram.bDen())));
        BigInteger g = matrix.content().gcd(shift.content()).gcd(scale);
        BigInteger[] reduced = shift.toArray();
        for (int i = 0; i < reduced.length; i++) {
            reduced[i] = reduced[i].divide(g);
        }
        return new Step(matrix.divideExact(g).toArray(), reduced, scale.divide(g));
    }
}
