package org.loopcert.reproduce;

import java.util.ArrayList;
import java.util.List;
import org.loopcert.ring.Interval;

/**
 * Both errors of one run for t = 0, ..., T, each divided by its value at t = 0 (start theta(0) = 0).
 *
 * @param squared |theta(t) - theta*|^2 / |theta(0) - theta*|^2, of gradient descent
 * @param task |<TF, theta*> - alpha |theta*|^2| / (|alpha| |theta*|^2), of the looped Transformer after t loops; for
 *     |theta*| = 1 the paper's task error over |alpha|
 */
record Series(List<Interval> squared, List<Interval> task) {
    Series {
        squared = List.copyOf(squared);
        task = List.copyOf(task);
    }

    /** The arithmetic means at each t. */
    static Series mean(List<Series> runs) {
        return new Series(
                mean(runs.stream().map(Series::squared).toList(), 0),
                mean(runs.stream().map(Series::task).toList(), 0));
    }

    private static List<Interval> mean(List<List<Interval>> curves, int from) {
        List<Interval> means = new ArrayList<>();
        for (int t = from; t < curves.get(0).size(); t++) {
            int at = t;
            means.add(Reals.mean(curves.stream().map(curve -> curve.get(at)).toList()));
        }
        return means;
    }
}
