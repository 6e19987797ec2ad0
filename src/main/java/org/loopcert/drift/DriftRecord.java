package org.loopcert.drift;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.loopcert.ring.RoundingFormat;

/**
 * The measured drift at one loop: the distance of the rounded from the true theta(loop).
 *
 * @param loop t
 * @param absolute the largest distance of an entry; exact where the true iterate is
 * @param absoluteEntry the entry with that distance
 * @param ulps the largest distance of an entry in units in the last place of its true value (see
 *     {@link RoundingFormat#ulp}); exact where the true iterate is
 * @param ulpsEntry the entry with that distance
 * @param squaredEuclidean the square of the Euclidean distance, rounded outward
 */
public record DriftRecord(
        int loop, Enclosure absolute, int absoluteEntry, Enclosure ulps, int ulpsEntry, Enclosure squaredEuclidean) {

    /**
     * The drift at chosen loops, measured exactly against the exact iterates.
     *
     * @throws IndexOutOfBoundsException unless every loop is reached by the run
     */
    public static List<DriftRecord> measure(RoundedRun run, List<Integer> loops) {
        SortedSet<Integer> wanted = new TreeSet<>(loops);
        List<DriftRecord> records = new ArrayList<>();
        ReferencePath path = ReferencePath.exact(run.instance());
        for (int loop : wanted) {
            double[] theta = run.theta(loop);
            while (path.point().loop() < loop) {
                path.advance();
            }
            records.add(Measurement.of(theta, path.point(), run.format()).record());
        }
        return records;
    }

    /**
     * The drift at one loop, measured against an enclosure of the true iterate.
     *
     * @throws IndexOutOfBoundsException unless the run reaches the loop of the enclosure
     */
    public static DriftRecord measure(RoundedRun run, IterateEnclosure truth) {
        return Measurement.of(run.theta(Math.toIntExact(truth.loop())), point(truth), run.format())
                .record();
    }

    private static ReferencePoint point(IterateEnclosure truth) {
        int d = truth.entries().size();
        Dyad[] lower = new Dyad[d];
        Dyad[] radius = new Dyad[d];
        int exponent = 0;
        for (int j = 0; j < d; j++) {
            Enclosure entry = truth.entries().get(j);
            lower[j] = Dyad.down(entry.lower(), 4 * Measured.BITS);
            Dyad upper = Dyad.up(entry.upper(), 4 * Measured.BITS);
            radius[j] = upper.subtract(lower[j]).up(AffineStep.BITS);
            exponent = lower[j].signum() == 0 ? exponent : Math.min(exponent, lower[j].exponent());
        }
        BigInteger[] numerators = new BigInteger[d];
        for (int j = 0; j < d; j++) {
            numerators[j] = lower[j].signum() == 0 ? BigInteger.ZERO : lower[j].at(exponent);
        }
        return new ReferencePoint(truth.loop(), numerators, BigInteger.ONE.shiftLeft(-exponent), radius);
    }
}
