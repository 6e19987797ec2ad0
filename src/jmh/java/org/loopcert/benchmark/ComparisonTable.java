package org.loopcert.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * What a comparison found for one work and size.
 *
 * @param rows the contenders
 * @param rounds how often each had its turn, unless it was given up
 */
record ComparisonTable(List<Row> rows, int rounds) {

    /** One contender: what it is called, and what it measured, round by round. */
    static final class Row {
        final String name;
        final boolean baseline;
        final List<Double> seconds = new ArrayList<>();
        final List<Double> wall = new ArrayList<>();

        /** Why the contender was given up; empty if it was not. */
        String reason = "";

        /** Whether a round has a single run, since it takes long. */
        boolean once;

        Row(String name, boolean baseline) {
            this.name = name;
            this.baseline = baseline;
        }
    }

    static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** The table in Markdown. */
    @Override
    public String toString() {
        StringBuilder table = new StringBuilder("| contender (* baseline) | processor time, ms | ratio to the fastest"
                + " baseline | spread | ratio to FLINT's fastest | wall, ms |\n|---|---:|---:|---:|---:|---:|\n");
        double[] best = best(false);
        double[] flint = best(true);
        for (Row row : rows) {
            if (!row.reason.isEmpty() || row.seconds.isEmpty()) {
                table.append("| ")
                        .append(row.name)
                        .append(" | - | - | ")
                        .append(row.reason)
                        .append(" | - | - |\n");
                continue;
            }
            List<Double> ratios = ratios(row, best);
            String spread =
                    ratios.isEmpty() ? "-" : number(Collections.min(ratios)) + " to " + number(Collections.max(ratios));
            table.append(String.join(
                    " | ",
                    "| " + row.name + (row.baseline ? " *" : ""),
                    number(median(row.seconds) * 1e3),
                    shown(ratios),
                    spread,
                    shown(ratios(row, flint)),
                    (row.wall.isEmpty() ? "" : number(median(row.wall) * 1e3)) + " |\n"));
        }
        return table.toString();
    }

    /** What must be multiplied, and how fast the baselines and our rows do it. */
    String rates(OperationCount count) {
        StringBuilder text = new StringBuilder(count + "\n\n");
        for (Row row : rows) {
            if (row.reason.isEmpty() && !row.seconds.isEmpty() && (row.baseline || !row.wall.isEmpty())) {
                text.append("- ").append(row.name).append(": ");
                text.append(count.rates(median(row.seconds))).append('\n');
            }
        }
        return text.toString();
    }

    /** The fastest baseline of every round; infinite where there is none. */
    private double[] best(boolean flint) {
        double[] best = new double[rounds];
        Arrays.fill(best, Double.POSITIVE_INFINITY);
        for (Row row : rows) {
            boolean counts = row.baseline && (!flint || row.name.startsWith("FLINT"));
            for (int round = 0; counts && round < row.seconds.size(); round++) {
                best[round] = Math.min(best[round], row.seconds.get(round));
            }
        }
        return best;
    }

    private static List<Double> ratios(Row row, double[] best) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < row.seconds.size(); round++) {
            if (!Double.isInfinite(best[round])) {
                ratios.add(row.seconds.get(round) / best[round]);
            }
        }
        return ratios;
    }

    private static String shown(List<Double> ratios) {
        return ratios.isEmpty() ? "-" : number(median(ratios));
    }

    /** Three significant digits. */
    private static String number(double value) {
        int digits = (int) Math.max(0, 2 - Math.floor(Math.log10(value)));
        return String.format(Locale.ROOT, "%." + Math.min(digits, 9) + "f", value);
    }
}
