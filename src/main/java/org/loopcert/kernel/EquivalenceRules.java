package org.loopcert.kernel;

import static org.loopcert.kernel.Refusal.require;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.loopcert.kernel.Verdict.Reason;

/** Rules that show that the attention step is the gradient step. */
final class EquivalenceRules {
    private EquivalenceRules() {}

    /**
     * Evaluates the attention of the prompt with q and alpha as indeterminates.
     *
     * <pre>
     *   (M o (Z Q Z')) Z P = [[0, 0], [q'G + alpha b', 0]]  as forms in q_1..q_d, alpha
     *   --------------------------------------------------------------------------------
     *   q(t) = -alpha theta(t) and TF = alpha theta(T) for every q(0), schedule and T
     * </pre>
     *
     * CHEN2024, Definition 3.5, Lemma 4.1 and Theorem 4.2. Soundness-critical.
     */
    static final class SymbolicAttention implements Theorem.Rule<Void> {
        @Override
        public Statement conclude(Problem problem, Theorem.Premises premises, Void witness) throws Refusal {
            premises.end();
            int d = problem.d;
            // Only row n+1 of M is not zero. Its entry for example j is, with Q = I, sum_k Z_{n+1,k} Z_{jk}: a form in
            // q_1..q_d, alpha with the coefficients of row j of [X y]. It is multiplied by row j of Z P = [X 0].
            BigInteger[][] values = new BigInteger[problem.n][];
            for (int j = 0; j < problem.n; j++) {
                values[j] = problem.prompt[j].clone();
                values[j][d] = BigInteger.ZERO;
            }
            BigInteger[][] attention = Vectors.transposedTimes(values, problem.prompt, problem.meter);
            for (int c = 0; c <= d; c++) {
                BigInteger[] step = c < d ? Arrays.copyOf(problem.gram[c], d + 1) : Vectors.zero(d + 1);
                step[d] = c < d ? problem.moment[c] : BigInteger.ZERO;
                boolean equal = Arrays.equals(attention[c], step);
                require(equal, Reason.NOT_GRADIENT, "the gradient step in column " + (c + 1));
            }
            return new Statement.StepEquivalence((d + 1) * (d + 1));
        }
    }

    /**
     * Runs attention and gradient descent side by side in integers.
     *
     * <pre>
     *   Z(t+1) = Z(t) - eta_t Attn(Z(t)),  theta(t+1) = theta(t) - eta_t (G theta(t) - b),  t < T
     *   --------------------------------------------------------------------------------------
     *   q(t) = -alpha theta(t) for t = 0..T
     * </pre>
     *
     * CHEN2024, Theorem 4.2, for one instance. Soundness-critical.
     */
    static final class ReplaySteps implements Theorem.Rule<Void> {
        @Override
        public Statement conclude(Problem problem, Theorem.Premises premises, Void witness) throws Refusal {
            premises.end();
            Replay descent = new Replay(problem, problem.n);
            int d = problem.d;
            List<Fraction> token = new ArrayList<>(problem.instance.start());
            token.add(problem.instance.alpha());
            BigInteger[] q = Vectors.overCommonDenominator(token, problem.meter);
            BigInteger tokenScale = q[d + 1];
            BigInteger left = descent.first.multiply(token.get(d).denominator());
            BigInteger right = token.get(d).numerator().negate().multiply(tokenScale);
            requireEqual(q, descent, left, right);
            while (descent.t() < problem.instance.loops()) {
                Fraction ratio = descent.ratio();
                BigInteger[] attention = Vectors.zero(d + 1); // 0 in column d + 1, for P = diag(I_d, 0)
                for (int i = 0; i < problem.n; i++) {
                    BigInteger score = Vectors.dot(problem.prompt[i], q);
                    for (int c = 0; c < d; c++) {
                        attention[c] = attention[c].add(score.multiply(problem.examples[i][c]));
                    }
                }
                for (int c = 0; c <= d; c++) {
                    q[c] = q[c].multiply(ratio.denominator())
                            .subtract(ratio.numerator().multiply(attention[c]));
                }
                descent.advance();
                requireEqual(q, descent, left, right);
            }
            return new Statement.Replayed(problem.instance.loops());
        }

        /** Both denominators grow by the same factor, so that only the first ones are compared. */
        private static void requireEqual(BigInteger[] q, Replay descent, BigInteger left, BigInteger right)
                throws Refusal {
            for (int c = 0; c < descent.numerators().length; c++) {
                boolean equal = q[c].multiply(left).equals(descent.numerators()[c].multiply(right));
                require(equal, Reason.NOT_GRADIENT, "q(t) = -alpha theta(t) at t = " + descent.t());
            }
        }
    }

    /** Gradient descent in integers: theta(t) = numerators / denominator, never reduced. */
    static final class Replay {
        private final Problem problem;

        /** The denominator of theta(0). */
        final BigInteger first;

        private BigInteger[] numerators;
        private BigInteger denominator;
        private long t;

        /**
         * Starts at theta(0), after comparing the cost of all loops with the limits.
         *
         * @param rows the rows that one step touches: n where the attention runs along, else d
         */
        Replay(Problem problem, int rows) throws Refusal {
            this.problem = problem;
            BigInteger[] start = Vectors.overCommonDenominator(problem.instance.firstIterate(), problem.meter);
            numerators = Arrays.copyOf(start, problem.d);
            denominator = start[problem.d];
            first = denominator;
            requireAffordable(rows);
        }

        private void requireAffordable(int rows) throws Refusal {
            List<Fraction> etas = problem.instance.step().given();
            require(!etas.isEmpty() || problem.instance.loops() == 0, Reason.STEP_KIND, "rational steps");
            long growth = problem.bits;
            for (Fraction eta : etas) {
                growth = Math.max(growth, problem.bits + eta.bits());
            }
            long loops = problem.instance.loops();
            long start = 2L * (Vectors.bits(numerators) + first.bitLength());
            BigInteger last = BigInteger.valueOf(loops).multiply(BigInteger.valueOf(growth));
            problem.meter.bits(last.add(BigInteger.valueOf(start)));
            long words = (loops * growth / 2 + start) / 64 + 1;
            problem.meter.work(words, growth / 64 + 1, 2L * (rows + problem.d), problem.d, loops);
        }

        long t() {
            return t;
        }

        BigInteger[] numerators() {
            return numerators;
        }

        BigInteger denominator() {
            return denominator;
        }

        /** eta_t / D^2, the factor of the next step in front of D^2 (G theta - b). */
        Fraction ratio() {
            Fraction eta = problem.instance.step().at(t);
            return Fraction.of(eta.numerator(), eta.denominator().multiply(problem.square));
        }

        /** theta(t+1) = theta(t) - eta_t (G theta(t) - b). */
        void advance() {
            Fraction ratio = ratio();
            BigInteger[] gradient = Vectors.multiply(problem.gram, numerators);
            BigInteger[] next = new BigInteger[problem.d];
            for (int c = 0; c < problem.d; c++) {
                BigInteger slope = gradient[c].subtract(problem.moment[c].multiply(denominator));
                next[c] = numerators[c]
                        .multiply(ratio.denominator())
                        .subtract(ratio.numerator().multiply(slope));
            }
            numerators = next;
            denominator = denominator.multiply(ratio.denominator());
            t++;
        }

        void advanceTo(long target) {
            while (t < target) {
                advance();
            }
        }
    }
}
