package org.loopcert.kernel;

import static org.loopcert.kernel.Refusal.require;

import java.math.BigInteger;
import org.loopcert.kernel.Verdict.Reason;

/** Rules that enclose the eigenvalues of G = X'X. */
final class SpectrumRules {
    private SpectrumRules() {}

    /** A bound and the witness of a positive-semidefinite matrix. */
    record Loewner(Fraction bound, Semidefinite witness) {}

    /**
     * <pre>
     *   L I - G positive semidefinite
     *   -----------------------------
     *   lambda_max(G) <= L
     * </pre>
     *
     * CHEN2024, Lemma 5.3. Soundness-critical.
     */
    static final class UpperLoewner implements Theorem.Rule<Loewner> {
        @Override
        public Loewner read(Fields fields) throws Refusal {
            return new Loewner(fields.fraction("bound"), Semidefinite.read(fields.object("witness")));
        }

        @Override
        public Statement conclude(Problem problem, Theorem.Premises premises, Loewner witness) throws Refusal {
            premises.end();
            BigInteger[][] a = problem.shifted(Fraction.ONE.negate(), witness.bound());
            witness.witness().prove(a, problem.meter);
            return new Statement.LambdaMaxAtMost(witness.bound());
        }
    }

    /** A bound, a basis of the null space with its weight, and the witness. */
    record RowSpace(Fraction bound, BigInteger[][] nullSpace, BigInteger weight, Semidefinite witness) {}

    /**
     * <pre>
     *   mu > 0,  X N = 0,  N in echelon form with d - r columns,
     *   G - mu I + w N N' positive semidefinite, w any multiple
     *   --------------------------------------------------------------
     *   rank X = r, and v'Gv >= mu v'v for every v in the row space of X
     * </pre>
     *
     * For v orthogonal to N the last matrix gives v'Gv >= mu v'v. So the null space of X meets the
     * complement of N in 0 only, and N spans it. CHEN2024, Lemmas 5.4 and 5.5. Soundness-critical.
     */
    static final class LowerLoewner implements Theorem.Rule<RowSpace> {
        @Override
        public RowSpace read(Fields fields) throws Refusal {
            Fraction bound = fields.fraction("bound");
            BigInteger[][] basis = fields.integerRows("nullSpace");
            BigInteger[] weight = fields.integers("weight");
            if (weight.length != (basis.length == 0 ? 0 : 1)) {
                throw Refusal.malformed(
                        fields.at(), "one weight with a basis, none without", weight.length + " weights");
            }
            BigInteger factor = basis.length == 0 ? BigInteger.ZERO : weight[0];
            return new RowSpace(bound, basis, factor, Semidefinite.read(fields.object("witness")));
        }

        @Override
        public Statement conclude(Problem problem, Theorem.Premises premises, RowSpace witness) throws Refusal {
            premises.end();
            require(witness.bound().signum() > 0, Reason.NOT_POSITIVE, "mu > 0", witness.bound());
            requireNullSpace(problem, witness.nullSpace());
            BigInteger[][] a = problem.shifted(Fraction.ONE, witness.bound().negate());
            long words =
                    (2L * Vectors.bits(witness.nullSpace()) + witness.weight().bitLength()) / 64 + 1;
            problem.meter.memory(problem.d, problem.d, words);
            problem.meter.work(words, words, witness.nullSpace().length, problem.d, problem.d);
            for (BigInteger[] v : witness.nullSpace()) {
                for (int i = 0; i < problem.d; i++) {
                    for (int j = 0; j < problem.d; j++) {
                        a[i][j] = a[i][j].add(v[i].multiply(v[j]).multiply(witness.weight()));
                    }
                }
            }
            witness.witness().prove(a, problem.meter);
            return new Statement.SmallestAtLeast(witness.bound(), problem.d - witness.nullSpace().length);
        }

        private static void requireNullSpace(Problem problem, BigInteger[][] basis) throws Refusal {
            require(basis.length < problem.d, Reason.NULL_SPACE, "rank at least 1");
            problem.meter.work(Vectors.bits(basis) / 64 + 1, problem.bits / 64 + 1, basis.length, problem.n, problem.d);
            for (BigInteger[] v : basis) {
                require(v.length == problem.d, Reason.SHAPE, problem.d + " entries", v.length);
                boolean zero = Vectors.isZero(Vectors.multiply(problem.examples, v));
                require(zero, Reason.NULL_SPACE, "X v = 0 for every basis vector");
            }
            for (int b = 0; b < basis.length; b++) {
                boolean pivot = false;
                for (int i = 0; i < problem.d && !pivot; i++) {
                    pivot = basis[b][i].signum() != 0;
                    for (int other = 0; other < basis.length; other++) {
                        pivot = pivot && (other == b || basis[other][i].signum() == 0);
                    }
                }
                require(pivot, Reason.NULL_SPACE, "an own pivot for every basis vector", "none in " + (b + 1));
            }
        }
    }

