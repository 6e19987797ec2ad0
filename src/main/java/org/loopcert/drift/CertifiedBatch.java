package org.loopcert.drift;

import java.util.stream.IntStream;

/**
 * Many instances of one shape through {@link CertifiedBinary64}, one workspace for each processor: theta(T) of every
 * instance with a rigorous bound of its error, from theta(0) = 0 and with one step size each. Beyond the results nothing
 * is allocated for an instance.
 */
public final class CertifiedBatch {
    private final int d;
    private final double[] thetas;
    private final double[] radii;
    private final double[] stepSizes;

    private CertifiedBatch(int count, int d, double[] stepSizes) {
        this.d = d;
        this.thetas = new double[Math.multiplyExact(count, d)];
        this.radii = new double[count];
        this.stepSizes = stepSizes;
    }

    /**
     * Runs a batch, each instance with a step of at most 1/lambda_max(G) that is proven to be so.
     *
     * @param examples X of every instance, one after the other: count x n x d numbers, which are taken as they are
     * @param labels y of every instance: count x n numbers
     * @throws IllegalArgumentException if the sizes do not agree
     */
    public static CertifiedBatch descend(double[] examples, double[] labels, int n, int d, long loops) {
        int count = count(examples, labels, n, d);
        CertifiedBatch batch = new CertifiedBatch(count, d, new double[count]);
        batch.run(examples, labels, n, loops, true);
        return batch;
    }

    /**
     * Runs a batch with given steps.
     *
     * @param stepSizes eta of every instance
     * @see #descend(double[], double[], int, int, long)
     */
    public static CertifiedBatch descend(
            double[] examples, double[] labels, int n, int d, double[] stepSizes, long loops) {
        int count = count(examples, labels, n, d);
        if (stepSizes.length != count) {
            throw new IllegalArgumentException("expected " + count + " step sizes, got " + stepSizes.length);
        }
        CertifiedBatch batch = new CertifiedBatch(count, d, stepSizes.clone());
        batch.run(examples, labels, n, loops, false);
        return batch;
    }

    private static int count(double[] examples, double[] labels, int n, int d) {
        if (n < 1 || d < 1 || labels.length % n != 0 || examples.length != (long) labels.length * d) {
            throw new IllegalArgumentException("expected count x n x d examples and count x n labels, got "
                    + examples.length + " and " + labels.length + " for n = " + n + ", d = " + d);
        }
        return labels.length / n;
    }

    private void run(double[] examples, double[] labels, int n, long loops, boolean choose) {
        int parts = Math.min(size(), Runtime.getRuntime().availableProcessors());
        double[] zero = new double[d];
        IntStream.range(0, parts).parallel().forEach(part -> {
            CertifiedBinary64 workspace = new CertifiedBinary64(d);
            int last = (int) ((part + 1L) * size() / parts);
            for (int b = (int) ((long) part * size() / parts); b < last; b++) {
                workspace.load(examples, b * n * d, d, labels, b * n, 1, n, true);
                if (choose) {
                    stepSizes[b] = workspace.inverseSmoothness();
                }
                workspace.descend(zero, stepSizes[b], true, loops);
                for (int j = 0; j < d; j++) {
                    thetas[b * d + j] = workspace.theta(j);
                }
                radii[b] = workspace.radius();
            }
        });
    }

    /** How many instances there are. */
    public int size() {
        return radii.length;
    }

    /** Entry j of the rounded theta(T) of an instance. */
    public double theta(int instance, int entry) {
        if (entry < 0 || entry >= d) {
            throw new IndexOutOfBoundsException("expected an entry from 0 to " + (d - 1) + ", got " + entry);
        }
        return thetas[instance * d + entry];
    }

    /** An upper bound of the Euclidean distance of the rounded theta(T) from the exact one; infinite if none was found. */
    public double radius(int instance) {
        return radii[instance];
    }

    /** eta of an instance. */
    public double stepSize(int instance) {
        return stepSizes[instance];
    }
}
