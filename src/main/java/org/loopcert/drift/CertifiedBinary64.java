package org.loopcert.drift;

import ch.obermuhlner.math.big.BigRational;
import java.util.Arrays;
import org.loopcert.ring.FloatingPoint;
import org.loopcert.ring.RationalField;
import org.loopcert.ring.RoundingFormat;

/**
 * Gradient descent in binary64 with a rigorous bound of its distance from the exact iterates, computed alongside in
 * binary64 too: large instances get a certified enclosure of theta(T) without exact arithmetic. One object is a
 * workspace; after its construction neither {@link #load} nor {@link #descend} allocates, so that many instances can
 * be run through it.
 *
 * <p>The run is theta(t+1) = theta(t) - eta (H theta(t) - c) with H and c the rounded Gram matrix X'X and X'y. With
 * u = 2^-53 and gamma_k = k u/(1 - k u), every rounded inner product of k terms is off by at most gamma_k times the sum
 * of the magnitudes (Higham, Accuracy and Stability of Numerical Algorithms, section 3.1), which bounds H - G, c - b and
 * the local error r(t) of every step. The drift obeys e(t+1) = (I - eta G) e(t) + r(t), and |I - eta G| is bounded from
 * approximate eigenvectors V and eigenvalues D of H by
 *
 * <pre>  |I - eta G| <= |I - VV'| + (1 + |I - VV'|) max |1 - eta D_i| + eta (|H - VDV'| + |G - H|),</pre>
 *
 * <p>whose norms are taken as Frobenius norms. Every bound is a sum of products of numbers that are not negative, rounded
 * to nearest and then enlarged by more than all its roundings can have lost; products that underflow are covered by
 * {@link #TINY}. Java's double arithmetic is strict, so that these error models hold on every machine.
 */
public final class CertifiedBinary64 {
    /** The most examples: up to this n the slack of {@link #SLACK} covers all roundings of a sum over examples. */
    public static final int MAXIMUM_EXAMPLES = 1 << 24;

    /** The largest d, for the same reason. */
    public static final int MAXIMUM_DIMENSION = 1 << 12;

    private static final double U = 0x1p-53;

    /** More than (1 - u)^-k for every k <= 2^25. */
    private static final double SLACK = 1 + 0x1p-20;

    /** More than 2^50 products that underflow can lose together. */
    private static final double TINY = Double.MIN_NORMAL;

    /** Keeps squares from underflowing: added below a square root. */
    private static final double TINY_SQUARE = 0x1p-1000;

    private static final int SWEEPS = 40;

    /** Loops for which the bound is followed one by one once the run repeats itself. */
    private static final long PATIENCE = 100_000;

    /** Inner products that are summed side by side. */
    private static final int LANES = 4;

    private final int d;
    private final double[] gram;
    private final double[] gramLabels;
    private final double[] gramWeights;
    private final double[] labelWeights;
    private final double[] scales;
    private final double[] work;
    private final double[] vectors;
    private final double[] values;
    private final double[] saved;
    private double[] theta;
    private double[] next;
    private double gramError;
    private double defect;
    private double eigenResidual;
    private boolean exactInputs;
    private double radius = Double.POSITIVE_INFINITY;
    private double factor;

    /**
     * A workspace for instances of one dimension.
     *
     * @param dimension d, from 1 to {@link #MAXIMUM_DIMENSION}
     */
    public CertifiedBinary64(int dimension) {
        if (dimension < 1 || dimension > MAXIMUM_DIMENSION) {
            throw new IllegalArgumentException(
                    "expected a dimension from 1 to " + MAXIMUM_DIMENSION + ", got " + dimension);
        }
        this.d = dimension;
        this.gram = new double[d * d];
        this.gramLabels = new double[d];
        this.gramWeights = new double[d * d];
        this.labelWeights = new double[d];
        this.scales = new double[d];
        this.work = new double[d * d];
        this.vectors = new double[d * d];
        this.values = new double[d];
        this.saved = new double[d];
        this.theta = new double[d];
        this.next = new double[d];
    }

    /** d. */
    public int dimension() {
        return d;
    }