    /** A bound and an integer vector. */
    record Rayleigh(Fraction bound, BigInteger[] vector) {}

    /** A rule whose witness is a Rayleigh quotient. */
    interface RayleighRule extends Theorem.Rule<Rayleigh> {
        @Override
        default Rayleigh read(Fields fields) throws Refusal {
            return new Rayleigh(fields.fraction("bound"), fields.integers("vector"));
        }
    }

    /**
     * <pre>
     *   v != 0,  v'Gv >= c v'v,  c > 0
     *   ------------------------------
     *   lambda_max(G) >= c
     * </pre>
     *
     * Rayleigh-Ritz. Soundness-critical.
     */
    static final class LargestAtLeast implements RayleighRule {
        @Override
        public Statement conclude(Problem problem, Theorem.Premises premises, Rayleigh witness) throws Refusal {
            premises.end();
            Fraction bound = witness.bound();
            Fraction quotient = problem.rayleigh(witness.vector());
            require(bound.signum() > 0, Reason.NOT_POSITIVE, "a bound > 0", bound);
            require(bound.atMost(quotient), Reason.RAYLEIGH, "a quotient of at least " + bound, quotient);
            return new Statement.LambdaMaxAtLeast(bound);
        }
    }

    /**
     * <pre>
     *   v = G w != 0,  v'Gv <= c v'v
     *   ------------------------------------------
     *   the smallest positive eigenvalue of G <= c
     * </pre>
     *
     * v lies in the row space, where the Rayleigh quotient is at least that eigenvalue.
     * Soundness-critical.
     */
    static final class SmallestAtMost implements RayleighRule {
        @Override
        public Statement conclude(Problem problem, Theorem.Premises premises, Rayleigh witness) throws Refusal {
            premises.end();
            require(witness.vector().length == problem.d, Reason.SHAPE, problem.d + " entries");
            Fraction quotient = problem.rayleigh(Vectors.multiply(problem.gram, witness.vector()));
            boolean below = quotient.atMost(witness.bound());
            require(below, Reason.RAYLEIGH, "a quotient of at most " + witness.bound(), quotient);
            return new Statement.SmallestAtMost(witness.bound());
        }
    }

    /**
     * <pre>
     *   mu <= lambda_min+ <= mu',  L' <= lambda_max <= L
     *   ------------------------------------------------
     *   kappa in [max(1, L'/mu'), L/mu]
     * </pre>
     *
     * CHEN2024, Definition 3.11, on the row space. Soundness-critical.
     */
    static final class Enclose implements Theorem.Rule<Void> {
        @Override
        public Statement conclude(Problem problem, Theorem.Premises premises, Void witness) throws Refusal {
            Statement.SmallestAtLeast low = premises.take(Statement.SmallestAtLeast.class);
            Fraction mu = low.bound();
            Fraction muUpper = premises.take(Statement.SmallestAtMost.class).bound();
            Fraction lower = premises.take(Statement.LambdaMaxAtLeast.class).bound();
            Fraction upper = premises.take(Statement.LambdaMaxAtMost.class).bound();
            premises.end();
            Fraction kappaLower = lower.divide(muUpper).max(Fraction.ONE);
            Fraction kappaUpper = upper.divide(mu);
            return new Statement.Spectrum(low.rank(), problem.d, mu, muUpper, lower, upper, kappaLower, kappaUpper);
        }
    }

    /**
     * <pre>
     *   kappa in [a, b],  a >= 1
     *   ---------------------------------------------------
     *   (1 - 1/k)^T <= exp(-T/k) for every real k in [a, b]
     * </pre>
     *
     * From 1 - x <= exp(-x), raised to the power T, which is monotone on [0, 1]. CHEN2024, Fact 5.7,
     * for real k. Soundness-critical.
     */
    static final class ExponentialRule implements Theorem.Rule<Void> {
        @Override
        public Statement conclude(Problem problem, Theorem.Premises premises, Void witness) throws Refusal {
            Statement.Spectrum spectrum = premises.take(Statement.Spectrum.class);
            premises.end();
            return new Statement.Exponential(spectrum.kappaLower(), spectrum.kappaUpper(), problem.instance.loops());
        }
    }

