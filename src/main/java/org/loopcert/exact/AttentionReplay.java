package org.loopcert.exact;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Set;

/**
 * The looped attention Z(t+1) = Z(t) - eta_t Attn(Z(t)) of CHEN2024, Definitions 3.1-3.8, replayed
 * exactly in scaled integers at 2 n (d+1) products a step.
 *
 * <p>Under the paper's Q, P, M only the last row [q', alpha] of Z moves. Its attention scores are
 * s_i = x_i' q + alpha y_i against the in-context examples, and it loses eta_t times the sum of s_i
 * x_i. The Gram matrix is never formed, so agreement with {@link ExactReplay} compares two
 * programs. A replay is a cursor: mutable, for one thread.
 */
public final class AttentionReplay {
    private final BigInteger[][] context;
    private final BigInteger contextDenominator;
    private final Schedule schedule;
    private BigInteger[] query;
    private BigInteger denominator;
    private BigInteger support;
    private int loops;

    private AttentionReplay(ScaledMatrix x, ScaledVector y, ScaledVector q, Fraction alpha, Schedule schedule) {
        if (x.rows() != y.size()) {
            throw new IllegalArgumentException("X has " + x.rows() + " rows but y has " + y.size() + " entries");
        }
        if (q.size() != x.columns()) {
            throw new IllegalArgumentException("expected a query vector of size " + x.columns() + ", got " + q.size());
        }
        if (alpha.signum() == 0) {
            throw new IllegalArgumentException("the query alpha must not be zero");
        }
        this.schedule = schedule;
        int d = x.columns();
        contextDenominator = ScaledVector.lcm(x.denominator(), y.denominator());
        context = new BigInteger[x.rows()][d + 1];
        BigInteger examplesFactor = contextDenominator.divide(x.denominator());
        BigInteger labelsFactor = contextDenominator.divide(y.denominator());
        for (int i = 0; i < context.length; i++) {
            for (int j = 0; j < d; j++) {
                context[i][j] = x.numerators().get(i, j).multiply(examplesFactor);
            }
            context[i][d] = y.numerators().get(i).multiply(labelsFactor);
        }
        denominator = ScaledVector.lcm(q.denominator(), alpha.denominator());
        query = new BigInteger[d + 1];
        for (int j = 0; j <= d; j++) {
            query[j] = ScaledVector.scale(j < d ? q.get(j) : alpha, denominator);
        }
        // theta(t) = -q(t)/alpha has the numerator of alpha in its denominator
        support = Support.join(Support.of(denominator), query[d]);
    }

    /**
     * A replay standing at the prompt Z(0) = [[X, y], [q', alpha]].
     *
     * @throws IllegalArgumentException if the shapes do not fit or alpha is zero
     */
    public static AttentionReplay start(
            ScaledMatrix x, ScaledVector y, ScaledVector q, Fraction alpha, Schedule schedule) {
        return new AttentionReplay(x, y, q, alpha, schedule);
    }

    /**
     * Runs all loops and shows the visitor theta(t) = -q(t)/alpha at the chosen times.
     *
     * @return theta(loops)
     * @throws IllegalArgumentException if the schedule is shorter than the loops
     */
    public static ScaledVector run(
            ScaledMatrix x,
            ScaledVector y,
            ScaledVector q,
            Fraction alpha,
            Schedule schedule,
            int loops,
            Set<Integer> times,
            IterateVisitor visitor) {
        schedule.requireLoops(loops);
        AttentionReplay replay = start(x, y, q, alpha, schedule);
        for (int t = 0; t <= loops; t++) {
            if (t > 0) {
                replay.advance();
            }
            if (times.contains(t)) {
                visitor.visit(t, replay.theta());
            }
        }
        return replay.theta();
    }

    /** A bound of bit length and work of {@link #run}, without running it. */
    public static ReplayCost estimate(
            ScaledMatrix x, ScaledVector y, ScaledVector q, Fraction alpha, Schedule schedule, int loops) {
        schedule.requireLoops(loops);
        AttentionReplay replay = start(x, y, q, alpha, schedule);
        long contextBits = replay.contextDenominator.bitLength();
        for (BigInteger[] row : replay.context) {
            contextBits = Math.max(contextBits, IntegerVector.of(row).bitLength());
        }
        int distinct = schedule.length().isPresent() ? loops : Math.min(loops, 1);
        long stepBits = 0;
        for (int t = 0; t < distinct; t++) {
            Fraction eta = schedule.step(t);
            stepBits = Math.max(
                    stepBits,
                    Math.max(eta.numerator().bitLength(), eta.denominator().bitLength()));
        }
        long terms = (long) replay.context.length * replay.query.length;
        long growth = 2 * contextBits + stepBits + 64 - Long.numberOfLeadingZeros(terms) + 1;
        long first = Math.max(IntegerVector.of(replay.query).bitLength(), replay.denominator.bitLength());
        return ReplayCost.of(first, growth, loops, 2 * terms, contextBits + stepBits);
    }

    /** t, the number of loops done. */
    public int loops() {
        return loops;
    }

    /** q(t), the first d entries of the last row of Z(t), reduced. */
    public ScaledVector query() {
        int d = query.length - 1;
        BigInteger[] q = new BigInteger[d];
        System.arraycopy(query, 0, q, 0, d);
        return reduced(q, denominator);
    }

    /** TF = -q(t), what the model returns after t loops, reduced. */
    public ScaledVector output() {
        int d = query.length - 1;
        BigInteger[] output = new BigInteger[d];
        for (int j = 0; j < d; j++) {
            output[j] = query[j].negate();
        }
        return reduced(output, denominator);
    }

    /** theta(t) = -q(t)/alpha, reduced. */
    public ScaledVector theta() {
        int d = query.length - 1;
        BigInteger[] theta = new BigInteger[d];
        BigInteger alpha = query[d];
        for (int j = 0; j < d; j++) {
            theta[j] = alpha.signum() > 0 ? query[j].negate() : query[j];
        }
        return reduced(theta, alpha.abs());
    }

    private ScaledVector reduced(BigInteger[] numerators, BigInteger over) {
        return Support.isUseful(support)
                ? ScaledVector.of(IntegerVector.of(numerators), over, support)
                : ScaledVector.of(IntegerVector.of(numerators), over);
    }

    /**
     * Does one loop.
     *
     * @throws IndexOutOfBoundsException if a listed schedule has no step left
     */
    public void advance() {
        Fraction eta = schedule.step(loops);
        int d = query.length - 1;
        BigInteger[] attention = new BigInteger[d];
        Arrays.fill(attention, BigInteger.ZERO);
        for (BigInteger[] token : context) {
            BigInteger score = BigInteger.ZERO;
            for (int j = 0; j <= d; j++) {
                score = score.add(token[j].multiply(query[j]));
            }
            for (int j = 0; j < d; j++) {
                attention[j] = attention[j].add(score.multiply(token[j]));
            }
        }
        // scores are over context * query denominators, the attention over context^2 * query
        BigInteger scale = contextDenominator.pow(2).multiply(eta.denominator());
        for (int j = 0; j <= d; j++) {
            query[j] = query[j].multiply(scale);
        }
        for (int j = 0; j < d; j++) {
            query[j] = query[j].subtract(attention[j].multiply(eta.numerator()));
        }
        denominator = denominator.multiply(scale);
        support = Support.join(support, scale);
        loops++;
    }
}
