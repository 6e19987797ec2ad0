package org.loopcert.certify;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.loopcert.kernel.Instance;

/** What is true of an instance, by the definitions of CHEN2024 and schoolbook rational arithmetic. Small instances only. */
final class ExactFacts {
    /** More loops than this are beyond the oracle. */
    static final int MOST_LOOPS = 64;

    final int n;
    final int d;
    final int loops;
    final BigRational alpha;
    final BigRational[] start;
    final BigRational[][] x;
    final BigRational[] y;
    final BigRational[][] gram;
    final BigRational[] moment;
    final Eigenvalues eigenvalues;
    final int rank;

    /** The rational steps, one a loop; null for the literal step. */
    final BigRational[] etas;

    /** The rational steps as the instance lists them: a constant one once, whatever T is. */
    final BigRational[] given;

    /** The solution of least norm of the normal equations. */
    final BigRational[] solution;

    /** theta(0) .. theta(T) as polynomials in the literal step: coefficient vectors, constant first; else of degree 0. */
    final List<List<BigRational[]>> iterates = new ArrayList<>();

    ExactFacts(Instance instance) {
        if (instance.loops() > MOST_LOOPS) {
            throw new IllegalArgumentException("T = " + instance.loops() + " is beyond the oracle");
        }
        n = instance.n();
        d = instance.d();
        loops = (int) instance.loops();
        alpha = Naive.rational(instance.alpha());
        start = Naive.rationals(instance.start());
        x = instance.examples().stream().map(Naive::rationals).toArray(BigRational[][]::new);
        y = Naive.rationals(instance.labels());
        BigRational[][] transposed = Naive.transpose(x);
        gram = Naive.multiply(transposed, x);
        moment = Naive.multiply(transposed, y);
        eigenvalues = new Eigenvalues(gram);
        rank = Naive.rank(x);
        etas = etas(instance);
        given = Naive.rationals(instance.step().given());
        solution = Naive.leastNormSolution(gram, moment);
        run();
    }

    private BigRational[] etas(Instance instance) {
        if (instance.step() instanceof Instance.Step.Constant constant) {
            BigRational[] result = new BigRational[loops];
            Arrays.fill(result, Naive.rational(constant.eta()));
            return result;
        }
        return instance.step() instanceof Instance.Step.Schedule schedule ? Naive.rationals(schedule.given()) : null;
    }

    private void run() {
        List<BigRational[]> theta = List.<BigRational[]>of(Naive.scale(Naive.divide(Naive.integer(-1), alpha), start));
        iterates.add(theta);
        for (int t = 0; t < loops; t++) {
            List<BigRational[]> gradient = new ArrayList<>();
            for (BigRational[] coefficient : theta) {
                gradient.add(Naive.multiply(gram, coefficient));
            }
            gradient.set(0, Naive.subtract(gradient.get(0), moment));
            theta = etas == null ? literalStep(theta, gradient) : step(theta, gradient, etas[t]);
            iterates.add(theta);
        }
    }

    private static List<BigRational[]> step(List<BigRational[]> theta, List<BigRational[]> gradient, BigRational eta) {
        return List.<BigRational[]>of(Naive.subtract(theta.get(0), Naive.scale(eta, gradient.get(0))));
    }

    private static List<BigRational[]> literalStep(List<BigRational[]> theta, List<BigRational[]> gradient) {
        List<BigRational[]> next = new ArrayList<>(theta);
        next.add(Naive.zero(theta.get(0).length));
        for (int k = 0; k < gradient.size(); k++) {
            next.set(k + 1, Naive.subtract(next.get(k + 1), gradient.get(k)));
        }
        return next;
    }

    boolean literal() {
        return etas == null;
    }

    /** Rational steps, or none at all. */
    boolean replayable() {
        return !literal() || loops == 0;
    }

    boolean startsAtZero() {
        return Arrays.stream(start).allMatch(q -> q.signum() == 0);
    }

    boolean realizes(BigRational[] theta) {
        return Naive.equal(Naive.multiply(x, theta), y);
    }

    /** 0 < eta_t <= 1/lambda_max for every step that the instance lists; a constant step counts also where T = 0. */
    boolean stepsAreSmall() {
        return literal()
                || Arrays.stream(given)
                        .allMatch(eta -> eta.signum() > 0 && eigenvalues.countAbove(Naive.divide(Naive.ONE, eta)) == 0);
    }

    /** The literal step 1/lambda_max. */
    Bracket literalStep(int bits) {
        return eigenvalues.largest(bits).reciprocal();
    }

    /** <alpha theta(t), target> - alpha |target|^2. */
    Bracket error(int t, BigRational[] target, int bits) {
        List<BigRational[]> theta = iterates.get(t);
        Bracket eta = literal() && theta.size() > 1 ? literalStep(bits) : Bracket.of(Naive.ZERO);
        Bracket value = Bracket.of(Naive.ZERO);
        for (int k = theta.size() - 1; k >= 0; k--) {
            value = value.multiply(eta).add(Bracket.of(Naive.dot(theta.get(k), target)));
        }
        BigRational norm = Naive.dot(target, target);
        return value.add(Bracket.of(Naive.negate(norm))).scale(alpha);
    }

    /** T / kappa. */
    Bracket loopsOverKappa(int bits) {
        return eigenvalues
                .smallestPositive(bits)
                .multiply(eigenvalues.largest(bits).reciprocal())
                .scale(Naive.integer(loops));
    }

    /** p_t(G) = (I - eta_{t-1} G) ... (I - eta_0 G), for rational steps. */
    BigRational[][] descent(int from, int to) {
        BigRational[][] product = Naive.identity(d);
        for (int t = from; t < to; t++) {
            product = Naive.multiply(Naive.combine(Naive.ONE, Naive.identity(d), Naive.negate(etas[t]), gram), product);
        }
        return product;
    }

    /** Attn(Z) = (M o (Z Q Z')) Z P with the matrices of CHEN2024, Lemma 4.1, every product taken in full. */
    BigRational[][] attention(BigRational[][] z) {
        BigRational[][] q = Naive.identity(d + 1);
        BigRational[][] p = Naive.identity(d + 1);
        p[d][d] = Naive.ZERO;
        BigRational[][] scores = Naive.multiply(Naive.multiply(z, q), Naive.transpose(z));
        for (int i = 0; i <= n; i++) {
            for (int j = 0; j <= n; j++) {
                scores[i][j] = Naive.multiply(i == n && j < n ? Naive.ONE : Naive.ZERO, scores[i][j]);
            }
        }
        return Naive.multiply(Naive.multiply(scores, z), p);
    }

    BigRational[][] prompt(BigRational[] q, BigRational query) {
        BigRational[][] z = new BigRational[n + 1][];
        for (int i = 0; i < n; i++) {
            z[i] = Arrays.copyOf(x[i], d + 1);
            z[i][d] = y[i];
        }
        z[n] = Arrays.copyOf(q, d + 1);
        z[n][d] = query;
        return z;
    }
}