    /**
     * A witness that a symmetric integer matrix A is positive semidefinite, in one of two forms.
     *
     * <p>Factor: an integer k and an upper-triangular integer matrix R such that E = 4^k A - R'R is
     * diagonally dominant with a nonnegative diagonal. Then E is positive semidefinite (Gershgorin), so
     * is R'R, and so is A. Elimination: no data; the kernel runs fraction-free symmetric elimination
     * itself. Soundness-critical.
     *
     * @param scale k, or -1 for elimination
     * @param factor rows of R from the diagonal on, or null for elimination
     */
    record Semidefinite(int scale, BigInteger[][] factor) {
        private static final int MAX_SCALE = 100_000;

        static Semidefinite read(Fields fields) throws Refusal {
            String method = fields.string("method");
            Semidefinite witness;
            if (method.equals("factor")) {
                witness = new Semidefinite(fields.index("scale", 0, MAX_SCALE), fields.integerRows("rows"));
            } else if (method.equals("elimination")) {
                witness = new Semidefinite(-1, null);
            } else {
                throw Refusal.malformed(fields.at(), "method factor or elimination", Json.brief(method));
            }
            fields.end();
            return witness;
        }

        /** Returns normally only if the witness proves A, which elimination overwrites, positive semidefinite. */
        void prove(BigInteger[][] a, Limits.Meter meter) throws Refusal {
            if (factor == null) {
                eliminate(a, meter);
            } else {
                dominate(a, meter);
            }
        }

        private void dominate(BigInteger[][] a, Limits.Meter meter) throws Refusal {
            int d = a.length;
            BigInteger[][] r = new BigInteger[d][];
            for (int i = 0; i < d; i++) {
                boolean triangular = factor.length == d && factor[i].length == d - i;
                require(triangular, Reason.SHAPE, "an upper triangle of order " + d);
                r[i] = Vectors.zero(d);
                System.arraycopy(factor[i], 0, r[i], i, d - i);
            }
            int shift = Math.multiplyExact(2, scale);
            meter.work(((long) Vectors.bits(a) + shift) / 64 + 1, 1, d, d);
            BigInteger[][] square = Vectors.transposedTimes(r, r, meter);
            for (int i = 0; i < d; i++) {
                BigInteger slack = BigInteger.ZERO;
                for (int j = 0; j < d; j++) {
                    BigInteger entry = a[i][j].shiftLeft(shift).subtract(square[i][j]);
                    slack = j == i ? slack.add(entry) : slack.subtract(entry.abs());
                }
                require(slack.signum() >= 0, Reason.NOT_DOMINANT, "diagonal dominance in row " + (i + 1));
            }
        }

        /**
         * Symmetric Bareiss elimination; a negative pivot, or a zero diagonal with a nonzero rest, fails.
         */
        private static void eliminate(BigInteger[][] a, Limits.Meter meter) throws Refusal {
            int d = a.length;
            long words = (d * (long) (Vectors.bits(a) + d) >> 6) + 1;
            meter.work(words, words / 8 + 1, d, d, d);
            BigInteger previous = BigInteger.ONE;
            boolean[] done = new boolean[d];
            for (int round = 0; round < d; round++) {
                int pivot = -1;
                for (int i = 0; i < d; i++) {
                    if (!done[i]) {
                        require(a[i][i].signum() >= 0, Reason.NOT_SEMIDEFINITE, "no negative pivot");
                        pivot = pivot < 0 && a[i][i].signum() > 0 ? i : pivot;
                    }
                }
                if (pivot < 0) {
                    requireZero(a, done);
                    return;
                }
                done[pivot] = true;
                for (int i = 0; i < d; i++) {
                    for (int j = 0; !done[i] && j < d; j++) {
                        if (!done[j]) {
                            a[i][j] = a[i][j].multiply(a[pivot][pivot])
                                    .subtract(a[i][pivot].multiply(a[pivot][j]))
                                    .divide(previous);
                        }
                    }
                }
                previous = a[pivot][pivot];
            }
        }

        private static void requireZero(BigInteger[][] a, boolean[] done) throws Refusal {
            for (int i = 0; i < a.length; i++) {
                for (int j = 0; j < a.length; j++) {
                    boolean zero = done[i] || done[j] || a[i][j].signum() == 0;
                    require(zero, Reason.NOT_SEMIDEFINITE, "a zero rest under a zero diagonal");
                }
            }
        }
    }
}
