package org.loopcert.drift;

import java.util.Arrays;
import java.util.Optional;

/**
 * Two upper bounds of an error that is fed back through e(t+1) = (I - eta G) e(t) + r(t), each
 * capping the other: entry by entry through |I - eta G|, and in the Euclidean norm through a bound
 * of |I - eta G|. Everything is rounded up to a fixed number of bits.
 */
final class ErrorPropagation {
    private static final int BITS = AffineStep.BITS;

    private Dyad[] entries;
    private Dyad euclidean;

    /** Starts from upper bounds of the entries of e(0). */
    ErrorPropagation(Dyad[] entries) {
        this.entries = entries.clone();
        this.euclidean = norm(entries);
    }

    void step(AffineStep step, Dyad factor, Dyad[] local) {
        Dyad nextEuclidean = factor.multiply(euclidean).add(norm(local)).up(BITS);
        Optional<Positives> before = Positives.of(entries);
        Dyad[] next = before.isPresent() ? image(step, before.get(), local) : image(step, entries, local);
        for (int i = 0; i < next.length; i++) {
            next[i] = Dyad.min(next[i], nextEuclidean);
        }
        euclidean = Dyad.min(nextEuclidean, norm(next));
        entries = next;
    }

    static Dyad[] image(AffineStep step, Positives entries, Dyad[] local) {
        Positives magnitudes = step.magnitudes();
        Dyad first = entries.get(0);
        Dyad[] image = new Dyad[local.length];
        for (int i = 0; i < image.length; i++) {
            image[i] = local[i].add(step.magnitude(i, 0).multiply(first)).up(BITS);
        }
        Positives sums = Positives.of(image).orElseThrow();
        for (int i = 0; i < image.length; i++) {
            sums.addProducts(i, magnitudes, i * image.length, entries, 1);
            image[i] = sums.get(i);
        }
        return image;
    }

    /** The same for entries of any length. */
    static Dyad[] image(AffineStep step, Dyad[] entries, Dyad[] local) {
        Dyad[] image = new Dyad[entries.length];
        for (int i = 0; i < image.length; i++) {
            Dyad sum = local[i];
            for (int j = 0; j < image.length; j++) {
                sum = sum.add(step.magnitude(i, j).multiply(entries[j])).up(BITS);
            }
            image[i] = sum;
        }
        return image;
    }

    /** Upper bounds of the entries of |e|. */
    Dyad[] entries() {
        return entries.clone();
    }

    /** An upper bound of |e|. */
    Dyad euclidean() {
        return euclidean;
    }

    /** An upper bound of the Euclidean norm. */
    static Dyad norm(Dyad[] entries) {
        Dyad squares = Dyad.ZERO;
        for (Dyad entry : entries) {
            squares = squares.add(entry.multiply(entry)).up(2 * BITS);
        }
        return squares.sqrtUp(BITS);
    }

    static Dyad largest(Dyad[] entries) {
        return Arrays.stream(entries).reduce(Dyad.ZERO, Dyad::max);
    }
}