    /**
     * Runs an instance of rational numbers, each first rounded to the nearest double.
     *
     * @throws IllegalArgumentException if an entry or a step overflows, or rounds to a subnormal number or zero, so
     *     that its relative error is not bounded by u; or if n or d is too large
     */
    public static CertifiedBinary64 of(DescentInstance instance) {
        CertifiedBinary64 run = taking(instance);
        run.descend(instance, instance.loops());
        return run;
    }

    /**
     * Takes in an instance of rational numbers, each first rounded to the nearest double, without running it.
     *
     * @throws IllegalArgumentException if an entry overflows, or rounds to a subnormal number or zero; or if n or d is
     *     too large
     */
    public static CertifiedBinary64 taking(DescentInstance instance) {
        CertifiedBinary64 run = new CertifiedBinary64(instance.dimension());
        int n = instance.examples().rows();
        int d = instance.dimension();
        Inputs inputs = new Inputs();
        double[] examples = new double[Math.multiplyExact(n, d)];
        double[] labels = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                examples[i * d + j] = inputs.nearest(instance.examples().get(i, j));
            }
            labels[i] = inputs.nearest(instance.labels().get(i));
        }
        inputs.start(instance);
        run.load(examples, 0, d, labels, 0, 1, n, inputs.exact);
        return run;
    }

    /**
     * Runs the first loops of an instance that was taken in by {@link #taking}.
     *
     * @throws IllegalArgumentException if a step overflows, or rounds to a subnormal number or zero
     */
    public void descend(DescentInstance instance, int loops) {
        Inputs steps = new Inputs();
        double[] start = new Inputs().start(instance);
        if (instance.constantStep()) {
            double stepSize = loops == 0 ? 0 : steps.nearest(instance.stepSize(0));
            descend(start, stepSize, steps.exact, loops);
        } else {
            double[] stepSizes = new double[loops];
            for (int t = 0; t < loops; t++) {
                stepSizes[t] = steps.nearest(instance.stepSize(t));
            }
            descend(start, stepSizes, steps.exact);
        }
    }

    /** Rounds numbers and remembers whether all of them were doubles. */
    private static final class Inputs {
        private boolean exact = true;

        double nearest(BigRational value) {
            double rounded = RoundingFormat.BINARY64.round(value);
            boolean finite = Double.isFinite(rounded);
            boolean lossless = finite && RationalField.INSTANCE.equal(FloatingPoint.exact(rounded), value);
            if (!lossless && !(finite && Math.abs(rounded) >= Double.MIN_NORMAL)) {
                throw new IllegalArgumentException(
                        "expected numbers in the normal range of binary64, got " + RationalField.INSTANCE.show(value));
            }
            exact &= lossless;
            return rounded;
        }

        double[] start(DescentInstance instance) {
            double[] start = new double[instance.dimension()];
            for (int j = 0; j < start.length; j++) {
                start[j] = nearest(instance.start().get(j));
            }
            return start;
        }
    }

    /**
     * Takes in an instance: forms H and c, bounds their errors and the spectrum of H.
     *
     * @param examples X, row after row: entry (i, j) at examplesAt + i examplesStride + j
     * @param labels y: entry i at labelsAt + i labelsStride
     * @param n number of examples, from 1 to {@link #MAXIMUM_EXAMPLES}
     * @param exact true if the doubles are the instance; false if each is the nearest double to the true entry, and
     *     neither zero nor subnormal unless it is exact
     */
    public void load(
            double[] examples,
            int examplesAt,
            int examplesStride,
            double[] labels,
            int labelsAt,
            int labelsStride,
            int n,
            boolean exact) {
        if (n < 1 || n > MAXIMUM_EXAMPLES) {
            throw new IllegalArgumentException("expected 1 to " + MAXIMUM_EXAMPLES + " examples, got " + n);
        }
        exactInputs = exact;
        radius = Double.POSITIVE_INFINITY;
        form(examples, examplesAt, examplesStride, labels, labelsAt, labelsStride, n);
        diagonalise();
        boundSpectrum();
    }

    private void form(
            double[] examples,
            int examplesAt,
            int examplesStride,
            double[] labels,
            int labelsAt,
            int labelsStride,
            int n) {
        for (int j = 0; j < d; j++) {
            for (int k = 0; k <= j; k += LANES) {
                products(examples, examplesAt, examplesStride, n, j, k);
            }
        }
        double square = 0;
        Arrays.fill(gramLabels, 0);
        for (int i = 0; i < n; i++) {
            int at = examplesAt + i * examplesStride;
            double label = labels[labelsAt + i * labelsStride];
            square += label * label;
            for (int j = 0; j < d; j++) {
                gramLabels[j] += examples[at + j] * label;
            }
        }
        for (int j = 0; j < d; j++) {
            for (int k = 0; k < j; k++) {
                gram[k * d + j] = gram[j * d + k];
            }
            // |x_j| of column j, since sum |x_ij x_ik| <= |x_j| |x_k|
            scales[j] = Math.sqrt(gram[j * d + j] * SLACK + TINY_SQUARE) * SLACK;
        }
        double labelScale = Math.sqrt(square * SLACK + TINY_SQUARE) * SLACK;
        // inner products of n terms, entries themselves rounded, and inner products of d terms with theta
        double relative = (n + 8) * U * SLACK;
        double own = (d + 4) * U * SLACK;
        double squares = 0;
        for (int j = 0; j < d; j++) {
            for (int k = 0; k < d; k++) {
                double error = relative * scales[j] * scales[k] * SLACK + TINY;
                squares += error * error;
                gramWeights[j * d + k] = (error + own * Math.abs(gram[j * d + k])) * SLACK;
            }
            labelWeights[j] = (relative * scales[j] * labelScale + TINY) * SLACK;
        }
        gramError = Math.sqrt(squares * SLACK + TINY_SQUARE) * SLACK;
    }

    /** H[j][k] to H[j][k + LANES - 1], as far as the diagonal, in registers. */
    private void products(double[] examples, int from, int stride, int n, int j, int k) {
        int second = Math.min(k + 1, j);
        int third = Math.min(k + 2, j);
        int fourth = Math.min(k + 3, j);
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int at = from;
        for (int i = 0; i < n; i++) {
            double entry = examples[at + j];
            sum0 += entry * examples[at + k];
            sum1 += entry * examples[at + second];
            sum2 += entry * examples[at + third];
            sum3 += entry * examples[at + fourth];
            at += stride;
        }
        gram[j * d + k] = sum0;
        gram[j * d + second] = sum1;
        gram[j * d + third] = sum2;
        gram[j * d + fourth] = sum3;
    }

    /** Jacobi's method; a proposal, whose error {@link #boundSpectrum} bounds. */
    private void diagonalise() {
        System.arraycopy(gram, 0, work, 0, gram.length);
        Arrays.fill(vectors, 0);
        for (int j = 0; j < d; j++) {
            vectors[j * d + j] = 1;
        }
        boolean rotated = true;
        for (int sweep = 0; rotated && sweep < SWEEPS; sweep++) {
            rotated = false;
            for (int p = 0; p < d; p++) {
                for (int q = p + 1; q < d; q++) {
                    rotated |= rotate(p, q);
                }
            }
        }
        for (int j = 0; j < d; j++) {
            values[j] = work[j * d + j];
        }
    }

    private boolean rotate(int p, int q) {
        double off = work[p * d + q];
        double first = work[p * d + p];
        double last = work[q * d + q];
        if (Math.abs(off) <= 0x1p-60 * Math.sqrt(Math.abs(first)) * Math.sqrt(Math.abs(last)) || off == 0) {
            return false;
        }
        double slope = (last - first) / (2 * off);
        double tangent = Math.copySign(1, slope) / (Math.abs(slope) + Math.sqrt(1 + slope * slope));
        double cosine = 1 / Math.sqrt(1 + tangent * tangent);
        double sine = tangent * cosine;
        for (int k = 0; k < d; k++) {
            double left = work[k * d + p];
            double right = work[k * d + q];
            work[k * d + p] = cosine * left - sine * right;
            work[k * d + q] = sine * left + cosine * right;
            left = vectors[k * d + p];
            right = vectors[k * d + q];
            vectors[k * d + p] = cosine * left - sine * right;
            vectors[k * d + q] = sine * left + cosine * right;
        }
        for (int k = 0; k < d; k++) {
            double left = work[p * d + k];
            double right = work[q * d + k];
            work[p * d + k] = cosine * left - sine * right;
            work[q * d + k] = sine * left + cosine * right;
        }
        return true;
    }

    /** Frobenius norms of I - VV' and of H - VDV', rounded up. */
    private void boundSpectrum() {
        double orthogonal = 0;
        double residual = 0;
        double relative = (2 * d + 8) * U * SLACK;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                double unit = 0;
                double unitSize = 0;
                double product = 0;
                double productSize = 0;
                for (int k = 0; k < d; k++) {
                    double both = vectors[i * d + k] * vectors[j * d + k];
                    double weighted = vectors[i * d + k] * values[k] * vectors[j * d + k];
                    unit += both;
                    unitSize += Math.abs(both);
                    product += weighted;
                    productSize += Math.abs(weighted);
                }
                double off = Math.abs(unit - (i == j ? 1 : 0)) + relative * unitSize + TINY;
                orthogonal += off * off;
                double rest = Math.abs(gram[i * d + j] - product)
                        + relative * (productSize + Math.abs(gram[i * d + j]))
                        + 2 * TINY; // v_ik D_k may underflow, and |v_jk| < 2
                residual += rest * rest;
            }
        }
        defect = Math.sqrt(orthogonal * SLACK + TINY_SQUARE) * SLACK;
        eigenResidual = Math.sqrt(residual * SLACK + TINY_SQUARE) * SLACK;
    }

    /**
     * A step of at most 1/lambda_max(G), about as large as possible; of the form that {@link #descend} takes.
     *
     * @return 0 if no upper bound of lambda_max was found
     */
    public double inverseSmoothness() {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        // |G| <= |V|^2 max |D| + |H - VDV'| + |G - H|
        double smoothness = ((1 + defect) * largest + eigenResidual + gramError) * (1 + 0x1p-48);
        return smoothness > 0 && smoothness < Double.POSITIVE_INFINITY ? Math.nextDown(1 / smoothness) : 0;
    }

    /** An upper bound of |I - eta G|. */
    private double contraction(double stepSize, boolean exactStep) {
        double size = Math.abs(stepSize);
        double largest = 0;
        for (double value : values) {
            double product = stepSize * value;
            double gap = Math.abs(1 - product) + 8 * U * (Math.abs(product) + 1) + TINY;
            largest = Math.max(largest, exactStep ? gap : gap + 2 * U * Math.abs(product));
        }
        double rest = (size * (eigenResidual + gramError)) * SLACK + TINY;
        return Math.nextUp(Math.nextUp(defect * SLACK + rest) + Math.nextUp(Math.nextUp(1 + defect) * largest));
    }

    /**
     * Runs the loops of an instance taken in by {@link #load}.
     *
     * @param start theta(0), exact or rounded as the examples are
     * @param stepSize eta
     * @param exactStep whether eta is this double, or the nearest double to it and normal
     * @param loops T; where the run repeats itself, which it does soon if it contracts, further loops cost nothing
     */
    public void descend(double[] start, double stepSize, boolean exactStep, long loops) {
        if (loops < 0) {
            throw new IllegalArgumentException("expected at least 0 loops, got " + loops);
        }
        factor = contraction(stepSize, exactStep);
        double error = begin(start);
        // Brent: the state is compared with the one at the last power of two, since rounded runs end in short cycles
        long savedAt = 0;
        double largest = 0;
        System.arraycopy(theta, 0, saved, 0, d);
        for (long t = 1; t <= loops; t++) {
            double local = step(stepSize, exactStep);
            swap();
            error = grown(error, local);
            largest = Math.max(largest, local);
            if (Arrays.equals(theta, saved)) {
                error = repeat(error, largest, loops - t);
                for (long rest = (loops - t) % (t - savedAt); rest > 0; rest--) {
                    step(stepSize, exactStep);
                    swap();
                }
                break;
            }
            if (!(error < Double.POSITIVE_INFINITY)) {
                break;
            }
            if ((t & (t - 1)) == 0) {
                savedAt = t;
                largest = 0;
                System.arraycopy(theta, 0, saved, 0, d);
            }
        }
        finish(error);
    }

    /** An upper bound of factor * error + local. */
    private double grown(double error, double local) {
        return Math.nextUp(Math.nextUp(factor * error) + local);
    }

    /** The error after more loops of local errors up to local; the bound is monotone in the error. */
    private double repeat(double error, double local, long loops) {
        double reached = error;
        long followed = Math.min(loops, PATIENCE);
        for (long t = 0; t < followed; t++) {
            double next = grown(reached, local);
            if (next == reached) {
                return reached;
            }
            reached = next;
        }
        // e -> scale e + shift stands for 1, 2, 4, ... loops; whether the factor is below 1 or not
        double scale = factor;
        double shift = local;
        for (long rest = loops - followed; rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                reached = Math.nextUp(Math.nextUp(scale * reached) + shift);
            }
            shift = Math.nextUp(Math.nextUp(scale * shift) + shift);
            scale = Math.nextUp(scale * scale);
        }
        return reached;
    }

    /**
     * Runs a schedule on an instance taken in by {@link #load}.
     *
     * @param start theta(0), exact or rounded as the examples are
     * @param stepSizes eta_0, ..., eta_(T-1)
     * @param exactSteps whether the steps are these doubles, or each the nearest double to one and normal
     */
    public void descend(double[] start, double[] stepSizes, boolean exactSteps) {
        double error = begin(start);
        for (double stepSize : stepSizes) {
            factor = contraction(stepSize, exactSteps);
            double local = step(stepSize, exactSteps);
            swap();
            error = Math.nextUp(Math.nextUp(factor * error) + local);
        }
        finish(error);
    }

    private double begin(double[] start) {
        double squares = 0;
        for (int j = 0; j < d; j++) {
            theta[j] = start[j];
            double off = U * Math.abs(start[j]);
            squares += off * off;
        }
        return exactInputs || squares == 0 ? 0 : Math.sqrt(squares * SLACK + TINY_SQUARE) * SLACK;
    }

    private void swap() {
        double[] reached = next;
        next = theta;
        theta = reached;
    }

    private void finish(double error) {
        double check = 0;
        for (double entry : theta) {
            check += 0 * entry; // NaN for infinities and NaN
        }
        radius = check == 0 && error < Double.POSITIVE_INFINITY ? error : Double.POSITIVE_INFINITY;
    }

    /** One rounded step from theta to next, and an upper bound of the Euclidean norm of its local error. */
    private double step(double stepSize, boolean exactStep) {
        double stepError = exactStep ? 4 * U : 6 * U;
        double size = Math.abs(stepSize);
        double squares = 0;
        for (int j = 0; j < d; j++) {
            double sum = 0;
            double weight = labelWeights[j];
            int at = j * d;
            for (int k = 0; k < d; k++) {
                sum += gram[at + k] * theta[k];
                weight += gramWeights[at + k] * Math.abs(theta[k]);
            }
            double move = stepSize * (sum - gramLabels[j]);
            double reached = theta[j] - move;
            next[j] = reached;
            double off = U * Math.abs(reached) + stepError * Math.abs(move) + size * (weight + TINY) + TINY;
            squares += off * off;
        }
        return Math.sqrt(squares * SLACK + TINY_SQUARE) * SLACK;
    }

    /** Entry j of the rounded theta(T). */
    public double theta(int entry) {
        return theta[entry];
    }

    /**
     * An upper bound of the Euclidean distance of the rounded theta(T) from the exact one, and so of every entry's;
     * infinite where none was found, in particular where the run left the finite numbers.
     */
    public double radius() {
        return radius;
    }

    /** An upper bound of |I - eta G| for the last step size; the drift is damped where it is below 1. */
    public double contraction() {
        return factor;
    }
}
